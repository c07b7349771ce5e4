"""Every group of words for a happening holds its example and not a word near to it in meaning."""

import pytest

from counterclaim.fuse.words import find_groups
from counterclaim.knowledge import load_table


@pytest.mark.parametrize("row", load_table("event_words"), ids=lambda row: row["id"])
def test_a_group_holds_its_example_and_not_its_counterexample(row):
    assert row["id"] in find_groups(row["example"])
    assert row["id"] not in find_groups(row["counterexample"])


def test_the_modes_that_are_acts_of_their_own_are_modes_of_their_type():
    modes = {row["id"] for row in load_table("plover/modes")}
    for row in load_table("event_families"):
        assert {f"{row['id']}.{mode}" for mode in row.split("acts")} <= modes


def test_the_shares_of_words_are_shares_of_a_thousand():
    assert all(5 <= float(row["permille"]) <= 1000 for row in load_table("word_spread"))
