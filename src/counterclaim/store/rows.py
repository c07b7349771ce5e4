"""
Readings as rows, and rows as readings: the only place that knows both shapes.

Comes in: a `Reading`, or the rows of some articles. Goes out: the other. What comes back equals what went in except
for token indexes (`Mention.start`, `end`, `head`, `Count.trigger`), which have no meaning outside the
parse: they come back as -1.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from functools import cache
from operator import attrgetter
from typing import TypeVar

from sqlalchemy import Connection, Table, select

from counterclaim.store import tables
from counterclaim.store.bulk import Rows, Values, to_json
from counterclaim.store.corrections import are_any, list_for
from counterclaim.store.overlay import Corrected, correct
from counterclaim.types import (
    Actor,
    Article,
    Attribution,
    Cell,
    Claim,
    Count,
    Cue,
    Dateline,
    DateRange,
    Dropped,
    EventMention,
    EventRow,
    Flag,
    Mention,
    Place,
    Reading,
    Span,
    Timex,
    Update,
)

Record = TypeVar("Record")
AnyCell = Cell[Mention] | Cell[Place] | Cell[DateRange] | Cell[Count]
Row = dict[str, object]
# Under SQLite's limit of variables in one statement, and few enough articles to hold in memory.
BATCH = 200
# Bytes of a text that rows are found by: PostgreSQL's indexes take no more than a third of a page of 8 kB.
LONGEST_KEY = 2_000

# What is copied from records as it is, in the order in which the values are taken and the columns are filled.
_ARTICLE_NAMES = (
    *("id", "ref", "title", "url", "outlet", "agency", "published", "published_from"),
    *("modified", "language", "words", "text", "sha256"),
)
_MENTION_NAMES = ("text", "start_char", "end_char", "kind", "anonymous", "antecedent", "rule")
_ACTOR_NAMES = ("actor_id", "name", "country", "sector")
_COUNT_NAMES = ("kind", "low", "high", "text", "start_char", "end_char", "rule")
_ATTRIBUTION_NAMES = ("id", "stance", "within", "rule", "speaks")
_EVENT_NAMES = ("id", "type", "attribution", "stance", "acled", "confidence")
_EVENT_LIST_NAMES = ("modes", "contexts", "auxiliary", "rules")
_SPAN_NAMES = ("text", "start_char", "end_char")
_DATE_NAMES = (*_SPAN_NAMES, "start", "end", "precision")
_EVENT_ROW_NAMES = ("id", "type", "salience", "confidence")
_EVENT_ROW_LISTS = ("modes", "contexts", "auxiliary", "members", "claims")
_CELL_NAMES = ("basis", "start_char", "end_char", "rule")
_CELL_FIELDS = ("actors", "recipients", "place", "date", "counts")
_FLAG_NAMES = ("kind", "text", "start_char", "end_char", "detail")
_PLACE_NAMES, _TIMEX_NAMES, _CLAIM_NAMES = (
    tuple(field.name for field in fields(kind)) for kind in (Place, Timex, Claim)
)
_ARTICLE, _MENTION, _ACTOR = (attrgetter(*n) for n in (_ARTICLE_NAMES, _MENTION_NAMES, _ACTOR_NAMES))
_COUNT, _ATTRIBUTION, _EVENT = (attrgetter(*n) for n in (_COUNT_NAMES, _ATTRIBUTION_NAMES, _EVENT_NAMES))
_EVENT_LISTS, _SPAN, _DATE = (attrgetter(*n) for n in (_EVENT_LIST_NAMES, _SPAN_NAMES, _DATE_NAMES))
_PLACE, _TIMEX, _CLAIM, _FLAG = (
    attrgetter(*names) for names in (_PLACE_NAMES, _TIMEX_NAMES, _CLAIM_NAMES, _FLAG_NAMES)
)
_EVENT_ROW, _ROW_LISTS, _CELL = (attrgetter(*n) for n in (_EVENT_ROW_NAMES, _EVENT_ROW_LISTS, _CELL_NAMES))
_UNTOLD = (tables.dropped, tables.times, tables.event_rows, tables.event_cells)
_NO_CUE = (None,) * 4
_NO_DATE = (None,) * len(_DATE_NAMES)


def _prefixed(prefix: str, *names: str) -> tuple[str, ...]:
    return tuple(prefix + name for name in names)


_COLUMNS: dict[Table, tuple[str, ...]] = {
    tables.articles: (
        *_ARTICLE_NAMES,
        *(
            "authors",
            "updates",
            "has_dateline",
            "dateline_place",
            "dateline_date",
            "signature",
            "recorded_at",
        ),
    ),
    tables.dropped: ("article", "number", "text", "reason"),
    tables.mentions: ("article", "number", "listed", *_MENTION_NAMES, *_ACTOR_NAMES, "other_sectors"),
    tables.places: ("article", "number", "toponym", *_PLACE_NAMES),
    tables.times: ("article", "number", *_TIMEX_NAMES),
    tables.attributions: (
        *("article", "number", "source"),
        *_ATTRIBUTION_NAMES,
        "via",
        *_prefixed("cue_", *_SPAN_NAMES, "lemma"),
        *_prefixed("content_", *_SPAN_NAMES),
    ),
    tables.event_mentions: (
        *("article", "number", "place"),
        *_EVENT_NAMES,
        *_EVENT_LIST_NAMES,
        *_prefixed("trigger_", *_SPAN_NAMES),
        *_prefixed("date_", *_SPAN_NAMES),
        *("start", "end", "precision"),
    ),
    tables.participants: ("article", "event", "role", "number", "mention"),
    tables.counts: ("article", "event", "number", "victims", *_COUNT_NAMES),
    tables.claims: ("article", "number", *_CLAIM_NAMES),
    tables.flags: ("article", "number", *_FLAG_NAMES, "touches"),
    tables.event_rows: ("article", "number", *_EVENT_ROW_NAMES, *_EVENT_ROW_LISTS),
    tables.event_cells: (
        *("article", "event_row", "field", "number"),
        *_CELL_NAMES,
        *("mention", "place", "value"),
    ),
}


# What is read from articles, each table after those it points at.
READ_TABLES = tuple(_COLUMNS)


def make_rows(readings: Sequence[Reading], *, recorded_at: str) -> tuple[Rows, ...]:
    """The readings' rows, table by table, each table after those it points at."""
    made = tuple(Rows(table, columns, []) for table, columns in _COLUMNS.items())
    values = {rows.table: rows.values for rows in made}
    for reading in readings:
        _add_rows(values, reading, recorded_at)
    return made


