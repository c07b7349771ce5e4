"""
The stance a source takes, from the cue and its frame: negated, unable, not yet said, or bent by a modal.

Comes in: the scene, a cue word with its knowledge line, and the content's main word. Goes out: one of ten stances.
"did not deny", "declined to confirm", "did not say" leave the matter open and become ``cannot_verify``: the source
does not vouch for it, which is neither denial nor doubt. "said the truce could collapse" becomes ``expects``.

Its limit: one stance for the whole content, that of its first predicate.
"""

from functools import cache

from spacy.tokens import Token

from counterclaim.knowledge import load_table
from counterclaim.read.attribution.lines import Hedge, Line, hedges, speakers, stance_of
from counterclaim.read.attribution.scene import Scene, own_subject
from counterclaim.types import ASSERTING, Stance


def judge_stance(scene: Scene, cue: Token, line: Line, root: Token | None, source: Token | None) -> Stance:
    """The stance of one cue towards its content."""
    stance = line.stance
    if _is_asked(scene, cue):
        return "doubts"
    if is_negated(cue):
        return line.negated or _turned(stance)
    if stance in ASSERTING and line.speaks and _is_unrealised(cue):
        return "expects"
    if stance == "says" and line.speaks and root is not None:
        bent = _bent(scene, root, source)
        if bent is not None:
            return bent
    return stance


def _is_asked(scene: Scene, cue: Token) -> bool:
    """``Do you deny it?``: an auxiliary before the subject, and a question mark."""
    subject = own_subject(cue)
    if subject is None or scene.doc[scene.sentence_of[cue.i][1]].text[-1] not in {"?", "”", '"'}:
        return False
    if "?" not in scene.text[cue.idx : scene.chars(cue.i, scene.sentence_of[cue.i][1] + 1)[1]]:
        return False
    return any(child.dep_ == "aux" and child.i < subject.i for child in cue.lefts)


@cache
def _turns() -> dict[str, Stance]:
    """What each stance becomes when its cue is negated."""
    return {row["form"]: stance_of(row, "stance") for row in load_table("hedges") if row["kind"] == "negated"}


def _turned(stance: Stance) -> Stance:
    return _turns().get(stance, "cannot_verify")


def is_negated(cue: Token) -> bool:
    """Whether the cue is under "not", "no official", "without", or a word such as "declined" or "unable"."""
    turned = _directly_negated(cue)
    head = cue.head
    if cue.dep_ in {"xcomp", "advcl", "ccomp", "acl", "csubj", "obl"} and head.i < cue.i:
        governed = head.lemma_.lower() in hedges("negator") or head.lower_ in hedges("inability")
        if (
            governed
            and (cue.dep_ != "ccomp" or _is_bare_form(cue))
            and (cue.dep_ != "advcl" or cue.i - head.i <= 4)
        ):
            turned = turned != (not _directly_negated(head))
        elif head.lower_ in hedges("ability") and _directly_negated(head):
            turned = not turned
        elif cue.i > 1 and cue.nbor(-1).lower_ == "to" and cue.nbor(-2).lower_ in hedges("delay"):
            turned = not turned  # "has yet to confirm"
    return turned


def _is_bare_form(token: Token) -> bool:
    return token.tag_ in {"VB", "VBG"}


def _directly_negated(word: Token) -> bool:
    negations = hedges("negation")
    hosts = [word]
    if word.dep_ == "conj" and not _has_own_frame(word):
        hosts.append(word.head)
    for host in hosts:
        for child in host.children:
            if (
                child.i < host.i
                and (child.lower_ in negations or child.norm_ in negations)
                and child.dep_ in {"advmod", "neg", "mark", "case", "cc", "cc:preconj", "aux", "det"}
            ):
                return True
            if child.lower_ == "cannot":
                return True
    subject = own_subject(word)
    if subject is not None:
        lowered = {
            subject.lower_,
            *(child.lower_ for child in subject.children if child.dep_ in {"det", "cc:preconj"}),
        }
        if any(form in negations for form in lowered):
            return True
    return False


def _has_own_frame(verb: Token) -> bool:
    return any(child.dep_ in {"aux", "nsubj", "nsubj:pass", "aux:pass"} for child in verb.children)


def _is_unrealised(cue: Token) -> bool:
    """Not said yet, or only if: "will announce", "is expected to say", "if the army confirms"."""
    words = hedges("unrealised")
    for child in cue.lefts:
        if child.dep_ == "aux" and (child.norm_ in words or child.lemma_.lower() in words):
            return True
        if child.dep_ == "mark" and child.lower_ in words:
            return True
    head = cue.head
    if cue.i > 1 and cue.nbor(-1).lower_ == "to":
        # "is due to announce", "plans to announce", whatever the parse made of them
        before = cue.nbor(-2)
        if before.lower_ in words or before.lemma_.lower() in words:
            return True
    if (
        cue.dep_ in {"xcomp", "ccomp", "advcl"}
        and head.i < cue.i
        and any(c.lower_ == "to" for c in cue.lefts)
    ):
        return head.lemma_.lower() in words or head.lower_ in words
    if cue.dep_ == "conj" and not any(child.dep_ in {"nsubj", "aux"} for child in cue.children):
        return _is_unrealised(head) if head.i != cue.i else False
    return False


def _bent(scene: Scene, root: Token, source: Token | None) -> Stance | None:
    """The stance that a modal in the content gives to plain saying."""
    modals = hedges("modal")
    for child in root.children:
        if child.i > root.i or child.dep_ not in {"aux", "cop"}:
            continue
        for form in (child.norm_, child.lemma_.lower(), child.lower_):
            for hedge in modals.get(form, ()):
                if not hedge.words and _fits(scene, hedge, root, source):
                    return hedge.stance
    for hedge in modals.get(root.lemma_.lower(), ()):
        # "needs to leave", "has to leave"
        if hedge.words and any(
            child.dep_ == "xcomp" and any(mark.lower_ == "to" for mark in child.lefts)
            for child in root.rights
        ):
            return hedge.stance
    if (
        root.tag_ == "VB"
        and own_subject(root) is None
        and not any(c.lower_ == "to" or c.dep_ == "aux" for c in root.lefts)
    ):
        return "demands" if scene.quote_of[root.i] >= 0 else None
    return None


def _fits(scene: Scene, hedge: Hedge, root: Token, source: Token | None) -> bool:
    if hedge.subject != "self":
        return True
    subject = own_subject(root)
    if subject is None:
        return False
    if subject.lower_ in {"i", "we"}:
        return True
    if source is None:
        return False
    mine, its = scene.mention_at(source), scene.mention_at(subject)
    if mine is not None and its is not None:
        if its.kind == "pronoun" and its.antecedent is not None:
            return its.antecedent == mine.start_char or its.actor == mine.actor
        if its.kind != "pronoun" and its.actor == mine.actor:
            return True
    owner = next((c for c in subject.lefts if c.dep_ == "nmod:poss" and c.tag_ == "PRP$"), None)
    if owner is not None and subject.lemma_.lower() in speakers():
        return True  # "her government", "its troops": bodies that one speaks for
    if mine is not None and its is not None and its.kind != "pronoun":
        return False
    return subject.pos_ == "PRON" and subject.lower_ in {"he", "she", "it", "they"}
