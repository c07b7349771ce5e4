"""
Where a happening was and when: of the places and times named near its mentions, the likeliest, if it is likely enough.

In: the parsed text with its toponyms, times and attributions, the mentions of happenings. Out: `Weighed` sites of each mention; for a row, its
place and its date. The signs are the way through the grammar, the preposition, which other event has it, what the patterns chose; their
weights stand in knowledge/table/scene_signs.tsv, fitted on labelled documents. Example: "Riyadh" of "the gathering of the opposition in
Riyadh today", by ``place:path.|nmod:in``.
Limit: a place named only by a common noun ("the hospital") is no candidate, nor an adjective ("a Spanish court"); nor is what stands in
another sentence, unless the patterns chose it: of those labelled, one in six was right.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from counterclaim.knowledge import load_table
from counterclaim.read.dates import make_range
from counterclaim.read.places import add_offset
from counterclaim.read.syntax import Tree
from counterclaim.read.syntax.clauses import is_passive, is_verb, prepositions
from counterclaim.read.table.candidates import name_way
from counterclaim.read.table.happenings import Told, basis_of, in_dateline, leading, same_place
from counterclaim.types import Attribution, Cell, DateRange, Place, Timex

# How likely a place and a time have to be; what the patterns chose and what they did not. `tools.fit_scene_signs` prints what each gives.
ENOUGH = {"place": 0.35, "date": 0.4}
# And where only another mention than the one that leads the row has them beside it.
ELSEWHERE = {"place": 0.5, "date": 0.6}
SCENE = "table/scene"
_LONGEST_WAY = 5
_TIMES = frozenset(("DATE", "TIME", "DURATION"))
Filling = TypeVar("Filling", Place, DateRange)


@dataclass(frozen=True, slots=True)
class Likely:
    """A place or time beside a mention: how likely it is the happening's, whether it stands in the mention's sentence, whether the patterns chose it."""

    site: "Site"
    share: float
    beside: bool
    chosen: bool


Weighed = Mapping[tuple[int, str, str], Sequence[Likely]]


def weigh(scene: "Scene", told: Sequence[Told]) -> Weighed:
    """For each mention (token, type) and each of ``place`` and ``date`` what may fill the cell."""
    return {
        (one.at, one.type, cell): [
            Likely(
                site,
                likelihood(cell, scene.signs(one.at, one.type, one, site)),
                scene.sentence_of[site.head] == scene.sentence_of[one.at],
                _given(one, site.what) == "this",
            )
            for site in scene.near(one.at, one, sites)
        ]
        for one in told
        for cell, sites in (("place", scene.places), ("date", scene.times))
    }


def likelihood(cell: str, signs: Iterable[str]) -> float:
    """How likely a place or time with these signs is the happening's."""
    weights = _weights()
    return 1 / (1 + math.exp(-sum(weights.get(f"{cell}:{sign}", 0.0) for sign in signs)))


@cache
def _weights() -> dict[str, float]:
    return {row["id"]: float(row["weight"]) for row in load_table("table/scene_signs")}


def place(members: Sequence[Told], weighed: Weighed) -> Cell[Place] | None:
    """Where: the likeliest place, with what is said of being beside it; None where none is likely enough."""
    best = _best("place", members, weighed)
    if best is None or not isinstance(best.site.what, Place):
        return None
    tree = members[0].tree
    return _cell(best, add_offset(tree.text, best.site.what, tree.toponyms), members)


def date(members: Sequence[Told], times: Sequence[Timex], weighed: Weighed) -> Cell[DateRange] | None:
    """
    When: the likeliest time; None where none is likely enough.

    A day that nothing anchors ("yesterday", where nobody says when the report was printed) has its words, and empty ends.
    """
    best = _best("date", members, weighed)
    if best is None or not isinstance(best.site.what, Timex):
        return None
    return _cell(best, make_range(members[0].tree, best.site.what, times), members)


def _best(cell: str, members: Sequence[Told], weighed: Weighed) -> Likely | None:
    lead = leading(members)
    found = [
        one
        for member in members
        for one in weighed[member.at, member.type, cell]
        if one.share >= (ENOUGH if basis_of(member, lead) == "stated" else ELSEWHERE)[cell]
    ]
    return max(found, key=lambda one: (one.share, -one.site.start), default=None)


def _cell(best: Likely, value: Filling, members: Sequence[Told]) -> Cell[Filling]:
    what, lead = best.site.what, leading(members)
    here = members[0].tree.sentence_of[best.site.head]
    of_lead = here == lead.tree.sentence_of[lead.at]
    return Cell(
        value,
        "stated" if of_lead else "same_event" if best.beside else "implied",
        what.start_char,
        what.end_char,
        "member" if best.chosen else SCENE,
    )


@dataclass(frozen=True, slots=True)
class Site:
    """A place or a time in the text, with the tokens it stands in and the one it hangs by."""

    what: Place | Timex
    start: int
    end: int
    head: int


