"""
Where parse, tags and mentions contradict each other, decide once, before anybody reads arguments off them.

Comes in: a `Tree` as the parser left it. Goes out: the same tree with a few heads moved, so that a finite verb is
a predicate and a name is one unit. Each repair rests on a contradiction, never on a sentence:

    "Kenya | repatriated/VBD/amod | refugees"   a past tense modifies no noun: it is the predicate

Limit: a wrong parse that is consistent with itself stays wrong.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from counterclaim.knowledge import load_table
from counterclaim.types import Mention

if TYPE_CHECKING:
    from counterclaim.read.events.grammar import Tree

_SUBJECTS = frozenset(
    ("nsubj", "nsubj:pass", "compound", "nmod:poss", "obl:unmarked", "nmod:unmarked", "nmod:desc")
)
_CLAUSAL = frozenset(("ccomp", "advcl", "acl", "parataxis", "xcomp", "acl:relcl"))
_HAVE = frozenset(("has", "have", "had", "having"))
_REACH = 12


@cache
def word_class(name: str) -> frozenset[str]:
    """One of the word lists of `events/grammar`."""
    return frozenset(
        word for row in load_table("events/grammar") if row["id"] == name for word in row.split("words", "|")
    )


def settle(tree: Tree, mentions: tuple[Mention, ...]) -> None:
    """Repair what cannot be right; order matters: words, then predicates, then names."""
    for index in range(tree.size):
        _believe_spelling(tree, index)
    for index in range(1, tree.size):
        if tree.tag[index] == "VBG":
            _free_object(tree, index)
            _free_gerund(tree, index)
        if tree.dep[index] == "nsubj" and tree.words[index] in {"which", "whom", "that"}:
            _make_relative_object(tree, index)
        if tree.tag[index] in {"VBD", "VBN"}:
            _make_predicate(tree, index)
        if tree.dep[index] == "case":
            _make_oblique(tree, index)
        elif tree.dep[index] == "obl":
            _make_object(tree, index)
    for mention in mentions:
        if mention.end - mention.start > 1 and mention.kind not in {"adjective", "pronoun"}:
            _make_unit(tree, mention)
    for left, right in pairwise(mentions):
        _coordinate(tree, left, right)
    for mention in mentions:
        if mention.kind not in {"adjective", "pronoun"}:
            _adopt_subject(tree, mention)
    _break_cycles(tree)


def _believe_spelling(tree: Tree, index: int) -> None:
    """A lower-case word in -ed is no proper noun; a noun is no third person."""
    if tree.words[index].endswith("ed") and tree.tag[index] in {"NNP", "NN"} and tree.doc[index].is_lower:
        if index and tree.dep[index] not in {"compound", "amod"}:
            tree.tag[index], tree.pos[index] = "VBD", "VERB"
            if tree.dep[index - 1] == "compound" and tree.head[index - 1] == index:
                tree.dep[index - 1] = "nsubj"
    elif tree.pos[index] in {"NOUN", "PROPN"} and tree.tag[index] == "VBZ":
        tree.tag[index] = "NNS"
    elif (
        tree.tag[index] == "NN"
        and index
        and tree.words[index - 1] == "to"
        and tree.dep[index - 1] == "mark"
        and tree.head[index - 1] == index
    ):
        tree.tag[index], tree.pos[index] = "VB", "VERB"


def _free_object(tree: Tree, gerund: int) -> None:
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
        if tree.head[kid] == gerund and tree.dep[kid] == "nsubj":
            tree.head[kid], tree.dep[kid] = verb, "obj"


def _free_gerund(tree: Tree, gerund: int) -> None:
    """As in "denied shelling positions", where the gerund was taken for a word that describes the positions."""
    verb, noun = gerund - 1, tree.head[gerund]
    if tree.dep[gerund] != "amod" or noun <= gerund or tree.head[noun] != verb or tree.dep[noun] != "obj":
        return
    if tree.words[verb] in word_class("gerund_takers"):
        tree.head[gerund], tree.dep[gerund], tree.pos[gerund] = verb, "xcomp", "VERB"
        tree.head[noun] = gerund


def _make_relative_object(tree: Tree, pronoun: int) -> None:
    """As in "which Baku blames": a clause with a second subject has the pronoun for its object."""
    verb = tree.head[pronoun]
    if any(tree.head[kid] == verb and tree.dep[kid] == "nsubj" for kid in range(pronoun + 1, verb)):
        tree.dep[pronoun] = "obj"


def _make_predicate(tree: Tree, verb: int) -> None:
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
            if tree.head[kid] == noun and tree.dep[kid] in _SUBJECTS:
                tree.head[kid], tree.dep[kid] = verb, "nsubj"
        return
    auxiliary = next((near for near in (verb - 1, verb - 2) if near >= 0 and tree.words[near] in _HAVE), -1)
    if dep == "amod" and noun > verb and auxiliary >= 0 and tree.dep[auxiliary] != "aux":
        # "has prompted calls": a perfect, not a possession of prompted calls
        _swap(tree, verb, auxiliary, "aux")
        tree.head[noun], tree.dep[noun] = verb, "obj"
        return
    before = [
        kid
        for kid in range(max(0, verb - _REACH), verb)
        if tree.head[kid] == noun
        and tree.dep[kid] in _SUBJECTS
        and tree.pos[kid] in {"NOUN", "PROPN", "PRON"}
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


def _make_oblique(tree: Tree, preposition: int) -> None:
    """As in "called for | an end": a noun behind a preposition is neither an object nor a clause."""
    noun = tree.head[preposition]
    if (
        preposition < noun
        and (tree.dep[noun] == "xcomp" or (tree.dep[noun] == "obj" and tree.words[preposition] == "for"))
        and tree.pos[noun] in {"NOUN", "PROPN"}
        and tree.pos[tree.head[noun]] == "VERB"
    ):
        tree.dep[noun] = "obl"


def _make_object(tree: Tree, noun: int) -> None:
    """As in "put off | the summit": what follows a particle with no preposition of its own is the object."""
    verb = tree.head[noun]
    if not verb < noun <= verb + _REACH or tree.words[noun] in word_class("times"):
        return
    between = range(verb + 1, noun)
    if any(tree.head[kid] == verb and tree.dep[kid] == "compound:prt" for kid in between) and not any(
        (tree.head[kid] == noun and tree.dep[kid] == "case")
        or (tree.head[kid] == verb and tree.dep[kid] == "obj")
        for kid in between
    ):
        tree.dep[noun] = "obj"


def _swap(tree: Tree, verb: int, other: int, dep: str) -> None:
    """`verb` takes the place of `other`, which comes to stand below it."""
    tree.head[verb] = verb if tree.head[other] == other else tree.head[other]
    tree.dep[verb], tree.pos[verb] = tree.dep[other], "VERB"
    tree.head[other], tree.dep[other] = verb, dep
    if dep == "aux":
        for kid in range(max(0, other - 40), min(tree.size, other + 40)):
            if tree.head[kid] == other:
                tree.head[kid] = verb


def _make_unit(tree: Tree, mention: Mention) -> None:
    """All of a name hangs where its head hangs, and its preposition is the head's."""
    head = mention.head
    outside = [
        index
        for index in range(mention.start, mention.end)
        if not mention.start <= tree.head[index] < mention.end or tree.head[index] == index
    ]
    if not outside:
        return
    if head not in outside:
        leader = outside[0]
        tree.head[head] = head if tree.head[leader] == leader else tree.head[leader]
        tree.dep[head] = tree.dep[leader]
        outside = [head, *outside]
    for index in outside:
        if index != head:
            tree.head[index], tree.dep[index] = head, "flat"
    case = -1
    for kid in range(max(0, mention.start - 3), mention.start):
        if tree.dep[kid] == "case" and mention.start <= tree.head[kid] < mention.end:
            tree.head[kid] = head
            case = kid
    if case >= 0 and tree.dep[head] in _CLAUSAL:
        verb = next(
            (near for near in range(case - 1, max(-1, case - _REACH), -1) if tree.pos[near] == "VERB"), -1
        )
        if verb >= 0:
            tree.head[head], tree.dep[head] = verb, "obl"


