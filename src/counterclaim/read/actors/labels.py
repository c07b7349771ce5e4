"""
What each stretch of a text may be: entries of the dictionary, people and bodies the tagger marked, names after titles.

In: the words and entities of a text. Out: parts by first token, without overlap.
Example: "Michael Jordan visited Jordan" -> a name, and a country.
Limit: a single capitalised word that neither table nor tagger knows gets no label.
"""

from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.read.actors.lexicon import Entry, load_lexicon, row_words
from counterclaim.read.actors.own import find_scope
from counterclaim.read.actors.records import Part, PartKind
from counterclaim.read.actors.tokens import APOSTROPHES, ARGUMENTS, HYPHENS, OUTWARD, Tokens

_NOUNS = frozenset(("role", "title", "office"))
_PLACES = frozenset(("country", "adjective", "capital", "demonym"))


def label(tokens: Tokens) -> dict[int, Part]:
    """The parts of the text by first token."""
    parts: dict[int, Part] = {}
    taken: dict[int, Part] = {}
    entities = [(ent.start, ent.end, ent.label_) for ent in tokens.doc.ents]
    persons = {
        index: (start, end)
        for start, end, label in entities
        if label == "PERSON"
        for index in range(start, end)
    }
    lexicon, published = find_scope(tokens.doc)
    for match in lexicon.find(tokens.text, published):
        if match.entries[0].kind == "nobody":
            nobody = Part("word", match.start, match.end)
            taken.update(dict.fromkeys(range(match.start, match.end), nobody))
            continue
        part = _make_part(tokens, match.start, match.end, match.entries)
        # A sentence border inside a name of the dictionary is the parser's error: no entry holds a full stop.
        if part is None:
            continue
        if _inside_longer_name(tokens, part, persons) or _ends_a_name(tokens, part, persons, taken):
            continue
        if _is_anothers(part, parts):
            # "Uganda People's Defence Force" is not the force of that name elsewhere: read it word by word.
            first = part.start + 1
            for inner in lexicon.find(tokens.text[first : part.end], published):
                piece = _make_part(tokens, first + inner.start, first + inner.end, inner.entries)
                if piece is not None:
                    _put(piece, parts, taken)
            continue
        _put(_with_portfolio(tokens, part, persons), parts, taken)
    for start, end, label in entities:
        if label in {"PERSON", "ORG"}:
            _add_entity(tokens, start, end, label, parts, taken)
    _add_titled_names(tokens, parts, taken)
    _add_acting_names(tokens, parts, taken)
    _add_known_surnames(tokens, parts, taken, persons)
    return parts


def _put(part: Part, parts: dict[int, Part], taken: dict[int, Part]) -> None:
    parts[part.start] = part
    for index in range(part.start, part.end):
        taken[index] = part


def _is_anothers(part: Part, parts: dict[int, Part]) -> bool:
    """Whether the word before a body of one state is the name of another, as part of a longer name."""
    if part.kind not in {"group", "organisation"} or part.end - part.start < 2:
        return False
    entry = part.entry
    before = next((one for one in parts.values() if one.end == part.start and one.kind == "country"), None)
    state = before.entry if before is not None else None
    if entry is None or entry.own or state is None:
        return False
    return entry.country in load_lexicon().country_adjectives and entry.country != state.country


def _ends_a_name(
    tokens: Tokens, part: Part, persons: dict[int, tuple[int, int]], taken: dict[int, Part]
) -> bool:
    """Whether a noun of the dictionary is a person's family name: "Pierre Cadet"."""
    if part.kind not in _NOUNS or part.end - part.start > 1 or part.start not in persons:
        return False
    start, end = persons[part.start]
    before = part.start - 1
    return (
        start < part.start
        and part.end == end
        and before not in taken
        and tokens.text[part.start][:1].isupper()
        and tokens.lower[before] not in _title_words()
    )


