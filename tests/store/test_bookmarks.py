"""A run over an archive that was stopped goes on at the record where it was, and reads no record before it again."""

import gzip
from pathlib import Path

import pytest
from sqlalchemy import select

from counterclaim import bookmarks, pipeline, running
from counterclaim.bookmarks import Bookmarks
from counterclaim.errors import Unreadable
from counterclaim.gather.pages import find_pages
from counterclaim.store import tables
from counterclaim.store.store import open_store
from tests.gather.test_archives import answer, packed, record, zstd
from tests.misbehaving import page
from tests.store.killed_runs import make_page, read_page

pytest.importorskip("fastwarc", reason="needs the warc extra")

RECORDS = [record(number, answer(page(f"Report {number}", make_page(number)))) for number in range(12)]


@pytest.fixture(autouse=True)
def _hand(monkeypatch):
    monkeypatch.setattr(pipeline, "read_page", read_page)
    monkeypatch.setattr(running, "make_signature", lambda *_: "hand")
    monkeypatch.setattr(running, "AT_ONCE", 1)


@pytest.fixture
def store(tmp_path):
    with open_store(str(tmp_path / "news.db"), create=True) as found:
        yield found


def write(tmp_path, records, name="may.warc.gz", pack=packed):
    path = tmp_path / name
    path.write_bytes(b"".join(pack(*records)))
    return str(path)


def run(store, *paths, how="", stop_at=None, monkeypatch=None):
    """What a run did, which pages were looked at, and what was said."""
    seen, said = [], []
    marks = Bookmarks(store, how, said.append)

    def pages():
        for one in find_pages(paths, find_start=marks.find_start):
            seen.append(one.ref)
            if len(seen) - 1 == stop_at:
                raise KeyboardInterrupt
            yield one

    try:
        return running.run(store, pages(), bookmarks=marks), seen, said
    except KeyboardInterrupt:
        return None, seen, said


def refs(store):
    with store.read() as connection:
        return sorted(connection.execute(select(tables.articles.c.ref)).scalars())


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("may.warc.gz", packed),
        ("may.warc", lambda *records: records),
        ("may.warc.zst", lambda *r: [zstd(*r)]),
    ],
    ids=["gzip", "plain", "zstd"],
)
def test_a_run_goes_on_at_the_record_where_it_was_stopped(store, tmp_path, name, pack):
    path = write(tmp_path, RECORDS, name, pack)
    run(store, path, stop_at=7)
    ran, seen, said = run(store, path)
    assert len(seen) == 6
    assert (ran.read, ran.known) == (5, 7)
    assert f"read on from byte {seen[0].rpartition(':')[2]}" in said[0].replace(",", "")
    whole = [one.ref for one in find_pages([path])]
    assert refs(store) == sorted(whole)


def test_what_is_read_to_its_end_is_not_read_again_nor_the_archives_before_it(store, tmp_path):
    paths = [write(tmp_path, RECORDS[start : start + 4], f"{start}.warc.gz") for start in (0, 4, 8)]
    run(store, *paths, stop_at=6)
    ran, seen, _ = run(store, *paths)
    assert [ref.rpartition("/")[2].partition(".")[0] for ref in seen] == [
        "0",
        "4",
        "4",
        "4",
        "8",
        "8",
        "8",
        "8",
    ]
    assert (ran.read, ran.known) == (6, 6)
    ran, seen, _ = run(store, *paths)
    assert (ran.read, ran.known, len(seen)) == (0, 12, 3)


def test_a_file_in_one_piece_is_read_through_and_said_to_be(store, tmp_path):
    path = write(tmp_path, RECORDS, pack=lambda *records: [gzip.compress(b"".join(records))])
    run(store, path, stop_at=7)
    said = []
    ran, seen, _ = run(store, path)
    list(find_pages([path], say=said.append))
    assert (ran.read, ran.known, len(seen)) == (5, 7, 12)
    assert "one piece" in said[0]


def test_an_archive_that_changed_is_read_from_its_beginning(store, tmp_path):
    path = write(tmp_path, RECORDS[:6])
    run(store, path)
    with Path(path).open("ab") as file:
        file.write(b"".join(packed(*RECORDS[6:])))
    ran, seen, _ = run(store, path)
    assert (ran.read, ran.known, len(seen)) == (6, 6, 12)


@pytest.mark.parametrize("change", ["signature", "how", "setting"])
def test_an_archive_that_is_to_be_read_otherwise_is_read_from_its_beginning(
    store, tmp_path, monkeypatch, change
):
    path = write(tmp_path, RECORDS)
    run(store, path)
    if change == "signature":
        monkeypatch.setattr(running, "make_signature", lambda *_: "another hand")
    if change == "setting":
        monkeypatch.setenv("COUNTERCLAIM_MIN_ARTICLE_WORDS", "5")
    _, seen, _ = run(store, path, how="verbatim" if change == "how" else "")
    assert len(seen) == 12


def test_broken_and_refused_records_are_passed_over_and_stay_listed(store, tmp_path):
    records = RECORDS.copy()
    records[2] = record(2, answer(b"<p>Shells</p>"), length=9000)
    records[4] = record(4, answer(b"<p> </p>"))
    path = write(tmp_path, records)
    run(store, path, stop_at=9)
    ran, seen, _ = run(store, path)
    assert (ran.read, ran.known, ran.rejected, len(seen)) == (3, 7, 0, 4)
    with store.read() as connection:
        assert sorted(connection.execute(select(tables.rejections.c.reason)).scalars()) == ["cut", "no_text"]


@pytest.mark.parametrize(
    ("reason", "looked_at"), [("killed", 9), ("extra_missing", 9), ("too_slow", 9), ("error", 1)]
)
def test_what_another_run_may_read_keeps_the_bookmark_where_it_is(
    store, tmp_path, monkeypatch, reason, looked_at
):
    path = write(tmp_path, RECORDS)
    attempts = []

    def fails_once(found, **how):
        if "Report 3 " in found.body.decode():
            attempts.append(1)
            if len(attempts) == 1:
                raise Unreadable(reason, "Not for now.")
        return read_page(found, **how)

    monkeypatch.setattr(pipeline, "read_page", fails_once)
    run(store, path)
    _, seen, _ = run(store, path)
    assert len(seen) == looked_at
    assert len(refs(store)) == (12 if looked_at > 1 else 11)


def test_pages_under_way_are_before_no_bookmark(store, tmp_path):
    path = write(tmp_path, RECORDS)
    marks = Bookmarks(store)
    found = list(find_pages([path], find_start=marks.find_start))
    for one in found[:5]:
        marks.begin(one.ref)
    for number in (0, 1, 3, 4):
        marks.settle(found[number].ref)
    marks.write()
    assert Bookmarks(store).find_start(path) == bookmarks.find_place(found[1].ref).offset
