"""ACLED: 31 columns, its own types, actors and interactions; disputes in the notes."""

import pytest

from counterclaim.export import acled
from counterclaim.knowledge import load_table
from tests.export.fusing import Written
from tests.handmade import count, report, tell, when, where, who

# The header of exports since 2023.
HEADER = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,"
    "inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,"
    "location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
).split(",")
SUB_EVENTS = {
    "Battles": ["Armed clash", "Government regains territory", "Non-state actor overtakes territory"],
    "Explosions/Remote violence": [
        *("Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack"),
        *("Remote explosive/landmine/IED", "Grenade"),
    ],
    "Violence against civilians": ["Sexual violence", "Attack", "Abduction/forced disappearance"],
    "Protests": ["Peaceful protest", "Protest with intervention", "Excessive force against protesters"],
    "Riots": ["Violent demonstration", "Mob violence"],
    "Strategic developments": [
        *("Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use"),
        *("Headquarters or base established", "Looting/property destruction"),
        *("Non-violent transfer of territory", "Other"),
    ],
}

NORWAY = who("Norway", "NOR", "GOV", actor_id="NOR")
SWEDEN = who("Sweden", "SWE", "GOV", actor_id="SWE")
ARMY = who("soldiers", "NOR", "MIL", kind="nominal")
POLICE = who("police", "NOR", "COP", kind="nominal")
FRONT = who("Ridge Front", "NOR", "REB", actor_id="ridge_front")
REBELS = who("rebels", "NOR", "REB", kind="nominal")
GUNMEN = who("gunmen", None, "UAF", kind="nominal")
CIVILIANS = who("villagers", "NOR", "CVL", kind="nominal")
VASK = where("Vask", "NOR", 60.1, 10.2, admin1="Viken", geonameid=11)
MONDAY = when("Monday", "2024-05-06")
TEXT = "Norway, Sweden, soldiers, police, the Ridge Front, rebels and gunmen struck villagers at Vask on Monday; 12 died."


def write(*reports, rule="conservative", **options):
    return Written(acled.write, acled.COLUMNS, reports, rule=rule, tabs=False, **options)


def struck(kind="ASSAULT", *, text=TEXT, acled="Armed clash", **told):
    told = {"date": MONDAY, "place": VASK, "acled": acled, **told}
    return report(text, tell(kind, "struck", **told), published="2024-05-07", outlet="Vask Post")


def test_the_columns_are_those_of_acleds_files():
    written = write()
    assert tuple(HEADER) == acled.COLUMNS == written.header
    assert (len(HEADER), written.number) == (31, 0)


def test_the_types_written_are_acleds():
    rows = load_table("formats/acled_events")
    found = {event: [row["sub_event"] for row in rows if row["event"] == event] for event in SUB_EVENTS}
    assert {event: sorted(names) for event, names in found.items()} == {
        event: sorted(names) for event, names in SUB_EVENTS.items()
    }


@pytest.mark.parametrize("row", load_table("formats/acled_events"), ids=lambda row: row["id"])
def test_the_sub_event_type_of_a_reading_is_written_with_its_event_and_disorder_type(row):
    written = write(struck(acled=row["sub_event"], actors=[FRONT], recipients=[ARMY])).row
    assert (written["sub_event_type"], written["event_type"]) == (row["sub_event"], row["event"])
    assert written["disorder_type"] == row["disorder"]


def test_an_event_without_a_sub_event_type_is_left_out_and_counted():
    written = write(struck("CONSULT", modes=["phone"], actors=[FRONT], acled=""))
    assert written.number == 0
    assert written.losses == {"no sub-event type of ACLED, or part of another row's incident: left out": "1"}


def test_of_two_types_that_as_many_tell_the_higher_in_acleds_order_is_taken():
    reports = [
        struck(text=TEXT + " " * space, actors=[FRONT], recipients=[ARMY], acled=kind, by=by)
        for space, (kind, by) in enumerate([("Attack", NORWAY), ("Armed clash", SWEDEN)])
    ]
    written = write(*reports)
    assert written.row["sub_event_type"] == "Armed clash"


@pytest.mark.parametrize(
    ("actors", "recipients", "names", "inters", "interaction"),
    [
        (
            [ARMY],
            [FRONT],
            ["Military Forces of Norway", "Ridge Front"],
            ["State forces", "Rebel group"],
            "State forces-Rebel group",
        ),
        (
            [NORWAY, SWEDEN],
            [],
            ["Military Forces of Norway", "Military Forces of Sweden"],
            ["State forces", "External/Other forces"],
            "State forces-External/Other forces",
        ),
        (
            [REBELS],
            [POLICE],
            ["Unidentified Armed Group (Norway)", "Police Forces of Norway"],
            ["Political militia", "State forces"],
            "State forces-Political militia",
        ),
        (
            [GUNMEN],
            [CIVILIANS],
            ["Unidentified Armed Group (Norway)", "Civilians (Norway)"],
            ["Political militia", "Civilians"],
            "Political militia-Civilians",
        ),
        (
            [],
            [ARMY],
            ["", "Military Forces of Norway"],
            ["", "State forces"],
            "",
        ),
    ],
)
def test_actors_and_interactions_are_in_acleds_words(actors, recipients, names, inters, interaction):
    kind = "Attack" if recipients == [CIVILIANS] else "Armed clash"
    row = write(struck(acled=kind, actors=actors, recipients=recipients)).row
    assert [row["actor1"], row["actor2"]] == names
    assert [row["inter1"], row["inter2"]] == inters
    assert row["interaction"] == interaction