def _with_portfolio(tokens: Tokens, part: Part, persons: dict[int, tuple[int, int]]) -> Part:
    """
    A ministry, minister or body with the capitalised words that say of what: "Ministry of Land, Transport and Tourism".

    A comma belongs to it only where a later "and" closes the list.
    """
    at, size = part.end, len(tokens)
    word = tokens.lower[at - 1]
    ruled = word in row_words("actor_words", "portfolio", "words")
    if not ruled and not (part.kind == "role" and word in row_words("actor_words", "associated", "words")):
        return part
    if at + 1 >= size or tokens.lower[at] not in {"of", "for"} or not tokens.text[at - 1][:1].isupper():
        return part
    at += 1 + (tokens.lower[at + 1] == "the")
    end = part.end
    closed = True
    while at < size and not tokens.sent_start[at]:
        word = tokens.text[at]
        if word[:1].isupper() and tokens.pos[at] in {"PROPN", "NOUN", "ADJ"} and at not in persons:
            known = next(load_lexicon().find([word]), None)
            if tokens.doc[at].ent_type_ == "LOC" or (known is not None and known.entries[0].kind in _PLACES):
                break
            at += 1
            end = at if closed else end
        elif word in {",", "and", "&"} and at + 1 < size and tokens.text[at + 1][:1].isupper():
            closed = word != ","
            at += 1
        else:
            break
    return part if end == part.end else Part(part.kind, part.start, end, part.entries)


def _make_part(tokens: Tokens, start: int, end: int, entries: tuple[Entry, ...]) -> Part | None:
    kinds = {entry.kind for entry in entries}
    last = end - 1
    if kinds <= {"role", "title", "office"}:
        # "guards the bridge", "general elections", "police the streets": only nouns speak of people.
        # The tagger takes rare nouns for verbs, but the parser knows that they are an argument.
        argument = tokens.dep[last] in ARGUMENTS and tokens.head[last] != last
        if end - start == 1 and tokens.pos[last] not in {"NOUN", "PROPN", "X", "ADJ"} and not argument:
            return None
        if tokens.pos[last] in {"VERB", "AUX", "ADV"} and end - start > 1 and tokens.dep[last] in OUTWARD:
            return None
    elif (
        end - start == 1
        and tokens.pos[last] in {"PRON", "VERB", "AUX", "ADP", "SCONJ"}
        and not kinds & {"country"}
    ):
        if not tokens.text[last][:1].isupper():
            return None
        if tokens.pos[last] == "PRON" and not (tokens.text[last].isupper() and "organisation" in kinds):
            return None
    order: tuple[PartKind, ...] = (
        "person",
        "metonym",
        "organisation",
        "group",
        "country",
        "capital",
        "adjective",
        "demonym",
        "surname",
        "office",
        "title",
        "role",
    )
    kind = next(kind for kind in order if kind in kinds)
    if kind == "adjective" and any(entry.kind == "demonym" and entry.plural for entry in entries):
        kind = "demonym"
    return Part(kind, start, end, entries)


def _inside_longer_name(tokens: Tokens, part: Part, persons: dict[int, tuple[int, int]]) -> bool:
    """Whether a place or family name of the dictionary is only a piece of another person's name."""
    if part.kind not in {"country", "capital", "metonym", "surname", "group", "organisation"}:
        return False
    if part.start in persons:
        start, end = persons[part.start]
        if (start, end) != (part.start, part.end) and part.kind == "surname":
            first = start
            # Titles that the entity took in do not make it another person.
            while first < part.start and tokens.lower[first] in _title_words():
                first += 1
            return first < part.start or end > part.end
        return end - start > part.end - part.start == 1
    if part.kind == "surname":
        before, after = part.start - 1, part.end
        return (
            before >= 0
            and tokens.pos[before] == "PROPN"
            and tokens.dep[part.start] == "flat"
            and tokens.head[part.start] == before
            and tokens.lower[before] not in _title_words()
        ) or (after < len(tokens) and tokens.dep[after] == "flat" and tokens.head[after] == part.start)
    return False


