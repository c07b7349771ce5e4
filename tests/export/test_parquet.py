"""Parquet has typed columns, in row groups of a fixed size, and asks for its extra where pyarrow is missing."""

import io
import sys

import pytest

from counterclaim.errors import ExtraMissing
from counterclaim.export import csv, parquet
from counterclaim.export.losses import Losses
from tests.export.clashes import clash, fuse_reports


def read(stream):
    tables = pytest.importorskip("pyarrow.parquet", reason="the extra parquet is not installed")
    return tables.ParquetFile(io.BytesIO(stream.getvalue()))


def test_claims_keep_their_types():
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    row = dict.fromkeys(csv.COLUMNS, "text") | {
        "start_char": 3,
        "end_char": 9,
        "confidence": 0.5,
        "via": ["Tass"],
        "source": None,
    }
    stream = io.BytesIO()
    assert parquet.write([row], stream, Losses()) == 1
    assert read(stream).read().to_pylist() == [row]


def test_no_claims_are_a_file_with_columns():
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    stream = io.BytesIO()
    assert parquet.write([], stream, Losses()) == 0
    assert tuple(read(stream).schema_arrow.names) == parquet.COLUMNS


def test_rows_come_in_groups(monkeypatch):
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    monkeypatch.setattr(parquet, "CLAIMS_IN_GROUP", 10)
    row = dict.fromkeys(csv.COLUMNS, "text") | {
        "start_char": 3,
        "end_char": 9,
        "confidence": None,
        "via": [],
    }
    stream = io.BytesIO()
    parquet.write([row] * 25, stream, Losses())
    made = read(stream)
    assert [made.metadata.row_group(number).num_rows for number in range(made.num_row_groups)] == [10, 10, 5]


def test_events_hold_what_the_rule_chose_with_claimants():
    pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    reports = clash(12, "NOR"), clash(30, "NOR", said="Sudria", code="SUD")
    stream = io.BytesIO()
    assert parquet.write_events(fuse_reports(*reports, rule="conservative"), stream, Losses()) == 1
    made = read(stream)
    assert tuple(made.schema_arrow.names) == parquet.EVENT_COLUMNS
    (row,) = made.read().to_pylist()
    assert (row["dead_low"], row["dead_best"], row["dead_high"]) == (12, 12, 30)
    dead = next(one for one in row["resolved"] if one["field"] == "counts.dead")
    assert (dead["best"], dead["claimants"], dead["status"]) == ("12", ["Norland"], "contested")
    assert row["contested"] == ["counts.dead NOR MIL"]


def test_without_its_library_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExtraMissing, match=r"counterclaim\[parquet\]"):
        parquet.write([], io.BytesIO(), Losses())
