"""The events, filtered, sorted and counted; and the same as a file."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Annotated

from fastapi import Query

from counterclaim.serve.pages.asking import EventPageQuery, EventQuery
from counterclaim.serve.remembering import remember
from counterclaim.serve.views import Desk, Json
from counterclaim.store.events import Connection
from counterclaim.store.queries import (
    count_days,
    list_event_page,
    list_facets,
    list_points,
)

COLUMNS = (
    *(
        "id",
        "type",
        "label",
        "place",
        "country",
        "lat",
        "lon",
        "precision",
        "start",
        "end",
        "grade",
        "contested",
    ),
    *(
        "dead_low",
        "dead_high",
        "articles",
        "stories",
        "origins",
        "first_published",
        "last_published",
        "confidence",
    ),
)
# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def load(connection: Connection, asked: Annotated[EventPageQuery, Query()]) -> Json:
    """Events, filtered and sorted, a page at a time."""
    return remember(connection, ("events", asked.model_dump_json()), lambda: _load(connection, asked))


def _load(connection: Connection, asked: EventPageQuery) -> Json:
    chosen = asked.to_filter()
    page = list_event_page(connection, chosen, order=asked.order, after=asked.after, limit=asked.limit)
    return {
        "wanted": asked.model_dump(exclude={"after"}),
        "events": page.rows,
        "after": page.after,
        "total": page.total,
        "is_more": page.is_more,
        "facets": list_facets(connection, chosen),
        "days": count_days(connection, chosen),
        "points": list_points(connection, chosen, limit=500),
    }


def write_file(desk: Desk, asked: EventQuery, kind: str) -> Iterator[str]:
    """Every event that the filter lets pass, as CSV or JSON Lines, a page at a time."""
    after: str | None = None
    started = False
    while True:
        with desk.read() as connection:
            page = list_event_page(connection, asked.to_filter(), order="newest", after=after, limit=1000)
        rows = [{name: row[name] for name in COLUMNS} for row in page.rows]
        if kind == "jsonl":
            yield "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        else:
            yield _write_csv(rows, header=not started)
        started, after = True, page.after
        if after is None:
            return


def _write_csv(rows: list[Json], *, header: bool) -> str:
    made = io.StringIO()
    writer = csv.writer(made)
    if header:
        writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_write_cell(row[name]) for name in COLUMNS])
    return made.getvalue()


def _write_cell(value: object) -> object:
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
