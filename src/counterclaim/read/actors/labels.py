"""
What each stretch of a text may be: entries of the dictionary, people and bodies the tagger marked, names after titles.

In: the words and entities of a text. Out: parts by first token, without overlap.
Example: "Michael Jordan visited Jordan" -> a name, and a country.
Limit: a single capitalised word that neither table nor tagger knows gets no label.
"""

from dataclasses import replace
from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.read.actors.lexicon import Entry, Lexicon, load_lexicon, row_words
from counterclaim.read.actors.records import Part, PartKind
from counterclaim.read.syntax.classes import APOSTROPHES, ARGUMENTS, HYPHENS, OUTWARD, word_class
from counterclaim.read.syntax.tree import Tree

_NOUNS = frozenset(("role", "title", "office"))
_PLACES = frozenset(("country", "adjective", "capital", "demonym", "place"))


def label(tree: Tree, lexicon: Lexicon, published: str | None) -> dict[int, Part]:
    """The parts of the text by first token."""
    parts: dict[int, Part] = {}
    taken: dict[int, Part] = {}
    entities = [(ent.start, ent.end, ent.label) for ent in tree.ents]
    persons = {
        index: (start, end)
        for start, end, label in entities
        if label == "PERSON"
        for index in range(start, end)
    }
    for match in lexicon.find(tree.forms, published):
        if match.entries[0].kind == "nobody":
            nobody = Part("word", match.start, match.end)
            taken.update(dict.fromkeys(range(match.start, match.end), nobody))
            continue
        part = _make_part(tree, match.start, match.end, match.entries)
        # A sentence border inside a name of the dictionary is the parser's error: no entry holds a full stop.
        if part is None:
            continue
        if _inside_longer_name(tree, part, persons) or _ends_a_name(tree, part, persons, taken):
            continue
        if _is_anothers(part, parts):
            # "Uganda People's Defence Force" is not the force of that name elsewhere: read it word by word.
            first = part.start + 1
            for inner in lexicon.find(tree.forms[first : part.end], published):
                piece = _make_part(tree, first + inner.start, first + inner.end, inner.entries)
                if piece is not None:
                    _put(piece, parts, taken)
            continue
        _put(_with_portfolio(tree, _of_a_state(tree, part, taken), persons), parts, taken)
    _add_places(tree, parts, taken)
    _leave_longer_names(tree, parts, taken)
    for start, end, label in entities:
        if label in {"PERSON", "ORG"}:
            _add_entity(tree, start, end, label, parts, taken)
    _add_titled_names(tree, parts, taken)
    _add_acting_names(tree, parts, taken)
    _add_known_surnames(tree, parts, taken, persons)
    return parts


def _put(part: Part, parts: dict[int, Part], taken: dict[int, Part]) -> None:
    parts[part.start] = part
    for index in range(part.start, part.end):
        taken[index] = part


def _add_places(tree: Tree, parts: dict[int, Part], taken: dict[int, Part]) -> None:
    """
    Places as the place stage reads them: what the dictionary takes for a state and is none here, and towns and provinces that it does not know.

    "Police in Athens, Georgia" serve neither Greece nor Georgia; "New Mexico's governor" is not Mexico's.
    """
    for place in tree.toponyms:
        if place.country is None or place.adjectival or place.precision == "country":
            continue
        found = tree.covering(place.start_char, place.end_char)
        if found is None:
            continue
        start, end = found.start, found.end
        inner = {taken[at].start: taken[at] for at in range(start, end) if at in taken}
        states = [part.entry_of("country", "capital") for part in inner.values()]
        if any(
            state is None or part.start < start or part.end > end
            for state, part in zip(states, inner.values(), strict=True)
        ):
            continue
        if inner and all(
            state is not None and (state.own or state.country == place.country) for state in states
        ):
            continue
        if not inner and (
            place.precision not in {"city", "province"} or tree.entity[start] in {"PERSON", "ORG"}
        ):
            continue
        for part in inner.values():
            parts.pop(part.start, None)
        where = Entry("place", place.rule, place.country, place.name, place.country)
        _put(Part("place", start, end, (where,)), parts, taken)


