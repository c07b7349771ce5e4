"""
Which tellings are of one event.

Comes in: gists of tellings, and what people judged. Goes out: groups of tellings, each with the judgements that joined
it. The strongest pairs are joined first, and never two groups that speak of different places, days or
parties. Tellings without a site ("fighting along the border left 40 dead") join the one site they fit; where
they fit several, they stay an event of their own, so that a toll for the whole front is put to no one village.

The order of the articles does not matter: pairs are taken by score, then by anchor.

Known limit: a long war told day by day without places is one event for each day or so, not for each battle.
"""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from typing import NamedTuple

from counterclaim.fuse.block import find_all_pairs, is_sited
from counterclaim.fuse.gist import Gist, make_gist
from counterclaim.fuse.match import SAME, WEIGHTS, Clue, Fit, days_of, family_of, fit, match_places
from counterclaim.types import Judgement, Place, Telling

Cluster = tuple[tuple[Telling, ...], tuple[Judgement, ...]]


# Two tellings, by number, that fit well enough to be one event, with how well; the first in the order of anchors stands first.
# A plain tuple: of a large store's there are hundreds of thousands at hand.
Link = tuple[int, int, float]


class Group(NamedTuple):
    """Tellings of one event, by number in the order of their anchors, and what joined them, the strongest first."""

    members: tuple[int, ...]
    judgements: tuple[Judgement, ...]


# Groups that only what their articles are about would join must fit on average, not by one pair of them: up to
# this many tellings of each are compared. Tuned on the training part of ECB+.
SAMPLE = 8
AVERAGE = 3.0

COPIED = Fit((Clue("document", SAME, "the same sentence in copies of one story"),), SAME, veto=False)


def cluster(tellings: Sequence[Telling], judgements: Iterable[Judgement] = ()) -> tuple[Cluster, ...]:
    """All tellings in groups, sorted by their first anchor; most groups of real news hold one."""
    judgements = tuple(judgements)
    gists = {number: make_gist(telling) for number, telling in enumerate(tellings)}
    copies = find_copies(gists, find_apart(judgements))
    compared = {number: gist for number, gist in gists.items() if number not in copies}
    links = find_links(find_all_pairs(compared), compared)
    return tuple(
        (tuple(tellings[number] for number in group.members), group.judgements)
        for group in join(gists, links, copies, judgements)
    )


def find_apart(judgements: Iterable[Judgement]) -> frozenset[frozenset[str]]:
    """The pairs of anchors that people judged to be of different events."""
    return frozenset(frozenset((one.left, one.right)) for one in judgements if one.verdict == "different")


def find_links(pairs: Iterable[tuple[int, int]], gists: Mapping[int, Gist]) -> list[Link]:
    """Those of the pairs that fit."""
    links: list[Link] = []
    for one, other in pairs:
        left, right = (one, other) if gists[one].order <= gists[other].order else (other, one)
        how = fit(gists[left], gists[right])
        if how.score >= SAME and not how.veto:
            links.append((left, right, how.score))
    return links


def find_copies(gists: Mapping[int, Gist], apart: Collection[frozenset[str]]) -> dict[int, int]:
    """
    What copies of one story tell in the same sentence: each telling that need not be compared, with the one compared for it.

    Of the copies, the one compared for all is dated if any is. What a person parted, and what speaks of another place or day, is
    compared itself; so is the second of two in one article.
    """
    prints: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, gist in gists.items():
        prints[gist.story, gist.print].append(number)
    copies: dict[int, int] = {}
    for alike in prints.values():
        if len(alike) == 1:
            continue
        first, *rest = sorted(
            alike, key=lambda number: (gists[number].published or "9999", gists[number].order)
        )
        together, about = [gists[first]], _About(gists[first])
        for number in rest:
            gist = gists[number]
            parted = any(frozenset((gist.anchor, other.anchor)) in apart for other in together)
            if gist.article != gists[first].article and not parted and _About(gist).fits(about):
                copies[number] = first
                together.append(gist)
                about.add(_About(gist))
    return copies


