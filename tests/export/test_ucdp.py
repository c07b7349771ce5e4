"""UCDP GED: 49 columns, only deadly violence, figures by the rule, deaths by whose they are."""

import pytest

from counterclaim.export import ucdp
from counterclaim.export.ucdp import find_cell, find_region
from tests.export.fusing import Written
from tests.handmade import count, report, tell, when, where, who

# The header of GED 23.1.
HEADER = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"
    "dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"
    "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"
    "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,"
    "region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,"
    "low,gwnoa,gwnob"
).split(",")

NORWAY = who("Norway", "NOR", "GOV", actor_id="NOR")
SWEDEN = who("Sweden", "SWE", "GOV", actor_id="SWE")
REBELS = who("Ridge Front", "NOR", "REB", actor_id="ridge_front")
OTHERS = who("Lake Army", "NOR", "REB", actor_id="lake_army")
REBELS_ALL = who("men", "NOR", "REB", kind="nominal")
CIVILIANS = who("villagers", "NOR", "CVL", kind="nominal")
NOR_SOLDIERS = who("soldiers", "NOR", "MIL", kind="nominal")
SWE_SOLDIERS = who("men", "SWE", "MIL", kind="nominal")
MONDAY = when("Monday", "2024-05-06")
VASK = where("Vask", "NOR", 60.1, 10.2, admin1="Viken", geonameid=11)
TEXT = (
    "Norway, Sweden, the Ridge Front and the Lake Army fought at Vask on Monday. 12 soldiers, 5 men, 3 villagers and "
    "20 people died in all; villagers fled."
)


def write(*reports, rule="low-best-high"):
    return Written(ucdp.write, ucdp.COLUMNS, reports, rule=rule, tabs=False)


def fought(*tellings, **known):
    known.setdefault("published", "2024-05-07")
    return report(TEXT, *tellings, **known)


def battle(actors=(NORWAY, SWEDEN), counts=(), recipients=(), **told):
    told = {"date": MONDAY, "place": VASK, **told}
    return tell("ASSAULT", "fought", actors=actors, recipients=recipients, counts=counts, **told)


def dead(text, low, high=-1, victims=None):
    return count(text, "dead", low, high, victims=victims)


def test_the_columns_are_those_of_the_release():
    written = write()
    assert tuple(HEADER) == ucdp.COLUMNS == written.header
    assert (len(HEADER), written.number) == (49, 0)


@pytest.mark.parametrize(
    ("told", "what"),
    [
        (
            battle(counts=[count("12 soldiers", "injured", 12, victims=NOR_SOLDIERS)]),
            "violence in which nobody is said to have died: left out",
        ),
        (battle(counts=[dead("12 soldiers", 0)]), "violence in which nobody is said to have died: left out"),
        (tell("CONSULT", "died", actors=[NORWAY, SWEDEN]), "CONSULT: no type of violence: left out"),
    ],
)
def test_only_violence_in_which_somebody_died_is_written(told, what):
    written = write(fought(told))
    assert (written.number, written.losses) == (0, {what: "1"})


def test_own_losses_of_two_sides_add_up():
    written = write(
        fought(
            battle(counts=[dead("12 soldiers", 12, victims=NOR_SOLDIERS)], by=NORWAY),
            battle(counts=[dead("5 men", 5, victims=SWE_SOLDIERS)], by=SWEDEN),
        )
    )
    row = written.row
    assert (row["deaths_a"], row["deaths_b"], row["deaths_civilians"], row["deaths_unknown"]) == (
        "12",
        "5",
        "0",
        "0",
    )
    assert (row["low"], row["best"], row["high"]) == ("17", "17", "17")
    assert row["source_original"] == "Norway;Sweden"


def test_civilians_and_the_rest_of_a_total_are_told_apart():
    counts = [
        dead("12 soldiers", 12, victims=NOR_SOLDIERS),
        dead("3 villagers", 3, victims=CIVILIANS),
        dead("20 people", 20),
    ]
    row = write(fought(battle(counts=counts))).row
    assert (row["deaths_a"], row["deaths_civilians"], row["deaths_unknown"], row["best"]) == (
        "12",
        "3",
        "5",
        "20",
    )


def test_opposed_figures_are_low_and_high_and_best_is_the_rules():
    finland = who("Lake", "FIN", "GOV", actor_id="FIN", name="Finland")
    reports = [
        fought(
            battle(counts=[dead("12 soldiers", 12, victims=NOR_SOLDIERS)], by=NORWAY),
            battle(counts=[dead("5 men", 30, victims=NOR_SOLDIERS)], by=SWEDEN),
            battle(counts=[dead("3 villagers", 20, victims=NOR_SOLDIERS)], by=finland),
        )
    ]
    found = {
        rule: tuple(write(*reports, rule=rule).row[column] for column in ("low", "best", "high", "deaths_a"))
        for rule in ("low-best-high", "conservative", "range")
    }
    assert found["low-best-high"] == ("12", "20", "30", "20")
    assert found["conservative"] == ("12", "12", "30", "12")
    assert found["range"] == ("12", "", "30", "")
    losses = write(*reports, rule="range").losses
    assert losses["the rule chooses no figure: best and deaths left empty"] == "1"
    assert write(*reports).row["code_status"] == "being checked"


def test_an_open_end_is_no_number():
    written = write(fought(battle(counts=[dead("12 soldiers", 12, None, NOR_SOLDIERS)])), rule="conservative")
    assert (written.row["low"], written.row["best"], written.row["high"]) == ("12", "12", "")
    assert written.losses["open end of a toll (“at least”): high left empty"] == "1"


