"""
The event table of a reading that people corrected: each row as its members tell it now.

Comes in: the table as read, and the event mentions before and after. Goes out: the table with the person's values in the place of
those they replace; rows that nothing tells any longer are gone, and what a person added has a row of its own.

Rows that no corrected mention belongs to stay as they are.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from counterclaim.types import Cell, Claim, Count, DateRange, EventMention, EventRow, Mention, Place

Known = TypeVar("Known", Mention, Place, DateRange, Count)


def retell(
    table: Sequence[EventRow],
    before: Mapping[str, EventMention],
    after: Mapping[str, EventMention],
    claims: Iterable[Claim],
) -> tuple[EventRow, ...]:
    """The table of the mentions after, where these are the ones before."""
    changed = {name for name in [*before, *after] if before.get(name) != after.get(name)}
    if not changed:
        return tuple(table)
    of_event: dict[str, list[str]] = {}
    for claim in claims:
        of_event.setdefault(claim.event, []).append(claim.id)
    made = []
    for row in table:
        if changed.isdisjoint(row.members):
            made.append(row)
        elif any(name in after for name in row.members):
            made.append(_retell(row, changed, before, after, of_event))
    added = [after[name] for name in after if name not in before]
    return (
        *made,
        *(
            _make_row(event, f"t{number}", of_event.get(event.id, []))
            for number, event in enumerate(added, start=len(table) + 1)
        ),
    )


def _retell(
    row: EventRow,
    changed: Collection[str],
    before: Mapping[str, EventMention],
    after: Mapping[str, EventMention],
    of_event: Mapping[str, list[str]],
) -> EventRow:
    members = tuple(name for name in row.members if name in after)
    old = [before[name] for name in row.members if name in changed]
    new = [after[name] for name in members if name in changed]
    rest = [after[name] for name in members if name not in changed]
    first = after[members[0]]
    return replace(
        row,
        # The member that tells it best gives the row its type.
        **({"type": first.type, "modes": first.modes} if members[0] in changed else {}),  # type: ignore[arg-type]
        members=members,
        actors=_retell_cells(row.actors, *([one.actors for one in group] for group in (old, new, rest))),
        recipients=_retell_cells(
            row.recipients, *([one.recipients for one in group] for group in (old, new, rest))
        ),
        counts=_retell_cells(row.counts, *([one.counts for one in group] for group in (old, new, rest))),
        place=_retell_cell(row.place, *([one.place for one in group] for group in (old, new, rest))),
        date=_retell_cell(row.date, *([one.date for one in group] for group in (old, new, rest))),
        claims=tuple(claim for name in members for claim in of_event.get(name, ())),
    )


def _retell_cells(
    cells: tuple[Cell[Known], ...],
    old: list[tuple[Known, ...]],
    new: list[tuple[Known, ...]],
    rest: list[tuple[Known, ...]],
) -> tuple[Cell[Known], ...]:
    """Without what no member says any longer, with what one says anew."""
    was, now, others = ({one for group in groups for one in group} for groups in (old, new, rest))
    if was == now:
        return cells
    gone = was - now - others
    # The same words under another reading of a member's go with it.
    places = {(one.start_char, one.end_char) for one in gone}
    kept: list[Cell[Known]] = [
        cell
        for cell in cells
        if cell.value in others or (cell.value.start_char, cell.value.end_char) not in places
    ]
    for group in new:
        for one in group:
            if one not in was and all(cell.value != one for cell in kept):
                kept.append(_make_cell(one))
    return tuple(kept)


def _retell_cell(
    cell: Cell[Known] | None, old: list[Known | None], new: list[Known | None], rest: list[Known | None]
) -> Cell[Known] | None:
    said = [one for one in new if one is not None]
    anew = [one for one in said if one not in old]
    if anew:
        return _make_cell(anew[0])
    said += [one for one in rest if one is not None]
    if cell is None or cell.value not in old or cell.value in said:
        return cell
    return _make_cell(said[0]) if said else None


def _make_cell(value: Known) -> Cell[Known]:
    rule = getattr(value, "rule", "") or "person"
    return Cell(value, "stated", value.start_char, value.end_char, rule)


def _make_row(event: EventMention, name: str, claims: Sequence[str]) -> EventRow:
    return EventRow(
        id=name,
        type=event.type,
        modes=event.modes,
        contexts=event.contexts,
        auxiliary=event.auxiliary,
        salience="main",
        members=(event.id,),
        actors=tuple(map(_make_cell, event.actors)),
        recipients=tuple(map(_make_cell, event.recipients)),
        place=_make_cell(event.place) if event.place else None,
        date=_make_cell(event.date) if event.date else None,
        counts=tuple(map(_make_cell, event.counts)),
        claims=tuple(claims),
        confidence=event.confidence,
    )
