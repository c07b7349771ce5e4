"""Web archives are read record by record, and what is broken in them is told with its offset."""

import gzip
import io

import pytest

from counterclaim.errors import Unreadable
from counterclaim.gather.archives import is_archive
from counterclaim.gather.pages import find_pages
from counterclaim.gather.responses import undo_chunks, undo_encoding
from counterclaim.types import Page, Rejection

warc = pytest.importorskip("fastwarc.warc", reason="needs the warc extra")

HTML = b"<html><body><p>The envoy met the ministers in Muscat on Tuesday.</p></body></html>"


def answer(body=HTML, *, headers="", status="200 OK", kind="text/html"):
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}\r\n".encode() + body


def record(number, block=None, *, type_="response", length=None, version="1.0", headers=""):
    block = answer() if block is None else block
    head = (
        f"WARC/{version}\r\nWARC-Type: {type_}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"WARC-Date: 2021-05-04T00:00:00Z\r\nWARC-Target-URI: https://post.example/{number}\r\n{headers}"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def read(tmp_path, data, name="CC-NEWS-20210504010203-00012.warc.gz", say=None):
    path = tmp_path / name
    path.write_bytes(data)
    found = list(find_pages([str(path)], say=say or (lambda _: None)))
    pages = [page.url.rpartition("/")[2] for page in found if isinstance(page, Page)]
    rejected = [(one.reason, one.ref.removeprefix(f"{path}:")) for one in found if isinstance(one, Rejection)]
    return pages, rejected


def packed(*records):
    return [gzip.compress(one) for one in records]


def zstd(*records):
    from fastwarc.stream_io import ZstdWriter

    parts = []
    for one in records:
        out = io.BytesIO()
        with ZstdWriter(out) as writer:
            writer.write(one)
        parts.append(out.getvalue())
    return b"".join(parts)


FOUR = [record(number) for number in range(4)]
PACKED = packed(*FOUR)
SECOND = len(PACKED[0])


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"".join(PACKED), "a.warc.gz"),
        (b"".join(FOUR), "a.warc"),
        (gzip.compress(b"".join(FOUR)), "a.warc.gz"),
        (zstd(*FOUR), "a.warc.zst"),
        (b"".join(packed(*(record(number, version="1.1") for number in range(4)))), "a.warc.gz"),
    ],
    ids=["gzip", "plain", "one-piece", "zstd", "1.1"],
)
def test_archives_are_read_however_they_are_packed(tmp_path, data, name):
    assert read(tmp_path, data, name) == (["0", "1", "2", "3"], [])


@pytest.mark.parametrize(
    ("data", "pages", "rejected"),
    [
        (b"".join(PACKED)[:-60], ["0", "1", "2"], [("cut", str(sum(map(len, PACKED[:3]))))]),
        (
            b"".join([PACKED[0], *packed(record(1, length=5000)), *PACKED[2:]]),
            ["0", "2", "3"],
            [("cut", str(SECOND))],
        ),
        (
            b"".join([PACKED[0], *packed(record(1, length=60)), *PACKED[2:]]),
            ["0", "2", "3"],
            [("cut", str(SECOND))],
        ),
        (
            b"".join([PACKED[0], PACKED[1][:40] + b"\xff\x00\xff" + PACKED[1][43:], *PACKED[2:]]),
            ["0", "2", "3"],
            [("bad_record", str(SECOND))],
        ),
        (b"".join([PACKED[0], b"garbage" * 9, *PACKED[2:]]), ["0", "2", "3"], [("bad_record", str(SECOND))]),
    ],
    ids=["cut-last", "length-too-long", "length-too-short", "damaged", "rubbish-between"],
)
def test_a_broken_record_is_told_with_its_offset_and_the_others_are_read(tmp_path, data, pages, rejected):
    assert read(tmp_path, data) == (pages, rejected)


def test_what_a_file_in_one_piece_swallowed_is_told(tmp_path):
    data = gzip.compress(FOUR[0] + record(1, length=9000) + FOUR[2] + FOUR[3])
    pages, rejected = read(tmp_path, data)
    assert (pages, [reason for reason, _ in rejected]) == (["0"], ["cut"])


@pytest.mark.parametrize("type_", ["request", "metadata", "warcinfo", "revisit"])
@pytest.mark.parametrize("is_packed", [True, False], ids=["gzip", "plain"])
@pytest.mark.parametrize("more", [5000, 60], ids=["over-the-end", "over-the-next"])
def test_a_length_that_lies_in_a_record_that_is_no_page_is_told_and_swallows_no_page(
    tmp_path, type_, is_packed, more
):
    lying = record(1, b"GET / HTTP/1.1\r\n\r\n", type_=type_, length=18 + more)
    records = [FOUR[0], lying, FOUR[2], FOUR[3]]
    parts = packed(*records) if is_packed else records
    name = "a.warc.gz" if is_packed else "a.warc"
    pages, rejected = read(tmp_path, b"".join(parts), name)
    assert (pages, rejected) == (["0", "2", "3"], [("cut", str(len(parts[0])))])


