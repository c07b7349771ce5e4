"""
An event in one line, as most tell it.

Comes in: a group of tellings and what joined them. Goes out: an `Event`: type, parties, place and day that most
independent origins give, how many there are, and what is contested. Its id comes from its earliest telling,
so that it stays while later articles join.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from typing import TypeVar

from counterclaim.fuse.compare import make_matrix
from counterclaim.fuse.gist import Gist
from counterclaim.fuse.listing import make_listing
from counterclaim.fuse.match import PRECISE
from counterclaim.types import Event, Judgement, Telling
from counterclaim.values import print_column

Value = TypeVar("Value", bound=Hashable)


def make_event(tellings: tuple[Telling, ...], judgements: tuple[Judgement, ...] = ()) -> Event:
    """The event these tellings are about; `name_events` gives each of several an id of its own."""
    first = min(tellings, key=lambda one: (one.article.published or "9999", one.anchor))
    kind = _most((telling, telling.mention.type) for telling in tellings) or first.mention.type
    places = [(telling, telling.mention.place) for telling in tellings if telling.mention.place]
    precise = [(telling, place) for telling, place in places if place.precision in PRECISE]
    place = _most((telling, (place.name, place.country)) for telling, place in precise or places)
    # Where most tell of the whole front, the village one of them names is not where it happened.
    naming = {telling.origin for telling, other in places if (other.name, other.country) == place}
    if len(naming) * 2 < len({telling.origin for telling in tellings}):
        place = None
    dates = sorted(
        (telling.mention.date.start[:10], telling.mention.date.end[:10])
        for telling in tellings
        if telling.mention.date
    )
    # The narrowest dates: "on Tuesday" says more than "in September".
    start = max((one[0] for one in dates), default=None)
    end = min((one[1] for one in dates), default=None)
    if start and end and start > end:
        start, end = end, start
    matrix = make_matrix(tellings)
    contested = tuple(
        print_column(column.field, column.victims)
        for column in matrix.columns
        if column.status == "contested"
    )
    return Event(
        id=_make_id(find_first_anchor(tellings)),
        type=kind,
        label=_make_label(tellings, kind, place, start, end),
        members=tuple(sorted((telling.article.id, telling.mention.id) for telling in tellings)),
        place=place[0] if place else None,
        country=place[1] if place else None,
        start=start,
        end=end,
        articles=len({telling.article.id for telling in tellings}),
        stories=len({telling.story for telling in tellings}),
        origins=len({(telling.owner or telling.origin).casefold() for telling in tellings}),
        contested=contested,
        judgements=judgements,
        listing=make_listing(tellings, matrix, place),
    )


def find_first_anchor(tellings: Iterable[Telling | Gist]) -> str:
    """The anchor of the earliest, from which the event's id is made."""
    return min((_published(one) or "9999", one.anchor) for one in tellings)[1]


def _published(one: Telling | Gist) -> str | None:
    return one.published if isinstance(one, Gist) else one.article.published


def name_events(anchors: Iterable[str]) -> list[str]:
    """
    The ids of events with these earliest anchors, in the order of their members; no two are the same.

    ``E`` and hexadecimal digits, enough of them for ten million events. Two words that nothing but their place in the reading tells
    apart may be of two events: the second takes another id.
    """
    seen: Counter[str] = Counter()
    names: list[str] = []
    for anchor in anchors:
        names.append(_make_id(f"{anchor}#{seen[anchor]}" if seen[anchor] else anchor))
        seen[anchor] += 1
    return names


def _make_id(anchor: str) -> str:
    return "E" + hashlib.sha256(anchor.encode()).hexdigest()[:12]


def _make_label(
    tellings: tuple[Telling, ...],
    kind: str,
    place: tuple[str, str | None] | None,
    start: str | None,
    end: str | None,
) -> str:
    realis = "" if tellings[0].realis == "happened" else f" ({tellings[0].realis})"
    actors = _codes({side for telling in tellings for side in telling.did})
    recipients = _codes({side for telling in tellings for side in telling.suffered})
    if actors & recipients or not recipients or not actors:
        parties = " – ".join(sorted(actors | recipients))
    else:
        parties = f"{', '.join(sorted(actors))} → {', '.join(sorted(recipients))}"
    day = start if start == end else f"{start}/{end}"
    words = "" if parties or place else f"“{min(telling.mention.trigger.text for telling in tellings)}”"
    parts = (kind + realis, words, parties, place[0] if place else "", day or "")
    return " · ".join(part for part in parts if part)


def _codes(sides: set[str]) -> set[str]:
    """Countries and known groups, if there are any; else the names that the texts give."""
    return {side for side in sides if side.isupper()} or sides


def _most(values: Iterable[tuple[Telling, Value]]) -> Value | None:
    """The value most origins give; the smallest on a tie, so that order does not matter."""
    origins: dict[Value, set[str]] = defaultdict(set)
    for telling, value in values:
        origins[value].add(telling.origin)
    return min(origins, key=lambda value: (-len(origins[value]), str(value)), default=None)
