"""
Which tellings are by someone, of someone, or at a place: what the pages of an actor, of two sides and of a place are made of.

Comes in: an open connection, and an actor's id, a country's code or a name. Goes out: (article, event mention) of each, the latest published
first. What people corrected counts as they say: a telling whose actor was recoded is the new actor's and no longer the old one's.

The database finds what the machine read; tellings that a correction touches are few, and are gone through one by one.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, func, select
from sqlalchemy.orm import aliased

from counterclaim.store import tables
from counterclaim.store.corrections import list_corrections
from counterclaim.store.queries.looking import find_pages_of, is_called, is_country
from counterclaim.store.rows import load_corrected
from counterclaim.types import Actor, EventMention, Mention

Row = dict[str, object]
Member = tuple[str, str]


class _Told(NamedTuple):
    """A telling as a person corrected it."""

    article: str
    published: str | None
    number: int
    speaker: Mention | None
    mention: EventMention


class _Corrected(NamedTuple):
    """The tellings that corrections touch: as they are now, and the names of those as they were read."""

    told: tuple[_Told, ...]
    read: frozenset[Member]


_NOTHING = _Corrected((), frozenset())
# By engine, with what it was made from: pages are many, corrections are few and seldom.
_KNOWN: WeakKeyDictionary[Engine, tuple[object, _Corrected]] = WeakKeyDictionary()


def find_tellings(
    connection: Connection,
    *,
    speaker: str | None = None,
    doer: str | None = None,
    sufferer: str | None = None,
    denied: bool | None = None,
    limit: int = 100,
) -> list[Member]:
    """
    (article, event mention) of what is said by, done by or done to someone; the latest published first.

    Args:
        speaker, doer, sufferer: An actor's id, or a country for all that is of it, or a name.
    """
    told, written = tables.event_mentions, tables.articles
    query = select(told.c.article, told.c.id, written.c.published, told.c.number).join_from(
        told, written, written.c.id == told.c.article
    )
    if speaker is not None:
        attribution, source = tables.attributions, aliased(tables.mentions)
        query = query.join(
            attribution,
            and_(attribution.c.article == told.c.article, attribution.c.id == told.c.attribution),
        ).join(
            source, and_(source.c.article == attribution.c.article, source.c.number == attribution.c.source)
        )
        query = query.where(is_called(source.c, speaker))
    for role, who in (("actor", doer), ("recipient", sufferer)):
        if who is not None:
            query = query.where(_takes_part(role, who))
    if denied is not None:
        query = query.where(told.c.stance == "denies" if denied else told.c.stance != "denies")
    query = query.order_by(written.c.published.desc().nulls_last(), told.c.article, told.c.number)

    def is_meant(one: _Told) -> bool:
        event = one.mention
        return (
            (speaker is None or (one.speaker is not None and _goes_by(one.speaker.actor, speaker)))
            and (doer is None or any(_goes_by(who.actor, doer) for who in event.actors))
            and (sufferer is None or any(_goes_by(who.actor, sufferer) for who in event.recipients))
            and (denied is None or (event.stance == "denies") == denied)
        )

    return _list_members(connection, query, is_meant, limit)


def find_tellings_at(connection: Connection, place: str, limit: int = 100) -> list[Member]:
    """(article, event mention) of what is told to have happened at a place, by its GeoNames id or name; the latest published first."""
    told, written = tables.event_mentions.c, tables.articles
    query = (
        _at_place(select(told.article, told.id, written.c.published, told.number), place)
        .join(written, written.c.id == told.article)
        .order_by(written.c.published.desc().nulls_last(), told.article, told.number)
    )

    def is_meant(one: _Told) -> bool:
        where = one.mention.place
        if where is None:
            return False
        return str(where.geonameid) == place if place.isdecimal() else where.name == place

    return _list_members(connection, query, is_meant, limit)


def find_places(connection: Connection, place: str) -> list[Row]:
    """
    How texts name this place where something is told to have happened there, as columns of `places` with ``tellings``; the most used first.

    Args:
        place: A GeoNames id, or the name of a place that was not found on the map.
    """
    column = tables.places.c
    names = ("name", "geonameid", "lat", "lon", "country", "admin1", "feature_code", "precision", "relation")
    columns = [column[name] for name in names]
    query = (
        _at_place(select(*columns, func.count().label("tellings")), place)
        .group_by(*columns)
        .order_by(func.count().desc(), column.name, column.relation)
    )
    found = [dict(row) for row in connection.execute(query).mappings()]
    corrected = _load_corrected(connection)
    if not corrected.told:
        return found
    rows: dict[tuple[object, ...], Row] = {tuple(row[name] for name in names): row for row in found}
    told = tables.event_mentions.c
    gone = _at_place(select(told.article, told.id, *columns), place)
    for article, mention, *values in connection.execute(gone):
        if (article, mention) in corrected.read:
            row = rows[tuple(values)]
            row["tellings"] = int(str(row["tellings"])) - 1
    for one in corrected.told:
        where = one.mention.place
        if where and (str(where.geonameid) == place if place.isdecimal() else where.name == place):
            key = tuple(getattr(where, name) for name in names)
            row = rows.setdefault(key, {**dict(zip(names, key, strict=True)), "tellings": 0})
            row["tellings"] = int(str(row["tellings"])) + 1
    left = [row for row in rows.values() if row["tellings"]]
    return sorted(left, key=lambda row: (-int(str(row["tellings"])), str(row["name"]), str(row["relation"])))


def _goes_by(actor: Actor, who: str) -> bool:
    if is_country(who):
        return actor.country == who
    return actor.actor_id == who or (actor.actor_id is None and actor.name == who)


def _list_members(
    connection: Connection, query: Select[Any], is_meant: Callable[[_Told], bool], limit: int
) -> list[Member]:
    corrected = _load_corrected(connection)
    rows = connection.execute(query.limit(limit + len(corrected.read)))
    found = [tuple(row) for row in rows if (row[0], row[1]) not in corrected.read]
    if corrected.told:
        found += [
            (one.article, one.mention.id, one.published, one.number)
            for one in corrected.told
            if is_meant(one)
        ]
        # The latest day first, what has none last; within a day by article and place in the text.
        found.sort(key=lambda row: (row[0], row[3]))
        found.sort(key=lambda row: row[2] or "", reverse=True)
    return [(article, mention) for article, mention, *_ in found[:limit]]


def _load_corrected(connection: Connection) -> _Corrected:
    holding = list_corrections(connection, holding=True)
    if not holding:
        return _NOTHING
    pages = find_pages_of(connection, holding)
    article = tables.articles.c
    signatures = connection.execute(select(article.id, article.recorded_at).where(article.id.in_(pages)))
    made_from = (tuple(one.id for one in holding), tuple(sorted(tuple(row) for row in signatures)))
    known = _KNOWN.get(connection.engine)
    if known is None or known[0] != made_from:
        made = tuple(_iter_corrected(connection, pages))
        told = tuple(one for some, _ in made for one in some)
        known = (made_from, _Corrected(told, frozenset(member for _, read in made for member in read)))
        _KNOWN[connection.engine] = known
    return known[1]


def _iter_corrected(connection: Connection, pages: list[str]) -> Iterator[tuple[list[_Told], list[Member]]]:
    """Of each article with corrections its tellings now, and the names of all that the machine read in it."""
    told = tables.event_mentions.c
    for one in load_corrected(connection, pages):
        reading = one.reading
        article = reading.article.id
        speakers = {attribution.id: attribution.source for attribution in reading.attributions}
        now = [
            _Told(article, reading.article.published, number, speakers.get(event.attribution or ""), event)
            for number, event in enumerate(reading.events)
        ]
        query = select(told.id).where(told.article == article)
        yield now, [(article, mention) for mention in connection.execute(query).scalars()]


def _takes_part(role: str, who: str) -> ColumnElement[bool]:
    told, part, mention = tables.event_mentions.c, tables.participants.c, tables.mentions.c
    inside = (
        select(part.number)
        .join_from(
            tables.participants,
            tables.mentions,
            and_(mention.article == part.article, mention.number == part.mention),
        )
        .where(
            part.article == told.article,
            part.event == told.id,
            part.role == role,
            is_called(mention, who),
        )
        .correlate(tables.event_mentions)
    )
    return inside.exists()


def _at_place(query: Select[Any], place: str) -> Select[Any]:
    """By the events found by the place: names have no index, and one name may be that of many places."""
    listed, fused = tables.event_terms.c, tables.tellings.c
    told, column = tables.event_mentions.c, tables.places.c
    same = column.geonameid == int(place) if place.isdecimal() else column.name == place
    return (
        query.select_from(tables.event_terms)
        .join(tables.tellings, fused.event == listed.event)
        .join(tables.event_mentions, and_(told.article == fused.article, told.id == fused.event_mention))
        .join(tables.places, and_(column.article == told.article, column.number == told.place))
        .where(listed.kind == "place", listed.value == place, same)
    )
