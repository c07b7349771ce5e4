"""
What a store knows of feeds, addresses and alerts: the state of `watch`, which so can be stopped and killed at any moment.

Comes in: what an answer named, what became of a page. Goes out: whose turn it is. A page is taken for read only where the store holds it (its
ref is the address), so that what was killed between the two is neither read twice nor left out.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update

from counterclaim.store import tables
from counterclaim.store.rows import make_storable
from counterclaim.store.store import Store, now

_AT_ONCE = 300


class Found(NamedTuple):
    """An address that a source names, with the paper and day it gives."""

    url: str
    outlet: str | None = None
    published: str | None = None


class Asked(NamedTuple):
    """A source's last answer."""

    etag: str | None
    modified: str | None
    failures: int


class Waiting(NamedTuple):
    """An address whose turn it is."""

    url: str
    outlet: str | None
    published: str | None
    failures: int


def in_seconds(seconds: float) -> str:
    """The time so many seconds from now, as `now` writes it."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def find_due(store: Store, urls: Sequence[str]) -> dict[str, Asked]:
    """Of these sources those whose turn it is, with their last answers."""
    source = tables.sources.c
    with store.read() as connection:
        known = {row.url: row for row in _find(connection, select(tables.sources), source.url, urls)}
    moment = now()
    return {
        url: Asked(known[url].etag, known[url].modified, known[url].failures)
        if url in known
        else Asked(None, None, 0)
        for url in urls
        if url not in known or known[url].next_at <= moment
    }


def note_source(
    store: Store,
    url: str,
    found: Iterable[Found],
    *,
    every: float,
    etag: str | None = None,
    modified: str | None = None,
) -> int:
    """What a source named, and when it is asked next, in one transaction; how many addresses are new."""
    with store.write() as connection:
        added = add_addresses(connection, found, url)
        _write_source(
            connection, url, etag=etag, modified=modified, failures=0, next_at=in_seconds(every), detail=None
        )
    return added


def note_silence(store: Store, url: str, failures: int, *, wait: float, detail: str) -> None:
    """A source gave nothing; it is asked again after so many seconds, as if nothing had been known of it."""
    with store.write() as connection:
        _write_source(
            connection, url, failures=failures, next_at=in_seconds(wait), detail=make_storable(detail)
        )


def _write_source(connection: Connection, url: str, **values: Any) -> None:
    values["asked_at"] = now()
    done = connection.execute(update(tables.sources).where(tables.sources.c.url == url).values(**values))
    if not done.rowcount:
        connection.execute(insert(tables.sources).values(url=url, **values))


def add_addresses(connection: Connection, found: Iterable[Found], source: str | None) -> int:
    """Addresses that are not known yet, to be fetched; how many."""
    links = {link.url: link for link in found}
    address = tables.addresses.c
    known = {row.url for row in _find(connection, select(address.url), address.url, list(links))}
    known |= {
        row.ref for row in _find(connection, select(tables.pages.c.ref), tables.pages.c.ref, list(links))
    }
    moment = now()
    new = [
        {
            "url": link.url,
            "source": source,
            "outlet": make_storable(link.outlet) if link.outlet else None,
            "published": link.published,
            "state": "waiting",
            "next_at": moment,
            "found_at": moment,
        }
        for link in links.values()
        if link.url not in known
    ]
    if new:
        connection.execute(insert(tables.addresses), new)
    return len(new)


def open_again(store: Store, urls: Sequence[str]) -> None:
    """Of these addresses, those that were refused are fetched once more."""
    address, rejected = tables.addresses.c, tables.rejections.c.ref
    with store.write() as connection:
        for start in range(0, len(urls), _AT_ONCE):
            part = urls[start : start + _AT_ONCE]
            again = update(tables.addresses).where(address.url.in_(part), address.state == "refused")
            connection.execute(again.values(state="waiting", failures=0, next_at=now()))
            waiting = select(address.url).where(address.url.in_(part), address.state == "waiting")
            connection.execute(delete(tables.rejections).where(rejected.in_(waiting)))


def find_turns(
    store: Store, most: int, among: Collection[str] | None = None, *, at_once: bool = False
) -> list[Waiting]:
    """
    So many addresses whose turn it is: of each source those first that it named first, and each source as many as the others.

    Args:
        among: Only these.
        at_once: Those that were put off, too.
    """
    address = tables.addresses.c
    # Else a sitemap of twenty thousand pages would hold up for half a day what feeds name meanwhile.
    place = func.row_number().over(partition_by=address.source, order_by=address.number).label("place")
    found = (
        select(address.url, address.outlet, address.published, address.failures, address.number, place)
        .where(address.state == "waiting", *([] if at_once else [address.next_at <= now()]))
        .subquery()
    )
    query = select(found).order_by(found.c.place, found.c.number)
    with store.read() as connection:
        if among is None:
            rows: Iterable[Any] = connection.execute(query.limit(most)).all()
        else:
            rows = _find(connection, query, found.c.url, list(among))
        return [Waiting(row.url, row.outlet, row.published, row.failures) for row in rows]


def put_off(store: Store, url: str, failures: int, wait: float) -> None:
    """The address is asked again after so many seconds."""
    address = tables.addresses.c
    with store.write() as connection:
        connection.execute(
            update(tables.addresses)
            .where(address.url == url)
            .values(failures=failures, next_at=in_seconds(wait))
        )


def settle(store: Store, among: Collection[str]) -> None:
    """Of these addresses, those of whose pages the store holds a reading or a rejection wait no longer."""
    address, urls = tables.addresses.c, list(among)
    with store.write() as connection:
        read = {row.ref for row in _find(connection, select(tables.pages.c.ref), tables.pages.c.ref, urls)}
        rejected = tables.rejections.c.ref
        refused = {row.ref for row in _find(connection, select(rejected), rejected, urls)} - read
        for state, those in (("read", sorted(read)), ("refused", sorted(refused))):
            for start in range(0, len(those), _AT_ONCE):
                part = address.url.in_(those[start : start + _AT_ONCE])
                connection.execute(
                    update(tables.addresses).where(part, address.state == "waiting").values(state=state)
                )


def find_next(store: Store, urls: Sequence[str]) -> str | None:
    """When something is to be done again; None where nothing ever is."""
    source, address = tables.sources.c, tables.addresses.c
    with store.read() as connection:
        times = [
            row.next_at for row in _find(connection, select(source.next_at, source.url), source.url, urls)
        ]
        query = select(func.min(address.next_at)).where(address.state == "waiting")
        times.append(connection.execute(query).scalar())
    return min((time for time in times if time), default=None)


def count_states(store: Store) -> dict[str, int]:
    """How many addresses wait, were read, were refused."""
    state = tables.addresses.c.state
    with store.read() as connection:
        rows = connection.execute(select(state, func.count()).group_by(state)).all()
    return {row[0]: row[1] for row in rows}


# --- alerts ---


def read_mark(connection: Connection, name: str) -> str | None:
    """A time that was noted."""
    return connection.execute(select(tables.about.c.value).where(tables.about.c.name == name)).scalar()


def write_mark(connection: Connection, name: str, value: str) -> None:
    """Note a time."""
    column = tables.about.c
    done = connection.execute(update(tables.about).where(column.name == name).values(value=value))
    if not done.rowcount:
        connection.execute(insert(tables.about).values(name=name, value=value))


def find_touched(connection: Connection, since: str) -> list[str]:
    """The events that pages told of which the store first saw then or later."""
    telling, page = tables.tellings.c, tables.pages.c
    query = (
        select(telling.event)
        .join(tables.pages, page.article == telling.article)
        .where(page.recorded_at >= since)
        .distinct()
        .order_by(telling.event)
    )
    return list(connection.execute(query).scalars())


def find_seen(connection: Connection, articles: Sequence[str]) -> dict[str, str]:
    """When the store first saw each of these articles."""
    page = tables.pages.c
    query = select(page.article, func.min(page.recorded_at).label("at")).group_by(page.article)
    return {row.article: row.at or "" for row in _find(connection, query, page.article, articles)}


def add_alerts(connection: Connection, made: Iterable[dict[str, Any]]) -> int:
    """Those that were not made before; how many."""
    rows = {one["id"]: one for one in made}
    alert = tables.alerts.c
    known = {row.id for row in _find(connection, select(alert.id), alert.id, list(rows))}
    new = [one for name, one in rows.items() if name not in known]
    if new:
        connection.execute(insert(tables.alerts), new)
    return len(new)


def find_unsent(store: Store, most: int = 500) -> list[Row[Any]]:
    """What is still to be sent, the oldest first."""
    alert = tables.alerts.c
    query = select(tables.alerts).where(alert.sent_at.is_(None)).order_by(alert.made_at, alert.id).limit(most)
    with store.read() as connection:
        return list(connection.execute(query))


def note_sent(store: Store, names: Sequence[str]) -> None:
    """These were sent."""
    with store.write() as connection:
        connection.execute(update(tables.alerts).where(tables.alerts.c.id.in_(names)).values(sent_at=now()))


def note_unsent(store: Store, names: Sequence[str]) -> None:
    """These could not be sent."""
    alert = tables.alerts.c
    with store.write() as connection:
        connection.execute(
            update(tables.alerts).where(alert.id.in_(names)).values(failures=alert.failures + 1)
        )


def find_listed(connection: Connection, events: Sequence[str]) -> list[Row[Any]]:
    """The rows of these events."""
    return list(_find(connection, select(tables.events), tables.events.c.id, events))


def find_event_terms(connection: Connection, events: Sequence[str]) -> list[Row[Any]]:
    """What these events are found by."""
    return list(_find(connection, select(tables.event_terms), tables.event_terms.c.event, events))


def find_changes(connection: Connection, events: Sequence[str]) -> list[Row[Any]]:
    """What later words did to earlier ones of these events."""
    return list(_find(connection, select(tables.changes), tables.changes.c.event, events))


def find_members(connection: Connection, events: Sequence[str]) -> list[Row[Any]]:
    """Which article tells of which event, from which origin."""
    telling, copy, story = tables.tellings.c, tables.copies.c, tables.stories.c
    query = (
        select(telling.event, telling.article, story.origin)
        .join_from(tables.tellings, tables.copies, copy.article == telling.article, isouter=True)
        .join(tables.stories, story.id == copy.story, isouter=True)
        .distinct()
    )
    return list(_find(connection, query, telling.event, events))


def find_unverified(connection: Connection, first: str, last: str) -> list[str]:
    """Events first told of between these days that no second side confirms yet."""
    event = tables.events.c
    query = (
        select(event.id)
        .where(
            event.first_published.between(first, last), or_(event.grade == "weak", event.grade == "contested")
        )
        .order_by(event.id)
    )
    return list(connection.execute(query).scalars())


def _find(connection: Connection, query: Any, column: Any, values: Sequence[str]) -> Iterable[Row[Any]]:
    for start in range(0, len(values), _AT_ONCE):
        yield from connection.execute(query.where(column.in_(values[start : start + _AT_ONCE]))).all()
