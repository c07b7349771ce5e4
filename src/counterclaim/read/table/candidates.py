"""
Who may have taken part in a happening: everybody its surroundings speak of, and the signs each one bears.

In: the parsed text with its mentions, the attributions. Out: candidates, and for a trigger and a candidate a few dozen signs: the way through the
grammar from one to the other, how the candidate is called, where it stands, what the patterns made of it. Example: "the council" of "approved by
the council", at ``path.P.|obl:agent:by``.
Limit: words for people, and what does something or has it done to it as a subject; a thing acted on ("a vessel") is no candidate.
"""

import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.read.syntax import Tree
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.clauses import is_passive, is_verb, prepositions
from counterclaim.read.table.happenings import Told, key_of
from counterclaim.types import Actor, Attribution, Mention

# Sentences that are looked at before the trigger's own, and after it.
BACK, AHEAD = 2, 1
PHRASE = "table/phrase"
_DOES = frozenset(("nsubj", "nsubj:pass", "obl:agent"))
_INNER = frozenset(("compound", "flat", "amod"))
_BEFORE_NOUN = frozenset(
    (
        "det",
        "amod",
        "compound",
        "nummod",
        "nmod:poss",
        "flat",
        "nmod:desc",
        "nmod:unmarked",
        "advmod",
        "punct",
    )
)
_LONGEST_WAY = 5


def find_candidates(tree: Tree) -> tuple[Mention, ...]:
    """The mentions, and phrases no mention covers whose noun is of people or does something; in text order."""
    taken = {at for one in tree.mentions if one.kind != "adjective" for at in range(one.start, one.end)}
    taken.update(one.head for one in tree.mentions)
    found = list(tree.mentions)
    for at, word in enumerate(tree.words):
        kind = tree.pos[at]
        if at in taken:
            continue
        if word in word_class("partakers") and kind in {"PRON", "DET"}:
            found.append(_phrase(tree, at, at, "pronoun"))
        elif (
            kind in {"NOUN", "PROPN"}
            and tree.dep[at] not in _INNER
            and (word in _people() or tree.dep[at] in _DOES)
        ):
            before = (kid for kid in tree.kids[at] if kid < at and tree.dep[kid] in _BEFORE_NOUN)
            first = min((_left_end(tree, kid) for kid in before), default=at)
            found.append(_phrase(tree, first, at, "nominal"))
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _left_end(tree: Tree, at: int) -> int:
    return min((_left_end(tree, kid) for kid in tree.kids[at] if kid < at), default=at)


def _phrase(tree: Tree, first: int, head: int, kind: str) -> Mention:
    start, end = tree.chars(first, head + 1)
    text = tree.text[start:end]
    actor = Actor(actor_id=None, name=text, country=None, sector=None)
    how = "pronoun" if kind == "pronoun" else "nominal"
    return Mention(text, start, end, first, head + 1, head, how, actor, rule=PHRASE)  # type: ignore[arg-type]  # one of the two


@cache
def _people() -> frozenset[str]:
    return frozenset(row["form"] for row in load_table("casualties_people") if row["is"] != "thing")


