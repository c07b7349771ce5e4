"""
What one transaction of a store consists of: articles, pages, events, judgements, row by row.

Comes in: a connection inside a transaction, and records. Goes out: nothing; the rows are written when the
transaction ends. `store.store` decides what belongs into one transaction.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, bindparam, delete, insert, select, tuple_, update

from counterclaim.store import tables
from counterclaim.store.bulk import Rows, Values, insert_rows, to_json
from counterclaim.store.kept import mark
from counterclaim.store.overlay import ADDED
from counterclaim.store.rows import BATCH, make_rows, make_storable
from counterclaim.store.schema import mark_events
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
# So many events that it matters by which index they are found.
LARGE = 1000
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

    def make(changed: Collection[str]) -> Iterable[Rows]:
        # In the order of the indexes, in which neighbours are found quickest.
        return make_rows([readings[name] for name in sorted(changed)], recorded_at=recorded_at)

    pages = [
        (fingerprint, make_storable(one.article.ref), one.article.id, one.article.sha256)
        for one, fingerprint in new
    ]
    write_rows(connection, {name: one.signature for name, one in readings.items()}, pages, make, recorded_at)


def write_rows(
    connection: Connection,
    signatures: Mapping[str, str],
    pages: Sequence[tuple[str, str, str, str | None]],
    make: Callable[[Collection[str]], Iterable[Rows]],
    recorded_at: str,
) -> int:
    """
    Articles with all that was read from them, as rows; how many are new or another now.

    Args:
        signatures: What read each of the articles, by its id.
        pages: Fingerprint, ref, article and hash of the bytes of the pages that they come from.
        make: The rows of those of the articles that are to be written, table by table.
    """
    article, page = tables.articles.c, tables.pages.c
    known = select(article.id, article.signature).where(article.id.in_(signatures))
    stored = {name: signature for name, signature in connection.execute(known)}  # noqa: C416  rows are no pairs
    changed = {name for name, signature in signatures.items() if stored.get(name) != signature}
    replaced = [name for name in changed if name in stored]
    fingerprints = {fingerprint for fingerprint, *_ in pages}
    before = connection.execute(
        select(tables.pages).where(page.article.in_(replaced) | page.fingerprint.in_(fingerprints))
    ).all()
    _delete(connection, article.id, replaced)
    for rows in make(changed):
        insert_rows(connection, rows)
    _write_pages(connection, pages, [tuple(row) for row in before], recorded_at)
    left = {row.article for row in before} - set(signatures)
    mark(connection, changed)
    if left:
        kept = connection.execute(select(page.article).where(page.article.in_(left))).scalars()
        left -= set(kept)
        _delete(connection, article.id, left)
        mark(connection, left)
    _delete(connection, tables.rejections.c.ref, {ref for _, ref, *_ in pages})
    return len(changed)


def _write_pages(
    connection: Connection,
    pages: Iterable[tuple[str, str, str, str | None]],
    before: Iterable[Values],
    recorded_at: str,
) -> None:
    """The pages in place of what was known of them, under all their names; when one was first seen under a name stays."""
    now_of: dict[object, tuple[object, ...]] = {}
    rows: dict[tuple[object, object], Values] = {}
    for fingerprint, ref, *rest in pages:
        now_of[fingerprint] = tuple(rest)
        rows[fingerprint, ref] = (fingerprint, ref, *rest, recorded_at)
    for known, name, article, sha256, recorded in before:
        told = now_of.get(known, (article, sha256))
        rows[known, name] = (known, name, *told, recorded or recorded_at)
    _delete(connection, tables.pages.c.fingerprint, {fingerprint for fingerprint, _ in rows})
    insert_rows(connection, Rows(tables.pages, _PAGE, list(rows.values())))


def write_names(connection: Connection, names: Iterable[tuple[str, str]], recorded_at: str) -> None:
    """Other names of pages that are known: of each the fingerprint and the ref. One that could not be stored is listed as rejected by this name, too."""
    page, refused = tables.pages.c, tables.rejections.c
    for fingerprint, ref in names:
        known = connection.execute(
            select(page.article, page.sha256).where(page.fingerprint == fingerprint).limit(1)
        ).first()
        if known is not None:
            _delete(connection, refused.ref, [ref])
            there = select(page.ref).where(page.fingerprint == fingerprint, page.ref == ref)
            if connection.execute(there).first() is None:
                insert_rows(connection, Rows(tables.pages, _PAGE, [(fingerprint, ref, *known, recorded_at)]))
            continue
        listed = select(tables.rejections).where(refused.fingerprint == fingerprint)
        row = connection.execute(listed).mappings().first()
        if row is not None:
            _delete(connection, refused.ref, [ref])
            connection.execute(insert(tables.rejections).values({**row, "ref": ref}))


def write_stories(connection: Connection, before: Collection[str], stories: Sequence[Story]) -> None:
    """
    Stories in place of earlier ones.

    Args:
        before: The ids of the earlier ones.
    """
    _delete(connection, tables.stories.c.id, before)
    insert_rows(connection, Rows(tables.stories, ("id", "origin"), [(one.id, one.origin) for one in stories]))
    copies: list[Values] = [
        (story.id, copy.article, number, copy.copied_from, copy.cut, copy.added)
        for story in stories
        for number, copy in enumerate(story.copies)
    ]
    names = ("story", "article", "number", "copied_from", "cut", "added")
    insert_rows(connection, Rows(tables.copies, names, copies))


def write_events(connection: Connection, before: Collection[str], events: Sequence[Event]) -> None:
    """
    Events in place of earlier ones, with what they are found by.

    Args:
        before: The ids of the earlier ones; they need not be in the store.
    """
    mark_events(connection)
    terms = _find_terms(connection, before)
    _delete(connection, tables.events.c.id, before)
    fused: list[Values] = [
        (
            *(getattr(one, name) for name in _EVENT),
            to_json(one.contested),
            len(one.contested),
            *(getattr(one.listing, name, "" if name == "grade" else None) for name in _LISTING),
        )
        for one in events
    ]
    found_by: dict[Values, str] = {}
    for one in events:
        for term in one.listing.terms if one.listing else ():
            # Two terms of one event may be cut to the same.
            found_by.setdefault((term.kind, term.value[:LONGEST_TERM], one.id), term.label)
    changed: list[Values] = [
        (one.id, number, *(getattr(change, name) for name in _CHANGE))
        for one in events
        if one.listing
        for number, change in enumerate(one.listing.changes)
    ]
    tellings: list[Values] = [(one.id, *member) for one in events for member in one.members]
    for rows in (
        Rows(tables.events, (*_EVENT, "contested", "contests", *_LISTING), fused),
        Rows(tables.tellings, ("event", "article", "event_mention"), tellings),
        Rows(
            tables.event_terms,
            ("kind", "value", "event", "label"),
            [(*key, label) for key, label in found_by.items()],
        ),
        Rows(tables.changes, ("event", "number", *_CHANGE), changed),
    ):
        insert_rows(connection, rows)
    now = _find_terms(connection, [one.id for one in events])
    now.subtract(terms)
    _count_terms(connection, now)


def _find_terms(connection: Connection, events: Collection[str]) -> Counter[tuple[str, str, str]]:
    """By how many of these events each term is found, with the label that they give it."""
    term, event = tables.event_terms.c, tables.events.c
    found: Counter[tuple[str, str, str]] = Counter()
    ordered = list(events)
    for start in range(0, len(ordered), BATCH):
        part = ordered[start : start + BATCH]
        query = select(term.kind, term.value, term.label).where(term.event.in_(part))
        found.update((kind, value, label) for kind, value, label in connection.execute(query))
        listed = select(event.type, event.grade, event.country).where(event.id.in_(part))
        for kind, grade, country in connection.execute(listed):
            own = ("type", kind), ("grade", grade), ("country", country)
            # Without a grade an event has no listing, and is found by nothing.
            found.update((name, value, value) for name, value in own if value and grade)
    return found


def _count_terms(connection: Connection, changes: Counter[tuple[str, str, str]]) -> None:
    """So many events more or fewer of each term and label; each term with the label that most events give it."""
    counted = tables.term_labels.c
    changes = Counter({key: number for key, number in changes.items() if number})
    keys = sorted({key[:2] for key in changes})
    labels: dict[tuple[str, str], Counter[str]] = {key: Counter() for key in keys}
    for start in range(0, len(keys), BATCH):
        part = keys[start : start + BATCH]
        which = tuple_(counted.kind, counted.value).in_(part)
        query = select(counted.kind, counted.value, counted.label, counted.events).where(which)
        for kind, value, label, number in connection.execute(query):
            labels[kind, value][label] = number
    for (kind, value, label), number in changes.items():
        labels[kind, value][label] += number
    for table in (tables.term_labels, tables.terms):
        column = table.c
        for start in range(0, len(keys), BATCH):
            part = keys[start : start + BATCH]
            connection.execute(delete(table).where(tuple_(column.kind, column.value).in_(part)))
    labels = {key: +named for key, named in labels.items() if +named}
    rows: list[Values] = [(*key, *one) for key, named in labels.items() for one in named.items()]
    insert_rows(connection, Rows(tables.term_labels, ("kind", "value", "label", "events"), rows))
    chosen: list[Values] = [
        (*key, min(named, key=lambda label: (-named[label], label)), named.total())
        for key, named in labels.items()
    ]
    insert_rows(connection, Rows(tables.terms, ("kind", "value", "label", "events"), chosen))


def keep_what_is_there(
    connection: Connection, stories: Iterable[Story], events: Iterable[Event]
) -> tuple[list[Story], list[Event]]:
    """Stories and events without the articles and event mentions that are not in the store (any longer)."""
    mention = tables.event_mentions.c
    articles = set(connection.execute(select(tables.articles.c.id)).scalars())
    mentions = {tuple(row) for row in connection.execute(select(mention.article, mention.id))}

    def is_there(member: tuple[str, str]) -> bool:
        return member in mentions or (member[0] in articles and member[1].startswith(ADDED))

    return (
        [
            replace(one, copies=tuple(copy for copy in one.copies if copy.article in articles))
            for one in stories
        ],
        [replace(one, members=tuple(filter(is_there, one.members))) for one in events],
    )


def write_rules(
    connection: Connection,
    settled: Iterable[Judgement],
    judgements: Iterable[Judgement],
    overturned: Mapping[tuple[str, str], str],
    recorded_at: str,
) -> None:
    """
    What rules judged in place of what they judged before; what they no longer hold is marked with the reason.

    A pair that is judged as before keeps the time of its first judgement.

    Args:
        settled: What they judged before, as `load_settled` gives it.
    """
    before = {(one.left, one.right): one for one in settled}
    judged = {(one.left, one.right): one for one in judgements}
    gone = [pair for pair in before if pair not in judged and pair not in overturned]
    changed = [
        one
        for pair, one in judged.items()
        if pair in before and (one.score, one.reason) != (before[pair].score, before[pair].reason)
    ]
    column = tables.judgements.c
    this = (
        *(column.by == "rule", column.overturned_at.is_(None)),
        *(column.left == bindparam("one"), column.right == bindparam("other")),
    )
    if gone:
        pairs = [{"one": one, "other": other} for one, other in gone]
        connection.execute(delete(tables.judgements).where(*this), pairs)
    if changed:
        change = update(tables.judgements).where(*this)
        connection.execute(
            change.values(score=bindparam("to_score"), reason=bindparam("to_reason")),
            [
                {"one": one.left, "other": one.right, "to_score": one.score, "to_reason": one.reason}
                for one in changed
            ],
        )
    marked = [
        {
            "one": one,
            "other": other,
            "at": recorded_at,
            "because": overturned[one, other]
            + _describe_readings_since(connection, one, other, before[one, other].made_at),
        }
        for one, other in before
        if (one, other) in overturned
    ]
    if marked:
        overturn = update(tables.judgements).where(*this)
        connection.execute(
            overturn.values(overturned_at=bindparam("at"), overturned_because=bindparam("because")), marked
        )
    new = [one for pair, one in judged.items() if pair not in before]
    write_judgements(connection, new, made_at=recorded_at)


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


def find_articles(judgements: Iterable[Judgement]) -> set[str]:
    """The articles whose tellings these are about."""
    return {anchor.partition(":")[0] for one in judgements for anchor in (one.left, one.right)}


def analyse(connection: Connection, written: int) -> None:
    """
    Have SQLite look at what it holds, so that it knows which index finds fewest; PostgreSQL sees to it by itself.

    Without, a filtered list of 200,000 events took 90 ms and not 1 (benchmarks/serving.py).
    """
    if connection.dialect.name == "sqlite" and written > LARGE:
        connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
        connection.exec_driver_sql("ANALYZE")


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
