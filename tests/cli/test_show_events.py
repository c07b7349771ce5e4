"""`show events`: filters that hold together, orders, and a JSON with parties, counts and place."""

import json

import pytest
from click.testing import CliRunner

from counterclaim.cli import main
from counterclaim.fusing import fuse_store
from counterclaim.store.store import open_store
from tests.handmade import count, report, tell, when, where, who

NORLAND = who("Norland", "NOR", "GOV", actor_id="NOR")
SUDRIA = who("Sudria", "SDN", "GOV", actor_id="SDN")


@pytest.fixture
def db(tmp_path):
    path = str(tmp_path / "a.db")
    shelled = report(
        "Norland said 12 people were killed in Vask on Monday when Sudria shelled it.",
        tell(
            *("ASSAULT", "shelled"),
            actors=[SUDRIA],
            counts=[count("12 people", "dead", 12)],
            date=when("Monday", "2024-05-06"),
            place=where("Vask", "NOR", 60.1, 10.2, geonameid=7),
            by=NORLAND,
        ),
        published="2024-05-07",
    )
    denied = report(
        "Sudria denied shelling Vask on Monday.",
        tell(
            *("ASSAULT", "shelling"),
            actors=[SUDRIA],
            date=when("Monday", "2024-05-06"),
            place=where("Vask", "NOR", 60.1, 10.2, geonameid=7),
            by=SUDRIA,
            stance="denies",
        ),
        published="2024-05-07",
    )
    met = report(
        "Norland and Sudria met in Elta on Friday.",
        tell(
            *("CONSULT", "met"),
            actors=[NORLAND, SUDRIA],
            date=when("Friday", "2024-06-07"),
            confidence=0.4,
        ),
        published="2024-06-08",
    )
    with open_store(path, create=True) as store:
        store.write_reading(shelled, "a")
        store.write_reading(met, "b")
        store.write_reading(denied, "c")
        fuse_store(store)
    return path


def show(db, *options):
    result = CliRunner().invoke(main, ["show", "events", "--json", "--db", db, *options])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("options", "types"),
    [
        ((), ["ASSAULT", "CONSULT"]),
        (("--type", "assault"), ["ASSAULT"]),
        (("--country", "nor"), ["ASSAULT"]),
        (("--actor", "Sudria"), ["ASSAULT", "CONSULT"]),
        (("--actor", "sudria", "--type", "CONSULT"), ["CONSULT"]),
        (("--claimant", "NOR"), ["ASSAULT"]),
        (("--since", "2024-06-01"), ["CONSULT"]),
        (("--until", "2024-05-31"), ["ASSAULT"]),
        (("--deaths", "10"), ["ASSAULT"]),
        (("--status", "contested"), ["ASSAULT"]),
        (("--status", "denied"), ["ASSAULT"]),
        (("--min-confidence", "0.3"), ["ASSAULT", "CONSULT"]),
        # What nothing judged, a person's addition for one, is not doubted.
        (("--min-confidence", "0.5"), ["ASSAULT"]),
    ],
)
def test_filters_hold_together(db, options, types):
    assert sorted(row["type"] for row in show(db, *options)) == types


def test_orders_put_the_most_first(db):
    assert [row["type"] for row in show(db, "--sort", "newest")] == ["CONSULT", "ASSAULT"]
    assert [row["type"] for row in show(db, "--sort", "deaths")] == ["ASSAULT", "CONSULT"]
    assert len(show(db, "--limit", "1")) == 1


def test_an_event_carries_its_parties_counts_and_place(db):
    (row,) = show(db, "--type", "ASSAULT")
    assert row["actors"] == ["Sudria [SDN GOV]"]
    assert row["counts"] == [{"kind": "dead", "low": 12, "high": 12}]
    assert (row["place"], row["country"], row["lat"]) == ("Vask", "NOR", 60.1)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--type", "asault"), "Did you mean ASSAULT?"),
        (("--since", "May"), "Write it like 2022-09-14."),
        (("--actor", "Narnia"), "There are: "),
    ],
)
def test_what_nothing_goes_by_is_said_with_advice(db, options, words):
    result = CliRunner().invoke(main, ["show", "events", "--db", db, *options])
    assert result.exit_code == 2
    assert words in result.stderr
