"""
Figures of fighting in a text that tells no fight: "The casualty figures: 8 soldiers dead, 2 captured", "Moscow says it lost 14 men".

In: the parsed text, its event mentions, a count that none of them has, the attributions. Out: whether it can only be of an attack. Example: "The
rebels put the toll at 12" is one, "Doctors put the toll at 12" is not.
Limit: who fights must be named in a sentence that gives a figure; a toll of nobody in particular stays untold.
"""

from collections.abc import Sequence
from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.read.attribution import tellers
from counterclaim.read.syntax import Tree
from counterclaim.types import Attribution, Count, EventMention, Mention

_HARM = frozenset(("dead", "injured", "casualties", "captured", "missing"))
_ARMED = frozenset(("MIL", "REB", "PRM", "UAF"))
_WOUNDED = "casualties/wound"
_LOST = frozenset(("casualties/lose", "casualties/loss"))


def is_of_fighting(
    tree: Tree,
    count: Count,
    counts: Sequence[Count],
    events: Sequence[EventMention],
    attributions: Sequence[Attribution],
) -> bool:
    """Whether the count is one of figures that those who fight give or suffer, where the text told no attack before and no other cause."""
    if count.kind not in _HARM or (count.low is None and count.high is None):
        return False
    here = tree.idx[count.trigger]
    if any(event.type == "ASSAULT" and event.trigger.start_char < here for event in events):
        return False
    if not _other_causes().isdisjoint(tree.words):
        return False
    return any(
        other.kind in _HARM and (_is_armed(other, tree, attributions) or _is_loss(other, tree, attributions))
        for other in counts
    )


def _is_armed(count: Count, tree: Tree, attributions: Sequence[Attribution]) -> bool:
    """Whether those counted bear arms, or whoever counts them does; "wounded" is said of weapons alone."""
    if count.kind == "captured" or count.rule == _WOUNDED:
        return True
    if count.victims is not None and count.victims.actor.sector in _ARMED:
        return True
    return any(source.actor.sector in _ARMED for source in _sources(count, tree, attributions))


def _is_loss(count: Count, tree: Tree, attributions: Sequence[Attribution]) -> bool:
    """As in "Kyiv put Russian losses at 1,000", "Moscow said it lost 14 men": what a state's army loses."""
    return count.rule in _LOST and any(
        source.actor.country is not None for source in _sources(count, tree, attributions)
    )


def _sources(count: Count, tree: Tree, attributions: Sequence[Attribution]) -> list[Mention]:
    at = tree.idx[count.trigger]
    return [one.source for one in tellers(tuple(attributions), at, at + 1) if one.source is not None]


@cache
def _other_causes() -> frozenset[str]:
    """What kills without anybody doing it."""
    return frozenset(row["form"] for row in load_table("casualties_words") if row["kind"] == "cause")
