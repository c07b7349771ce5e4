"""
The claim matrix for people: one row for each claimant, one column for each field, the sentences below.

Marks, so that nothing hangs on colour: ``✗`` what the claimant denies, ``?`` what could not be verified, ``old →``
before what stands now, ``[3]`` the sentence it stands in. Where the terminal is too narrow for all columns, those
on which nothing is contested go below the table, one line each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rich.console import Group, RenderableType
from rich.text import Text

from counterclaim.cli.output import make_table
from counterclaim.export.matrix import print_best, print_ends
from counterclaim.export.words import describe_number
from counterclaim.fuse.grade import Grade
from counterclaim.fuse.resolution import Resolved, Rule, Tally
from counterclaim.types import (
    Bounds,
    CellValue,
    Claimant,
    Matrix,
    MatrixColumn,
    MatrixRow,
    Relation,
    Value,
    Victims,
)
from counterclaim.values import print_column, print_group, print_value

NAMES = {
    "type": "what",
    "actors": "who did it",
    "recipients": "to whom",
    "place": "where",
    "date": "when",
}
STATUS = {
    "contested": ("≠ contested", "bold red"),
    "corroborated": ("= corroborated", "bold green"),
    "one_sided": ("one side only", "yellow"),
    "unverified": ("? unverified", "yellow"),
    "withdrawn": ("withdrawn", "magenta"),
    "uncontested": ("uncontested", "none"),
}
CLAIMANT_WIDTH, CELL_WIDTH = 24, 15
RELATIONS_SHOWN, SENTENCES_SHOWN = 12, 24
# Of all relations, those a reader looks for, and their marks; agreement is seen in the table.
MARKS = {"contradicts": "≠", "denies": "✗", "revises": "→", "adds": "+", "doubts": "?"}


def make_matrix_table(
    event: dict[str, object],
    matrix: Matrix,
    resolved: Sequence[Resolved | Tally],
    grade: Grade,
    rule: Rule,
    width: int,
) -> RenderableType:
    """Header with the grade, table with what the rule chose, how the claims relate, and the sentences."""
    notes: dict[str, int] = {}
    order = sorted(range(len(matrix.columns)), key=lambda number: _rank(matrix.columns[number], number))
    room = max(2, (width - CLAIMANT_WIDTH) // CELL_WIDTH)
    shown, below = sorted(order[:room]), sorted(order[room:])

    table = make_table()
    table.add_column("who says so", overflow="fold", min_width=14)
    for number in shown:
        table.add_column(describe_column(matrix.columns[number]), overflow="fold", min_width=9)
    for row in matrix.rows:
        if any(row.cells[number] for number in shown):
            table.add_row(
                describe_claimant(row.claimant),
                *(_describe_cell(row.cells[number], notes) for number in shown),
            )
    table.add_section()
    table.add_row(
        Text("status", style="bold"), *(_describe_status(matrix.columns[number]) for number in shown)
    )
    table.add_row(Text(rule.name, style="bold"), *(describe_resolved(resolved[number]) for number in shown))

    parts: list[RenderableType] = [*_header(event, grade), table]
    for number in below:
        line = _describe_rest(matrix.columns[number], number, matrix.rows, notes)
        line.append(f" {rule.name}: {describe_resolved(resolved[number])}", style="dim")
        parts.append(line)
    if below:
        parts.append(Text(""))
    parts += [Text(rule.text, style="dim"), Text("")]
    parts += _describe_relations(matrix)
    parts += _describe_sentences(matrix, notes)
    return Group(*parts)


def describe_column(column: MatrixColumn) -> str:
    """``who did it``; ``dead of ARM MIL``; a count whose victims nobody names is of ``?``."""
    if column.field in NAMES:
        return NAMES[column.field]
    return f"{column.field.removeprefix('counts.')} of {print_group(column.victims) or '?'}"


def describe_resolved(resolved: Resolved | Tally) -> str:
    """What the rule chose; where it chose nothing, the range that stands, or a dash."""
    if resolved.best is not None:
        return (print_best(resolved) or "").replace("/", " / ")
    if not print_ends(resolved):
        return "–"
    if isinstance(resolved, Tally):
        return describe_number(resolved.low, resolved.high)
    return f"{resolved.first} / {resolved.last}"


def describe_claimant(claimant: Claimant) -> str:
    """Name and codes; an outlet that speaks itself is marked so."""
    codes = " ".join(code for code in (claimant.country, claimant.sector) if code)
    if claimant.kind == "outlet":
        return f"{claimant.name} (itself)"
    return f"{claimant.name} [{codes}]" if codes else claimant.name


def _rank(column: MatrixColumn, number: int) -> tuple[bool, bool, int]:
    contested = column.status in {"contested", "withdrawn", "unverified"}
    return not contested, column.field not in {"actors", "counts.dead"}, number


def _header(event: dict[str, object], grade: Grade) -> list[Text]:
    numbers = (
        f"{_count(event['articles'], 'article')} · {_count(event['stories'], 'story', 'stories')} "
        f"(copies counted once) · {_count(event['origins'], 'independent origin')}"
    )
    return [
        Text(f"{event['label']}", style="bold"),
        Text(f"{event['id']} · {numbers}", style="dim"),
        Text.assemble("grade: ", (grade.name, "bold"), f". {grade.rule}"),
    ]


def _count(number: object, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _describe_cell(values: Sequence[CellValue], notes: dict[str, int]) -> Text:
    text = Text()
    # The oldest first, so that it reads as it went: 49 → 105.
    for number, value in enumerate(reversed(values)):
        if number:
            text.append(" → " if values[-number].state != "stands" else "; ")
        style = "none" if value.state == "stands" else "strike dim"
        mark = "✗ " if value.stance == "denies" else ""
        text.append(f"{mark}{_say(value.value)}", style=style)
        if not value.verified:
            text.append(" ?", style="yellow")
        note = notes.setdefault(value.claim, len(notes) + 1)
        text.append(f" [{note}]", style="dim")
    return text


def _describe_status(column: MatrixColumn) -> Text:
    words, style = STATUS[column.status]
    return Text(words, style=style)


def _describe_rest(
    column: MatrixColumn, number: int, rows: Sequence[MatrixRow], notes: dict[str, int]
) -> Text:
    """A column for which the table had no room, on one line."""
    line = Text()
    line.append(f"{describe_column(column)}: ", style="bold")
    for place, row in enumerate(row for row in rows if row.cells[number]):
        line.append("; " if place else "")
        line.append(f"{describe_claimant(row.claimant)}: ")
        line.append_text(_describe_cell(row.cells[number], notes))
    words, style = STATUS[column.status]
    line.append(f" ({words})", style=style)
    return line


def _describe_relations(matrix: Matrix) -> list[RenderableType]:
    """How the sides' claims relate; what several of one side say alike shares a line."""
    claimants = {row.claimant.key: row.claimant for row in matrix.rows}
    alike: dict[tuple[str, str, str, str], list[Relation]] = {}
    for relation in matrix.relations:
        if relation.kind in MARKS and not (relation.kind == "adds" and relation.field == "recipients"):
            sides = claimants[relation.left].side, claimants[relation.right].side
            turned = relation.kind in {"contradicts", "adds"} and sides[0] > sides[1]
            victims = None if relation.kind == "adds" else relation.left_victims
            field = print_column(relation.field, victims)
            key = relation.kind, field, *(sides[::-1] if turned else sides)
            alike.setdefault(key, []).append(_turn(relation) if turned else relation)
    order = list(MARKS)
    lines: list[RenderableType] = [
        Text(f"{MARKS[kind]} {_name_field(field)}: {_describe_relation(kind, relations, claimants)}")
        for (kind, field, *_), relations in sorted(
            alike.items(), key=lambda one: (order.index(one[0][0]), one[0])
        )
    ]
    if len(lines) > RELATIONS_SHOWN:
        more = Text(f"  and {len(lines) - RELATIONS_SHOWN} more (--json lists all)", style="dim")
        lines = [*lines[:RELATIONS_SHOWN], more]
    return [*lines, Text("")] if lines else []


