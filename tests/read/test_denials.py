"""Denials and admissions that point back to what was told before, and what vouches for nothing."""

import pytest
from spacy.language import Language

from counterclaim import read_text
from counterclaim.types import EventRow, Reading

pytestmark = pytest.mark.weights


@pytest.fixture
def read(language: Language):
    return lambda text: read_text(text, language, verbatim=True)


def attack(reading: Reading) -> EventRow:
    """The one row of an attack."""
    (row,) = (one for one in reading.event_table if one.type == "ASSAULT")
    return row


def stances(reading: Reading) -> set[tuple[str, str]]:
    """Who tells the attack, and how."""
    sources = {one.id: one.source.text for one in reading.attributions if one.source is not None}
    members = attack(reading).members
    return {
        (sources.get(event.attribution or "", ""), event.stance)
        for event in reading.events
        if event.id in members
    }


@pytest.mark.parametrize(
    ("told", "denial", "who"),
    [
        ("Kyiv said Russian forces shelled a hospital in Kherson.", "Moscow called the accusation baseless.", "Moscow"),
        ("Armenia said Azerbaijan shelled Goris on Monday.", "Baku called the report false.", "Baku"),
        ("The rebels said government jets bombed a clinic in Idlib.", "Damascus called the report a fabrication.", "Damascus"),
        ("Chad said Sudanese troops killed 20 herders in Tine.", "Khartoum said the allegation was untrue.", "Khartoum"),
    ],
)  # fmt: skip
def test_who_calls_an_accusation_untrue_denies_what_it_is_about(read, told, denial, who):
    assert (who, "denies") in stances(read(f"{told} {denial}"))


@pytest.mark.parametrize(
    "denial",
    [
        "Baku said the allegation was not false.",
        "Baku said the claim that Armenia had shelled Tovuz was false.",
        "Baku called the report important.",
    ],
)
def test_what_calls_no_accusation_untrue_denies_nothing(read, denial):
    reading = read(f"Armenia said Azerbaijan shelled Goris on Monday. {denial}")
    assert not any(
        event.stance == "denies" and event.trigger.text == "shelled" and event.trigger.start_char < 40
        for event in reading.events
    )


@pytest.mark.parametrize(
    ("told", "claim", "who"),
    [
        ("Two bombs exploded in Quetta, killing 12 people.", "The Balochistan Liberation Army claimed responsibility.", "Balochistan Liberation Army"),
        ("A car bomb killed nine soldiers in Mogadishu.", "Al-Shabaab claimed responsibility for the attack.", "al Shabaab"),
        ("Gunmen attacked a church in Ondo on Sunday.", "Islamic State took responsibility for it.", "Islamic State"),
    ],
)  # fmt: skip
def test_who_claims_responsibility_confirms_the_attack_and_is_its_actor_by_that_claim(read, told, claim, who):
    reading = read(f"{told} {claim}")
    assert "confirms" in {stance for _, stance in stances(reading)}
    cell = next(one for one in attack(reading).actors if one.value.actor.name == who)
    assert (cell.basis, cell.rule) == ("same_event", "table/denial")


@pytest.mark.parametrize(
    "claim",
    ["No group claimed responsibility.", "Nobody has claimed responsibility for the attack."],
)
def test_no_group_that_claims_it_says_nothing_against_the_attack(read, claim):
    reading = read(f"Two bombs exploded in Quetta, killing 12 people. {claim}")
    assert attack(reading).actors == ()
    assert {stance for _, stance in stances(reading)} <= {"says", "cannot_verify"}


def test_neither_sides_claims_being_verified_is_a_flag_on_all_of_them(read):
    reading = read(
        "Rebels attacked a barracks in Gao, the army said. The rebels said they had killed ten soldiers. "
        "Neither side's claims could be independently verified."
    )
    (flag,) = (one for one in reading.flags if one.kind == "unverified")
    assert len(flag.touches) == 2


def test_an_accusation_that_is_denied_is_not_the_clash_told_before_it():
    text = "Chad said 50 of its soldiers had been killed in clashes with Niger. It accused Niger of a provocation. Niger denies the charge."
    assert [event.trigger.text for event in read_text(text).events if event.stance == "denies"] == []
