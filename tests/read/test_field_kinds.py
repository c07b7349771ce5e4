"""Kinds of faults that coders of news report: each row's reading holds what it must and nothing that it must not."""

import csv
from pathlib import Path

import pytest

from evaluation.field import find_failures, parse_checks

TABLE = Path(__file__).parent.parent / "cases" / "field_kinds.tsv"
PUBLISHED = "2024-05-15"


def rows():
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['kind']}: {row['text'][:40]}")
def test_a_kind_of_fault_is_not_made_in_other_words(row):
    assert not find_failures(row["text"], PUBLISHED, parse_checks(row["checks"]))


def test_every_kind_has_three_variants():
    kinds = [row["kind"] for row in rows()]
    assert all(kinds.count(kind) >= 3 for kind in kinds)
