"""Claimants, their sides, and the sentence around a value."""

import doctest
from types import ModuleType

import pytest

from counterclaim import settings
from counterclaim.executors import serial
from counterclaim.export import words
from counterclaim.fuse import tellings
from counterclaim.fuse.tellings import make_tellings
from tests.handmade import report, tell, who


def told(**known):
    text = "Norland said rebels shelled Vask. The army said so too. He said it was not verified."
    stance = known.pop("stance", "says")
    by = known.pop("by", None)
    reading = report(
        text, tell("ASSAULT", "shelled", by=by, stance=stance, **known), agency="AFP", outlet="The Post"
    )
    (telling,) = make_tellings([reading], [])
    return telling


def test_where_nobody_is_named_the_agency_credited_speaks():
    claimant = told().claimant
    assert (claimant.kind, claimant.name, claimant.side) == ("outlet", "AFP", "outlet:afp")


def test_an_unnamed_source_is_no_side_of_its_own():
    claimant = told(unnamed=True).claimant
    assert (claimant.kind, claimant.side) == ("unnamed", "outlet:afp")


def test_the_organs_of_a_state_are_one_side():
    army = told(by=who("The army", "NOR", "MIL", actor_id="NOR.MIL")).claimant
    state = told(by=who("Norland", "NOR", "GOV", actor_id="NOR")).claimant
    assert army.side == state.side == "NOR"
    assert army.key != state.key


def test_a_state_and_its_government_are_one_claimant():
    keys = {told(by=who("Norland", "NOR", "GOV", actor_id=name)).claimant.key for name in ("NOR", "NOR.GOV")}
    assert keys == {"NOR"}


def test_rebels_of_a_country_are_a_side_of_their_own():
    assert told(by=who("rebels", "NOR", "REB", actor_id="NOR.RFN")).claimant.side == "NOR.RFN"


def test_an_anonymous_official_counts_for_the_side_but_is_not_its_government():
    claimant = told(by=who("Norland", "NOR", "GOV", anonymous=True)).claimant
    assert (claimant.kind, claimant.side) == ("unnamed", "NOR")


def test_a_source_that_is_the_agency_itself_is_the_outlet():
    assert told(by=who("Norland", None, "JRN", name="AFP")).claimant.kind == "outlet"


@pytest.mark.parametrize(
    ("stance", "auxiliary", "realis", "denied"),
    [
        ("says", [], "happened", False),
        ("denies", [], "happened", True),
        ("says", ["negation"], "happened", True),
        ("denies", ["negation"], "happened", False),
        ("warns", [], "expected", False),
        ("says", ["future"], "expected", False),
        ("says", ["historical"], "historical", False),
    ],
)
def test_whether_it_is_said_to_have_happened(stance, auxiliary, realis, denied):
    telling = told(by=who("Norland", "NOR", "GOV"), stance=stance, auxiliary=auxiliary)
    assert (telling.realis, telling.denied) == (realis, denied)


def test_the_anchor_does_not_depend_on_the_numbering_of_events():
    text = "Norland said rebels shelled Vask and seized a bridge."
    one = tell("ASSAULT", "shelled", by=who("Norland", "NOR", "GOV"))
    other = tell("COERCE", "seized", by=who("Norland", "NOR", "GOV"))
    anchors = {telling.anchor for telling in make_tellings([report(text, one, other)], [])}
    assert anchors == {telling.anchor for telling in make_tellings([report(text, other, one)], [])}


@pytest.mark.parametrize("module", [tellings, words, settings, serial], ids=lambda module: module.__name__)
def test_the_examples_in_the_docstrings_are_right(module: ModuleType):
    assert doctest.testmod(module).failed == 0
