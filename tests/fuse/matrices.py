"""
Claim matrices made by hand, for tests of what comes after them.

    make([norland, "counts.dead NOR MIL", "12"], [sudria, "counts.dead NOR MIL", "30..", {"said": "2024-05-08"}])
"""

from counterclaim.types import CellValue, Claimant, Matrix, MatrixColumn, MatrixRow, Relation


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
        cells[column].append(_cell(number, value, **(more[0] if more else {})))
    return Matrix(
        columns=tuple(
            MatrixColumn(
                *(*column.split(" ", 1), "")[:2],
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
        relations=tuple(Relation(*relation) for relation in relations),
    )


def _cell(number, value, *, said="2024-05-07", stance="says", state="stands", verified=True):
    return CellValue(
        value=value,
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
