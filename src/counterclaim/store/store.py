"""
Opening a store, and writing to it: each article in one transaction, whole or not at all.

Comes in: readings, rejections, stories, events. Goes out: rows. A run that is killed loses at most the
article it was writing; the next run goes on from there, because a page already read with the same
signature is known by its fingerprint. A new signature replaces what the old one read.

A location is a path (SQLite, kept in write-ahead mode so that one may read while another writes) or any
SQLAlchemy URL. Two runs may write to one store at once: SQLite lets one wait for the other, up to a minute.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, create_engine, delete, event, insert, inspect, select, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from counterclaim.errors import ExtraMissing, StoreError
from counterclaim.store import tables
from counterclaim.store.rows import make_rows
from counterclaim.types import Event, Judgement, Page, Reading, Rejection, Story

BUSY_SECONDS = 60


class Store:
    """An open store; `with open_store(...) as store:` closes it."""

    def __init__(self, engine: Engine, location: str) -> None:
        self.engine = engine
        self.location = location

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the store, whoever writes meanwhile."""
        with _explained(self.location), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection whose changes are kept together at the end, or not at all."""
        with _explained(self.location), self.engine.connect() as plain:
            connection = plain.execution_options(writes=True)
            with connection.begin():
                yield connection

    def is_read(self, fingerprint: str, signature: str) -> bool:
        """Whether this very page was read with this signature before."""
        query = (
            select(tables.pages.c.article)
            .join(tables.articles, tables.articles.c.id == tables.pages.c.article)
            .where(tables.pages.c.fingerprint == fingerprint, tables.articles.c.signature == signature)
        )
        with self.read() as connection:
            return connection.execute(query).first() is not None

    def write_reading(self, reading: Reading, fingerprint: str) -> None:
        """The reading in place of an earlier one of the same article; nothing changes if it is already there."""
        article = reading.article
        with self.write() as connection:
            signature = connection.execute(
                select(tables.articles.c.signature).where(tables.articles.c.id == article.id)
            ).scalar()
            if signature != reading.signature:
                kept = [
                    row._asdict()
                    for row in connection.execute(
                        select(tables.pages).where(tables.pages.c.article == article.id)
                    )
                ]
                connection.execute(delete(tables.articles).where(tables.articles.c.id == article.id))
                for table, rows in make_rows(reading, recorded_at=now()):
                    if rows:
                        connection.execute(insert(table), rows)
                if kept:
                    connection.execute(insert(tables.pages), kept)
            connection.execute(delete(tables.pages).where(tables.pages.c.fingerprint == fingerprint))
            connection.execute(
                insert(tables.pages).values(fingerprint=fingerprint, ref=article.ref, article=article.id)
            )
            connection.execute(delete(tables.rejections).where(tables.rejections.c.ref == article.ref))

    def write_rejection(self, rejection: Rejection) -> None:
        """Listed once per ref, with the latest reason."""
        with self.write() as connection:
            connection.execute(delete(tables.rejections).where(tables.rejections.c.ref == rejection.ref))
            connection.execute(
                insert(tables.rejections).values(
                    ref=rejection.ref,
                    reason=rejection.reason,
                    detail=rejection.detail,
                    recorded_at=now(),
                )
            )

    def write_fusion(self, stories: Iterable[Story], events: Iterable[Event]) -> None:
        """Stories and events in place of all earlier ones; judgements made by people stay."""
        story_rows: list[dict[str, object]] = []
        copy_rows: list[dict[str, object]] = []
        for story in stories:
            story_rows.append({"id": story.id, "origin": story.origin})
            copy_rows += [
                {
                    "story": story.id,
                    "article": copy.article,
                    "number": number,
                    "copied_from": copy.copied_from,
                    "cut": copy.cut,
                    "added": copy.added,
                }
                for number, copy in enumerate(story.copies)
            ]
        event_rows: list[dict[str, object]] = []
        telling_rows: list[dict[str, object]] = []
        judged: dict[tuple[str, str], dict[str, object]] = {}
        for fused in events:
            event_rows.append(
                {
                    name: getattr(fused, name)
                    for name in tables.events.c.keys()  # noqa: SIM118  a column collection, not a dictionary
                }
                | {"contested": list(fused.contested)}
            )
            telling_rows += [
                {"event": fused.id, "article": article, "event_mention": mention}
                for article, mention in fused.members
            ]
            judged |= {
                (judgement.left, judgement.right): _judgement_row(judgement)
                for judgement in fused.judgements
                if judgement.by == "rule"
            }
        with self.write() as connection:
            for table in (tables.tellings, tables.events, tables.copies, tables.stories):
                connection.execute(delete(table))
            connection.execute(delete(tables.judgements).where(tables.judgements.c.by == "rule"))
            for table, rows in (
                (tables.stories, story_rows),
                (tables.copies, copy_rows),
                (tables.events, event_rows),
                (tables.tellings, telling_rows),
                (tables.judgements, list(judged.values())),
            ):
                if rows:
                    connection.execute(insert(table), rows)

    def write_judgement(self, judgement: Judgement) -> None:
        """A person's word on two tellings, in place of what the same person said before."""
        column = tables.judgements.c
        with self.write() as connection:
            connection.execute(
                delete(tables.judgements).where(
                    column.left == judgement.left, column.right == judgement.right, column.by == judgement.by
                )
            )
            connection.execute(insert(tables.judgements), [_judgement_row(judgement)])

    def start_run(self, signature: str) -> int:
        """The new run's number."""
        with self.write() as connection:
            result = connection.execute(insert(tables.runs).values(started_at=now(), signature=signature))
            return int(result.inserted_primary_key[0])  # type: ignore[index]

    def finish_run(self, run: int, *, read: int, known: int, rejected: int) -> None:
        """Note when the run ended and what it did."""
        with self.write() as connection:
            connection.execute(
                update(tables.runs)
                .where(tables.runs.c.id == run)
                .values(finished_at=now(), read=read, known=known, rejected=rejected)
            )


