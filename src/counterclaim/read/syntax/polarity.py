"""
Whether what a clause says is told as done: negation, modality, tense.

Comes in: a word of a `Tree`. Goes out: whether it is negated, not yet so, inverted, counter to fact, of nobody; the tense of a verb group.

    "declined to confirm"  confirm: negated        "should Iran attack"   attack: inverted
    "is due to announce"   announce: unrealised    "are due to meet"      meet: future

What a stage makes of it stays with the stage: under "not" a stance becomes another stance, an event one that did not happen.
Limit: of two negations that undo each other only those are seen that govern each other.
"""

from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.clauses import is_verb, own_subject, subject_at
from counterclaim.read.syntax.tree import Tree, Word, question


@cache
def hedging(kind: str) -> frozenset[str]:
    """The first words of the hedges of a kind: ``negation`` "not", ``negator`` "decline", ``delay`` "yet"."""
    return frozenset(row["form"].split()[0] for row in load_table("hedges") if row["kind"] == kind)


@cache
def _naughts() -> frozenset[str]:
    """What makes a noun be of nobody: "no soldiers", "hardly any marchers"."""
    rows = {part: [row for row in load_table("factuality") if row["part"] == part] for part in ("adv", "det")}
    effects = {
        word: row["effect"]
        for part in ("adv", "det")
        for row in reversed(rows[part])
        for word in row.split("words", "|")
    }
    return frozenset(word for word, effect in effects.items() if effect == "negation")


@cache
def tense_words(kind: str) -> frozenset[str]:
    """The words of a kind that tell a tense: ``future``, ``past``, ``due``."""
    return frozenset(row["form"] for row in load_table("dates_tense") if row["kind"] == kind)


# -- negation ---------------------------------------------------------------------------------------------------------


def is_negated(cue: Word) -> bool:
    """Whether the cue is under "not", "no official", "without", or a word such as "declined" or "unable"."""
    turned = _directly_negated(cue)
    head = cue.head
    if cue.dep in {"xcomp", "advcl", "ccomp", "acl", "csubj", "obl"} and head.i < cue.i:
        governed = head.lemma in hedging("negator") or head.lower in hedging("inability")
        if (
            governed
            and (cue.dep != "ccomp" or _is_bare_form(cue))
            and (cue.dep != "advcl" or cue.i - head.i <= 4)
        ):
            turned = turned != (not _directly_negated(head))
        elif head.lower in hedging("ability") and _directly_negated(head):
            turned = not turned
        elif cue.i > 1 and cue.nbor(-1).lower == "to" and cue.nbor(-2).lower in hedging("delay"):
            turned = not turned  # "has yet to confirm"
    return turned


def _is_bare_form(token: Word) -> bool:
    return token.tag in {"VB", "VBG"}


def _directly_negated(word: Word) -> bool:
    negations = hedging("negation")
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


def is_nobody(tree: Tree, noun: int) -> bool:
    """As in "no soldiers", "none", "neither side", "neither Chad nor Niger", "hardly any marchers"."""
    if (
        tree.words[noun] in {"nobody", "none", "neither"}
        or tree.written(noun - 1, noun + 1).lower() == "no one"
    ):
        return True
    for kid in tree.child(noun, "det", "cc:preconj", "advmod"):
        if kid < noun and tree.words[kid] in _naughts():
            return tree.words[kid] != "not" or tree.dep[kid] != "advmod"
    return False


def is_untrue(tree: Tree, word: int) -> bool:
    """As in "it is not true that", "it is false that": the word says of its clause that it is not so."""
    if tree.words[word] in word_class("untruths"):
        return not _directly_negated(tree[word])
    return tree.words[word] in word_class("truths") and _directly_negated(tree[word])


# -- modality ---------------------------------------------------------------------------------------------------------


def is_unrealised(cue: Word) -> bool:
    """Not said yet, or only if: "will announce", "is expected to say", "if the army confirms"."""
    words = hedging("unrealised")
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
        return is_unrealised(head) if head.i != cue.i else False
    return False


