"""
The claim matrix of an event: who says what about it, and how what they say relates.

Comes in: the tellings of one event. Goes out: a `Matrix` with a row for each claimant and a column for each field;
losses of different groups are different columns. Claims of one side are ordered by when they were said: the
newer number stands, the older stays visible as revised.

"Norland says 12 of its soldiers died; Sudria says it lost 5" gives two columns that add, no contradiction.
"Norland says 12 of its soldiers died; Sudria says 30 of Norland's did" contradict in one column.

A toll of one day or town and a larger one of its week or province do not contradict: one is part of the other.

Known limit: that a toll includes an earlier one is seen by dates and places only, not by words ("in all", "alone").
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from counterclaim.fuse.gist import victims_of
from counterclaim.fuse.match import contains, days_of, family_of, is_same_place, may_be_part
from counterclaim.fuse.tellings import find_sides
from counterclaim.types import (
    Bounds,
    CellValue,
    Claim,
    Claimant,
    DateRange,
    Matrix,
    MatrixColumn,
    MatrixRow,
    Place,
    Relation,
    Status,
    Telling,
    Value,
    Victims,
    What,
)
from counterclaim.values import print_column, print_group, print_value

Kind = Literal["agrees", "contradicts", "revises", "adds", "narrows", "denies", "doubts"]
State = Literal["stands", "revised", "withdrawn"]
Column = tuple[str, Victims | None]

FIELDS = ("type", "actors", "recipients", "place", "date")
NO_LIMIT = 10**12
DOUBTING = frozenset(("doubts", "cannot_verify"))


@dataclass(frozen=True, slots=True)
class _Entry:
    """
    One value in one telling, before equal ones are put together.

    Attributes:
        sides: For actors and recipients, what they are compared by.
    """

    column: Column
    value: Value
    claim: Claim
    telling: Telling
    sides: frozenset[str] = frozenset()

    @property
    def claimant(self) -> Claimant:
        return self.telling.claimant

    @property
    def alike(self) -> str:
        """The same for values that differ in wording only: "Baku" and "Azerbaijan", "Tuesday" and "13 September"."""
        return " ".join(sorted(self.sides)) if isinstance(self.value, tuple) else print_value(self.value)

    @property
    def order(self) -> tuple[str, ...]:
        """Sorts entries of one telling, and equal ones of several."""
        return self.column[0], print_group(self.column[1]), print_value(self.value)

    @property
    def said(self) -> tuple[str, int]:
        """When it was said: by day, then by place in the story's lineage; unknown days first."""
        return self.telling.article.published or "", self.telling.rank

    @property
    def asserts(self) -> bool:
        return not self.telling.denied and self.telling.mention.stance not in DOUBTING


def make_matrix(tellings: Sequence[Telling]) -> Matrix:
    """Rows, columns and relations; the same for any order of the tellings."""
    entries = sorted(
        (entry for telling in tellings for entry in _find_entries(telling)),
        key=lambda entry: (entry.said, entry.telling.anchor, entry.order),
    )
    parties = frozenset(side for telling in tellings for side in telling.did | telling.suffered)
    by_column: dict[Column, list[_Entry]] = defaultdict(list)
    for entry in entries:
        by_column[entry.column].append(entry)
    order = sorted(by_column, key=lambda column: _column_order(column, by_column[column]))
    states: dict[int, State] = {}
    relations: dict[Relation, None] = {}
    columns: list[MatrixColumn] = []
    for column in order:
        inside = by_column[column]
        earlier = _find_states(inside)
        states |= earlier.states
        standing = [entry for entry in inside if states[id(entry)] == "stands"]
        found = list(_relate_all(standing, parties))
        relations |= dict.fromkeys((*earlier.relations, *found))
        columns.append(_judge_column(column, inside, standing, found, parties))
    relations |= dict.fromkeys(_find_additions(by_column, states))
    rows = _make_rows(entries, order, states)
    return Matrix(tuple(columns), rows, tuple(sorted(relations, key=_relation_order)))


def _find_entries(telling: Telling) -> Iterator[_Entry]:
    mention = telling.mention
    claims = {(claim.field, claim.start_char): claim for claim in telling.claims}

    def entry(
        field: str,
        start: int,
        value: Value,
        victims: Victims | None = None,
        sides: frozenset[str] = frozenset(),
    ) -> Iterator[_Entry]:
        claim = claims.get((field, start))
        if claim:
            yield _Entry((field, victims), value, claim, telling, sides)

    # Who denies having done it does not deny that it happened; who names no actor does.
    if not telling.denied or not mention.actors:
        yield from entry("type", mention.trigger.start_char, What(mention.type, mention.modes))
    for field, group in (("actors", mention.actors), ("recipients", mention.recipients)):
        if group and (not telling.denied or field == "actors"):
            actors = tuple(dict.fromkeys(party.actor for party in group))
            yield from entry(field, group[0].start_char, actors, sides=find_sides(group))
    for count in mention.counts:
        bounds = Bounds(count.low, count.high)
        yield from entry(f"counts.{count.kind}", count.start_char, bounds, victims_of(count))
    if telling.denied:
        return
    if mention.place:
        yield from entry("place", mention.place.start_char, mention.place)
    if mention.date:
        yield from entry("date", mention.date.start_char, mention.date)