# What stands right behind a state's name with a capital and is no part of a longer name.
_CALENDAR = frozenset(
    row["form"].lower()
    for row in load_table("dates_words")
    if row["class"] in {"weekday", "month", "lonemonth"}
)


def _leave_longer_names(tree: Tree, parts: dict[int, Part], taken: dict[int, Part]) -> None:
    """
    Drop states that are only a piece of somebody's or something's name: "Egypt Today said", "China Miller", "Chad" after "Chad Wolf".

    Limit: not in headlines that write every word with a capital.
    """
    called: set[str] = set()
    for part in [one for one in parts.values() if one.kind == "country" and one.end - one.start == 1]:
        at = part.start
        entry = part.entry
        if entry is None or entry.own or tree.forms[at].isupper() or _is_title_case(tree, at):
            continue
        end = part.end
        while end < len(tree) and end not in taken and _goes_on(tree, end):
            end += 1
        # "Uganda People's Defence Force" is Uganda's.
        owned = end < len(tree) and (end in taken or tree.forms[end] in APOSTROPHES)
        if end > part.end and not owned:
            parts.pop(at)
            _put(Part("name", at, end), parts, taken)
            if tree.entity[at] == "PERSON":
                called.add(tree.forms[at])
    for start, end, kind in ((one.start, one.end, one.label) for one in tree.ents):
        if kind == "PERSON" and end - start > 1:
            called.add(tree.forms[start])
    for part in [one for one in parts.values() if one.kind == "country" and one.end - one.start == 1]:
        if tree.forms[part.start] in called and tree.entity[part.start] == "PERSON":
            parts.pop(part.start)
            _put(Part("name", part.start, part.end), parts, taken)


def _goes_on(tree: Tree, at: int) -> bool:
    word = tree.forms[at]
    return (
        word[:1].isupper()
        and word.isalpha()
        and not tree.starts[at]
        and tree.spaced[at - 1]
        and tree.pos[at] in {"PROPN", "NOUN"}
        and tree.words[at] not in _CALENDAR
    )


def _is_title_case(tree: Tree, at: int) -> bool:
    """Whether most words of the sentence around begin with a capital, as in headlines."""
    first = at
    while first > 0 and not tree.starts[first]:
        first -= 1
    last = at + 1
    while last < len(tree) and not tree.starts[last]:
        last += 1
    words = [tree.forms[i] for i in range(first, last) if tree.forms[i].isalpha() and len(tree.forms[i]) > 3]
    return sum(word[:1].isupper() for word in words) > 0.6 * len(words)


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


def _of_a_state(tree: Tree, part: Part, taken: dict[int, Part]) -> Part:
    """
    The short name of an international body, right behind a state, is a body of that state: "Russia's Security Council", "the Syrian Red Crescent".

    The body's full name stays its own, and so do acronyms.
    """
    entry = part.entry
    if part.kind != "organisation" or entry is None or entry.own or part.end - part.start < 2:
        return part
    if (
        entry.country in load_lexicon().country_adjectives
        or tree.written(part.start, part.end).lower() == entry.name.lower()
    ):
        return part
    before = part.start - 1
    if before > 0 and before not in taken and tree.pos[before] == "ADJ":
        before -= 1
    if before > 0 and tree.forms[before] in APOSTROPHES:
        before -= 1
    owner = taken.get(before)
    if owner is None or owner.kind not in {"country", "adjective", "demonym", "capital"}:
        return part
    return replace(part, kind="office" if part.entry_of("office") else "body")


def _ends_a_name(tree: Tree, part: Part, persons: dict[int, tuple[int, int]], taken: dict[int, Part]) -> bool:
    """Whether a noun of the dictionary is a person's family name: "Pierre Cadet"."""
    if part.kind not in _NOUNS or part.end - part.start > 1 or part.start not in persons:
        return False
    start, end = persons[part.start]
    before = part.start - 1
    return (
        start < part.start
        and part.end == end
        and before not in taken
        and tree.forms[part.start][:1].isupper()
        and tree.words[before] not in _title_words()
    )


