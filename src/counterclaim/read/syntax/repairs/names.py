"""Repairs that need to know who is spoken of: a name is one unit, and the verb behind it has it as subject."""

from counterclaim.read.syntax.classes import FINITE
from counterclaim.read.syntax.repairs.hanging import hanging
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import Mention

_CLAUSAL = frozenset(("ccomp", "advcl", "acl", "parataxis", "xcomp", "acl:relcl"))
# Relations that give a word a place of its own in the clause.
_OWN_PLACE = frozenset(("nsubj", "nsubj:pass", "obj", "conj", "obl:unmarked", "obl:tmod"))
_REACH = 12


def unit(tree: Tree, mention: Mention) -> None:
    """All of a name hangs where its head hangs, and its preposition is the head's."""
    head = mention.head
    outside = [
        index
        for index in range(mention.start, mention.end)
        if (not mention.start <= tree.head[index] < mention.end or tree.head[index] == index)
        and not (tree.dep[index] == "det" and tree.head[index] >= mention.end)
    ]
    if not outside or any(
        tree.tag[index] == "NNS" and tree.dep[index] in _OWN_PLACE and index != head for index in outside
    ):
        return  # "88 generals and admirals | Tuesday": people with a place of their own are no part of a name
    if head not in outside:
        leader = outside[0]
        tree.head[head] = head if tree.head[leader] == leader else tree.head[leader]
        tree.dep[head] = tree.dep[leader]
        outside = [head, *outside]
    for index in outside:
        if index != head:
            tree.head[index], tree.dep[index] = head, "flat"
    case = -1
    for kid in range(max(0, mention.start - 3), mention.start):
        if tree.dep[kid] == "case" and mention.start <= tree.head[kid] < mention.end:
            tree.head[kid] = head
            case = kid
    if case >= 0 and tree.dep[head] in _CLAUSAL:
        verb = next(
            (near for near in range(case - 1, max(-1, case - _REACH), -1) if tree.pos[near] == "VERB"), -1
        )
        if verb >= 0:
            tree.head[head], tree.dep[head] = verb, "obl"


def adopt_subject(tree: Tree, mention: Mention) -> None:
    """A finite verb right behind a name, with no subject of its own, has the name for its subject."""
    finite = mention.end
    if finite >= tree.size or tree.tag[finite] not in FINITE:
        return
    predicate = tree.head[finite] if tree.dep[finite] in {"aux", "cop", "aux:pass"} else finite
    if tree.dep[predicate] in {"acl:relcl", "acl", "amod"} or predicate < mention.start:
        return
    if any(tree.dep[kid].startswith("nsubj") and kid < predicate for kid in hanging(tree, predicate)):
        return
    head = mention.head
    while tree.dep[head] == "conj" and tree.head[head] < head:
        head = tree.head[head]  # "Chad and Niger | signed"
    if tree.dep[head] == "appos" or any(
        tree.dep[kid] == "case" and kid < head for kid in hanging(tree, head)
    ):
        return
    was_root = tree.head[head] == head
    tree.head[head], tree.dep[head] = predicate, "nsubj"
    if was_root:
        tree.head[predicate], tree.dep[predicate] = predicate, "ROOT"


def coordinate(tree: Tree, left: Mention, right: Mention) -> None:
    """As in "with A and B", where A was hung on B as if it were part of its name."""
    if (
        left.kind == "adjective"
        or not right.start <= tree.head[left.head] < right.end
        or left.end >= right.start
    ):
        return
    between = [index for index in range(left.end, right.start) if tree.dep[index] != "det"]
    if not between or any(tree.dep[index] not in {"cc", "punct"} for index in between):
        return
    if not any(tree.dep[index] == "cc" for index in between):
        return
    tree.head[left.head] = left.head if tree.head[right.head] == right.head else tree.head[right.head]
    tree.dep[left.head] = tree.dep[right.head]
    tree.head[right.head], tree.dep[right.head] = left.head, "conj"
