"""
Readings as rows, and rows as readings: the only place that knows both shapes.

Comes in: a `Reading`, or the rows of some articles. Goes out: the other. What comes back equals what went in except
for token indexes (`Mention.start`, `end`, `head`, `Count.trigger`), which have no meaning outside the
parse: they come back as -1.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import TypeVar

from sqlalchemy import Connection, Table, select

from counterclaim.store import tables
from counterclaim.types import (
    Actor,
    Article,
    Attribution,
    Claim,
    Count,
    Cue,
    Dateline,
    DateRange,
    Dropped,
    EventMention,
    Flag,
    Mention,
    Place,
    Reading,
    Span,
    Timex,
)

Record = TypeVar("Record")
Row = dict[str, object]
# Under SQLite's limit of variables in one statement, and few enough articles to hold in memory.
BATCH = 200


def make_rows(reading: Reading, *, recorded_at: str) -> tuple[tuple[Table, list[Row]], ...]:
    """The reading's rows, table by table, each table after those it points at."""
    article = reading.article.id
    number_mention, mentions = _numbering(article, _mention_row)
    number_place, places = _numbering(article, _place_row)
    for place in reading.toponyms:
        number_place(place)
    for row in places:
        row["toponym"] = True

    attributions = [
        _attribution_row(article, number, attribution, number_mention)
        for number, attribution in enumerate(reading.attributions)
    ]
    events: list[Row] = []
    participants: list[Row] = []
    counts: list[Row] = []
    for number, event in enumerate(reading.events):
        place_number = number_place(event.place) if event.place else None
        events.append(_event_row(article, number, event, place_number))
        participants += [
            {
                "article": article,
                "event": event.id,
                "role": role,
                "number": order,
                "mention": number_mention(mention),
            }
            for role, group in (("actor", event.actors), ("recipient", event.recipients))
            for order, mention in enumerate(group)
        ]
        counts += [
            {
                "article": article,
                "event": event.id,
                "number": order,
                "victims": number_mention(count.victims) if count.victims else None,
                **_copy(count, "kind", "low", "high", "text", "start_char", "end_char", "rule"),
            }
            for order, count in enumerate(event.counts)
        ]
    return (
        (tables.articles, [_article_row(reading, recorded_at)]),
        (
            tables.dropped,
            [
                {"article": article, "number": number, "text": dropped.text, "reason": dropped.reason}
                for number, dropped in enumerate(reading.article.dropped)
            ],
        ),
        (tables.mentions, mentions),
        (tables.places, places),
        (tables.times, _numbered(article, reading.times, Timex)),
        (tables.attributions, attributions),
        (tables.event_mentions, events),
        (tables.participants, participants),
        (tables.counts, counts),
        (tables.claims, _numbered(article, reading.claims, Claim)),
        (tables.flags, _numbered(article, reading.flags, Flag)),
    )


def load_readings(connection: Connection, articles: Sequence[str] | None = None) -> Iterator[Reading]:
    """The readings of these articles, or of all, in the order of their ids; a batch at a time."""
    if articles is None:
        query = select(tables.articles.c.id).order_by(tables.articles.c.id)
        articles = connection.execute(query).scalars().all()
    ordered = sorted(set(articles))
    for start in range(0, len(ordered), BATCH):
        yield from _load_batch(connection, ordered[start : start + BATCH])


def _load_batch(connection: Connection, ids: list[str]) -> Iterator[Reading]:
    def load(table: Table, *order: str) -> dict[str, list[Row]]:
        column = table.c.get("article", table.c.get("id"))
        assert column is not None
        query = select(table).where(column.in_(ids)).order_by(*(table.c[name] for name in order))
        by_article: dict[str, list[Row]] = defaultdict(list)
        for row in connection.execute(query).mappings():
            by_article[row[column.name]].append(dict(row))
        return by_article

    found = {
        table.name: load(table, *order)
        for table, *order in (
            (tables.articles, "id"),
            (tables.dropped, "number"),
            (tables.mentions, "number"),
            (tables.places, "number"),
            (tables.times, "number"),
            (tables.attributions, "number"),
            (tables.event_mentions, "number"),
            (tables.participants, "event", "role", "number"),
            (tables.counts, "event", "number"),
            (tables.claims, "number"),
            (tables.flags, "number"),
        )
    }
    for article in found["articles"]:
        yield _make_reading({name: rows.get(article, []) for name, rows in found.items()})


