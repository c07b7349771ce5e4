"""
Whether a store is whole: nothing of it is damaged, no text was changed, no row points nowhere.

Comes in: an open store. Goes out: findings, one a question, each good or bad with what to do. Nothing is changed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, and_, func, select

from counterclaim.store import tables

if TYPE_CHECKING:
    from counterclaim.store.store import Store

# Of what is wrong so many are named.
NAMED = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """
    The answer to one question.

    Attributes:
        name: What was looked at.
        good: Nothing is wrong with it.
        text: What was found; where something is wrong, what to do.
    """

    name: str
    good: bool
    text: str


def check_store(
    store: "Store", *, make_id: Callable[[str | None, str | None, str], str], signature: str
) -> Iterator[Finding]:
    """
    One finding a question, as they are answered: integrity, references, texts, offsets, versions, runs.

    Every text is read; memory stays the same however many there are.

    Args:
        make_id: An article's id, from its address, title and text.
        signature: Of what would read articles now.
    """
    with store.read() as connection:
        if connection.dialect.name == "sqlite":
            yield _check_integrity(connection)
        yield _check_references(connection)
        yield _check_texts(connection, make_id)
        yield _check_offsets(connection)
        yield _check_versions(connection, signature)
        yield _check_runs(connection)


def _check_integrity(connection: Connection) -> Finding:
    told = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(10)")]
    good = told == ["ok"]
    return Finding(
        "integrity",
        good,
        "the file is whole" if good else f"{'; '.join(told[:NAMED])}. Restore it from a backup.",
    )


def _check_references(connection: Connection) -> Finding:
    """Rows that point to rows which are not there: by SQL, as SQLite counts them only where it wrote them."""
    wrong = []
    for table in tables.metadata.sorted_tables:
        for reference in table.foreign_key_constraints:
            target = reference.referred_table.alias("target")
            pairs = [(one.parent, target.c[one.column.name]) for one in reference.elements]
            query = (
                select(func.count())
                .select_from(table.outerjoin(target, and_(*(there == here for here, there in pairs))))
                .where(pairs[0][1].is_(None), *(here.is_not(None) for here, _ in pairs))
            )
            number = connection.execute(query).scalar() or 0
            if number:
                wrong.append(f"{number} in {table.name} without their {reference.referred_table.name}")
    return Finding(
        "references",
        not wrong,
        f"{'; '.join(wrong[:NAMED])}. Read the articles into a new store: counterclaim run PATH --db NEW.db"
        if wrong
        else "every row points to one that is there",
    )


def _check_texts(connection: Connection, make_id: Callable[[str | None, str | None, str], str]) -> Finding:
    column = tables.articles.c
    changed, number = [], 0
    rows = connection.execution_options(yield_per=200).execute(
        select(column.id, column.url, column.title, column.text)
    )
    for one in rows:
        number += 1
        if make_id(one.url, one.title, one.text) != one.id:
            changed.append(one.id)
    return Finding(
        "texts",
        not changed,
        f"{len(changed)} of {number} are not what was read: {', '.join(changed[:NAMED])}. Read their articles into a new store."
        if changed
        else f"{number} texts are as they were read",
    )


def _check_offsets(connection: Connection) -> Finding:
    """Claims whose words or sentence lie outside their article's text."""
    claim, article = tables.claims.c, tables.articles.c
    length = func.length(article.text)
    query = (
        select(func.count())
        .select_from(tables.claims.join(tables.articles, claim.article == article.id))
        .where(
            (claim.start_char < 0)
            | (claim.end_char < claim.start_char)
            | (claim.end_char > length)
            | (claim.sentence_end_char > length)
        )
    )
    number = connection.execute(query).scalar() or 0
    return Finding(
        "offsets",
        not number,
        f"{number} claims stand outside their text. Read their articles into a new store."
        if number
        else "every claim stands in its text",
    )


def _check_versions(connection: Connection, ours: str) -> Finding:
    """What read the articles: several are no fault, but not comparable."""
    column = tables.articles.c.signature
    found = connection.execute(select(column, func.count()).group_by(column)).all()
    others = sum(number for signature, number in found if signature != ours)
    text = f"{sum(number for _, number in found)} articles, read by {len(found)} version{'' if len(found) == 1 else 's'}"
    return Finding(
        "versions",
        True,
        f"{text}; {others} not by this one with its defaults: run with the same articles reads them anew"
        if others
        else text,
    )


def _check_runs(connection: Connection) -> Finding:
    column = tables.runs.c
    total, ended = connection.execute(select(func.count(), func.count(column.finished_at))).one()
    refused = connection.execute(select(func.count()).select_from(tables.rejections)).scalar()
    cut = f", {total - ended} cut short: run again to go on" if total > ended else ""
    return Finding("runs", True, f"{total} runs{cut}; {refused} pages rejected")
