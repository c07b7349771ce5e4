"""
A fused event as one flat row: what spreadsheets, data frames and maps take.

Comes in: a `FusedEvent`. Goes out: a dictionary with the keys of `COLUMNS`: what, who, where, when, how many, how well attested, and
the rule that chose. Lists are lists; who writes them joins them.

"Norland says 12 of its soldiers died near Vask, Sudria says 5 of its own did" gives ``dead_low`` to ``dead_high`` 17:
losses of different groups add. Where the rule chooses nothing, the cell is None, and `contested` says why.

Coordinates stand only where a site or a town is known: the middle of a province is not where it happened.

Known limit: counts of other kinds than dead and injured have no column; `show matrix` and events-jsonl have them.
"""

from collections import Counter
from collections.abc import Iterable

from counterclaim.export.fused import FusedEvent
from counterclaim.export.losses import Losses
from counterclaim.export.matrix import print_best
from counterclaim.fuse.match import PRECISE
from counterclaim.fuse.resolution import Tally, add_up
from counterclaim.types import Place, Telling

COUNTED = ("dead", "injured")
COLUMNS = (
    *("event", "type", "modes", "contexts", "label", "realis", "actors", "recipients"),
    *("place", "country", "latitude", "longitude", "precision", "geonameid", "start", "end"),
    *(f"{kind}_{end}" for kind in COUNTED for end in ("low", "best", "high")),
    *("grade", "grade_rule", "contested", "claimants", "articles", "stories", "origins", "rule"),
)
FINEST = ("site", "city", "district", "province", "country", "unresolved")


def make_row(fused: FusedEvent, losses: Losses) -> dict[str, object]:
    """The event's row; what has no column is noted."""
    event, best = fused.event, {one.field: print_best(one) for one in fused.resolved}
    place = find_place(fused)
    is_point = place is not None and place.precision in PRECISE and place.lat is not None
    if place is not None and place.lat is not None and not is_point:
        losses.note("centre of a district, province or country: no coordinates written")
    counts: dict[str, int | None] = {}
    for kind in COUNTED:
        total = add_up(fused.resolved, f"counts.{kind}")
        for end in ("low", "best", "high"):
            counts[f"{kind}_{end}"] = getattr(total, end) if total else None
    _note_losses(fused, losses)
    return {
        "event": event.id,
        "type": event.type,
        "modes": find_modes(fused.tellings, event.type),
        "contexts": _rank(context for one in fused.tellings for context in one.mention.contexts),
        "label": event.label,
        "realis": find_realis(fused),
        "actors": best.get("actors"),
        "recipients": best.get("recipients"),
        "place": event.place,
        "country": event.country,
        "latitude": place.lat if place and is_point else None,
        "longitude": place.lon if place and is_point else None,
        "precision": place.precision if place else None,
        "geonameid": place.geonameid if place else None,
        "start": event.start,
        "end": event.end,
        **counts,
        "grade": fused.grade.name,
        "grade_rule": fused.grade.rule,
        "contested": list(event.contested),
        "claimants": list(dict.fromkeys(row.claimant.name for row in fused.matrix.rows)),
        "articles": event.articles,
        "stories": event.stories,
        "origins": event.origins,
        "rule": fused.rule.text,
    }


def find_place(fused: FusedEvent) -> Place | None:
    """Where the event is listed to have happened, as the telling has it that resolves it best."""
    places = [
        one.mention.place
        for one in fused.tellings
        if one.mention.place
        and (one.mention.place.name, one.mention.place.country) == (fused.event.place, fused.event.country)
    ]
    return min(places, key=_rank_place, default=None)


def find_modes(tellings: Iterable[Telling], kind: str) -> list[str]:
    """How it was done, as all who say that it was done so tell it, the most told first."""
    return _rank(
        mode for one in tellings if one.mention.type == kind and not one.denied for mode in one.mention.modes
    )


def find_realis(fused: FusedEvent) -> str:
    """``happened``, ``historical``, ``expected``; ``denied`` where nobody tells it but who denies it."""
    if all(one.denied for one in fused.tellings):
        return "denied"
    return min((one.realis for one in fused.tellings if not one.denied), key=_REALIS.index)


_REALIS = ("happened", "historical", "expected")


def _rank_place(place: Place) -> tuple[bool, int, int]:
    return place.lat is None, FINEST.index(place.precision), place.geonameid or 0


def _note_losses(fused: FusedEvent, losses: Losses) -> None:
    values = [value for row in fused.matrix.rows for cell in row.cells for value in cell]
    losses.note("value with who gives it: only the rule's choice and the names of the claimants", len(values))
    losses.note(
        "sentence behind a value", len({(value.claim.partition(":")[0], value.sentence) for value in values})
    )
    losses.note("relation between claims", len(fused.matrix.relations))
    losses.note(
        "value chosen by no rule: claimants contradict each other",
        sum(one.best is None and one.status == "contested" for one in fused.resolved),
    )
    kinds = {f"counts.{kind}" for kind in COUNTED}
    others = sum(one.field.startswith("counts.") and one.field not in kinds for one in fused.resolved)
    losses.note("count of another kind than dead and injured", others)
    groups = sum(
        isinstance(one, Tally) and one.field in kinds and bool(one.victims) for one in fused.resolved
    )
    losses.note("victim group of a count: the sum of the groups is written", groups)


def _rank(values: Iterable[str]) -> list[str]:
    """Each once, the most frequent first."""
    times = Counter(values)
    return sorted(times, key=lambda value: (-times[value], value))