def test_forces_abroad_cannot_be_told_where_the_place_is_unknown():
    written = write(struck(actors=[NORWAY, SWEDEN], place=None))
    assert (written.row["inter1"], written.row["inter2"], written.row["interaction"]) == ("", "", "")
    assert written.losses["type of an actor cannot be told: left empty"] == "2"
    assert written.row["event_id_cnty"].startswith("XXX")


def test_forces_of_nobody_have_no_type():
    troops = who("soldiers", None, "MIL", kind="nominal")
    row = write(struck(actors=[FRONT], recipients=[troops])).row
    assert (row["actor2"], row["inter2"], row["interaction"]) == ("soldiers", "", "")


@pytest.mark.parametrize(
    ("actor", "name", "inter"),
    [
        (who("Ridge Front", "NOR", "MIL", actor_id="NOR.PRE.RIDGE", other=["PRE"]), "Ridge Front", ""),
        (
            who("gunmen", "IMG", "REB", kind="nominal"),
            "Unidentified Armed Group (Norway)",
            "Political militia",
        ),
        (who("Ridge Front", "UNO", None, actor_id="UNO"), "Ridge Front", "External/Other forces"),
        (who("Ridge Front", None, None), "Ridge Front", ""),
        (who("villagers", "SWE", "REF", kind="nominal"), "Civilians (Sweden)", "Civilians"),
        (who("police", "SWE", "COP", kind="nominal"), "Police Forces of Sweden", "External/Other forces"),
    ],
)
def test_actors_that_are_no_plain_state_or_rebels(actor, name, inter):
    row = write(struck(actors=[actor], recipients=[CIVILIANS], acled="Attack")).row
    assert (row["actor1"], row["inter1"]) == (name, inter)


def test_every_interaction_is_found_in_either_order():
    for row in load_table("formats/acled_interactions"):
        names = ["a", "b" if row["other"] else ""]
        assert acled.find_interaction(names, [row["one"], row["other"]]) == row["interaction"]
        if row["other"]:
            assert acled.find_interaction(names[::-1], [row["other"], row["one"]]) == row["interaction"]
    assert len(load_table("formats/acled_interactions")) == 44


def test_violence_against_civilians_alone_is_marked():
    def find(kind, *recipients):
        return write(struck(acled=kind, actors=[GUNMEN], recipients=recipients)).row["civilian_targeting"]

    assert find("Attack", CIVILIANS) == find("Grenade", CIVILIANS) == "Civilian targeting"
    assert find("Excessive force against protesters", CIVILIANS) == "Civilian targeting"
    assert find("Grenade", CIVILIANS, ARMY) == find("Armed clash", CIVILIANS) == ""
    assert find("Looting/property destruction", CIVILIANS) == ""


def test_more_parties_than_columns_are_associates():
    row = write(struck(actors=[FRONT], recipients=[ARMY, CIVILIANS], acled="Grenade")).row
    assert row["actor2"] == "Military Forces of Norway"
    assert row["assoc_actor_2"] == "Civilians (Norway)"


def test_demonstrators_go_by_their_country_and_their_number():
    row = write(
        struck(
            "PROTEST",
            acled="Peaceful protest",
            counts=[count("12", "protesters", 300, None)],
            actors=[CIVILIANS],
        )
    ).row
    assert (row["actor1"], row["inter1"], row["interaction"]) == (
        "Protesters (Norway)",
        "Protesters",
        "Protesters only",
    )
    assert row["tags"] == "crowd size=300"
    quiet = write(struck("PROTEST", modes=["riot"], acled="Violent demonstration")).row
    assert (quiet["actor1"], quiet["tags"]) == ("Rioters (Norway)", "crowd size=no report")


def test_fatalities_are_the_rules_and_none_reported_are_zero():
    reports = [
        report(
            TEXT,
            *(
                tell(
                    "ASSAULT",
                    "struck",
                    actors=[NORWAY, SWEDEN],
                    by=by,
                    counts=[count("12", "dead", number, victims=ARMY)],
                    date=MONDAY,
                    place=VASK,
                    acled="Armed clash",
                )
                for by, number in ((NORWAY, 12), (SWEDEN, 30))
            ),
            published="2024-05-07",
        )
    ]
    written = write(*reports)
    assert written.row["fatalities"] == "12"
    assert (
        "dead NOR MIL (contested): Norway: 12 (2024-05-07); Sweden: 30 (2024-05-07)." in written.row["notes"]
    )
    assert "Conservative, as ACLED counts" in written.row["notes"]
    assert "Grade: " in written.row["notes"]
    undecided = write(*reports, rule="range")
    assert undecided.row["fatalities"] == ""
    assert undecided.losses["the rule chooses no figure: fatalities left empty"] == "1"
    assert write(struck(actors=[NORWAY, SWEDEN])).row["fatalities"] == "0"


