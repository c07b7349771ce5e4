"""
What a person's decision about an event says of each pair of tellings, and what a new fusion overturns.

Comes in: the tellings of an event, and what was judged before. Goes out: judgements on pairs, by which the decision holds
whatever ids events get later; or the pairs that rules had joined and join no longer, each with the reason.

"Merge E1 and E2" says that every telling of either is of one event. "Split a and b from E1" says that both are of
another event than the rest, and of one event themselves. Whatever was judged of these pairs before, by whomever,
holds again when the decision is undone.

Known limit: a telling that no reading finds any longer takes what was judged of it along.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from counterclaim.types import Judgement, Telling

Pair = tuple[str, str]
Verdict = Literal["same", "different", "unsure"]


def merge(
    ours: Sequence[Telling], theirs: Sequence[Telling], judged: Iterable[Judgement], *, by: str, reason: str
) -> tuple[Judgement, ...]:
    """
    All tellings of both are of one event.

    Args:
        judged: What people judged before and holds.
    """
    anchors = _anchors(ours, theirs)
    # Each is tied to the first. What was judged otherwise of any two of them holds no longer.
    pairs = [(anchors[0], anchor) for anchor in anchors[1:]]
    pairs += _judged_otherwise(judged, anchors, anchors, "same")
    return _make(pairs, "same", by, reason)


def split(
    named: Sequence[Telling], rest: Sequence[Telling], judged: Iterable[Judgement], *, by: str, reason: str
) -> tuple[Judgement, ...]:
    """The tellings named are of one event, the rest are of another."""
    judged = tuple(judged)
    ours, theirs = _anchors(named), _anchors(rest)
    apart = [(one, other) for one in ours for other in theirs]
    together = [(ours[0], anchor) for anchor in ours[1:]]
    # What people had tied together through a telling that leaves stays together.
    for group in _find_groups(judged, (*ours, *theirs)):
        left = [anchor for anchor in theirs if anchor in group]
        together += [(left[0], anchor) for anchor in left[1:]]
    return _make(apart, "different", by, reason) + _make(together, "same", by, reason)


def doubt(
    ours: Sequence[Telling], theirs: Sequence[Telling], judged: Iterable[Judgement], *, by: str, reason: str
) -> tuple[Judgement, ...]:
    """Whether these and those are of one event cannot be told: rules decide, whatever people judged before."""
    one, other = _anchors(ours), _anchors(theirs)
    pairs = [(one[0], other[0]), *_judged_otherwise(judged, one, other, "unsure")]
    return _make(pairs, "unsure", by, reason)


class Standing(NamedTuple):
    """
    The event that a telling is of now.

    Attributes:
        size: How many tell of it.
        judgements: What joined them, the strongest first.
    """

    event: str
    size: int
    judgements: tuple[Judgement, ...]


def find_overturned(
    settled: Iterable[Judgement],
    judgements: Iterable[Judgement],
    told: Mapping[str, Standing],
    judged: Iterable[Judgement] = (),
) -> dict[Pair, str]:
    """
    The pairs that rules had judged the same and that are now told of different events, with the reason.

    A pair of which one is no longer told, and a pair that other judgements keep together, are not among them.

    Args:
        settled: What rules judged when events were last made.
        judgements: What holds the events together that are made now.
        told: By anchors of tellings.
        judged: What people judged, which may be the reason.
    """
    holding = {(one.left, one.right) for one in judgements}
    apart = {_pair(one.left, one.right): one for one in judged if one.verdict == "different"}
    overturned: dict[Pair, str] = {}
    for one in settled:
        if (one.left, one.right) in holding:
            continue
        left, right = told.get(one.left), told.get(one.right)
        if left is not None and right is not None and left.event != right.event:
            said = apart.get(_pair(one.left, one.right))
            overturned[one.left, one.right] = (
                f"{said.by} judged them different" + (f": {said.reason}" if said.reason else "")
                if said
                else f"now {_describe(one.left, left)}; {_describe(one.right, right)}"
            )
    return overturned


def _describe(anchor: str, standing: Standing) -> str:
    """Where a telling belongs now, and by what: its own strongest judgement, else the event's."""
    if standing.size == 1:
        return f"{find_article(anchor)} alone in {standing.event}, as nothing else fits it best"
    own = [one for one in standing.judgements if anchor in {one.left, one.right}]
    strongest = (own or list(standing.judgements))[0]
    return f"{find_article(anchor)} in {standing.event} by {strongest.by} ({strongest.reason})"


def _anchors(*tellings: Sequence[Telling]) -> tuple[str, ...]:
    """The tellings' anchors, each once, in the order given."""
    return tuple(dict.fromkeys(telling.anchor for group in tellings for telling in group))


def find_article(anchor: str) -> str:
    """The id of the telling's article."""
    return anchor.partition(":")[0]


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one <= other else (other, one)


def _judged_otherwise(
    judged: Iterable[Judgement], ours: Sequence[str], theirs: Sequence[str], verdict: Verdict
) -> list[Pair]:
    """The pairs between the two of which something else was judged."""
    left, right = frozenset(ours), frozenset(theirs)
    return [
        (one.left, one.right)
        for one in judged
        if one.verdict != verdict
        and ((one.left in left and one.right in right) or (one.right in left and one.left in right))
    ]


def _find_groups(judged: Iterable[Judgement], anchors: Sequence[str]) -> list[set[str]]:
    """What people's judgements tie together among these."""
    group_of = {anchor: {anchor} for anchor in anchors}
    for one in judged:
        if one.verdict == "same" and one.left in group_of and one.right in group_of:
            joined = group_of[one.left] | group_of[one.right]
            for anchor in joined:
                group_of[anchor] = joined
    return [group for anchor, group in group_of.items() if anchor == min(group) and len(group) > 1]


def _make(pairs: Iterable[Pair], verdict: Verdict, by: str, reason: str) -> tuple[Judgement, ...]:
    ordered = dict.fromkeys(_pair(one, other) for one, other in pairs if one != other)
    return tuple(Judgement(left, right, verdict, by, reason) for left, right in ordered)
