"""Waiting shows a sign of life on a terminal, and only there; the summary of a run counts in plain English."""

import io
import time

import pytest

from counterclaim.cli import progress
from counterclaim.cli.run import Sizes, _describe, _find_sizes, make_watch
from counterclaim.types import Page


class Terminal(io.StringIO):
    def isatty(self):
        return True


def open_terminal(monkeypatch):
    # Not in a fixture: between it and the test pytest puts its own stream in place.
    made = Terminal()
    monkeypatch.setattr("sys.stderr", made)
    monkeypatch.setattr(progress, "PATIENCE", 0.05)
    monkeypatch.setenv("TERM", "xterm")
    return made


def slowly(*results, seconds):
    for result in results:
        time.sleep(seconds)
        yield result


def test_a_long_wait_says_what_is_done_and_for_how_long(monkeypatch):
    terminal = open_terminal(monkeypatch)
    assert list(progress.wait_for(slowly(1, 2, seconds=0.6), "Reading")) == [1, 2]
    assert "Reading" in terminal.getvalue()
    assert "0:00:0" in terminal.getvalue()


def test_nothing_moves_while_a_result_is_printed(monkeypatch):
    terminal = open_terminal(monkeypatch)
    waiting = progress.wait_for(slowly(1, 2, seconds=0.3), "Reading")
    next(waiting)
    before = terminal.getvalue()
    time.sleep(0.3)
    assert terminal.getvalue() == before
    assert list(waiting) == [2]


def test_a_run_over_archives_knows_how_far_it_is_by_their_bytes(tmp_path):
    for name in ("b.warc.gz", "c.warc"):
        (tmp_path / name).write_bytes(bytes(2_000_000))
    found = _find_sizes([str(tmp_path)])
    assert found.megabytes == 4
    assert found.find_done(f"{tmp_path}/b.warc.gz:500000") == 0.5
    assert found.find_done(f"{tmp_path}/c.warc:1000000") == 3.0
    assert found.find_done(f"{tmp_path}/other.csv:7") is None
    (tmp_path / "only").mkdir()
    (tmp_path / "only" / "a.txt").write_bytes(bytes(1_000_000))
    assert _find_sizes([str(tmp_path / "only")]) is None


def test_the_line_of_progress_has_the_place_in_the_archive_and_then_the_articles_that_are_fused():
    drawn = progress.make_progress()
    watch = make_watch(drawn, None, Sizes({"may.warc.gz": 3_000_000, "june.warc.gz": 1_000_000}))
    watch.begin(Page("june.warc.gz:500000", b""))
    watch.advance(7)
    (reading,) = drawn.tasks
    assert (reading.completed, reading.total) == (3, 4)
    assert reading.description.startswith("Reading (MB)")
    watch.fuse(20, 60)
    reading, fusing = drawn.tasks
    assert (reading.completed, fusing.completed, fusing.total) == (4, 20, 60)


def test_a_short_wait_shows_nothing(monkeypatch):
    terminal = open_terminal(monkeypatch)
    assert list(progress.wait_for(iter([1, 2, 3]), "Reading")) == [1, 2, 3]
    assert terminal.getvalue() == ""


def test_in_a_pipe_nothing_is_shown(monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(progress, "PATIENCE", 0.01)
    assert list(progress.wait_for(slowly(1, seconds=0.1), "Reading")) == [1]
    assert stream.getvalue() == ""


def test_an_error_while_waiting_comes_through_and_the_sign_is_gone(monkeypatch):
    terminal = open_terminal(monkeypatch)

    def fail():
        time.sleep(0.2)
        raise ValueError("no")
        yield

    with pytest.raises(ValueError, match="no"):
        list(progress.wait_for(fail(), "Reading"))
    before = terminal.getvalue()
    time.sleep(0.2)
    assert terminal.getvalue() == before


SUMMARY = {
    "read": 1, "known": 1, "rejected": 0, "languages": {}, "articles": 1, "stories": 1, "claims": 1, "events": 1,
    "contested": 0, "overturned": 0, "db": "a.db",
}  # fmt: skip


def test_one_is_counted_as_one():
    assert _describe(SUMMARY).startswith(
        "Read 1 article; 1 was known, 0 could not be read.\n"
        "The store holds 1 article in 1 story, 1 claim about 1 event, 0 of them contested.\n"
    )


def test_other_languages_are_counted():
    text = _describe(SUMMARY | {"rejected": 4, "languages": {"fr": 2, "ru": 1}})
    assert "4 could not be read (2 fr, 1 ru: other languages)." in text


def test_many_are_counted_as_many_and_what_was_overturned_is_said():
    many = SUMMARY | {"read": 2, "known": 0, "stories": 2, "events": 0, "overturned": 2}
    text = _describe(many)
    assert "Read 2 articles; 0 were known" in text
    assert "in 2 stories, 1 claim about 0 events" in text
    assert "2 pairs of tellings that a rule had joined earlier now stand in different events" in text
    assert "1 pair of tellings" in _describe(SUMMARY | {"overturned": 1})
