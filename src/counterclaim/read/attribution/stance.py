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
from counterclaim.read.syntax.tree import Tree, Word
from counterclaim.types import ASSERTING, Stance


def judge_stance(tree: Tree, cue: Word, line: CueLine, root: Word | None, source: Word | None) -> Stance:
    """The stance of one cue towards its content."""
    stance = line.stance
    if _is_asked(tree, cue):
        return "doubts"
    if is_negated(cue):
        return line.negated or _turned(stance)
    if stance in ASSERTING and line.speaks and _is_unrealised(cue):
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


def is_negated(cue: Word) -> bool:
    """Whether the cue is under "not", "no official", "without", or a word such as "declined" or "unable"."""
    turned = _directly_negated(cue)
    head = cue.head
    if cue.dep in {"xcomp", "advcl", "ccomp", "acl", "csubj", "obl"} and head.i < cue.i:
        governed = head.lemma in hedges("negator") or head.lower in hedges("inability")
        if (
            governed
            and (cue.dep != "ccomp" or _is_bare_form(cue))
            and (cue.dep != "advcl" or cue.i - head.i <= 4)
        ):
            turned = turned != (not _directly_negated(head))
        elif head.lower in hedges("ability") and _directly_negated(head):
            turned = not turned
        elif cue.i > 1 and cue.nbor(-1).lower == "to" and cue.nbor(-2).lower in hedges("delay"):
            turned = not turned  # "has yet to confirm"
    return turned


def _is_bare_form(token: Word) -> bool:
    return token.tag in {"VB", "VBG"}


def _directly_negated(word: Word) -> bool:
    negations = hedges("negation")
    hosts = [word]
    if word.dep == "conj" and not _has_own_frame(word):
        hosts.append(word.head)
    for host in hosts:
        for child in host.children:
            if (
                child.i < host.i
                and (child.lower in negations or child.norm in negations)
                and child.dep in {"advmod", "neg", "mark", "case", "cc", "cc:preconj", "aux", "det"}
            ):
                return True
            if child.lower == "cannot":
                return True
    subject = subject_at(word)
    if subject is not None:
        lowered = {
            subject.lower,
            *(child.lower for child in subject.children if child.dep in {"det", "cc:preconj"}),
        }
        if any(form in negations for form in lowered):
            return True
    return False


def _has_own_frame(verb: Word) -> bool:
    return any(child.dep in {"aux", "nsubj", "nsubj:pass", "aux:pass"} for child in verb.children)


def _is_unrealised(cue: Word) -> bool:
    """Not said yet, or only if: "will announce", "is expected to say", "if the army confirms"."""
    words = hedges("unrealised")
    for child in cue.lefts:
        if child.dep == "aux" and (child.norm in words or child.lemma in words):
            return True
        if child.dep == "mark" and child.lower in words:
            return True
    head = cue.head
    if cue.i > 1 and cue.nbor(-1).lower == "to":
        # "is due to announce", "plans to announce", whatever the parse made of them
        before = cue.nbor(-2)
        if before.lower in words or before.lemma in words:
            return True
    if cue.dep in {"xcomp", "ccomp", "advcl"} and head.i < cue.i and any(c.lower == "to" for c in cue.lefts):
        return head.lemma in words or head.lower in words
    if cue.dep == "conj" and not any(child.dep in {"nsubj", "aux"} for child in cue.children):
        return _is_unrealised(head) if head.i != cue.i else False
    return False


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
