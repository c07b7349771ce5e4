"""Every line of the casualty tables fires on its example and keeps quiet on its counterexample."""

import pytest

from counterclaim.knowledge import load_table
from counterclaim.read.casualties import find_counts
from counterclaim.read.casualties.words import convention
from counterclaim.read.parse import parse_all
from counterclaim.read.syntax import read_tree

pytestmark = pytest.mark.weights

TABLES = ("casualties", "casualties_bounds", "casualties_vague")
KINDS = {row["kind"] for row in load_table("casualties_kinds")}


@pytest.fixture(scope="module")
def counted(language):
    """The counts of every example and counterexample, parsed in one go."""
    texts = sorted(
        {
            row[column]
            for table in TABLES
            for row in load_table(table)
            for column in ("example", "counterexample")
        }
    )
    return {
        text: find_counts(read_tree(doc)) for text, doc in zip(texts, parse_all(texts, language), strict=True)
    }


@pytest.mark.parametrize("row", load_table("casualties"), ids=lambda row: row["id"])
def test_a_word_of_harm_counts_its_example_only(row, counted):
    assert row.rule in {count.rule for count in counted[row["example"]]}
    assert row.rule not in {count.rule for count in counted[row["counterexample"]]}


@pytest.mark.parametrize("row", load_table("casualties_bounds"), ids=lambda row: row["id"])
def test_a_bounding_word_sets_the_bounds_of_its_example_only(row, counted):
    steps = {"": None, "n": 12, "n+1": 13, "n-1": 11}
    bounds = (steps[row["low"]], steps[row["high"]])
    assert [
        (count.low, count.high, row["form"] in count.text.lower()) for count in counted[row["example"]]
    ] == [(*bounds, True)]
    assert row["form"] not in " ".join(count.text.lower() for count in counted[row["counterexample"]])


@pytest.mark.parametrize(
    "row", [row for row in load_table("casualties_vague") if row["low"]], ids=lambda row: row["id"]
)
def test_a_vague_word_means_at_least_its_convention(row, counted):
    bounds = convention(row["form"])
    assert [(count.low, count.high) for count in counted[row["example"]]] == [bounds]
    assert bounds not in [(count.low, count.high) for count in counted[row["counterexample"]]]


def test_every_kind_a_line_makes_is_described():
    assert {row["kind"] for row in load_table("casualties")} <= KINDS


def test_no_vague_word_becomes_an_exact_number_above_a_dozen():
    exact = [row for row in load_table("casualties_vague") if row["low"] and row["low"] == row["high"]]
    assert all(int(row["low"]) <= 12 for row in exact)
