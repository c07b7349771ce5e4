"""
Lines: what knowledge/casualties.tsv says of a word of harm, ready to use.

In: nothing but the table. Out: its lines by the forms of their triggers. Example: "wounding" -> the line of ``wound``, a
verb whose object is injured; lines that ask for further words ("taken prisoner") come first.
Limit: a form is found as it is written in the table, small letters.
"""

from dataclasses import dataclass
from functools import cache

from counterclaim.knowledge import Row, load_table


@dataclass(frozen=True, slots=True)
class HarmLine:
    """A line of casualties.tsv, ready to use."""

    row: Row
    pos: str
    kind: str
    slot: str
    needs: str
    then: tuple[tuple[str, ...], ...]


@cache
def load_lines() -> dict[str, tuple[HarmLine, ...]]:
    """Lines by the form of their trigger; lines that need further words first."""
    found: dict[str, list[HarmLine]] = {}
    for row in load_table("casualties"):
        line = HarmLine(
            row,
            row["pos"],
            row["kind"],
            row["slot"],
            row["needs"],
            tuple(tuple(part.split()) for part in row.split("then", "|")),
        )
        for form in row.split("forms"):
            found.setdefault(form, []).append(line)
    return {form: tuple(sorted(lines, key=lambda line: not line.then)) for form, lines in found.items()}
