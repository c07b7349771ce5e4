"""
The tables and views of a store: made when it is new, checked when it is opened, upgraded when it is old.

Comes in: a store's engine. Goes out: nothing, or an error that says what to run. A store made by an earlier release
is upgraded only when its owner says so (`counterclaim upgrade`): it may be shared with people who still use that version,
and there is no way back but the copy that is kept. A store made between releases, by a development version with other
tables, is not upgraded: its articles are read into a new one.

A PostgreSQL store is not copied: whoever runs the server has backups of their own.
"""

import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, Integer, Text, func, insert, inspect, select, text, update
from sqlalchemy.dialects import sqlite as in_sqlite
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement

from counterclaim.errors import StoreError
from counterclaim.store import search, tables
from counterclaim.store.views import VIEWS, drop_views, make_views, write_query

MIGRATIONS = Path(__file__).with_name("migrations")


def name_development() -> str:
    """
    A name for the tables and views as they are now: whoever changes one of them has changed it.

    The first release takes its own number instead.
    """
    dialect = in_sqlite.dialect()
    made: list[ExecutableDDLElement] = []
    for table in tables.metadata.sorted_tables:
        made.append(CreateTable(table))
        made += [CreateIndex(index) for index in sorted(table.indexes, key=lambda one: str(one.name))]
    written = [str(one.compile(dialect=dialect)) for one in made]
    written += search.STATEMENTS
    written += [f"{name}: {write_query(query, dialect)}" for name, query in VIEWS.items()]
    return f"0.1.dev.{hashlib.sha256(''.join(written).encode()).hexdigest()[:8]}"


# The newest of migrations/versions.
SCHEMA_VERSION = name_development()
# Earlier releases' schemas, which `upgrade` brings to this one. There is no release yet.
RELEASED: tuple[str, ...] = ()
# Any number will do that other programs on the server do not lock.
_MAKING = 0x636C61696D
_GENERATION = select(tables.about.c.value).where(tables.about.c.name == "generation")
_EVENTS = "events"


def check_schema(engine: Engine, location: str) -> bool:
    """
    Whether the store has its tables; False where the database is empty.

    Raises:
        StoreError: another version's, or another program's.
    """
    with engine.connect() as connection:
        version = find_version(connection)
        if version == SCHEMA_VERSION:
            return True
        if version in RELEASED:
            raise StoreError(
                f"{location} was made by an earlier version of counterclaim (schema {version}; this one uses "
                f"{SCHEMA_VERSION}). Run: counterclaim upgrade --db {location}"
            )
        if version is not None and _is_development(version):
            raise StoreError(
                f"{location} was made by another development version of counterclaim (schema {version}; this one uses "
                f"{SCHEMA_VERSION}), whose tables differ. Read the articles into a new store: "
                "counterclaim run PATH --db NEW.db"
            )
        if version is not None:
            raise StoreError(
                f"{location} was made by a later version of counterclaim (schema {version}; this one uses "
                f"{SCHEMA_VERSION}). Run: pip install --upgrade counterclaim"
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
    # The first development versions kept no such table.
    return "1"


def make_schema(connection: Connection) -> None:
    """Every table and view, where another process has not made them meanwhile."""
    if connection.dialect.name == "postgresql":
        # Two that make the same table at once would fail; SQLite lets only one write anyway.
        connection.execute(select(func.pg_advisory_xact_lock(_MAKING)))
    tables.metadata.create_all(connection)
    if connection.execute(select(tables.schema_version)).first() is None:
        connection.execute(insert(tables.schema_version).values(version_num=SCHEMA_VERSION))
        connection.execute(insert(tables.about).values(name="generation", value="0"))
        make_views(connection)


def copy_file(path: Path, version: str) -> Path:
    """A copy of a SQLite store beside it, whoever uses it meanwhile; named by the schema it has, and never over an earlier copy."""
    copy = first = path.with_name(f"{path.name}.schema-{version}")
    number = 1
    while copy.exists():
        number += 1
        copy = first.with_name(f"{first.name}-{number}")
    unfinished = copy.with_name(f"{copy.name}.part")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
    # Who may not read the store may not read its copy.
    shutil.copymode(path, unfinished)
    shutil.move(unfinished, copy)
    return copy


def migrate(connection: Connection) -> None:
    """
    Bring an earlier release's store to this version, in the connection's transaction.

    Raises:
        StoreError: it holds rows that point nowhere, and so is damaged.
    """
    # Imported here: opening a store that needs no upgrade is not to wait for it.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    drop_views(connection)
    command.upgrade(config, SCHEMA_VERSION)
    make_views(connection)
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


def mark_events(connection: Connection) -> None:
    """Say that the events are other ones than before, to whoever keeps what was asked of them."""
    about = tables.about.c
    one_more = (about.value.cast(Integer) + 1).cast(Text)
    if not connection.execute(
        update(tables.about).where(about.name == _EVENTS).values(value=one_more)
    ).rowcount:
        connection.execute(insert(tables.about).values(name=_EVENTS, value="1"))


def read_events_mark(connection: Connection) -> str:
    """A word that is another whenever the events are."""
    return (
        connection.execute(select(tables.about.c.value).where(tables.about.c.name == _EVENTS)).scalar() or "0"
    )


def read_generation(connection: Connection) -> int:
    """A number that grows with every change to what was read or judged."""
    return int(connection.execute(_GENERATION).scalar_one())


def _is_development(version: str) -> bool:
    """Whether the schema is none of a release; the first development versions counted theirs from 1."""
    return version.isdecimal() or ".dev." in version
