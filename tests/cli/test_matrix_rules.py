"""`counterclaim show matrix` and the page of an event print the grade, the rule, and what the rule makes of each column."""

import json

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from counterclaim.cli import main
from counterclaim.cli.matrix_table import describe_resolved
from counterclaim.fuse import fuse
from counterclaim.fuse.resolution import Resolved, Tally
from counterclaim.gather.duplicates import collapse
from counterclaim.serve.app import make_app
from counterclaim.store.store import open_store
from counterclaim.types import What
from tests.export.clashes import clash


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    path = tmp_path_factory.mktemp("store") / "a.db"
    told = clash(12, "NOR"), clash(30, "NOR", said="Sudria", code="SUD")
    stories = collapse(reading.article for reading in told)
    with open_store(str(path), create=True) as store:
        for reading in told:
            store.write_reading(reading, reading.article.id)
        store.write_fusion(stories, fuse(told, stories))
    return str(path)


def show(*arguments):
    return CliRunner().invoke(main, ["show", "matrix", *arguments], catch_exceptions=False)


def test_the_table_prints_grade_rule_and_choice(db):
    printed = show("--table", "--rule", "conservative", "--db", db).stdout
    assert "grade: fair. 2 independent sides say that it happened." in printed
    assert "Conservative, as ACLED counts" in printed
    (line,) = [line for line in printed.splitlines() if line.strip().startswith("conservative ")]
    assert " 12 " in line


def test_without_a_rule_the_range_is_shown_and_nothing_chosen(db):
    made = json.loads(show("--json", "--db", db).stdout)
    dead = next(one for one in made["resolved"] if one["field"] == "counts.dead")
    assert (dead["low"], dead["best"], dead["high"]) == ("12", None, "30")
    assert (made["rule"]["name"], made["grade"]["name"]) == ("range", "fair")


def test_a_hierarchy_file_is_taken(db, tmp_path):
    trust = tmp_path / "trust.txt"
    trust.write_text("Sudria\n", encoding="utf-8")
    made = json.loads(show("--json", "--hierarchy", str(trust), "--db", db).stdout)
    dead = next(one for one in made["resolved"] if one["field"] == "counts.dead")
    assert (dead["best"], dead["claimants"]) == ("30", ["Sudria"])


def test_an_unknown_rule_is_refused(db):
    result = CliRunner().invoke(main, ["show", "matrix", "--rule", "majorty", "--db", db])
    assert result.exit_code == 2
    assert "Did you mean majority" in result.output


@pytest.mark.parametrize(
    ("field", "low", "best", "high", "printed"),
    [
        ("counts.dead", 12, 12, 30, "12"),
        ("counts.dead", 12, None, 30, "12 to 30"),
        ("counts.dead", 20, None, None, "at least 20"),
        ("counts.dead", None, None, 300, "up to 300"),
        ("counts.dead", None, None, None, "–"),
        ("date", "2024-05-06", None, "2024-05-07", "2024-05-06 / 2024-05-07"),
        ("type", None, What("ASSAULT", ("drone",)), None, "ASSAULT / drone"),
    ],
)
def test_what_the_rule_chose_is_put_in_words(field, low, best, high, printed):
    counted = field.startswith("counts.")
    one = Tally(field, None, low, best, high, (), "one_sided") if counted else None
    assert describe_resolved(one or Resolved(field, best, low, high, (), "one_sided")) == printed


def test_the_page_of_an_event_has_grade_choice_and_the_other_rules(db):
    client = TestClient(make_app(db))
    (event,) = client.get("/events.json").json()["events"]
    page = client.get(f"/events/{event['id']}", params={"rule": "conservative"}).text
    assert "2 independent sides" in page
    assert "By rule: conservative" in page
    assert "Conservative, as ACLED counts" in page
    assert 'href="?rule=majority"' in page
    assert 'href="?rule=conservative"' not in page
    twin = client.get(f"/events/{event['id']}.json", params={"rule": "conservative"}).json()
    assert next(one["best"] for one in twin["resolved"] if one["field"] == "counts.dead") == "12"
    assert client.get(f"/events/{event['id']}", params={"rule": "none"}).status_code == 404