@question
def is_inverted(tree: Tree, verb: int) -> bool:
    """As in "should Iran attack", "had they taken it", "will they come?": neither told as a fact nor negated."""
    subject = own_subject(tree, verb)
    before = [
        kid
        for kid in tree.child(verb, "aux", "aux:pass")
        if subject is not None and kid < tree.edges[subject][0] <= subject < verb
    ]
    if not before:
        return False
    # "Nor did the rebels attack", "Only then did they leave", "So had the army": told all the same
    leading = before[0] - 1
    return not (
        leading >= 0
        and not tree.punct[leading]
        and (tree.words[leading] in word_class("inverting") or tree.pos[leading] in {"ADV", "SCONJ", "CCONJ"})
        and tree.words[leading] not in word_class("coordinators") | word_class("question_words")
    )


@question
def is_asked(tree: Tree, verb: int) -> bool:
    """As in "Who shelled the clinic?", "The army shelled the clinic?": a question that inverts nothing tells nothing either."""
    end = next((at for at in range(verb + 1, tree.size) if tree.starts[at]), tree.size)
    if "?" not in {tree.forms[at][:1] for at in range(verb + 1, end)}:
        return False
    if tree.dep[verb] in {"acl", "acl:relcl", "advcl"}:
        return False
    if any(
        tree.words[kid] in word_class("asked_for")
        or any(tree.words[inner] in word_class("asked_for") for inner in tree.child(kid, "det"))
        for kid in tree.child(verb, "nsubj", "nsubj:pass")
    ):
        return True
    # "Rebels took the town, but who armed them?": what stands before is told
    return tree.head[verb] == verb and not any(
        is_verb(tree, kid) for kid in tree.child(verb, "conj", "parataxis") if kid > verb
    )


def is_counterfactual(tree: Tree, verb: int) -> bool:
    """As in "would have fled": it did not come to it."""
    return any(tree.words[kid] == "have" for kid in tree.child(verb, "aux")) and any(
        is_inverted(tree, kid)
        or any(tree.words[mark] in {"if", "unless"} for mark in tree.child(kid, "mark"))
        for kid in tree.child(verb, "advcl")
    )


# -- tense ------------------------------------------------------------------------------------------------------------


def tense_of(token: Word) -> str:
    """Tense of one verb group; empty for anything else and for a bare infinitive or participle that leans on another."""
    if token.lower in tense_words("due") and token.pos in {"ADJ", "VERB", "NOUN"} and _has_infinitive(token):
        return "future"
    if token.pos not in {"VERB", "AUX", "ADJ", "NOUN"}:
        return ""
    auxiliaries = [child for child in token.children if child.dep.startswith("aux") or child.dep == "cop"]
    if token.pos in {"ADJ", "NOUN"} and not auxiliaries:
        return ""
    forms = [child.lower for child in auxiliaries]
    # "is due to visit": some parses make "due" a mark of the infinitive.
    if any(child.lower in tense_words("due") and child.i < token.i for child in token.children):
        return "future"
    if any(form in tense_words("future") for form in forms):
        # "would have gone" looks back, "would go" ahead.
        return "past" if any(form in tense_words("perfect") for form in forms) else "future"
    if token.lower in tense_words("due") or token.lemma in tense_words("due_verb"):
        return "future" if _leads_ahead(token, forms) else "past" if _is_past(token, auxiliaries) else ""
    if "to" in forms or any(child.dep == "mark" and child.lower == "to" for child in token.children):
        head = token.head
        if head.lower in tense_words("due") or head.lemma in tense_words("due_verb"):
            return "future"
        return ""
    if _is_past(token, auxiliaries):
        return "past"
    if token.tag in {"VBZ", "VBP"} or any(child.tag in {"VBZ", "VBP"} for child in auxiliaries):
        if any(form in tense_words("perfect") for form in forms):
            return "past"
        return "future" if token.tag == "VBG" or token.lemma in tense_words("timetable") else ""
    return ""


def _leads_ahead(token: Word, forms: list[str]) -> bool:
    """As in "is due", "plans to", "has been scheduled for": the planned thing lies ahead unless the plan itself is dated."""
    return (
        any(child.dep in {"xcomp", "ccomp"} or child.lower == "for" for child in token.subtree) or not forms
    )


def _has_infinitive(token: Word) -> bool:
    return any(child.dep in {"xcomp", "advcl", "acl"} for child in token.children)


def _is_past(token: Word, auxiliaries: list[Word]) -> bool:
    if token.tag == "VBD":
        return True
    return any(child.tag == "VBD" or child.lower in tense_words("past") for child in auxiliaries) or (
        token.tag == "VBN" and not auxiliaries and token.dep not in {"acl", "amod", "xcomp"}
    )
