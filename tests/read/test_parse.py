"""Parsing keeps the text to the character, never joins paragraphs, and survives whatever the web holds."""

import itertools
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.errors import WeightsMissing
from counterclaim.read.parse import BUNDLED, load_language, parse, parse_all, weights_hash
from counterclaim.read.parse.paragraphs import find_paragraphs
from counterclaim.read.parse.pieces import CAPITAL, CAPITALS, FIGURES, SMALL, Pieces, shape
from counterclaim.read.parse.trees import tree

REPORT = (
    "VASK, March 3 (Agency) – Norland said on Wednesday that 12 of its soldiers had been killed near Vask.\n"
    "\n"
    "“We cannot confirm it,” a spokesman for Southmark told reporters.  He gave no figures.\n"
    "The fighting began on Monday\n"
)
PARTS = st.sampled_from(
    ["Norland", "said", "12", " ", "  ", "\n", "\n\n", "\t", "\u00a0", "\u200b", "“", "”", '"', "'s", "n't", ".", "!?", "–", "-",
     "$5", "U.S.", "non-state", "e-mail", "ﬁ", "é", "e\u0301", "中文", "😀", "\x00", "\r\n", "\u2028", "a" * 300]
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _fresh():
    """What is tested here is the network itself."""
    encoder = load_language().get_pipe("encoder")
    kept, encoder.kept = encoder.kept, None
    yield
    encoder.kept = kept


# -- paragraphs, without weights


def cut(text):
    return [text[start:end] for start, end in find_paragraphs(text)]


def test_a_blank_line_ends_a_paragraph():
    assert cut("One.\n \nTwo.") == ["One.", "Two."]


def test_each_line_of_a_cleaned_article_is_a_paragraph():
    assert cut("Talks fail\nThe ministers met for a day.\nNothing came of it.") == [
        "Talks fail",
        "The ministers met for a day.",
        "Nothing came of it.",
    ]


def test_lines_broken_to_fit_a_width_are_one_paragraph():
    wrapped = (
        "The ministers of both countries met for a whole day in the\n"
        "capital, and nothing came of it, as both of them said when they\n"
        "left the building in the evening."
    )
    assert cut(wrapped) == [wrapped]


def test_a_list_of_short_lines_is_not_taken_for_a_broken_paragraph():
    lines = "Dead: 12\nInjured: 30\nMissing: 4\nArrested: 7"
    assert cut(lines) == lines.split("\n")


@given(st.text(alphabet="ab .\n\t", max_size=200))
def test_paragraphs_hold_every_letter_once_and_in_order(text):
    spans = list(find_paragraphs(text))
    assert all(start <= end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    assert " ".join(text[start:end] for start, end in spans).split() == text.split()


# -- trees, without weights


def test_the_best_heads_are_kept_where_they_make_a_tree():
    scores = np.zeros((3, 3), dtype=np.float32)
    scores[[0, 1, 2], [1, 1, 1]] = 5
    assert tree(scores) == [1, 1, 1]


def test_a_circle_is_opened_where_that_costs_least():
    scores = np.array([[9, 0, 0], [0, 0, 9], [2, 5, 0]], dtype=np.float32)
    assert tree(scores) == [0, 2, 0]


@given(st.integers(1, 12), st.integers(0, 10**6))
def test_any_scores_give_one_root_and_no_circle(size, seed):
    heads = tree(np.random.default_rng(seed).normal(size=(size, size)).astype(np.float32))
    (root,) = [word for word, head in enumerate(heads) if word == head]
    for word in range(size):
        at = word
        for _ in range(size):
            at = heads[at]
        assert at == root


# -- word pieces, without weights


def test_words_are_cut_into_the_longest_known_pieces():
    pieces = Pieces(["[UNK]", "step", "##an", "##ana", "##kert", "un", ".", "'"])
    assert pieces("Stepanakert") == (1, 3, 4)
    assert pieces("Stépanakert") == (1, 3, 4)
    assert pieces("’") == (7,)
    assert pieces("中") == (0,)
    assert pieces("\u200b") == (0,)


@pytest.mark.parametrize(
    ("word", "written"), [("said", SMALL), ("Baku", CAPITAL), ("NATO", CAPITALS), ("1,200", FIGURES)]
)
def test_how_a_word_is_written_is_told_apart(word, written):
    assert shape(word) == written


# -- loading


def test_a_missing_pipeline_says_what_to_do():
    with pytest.raises(WeightsMissing, match="not installed"):
        load_language("no_such_pipeline")


def test_the_hash_is_that_of_the_files():
    from training.seal import digest

    assert weights_hash() == digest(BUNDLED)[:12]
    assert json.loads((BUNDLED / "meta.json").read_text(encoding="utf-8"))["weights_hash"] == weights_hash()


@pytest.mark.weights
def test_the_language_carries_its_hash_for_the_signature(language):
    assert language.meta["weights_hash"] == weights_hash()


# -- parsing


@pytest.mark.weights
@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "\n \n a", "a", REPORT, REPORT.upper(), REPORT.replace("\n", "\r\n")]
)
def test_the_text_is_kept_to_the_character(language, text):
    assert parse(text, language).text == text


