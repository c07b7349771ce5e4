"""
Writing to a store and reading from it: what belongs together is written together, whole or not at all.

Comes in: readings, rejections, stories, events, decisions. Goes out: rows. A run that is killed loses at most the
articles it was about to write; the next run goes on from there, because a page already read with the same
signature is known by its fingerprint. A new signature replaces what the old one read.

Several runs may write to one store at once: they wait for each other, on SQLite up to a minute.
"""

import hashlib
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from sqlalchemy import Connection, Engine, delete, insert, select, update

from counterclaim.errors import StoreError
from counterclaim.store import schema, tables
from counterclaim.store.corrections import find_corrected, insert_correction
from counterclaim.store.kept import forget, mark
from counterclaim.store.opening import explained, find_file, is_of_the_reading, open_engine
from counterclaim.store.queries import load_decision, load_settled
from counterclaim.store.rows import BATCH, make_storable
from counterclaim.store.schema import (
    bump_generation,
    check_schema,
    copy_file,
    find_version,
    lock_generation,
    make_schema,
    migrate,
)
from counterclaim.store.writing import (
    NewReading,
    analyse,
    find_articles,
    insert_decision,
    keep_what_is_there,
    write_articles,
    write_events,
    write_judgements,
    write_names,
    write_rules,
    write_stories,
)
from counterclaim.types import Correction, Event, Judgement, Page, Reading, Rejection, Story

__all__ = ["NewReading", "Store", "fingerprint_page", "now", "open_store", "upgrade_store"]


class Upgrade(NamedTuple):
    """
    What an upgrade found and did.

    Attributes:
        location: As it may be shown: without a password.
        before: The schema the store had.
        copy: The SQLite file as it was; None where there was nothing to do, or the store is on a server.
    """

    location: str
    before: str
    copy: Path | None


