"""A store of an earlier version is upgraded when its owner says so, whole or not at all, and loses nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

import counterclaim.store
from counterclaim.errors import StoreError
from counterclaim.store import schema, tables
from counterclaim.store.opening import open_engine
from counterclaim.store.queries import load_judgements
from counterclaim.store.store import open_store, upgrade_store

MIGRATIONS = Path(counterclaim.store.__file__).parent / "migrations"
# One article with one page, one with two, and what a rule and two people judged.
FIRST_ROWS = (
    """INSERT INTO articles (id, ref, authors, published_from, has_dateline, language, text, sha256, signature, recorded_at)
       VALUES ('aaaa', 'a.txt', '[]', 'given', false, 'en', 'Talks began.', 'hash-a', 'old', '2024-05-06T10:00:00Z'),
              ('bbbb', 'b.txt', '[]', 'given', false, 'en', 'Talks ended.', 'hash-b', 'old', '2024-05-07T10:00:00Z')""",
    "INSERT INTO pages (fingerprint, ref, article) VALUES ('1', 'a.txt', 'aaaa'), ('2', 'b.txt', 'bbbb'), ('3', 'c.txt', 'bbbb')",
    """INSERT INTO judgements ("left", "right", "by", verdict, score, reason, made_at) VALUES
       ('aaaa:1:MEET:x', 'bbbb:1:MEET:x', 'rule', 'same', 4.5, 'one day', ''),
       ('aaaa:1:MEET:x', 'bbbb:1:MEET:x', 'Ann', 'different', NULL, 'two rounds', '2024-05-08T10:00:00Z'),
       ('aaaa:1:MEET:x', 'bbbb:1:MEET:x', 'Bo', 'same', NULL, 'no, one round', '2024-05-09T10:00:00Z')""",
    """INSERT INTO places (article, number, text, start_char, end_char, name, precision, adjectival, rule, toponym)
       VALUES ('aaaa', 0, 'Vask', 0, 4, 'Vask', 'city', false, 'only one', true)""",
)


def make_store_of_version(location, version):
    """A store as the version made it, with rows of the first."""
    engine, _ = open_engine(location, create=True, check_references=False)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect() as plain, plain.execution_options(writes=True).begin():
        tables.schema_version.create(plain)
        config.attributes["connection"] = plain
        command.upgrade(config, "1")
        plain.execute(text("INSERT INTO counterclaim (name, value) VALUES ('schema_version', '1')"))
        for statement in FIRST_ROWS:
            plain.execute(text(statement))
        command.upgrade(config, version)
        if version == "1":
            # The first stores knew no Alembic.
            tables.schema_version.drop(plain)
    engine.dispose()


@pytest.fixture(params=range(1, int(tables.SCHEMA_VERSION)), ids=lambda number: f"schema-{number}")
def old(request, location):
    """The location of a store that an earlier version made."""
    make_store_of_version(location, str(request.param))
    return location


def describe(location):
    """Every table with its columns, keys and indexes, as the database tells them."""
    engine, _ = open_engine(location)
    found = inspect(engine)
    described = {
        name: (
            sorted(
                (column["name"], str(column["type"]), column["nullable"])
                for column in found.get_columns(name)
            ),
            found.get_pk_constraint(name)["constrained_columns"],
            sorted(
                (key["constrained_columns"], key["referred_table"], key["referred_columns"], key["options"])
                for key in found.get_foreign_keys(name)
            ),
            sorted((index["name"], index["column_names"]) for index in found.get_indexes(name)),
        )
        for name in found.get_table_names()
    }
    engine.dispose()
    return described


def test_the_newest_migration_is_the_schema_of_this_version():
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [tables.SCHEMA_VERSION]


def test_an_upgraded_store_has_the_tables_of_a_new_one(old):
    upgrade_store(old)
    with open_store(old) as store, store.read() as connection:
        options = {"compare_type": True, "version_table": tables.schema_version.name}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), tables.metadata) == []
    upgraded = describe(old)
    with open_store(old) as store, store.write() as connection:
        tables.metadata.drop_all(connection)
        schema.make_schema(connection)
    assert describe(old) == upgraded


def test_an_upgrade_keeps_every_article_and_what_is_known_of_its_page(old):
    upgrade_store(old)
    with open_store(old) as store, store.read() as connection:
        query = text(
            "SELECT fingerprint, article, sha256, fetched_at, recorded_at FROM pages ORDER BY fingerprint"
        )
        pages = connection.execute(query).all()
    assert pages == [
        ("1", "aaaa", "hash-a", None, "2024-05-06T10:00:00Z"),
        # Two pages became one article: whose bytes the hash is of, the first schema did not say.
        ("2", "bbbb", None, None, None),
        ("3", "bbbb", None, None, None),
    ]


def test_an_upgrade_keeps_what_people_judged_and_the_later_word_holds(old):
    upgrade_store(old)
    with open_store(old) as store, store.read() as connection:
        (judgement,) = load_judgements(connection)
        assert (judgement.by, judgement.verdict, judgement.reason) == ("Bo", "same", "no, one round")
        rules = connection.execute(text("SELECT count(*) FROM judgements WHERE decision IS NULL")).scalar()
        assert rules == 1


def test_an_upgraded_store_can_be_written_to(old):
    upgrade_store(old)
    with open_store(old) as store:
        store.finish_run(store.start_run("new"), read=0, known=0, rejected=0)
        number = store.write_decision("merge", [], about="E1", by="Ann", reason="")
        store.undo_decision(number, by="Ann")


def test_an_older_store_says_to_upgrade_it_and_is_left_alone(old):
    before = describe(old)
    with pytest.raises(StoreError, match="Run: counterclaim upgrade --db"):
        open_store(old)
    with pytest.raises(StoreError, match="Run: counterclaim upgrade --db"):
        open_store(old, create=True)
    assert describe(old) == before


def test_a_later_versions_store_says_to_upgrade_the_program(location):
    with open_store(location, create=True) as store, store.write() as connection:
        connection.execute(tables.schema_version.update().values(version_num="99"))
    with pytest.raises(StoreError, match="later version"):
        open_store(location)
    with pytest.raises(StoreError, match="later version"):
        upgrade_store(location)


def test_upgrading_a_current_store_does_nothing(location):
    open_store(location, create=True).engine.dispose()
    assert upgrade_store(location)[1:] == (tables.SCHEMA_VERSION, None)


def test_an_upgrade_that_fails_leaves_the_store_as_it_was(old, monkeypatch):
    before = describe(old)

    def fail(*_):
        raise StoreError("no power")

    # The last step of every upgrade.
    monkeypatch.setattr(
        command, "upgrade", lambda config, to, upgrade=command.upgrade: (upgrade(config, to), fail())
    )
    with pytest.raises(StoreError, match="no power"):
        upgrade_store(old)
    assert describe(old) == before
    with pytest.raises(StoreError, match="counterclaim upgrade"):
        open_store(old)


def test_a_copy_of_the_file_as_it_was_is_kept(tmp_path):
    path = tmp_path / "news.db"
    make_store_of_version(str(path), "1")
    before = describe(str(path))
    _, version, copy = upgrade_store(str(path))
    assert (version, copy) == ("1", tmp_path / "news.db.schema-1")
    assert describe(str(copy)) == before
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT count(*) FROM articles").fetchone() == (2,)


def test_rows_that_point_nowhere_stop_the_upgrade(tmp_path):
    path = str(tmp_path / "news.db")
    make_store_of_version(path, "1")
    with closing(sqlite3.connect(path)) as damaged:
        damaged.execute("UPDATE pages SET article = 'gone' WHERE fingerprint = '1'")
        damaged.commit()
    with pytest.raises(StoreError, match="table pages point at rows that are not there"):
        upgrade_store(path)
    with pytest.raises(StoreError, match="counterclaim upgrade"):
        open_store(path)


@pytest.mark.parametrize("name", ["none.db", "empty.db", "other.db"])
def test_what_is_no_store_is_not_upgraded(tmp_path, name):
    (tmp_path / "empty.db").touch()
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(StoreError):
        upgrade_store(str(tmp_path / name))
