"""What the weights train on: names inside phrases, text put together from tokens, lemma rules, other typings."""

import random

import pytest

from counterclaim.read.parse.lemmas import Lemmas
from training import augment, lemmas, names, treebanks, windows


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("the Prime Minister Joan Smith-Varga", "Joan Smith-Varga"),
        ("the Foreign Secretary", None),
        ("he", None),
        ("all political parties", None),
        ("Col. John Dee", "John Dee"),
    ],
)
def test_the_name_inside_a_phrase_of_a_person(phrase, name):
    found = names.core(phrase, 0, len(phrase), person=True)
    assert (phrase[slice(*found)] if found else None) == name


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Norway", "GPE"),
        ("the Red Sea", "LOC"),
        ("Lake Vask", "LOC"),
        ("Vask Airport", "FAC"),
        ("Vask", "GPE"),
    ],
)
def test_places_are_parted_by_gazetteer_and_words(name, label):
    assert names.place(name) == label


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ('He said , " No . " Then'.split(), 'He said, "No." Then'),
        ("the rebels ' base ( north )".split(), "the rebels' base (north)"),
        ("a one - party state".split(), "a one-party state"),
        ("Jan. 27 - Talks".split(), "Jan. 27 - Talks"),
    ],
)
def test_tokens_are_written_out_as_text(tokens, text):
    written, offsets = names.write_out(tokens, ["O"] * len(tokens))
    assert written == text
    assert [written[start:end] for start, end in offsets] == tokens


def test_a_document_is_kept_out_whole_and_always_the_same():
    kept = [doc for doc in map(str, range(700)) if names.held(doc, 7)]
    assert 60 < len(kept) < 140
    assert kept == [doc for doc in map(str, range(700)) if names.held(doc, 7)]


def test_words_stand_at_their_characters(tmp_path):
    file = tmp_path / "one.conllu"
    row = "{0}\t{1}\t{1}\tX\tX\t_\t{2}\tdep\t_\t_\n"
    file.write_text(
        "# newdoc id = a\n# text = We can't.\n"
        + row.format(1, "We", 2)
        + "2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_\n"
        + row.format(2, "ca", 0)
        + row.format(3, "n't", 2)
        + row.format(4, ".", 2)
        + "\n",
        encoding="utf-8",
    )
    (sentence,) = treebanks.read(file)
    assert [sentence.text[w.start : w.end] for w in sentence.words] == ["We", "ca", "n't", "."]
    assert [w.head for w in sentence.words] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("form", "tag", "lemma"),
    [
        ("denied", "VBD", "deny"),
        ("SHELLING", "VBG", "shell"),
        ("fled", "VBN", "flee"),
        ("Baku", "NNP", "Baku"),
        ("talks", "NNS", "talk"),
        ("Rangers", "NNPS", "Ranger"),
    ],
)
def test_lemmas_come_of_endings_and_of_the_verbs_the_rules_know(form, tag, lemma):
    read = [
        ("walks", "NNS", "walk"),
        ("cars", "NNS", "car"),
        ("Vask", "NNP", "Vask"),
        ("Scouts", "NNPS", "Scout"),
        ("tried", "VBD", "try"),
    ]
    assert Lemmas(lemmas.learn(read * 2))(form, tag) == lemma


def test_another_typing_keeps_every_offset():
    text = "“We're here,” the Straße's \"owner\" said to 'us'."
    for seed in range(300):
        assert len(augment.respell(text, random.Random(seed))[0]) == len(text)


def test_names_change_for_others_of_their_kind_and_keep_their_labels():
    window = windows.Window(
        "Mr Ali Khan left Kabul ; Ali Khan slept .".split(),
        [True, *[False] * 9],
        ner="O B-PERSON I-PERSON O B-GPE O B-PERSON I-PERSON O O".split(),
    )
    pool = {"PERSON": [["Zoe"]], "GPE": [["New", "York"]]}
    seen = set()
    for seed in range(40):
        swapped = windows.swap_names(window, random.Random(seed), pool)
        assert len(swapped.words) == len(swapped.ner) == len(swapped.paragraph)
        assert swapped.words.count("Zoe") in {0, 2}, "one person keeps one name throughout"
        assert [tag for word, tag in zip(swapped.words, swapped.ner, strict=True) if word == "York"] in (
            [],
            ["I-GPE"],
        )
        seen.add(" ".join(swapped.words))
    assert "Mr Zoe left New York ; Zoe slept ." in seen
    assert "Mr Ali Khan left Kabul ; Ali Khan slept ." in seen
