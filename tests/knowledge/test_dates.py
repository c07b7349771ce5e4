"""Every line of the date tables fires on its example and keeps quiet on its counterexample."""

import pytest
import spacy

from counterclaim.knowledge import load_table
from counterclaim.read.dates.choice import choose_date
from counterclaim.read.dates.find import find_times
from counterclaim.read.dates.grammar import find_matches, read_words
from counterclaim.read.parse import parse_all
from counterclaim.read.syntax import read_tree
from counterclaim.types import Article

LINES = [row for row in load_table("dates") if row["make"] not in {"macro", "block"}]
BLOCKS = [row for row in load_table("dates") if row["make"] == "block"]
HOLIDAYS = load_table("holidays")
PREPOSITIONS = load_table("dates_prepositions")


def article(text):
    return Article(id="", ref="", text=text, published="2022-09-14")


@pytest.fixture(scope="module")
def blank():
    language = spacy.blank("en")
    language.add_pipe("sentencizer")
    return language


def rules(language, text):
    return {timex.rule for timex in find_times(read_tree(language(text)), article(text))}


@pytest.mark.parametrize("row", LINES, ids=lambda row: row["id"])
def test_a_line_of_the_grammar_fires_on_its_example_only(row, blank):
    assert row.rule in rules(blank, row["example"])
    assert row.rule not in rules(blank, row["counterexample"])


@pytest.mark.parametrize("row", BLOCKS, ids=lambda row: row["id"])
def test_what_only_looks_like_a_time_is_blocked(row):
    def fired(text):
        return any(match.row["id"] == row["id"] for match in find_matches(read_words(text)))

    assert fired(row["example"])
    assert not fired(row["counterexample"])


@pytest.mark.parametrize("row", HOLIDAYS, ids=lambda row: row["id"])
def test_a_holiday_is_found_by_its_name(row, blank):
    assert row.rule in rules(blank, row["example"])
    assert row.rule not in rules(blank, row["counterexample"])


@pytest.mark.weights
def test_prepositions_tie_or_do_not_tie_a_time_to_what_happened(language):
    """The example of a `when` or `open` word dates the shelling; that of a `not` word leaves it undated, and vice versa."""
    texts = [text for row in PREPOSITIONS for text in (row["example"], row["counterexample"])]
    dated = []
    for doc, text in zip(parse_all(texts, language), texts, strict=True):
        trigger = next(token.i for token in doc if token.lower_ == "shelled")
        dated.append(
            choose_date(read_tree(doc), trigger, find_times(read_tree(doc), article(text))) is not None
        )
    assert dated[::2] == [True] * len(PREPOSITIONS)
    assert dated[1::2] == [False] * len(PREPOSITIONS)


@pytest.mark.parametrize("table", ["dates_words", "dates_tense", "dates_saying", "timezones"])
def test_plain_lists_name_no_form_twice_in_a_class(table):
    rows = load_table(table)
    columns = [name for name, _ in rows[0].cells if name in {"class", "kind", "form"}]
    keys = [tuple(row[column] for column in columns) for row in rows]
    assert len(keys) == len(set(keys))
