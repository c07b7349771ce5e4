"""
Events as exports take them: with their claim matrix, the values a rule chooses, and their grade.

Comes in: an open connection and a rule. Goes out: one `FusedEvent` after the other, in the order of their days. Memory
stays the same however many events the store holds: a batch of readings is loaded, told from, and let go.

Each article's tellings are made once for all events of a batch that it tells of.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from counterclaim.fuse.compare import make_matrix
from counterclaim.fuse.grade import Grade, grade
from counterclaim.fuse.resolution import Resolved, Rule, Tally, resolve
from counterclaim.fuse.tellings import make_tellings
from counterclaim.store.events import Connection, iter_events
from counterclaim.types import Correction, Event, Matrix, Telling


@dataclass(frozen=True, slots=True)
class FusedEvent:
    """
    An event with all that an export may need.

    Attributes:
        event: As listed; its judgements are left out.
        tellings: Who tells it, sorted by their anchors.
        resolved: What the rule makes of each column of the matrix, in its order.
        recorded_at: When the store last recorded an article that tells it, ISO date-time in UTC; empty for what no store holds.
        corrections: What people said of its claims.
    """

    event: Event
    matrix: Matrix
    tellings: tuple[Telling, ...]
    resolved: tuple[Resolved | Tally, ...]
    grade: Grade
    rule: Rule
    recorded_at: str = ""
    corrections: tuple[Correction, ...] = ()


def iter_fused(connection: Connection, rule: Rule) -> Iterator[FusedEvent]:
    """Every event of the store, by its first day, undated ones last."""
    known: dict[str, dict[str, list[Telling]]] = {}
    recorded: dict[str, str] = {}
    marks: dict[tuple[str, str], tuple[Correction, ...]] = {}
    for batch in iter_events(connection):
        known = {article: told for article, told in known.items() if article in batch.articles}
        recorded = {**recorded, **batch.recorded}
        recorded = {article: recorded[article] for article in batch.articles if article in recorded}
        marks = {**marks, **batch.marks}
        marks = {place: said for place, said in marks.items() if place[0] in batch.articles}
        for telling in make_tellings(batch.readings, batch.stories):
            known.setdefault(telling.article.id, {}).setdefault(telling.mention.id, []).append(telling)
        for event in batch.events:
            tellings = [
                telling
                for article, mention in event.members
                for telling in known.get(article, {}).get(mention, ())
            ]
            fused = fuse_event(
                event, tuple(sorted(tellings, key=lambda one: (one.anchor, one.mention.id))), rule
            )
            latest = max((recorded.get(article, "") for article, _ in event.members), default="")
            said = {
                one.id: one
                for telling in tellings
                for claim in telling.claims
                for one in marks.get((telling.article.id, claim.id), ())
            }
            yield replace(
                fused, recorded_at=latest, corrections=tuple(said[number] for number in sorted(said))
            )


def fuse_event(event: Event, tellings: tuple[Telling, ...], rule: Rule) -> FusedEvent:
    """The event with its matrix, and what the rule and the grade make of it."""
    matrix = make_matrix(tellings)
    return FusedEvent(event, matrix, tellings, resolve(matrix, rule), grade(matrix), rule)
