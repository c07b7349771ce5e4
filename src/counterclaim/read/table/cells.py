"""
The cells of a row: what the mentions of one happening say together.

In: the mentions of one happening, the one that tells it best first. Out: actors, recipients, place, date and counts, each value once, in its
best words, with how it is known. Example: "they" of one sentence is left out where the other names the rebels.
Limit: of two places that fit each other the finer one is the place; where two do not fit, the one more mentions name.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from counterclaim.read.table.happenings import Told, key_of, same_date, same_place, unique
from counterclaim.types import Cell, Count, DateRange, Mention, Place

_KINDS = ("name", "nominal", "metonym", "adjective", "pronoun")
_FINE = ("site", "city", "district", "province", "country", "unresolved")
_DATES = ("minute", "hour", "day", "week", "month", "year")


def parties(members: Sequence[Told], role: str) -> tuple[Cell[Mention], ...]:
    """Who, as the members' own clauses say, each once."""
    found = unique(mention for one in members for mention in getattr(one, role))
    kept: dict[str, Mention] = {}
    for mention in sorted(found, key=lambda one: _KINDS.index(one.kind)):
        key = key_of(mention.actor)
        if key not in kept and not any(_is_less(mention, other) for other in kept.values()):
            kept[key] = mention
    order = {(one.start_char, one.end_char): at for at, one in enumerate(found)}
    best = sorted(kept.values(), key=lambda one: order[one.start_char, one.end_char])
    return tuple(Cell(one, "stated", one.start_char, one.end_char, "member") for one in best)


def _is_less(mention: Mention, other: Mention) -> bool:
    """Whether the mention says nothing that the other does not: "the army" beside "the Malian army"."""
    mine, theirs = mention.actor, other.actor
    if mine.actor_id is not None or mention.kind == "name":
        return False
    return (mine.country in {None, theirs.country}) and mine.sector in {None, theirs.sector}


def place(members: Sequence[Told]) -> Cell[Place] | None:
    """Where: the place most members name, of those the finest, then the first."""
    found = [one.place for one in members if one.place]
    if not found:
        return None
    votes = Counter({at: sum(same_place(one, other) for other in found) for at, one in enumerate(found)})
    at = min(
        range(len(found)),
        key=lambda at: (
            _FINE.index(found[at].precision) > 3,
            -votes[at],
            _FINE.index(found[at].precision),
            at,
        ),
    )
    best = found[at]
    return Cell(best, "stated", best.start_char, best.end_char, "member")


def date(members: Sequence[Told]) -> Cell[DateRange] | None:
    """When: the day most members name, of those the finest, then the first."""
    found = [one.date for one in members if one.date]
    if not found:
        return None
    votes = [sum(same_date(one, other) for other in found) for one in found]
    at = min(range(len(found)), key=lambda at: (max(2, _DATES.index(found[at].precision)), -votes[at], at))
    best = found[at]
    return Cell(best, "stated", best.start_char, best.end_char, "member")


def counts(members: Iterable[Told]) -> tuple[Cell[Count], ...]:
    """How many: each number of a kind once."""
    kept: dict[tuple[object, ...], Count] = {}
    for count in (count for one in members for count in one.counts):
        victims = key_of(count.victims.actor) if count.victims else ""
        kept.setdefault((count.kind, count.low, count.high, victims), count)
    return tuple(Cell(one, "stated", one.start_char, one.end_char, "member") for one in kept.values())
