"""
What the other pages of the workbench ask: news since a day, one actor, places, outlets, two sides, sentences.

Comes in: an open connection. Goes out: rows as dictionaries, or the ids of articles whose readings are wanted.
"""

import hashlib
import time
from collections.abc import Collection
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnCollection, ColumnElement, Connection, Engine, Select, and_, func, or_, select

from counterclaim.store import tables
from counterclaim.types import Correction

Row = dict[str, object]
# Databases count by going through everything: of a million claims that is longer than the rest of a page takes.
LARGE = 100_000
COUNTED_SECONDS = 15.0
_COUNTED: WeakKeyDictionary[Engine, tuple[dict[str, int], float]] = WeakKeyDictionary()
Columns = ColumnCollection[str, Any]  # the library types them no closer


def list_changes(connection: Connection, *, since: str, kind: str, limit: int = 50) -> list[Row]:
    """What later words did to earlier ones since that day, the latest first, with the event's label."""
    change, event = tables.changes.c, tables.events.c
    query = (
        select(tables.changes, event.label)
        .join_from(tables.changes, tables.events, event.id == change.event)
        .where(change.kind == kind, change.day >= since)
        .order_by(change.day.desc(), change.event, change.number)
        .limit(limit)
    )
    return _rows(connection, query)


def list_event_changes(connection: Connection, event: str) -> list[Row]:
    """What changed about one event, the earliest first."""
    column = tables.changes.c
    return _rows(connection, select(tables.changes).where(column.event == event).order_by(column.number))


def find_days(connection: Connection) -> tuple[str | None, str | None]:
    """The first and the last day on which an article was published."""
    column = tables.articles.c.published
    # Asked for apart, each is at one end of the index.
    ends = (select(func.min(column)).scalar_subquery(), select(func.max(column)).scalar_subquery())
    first, last = connection.execute(select(*ends)).one()
    return first, last


def count_all(connection: Connection) -> dict[str, int]:
    """How many articles, stories, claims, events and rejections the store holds; of a large store, a few seconds ago."""
    known, until = _COUNTED.get(connection.engine, ({}, 0.0))
    if until > time.monotonic():
        return dict(known)
    names = ("articles", "stories", "claims", "events", "rejections")
    found = {
        name: int(
            connection.execute(select(func.count()).select_from(tables.metadata.tables[name])).scalar_one()
        )
        for name in names
    }
    if found["claims"] > LARGE:
        _COUNTED[connection.engine] = (found, time.monotonic() + COUNTED_SECONDS)
    return found


def list_runs(connection: Connection, limit: int = 10) -> list[Row]:
    """The latest runs."""
    column = tables.runs.c
    return _rows(connection, select(tables.runs).order_by(column.id.desc()).limit(limit))


def list_signatures(connection: Connection) -> list[Row]:
    """What read the articles: ``{"signature", "articles"}``."""
    column = tables.articles.c.signature
    query = select(column, func.count().label("articles")).group_by(column).order_by(func.count().desc())
    return _rows(connection, query)


def list_article_page(
    connection: Connection, *, outlet: str | None = None, limit: int = 100, offset: int = 0
) -> list[Row]:
    """Articles, the latest published first, with their story and how much each says."""
    article, copy = tables.articles.c, tables.copies.c
    chosen = select(article.id).order_by(article.published.desc().nulls_last(), article.id)
    if outlet is not None:
        chosen = chosen.where(func.coalesce(article.outlet, article.agency, "") == outlet)
    inside = chosen.limit(limit).offset(offset).subquery()

    def counted(name: str) -> ColumnElement[int]:
        column = tables.metadata.tables[name].c.article
        return select(func.count()).where(column == article.id).correlate(tables.articles).scalar_subquery()

    names = ("id", "title", "ref", "url", "outlet", "agency", "published", "published_from")
    query = (
        select(
            *(article[name] for name in names),
            copy.story,
            copy.copied_from,
            counted("event_mentions").label("events"),
            counted("claims").label("claims"),
            counted("flags").label("flags"),
        )
        .join_from(tables.articles, tables.copies, copy.article == article.id, isouter=True)
        .where(article.id.in_(select(inside.c.id)))
        .order_by(article.published.desc().nulls_last(), article.id)
    )
    return _rows(connection, query)


def load_texts(connection: Connection, articles: Collection[str]) -> list[Row]:
    """These articles with their texts, in no order."""
    article = tables.articles.c
    names = ("id", "title", "ref", "outlet", "agency", "published", "text")
    return _rows(connection, select(*(article[name] for name in names)).where(article.id.in_(articles)))


def list_outlets(connection: Connection) -> list[Row]:
    """Who publishes: ``{"outlet", "articles", "own", "copies", "agencies", "claims"}``; own is what is nobody's copy and credits no agency."""
    article, copy = tables.articles.c, tables.copies.c
    name = func.coalesce(article.outlet, article.agency, "").label("outlet")
    claims = select(tables.claims.c.article, func.count().label("claims")).group_by(tables.claims.c.article)
    counted = claims.subquery("counted")
    query = (
        select(
            name,
            article.agency,
            func.count().label("articles"),
            func.count(copy.copied_from).label("copies"),
            func.sum(counted.c.claims).label("claims"),
        )
        .join_from(tables.articles, tables.copies, copy.article == article.id, isouter=True)
        .join(counted, counted.c.article == article.id, isouter=True)
        .group_by(name, article.agency)
        .order_by(name)
    )
    found: dict[str, Row] = {}
    for row in connection.execute(query).mappings():
        one = found.setdefault(
            row["outlet"],
            {"outlet": row["outlet"], "articles": 0, "own": 0, "copies": 0, "claims": 0, "agencies": {}},
        )
        one["articles"] = _number(one["articles"]) + row["articles"]
        one["copies"] = _number(one["copies"]) + row["copies"]
        one["claims"] = _number(one["claims"]) + (row["claims"] or 0)
        if row["agency"] and row["agency"] != row["outlet"]:
            agencies = one["agencies"]
            assert isinstance(agencies, dict)
            agencies[row["agency"]] = row["articles"]
        else:
            one["own"] = _number(one["own"]) + row["articles"] - row["copies"]
    return sorted(found.values(), key=lambda one: (-_number(one["articles"]), str(one["outlet"])))


