"""Datelines in the shapes wires, papers and ministries print them; nothing else is one."""

from pathlib import Path

import pytest

from counterclaim.gather.dateline import find_agency, find_dateline

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent.parent / "cases" / "datelines.tsv")
    .read_text(encoding="utf-8")
    .split("\n")
    if line and not line.startswith(("#", "text\t"))
]


@pytest.mark.parametrize(("text", "place", "date", "agency", "rest"), CASES, ids=[case[0] for case in CASES])
def test_a_dateline_gives_place_date_agency_and_where_the_report_begins(text, place, date, agency, rest):
    filing = find_dateline(text)
    if place == "-":
        assert filing is None
        return
    assert filing is not None
    assert (filing.dateline.place or "") == place
    assert (filing.dateline.date or "") == date
    assert (filing.agency or "") == agency
    assert text[filing.end_char :] == rest


@pytest.mark.parametrize(
    ("text", "strong"),
    [("LIMA (AP) – Talks began", True), ("LIMA – Talks began", False), ("Lima: Talks began", False)],
)
def test_only_a_date_or_an_agency_makes_a_dateline_strong(text, strong):
    filing = find_dateline(text)
    assert filing is not None
    assert filing.strong is strong


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("AFP", "Agence France-Presse"),
        ("the Associated Press", "Associated Press"),
        ("Iranian Students’ News Agency", "ISNA"),
        ("XINHUA", "Xinhua"),
        ("Getty Images", None),
        ("Valley Post", None),
    ],
)
def test_an_agency_is_known_by_any_of_its_names_and_picture_agencies_are_none(printed, name):
    assert find_agency(printed) == name


def test_a_very_long_line_is_looked_at_once():
    assert find_dateline("LIMA " * 200_000) is None
