"""The labels point into the corpora they were made on, and say only what the notation allows."""

import pytest

from annotation.agreement import f1, kappa
from annotation.documents import Corpora, page_text
from annotation.labels import AGAIN, FIRST, load
from annotation.notation import REALIS, WHY_NOT, Block, _read_line
from counterclaim.knowledge import load_table

TYPES = {row["id"] for row in load_table("plover/types")}


@pytest.fixture(scope="module")
def labelled():
    return tuple(load())


def test_every_label_has_a_type_of_plover_or_a_reason(labelled):
    for one in labelled:
        for trigger in one.triggers:
            if trigger["event"]:
                assert trigger["type"] in TYPES
                assert trigger["realis"] in REALIS.values()
            else:
                assert trigger["why"] in WHY_NOT.values()


def test_ten_thousand_words_were_asked_about_and_150_documents_have_tables(labelled):
    assert sum(trigger["asked"] for one in labelled for trigger in one.triggers) >= 10_000
    assert sum(one.whole_document for one in labelled) >= 150


def test_a_sixteenth_was_labelled_twice(labelled):
    twice = {one.id for one in load(AGAIN)}
    assert twice == {one.id for one in load(FIRST)}
    assert len(twice) >= 0.06 * len(labelled)


def test_no_label_holds_text(labelled):
    allowed = {*WHY_NOT.values(), *REALIS.values(), *TYPES}

    def texts(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                if key != "modes":
                    yield from texts(inner)
        elif isinstance(value, list | tuple):
            for inner in value:
                yield from texts(inner)
        elif isinstance(value, str):
            yield value

    kinds = {"dead", "injured", "captured", "arrested", "missing", "displaced", "protesters", "troops"}
    for one in labelled:
        assert set(texts(list(one.triggers))) <= allowed
        assert set(texts(list(one.table))) <= kinds


@pytest.mark.corpora
def test_labels_point_into_the_texts_they_were_made_on(labelled, corpora):
    at_hand = Corpora(corpora)
    for one in labelled:
        document = at_hand.get(one.id, one.segments)
        assert document.sha256 == one.sha256
        for trigger in one.triggers:
            word = document.text[trigger["start_char"] : trigger["end_char"]]
            assert word
            assert word == word.strip()


@pytest.mark.corpora
def test_a_fifth_of_the_documents_is_kept_out(labelled, corpora):
    at_hand = Corpora(corpora)
    kept = sum(at_hand.get(one.id, one.segments).kept_out for one in labelled)
    assert 0.15 < kept / len(labelled) < 0.25


def block(text, *words):
    from annotation.documents import Document

    places = [(text.index(word), text.index(word) + len(word)) for word in words]
    return Block(Document("own/one", text), places)


def test_a_line_becomes_offsets():
    made = block("Rebels shelled the town. The town burned.", "shelled")
    _read_line("1 ASSAULT.heavy-weapons h #1 A: Rebels | R: the town", made)
    (label,) = made.triggers
    assert (label["type"], label["modes"], label["realis"]) == ("ASSAULT", ["heavy-weapons"], "happened")
    assert label["actors"] == [[0, 6]]
    assert label["recipients"] == [[15, 23]]


@pytest.mark.parametrize(
    "line",
    [
        "1 ASSAULT.kindly h",
        "1 QUARREL h",
        "2 - s",
        "1 - z",
        "1 ASSAULT h A: nobody here",
        "+ the *moon* rose | ASSAULT h",
        "#4 place: the town",
    ],
)
def test_what_the_notation_does_not_allow_is_refused(line):
    with pytest.raises(ValueError, match=r"\S"):
        _read_line(line, block("Rebels shelled the town.", "shelled"))


def test_a_page_is_its_visible_text():
    page = b"<html><head><title>x</title></head><body><p>One <b>two</b> three.</p><script>no()</script><div>Four.</div></body></html>"
    assert page_text(page) == "One two three.\nFour."


def test_agreement_beyond_chance():
    assert kappa([("a", "a"), ("b", "b")]) == 1.0
    assert f1([([[0, 3]], [[2, 5]]), ([[0, 3]], [[4, 5]])]) == 0.5
