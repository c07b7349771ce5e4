"""knowledge/columns.tsv: each line finds its column, whatever stands beside it."""

import pytest

from counterclaim.gather.records.columns import FIELDS, Columns
from counterclaim.knowledge import load_table

ROWS = load_table("columns")
VALUES = {
    "id": "n1",
    "text": "Talks began.",
    "html": "<p>Talks began.</p>",
    "title": "Talks",
    "url": "https://post.example/talks",
    "outlet": "Valley Post",
    "published": "2022-05-05",
    "authors": "Ana Ruiz",
    "fragments_used": "90",
    "fragments_total": "91",
}


def nest(column, value):
    for part in reversed(column.split(".")):
        value = {part: value}
    return value


def told(page, field):
    if field in {"text", "html"}:
        return page.body.decode()
    if field == "authors":
        return "; ".join(page.authors)
    return page.ref if field == "id" else getattr(page, field)


@pytest.mark.parametrize("row", [row for row in ROWS if row["field"] in FIELDS], ids=lambda row: row["id"])
def test_a_column_is_taken_for_its_field_and_for_no_other(row):
    rest = (
        {} if row["field"] in {"text", "html"} else {"text": "Talks began.", "unknown_column": "2001-01-01"}
    )
    page = Columns().to_page({**nest(row["column"], VALUES[row["field"]]), **rest}, "a.json:1", "a.json")
    assert told(page, row["field"]) == VALUES[row["field"]]
    others = {"title": None, "url": None, "outlet": None, "published": None, "authors": (), "ref": "a.json:1"}
    others.pop({"id": "ref"}.get(row["field"], row["field"]), None)
    assert {name: getattr(page, name) for name in others} == others


def test_each_line_names_a_field_and_a_column_of_its_own():
    assert {row["field"] for row in ROWS} == {*FIELDS, "fragments_used", "fragments_total"}
    assert len({row["column"] for row in ROWS}) == len(ROWS)
    assert all(row["written_by"] and row["column"] == row["column"].casefold() for row in ROWS)
