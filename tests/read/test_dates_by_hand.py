"""Event dates on parses made by hand: they hold whatever the weights make of a sentence."""

import spacy
from spacy.tokens import Doc

from counterclaim.read.dates import choose_date, find_times
from counterclaim.read.syntax import read_tree
from counterclaim.types import Article

VOCAB = spacy.blank("en").vocab


def doc_of(rows):
    """A Doc from lines of word, tag, part of speech, head, dependency."""
    words, tags, pos, heads, deps = zip(*(row.split() for row in rows), strict=True)
    lemmas = [{"said": "say", "killed": "kill"}.get(word, word.lower()) for word in words]
    return Doc(
        VOCAB,
        words=list(words),
        tags=list(tags),
        pos=list(pos),
        heads=[int(head) for head in heads],
        deps=list(deps),
        lemmas=lemmas,
    )


SAID_ON_MONDAY = [
    "Police NNS NOUN 1 nsubj",
    "said VBD VERB 1 ROOT",
    "on IN ADP 3 case",
    "Monday NNP PROPN 1 obl",
    "that IN SCONJ 6 mark",
    "rebels NNS NOUN 6 nsubj",
    "burned VBD VERB 1 ccomp",
    "depots NNS NOUN 6 obj",
]


def date_of(doc, trigger):
    times = find_times(read_tree(doc), Article(id="", ref="", text=doc.text, published="2022-09-14"))
    date = choose_date(read_tree(doc), trigger, times)
    return date.start if date else None


def test_the_day_of_saying_belongs_to_the_saying():
    doc = doc_of(SAID_ON_MONDAY)
    assert date_of(doc, 1) == "2022-09-12"
    assert date_of(doc, 6) is None


def test_the_day_of_saying_is_not_the_events_even_when_hung_on_the_event():
    rows = list(SAID_ON_MONDAY)
    rows[3] = "Monday NNP PROPN 6 obl"
    assert date_of(doc_of(rows), 6) is None


def test_a_participle_shares_the_day_of_its_clause():
    doc = doc_of(
        [
            "Shells NNS NOUN 1 nsubj",
            "hit VBD VERB 1 ROOT",
            "Taiz NNP PROPN 1 obj",
            "on IN ADP 4 case",
            "Sunday NNP PROPN 1 obl",
            ", , PUNCT 6 punct",
            "killing VBG VERB 1 advcl",
            "five CD NUM 6 obj",
        ]
    )
    assert date_of(doc, 6) == "2022-09-11"


def test_a_second_verb_keeps_its_own_day():
    doc = doc_of(
        [
            "Rebels NNS NOUN 1 nsubj",
            "shelled VBD VERB 1 ROOT",
            "Taiz NNP PROPN 1 obj",
            "and CC CCONJ 4 cc",
            "withdrew VBD VERB 1 conj",
            "on IN ADP 6 case",
            "Sunday NNP PROPN 4 obl",
        ]
    )
    assert date_of(doc, 4) == "2022-09-11"
    assert date_of(doc, 1) is None


def test_a_bounding_preposition_dates_nothing():
    doc = doc_of(
        [
            "Rebels NNS NOUN 1 nsubj",
            "withdrew VBD VERB 1 ROOT",
            "before IN ADP 3 case",
            "Sunday NNP PROPN 1 obl",
        ]
    )
    assert date_of(doc, 1) is None
