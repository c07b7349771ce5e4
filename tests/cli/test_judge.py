"""`counterclaim judge` and `upgrade` over stores filled by hand: what is decided, listed, taken back and refused."""

import json
import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner

from counterclaim.cli import main
from counterclaim.fusing import fuse_store
from counterclaim.store import schema
from counterclaim.store.store import NewReading, open_store
from tests.store.releases import fill, release
from tests.store.test_decisions import ORENO, READINGS, VASK, raid


@pytest.fixture
def db(tmp_path):
    path = str(tmp_path / "test.db")
    with open_store(path, create=True) as store:
        store.write_readings([NewReading(reading, reading.article.id) for reading in READINGS])
        fuse_store(store)
    return path


def call(*arguments):
    return CliRunner().invoke(main, [str(one) for one in arguments], catch_exceptions=False)


def objects(*arguments):
    result = call(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.split("\n") if line]


def events(db):
    return {row["place"]: row["id"] for row in objects("show", "events", "--db", db)}


def test_two_events_are_merged_and_parted_again(db):
    found = events(db)
    (done,) = objects(
        "judge", found["Vask"], "merge", found["Oreno"], "--by", "Ann", "--reason", "one raid", "--db", db
    )
    assert (done["verb"], done["by"], done["reason"]) == ("merge", "Ann", "one raid")
    (event,) = done["events"]
    assert event["tellings"] == 4
    assert len(objects("show", "events", "--db", db)) == 1
    (undone,) = objects("judge", event["id"], "undo", "--by", "Bo", "--db", db)
    assert undone["undone"] == "merge"
    assert {row["id"] for row in undone["events"]} == set(found.values())
    assert events(db) == found


@pytest.mark.parametrize("name", ["{article}", "{article:.6}:e1", "{article:.6}:c2"])
def test_a_telling_is_split_off_by_article_event_mention_or_claim(db, name):
    event = events(db)["Vask"]
    article = READINGS[1].article.id
    (done,) = objects("judge", event, "split", name.format(article=article), "--by", "Ann", "--db", db)
    assert sorted(row["tellings"] for row in done["events"]) == [1, 1]


def test_what_was_judged_is_listed_with_who_and_why(db):
    event = events(db)["Vask"]
    (rule,) = objects("judge", event, "--db", db)
    assert (rule["by"], rule["verdict"], rule["decision"]) == ("rule", "same", None)
    assert {rule["telling"], rule["other"]} == {f"{reading.article.id}:e1" for reading in READINGS[:2]}
    objects(
        "judge", event, "split", READINGS[0].article.id, "--by", "Ann", "--reason", "two raids", "--db", db
    )
    rows = objects("judge", event, "--db", db)
    assert [(row["by"], row["verdict"]) for row in rows] == [("Ann", "different"), ("rule", "same")]
    assert rows[1]["overturned_because"] == "Ann judged them different: two raids"
    table = call("judge", event, "--table", "--db", db).stdout
    assert "two raids" in table
    assert "overturned" in table


def test_a_decision_taken_back_stays_on_the_list(db):
    event = events(db)["Vask"]
    objects("judge", event, "split", READINGS[0].article.id, "--by", "Ann", "--db", db)
    objects("judge", event, "undo", "--by", "Bo", "--db", db)
    (decision,) = [row for row in objects("judge", event, "--db", db) if row["decision"]]
    assert (decision["by"], decision["undone_by"]) == ("Ann", "Bo")
    assert "taken back by Bo" in call("judge", event, "--table", "--db", db).stdout


def test_unsure_is_kept_and_changes_nothing_by_itself(db):
    found = events(db)
    (done,) = objects("judge", found["Vask"], "unsure", found["Oreno"], "--by", "Ann", "--db", db)
    assert events(db) == found
    (row,) = [
        row for row in objects("judge", found["Vask"], "--db", db) if row["decision"] == done["decision"]
    ]
    assert row["verdict"] == "unsure"