@pytest.mark.parametrize(
    ("start", "end", "cells"),
    [
        ("2024-05-06", "2024-05-06", ("2024-05-06", "2024", "1")),
        ("2024-05-06", "2024-05-12", ("2024-05-09", "2024", "2")),
        ("2024-05-01", "2024-05-31", ("2024-05-16", "2024", "3")),
        ("2024-01-01", "2024-12-31", ("", "", "")),
    ],
)
def test_dates_are_the_middle_of_what_is_known(start, end, cells):
    row = write(struck(actors=[NORWAY, SWEDEN], date=when("Monday", start, end))).row
    assert (row["event_date"], row["year"], row["time_precision"]) == cells


@pytest.mark.parametrize(
    ("precision", "cells"),
    [
        ("city", ("1", "Vask", "60.1", "Viken", "")),
        ("district", ("2", "Vask", "60.1", "Viken", "Vask")),
        ("province", ("3", "Vask", "60.1", "Vask", "")),
        ("country", ("", "", "", "Viken", "")),
    ],
)
def test_places_have_a_location_down_to_regions(precision, cells):
    place = where("Vask", "NOR", 60.1, 10.2, admin1="Viken", precision=precision)
    row = write(struck(actors=[NORWAY, SWEDEN], place=place)).row
    found = tuple(row[column] for column in ("geo_precision", "location", "latitude", "admin1", "admin2"))
    assert found == cells
    assert (row["iso"], row["country"], row["region"]) == ("578", "Norway", "Europe")


def test_a_quote_and_a_line_break_in_a_name_stay_in_their_cell():
    name = 'The "Front",\n=1+1'
    text = f"{name} struck villagers."
    hostile = report(
        text,
        tell("ASSAULT", "struck", actors=[who(name, "NOR", "REB")], recipients=[CIVILIANS], acled="Attack"),
    )
    assert write(hostile).row["actor1"] == 'The "Front", =1+1'


def test_notes_tell_so_many_claims_and_count_the_rest():
    claimants = [who("Norway", "NOR", "GOV", name=f"Spokesman {number}") for number in range(25)]
    told = report(
        TEXT,
        *(
            tell(
                "ASSAULT",
                "struck",
                actors=[NORWAY, SWEDEN],
                by=one,
                counts=[count("12", "dead", 12)],
                acled="Armed clash",
            )
            for one in claimants
        ),
    )
    written = write(told)
    assert "; and 5 more." in written.row["notes"]
    assert written.losses["claim beyond the most that notes hold"] == "5"


@pytest.mark.parametrize(
    ("country", "army", "name", "region"),
    [
        ("USA", "Military Forces of the United States", "United States", "North America"),
        (
            "COD",
            "Military Forces of the Democratic Republic of Congo",
            "Democratic Republic of Congo",
            "Middle Africa",
        ),
        ("SWZ", "Military Forces of eSwatini", "eSwatini", "Southern Africa"),
        ("KEN", "Military Forces of Kenya", "Kenya", "Eastern Africa"),
    ],
)
def test_countries_and_their_forces_go_by_acleds_names(country, army, name, region):
    place = where("Vask", country, 60.1, 10.2)
    soldiers = who("soldiers", country, "MIL", kind="nominal")
    row = write(struck(actors=[soldiers], recipients=[FRONT], place=place)).row
    assert (row["actor1"], row["country"], row["region"]) == (army, name, region)


def test_every_country_is_in_one_of_acleds_17_regions():
    regions = [row["acled_region"] for row in load_table("formats/countries")]
    assert all(regions)
    assert len(set(regions)) == 17


def test_police_who_meet_a_crowd_stand_second():
    row = write(struck(acled="Protest with intervention", actors=[POLICE], recipients=[CIVILIANS])).row
    assert (row["actor1"], row["actor2"]) == ("Protesters (Norway)", "Police Forces of Norway")
    assert row["interaction"] == "State forces-Protesters"


def test_whom_a_mob_hits_stands_second():
    row = write(struck(acled="Mob violence", actors=[CIVILIANS], recipients=[CIVILIANS])).row
    assert row["actor1"] == "Rioters (Norway)"


def test_complete_rows_lack_nothing_that_acleds_rows_have():
    whole = struck(actors=[ARMY], recipients=[FRONT])
    written = write(whole, complete=True)
    assert written.number == 1
    for lacking, told in (
        ("a day", {"date": None}),
        ("a country", {"place": None}),
        ("an actor", {"actors": []}),
    ):
        written = write(struck(**{"actors": [ARMY], "recipients": [FRONT], **told}), complete=True)
        assert written.number == 0
        assert written.losses[f"row without {lacking}, which a complete one has: left out"] == "1"


def test_the_same_events_give_the_same_bytes():
    told = struck(actors=[NORWAY, SWEDEN])
    assert write(told).text == write(told).text