@pytest.mark.weights
@settings(max_examples=60, deadline=None)
@given(text=st.one_of(st.text(max_size=120), st.lists(PARTS, max_size=40).map("".join)))
def test_any_text_is_kept_and_every_sentence_stays_in_its_paragraph(language, text):
    doc = parse(text, language)
    assert doc.text == text
    borders = {start for start, _ in find_paragraphs(text)}
    for sentence in doc.sents:
        inside = [token for token in sentence if not token.is_space]
        assert not any(inside[0].idx < border <= inside[-1].idx for border in borders if inside)
    for token in doc:
        assert token.lemma_ or token.is_space
        assert token.head.sent.start == token.sent.start


@pytest.mark.weights
def test_an_empty_text_gives_an_empty_doc(language):
    assert len(parse("", language)) == 0


@pytest.mark.weights
def test_who_did_what_is_found(language):
    doc = parse(REPORT, language)
    killed = next(token for token in doc if token.text == "killed")
    assert [child.text for child in killed.children if child.dep_ == "nsubj:pass"] == ["12"]
    assert killed.head.lemma_ == "say"


@pytest.mark.weights
def test_people_places_and_bodies_are_named(language):
    doc = parse("Prime Minister Nikol Pashinyan of Armenia spoke to NATO in Brussels on Friday.", language)
    named = {(entity.text, entity.label_) for entity in doc.ents}
    assert named == {("Nikol Pashinyan", "PERSON"), ("Armenia", "GPE"), ("NATO", "ORG"), ("Brussels", "GPE")}


@pytest.mark.weights
def test_a_quotation_ends_where_its_speaker_has_spoken(language):
    doc = parse("“We will not leave,” he said. “The land is ours.” The talks ended on Friday.", language)
    assert [sentence.text for sentence in doc.sents] == [
        "“We will not leave,” he said.",
        "“The land is ours.”",
        "The talks ended on Friday.",
    ]


@pytest.mark.weights
def test_the_result_does_not_depend_on_the_batch(language):
    texts = [REPORT, "", "Two died.", REPORT.lower(), "Norland denied it. " * 30, "a\n\nb"]

    def facts(docs):
        return [
            [(t.text, t.tag_, t.morph.key, t.lemma_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_) for t in doc]
            for doc in docs
        ]

    alone = facts(parse(text, language) for text in texts)
    assert facts(parse_all(texts, language, batch_size=2)) == alone
    assert facts(parse_all(texts, language, batch_size=64)) == alone
    assert facts(parse_all(reversed(texts), language)) == alone[::-1]


@pytest.mark.weights
def test_sources_cues_and_contents_are_labelled(language):
    doc = parse("The minister said on Monday that the troops had left the town.", language)
    found = {part: [span.text for span in doc.spans[f"attr_{part}"]] for part in ("source", "cue", "content")}
    assert found["source"] == ["The minister"]
    assert "said" in found["cue"][0]
    assert "the troops had left the town" in found["content"][0]


@pytest.mark.weights
def test_a_name_is_kept_whole_over_double_spaces_and_broken_lines(language):
    doc = parse("The fighting in New  York went on.", language)
    assert [entity.text for entity in doc.ents] == ["New  York"]


@pytest.mark.weights
@pytest.mark.parametrize(
    "junk", ["!" * 50_000, "x" * 50_000, "a.b-c/" * 2_000, "12 | 30 | 4 | " * 1_000, "word " * 3_000]
)
def test_junk_is_cut_into_bounded_sentences(language, junk):
    doc = parse(junk, language)
    assert doc.text == junk
    assert max(len(sentence) for sentence in doc.sents) <= 260


@pytest.mark.weights
def test_lemmas_of_a_text_in_capitals_are_small(language):
    doc = parse("REBELS KILLED TWO SOLDIERS NEAR THE BRIDGE YESTERDAY.", language)
    assert [token.lemma_ for token in doc][1:4] == ["kill", "two", "soldier"]
