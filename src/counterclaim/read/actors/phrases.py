"""
Actor phrases: base noun phrases read from left to right with the dictionary, the parse deciding what hangs on what.

In: a parsed text. Out: one record a phrase: its core (the word that says who), the countries, titles and bodies that
modify it, its owner and what stands behind it ("of France", "on both sides").
Example: "US State Department adviser Lee Hart" -> core Lee Hart; title adviser; office State Department; country USA.
Limit: phrases are cut at the words, not at the parser's constituents, so a prepositional tail other than
"of/for/from/in/on" + an actor is left outside.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, LEMMA, ORTH, POS, SENT_START  # type: ignore[import-not-found]
from spacy.tokens import Doc

from counterclaim.read.actors.lexicon import Entry, load_lexicon, row_words

PartKind = Literal[
    "country",
    "adjective",
    "demonym",
    "capital",
    "metonym",
    "organisation",
    "group",
    "person",
    "surname",
    "office",
    "title",
    "role",
    "name",
    "body",
    "word",
]

# Dependencies of a token that closes a noun phrase: it depends on something outside it.
_OUTWARD = frozenset(
    "nsubj nsubj:pass nsubj:outer csubj obj iobj obl obl:agent obl:unmarked obl:tmod nmod nmod:unmarked nmod:tmod "
    "conj ROOT root appos parataxis ccomp xcomp advcl acl acl:relcl vocative dislocated dep".split()
)
_ARGUMENTS = frozenset(("nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod"))
_FUNCTION = frozenset(("punct", "case", "det", "cc"))
_NOMINAL = frozenset(("DET", "NUM", "ADJ", "NOUN", "PROPN", "X", "SYM"))
_HYPHENS = frozenset("-–‐‑")
_QUOTES = frozenset("\"“”'‘’«»`")
_APOSTROPHES = frozenset(("'s", "’s", "'", "’", "'S", "’S"))


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a phrase with one meaning: an entry of the dictionary, a proper name, or a plain word."""

    kind: PartKind
    start: int
    end: int
    entries: tuple[Entry, ...] = ()

    @property
    def entry(self) -> Entry | None:
        """The entry of the part's own kind."""
        return next((entry for entry in self.entries if entry.kind == self.kind), None)

    def entry_of(self, *kinds: str) -> Entry | None:
        """The first entry of one of these kinds."""
        return next((entry for entry in self.entries if entry.kind in kinds), None)


@dataclass(slots=True)
class Phrase:
    """
    One noun phrase.

    Attributes:
        core: The part that says who; None where the phrase is about something else ("Turkish positions").
        parts: All parts before the core, left to right.
        owner: The phrase before 's.
        pronoun: Token of a possessive pronoun before it.
        tail: The phrases after "of/for/from/in/on", joined ones together.
        shared: Adjective parts coordinated before the phrase: Kyrgyz in "Kyrgyz and Tajik border guards".
        preposition: The word before the phrase, lower case, where it is an adposition.
    """

    start: int
    end: int
    head: int
    core: Part | None
    parts: tuple[Part, ...]
    owner: "Phrase | None" = None
    pronoun: int | None = None
    tail: tuple["Phrase", ...] = ()
    tail_word: str = ""
    shared: tuple[Part, ...] = ()
    preposition: str = ""
    absorbed: bool = False
    words: tuple[str, ...] = field(default=())


class Tokens:
    """The columns of a `Doc` as Python lists: reading them one attribute at a time costs more than the stage itself."""

    __slots__ = ("dep", "doc", "head", "lemma", "lower", "pos", "sent_start", "text")

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        size = len(doc)
        table: NDArray[np.int64] = doc.to_array([ORTH, POS, DEP, LEMMA, HEAD, SENT_START]).view(np.int64)
        table = table.reshape(size, 6)
        strings = doc.vocab.strings
        keys = [list(map(int, column)) for column in doc.to_array([ORTH, POS, DEP, LEMMA]).reshape(size, 4).T]
        names = {key: strings[key] for column in keys for key in set(column)}
        self.text: list[str] = [names[key] for key in keys[0]]
        self.lower: list[str] = [text.lower() for text in self.text]
        self.pos: list[str] = [names[key] for key in keys[1]]
        self.dep: list[str] = [names[key] for key in keys[2]]
        self.lemma: list[str] = [names[key].lower() for key in keys[3]]
        self.head: list[int] = (table[:, 4] + np.arange(size)).tolist()
        self.sent_start: list[bool] = (table[:, 5] == 1).tolist()
        if size:
            self.sent_start[0] = True

    def __len__(self) -> int:
        return len(self.text)


