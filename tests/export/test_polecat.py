"""POLECAT: forty columns, tabs, lists joined, None for what is unknown."""

from counterclaim.export import polecat
from counterclaim.export.cameo import Codebook
from tests.export.fusing import Written
from tests.handmade import report, tell, when, where, who

# The header of POLECAT's weekly files.
HEADER = (
    "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW|"
    "Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|"
    "Recipient Country|Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|Recipient Name Raw|"
    "Wikipedia Recipient ID|Placename|City|District|Province|Country|Latitude|Longitude|GeoNames ID|Raw Placename|"
    "Feature Type|Source|Publication Date|Story People|Story Organizations|Story Locations|Language|Version"
).split("|")

SWEDEN = who("Sweden", "SWE", "MIL", actor_id="SWE.MIL")
NORWAY = who("Norway", "NOR", "GOV", actor_id="NOR")
FINLAND = who("Finland", "FIN", None, actor_id="FIN")
TEXT = "On Monday Sweden and Finland shelled Vask in Norway with guns and drones."


def write(*reports, **options):
    return Written(polecat.write, polecat.COLUMNS, reports, **options)


def shelling(**known):
    return report(
        TEXT,
        tell(
            "ASSAULT",
            "shelled",
            actors=[SWEDEN, FINLAND],
            recipients=[NORWAY],
            modes=["heavy-weapons", "drone"],
            contexts=["military", "territory"],
            date=when("Monday", "2024-05-06"),
            place=where("Vask", "NOR", 60.1, 10.2, admin1="Viken", geonameid=11, feature_code="PPL"),
        ),
        published="2024-05-07",
        **known,
    )


def test_the_columns_are_those_of_the_published_files():
    written = write()
    assert tuple(HEADER) == polecat.COLUMNS
    assert written.header == tuple(HEADER)
    assert (len(HEADER), written.number, written.rows) == (40, 0, [])


def test_lists_stay_lists_and_lists_of_parties_stay_aligned():
    row = write(shelling(outlet="Vask Post")).row
    assert (row["Event Mode"], row["Contexts"]) == ("drone; heavy-weapons", "military; territory")
    assert row["Actor Name"] == "Finland; Sweden"
    assert row["Actor Country"] == "FIN; SWE"
    assert row["Actor COW"] == "375; 380"
    assert row["Primary Actor Sector"] == "None; MIL"
    assert row["Recipient Name"] == "Norway"
    assert (row["Intensity"], row["Quad Code"]) == ("-9.5", "MATERIAL CONFLICT")


def test_place_and_source_fill_their_columns():
    row = write(shelling(outlet="Vask Post")).row
    assert (row["City"], row["District"], row["Province"], row["Country"]) == (
        "Vask",
        "None",
        "Viken",
        "NOR",
    )
    assert (row["Latitude"], row["GeoNames ID"], row["Feature Type"]) == ("60.1", "11", "PPL")
    assert (row["Source"], row["Publication Date"], row["Language"]) == ("Vask Post", "2024-05-07", "en")
    assert (row["Event Date"], row["Event Type"]) == ("2024-05-06", "ASSAULT")
    assert row["Version"].endswith("rule low-best-high")


def test_what_is_unknown_is_none():
    row = write(report("Shells fell.", tell("ASSAULT", "fell"))).row
    known = {"Event ID", "Event Type", "Intensity", "Quad Code", "Language", "Version"}
    assert {column for column, cell in row.items() if cell != "None"} == known


def test_the_codebook_decides_where_sanctions_stand():
    sanction = report(TEXT, tell("SANCTION", "shelled", actors=[SWEDEN], recipients=[NORWAY]))
    assert write(sanction).row["Quad Code"] == "MATERIAL CONFLICT"
    assert write(sanction, codebook=Codebook(sanctions="verbal")).row["Quad Code"] == "VERBAL CONFLICT"


def test_hostile_names_leave_the_columns_where_they_are():
    name = '=HYPERLINK("http://x")\t"a\nb; c'
    hostile = report(
        f"{name} shelled Vask.", tell("ASSAULT", "shelled", actors=[who(name, "SWE", "REB")]), outlet='"'
    )
    row = write(hostile).row
    # Written as it came but for what would end the cell, and no formula.
    assert row["Actor Name"] == "'=HYPERLINK(''http://x'') ''a b, c"
    assert row["Source"] == "''"


def test_the_losses_name_what_a_row_has_no_room_for():
    claimed = report(
        TEXT, tell("ASSAULT", "shelled", actors=[SWEDEN], by=NORWAY, date=when("Monday", "2024-05-06"))
    )
    losses = write(claimed).losses
    assert losses["claimant of an event dropped"] == "1"
    assert losses["place unknown: left empty"] == "1"
    assert losses["people, organisations and places of the story: not known"] == "1"


def test_the_same_events_give_the_same_bytes():
    assert write(shelling()).text == write(shelling()).text
