"""Numbers in digits and words, read alike for dates and counts."""

import pytest

from counterclaim.read.syntax.numbers import read_number


@pytest.mark.parametrize(
    ("text", "value", "end"),
    [
        ("12 people", 12, 1),
        ("3,000 people", 3000, 1),
        ("1.5 million people", 1500000, 2),
        ("twenty - four hours", 24, 3),
        ("twenty four hours", 24, 2),
        ("one hundred and five soldiers", 105, 4),
        ("two hundred thousand men", 200000, 3),
        ("a hundred men", 100, 2),
        ("two dozen men", 24, 2),
        ("ten and five", 10, 1),
        ("nineteen ninety six", 19, 1),
        ("three and", 3, 1),
    ],
)
def test_a_number_ends_where_its_words_end(text, value, end):
    assert read_number(text.split(), 0) == (value, end)


@pytest.mark.parametrize("text", ["people", "a man", "hundred", "and", "-"])
def test_what_is_no_number_is_not_read(text):
    assert read_number(text.split(), 0) is None
