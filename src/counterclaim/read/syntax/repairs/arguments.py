"""Repairs of arguments: what a parse calls a subject, an object or a phrase of the wrong word."""

from counterclaim.read.syntax.classes import FINITE, NOMINAL, SUBJECTS, word_class
from counterclaim.read.syntax.repairs.hanging import hanging, is_above
from counterclaim.read.syntax.tree import Tree

# What joins the words of a name to its first word.
_NAME_PARTS = frozenset(("compound", "flat", "nmod:desc"))
_REACH = 12


def oblique_called_subject(tree: Tree, noun: int) -> None:
    """As in "had appealed | to the alliance": a phrase with a preposition behind its verb is no subject."""
    if any(
        tree.dep[kid] == "case" and kid < noun and tree.tag[kid] in {"IN", "TO"}
        for kid in hanging(tree, noun)
    ):
        tree.dep[noun] = "obl"


def first_of_two_speakers(tree: Tree, joint: int) -> None:
    """As in "rebels killed 12 in Bria, an aid group and the army | said.": no "and" joins a noun to a clause that ends the sentence."""
    other, noun = tree.head[joint], joint - 1
    said = tree.head[other]
    if (
        tree.dep[other] != "nsubj"
        or not joint < other < said <= other + 3
        or tree.tag[said] not in FINITE
        or tree.pos[noun] not in NOMINAL
        or tree.dep[noun] not in {"nsubj", "appos"}
        or is_above(tree, noun, said)
    ):
        return
    first = min([noun, *(kid for kid in hanging(tree, noun) if tree.dep[kid] != "punct")])
    end = next((at for at in range(said + 1, tree.size) if tree.starts[at]), tree.size)
    if (
        first == 0
        or tree.forms[first - 1] != ","
        or any(tree.pos[at] in {"VERB", "AUX"} or tree.forms[at] == "," for at in range(said + 1, end))
    ):
        return
    told = tree.head[said]
    if tree.dep[said] == "conj" and told < noun:
        tree.head[said], tree.dep[said] = (
            (tree.head[told] if tree.head[told] != told else said),
            tree.dep[told],
        )
        tree.head[told], tree.dep[told] = said, "ccomp"
    tree.head[noun], tree.dep[noun] = said, "nsubj"
    tree.head[other], tree.dep[other] = noun, "conj"


def who(tree: Tree, who: int) -> None:
    """As in "protests against Osei, who denied it": the clause belongs to the name right before the comma."""
    verb = tree.head[who]
    if tree.dep[verb] != "acl:relcl" or who < 2 or tree.forms[who - 1] != ",":
        return
    name = who - 2
    while tree.dep[name] in _NAME_PARTS and tree.head[name] < who:
        name = tree.head[name]
    if tree.pos[name] != "PROPN" or any(tree.starts[name + 1 : who + 1]) or name == tree.head[verb]:
        return
    if not is_above(tree, verb, name):
        tree.head[verb] = name


def object_before_gerund(tree: Tree, gerund: int) -> None:
    """As in "accused Greece of shelling": what stands before the gerund's preposition is the verb's object."""
    verb = tree.head[gerund]
    if tree.words[gerund - 1] == "of" and tree.words[gerund - 2] == "," and tree.head[gerund - 1] == gerund:
        # "accused Mali, which is a neighbour, of arming them": the charge belongs to the accusing
        accusing = next(
            (
                near
                for near in range(gerund - 3, max(-1, gerund - 40), -1)
                if tree.words[near] in word_class("blames_object")
            ),
            -1,
        )
        if accusing >= 0 and tree.pos[accusing] == "VERB":
            tree.head[gerund], tree.dep[gerund] = accusing, "advcl"
            return
    mark = next((near for near in (gerund - 1, gerund - 2) if near > 0 and tree.head[near] == gerund), -1)
    if verb >= gerund or mark < 0 or tree.dep[mark] not in {"mark", "case"}:
        return
    for kid in range(verb + 1, mark):
        if tree.head[kid] == gerund and tree.dep[kid] == "nsubj" and tree.tag[kid] not in {"WP", "WDT"}:
            tree.head[kid], tree.dep[kid] = verb, "obj"


