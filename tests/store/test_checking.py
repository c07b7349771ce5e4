"""`counterclaim check` finds what is wrong with a store, `counterclaim doctor` with an installation."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from click.testing import CliRunner

from counterclaim import checking
from counterclaim.cli import main
from counterclaim.fuse import fuse
from counterclaim.gather import make_id
from counterclaim.gather.duplicates import collapse
from counterclaim.store.store import open_store
from tests.export.clashes import clash


def call(*arguments):
    return CliRunner().invoke(main, [str(one) for one in arguments], catch_exceptions=False)


def fill(path):
    told = clash(12, "NOR"), clash(30, "NOR", said="Sudria", code="SUD")
    # As a reading has it: named by what it holds.
    told = [
        replace(
            one,
            article=replace(one.article, id=make_id(one.article.url, one.article.title, one.article.text)),
        )
        for one in told
    ]
    stories = collapse(reading.article for reading in told)
    with open_store(str(path), create=True) as store:
        for reading in told:
            store.write_reading(reading, reading.article.id)
        store.write_fusion(stories, fuse(told, stories))
    return path


@pytest.fixture
def db(tmp_path):
    return fill(tmp_path / "a.db")


def findings(result):
    return {one["name"]: one for one in map(json.loads, result.stdout.splitlines())}


def test_a_whole_store_is_good(db):
    result = call("check", db)
    assert result.exit_code == 0, result.output
    assert all(one["good"] for one in findings(result).values())
    assert findings(result)["texts"]["text"].startswith("2 texts")


def test_a_store_on_a_server_is_checked_too(location):
    fill(location)
    result = call("check", "--db", location)
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("damage", "name"),
    [
        ("UPDATE articles SET text = text || ' And more.'", "texts"),
        ("DELETE FROM event_mentions", "references"),
        ("UPDATE claims SET end_char = 99999", "offsets"),
    ],
)
def test_what_is_wrong_is_found_and_nothing_else(db, damage, name):
    with closing(sqlite3.connect(db)) as store:
        store.execute(damage)
        store.commit()
    result = call("check", db, "--json")
    assert result.exit_code == 2
    assert [one for one, found in findings(result).items() if not found["good"]] == [name]
    assert name in result.stderr


def test_an_unread_page_of_the_file_is_found(db):
    content = bytearray(db.read_bytes())
    content[-8192:] = b"\xff" * 8192
    db.write_bytes(bytes(content))
    result = call("check", db)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_a_missing_store_is_not_made(tmp_path):
    assert call("check", tmp_path / "none.db").exit_code == 2
    assert not (tmp_path / "none.db").exists()


@pytest.mark.weights
def test_this_installation_is_well():
    result = call("doctor", "--json")
    found = findings(result)
    assert result.exit_code == 0, result.output
    assert {"version", "weights", "knowledge", "reading"} <= found.keys()


def test_what_is_missing_or_broken_is_said(monkeypatch):
    monkeypatch.setattr(checking, "requires", lambda _: ["no-such-library-anywhere>=1", "click>=999"])
    monkeypatch.setattr(checking, "_read_a_sentence", lambda: 1 / 0)
    result = call("doctor")
    found = findings(result)
    assert result.exit_code == 2
    assert not any(found[name]["good"] for name in ("no-such-library-anywhere", "click", "reading"))
    assert "pip install" in found["click"]["text"]
