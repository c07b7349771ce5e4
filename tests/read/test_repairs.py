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


def test_a_noun_before_a_finite_verb_without_a_subject_is_its_subject():
    doc = make(
        "The ministry said nothing .",
        [1, 2, 2, 2, 2],
        "det iobj ROOT obj punct",
        "DET NOUN VERB PRON PUNCT",
        "DT NN VBD NN .",
    )
    tree = read_tree(doc)
    assert tree.dep[:4] == ["det", "nsubj", "ROOT", "obj"]


def test_a_fronted_object_stays_one_where_there_is_a_subject():
    doc = make(
        "Bridges they burned .", [2, 2, 2, 2], "obj nsubj ROOT punct", "NOUN PRON VERB PUNCT", "NNS PRP VBD ."
    )
    tree = read_tree(doc)
    assert tree.dep[0] == "obj"


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


def test_a_subject_after_that_is_no_slip_of_the_tongue():
    doc = make(
        "said that firing stopped",
        [0, 3, 3, 0],
        "ROOT nsubj reparandum ccomp",
        "VERB PRON NOUN VERB",
        "VBD DT NN VBD",
    )
    tree = read_tree(doc)
    assert tree.dep == ["ROOT", "mark", "nsubj", "ccomp"]


def test_an_adjective_before_an_infinitive_heads_it():
    doc = make(
        "The envoy was due to travel .",
        [1, 5, 5, 5, 5, 5, 5],
        "det nsubj cop amod mark ROOT punct",
        "DET NOUN AUX ADJ PART VERB PUNCT",
        "DT NN VBD JJ TO VB .",
    )
    tree = read_tree(doc)
    assert [(word.dep, word.head.text) for word in tree][1:6] == [
        ("nsubj", "due"),
        ("cop", "due"),
        ("ROOT", "due"),
        ("mark", "travel"),
        ("xcomp", "due"),
    ]
    assert len(tree.sents) == len(list(tree.to_doc().sents)) == 1


def test_the_object_behind_a_gerund_is_the_gerunds():
    doc = make(
        "Chad denied shelling positions .",
        [1, 1, 1, 1, 1],
        "nsubj ROOT xcomp obj punct",
        "PROPN VERB VERB NOUN PUNCT",
        "NNP VBD VBG NNS .",
    )
    tree = read_tree(doc)
    assert tree[3].head.text == "shelling"
