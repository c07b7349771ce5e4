"""Phoenix: 26 columns without a header, five quad classes, CAMEO's own scale."""

from counterclaim import __version__
from counterclaim.export import phoenix
from tests.export.fusing import Written
from tests.handmade import report, tell, when, where, who

# As the pipeline writes them, one after the other.
COLUMNS = (
    "EventID Date Year Month Day SourceActorFull SourceActorEntity SourceActorRole SourceActorAttribute "
    "TargetActorFull TargetActorEntity TargetActorRole TargetActorAttribute EventCode EventRootCode QuadClass "
    "GoldsteinScore Issues Lat Lon LocationName StateName CountryCode SentenceID URLs NewsSources"
).split()

ROMANIA = who("Romania", "ROU", "GOV", actor_id="ROU", other=["ELI"])
AGENCY = who("refugee agency", "UNO", "REF", actor_id="UNHCR")
TEXT = "Rain fell. On Monday Romania met the refugee agency in Vask."


def write(*reports):
    return Written(phoenix.write, phoenix.COLUMNS, reports, header=False)


def met(kind="CONSULT", **known):
    told = tell(
        kind,
        "met",
        actors=[ROMANIA],
        recipients=[AGENCY],
        date=when("Monday", "2024-05-06"),
        place=where("Vask", "ROU", 45.1, 25.2, admin1="Viken"),
    )
    return report(TEXT, told, published="2024-05-07", **known)


def test_the_columns_are_those_of_the_pipeline():
    assert tuple(COLUMNS) == phoenix.COLUMNS
    assert len(COLUMNS) == 26
    assert write().text == ""


def test_an_event_fills_its_columns():
    row = write(met(url="https://post.example/1;2", outlet="Vask Post")).row
    assert row["EventID"].endswith(f"_{__version__}")
    assert (row["Date"], row["Year"], row["Month"], row["Day"]) == ("20240506", "2024", "05", "06")
    assert (row["EventCode"], row["EventRootCode"], row["QuadClass"], row["GoldsteinScore"]) == (
        "040",
        "04",
        "1",
        "1.0",
    )
    assert (row["Lat"], row["Lon"], row["LocationName"], row["StateName"], row["CountryCode"]) == (
        "45.1",
        "25.2",
        "Vask",
        "Viken",
        "ROU",
    )
    assert row["SentenceID"].endswith("_2")
    assert (row["URLs"], row["NewsSources"]) == ("https://post.example/1%3B2", "Vask Post")
    assert row["Issues"] == ""


def test_actors_are_taken_apart_into_entity_role_and_the_rest():
    row = write(met()).row
    assert [row[f"SourceActor{part}"] for part in ("Full", "Entity", "Role", "Attribute")] == [
        "ROUGOVELI",
        "ROU",
        "GOV",
        "ELI",
    ]
    assert [row[f"TargetActor{part}"] for part in ("Full", "Entity", "Role", "Attribute")] == [
        "IGOREFHCR",
        "IGO",
        "REF",
        "HCR",
    ]


def test_reduced_relations_are_verbal_conflict_here():
    assert write(met("SANCTION")).row["QuadClass"] == "3"


def test_what_is_unknown_stays_empty():
    row = write(report("Shells fell.", tell("ASSAULT", "fell"))).row
    known = {"EventID", "EventCode", "EventRootCode", "QuadClass", "GoldsteinScore", "SentenceID"}
    assert {column for column, cell in row.items() if cell} == known


def test_the_losses_name_articles_without_an_address():
    losses = write(met()).losses
    assert losses["article without an address: left out of URLs"] == "1"


def test_the_same_events_give_the_same_bytes():
    assert write(met()).text == write(met()).text
