"""
Corrections as rows: what people said of single claims, to be laid over readings, listed, and taken back.

Comes in: a connection. Goes out: `Correction` records, the oldest first. Nothing is ever deleted: what is taken back stays on record
and no longer holds.
"""

from collections.abc import Collection, Iterable
from dataclasses import fields

from sqlalchemy import Connection, func, insert, or_, select

from counterclaim.store import tables
from counterclaim.types import Article, Correction

_NAMES = tuple(field.name for field in fields(Correction))
_COLUMN = tables.corrections.c


def list_corrections(
    connection: Connection,
    *,
    articles: Collection[str] | None = None,
    holding: bool = False,
    limit: int | None = None,
) -> list[Correction]:
    """
    Corrections, the oldest first.

    Args:
        articles: Only those made of these articles.
        holding: Only those that nobody took back.
        limit: The latest so many.
    """
    query = select(*(_COLUMN[name] for name in _NAMES))
    if articles is not None:
        query = query.where(_COLUMN.article.in_(articles))
    if holding:
        query = query.where(_COLUMN.undone_at.is_(None))
    query = query.order_by(_COLUMN.id.desc())
    if limit is not None:
        query = query.limit(limit)
    return [Correction(**row) for row in reversed(connection.execute(query).mappings().all())]


def find_correction(connection: Connection, number: int) -> Correction | None:
    """The correction of this number."""
    row = (
        connection.execute(select(*(_COLUMN[name] for name in _NAMES)).where(_COLUMN.id == number))
        .mappings()
        .first()
    )
    return Correction(**row) if row else None


def are_any(connection: Connection) -> bool:
    """Whether any correction holds: most stores have none, and are not to pay for them."""
    return (
        connection.execute(select(_COLUMN.id).where(_COLUMN.undone_at.is_(None)).limit(1)).first() is not None
    )


def list_for(connection: Connection, articles: Iterable[Article]) -> dict[str, list[Correction]]:
    """
    The corrections that hold of each of these articles, by its id.

    Those of an article that is no longer in the store come with the article of the same page, whose text is another.
    """
    by_id = {one.id: one for one in articles}
    refs = {one.ref: one.id for one in by_id.values()}
    urls = {one.url: one.id for one in by_id.values() if one.url}
    gone = ~select(tables.articles.c.id).where(tables.articles.c.id == _COLUMN.article).exists()
    query = (
        select(*(_COLUMN[name] for name in _NAMES))
        .where(
            _COLUMN.undone_at.is_(None),
            or_(_COLUMN.article.in_(by_id), gone & (_COLUMN.ref.in_(refs) | _COLUMN.url.in_(urls))),
        )
        .order_by(_COLUMN.id)
    )
    found: dict[str, list[Correction]] = {}
    for row in connection.execute(query).mappings():
        one = Correction(**row)
        name = one.article if one.article in by_id else urls.get(one.url or "") or refs[one.ref]
        found.setdefault(name, []).append(one)
    return found


def find_corrected(connection: Connection, number: int) -> list[str]:
    """The articles that a correction may hold of: the one it was made of, and those of the same page."""
    one = find_correction(connection, number)
    if one is None:
        return []
    article = tables.articles.c
    same = or_(article.ref == one.ref, article.url == one.url) if one.url else article.ref == one.ref
    return [one.article, *connection.execute(select(article.id).where(same)).scalars()]


def insert_correction(connection: Connection, correction: Correction) -> int:
    """The new correction's number; the record's own is not used."""
    values = {name: getattr(correction, name) for name in _NAMES if name != "id"}
    made = connection.execute(
        insert(tables.corrections).values({**values, "values": dict(correction.values)})
    )
    return int(made.inserted_primary_key[0])  # type: ignore[index]


def count_corrections(connection: Connection) -> dict[str, int]:
    """How many hold, of each kind."""
    query = select(_COLUMN.verb, func.count()).where(_COLUMN.undone_at.is_(None)).group_by(_COLUMN.verb)
    return {verb: number for verb, number in connection.execute(query)}  # noqa: C416  rows are no pairs