def join(
    gists: Mapping[int, Gist],
    links: Iterable[Link],
    copies: Mapping[int, int],
    judgements: Iterable[Judgement] = (),
    *,
    asked: Collection[int] | None = None,
) -> tuple[Group, ...]:
    """
    The tellings in groups, sorted by their first anchor.

    Args:
        links: As `find_links` finds them.
        copies: As `find_copies` finds them.
        judgements: People's, of any tellings.
        asked: What joined them is told of the groups that hold one of these; of all where it is left out.
    """
    # By place in the order of anchors from here on.
    numbers = sorted(gists, key=lambda number: gists[number].order)
    place = {number: at for at, number in enumerate(numbers)}
    ordered = [gists[number] for number in numbers]
    groups = _Groups(ordered, tuple(judgements))
    for copy, first in sorted((place[copy], place[first]) for copy, first in copies.items()):
        groups.unite_copies(first, copy)
    strongest: list[tuple[float, int, int]] = []
    across: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for one, other, score in links:
        left, right = place[one], place[other]
        if is_sited(ordered[left]) == is_sited(ordered[right]):
            strongest.append((-score, left, right))
        else:
            loose, sited = (right, left) if is_sited(ordered[left]) else (left, right)
            across[loose].append((-score, sited))
    for score, left, right in sorted(strongest):
        groups.join(left, right, -score)
    _join_general(groups, across)
    wanted = range(len(numbers)) if asked is None else {place[number] for number in asked}
    return tuple(
        Group(tuple(numbers[at] for at in members), judged) for members, judged in groups.finish(wanted)
    )


def _join_general(groups: "_Groups", across: Mapping[int, list[tuple[float, int]]]) -> None:
    """Each group without a site joins the group with one that it fits, if that is only one."""
    loose_groups: dict[int, list[int]] = defaultdict(list)
    for loose in sorted(across):
        loose_groups[groups.find(loose)].append(loose)
    for members in [loose_groups[head] for head in sorted(loose_groups)]:
        best: dict[int, tuple[float, int, int]] = {}
        for loose in members:
            for score, sited in sorted(across[loose]):
                head = groups.find(sited)
                if head in best or groups.may_join(loose, sited):
                    best[head] = min(best.get(head, (0.0, 0, 0)), (score, loose, sited))
        # Where it fits several, it is put to none.
        if len(best) == 1:
            ((score, loose, sited),) = best.values()
            groups.join(loose, sited, -score)


class _About:
    """What the tellings of a group speak of, kept while it grows: asking all of them anew took half of the time of fusion."""

    __slots__ = ("actors", "first_end", "is_mutual", "last_start", "places", "recipients")

    def __init__(self, gist: Gist) -> None:
        place, date = gist.place, gist.date
        self.places: dict[tuple[object, ...], Place] = {}
        if place:
            self.places[place.name, place.geonameid, place.country, place.precision] = place
        # The latest day that any of it begins, and the earliest that any ends: nothing else decides whether days fit.
        self.last_start: int | None = days_of(date.start) if date else None
        self.first_end: int | None = days_of(date.end) if date else None
        self.actors, self.recipients = gist.did, gist.suffered
        self.is_mutual = family_of(gist.type)["mutual"] == "yes"

    def add(self, other: "_About") -> None:
        """The other group becomes part of this one."""
        for key, place in other.places.items():
            self.places.setdefault(key, place)
        if other.last_start is not None and other.first_end is not None:
            self.last_start = max(other.last_start, self.last_start or other.last_start)
            self.first_end = min(other.first_end, self.first_end or other.first_end)
        self.actors |= other.actors
        self.recipients |= other.recipients

    def fits(self, other: "_About") -> bool:
        """Whether nothing told in one group speaks against what is told in the other."""
        return self._days_fit(other) and self._parties_fit(other) and self._places_fit(other)

    def _places_fit(self, other: "_About") -> bool:
        theirs = other.places
        return not any(
            match_places(one, two).veto
            for key, one in self.places.items()
            if key not in theirs or len(theirs) > 1
            for two in theirs.values()
        )

    def _days_fit(self, other: "_About") -> bool:
        if self.last_start is None or self.first_end is None:
            return True
        if other.last_start is None or other.first_end is None:
            return True
        return self.last_start - other.first_end <= 1 and other.last_start - self.first_end <= 1

    def _parties_fit(self, other: "_About") -> bool:
        if self.is_mutual:
            return _share(self.actors | self.recipients, other.actors | other.recipients)
        return _share(self.actors, other.actors) and _share(self.recipients, other.recipients)


class _Joined(NamedTuple):
    """Two tellings that a rule joined; why is found out for those groups of which it is asked."""

    left: int
    right: int
    is_copy: bool