def _column_order(column: Column, entries: list[_Entry]) -> tuple[object, ...]:
    field, victims = column
    if field in FIELDS:
        return 0, FIELDS.index(field), 0, ""
    return 1, field != "counts.dead", -len(entries), field, print_group(victims)


# --- the same side, earlier and later ---


@dataclass(frozen=True, slots=True)
class _Earlier:
    states: dict[int, State]
    relations: tuple[Relation, ...]


def _find_states(entries: list[_Entry]) -> _Earlier:
    """Which values of one column still stand: a side's later number or denial takes the place of its earlier."""
    states: dict[int, State] = {id(entry): "stands" for entry in entries}
    relations: list[Relation] = []
    by_side: dict[str, list[_Entry]] = defaultdict(list)
    for entry in entries:
        by_side[entry.claimant.side].append(entry)
    for inside in by_side.values():
        for earlier, later in combinations(inside, 2):
            if earlier.said >= later.said or not earlier.asserts or not earlier.said[0]:
                continue
            if later.telling.denied:
                if not _is_denied(later, earlier):
                    continue
                states[id(earlier)] = "withdrawn"
                relations.append(_relation("denies", later, earlier))
            elif (
                later.asserts
                and _compare(earlier, later) == "contradicts"
                and isinstance(later.value, Bounds)
            ):
                states[id(earlier)] = "revised"
                relations.append(_relation("revises", later, earlier))
    relations += _find_relayed(entries, states)
    return _Earlier(states, tuple(relations))


def _find_relayed(entries: list[_Entry], states: dict[int, State]) -> list[Relation]:
    """
    Others who gave a side's earlier number before the side revised it: revised with it, no contradiction.

    Marks their values in `states`.
    """
    relations: list[Relation] = []
    revised = [entry for entry in entries if states[id(entry)] == "revised"]
    for old in revised:
        newer = [
            entry
            for entry in entries
            if entry.claimant.side == old.claimant.side
            and states[id(entry)] == "stands"
            and entry.asserts
            and entry.said > old.said
        ]
        for entry in entries:
            relayed = entry.asserts and entry.claimant.side != old.claimant.side and entry.alike == old.alike
            later = [one for one in newer if one.said > entry.said]
            if relayed and later and states[id(entry)] == "stands":
                states[id(entry)] = "revised"
                relations.append(_relation("revises", later[0], entry))
    return relations


# --- different claimants ---


def _relate_all(standing: list[_Entry], parties: frozenset[str]) -> Iterator[Relation]:
    """How the standing values of a column relate, each pair of claimants and values once."""
    distinct: dict[tuple[str, str, bool], _Entry] = {}
    for entry in standing:
        distinct.setdefault((entry.claimant.key, entry.alike, entry.telling.denied), entry)
    for one, other in combinations(distinct.values(), 2):
        if one.claimant.key == other.claimant.key:
            continue
        relation = _relate(one, other, parties)
        if relation:
            yield relation


def _relate(one: _Entry, other: _Entry, parties: frozenset[str]) -> Relation | None:
    for left, right in ((one, other), (other, one)):
        if left.telling.mention.stance in DOUBTING:
            return _relation("doubts", left, right) if right.asserts else None
    same_side = one.claimant.side == other.claimant.side
    if one.telling.denied != other.telling.denied:
        if same_side:
            return None  # withdrawn if said later; else the reader sees both
        denier, asserter = (one, other) if one.telling.denied else (other, one)
        return _relation("denies", denier, asserter) if _is_denied(denier, asserter) else None
    found = _compare(one, other)
    if one.telling.denied:
        return _relation("agrees", one, other) if found != "contradicts" else None
    if found == "contradicts" and one.column[0] == "actors":
        # Two reporters who each tell of one side's fire contradict nobody; two sides who blame each other do.
        if same_side or not {one.claimant.side, other.claimant.side} & parties:
            return None
        if family_of(one.telling.mention.type)["blame"] == "no":
            return None
    if found == "contradicts" and one.column[0] == "date" and not _is_one_act(one.telling, other.telling):
        return None  # fighting of several days: shells on Tuesday and shells on Wednesday are both told
    if found == "narrows" and _is_narrower(other, one):
        one, other = other, one
    return _relation(found, one, other)


