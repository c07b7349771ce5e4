"""Who acts and speaks; and one of them: what it claims, what is claimed of it, what it denies, and whom it meets and fights."""

from typing import Annotated

from fastapi import Path, Query

from counterclaim.errors import InputError
from counterclaim.serve.pages.asking import Blank, Word
from counterclaim.serve.pages.tellings import load_tellings
from counterclaim.serve.views import Json
from counterclaim.serve.words import spell_codes
from counterclaim.store.events import Connection
from counterclaim.store.queries import (
    Filter,
    count_days,
    find_names,
    find_tellings,
    list_event_page,
    list_facets,
    list_terms,
)

SHOWN = 200
KINDS = ("actor", "recipient", "claimant", "denier")


def load_list(
    connection: Connection,
    q: Annotated[Word | None, Blank, Query(description="Part of a name")] = None,
    offset: Annotated[int, Query(ge=0, le=10**7, description="Skip so many")] = 0,
) -> Json:
    """Everyone who acts or speaks, with the number of events."""
    found: dict[str, dict[str, object]] = {}
    for kind in KINDS:
        for row in list_terms(connection, kind, like=q or "", limit=SHOWN, offset=offset):
            value = str(row["value"])
            if value.startswith(("outlet:", "unnamed:")):
                continue
            one = found.setdefault(value, {"id": value, "label": row["label"], **dict.fromkeys(KINDS, 0)})
            one[kind] = row["events"]
    rows = sorted(
        found.values(), key=lambda one: (-sum(int(str(one[kind])) for kind in KINDS), str(one["id"]))
    )
    return {"q": q, "actors": rows, "offset": offset, "next": offset + SHOWN if len(rows) >= SHOWN else None}


def load(
    connection: Connection, name: Annotated[str, Path(max_length=200, description="An actor's id or name")]
) -> Json:
    """One actor: its claims, claims of it, denials, names, and others in its events."""
    names = find_names(connection, name)
    is_country = name.isupper() and len(name) == 3
    events = list_event_page(connection, Filter(actor=(name,)), order="newest", limit=30)
    if not names and not events.rows:
        raise InputError(f"Nobody goes by {name!r} here. Look for a name in the list of actors.")
    chosen = Filter(actor=(name,))
    facets = list_facets(connection, chosen)
    return {
        "id": name,
        "title": spell_codes(name) if is_country or not names else names[0]["name"],
        "names": names,
        "events": events.rows,
        "total": events.total,
        "is_more": events.is_more,
        "says": load_tellings(connection, find_tellings(connection, speaker=name, limit=30)),
        "said_of": load_tellings(connection, find_tellings(connection, doer=name, limit=30)),
        "denies": load_tellings(connection, find_tellings(connection, speaker=name, denied=True, limit=30)),
        "types": facets["type"],
        "others": [one for one in facets["actor"] if one["value"] != name],
        "days": count_days(connection, chosen),
    }