class _Groups:
    """Groups of tellings that may still grow, and what each must not be joined with."""

    def __init__(self, tellings: Sequence[Gist], judgements: tuple[Judgement, ...]) -> None:
        self._tellings = tellings
        self._head = list(range(len(tellings)))
        self._members = {number: [number] for number in self._head}
        # What rules alone hold together. Within a group that a person made of several, a newcomer need fit only one.
        self._fitting = list(self._head)
        self._about = {number: _About(gist) for number, gist in enumerate(tellings)}
        self._judged: dict[int, list[Judgement | _Joined]] = defaultdict(list)
        by_anchor: dict[str, list[int]] = defaultdict(list)
        for number, telling in enumerate(tellings):
            by_anchor[telling.anchor].append(number)
        self._apart = {
            frozenset((left, right))
            for judgement in judgements
            if judgement.verdict == "different"
            for left in by_anchor.get(judgement.left, ())
            for right in by_anchor.get(judgement.right, ())
        }
        for judgement in sorted(judgements, key=lambda one: (one.left, one.right, one.by)):
            if judgement.verdict == "same":
                # A person's word needs no fitting fields.
                for left in by_anchor.get(judgement.left, ())[:1]:
                    for right in by_anchor.get(judgement.right, ())[:1]:
                        self._unite(left, right, judgement)

    def find(self, number: int) -> int:
        """The head of the group the telling is in."""
        return _find(self._head, number)

    def may_join(self, left: int, right: int) -> bool:
        """Whether nothing told in one group speaks against what is told in the other."""
        ours, theirs = self._members[self.find(left)], self._members[self.find(right)]
        if self._apart and any(frozenset((one, other)) in self._apart for one in ours for other in theirs):
            return False
        return self._about[_find(self._fitting, left)].fits(self._about[_find(self._fitting, right)])

    def join(self, left: int, right: int, score: float) -> None:
        """Make one group of two that fit so well, if they may be one."""
        if _find(self._fitting, left) == _find(self._fitting, right) or not self.may_join(left, right):
            return
        if score - WEIGHTS["topic"] < SAME:
            how = fit(self._tellings[left], self._tellings[right])
            if how.without("topic") < SAME and self._average(left, right) < AVERAGE:
                return
        self._unite_by_rule(left, right, is_copy=False)

    def unite_copies(self, left: int, right: int) -> None:
        """Make one group of what copies of one story tell, unless a person parted the two."""
        ours, theirs = self._members[self.find(left)], self._members[self.find(right)]
        if ours is theirs:
            return
        if self._apart and any(frozenset((one, other)) in self._apart for one in ours for other in theirs):
            return
        self._unite_by_rule(left, right, is_copy=True)

    def finish(self, asked: Container[int]) -> list[tuple[list[int], tuple[Judgement, ...]]]:
        """The groups, their tellings in the order of their anchors; of those with one that is asked for, their judgements by strength."""
        made: list[tuple[list[int], tuple[Judgement, ...]]] = []
        for head, members in self._members.items():
            judged: list[Judgement] = []
            if any(number in asked for number in members):
                judged = [self._judge(one) if isinstance(one, _Joined) else one for one in self._judged[head]]
            judged.sort(key=lambda one: (-(one.score or 99), one.left, one.right))
            made.append((sorted(members), tuple(judged)))
        return sorted(made, key=lambda one: one[0][0])

    def _judge(self, joined: "_Joined") -> Judgement:
        left, right = sorted(
            (self._tellings[joined.left], self._tellings[joined.right]), key=lambda one: one.order
        )
        how = COPIED if joined.is_copy else fit(left, right)
        return Judgement(left.anchor, right.anchor, "same", "rule", how.reason, how.score)

    def _unite(self, left: int, right: int, judgement: "Judgement | _Joined") -> None:
        ours, theirs = sorted((self.find(left), self.find(right)))
        if ours != theirs:
            self._head[theirs] = ours
            self._members[ours] += self._members.pop(theirs)
            self._judged[ours] += self._judged.pop(theirs, [])
        self._judged[ours].append(judgement)

    def _unite_by_rule(self, left: int, right: int, *, is_copy: bool) -> None:
        ours, theirs = sorted((_find(self._fitting, left), _find(self._fitting, right)))
        if ours != theirs:
            self._fitting[theirs] = ours
            self._about[ours].add(self._about.pop(theirs))
        if self.find(left) == self.find(right):
            return  # a person had joined them already
        self._unite(left, right, _Joined(left, right, is_copy))

    def _average(self, left: int, right: int) -> float:
        """How well the tellings of two groups fit on average."""
        ours, theirs = (sorted(self._members[self.find(one)])[:SAMPLE] for one in (left, right))
        fits = [fit(self._tellings[one], self._tellings[other]) for one in ours for other in theirs]
        return sum(0.0 if how.veto else how.score for how in fits) / len(fits)


def _find(heads: list[int], number: int) -> int:
    while heads[number] != number:
        heads[number] = number = heads[heads[number]]
    return number


def _share(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return not ours or not theirs or bool(ours & theirs)
