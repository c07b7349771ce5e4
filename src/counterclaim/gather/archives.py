"""
Pages of web archives: WARC 1.0 and 1.1 and WET, plain or packed by gzip or Zstandard, record by record.

Comes in: the path of an archive, as Common Crawl's CC-NEWS, the Internet Archive or a crawler of one's own write it. Goes out: a page for each
answer that is one, a rejection for each record that is broken, with its offset; one record is in memory at a time.

An archive is damaged more often than it says. A record that ends before its Content-Length, or runs over the next one, is rejected and
reading goes on at the next record that can be found: in a file that was packed as one piece there is none, and the rejection says
that what follows was not read. A record is held back until the next one begins where it should: so a length that is too short shows too.

Reading can begin at any record of a file that was packed record by record, or not at all: refs hold their offsets.
"""

import re
import zlib
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from counterclaim.errors import ExtraMissing, Unreadable
from counterclaim.gather.records.columns import Say
from counterclaim.gather.responses import to_utf8, undo_chunks, undo_encoding
from counterclaim.settings import read_number
from counterclaim.types import Page, Rejection

ENDINGS = (".warc", ".warc.gz", ".warc.zst", ".wet", ".wet.gz", ".wet.zst")
_GZIP, _ZSTD, _PLAIN = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"WARC/1."
# A record's first line inside another one: the other's length is too long.
_INSIDE = re.compile(rb"\r\n\r\nWARC/1\.[01]\r\n(?:WARC-|Content-)")
# As `_read_on` makes it: a record's number stands behind the offset where that does not find it.
_REF = re.compile(r"(.+):(\d+)(?:\+\d+)?")
_STEP = 1 << 20
# More than a record's first line and the beginning of the second.
_OPENING = 64
_HTML = frozenset(("text/html", "application/xhtml+xml"))
_OK = re.compile(rb"HTTP/\d(?:\.\d)? 200\b")


def is_archive(path: str) -> bool:
    """
    Whether a file is called like an archive.

    >>> is_archive("CC-NEWS-20210504010203-00012.warc.gz"), is_archive("notes.gz")
    (True, False)
    """
    return path.casefold().endswith(ENDINGS)


class Place(NamedTuple):
    """A record of an archive: where reading can begin."""

    path: str
    offset: int


def find_place(ref: str) -> Place | None:
    """
    The record that a page or rejection came from; None where it was no archive's.

    >>> find_place("may.warc.gz:220"), find_place("may.warc.gz:0+2"), find_place("notes.csv:3")
    (Place(path='may.warc.gz', offset=220), Place(path='may.warc.gz', offset=0), None)
    """
    found = _REF.fullmatch(ref)
    return Place(found[1], int(found[2])) if found and is_archive(found[1]) else None


def read_archive(path: str, say: Say, start: int = 0) -> Iterator[Page | Rejection]:
    """
    The archive's pages in its order; the ref of each is the path, a colon and the offset at which its record begins.

    Args:
        say: Called once at the end with what was passed over and why.
        start: The offset of a record: those before it are not looked at.

    Raises:
        ExtraMissing: fastwarc is not installed.
    """
    passed = Counter[str]()
    in_one_piece = False
    for told in _find_records(path, start):
        in_one_piece = in_one_piece or "+" in told.ref.removeprefix(path)
        if isinstance(told, Rejection):
            yield told
            continue
        try:
            page = _make_page(told, passed)
        except Unreadable as error:
            yield Rejection(told.ref, error.reason, error.detail, error.language)
        except ExtraMissing as error:
            yield Rejection(told.ref, "extra_missing", str(error))
        else:
            if page is not None:
                yield page
    if passed:
        say(f"{path}: passed over " + ", ".join(f"{count:,} {why}" for why, count in sorted(passed.items())))
    if in_one_piece:
        say(
            f"{path}: packed as one piece, so that a run that was stopped reads it through from its beginning. Packed record by record, "
            "as crawlers write them, it is read on from where the run was."
        )


@dataclass(frozen=True, slots=True)
class _Record:
    ref: str
    type: str
    headers: dict[str, str]
    body: bytes
    length: int


