"""Repairs of predicates: verbs taken for adjectives or nouns, and clauses left without their verb."""

from counterclaim.read.syntax.classes import NOMINAL, word_class
from counterclaim.read.syntax.repairs.hanging import hanging
from counterclaim.read.syntax.tree import Tree

# What may be a subject where a noun was taken for part of another's name.
_MAY_BE_SUBJECT = frozenset(
    ("nsubj", "nsubj:pass", "compound", "nmod:poss", "obl:unmarked", "nmod:unmarked", "nmod:desc")
)
_REACH = 12


def predicate(tree: Tree, verb: int) -> None:
    """A past tense that was hung on a noun as its attribute becomes the predicate that it is."""
    dep, noun = tree.dep[verb], tree.head[verb]
    if dep == "xcomp" and tree.tag[verb] == "VBD" and tree.tag[noun] == "VBG" and noun < verb <= noun + 3:
        # "firing almost stopped": a past tense complements nothing, the gerund is its subject
        _swap(tree, verb, noun, "nsubj")
        tree.pos[noun], tree.tag[noun] = "NOUN", "NN"
        return
    if dep not in {"amod", "compound", "acl"} or noun == verb:
        return
    own = [kid for kid in range(max(0, verb - _REACH), verb) if tree.head[kid] == verb]
    if noun > verb and any(tree.dep[kid] in {"nsubj", "aux"} for kid in own):
        # a modifier has no subject and no auxiliary of its own
        _swap(tree, verb, noun, "obj")
        tree.tag[verb] = "VBD" if tree.tag[verb] == "VBD" else "VBN"
        for kid in range(max(0, verb - 30), verb):
            if tree.head[kid] == noun and tree.dep[kid] in _MAY_BE_SUBJECT:
                tree.head[kid], tree.dep[kid] = verb, "nsubj"
        return
    auxiliary = next(
        (near for near in (verb - 1, verb - 2) if near >= 0 and tree.words[near] in word_class("have")), -1
    )
    if dep == "amod" and noun > verb and auxiliary >= 0 and tree.dep[auxiliary] != "aux":
        # "has prompted calls": a perfect, not a possession of prompted calls
        _swap(tree, verb, auxiliary, "aux")
        tree.head[noun], tree.dep[noun] = verb, "obj"
        return
    _verbless(tree, verb, noun)


def _verbless(tree: Tree, verb: int, noun: int) -> None:
    """The same where the noun was made the head of a sentence that has no other verb."""
    dep = tree.dep[verb]
    before = [
        kid
        for kid in range(max(0, verb - _REACH), verb)
        if tree.head[kid] == noun
        and tree.dep[kid] in _MAY_BE_SUBJECT
        and tree.pos[kid] in NOMINAL
        and tree.tag[kid] != "PRP$"
    ]
    verbless = tree.head[noun] == noun and not any(
        tree.head[near] == noun and tree.dep[near] in {"cop", "aux", "acl:relcl", "parataxis"}
        for near in range(max(0, noun - 40), min(tree.size, noun + 40))
    )
    if dep == "acl" or (dep == "amod" and noun < verb):
        has_object = any(
            tree.head[kid] == verb and tree.dep[kid] == "obj"
            for kid in range(verb + 1, min(tree.size, verb + 15))
        )
        if verbless and noun < verb and (has_object or tree.words[verb] in word_class("intransitive")):
            _swap(tree, verb, noun, "nsubj")
            tree.tag[verb] = "VBD"
    elif noun > verb and before and (tree.tag[verb] == "VBD" or verbless):
        _swap(tree, verb, noun, "obj")
        tree.tag[verb] = "VBD"
        for kid in range(max(0, verb - 30), verb):
            if tree.head[kid] == noun:
                tree.head[kid] = before[-1] if tree.dep[kid] in {"det", "amod"} else verb
        tree.head[before[-1]], tree.dep[before[-1]] = verb, "nsubj"
    elif noun > verb > tree.head[noun] and tree.tag[verb] == "VBD" and tree.dep[noun] in {"flat", "appos"}:
        # "Chad | shelled | positions" taken for one long name
        _swap(tree, verb, tree.head[noun], "nsubj")
        tree.head[noun], tree.dep[noun] = verb, "obj"


def _swap(tree: Tree, verb: int, other: int, dep: str) -> None:
    """`verb` takes the place of `other`, which comes to stand below it."""
    tree.head[verb] = verb if tree.head[other] == other else tree.head[other]
    tree.dep[verb], tree.pos[verb] = tree.dep[other], "VERB"
    tree.head[other], tree.dep[other] = verb, dep
    if dep == "aux":
        for kid in range(max(0, other - 40), min(tree.size, other + 40)):
            if tree.head[kid] == other:
                tree.head[kid] = verb


def adjective_before_infinitive(tree: Tree, adjective: int) -> None:
    """As in "was | due | to travel": the adjective is what is said of somebody, the infinitive what it governs."""
    verb, after = tree.head[adjective], adjective + 1
    if tree.forms[after] != "to" or tree.head[after] != verb or verb < after:
        return
    kids = hanging(tree, verb)
    if not any(tree.dep[kid] == "cop" and kid < adjective for kid in kids):
        return
    tree.head[adjective] = adjective if tree.head[verb] == verb else tree.head[verb]
    tree.dep[adjective] = tree.dep[verb]
    for kid in kids:
        if kid < after and kid != adjective:
            tree.head[kid] = adjective
    tree.head[verb], tree.dep[verb] = adjective, "xcomp"


def gerund_called_adjective(tree: Tree, gerund: int) -> None:
    """As in "denied shelling positions", where the gerund was taken for a word that describes the positions."""
    verb, noun = gerund - 1, tree.head[gerund]
    if tree.dep[gerund] != "amod" or noun <= gerund or tree.head[noun] != verb or tree.dep[noun] != "obj":
        return
    if tree.words[verb] in word_class("gerund_takers"):
        tree.head[gerund], tree.dep[gerund], tree.pos[gerund] = verb, "xcomp", "VERB"
        tree.head[noun] = gerund


def believe_spelling(tree: Tree, index: int) -> None:
    """A lower-case word in -ed is no proper noun; a noun is no third person."""
    tag = tree.tag[index]
    if tag in {"NNP", "NN"} and tree.words[index].endswith("ed") and tree.forms[index].islower():
        if index and tree.dep[index] not in {"compound", "amod"}:
            tree.tag[index], tree.pos[index] = "VBD", "VERB"
            if tree.dep[index - 1] == "compound" and tree.head[index - 1] == index:
                tree.dep[index - 1] = "nsubj"
    elif tag == "VBZ" and tree.pos[index] in {"NOUN", "PROPN"}:
        tree.tag[index] = "NNS"
    elif (
        tag == "NN"
        and index
        and tree.words[index - 1] == "to"
        and tree.dep[index - 1] == "mark"
        and tree.head[index - 1] == index
    ):
        tree.tag[index], tree.pos[index] = "VB", "VERB"