def _with_portfolio(tree: Tree, part: Part, persons: dict[int, tuple[int, int]]) -> Part:
    """
    A ministry, minister or body with the capitalised words that say of what: "Ministry of Land, Transport and Tourism".

    A comma belongs to it only where a later "and" closes the list.
    """
    at, size = part.end, len(tree)
    word = tree.words[at - 1]
    ruled = word in row_words("actor_words", "portfolio", "words")
    if not ruled and not (part.kind == "role" and word in row_words("actor_words", "associated", "words")):
        return part
    if at + 1 >= size or tree.words[at] not in {"of", "for"} or not tree.forms[at - 1][:1].isupper():
        return part
    at += 1 + (tree.words[at + 1] == "the")
    end = part.end
    closed = True
    while at < size and not tree.starts[at]:
        word = tree.forms[at]
        if word[:1].isupper() and tree.pos[at] in {"PROPN", "NOUN", "ADJ"} and at not in persons:
            known = next(load_lexicon().find([word]), None)
            if tree.entity[at] == "LOC" or (known is not None and known.entries[0].kind in _PLACES):
                break
            at += 1
            end = at if closed else end
        elif word in {",", "and", "&"} and at + 1 < size and tree.forms[at + 1][:1].isupper():
            closed = word != ","
            at += 1
        else:
            break
    return part if end == part.end else Part(part.kind, part.start, end, part.entries)


def _make_part(tree: Tree, start: int, end: int, entries: tuple[Entry, ...]) -> Part | None:
    kinds = {entry.kind for entry in entries}
    last = end - 1
    if kinds <= {"role", "title", "office"}:
        # "guards the bridge", "general elections", "police the streets": only nouns speak of people.
        # The tagger takes rare nouns for verbs, but the parser knows that they are an argument.
        argument = tree.dep[last] in ARGUMENTS and tree.head[last] != last
        if end - start == 1 and tree.pos[last] not in {"NOUN", "PROPN", "X", "ADJ"} and not argument:
            return None
        if tree.pos[last] in {"VERB", "AUX", "ADV"} and end - start > 1 and tree.dep[last] in OUTWARD:
            return None
    elif (
        end - start == 1
        and tree.pos[last] in {"PRON", "VERB", "AUX", "ADP", "SCONJ"}
        and not kinds & {"country"}
    ):
        if not tree.forms[last][:1].isupper():
            return None
        if tree.pos[last] == "PRON" and not (tree.forms[last].isupper() and "organisation" in kinds):
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


def _inside_longer_name(tree: Tree, part: Part, persons: dict[int, tuple[int, int]]) -> bool:
    """Whether a place or family name of the dictionary is only a piece of another person's name."""
    if part.kind not in {"country", "capital", "metonym", "surname", "group", "organisation"}:
        return False
    if part.start in persons:
        start, end = persons[part.start]
        if (start, end) != (part.start, part.end) and part.kind == "surname":
            first = start
            # Titles that the entity took in do not make it another person.
            while first < part.start and tree.words[first] in _title_words():
                first += 1
            return first < part.start or end > part.end
        return end - start > part.end - part.start == 1
    if part.kind == "surname":
        before, after = part.start - 1, part.end
        return (
            before >= 0
            and tree.pos[before] == "PROPN"
            and tree.dep[part.start] == "flat"
            and tree.head[part.start] == before
            and tree.words[before] not in _title_words()
        ) or (after < len(tree) and tree.dep[after] == "flat" and tree.head[after] == part.start)
    return False


@cache
def _title_words() -> frozenset[str]:
    words = {
        word.lower()
        for row in load_table("titles")
        for title in row.split("titles")
        for word in title.split()
    }
    return frozenset(words.union(*((form, f"{form}.") for form in word_class("forms_of_address"))))


