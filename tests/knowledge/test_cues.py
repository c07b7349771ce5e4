"""Every line of the attribution tables fires on its example and not on its counterexample."""

from functools import cache

import pytest

from counterclaim.knowledge import load_table
from counterclaim.read.attribution import find_attributions, find_source_flags
from counterclaim.read.parse import load_language, parse_all
from counterclaim.read.syntax import read_tree
from counterclaim.types import Attribution, Flag

pytestmark = pytest.mark.weights

CUES = ("cues/adjectives", "cues/adverbs", "cues/marks", "cues/nouns", "cues/phrases", "cues/verbs")
BENDING = ("ability", "inability", "modal", "negation", "negated", "negator", "unrealised")
TABLES = (*CUES, "cues/carriers", "cues/speakers", "cues/turns", "hedges", "verification")


@cache
def _readings() -> dict[str, tuple[tuple[Attribution, ...], tuple[Flag, ...]]]:
    """Attributions and flags of every example and counterexample, all parsed in one go."""
    texts = sorted({row[c] for t in TABLES for row in load_table(t) for c in ("example", "counterexample")})
    found = {}
    # A table cell holds no line break: ¶ stands for one
    docs = parse_all([text.replace("¶", "\n") for text in texts], load_language())
    for text, doc in zip(texts, docs, strict=True):
        tree = read_tree(doc)
        attributions = find_attributions(tree)
        found[text] = (attributions, find_source_flags(tree, attributions))
    return found


def _rules(text: str) -> set[str]:
    return {attribution.rule for attribution in _readings()[text][0]}


def _stances(text: str) -> set[str]:
    return {attribution.stance for attribution in _readings()[text][0]}


@pytest.mark.parametrize("row", [row for t in CUES for row in load_table(t)], ids=lambda row: row.rule)
def test_a_cue_fires_on_its_example_only(row):
    assert row.rule in _rules(row["example"])
    assert row.rule not in _rules(row["counterexample"])


@pytest.mark.parametrize("row", load_table("cues/carriers"), ids=lambda row: row.rule)
def test_a_carrier_is_what_the_example_is_said_through(row):
    def carried(text):
        return any(
            row["lemma"].lower()
            in via.lower().replace("reporters", "reporter").replace("journalists", "journalist")
            for attribution in _readings()[text][0]
            for via in attribution.via
        )

    assert carried(row["example"])
    assert not carried(row["counterexample"])


@pytest.mark.parametrize("row", load_table("cues/speakers"), ids=lambda row: row.rule)
def test_a_speaker_can_be_cited(row):
    def cited(text):
        return any(a.rule == "cues/phrases/citing" for a in _readings()[text][0])

    assert cited(row["example"])
    assert not cited(row["counterexample"])


@pytest.mark.parametrize("row", load_table("cues/turns"), ids=lambda row: row.rule)
def test_a_label_opens_a_turn(row):
    assert "cues/marks/turn" in _rules(row["example"])
    assert "cues/marks/turn" not in _rules(row["counterexample"])


@pytest.mark.parametrize(
    "row", [row for row in load_table("hedges") if row["kind"] in BENDING], ids=lambda row: row.rule
)
def test_a_hedge_bends_the_stance_of_its_example_only(row):
    assert row["stance"] in _stances(row["example"])
    assert row["stance"] not in _stances(row["counterexample"])


@pytest.mark.parametrize(
    "row", [row for row in load_table("hedges") if row["kind"] == "carrying"], ids=lambda row: row.rule
)
def test_the_subject_of_a_carrying_verb_speaks(row):
    def spoken(text):
        return {
            a.stance
            for a in _readings()[text][0]
            if a.source is not None and a.rule.startswith("cues/nouns/")
        }

    assert row["stance"] in spoken(row["example"])
    assert row["stance"] not in spoken(row["counterexample"])


@pytest.mark.parametrize(
    "row",
    [row for row in load_table("hedges") if row["kind"] in {"resumption", "contrast"}],
    ids=lambda row: row.rule,
)
def test_a_resumption_or_contrast_ends_what_was_said_before(row):
    said = next(a for a in _readings()[row["example"]][0] if a.cue and a.cue.lemma == "say")
    assert row["form"] not in said.content.text


@pytest.mark.parametrize(
    "row", [row for row in load_table("hedges") if row["kind"] == "first_person"], ids=lambda row: row.rule
)
def test_a_first_person_makes_the_next_paragraph_a_statement(row):
    assert row["stance"] in _stances(row["example"])
    assert not _stances(row["counterexample"])


@pytest.mark.parametrize(
    "row",
    [row for row in load_table("hedges") if row["kind"] in {"figure", "delay"}],
    ids=lambda row: row.rule,
)
def test_a_figure_taken_up_or_an_act_delayed_turns_the_stance(row):
    assert row["stance"] in _stances(row["example"])
    assert row["stance"] not in _stances(row["counterexample"])


@pytest.mark.parametrize("row", load_table("verification"), ids=lambda row: row.rule)
def test_a_sourcing_pattern_raises_its_flag_on_its_example_only(row):
    assert row["kind"] in {flag.kind for flag in _readings()[row["example"]][1]}
    assert row["kind"] not in {flag.kind for flag in _readings()[row["counterexample"]][1]}
