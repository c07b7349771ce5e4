"""A store of an earlier release is upgraded when its owner says so, whole or not at all, and loses nothing."""

import sqlite3
from contextlib import closing

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, MetaData, Table, Text, inspect, select, text

from counterclaim.errors import StoreError
from counterclaim.store import schema, tables, views
from counterclaim.store.opening import open_engine
from counterclaim.store.queries import load_judgements
from counterclaim.store.store import open_store, upgrade_store
from tests.store.releases import fill, release


@pytest.fixture
def old(location, tmp_path, monkeypatch):
    """The location of a store that the release before made."""
    fill(location)
    release(monkeypatch, tmp_path / "migrations")
    return location


def describe(location):
    """Every table and view with its columns, keys and indexes, as the database tells them."""
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
    described["views"] = sorted(found.get_view_names())
    engine.dispose()
    return described


def test_the_newest_migration_is_the_schema_of_this_version():
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.SCHEMA_VERSION]


def test_an_upgraded_store_has_the_tables_of_a_new_one(location, tmp_path, monkeypatch):
    fill(location)
    changed = release(monkeypatch, tmp_path / "migrations")
    upgrade_store(location)
    with open_store(location) as store, store.read() as connection:
        options = {
            "compare_type": True,
            "version_table": tables.schema_version.name,
            # The full text index is the database's own affair (store/search.py).
            "include_object": lambda _, name, *__: not (name or "").startswith("search_"),
        }
        assert compare_metadata(MigrationContext.configure(connection, opts=options), changed) == []


def test_an_upgrade_keeps_every_row(old):
    upgrade_store(old)
    with open_store(old) as store, store.read() as connection:
        pages = connection.execute(text("SELECT fingerprint, article FROM pages ORDER BY fingerprint")).all()
        (judgement,) = load_judgements(connection)
    assert pages == [("1", "aaaa"), ("2", "bbbb")]
    assert (judgement.by, judgement.verdict, judgement.reason) == ("Ann", "same", "one round")


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


@pytest.mark.parametrize("version", ["1", "3", "0.1.dev.00000000"])
def test_a_store_of_another_development_version_says_to_read_the_articles_again(location, version):
    fill(location)
    with open_store(location) as store, store.write() as connection:
        connection.execute(tables.schema_version.update().values(version_num=version))
    before = describe(location)
    for opened in (open_store, upgrade_store):
        with pytest.raises(StoreError, match=r"development version.*counterclaim run PATH --db NEW"):
            opened(location)
    assert describe(location) == before


def test_the_first_stores_are_of_a_development_version_too(location):
    fill(location)
    with open_store(location) as store, store.write() as connection:
        tables.schema_version.drop(connection)
    with pytest.raises(StoreError, match="development version"):
        open_store(location)


def test_tables_that_change_are_another_development_version(monkeypatch):
    changed = MetaData()
    for table in tables.metadata.sorted_tables:
        table.to_metadata(changed)
    Table("notes", changed, Column("text", Text))
    monkeypatch.setattr(tables, "metadata", changed)
    assert schema.name_development() != schema.SCHEMA_VERSION


def test_a_view_is_made_with_a_new_store_and_outlives_an_upgrade(location, tmp_path, monkeypatch):
    query = select(tables.articles.c.id).where(tables.articles.c.title == "50 % done")
    monkeypatch.setitem(views.VIEWS, "half", query)
    monkeypatch.setitem(views.VIEWS, "half_again", text("SELECT id FROM half"))
    monkeypatch.setattr(schema, "SCHEMA_VERSION", schema.name_development())
    fill(location)
    release(monkeypatch, tmp_path / "migrations")
    upgrade_store(location)
    assert {"half", "half_again"} <= set(describe(location)["views"])
    with open_store(location) as store, store.write() as connection:
        connection.execute(text("UPDATE articles SET title = '50 % done' WHERE id = 'aaaa'"))
        assert connection.execute(text("SELECT id FROM half_again")).scalars().all() == ["aaaa"]


def test_a_later_versions_store_says_to_upgrade_the_program(location):
    with open_store(location, create=True) as store, store.write() as connection:
        connection.execute(tables.schema_version.update().values(version_num="99.0"))
    with pytest.raises(StoreError, match="later version"):
        open_store(location)
    with pytest.raises(StoreError, match="later version"):
        upgrade_store(location)


def test_upgrading_a_current_store_does_nothing(location):
    open_store(location, create=True).engine.dispose()
    assert upgrade_store(location)[1:] == (schema.SCHEMA_VERSION, None)


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


def test_a_copy_of_the_file_as_it_was_is_kept(tmp_path, monkeypatch):
    path = tmp_path / "news.db"
    fill(str(path))
    first = schema.SCHEMA_VERSION
    release(monkeypatch, tmp_path / "migrations")
    before = describe(str(path))
    _, version, copy = upgrade_store(str(path))
    assert (version, copy) == (first, tmp_path / f"news.db.schema-{first}")
    assert describe(str(copy)) == before
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT count(*) FROM articles").fetchone() == (2,)


def test_rows_that_point_nowhere_stop_the_upgrade(tmp_path, monkeypatch):
    path = str(tmp_path / "news.db")
    fill(path)
    release(monkeypatch, tmp_path / "migrations")
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
