"""The measure of fusion: B-cubed, and the kinds of its misses."""

import pytest

from counterclaim.types import Span
from evaluation.ecb import Gold, b_cubed, find_misses, join_gold


def gold(document, words, chain, start=0, topic="1"):
    return Gold(document, topic, Span(words, start, start + len(words)), words, chain)


@pytest.mark.parametrize(
    ("found", "scores"),
    [
        ({1: "x", 2: "x", 3: "y"}, (1, 1, 1)),
        ({1: "x", 2: "x", 3: "x"}, (5 / 9, 1, 5 / 7)),
        ({1: "x", 2: "y", 3: "z"}, (1, 2 / 3, 4 / 5)),
        ({1: "x", 2: "x"}, (1, 2 / 3, 4 / 5)),  # one not found
        ({1: "x", 2: "x", 3: "y", 4: "z"}, (3 / 4, 1, 6 / 7)),  # one that is none
        ({}, (0, 0, 0)),
    ],
)
def test_b_cubed(found, scores):
    assert b_cubed({1: "a", 2: "a", 3: "b"}, found) == pytest.approx(scores)


def test_misses_are_told_by_kind():
    golds = [gold("a", "quake", "1"), gold("b", "quake", "1"), gold("c", "quake", "2", topic="2")]
    found = {golds[0].name: 0, golds[1].name: 1, golds[2].name: 0}
    misses = find_misses(golds, found)
    assert {kind: pairs.total() for kind, pairs in misses.items()} == {
        "torn across articles, one word": 1,
        "mixed across topics": 1,
    }


def test_annotated_mentions_are_joined_by_their_words_and_their_articles():
    texts = {
        "a": "A quake flattened the covered market of Dessa, and rescuers dug for shopkeepers in the rubble.",
        "b": "The tremor in Dessa flattened its market; rescuers pulled shopkeepers from the rubble.",
        "c": "A quake shook vineyards in the Orland hills, and a school in Tamm lost its roof.",
    }
    golds = [gold("a", "quake", "1", 2), gold("b", "tremor", "1", 4), gold("c", "quake", "2", 2)]
    found = join_gold(texts, golds)
    assert found[golds[0].name] == found[golds[1].name] != found[golds[2].name]
