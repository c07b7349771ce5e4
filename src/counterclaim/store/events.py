"""
All events of a store, each with the readings that tell of it, a few at a time however many there are.

Comes in: an open connection. Goes out: batches: some events in the order of their days, who tells of them, and the readings
and stories of these articles alone. Events of one day and article stand together, so that each article is
loaded about as often as it tells of different days.

Known limit: an event told by thousands of articles is a batch of its own, and held whole.
"""

from collections.abc import Iterator
from dataclasses import fields
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from counterclaim.store import tables
from counterclaim.store.corrections import are_any
from counterclaim.store.queries import load_stories
from counterclaim.store.rows import load_corrected, load_readings
from counterclaim.types import Correction, Event, Reading, Story

__all__ = ["Batch", "Connection", "iter_events"]

# Few enough for any machine, and enough that a batch is worth its dozen queries.
ARTICLES = 200
EVENTS = 100
_NAMES = [field.name for field in fields(Event) if field.name in tables.events.c]


class Batch(NamedTuple):
    """
    Some events and all that their matrices are made of.

    Attributes:
        events: With their members; what rules judged is left out.
        articles: The ids of all articles that tell of them.
        readings: Of those articles that were not in the batch before.
        stories: Those that the readings' articles belong to, with all their copies.
        recorded: By those articles' ids, when the store recorded them; ISO date-times in UTC.
        marks: By article and claim, what people said of the claims of the readings.
    """

    events: tuple[Event, ...]
    articles: frozenset[str]
    readings: tuple[Reading, ...]
    stories: tuple[Story, ...]
    recorded: dict[str, str]
    marks: dict[tuple[str, str], tuple[Correction, ...]]


def iter_events(connection: Connection) -> Iterator[Batch]:
    """Every event once, by its first day, undated ones last; a batch at a time."""
    before: frozenset[str] = frozenset()
    waiting: list[Event] = []
    articles: set[str] = set()
    for event in _iter_rows(connection):
        told_by = {article for article, _ in event.members}
        if waiting and (len(waiting) == EVENTS or len(articles | told_by) > ARTICLES):
            yield _load(connection, waiting, before)
            before, waiting, articles = frozenset(articles), [], set()
        waiting.append(event)
        articles |= told_by
    if waiting:
        yield _load(connection, waiting, before)


def _load(connection: Connection, events: list[Event], before: frozenset[str]) -> Batch:
    articles = frozenset(article for event in events for article, _ in event.members)
    new = sorted(articles - before)
    loaded = tuple(load_corrected(connection, new)) if are_any(connection) else ()
    return Batch(
        tuple(events),
        articles,
        tuple(one.reading for one in loaded) if loaded else tuple(load_readings(connection, new)),
        load_stories(connection, new) if new else (),
        _load_times(connection, new),
        {(one.reading.article.id, claim): said for one in loaded for claim, said in one.marks.items()},
    )


def _load_times(connection: Connection, articles: list[str]) -> dict[str, str]:
    column = tables.articles.c
    query = select(column.id, column.recorded_at).where(column.id.in_(articles))
    return {row.id: row.recorded_at for row in connection.execute(query)}


def _iter_rows(connection: Connection) -> Iterator[Event]:
    """The events as they are listed, with their members."""
    told = tables.tellings.c
    first = (
        select(told.event, func.min(told.article).label("article"))
        .group_by(told.event)
        .subquery("first_told")
    )
    column = tables.events.c
    query = (
        select(tables.events)
        .join_from(tables.events, first, first.c.event == column.id, isouter=True)
        .order_by(func.coalesce(func.substr(column.start, 1, 10), "9999"), first.c.article, column.id)
        .execution_options(yield_per=EVENTS)
    )
    for rows in connection.execute(query).mappings().partitions():
        ids = [row["id"] for row in rows]
        members: dict[str, list[tuple[str, str]]] = {name: [] for name in ids}
        listed = (
            select(told.event, told.article, told.event_mention)
            .where(told.event.in_(ids))
            .order_by(told.event, told.article, told.event_mention)
        )
        for name, article, mention in connection.execute(listed):
            members[name].append((article, mention))
        for row in rows:
            known = {name: row[name] for name in _NAMES}
            yield Event(
                **{**known, "contested": tuple(row["contested"]), "members": tuple(members[row["id"]])}
            )