def _add_rows(values: Mapping[Table, list[Values]], reading: Reading, recorded_at: str) -> None:
    article = reading.article.id
    values[tables.articles].append(_article_row(reading, recorded_at))
    values[tables.dropped] += [
        (article, number, dropped.text, dropped.reason)
        for number, dropped in enumerate(reading.article.dropped)
    ]
    number_mention, mentions = _numbering(Mention)
    number_place, places = _numbering(Place)
    for place in reading.toponyms:
        number_place(place)
    toponyms = len(places)
    for mention in reading.mentions:
        number_mention(mention)
    listed = len(mentions)
    for number, attribution in enumerate(reading.attributions):
        source = number_mention(attribution.source) if attribution.source else None
        values[tables.attributions].append(_attribution_row(article, number, attribution, source))
    for number, event in enumerate(reading.events):
        at = number_place(event.place) if event.place else None
        values[tables.event_mentions].append(_event_row(article, number, event, at))
        for role, group in (("actor", event.actors), ("recipient", event.recipients)):
            values[tables.participants] += [
                (article, event.id, role, order, number_mention(mention))
                for order, mention in enumerate(group)
            ]
        values[tables.counts] += [
            (
                *(article, event.id, order),
                number_mention(count.victims) if count.victims else None,
                *_COUNT(count),
            )
            for order, count in enumerate(event.counts)
        ]
    for number, row in enumerate(reading.event_table):
        values[tables.event_rows].append((article, number, *_EVENT_ROW(row), *map(to_json, _ROW_LISTS(row))))
        values[tables.event_cells] += [
            (
                article,
                row.id,
                field,
                order,
                *_CELL(cell),
                *_cell_value(cell.value, number_mention, number_place),
            )
            for field in _CELL_FIELDS
            for order, cell in enumerate(_cells_of(row, field))
        ]
    values[tables.mentions] += [
        (
            *(article, number, number < listed),
            *(*_MENTION(mention), *_ACTOR(mention.actor), to_json(mention.actor.other_sectors)),
        )
        for mention, number in mentions.items()
    ]
    values[tables.places] += [
        (article, number, number < toponyms, *_PLACE(place)) for place, number in places.items()
    ]
    for table, get, records in (
        (tables.times, _TIMEX, reading.times),
        (tables.claims, _CLAIM, reading.claims),
    ):
        values[table] += [(article, number, *get(record)) for number, record in enumerate(records)]
    values[tables.flags] += [
        (article, number, *_FLAG(flag), to_json(flag.touches)) for number, flag in enumerate(reading.flags)
    ]


