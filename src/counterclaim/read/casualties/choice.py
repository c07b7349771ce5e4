"""
Which event a count measures: exactly one of its sentence, where any fits.

Comes in: the parsed text, one frame, all counts and all frames. Goes out: the counts of that frame.

    "Clashes that killed 12 spread to the capital": 12 dead belong to the clashes

Limit: a count whose own sentence holds no fitting event belongs to none, but for losses of violence told just before.
"""

from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.read.casualties.losses import LOSSES
from counterclaim.read.casualties.words import grammar_words
from counterclaim.read.syntax.clauses import subjects
from counterclaim.read.syntax.tree import Tree, Word
from counterclaim.types import Count, Frame

MAX_CLIMB = 8
# How many sentences lie between an event and losses told of it by themselves.
_FAR = 2
_ELSE = frozenset(("COERCE", "PROTEST"))


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
    if _has_other_cause(tree, count.trigger):
        return None
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


def _has_other_cause(tree: Tree, trigger: int) -> bool:
    """As in "malaria killed 600,000": what no party did is no count of the attack in the next clause."""
    return any(tree.words[head] in grammar_words("cause") for head in subjects(tree, trigger))


def find_orphans(
    tree: Tree, counts: tuple[Count, ...], frames: tuple[Frame, ...]
) -> tuple[tuple[Count, Frame], ...]:
    """
    Losses told in a sentence that names no event, each with the event just told that they must be of.

    "A bomb exploded in Quetta. Police said 45 people were dead": 45 dead of the explosion. Only of violence told as a fact, at
    most two sentences before, with nothing else in between that could have killed.
    """
    found: list[tuple[Count, Frame]] = []
    for count in counts:
        types = _types().get(count.kind, ())
        sentence = tree[count.trigger].sent
        if count.kind not in LOSSES or any(
            sentence.start <= frame.trigger < sentence.end and frame.type in types for frame in frames
        ):
            continue
        if _has_other_cause(tree, count.trigger) or any(
            word in grammar_words("cause") for word in tree.words[sentence.start : sentence.end]
        ):
            continue
        before = [frame for frame in frames if frame.trigger < sentence.start]
        if not before:
            continue
        start = tree[max(frame.trigger for frame in before)].sent.start
        told = [frame for frame in before if frame.trigger >= start]
        apart = sum(tree.starts[start + 1 : sentence.start + 1])
        violent = [frame for frame in told if frame.type == "ASSAULT" and not frame.auxiliary]
        if violent and apart <= _FAR and all(frame.type not in _ELSE or frame in violent for frame in told):
            found.append((count, min(violent, key=lambda frame: (bool(frame.told_by), frame.trigger))))
    return tuple(found)


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
