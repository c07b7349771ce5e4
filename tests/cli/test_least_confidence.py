"""`--min-confidence` leaves the same events out of every way out of a store; what nothing judged stays."""

import json

import pytest
from click.testing import CliRunner

from counterclaim.cli import main
from counterclaim.fusing import fuse_store
from counterclaim.store.store import open_store
from tests.handmade import report, tell, when, who

NORLAND = who("Norland", "NOR", "GOV", actor_id="NOR")
SUDRIA = who("Sudria", "SDN", "GOV", actor_id="SDN")


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    path = str(tmp_path_factory.mktemp("store") / "a.db")
    reading = report(
        "Sudria shelled Vask on Monday. Norland and Sudria met on Friday. Norland accused Sudria of a plot.",
        tell("ASSAULT", "shelled", actors=[SUDRIA], date=when("Monday", "2024-05-06"), confidence=0.9),
        tell(
            *("CONSULT", "met"),
            actors=[NORLAND, SUDRIA],
            date=when("Friday", "2024-05-10"),
            confidence=0.4,
        ),
        tell("ACCUSE", "accused", actors=[NORLAND], recipients=[SUDRIA]),
        published="2024-05-11",
    )
    with open_store(path, create=True) as store:
        store.write_reading(reading, "a")
        fuse_store(store)
    return path


def rows(*arguments):
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("least", "types"), [("0", {"ASSAULT", "CONSULT", "ACCUSE"}), ("0.5", {"ASSAULT", "ACCUSE"})]
)
def test_every_way_out_leaves_out_the_same(db, least, types):
    asked = ("--min-confidence", least, "--db", db)
    claims = rows("show", "claims", "--field", "type", "--json", *asked)
    (reading,) = rows("export", "jsonl", *asked)
    assert {row["value"] for row in claims} == types
    assert {row["type"] for row in rows("show", "events", "--json", *asked)} == types
    assert {row["event"]["type"] for row in rows("export", "events-jsonl", *asked)} == types
    assert {event["type"] for event in reading["events"]} == types
    assert {claim["event"] for claim in reading["claims"]} == {event["id"] for event in reading["events"]}
