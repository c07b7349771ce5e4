"""
What one transaction of a store consists of: articles, pages, events, judgements, row by row.

Comes in: a connection inside a transaction, and records. Goes out: nothing; the rows are written when the
transaction ends. `store.store` decides what belongs into one transaction.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, bindparam, delete, insert, select, update

from counterclaim.store import tables
from counterclaim.store.bulk import Rows, Values, insert_rows, to_json
from counterclaim.store.overlay import ADDED
from counterclaim.store.rows import BATCH, make_rows, make_storable
from counterclaim.types import Event, Judgement, Reading, Story

_PAGE = ("fingerprint", "ref", "article", "sha256", "recorded_at")
_JUDGEMENT = ("left", "right", "by", "verdict", "score", "reason", "made_at", "decision")
_EVENT = (
    *("id", "type", "label", "place", "country", "start", "end"),
    *("articles", "stories", "origins"),
)
_LISTING = (
    *("grade", "dead_low", "dead_high", "lat", "lon", "precision"),
    *("first_published", "last_published", "confidence"),
)
_CHANGE = ("kind", "day", "field", "claimant", "value", "against", "against_value", "claim")
# A name that a text gives may be as long as a sentence.
LONGEST_TERM = 200


class NewReading(NamedTuple):
    """
    A reading to be stored, with what tells its page from others.

    Attributes:
        fingerprint: As `store.fingerprint_page` makes it.
    """

    reading: Reading
    fingerprint: str


def write_articles(connection: Connection, new: Sequence[NewReading], recorded_at: str) -> None:
    """
    The readings, and which pages they come from; a reading with the same signature stays as it is.

    An article that no page leads to any longer, because the page is now cleaned in another way, goes.
    """
    readings: dict[str, Reading] = {}
    for reading, *_ in new:
        known = readings.get(reading.article.id)
        if known is None or known.signature != reading.signature:
            readings[reading.article.id] = reading
    article, page = tables.articles.c, tables.pages.c
    signatures = select(article.id, article.signature).where(article.id.in_(readings))
    stored = {name: signature for name, signature in connection.execute(signatures)}  # noqa: C416  rows are no pairs
    changed = {name: one for name, one in readings.items() if stored.get(name) != one.signature}
    replaced = [name for name in changed if name in stored]
    fingerprints = {one.fingerprint for one in new}
    before = connection.execute(
        select(tables.pages).where(page.article.in_(replaced) | page.fingerprint.in_(fingerprints))
    ).all()
    _delete(connection, article.id, replaced)
    # In the order of the indexes, in which neighbours are found quickest.
    for rows in make_rows([changed[name] for name in sorted(changed)], recorded_at=recorded_at):
        insert_rows(connection, rows)
    _write_pages(connection, new, {row.fingerprint: tuple(row) for row in before}, recorded_at)
    left = {row.article for row in before} - set(readings)
    if left:
        kept = connection.execute(select(page.article).where(page.article.in_(left))).scalars()
        _delete(connection, article.id, left - set(kept))
    _delete(connection, tables.rejections.c.ref, {make_storable(one.reading.article.ref) for one in new})


def _write_pages(
    connection: Connection, new: Iterable[NewReading], before: dict[str, Values], recorded_at: str
) -> None:
    """The pages of the new readings in place of what was known of them; when a page was first seen stays."""
    rows = dict(before)
    for reading, fingerprint in new:
        article = reading.article
        *_, first_recorded = before.get(fingerprint, (None,))
        rows[fingerprint] = (
            *(fingerprint, make_storable(article.ref), article.id, article.sha256),
            first_recorded or recorded_at,
        )
    _delete(connection, tables.pages.c.fingerprint, rows)
    insert_rows(connection, Rows(tables.pages, _PAGE, list(rows.values())))


def write_events(
    connection: Connection, stories: Sequence[Story], events: Sequence[Event], *, check: bool
) -> None:
    """
    Stories and events in place of all earlier ones.

    Args:
        check: Leave out articles and event mentions that are not in the store (any longer).
    """
    made_anew = (tables.changes, tables.terms, tables.event_terms, tables.tellings, tables.events)
    for table in (*made_anew, tables.copies, tables.stories):
        connection.execute(delete(table))
    copies: list[Values] = [
        (story.id, copy.article, number, copy.copied_from, copy.cut, copy.added)
        for story in stories
        for number, copy in enumerate(story.copies)
    ]
    tellings: list[Values] = [(one.id, *member) for one in events for member in one.members]
    if check:
        mention = tables.event_mentions.c
        articles = set(connection.execute(select(tables.articles.c.id)).scalars())
        mentions = {tuple(row) for row in connection.execute(select(mention.article, mention.id))}
        copies = [row for row in copies if row[1] in articles]
        tellings = [
            row for row in tellings if row[1:] in mentions or (row[1] in articles and _is_added(row[2]))
        ]
    fused: list[Values] = [
        (
            *(getattr(one, name) for name in _EVENT),
            to_json(one.contested),
            len(one.contested),
            *(getattr(one.listing, name, "" if name == "grade" else None) for name in _LISTING),
        )
        for one in events
    ]
    found_by = [
        (term.kind, term.value[:LONGEST_TERM], one.id)
        for one in events
        if one.listing
        for term in one.listing.terms
    ]
    changed: list[Values] = [
        (one.id, number, *(getattr(change, name) for name in _CHANGE))
        for one in events
        if one.listing
        for number, change in enumerate(one.listing.changes)
    ]
    for rows in (
        Rows(tables.stories, ("id", "origin"), [(story.id, story.origin) for story in stories]),
        Rows(tables.copies, ("story", "article", "number", "copied_from", "cut", "added"), copies),
        Rows(tables.events, (*_EVENT, "contested", "contests", *_LISTING), fused),
        Rows(tables.tellings, ("event", "article", "event_mention"), tellings),
        Rows(tables.event_terms, ("kind", "value", "event"), list(dict.fromkeys(found_by))),
        Rows(tables.terms, ("kind", "value", "label", "events"), _count_terms(events)),
        Rows(tables.changes, ("event", "number", *_CHANGE), changed),
    ):
        insert_rows(connection, rows)


def _is_added(mention: object) -> bool:
    """Whether a person added it: the reading has no row of it."""
    return str(mention).startswith(ADDED)


def _count_terms(events: Sequence[Event]) -> list[Values]:
    """Each term with the label that most events give it and how many events it finds."""
    labels: dict[tuple[str, str], Counter[str]] = {}
    for one in events:
        if one.listing:
            # Two terms of one event may be cut to the same.
            found = {(term.kind, term.value[:LONGEST_TERM]): term.label for term in one.listing.terms}
            found |= {
                (kind, value): value
                for kind, value in (
                    ("type", one.type),
                    ("grade", one.listing.grade),
                    ("country", one.country),
                )
                if value
            }
            for key, label in found.items():
                labels.setdefault(key, Counter())[label] += 1
    return [
        (*key, min(counted, key=lambda label: (-counted[label], label)), counted.total())
        for key, counted in labels.items()
    ]


def write_rules(
    connection: Connection,
    judgements: Iterable[Judgement],
    overturned: Mapping[tuple[str, str], str],
    recorded_at: str,
) -> None:
    """
    What rules judged in place of what they judged before; what they no longer hold is marked with the reason.

    A pair that is judged as before keeps the time of its first judgement.
    """
    column = tables.judgements.c
    query = select(column.id, column.left, column.right, column.score, column.reason, column.made_at)
    holding = query.where(column.by == "rule", column.overturned_at.is_(None))
    judged = {(one.left, one.right): one for one in judgements}
    gone: list[int] = []
    changed: list[dict[str, object]] = []
    marked: list[dict[str, object]] = []
    for number, left, right, score, reason, made_at in connection.execute(holding).all():
        now = judged.pop((left, right), None)
        if now is not None:
            if (now.score, now.reason) != (score, reason):
                changed.append({"number": number, "to_score": now.score, "to_reason": now.reason})
        elif (left, right) in overturned:
            because = overturned[left, right] + _describe_readings_since(connection, left, right, made_at)
            marked.append({"number": number, "at": recorded_at, "because": because})
        else:
            gone.append(number)
    _delete(connection, column.id, gone)
    change = update(tables.judgements).where(column.id == bindparam("number"))
    if changed:
        connection.execute(change.values(score=bindparam("to_score"), reason=bindparam("to_reason")), changed)
    if marked:
        overturn = change.values(overturned_at=bindparam("at"), overturned_because=bindparam("because"))
        connection.execute(overturn, marked)
    write_judgements(connection, judged.values(), made_at=recorded_at)


def write_judgements(
    connection: Connection, judgements: Iterable[Judgement], *, made_at: str, decision: int | None = None
) -> None:
    """Judgements with the time and the decision they are part of."""
    values: list[Values] = [
        (*(one.left, one.right, one.by, one.verdict, one.score, one.reason), made_at, decision)
        for one in judgements
    ]
    insert_rows(connection, Rows(tables.judgements, _JUDGEMENT, values))


def insert_decision(
    connection: Connection, verb: str, *, about: str, by: str, reason: str, made_at: str
) -> int:
    """The new decision's number."""
    made = connection.execute(
        insert(tables.decisions).values(event=about, verb=verb, by=by, reason=reason, made_at=made_at)
    )
    return int(made.inserted_primary_key[0])  # type: ignore[index]


def _describe_readings_since(connection: Connection, left: str, right: str, made_at: str) -> str:
    article = tables.articles.c
    names = {anchor.partition(":")[0] for anchor in (left, right)}
    query = select(article.id).where(article.id.in_(names), article.recorded_at > made_at)
    anew = sorted(connection.execute(query).scalars())
    return f"; read anew since: {', '.join(anew)}" if anew else ""


def _delete(connection: Connection, column: Column[Any], values: Iterable[object]) -> None:
    ordered = list(values)
    for start in range(0, len(ordered), BATCH):
        connection.execute(delete(column.table).where(column.in_(ordered[start : start + BATCH])))