def _make_reading(rows: Mapping[str, list[Row]]) -> Reading:
    (article,) = rows["articles"]
    mentions = [_make_mention(row) for row in rows["mentions"]]
    places = [_make(Place, row) for row in rows["places"]]
    participants: dict[tuple[object, object], list[Mention]] = defaultdict(list)
    for row in rows["participants"]:
        participants[row["event"], row["role"]].append(_at(mentions, row["mention"]))
    counts: dict[object, list[Count]] = defaultdict(list)
    for row in rows["counts"]:
        victims = None if row["victims"] is None else _at(mentions, row["victims"])
        counts[row["event"]].append(_make(Count, row | {"victims": victims, "trigger": -1}))
    return Reading(
        article=_make_article(article, rows["dropped"]),
        attributions=tuple(_make_attribution(row, mentions) for row in rows["attributions"]),
        events=tuple(
            _make_event(
                row,
                actors=tuple(participants[row["id"], "actor"]),
                recipients=tuple(participants[row["id"], "recipient"]),
                place=None if row["place"] is None else _at(places, row["place"]),
                counts=tuple(counts[row["id"]]),
            )
            for row in rows["event_mentions"]
        ),
        toponyms=tuple(place for place, row in zip(places, rows["places"], strict=True) if row["toponym"]),
        times=tuple(_make(Timex, row) for row in rows["times"]),
        claims=tuple(_make(Claim, row) for row in rows["claims"]),
        flags=tuple(_make(Flag, row) for row in rows["flags"]),
        signature=str(article["signature"]),
    )


def _numbering(article: str, make_row: Callable[[Record], Row]) -> tuple[Callable[[Record], int], list[Row]]:
    """A function that numbers records in the order they are first asked for, and the rows it has made."""
    numbers: dict[Record, int] = {}
    rows: list[Row] = []

    def number(record: Record) -> int:
        if record not in numbers:
            numbers[record] = len(numbers)
            rows.append({"article": article, "number": numbers[record], **make_row(record)})
        return numbers[record]

    return number, rows


def _numbered(article: str, records: Sequence[object], kind: type) -> list[Row]:
    names = [field.name for field in fields(kind)]
    return [
        {"article": article, "number": number, **_copy(record, *names)}
        for number, record in enumerate(records)
    ]


def _copy(record: object, *names: str) -> Row:
    return {name: getattr(record, name) for name in names}


def _article_row(reading: Reading, recorded_at: str) -> Row:
    article = reading.article
    return {
        **_copy(article, "id", "ref", "title", "url", "outlet", "agency", "published", "published_from"),
        **_copy(article, "language", "text", "sha256"),
        "authors": list(article.authors),
        "has_dateline": article.dateline is not None,
        "dateline_place": article.dateline.place if article.dateline else None,
        "dateline_date": article.dateline.date if article.dateline else None,
        "signature": reading.signature,
        "recorded_at": recorded_at,
    }


def _mention_row(mention: Mention) -> Row:
    return {
        **_copy(mention, "text", "start_char", "end_char", "kind", "anonymous", "antecedent", "rule"),
        **_copy(mention.actor, "actor_id", "name", "country", "sector"),
        "other_sectors": list(mention.actor.other_sectors),
    }


def _place_row(place: Place) -> Row:
    names = [field.name for field in fields(Place)]
    return {**_copy(place, *names), "toponym": False}


