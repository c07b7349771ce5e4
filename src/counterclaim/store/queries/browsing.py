"""
The list of events as people look through it: filtered, sorted, a page at a time, with counts to filter further by.

Comes in: a `Filter`, an order, and where the page before ended. Goes out: rows as `list_events` gives them.

A page begins where the one before ended, by value and not by number, so that the thousandth is as quick as the first and new
events shift nothing. Counts stop at `COUNTED`: beyond it the answer is "more than", which is all that anybody needs.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, Select, and_, func, literal, or_, select, tuple_

from counterclaim.errors import InputError
from counterclaim.store import tables

Row = dict[str, object]

COUNTED = 5_000
# Counts beside the filters are of so many of the events found: enough to see what there is.
SAMPLED = 1_000
COMMON = 5_000
FACETS = ("type", "grade", "country", "mode", "actor", "claimant", "place")
FACET_LENGTH = 12
_COLUMNS = ("type", "grade", "country")
# What the word "actor" finds: who did it, and to whom it was done.
_ROLES = {"actor": ("actor", "recipient")}

ORDERS: dict[str, tuple[str, ...]] = {
    "origins": ("origins", "contests"),
    "newest": ("start",),
    "news": ("last_published",),
    "deaths": ("dead_low",),
    "confidence": ("confidence",),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """
    Which events to list; empty where everything is wanted. Of several values of one kind any will do.

    Attributes:
        since, until: ISO dates; events of which some day lies between them.
        box: West, south, east, north in degrees; west may be greater than east, across the 180th meridian.
        actor: Ids or names of who did it or to whom it was done.
        denied: Somebody denies it, or part of it.
        deaths: At least so many by the lowest figures that stand.
        news_since: Told by an article published on that day or later.
    """

    since: str | None = None
    until: str | None = None
    box: tuple[float, float, float, float] | None = None
    type: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    realis: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    claimant: tuple[str, ...] = ()
    denier: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    grade: tuple[str, ...] = ()
    dyad: tuple[str, ...] = ()
    contested: bool = False
    denied: bool = False
    deaths: int | None = None
    confidence: float | None = None
    news_since: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it lets everything pass."""
        return all(getattr(self, field.name) in {None, (), False} for field in fields(self))


class EventPage(NamedTuple):
    """
    One page of a list.

    Attributes:
        after: What to ask the next page with; None on the last.
        total: How many there are, `COUNTED` at most.
        is_more: There are more than `total`.
    """

    rows: list[Row]
    after: str | None
    total: int
    is_more: bool


def list_event_page(
    connection: Connection,
    chosen: Filter,
    *,
    order: str = "origins",
    after: str | None = None,
    limit: int = 50,
) -> EventPage:
    """
    A page of the events that the filter lets pass, the most first.

    Raises:
        InputError: there is no such order, or no page ends so.
    """
    if order not in ORDERS:
        raise InputError(f"There is no order {order!r}. Orders: {', '.join(ORDERS)}.")
    common = _find_common(connection, chosen)
    if order == "deaths":
        common -= {"type"}  # which has an index of its own in this order
    conditions = _conditions(chosen, common=common)
    keys = [tables.events.c[name] for name in ORDERS[order]]
    query = select(tables.events).where(*conditions)
    rows = _read_page(connection, query, keys, _parse_after(after, keys), limit + 1)
    more, rows = rows[limit:], rows[:limit]
    last = rows[-1] if rows else None
    total, is_more = count_events(connection, chosen)
    return EventPage(rows, _write_after(last, keys) if more and last else None, total, is_more)


def count_events(connection: Connection, chosen: Filter) -> tuple[int, bool]:
    """How many events the filter lets pass, `COUNTED` at most, and whether there are more."""
    found = select(literal(1)).select_from(tables.events).where(*_conditions(chosen)).limit(COUNTED + 1)
    number = int(connection.execute(select(func.count()).select_from(found.subquery())).scalar_one())
    return min(number, COUNTED), number > COUNTED


def list_facets(connection: Connection, chosen: Filter) -> dict[str, list[Row]]:
    """Of each kind of filter the values that find most: ``{"value", "label", "events"}``; of a large list, of a part of it."""
    term = tables.terms.c
    if chosen.is_empty:
        found: dict[str, list[Row]] = {}
        for kind in FACETS:
            most = (
                select(term.value, term.label, term.events)
                .where(term.kind == kind)
                .order_by(term.events.desc(), term.value)
                .limit(FACET_LENGTH)
            )
            found[kind] = [dict(row) for row in connection.execute(most).mappings()]
        return found
    column = tables.events.c
    sample = (
        select(column.id, *(column[name] for name in _COLUMNS)).where(*_conditions(chosen)).limit(SAMPLED)
    )
    rows = connection.execute(sample).all()
    counted: dict[str, Counter[str]] = {
        name: Counter(row[place] for row in rows if row[place])
        for place, name in enumerate(_COLUMNS, start=1)
    }
    listed = tables.event_terms.c
    others = [kind for kind in FACETS if kind not in _COLUMNS]
    several = (
        select(listed.kind, listed.value, func.count().label("events"))
        # By the events' names and not by a query for them: no database finds the quick way through that.
        .where(listed.event.in_([row.id for row in rows]))
        .group_by(listed.kind, listed.value)
    )
    for kind, value, events in connection.execute(several):
        if kind in others:
            counted.setdefault(kind, Counter())[value] = events
    return {kind: _label(connection, kind, counted.get(kind, Counter())) for kind in FACETS}


