"""
What `show` and `explain` ask a store: lists as plain rows, and the readings behind an event or a claim.

Comes in: an open connection and what to look for. Goes out: dictionaries ready for a table or JSON, in a fixed
order. Names of claims and events may be shortened as long as they stay unique.
"""

from collections.abc import Collection
from dataclasses import fields
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, func, select

from counterclaim.errors import InputError
from counterclaim.store import tables
from counterclaim.store.rows import BATCH, load_readings
from counterclaim.types import Copy, Judgement, Reading, Story

Row = dict[str, object]


class StoredEvent(NamedTuple):
    """
    An event as it is listed, and what its claim matrix is made of.

    Attributes:
        members: Article and event mention of each telling.
        stories: Those the members' articles belong to: which articles are copies of which.
    """

    row: Row
    members: tuple[tuple[str, str], ...]
    readings: tuple[Reading, ...]
    stories: tuple[Story, ...]


def list_articles(connection: Connection) -> list[Row]:
    """Every article with the story it belongs to and how much was read from it, earliest first."""
    article, copy = tables.articles.c, tables.copies.c

    def counted(table: str) -> object:
        column = tables.metadata.tables[table].c.article
        return select(func.count()).where(column == article.id).correlate(tables.articles).scalar_subquery()

    query = (
        select(
            *(article.id, article.published, article.published_from, article.outlet, article.agency),
            *(article.title, article.ref, article.url),
            copy.story,
            copy.copied_from,
            counted("event_mentions").label("events"),  # type: ignore[attr-defined]
            counted("claims").label("claims"),  # type: ignore[attr-defined]
            counted("flags").label("flags"),  # type: ignore[attr-defined]
        )
        .join_from(tables.articles, tables.copies, copy.article == article.id, isouter=True)
        .order_by(func.coalesce(article.published, "9999"), article.ref, article.id)
    )
    return _rows(connection, query)


def list_events(connection: Connection) -> list[Row]:
    """Every event, most independent origins first, then most contested."""
    return _rows(connection, select(tables.events).order_by(*_weight()))


def _weight() -> tuple[ColumnElement[object], ...]:
    column = tables.events.c
    most = (column.origins, column.contests, column.stories, column.articles)
    return *(one.desc() for one in most), column.start.asc().nulls_last(), column.id.asc()


def list_rejections(connection: Connection) -> list[Row]:
    """Every page that could not be read, by reason."""
    column = tables.rejections.c
    return _rows(connection, select(tables.rejections).order_by(column.reason, column.ref))


def load_stories(connection: Connection, articles: Collection[str] | None = None) -> tuple[Story, ...]:
    """The stories with all their copies: all, or those that these articles belong to."""
    copy, article = tables.copies.c, tables.articles.c
    stories = select(tables.stories).order_by(tables.stories.c.id)
    query = (
        select(tables.copies, article.ref, article.outlet, article.url, article.published)
        .join(tables.articles, article.id == copy.article)
        .order_by(copy.story, copy.number)
    )
    if articles is not None:
        again = tables.copies.alias("of_articles").c
        chosen = select(again.story).where(again.article.in_(articles))
        query = query.where(copy.story.in_(chosen))
        stories = stories.where(tables.stories.c.id.in_(chosen))
    members: dict[str, list[Copy]] = {}
    for row in connection.execute(query).mappings():
        made = Copy(
            article=row["article"],
            ref=row["ref"],
            outlet=row["outlet"],
            url=row["url"],
            published=row["published"],
            copied_from=row["copied_from"],
            cut=row["cut"],
            added=row["added"],
        )
        members.setdefault(row["story"], []).append(made)
    return tuple(
        Story(row["id"], row["origin"], tuple(members.get(row["id"], ())))
        for row in connection.execute(stories).mappings()
    )