def load_readings(
    connection: Connection,
    articles: Sequence[str] | None = None,
    *,
    as_read: bool = False,
    as_told: bool = False,
) -> Iterator[Reading]:
    """
    The readings of these articles, or of all, in the order of their ids; a batch at a time.

    Args:
        as_read: As the machine read them; else with what people corrected.
        as_told: Without what tellings are not made of: what was left out of the page, times, and the event table.
    """
    if not as_read and are_any(connection):
        yield from (one.reading for one in load_corrected(connection, articles, as_told=as_told))
        return
    for ids in _list_batches(connection, articles):
        yield from _load_batch(connection, ids, as_told=as_told)


def load_corrected(
    connection: Connection, articles: Sequence[str] | None = None, *, as_told: bool = False
) -> Iterator[Corrected]:
    """The same, each with what people corrected in it and which claims that touches."""
    for ids in _list_batches(connection, articles):
        read = list(_load_batch(connection, ids, as_told=as_told))
        said = list_for(connection, [one.article for one in read])
        yield from (correct(one, said.get(one.article.id, ())) for one in read)


def _list_batches(connection: Connection, articles: Sequence[str] | None) -> Iterator[list[str]]:
    if articles is None:
        query = select(tables.articles.c.id).order_by(tables.articles.c.id)
        articles = connection.execute(query).scalars().all()
    ordered = sorted(set(articles))
    for start in range(0, len(ordered), BATCH):
        yield ordered[start : start + BATCH]


def _load_batch(connection: Connection, ids: list[str], *, as_told: bool) -> Iterator[Reading]:
    def load(table: Table, *order: str) -> dict[str, list[Row]]:
        column = table.c.get("article", table.c.get("id"))
        assert column is not None
        query = select(table).where(column.in_(ids)).order_by(*(table.c[name] for name in order))
        by_article: dict[str, list[Row]] = defaultdict(list)
        names = table.c.keys()
        for row in connection.execute(query).all():
            made = dict(zip(names, row, strict=True))
            by_article[made[column.name]].append(made)
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
            (tables.event_rows, "number"),
            (tables.event_cells, "event_row", "field", "number"),
        )
        if not (as_told and table in _UNTOLD)
    }
    found |= {table.name: {} for table in _UNTOLD if as_told}
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
        flags=tuple(_make(Flag, row | {"touches": _texts(row["touches"])}) for row in rows["flags"]),
        signature=str(article["signature"]),
        mentions=tuple(
            mention for mention, row in zip(mentions, rows["mentions"], strict=True) if row["listed"]
        ),
        event_table=_make_event_table(rows, mentions, places),
    )


def _cells_of(row: EventRow, field: str) -> tuple[AnyCell, ...]:
    """The cells of one field: none, one or several."""
    cells = getattr(row, field)
    return cells if isinstance(cells, tuple) else (cells,) if cells is not None else ()


def _cell_value(
    value: Mention | Place | DateRange | Count,
    number_mention: Callable[[Mention], int],
    number_place: Callable[[Place], int],
) -> Values:
    """Mention, place and value of a cell."""
    match value:
        case Mention():
            return number_mention(value), None, None
        case Place():
            return None, number_place(value), None
        case DateRange():
            return None, None, json.dumps({name: getattr(value, name) for name in _DATE_NAMES})
        case _:
            victims = number_mention(value.victims) if value.victims else None
            return victims, None, json.dumps({name: getattr(value, name) for name in _COUNT_NAMES})


