"""Every PLOVER type has its family, as has what none of them names, and the sectors that speak for a state are PLOVER's."""

from counterclaim.knowledge import load_table

PLOVER = {
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST"),
    *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}


def test_every_type_has_a_family():
    assert {row["id"] for row in load_table("event_families")} == PLOVER | {"OTHER"}


def test_yes_and_no_are_the_only_answers():
    for row in load_table("event_families"):
        assert {row["mutual"], row["blame"], row["topic"]} <= {"yes", "no"}, row.rule


def test_every_state_sector_has_its_code():
    assert {row["sector"] for row in load_table("state_sectors")} == {
        "GOV",
        "MIL",
        "COP",
        "JUD",
        "LEG",
        "SPY",
    }