def open_store(location: str, *, create: bool = False) -> Store:
    """
    The store at a path or URL.

    Args:
        create: Make it if there is none; otherwise a missing store is an error that says what to run.

    Raises:
        StoreError: it is missing, belongs to another program, is damaged, or may not be written.
        ExtraMissing: the database's driver is not installed.
    """
    url = _make_url(location)
    path = Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
    if path is not None:
        _check_path(path, location, create=create)
    try:
        engine = create_engine(url, connect_args=_connect_args(url))
    except ModuleNotFoundError as error:
        raise ExtraMissing(error.name or url.drivername, "postgres") from error
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    # Messages name the store; they never print a password.
    store = Store(engine, url.render_as_string() if "://" in location else location)
    try:
        _check_schema(store, create=create)
    except BaseException:
        engine.dispose()
        raise
    return store


def fingerprint_page(page: Page, *, verbatim: bool) -> str:
    """SHA-256 of the page's bytes and of all that was given with them: what decides its article."""
    digest = hashlib.sha256(page.body)
    given = (page.kind, page.title, page.url, page.outlet, page.published, verbatim)
    digest.update(repr(given).encode())
    return digest.hexdigest()


def now() -> str:
    """The time of recording: ISO, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _make_url(location: str) -> URL:
    if "://" not in location:
        return URL.create("sqlite", database=location)
    try:
        url = make_url(location)
        if url.drivername in {"postgresql", "postgres"}:
            url = url.set(drivername="postgresql+psycopg")
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreError(
            f"{location!r} is not a database URL. Give a file such as counterclaim.db, or a URL such as "
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


def _connect_args(url: URL) -> dict[str, object]:
    return {"timeout": BUSY_SECONDS} if url.get_backend_name() == "sqlite" else {}


def _prepare_sqlite(connection: object, _: object) -> None:
    # The driver's own transactions begin too late to see one state throughout: we begin them ourselves.
    connection.isolation_level = None  # type: ignore[attr-defined]
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _check_schema(store: Store, *, create: bool) -> None:
    with store.read() as connection:
        names = set(inspect(connection).get_table_names())
        version = None
        if tables.about.name in names:
            version = connection.execute(
                select(tables.about.c.value).where(tables.about.c.name == "schema_version")
            ).scalar()
    if version == tables.SCHEMA_VERSION:
        return
    if version is not None:
        raise StoreError(
            f"{store.location} was made by another version of counterclaim (schema {version}, this one writes "
            f"{tables.SCHEMA_VERSION}). Read the articles into a new store: counterclaim run PATH --db NEW"
        )
    if names:
        raise StoreError(f"{store.location} belongs to another program. Give another file with --db.")
    if not create:
        raise StoreError(
            f"{store.location} is empty. Fill it first: counterclaim run PATH --db {store.location}"
        )
    if store.engine.dialect.name == "sqlite":
        with _explained(store.location), store.engine.connect() as connection:
            # Outside a transaction, once for the file: readers and a writer do not wait for each other.
            driver = connection.connection.cursor()
            driver.execute("PRAGMA journal_mode = WAL")
            driver.close()
    with store.write() as connection:
        tables.metadata.create_all(connection)
        if connection.execute(select(tables.about.c.value)).first() is None:
            connection.execute(
                insert(tables.about).values(name="schema_version", value=tables.SCHEMA_VERSION)
            )


@contextmanager
def _explained(location: str) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        cause = str(error.orig if isinstance(error, DBAPIError) else error).strip().split("\n")[0]
        raise StoreError(f"{location}: {cause}. {_advise(cause, location)}") from error


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


def _judgement_row(judgement: Judgement) -> dict[str, object]:
    return {
        name: getattr(judgement, name)
        for name in tables.judgements.c.keys()  # noqa: SIM118  a column collection, not a dictionary
    }
