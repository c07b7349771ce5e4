"""
From a path or URL to a database that can be spoken to, and from a database's complaint to advice.

Comes in: what the user gave with --db. Goes out: SQLAlchemy's engine, or an error that says what to do.

A path is a SQLite file, kept in write-ahead mode so that one may read while another writes. It must lie on a local
disk: write-ahead mode does not work over a network.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    SQLAlchemyError,
    StatementError,
)

from counterclaim.errors import ExtraMissing, StoreError

BUSY_SECONDS = 60
# Room for what one transaction changes: the pages of a large store's indexes lie far apart. It is used as needed.
CACHE_KIB = 64 * 1024
# For each of many readers: the file's pages are in the system's memory anyway.
READER_CACHE_KIB = 4 * 1024
# Passwords may hold what ends other parts of a URL: up to the last @.
_PASSWORD = re.compile(r"(://[^:/@]*:).*(?=@)")
_SECRET = re.compile(r"([?&][^=&]*(?:password|secret|passfile)[^=&]*=)[^&]*", re.IGNORECASE)


def open_engine(
    location: str, *, create: bool = False, check_references: bool = True, readers: int = 0
) -> tuple[Engine, str]:
    """
    The engine, and the location as it may be shown: without a password.

    Args:
        create: A file that is not there may be made.
        check_references: Have SQLite refuse rows that point nowhere; off only while tables are rebuilt.
        readers: How many will read at once, in one process: each then has little memory of its own. 0: one, or few.

    Raises:
        StoreError: the location is none, or there is nothing.
        ExtraMissing: the database's driver is not installed.
    """
    url = _make_url(location)
    path = find_file(location)
    if path is not None:
        _check_path(path, without_password(location), create=create)
        if not create and _is_sealed(path):
            # SQLite would make files beside it to share it with writers; where it cannot, there are none.
            # It would, however, miss what a writer left in a journal: such a store must be opened once where it can be written.
            url = URL.create(
                "sqlite",
                database=path.absolute().as_uri(),
                query={"mode": "ro", "immutable": "1", "uri": "true"},
            )
    is_sqlite = url.get_backend_name() == "sqlite"
    try:
        pool = (
            {"pool_size": readers, "max_overflow": readers} if readers and url.database != ":memory:" else {}
        )
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS} if is_sqlite else {}, **pool)
    except ModuleNotFoundError as error:
        raise ExtraMissing(error.name or url.drivername, "postgres") from error
    if is_sqlite:
        event.listen(engine, "connect", _prepare_checked if check_references else _prepare)
        if readers:
            event.listen(engine, "connect", _prepare_reader)
        event.listen(engine, "begin", _begin_sqlite)
    return engine, without_password(location)


def find_file(location: str) -> Path | None:
    """The SQLite file; None for a database on a server or in memory."""
    url = _make_url(location)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def without_password(location: str) -> str:
    """
    A location as it may be shown, however wrong it is.

    >>> without_password("postgresql://ann:se@cret@host/db?sslpassword=other"), without_password("a.db")
    ('postgresql://ann:***@host/db?sslpassword=***', 'a.db')
    """
    return _PASSWORD.sub(r"\1***", _SECRET.sub(r"\1***", location))


@contextmanager
def explained(location: str) -> Iterator[None]:
    """What the database complains of becomes a StoreError with advice."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = str(error.orig if isinstance(error, DBAPIError) else error).strip().split("\n")[0]
        raise StoreError(f"{location}: {cause}. {_advise(cause, location)}") from error


def is_of_the_reading(error: Exception) -> bool:
    """Whether what failed while rows were written lies in what they hold; a full disk, a lock or a server that is gone do not."""
    cause = error.__cause__ if isinstance(error, StoreError) else error
    # Classes of SQL's states: a value that no column takes, one that breaks a rule, a text too long for an index.
    state = str(getattr(getattr(cause, "orig", None) or cause, "sqlstate", None) or "")
    if state[:2] in {"22", "23", "54"}:
        return True
    if isinstance(cause, DBAPIError):
        return isinstance(cause, DataError | IntegrityError)
    return isinstance(cause, StatementError | OverflowError | ValueError)


def _make_url(location: str) -> URL:
    if "://" not in location:
        return URL.create("sqlite", database=location)
    try:
        url = make_url(location)
        if url.drivername in {"postgresql", "postgres"}:
            url = url.set(drivername="postgresql+psycopg")
        url.get_dialect()
        if "@" in (url.host or ""):
            raise StoreError(f"The password of {without_password(location)!r} holds an @. Write it as %40.")
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise StoreError(
            f"{without_password(location)!r} is not a database URL. Give a file such as counterclaim.db, or a URL such as "
            "postgresql://user@host/database."
        ) from error
    return url


def _check_path(path: Path, location: str, *, create: bool) -> None:
    if path.is_dir():
        raise StoreError(f"{location} is a folder. Give a file in it: --db {path / 'counterclaim.db'}")
    if not path.exists() and not create:
        raise StoreError(
            f"There is no store at {location}. Make one first: counterclaim run PATH --db {location}"
        )
    if not path.parent.is_dir():
        raise StoreError(f"The folder {path.parent} does not exist. Make it first: mkdir -p {path.parent}")


def _is_sealed(path: Path) -> bool:
    """Whether a store lies where nothing can be written beside it: a folder of somebody else's, a disk that is mounted to be read."""
    beside = Path(f"{path}-wal")
    return not os.access(path.parent, os.W_OK) and not (beside.exists() and beside.stat().st_size)


def _prepare(connection: object, _: object) -> None:
    # The driver's own transactions begin too late to see one state throughout: we begin them ourselves.
    connection.isolation_level = None  # type: ignore[attr-defined]
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    # In pages. By default every thousandth: a page that changes again and again goes to the file each time.
    cursor.execute("PRAGMA wal_autocheckpoint = 4000")
    cursor.close()


def _prepare_checked(connection: object, record: object) -> None:
    _prepare(connection, record)
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _prepare_reader(connection: object, _: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute(f"PRAGMA cache_size = -{READER_CACHE_KIB}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _advise(cause: str, location: str) -> str:
    if "not a database" in cause:
        return "The file is not a store. Give another with --db, or move it away."
    if "malformed" in cause or "disk image" in cause:
        return "The file is damaged. Restore it from a backup, or move it away and run again."
    if "locked" in cause:
        return "Another program keeps it busy. Wait for it to end and run again."
    if "readonly" in cause or "unable to open" in cause or "permission" in cause.lower():
        return "Make the file and its folder writable, or give another with --db."
    if "full" in cause:
        return "Make room on the disk and run again: what was stored is kept."
    return f"Check that {location} can be reached and is a store of this version."