@lru_cache(maxsize=1)
def read_phrases(doc: Doc) -> tuple[Tokens, tuple[Phrase, ...]]:
    """The text's tokens and phrases; the last text is remembered, since coreference asks for the same one again."""
    tokens = Tokens(doc)
    parts = _label(tokens)
    phrases = [
        phrase for start, end in _segments(tokens, parts) for phrase in _interpret(tokens, parts, start, end)
    ]
    _share_modifiers(tokens, phrases)
    _attach_tails(tokens, phrases)
    return tokens, tuple(phrases)


# --- labelling --------------------------------------------------------------------------------------------------------


def _label(tokens: Tokens) -> dict[int, Part]:
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
    for match in load_lexicon().find(tokens.text):
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
        if end - start == 1 and tokens.pos[last] not in {"NOUN", "PROPN", "X", "ADJ"}:
            # The tagger takes rare nouns for verbs, but the parser knows that they are an argument.
            if tokens.dep[last] not in _ARGUMENTS or tokens.head[last] == last:
                return None
        if tokens.pos[last] in {"VERB", "AUX", "ADV"} and end - start > 1 and tokens.dep[last] in _OUTWARD:
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
    from counterclaim.knowledge import load_table

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
        or tokens.text[start] in _APOSTROPHES
        or tokens.pos[start] == "DET"
    ):
        start = taken[start].end if start in taken else start + 1
    while end > start and (tokens.text[end - 1] in _APOSTROPHES or tokens.text[end - 1].isspace()):
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
                or (tokens.text[end] in _HYPHENS and end + 1 < len(tokens) and tokens.pos[end + 1] == "PROPN")
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


# --- segments ---------------------------------------------------------------------------------------------------------


def _segments(tokens: Tokens, parts: dict[int, Part]) -> list[tuple[int, int]]:
    """Base noun phrases, possessors included, as token ranges."""
    found: list[tuple[int, int]] = []
    size = len(tokens)
    start: int | None = None
    at = 0
    while at < size:
        part = parts.get(at)
        step = part.end if part else at + 1
        nominal = part is not None or _is_nominal(tokens, at)
        if start is not None and (not nominal or _breaks(tokens, parts, start, at)):
            found.append((start, at))
            start = None
        if nominal and start is None and not (tokens.text[at] in _APOSTROPHES or tokens.text[at] in _HYPHENS):
            start = at
        at = step
    if start is not None:
        found.append((start, size))
    return found


def _is_nominal(tokens: Tokens, at: int) -> bool:
    pos = tokens.pos[at]
    if pos in _NOMINAL:
        return tokens.text[at] not in _QUOTES and any(map(str.isalnum, tokens.text[at]))
    if pos == "PRON":
        return tokens.dep[at] == "nmod:poss" or tokens.dep[at] == "det"
    text = tokens.text[at]
    if text in _APOSTROPHES and pos == "PART":
        return True
    following = at + 1 < len(tokens) and not tokens.sent_start[at + 1]
    if text in _HYPHENS:
        return (
            following and at > 0 and tokens.doc[at].whitespace_ == "" and tokens.doc[at - 1].whitespace_ == ""
        )
    if pos == "VERB":
        return following and (tokens.dep[at] == "amod" or (at > 0 and tokens.text[at - 1] in _HYPHENS))
    if pos == "ADV":
        return (
            following
            and tokens.dep[at] == "advmod"
            and tokens.pos[at + 1] in {"ADJ", "VERB"}
            and (tokens.head[at] == at + 1 and tokens.dep[at + 1] == "amod")
        )
    return False


def _breaks(tokens: Tokens, parts: dict[int, Part], start: int, at: int) -> bool:
    """Whether a new phrase begins at a token though the one before is nominal too."""
    text = tokens.text[at]
    part = parts.get(at)
    previous = _part_before(parts, at)
    if previous is not None and previous.kind == "adjective" and tokens.pos[at] not in {"DET", "PRON"}:
        # "Kenyan | Foreign Minister": no phrase ends with the adjective of a country where a noun follows.
        return tokens.sent_start[at] and text[:1].isupper()
    if tokens.sent_start[at]:
        return True
    if part is not None and part.kind == "person" and previous is None and tokens.pos[at - 1] == "PROPN":
        # "On Monday Viktor Orban": what is no title and no country does not belong to a known name.
        return True
    if text in _APOSTROPHES or text in _HYPHENS or tokens.text[at - 1] in _HYPHENS:
        return False
    if tokens.text[at - 1] in _APOSTROPHES:
        return False
    pos = tokens.pos[at]
    if pos == "DET" or (pos == "PRON" and part is None):
        # "all the soldiers", "both his sons" go on; anything else before an article is another phrase.
        return tokens.pos[at - 1] not in {"DET"}
    if pos == "NUM" and tokens.pos[at - 1] in {"NOUN", "PROPN"} and part is None:
        return True
    if previous is not None and previous.kind == "title" and part is None:
        return False
    named = part is not None and part.kind in {"name", "person", "surname", "organisation", "group"}
    if previous is not None and previous.kind in {"title", "office", "role"} and named:
        return False
    return tokens.dep[at - 1] in _OUTWARD and not _linked(tokens, start, at)