def test_the_login_name_judges_where_no_other_is_given(db, monkeypatch):
    monkeypatch.setenv("LOGNAME", "cleo")
    found = events(db)
    (done,) = objects("judge", found["Vask"], "merge", found["Oreno"], "--db", db)
    assert done["by"] == "cleo"


def test_a_later_run_keeps_the_decision(db):
    found = events(db)
    objects("judge", found["Vask"], "merge", found["Oreno"], "--by", "Ann", "--db", db)
    with open_store(db) as store:
        more = raid(VASK, "Mail", signature="newer")
        store.write_readings([NewReading(more, more.article.id)])
        fuse_store(store)
    (merged,) = [row for row in objects("show", "events", "--db", db) if row["articles"] >= 4]
    assert merged["stories"] >= 4


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["E0", "merge", "{oreno}"], "There is no event 'E0'"),
        (["{vask}", "merge"], "merge what?"),
        (["{vask}", "split"], "counterclaim show claims --event"),
        (["{vask}", "merge", "{vask}"], "itself"),
        (["{vask}", "split", "{first}", "{second}"], "nothing would be left"),
        (["{vask}", "split", "ffff:e1"], "No telling of E"),
        (["{vask}", "split", "{first}:e9"], "No telling of E"),
        (["{vask}", "split", ":e1"], "No telling of E"),
        (["{vask}", "undo"], "Nobody has judged E"),
        (["{vask}", "undo", "{oreno}"], "needs no other name"),
        (["{vask}", "merge", "{oreno}", "--by", "rule"], "cannot be who judges"),
        (["{vask}", "merge", "{oreno}", "--by", " "], "cannot be who judges"),
        (["{vask}", "merge", "{oreno}", "--by", "x" * 65], "cannot be who judges"),
    ],
)
def test_what_cannot_be_judged_is_refused_and_nothing_is_kept(db, arguments, message):
    found = events(db)
    names = {
        "vask": found["Vask"],
        "oreno": found["Oreno"],
        "first": READINGS[0].article.id,
        "second": READINGS[1].article.id,
    }
    by = [] if "--by" in arguments else ["--by", "Ann"]
    result = call("judge", *(one.format(**names) for one in arguments), *by, "--db", db)
    assert result.exit_code == 2
    assert message in result.stderr
    assert events(db) == found
    with closing(sqlite3.connect(db)) as store:
        assert store.execute("SELECT count(*) FROM decisions").fetchone() == (0,)


def test_an_event_told_once_has_nothing_judged(db):
    with open_store(db) as store:
        lone = raid(ORENO, "Mail", sentence="Sudria shelled {} on Monday last year, Norland said.")
        store.write_readings([NewReading(lone, lone.article.id)])
        fuse_store(store)
    for row in objects("show", "events", "--db", db):
        result = call("judge", row["id"], "--table", "--db", db)
        assert result.exit_code == 0
        assert (row["articles"] > 1) == ("of one event" in result.stdout)


def test_an_older_store_is_upgraded_and_a_copy_of_it_kept(tmp_path, monkeypatch):
    path = tmp_path / "news.db"
    fill(str(path))
    first = schema.SCHEMA_VERSION
    release(monkeypatch, tmp_path / "migrations")
    refused = call("show", "events", "--db", path)
    assert refused.exit_code == 2
    assert f"counterclaim upgrade --db {path}" in refused.stderr
    done = call("upgrade", "--db", path)
    assert done.exit_code == 0
    assert f"{path}.schema-{first}" in done.stdout
    assert call("show", "events", "--db", path).exit_code == 0
    assert "up to date" in call("upgrade", "--db", path).stdout


def test_what_is_not_there_is_not_upgraded(tmp_path):
    result = call("upgrade", "--db", tmp_path / "none.db")
    assert result.exit_code == 2
    assert "There is no store" in result.stderr
