"""
The stance a source takes, from the cue and its frame: negated, unable, not yet said, or bent by a modal.

Comes in: the tree, a cue word with its knowledge line, and the content's main word. Goes out: one of ten stances.
"did not deny", "declined to confirm", "did not say" leave the matter open and become ``cannot_verify``: the source
does not vouch for it, which is neither denial nor doubt. "said the truce could collapse" becomes ``expects``.

Its limit: one stance for the whole content, that of its first predicate.
"""

from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.read.attribution.lines import CueLine, Hedge, hedges, speakers, stance_of
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.clauses import subject_at
from counterclaim.read.syntax.polarity import is_negated, is_unrealised
from counterclaim.read.syntax.tree import Tree, Word
from counterclaim.types import ASSERTING, Stance


def judge_stance(tree: Tree, cue: Word, line: CueLine, root: Word | None, source: Word | None) -> Stance:
    """The stance of one cue towards its content."""
    stance = line.stance
    if _is_asked(tree, cue):
        return "doubts"
    if is_negated(cue):
        return line.negated or _turned(stance)
    if stance in ASSERTING and line.speaks and is_unrealised(cue):
        return "expects"
    if stance == "says" and line.speaks and root is not None:
        bent = _bent(tree, root, source)
        if bent is not None:
            return bent
    return stance


def _is_asked(tree: Tree, cue: Word) -> bool:
    """``Do you deny it?``: an auxiliary before the subject, and a question mark."""
    subject = subject_at(cue)
    if subject is None or tree[tree.line_of[cue.i][1]].text[-1] not in {"?", "”", '"'}:
        return False
    if "?" not in tree.text[cue.idx : tree.chars(cue.i, tree.line_of[cue.i][1] + 1)[1]]:
        return False
    return any(child.dep == "aux" and child.i < subject.i for child in cue.lefts)


@cache
def _turns() -> dict[str, Stance]:
    """What each stance becomes when its cue is negated."""
    return {row["form"]: stance_of(row, "stance") for row in load_table("hedges") if row["kind"] == "negated"}


def _turned(stance: Stance) -> Stance:
    return _turns().get(stance, "cannot_verify")


def _bent(tree: Tree, root: Word, source: Word | None) -> Stance | None:
    """The stance that a modal in the content gives to plain saying."""
    modals = hedges("modal")
    for child in root.children:
        if child.i > root.i or child.dep not in {"aux", "cop"}:
            continue
        for form in (child.norm, child.lemma, child.lower):
            for hedge in modals.get(form, ()):
                if not hedge.words and _fits(tree, hedge, root, source):
                    return hedge.stance
    for hedge in modals.get(root.lemma, ()):
        # "needs to leave", "has to leave"
        if hedge.words and any(
            child.dep == "xcomp" and any(mark.lower == "to" for mark in child.lefts) for child in root.rights
        ):
            return hedge.stance
    if (
        root.tag == "VB"
        and subject_at(root) is None
        and not any(c.lower == "to" or c.dep == "aux" for c in root.lefts)
    ):
        return "demands" if tree.quote_of[root.i] >= 0 else None
    return None


def _fits(tree: Tree, hedge: Hedge, root: Word, source: Word | None) -> bool:
    if hedge.subject != "self":
        return True
    subject = subject_at(root)
    if subject is None:
        return False
    if subject.lower in {"i", "we"}:
        return True
    if source is None:
        return False
    mine, its = tree.mention_at(source), tree.mention_at(subject)
    if mine is not None and its is not None:
        if its.kind == "pronoun" and its.antecedent is not None:
            return its.antecedent == mine.start_char or its.actor == mine.actor
        if its.kind != "pronoun" and its.actor == mine.actor:
            return True
    owner = next((c for c in subject.lefts if c.dep == "nmod:poss" and c.tag == "PRP$"), None)
    if owner is not None and subject.lemma in speakers():
        return True  # "her government", "its troops": bodies that one speaks for
    if mine is not None and its is not None and its.kind != "pronoun":
        return False
    return subject.pos == "PRON" and subject.lower in word_class("personal")
