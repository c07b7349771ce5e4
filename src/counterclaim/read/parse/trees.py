"""
The heads of a sentence's words, as one tree, from a score for every pair of words.

In: scores[word, head], a word as its own head meaning the root. Out: the head of each word; one root, no circles.
Example: scores that prefer 0<-1, 1<-1, 2<-1 -> [1, 1, 1].
Limit: circles are opened one after another at the least loss, which is not always the best tree of all.
"""

import numpy as np
from numpy.typing import NDArray


def tree(scores: NDArray[np.float32]) -> list[int]:
    """Return each word's best head where these make a tree, as they mostly do, else the same with circles opened."""
    best = scores.argmax(axis=1)
    heads: list[int] = best.tolist()
    size = len(heads)
    roots = [word for word in range(size) if heads[word] == word]
    if len(roots) != 1:
        # One root: the word that gains most by it over its best other head.
        other = scores.copy()
        np.fill_diagonal(other, -np.inf)
        root = int((scores.diagonal() - other.max(axis=1)).argmax()) if size > 1 else 0
        for word in roots:
            heads[word] = int(other[word].argmax()) if word != root else root
        heads[root] = root
    else:
        root = roots[0]
    ends = _ends(heads)
    while circles := sorted(set(ends) - {root}):
        end = circles[0]
        outside = np.array([word for word in range(size) if ends[word] != end])
        circle = [end]
        while heads[circle[-1]] != end:
            circle.append(heads[circle[-1]])
        kept = scores[circle, [heads[word] for word in circle]]
        loss = kept[:, None] - scores[np.ix_(np.array(circle), outside)]
        which, where = divmod(int(loss.argmin()), len(outside))
        heads[circle[which]] = int(outside[where])
        ends = _ends(heads)
    return heads


def _ends(heads: list[int]) -> list[int]:
    """Return where each word's chain of heads ends: at the root, or at the first word of a circle."""
    ends = [-1] * len(heads)
    for start in range(len(heads)):
        path: list[int] = []
        at = start
        while ends[at] == -1:
            ends[at] = -2
            path.append(at)
            at = heads[at]
        end = ends[at]
        if end == -2:
            end = min(path[path.index(at) :])
        for word in path:
            ends[word] = end
    return ends
