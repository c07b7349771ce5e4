"""
Claim matrices made by hand, for tests of what comes after them.

    make([norland, "counts.dead NOR MIL", "12"], [sudria, "counts.dead NOR MIL", "30..", {"said": "2024-05-08"}])
"""

import re

from counterclaim.types import (
    Actor,
    Bounds,
    CellValue,
    Claimant,
    DateRange,
    Matrix,
    MatrixColumn,
    MatrixRow,
    Place,
    Relation,
    Victims,
    What,
)


def claimant(name, country=None, sector=None, *, kind="actor", side=None):
    key = f"{country}.{sector}.{name}" if kind == "actor" else f"{kind}:{name.casefold()}"
    return Claimant(key, name, country, sector, side or country or key, kind)


NORLAND = claimant("Norland", "NOR", "GOV")
NORLAND_ARMY = claimant("Norland's army", "NOR", "MIL")
SUDRIA = claimant("Sudria", "SUD", "GOV")
REBELS = claimant("Vask Brigade", None, "REB")
AFP = claimant("AFP", kind="outlet")
DPA = claimant("DPA", kind="outlet")
EFE = claimant("EFE", kind="outlet")


def make(*told, status=None, relations=()):
    """A matrix of (claimant, column, value[, more]); `status` maps columns to theirs, uncontested where not given."""
    columns = list(dict.fromkeys(column for _, column, *_ in told))
    rows = {}
    for number, (who, column, value, *more) in enumerate(told):
        cells = rows.setdefault(who, {name: [] for name in columns})
        cells[column].append(_cell(number, column, value, **(more[0] if more else {})))
    return Matrix(
        columns=tuple(
            MatrixColumn(
                column.split(" ")[0],
                make_group(column.partition(" ")[2]),
                status=(status or {}).get(column, "uncontested"),
                independent=len({who.side for who, cells in rows.items() if cells[column]}),
            )
            for column in columns
        ),
        rows=tuple(
            MatrixRow(
                who,
                tuple(tuple(sorted(cells[name], key=lambda one: one.said, reverse=True)) for name in columns),
            )
            for who, cells in rows.items()
        ),
        relations=tuple(
            Relation(kind, column, left, make_value(column, ours), right, make_value(column, theirs))
            for kind, column, left, ours, right, theirs in relations
        ),
    )


def make_group(text):
    """``NOR MIL`` as a group; codes are in capitals."""
    if not text:
        return None
    if not text.isupper():
        return Victims(None, None, text)
    country, _, sector = text.partition(" ")
    return Victims(country, sector or None)


def make_value(column, text):
    """The value that is printed so."""
    if column.startswith("counts."):
        low, dots, high = text.partition("..")
        return Bounds(int(low) if low else None, int(high) if high else None if dots else int(low))
    if column == "date":
        start, _, end = text.partition("/")
        return DateRange("", 0, 0, start, end or start, "day")
    if column == "place":
        return Place("", 0, 0, text, None, None, None, None, None, None, "city")
    if column == "type":
        kind, *modes = text.split("/")
        return What(kind, tuple(modes))
    return tuple(
        _make_actor(*found.groups())
        for found in re.finditer(r"([^\[\],]+?)(?: \[([A-Z ]+)\])?(?:, |$)", text)
    )


def _make_actor(name, codes):
    first, *rest = (codes or "").split()[:1] or [None], *(codes or "").split()[1:]
    country, sector = (first[0], rest[0] if rest else None)
    if country in {"REB", "MIL", "GOV", "CVL"}:
        country, sector = None, country
    return Actor(None, name, country, sector)


def _cell(number, column, value, *, said="2024-05-07", stance="says", state="stands", verified=True):
    return CellValue(
        value=make_value(column, value),
        stance=stance,
        state=state,
        said=said,
        verified=verified,
        claim=f"0123456789abcdef:c{number}",
        sentence=f"They said {value}.",
        start_char=0,
        end_char=4,
        printed=("0123456789abcdef",),
        origins=("AFP",),
    )