def _coordinate(tree: Tree, left: Mention, right: Mention) -> None:
    """As in "with A and B", where A was hung on B as if it were part of its name."""
    if (
        left.kind == "adjective"
        or not right.start <= tree.head[left.head] < right.end
        or left.end >= right.start
    ):
        return
    between = [index for index in range(left.end, right.start) if tree.dep[index] != "det"]
    if not between or any(tree.dep[index] not in {"cc", "punct"} for index in between):
        return
    if not any(tree.dep[index] == "cc" for index in between):
        return
    tree.head[left.head] = left.head if tree.head[right.head] == right.head else tree.head[right.head]
    tree.dep[left.head] = tree.dep[right.head]
    tree.head[right.head], tree.dep[right.head] = left.head, "conj"


def _adopt_subject(tree: Tree, mention: Mention) -> None:
    """A finite verb right behind a name, with no subject of its own, has the name for its subject."""
    finite = mention.end
    if finite >= tree.size or tree.tag[finite] not in {"VBD", "VBZ", "VBP", "MD"}:
        return
    predicate = tree.head[finite] if tree.dep[finite] in {"aux", "cop", "aux:pass"} else finite
    if tree.dep[predicate] in {"acl:relcl", "acl", "amod"} or predicate < mention.start:
        return
    low = max(0, mention.start - _REACH)
    if any(
        tree.head[kid] == predicate and tree.dep[kid].startswith("nsubj") for kid in range(low, predicate)
    ):
        return
    if any(tree.dep[kid] == "case" and tree.head[kid] == mention.head for kid in range(low, mention.start)):
        return
    was_root = tree.head[mention.head] == mention.head
    tree.head[mention.head], tree.dep[mention.head] = predicate, "nsubj"
    if was_root:
        tree.head[predicate], tree.dep[predicate] = predicate, "ROOT"


def _break_cycles(tree: Tree) -> None:
    """Every word hangs, directly or not, on a root: where repairs contradict each other, the later word is one."""
    settled = [False] * tree.size
    for index in range(tree.size):
        path: list[int] = []
        on_path: set[int] = set()
        at = index
        while not settled[at] and at not in on_path:
            path.append(at)
            on_path.add(at)
            at = tree.head[at]
        if not settled[at] and tree.head[at] != at:
            tree.head[at], tree.dep[at] = at, "ROOT"
        for known in path:
            settled[known] = True
