"""
The event table of one article: each happening once, with everything the article says of it and how each value is known.

Comes in: the event mentions of an article, with claims, mentions and attributions. Goes out: `EventRow` records, the most important
first.

    "Rebels raided Gao. … The raid killed two guards on Monday."   one row: rebels, guards, Gao, Monday, two dead

Limit: an event whose mentions have no word of an event among them has no row.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from counterclaim.read.parse import load_partaking
from counterclaim.read.syntax import Tree
from counterclaim.read.table import how_many, scene, who
from counterclaim.read.table.denials import add_denials
from counterclaim.read.table.happenings import Told, by_fullness, find_told
from counterclaim.read.table.salience import is_background, rank
from counterclaim.read.table.same import group
from counterclaim.read.table.tolls import add_tolls
from counterclaim.types import Attribution, Claim, EventMention, EventRow, Timex

__all__ = ["add_denials", "add_tolls", "make_event_table"]


def make_event_table(
    tree: Tree,
    events: Sequence[EventMention],
    claims: Sequence[Claim],
    times: Sequence[Timex],
    attributions: Sequence[Attribution],
) -> tuple[EventRow, ...]:
    """What the article tells of, each happening once, the most important first; ids run from ``t1``."""
    of_event: dict[str, list[str]] = defaultdict(list)
    for claim in claims:
        of_event[claim.event].append(claim.id)
    told = find_told(tree, events)
    weighed = who.weigh(tree, told, attributions, load_partaking())
    sited = scene.weigh(scene.Scene(tree, told, times, attributions), told)
    groups = sorted(group(told), key=rank)
    return tuple(
        replace(_make_row(members, of_event, times, weighed, sited), id=f"t{number}")
        for number, members in enumerate(groups, start=1)
    )


def _make_row(
    members: Sequence[Told],
    claims: Mapping[str, list[str]],
    times: Sequence[Timex],
    weighed: who.Weighed,
    sited: scene.Weighed,
) -> EventRow:
    """The row of one happening, its cells as its members have them."""
    events = [event for one in by_fullness(members) for event in one.events]
    return EventRow(
        id="",
        type=events[0].type,
        modes=tuple(dict.fromkeys(mode for event in events for mode in event.modes)),
        contexts=tuple(dict.fromkeys(context for event in events for context in event.contexts)),
        # What one of them tells as having happened has happened.
        auxiliary=tuple(
            word for word in events[0].auxiliary if all(word in event.auxiliary for event in events)
        ),
        salience="background" if is_background(members) else "main",
        members=tuple(event.id for event in events),
        actors=who.parties(members, "actors", weighed),
        recipients=who.parties(members, "recipients", weighed),
        place=scene.place(members, sited),
        date=scene.date(members, times, sited),
        counts=how_many.counts(members),
        claims=tuple(claim for event in events for claim in claims.get(event.id, ())),
        confidence=max((event.confidence for event in events if event.confidence is not None), default=None),
    )