def _part_before(parts: dict[int, Part], at: int) -> Part | None:
    for back in range(at - 1, max(at - 8, -1), -1):
        part = parts.get(back)
        if part is not None:
            return part if part.end == at else None
    return None


def _linked(tokens: Tokens, start: int, at: int) -> bool:
    """Whether a dependency joins the words before a token to the words from it on, within a few words."""
    last = min(at + 5, len(tokens))
    for index in range(start, at):
        if at <= tokens.head[index] < last and tokens.dep[index] not in {
            "nsubj",
            "nsubj:pass",
            "obj",
            "iobj",
            "obl",
        }:
            return True
    for index in range(at, last):
        if tokens.pos[index] not in _NOMINAL:
            break
        if start <= tokens.head[index] < at and tokens.dep[index] in {
            "flat",
            "compound",
            "appos",
            "nmod:desc",
            "nmod:unmarked",
            "flat:name",
            "goeswith",
        }:
            return True
    return False


# --- interpretation ---------------------------------------------------------------------------------------------------


def _interpret(tokens: Tokens, parts: dict[int, Part], start: int, end: int) -> list[Phrase]:
    """The phrases of a segment: one, with its owners nested; nothing where it holds no part worth knowing."""
    cuts: list[int] = []
    at = start
    while at < end:
        part = parts.get(at)
        if part is not None:
            at = part.end
            continue
        if tokens.text[at] in _APOSTROPHES and at > start:
            cuts.append(at)
        at += 1
    preposition = _preposition(tokens, start)
    owner: Phrase | None = None
    begin = start
    for cut in (*cuts, end):
        if cut <= begin:
            continue
        if cut == end and begin == end:
            break
        phrase = _simple_phrase(tokens, parts, begin, cut)
        phrase.owner = owner
        phrase.start = start
        phrase.preposition = preposition
        owner = phrase
        begin = cut + 1
    if owner is None:
        return []
    # A possessive at the very end ("the rebels' ...") whose head the segmenter lost.
    return [owner]


def _simple_phrase(tokens: Tokens, parts: dict[int, Part], start: int, end: int) -> Phrase:
    inner: list[Part] = []
    at = start
    pronoun: int | None = None
    while at < end:
        part = parts.get(at)
        if part is not None and part.end <= end:
            inner.append(part)
            at = part.end
            continue
        if tokens.pos[at] == "PRON" and pronoun is None:
            pronoun = at
        at += 1
    last = end
    while last > start and (tokens.text[last - 1] in _HYPHENS or tokens.text[last - 1].isspace()):
        last -= 1
    core = inner[-1] if inner and inner[-1].end >= last else None
    before = tuple(inner[:-1]) if core is not None else tuple(inner)
    return Phrase(
        start=start,
        end=last,
        head=_find_head(tokens, start, last),
        core=core,
        parts=before,
        pronoun=pronoun,
        words=tuple(tokens.lower[start:last]),
    )


def _find_head(tokens: Tokens, start: int, end: int) -> int:
    """The token through which the range hangs on the rest of the sentence: an argument of a verb before others."""
    outside = [
        index
        for index in range(end - 1, start - 1, -1)
        if not start <= tokens.head[index] < end or tokens.head[index] == index
    ]
    for wanted in (_ARGUMENTS, _OUTWARD):
        # The last word is the noun, so it is asked first.
        found = next((index for index in outside if tokens.dep[index] in wanted), None)
        if found is not None:
            return found
    return next((index for index in outside if tokens.dep[index] not in _FUNCTION), end - 1)


def _preposition(tokens: Tokens, start: int) -> str:
    before = start - 1
    while before >= 0 and tokens.text[before] in _QUOTES:
        before -= 1
    if before >= 0 and tokens.pos[before] in {"ADP", "SCONJ"}:
        return tokens.lower[before]
    return ""


