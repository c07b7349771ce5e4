"""
Which event a count measures: exactly one of its sentence, where any fits.

Comes in: the parsed text, one frame, all counts and all frames. Goes out: the counts of that frame.

    "Clashes that killed 12 spread to the capital": 12 dead belong to the clashes

Limit: a count whose own sentence holds no fitting event belongs to none.
"""

from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.read.syntax.tree import Tree, Word
from counterclaim.types import Count, Frame

MAX_CLIMB = 8


@cache
def _types() -> dict[str, tuple[str, ...]]:
    return {row["kind"]: row.split("types") for row in load_table("casualties_kinds")}


def choose_counts(
    tree: Tree, frame: Frame, counts: tuple[Count, ...], frames: tuple[Frame, ...]
) -> tuple[Count, ...]:
    """The counts that measure this event; frames of one trigger share theirs."""
    sentence = tree[frame.trigger].sent
    near = [count for count in counts if sentence.start <= count.trigger < sentence.end]
    if not near:
        return ()
    rivals = [other for other in frames if sentence.start <= other.trigger < sentence.end]
    return tuple(count for count in near if _owner(tree, count, rivals) == (frame.trigger, frame.type))


def _owner(tree: Tree, count: Count, frames: list[Frame]) -> tuple[int, str] | None:
    """Trigger and type of the frame the count belongs to: its own word, then by syntax, then by nearness."""
    types = _types().get(count.kind, ())
    fitting = [frame for frame in frames if frame.type in types]
    if not fitting:
        return None
    own = [frame for frame in fitting if frame.trigger == count.trigger]
    if own:
        return _best(own, types, tree[count.trigger])
    token = tree[count.trigger]
    below = {other.i for other in token.subtree if other.i != token.i and _is_circumstance(other, token)}
    inside = [frame for frame in fitting if frame.trigger in below]
    if inside:
        return _best(inside, types, token)
    here = token
    for _ in range(MAX_CLIMB):
        if here.head.i == here.i:
            break
        here = here.head
        at = [frame for frame in fitting if frame.trigger == here.i]
        if at:
            return _best(at, types, token)
        # "The shelling left three dead": the event is the subject of the word that holds the count.
        arguments = {
            child.i for child in here.children if child.dep in {"nsubj", "nsubj:pass", "obl", "obl:agent"}
        }
        beside = [frame for frame in fitting if frame.trigger in arguments]
        if beside:
            return _best(beside, types, token)
    return _best(fitting, types, token)


def _is_circumstance(other: Word, top: Word) -> bool:
    """Whether the word stands in a circumstance of the count's word ("killed in the attack", "since the attacks began")."""
    here = other
    for _ in range(MAX_CLIMB):
        if here.i == top.i:
            return False
        if here.head.i == top.i:
            return here.dep in {"obl", "nmod", "advcl", "acl", "obl:agent", "acl:relcl"}
        here = here.head
    return False


def _best(frames: list[Frame], types: tuple[str, ...], token: Word) -> tuple[int, str]:
    """The best fitting type, then the nearest trigger."""
    best = min(
        frames, key=lambda frame: (types.index(frame.type), abs(frame.trigger - token.i), frame.trigger)
    )
    return best.trigger, best.type