def _attribution_row(
    article: str, number: int, attribution: Attribution, number_mention: Callable[[Mention], int]
) -> Row:
    cue = attribution.cue
    return {
        "article": article,
        "number": number,
        **_copy(attribution, "id", "stance", "within", "rule"),
        "via": list(attribution.via),
        "source": number_mention(attribution.source) if attribution.source else None,
        "cue_text": cue.text if cue else None,
        "cue_start_char": cue.start_char if cue else None,
        "cue_end_char": cue.end_char if cue else None,
        "cue_lemma": cue.lemma if cue else None,
        "content_text": attribution.content.text,
        "content_start_char": attribution.content.start_char,
        "content_end_char": attribution.content.end_char,
    }


def _event_row(article: str, number: int, event: EventMention, place: int | None) -> Row:
    date = event.date
    return {
        "article": article,
        "number": number,
        **_copy(event, "id", "type", "attribution", "stance"),
        "modes": list(event.modes),
        "contexts": list(event.contexts),
        "auxiliary": list(event.auxiliary),
        "rules": list(event.rules),
        "trigger_text": event.trigger.text,
        "trigger_start_char": event.trigger.start_char,
        "trigger_end_char": event.trigger.end_char,
        "place": place,
        "date_text": date.text if date else None,
        "date_start_char": date.start_char if date else None,
        "date_end_char": date.end_char if date else None,
        "start": date.start if date else None,
        "end": date.end if date else None,
        "precision": date.precision if date else None,
    }


def _make(kind: type[Record], row: Row) -> Record:
    """A record from the columns of its field's names."""
    return kind(**{field.name: row[field.name] for field in fields(kind)})  # type: ignore[arg-type]


def _at(records: Sequence[Record], number: object) -> Record:
    assert isinstance(number, int)
    return records[number]


def _texts(value: object) -> tuple[str, ...]:
    assert isinstance(value, list)
    return tuple(value)


def _make_article(row: Row, dropped: list[Row]) -> Article:
    dateline = _make(Dateline, {"place": row["dateline_place"], "date": row["dateline_date"]})
    return _make(
        Article,
        row
        | {
            "authors": _texts(row["authors"]),
            "dateline": dateline if row["has_dateline"] else None,
            "dropped": tuple(_make(Dropped, passage) for passage in dropped),
        },
    )


def _make_mention(row: Row) -> Mention:
    actor = _make(Actor, row | {"other_sectors": _texts(row["other_sectors"])})
    return _make(Mention, row | {"actor": actor, "start": -1, "end": -1, "head": -1})


def _span(row: Row, prefix: str) -> Row:
    return {name: row[f"{prefix}_{name}"] for name in ("text", "start_char", "end_char")}


def _make_attribution(row: Row, mentions: list[Mention]) -> Attribution:
    cue = _make(Cue, _span(row, "cue") | {"lemma": row["cue_lemma"]})
    return _make(
        Attribution,
        row
        | {
            "source": None if row["source"] is None else _at(mentions, row["source"]),
            "cue": None if row["cue_text"] is None else cue,
            "content": _make(Span, _span(row, "content")),
            "via": _texts(row["via"]),
        },
    )


def _make_event(
    row: Row,
    *,
    actors: tuple[Mention, ...],
    recipients: tuple[Mention, ...],
    place: Place | None,
    counts: tuple[Count, ...],
) -> EventMention:
    date = _make(
        DateRange,
        _span(row, "date") | {"start": row["start"], "end": row["end"], "precision": row["precision"]},
    )
    return _make(
        EventMention,
        row
        | {
            "modes": _texts(row["modes"]),
            "contexts": _texts(row["contexts"]),
            "auxiliary": _texts(row["auxiliary"]),
            "rules": _texts(row["rules"]),
            "trigger": _make(Span, _span(row, "trigger")),
            "actors": actors,
            "recipients": recipients,
            "place": place,
            "date": None if row["date_text"] is None else date,
            "counts": counts,
        },
    )