class Scene:
    """The places and times of one text, and what is asked of each again and again."""

    def __init__(
        self, tree: Tree, told: Sequence[Told], times: Sequence[Timex], attributions: Sequence[Attribution]
    ) -> None:
        self.tree = tree
        self.sentence_of: list[int] = []
        for starts in tree.starts:
            self.sentence_of.append((self.sentence_of[-1] if self.sentence_of else -1) + starts)
        self.places = tuple(self._sites(one for one in tree.toponyms if not one.adjectival))
        self.times = tuple(self._sites(one for one in times if one.type in _TIMES))
        self._contents = [(one.content.start_char, one.content.end_char) for one in attributions]
        self._cues = {tree.token_at(one.cue.start_char) for one in attributions if one.cue is not None}
        self._events = {one.at for one in told}
        self._inside: dict[int, str] = {}
        for mention in tree.mentions:
            for at in range(mention.start, mention.end):
                self._inside[at] = f"{mention.kind}.{at == mention.head}"
        names = [one.what.name for one in self.places if isinstance(one.what, Place)]
        self._often = Counter(names)
        self._first = {name: at for at, name in reversed(list(enumerate(names)))}
        self._in_sentence = Counter(
            (type(one.what), self.sentence_of[one.head]) for one in (*self.places, *self.times)
        )

    def _sites(self, named: Iterator[Place] | Iterator[Timex]) -> Iterator[Site]:
        tree = self.tree
        for one in named:
            span = tree.covering(one.start_char, one.end_char)
            if span is not None and not in_dateline(tree, one):
                yield Site(one, span.start, span.end, span.root.i)

    def near(self, at: int, told: Told | None, sites: Sequence[Site]) -> Iterator[Site]:
        """The places or times of a token's sentence, and the one that the patterns chose elsewhere."""
        here = self.sentence_of[at]
        for one in sites:
            if self.sentence_of[one.head] == here or _given(told, one.what) == "this":
                yield one

    def signs(self, at: int, kind: str, told: Told | None, one: Site) -> Iterator[str]:
        """
        The signs of a place or time beside a mention.

        Args:
            at: The mention's token.
            kind: PLOVER's type.
            told: What the patterns made of the mention; None where they see no event there.
        """
        tree = self.tree
        back = self.sentence_of[at] - self.sentence_of[one.head]
        where = "same" if back == 0 else "back"
        voice = ("P" if is_passive(tree, at) else "V") if is_verb(tree, at) else "N"
        given = _given(told, one.what)
        by = (prepositions(tree, one.head) or ("-",))[0]
        far = "same" if back == 0 else "far"
        yield f"rel.{where}"
        yield f"given.{given}"
        yield f"given.{given}.{where}"
        yield f"given.{given}.{kind}"
        yield f"given.{given}.{by}"
        yield f"kind.{kind}.{far}"
        yield f"by.{by}.{far}"
        yield f"by.{by}.{kind}"
        yield f"by.{by}.{tree.dep[one.head]}.{far}"
        yield f"inside.{self._inside.get(one.head, '-')}.{far}"
        yield f"alone.{min(3, self._in_sentence[type(one.what), self.sentence_of[one.head]])}.{where}"
        above = tree.head[one.head]
        owner = (
            "mine"
            if above == at
            else "event"
            if above in self._events
            else "cue"
            if above in self._cues
            else "-"
        )
        yield f"owner.{owner}.{far}"
        yield f"owner.{owner}.{by}.{voice}"
        yield f"content.{self._content(at)}.{self._content(one.head)}.{far}"
        yield f"cue.{at in self._cues}.{far}"
        if isinstance(one.what, Place):
            place = one.what
            yield f"fine.{place.precision}.{far}"
            yield f"fine.{place.precision}.{kind}"
            yield f"fine.{place.precision}.{by}"
            yield f"relation.{place.relation}"
            yield f"first.{self._first[place.name] == 0}.{where}"
            yield f"often.{min(4, self._often[place.name])}.{where}"
        else:
            time = one.what
            yield f"time.{time.type}.{time.precision}.{far}"
            yield f"time.{time.type}.{kind}"
            yield f"time.{time.type}.{by}"
            yield f"loose.{time.start is None}.{far}"
            yield f"ref.{time.value.endswith('_REF')}"
        if told is not None:
            for word in told.auxiliary:
                yield f"aux.{word}.{far}"
        if back == 0:
            yield from self._way(at, kind, voice, one)
        yield "all"

    def _content(self, at: int) -> int:
        """In how many contents a token stands."""
        where = self.tree.idx[at]
        return min(2, sum(first <= where < last for first, last in self._contents))

    def _way(self, at: int, kind: str, voice: str, one: Site) -> Iterator[str]:
        """The way from the mention up and down to a place or time of its sentence."""
        tree = self.tree
        ups, downs = name_way(tree, at, one.head)
        way = f"{'^'.join(ups)}|{'.'.join(downs)}"
        if len(ups) + len(downs) <= _LONGEST_WAY:
            yield f"path.{voice}.{way}"
            yield f"path.{way}"
            yield f"path.{kind}.{way}"
        before = "b" if one.head < at else "a"
        yield f"plen.{min(8, len(ups) + len(downs))}.{voice}"
        yield f"plen.{len(ups)}.{len(downs)}"
        yield f"up.{'^'.join(ups[:2])}.{before}"
        if downs:
            yield f"down.{downs[-1]}.{bool(ups)}"
            yield f"down1.{downs[0]}.{len(ups)}"
        yield f"dist.{before}.{min(6, int(math.log2(1 + abs(one.head - at))))}.{voice}"
        first, last = sorted((at, one.head))
        between = min(3, sum(first < other < last for other in self._events))
        yield f"between.{before}.{between}"
        rivals = min(
            3,
            sum(
                first < other.head < last
                for other in (self.places if isinstance(one.what, Place) else self.times)
            ),
        )
        yield f"rivals.{before}.{rivals}"
        yield f"saidbetween.{before}.{any(first < cue < last for cue in self._cues)}"


def _given(told: Told | None, one: Place | Timex) -> str:
    """What the patterns made of it: chosen, the same elsewhere, or another chosen."""
    if told is None:
        return "none"
    chosen = told.place if isinstance(one, Place) else told.date
    if chosen is None:
        return "-"
    if chosen.start_char < one.end_char and one.start_char < chosen.end_char:
        return "this"
    if isinstance(one, Place) and isinstance(chosen, Place) and same_place(one, chosen):
        return "same"
    return "other"
