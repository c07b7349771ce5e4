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
from collections.abc import Iterable, Sequence

from counterclaim.fuse.block import Sites, find_different, find_pairs, is_sited
from counterclaim.fuse.match import SAME, Clue, Fit, days_of, family_of, fit, match_places
from counterclaim.types import DateRange, Judgement, Place, Telling

Cluster = tuple[tuple[Telling, ...], tuple[Judgement, ...]]

# Groups that only what their articles are about would join must fit on average, not by one pair of them: up to
# this many tellings of each are compared. Tuned on the training part of ECB+.
SAMPLE = 8
AVERAGE = 3.0

COPIED = Fit((Clue("document", SAME, "the same sentence in copies of one story"),), SAME, veto=False)


def cluster(tellings: Sequence[Telling], judgements: Iterable[Judgement] = ()) -> tuple[Cluster, ...]:
    """All tellings in groups, sorted by their first anchor; most groups of real news hold one."""
    ordered = sorted(tellings, key=lambda telling: (telling.anchor, telling.mention.id))
    groups = _Groups(ordered, tuple(judgements))
    printed_once = _join_copies(groups, ordered)
    links: list[tuple[float, int, int]] = []
    across: dict[int, set[int]] = defaultdict(set)
    for left, right in find_pairs(ordered, printed_once):
        if is_sited(ordered[left]) == is_sited(ordered[right]):
            how = fit(ordered[left], ordered[right])
            if how.score >= SAME and not how.veto:
                links.append((-how.score, left, right))
        else:
            loose, sited = (right, left) if is_sited(ordered[left]) else (left, right)
            across[loose].add(sited)
    for _, left, right in sorted(links):
        groups.join(left, right)
    _join_general(groups, ordered, printed_once, across)
    return groups.finish()


def _join_copies(groups: "_Groups", tellings: Sequence[Telling]) -> list[int]:
    """
    Join what copies of one story tell in the same sentence; numbers of the tellings that are left to compare.

    Of the copies, the one compared for all is dated if any is.
    """
    prints: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, telling in enumerate(tellings):
        mention = telling.mention
        told = mention.type, mention.stance, mention.auxiliary, telling.claimant.key
        start, end = _find_sentence(telling)
        sentence = " ".join(telling.article.text[start:end].split())
        prints[telling.story, sentence, mention.trigger.start_char - start, *told].append(number)
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
                groups.unite_copies(first, copy)
    return sorted(compared)


def _find_sentence(telling: Telling) -> tuple[int, int]:
    """Of its trigger; the trigger alone where the claim of its type is gone."""
    trigger = telling.mention.trigger
    return next(
        (
            (claim.sentence_start_char, claim.sentence_end_char)
            for claim in telling.claims
            if claim.start_char == trigger.start_char
        ),
        (trigger.start_char, trigger.end_char),
    )


def _join_general(
    groups: "_Groups", tellings: Sequence[Telling], printed_once: list[int], across: dict[int, set[int]]
) -> None:
    """Each group without a site joins the group with one that it fits, if that is only one."""
    sites = Sites(tellings, printed_once)
    loose_groups: dict[int, list[int]] = defaultdict(list)
    for number in printed_once:
        if not is_sited(tellings[number]):
            loose_groups[groups.find(number)].append(number)
    for members in [loose_groups[head] for head in sorted(loose_groups)]:
        best: dict[int, tuple[float, int, int]] = {}
        for loose in find_different(tellings, members):
            for sited in (*sorted(across[loose]), *sites.near(loose)):
                head = groups.find(sited)
                how = fit(tellings[loose], tellings[sited])
                if how.score < SAME or how.veto or (head not in best and not groups.may_join(loose, sited)):
                    continue
                best[head] = min(best.get(head, (0.0, 0, 0)), (-how.score, loose, sited))
                if len(best) > 1:
                    break
            if len(best) > 1:
                break  # it fits several, and is put to none
        if len(best) == 1:
            ((_, loose, sited),) = best.values()
            groups.join(loose, sited)


class _Groups:
    """Groups of tellings that may still grow, and what each must not be joined with."""

    def __init__(self, tellings: Sequence[Telling], judgements: tuple[Judgement, ...]) -> None:
        self._tellings = tellings
        self._head = list(range(len(tellings)))
        self._members = {number: [number] for number in self._head}
        # What rules alone hold together. Within a group that a person made of several, a newcomer need fit only one.
        self._fitting = list(self._head)
        self._alike = {number: [number] for number in self._head}
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
        return _find(self._head, number)

    def may_join(self, left: int, right: int) -> bool:
        """Whether nothing told in one group speaks against what is told in the other."""
        ours, theirs = self._members[self.find(left)], self._members[self.find(right)]
        if self._apart and any(frozenset((one, other)) in self._apart for one in ours for other in theirs):
            return False
        ours, theirs = (self._alike[_find(self._fitting, one)] for one in (left, right))
        return (
            self._places_fit(ours, theirs)
            and self._days_fit(ours, theirs)
            and self._parties_fit(ours, theirs)
        )

    def join(self, left: int, right: int) -> None:
        """Make one group of two, if they may be one."""
        if _find(self._fitting, left) == _find(self._fitting, right) or not self.may_join(left, right):
            return
        how = fit(self._tellings[left], self._tellings[right])
        if how.without("topic") < SAME and self._average(left, right) < AVERAGE:
            return
        self._unite_by_rule(left, right, how)

    def unite_copies(self, left: int, right: int) -> None:
        """Make one group of what copies of one story tell."""
        if self.find(left) != self.find(right):
            self._unite_by_rule(left, right, COPIED)

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

    def _unite_by_rule(self, left: int, right: int, how: Fit) -> None:
        ours, theirs = sorted((_find(self._fitting, left), _find(self._fitting, right)))
        if ours != theirs:
            self._fitting[theirs] = ours
            self._alike[ours] += self._alike.pop(theirs)
        if self.find(left) == self.find(right):
            return  # a person had joined them already
        first, second = sorted((self._tellings[left].anchor, self._tellings[right].anchor))
        self._unite(left, right, Judgement(first, second, "same", "rule", how.reason, how.score))

    def _average(self, left: int, right: int) -> float:
        """How well the tellings of two groups fit on average."""
        ours, theirs = (sorted(self._members[self.find(one)])[:SAMPLE] for one in (left, right))
        fits = [fit(self._tellings[one], self._tellings[other]) for one in ours for other in theirs]
        return sum(0.0 if how.veto else how.score for how in fits) / len(fits)

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


def _find(heads: list[int], number: int) -> int:
    while heads[number] != number:
        heads[number] = number = heads[heads[number]]
    return number


def _share(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    return not ours or not theirs or bool(ours & theirs)
