"""ACLED's sub-event types: what a sentence's incident is called, and that there is one of it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language

from counterclaim.pipeline import read_text
from counterclaim.read.events import MIN_CONFIDENCE
from counterclaim.read.parse import load_language
from counterclaim.types import EventMention

CASES = [
    tuple(line.split("\t"))
    for line in Path("tests/cases/acled.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
][1:]
NONE = "-"
# How many of a hundred sentences must be given exactly their type, and none other.
WANTED = 85


def read_all(
    texts: list[str], language: Language, min_confidence: float = MIN_CONFIDENCE
) -> Iterator[tuple[str, tuple[EventMention, ...]]]:
    """Each text with the events read from it."""
    for text in texts:
        reading = read_text(
            text, language, published="2026-11-20", verbatim=True, min_confidence=min_confidence
        )
        yield text, reading.events


@pytest.fixture(scope="module")
def marks() -> dict[str, list[str]]:
    texts = [text for text, _, _ in CASES]
    return {
        text: [event.acled for event in events if event.acled]
        for text, events in read_all(texts, load_language())
    }


def test_there_are_twenty_sentences_a_type_and_150_without():
    counted = Counter(kind for _, kind, _ in CASES)
    assert counted.pop(NONE) == 150
    assert len(counted) == 25
    assert min(counted.values()) == 20
    assert len({text for text, _, _ in CASES}) == len(CASES)


@pytest.mark.weights
@pytest.mark.parametrize("part", ["tuned", "kept"])
def test_most_sentences_are_given_their_type_alone(marks, part):
    cases = [(text, kind) for text, kind, of in CASES if of == part]
    right = [marks[text] == ([] if kind == NONE else [kind]) for text, kind in cases]
    assert 100 * sum(right) / len(right) >= WANTED


@pytest.mark.weights
def test_sentences_without_an_incident_are_left_without_a_type(marks):
    cases = [text for text, kind, _ in CASES if kind == NONE]
    assert sum(not marks[text] for text in cases) >= 0.9 * len(cases)


@pytest.mark.weights
@pytest.mark.parametrize(
    "text",
    [
        "Officials denied that soldiers had killed villagers in Beni.",
        "The group may attack the port of Goma tomorrow.",
        "Rebels killed nine farmers in Beni in 1998.",
    ],
)
def test_what_nobody_says_happened_now_has_no_type(text):
    assert not any(event.acled for _, events in read_all([text], load_language()) for event in events)


@pytest.mark.weights
def test_an_incident_of_one_sentence_is_marked_once():
    text = "Police fired tear gas at a march in Oran, beat two students and arrested ten people."
    ((_, events),) = read_all([text], load_language())
    assert [event.acled for event in events if event.acled] == ["Protest with intervention"]
    assert len(events) > 1
