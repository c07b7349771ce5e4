"""Slips of the parser that grammar rules out are put right; what is right stays."""

from spacy.tokens import Doc
from spacy.vocab import Vocab

from counterclaim.read.syntax import read_tree


def make(words: str, heads: list[int], deps: str, pos: str, tags: str) -> Doc:
    starts = [True] + [False] * (len(heads) - 1)
    return Doc(
        Vocab(),
        words=words.split(),
        heads=heads,
        deps=deps.split(),
        pos=pos.split(),
        tags=tags.split(),
        sent_starts=starts,
    )


WHO = "Protests against Kofi Osei , who denied it , spread ."
WHO_POS = "NOUN ADP PROPN PROPN PUNCT PRON VERB PRON PUNCT VERB PUNCT"
WHO_TAGS = "NNS IN NNP NNP , WP VBD PRP , VBD ."


def test_who_belongs_to_the_name_before_the_comma():
    doc = make(
        WHO,
        [9, 2, 0, 2, 6, 6, 0, 6, 6, 9, 9],
        "nsubj case nmod flat punct nsubj acl:relcl obj punct ROOT punct",
        WHO_POS,
        WHO_TAGS,
    )
    tree = read_tree(doc)
    assert tree[6].head.text == "Kofi"


def test_who_that_belongs_there_already_stays():
    doc = make(
        WHO,
        [9, 2, 0, 2, 6, 6, 2, 6, 6, 9, 9],
        "nsubj case nmod flat punct nsubj acl:relcl obj punct ROOT punct",
        WHO_POS,
        WHO_TAGS,
    )
    before = [token.head.i for token in doc]
    tree = read_tree(doc)
    assert tree.head == before


def test_a_phrase_with_a_preposition_behind_its_verb_is_no_subject():
    doc = make(
        "Mali appealed to the bloc .",
        [1, 1, 4, 4, 1, 1],
        "nsubj ROOT case det nsubj punct",
        "PROPN VERB ADP DET NOUN PUNCT",
        "NNP VBD IN DT NN .",
    )
    tree = read_tree(doc)
    assert [tree.dep[0], tree.dep[4]] == ["nsubj", "obl"]


def test_a_subject_behind_its_verb_stays_one():
    doc = make(
        "So said the bloc .",
        [1, 1, 3, 1, 1],
        "advmod ROOT det nsubj punct",
        "ADV VERB DET NOUN PUNCT",
        "RB VBD DT NN .",
    )
    tree = read_tree(doc)
    assert tree.dep[3] == "nsubj"
