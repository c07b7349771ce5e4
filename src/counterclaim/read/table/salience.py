"""
What is news in an article and what is background, and which happening matters most.

In: the mentions of one happening. Out: whether all of them look back, and a rank that sorts the most important first: told often, told
first, people killed, somebody who says otherwise.
Limit: importance is of this article's telling, not of the world.
"""

from collections.abc import Sequence

from counterclaim.read.table.happenings import Told

# What a reader looks for first, everything else alike.
_WEIGHT = {
    "ASSAULT": 3,
    "COERCE": 2,
    "PROTEST": 2,
    "MOBILIZE": 2,
    "SANCTION": 2,
    "RETREAT": 2,
    "AID": 1,
    "COOPERATE": 1,
}
_LEAD = 2  # sentences
_UNREAL = frozenset(("future", "hypothetical"))


def is_background(members: Sequence[Told]) -> bool:
    """Whether every mention looks back to before the report's own story."""
    return all("historical" in one.auxiliary for one in members)


def rank(members: Sequence[Told]) -> tuple[bool, float, int]:
    """Sorts the most important first."""
    first = min(one.at for one in members)
    sentences = sum(members[0].tree.starts[: first + 1])
    score = float(_WEIGHT.get(members[0].type, 0))
    score += min(len(members), 4) + 2 * (sentences <= _LEAD)
    score += 2 * any(count.kind == "dead" for one in members for count in one.counts)
    score += len({event.attribution for one in members for event in one.events}) > 1
    score += any(event.stance == "denies" for one in members for event in one.events)
    score -= 3 * all(one.auxiliary & _UNREAL for one in members)
    return is_background(members), -score, first