def _share_modifiers(tokens: Tokens, phrases: list[Phrase]) -> None:
    """Give "Kyrgyz" of "Kyrgyz and Tajik border guards" to the phrase whose head it modifies."""
    for index in range(len(phrases) - 1, 0, -1):
        phrase = phrases[index]
        first = phrase.parts[0] if phrase.parts else None
        if phrase.core is None and not phrase.parts:
            continue
        if (
            first is None
            or first.kind != "adjective"
            or first.start != phrase.start
            or phrase.owner is not None
        ):
            continue
        shared: list[Part] = []
        at = index - 1
        border = phrase.start
        while at >= 0:
            candidate = phrases[at]
            joint = [word for word in tokens.lower[candidate.end : border] if not word.isspace()]
            adjective = candidate.core
            if joint not in (["and"], [","], [",", "and"], ["or"], ["&"], ["as", "well", "as"]):
                break
            if not joint or (joint == [","] and not shared):
                break
            if adjective is None or adjective.entry_of("adjective") is None or candidate.owner is not None:
                break
            if (
                any(entry.kind == "demonym" and entry.plural for entry in adjective.entries)
                or candidate.parts
            ):
                break
            if len(candidate.words) > 2 or (
                len(candidate.words) == 2 and tokens.pos[candidate.start] != "DET"
            ):
                break
            shared.insert(0, adjective)
            border = candidate.start
            at -= 1
            if tokens.pos[candidate.start] == "DET":
                break
        if shared:
            phrase.shared = tuple(shared)
            phrase.start = border
            phrase.preposition = _preposition(tokens, border)
            phrase.head = _find_head(tokens, border, phrase.end)
            phrase.words = tuple(tokens.lower[border : phrase.end])
            for number in range(at + 1, index):
                phrases[number].absorbed = True


def _attach_tails(tokens: Tokens, phrases: list[Phrase]) -> None:
    belonging = row_words("actor_words", "belonging", "words")
    inhabited = row_words("actor_words", "inhabited", "words")
    live = [phrase for phrase in phrases if not phrase.absorbed]
    for index in range(len(live) - 2, -1, -1):
        phrase, following = live[index], live[index + 1]
        core = phrase.core
        if core is None or core.kind not in {"title", "role", "office", "body"} or following.absorbed:
            continue
        between = [word for word in tokens.lower[phrase.end : following.start] if not word.isspace()]
        if len(between) != 1 or tokens.sent_start[following.start]:
            continue
        word = between[0]
        both = word == "on" and following.core is not None and _is_pair(following)
        if not (word in belonging or word in inhabited or both):
            continue
        if following.core is None:
            continue
        if word in belonging and not (_may_own(core, following, word) or _is_pair(following)):
            continue
        # "withdraw its troops from Chad": what has an owner, or hangs on the verb, comes from nowhere.
        if word == "from" and (
            phrase.pronoun is not None
            or phrase.owner is not None
            or not phrase.start <= tokens.head[following.head] < phrase.end
        ):
            continue
        if word in inhabited and following.core.kind not in {"country", "capital", "role"}:
            continue
        tail = [following]
        step = index + 2
        # "the foreign ministers of France and Germany"
        while step < len(live):
            further = live[step]
            joint = [word for word in tokens.lower[live[step - 1].end : further.start] if not word.isspace()]
            if joint not in (["and"], [","], [",", "and"]) or further.core is None:
                break
            if (
                further.core.kind != following.core.kind
                or further.parts
                or following.parts
                or further.absorbed
            ):
                break
            if _find_argument(tokens, further) != _find_argument(tokens, following):
                break
            tail.append(further)
            step += 1
        phrase.tail = tuple(tail)
        phrase.tail_word = word
        if word in belonging or both or _is_pair(following):
            phrase.end = tail[-1].end
            if tail[-1].tail and tail[-1].tail_word in belonging:
                phrase.end = tail[-1].end
            for owner in tail:
                owner.absorbed = True


def _may_own(core: Part, following: Phrase, word: str) -> bool:
    kind = following.core.kind if following.core is not None else "word"
    if kind in {"country", "organisation", "group", "office", "metonym"}:
        return True
    if kind == "capital":
        return word == "of" and core.kind in {"title", "office"}
    if kind in {"person", "surname", "name", "body"}:
        return word in {"of", "for"} and core.kind in {"title", "role"}
    if kind in {"role", "title"}:
        return word in {"of", "for"} and core.kind in {"title", "role", "office"}
    return False


def _find_argument(tokens: Tokens, phrase: Phrase) -> int:
    """The governor that a coordinated phrase hangs on: that of its first conjunct."""
    index = phrase.head
    for _ in range(8):
        if tokens.dep[index] != "conj":
            break
        index = tokens.head[index]
    return tokens.head[index]


def _is_pair(phrase: Phrase) -> bool:
    words = phrase.words
    return bool(words) and any(word in row_words("actor_words", "dual", "words") for word in words[:-1])


def is_pair(phrase: Phrase) -> bool:
    """Whether the phrase speaks of two at once ("both sides", "the two armies")."""
    return _is_pair(phrase)


def lowered(words: Sequence[str]) -> tuple[str, ...]:
    """The words in lower case."""
    return tuple(word.lower() for word in words)
