"""The demonstration reports, read, fused and written in every format of the field: files that their readers can read."""

import csv
import io
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from counterclaim.cli import main
from counterclaim.export import acled, gdelt, phoenix, polecat, ucdp
from counterclaim.export.fused import iter_fused
from counterclaim.export.losses import Losses
from counterclaim.fuse.resolution import make_rule
from counterclaim.store.store import open_store

SAMPLES = Path(__file__).parent.parent.parent / "samples" / "september-2022"
# name: what writes it, its columns, whether it has a header, what parts its cells
FILES = {
    "polecat": (polecat.write, polecat.COLUMNS, True, "\t"),
    "gdelt": (gdelt.write, gdelt.COLUMNS, False, "\t"),
    "gdelt-mentions": (gdelt.write_mentions, gdelt.MENTION_COLUMNS, False, "\t"),
    "ucdp": (ucdp.write, ucdp.COLUMNS, True, ","),
    "acled": (acled.write, acled.COLUMNS, True, ","),
    "phoenix": (phoenix.write, phoenix.COLUMNS, False, "\t"),
}

pytestmark = pytest.mark.weights


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("store") / "demo.db"
    result = CliRunner().invoke(main, ["run", str(SAMPLES), "--db", str(path)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return str(path)


@cache
def write(store, name, rule="low-best-high"):
    """The text, the rows by column, and the losses."""
    return write_anew(store, name, rule)


def write_anew(store, name, rule="low-best-high"):
    function, columns, header, mark = FILES[name]
    stream, losses = io.StringIO(newline=""), Losses()
    with open_store(store) as opened, opened.read() as connection:
        number = function(iter_fused(connection, make_rule(rule)), stream, losses)
    lines = list(csv.reader(io.StringIO(stream.getvalue(), newline=""), delimiter=mark))
    if header:
        assert tuple(lines.pop(0)) == columns
    assert len(lines) == number > 0
    assert {len(line) for line in lines} == {len(columns)}
    rows = [dict(zip(columns, line, strict=True)) for line in lines]
    return stream.getvalue(), rows, losses.report()


@pytest.mark.parametrize("name", FILES)
def test_every_file_reads_back_and_is_the_same_each_time(store, name):
    text, rows, losses = write(store, name)
    assert write_anew(store, name) == (text, rows, losses)
    assert text.encode("utf-8").decode("utf-8") == text
    # A program that knows no quoting splits tab files into the same cells.
    if FILES[name][3] == "\t":
        lines = text.splitlines()[1 if FILES[name][2] else 0 :]
        assert [line.split("\t") for line in lines] == [list(row.values()) for row in rows]
    assert losses


def test_ids_are_unique_where_the_format_wants_them_so(store):
    for name, column in (
        ("polecat", "Event ID"),
        ("gdelt", "GLOBALEVENTID"),
        ("ucdp", "id"),
        ("acled", "event_id_cnty"),
        ("phoenix", "EventID"),
    ):
        _, rows, _ = write(store, name)
        ids = [row[column] for row in rows]
        assert len(set(ids)) == len(ids), name


def test_mentions_and_events_of_gdelt_belong_together(store):
    events = {row["GLOBALEVENTID"]: row for row in write(store, "gdelt")[1]}
    mentions = write(store, "gdelt-mentions")[1]
    assert {row["GLOBALEVENTID"] for row in mentions} == set(events)
    for id_, row in events.items():
        assert int(row["NumMentions"]) == sum(one["GLOBALEVENTID"] == id_ for one in mentions)
        assert int(row["NumSources"]) <= int(row["NumArticles"]) <= int(row["NumMentions"])


def test_columns_that_follow_from_each_other_agree(store):
    for row in write(store, "gdelt")[1]:
        assert row["EventCode"].startswith(row["EventBaseCode"])
        assert row["EventBaseCode"].startswith(row["EventRootCode"])
        assert (row["QuadClass"] in {"3", "4"}) == (float(row["GoldsteinScale"]) < 0)
        assert row["SQLDATE"] == "" or row["SQLDATE"].startswith(row["MonthYear"])
        assert row["ActionGeo_Type"] in set("012345")
    for row in write(store, "ucdp")[1]:
        if row["best"]:
            known = [int(row[f"deaths_{side}"]) for side in ("a", "b", "civilians", "unknown")]
            assert sum(known) == int(row["best"])
            assert int(row["low"]) <= int(row["best"]) <= int(row["high"] or row["best"])
        assert row["date_start"] <= row["date_end"]
    for row in write(store, "acled")[1]:
        assert row["event_date"][:4] == row["year"]
        assert (row["latitude"] == "") == (row["geo_precision"] == "")


def test_the_two_tolls_of_the_september_fighting_add_up(store):
    # The newest figure of each side, as samples/README.md has them; neither is left out, neither counted twice.
    rows = write(store, "ucdp")[1]
    tolls = [row for row in rows if (row["gwnoa"], row["gwnob"]) == ("371", "373")]
    assert ("135", "71") in {(row["deaths_a"], row["deaths_b"]) for row in tolls}
    # What UCDP's file has for best is what ACLED's has for fatalities, by the same rule.
    fatalities = {row["fatalities"] for row in write(store, "acled")[1]}
    assert {row["best"] for row in tolls} <= fatalities


def test_what_is_only_feared_or_denied_is_in_no_file(store):
    for name in ("polecat", "gdelt", "ucdp", "acled", "phoenix"):
        losses = "\n".join(write(store, name)[2])
        assert "only expected, demanded or feared: left out" in losses
