"""
Which tellings are of one event.

Comes in: tellings, and what people judged. Goes out: groups of tellings, each with the judgements that joined
it. The strongest pairs are joined first, and never two groups that speak of different places, days or
parties. Tellings without a site ("fighting along the border left 40 dead") join the one site they fit; where
they fit several, they stay an event of their own, so that a toll for the whole front is put to no one village.

The order of the articles does not matter: pairs are taken by score, then by anchor.

Known limit: a long war told day by day without places is one event for each day or so, not for each battle.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from counterclaim.fuse.match import (
    PRECISE,
    SAME,
    Fit,
    Part,
    days_of,
    family_of,
    fit,
    match_places,
)
from counterclaim.fuse.tellings import find_sentence
from counterclaim.types import DateRange, Judgement, Place, Telling

Cluster = tuple[tuple[Telling, ...], tuple[Judgement, ...]]

# A range longer than this is compared by its ends only: "in recent years" is no date to find candidates by.
LONGEST_DAYS = 70
STEP = 3

COPIED = Fit((Part("document", SAME, "the same sentence in copies of one story"),), SAME, veto=False)


def cluster(tellings: Sequence[Telling], judgements: Iterable[Judgement] = ()) -> tuple[Cluster, ...]:
    """All tellings in groups, sorted by their first anchor; most groups of real news hold one."""
    ordered = sorted(tellings, key=lambda telling: (telling.anchor, telling.mention.id))
    groups = _Groups(ordered, tuple(judgements))
    printed_once = _join_copies(groups, ordered)
    links = sorted(_find_links(ordered, printed_once), key=lambda link: (-link[2].score, link[0], link[1]))
    general = [not _is_precise(telling.mention.place) for telling in ordered]
    across: list[tuple[int, int, Fit]] = []
    for left, right, how in links:
        if general[left] == general[right]:
            groups.join(left, right, how)
        else:
            across.append((left, right, how))
    _join_general(groups, across, general)
    return groups.finish()


def _join_copies(groups: "_Groups", tellings: Sequence[Telling]) -> list[int]:
    """
    Join what copies of one story tell in the same sentence; numbers of the tellings that are left to compare.

    Of the copies, the one compared for all is dated if any is.
    """
    prints: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, telling in enumerate(tellings):
        mention, text = telling.mention, telling.article.text
        start, end = find_sentence(text, mention.trigger.start_char, mention.trigger.end_char)
        told = mention.type, mention.stance, mention.auxiliary, telling.claimant.key
        within = mention.trigger.start_char - start
        prints[telling.story, " ".join(text[start:end].split()), within, *told].append(number)
    compared: list[int] = []
    for alike in prints.values():
        first, *copies = sorted(
            alike, key=lambda number: (tellings[number].article.published or "9999", number)
        )
        compared.append(first)
        for copy in copies:
            if tellings[copy].article.id == tellings[first].article.id or not groups.may_join(first, copy):
                compared.append(copy)  # told twice in one article, or parted by a person or a place
            else:
                groups.join(first, copy, COPIED)
    return sorted(compared)


def _join_general(groups: "_Groups", across: list[tuple[int, int, Fit]], general: list[bool]) -> None:
    """Each group without a site joins the group with one that it fits, if that is only one."""
    fitting: dict[int, dict[int, tuple[int, int, Fit]]] = defaultdict(dict)
    for left, right, how in across:
        loose, sited = (left, right) if general[left] else (right, left)
        # The first link of two groups is their strongest.
        fitting[groups.find(loose)].setdefault(groups.find(sited), (left, right, how))
    for choices in [fitting[loose] for loose in sorted(fitting)]:
        allowed = {
            groups.find(left if not general[left] else right): (left, right, how)
            for left, right, how in choices.values()
            if groups.may_join(left, right)
        }
        if len(allowed) == 1:
            ((left, right, how),) = allowed.values()
            groups.join(left, right, how)


def _find_links(tellings: Sequence[Telling], compared: list[int]) -> Iterator[tuple[int, int, Fit]]:
    """Pairs that fit well enough to be one event, each once."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number in compared:
        for key in _block_keys(tellings[number]):
            blocks[key].append(number)
    seen: set[tuple[int, int]] = set()
    for key in sorted(blocks):
        for pair in combinations(blocks[key], 2):
            if pair in seen:
                continue
            seen.add(pair)
            how = fit(tellings[pair[0]], tellings[pair[1]])
            if how.score >= SAME and not how.veto:
                yield *pair, how


def _block_keys(telling: Telling) -> Iterator[tuple[str, ...]]:
    """What two tellings of one event share at least one of: family and story, or family, days and country."""
    mention = telling.mention
    family = family_of(mention.type)["family"]
    yield family, telling.realis, telling.story
    about = telling.did | telling.suffered
    if mention.place and mention.place.country:
        about |= {mention.place.country}
    for step in _steps(telling):
        for side in about:
            yield family, telling.realis, f"{step}", side


