"""Whenever a run is killed, the next one brings the store to what an undisturbed run makes of the same pages."""

import os
import subprocess
import sys

import pytest
from sqlalchemy import select

from counterclaim.store import tables
from counterclaim.store.store import open_store
from tests.gather.test_archives import answer, packed, record
from tests.misbehaving import page
from tests.store.killed_runs import make_page

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the clock of another process is read as on Linux"
)

PAGES = 30
# Clocks. The list of runs differs too, killed ones included, and numbers given out in the order of writing.
DIFFER = {"recorded_at", "made_at"}


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "pages"
    made.mkdir()
    for number in range(PAGES):
        (made / f"{number:02}.txt").write_text(make_page(number))
    (made / "empty.txt").touch()
    return made


def kill(folder, whole, *killed, kills, seed):
    """How many articles each killed run left, store by store."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.killed_runs", folder, str(kills), str(seed), whole, *killed],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [[int(number) for number in line.split()] for line in done.stdout.splitlines()[-len(killed) :]]


def content(location):
    """Every row of every table, without what no two runs have in common."""
    rows = {}
    with open_store(location) as store, store.read() as connection:
        for table in tables.metadata.sorted_tables:
            if table in {tables.runs, tables.about}:
                continue
            differ = DIFFER | ({"id"} if table is tables.judgements else set())
            columns = [column for column in table.c if column.name not in differ]
            rows[table.name] = sorted(map(repr, connection.execute(select(*columns)).all()))
    return rows


@pytest.mark.slow
def test_after_fifty_kills_the_stores_hold_what_an_undisturbed_run_makes(folder, tmp_path):
    whole, *killed = (str(tmp_path / f"{number}.db") for number in range(11))
    left = kill(folder, whole, *killed, kills=5, seed=7)
    assert sum(map(len, left)) == 50
    assert sum(0 < number < PAGES for stored in left for number in stored) >= 5, (
        "kills fall while pages are read"
    )
    assert sum(number == PAGES for stored in left for number in stored) >= 5, "and while events are made"
    expected = content(whole)
    assert len(expected["articles"]) == PAGES
    assert expected["events"]
    assert len(expected["rejections"]) == 1
    for location in killed:
        assert content(location) == expected


@pytest.mark.slow
def test_the_same_over_a_web_archive_with_broken_records(tmp_path):
    pytest.importorskip("fastwarc", reason="needs the warc extra")
    records = [record(number, answer(page(f"Report {number}", make_page(number)))) for number in range(PAGES)]
    records[5] = record(5, answer(b"<p>Shells</p>"), length=9000)
    records[9] = record(9, b"GET / HTTP/1.1\r\n\r\n", type_="request", length=9000)
    archive = tmp_path / "CC-NEWS-20240507010203-00012.warc.gz"
    archive.write_bytes(b"".join(packed(*records)))
    whole, *killed = (str(tmp_path / f"{number}.db") for number in range(11))
    left = kill(archive, whole, *killed, kills=5, seed=13)
    assert sum(map(len, left)) == 50
    expected = content(whole)
    assert (len(expected["articles"]), len(expected["rejections"])) == (PAGES - 2, 2)
    for location in killed:
        assert content(location) == expected


@pytest.mark.slow
def test_the_same_on_a_server_or_in_a_file(folder, location, tmp_path):
    whole = str(tmp_path / "whole.db")
    (left,) = kill(folder, whole, location, kills=4, seed=11)
    assert len(left) == 4
    assert content(location) == content(whole)


@pytest.mark.slow
def test_three_runs_may_write_and_a_fourth_process_read_at_once(folder, location, tmp_path):
    whole = str(tmp_path / "whole.db")
    kill(folder, whole, location, kills="together", seed=0)
    assert content(location) == content(whole)
