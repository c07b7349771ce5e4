"""Every line of the clutter tables fires on its example and leaves its counterexample alone."""

import re

import pytest

from counterclaim.gather.clean import expand, find_clutter, find_tail
from counterclaim.knowledge import load_table

CLUTTER = load_table("clutter")
PIECES = load_table("clutter_parts")


def fires(row, passage):
    if row["scope"] == "tail":
        found = find_tail(passage)
        return found[1] if found else None
    if row["scope"] == "bio":
        return row if re.fullmatch(expand(row["regex"]), passage, re.IGNORECASE) else None
    return find_clutter(passage)


@pytest.mark.parametrize("row", CLUTTER, ids=lambda row: row["id"])
def test_a_line_drops_its_example_and_keeps_its_counterexample(row):
    assert fires(row, row["example"]) == row
    assert fires(row, row["counterexample"]) != row


@pytest.mark.parametrize("row", CLUTTER, ids=lambda row: row["id"])
def test_no_line_drops_the_sentence_of_news_that_another_line_must_keep(row):
    # Counterexamples are sentences; single words and numbers may be clutter by another line.
    if len(row["counterexample"].split()) > 5:
        assert find_clutter(row["counterexample"]) is None


@pytest.mark.parametrize("row", PIECES, ids=lambda row: row["id"])
def test_a_piece_fits_its_example_and_not_its_counterexample(row):
    pattern = re.compile(expand(f"{{{row['id']}}}"), re.IGNORECASE)
    assert pattern.fullmatch(row["example"])
    assert not pattern.fullmatch(row["counterexample"])


def test_reasons_and_scopes_are_of_a_known_set():
    assert {row["scope"] for row in CLUTTER} == {"line", "inner", "tail", "list", "rest", "bio"}
    assert all(re.fullmatch(r"[a-z_]+", row["reason"]) for row in CLUTTER)
