"""
From what claimants say to the one value that most formats have room for, by a rule that the user names.

Comes in: a claim matrix and a rule. Goes out: for each column of a count a `Tally`: the lowest and highest figure and the
one the rule chooses; for each other column a `Resolved`: the value it chooses, if it chooses one. Both say who gives it. Figures that were revised, withdrawn, denied or doubted never count;
losses of different groups stand in different columns and add (`add_up`).

Norland says 12 of its soldiers died, Sudria says at least 30 of Norland's did. `range`: 12 to an open end, nothing chosen.
`conservative`: 12. `low-best-high`: 12, 12, 30. `majority`: nothing, as it is one against one.

Known limit: who repeats another's figure without saying so counts as a side of its own.
"""

import difflib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from counterclaim.errors import InputError
from counterclaim.fuse.match import marks_of
from counterclaim.types import (
    ASSERTING,
    Bounds,
    CellValue,
    Claimant,
    DateRange,
    Matrix,
    MatrixColumn,
    Status,
    Value,
    Victims,
)
from counterclaim.values import print_group, print_value

# What says that something did not happen, or that nobody can tell, gives no value to choose.
_NO_VALUE = frozenset(("denies", "doubts", "cannot_verify"))


@dataclass(frozen=True, slots=True)
class Rule:
    """
    How to choose between claimants.

    Attributes:
        text: The rule as one sentence, to be printed wherever its choices are.
        hierarchy: For the rule of that name: names, countries, sectors, outlets, the most trusted first.
    """

    name: str
    text: str
    hierarchy: tuple[str, ...] = ()


