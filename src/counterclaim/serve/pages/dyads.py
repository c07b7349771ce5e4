"""Two sides: each one's account of the other's acts over time, side by side."""

from typing import Annotated

from fastapi import Query

from counterclaim.serve.pages.asking import Blank, Word
from counterclaim.serve.pages.tellings import load_tellings
from counterclaim.serve.views import Json
from counterclaim.store.events import Connection
from counterclaim.store.queries import find_tellings, list_terms

SHOWN = 60


def load(
    connection: Connection,
    a: Annotated[
        Word | None, Blank, Query(description="One side: a country's code, an actor's id or name")
    ] = None,
    b: Annotated[Word | None, Blank, Query(description="The other side")] = None,
) -> Json:
    """What each of two sides says of the other's acts; without sides, the pairs there are."""
    pairs: dict[tuple[str, str], int] = {}
    for row in list_terms(connection, "dyad", limit=400):
        doer, _, other = str(row["value"]).partition(">")
        pair = (min(doer, other), max(doer, other))
        pairs[pair] = max(pairs.get(pair, 0), int(str(row["events"])))
    made: Json = {
        "a": a,
        "b": b,
        "pairs": [
            {"a": one, "b": other, "events": events}
            for (one, other), events in sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))[:60]
        ],
        "days": [],
    }
    days: dict[str, dict[str, list[Json]]] = {}
    if a and b:
        for side, speaker, doer, sufferer in (
            ("a_of_b", a, b, None),
            ("b_of_a", b, a, None),
            ("a_of_itself", a, a, b),
            ("b_of_itself", b, b, a),
        ):
            members = find_tellings(connection, speaker=speaker, doer=doer, sufferer=sufferer, limit=SHOWN)
            for told in load_tellings(connection, members):
                day = str(told["start"] or told["published"] or "")[:10]
                days.setdefault(day, {}).setdefault(side, []).append(told)
        made["days"] = [{"day": day, **days[day]} for day in sorted(days)]
    return made