class _Pass(NamedTuple):
    """What the records of one pass are named by."""

    path: str
    start: int
    size: int


def _find_records(path: str, first: int) -> Iterator[_Record | Rejection]:
    try:
        from fastwarc.warc import ArchiveIterator  # noqa: PLC0415  of an extra
    except ImportError as error:
        raise ExtraMissing("fastwarc", "warc") from error
    size = Path(path).stat().st_size
    start: int | None = first
    with Path(path).open("rb") as file:
        magic = next(
            (one for one in (_GZIP, _ZSTD, _PLAIN) if file.read(8).startswith(one) or file.seek(0)), None
        )
        if magic is None:
            yield Rejection(
                f"{path}:0", "bad_record", "The file does not begin like a web archive. Fetch it again."
            )
            start = _find_next(file, 0, None)
        while start is not None:
            file.seek(start)
            broken = yield from _read_on(ArchiveIterator(file, parse_http=False), _Pass(path, start, size))
            if broken is None:
                return
            start = _find_next(file, broken.follows, magic)
            told = broken.rejection
            if start is None:
                # One word on one fault: that it is broken, and that nothing was found behind it.
                nothing = " No further record was found behind it: what follows, if anything, was not read."
                told = replace(told, detail=f"{told.detail}{nothing}")
            yield told


class _Broken(NamedTuple):
    """A record that cannot be read, and where to look for the next one."""

    rejection: Rejection
    follows: int


def _read_on(records: Any, place: _Pass) -> Generator[_Record | Rejection, None, _Broken | None]:
    """Records from a place until one is broken, which comes back; None at the end."""
    held: _Record | None = None
    at, number = place.start, 0
    while True:
        try:
            found = next(records, None)
            if found is None:
                break
            number += 1
            # Of a file packed as one piece the offsets are all its end.
            apart = number == 1 or at < found.stream_pos < place.size
            at = found.stream_pos if apart else at
            ref = f"{place.path}:{at}" + ("" if apart else f"+{number}")
            record = _take(found, ref)
        except (OSError, ValueError, MemoryError) as error:
            if held is not None and "header" in str(error).casefold():
                # The next record does not begin where this one ends.
                told = _broken(held.ref, held.length, "is not where the next record begins")
                return _Broken(told, at + 1)
            if held is not None:
                yield held
            broken = _find_end(place.path, at) if number else place.start
            told = Rejection(
                f"{place.path}:{broken}", "bad_record", f"The record cannot be read: {error}. Fetch it again."
            )
            return _Broken(told, broken + 1)
        if held is not None:
            yield held
        held = None
        if isinstance(record, Rejection):
            if record.reason != "too_long":
                return _Broken(record, at + 1)
            yield record
        else:
            held = record
    if held is not None:
        yield held
    return None


def _take(found: Any, ref: str) -> _Record | Rejection:
    headers = {str(name).casefold(): str(value) for name, value in found.headers}
    kind, length = headers.get("warc-type", "unknown"), int(found.content_length)
    limit = read_number("max_page_bytes")
    is_page = kind in {"response", "resource", "conversion"}
    # Of records that are no pages, too: a length that runs over the next ones would swallow them silently.
    size, swallowed, body = _drain(found.reader, limit if is_page else 0)
    if size != length or (not length and (is_page or kind == "unknown")):
        return _broken(ref, length, f"but {size:,} are there")
    if swallowed:
        return _broken(ref, length, "runs over the next record")
    if is_page and length > limit and headers.get("content-length", "").isdecimal():
        return Rejection(
            ref,
            "too_long",
            f"The record is larger than {limit:,} bytes. Raise COUNTERCLAIM_MAX_PAGE_BYTES.",
        )
    return _Record(ref, kind, headers, body, length)


def _drain(reader: Any, limit: int) -> tuple[int, bool, bytes]:
    """How long the record's block is, whether another record begins in it, and the block itself where it is no longer than the limit."""
    size, swallowed, tail = 0, False, b""
    parts: list[bytes] = []
    while block := reader.read(_STEP):
        size += len(block)
        swallowed = swallowed or _INSIDE.search(tail + block) is not None
        tail = block[-_OPENING:]
        if size <= limit:
            parts.append(block)
    return size, swallowed, b"".join(parts)