def _turn(relation: Relation) -> Relation:
    return replace(
        relation,
        left=relation.right,
        left_value=relation.right_value,
        left_victims=relation.right_victims,
        right=relation.left,
        right_value=relation.left_value,
        right_victims=relation.left_victims,
    )


def _describe_relation(kind: str, relations: list[Relation], claimants: dict[str, Claimant]) -> str:
    left = _names(claimants[relation.left] for relation in relations)
    right = _names(claimants[relation.right] for relation in relations)
    ours = _values((relation.left_value, relation.left_victims) for relation in relations)
    theirs = _values((relation.right_value, relation.right_victims) for relation in relations)
    says, others = (("say" if " and " in names else "says") for names in (left, right))
    if kind == "denies":
        return f"{left} {'deny' if says == 'say' else 'denies'} {theirs}, said by {right}"
    if kind == "revises":
        earlier = "" if right == left else f" ({right})"
        return f"{left} now {says} {ours}, earlier {theirs}{earlier}"
    if kind == "adds":
        return f"{left} {says} {ours}, {right} {others} {theirs}: these add, they do not contradict"
    if kind == "doubts":
        return f"{left} could not confirm {theirs}, said by {right}"
    return f"{left} {says} {ours}, {right} {others} {theirs}: these contradict"


def _names(claimants: Iterable[Claimant]) -> str:
    names = list(dict.fromkeys(describe_claimant(claimant) for claimant in claimants))
    more = f" and {_count(len(names) - 2, 'other', 'others')} of its side" if len(names) > 2 else ""
    return (", ".join(names[:2]) if more else " and ".join(names)) + more