@pytest.mark.parametrize(
    ("actors", "recipients", "violence", "side_a", "side_b"),
    [
        ([NORWAY, SWEDEN], [], "1", "Government of Norway", "Government of Sweden"),
        ([SWEDEN], [NORWAY], "1", "Government of Norway", "Government of Sweden"),
        ([REBELS], [NORWAY], "1", "Government of Norway", "Ridge Front"),
        ([REBELS, OTHERS], [], "2", "Lake Army", "Ridge Front"),
        ([REBELS], [CIVILIANS], "3", "Ridge Front", "Civilians"),
        ([NORWAY], [CIVILIANS], "3", "Government of Norway", "Civilians"),
        ([SWEDEN], [NOR_SOLDIERS, CIVILIANS], "1", "Government of Norway", "Government of Sweden"),
        ([], [CIVILIANS], "", "", "Civilians"),
        ([REBELS_ALL], [NORWAY], "1", "Government of Norway", ""),
        ([REBELS], [], "", "Ridge Front", ""),
    ],
)
def test_the_type_of_violence_is_by_who_is_on_each_side(actors, recipients, violence, side_a, side_b):
    counts = [dead("20 people", 20)]
    row = write(fought(battle(actors=actors, recipients=recipients, counts=counts))).row
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == (violence, side_a, side_b)
    assert row["dyad_name"] == (f"{side_a} - {side_b}" if side_a and side_b else "")
    assert row["conflict_name"] == (row["dyad_name"] if violence in {"2", "3"} else "")


def test_state_sides_carry_their_gleditsch_ward_numbers():
    row = write(fought(battle(counts=[dead("20 people", 20)]))).row
    assert (row["gwnoa"], row["gwnob"]) == ("385", "380")
    assert (row["country"], row["country_id"], row["region"]) == ("Norway", "385", "Europe")
    row = write(fought(battle(actors=[REBELS], recipients=[NORWAY], counts=[dead("20 people", 20)]))).row
    assert (row["gwnoa"], row["gwnob"]) == ("385", "")


def test_place_and_date_have_their_precision():
    row = write(fought(battle(counts=[dead("20 people", 20)]))).row
    assert (row["where_prec"], row["where_coordinates"], row["adm_1"], row["adm_2"]) == (
        "1",
        "Vask",
        "Viken",
        "",
    )
    assert (row["latitude"], row["longitude"], row["geom_wkt"]) == ("60.1", "10.2", "POINT (10.2 60.1)")
    assert row["priogrid_gid"] == str(find_cell(60.1, 10.2))
    assert (row["year"], row["date_prec"], row["event_clarity"]) == ("2024", "1", "1")
    assert row["date_start"] == row["date_end"] == "2024-05-06 00:00:00.000"


def test_what_is_not_known_stays_empty():
    row = write(fought(battle(place=None, date=None, counts=[dead("20 people", 20)]))).row
    empty = "year where_prec latitude longitude geom_wkt priogrid_gid country region date_prec date_start date_end"
    assert {row[column] for column in empty.split()} == {""}
    assert row["event_clarity"] == "2"
    ids = "conflict_new_id dyad_new_id side_a_new_id side_b_new_id active_year"
    assert {row[column] for column in ids.split()} == {""}


def test_sources_are_cited_each():
    known = {"outlet": "Vask Post", "title": 'Fight, "again"', "url": "https://post.example/1"}
    row = write(fought(battle(counts=[dead("20 people", 20)], by=NORWAY), **known)).row
    assert row["source_article"] == "\"Vask Post,2024-05-07,Fight, 'again'\""
    assert (row["source_office"], row["source_date"], row["source_headline"]) == (
        "Vask Post",
        "2024-05-07",
        "Fight, 'again'",
    )
    assert (row["number_of_sources"], row["source_original"]) == ("1", "Norway")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Vask"),
        ({"relation": "near"}, "near Vask"),
        ({"relation": "near", "distance_km": 20.0, "direction": "north"}, "20 km north of Vask"),
        ({"relation": "near", "distance_km": 2.5}, "2.5 km from Vask"),
        ({"relation": "between", "other": "Elta"}, "between Vask and Elta"),
        ({"relation": "border", "other": "Sweden"}, "border of Vask and Sweden"),
        ({"relation": "border"}, "border of Vask"),
    ],
)
def test_where_it_was_is_described_as_the_text_does(said, words):
    place = where("Vask", "NOR", 60.1, 10.2, **said)
    row = write(fought(battle(place=place, counts=[dead("20 people", 20)]))).row
    assert row["where_description"] == words


def test_cells_and_regions_are_counted_as_their_makers_do():
    # Corners of the grid, and the cell of Oslo as PRIO lists it by row and column.
    assert (find_cell(-90, -180), find_cell(90, 180)) == (1, 259200)
    assert find_cell(59.91, 10.75) == (299 * 720) + 381 + 1
    assert [find_region(gw) for gw in ("2", "365", "373", "625", "651", "640", "700", "")] == [
        "Americas",
        "Europe",
        "Europe",
        "Africa",
        "Middle East",
        "Middle East",
        "Asia",
        "",
    ]


def test_the_same_events_give_the_same_bytes():
    told = fought(battle(counts=[dead("20 people", 20)]))
    assert write(told).text == write(told).text
