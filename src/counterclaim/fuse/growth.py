"""
What new tellings change, found without looking at all the others: fusion that does not start over.

Comes in: what earlier fusions kept (gists, who is in which block, which pairs fit), which tellings went and which came. Goes out: the
groups that are to stand in place of earlier ones, and which ones those are. What comes out is what `cluster.join` makes of all tellings
at once, for these reasons:

- Which pairs of a block are compared depends on who is in the block alone (`block.find_pairs`). So only pairs of blocks that
  somebody left or entered can come or go.
- Whether two tellings fit depends on their gists alone.
- Joining takes the pairs that fit by strength, and a pair joins or not by what the two groups hold at that moment. A group of
  before, none of whose tellings went and whose pairs with others are all turned down again, grows as it grew. So what may have changed is
  joined anew together with all that fits any of it; a neighbour that comes out otherwise than before is counted among what may have
  changed, and it is done again, until no neighbour does.

A report of a raid on Kitwe is compared with those in the blocks of Kitwe and its days, and joins one event; the other nine thousand
are not read.

Known limit: a block that holds thousands (one side, one family of events, three days) is loaded whole, though few of its
pairs change.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from counterclaim.fuse.block import (
    HOT,
    Key,
    Pair,
    find_alike,
    find_first,
    find_keys,
    find_pairs,
    find_standing_keys,
    is_sited,
)
from counterclaim.fuse.cluster import Group, Link, find_links, join
from counterclaim.fuse.gist import Gist
from counterclaim.types import Judgement

Blocks = dict[Key, set[int]]


class Kept(Protocol):
    """What a store keeps of earlier fusions, by the tellings' numbers."""

    def load_gists(self, numbers: Iterable[int]) -> Mapping[int, Gist]:
        """The gists of these."""

    def load_members(self, keys: Iterable[int]) -> Mapping[int, set[int]]:
        """Who is in each of these blocks."""

    def load_links(self, numbers: Collection[int]) -> Iterable[Link]:
        """All pairs that fit with one of these, each once."""

    def load_events(self, numbers: Collection[int]) -> Mapping[int, str]:
        """The event that each of these is of; those that are of none yet are left out."""

    def load_told(self, events: Collection[str]) -> Mapping[str, set[int]]:
        """The tellings of these events."""

    def load_copies(self, numbers: Collection[int]) -> Mapping[int, int]:
        """Of these, those that are copies, and of which; and the copies of these."""

    def load_anchored(self, anchors: Collection[str]) -> Iterable[int]:
        """The tellings that go by these anchors."""


@dataclass(frozen=True, slots=True)
class Difference:
    """
    What is to be written to the store's blocks and pairs.

    Attributes:
        left, entered: Who is in which block no longer, and who is now.
        unlinked, linked: Which pairs fit no longer or are compared no longer, and which do now.
    """

    left: tuple[tuple[Key, int], ...]
    entered: tuple[tuple[Key, int], ...]
    unlinked: tuple[Link, ...]
    linked: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Regrouped:
    """
    Groups in place of earlier ones.

    Attributes:
        events: The events that they stand in place of.
        groups: Some of them as they were.
        gists: Of all their members, and of their neighbours.
    """

    events: frozenset[str]
    groups: tuple[Group, ...]
    gists: Mapping[int, Gist]


