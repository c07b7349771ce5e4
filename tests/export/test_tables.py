"""Readings as plain rows: the same keys in each, nothing but plain values, the typed columns of the claim's own field."""

from counterclaim.export.tables import claims_table, events_table
from counterclaim.types import Rejection
from tests.handmade import count, report, tell, when, where, who

TEXT = "It was quiet. On Monday, Norland told state television, rebels killed 12 of its soldiers near Vask."


def make():
    soldiers = who("its soldiers", "NOR", "MIL", name="soldiers")
    return report(
        TEXT,
        tell(
            "ASSAULT",
            "killed",
            actors=[who("rebels", None, "REB")],
            recipients=[soldiers],
            place=where("Vask", "NOR", 60.1, 10.2, geonameid=1),
            date=when("Monday", "2024-05-06"),
            counts=[count("12 of its soldiers", "dead", 12, None, victims=soldiers)],
            by=who("Norland", "NOR", "GOV", actor_id="NOR"),
            cue="told",
            via=["state television"],
        ),
        tell("ASSAULT", "killed", actors=[who("rebels", None, "REB")]),
        outlet="The Mail",
        published="2024-05-07",
    )


def test_a_claim_has_its_sentence_its_speaker_its_chain_and_a_typed_value():
    rows = {row["field"]: row for row in claims_table([make()]) if row["source"]}
    dead = rows["counts.dead"]
    assert (dead["value"], dead["low"], dead["high"], dead["victims_sector"]) == ("12..", 12, None, "MIL")
    assert (dead["source"], dead["source_country"], dead["via"], dead["stance"]) == (
        *("Norland", "NOR"),
        *("state television", "says"),
    )
    assert dead["sentence"] == TEXT.removeprefix("It was quiet. ")
    assert (rows["place"]["place"], rows["place"]["latitude"]) == ("Vask", 60.1)
    assert (rows["date"]["start"], rows["date"]["end"]) == ("2024-05-06", "2024-05-06")
    assert (rows["actors"]["actor"], rows["actors"]["sector"]) == ("rebels", "REB")
    assert rows["type"]["low"] is rows["type"]["actor"] is None
    assert all(row["source"] is None for row in claims_table([make()]) if row["event"].endswith(":e2"))


def test_an_event_is_a_row_for_each_source_that_tells_it():
    told, itself = events_table([make()])
    assert (told["actors"], told["recipients_countries"], told["place"], told["dead_low"]) == (
        *("rebels", "NOR"),
        *("Vask", 12),
    )
    assert (itself["source"], itself["place"], itself["dead_low"]) == (None, None, None)


def test_all_rows_have_the_same_keys_and_hold_plain_values():
    for table in (claims_table, events_table):
        rows = table([make(), Rejection("b.txt", "empty", "Nothing is in it."), make()])
        assert len(rows) == 2 * len(table([make()]))
        assert len({tuple(row) for row in rows}) == 1
        assert {type(value) for row in rows for value in row.values()} <= {str, int, float, bool, type(None)}


def test_no_readings_are_no_rows():
    assert claims_table([]) == events_table([]) == []
