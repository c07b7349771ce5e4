"""
Actor phrases: base noun phrases read from left to right with the dictionary, the parse deciding what hangs on what.

In: a parsed text. Out: one record a phrase: its core (the word that says who), the countries, titles and bodies that
modify it, its owner and what stands behind it ("of France", "on both sides").
Example: "US State Department adviser Lee Hart" -> core Lee Hart; title adviser; office State Department; country USA.
Limit: phrases are cut at the words, not at the parser's constituents, so a prepositional tail other than
"of/for/from/in/on" + an actor is left outside.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from counterclaim.read.actors.labels import label
from counterclaim.read.actors.lexicon import load_lexicon, row_words
from counterclaim.read.actors.own import OwnActors
from counterclaim.read.actors.owners import is_participial
from counterclaim.read.actors.records import Part, Phrase
from counterclaim.read.syntax.classes import (
    APOSTROPHES,
    ARGUMENTS,
    HYPHENS,
    OUTWARD,
    PHRASE_POS,
    QUOTES,
    word_class,
)
from counterclaim.read.syntax.tree import Tree

_FUNCTION = frozenset(("punct", "case", "det", "cc"))


def read_phrases(
    tree: Tree, actors: OwnActors | None = None, published: str | None = None
) -> tuple[Phrase, ...]:
    """
    The text's actor phrases, in order.

    Args:
        actors: The user's own, which go before the bundled ones.
        published: The day for which the user's lines are read.
    """
    parts = label(tree, *((actors.lexicon, published) if actors else (load_lexicon(), None)))
    phrases = [
        phrase for start, end in _segments(tree, parts) for phrase in _interpret(tree, parts, start, end)
    ]
    _share_modifiers(tree, phrases)
    _attach_tails(tree, phrases)
    return tuple(phrases)


def _segments(tree: Tree, parts: dict[int, Part]) -> list[tuple[int, int]]:
    """Base noun phrases, possessors included, as token ranges."""
    found: list[tuple[int, int]] = []
    size = len(tree)
    start: int | None = None
    at = 0
    while at < size:
        part = parts.get(at)
        step = part.end if part else at + 1
        nominal = part is not None or _is_nominal(tree, at)
        if start is not None and (not nominal or _breaks(tree, parts, start, at)):
            found.append((start, at))
            start = None
        if nominal and start is None and not (tree.forms[at] in APOSTROPHES or tree.forms[at] in HYPHENS):
            start = at
        at = step
    if start is not None:
        found.append((start, size))
    return found


def _is_nominal(tree: Tree, at: int) -> bool:
    pos = tree.pos[at]
    if pos in PHRASE_POS:
        return tree.forms[at] not in QUOTES and any(map(str.isalnum, tree.forms[at]))
    if pos == "PRON":
        return tree.dep[at] == "nmod:poss" or tree.dep[at] == "det"
    text = tree.forms[at]
    if text in APOSTROPHES and pos == "PART":
        return True
    following = at + 1 < len(tree) and not tree.starts[at + 1]
    if text in HYPHENS:
        return following and at > 0 and not tree.spaced[at] and not tree.spaced[at - 1]
    if pos == "VERB":
        return following and (tree.dep[at] == "amod" or (at > 0 and tree.forms[at - 1] in HYPHENS))
    if pos == "ADV":
        return (
            following
            and tree.dep[at] == "advmod"
            and tree.pos[at + 1] in {"ADJ", "VERB"}
            and (tree.head[at] == at + 1 and tree.dep[at + 1] == "amod")
        )
    return False


def _breaks(tree: Tree, parts: dict[int, Part], start: int, at: int) -> bool:
    """Whether a new phrase begins at a token though the one before is nominal too."""
    text = tree.forms[at]
    part = parts.get(at)
    previous = part_before(parts, at)
    if previous is not None and previous.kind == "adjective" and tree.pos[at] not in {"DET", "PRON"}:
        # "Kenyan | Foreign Minister": no phrase ends with the adjective of a country where a noun follows.
        return tree.starts[at] and text[:1].isupper()
    if _leads_to_title(tree, parts, at, previous):
        return False
    if tree.starts[at]:
        return True
    if part is not None and part.kind == "person" and previous is None and tree.pos[at - 1] == "PROPN":
        # "On Monday Viktor Orban": what is no title and no country does not belong to a known name.
        return True
    if text in APOSTROPHES or text in HYPHENS or tree.forms[at - 1] in HYPHENS:
        return False
    if tree.forms[at - 1] in APOSTROPHES:
        return False
    pos = tree.pos[at]
    if text.lower() in row_words("actor_words", "bound", "words") and tree.pos[at + 1 : at + 2] == ["NUM"]:
        return True
    if pos == "DET" or (pos == "PRON" and part is None):
        # "all the soldiers", "both his sons" go on; anything else before an article is another phrase.
        return tree.pos[at - 1] != "DET"
    if pos == "NUM" and tree.pos[at - 1] in {"NOUN", "PROPN"} and part is None:
        return True
    if previous is not None and previous.kind == "title" and part is None:
        return False
    if previous is not None and previous.kind == "title" and part is not None and part.kind == "title":
        # "army chief of staff | General Kone Brou"
        after = parts.get(part.end)
        return after is None or after.kind not in {"name", "person", "surname"}
    if previous is not None and previous.kind in {"country", "organisation"}:
        # "US | Secretary of State": a title in the singular after a country belongs to it.
        title = part.entry if part is not None and part.kind == "title" else None
        if title is not None and not title.plural and "unique" in title.detail:
            return False
    if previous is not None and previous.kind == "role" and part is not None and part.kind == "country":
        # "close ally Turkey"
        role = previous.entry
        return role is None or role.plural or "modifier" not in role.detail
    named = part is not None and (
        part.kind in {"name", "person", "surname", "organisation", "group"}
        or (part.entry is not None and part.entry.own)
    )
    if previous is not None and previous.kind in {"title", "office", "role"} and named:
        return False
    return tree.dep[at - 1] in OUTWARD and not _linked(tree, start, at)


def _leads_to_title(tree: Tree, parts: dict[int, Part], at: int, previous: Part | None) -> bool:
    """Whether a body goes on to a title and a name: "State Department | Caucasus adviser Lee Hart"."""
    if previous is None or previous.kind not in {"organisation", "office", "country", "metonym"}:
        return False
    for index in range(at, min(at + 3, len(tree))):
        part = parts.get(index)
        if part is not None:
            after = parts.get(part.end)
            named = after is not None and after.kind in {"name", "person", "surname"}
            title = part.entry if part.kind == "title" else None
            return named and title is not None and not title.plural
        if tree.pos[index] not in {"PROPN", "ADJ", "NOUN"}:
            return False
    return False


def part_before(parts: dict[int, Part], at: int) -> Part | None:
    """The part that ends where a token begins."""
    for back in range(at - 1, max(at - 8, -1), -1):
        part = parts.get(back)
        if part is not None:
            return part if part.end == at else None
    return None


def _linked(tree: Tree, start: int, at: int) -> bool:
    """Whether a dependency joins the words before a token to the words from it on, within a few words."""
    last = min(at + 5, len(tree))
    for index in range(start, at):
        if at <= tree.head[index] < last and tree.dep[index] not in {
            "nsubj",
            "nsubj:pass",
            "obj",
            "iobj",
            "obl",
        }:
            return True
    for index in range(at, last):
        if tree.pos[index] not in PHRASE_POS:
            break
        if start <= tree.head[index] < at and tree.dep[index] in {
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


def _interpret(tree: Tree, parts: dict[int, Part], start: int, end: int) -> list[Phrase]:
    """The phrases of a segment: one, with its owners nested; nothing where it holds no part worth knowing."""
    cuts: list[int] = []
    at = start
    while at < end:
        part = parts.get(at)
        if part is not None:
            at = part.end
            continue
        if tree.forms[at] in APOSTROPHES and at > start:
            cuts.append(at)
        at += 1
    if tree.words[start] in row_words("actor_words", "bound", "words") and end - start > 1:
        start += 1  # "at least four soldiers"
    preposition = _preposition(tree, start)
    owner: Phrase | None = None
    begin = start
    for cut in (*cuts, end):
        if cut <= begin:
            continue
        if cut == end and begin == end:
            break
        phrase = _simple_phrase(tree, parts, begin, cut)
        phrase.owner = owner
        phrase.start = start
        phrase.preposition = preposition
        owner = phrase
        begin = cut + 1
    if owner is None:
        return []
    # A possessive at the very end ("the rebels' ...") whose head the segmenter lost.
    return [owner]


def _simple_phrase(tree: Tree, parts: dict[int, Part], start: int, end: int) -> Phrase:
    inner: list[Part] = []
    at = start
    pronoun: int | None = None
    while at < end:
        part = parts.get(at)
        if part is not None and part.end <= end:
            inner.append(part)
            at = part.end
            continue
        if tree.pos[at] == "PRON" and pronoun is None:
            pronoun = at
        at += 1
    last = end
    while last > start and (tree.forms[last - 1] in HYPHENS or tree.forms[last - 1].isspace()):
        last -= 1
    core = inner[-1] if inner and inner[-1].end >= last else None
    before = tuple(inner[:-1]) if core is not None else tuple(inner)
    return Phrase(
        start=start,
        end=last,
        head=_find_head(tree, start, last),
        core=core,
        parts=before,
        pronoun=pronoun,
        words=tuple(tree.words[start:last]),
    )


def _find_head(tree: Tree, start: int, end: int) -> int:
    """The token through which the range hangs on the rest of the sentence: an argument of a verb before others."""
    outside = [
        index
        for index in range(end - 1, start - 1, -1)
        if not start <= tree.head[index] < end or tree.head[index] == index
    ]
    for wanted in (ARGUMENTS, OUTWARD):
        # The last word is the noun, so it is asked first.
        found = next((index for index in outside if tree.dep[index] in wanted), None)
        if found is not None:
            return found
    return next((index for index in outside if tree.dep[index] not in _FUNCTION), end - 1)


def _preposition(tree: Tree, start: int) -> str:
    before = start - 1
    while before >= 0 and tree.forms[before] in QUOTES:
        before -= 1
    if before >= 0 and tree.pos[before] in {"ADP", "SCONJ"}:
        return tree.words[before]
    return ""


def _share_modifiers(tree: Tree, phrases: list[Phrase]) -> None:
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
            joint = [word for word in tree.words[candidate.end : border] if not word.isspace()]
            adjective = candidate.core
            if " ".join(joint) not in word_class("joint"):
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
            if len(candidate.words) > 2 or (len(candidate.words) == 2 and tree.pos[candidate.start] != "DET"):
                break
            shared.insert(0, adjective)
            border = candidate.start
            at -= 1
            if tree.pos[candidate.start] == "DET":
                break
        if shared:
            phrase.shared = tuple(shared)
            phrase.start = border
            phrase.preposition = _preposition(tree, border)
            phrase.head = _find_head(tree, border, phrase.end)
            phrase.words = tuple(tree.words[border : phrase.end])
            for number in range(at + 1, index):
                phrases[number].absorbed = True


def _attach_tails(tree: Tree, phrases: list[Phrase]) -> None:
    belonging = row_words("actor_words", "belonging", "words")
    live = [phrase for phrase in phrases if not phrase.absorbed]
    for index in range(len(live) - 2, -1, -1):
        phrase, following = live[index], live[index + 1]
        word = _tail_word(tree, phrase, following)
        if not word:
            continue
        tail = [following, *_joined_to(tree, live, index + 1)]
        phrase.tail = tuple(tail)
        phrase.tail_word = word
        if word in belonging or is_pair(following):
            phrase.end = tail[-1].end
            for owner in tail:
                owner.absorbed = True


def _tail_word(tree: Tree, phrase: Phrase, following: Phrase) -> str:
    """The one word between a phrase and whoever it belongs to, "of", "in"; empty where it belongs to nobody there."""
    core, owner = phrase.core, following.core
    if core is None or owner is None or following.absorbed:
        return ""
    titled = core.kind in {"name", "person", "surname"} and any(p.kind == "title" for p in phrase.parts)
    if core.kind not in {"title", "role", "office", "body"} and not titled:
        return ""
    between = [word for word in tree.words[phrase.end : following.start] if not word.isspace()]
    if len(between) != 1 or tree.starts[following.start]:
        return ""
    word = between[0]
    owned = word in row_words("actor_words", "belonging", "words")
    inside = word in row_words("actor_words", "inhabited", "words")
    if not (owned or inside or (word == "on" and is_pair(following))):
        return ""
    if titled and not (word == "of" and owner.kind == "country" and not following.parts):
        return ""  # "President Ann Roy of Canada"; any other preposition is the verb's.
    if owned and not (_may_own(core, following, word) or is_pair(following)):
        return ""
    if word == "from" and not is_pair(following) and not _comes_from(tree, phrase, following):
        return ""
    return "" if inside and not _lives_in(phrase, core, owner) else word


def _comes_from(tree: Tree, phrase: Phrase, following: Phrase) -> bool:
    """As in "troops from Chad"; "withdraw its troops from Chad": what has an owner, or hangs on the verb, comes from nowhere."""
    return (
        phrase.pronoun is None
        and phrase.owner is None
        and phrase.start <= tree.head[following.head] < phrase.end
    )


def _lives_in(phrase: Phrase, core: Part, place: Part) -> bool:
    """Whether those "in" a place are of it."""
    return (
        place.kind in {"country", "capital", "place", "role"}
        and _is_rooted(phrase, core)
        and (place.kind != "place" or _is_seated_there(core))
    )


def _joined_to(tree: Tree, live: list[Phrase], first: int) -> Iterator[Phrase]:
    """What an "and" joins to an owner: "the foreign ministers of France | and Germany"."""
    owner = live[first]
    for before, further in pairwise(live[first:]):
        joint = [word for word in tree.words[before.end : further.start] if not word.isspace()]
        if joint not in (["and"], [","], [",", "and"]) or further.core is None or owner.core is None:
            return
        if further.core.kind != owner.core.kind or further.parts or owner.parts or further.absorbed:
            return
        if _find_argument(tree, further) != _find_argument(tree, owner):
            return
        yield further


def _is_rooted(phrase: Phrase, core: Part) -> bool:
    """Whether those "in" a country are of it: police, officials and villagers are, soldiers and partners may not be."""
    if set(phrase.words) & row_words("actor_words", "offshoot", "words"):
        return any(part.kind == "group" for part in phrase.parts)
    entry = core.entry
    return core.kind == "body" or (
        entry is not None and entry.sector in row_words("actor_words", "rooted", "words")
    )


def _may_own(core: Part, following: Phrase, word: str) -> bool:
    kind = following.core.kind if following.core is not None else "word"
    if kind in {"country", "organisation", "group", "office", "metonym"}:
        return True
    if kind == "place":
        return word == "of" and _is_seated_there(core)
    if kind == "capital":
        return word == "of" and core.kind in {"title", "office"}
    if kind in {"person", "surname", "name", "body"}:
        return word in {"of", "for"} and core.kind in {"title", "role"}
    if kind in {"role", "title"}:
        return word in {"of", "for"} and core.kind in {"title", "role", "office"}
    return False


def _is_seated_there(core: Part) -> bool:
    """Whether a town tells whose somebody is: police, courts and mayors are of its country, rebels and reporters may be from anywhere."""
    entry = core.entry
    return entry is not None and entry.sector in row_words("actor_words", "seated_in_towns", "words")


def _find_argument(tree: Tree, phrase: Phrase) -> int:
    """The governor that a coordinated phrase hangs on: that of its first conjunct."""
    index = phrase.head
    for _ in range(8):
        if tree.dep[index] != "conj":
            break
        index = tree.head[index]
    return tree.head[index]


def find_countries(tree: Tree, phrases: Iterable[Phrase], numbers: Sequence[int]) -> dict[int, set[str]]:
    """The countries named in any way, places included, by the sentence or paragraph that `numbers` counts."""
    named: dict[int, set[str]] = {}
    for phrase in phrases:
        parts = (*phrase.parts, *phrase.shared, *((phrase.core,) if phrase.core else ()))
        for owner in (phrase.owner, *phrase.tail):
            parts += (*owner.parts, *((owner.core,) if owner.core else ())) if owner is not None else ()
        for part in parts:
            entry = part.entry_of("country", "adjective", "demonym", "capital", "person")
            if (
                entry is not None
                and entry.country is not None
                and part.kind not in {"title", "role", "office"}
                and not is_participial(tree, part)  # "Russian-installed" tells whose help, not where.
            ):
                state = entry.country if entry.kind == "person" else entry.key
                named.setdefault(numbers[part.start], set()).add(state)
    return named


def is_pair(phrase: Phrase) -> bool:
    """Whether the phrase speaks of two at once ("both sides", "the two armies")."""
    words = phrase.words
    return bool(words) and any(word in row_words("actor_words", "dual", "words") for word in words[:-1])


def words(phrase: Phrase) -> frozenset[str]:
    """The words of a phrase, in lower case."""
    return frozenset(phrase.words)


def is_definite(phrase: Phrase) -> bool:
    """Whether it begins with the, this, both and the like."""
    return bool(phrase.words) and phrase.words[0] in row_words("actor_words", "deictic", "words")


def is_indefinite(phrase: Phrase) -> bool:
    """Whether it begins with a, another, some and the like."""
    return bool(phrase.words) and phrase.words[0] in word_class("indefinite")


def is_seated(phrase: Phrase) -> bool:
    """Whether it stands after a word of place that fits institutions: "at the ministry"."""
    return phrase.preposition in row_words("actor_words", "seated", "words")


def names_place(tree: Tree, phrase: Phrase) -> bool:
    """Whether a name stands behind a word for places: "the town of X", "the towns of X, Y and Z"."""
    if tree.dep[phrase.head] in {"nsubj", "nsubj:pass"}:
        return False  # "near the towns of X and Y, Hezbollah said"
    at = phrase.start - 1
    nouns = row_words("actor_words", "settlement", "words")
    plural = False
    for _ in range(24):
        while at >= 0 and (tree.words[at] in {"the", ",", "and"} or tree.forms[at].isspace()):
            plural = plural or tree.words[at] in {",", "and"}
            at -= 1
        if at < 0:
            return False
        if tree.words[at] == "of":
            noun = tree.words[at - 1] if at else ""
            return noun in nouns and (not plural or noun.endswith("s"))
        if not (tree.forms[at][:1].isupper() or tree.forms[at] in HYPHENS):
            # "the towns X and Y"
            return tree.words[at] in nouns and tree.words[at].endswith("s") and tree.forms[at + 1] != ","
        at -= 1
    return False


def is_located(phrase: Phrase) -> bool:
    """Whether it stands after a word of place: "in Chad"."""
    return phrase.preposition in row_words("actor_words", "locative", "words")
