"""
Rows of a table as pages: JSON Lines, CSV, TSV, Parquet.

Comes in: an open file. Goes out: one page a row, or a rejection for a row that holds none; row by row, so that a
table may be larger than memory.

    >>> import io
    >>> next(read_jsonl(io.BytesIO(b'{"id": "n1", "text": "Talks began.", "outlet": "Post"}'), "news.jsonl")).outlet
    'Post'

Columns: ``id``, ``text`` or ``html``; if known ``title``, ``url``, ``outlet``, ``published``. Others are passed over. A row
without an id is known by its place, ``news.jsonl:17``: the line of a JSON Lines or CSV file where the row ends, the
number of a Parquet row.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from counterclaim.errors import ExtraMissing, InputError
from counterclaim.settings import read_number
from counterclaim.types import Page, Rejection

# A line for display: a title tells no terminal what to do.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BATCH = 256


def read_jsonl(file: BinaryIO, ref: str, *, first: bytes = b"") -> Iterator[Page | Rejection]:
    """A page for each line that holds a JSON object, `first` (already read) included; blank lines only count."""
    limit = read_number("max_page_bytes")
    number = 0
    while line := first or file.readline(limit + 1):
        first = b""
        number += 1
        where = f"{ref}:{number}"
        if len(line) > limit and not line.endswith(b"\n"):
            _skip_line(file, limit)
            yield too_long(where, limit)
        elif line.strip():
            yield _from_json(line, where)


def read_csv(file: BinaryIO, ref: str, delimiter: str) -> Iterator[Page | Rejection]:
    """
    A page for each row below the header line.

    Raises:
        InputError: the header names neither ``text`` nor ``html``.
    """
    limit = read_number("max_page_bytes")
    # The csv module's own limit is 128 KB, less than a long report; it is one for the whole process.
    csv.field_size_limit(limit)
    # A table saved in an old encoding is read all the same: see _repair.
    lines = io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        yield from _rows(csv.DictReader(lines, delimiter=delimiter), ref)
    finally:
        lines.detach()  # the file belongs to the caller


def _rows(rows: "csv.DictReader[str]", ref: str) -> Iterator[Page | Rejection]:
    try:
        columns = [str(column) for column in rows.fieldnames or []]
    except csv.Error as error:
        raise InputError(
            f"{ref} is not a table: {error}. Give it a header line with a column text or html."
        ) from error
    _check_columns(columns, ref)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            where = f"{ref}:{rows.line_num}"
            yield Rejection(where, "bad_row", f"The row cannot be read: {error}. Repair or remove it.")
            continue
        # Cells beyond the header's come under no name, those missing as None.
        cells = {name: _repair(value) for name, value in row.items() if isinstance(value, str)}
        yield _from_row(cells, f"{ref}:{rows.line_num}")


def _repair(cell: str) -> str:
    """A cell with bytes that are not UTF-8 is Windows-1252, as spreadsheets save it."""
    if not _SURROGATE.search(cell):
        return cell
    return cell.encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def read_parquet(path: str, ref: str) -> Iterator[Page | Rejection]:
    """
    A page for each row.

    Raises:
        ExtraMissing: pyarrow is not installed.
        InputError: the file is no Parquet file, or has neither a column ``text`` nor ``html``.
    """
    try:
        from pyarrow import ArrowException, parquet  # noqa: PLC0415  an extra, and half a second to import
    except ImportError as error:
        raise ExtraMissing("pyarrow", "parquet") from error
    try:
        table = parquet.ParquetFile(path)
    except (ArrowException, OSError) as error:
        raise InputError(
            f"{ref} is not a readable Parquet file: {error}. Write it again, or leave it out."
        ) from error
    names = [str(name) for name in table.schema_arrow.names]
    _check_columns(names, ref)
    wanted = [name for name in names if name.strip().casefold() in _COLUMNS]
    number = 0
    try:
        for batch in table.iter_batches(batch_size=_BATCH, columns=wanted):
            for row in batch.to_pylist():
                number += 1
                yield _from_row(row, f"{ref}:{number}")
    except (ArrowException, OSError) as error:
        yield Rejection(
            f"{ref}:{number + 1}", "bad_row", f"The file is damaged from here on: {error}. Write it again."
        )


def too_long(ref: str, limit: int) -> Rejection:
    """What stands for a page beyond the limit."""
    return Rejection(
        ref,
        "too_long",
        f"The page is larger than {limit:,} bytes. Split it, or raise COUNTERCLAIM_MAX_PAGE_BYTES.",
    )


_COLUMNS = frozenset(("id", "text", "html", "title", "url", "outlet", "published"))


def _from_json(line: bytes, where: str) -> Page | Rejection:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Rejection(where, "bad_row", "The line is not UTF-8. Write the file again as UTF-8.")
    except (ValueError, RecursionError) as error:
        return Rejection(where, "bad_row", f"The line is not JSON ({error}). Repair or remove it.")
    if not isinstance(row, dict):
        return Rejection(where, "bad_row", "The line is not a JSON object. Write one object a line.")
    return _from_row(row, where)


def _from_row(row: Mapping[str, object], where: str) -> Page | Rejection:
    cells = {str(key).strip().casefold(): value for key, value in row.items()}
    identifier = cells.get("id")
    ref = _cell(identifier) if isinstance(identifier, str | int | float) else None
    ref = (ref or "").strip() or where
    text, html = _cell(cells.get("text")), _cell(cells.get("html"))
    content = text if text and text.strip() else html
    if not content or not content.strip():
        return Rejection(
            ref, "empty", "The row has neither text nor html. Fill one of them, or remove the row."
        )
    body = content.encode()
    if len(body) > (limit := read_number("max_page_bytes")):
        return too_long(ref, limit)
    return Page(
        ref=ref,
        body=body,
        kind="text" if content is text else "html",
        title=_line(cells.get("title")),
        url=_line(cells.get("url")),
        outlet=_line(cells.get("outlet")),
        published=_line(cells.get("published")),
    )


def _cell(value: object) -> str | None:
    if value is None or isinstance(value, bool | dict | list | bytes):
        return None
    # Halves of a character that JSON lets stand alone cannot be written out again; one sign for one sign.
    return _SURROGATE.sub("\ufffd", str(value))


def _line(value: object) -> str | None:
    return " ".join(_CONTROL.sub("", _cell(value) or "").split()) or None


def _check_columns(columns: list[str], ref: str) -> None:
    if not {column.strip().casefold() for column in columns} & {"text", "html"}:
        raise InputError(
            f"{ref} has no column text or html (columns: {', '.join(columns) or 'none'}). Rename the one that holds the articles."
        )


def _skip_line(file: BinaryIO, limit: int) -> None:
    while (rest := file.readline(limit)) and not rest.endswith(b"\n"):
        pass