class Store:
    """An open store; `with open_store(...) as store:` closes it."""

    def __init__(self, engine: Engine, location: str) -> None:
        self.engine = engine
        self.location = location
        # One that nobody closes is closed when nobody has it any longer.
        weakref.finalize(self, engine.dispose)

    @property
    def file(self) -> Path | None:
        """The SQLite file; None for a database on a server or in memory."""
        return find_file(self.location)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the store, whoever writes meanwhile."""
        with explained(self.location), self.engine.connect() as plain:
            # SQLite's transactions always see one state.
            one_state = {"isolation_level": "REPEATABLE READ"} if plain.dialect.name == "postgresql" else {}
            yield plain.execution_options(**one_state)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection whose changes are kept together at the end, or not at all."""
        with explained(self.location), self.engine.connect() as plain:
            connection = plain.execution_options(writes=True)
            with connection.begin():
                yield connection

    def is_read(self, fingerprint: str, signature: str) -> bool:
        """Whether this very page was read with this signature before, be it that its reading could not be stored."""
        return bool(self.find_names(fingerprint, signature))

    def find_names(self, fingerprint: str, signature: str) -> frozenset[str]:
        """The names under which this very page was read with this signature, or rejected because its reading could not be stored; none where it was not."""
        query = (
            select(tables.pages.c.ref)
            .join(tables.articles, tables.articles.c.id == tables.pages.c.article)
            .where(tables.pages.c.fingerprint == fingerprint, tables.articles.c.signature == signature)
        )
        column = tables.rejections.c
        refused = select(column.ref).where(column.fingerprint == fingerprint, column.signature == signature)
        with self.read() as connection:
            return frozenset(
                connection.execute(query).scalars().all() or connection.execute(refused).scalars().all()
            )

    def write_names(self, names: Iterable[tuple[str, str]]) -> None:
        """Other names of pages that `find_names` knows: of each its fingerprint and its ref."""
        with self.write() as connection:
            lock_generation(connection)
            write_names(connection, ((one, make_storable(ref)) for one, ref in names), now())

    def write_reading(self, reading: Reading, fingerprint: str) -> None:
        """The reading in place of an earlier one of the same article; nothing changes if it is already there."""
        self.write_readings([NewReading(reading, fingerprint)])

    def write_readings(self, new: Sequence[NewReading]) -> None:
        """Several readings in one transaction: all of them are stored, or none."""
        recorded_at = now()
        with self.write() as connection:
            bump_generation(connection)
            for start in range(0, len(new), BATCH):
                write_articles(connection, new[start : start + BATCH], recorded_at)

    def write_what_fits(self, new: Sequence[NewReading]) -> list[Rejection]:
        """
        The readings, all in one transaction where they can be stored; else each in its own, and of those that cannot a rejection that is listed.

        What has nothing to do with a reading (a full disk, a server that is gone) is raised, as `write_readings` raises it.
        """
        try:
            self.write_readings(new)
        except Exception as error:
            if not is_of_the_reading(error):
                raise
            if len(new) == 1:
                return [self._refuse(new[0], error)]
            return [refused for one in new for refused in self.write_what_fits([one])]
        return []

    def _refuse(self, new: NewReading, error: Exception) -> Rejection:
        article = new.reading.article
        said = str(getattr(error, "orig", None) or error).partition("\n")[0][:300]
        rejection = Rejection(
            article.ref,
            "unstorable",
            f"The page was read, but the database does not take its reading: {said}",
        )
        self.write_rejection(rejection, fingerprint=new.fingerprint, signature=new.reading.signature)
        return rejection

    def write_rejection(
        self, rejection: Rejection, *, fingerprint: str | None = None, signature: str | None = None
    ) -> None:
        """Listed once per ref, with the latest reason; a page of that fingerprint is not read again with that signature."""
        ref, detail = make_storable(rejection.ref), make_storable(rejection.detail)
        row: dict[str, str | None] = {
            "ref": ref,
            "reason": rejection.reason,
            "detail": detail,
            "recorded_at": now(),
        }
        row |= {"fingerprint": fingerprint, "signature": signature, "language": rejection.language}
        with self.write() as connection:
            lock_generation(connection)
            connection.execute(delete(tables.rejections).where(tables.rejections.c.ref == ref))
            connection.execute(insert(tables.rejections).values(row))

    def write_fusion(
        self,
        stories: Iterable[Story],
        events: Iterable[Event],
        overturned: Mapping[tuple[str, str], str] | None = None,
        *,
        generation: int | None = None,
    ) -> bool:
        """
        Stories and events in place of all earlier ones, whatever they were made by; what people judged stays.

        What `fusing.fuse_pending` keeps of earlier fusions goes: it makes them anew from all readings when it is called next.

        Args:
            overturned: Pairs of tellings that a rule had judged the same and that now stand in different events,
                with the reason. They are kept and marked with it; other judgements of rules that join nothing any
                longer go.
            generation: The store's when what is written was made from it. If it is another by now, nothing is
                written and False comes back. Without it, what is gone from the store meanwhile is left out.
        """
        stories, events = list(stories), list(events)
        judged = [one for fused in events for one in fused.judgements if one.by == "rule"]
        with self.write() as connection:
            if lock_generation(connection) != generation is not None:
                return False
            forget(connection)
            if generation is None:
                stories, events = keep_what_is_there(connection, stories, events)
            write_stories(connection, (), stories)
            write_events(connection, (), events)
            write_rules(connection, load_settled(connection), judged, overturned or {}, now())
            analyse(connection, len(events))
        return True

    def write_decision(
        self, verb: str, judgements: Iterable[Judgement], *, about: str, by: str, reason: str
    ) -> int:
        """
        What a person decided about an event, as judgements on pairs of tellings; the number it is undone by.

        Args:
            verb: ``merge``, ``split`` or ``unsure``.
            about: The event's id.
        """
        made_at = now()
        judgements = tuple(judgements)
        with self.write() as connection:
            bump_generation(connection)
            mark(connection, find_articles(judgements))
            number = insert_decision(connection, verb, about=about, by=by, reason=reason, made_at=made_at)
            write_judgements(connection, judgements, made_at=made_at, decision=number)
        return number

    def undo_decision(self, number: int, *, by: str) -> None:
        """Take a decision back: it stays on record, and what was decided before it holds again."""
        with self.write() as connection:
            bump_generation(connection)
            mark(connection, find_articles(load_decision(connection, number)))
            connection.execute(
                update(tables.decisions)
                .where(tables.decisions.c.id == number)
                .values(undone_at=now(), undone_by=by)
            )

    def write_correction(self, correction: Correction) -> int:
        """What a person said of a claim, with the time; the number it is undone by."""
        with self.write() as connection:
            bump_generation(connection)
            number = insert_correction(connection, replace(correction, made_at=now()))
            mark(connection, find_corrected(connection, number))
        return number

    def undo_correction(self, number: int, *, by: str) -> None:
        """Take a correction back: it stays on record, and what was said before it holds again."""
        column = tables.corrections.c
        with self.write() as connection:
            bump_generation(connection)
            mark(connection, find_corrected(connection, number))
            connection.execute(
                update(tables.corrections)
                .where(column.id == number, column.undone_at.is_(None))
                .values(undone_at=now(), undone_by=by)
            )

    def write_judgement(self, judgement: Judgement) -> None:
        """A person's word on two tellings, as a decision of its own."""
        verb = {"same": "merge", "different": "split", "unsure": "unsure"}[judgement.verdict]
        self.write_decision(verb, [judgement], about="", by=judgement.by, reason=judgement.reason)

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