def _steps(telling: Telling) -> set[int]:
    """The three-day steps of the calendar it may have happened in: around its date, or the week before print."""
    when = telling.mention.date
    if when:
        first, last = days_of(when.start) - 1, days_of(when.end) + 1
        if last - first > LONGEST_DAYS:
            return {first // STEP, last // STEP}
    elif telling.article.published:
        last = days_of(telling.article.published)
        first = last - 7
    else:
        return set()
    return set(range(first // STEP, last // STEP + 1))


def _is_precise(place: Place | None) -> bool:
    return place is not None and place.precision in PRECISE


class _Groups:
    """Groups of tellings that may still grow, and what each must not be joined with."""

    def __init__(self, tellings: Sequence[Telling], judgements: tuple[Judgement, ...]) -> None:
        self._tellings = tellings
        self._head = list(range(len(tellings)))
        self._members = {number: [number] for number in self._head}
        self._judged: dict[int, list[Judgement]] = defaultdict(list)
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
        while self._head[number] != number:
            self._head[number] = number = self._head[self._head[number]]
        return number

    def may_join(self, left: int, right: int) -> bool:
        """Whether nothing told in one group speaks against what is told in the other."""
        ours, theirs = self._members[self.find(left)], self._members[self.find(right)]
        if self._apart and any(frozenset((one, other)) in self._apart for one in ours for other in theirs):
            return False
        return (
            self._places_fit(ours, theirs)
            and self._days_fit(ours, theirs)
            and self._parties_fit(ours, theirs)
        )

    def join(self, left: int, right: int, how: Fit) -> None:
        """Make one group of two, if they may be one."""
        if self.find(left) == self.find(right) or not self.may_join(left, right):
            return
        first, second = sorted((self._tellings[left].anchor, self._tellings[right].anchor))
        self._unite(left, right, Judgement(first, second, "same", "rule", how.reason, how.score))

    def finish(self) -> tuple[Cluster, ...]:
        """The groups, their tellings in the order of their anchors, their judgements by strength."""
        clusters = [
            (
                tuple(self._tellings[number] for number in sorted(members)),
                tuple(sorted(self._judged[head], key=lambda one: (-(one.score or 99), one.left, one.right))),
            )
            for head, members in self._members.items()
        ]
        return tuple(sorted(clusters, key=lambda one: one[0][0].anchor))

    def _unite(self, left: int, right: int, judgement: Judgement) -> None:
        ours, theirs = sorted((self.find(left), self.find(right)))
        if ours != theirs:
            self._head[theirs] = ours
            self._members[ours] += self._members.pop(theirs)
            self._judged[ours] += self._judged.pop(theirs, [])
        self._judged[ours].append(judgement)

    def _places_fit(self, ours: list[int], theirs: list[int]) -> bool:
        return not any(
            match_places(one, other).veto for one in self._places(ours) for other in self._places(theirs)
        )

    def _places(self, members: list[int]) -> set[Place]:
        found: dict[tuple[object, ...], Place] = {}
        for number in members:
            place = self._tellings[number].mention.place
            if place:
                found.setdefault((place.name, place.geonameid, place.country, place.precision), place)
        return set(found.values())

    def _days_fit(self, ours: list[int], theirs: list[int]) -> bool:
        return not any(
            days_of(one.start) - days_of(other.end) > 1 or days_of(other.start) - days_of(one.end) > 1
            for one in self._dates(ours)
            for other in self._dates(theirs)
        )

    def _dates(self, members: list[int]) -> set[DateRange]:
        found: dict[tuple[str, str], DateRange] = {}
        for number in members:
            when = self._tellings[number].mention.date
            if when:
                found.setdefault((when.start, when.end), when)
        return set(found.values())

    def _parties_fit(self, ours: list[int], theirs: list[int]) -> bool:
        our_actors, our_recipients = self._parties(ours)
        their_actors, their_recipients = self._parties(theirs)
        if family_of(self._tellings[ours[0]].mention.type)["mutual"] == "yes":
            return _share(our_actors | our_recipients, their_actors | their_recipients)
        return _share(our_actors, their_actors) and _share(our_recipients, their_recipients)

    def _parties(self, members: list[int]) -> tuple[frozenset[str], frozenset[str]]:
        actors: frozenset[str] = frozenset()
        recipients: frozenset[str] = frozenset()
        for number in members:
            actors |= self._tellings[number].did
            recipients |= self._tellings[number].suffered
        return actors, recipients


def _share(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return not ours or not theirs or bool(ours & theirs)