def find_difference(kept: Kept, gone: Mapping[int, Gist], come: Mapping[int, Gist]) -> Difference:
    """
    What changes in blocks and pairs when tellings go and come.

    Args:
        gone: They are in the blocks kept, and are to be compared with nothing any longer.
        come: They are in none yet.
    """
    gists = _Known(kept, {**gone, **come})
    left, entered = _group(gone), _group(come)
    alike = {key for key in (*left, *entered) if key.rule == "alike"}
    before = _load(kept, alike)
    _change_who_stands(gists, before, left, entered, gone, come)
    touched = sorted({*left, *entered})
    inside = before | _load(kept, [key for key in touched if key.rule != "alike"])
    lost: set[Pair] = set()
    found: set[Pair] = set()
    for key in touched:
        minus, plus = left.get(key, set()), entered.get(key, set())
        old = inside[key]
        new = (old - minus) | plus
        if key.rule in {"story", "topic", "site"} and max(len(old), len(new)) <= HOT:
            # All with all, before and after: only those who come have new pairs, and who leaves but stays elsewhere has lost some.
            found |= _pair(plus, new)
            lost |= _pair(minus - set(gone), old)
            continue
        if key.rule == "topic" and min(len(old), len(new)) > HOT:
            continue
        gists.need(old | new)
        pairs_before = find_pairs(key.rule, old, gists.by_number)
        pairs_after = find_pairs(key.rule, new, gists.by_number)
        lost |= pairs_before - pairs_after
        found |= pairs_after - pairs_before
    unlinked = list(kept.load_links(gone))
    unlinked += _find_parted(kept, gists, lost - found, gone, left, entered)
    known = {link[:2] for link in kept.load_links({number for pair in found for number in pair} - set(come))}
    fresh = [pair for pair in found if pair not in known and pair[::-1] not in known]
    gists.need({number for pair in fresh for number in pair})
    return Difference(
        tuple((key, number) for key in sorted(left) for number in sorted(left[key])),
        tuple((key, number) for key in sorted(entered) for number in sorted(entered[key])),
        tuple(dict.fromkeys(unlinked)),
        tuple(find_links(sorted(fresh), gists.by_number)),
    )


def _pair(some: Iterable[int], others: Iterable[int]) -> set[Pair]:
    return {(one, other) if one < other else (other, one) for one in some for other in others if one != other}


class _Known:
    """Gists at hand."""

    def __init__(self, kept: Kept, gists: Mapping[int, Gist]) -> None:
        self._kept = kept
        self.by_number: dict[int, Gist] = dict(gists)

    def need(self, numbers: Iterable[int]) -> None:
        missing = [number for number in numbers if number not in self.by_number]
        if missing:
            self.by_number.update(self._kept.load_gists(missing))


def _group(gists: Mapping[int, Gist]) -> Blocks:
    blocks: Blocks = defaultdict(set)
    for number, gist in gists.items():
        for key in find_keys(gist):
            blocks[key].add(number)
    return dict(blocks)


def _load(kept: Kept, keys: Iterable[Key]) -> Blocks:
    keys = list(keys)
    members = kept.load_members([key.number for key in keys])
    return {key: set(members.get(key.number, ())) for key in keys}


def _change_who_stands(
    gists: _Known,
    before: Blocks,
    left: Blocks,
    entered: Blocks,
    gone: Mapping[int, Gist],
    come: Mapping[int, Gist],
) -> None:
    """Who stands for those that tell the same is in more blocks than they; who no longer does leaves these."""
    stood = {number for number, gist in gone.items() if find_alike(gist) is None}
    stands = {number for number, gist in come.items() if find_alike(gist) is None}
    for key, old in before.items():
        new = (old - left.get(key, set())) | entered.get(key, set())
        gists.need(old | new)
        first_before = {find_first(old, gists.by_number)} if old else set()
        first_now = {find_first(new, gists.by_number)} if new else set()
        stood |= first_before - first_now
        stands |= first_now - first_before
    for blocks, numbers in ((left, stood), (entered, stands)):
        for number in numbers:
            for key in find_standing_keys(gists.by_number[number]):
                blocks.setdefault(key, set()).add(number)


def _find_parted(
    kept: Kept, gists: _Known, lost: set[Pair], gone: Collection[int], left: Blocks, entered: Blocks
) -> list[Link]:
    """Of the pairs that some block holds no longer, those that fit and that no other block holds."""
    staying = {number for pair in lost for number in pair} - set(gone)
    linked = [link for link in kept.load_links(staying) if link[:2] in lost or link[1::-1] in lost]
    if not linked:
        return []
    gists.need({number for link in linked for number in link[:2]})
    keys_of = {
        number: {*find_keys(gists.by_number[number]), *find_standing_keys(gists.by_number[number])}
        for number in {number for link in linked for number in link[:2]}
    }
    shared: dict[Link, list[Key]] = {}
    for link in linked:
        ours, theirs = keys_of[link[0]], keys_of[link[1]]
        # Those of places and sides are the largest.
        shared[link] = sorted(ours & theirs, key=lambda key: (key.rule in {"around", "side"}, key))
    inside = _load(kept, {key for keys in shared.values() for key in keys})
    parted: list[Link] = []
    pairs: dict[Key, set[Pair]] = {}
    for link, keys in shared.items():
        for key in keys:
            if key not in pairs:
                now = (inside[key] - left.get(key, set())) | entered.get(key, set())
                gists.need(now)
                pairs[key] = find_pairs(key.rule, now, gists.by_number)
            if (min(link[:2]), max(link[:2])) in pairs[key]:
                break
        else:
            parted.append(link)
    return parted


