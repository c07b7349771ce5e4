"""
A claim matrix as JSON: columns with their status, a row for each claimant, and how their values relate.

Comes in: a `Matrix`, and what a rule makes of it. Goes out: a dictionary that `json.dumps` takes as it is; a row's cells are
named like the columns (``counts.dead ARM MIL``), empty ones left out.
"""

from collections.abc import Iterable
from dataclasses import asdict

from counterclaim.fuse.grade import Grade
from counterclaim.fuse.resolution import Resolved, Rule
from counterclaim.types import Matrix

Json = dict[str, object]


def to_json(matrix: Matrix) -> Json:
    """Columns, rows and relations."""
    names = [" ".join(part for part in (column.field, column.victims) if part) for column in matrix.columns]
    return {
        "columns": [
            {"name": name, **asdict(column)} for name, column in zip(names, matrix.columns, strict=True)
        ],
        "rows": [
            {
                "claimant": asdict(row.claimant),
                "cells": {
                    name: [asdict(value) for value in cell]
                    for name, cell in zip(names, row.cells, strict=True)
                    if cell
                },
            }
            for row in matrix.rows
        ],
        "relations": [asdict(relation) for relation in matrix.relations],
    }


def resolution_to_json(resolved: Iterable[Resolved], grade: Grade, rule: Rule) -> Json:
    """What the rule makes of each column, the grade with its reason, and the rule."""
    return {
        "resolved": [asdict(one) for one in resolved],
        "grade": asdict(grade),
        "rule": asdict(rule),
    }