def test_a_record_larger_than_is_read_is_told_and_its_length_is_checked(tmp_path, monkeypatch):
    monkeypatch.setenv("COUNTERCLAIM_MAX_PAGE_BYTES", "2000")
    large = record(1, answer(b"<p>" + b"x" * 3000))
    assert read(tmp_path, b"".join(packed(FOUR[0], large, FOUR[2]))) == (
        ["0", "2"],
        [("too_long", str(SECOND))],
    )


def test_a_length_that_runs_over_the_next_record_swallows_nothing_of_a_plain_file(tmp_path):
    data = FOUR[0] + record(1, length=len(FOUR[1]) + 200) + FOUR[2] + FOUR[3]
    assert read(tmp_path, data, "a.warc") == (["0", "2", "3"], [("cut", str(len(FOUR[0])))])


def test_a_header_of_packing_that_was_undone_is_said_and_the_page_read(tmp_path):
    said = []
    data = gzip.compress(record(0, answer(headers="Content-Encoding: gzip\r\n"))) + PACKED[1]
    assert read(tmp_path, data, say=said.append) == (["0", "1"], [])
    assert "Content-Encoding" in said[0]


def test_other_records_answers_and_types_are_counted_and_passed_over(tmp_path):
    said = []
    data = b"".join(
        packed(
            record(0, b"software: x\r\n", type_="warcinfo"),
            record(1, b"GET / HTTP/1.1\r\n\r\n", type_="request"),
            record(2, answer(status="404 Not Found")),
            record(3, answer(b"\x89PNG", kind="image/png")),
            FOUR[1],
        )
    )
    assert read(tmp_path, data, say=said.append) == (["1"], [])
    assert all(word in said[0] for word in ("warcinfo", "request", "1 answers other", "1 of another type"))


def test_text_of_a_wet_archive_is_read_and_another_language_rejected_by_its_header(tmp_path):
    english = record(
        0,
        b"Talks began in Muscat.",
        type_="conversion",
        headers="Content-Type: text/plain\r\nWARC-Identified-Content-Language: eng\r\n",
    )
    other = record(
        1,
        "Переговоры начались.".encode(),
        type_="conversion",
        headers="Content-Type: text/plain\r\nWARC-Identified-Content-Language: rus\r\n",
    )
    assert read(tmp_path, b"".join(packed(english, other)), "a.warc.wet.gz") == (
        ["0"],
        [("language", str(len(gzip.compress(english))))],
    )


def test_a_page_that_unpacks_to_too_much_is_rejected(tmp_path, monkeypatch):
    monkeypatch.setenv("COUNTERCLAIM_MAX_PAGE_BYTES", "2000")
    large = answer(gzip.compress(b"<p>" + b"a" * 9000), headers="Content-Encoding: gzip\r\n")
    data = b"".join(packed(record(0, large), record(1, answer(b"b" * 5000)))) + PACKED[2]
    pages, rejected = read(tmp_path, data)
    assert pages == ["2"]
    assert [reason for reason, _ in rejected] == ["too_long", "too_long"]


def test_a_file_that_is_no_archive_is_told(tmp_path):
    pages, rejected = read(tmp_path, b"not an archive at all")
    assert pages == []
    assert rejected[0] == ("bad_record", "0")


@pytest.mark.parametrize(
    ("body", "encoding", "reason"),
    [
        (gzip.compress(HTML)[:-20], "gzip", "bad_encoding"),
        (b"\x01\x02\x03", "sdch", "bad_encoding"),
        (gzip.compress(b"a" * 5000), "gzip", "too_long"),
    ],
)
def test_packing_that_cannot_be_undone_is_told(body, encoding, reason):
    with pytest.raises(Unreadable) as told:
        undo_encoding(body, encoding, 1000)
    assert told.value.reason == reason


def test_brotli_and_zstandard_are_undone():
    import brotli

    assert undo_encoding(brotli.compress(HTML), "br", 1000) == (HTML, None)
    assert undo_encoding(zstd(HTML), "zstd", 1000) == (HTML, None)


def test_a_missing_chunk_is_told():
    with pytest.raises(Unreadable, match="chunk"):
        undo_chunks(b"4\r\nTalk\r\n")


def test_archives_are_known_by_their_names():
    assert [is_archive(name) for name in ("a.WARC.GZ", "a.wet", "a.gz", "warc.txt")] == [
        True,
        True,
        False,
        False,
    ]
