"""Where events are told to have happened; and one place: what is claimed to have happened there, by whom, over time."""

from typing import Annotated

from fastapi import Path, Query

from counterclaim.errors import InputError
from counterclaim.serve.pages.asking import Blank, Word
from counterclaim.serve.pages.tellings import load_tellings
from counterclaim.serve.views import Json
from counterclaim.serve.words import PRECISIONS, spell_codes
from counterclaim.store.events import Connection
from counterclaim.store.queries import (
    Filter,
    count_days,
    find_label,
    find_places,
    find_tellings_at,
    list_event_page,
    list_facets,
    list_points,
    list_terms,
)

SHOWN = 200
TELLINGS = 40


def load_list(
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


def load(
    connection: Connection,
    name: Annotated[
        str, Path(max_length=200, description="A GeoNames id, or the name of a place that was not found")
    ],
) -> Json:
    """One place: what is claimed to have happened there, by whom, over time, and how exactly it is placed."""
    label = find_label(connection, ("place",), name)
    if label is None:
        raise InputError(
            f"Nothing is told to have happened at {name!r}. Look for a name in the list of places."
        )
    chosen = Filter(place=(name,))
    events = list_event_page(connection, chosen, order="newest", limit=30)
    facets = list_facets(connection, chosen)
    named = [
        {**one, "radius_km": PRECISIONS[str(one["precision"])][1]} for one in find_places(connection, name)
    ]
    told = load_tellings(connection, find_tellings_at(connection, name, limit=TELLINGS))
    return {
        "id": name,
        **_name(label, named),
        "named": named,
        "areas": _find_areas(named),
        "events": events.rows,
        "total": events.total,
        "is_more": events.is_more,
        "types": facets["type"],
        "claimants": facets["claimant"],
        "actors": facets["actor"],
        "says": [one for one in told if not one["denied"]],
        "denies": [one for one in told if one["denied"]],
        "days": count_days(connection, chosen),
    }


def _name(label: str, named: list[Json]) -> Json:
    """The place's own name, and apart from it what it lies in: a country is not said to lie in itself."""
    name, _, country = label.rpartition(", ")
    if not name or not (len(country) == 3 and country.isupper()):
        return {"title": label, "within": ""}
    admin1 = str(named[0]["admin1"] or "") if named else ""
    parts = dict.fromkeys(part for part in (admin1, spell_codes(country)) if part and part != name)
    return {"title": name, "within": ", ".join(parts)}


def _find_areas(named: list[Json]) -> list[Json]:
    """What a map can show: each spot and precision once, under the name used most."""
    found: dict[tuple[object, ...], Json] = {}
    for one in named:
        if one["lat"] is not None and one["lon"] is not None:
            found.setdefault((one["lat"], one["lon"], one["precision"]), one)
    return list(found.values())