def find_names(connection: Connection, actor: str, limit: int = 20) -> list[Row]:
    """
    What the texts call an actor, the most used first.

    ``{"name", "country", "sector", "mentions", "first", "last"}``: the days on which the first and the last text that does so was published.
    """
    column, published = tables.mentions.c, tables.articles.c.published
    query = (
        select(
            *(column.name, column.country, column.sector),
            func.count().label("mentions"),
            func.min(published).label("first"),
            func.max(published).label("last"),
        )
        .join_from(tables.mentions, tables.articles, tables.articles.c.id == column.article)
        .where(is_called(column, actor))
        .group_by(column.name, column.country, column.sector)
        .order_by(func.count().desc(), column.name)
        .limit(limit)
    )
    return _rows(connection, query)


def list_queue(connection: Connection, *, order: str, seed: int, limit: int) -> list[tuple[str, str]]:
    """
    (article, event mention) of what people should look at first.

    Args:
        order: ``confidence``, least first; ``contested``, the most contested events' tellings; ``random``.
        seed: Of the random order: the same number, the same sample.
    """
    event, told = tables.events.c, tables.tellings.c
    query = select(told.article, told.event_mention).join_from(
        tables.tellings, tables.events, event.id == told.event
    )
    if order == "confidence":
        query = query.order_by(
            event.confidence.asc().nulls_last(), event.origins, told.article, told.event_mention
        )
    elif order == "contested":
        query = query.where(event.contests > 0).order_by(
            event.contests.desc(), event.origins.desc(), event.id, told.article, told.event_mention
        )
    else:
        # Neither database can shuffle by a number of ours: each telling's place is drawn from its name.
        rows = connection.execute(query).all()
        drawn = sorted(rows, key=lambda row: hashlib.sha256(f"{seed}:{row[0]}:{row[1]}".encode()).digest())
        return [(article, mention) for article, mention in drawn[:limit]]
    return [(article, mention) for article, mention in connection.execute(query.limit(limit))]


def find_known_actor(connection: Connection, text: str) -> Row | None:
    """An actor that goes by this id or name in the store: ``{"actor_id", "name", "country", "sector", "other_sectors"}``."""
    term, mention = tables.terms.c, tables.mentions.c
    label = func.lower(term.label)
    known = (
        select(term.value)
        .where(
            term.kind.in_(("actor", "recipient", "claimant")),
            or_(
                term.value == text,
                label == text.lower(),
                label.startswith(f"{text.lower()} [", autoescape=True),
            ),
        )
        .order_by(term.events.desc())
    )
    names = (mention.actor_id, mention.name, mention.country, mention.sector, mention.other_sectors)
    for value in connection.execute(known).scalars():
        row = connection.execute(select(*names).where(mention.actor_id == value).limit(1)).mappings().first()
        if row:
            return dict(row)
    return None


def find_known_place(connection: Connection, text: str) -> Row | None:
    """A place that goes by this GeoNames id or name in the store, as columns of `places`."""
    term, place = tables.terms.c, tables.places.c
    label = func.lower(term.label)
    known = (
        select(term.value)
        .where(
            term.kind == "place",
            or_(
                term.value == text,
                label == text.lower(),
                label.startswith(f"{text.lower()}, ", autoescape=True),
            ),
        )
        .order_by(term.events.desc())
    )
    names = ("name", "geonameid", "lat", "lon", "country", "admin1", "feature_code", "precision")
    for value in connection.execute(known).scalars():
        if value.isdecimal():
            query = select(*(place[name] for name in names)).where(place.geonameid == int(value)).limit(1)
            row = connection.execute(query).mappings().first()
            if row:
                return dict(row)
    return None


def find_pages_of(connection: Connection, corrections: Collection[Correction]) -> list[str]:
    """The ids of the articles that these corrections are about, and of those that came in their place."""
    article = tables.articles.c
    refs, urls = {one.ref for one in corrections}, {one.url for one in corrections if one.url}
    query = select(article.id).where(
        or_(
            article.id.in_({one.article for one in corrections}), article.ref.in_(refs), article.url.in_(urls)
        )
    )
    return list(connection.execute(query.order_by(article.id)).scalars())


def find_events_of(
    connection: Connection, members: Collection[tuple[str, str]]
) -> dict[tuple[str, str], str]:
    """Which event each of these tellings is of."""
    column = tables.tellings.c
    articles = sorted({article for article, _ in members})
    query = select(column.article, column.event_mention, column.event).where(column.article.in_(articles))
    return {
        (article, mention): event
        for article, mention, event in connection.execute(query)
        if (article, mention) in members
    }


def is_called(column: Columns, who: str) -> ColumnElement[bool]:
    """Whether a row of mentions is of this actor: by id, by a country's code, or by the name of who has no id."""
    if is_country(who):
        same: ColumnElement[bool] = column.country == who
        return same
    return or_(column.actor_id == who, and_(column.actor_id.is_(None), column.name == who))


def is_country(who: str) -> bool:
    """Whether this is a country's code."""
    return who.isupper() and len(who) == 3


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value


def _rows(connection: Connection, query: Select[*tuple[object, ...]]) -> list[Row]:
    return [dict(row) for row in connection.execute(query).mappings()]
