"""Logs for machines: JSON Lines with levels, a line now and then where nobody looks, metrics for Prometheus."""

import json

import pytest
from click.testing import CliRunner

from counterclaim.cli import main
from counterclaim.cli import run as running
from counterclaim.cli.output import forget_log
from counterclaim.cli.progress import make_progress


@pytest.fixture(autouse=True)
def plain_log():
    """Whatever log the command before chose, of this file or another."""
    forget_log()


def call(*arguments):
    return CliRunner().invoke(main, [str(one) for one in arguments], catch_exceptions=False)


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


def test_messages_are_json_lines_with_time_and_level(tmp_path):
    (tmp_path / "a.txt").write_text("")
    result = call(
        "run", tmp_path / "a.txt", tmp_path / "none", "--db", tmp_path / "a.db", "--log-format", "json"
    )
    told = lines(result.stderr)
    assert [one["level"] for one in told] == ["info", "warning", "error"]
    assert (told[1]["reason"], told[1]["ref"]) == ("empty", str(tmp_path / "a.txt"))
    assert all(one["time"].endswith("Z") and one["message"] for one in told)


def test_the_environment_chooses_the_log_and_the_next_command_chooses_anew(tmp_path, monkeypatch):
    assert "Error: " in call("show", "events", "--db", tmp_path / "none.db").stderr
    monkeypatch.setenv("COUNTERCLAIM_LOG_FORMAT", "json")
    (told,) = lines(call("show", "events", "--db", tmp_path / "none.db").stderr)
    assert told["level"] == "error"
    monkeypatch.delenv("COUNTERCLAIM_LOG_FORMAT")
    assert "Error: " in call("show", "events", "--db", tmp_path / "none.db").stderr


def test_where_nobody_looks_a_line_now_and_then_says_how_far_it_is(monkeypatch, capsys):
    monkeypatch.setattr(running, "EVERY", 0)
    with make_progress() as progress:
        watch = running.make_watch(progress, 7)
        watch.advance(3)
        watch.fuse(1, 2)
    assert capsys.readouterr().err == "Read 3 of 7.\nFused 1 of 2.\n"


def test_a_line_is_not_said_more_often_than_that(capsys):
    with make_progress() as progress:
        watch = running.make_watch(progress, 7)
        for done in range(7):
            watch.advance(done)
    assert capsys.readouterr().err == ""


@pytest.mark.weights
def test_metrics_count_what_the_run_did_and_replace_those_of_the_last(tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a.txt").write_text("The army said on Wednesday that rebels had killed 12 soldiers near Goma.")
    (pages / "b.txt").write_text("")
    path = tmp_path / "counterclaim.prom"
    for read in (1, 0):
        assert call("run", pages, "--db", tmp_path / "a.db", "--metrics", path).exit_code == 0
        text = path.read_text()
        assert f"counterclaim_run_read_pages {read}\n" in text
        assert 'counterclaim_run_rejected_pages{reason="empty"} 1\n' in text
        assert "counterclaim_store_articles 1\n" in text
        told = [line for line in text.splitlines() if not line.startswith("#")]
        assert all(len(line.split()) == 2 for line in told)
    (tmp_path / "mine.txt").write_text("mine")
    assert call("run", pages, "--db", tmp_path / "a.db", "--metrics", tmp_path / "mine.txt").exit_code == 2
