"""Sentences of the kinds that readers have complained about, each written before it was tried."""

import csv
from pathlib import Path

import pytest

from evaluation.field import find_failures, parse_checks

TABLE = Path(__file__).parent.parent / "cases" / "first_tries.tsv"
PUBLISHED = "2024-05-15"


def cases():
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        marks = [pytest.mark.xfail(strict=True, reason=row["known"])] if row["known"] else []
        yield pytest.param(row["text"], row["checks"], marks=marks, id=f"{row['kind']}: {row['text'][:40]}")


@pytest.mark.parametrize(("text", "checks"), list(cases()))
def test_a_sentence_is_read_as_it_should_be(text, checks):
    assert not find_failures(text.replace("\\n", "\n"), PUBLISHED, parse_checks(checks))