def list_terms(
    connection: Connection, kind: str, *, like: str = "", limit: int = 200, offset: int = 0
) -> list[Row]:
    """What events are found by, of one kind, those that find most first; ``{"value", "label", "events"}``."""
    term = tables.terms.c
    query = select(term.value, term.label, term.events).where(term.kind == kind)
    if like:
        query = query.where(func.lower(term.label).contains(like.lower(), autoescape=True))
    query = query.order_by(term.events.desc(), term.value).limit(limit).offset(offset)
    return [dict(row) for row in connection.execute(query).mappings()]


def list_event_terms(
    connection: Connection, events: Sequence[str], kinds: tuple[str, ...]
) -> dict[str, list[Row]]:
    """What these events are found by, of these kinds: by event ``{"kind", "value", "label"}``, in alphabetical order."""
    listed, term = tables.event_terms.c, tables.terms.c
    query = (
        select(listed.event, listed.kind, listed.value, term.label)
        .join_from(
            tables.event_terms, tables.terms, and_(term.kind == listed.kind, term.value == listed.value)
        )
        .where(listed.event.in_(events), listed.kind.in_(kinds))
        .order_by(listed.event, listed.kind, listed.value)
    )
    found: dict[str, list[Row]] = {}
    for row in connection.execute(query).mappings():
        found.setdefault(row["event"], []).append({name: row[name] for name in ("kind", "value", "label")})
    return found


def find_terms(connection: Connection, kinds: tuple[str, ...], name: str) -> tuple[str, ...]:
    """
    The values of these kinds that people mean by a name: a value or label, in whatever letters, else labels that hold it.

    Raises:
        InputError: nothing goes by it.
    """
    term = tables.terms.c
    lower = func.lower(term.label)
    for condition in (
        (func.lower(term.value) == name.lower()) | (lower == name.lower()),
        lower.contains(name.lower(), autoescape=True),
    ):
        query = select(term.value).where(term.kind.in_(kinds), condition).order_by(term.value)
        found = tuple(dict.fromkeys(connection.execute(query).scalars()))
        if found:
            return found
    query = select(term.label).where(term.kind.in_(kinds)).order_by(term.events.desc()).limit(8)
    known = ", ".join(dict.fromkeys(connection.execute(query).scalars()))
    raise InputError(
        f"No event has {name!r} for {kinds[0]}. {f'There are: {known} …' if known else 'None has any.'}"
    )


def find_label(connection: Connection, kinds: tuple[str, ...], value: str) -> str | None:
    """What people call it; None where nothing goes by this value."""
    term = tables.terms.c
    query = select(term.label).where(term.kind.in_(kinds), term.value == value)
    return connection.execute(query.order_by(term.events.desc())).scalars().first()


def list_points(connection: Connection, chosen: Filter, *, limit: int = 2000) -> list[Row]:
    """The events that have coordinates, for a map: the latest first."""
    column = tables.events.c
    names = (
        *("id", "label", "type", "grade", "contests", "dead_low"),
        *("lat", "lon", "precision", "place", "origins"),
    )
    query = select(*(column[name] for name in names)).where(*_conditions(chosen), column.lat.is_not(None))
    return _read_page(connection, query, [column.start], None, limit)


def count_days(connection: Connection, chosen: Filter) -> list[Row]:
    """How many events began on each day, by type, of the latest `SAMPLED` events: ``{"day", "type", "events"}``, by day."""
    column = tables.events.c
    latest = (
        select(func.substr(column.start, 1, 10).label("day"), column.type)
        .where(*_conditions(chosen), column.start.is_not(None))
        .order_by(column.start.desc())
        .limit(SAMPLED)
        .subquery()
    )
    query = (
        select(latest.c.day, latest.c.type, func.count().label("events"))
        .group_by(latest.c.day, latest.c.type)
        .order_by(latest.c.day, latest.c.type)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def _label(connection: Connection, kind: str, counted: Counter[str]) -> list[Row]:
    most = sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:FACET_LENGTH]
    term = tables.terms.c
    query = select(term.value, term.label).where(
        term.kind == kind, term.value.in_([value for value, _ in most])
    )
    labels: dict[str, str] = {row.value: row.label for row in connection.execute(query)}
    return [{"value": value, "label": labels.get(value, value), "events": number} for value, number in most]


