"""Every line of page_boxes fires on its example and leaves its counterexample alone."""

import pytest

from counterclaim.gather.html.boxes import find_box
from counterclaim.gather.html.tree import parse, words_of
from counterclaim.knowledge import load_table

BOXES = load_table("page_boxes")


def reason_of(name):
    return find_box(words_of(next(parse(f'<div class="{name}"></div>').iter("div"))))


@pytest.mark.parametrize("row", BOXES, ids=lambda row: row["id"])
def test_a_line_names_its_example_and_not_its_counterexample(row):
    assert reason_of(row["example"]) == row["reason"]
    assert reason_of(row["counterexample"]) is None


@pytest.mark.parametrize(
    "name",
    ["article-body", "story__text", "entry-content", "main", "td-post-content", "liveblog-entry", "headline"],
)
def test_the_names_of_a_report_are_no_box(name):
    assert reason_of(name) is None
