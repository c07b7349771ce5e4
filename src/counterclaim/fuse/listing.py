"""
What an event is listed by: grade, tolls, coordinates, who is in it and who speaks, what changed on which day.

Comes in: the tellings of an event and its claim matrix. Goes out: a `Listing`, made once when the event is, so that a list
of a hundred thousand events needs no matrix.

"Armenia says 49 died" on Tuesday and "Armenia says 105 died" on Wednesday give a `Change`: ``revised``, on Wednesday, by
Armenia, 105, from 49.

Known limit: a contradiction counts as settled only where the value that made it was revised or withdrawn, not where
one side falls silent.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from counterclaim.fuse.grade import grade
from counterclaim.fuse.resolution import RULES, add_up, resolve
from counterclaim.types import (
    CellValue,
    Change,
    Claimant,
    Listing,
    Matrix,
    Mention,
    Relation,
    Telling,
    Term,
    Value,
)
from counterclaim.values import print_column, print_side, print_value

Kind = Literal["revised", "denied", "opened", "settled"]
_FINEST = ("site", "city", "district", "province", "country", "unresolved")


def make_listing(
    tellings: Sequence[Telling], matrix: Matrix, place: tuple[str, str | None] | None
) -> Listing:
    """
    The event's listing; the same for any order of the tellings.

    Args:
        place: Name and country of the place chosen for the event.
    """
    total = add_up(resolve(matrix, RULES["range"]), "counts.dead")
    places = [
        one.mention.place
        for one in tellings
        if one.mention.place and (one.mention.place.name, one.mention.place.country) == place
    ]
    spot = min(
        places, key=lambda one: (one.lat is None, _FINEST.index(one.precision), one.name), default=None
    )
    days = sorted(one.article.published for one in tellings if one.article.published)
    return Listing(
        grade=grade(matrix).name,
        dead_low=total.low if total else None,
        dead_high=total.high if total else None,
        lat=spot.lat if spot else None,
        lon=spot.lon if spot else None,
        precision=spot.precision if spot else None,
        first_published=days[0] if days else None,
        last_published=days[-1] if days else None,
        confidence=find_confidence(tellings),
        terms=_find_terms(tellings),
        changes=_find_first(matrix, _find_changes(matrix)),
    )


def find_confidence(tellings: Iterable[Telling]) -> float | None:
    """How sure the surest telling of an event is; None where nothing judged any."""
    judged = (one.mention.confidence for one in tellings)
    return max((value for value in judged if value is not None), default=None)


def actor_key(mention: Mention) -> str:
    """What an actor is found by: its id, else its name."""
    return mention.actor.actor_id or mention.actor.name


def claimant_key(claimant: Claimant) -> str:
    """What a claimant is found by: as an actor is, so that one who speaks and acts is found once."""
    by_name = f"{claimant.country}:{claimant.sector}:{claimant.name.casefold()}"
    return claimant.name if claimant.key == by_name else claimant.key


def actor_label(mention: Mention) -> str:
    """Name and codes: ``Armenia [ARM GOV]``."""
    codes = " ".join(code for code in (mention.actor.country, mention.actor.sector) if code)
    return f"{mention.actor.name} [{codes}]" if codes else mention.actor.name


def _find_terms(tellings: Sequence[Telling]) -> tuple[Term, ...]:
    labels: dict[tuple[str, str], str] = {}
    for kind, value, label in _iter_terms(tellings):
        if value:
            # The shortest label of several, whatever order they come in.
            known = labels.get((kind, value), label)
            labels[kind, value] = min(known, label, key=lambda one: (len(one), one))
    return tuple(Term(kind, value, label) for (kind, value), label in sorted(labels.items()))


def _iter_terms(tellings: Iterable[Telling]) -> Iterator[tuple[str, str, str]]:
    for one in tellings:
        mention = one.mention
        yield "realis", one.realis, one.realis
        for mode in mention.modes:
            yield "mode", mode, mode
        for context in mention.contexts:
            yield "context", context, context
        for role, group in (("actor", mention.actors), ("recipient", mention.recipients)):
            for who in group:
                if who.kind != "pronoun" or who.actor.actor_id:
                    yield role, actor_key(who), actor_label(who)
        speaker, said_by = claimant_key(one.claimant), _describe(one.claimant)
        yield "claimant", speaker, said_by
        if one.denied:
            yield "denier", speaker, said_by
        if mention.place:
            where = ", ".join(part for part in (mention.place.name, mention.place.country) if part)
            yield "place", str(mention.place.geonameid or mention.place.name), where
        for count in mention.counts:
            yield "field", f"counts.{count.kind}", count.kind
        # Both sides of a clash did something to the other.
        others = one.suffered or (one.did if len(one.did) > 1 else frozenset())
        for doer in one.did:
            for other in others - {doer}:
                yield "dyad", f"{doer}>{other}", f"{doer} → {other}"


def _describe(claimant: Claimant) -> str:
    codes = " ".join(code for code in (claimant.country, claimant.sector) if code)
    return f"{claimant.name} [{codes}]" if codes else claimant.name


def _find_changes(matrix: Matrix) -> Iterator[Change]:
    names = [print_column(column.field, column.victims) for column in matrix.columns]
    who = {row.claimant.key: row.claimant for row in matrix.rows}
    said: dict[tuple[str, str], list[CellValue]] = {}
    for row in matrix.rows:
        for name, cell in zip(names, row.cells, strict=True):
            said[row.claimant.key, name] = list(cell)
    for relation in matrix.relations:
        field = print_column(relation.field, relation.left_victims)
        left = _find_cell(said.get((relation.left, field), []), relation.left_value)
        right = _find_cell(said.get((relation.right, field), []), relation.right_value)
        if left is None or right is None:
            continue
        if relation.kind == "revises" and relation.left == relation.right:
            yield _change("revised", relation, who, left)
        elif relation.kind == "denies":
            yield _change("denied", relation, who, left)
        elif relation.kind == "contradicts":
            if (right.said or "") > (left.said or ""):
                relation = Relation(  # noqa: PLW2901  the later word is the one that opens it
                    *("contradicts", relation.field),
                    *(relation.right, relation.right_value, relation.left, relation.left_value),
                    *(relation.right_victims, relation.left_victims),
                )
                left = right
            yield _change("opened", relation, who, left)
    yield from _find_settled(matrix, names)


def _find_first(matrix: Matrix, changes: Iterable[Change]) -> tuple[Change, ...]:
    """Of contradictions and denials of one side against another the first; of revisions each."""
    sides = {row.claimant.name: row.claimant.side for row in matrix.rows}
    first: dict[tuple[str, ...], Change] = {}
    for one in sorted(set(changes), key=_order):
        pair = [sides[one.claimant], sides[one.against]]
        if one.kind == "opened":
            pair.sort()
        words = one.value if one.kind == "revised" else ""
        first.setdefault((one.kind, one.field, words, *pair), one)
    return tuple(first.values())


def _find_settled(matrix: Matrix, names: list[str]) -> Iterator[Change]:
    """Columns on which nobody contradicts another any longer, because what did was revised or withdrawn."""
    for number, (name, column) in enumerate(zip(names, matrix.columns, strict=True)):
        if column.status == "contested":
            continue
        standing = [
            (row.claimant, value)
            for row in matrix.rows
            for value in row.cells[number]
            if value.state == "stands" and value.stance != "denies"
        ]
        for row in matrix.rows:
            given = row.cells[number]
            gone = [value for value in given if value.state != "stands"]
            now = next((value for value in given if value.state == "stands"), None)
            others = [
                (other, value)
                for other, value in standing
                if other.side != row.claimant.side and now is not None and _is_same(value, now)
            ]
            # Had they said so from the start there would have been nothing to settle.
            if gone and now and now.said and others and not _is_same(gone[0], now):
                other, value = others[0]
                if (value.said or "") < now.said:
                    yield Change(
                        *("settled", now.said, name, row.claimant.name, print_value(now.value)),
                        *(other.name, print_value(value.value), now.claim),
                    )


def _is_same(one: CellValue, other: CellValue) -> bool:
    return print_value(one.value) == print_value(other.value)


def _find_cell(cell: list[CellValue], value: Value) -> CellValue | None:
    # Values that differ in wording only stand in one cell, under one of their wordings.
    wanted = print_value(value)
    return next((one for one in cell if print_value(one.value) == wanted), cell[0] if cell else None)


def _change(kind: Kind, relation: Relation, who: dict[str, Claimant], later: CellValue) -> Change:
    return Change(
        kind,
        later.said or "",
        print_column(relation.field, relation.left_victims),
        who[relation.left].name,
        print_side(relation.left_value, relation.left_victims),
        who[relation.right].name,
        print_side(relation.right_value, relation.right_victims),
        later.claim,
    )


def _order(change: Change) -> tuple[str, ...]:
    return change.day, change.kind, change.field, change.claimant, change.value, change.against
