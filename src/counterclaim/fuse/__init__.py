"""
From claims of many articles to events, disagreement kept.

    tellings   who tells what, from which story     -> gist      what of it is compared
    block      which pairs may be one event         -> match     how well two fit, field by field
    cluster    which tellings are one event         -> growth    the same for what is new in a store
    compare    who says what about it, and how what they say relates: the claim matrix
"""

from collections.abc import Iterable
from dataclasses import replace

from counterclaim.fuse.cluster import cluster
from counterclaim.fuse.compare import make_matrix
from counterclaim.fuse.describe import find_first_anchor, make_event, name_events
from counterclaim.fuse.tellings import make_tellings
from counterclaim.types import Event, Judgement, Matrix, Reading, Story

__all__ = ["fuse", "matrix"]


def fuse(
    readings: Iterable[Reading], stories: Iterable[Story], judgements: Iterable[Judgement] = ()
) -> tuple[Event, ...]:
    """The events that the readings tell of; the same for any order of the readings."""
    tellings = make_tellings(readings, stories)
    clusters = cluster(tellings, judgements)
    names = name_events(find_first_anchor(members) for members, _ in clusters)
    made = (replace(make_event(*one), id=name) for one, name in zip(clusters, names, strict=True))
    return tuple(sorted(made, key=lambda event: event.id))


def matrix(
    members: Iterable[tuple[str, str]], readings: Iterable[Reading], stories: Iterable[Story]
) -> Matrix:
    """The claim matrix of the event with these members, from the readings that tell of it."""
    chosen = frozenset(members)
    tellings = make_tellings(readings, stories)
    return make_matrix([one for one in tellings if (one.article.id, one.mention.id) in chosen])
