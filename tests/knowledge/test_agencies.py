"""Agencies, outlets, filing places, languages and the words around datelines: each line is reachable and plain."""

import re

import pytest

from counterclaim.gather import find_outlet
from counterclaim.gather.dateline import find_agency, find_dateline
from counterclaim.gather.language import find_language
from counterclaim.gather.published import is_coming
from counterclaim.knowledge import load_table


def test_an_agency_is_found_by_its_name_unless_it_sells_pictures():
    wrong = [
        row["name"]
        for row in load_table("agencies")
        if find_agency(row["name"]) != (None if row["kind"] == "photo" else row["name"])
    ]
    assert wrong == []


def test_an_agency_is_found_by_each_variant_where_it_is_at_home():
    wrong = [
        (variant, row["name"])
        for row in load_table("agencies")
        for variant in row.split("variants")
        if row["kind"] != "photo" and find_agency(variant, row["city"]) != row["name"]
    ]
    assert wrong == []


def test_an_outlet_is_found_by_each_of_its_domains():
    pairs = [(domain, row["name"]) for row in load_table("outlets") for domain in row.split("domains")]
    assert [(domain, find_outlet(f"https://www.{domain}/world/story")) for domain, _ in pairs] == pairs


def test_a_filing_place_makes_a_dateline_in_ordinary_letters():
    names = [row["name"] for row in load_table("filing_places")]
    filings = [find_dateline(f"{name}: Two guards died on Monday.") for name in names]
    assert [filing and filing.dateline.place for filing in filings] == names


def test_a_word_before_a_colon_that_is_no_filing_place_makes_none():
    assert find_dateline("Mbeki: Two guards died on Monday.") is None


def test_labels_make_no_dateline_and_places_do():
    row = next(row for row in load_table("dateline_words") if row["kind"] == "label")
    assert find_dateline(row["example"]) is None
    assert find_dateline(row["counterexample"]) is not None
    for label in row.split("words"):
        assert find_dateline(f"{label.upper()} – Two guards died on Monday.") is None


def test_sections_after_a_dateline_are_skipped_and_other_brackets_stay():
    row = next(row for row in load_table("dateline_words") if row["kind"] == "section")
    for text, bracketed in ((row["example"], False), (row["counterexample"], True)):
        filing = find_dateline(text)
        assert filing is not None
        assert text[filing.end_char :].startswith("[") is bracketed


@pytest.mark.parametrize("row", load_table("languages"), ids=lambda row: row["id"])
def test_a_language_is_told_by_its_function_words(row):
    assert find_language(row["words"]) == row["id"]


def test_countries_are_codes():
    for table in ("agencies", "outlets", "filing_places"):
        assert all(re.fullmatch(r"[A-Z]{3}", row["country"]) for row in load_table(table))


def test_a_sentence_that_looks_ahead_is_told_from_one_that_does_not():
    row = next(row for row in load_table("dateline_words") if row["kind"] == "coming")
    assert is_coming(row["example"])
    assert not is_coming(row["counterexample"])
