"""`read` and `run` on real files with the bundled weights: what comes out, and what bad input does."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from counterclaim.cli import main
from counterclaim.store import tables
from counterclaim.store.rows import load_readings
from counterclaim.store.store import open_store

pytestmark = pytest.mark.weights

CLASH = (
    "NAIROBI, May 7 (AFP) - Ethiopia said on Tuesday that 12 of its soldiers had been killed in a clash with "
    "Somali troops. Somalia denied that its army had attacked the border post. The United Nations urged both "
    "sides to stop the fighting."
)
VISIT = (
    "LIMA, 3 March 2021 (Reuters) - The foreign minister of Brazil met his Peruvian counterpart in Lima on "
    "Wednesday. He said that the two countries would sign a trade agreement in April."
)


def call(*arguments, **known):
    return CliRunner().invoke(main, [str(one) for one in arguments], catch_exceptions=False, **known)


def objects(result):
    return [json.loads(line) for line in result.stdout.split("\n") if line]


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "clash.txt").write_text(CLASH)
    (folder / "visit.txt").write_text(VISIT)
    return folder


def test_an_article_from_standard_input_becomes_one_json_object():
    (made,) = objects(call("read", "-", input=CLASH, env={}))
    assert made["article"]["ref"] == "-"
    assert {"ASSAULT"} <= {event["type"] for event in made["events"]}
    assert made["claims"]
    assert "knowledge" in made["signature"]


def test_articles_come_out_in_the_order_given(pages):
    made = objects(call("read", pages / "visit.txt", pages / "clash.txt"))
    assert [one["article"]["ref"] for one in made] == [str(pages / "visit.txt"), str(pages / "clash.txt")]


def test_reading_twice_gives_the_same_bytes(pages):
    assert call("read", pages).stdout == call("read", pages).stdout


def test_the_table_names_who_says_what(pages, monkeypatch):
    monkeypatch.setattr("counterclaim.cli.output.PIPE_WIDTH", 160)
    result = call("read", pages / "clash.txt", "--table")
    assert "who says" in result.stdout
    assert "ASSAULT" in result.stdout
    assert "agency: Agence France-Presse" in result.stdout


def test_a_narrow_terminal_gets_lines_and_no_table(pages, monkeypatch):
    monkeypatch.setattr("counterclaim.cli.output.PIPE_WIDTH", 50)
    result = call("read", pages / "clash.txt", "--table")
    assert max(map(len, result.stdout.split("\n"))) <= 50
    assert "who → whom: " in result.stdout
    assert "───" not in result.stdout


def test_mentions_are_listed_where_they_are_asked_for(pages, monkeypatch):
    monkeypatch.setattr("counterclaim.cli.output.PIPE_WIDTH", 160)
    assert "in the words" in call("read", pages / "clash.txt", "--table").stdout
    mentions = call("read", pages / "clash.txt", "--table", "--mentions").stdout
    assert "stance" in mentions
    assert "in the words" not in mentions


def test_verbatim_takes_the_text_as_it_is(tmp_path):
    text = "Read more\n\nTroops  shelled a village.\nSubscribe now\n"
    (tmp_path / "a.txt").write_text(text)
    (made,) = objects(call("read", tmp_path / "a.txt", "--verbatim"))
    assert made["article"]["text"] == text
    assert made["article"]["dropped"] == []


def test_a_date_given_is_the_date_of_publication(pages):
    (made,) = objects(call("read", pages / "clash.txt", "--published", "2024-05-07"))
    assert (made["article"]["published"], made["article"]["published_from"]) == ("2024-05-07", "given")


def test_a_bad_date_is_refused_before_anything_is_read(pages):
    result = call("read", pages, "--published", "7 May")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "YYYY-MM-DD" in result.stderr


def test_a_missing_file_is_named_the_rest_is_read_and_the_exit_code_is_2(pages):
    result = call("read", pages / "none.txt", pages / "visit.txt")
    assert result.exit_code == 2
    assert len(objects(result)) == 1
    assert f"There is no file or folder {pages / 'none.txt'}" in result.stderr


def test_a_bad_page_among_good_ones_is_rejected_and_the_exit_code_is_0(pages):
    (pages / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    (pages / "empty.txt").write_text("")
    result = call("read", pages)
    assert result.exit_code == 0
    assert len(objects(result)) == 2
    assert result.stderr.count("Rejected ") == 2


def test_where_nothing_can_be_read_the_exit_code_is_2(tmp_path):
    (tmp_path / "empty.txt").write_text("")
    result = call("read", tmp_path / "empty.txt")
    assert result.exit_code == 2
    assert "No article could be read" in result.stderr


def test_a_model_that_is_not_installed_is_named(pages):
    result = call("read", pages / "visit.txt", "--model", "xx_no_such_pipeline")
    assert result.exit_code == 2
    assert "xx_no_such_pipeline" in result.stderr


def content(db):
    with open_store(str(db)) as store, store.read() as connection:
        readings = list(load_readings(connection))
        events = connection.execute(select(tables.events).order_by(tables.events.c.id)).all()
        members = connection.execute(select(tables.tellings).order_by(*tables.tellings.c)).all()
    return readings, events, members


def test_a_run_fills_a_store_and_says_what_it_did(pages, tmp_path):
    (pages / "empty.txt").write_text("")
    result = call("run", pages, "--db", tmp_path / "a.db")
    assert result.exit_code == 0
    assert "Read 2 articles; 0 were known, 1 could not be read." in result.stdout
    readings, events, _ = content(tmp_path / "a.db")
    assert len(readings) == 2
    assert events
    (rejected,) = objects(call("show", "rejections", "--db", tmp_path / "a.db"))
    assert rejected["ref"] == str(pages / "empty.txt")


def test_a_second_run_reads_nothing_anew(pages, tmp_path):
    call("run", pages, "--db", tmp_path / "a.db")
    before = content(tmp_path / "a.db")
    (summary,) = objects(call("run", pages, "--json", "--db", tmp_path / "a.db"))
    assert (summary["read"], summary["known"]) == (0, 2)
    assert content(tmp_path / "a.db") == before


def test_a_later_run_adds_to_what_is_there(pages, tmp_path):
    call("run", pages / "clash.txt", "--db", tmp_path / "a.db")
    call("run", pages / "visit.txt", "--db", tmp_path / "a.db")
    call("run", pages, "--db", tmp_path / "b.db")
    assert content(tmp_path / "a.db") == content(tmp_path / "b.db")


def test_every_stored_claim_can_be_explained(pages, tmp_path):
    call("run", pages, "--db", tmp_path / "a.db")
    claims = objects(call("show", "claims", "--db", tmp_path / "a.db"))
    for claim in claims:
        result = call("explain", claim["claim"], "--table", "--db", tmp_path / "a.db")
        assert result.exit_code == 0
        assert "«" in result.stdout


@pytest.mark.slow
def test_two_processes_fill_the_same_store_as_one(pages, tmp_path):
    call("run", pages, "--db", tmp_path / "a.db")
    call("run", pages, "--db", tmp_path / "b.db", "--jobs", "2")
    assert content(tmp_path / "a.db") == content(tmp_path / "b.db")


@pytest.mark.slow
def test_a_run_that_is_killed_again_and_again_goes_on_where_it_stopped(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    # So many that three kills, each up to two batches of half a second late, cannot come after the end.
    pages = 240
    for number in range(pages):
        (folder / f"{number:03}.txt").write_text(CLASH.replace("12", str(number + 3)) + f" Report {number}.")
    killed, whole = tmp_path / "killed.db", tmp_path / "whole.db"
    stored = 0
    for delay in (0.0, 0.13, 0.29):
        stored = kill_run(folder, killed, after=stored + 2, delay=delay)
        assert stored < pages
    (summary,) = objects(call("run", folder, "--json", "--db", killed))
    assert summary["known"] == stored
    call("run", folder, "--db", whole)
    assert content(killed) == content(whole)


def kill_run(folder, path, *, after, delay):
    """Kill a run some time after it has brought the store to so many articles; how many it left."""
    process = subprocess.Popen(
        [sys.executable, "-m", "counterclaim", "run", str(folder), "--db", str(path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 120
    while count_articles(path) < after and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(delay)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    stored = count_articles(path)
    assert stored >= after
    return stored


def count_articles(path):
    if not path.exists():
        return 0
    try:
        with open_store(str(path)) as store, store.read() as connection:
            return connection.execute(select(func.count()).select_from(tables.articles)).scalar()
    except Exception:  # noqa: BLE001  the store is being made at this moment
        return 0


def test_a_run_on_nothing_but_missing_paths_makes_no_store(tmp_path):
    result = call("run", tmp_path / "none", "--db", tmp_path / "a.db")
    assert result.exit_code == 2
    assert not (tmp_path / "a.db").exists()


def is_gone(group, *, within):
    """Whether no process of the group is left, at the latest after so many seconds."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.slow
