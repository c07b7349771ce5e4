"""
What each stretch of a text may be: entries of the dictionary, people and bodies the tagger marked, names after titles.

In: the words and entities of a text. Out: parts by first token, without overlap.
Example: "Michael Jordan visited Jordan" -> a name, and a country.
Limit: a single capitalised word that neither table nor tagger knows gets no label.
"""

from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.read.actors.lexicon import Entry
from counterclaim.read.actors.own import find_scope
from counterclaim.read.actors.records import Part, PartKind
from counterclaim.read.actors.tokens import APOSTROPHES, ARGUMENTS, HYPHENS, OUTWARD, Tokens


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
        if _inside_longer_name(tokens, part, persons):
            continue
        parts[part.start] = part
        for index in range(part.start, part.end):
            taken[index] = part
    for start, end, label in entities:
        if label in {"PERSON", "ORG"}:
            _add_entity(tokens, start, end, label, parts, taken)
    _add_titled_names(tokens, parts, taken)
    _add_acting_names(tokens, parts, taken)
    return parts


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
    while start < end and (
        (start in taken and taken[start].kind in {"title", "role", "office"})
        or (label == "PERSON" and start in taken and taken[start].kind in {"adjective", "demonym"})
        or tokens.lower[start] in _title_words()
        or tokens.text[start] in APOSTROPHES
        or tokens.pos[start] == "DET"
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
        if any(part.kind not in {"country", "adjective", "capital", "demonym"} for part in inner):
            return
        if inner and (end - start < 2 or len(inner) == end - start):
            return
        if any(part.start < start or part.end > end for part in inner):
            return
        for piece in inner:
            parts.pop(piece.start, None)
        part = Part("body", start, end, tuple(entry for piece in inner for entry in piece.entries))
    parts[start] = part
    for index in range(start, end):
        taken[index] = part


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
        name = Part("name", at, end)
        parts[at] = name
        for index in range(at, end):
            taken[index] = name


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
                name = Part("name", at, end)
                parts[at] = name
                for index in range(at, end):
                    taken[index] = name
        at = max(end, at + 1)
