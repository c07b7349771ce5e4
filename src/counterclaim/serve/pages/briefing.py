"""What is new since a day: where, when, which events, which tolls were revised, what was denied, what is contested and no longer is."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import Query

from counterclaim.serve.pages.asking import Blank, Day
from counterclaim.serve.remembering import remember
from counterclaim.serve.views import Json
from counterclaim.store.events import Connection
from counterclaim.store.queries import (
    Filter,
    count_all,
    count_days,
    find_days,
    list_changes,
    list_event_page,
    list_points,
)

# Of news, a week is what a briefing is about, unless it is asked for more.
DAYS = 7
SHOWN = 20


def load(
    connection: Connection,
    since: Annotated[
        Day | None, Blank, Query(description="ISO date; the last week of the store's where left out")
    ] = None,
) -> Json:
    """What is new since a day."""
    first, last = find_days(connection)
    since = since or _week_before(last) or "0001-01-01"
    day = since
    return {
        "since": since,
        "first": first,
        "last": last,
        "counts": count_all(connection),
        **remember(connection, ("briefing", day), lambda: _load_news(connection, day)),
    }


def _load_news(connection: Connection, since: str) -> Json:
    new = Filter(news_since=since)
    events = list_event_page(connection, new, order="origins", limit=SHOWN)
    return {
        "events": events.rows,
        "total": events.total,
        "is_more": events.is_more,
        **{
            kind: list_changes(connection, since=since, kind=kind, limit=SHOWN)
            for kind in ("revised", "denied", "opened", "settled")
        },
        "days": count_days(connection, new),
        "points": list_points(connection, new, limit=500),
    }


def _week_before(day: str | None) -> str | None:
    try:
        return (date.fromisoformat(day) - timedelta(days=DAYS - 1)).isoformat() if day else None
    except (ValueError, OverflowError):
        return day