@pytest.mark.parametrize(
    ("asked", "jobs", "code"),
    [
        (signal.SIGINT, "1", 130),
        (signal.SIGINT, "2", 130),
        (signal.SIGTERM, "2", 143),
        (signal.SIGHUP, "1", 129),
    ],
)
def test_who_asks_for_the_end_gets_it_quietly_and_what_was_read_is_kept(
    pages, tmp_path, monkeypatch, asked, jobs, code
):
    # As users have it: read by processes that can be replaced.
    monkeypatch.delenv("COUNTERCLAIM_MAX_PAGE_SECONDS")
    monkeypatch.delenv("COUNTERCLAIM_MAX_PAGE_MEMORY")
    for number in range(80):
        (pages / f"{number:02}.txt").write_text(f"{CLASH} Report {number}.")
    path = tmp_path / "a.db"
    process = subprocess.Popen(
        [sys.executable, "-m", "counterclaim", "run", str(pages), "--db", str(path), "--jobs", jobs],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # Where the tests themselves run in the background, Ctrl-C is ignored and the child would inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  no threads here
    )
    deadline = time.monotonic() + 120
    while count_articles(path) < 1 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(process.pid, asked)  # as a terminal or a service manager does
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == code, stderr
    assert "Stopped." in stderr
    assert "Traceback" not in stderr
    assert count_articles(path) >= 1
    assert is_gone(process.pid, within=60)
