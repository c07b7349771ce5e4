"""
Pages from where the user has them: files, folders, tables, feeds, standard input.

Comes in: paths. Goes out: pages and rejections, one after the other, in an order that does not depend on the
machine; nothing is read before it is asked for.

    >>> import io
    >>> [page.ref for page in find_pages(["-"], stdin=io.BytesIO(b"Talks began in Muscat."))]
    ['-']

A file that is none of the kinds known here is rejected by its name, not opened and guessed at.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from counterclaim.errors import InputError, Unreadable
from counterclaim.gather.feeds import is_feed, read_feed
from counterclaim.gather.published import read_date
from counterclaim.gather.tables import read_csv, read_jsonl, read_parquet, too_long
from counterclaim.settings import read_number
from counterclaim.types import Page, Rejection

_TEXT = frozenset((".txt", ".text", ".md", ""))
_HTML = frozenset((".html", ".htm", ".xhtml"))
_FEED = frozenset((".xml", ".rss", ".atom"))
_DELIMITERS = {".csv": ",", ".tsv": "\t"}
_TABLES = frozenset((".jsonl", ".ndjson", ".parquet", *_DELIMITERS))


def find_pages(
    paths: Sequence[str], *, published: str | None = None, stdin: BinaryIO | None = None
) -> Iterator[Page | Rejection]:
    """
    The pages of each path in turn; a folder's in the order of their names, hidden files passed over.

    Args:
        paths: Text or HTML files, feeds, ``.jsonl``, ``.csv``, ``.tsv`` or ``.parquet`` tables, folders of these, or ``-``.
        published: Publication date of pages that tell none of their own with the row they come in.
        stdin: Where ``-`` reads from; the process's standard input by default.

    Raises:
        InputError: a path does not exist or the date cannot be read; before anything is read.
        ExtraMissing: a Parquet file comes up and pyarrow is not installed.
    """
    day = _check_date(published)
    for path in paths:
        if path != "-" and not Path(path).exists():
            raise InputError(f"There is no file or folder {path}. Check the path.")
    return _pages(list(paths), day, stdin)


def _pages(paths: Sequence[str], day: str | None, stdin: BinaryIO | None) -> Iterator[Page | Rejection]:
    for path in paths:
        if path == "-":
            found = _from_stdin(stdin or sys.stdin.buffer)
        elif Path(path).is_dir():
            found = _from_folder(path)
        else:
            found = _from_file(path)
        for page in found:
            yield replace(page, published=page.published or day) if isinstance(page, Page) else page


def _check_date(published: str | None) -> str | None:
    if published is None:
        return None
    if day := read_date(published):
        return day
    raise InputError(f"The date {published!r} cannot be read. Write it as YYYY-MM-DD.")


def _from_folder(folder: str) -> Iterator[Page | Rejection]:
    is_empty = True
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            is_empty = False
            yield from _from_file(str(Path(where) / name))
    if is_empty:
        yield Rejection(folder, "empty", "The folder holds no files but hidden ones. Give another.")


def _from_file(path: str) -> Iterator[Page | Rejection]:
    suffix = Path(path).suffix.casefold()
    try:
        if suffix == ".parquet":
            yield from read_parquet(path, path)
        elif suffix in _TABLES:
            with Path(path).open("rb") as file:
                yield from _from_table(file, path, suffix)
        elif suffix in _FEED:
            yield from _from_feed(path)
        elif suffix in _TEXT or suffix in _HTML:
            yield _from_page(path, suffix)
        else:
            yield Rejection(
                path,
                "unsupported",
                f"Files ending in {suffix} are not read. Convert it to .txt or .html, or leave it out.",
            )
    except InputError as error:
        yield Rejection(path, "bad_table", str(error))
    except OSError as error:
        yield Rejection(
            path, "unreadable", f"The file cannot be opened: {error.strerror}. Check its permissions."
        )


def _from_table(file: BinaryIO, ref: str, suffix: str) -> Iterator[Page | Rejection]:
    if suffix in _DELIMITERS:
        return read_csv(file, ref, _DELIMITERS[suffix])
    return read_jsonl(file, ref)


def _from_page(path: str, suffix: str) -> Page | Rejection:
    limit = read_number("max_page_bytes")
    if Path(path).stat().st_size > limit:
        return too_long(path, limit)
    return Page(path, Path(path).read_bytes(), kind="html" if suffix in _HTML else None)


def _from_feed(path: str) -> Iterator[Page | Rejection]:
    limit = read_number("max_page_bytes")
    if Path(path).stat().st_size > limit:
        yield too_long(path, limit)
        return
    body = Path(path).read_bytes()
    if not is_feed(body):
        yield Rejection(
            path, "unsupported", "The XML is not an RSS or Atom feed. Convert it to .txt or .html."
        )
        return
    yield from _feed_items(body, path)


def _feed_items(body: bytes, ref: str) -> Iterator[Page | Rejection]:
    try:
        yield from read_feed(body, ref)
    except Unreadable as error:
        yield Rejection(ref, error.reason, error.detail)


def _from_stdin(stdin: BinaryIO) -> Iterator[Page | Rejection]:
    """One text, one HTML page, a feed, or JSON Lines: told apart by how they begin."""
    limit = read_number("max_page_bytes")
    first = stdin.readline(limit + 1)
    if first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{") and (b'"text"' in first or b'"html"' in first):
        yield from read_jsonl(stdin, "-", first=first)
        return
    body = first + stdin.read(limit + 1 - len(first)) if len(first) <= limit else first
    if len(body) > limit:
        yield too_long("-", limit)
    elif is_feed(body):
        yield from _feed_items(body, "-")
    else:
        yield Page("-", body)
