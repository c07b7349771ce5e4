"""
Content that a cue noun governs: ``claims that P``, ``a call for calm``, ``its refusal to leave``.

Comes in: the noun and its knowledge line. Goes out: the content's main word and the stretch it covers. In "calls for calm from the
president" it ends before "from". Its limit: a relative clause behind "that" is told from content by its missing object only.
"""

from counterclaim.read.attribution.content.reach import close, reach_right
from counterclaim.read.attribution.lines import CueLine, hedges
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.clauses import infinitive_after, opens_clause, predicate_after
from counterclaim.read.syntax.tree import Tree, Word


def noun_content(tree: Tree, noun: Word, line: CueLine) -> tuple[Word, tuple[int, int]] | None:
    """The complement of a cue noun in one of its line's frames, and the stretch it covers."""
    for frame in line.frames:
        found = _adjacent(tree, noun, frame)
        if found is not None:
            return found
        for child in noun.rights:
            head = _complement(child, frame)
            if head is None:
                continue
            start, end = head.left_edge.i, head.right_edge.i + 1
            while frame.startswith("prep:") and start < head.i and tree[start].dep in {"case", "mark"}:
                if tree[start].head.i != head.i:
                    break
                start += 1
            if frame.startswith("prep:"):
                end = _before_owner(head, end)
            else:
                end = reach_right(tree, noun, start, end)
            if end <= start:
                continue
            span = close(tree, *tree.chars(start, end), noun)
            if span[1] > span[0]:
                return head, span
    return None


def _adjacent(tree: Tree, noun: Word, frame: str) -> tuple[Word, tuple[int, int]] | None:
    """What follows the noun directly, wherever the parse hung it: "doubts | that P", "his call | for a truce"."""
    if noun.i + 2 >= len(tree):
        return None
    opener = noun.nbor(1)
    if frame == "clause" and opener.lower in word_class("behind_noun"):
        opener = _behind_owner(noun) or opener
    head: Word | None = None
    start = opener.i
    if frame == "clause" and opens_clause(opener):
        head = predicate_after(opener)
        governed = {"obj", "xcomp", "ccomp", "obl", "cop"}
        complete = any(c.dep in governed and c.i > opener.i for c in head.children) or head.pos != "VERB"
        made = head.lemma in hedges("carrying") and not complete
        if made and opener.tag == "WDT":
            return None  # "the claim that Mali made": a relative clause
    elif frame == "to":
        head = infinitive_after(noun)
    elif (
        frame.startswith("prep:") and opener.lower == frame.removeprefix("prep:") and opener.head.i > opener.i
    ):
        head, start = opener.head, opener.i + 1
    if head is None or head.i <= noun.i:
        return None
    end = _before_owner(head, head.right_edge.i + 1)
    end = min(end, tree.line_of[noun.i][1] + 1)
    if end <= start:
        return None
    span = close(tree, *tree.chars(start, end), noun)
    return (head, span) if span[1] > span[0] else None


def _behind_owner(noun: Word) -> Word | None:
    """The "that" behind a short phrase: "accusations by Moscow | that"."""
    for token in noun.tree.between(noun.i + 2, min(noun.i + 9, noun.sent.end)):
        if opens_clause(token):
            return token
        if token.pos not in {"PROPN", "NOUN", "DET", "ADJ", "PART", "ADP"}:
            return None
    return None


def _before_owner(head: Word, end: int) -> int:
    """Cut "calm from the president" behind "calm"."""
    for child in head.rights:
        if child.dep in {"nmod", "obl"} and any(
            m.lower in {"from", "by"} and m.dep == "case" for m in child.lefts
        ):
            return min(end, child.left_edge.i)
    return end


def _complement(child: Word, frame: str) -> Word | None:
    first = child.left_edge.lower
    if frame == "clause":
        clausal = child.dep in {"acl", "ccomp", "acl:relcl", "advcl"}
        if clausal and first in {"that", "whether"}:
            marked = any(m.lower in {"that", "whether"} and m.dep == "mark" for m in child.lefts)
            return child if marked else None
        return None
    if frame == "to":
        infinitive = child.dep in {"acl", "xcomp", "advcl", "ccomp"}
        return child if infinitive and any(m.lower == "to" and m.tag == "TO" for m in child.lefts) else None
    word = frame.removeprefix("prep:")
    led = any(m.lower == word and m.dep in {"case", "mark"} for m in child.lefts)
    return child if led and child.dep in {"nmod", "acl", "advcl", "obl"} else None