def regroup(
    kept: Kept, touched: Collection[int], judgements: Sequence[Judgement], events: Collection[str] = ()
) -> Regrouped:
    """
    The groups of these tellings and of all whose groups they change.

    Args:
        kept: With what `find_difference` found already written.
        touched: Tellings that are new or judged anew, or that pairs were found or lost of.
        judgements: People's, of any tellings.
        events: Those that tellings which are gone were of.
    """
    gists = _Known(kept, {})
    by_anchor: dict[str, set[str]] = defaultdict(set)
    for one in judgements:
        if one.verdict == "same":
            by_anchor[one.left].add(one.right)
            by_anchor[one.right].add(one.left)
    changed, fresh = set(events), set(touched)
    while True:
        core = _close(kept, gists, changed, fresh, by_anchor)
        around, links = _find_around(kept, gists, core, changed)
        everybody = core.union(*around.values())
        copies = kept.load_copies(everybody)
        groups = join(
            {number: gists.by_number[number] for number in everybody},
            links,
            {copy: first for copy, first in copies.items() if copy in everybody and first in everybody},
            judgements,
            asked=core,
        )
        whole = {frozenset(group.members) for group in groups}
        otherwise = {event for event, members in around.items() if frozenset(members) not in whole}
        if not otherwise:
            inside = tuple(group for group in groups if not core.isdisjoint(group.members))
            return Regrouped(frozenset(changed), inside, gists.by_number)
        changed |= otherwise


def _close(
    kept: Kept,
    gists: _Known,
    changed: set[str],
    fresh: set[int],
    by_anchor: Mapping[str, set[str]],
) -> set[int]:
    """All tellings of what may have changed; with those that go by an anchor of these, or that people joined with them."""
    core = set(fresh)
    waiting = set(fresh)
    while True:
        changed |= set(kept.load_events(waiting).values())
        core = core.union(*kept.load_told(changed).values())
        gists.need(core)
        anchors = {gists.by_number[number].anchor for number in core}
        joined = {other for anchor in anchors for other in by_anchor.get(anchor, ())}
        copies = kept.load_copies(core)
        waiting = {*kept.load_anchored(anchors | joined), *copies, *copies.values()} - core
        if not waiting:
            return core
        core |= waiting


def _find_around(
    kept: Kept, gists: _Known, core: set[int], changed: set[str]
) -> tuple[dict[str, set[int]], list[Link]]:
    """The groups that fit any of what may have changed, whole, and the pairs by which all of it is joined."""
    near = {number for link in kept.load_links(core) for number in link[:2]} - core
    around = dict(kept.load_told(set(kept.load_events(near).values()) - changed))
    inner = core.union(*around.values())
    gists.need(inner)
    # Whether one without a site fits several: all of those it fits are needed.
    loose = {number for number in inner if not is_sited(gists.by_number[number])}
    sites = {number for link in kept.load_links(loose) for number in link[:2]} - inner
    gists.need(sites)
    sites = {number for number in sites if is_sited(gists.by_number[number])}
    around |= kept.load_told(set(kept.load_events(sites).values()) - changed - set(around))
    everybody = core.union(*around.values())
    gists.need(everybody)
    event_of = {number: event for event, members in around.items() for number in members}
    links = [
        link
        for link in kept.load_links(everybody)
        if link[0] in everybody
        and link[1] in everybody
        and (
            link[0] in core
            or link[1] in core
            or event_of[link[0]] == event_of[link[1]]
            or is_sited(gists.by_number[link[0]]) != is_sited(gists.by_number[link[1]])
        )
    ]
    return around, links