def oblique_called_object(tree: Tree, preposition: int) -> None:
    """As in "called for | an end": a noun behind a preposition is neither an object nor a clause."""
    noun = tree.head[preposition]
    if (
        preposition < noun
        and (tree.dep[noun] == "xcomp" or (tree.dep[noun] == "obj" and tree.words[preposition] == "for"))
        and tree.pos[noun] in {"NOUN", "PROPN"}
        and tree.pos[tree.head[noun]] == "VERB"
    ):
        tree.dep[noun] = "obl"


def object_after_particle(tree: Tree, noun: int) -> None:
    """As in "put off | the summit": what follows a particle with no preposition of its own is the object."""
    verb = tree.head[noun]
    if not verb < noun <= verb + _REACH or tree.words[noun] in word_class("times"):
        return
    between = range(verb + 1, noun)
    particle = next((k for k in between if tree.head[k] == verb and tree.dep[k] == "compound:prt"), None)
    if particle is None or f"{tree.words[verb]} {tree.words[particle]}" in word_class("addressing"):
        return
    if not any(
        (tree.head[kid] == noun and tree.dep[kid] == "case")
        or (tree.head[kid] == verb and tree.dep[kid] == "obj")
        for kid in between
    ):
        tree.dep[noun] = "obj"


def phrase_inside_noun(tree: Tree, phrase: int) -> None:
    """As in "against the killing | on Monday | of a student": what stands inside a noun's phrase hangs on the noun."""
    verb = tree.head[phrase]
    first = min((kid for kid in hanging(tree, phrase) if tree.dep[kid] == "case"), default=-1)
    noun = first - 1
    if (
        not verb < noun < first < phrase
        or tree.pos[noun] != "NOUN"
        or tree.words[phrase] not in word_class("times")
    ):
        return
    after = phrase + 1
    if (
        after < tree.size
        and tree.words[after] == "of"
        and tree.head[tree.head[after]] == noun
        and tree.head[after] > after
    ):
        tree.head[phrase], tree.dep[phrase] = noun, "nmod"


def subject_called_object(tree: Tree, noun: int) -> None:
    """As in "The ministry | which denied it | said": a noun before a finite verb without a subject is its subject."""
    verb = tree.head[noun]
    if tree.tag[noun] in {"WDT", "WP"} or tree.pos[noun] not in NOMINAL or tree.tag[verb] not in FINITE:
        return
    if not any(tree.dep[kid] in SUBJECTS for kid in hanging(tree, verb)):
        tree.dep[noun] = "nsubj"


def object_of_gerund(tree: Tree, noun: int) -> None:
    """As in "has denied | shelling | positions": an object behind a gerund without one is the gerund's."""
    verb = tree.head[noun]
    gerund = next(
        (kid for kid in hanging(tree, verb) if tree.dep[kid] == "xcomp" and tree.tag[kid] == "VBG"), -1
    )
    if verb < gerund < noun and not any(
        tree.dep[kid] in {"obj", "obl", "ccomp", "xcomp"} for kid in hanging(tree, gerund)
    ):
        tree.head[noun] = gerund


def subject_after_that(tree: Tree, slip: int) -> None:
    """As in "said that “firing almost stopped”", where "that" is called the subject and the firing a slip of the tongue."""
    verb = tree.head[slip]
    if tree.tag[verb] not in FINITE or slip > verb:
        return
    if tree.pos[slip] not in {"NOUN", "PROPN"} and tree.tag[slip] != "VBG":
        return
    subjects = [kid for kid in hanging(tree, verb) if tree.dep[kid] in SUBJECTS]
    if len(subjects) == 1 and tree.forms[subjects[0]] == "that" and subjects[0] < slip:
        tree.dep[subjects[0]], tree.dep[slip] = "mark", "nsubj"


def relative_object(tree: Tree, pronoun: int) -> None:
    """As in "which Baku blames": a clause with a second subject has the pronoun for its object."""
    verb = tree.head[pronoun]
    if any(tree.head[kid] == verb and tree.dep[kid] == "nsubj" for kid in range(pronoun + 1, verb)):
        tree.dep[pronoun] = "obj"