def _is_one_act(ours: Telling, theirs: Telling) -> bool:
    """Whether two tellings speak of one and the same act, by an equal number of the same victims."""
    return any(
        our.kind == their.kind and (our.low, our.high) == (their.low, their.high) and our.low is not None
        for our in ours.mention.counts
        for their in theirs.mention.counts
    )


def _is_denied(denier: _Entry, asserter: _Entry) -> bool:
    """Whether the denial is of what the other asserts: "we did not shell" does not deny that both clashed."""
    denied, asserted = denier.value, asserter.value
    if isinstance(denied, tuple) and isinstance(asserted, tuple):
        return asserter.sides <= denier.sides
    if isinstance(denied, Bounds) and isinstance(asserted, Bounds):
        return _compare_bounds(_bounds(denied), _bounds(asserted)) != "contradicts"
    return True


def _compare(one: _Entry, other: _Entry) -> Kind:
    """How two values of one column fit, whoever gives them."""
    ours, theirs = one.value, other.value
    if isinstance(ours, Bounds) and isinstance(theirs, Bounds):
        if _is_part_of(one, other) or _is_part_of(other, one):
            return "narrows"
        return _compare_bounds(_bounds(ours), _bounds(theirs))
    if isinstance(ours, DateRange) and isinstance(theirs, DateRange):
        return _compare_bounds(_day_bounds(ours), _day_bounds(theirs))
    if isinstance(ours, Place) and isinstance(theirs, Place):
        if is_same_place(ours, theirs):
            return "agrees"
        return "narrows" if contains(ours, theirs) or contains(theirs, ours) else "contradicts"
    if isinstance(ours, tuple) and isinstance(theirs, tuple):
        if one.sides == other.sides:
            return "agrees"
        if one.sides & other.sides:
            return "narrows"
        return "adds" if one.column[0] == "recipients" else "contradicts"
    return "agrees" if ours == theirs else "narrows"


def _is_part_of(part: _Entry, whole: _Entry) -> bool:
    """Whether one count may lie within the other: of fewer people, on one day of its week or in one town of its province."""
    fewer, more = part.value, whole.value
    assert isinstance(fewer, Bounds)
    assert isinstance(more, Bounds)
    if _bounds(fewer)[0] > _bounds(more)[1]:
        return False
    days, all_days = part.telling.mention.date, whole.telling.mention.date
    if days and all_days:
        (first, last), (start, end) = _day_bounds(days), _day_bounds(all_days)
        if start <= first and last <= end and last - first + 1 < end - start:
            return True
    place, area = part.telling.mention.place, whole.telling.mention.place
    return place is not None and area is not None and not is_same_place(area, place) and contains(area, place)


def _compare_bounds(ours: tuple[int, int], theirs: tuple[int, int]) -> Kind:
    if ours == theirs:
        return "agrees"
    return "narrows" if max(ours[0], theirs[0]) <= min(ours[1], theirs[1]) else "contradicts"


def _is_narrower(one: _Entry, other: _Entry) -> bool:
    ours, theirs = one.value, other.value
    if isinstance(ours, Bounds) and isinstance(theirs, Bounds):
        return _width(_bounds(ours)) < _width(_bounds(theirs))
    if isinstance(ours, DateRange) and isinstance(theirs, DateRange):
        return _width(_day_bounds(ours)) < _width(_day_bounds(theirs))
    if isinstance(ours, Place) and isinstance(theirs, Place):
        return contains(theirs, ours)
    if isinstance(ours, What) and isinstance(theirs, What):
        return len(ours.modes) > len(theirs.modes)
    if isinstance(ours, tuple) and isinstance(theirs, tuple):
        return len(one.sides) < len(other.sides)
    return False


def _bounds(count: Bounds) -> tuple[int, int]:
    return count.low or 0, NO_LIMIT if count.high is None else count.high


def _day_bounds(date: DateRange) -> tuple[int, int]:
    return days_of(date.start), days_of(date.end)


def _width(bounds: tuple[int, int]) -> int:
    return bounds[1] - bounds[0]


def _find_additions(by_column: dict[Column, list[_Entry]], states: dict[int, State]) -> Iterator[Relation]:
    """Losses of different groups, as different sides give them: they add."""
    counted = [column for column in by_column if column[0].startswith("counts.") and column[1]]
    counted.sort(key=lambda column: (column[0], print_group(column[1])))
    for left, right in combinations(counted, 2):
        if left[0] != right[0] or may_be_part(left[1], right[1]):
            continue
        for one in _standing(by_column[left], states):
            for other in _standing(by_column[right], states):
                if one.claimant.side != other.claimant.side:
                    yield _relation("adds", one, other)


def _standing(entries: list[_Entry], states: dict[int, State]) -> list[_Entry]:
    return [entry for entry in entries if states[id(entry)] == "stands" and entry.asserts]