def _add_entity(
    tree: Tree, start: int, end: int, label: str, parts: dict[int, Part], taken: dict[int, Part]
) -> None:
    first = taken.get(start)
    # "Justice Watch" is no justice called Watch.
    called = label == "ORG" and first is not None and first.kind == "title" and first.end < end
    called = called and tree.forms[start][:1].isupper() and not tree.starts[start]
    # "Airlines Vietnam" is no Vietnam: no state stands right behind a noun for people or firms but in a firm's name.
    behind = taken.get(first.end) if label == "ORG" and first is not None and first.kind == "role" else None
    called = called or (behind is not None and behind.kind == "country" and behind.end == end)
    while (
        start < end
        and not called
        and (
            (start in taken and taken[start].kind in {"title", "role", "office"})
            or (label == "PERSON" and start in taken and taken[start].kind in {"adjective", "demonym"})
            or tree.words[start] in _title_words()
            or tree.forms[start] in APOSTROPHES
            or tree.pos[start] == "DET"
        )
    ):
        start = taken[start].end if start in taken else start + 1
    while end > start and (tree.forms[end - 1] in APOSTROPHES or tree.forms[end - 1].isspace()):
        end -= 1
    if start >= end or not any(word[:1].isupper() for word in tree.forms[start:end]):
        return
    inner = [taken[index] for index in range(start, end) if index in taken]
    if label == "PERSON":
        if inner:
            return
        part = Part("name", start, end)
    else:
        joined = called or ("CCONJ" in tree.pos[start:end] and all(part.kind in _NOUNS for part in inner))
        if not joined and any(part.kind not in _PLACES for part in inner):
            return
        if inner and (end - start < 2 or (len(inner) == end - start and behind is None)):
            return
        if any(part.start < start or part.end > end for part in inner):
            return
        for piece in inner:
            parts.pop(piece.start, None)
        part = Part("body", start, end, tuple(entry for piece in inner for entry in piece.entries))
    _put(part, parts, taken)


def _add_titled_names(tree: Tree, parts: dict[int, Part], taken: dict[int, Part]) -> None:
    """Capitalised words after a title are a name, whatever the entity tagger says of them."""
    for part in list(parts.values()):
        if part.kind not in {"title", "role"}:
            continue
        at = part.end
        if at >= len(tree) or at in taken or tree.pos[at] != "PROPN" or not tree.forms[at][:1].isupper():
            continue
        if tree.starts[at]:
            continue
        end = at
        while (
            end < len(tree)
            and end not in taken
            and not tree.starts[end]
            and (
                (tree.pos[end] == "PROPN" and tree.forms[end][:1].isupper())
                or (tree.forms[end] in HYPHENS and end + 1 < len(tree) and tree.pos[end + 1] == "PROPN")
            )
        ):
            end += 1
        after = parts.get(end)
        if after is not None and after.kind in {"role", "office"} and tree.forms[end][:1].isupper():
            continue  # "the opposition Unity Party"
        _put(Part("name", at, end), parts, taken)


def _add_known_surnames(
    tree: Tree, parts: dict[int, Part], taken: dict[int, Part], persons: dict[int, tuple[int, int]]
) -> None:
    """A word that is somebody's last name elsewhere in the text is so where the tagger missed it."""
    known = {tree.forms[end - 1] for _, end in persons.values()}
    if not known:
        return
    for at, text in enumerate(tree.forms):
        if text not in known or at in taken or tree.pos[at] != "PROPN" or not text[:1].isupper():
            continue
        if tree.entity[at] in {"LOC", "PERSON"} or text.isupper():
            continue
        beside = [i for i in (at - 1, at + 1) if 0 <= i < len(tree)]
        if not any(tree.pos[i] == "PROPN" or i in taken for i in beside):
            _put(Part("name", at, at + 1), parts, taken)


def _add_acting_names(tree: Tree, parts: dict[int, Part], taken: dict[int, Part]) -> None:
    """Two or more capitalised words that act are a name, though no table and no tagger knows it."""
    at = 0
    size = len(tree)
    while at < size:
        end = at
        while (
            end < size
            and end not in taken
            and tree.pos[end] == "PROPN"
            and tree.forms[end][:1].isupper()
            and not tree.forms[end].isupper()
            and (end == at or not tree.starts[end])
        ):
            end += 1
        if end - at >= 2 and (end == size or end not in taken) and (at == 0 or at - 1 not in taken):
            roots = [i for i in range(at, end) if not at <= tree.head[i] < end]
            if any(tree.dep[i] in {"nsubj", "nsubj:pass", "obl:agent"} for i in roots):
                _put(Part("name", at, end), parts, taken)
        at = max(end, at + 1)