def open_store(location: str, *, create: bool = False, readers: int = 0) -> Store:
    """
    The store at a path or URL.

    Args:
        create: Make it if there is none; otherwise a missing store is an error that says what to run.
        readers: How many will read at once in this process; 0 for one or few.

    Raises:
        StoreError: it is missing, belongs to another program, is damaged, may not be written, or was made by
            an earlier version (`upgrade_store`) or a later one.
        ExtraMissing: the database's driver is not installed.
    """
    engine, shown = open_engine(location, create=create, readers=readers)
    store = Store(engine, shown)
    try:
        with explained(shown):
            if not check_schema(engine, shown):
                _fill_empty(store, create=create)
    except BaseException:
        engine.dispose()
        raise
    return store


def upgrade_store(location: str) -> Upgrade:
    """
    Bring a store of an earlier version to this one's schema, whole or not at all; a current one stays as it is.

    Raises:
        StoreError: there is no store, it is another program's, a later version's or damaged.
    """
    engine, shown = open_engine(location, check_references=False)
    try:
        with explained(shown):
            with engine.connect() as connection:
                version = find_version(connection)
            if version not in schema.RELEASED:
                if not check_schema(engine, shown):
                    raise StoreError(f"{shown} is empty. There is nothing to upgrade.")
                return Upgrade(shown, schema.SCHEMA_VERSION, None)
            file = find_file(location)
            copy = copy_file(file, version) if file else None
            with Store(engine, shown).write() as connection:
                migrate(connection)
    finally:
        engine.dispose()
    return Upgrade(shown, version, copy)


def fingerprint_page(page: Page, *, verbatim: bool) -> str:
    """SHA-256 of the page's bytes and of all that was given with them: what decides its article."""
    digest = hashlib.sha256(page.body)
    given = (
        page.kind,
        page.title,
        page.url,
        page.outlet,
        page.published,
        page.authors,
        page.modified,
        page.words,
        verbatim,
    )
    digest.update(repr(given).encode())
    return digest.hexdigest()


def now() -> str:
    """The time of recording: ISO, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _fill_empty(store: Store, *, create: bool) -> None:
    if not create:
        raise StoreError(
            f"{store.location} is empty. Fill it first: counterclaim run PATH --db {store.location}"
        )
    if store.engine.dialect.name == "sqlite":
        with store.engine.connect() as connection:
            # Outside a transaction, once for the file: readers and a writer do not wait for each other. Pages of 8 KiB
            # take a tenth less of the processor than the usual 4 to write a quarter of a million claims.
            driver = connection.connection.cursor()
            driver.execute("PRAGMA page_size = 8192")
            driver.execute("PRAGMA journal_mode = WAL")
            driver.close()
    with store.write() as connection:
        make_schema(connection)
