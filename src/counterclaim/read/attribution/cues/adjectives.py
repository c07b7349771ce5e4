"""
Attributions that an adjective makes: ``Oslo is open to talks``; ``Villagers are afraid that the dam will burst``.

Comes in: the tree. Goes out: drafts of attitudes and intentions. The adjective stands behind a form of "be" or a
verb like it ("remains wary of"), its subject is the source, and what it governs is the content: a clause, an
infinitive, the object of its preposition. Participles used alike ("is determined to", "was alarmed by") are read here too.

Its limit: adjectives beside their noun ("the wary clans") say nothing here.
"""

from collections.abc import Iterator

from counterclaim.read.attribution.content.complements import (
    Content,
    find_infinitive,
    find_preposition,
    whole_phrase,
)
from counterclaim.read.attribution.content.reach import close, reach_right
from counterclaim.read.attribution.drafts import Draft
from counterclaim.read.attribution.lines import adjective_lines
from counterclaim.read.attribution.stance import judge_stance
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.clauses import opens_clause, predicate_after, subject_at, subject_of
from counterclaim.read.syntax.tree import Tree, Word

# Words between an adjective and the "that" of its clause: "is confident, he said, that".
NEAR_CLAUSE = 2
LINKING = frozenset(("cop", "aux:pass"))


def find_adjective_drafts(tree: Tree) -> Iterator[Draft]:
    """One draft for each adjective of the table that its subject is said to be, and that governs something."""
    lines = adjective_lines()
    for index, word in enumerate(tree.words):
        here = lines.get(word)
        if here is None or not _is_predicate(tree[index]):
            continue
        token = tree[index]
        source = _bearer(token)
        if source is None or source.lower in word_class("nobody"):
            continue
        for line in here:
            found = next((f for f in (_content(tree, token, frame) for frame in line.frames) if f), None)
            if found is None:
                continue
            pieces, root, _ = found
            stance = judge_stance(tree, token, line, root, source)
            yield Draft(line, (token.i, token.i + 1), token, source, pieces, stance, root=root)
            break


def _is_predicate(token: Word) -> bool:
    """Whether something is said to be so: "is eager", "remains wary", "was alarmed"."""
    if any(child.dep in LINKING for child in token.children):
        return True
    linked = token.dep in {"xcomp", "conj"} and token.head.i < token.i
    return (
        linked and token.pos in {"ADJ", "VERB"} and subject_at(token) is None and _bearer(token) is not None
    )


def _bearer(token: Word) -> Word | None:
    own = subject_at(token)
    if own is not None and own.lower not in word_class("relative"):
        return own
    if own is not None:
        return token.head if token.dep == "acl:relcl" else subject_of(token)
    if token.dep == "conj":
        return _bearer(token.head)  # "is willing to talk but is not convinced that"
    if token.dep == "xcomp" and token.head.pos != "VERB":
        return None
    return subject_of(token)


def _content(tree: Tree, word: Word, frame: str) -> Content | None:
    if frame == "clause":
        return _clause(tree, word)
    if frame == "to":
        return whole_phrase(tree, word, find_infinitive(word))
    return whole_phrase(
        tree, word, find_preposition(word, frame.removeprefix("prep:")), skip_preposition=True
    )


def _clause(tree: Tree, word: Word) -> Content | None:
    last = tree.line_of[word.i][1]
    head: Word | None = None
    start = word.i + 1
    for token in tree.between(word.i + 1, min(word.i + 1 + NEAR_CLAUSE, last)):
        if opens_clause(token):
            start, head = token.i, predicate_after(token)
            break
    else:
        for child in word.rights:
            finite = any(c.dep == "nsubj" for c in child.lefts)
            if child.dep in {"ccomp", "advcl"} and finite and child.left_edge.i == word.i + 1:
                opener = child.left_edge
                if child.dep == "ccomp" or opener.lower in word_class("complementizers"):
                    start, head = opener.i, child
                break
    if head is None:
        return None
    end = reach_right(tree, word, start, max(head.right_edge.i + 1, start + 1))
    span = close(tree, *tree.chars(start, end), word) if end > start else (0, 0)
    return ([span], head, False) if span[1] > span[0] else None
