"""Repairs of clauses: which word a clause hangs on, and conditions without an "if"."""

from counterclaim.read.syntax.classes import NOMINAL, SUBJECTS, word_class
from counterclaim.read.syntax.repairs.hanging import hanging, is_above
from counterclaim.read.syntax.tree import Tree

_REACH = 12
# What opens a condition without "if", and the form of the verb that follows: "should it close", "had they taken", "were he to".
INVERTING = dict(pair.split("=") for pair in sorted(word_class("inverted_if")))


def harm_after_target(tree: Tree, verb: int) -> None:
    """As in "an attack on a mosque that killed nine": the attack killed, not what was attacked."""
    target = tree.head[verb]
    if tree.lemmas[verb] not in word_class("harms") or not any(
        tree.words[kid] in {"that", "which"} and tree.dep[kid] in SUBJECTS for kid in hanging(tree, verb)
    ):
        return
    noun = target
    for _ in range(3):
        if tree.words[noun] in word_class("blows") and noun != target:
            tree.head[verb] = noun
            return
        before = [kid for kid in hanging(tree, noun) if tree.dep[kid] == "case" and kid < noun]
        if tree.dep[noun] != "nmod" or not any(tree.words[kid] in word_class("upon") for kid in before):
            return
        noun = tree.head[noun]


def participle_of_speaker(tree: Tree, participle: int) -> None:
    """As in "said that the church had been bombed, condemning it": whoever says it condemns."""
    said = tree.head[participle]
    above = tree.head[said]
    if (
        tree.dep[said] == "ccomp"
        and above < said < participle
        and tree.forms[participle - 1] == ","
        and tree.lemmas[participle] in word_class("judging")
    ):
        tree.head[participle] = above


def second_clause(tree: Tree, verb: int) -> None:
    """As in "blamed bandits and the army | sent tanks": a verb joined to another needs an "and"; the noun took the only one."""
    noun, first = verb - 1, tree.head[verb]
    if (
        tree.tag[verb] not in {"VBD", "VBZ", "VBP"}
        or tree.dep[noun] != "conj"
        or not first < tree.head[noun] < noun
        or tree.pos[noun] not in NOMINAL
        or tree.dep[tree.head[noun]] not in {"obj", "obl", "nmod"}
    ):
        return
    if not any(
        tree.dep[kid] in {"cc", "mark", "aux", "punct", *SUBJECTS}
        for kid in hanging(tree, verb)
        if kid < verb
    ):
        tree.head[noun], tree.dep[noun] = verb, "nsubj"
        tree.dep[verb] = "conj"


def inverted_condition(tree: Tree, auxiliary: int) -> None:
    """As in "should Iran attack", "had the rebels taken the town", "were they to attack": a condition, with its own subject."""
    before = auxiliary - 1
    while before >= 0 and (tree.quote[before] or tree.forms[before] in {"(", *word_class("coordinators")}):
        before -= 1
    opening = before < 0 or tree.starts[before + 1] or tree.forms[before] in {",", ";", ":", "."}
    if not opening and not (
        tree.tag[auxiliary - 1] in {"VB", "VBN", "RB", "JJ", "NN", "NNS"}
        and _has_modal_before(tree, auxiliary)
    ):
        return
    start = auxiliary + 1
    if start >= tree.size or tree.tag[start] not in {
        "DT",
        "PRP",
        "PRP$",
        "NNP",
        "NNPS",
        "NNS",
        "NN",
        "CD",
        "JJ",
    }:
        return
    wanted = INVERTING[tree.words[auxiliary]]
    verb, subject = -1, -1
    for index in range(start, min(tree.size, auxiliary + _REACH)):
        if tree.starts[index] or tree.forms[index] in {",", ";", "."}:
            break
        if tree.tag[index] == wanted and tree.words[index] not in word_class("bare_auxiliaries"):
            verb = index
            break
        if tree.tag[index] in {"VBD", "VBZ", "VBP", "MD", "WP", "WDT"}:
            return
        if tree.pos[index] in NOMINAL and (subject < 0 or tree.head[index] != subject):
            subject = index if subject < 0 or tree.head[subject] == index else subject
    if verb < 0 or subject < 0:
        return
    if tree.words[auxiliary] == "were" and tree.words[verb - 1] != "to":
        return
    left = [kid for kid in hanging(tree, verb) if kid < auxiliary]
    if not opening and left:
        # "oil would soar should it attack": what stands before belongs to the verb before
        soar = next(
            (at for at in range(auxiliary - 1, max(-1, auxiliary - 8), -1) if tree.pos[at] == "VERB"), -1
        )
        if soar < 0:
            return
        if tree.head[soar] == verb or is_above(tree, verb, soar):
            tree.head[soar], tree.dep[soar] = (
                (tree.head[verb] if tree.head[verb] != verb else soar),
                tree.dep[verb],
            )
        for kid in left:
            if kid != soar:
                tree.head[kid] = soar
        tree.head[verb], tree.dep[verb] = soar, "advcl"
    main = next(
        (
            at
            for at in (tree.head[auxiliary], tree.head[verb], tree.head[subject], tree.head[tree.head[verb]])
            if at not in {auxiliary, verb, subject} and tree.pos[at] in {"VERB", "AUX", "ADJ", "NOUN"}
        ),
        -1,
    )
    if main >= 0 and not is_above(tree, verb, main):
        tree.head[verb], tree.dep[verb] = main, "advcl"
    elif tree.dep[verb] in {"acl", "csubj", "xcomp"}:
        return
    tree.head[auxiliary], tree.dep[auxiliary] = verb, "aux"
    tree.head[subject], tree.dep[subject] = verb, "nsubj"
    for mark in range(subject + 1, verb):
        if tree.words[mark] == "to":
            tree.head[mark], tree.dep[mark] = verb, "mark"


def _has_modal_before(tree: Tree, index: int) -> bool:
    """Whether the sentence says earlier what would or will be."""
    for at in range(index - 1, max(-1, index - 25), -1):
        if tree.words[at] in word_class("looking_ahead"):
            return True
        if tree.starts[at]:
            break
    return False