def load_judgements(connection: Connection) -> tuple[Judgement, ...]:
    """
    What people judged and did not take back, one judgement for each pair: of several the latest.

    Rules judge anew whenever events are made.
    """
    column = tables.judgements.c
    query = (
        select(*(column[field.name] for field in fields(Judgement)))
        .join(tables.decisions, tables.decisions.c.id == column.decision)
        .where(tables.decisions.c.undone_at.is_(None))
        .order_by(column.decision, column.id)
    )
    latest = {
        frozenset((row["left"], row["right"])): Judgement(**row)
        for row in connection.execute(query).mappings()
    }
    return tuple(sorted(latest.values(), key=lambda one: (one.left, one.right, one.by)))


def load_settled(connection: Connection, anchors: Collection[str] | None = None) -> tuple[Judgement, ...]:
    """
    What rules judged when events were last made.

    Args:
        anchors: Only what they judged of these tellings.
    """
    column = tables.judgements.c
    query = select(*(column[field.name] for field in fields(Judgement))).where(
        column.by == "rule", column.overturned_at.is_(None)
    )
    if anchors is None:
        rows = list(connection.execute(query).mappings())
    else:
        ordered = sorted(anchors)
        rows = [
            row
            for start in range(0, len(ordered), BATCH)
            for side in (column.left, column.right)
            for row in connection.execute(query.where(side.in_(ordered[start : start + BATCH]))).mappings()
        ]
    found = {(row["left"], row["right"]): Judgement(**row) for row in rows}
    return tuple(found[pair] for pair in sorted(found))


def count_fused(connection: Connection) -> tuple[int, int, int, int, int]:
    """How many articles, stories, claims and events the store holds, and how many of these are contested."""
    counted = [
        select(func.count()).select_from(table)
        for table in (tables.articles, tables.stories, tables.claims, tables.events)
    ]
    counted.append(select(func.count()).select_from(tables.events).where(tables.events.c.contests > 0))
    articles, stories, claims, events, contested = (
        int(connection.execute(query).scalar_one()) for query in counted
    )
    return articles, stories, claims, events, contested


def load_decision(connection: Connection, number: int) -> tuple[Judgement, ...]:
    """The judgements that a decision consists of."""
    column = tables.judgements.c
    query = select(*(column[field.name] for field in fields(Judgement))).where(column.decision == number)
    return tuple(Judgement(**row) for row in connection.execute(query).mappings())


def list_judgements(connection: Connection, anchors: Collection[str]) -> list[Row]:
    """
    What was judged of these tellings: by people, the latest first, taken back or not; then by rules, the strongest first.

    What a rule judged and a later fusion overturned is listed too.
    """
    judged, decided = tables.judgements.c, tables.decisions.c
    query = select(
        *(judged.id, judged.decision, decided.verb, decided.event.label("event"), judged.by, judged.verdict),
        *(judged.left, judged.right, judged.score, judged.reason, judged.made_at),
        *(decided.undone_at, decided.undone_by, judged.overturned_at, judged.overturned_because),
    ).join_from(tables.judgements, tables.decisions, decided.id == judged.decision, isouter=True)
    ordered = sorted(anchors)
    found: dict[object, Row] = {}
    for start in range(0, len(ordered), BATCH):
        part = ordered[start : start + BATCH]
        for row in _rows(connection, query.where(judged.left.in_(part) | judged.right.in_(part))):
            found[row.pop("id")] = row

    def order(row: Row) -> tuple[object, ...]:
        decision, score = row["decision"], row["score"]
        assert decision is None or isinstance(decision, int)
        assert score is None or isinstance(score, float)
        return decision is None, -(decision or 0), -(score or 0), row["left"], row["right"]

    return sorted(found.values(), key=order)


def list_members(connection: Connection, members: Collection[tuple[str, str]]) -> dict[str, int]:
    """The events that these tellings (article, event mention) are of, with how many each has in all."""
    column = tables.tellings.c
    articles = sorted({article for article, _ in members})
    events: dict[str, int] = {}
    for start in range(0, len(articles), BATCH):
        query = select(column.event, column.article, column.event_mention)
        part = articles[start : start + BATCH]
        for event, article, mention in connection.execute(query.where(column.article.in_(part))):
            if (article, mention) in members:
                events[event] = 0
    for event in events:
        counted = select(func.count()).where(column.event == event)
        events[event] = int(connection.execute(counted).scalar_one())
    return dict(sorted(events.items(), key=lambda one: (-one[1], one[0])))