def _relation(kind: Kind, left: _Entry, right: _Entry) -> Relation:
    return Relation(
        kind,
        left.column[0],
        *(left.claimant.key, left.value),
        *(right.claimant.key, right.value),
        *(left.column[1], right.column[1]),
    )


def _relation_order(relation: Relation) -> tuple[str, ...]:
    values = (
        f"{print_value(value)} {print_group(victims)}"
        for value, victims in (
            (relation.left_value, relation.left_victims),
            (relation.right_value, relation.right_victims),
        )
    )
    # Losses that add come before the groups they are of.
    victims = None if relation.kind == "adds" else relation.left_victims
    return print_column(relation.field, victims), relation.kind, relation.left, relation.right, *values


# --- columns and rows ---


def _judge_column(
    column: Column,
    inside: list[_Entry],
    standing: list[_Entry],
    relations: list[Relation],
    parties: frozenset[str],
) -> MatrixColumn:
    asserted = [entry for entry in standing if entry.asserts]
    sides = {entry.claimant.side for entry in asserted}
    status: Status
    if any(relation.kind in {"contradicts", "denies"} for relation in relations):
        status = "contested"
    elif not asserted and any(entry.asserts for entry in inside):
        status = "withdrawn"
    elif _is_corroborated(relations, {entry.claimant.key: entry.claimant.side for entry in asserted}):
        status = "corroborated"
    elif any(relation.kind == "doubts" for relation in relations) or any(
        not entry.telling.verified for entry in asserted
    ):
        status = "unverified"
    elif sides & parties or not asserted:
        status = "one_sided"
    else:
        status = "uncontested"
    return MatrixColumn(column[0], column[1], status, len(sides))


def _is_corroborated(relations: list[Relation], side_of: dict[str, str]) -> bool:
    """Whether two sides give values that fit: two that each tell of their own losses corroborate nothing."""
    return any(
        relation.kind in {"agrees", "narrows"} and side_of.get(relation.left) != side_of.get(relation.right)
        for relation in relations
    )


def _make_rows(entries: list[_Entry], order: list[Column], states: dict[int, State]) -> tuple[MatrixRow, ...]:
    by_claimant: dict[str, list[_Entry]] = defaultdict(list)
    for entry in entries:
        by_claimant[entry.claimant.key].append(entry)
    rows = [
        MatrixRow(
            claimant=_choose_claimant(inside),
            cells=tuple(
                tuple(_make_cell([entry for entry in inside if entry.column == column], states))
                for column in order
            ),
        )
        for inside in by_claimant.values()
    ]
    # The side that says most comes first, its claimants together, those without a name too; outlets, who mostly pass on, come last.
    weight: dict[str, int] = defaultdict(int)
    for row in rows:
        weight[row.claimant.side] += sum(map(bool, row.cells))
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                row.claimant.side.startswith("outlet:"),
                -weight[row.claimant.side],
                row.claimant.side,
                row.claimant.kind != "actor",
                -sum(map(bool, row.cells)),
                row.claimant.key,
            ),
        )
    )


def _choose_claimant(entries: list[_Entry]) -> Claimant:
    """One claimant may go by several names: the one used most, the shortest on a tie."""
    names: dict[str, int] = defaultdict(int)
    for entry in entries:
        names[entry.claimant.name] += 1
    name = min(names, key=lambda one: (-names[one], len(one), one))
    return replace(entries[0].claimant, name=name)


def _make_cell(entries: list[_Entry], states: dict[int, State]) -> Iterator[CellValue]:
    """The values of one claimant in one column, equal ones put together, the newest first."""
    alike: dict[tuple[str, bool, State], list[_Entry]] = defaultdict(list)
    for entry in entries:
        alike[entry.alike, entry.telling.denied, states[id(entry)]].append(entry)
    groups = sorted(alike.values(), key=lambda group: group[0].order)
    for group in sorted(
        groups, key=lambda group: (states[id(group[0])] == "stands", group[0].said), reverse=True
    ):
        first = group[0]
        sentence = slice(first.claim.sentence_start_char, first.claim.sentence_end_char)
        yield CellValue(
            value=first.value,
            stance="denies" if first.telling.denied else first.telling.mention.stance,
            state=states[id(first)],
            said=first.telling.article.published,
            verified=all(entry.telling.verified for entry in group),
            claim=f"{first.telling.article.id}:{first.claim.id}",
            sentence=" ".join(first.telling.article.text[sentence].split()),
            start_char=first.claim.start_char,
            end_char=first.claim.end_char,
            printed=_unique(entry.telling.article.id for entry in group),
            origins=_unique(entry.telling.origin for entry in group),
            via=first.telling.attribution.via if first.telling.attribution else (),
        )


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
