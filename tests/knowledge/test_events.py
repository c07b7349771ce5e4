"""Every line of the event tables fires on its example and not on its counterexample."""

import pytest

from counterclaim.knowledge import load_table
from counterclaim.pipeline import read_mentions
from counterclaim.read.attribution import find_attributions
from counterclaim.read.events import find_frames, judge_frames
from counterclaim.read.events.patterns import (
    compositions,
    pattern_index,
    word_classes,
)
from counterclaim.read.parse import load_language, parse_all
from counterclaim.read.syntax.forms import noun_forms, verb_forms
from counterclaim.types import Article, Frame, Timex

pytestmark = pytest.mark.weights

PATTERNS = ("events/verbs", "events/nouns", "events/operators", "events/support")
SMALL = ("events/instruments", "events/contexts", "factuality")
# What a year is held against where the example names one: the newest date of the article.
NEWEST = Timex("2024", 0, 0, "DATE", "2024")


@pytest.fixture(scope="module")
def frames() -> dict[str, tuple[Frame, ...]]:
    """Frames of every example and counterexample, all parsed in one go."""
    texts = sorted(
        {row[c] for t in (*PATTERNS, *SMALL) for row in load_table(t) for c in ("example", "counterexample")}
        - {""}
    )
    found = {}
    for text, doc in zip(texts, parse_all(texts, load_language()), strict=True):
        tree, _ = read_mentions(doc, Article(id="", ref="", text=text))
        attributions = find_attributions(tree)
        years = tuple(
            Timex(token.text, token.idx, token.idx + 4, "DATE", token.text)
            for token in doc
            if token.is_digit and len(token) == 4
        )
        times = (*years, NEWEST) if years else ()
        found[text] = judge_frames(tree, find_frames(tree, attributions), attributions, times)
    return found


def _rules(frames, text: str) -> set[str]:
    return {rule for frame in frames[text] for rule in frame.rules}


@pytest.mark.parametrize("row", [row for t in PATTERNS for row in load_table(t)], ids=lambda row: row.rule)
def test_a_pattern_fires_on_its_example_only(frames, row):
    assert row.rule in _rules(frames, row["example"])
    assert row["counterexample"]
    assert row.rule not in _rules(frames, row["counterexample"])


@pytest.mark.parametrize("row", load_table("events/instruments"), ids=lambda row: row.rule)
def test_an_instrument_gives_its_mode(frames, row):
    assert any(row["mode"] in frame.modes for frame in frames[row["example"]])
    assert not any(row["mode"] in frame.modes for frame in frames[row["counterexample"]])


@pytest.mark.parametrize("row", load_table("events/contexts"), ids=lambda row: row.rule)
def test_a_context_word_gives_its_context(frames, row):
    assert any(row["context"] in frame.contexts for frame in frames[row["example"]])
    assert frames[row["counterexample"]]
    assert not any(row["context"] in frame.contexts for frame in frames[row["counterexample"]])


@pytest.mark.parametrize("row", load_table("factuality"), ids=lambda row: row.rule)
def test_a_marker_sets_its_auxiliary(frames, row):
    def marked(text):
        return any(
            row["effect"] in frame.auxiliary
            or any(rule.startswith("factuality_effects/") for rule in frame.rules)
            for frame in frames[text]
        )

    assert marked(row["example"])
    assert frames[row["counterexample"]]
    assert not marked(row["counterexample"])


@pytest.mark.parametrize("table", ["events/verbs", "events/nouns"])
def test_patterns_speak_plover(table):
    types = {row["id"] for row in load_table("plover/types")}
    modes = {(row["type"], row["mode"]) for row in load_table("plover/modes")}
    contexts = {row["id"] for row in load_table("plover/contexts")}
    for row in load_table(table):
        assert row["type"] in types, row.rule
        assert all((row["type"], mode) in modes for mode in row.split("modes")), row.rule
        assert set(row.split("contexts")) <= contexts, row.rule


@pytest.mark.parametrize("table", ["events/compositions", "factuality_effects"])
def test_what_becomes_of_a_type_is_plover(table):
    types = {row["id"] for row in load_table("plover/types")}
    modes = {(row["type"], row["mode"]) for row in load_table("plover/modes")}
    for row in load_table(table):
        assert row["inner"] in types, row.rule
        assert row["type"] in types | {"=", "-"}, row.rule
        assert all(mode == "=" or (row["type"], mode) in modes for mode in row.split("modes")), row.rule


def test_every_force_of_an_operator_is_composed():
    forces = {force for force, _, _ in compositions()}
    assert {row["force"] for row in load_table("events/operators")} - {"doer"} <= forces


def test_all_types_and_nearly_all_modes_have_patterns():
    rows = [row for table in ("events/verbs", "events/nouns") for row in load_table(table)]
    made = {(row["type"], mode) for row in rows for mode in row.split("modes")}
    made |= {(row["type"], mode) for row in load_table("events/compositions") for mode in row.split("modes")}
    assert {row["type"] for row in rows} == {row["id"] for row in load_table("plover/types")}
    missing = {(row["type"], row["mode"]) for row in load_table("plover/modes")} - made
    assert missing == set()


def test_every_mode_is_reached_by_some_example(frames):
    """Read off real examples, not off the tables: a mode that no sentence yields is not there."""
    wanted = {(row["type"], row["mode"]) for row in load_table("plover/modes")}
    reached = {(frame.type, mode) for found in frames.values() for frame in found for mode in frame.modes}
    assert wanted - reached == set()


def test_every_context_is_reached_by_some_example(frames):
    reached = {context for found in frames.values() for frame in found for context in frame.contexts}
    assert {row["id"] for row in load_table("plover/contexts")} - reached == set()


def test_there_are_patterns_enough_for_the_language_of_news():
    rows = [row for table in ("events/verbs", "events/nouns") for row in load_table(table)]
    assert len(rows) >= 1200
    assert len({row["example"] for row in rows}) > 0.95 * len(rows)


def test_regular_and_irregular_words_are_inflected():
    assert {"halt", "halts", "halted", "halting"} == verb_forms("halt")
    assert {"deny", "denies", "denied", "denying"} == verb_forms("deny")
    assert {"rob", "robs", "robbed", "robbing"} == verb_forms("rob")
    assert "struck" in verb_forms("strike")
    assert noun_forms("army") == {"army", "armies"}
    assert "men" in noun_forms("man")


def test_no_word_class_is_without_use():
    tables = ("events/verbs", "events/nouns", "events/operators")
    cells = " ".join(row["frame"] for table in tables for row in load_table(table))
    nested = " ".join(row["words"] for row in load_table("events/classes"))
    unused = [name for name in word_classes() if f"%{name}" not in cells and f"%{name}" not in nested]
    assert unused == []


def test_an_index_lists_each_pattern_under_its_forms():
    rules = {pattern.rule for _, pattern in pattern_index("events/verbs")["bombarded"]}
    assert "events/verbs/bombard" in rules