RULES: dict[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule(
            "range",
            "Range: the lowest and the highest figure that stand, with who gives them; where claimants differ in a "
            "figure or contradict each other in another field, nothing is chosen.",
        ),
        Rule(
            "conservative",
            "Conservative, as ACLED counts: the lowest figure that stands, of accounts that could not be verified "
            "only where there are no others; “at least 20” counts as 20, “up to 300” gives no figure; other "
            "fields only where no claimant contradicts another.",
        ),
        Rule(
            "low-best-high",
            "Low, best, high, as UCDP counts: low and high are the lowest and the highest figure that stand, best is "
            "the middle one of the sides' figures, the lower of two, of accounts that could not be verified only "
            "where there are no others; other fields only where no claimant contradicts another.",
        ),
        Rule(
            "majority",
            "Majority: the value that more independent sides give, or allow by a wider bound, than give any other; "
            "none on a tie.",
        ),
        Rule(
            "latest-per-claimant",
            "Latest per claimant: of each claimant only what it said last counts; a figure is given where these "
            "agree on it, other fields only where no claimant contradicts another.",
        ),
        Rule(
            "hierarchy",
            "Hierarchy: the latest value of the claimant that stands first in the list given; none where no claimant "
            "is listed.",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Resolved:
    """
    One column that is no count, after a rule was applied.

    Attributes:
        best: What the rule chooses; None where it chooses nothing.
        first, last: Of dates that stand, the first and the last day, ISO; None for other fields.
        claimants: Who gives `best`; all whose value counts where nothing is chosen, and for `low-best-high`.
        status: Of the column, as in the matrix.
    """

    field: str
    best: Value | None
    first: str | None
    last: str | None
    claimants: tuple[str, ...]
    status: Status


@dataclass(frozen=True, slots=True)
class Tally:
    """
    One column of a count after a rule was applied.

    Attributes:
        victims: Whose; None where nobody says, and for a sum of all.
        low, high: The lowest and the highest figure that stand; None where nobody gives a bound. A `high` of None beside a `low`
            is an open end: "at least 20".
        best: What the rule chooses; None where it chooses nothing.
        claimants, status: As of `Resolved`.
    """

    field: str
    victims: Victims | None
    low: int | None
    best: int | None
    high: int | None
    claimants: tuple[str, ...]
    status: Status


@dataclass(frozen=True, slots=True)
class _Figure:
    """One number with its bounds, as a side gives it by now."""

    low: int | None
    high: int | None
    side: str
    said: str
    verified: bool
    claimants: tuple[Claimant, ...] = field(default=())

    def allows(self, other: "_Figure") -> bool:
        """Whether the other figure lies within these bounds."""
        return (self.low is None or (other.low is not None and self.low <= other.low)) and (
            self.high is None or (other.high is not None and other.high <= self.high)
        )

    def meets(self, other: "_Figure") -> bool:
        """Whether both may be true."""
        return (self.low is None or other.high is None or self.low <= other.high) and (
            other.low is None or self.high is None or other.low <= self.high
        )


_Given = tuple[Claimant, CellValue]


def make_rule(name: str, hierarchy: Path | None = None) -> Rule:
    """
    The rule of this name.

    Args:
        hierarchy: A file with a claimant's name, a country, a sector (or both: ``NOR MIL``) or an outlet a line, the
            most trusted first; empty lines and lines that begin with ``#`` are left out.

    Raises:
        InputError: no such rule, a list that is missing, empty or not needed, or a line of it that cannot be used.
    """
    if name not in RULES:
        nearest = difflib.get_close_matches(name, RULES, n=1)
        hint = f"Did you mean {nearest[0]}?" if nearest else f"Rules: {', '.join(RULES)}."
        raise InputError(f"There is no resolution rule {name!r}. {hint}")
    rule = RULES[name]
    if name != "hierarchy":
        if hierarchy is not None:
            raise InputError(
                f"The rule {name} needs no list of claimants. Leave it out, or use: --rule hierarchy"
            )
        return rule
    if hierarchy is None:
        raise InputError(
            "The rule hierarchy needs a list of claimants, the most trusted first: --hierarchy FILE"
        )
    entries = _read_hierarchy(hierarchy)
    return replace(rule, text=f"{rule.text} The list: {'; '.join(entries)}.", hierarchy=entries)


def _read_hierarchy(path: Path) -> tuple[str, ...]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}. Give another --hierarchy.") from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise InputError(f"{path} line {line} is not UTF-8. Save the file as UTF-8.") from error
    seen: dict[str, int] = {}
    entries: list[str] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        entry = " ".join(raw.split())
        if not entry or entry.startswith("#"):
            continue
        if entry.casefold() in seen:
            raise InputError(
                f"{path} line {number}: {entry!r} is already on line {seen[entry.casefold()]}. Remove one."
            )
        if not any(map(str.isalnum, entry)):
            raise InputError(
                f"{path} line {number}: {entry!r} names nobody. Give a name, country, sector or outlet."
            )
        seen[entry.casefold()] = number
        entries.append(entry)
    if not entries:
        raise InputError(f"{path} lists nobody. Give a claimant, country, sector or outlet a line.")
    return tuple(entries)


def resolve(matrix: Matrix, rule: Rule) -> tuple[Resolved | Tally, ...]:
    """What the rule makes of each column, in the order of the columns."""
    return tuple(_resolve_column(matrix, number, rule) for number in range(len(matrix.columns)))


def _resolve_column(matrix: Matrix, number: int, rule: Rule) -> Resolved | Tally:
    column = matrix.columns[number]
    given = _find_given(matrix, number)
    if rule.name == "latest-per-claimant":
        given = _keep_latest(given)
    if column.field.startswith("counts."):
        return _resolve_count(column, given, rule)
    best, backers = _choose_words(matrix, column, given, rule)
    dates = [value.value for _, value in given if isinstance(value.value, DateRange)]
    shown = backers if best is not None and rule.name != "low-best-high" else [one for one, _ in given]
    return Resolved(
        column.field,
        best,
        min((date.start for date in dates), default=None),
        max((date.end for date in dates), default=None),
        _names(shown),
        column.status,
    )


def _find_given(matrix: Matrix, number: int) -> list[_Given]:
    """Claimants with the values that may count; what is only expected counts where nobody says it happened."""
    standing = [
        (row.claimant, value)
        for row in matrix.rows
        for value in row.cells[number]
        if value.state == "stands" and value.stance not in _NO_VALUE
    ]
    asserted = [(claimant, value) for claimant, value in standing if value.stance in ASSERTING]
    # A feared or demanded number is no count of anything.
    return asserted or ([] if matrix.columns[number].field.startswith("counts.") else standing)


def _keep_latest(given: list[_Given]) -> list[_Given]:
    latest: dict[str, str] = {}
    for claimant, value in given:
        latest[claimant.key] = max(latest.get(claimant.key, ""), value.said or "")
    return [(claimant, value) for claimant, value in given if (value.said or "") == latest[claimant.key]]


# --- counts ---


def _resolve_count(column: MatrixColumn, given: list[_Given], rule: Rule) -> Tally:
    figures = _make_figures(given)
    low, high = _find_ends(figures)
    chosen = _CHOOSE[rule.name](figures, rule)
    best = chosen.low if chosen else None
    if rule.name == "low-best-high":
        # The format wants a number: an open end is closed by the largest that anyone names.
        high = max((end for one in figures for end in (one.low, one.high) if end is not None), default=None)
    if chosen is None or rule.name == "low-best-high":
        backers = figures
    else:
        backers = [one for one in figures if one.meets(chosen) and one.low == chosen.low] or [chosen]
    return Tally(
        column.field,
        column.victims,
        *(low, best, high),
        _names(claimant for one in backers for claimant in one.claimants),
        column.status,
    )


def _make_figures(given: list[_Given]) -> list[_Figure]:
    """
    What each side says by now: of figures that fit, the narrower; of figures that do not, the later.

    "At least 49" on Monday and 105 on Tuesday are 105. Two of one day that do not fit both stay.
    """
    by_side: dict[str, list[_Figure]] = defaultdict(list)
    for claimant, value in sorted(given, key=lambda one: one[1].said or "", reverse=True):
        bounds = value.value
        assert isinstance(bounds, Bounds)
        if bounds.low is None and bounds.high is None:
            continue
        figure = _Figure(
            bounds.low, bounds.high, claimant.side, value.said or "", value.verified, (claimant,)
        )
        current = by_side[claimant.side]
        place = next((place for place, newer in enumerate(current) if newer.meets(figure)), None)
        if place is not None:
            current[place] = _narrow(current[place], figure)
        elif not current or current[0].said == figure.said:
            current.append(figure)
    return [figure for side in sorted(by_side) for figure in by_side[side]]


def _narrow(newer: _Figure, older: _Figure) -> _Figure:
    lows = [low for low in (newer.low, older.low) if low is not None]
    highs = [high for high in (newer.high, older.high) if high is not None]
    return replace(
        newer,
        low=max(lows, default=None),
        high=min(highs, default=None),
        verified=newer.verified and older.verified,
        claimants=newer.claimants + older.claimants,
    )


def _find_ends(figures: Sequence[_Figure]) -> tuple[int | None, int | None]:
    """The lowest number and the highest; the high end is open where the largest number is an "at least"."""
    low = min((one.low for one in figures if one.low is not None), default=None)
    high = max((one.high for one in figures if one.high is not None), default=None)
    if high is not None and any(
        one.high is None and one.low is not None and one.low > high for one in figures
    ):
        high = None
    return low, high


def _choose_only(figures: list[_Figure], rule: Rule) -> _Figure | None:
    """The one exact number, if all give the same."""
    del rule
    low, high = _find_ends(figures)
    exact = next((one for one in figures if one.low == one.high == low), None)
    return exact if low is not None and low == high else None


def _choose_lowest(figures: list[_Figure], rule: Rule) -> _Figure | None:
    del rule
    return min(_find_credible(figures), key=lambda one: one.low or 0, default=None)


def _choose_middle(figures: list[_Figure], rule: Rule) -> _Figure | None:
    del rule
    ordered = sorted(_find_credible(figures), key=lambda one: one.low or 0)
    return ordered[(len(ordered) - 1) // 2] if ordered else None


def _find_credible(figures: list[_Figure]) -> list[_Figure]:
    """Those that name a number at least, of accounts that could not be verified only if there are no others."""
    numbered = [one for one in figures if one.low is not None]
    return [one for one in numbered if one.verified] or numbered


def _choose_most_given(figures: list[_Figure], rule: Rule) -> _Figure | None:
    del rule
    numbered = [one for one in figures if one.low is not None]
    votes = [len({other.side for other in figures if other.allows(one)}) for one in numbered]
    leading = [one for one, number in zip(numbered, votes, strict=True) if number == max(votes)]
    # "At least 20" and 25 with as many behind them are no tie: 25 is what both allow.
    return next((one for one in leading if all(other.allows(one) for other in leading)), None)


def _choose_listed(figures: list[_Figure], rule: Rule) -> _Figure | None:
    for entry in rule.hierarchy:
        listed = [
            one
            for one in figures
            if one.low is not None and any(_is_meant(entry, claimant) for claimant in one.claimants)
        ]
        if listed:
            latest = max(one.said for one in listed)
            return min((one for one in listed if one.said == latest), key=lambda one: one.low or 0)
    return None


_CHOOSE: dict[str, Callable[[list[_Figure], Rule], _Figure | None]] = {
    "range": _choose_only,
    "conservative": _choose_lowest,
    "low-best-high": _choose_middle,
    "majority": _choose_most_given,
    "latest-per-claimant": _choose_only,
    "hierarchy": _choose_listed,
}


def _is_meant(entry: str, claimant: Claimant) -> bool:
    """Whether a line of a hierarchy is this claimant: its name, its key, its country, its sector, or both of these."""
    codes = " ".join(code for code in (claimant.country, claimant.sector) if code)
    names = (
        claimant.name,
        claimant.key,
        claimant.country,
        claimant.sector,
        codes,
        f"{claimant.name} [{codes}]",
    )
    return entry.casefold() in {name.casefold() for name in names if name}


# --- fields that are no counts ---


def _choose_words(
    matrix: Matrix, column: MatrixColumn, given: list[_Given], rule: Rule
) -> tuple[Value | None, list[Claimant]]:
    """The value the rule chooses, and who gives it."""
    alike: dict[str, list[_Given]] = defaultdict(list)
    for claimant, value in given:
        alike[_make_key(value.value)].append((claimant, value))
    chosen: str | None = None
    if rule.name == "hierarchy":
        chosen = _find_listed(alike, rule)
    elif rule.name == "majority" or column.status != "contested":
        chosen = _find_most_given(matrix, column, alike)
    if chosen is None:
        return None, []
    backers = alike[chosen]
    return backers[0][1].value, [claimant for claimant, _ in backers]


def _make_key(value: Value) -> str:
    """The same for values that differ in wording only: for parties, their codes if all have some."""
    if isinstance(value, tuple):
        codes = [
            " ".join(code for code in (one.country, one.sector, *one.other_sectors) if code) for one in value
        ]
        if codes and all(codes):
            return " ".join(sorted(set(codes)))
    return print_value(value).casefold()


def _find_listed(alike: dict[str, list[_Given]], rule: Rule) -> str | None:
    for entry in rule.hierarchy:
        listed = [
            (value.said or "", key)
            for key, group in alike.items()
            for claimant, value in group
            if _is_meant(entry, claimant)
        ]
        if listed:
            latest = max(listed)[0]
            keys = {key for said, key in listed if said == latest}
            return keys.pop() if len(keys) == 1 else None
    return None


def _find_most_given(matrix: Matrix, column: MatrixColumn, alike: dict[str, list[_Given]]) -> str | None:
    """The value of most sides; of several, the one that only says more narrowly what the others say."""
    votes = {key: len({claimant.side for claimant, _ in group}) for key, group in alike.items()}
    leading = [key for key, number in votes.items() if number == max(votes.values())]
    if len(leading) == 1:
        return leading[0]
    narrower = {
        (_make_key(relation.left_value), _make_key(relation.right_value))
        for relation in matrix.relations
        if relation.kind == "narrows" and relation.field == column.field
    }
    return next(
        (key for key in leading if all(other == key or (key, other) in narrower for other in leading)), None
    )


# --- sums ---


def add_up(resolved: Iterable[Resolved | Tally], name: str) -> Tally | None:
    """
    All losses of one kind (``counts.dead``): those of different groups add, those of a part are not added to the whole.

    Of a whole ("155 dead", "40 of Norland") and its parts ("105 of Norland's army") the larger number is taken. None
    where no column is of this kind. `best` is None as soon as the rule chose nothing for a group that has a figure.
    """
    columns = [one for one in resolved if isinstance(one, Tally) and one.field == name]
    if not columns:
        return None
    # The widest group first, so that each finds the narrowest that holds it among those before it.
    columns.sort(key=lambda one: (len(marks_of(one.victims)), print_group(one.victims)))
    groups = [marks_of(one.victims) for one in columns]
    parts: dict[int | None, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        holding = [place for place in range(number) if groups[place] < group]
        parts[max(holding, key=lambda place: (len(groups[place]), -place), default=None)].append(number)

    def total(of: int | None, pick: Callable[[Tally], int | None]) -> int | None:
        """The larger of a group's own number and the sum of its parts."""
        inside = [number for part in parts[of] if (number := total(part, pick)) is not None]
        own = pick(columns[of]) if of is not None else None
        known = [*([sum(inside)] if inside else []), *([own] if own is not None else [])]
        return max(known, default=None)

    is_open = any(one.high is None and one.low is not None for one in columns)
    is_undecided = any(one.best is None and one.low is not None for one in columns)
    order = ("contested", "unverified", "one_sided", "uncontested", "corroborated", "withdrawn")
    return Tally(
        name,
        None,
        total(None, lambda one: one.low),
        None if is_undecided else total(None, lambda one: one.best),
        None if is_open else total(None, lambda one: one.high),
        tuple(dict.fromkeys(claimant for one in columns for claimant in one.claimants)),
        min((one.status for one in columns), key=order.index),
    )


def _names(claimants: Iterable[Claimant]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claimant.name for claimant in claimants))
