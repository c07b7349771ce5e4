"""What hangs on a word of a tree that is being repaired: asked anew each time, as heads change."""

from counterclaim.read.syntax.tree import Tree


def hanging(tree: Tree, index: int) -> list[int]:
    """What hangs on a token as things stand, within reach of a sentence."""
    low, high = max(0, index - 80), min(tree.size, index + 80)
    return [kid for kid in range(low, high) if tree.head[kid] == index and kid != index]


def is_above(tree: Tree, high: int, low: int) -> bool:
    """Whether a word hangs on another, however far below."""
    while tree.head[low] != low:
        low = tree.head[low]
        if low == high:
            return True
    return False
