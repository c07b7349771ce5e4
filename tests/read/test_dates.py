"""Time expressions with their values, and the date of each event: by syntax, never the day of publication."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.read.dates import choose_date, find_times
from counterclaim.read.parse import parse, parse_all
from counterclaim.read.syntax import read_tree
from counterclaim.types import Article

CASES = Path(__file__).parent.parent / "cases" / "dates.tsv"
# Tokens and sentences without weights: enough for finding times.
WORDS_ONLY = spacy.blank("en")
WORDS_ONLY.add_pipe("sentencizer")
# Share of the table's sentences that must be read wholly right.
FLOOR = 0.92


def article(text, published):
    return Article(id="", ref="", text=text, published=None if published == "-" else published)


def load_cases():
    lines = [
        line for line in CASES.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")
    ]
    return [line.split("\t") for line in lines[1:]]


def times_of(doc, text, published):
    return "; ".join(
        f"{t.text} = {t.type} {t.value}" for t in find_times(read_tree(doc), article(text, published))
    )


def date_of(doc, text, published, event):
    trigger = max(token.i for token in doc if token.text == event)
    date = choose_date(read_tree(doc), trigger, find_times(read_tree(doc), article(text, published)))
    return f"{date.start}..{date.end}" if date else "-"


def wrong_cases(language, which):
    cases = load_cases()
    wrong = []
    for case, doc in zip(cases, parse_all((case[2] for case in cases), language), strict=True):
        name, published, text, times, event, date = case
        found = times_of(doc, text, published) if which == "times" else date_of(doc, text, published, event)
        if found != (times if which == "times" else date):
            wrong.append(f"{name}: {found} instead of {times if which == 'times' else date}")
    return wrong, len(cases)


@pytest.mark.weights
@pytest.mark.parametrize("which", ["times", "event dates"])
def test_the_table_of_sentences_is_read_right_above_its_floor(language, which):
    wrong, total = wrong_cases(language, which)
    assert len(wrong) <= (1 - FLOOR) * total, "\n".join(wrong)


@pytest.mark.weights
def test_the_day_of_publication_alone_never_dates_an_event(language):
    text = "Rebels shelled the port and seized the airport."
    doc = parse(text, language)
    times = find_times(read_tree(doc), article(text, "2022-09-14"))
    assert times == ()
    assert all(choose_date(read_tree(doc), token.i, times) is None for token in doc)


@pytest.mark.parametrize(
    ("published", "value"),
    [("2022-09-14", "2022-09-13"), ("2022-09-13", "2022-09-13"), ("2022-09-12", "2022-09-06")],
)
def test_a_past_weekday_moves_with_the_day_of_publication(published, value):
    text = "Police fired on marchers on Tuesday."
    (timex,) = find_times(read_tree(WORDS_ONLY(text)), article(text, published))
    assert timex.value == value


def test_without_a_day_of_publication_relative_times_keep_their_type_and_no_range():
    text = "Police fired on Tuesday, yesterday, last week, three days ago and in the third quarter."
    times = find_times(read_tree(WORDS_ONLY(text)), article(text, "-"))
    assert len(times) == 5
    assert {(timex.type, timex.start, timex.end) for timex in times} == {("DATE", None, None)}


def test_times_do_not_overlap_and_stand_where_their_offsets_say():
    text = " ".join(case[2] for case in load_cases())
    times = find_times(read_tree(WORDS_ONLY(text)), article(text, "2022-09-14"))
    assert all(text[timex.start_char : timex.end_char] == timex.text for timex in times)
    assert all(first.end_char <= second.start_char for first, second in pairwise(times))


@settings(deadline=None)
@given(st.text(alphabet="0123456789 :/.,-()'ap.mMay Tuesdthnoxf\n", max_size=80))
def test_odd_texts_never_raise(text):
    for timex in find_times(read_tree(WORDS_ONLY(text)), article(text, "2022-09-14")):
        assert text[timex.start_char : timex.end_char] == timex.text


@pytest.mark.slow
@pytest.mark.corpora
@pytest.mark.weights
def test_reports_of_the_nineties_keep_their_measured_score(corpora, language):
    from evaluation.times import evaluate

    scores = evaluate(corpora, language)
    assert scores["relaxed_f1"] >= 0.92
    assert scores["strict_f1"] >= 0.85
    assert scores["value_f1"] >= 0.77


def test_the_time_taken_grows_with_the_text_only():
    """A page of nothing but dates: quadratic behaviour would take minutes."""
    text = "May 1, on Monday at 8 p.m. " * 3000
    started = time.process_time()
    find_times(read_tree(WORDS_ONLY(text)), article(text, "2022-09-14"))
    assert time.process_time() - started < 20
