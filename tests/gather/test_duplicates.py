"""Copies join their original however they were edited; different reports stay apart."""

import json
import random
from dataclasses import replace

import pytest

from counterclaim.gather.duplicates import collapse, make_shingles, measure_copy
from counterclaim.types import Article

NOUNS = [
    "ministry",
    "convoy",
    "border",
    "village",
    "minister",
    "ceasefire",
    "bridge",
    "hospital",
    "patrol",
    "delegation",
    "market",
    "outpost",
]
NAMES = [
    "Talvik",
    "Oreno",
    "Basmar",
    "Kitwe",
    "Delgora",
    "Monteso",
    "Harvan",
    "Ilesha",
    "Pornel",
    "Quimba",
    "Sarvest",
    "Ulanga",
]
VERBS = [
    "visited",
    "closed",
    "shelled",
    "praised",
    "rebuilt",
    "rejected",
    "surrounded",
    "inspected",
    "evacuated",
    "guarded",
]
ENDS = [
    "on Monday",
    "at dawn",
    "despite the rain",
    "for a second day",
    "without warning",
    "near the river",
    "before talks",
]


def make_text(seed, sentences=20):
    pick = random.Random(seed)
    lines = [
        f"The {pick.choice(NOUNS)} of {pick.choice(NAMES)} {pick.choice(VERBS)} the {pick.choice(NAMES)} "
        f"{pick.choice(NOUNS)} and {pick.choice(VERBS)} {pick.randrange(2, 90)} {pick.choice(NAMES)} "
        f"{pick.choice(NOUNS)}s {pick.choice(ENDS)}."
        for _ in range(sentences)
    ]
    return "\n\n".join(" ".join(lines[start : start + 2]) for start in range(0, sentences, 2))


def article(ref, text, **known):
    return Article(id=f"{ref:0>16}", ref=ref, text=text, **known)


def truncate(text):
    words = text.split(" ")
    return " ".join(words[: max(50, len(words) * 3 // 10)])


def add_byline(text):
    return f"By a staff writer, reporting from the region\n\n{text}\n\nAdditional reporting by colleagues."


def reorder(text):
    paragraphs = text.split("\n\n")
    random.Random(1).shuffle(paragraphs)
    return "\n\n".join(paragraphs)


def paraphrase(text):
    pick = random.Random(2)
    return " ".join(
        f"other{pick.randrange(900)}" if pick.random() < 0.15 else word for word in text.split(" ")
    )


def retitle(text):
    return "An entirely new headline for the same report\n\n" + text


def change_toll(text):
    return "".join("7" if character.isdigit() else character for character in text)


EDITS = [truncate, add_byline, reorder, paraphrase, retitle, change_toll]


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_copy_joins_its_original(edit):
    original = make_text("original")
    stories = collapse(
        [article("a", original), article("b", edit(original)), article("c", make_text("other"))]
    )
    assert sorted(len(story.copies) for story in stories) == [1, 2]


def test_two_accounts_with_the_same_few_words_stay_two_stories():
    shared = "The two presidents shook hands in the old palace by the harbour. "
    stories = collapse([article("a", shared + make_text("one")), article("b", shared + make_text("two"))])
    assert len(stories) == 2


def test_the_order_of_the_articles_does_not_matter():
    articles = [
        article(f"{name}{number}", edit(make_text(name)), published=f"2024-03-0{number + 1}")
        for name in "xyz"
        for number, edit in enumerate((str, truncate, add_byline, paraphrase))
    ]
    expected = collapse(articles)
    assert len(expected) == 3
    for seed in range(5):
        random.Random(seed).shuffle(articles)
        assert collapse(articles) == expected


def test_a_copy_that_comes_a_week_later_joins_and_changes_nothing_else():
    first = [
        article("a", make_text("a"), published="2024-03-01"),
        article("b", make_text("b"), published="2024-03-02"),
    ]
    before = collapse(first)
    after = collapse([*first, article("c", add_byline(make_text("a")), published="2024-03-09")])
    assert after[1:] == before[1:]
    assert replace(after[0], copies=after[0].copies[:1]) == before[0]
    assert after[0].copies[1].copied_from == first[0].id


def test_the_agency_credited_is_the_origin_even_if_a_copy_without_credit_came_first():
    text = make_text("wire")
    (story,) = collapse(
        [
            article("a", text, outlet="The Harbour Post", published="2024-03-01"),
            article("b", add_byline(text), outlet="Valley Times", agency="AFP", published="2024-03-02"),
        ]
    )
    assert story.origin == "AFP"


def test_without_an_agency_the_first_outlet_is_the_origin():
    text = make_text("local")
    (story,) = collapse(
        [
            article("a", add_byline(text), outlet="Valley Times", published="2024-03-02"),
            article("b", text, outlet="The Harbour Post", published="2024-03-01"),
        ]
    )
    assert story.origin == "The Harbour Post"
    assert [copy.outlet for copy in story.copies] == ["The Harbour Post", "Valley Times"]


def test_a_copy_says_what_was_cut_and_added():
    text = make_text("wire")
    (story,) = collapse(
        [article("a", text, published="2024-03-01"), article("b", truncate(text), published="2024-03-02")]
    )
    copy = story.copies[1]
    assert 0.5 < copy.cut < 0.8
    assert copy.added < 0.05


def test_a_round_up_of_two_wires_ties_no_two_stories_together():
    first, second = make_text("first"), make_text("second", 12)
    stories = collapse(
        [
            article("a", first, published="2024-03-01"),
            article("b", second, published="2024-03-01"),
            article("c", f"{first}\n\n{second}", published="2024-03-02"),
        ]
    )
    assert sorted(len(story.copies) for story in stories) == [1, 2]


@pytest.mark.parametrize("text", ["", "Word", "Two words", "!!! ???"])
def test_texts_too_short_for_a_shingle_do_no_harm(text):
    assert len(collapse([article("a", text), article("b", make_text("b"))])) == 2


def test_measuring_is_symmetric_for_texts_of_one_length():
    left, right = make_shingles(make_text("a")), make_shingles(paraphrase(make_text("a")))
    assert measure_copy(left, right) == pytest.approx(measure_copy(right, left))


@pytest.mark.corpora
def test_edited_copies_of_real_reports_are_found(corpora):
    lines = (corpora / "dedup" / "helsinki.tune.jsonl").read_text(encoding="utf-8").split("\n")
    texts = [json.loads(line)["text"] for line in lines if line]
    chosen = [text for text in texts if 200 < len(text.split()) < 900][:60]
    found = 0
    for edit in EDITS:
        for text in chosen:
            found += len(collapse([article("a", text), article("b", edit(text))])) == 1
    assert found / (len(chosen) * len(EDITS)) >= 0.97