@cache
def _title_words() -> frozenset[str]:
    words = {
        word.lower()
        for row in load_table("titles")
        for title in row.split("titles")
        for word in title.split()
    }
    return frozenset(words | {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sir"})


def _add_entity(
    tokens: Tokens, start: int, end: int, label: str, parts: dict[int, Part], taken: dict[int, Part]
) -> None:
    first = taken.get(start)
    # "Justice Watch" is no justice called Watch.
    called = label == "ORG" and first is not None and first.kind == "title" and first.end < end
    called = called and tokens.text[start][:1].isupper() and not tokens.sent_start[start]
    while (
        start < end
        and not called
        and (
            (start in taken and taken[start].kind in {"title", "role", "office"})
            or (label == "PERSON" and start in taken and taken[start].kind in {"adjective", "demonym"})
            or tokens.lower[start] in _title_words()
            or tokens.text[start] in APOSTROPHES
            or tokens.pos[start] == "DET"
        )
    ):
        start = taken[start].end if start in taken else start + 1
    while end > start and (tokens.text[end - 1] in APOSTROPHES or tokens.text[end - 1].isspace()):
        end -= 1
    if start >= end or not any(word[:1].isupper() for word in tokens.text[start:end]):
        return
    inner = [taken[index] for index in range(start, end) if index in taken]
    if label == "PERSON":
        if inner:
            return
        part = Part("name", start, end)
    else:
        joined = called or ("CCONJ" in tokens.pos[start:end] and all(part.kind in _NOUNS for part in inner))
        if not joined and any(part.kind not in _PLACES for part in inner):
            return
        if inner and (end - start < 2 or len(inner) == end - start):
            return
        if any(part.start < start or part.end > end for part in inner):
            return
        for piece in inner:
            parts.pop(piece.start, None)
        part = Part("body", start, end, tuple(entry for piece in inner for entry in piece.entries))
    _put(part, parts, taken)


def _add_titled_names(tokens: Tokens, parts: dict[int, Part], taken: dict[int, Part]) -> None:
    """Capitalised words after a title are a name, whatever the entity tagger says of them."""
    for part in list(parts.values()):
        if part.kind not in {"title", "role"}:
            continue
        at = part.end
        if at >= len(tokens) or at in taken or tokens.pos[at] != "PROPN" or not tokens.text[at][:1].isupper():
            continue
        if tokens.sent_start[at]:
            continue
        end = at
        while (
            end < len(tokens)
            and end not in taken
            and not tokens.sent_start[end]
            and (
                (tokens.pos[end] == "PROPN" and tokens.text[end][:1].isupper())
                or (tokens.text[end] in HYPHENS and end + 1 < len(tokens) and tokens.pos[end + 1] == "PROPN")
            )
        ):
            end += 1
        after = parts.get(end)
        if after is not None and after.kind in {"role", "office"} and tokens.text[end][:1].isupper():
            continue  # "the opposition Unity Party"
        _put(Part("name", at, end), parts, taken)


def _add_known_surnames(
    tokens: Tokens, parts: dict[int, Part], taken: dict[int, Part], persons: dict[int, tuple[int, int]]
) -> None:
    """A word that is somebody's last name elsewhere in the text is so where the tagger missed it."""
    known = {tokens.text[end - 1] for _, end in persons.values()}
    if not known:
        return
    for at, text in enumerate(tokens.text):
        if text not in known or at in taken or tokens.pos[at] != "PROPN" or not text[:1].isupper():
            continue
        if tokens.doc[at].ent_type_ in {"LOC", "PERSON"} or text.isupper():
            continue
        beside = [i for i in (at - 1, at + 1) if 0 <= i < len(tokens)]
        if not any(tokens.pos[i] == "PROPN" or i in taken for i in beside):
            _put(Part("name", at, at + 1), parts, taken)


def _add_acting_names(tokens: Tokens, parts: dict[int, Part], taken: dict[int, Part]) -> None:
    """Two or more capitalised words that act are a name, though no table and no tagger knows it."""
    at = 0
    size = len(tokens)
    while at < size:
        end = at
        while (
            end < size
            and end not in taken
            and tokens.pos[end] == "PROPN"
            and tokens.text[end][:1].isupper()
            and not tokens.text[end].isupper()
            and (end == at or not tokens.sent_start[end])
        ):
            end += 1
        if end - at >= 2 and (end == size or end not in taken) and (at == 0 or at - 1 not in taken):
            roots = [i for i in range(at, end) if not at <= tokens.head[i] < end]
            if any(tokens.dep[i] in {"nsubj", "nsubj:pass", "obl:agent"} for i in roots):
                _put(Part("name", at, end), parts, taken)
        at = max(end, at + 1)
