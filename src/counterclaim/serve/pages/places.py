"""Where events are told to have happened."""

from typing import Annotated

from fastapi import Query

from counterclaim.serve.pages.asking import Blank, Word
from counterclaim.serve.views import Json
from counterclaim.store.events import Connection
from counterclaim.store.queries import Filter, list_points, list_terms

SHOWN = 200


def load(
    connection: Connection,
    q: Annotated[Word | None, Blank, Query(description="Part of a name")] = None,
    offset: Annotated[int, Query(ge=0, le=10**7, description="Skip so many")] = 0,
) -> Json:
    """The places of events, those of most events first."""
    rows = list_terms(connection, "place", like=q or "", limit=SHOWN + 1, offset=offset)
    return {
        "q": q,
        "places": rows[:SHOWN],
        "countries": list_terms(connection, "country", limit=60),
        "offset": offset,
        "next": offset + SHOWN if len(rows) > SHOWN else None,
        "points": list_points(connection, Filter(), limit=1000),
    }