class Surroundings:
    """
    The candidates of one text, and what is asked of each again and again.

    Attributes:
        candidates: In text order.
        sentence_of: The number of the sentence each token stands in.
    """

    def __init__(self, tree: Tree, attributions: Sequence[Attribution]) -> None:
        self.tree = tree
        self.candidates = find_candidates(tree)
        self.sentence_of = tree.sentence_of
        self._contents: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for told in attributions:
            source = told.source
            if source is None:
                continue
            for one in self.candidates:
                if one.start_char < source.end_char and source.start_char < one.end_char:
                    self._contents[one.head].append((told.content.start_char, told.content.end_char))
        self._heads = sorted(one.head for one in self.candidates)
        self._told = Counter(key_of(one.actor) for one in self.candidates)
        self._told_in = Counter((key_of(one.actor), self.sentence_of[one.head]) for one in self.candidates)
        self._in_sentence = Counter(self.sentence_of[one.head] for one in self.candidates)
        self._inside = {
            one.head
            for one in self.candidates
            for other in self.candidates
            if other.start <= one.start
            and one.end <= other.end
            and other.end - other.start > one.end - one.start
        }

    def near(self, at: int) -> Iterator[Mention]:
        """The candidates of the sentences around a token."""
        here = self.sentence_of[at]
        for one in self.candidates:
            if -AHEAD <= here - self.sentence_of[one.head] <= BACK:
                yield one

    def signs(self, at: int, kind: str, told: Told | None, one: Mention) -> Iterator[str]:
        """
        The signs of a candidate beside a trigger.

        Args:
            at: The trigger's token.
            kind: PLOVER's type.
            told: What the patterns made of the trigger; None where they see no event there.
        """
        tree, sentences = self.tree, self.sentence_of
        voice = ("P" if is_passive(tree, at) else "V") if is_verb(tree, at) else "N"
        back = sentences[at] - sentences[one.head]
        where = "same" if back == 0 else f"back{back}" if back > 0 else "next"
        far = "same" if back == 0 else "far"
        called = one.kind if one.rule != PHRASE else f"x{one.kind}"
        given = _given(told, one)
        yield f"rel.{where}"
        yield f"kind.{called}.{far}"
        if told is not None:
            judged = any(rule.startswith("judge") for event in told.events for rule in event.rules)
            yield f"pat.{given}.judge{int(judged)}"
        yield from (f"pat.{given}", f"pat.{given}.{kind}", f"pat.{given}.{called}", f"pat.{given}.{where}")
        relation = tree.dep[one.head]
        if back == 0:
            yield from self._way(at, kind, voice, given, one)
        else:
            yield f"far.{where}.{relation}.{given}"
            yield f"far.{relation}.{kind}"
            yield f"far.same{min(3, self._in_sentence[sentences[at]])}"
        by = prepositions(tree, one.head)
        yield f"dep.{relation}{':' + by[0] if by else ''}.{far}"
        actor = one.actor
        yield f"sector.{actor.sector}.{kind}"
        yield f"country.{bool(actor.country)}.{'id' if actor.actor_id else 'noid'}"
        yield f"isstate.{actor.actor_id is not None and actor.actor_id == actor.country}.{relation}"
        if one.kind == "pronoun":
            yield f"pron.{one.text.lower()}.{voice}"
        yield f"person.{tree.words[one.head] in _people()}.{kind}"
        if one.kind != "name":
            yield f"head.{tree.lemmas[one.head]}"
        contents = self._contents.get(one.head)
        if contents is not None:
            covers = any(first <= tree.idx[at] < last for first, last in contents)
            yield f"source.{'covers' if covers else 'other'}.{kind}"
            yield f"source.{'covers' if covers else 'other'}.{given}"
        key = key_of(actor)
        yield f"seen.{min(4, self._told[key])}.{where}"
        yield f"insame.{self._told_in[key, sentences[at]] > 0}.{where}"
        yield f"bias.{kind}"
        yield f"quote.{tree.quote_of[at] == tree.quote_of[one.head]}.{called}"
        yield f"nest.{one.head in self._inside}"

    def _way(self, at: int, kind: str, voice: str, given: str, one: Mention) -> Iterator[str]:
        """The way from the trigger up and down to a candidate of its sentence."""
        tree = self.tree
        ups, downs = name_way(tree, at, one.head)
        way = f"{'^'.join(ups)}|{'.'.join(downs)}"
        if len(ups) + len(downs) <= _LONGEST_WAY:
            yield from (
                f"path.{voice}.{way}",
                f"path.{voice}.{way}.{kind}",
                f"pathpat.{given}.{way}",
                f"lempath.{tree.lemmas[at]}.{way}",
            )
        before = "b" if one.head < at else "a"
        yield f"plen.{min(8, len(ups) + len(downs))}.{voice}"
        yield f"up.{voice}.{'^'.join(ups[:2])}.{before}"
        if downs:
            yield f"down.{voice}.{downs[-1]}.{bool(ups)}"
            yield f"down1.{voice}.{downs[0]}.{len(ups)}"
        if len(downs) == 1 and tree.dep[one.head].startswith("nsubj"):
            yield f"clsubj.{voice}.{min(3, len(ups))}.{tree.dep[one.head]}.{given}"
            yield f"clsubj.{kind}.{voice}.{min(3, len(ups))}"
        yield f"dist.{before}.{min(6, int(math.log2(1 + abs(one.head - at))))}.{voice}"
        first, last = sorted((at, one.head))
        between = min(4, bisect_left(self._heads, last) - bisect_right(self._heads, first))
        yield f"between.{before}.{between}.{voice}"
        yield f"between.{before}.{between}.{kind}"


def _given(told: Told | None, one: Mention) -> str:
    """What the patterns made of a candidate: actor, recipient, one of these in other words, or which they gave to somebody else."""
    if told is None:
        return "none"
    where, key = (one.start_char, one.end_char), key_of(one.actor)
    for sign, role in (("A", told.actors), ("R", told.recipients)):
        if any((other.start_char, other.end_char) == where for other in role):
            return sign
    for sign, role in (("a", told.actors), ("r", told.recipients)):
        if any(key_of(other.actor) == key for other in role):
            return sign
    return f"-{'A' if told.actors else ''}{'R' if told.recipients else ''}"


def name_way(tree: Tree, start: int, goal: int) -> tuple[list[str], list[str]]:
    """The relations on the way up from one word and down to the other, the last with the other's preposition: ``["ccomp"], ["obl:in"]``."""
    up, down = _climb(tree, start, goal)
    ups, downs = [tree.dep[step] for step in up], [tree.dep[step] for step in down]
    if down and (by := prepositions(tree, down[-1])):
        downs[-1] += f":{by[0]}"
    return ups, downs


def _climb(tree: Tree, start: int, goal: int) -> tuple[list[int], list[int]]:
    """The words from one up to the word that both hang on, and those from there down to the other; neither holds that word itself."""
    up, down = _upwards(tree, start), _upwards(tree, goal)
    place = {word: at for at, word in enumerate(down)}
    for at, word in enumerate(up):
        if word in place:
            return up[:at], down[: place[word]][::-1]
    return [], []


def _upwards(tree: Tree, at: int) -> list[int]:
    found = [at]
    while tree.head[found[-1]] not in found:
        found.append(tree.head[found[-1]])
    return found
