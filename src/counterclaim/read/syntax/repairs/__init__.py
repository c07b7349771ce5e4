"""
Slips of the parser that English grammar rules out, put right once, before anybody reads arguments off the tree.

Comes in: a `Tree` as parsed, or one that was repaired and the mentions found in it. Goes out: a new tree with a few labels
and heads changed. Each repair rests on a contradiction inside the parse, never on a sentence:

    "Kenya | repatriated/VBD/amod | refugees"   a past tense modifies no noun: it is the predicate

`repair` runs after the parse, `settle` after coreference, when it is known which words are one name. docs/evaluation.md
has what each is worth. Limit: a wrong parse that is consistent with itself stays wrong.
"""

from itertools import pairwise

from spacy.tokens import Doc

from counterclaim.read.syntax.classes import SUBJECTS, word_class
from counterclaim.read.syntax.repairs.arguments import (
    first_of_two_speakers,
    object_after_particle,
    object_before_gerund,
    object_of_gerund,
    oblique_called_object,
    oblique_called_subject,
    phrase_inside_noun,
    relative_object,
    subject_after_that,
    subject_called_object,
    who,
)
from counterclaim.read.syntax.repairs.clauses import (
    INVERTING,
    harm_after_target,
    inverted_condition,
    participle_of_speaker,
    second_clause,
)
from counterclaim.read.syntax.repairs.names import adopt_subject, coordinate, unit
from counterclaim.read.syntax.repairs.predicates import (
    adjective_before_infinitive,
    believe_spelling,
    gerund_called_adjective,
    predicate,
)
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import Mention


def read_tree(doc: Doc, mentions: tuple[Mention, ...] | None = None) -> Tree:
    """The text's repaired tree; settled too where the mentions are known already."""
    tree = repair(Tree(doc))
    return tree if mentions is None else settle(tree, mentions)


def repair(parsed: Tree) -> Tree:
    """A tree without the slips that need no mentions to be seen: the order is words, then arguments, then predicates."""
    tree = parsed.copy()
    dep = tree.dep
    for index, label in enumerate(dep):
        if label in {"iobj", "obj"}:
            if index < tree.head[index]:
                subject_called_object(tree, index)
            elif index > tree.head[index] + 1:
                object_of_gerund(tree, index)
        elif label in SUBJECTS:
            if index > tree.head[index]:
                oblique_called_subject(tree, index)
            elif tree.forms[index] == "who":
                who(tree, index)
        elif label == "reparandum":
            subject_after_that(tree, index)
        elif label in {"amod", "advmod"} and index + 2 < tree.size:
            adjective_before_infinitive(tree, index)
    for index in range(tree.size):
        believe_spelling(tree, index)
    for index in range(1, tree.size):
        tag, label = tree.tag[index], dep[index]
        if tag == "VBG":
            object_before_gerund(tree, index)
            gerund_called_adjective(tree, index)
        elif tag in {"VBD", "VBN"}:
            predicate(tree, index)
        if label == "nsubj" and tree.words[index] in word_class("relative_object"):
            relative_object(tree, index)
        elif label == "case":
            oblique_called_object(tree, index)
        elif label == "obl":
            object_after_particle(tree, index)
            phrase_inside_noun(tree, index)
    for index in range(tree.size):
        if tree.dep[index] == "acl:relcl":
            harm_after_target(tree, index)
        elif tree.dep[index] == "cc" and index > 1:
            first_of_two_speakers(tree, index)
        elif tree.words[index] in INVERTING:
            inverted_condition(tree, index)
        elif tree.dep[index] in {"conj", "ccomp"} and 0 < tree.head[index] < index - 1:
            second_clause(tree, index)
        elif tree.dep[index] == "advcl" and tree.tag[index] == "VBG":
            participle_of_speaker(tree, index)
    _break_cycles(tree)
    return tree


def settle(repaired: Tree, mentions: tuple[Mention, ...]) -> Tree:
    """The tree that knows who is spoken of: every name is one unit, and a finite verb right behind one has it as subject."""
    tree = repaired.copy()
    tree.mentions = mentions = tuple(sorted(mentions, key=lambda mention: mention.start))
    spoken = [mention for mention in mentions if mention.kind not in {"adjective", "pronoun"}]
    for mention in spoken:
        if mention.end - mention.start > 1:
            unit(tree, mention)
    for left, right in pairwise(mentions):
        coordinate(tree, left, right)
    for mention in spoken:
        adopt_subject(tree, mention)
    _break_cycles(tree)
    return tree


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