def _values(values: Iterable[tuple[Value, Victims | None]]) -> str:
    said = (
        f"{_say(value)} ({print_group(victims)})" if victims else _say(value) for value, victims in values
    )
    return " or ".join(dict.fromkeys(said))


def _say(value: Value) -> str:
    """``105..`` as people write it; room to wrap in what is joined by a stroke."""
    if isinstance(value, Bounds):
        return describe_number(value.low, value.high)
    return print_value(value).replace("/", " / ")


def _name_field(field: str) -> str:
    return NAMES.get(field, field.removeprefix("counts."))


def _describe_sentences(matrix: Matrix, notes: dict[str, int]) -> list[RenderableType]:
    values = {value.claim: value for row in matrix.rows for cell in row.cells for value in cell}
    lines: list[RenderableType] = []
    # Several values of one sentence share its line.
    by_sentence: dict[tuple[str, str], list[int]] = {}
    for claim, note in notes.items():
        value = values[claim]
        by_sentence.setdefault((claim.partition(":")[0], value.sentence), []).append(note)
    first = {note: claim for claim, note in notes.items()}
    for (_, sentence), numbers in list(by_sentence.items())[:SENTENCES_SHOWN]:
        claim = first[numbers[0]]
        value = values[claim]
        printed = f", {len(value.printed)} prints" if len(value.printed) > 1 else ""
        marks = "".join(f"[{number}]" for number in numbers)
        line = Text()
        line.append(f"{marks} ", style="bold")
        line.append(f"“{sentence}” ")
        origin = ", ".join(value.origins)
        short = f"{claim[:8]}:{claim.partition(':')[2]}"
        line.append(f"{origin}, {value.said or 'undated'}{printed} · explain {short}", style="dim")
        lines.append(line)
    if len(by_sentence) > SENTENCES_SHOWN:
        lines.append(Text(f"  and {len(by_sentence) - SENTENCES_SHOWN} more (--json lists all)", style="dim"))
    return lines