def _broken(ref: str, length: int, why: str) -> Rejection:
    return Rejection(
        ref,
        "cut",
        f"The record is cut, or its length is wrong: {length:,} bytes, it says, {why}. Fetch the file again.",
    )


def _find_end(path: str, start: int) -> int:
    """Where the packed record at `start` ends; `start` itself where that cannot be told."""
    unpacker = zlib.decompressobj(31)
    with Path(path).open("rb") as file:
        file.seek(start)
        try:
            while not unpacker.eof:
                block = file.read(_STEP)
                if not block:
                    return start
                while block and not unpacker.eof:
                    unpacker.decompress(block, _STEP)
                    block = unpacker.unconsumed_tail
            return file.tell() - len(unpacker.unused_data)
        except zlib.error:
            return start


def _find_next(file: BinaryIO, start: int, magic: bytes | None) -> int | None:
    """The offset of the next record from `start` on that opens as one."""
    marks = (magic,) if magic else (_GZIP, _ZSTD, _PLAIN)
    while True:
        file.seek(start)
        block = file.read(_STEP)
        if not block:
            return None
        at = 0
        while (at := min((f for mark in marks if (f := block.find(mark, at)) >= 0), default=-1)) >= 0:
            if _opens(file, start + at):
                return start + at
            at += 1
        if len(block) < _STEP:
            return None
        start += len(block) - 8


def _opens(file: BinaryIO, at: int) -> bool:
    file.seek(at)
    head = file.read(1024)
    if head.startswith(_GZIP):
        try:
            return zlib.decompressobj(31).decompress(head, 7) == _PLAIN
        except zlib.error:
            return False
    # A page may tell of the words WARC/1.0: a record's line stands at the start of one.
    return head.startswith(_ZSTD) or re.match(rb"WARC/1\.[01]\r?\n[A-Za-z-]+:", head) is not None


def _make_page(record: _Record, passed: Counter[str]) -> Page | None:
    headers, body, sent = record.headers, record.body, record.headers.get("content-type", "")
    if record.type not in {"response", "resource", "conversion"}:
        passed[f"{record.type} records"] += 1
        return None
    if record.type == "response" and body.startswith(b"HTTP/"):
        if not _OK.match(body):
            passed["answers other than 200"] += 1
            return None
        head, _, body = body.partition(b"\r\n\r\n")
        http = _read_headers(head)
        sent = http.get("content-type", "text/html")
        if "chunked" in http.get("transfer-encoding", "").casefold():
            body = undo_chunks(body)
        body, stale = undo_encoding(body, http.get("content-encoding", ""), read_number("max_page_bytes"))
        if stale:
            passed[
                f"Content-Encoding headers ({stale}) of bodies that are not packed; the pages were read"
            ] += 1
    kind = sent.partition(";")[0].strip().casefold()
    if kind not in _HTML and kind != "text/plain":
        passed["of another type than HTML and text"] += 1
        return None
    languages = [
        one.strip() for one in headers.get("warc-identified-content-language", "").split(",") if one.strip()
    ]
    if languages and "eng" not in languages:
        raise Unreadable(
            "language",
            f"The text is not English ({languages[0]}). Translate it, or leave it out.",
            language=languages[0],
        )
    if not body.strip():
        raise Unreadable("empty", "There is no text in it.")
    return Page(
        record.ref,
        to_utf8(body, sent),
        kind="html" if kind in _HTML else "text",
        url=headers.get("warc-target-uri", "").strip("<>") or None,
        # When it was crawled: the article may be older, and what it says of itself goes before.
        modified=headers.get("warc-date", "")[:10] or None,
    )


def _read_headers(head: bytes) -> dict[str, str]:
    lines = head.decode("latin-1").split("\r\n")[1:]
    return {
        name.strip().casefold(): value.strip() for name, _, value in (line.partition(":") for line in lines)
    }