def find_event(connection: Connection, name: str | None) -> Row:
    """
    The event of this id or unique beginning of one; the main event where no name is given.

    Raises:
        InputError: no event or several begin with the name.
    """
    column = tables.events.c
    query = select(tables.events)
    if name is None:
        found = _rows(connection, query.order_by(*_weight()).limit(1))
    else:
        # Ids are an E and hexadecimal digits in small letters, however they are typed.
        typed = name[:1].upper() + name[1:].lower()
        found = _rows(connection, query.where(column.id == typed)) or _rows(
            connection, query.where(column.id.startswith(typed, autoescape=True)).order_by(column.id)
        )
    if len(found) == 1:
        return found[0]
    if not found and (name is None or connection.execute(select(column.id).limit(1)).first() is None):
        raise InputError("No events are stored yet. Read articles first: counterclaim run PATH")
    if not found:
        raise InputError(f"There is no event {name!r}. List them with: counterclaim show events")
    names = ", ".join(str(row["id"]) for row in found[:8])
    raise InputError(f"{name!r} may be any of {len(found)} events: {names} … Give more of the name.")


def load_event(connection: Connection, name: str | None) -> StoredEvent:
    """
    An event with all that its claim matrix is made of; the main event where no name is given.

    Raises:
        InputError: no event or several begin with the name.
    """
    row = find_event(connection, name)
    column = tables.tellings.c
    query = select(column.article, column.event_mention).where(column.event == row["id"])
    members = tuple((article, mention) for article, mention in connection.execute(query))
    readings = tuple(load_readings(connection, [article for article, _ in members]))
    stories = load_stories(connection, [article for article, _ in members])
    return StoredEvent(row, members, readings, stories)


def find_article(connection: Connection, name: str) -> str:
    """
    The id of the article whose id begins so.

    Raises:
        InputError: no article or several begin with the name.
    """
    article = tables.articles.c.id
    whole = connection.execute(select(article).where(article == name)).scalar()
    if whole is not None:
        return str(whole)
    query = select(article).where(article.startswith(name, autoescape=True)).order_by(article)
    found = connection.execute(query).scalars().all()
    if not found:
        raise InputError(f"There is no article {name!r}. List them with: counterclaim show articles")
    if len(found) > 1:
        names = ", ".join(found[:8])
        raise InputError(f"{name!r} may be any of {len(found)} articles: {names} … Give more of the id.")
    return str(found[0])


def find_claim(connection: Connection, name: str, *, as_read: bool = False) -> tuple[Reading, str]:
    """
    The reading that holds the claim ``ARTICLE:cN``, and the claim's id in it; ARTICLE may be shortened.

    Args:
        as_read: As the machine read it; else with what people corrected, who may have rejected the claim.

    Raises:
        InputError: the name is no such name, or no claim or several go by it.
    """
    article, _, number = name.rpartition(":")
    if not article or not number:
        raise InputError(
            f"{name!r} is not the name of a claim. It looks like 1f2e3d4c:c12; list them with: "
            "counterclaim show claims"
        )
    try:
        full = find_article(connection, article)
    except InputError as error:
        if "any of" in str(error):
            raise
        full = None
    readings = load_readings(connection, [full] if full else [], as_read=as_read)
    reading = next(readings, None)
    if reading is None or all(one.id != number for one in reading.claims):
        raise InputError(f"There is no claim {name!r}. List them with: counterclaim show claims")
    return reading, number


def _rows(connection: Connection, query: Select[*tuple[object, ...]]) -> list[Row]:
    return [dict(row) for row in connection.execute(query).mappings()]
