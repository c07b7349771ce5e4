"""Counts on parses made by hand: they hold whatever the weights make of a sentence."""

import spacy
from spacy.tokens import Doc

from counterclaim.read.casualties import choose_counts, find_counts
from counterclaim.read.syntax import read_tree
from counterclaim.types import Frame

VOCAB = spacy.blank("en").vocab


def doc_of(rows):
    """A Doc from lines of word, tag, part of speech, head, dependency."""
    words, tags, pos, heads, deps = zip(*(row.split() for row in rows), strict=True)
    return Doc(
        VOCAB,
        words=list(words),
        tags=list(tags),
        pos=list(pos),
        heads=[int(head) for head in heads],
        deps=list(deps),
        lemmas=[word.lower() for word in words],
    )


AT_LEAST_TWELVE = [
    "At IN ADP 2 case",
    "least JJS ADJ 2 nmod",
    "12 CD NUM 3 nummod",
    "guards NNS NOUN 5 nsubj:pass",
    "were VBD AUX 5 aux:pass",
    "killed VBN VERB 5 ROOT",
]


def test_at_least_leaves_the_upper_bound_open():
    (count,) = find_counts(read_tree(doc_of(AT_LEAST_TWELVE)))
    assert (count.kind, count.low, count.high, count.text) == ("dead", 12, None, "At least 12 guards")
    assert count.rule == "casualties/kill"


def test_a_lost_subject_is_found_before_its_verb():
    """The parse hangs the number on nothing useful; the words still stand before the verb."""
    rows = list(AT_LEAST_TWELVE)
    rows[3] = "guards NNS NOUN 5 dep"
    (count,) = find_counts(read_tree(doc_of(rows)))
    assert (count.low, count.high) == (12, None)


def test_an_active_verb_does_not_count_its_subject():
    doc = doc_of(
        ["Two CD NUM 1 nummod", "guards NNS NOUN 2 nsubj", "killed VBD VERB 2 ROOT", "him PRP PRON 2 obj"]
    )
    (count,) = (count for count in find_counts(read_tree(doc)) if count.kind == "dead")
    assert (count.low, count.high, count.text) == (1, 1, "him")


def test_a_count_of_its_own_trigger_goes_to_that_event_only():
    doc = doc_of(
        [
            "Rebels NNS NOUN 1 nsubj",
            "attacked VBD VERB 1 ROOT",
            "Taiz NNP PROPN 1 obj",
            ", , PUNCT 4 punct",
            "killing VBG VERB 1 advcl",
            "five CD NUM 4 obj",
        ]
    )
    attacked = Frame("ASSAULT", (), (), 1, (), ())
    killing = Frame("ASSAULT", (), (), 4, (), ())
    counts = find_counts(read_tree(doc))
    assert choose_counts(read_tree(doc), attacked, counts, (attacked, killing)) == ()
    assert choose_counts(read_tree(doc), killing, counts, (attacked, killing)) == counts
    assert choose_counts(read_tree(doc), attacked, counts, (attacked,)) == counts


def test_frames_of_one_trigger_share_its_counts():
    doc = doc_of(AT_LEAST_TWELVE)
    told = Frame("ASSAULT", (), (), 5, (), ())
    denied = Frame("ASSAULT", (), (), 5, (), (), told_by=("a2",))
    counts = find_counts(read_tree(doc))
    assert choose_counts(read_tree(doc), told, counts, (told, denied)) == counts
    assert choose_counts(read_tree(doc), denied, counts, (told, denied)) == counts
