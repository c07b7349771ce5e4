"""Stems, groups of words, and how alike two articles are."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.fuse import words
from counterclaim.fuse.words import find_likeness, find_terms, match_triggers, stem


@pytest.mark.parametrize(
    ("ours", "theirs", "score"),
    [
        ("shelled", "shelling", 1),
        ("stopped", "stop", 1),
        ("carried", "carries", 1),
        ("shut down", "shut", words.LIKE_WORD),
        ("the attack", "attack", 1),
        ("quake", "earthquakes", words.LIKE_WORD),
        ("passed away", "died", words.LIKE_WORD),
        ("passed", "died", 0),
        ("clash", "class", 0),
        ("met", "fought", 0),
    ],
)
def test_words_for_one_happening(ours, theirs, score):
    assert match_triggers(ours, theirs) == match_triggers(theirs, ours) == score


@given(st.text(max_size=40))
def test_no_word_breaks_the_stem(word):
    assert isinstance(stem(word), str)


@given(st.text(max_size=300), st.text(max_size=300))
def test_likeness_is_a_share_and_the_same_both_ways(ours, theirs):
    left, right = find_terms(ours), find_terms(theirs)
    assert find_likeness(left, right) == find_likeness(right, left)
    assert 0 <= find_likeness(left, right) <= 1 + 1e-9


def test_articles_on_one_quake_are_more_alike_than_articles_on_two():
    first = "A quake flattened the covered market of Dessa on Monday, and rescuers dug for shopkeepers in the rubble."
    second = "Rescuers in Dessa pulled shopkeepers from the market that Monday's quake had flattened."
    other = "A quake shook vineyards in the Orland hills on Monday, and a school in Tamm lost its roof."
    alike = find_likeness(find_terms(first), find_terms(second))
    assert alike > 0.5 > find_likeness(find_terms(first), find_terms(other))


def test_the_examples_in_the_docstrings_are_right():
    assert doctest.testmod(words).failed == 0
