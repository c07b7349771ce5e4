"""
The tables of a store: made when it is new, checked when it is opened, upgraded when it is old.

Comes in: a store's engine. Goes out: nothing, or an error that says what to run. A store made by an earlier version
is upgraded only when its owner says so (`counterclaim upgrade`): it may be shared with people who still use that version,
and there is no way back but the copy that is kept.

A PostgreSQL store is not copied: whoever runs the server has backups of their own.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, Integer, Text, func, insert, inspect, select, text, update

from counterclaim.errors import StoreError
from counterclaim.store import tables

# Stores of the first schema kept their version under this name in `counterclaim`.
_FIRST = "schema_version"
# Any number will do that other programs on the server do not lock.
_MAKING = 0x636C61696D
_GENERATION = select(tables.about.c.value).where(tables.about.c.name == "generation")


def check_schema(engine: Engine, location: str) -> bool:
    """
    Whether the store has its tables; False where the database is empty.

    Raises:
        StoreError: another version's, or another program's.
    """
    with engine.connect() as connection:
        version = find_version(connection)
        if version == tables.SCHEMA_VERSION:
            return True
        if version is not None and _is_older(version):
            raise StoreError(
                f"{location} was made by an earlier version of counterclaim (schema {version}; this one uses "
                f"{tables.SCHEMA_VERSION}). Run: counterclaim upgrade --db {location}"
            )
        if version is not None:
            raise StoreError(
                f"{location} was made by a later version of counterclaim (schema {version}; this one uses "
                f"{tables.SCHEMA_VERSION}). Run: pip install --upgrade counterclaim"
            )
        if inspect(connection).get_table_names():
            raise StoreError(f"{location} belongs to another program. Give another file with --db.")
    return False


def find_version(connection: Connection) -> str | None:
    """The schema's version; None for what is no store."""
    names = set(inspect(connection).get_table_names())
    if tables.about.name not in names:
        return None
    if tables.schema_version.name in names:
        return connection.execute(select(tables.schema_version.c.version_num)).scalar()
    return connection.execute(select(tables.about.c.value).where(tables.about.c.name == _FIRST)).scalar()


def make_schema(connection: Connection) -> None:
    """Every table, where another process has not made them meanwhile."""
    if connection.dialect.name == "postgresql":
        # Two that make the same table at once would fail; SQLite lets only one write anyway.
        connection.execute(select(func.pg_advisory_xact_lock(_MAKING)))
    tables.metadata.create_all(connection)
    if connection.execute(select(tables.schema_version)).first() is None:
        connection.execute(insert(tables.schema_version).values(version_num=tables.SCHEMA_VERSION))
        connection.execute(insert(tables.about).values(name="generation", value="0"))


def copy_file(path: Path, version: str) -> Path:
    """A copy of a SQLite store beside it, whoever uses it meanwhile; named by the schema it has."""
    copy = path.with_name(f"{path.name}.schema-{version}")
    unfinished = copy.with_name(f"{copy.name}.part")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
    shutil.move(unfinished, copy)
    return copy


def migrate(connection: Connection) -> None:
    """
    Bring an older store's tables to this version, in the connection's transaction.

    Raises:
        StoreError: it holds rows that point nowhere, and so is damaged.
    """
    # Imported here: opening a store that needs no upgrade is not to wait for it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    if not inspect(connection).has_table(tables.schema_version.name):
        tables.schema_version.create(connection)
        connection.execute(insert(tables.schema_version).values(version_num="1"))
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, tables.SCHEMA_VERSION)
    if connection.dialect.name == "sqlite":
        lost = connection.execute(text("PRAGMA foreign_key_check")).first()
        if lost is not None:
            raise StoreError(
                f"Rows of the table {lost[0]} point at rows that are not there. The file is damaged: restore it "
                "from a backup, or read the articles into a new store."
            )


def bump_generation(connection: Connection) -> None:
    """
    Say that what was read or judged is about to change.

    Others that write wait until the transaction ends, on PostgreSQL as on SQLite.
    """
    value = tables.about.c.value
    connection.execute(
        update(tables.about)
        .where(tables.about.c.name == "generation")
        .values(value=(value.cast(Integer) + 1).cast(Text))
    )


def lock_generation(connection: Connection) -> int:
    """The generation, which stays so till the transaction ends: others that write wait."""
    return int(connection.execute(_GENERATION.with_for_update()).scalar_one())


def read_generation(connection: Connection) -> int:
    """A number that grows with every change to what was read or judged."""
    return int(connection.execute(_GENERATION).scalar_one())


def _is_older(version: str) -> bool:
    return not version.isdecimal() or int(version) < int(tables.SCHEMA_VERSION)
