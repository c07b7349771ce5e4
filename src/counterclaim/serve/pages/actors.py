"""Who acts and speaks; and one of them: what it claims, what is claimed of it, what it denies, and whom it meets and fights."""

from typing import Annotated

from fastapi import Path, Query

from counterclaim.errors import InputError
from counterclaim.knowledge import load_table
from counterclaim.serve.pages.asking import Blank, Word
from counterclaim.serve.pages.tellings import load_tellings
from counterclaim.serve.views import Json
from counterclaim.serve.words import list_quads, spell_codes
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
    quads = list_quads()
    conflict = tuple(kind for kind, quad in quads.items() if "conflict" in quad)
    cooperation = tuple(kind for kind in quads if kind not in conflict)
    return {
        "id": name,
        "title": spell_codes(name) if is_country or not names else names[0]["name"],
        "names": names,
        "offices": list_offices(name),
        "events": events.rows,
        "total": events.total,
        "is_more": events.is_more,
        "says": load_tellings(connection, find_tellings(connection, speaker=name, limit=30)),
        "said_of": load_tellings(connection, find_tellings(connection, doer=name, limit=30)),
        "denies": load_tellings(connection, find_tellings(connection, speaker=name, denied=True, limit=30)),
        "types": facets["type"],
        "others": [one for one in facets["actor"] if one["value"] != name],
        "fights": _list_others(connection, name, conflict),
        "meets": _list_others(connection, name, cooperation),
        "days": count_days(connection, chosen),
    }


def list_offices(actor: str) -> list[Json]:
    """
    The offices that a person is known to have held, the latest first; ``until`` is empty of one still held when last checked.

    >>> [(one["office"], one["since"]) for one in list_offices("serzh-sargsyan")][-1]
    ('defence minister', '2000')
    """
    held = [row for row in load_table("leaders") if row["person"] == actor]
    return [
        {
            "office": row["office"].replace("_", " "),
            "country": row["country"],
            "since": row["from"],
            "until": row["until"],
        }
        for row in sorted(held, key=lambda row: row["from"], reverse=True)
    ]


def _list_others(connection: Connection, name: str, types: tuple[str, ...]) -> list[Json]:
    """Who else takes part in its events of these types, those of most events first; of a state's, who is of another."""
    found = list_facets(connection, Filter(actor=(name,), type=types))["actor"]
    own = (f"[{name}]", f"[{name} ")
    return [
        one for one in found if one["value"] != name and not any(code in str(one["label"]) for code in own)
    ]
