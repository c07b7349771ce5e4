"""Stories, exercises, sport, accidents, animals and figures of speech: what is no event of this world, and what is one all the same."""

import csv
from pathlib import Path

import pytest

from counterclaim.knowledge import load_table
from counterclaim.pipeline import read_text
from evaluation.field import find_failures, parse_checks

TABLE = Path(__file__).parent.parent / "cases" / "pretence.tsv"
PUBLISHED = "2024-05-15"


def rows():
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def told(text):
    return [e for e in read_text(text, published=PUBLISHED, verbatim=True).events if e.type == "ASSAULT"]


def happened(text):
    return [event for event in told(text) if "hypothetical" not in event.auxiliary]


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['kind']}: {row['text'][:40]}")
def test_no_news_is_made_of_it_and_news_is_not_lost(row):
    assert not find_failures(row["text"], PUBLISHED, parse_checks(row["checks"]))


@pytest.mark.parametrize("row", load_table("events/pretence"), ids=lambda row: row.rule)
def test_a_word_of_pretence_makes_no_attack(row):
    assert not happened(row["example"])


@pytest.mark.parametrize(
    "row",
    [row for row in load_table("events/other_fields") if row["part"] not in {"hostile", "sport_not"}],
    ids=lambda row: row.rule,
)
def test_a_word_of_another_field_makes_no_attack(row):
    assert not told(row["example"])


@pytest.mark.parametrize(
    "row",
    [row for row in load_table("events/other_fields") if row["part"] == "hostile"],
    ids=lambda row: row.rule,
)
def test_a_hostile_word_keeps_the_attack(row):
    assert happened(row["example"])
    assert not told(row["counterexample"])