def _find_common(connection: Connection, chosen: Filter) -> frozenset[str]:
    """The columns of which so many events have a chosen value that it is quicker to go through the order asked for."""
    term = tables.terms.c
    found: set[str] = set()
    for name in _COLUMNS:
        values = getattr(chosen, name)
        if values:
            query = select(func.sum(term.events)).where(term.kind == name, term.value.in_(values))
            if (connection.execute(query).scalar() or 0) > COMMON:
                found.add(name)
    return frozenset(found)


def _conditions(chosen: Filter, common: frozenset[str] = frozenset()) -> list[ColumnElement[bool]]:
    column, listed = tables.events.c, tables.event_terms.c
    found: list[ColumnElement[bool]] = []
    if chosen.since:
        found.append(func.coalesce(column.end, column.start) >= chosen.since)
        found.append(column.start.is_not(None))
    if chosen.until:
        found.append(column.start <= f"{chosen.until}~")  # a day's own hours come before the tilde
    if chosen.news_since:
        # By their own index and no more than people look at: a database that does not know how few they are would
        # rather go through all events in the order asked for.
        latest = (
            select(column.id)
            .where(column.last_published >= chosen.news_since)
            .order_by(column.last_published.desc())
            .limit(COUNTED)
        )
        found.append(column.id.in_(latest))
    for name in _COLUMNS:
        values = getattr(chosen, name)
        if values:
            # What is joined to nothing is no longer what the index is of.
            found.append((column[name].concat("") if name in common else column[name]).in_(values))
    if chosen.contested:
        found.append(column.contests > 0)
    if chosen.denied:
        found.append(column.id.in_(select(listed.event).where(listed.kind == "denier")))
    if chosen.deaths is not None:
        found.append(column.dead_low >= chosen.deaths)
    if chosen.confidence is not None:
        # What nothing judged was added by a person, or read with patterns alone: that is no doubt of it.
        found.append(or_(column.confidence >= chosen.confidence, column.confidence.is_(None)))
    if chosen.box:
        found.append(_inside(chosen.box))
    for kind in ("mode", "context", "realis", "actor", "claimant", "denier", "place", "dyad"):
        values = getattr(chosen, kind)
        if values:
            within = select(listed.event).where(
                listed.kind.in_(_ROLES.get(kind, (kind,))), listed.value.in_(values)
            )
            found.append(column.id.in_(within))
    return found


def _inside(box: tuple[float, float, float, float]) -> ColumnElement[bool]:
    column = tables.events.c
    west, south, east, north = box
    height = column.lat.between(south, north)
    if west <= east:
        return and_(height, column.lon.between(west, east))
    return and_(height, (column.lon >= west) | (column.lon <= east))


def _read_page(
    connection: Connection,
    query: Select[*tuple[object, ...]],
    keys: list[Column[Any]],
    after: list[object] | None,
    limit: int,
) -> list[Row]:
    """Rows with a value first, the largest first, then those without; each part by its index."""
    ident, first = tables.events.c.id, keys[0]
    rows: list[Row] = []
    if after is None or after[0] is not None:
        valued = query.where(first.is_not(None))
        if after is not None:
            valued = valued.where(tuple_(*keys, ident) < tuple_(*(literal(value) for value in after)))
        ordered = valued.order_by(*(key.desc() for key in keys), ident.desc()).limit(limit)
        rows = [dict(row) for row in connection.execute(ordered).mappings()]
    if len(rows) < limit:
        empty = query.where(first.is_(None))
        if after is not None and after[0] is None:
            empty = empty.where(ident < after[-1])
        ordered = empty.order_by(ident.desc()).limit(limit - len(rows))
        rows += [dict(row) for row in connection.execute(ordered).mappings()]
    return rows


def _write_after(row: Row, keys: list[Column[Any]]) -> str:
    values = [row[str(key.key)] for key in keys]
    return "~".join(["" if value is None else str(value) for value in values] + [str(row["id"])])


def _parse_after(after: str | None, keys: list[Column[Any]]) -> list[object] | None:
    if not after:
        return None
    *values, ident = after.split("~")
    kinds = [key.type.python_type for key in keys]
    wrong = InputError(f"No page of this order ends with {after!r}. Begin at the first.")
    if len(values) != len(kinds):
        raise wrong
    try:
        return [*(kind(value) if value else None for kind, value in zip(kinds, values, strict=True)), ident]
    except ValueError:
        raise wrong from None
