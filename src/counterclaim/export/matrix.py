"""
A claim matrix as JSON: columns with their status, a row for each claimant, and how their values relate.

Comes in: a `Matrix`, and what a rule makes of it. Goes out: a dictionary that `json.dumps` takes as it is; a row's cells are
named like the columns (``counts.dead ARM MIL``), empty ones left out.
"""

from collections.abc import Iterable
from dataclasses import asdict

from counterclaim.fuse.grade import Grade
from counterclaim.fuse.resolution import Resolved, Rule, Tally
from counterclaim.types import CellValue, Matrix, Relation
from counterclaim.values import print_column, print_group, print_side, print_value

Json = dict[str, object]


def to_json(matrix: Matrix) -> Json:
    """Columns, rows and relations."""
    names = [print_column(column.field, column.victims) for column in matrix.columns]
    return {
        "columns": [
            {"name": name, **asdict(column), "victims": print_group(column.victims)}
            for name, column in zip(names, matrix.columns, strict=True)
        ],
        "rows": [
            {
                "claimant": asdict(row.claimant),
                "cells": {
                    name: [_cell(value) for value in cell]
                    for name, cell in zip(names, row.cells, strict=True)
                    if cell
                },
            }
            for row in matrix.rows
        ],
        "relations": [_relation(relation) for relation in matrix.relations],
    }


def resolution_to_json(resolved: Iterable[Resolved | Tally], grade: Grade, rule: Rule) -> Json:
    """What the rule makes of each column, the grade with its reason, and the rule."""
    return {
        "resolved": [resolved_to_json(one) for one in resolved],
        "grade": asdict(grade),
        "rule": asdict(rule),
    }


def resolved_to_json(one: Resolved | Tally) -> Json:
    """One column: its ends and what was chosen, as text; null where there is none."""
    low, high = (one.low, one.high) if isinstance(one, Tally) else (one.first, one.last)
    return {
        "field": one.field,
        "victims": print_group(one.victims) if isinstance(one, Tally) else "",
        "low": None if low is None else str(low),
        "best": print_best(one),
        "high": None if high is None else str(high),
        "claimants": list(one.claimants),
        "status": one.status,
    }


def print_best(one: Resolved | Tally) -> str | None:
    """What the rule chose; None where it chose nothing."""
    if one.best is None:
        return None
    return str(one.best) if isinstance(one, Tally) else print_value(one.best)


def print_ends(one: Resolved | Tally) -> str:
    """From the lowest to the highest: ``12..30``, ``12..`` where the end is open; empty where nobody gives one."""
    low, high = (one.low, one.high) if isinstance(one, Tally) else (one.first, one.last)
    if low is None and high is None:
        return ""
    return f"{'' if low is None else low}..{'' if high is None else high}"


def _cell(value: CellValue) -> Json:
    return {**asdict(value), "value": print_value(value.value)}


def _relation(relation: Relation) -> Json:
    adds = relation.kind == "adds"
    return {
        "kind": relation.kind,
        "field": relation.field if adds else print_column(relation.field, relation.left_victims),
        "left": relation.left,
        "left_value": print_side(relation.left_value, relation.left_victims),
        "right": relation.right,
        "right_value": print_side(relation.right_value, relation.right_victims),
    }