def _make_event_table(
    rows: Mapping[str, list[Row]], mentions: list[Mention], places: list[Place]
) -> tuple[EventRow, ...]:
    cells: dict[tuple[object, object], list[AnyCell]] = defaultdict(list)
    for row in rows["event_cells"]:
        how = {name: row[name] for name in _CELL_NAMES}
        given = row["value"] if isinstance(row["value"], dict) else {}
        mention = None if row["mention"] is None else _at(mentions, row["mention"])
        value: Mention | Place | DateRange | Count | None
        match row["field"]:
            case "place":
                value = _at(places, row["place"])
            case "date":
                value = _make(DateRange, given)
            case "counts":
                value = _make(Count, given | {"victims": mention, "trigger": -1})
            case _:
                value = mention
        cells[row["event_row"], row["field"]].append(_make(Cell, how | {"value": value}))
    return tuple(
        _make(
            EventRow,
            row
            | {name: _texts(row[name]) for name in _EVENT_ROW_LISTS}
            | {field: tuple(cells[row["id"], field]) for field in ("actors", "recipients", "counts")}
            | {field: next(iter(cells[row["id"], field]), None) for field in ("place", "date")},
        )
        for row in rows["event_rows"]
    )


def _numbering(_: type[Record]) -> tuple[Callable[[Record], int], dict[Record, int]]:
    """A function that numbers records in the order they are first asked for, and the numbers it has given."""
    numbers: dict[Record, int] = {}

    def number(record: Record) -> int:
        return numbers.setdefault(record, len(numbers))

    return number, numbers


def make_storable(text: str) -> str:
    """The text without what UTF-8 cannot say (the name of a file may hold bytes that are no text) and NUL, cut to what an index takes."""
    return text.encode("utf-8", "replace").replace(b"\0", b"?")[:LONGEST_KEY].decode("utf-8", "ignore")


def _article_row(reading: Reading, recorded_at: str) -> Values:
    article = replace(reading.article, ref=make_storable(reading.article.ref))
    return (
        *_ARTICLE(article),
        to_json(article.authors),
        to_json(tuple((update.at, update.start_char, update.end_char) for update in article.updates)),
        article.dateline is not None,
        article.dateline.place if article.dateline else None,
        article.dateline.date if article.dateline else None,
        reading.signature,
        recorded_at,
    )


def _attribution_row(article: str, number: int, attribution: Attribution, source: int | None) -> Values:
    cue = attribution.cue
    return (
        *(article, number, source),
        *_ATTRIBUTION(attribution),
        to_json(attribution.via),
        *((cue.text, cue.start_char, cue.end_char, cue.lemma) if cue else _NO_CUE),
        *_SPAN(attribution.content),
    )


def _event_row(article: str, number: int, event: EventMention, place: int | None) -> Values:
    return (
        *(article, number, place),
        *_EVENT(event),
        *map(to_json, _EVENT_LISTS(event)),
        *_SPAN(event.trigger),
        *(_DATE(event.date) if event.date else _NO_DATE),
    )


def _make(kind: type[Record], row: Row) -> Record:
    """A record from the columns of its field's names."""
    return kind(**{name: row[name] for name in _names(kind)})  # type: ignore[arg-type]


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _at(records: Sequence[Record], number: object) -> Record:
    assert isinstance(number, int)
    return records[number]


def _texts(value: object) -> tuple[str, ...]:
    assert isinstance(value, list)
    return tuple(value)


def _lists(value: object) -> list[tuple[str, int, int]]:
    assert isinstance(value, list)
    return value


def _make_article(row: Row, dropped: list[Row]) -> Article:
    dateline = _make(Dateline, {"place": row["dateline_place"], "date": row["dateline_date"]})
    return _make(
        Article,
        row
        | {
            "authors": _texts(row["authors"]),
            "updates": tuple(Update(*update) for update in _lists(row["updates"])),
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
