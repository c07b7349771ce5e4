"""Every line of ACLED's marks gives its sub-event type to its example and not to its counterexample."""

import re

import pytest

from counterclaim.knowledge import load_table
from counterclaim.read.parse import load_language
from tests.export.test_acled import SUB_EVENTS
from tests.read.test_acled import read_all

MARKS = load_table("acled/marks")


@pytest.fixture(scope="module")
def rules() -> dict[str, set[str]]:
    """By sentence, the rules of the events that have a sub-event type."""
    texts = sorted({row[column] for row in MARKS for column in ("example", "counterexample")})
    return {
        text: {rule for event in reading if event.acled for rule in event.rules}
        # A line is tried on everything that the patterns propose, whatever the judge would keep.
        for text, reading in read_all(texts, load_language(), min_confidence=0)
    }


@pytest.mark.weights
@pytest.mark.parametrize("row", MARKS, ids=lambda row: row["id"])
def test_a_mark_is_made_of_its_example_only(rules, row):
    assert row.rule in rules[row["example"]]
    assert row["counterexample"]
    assert row.rule not in rules[row["counterexample"]]


@pytest.mark.parametrize("row", MARKS, ids=lambda row: row["id"])
def test_a_mark_is_one_of_acleds(row):
    assert row["sub_event"] in {name for names in SUB_EVENTS.values() for name in names}


def test_each_of_the_25_has_a_mark():
    assert {row["sub_event"] for row in MARKS} == {name for names in SUB_EVENTS.values() for name in names}


@pytest.mark.parametrize("row", MARKS, ids=lambda row: row["id"])
def test_classes_that_a_mark_names_are_there(row):
    named = re.findall(r"%(\w+)", " ".join((row["near"], row["far"])))
    assert set(named) <= {line["id"] for line in load_table("acled/words")}
