"""
Rows of a table as pages: JSON Lines, JSON, CSV and its kin, Parquet.

Comes in: an open file. Goes out: one page a row, or a rejection for a row that holds none; row by row, so that a
table may be larger than memory (a JSON file, which has to be read as a whole, may not).

    >>> import io
    >>> next(read_jsonl(io.BytesIO(b'{"id": "n1", "text": "Talks began.", "outlet": "Post"}'), "news.jsonl", Columns())).outlet
    'Post'

Columns go by the names in knowledge/columns.tsv: ``id``, ``text`` or ``html``; if known ``title``, ``url``, ``outlet``,
``published``, ``authors``. A row without an id is known by its place, ``news.jsonl:17``: the line of a JSON Lines or CSV file
where the row ends, the number of a Parquet row or of a JSON record.
"""

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from counterclaim.errors import ExtraMissing, InputError
from counterclaim.gather.records import Columns, find_rows, read_records
from counterclaim.gather.records.columns import too_long
from counterclaim.settings import read_number
from counterclaim.types import Page, Rejection

__all__ = ["looks_like_json", "read_csv", "read_json", "read_jsonl", "read_parquet", "too_long"]

_SURROGATE = re.compile("[\ud800-\udfff]")
_BATCH = 256
_SEPARATORS = ",;\t|"
# A file of JSON is held in memory as a whole; this many times a page's limit.
_JSON_PAGES = 20
# How gdeltnews writes: bars, and quotation marks that are text.
_UNQUOTED = ("text", "date", "url", "source")


def read_jsonl(
    file: BinaryIO, ref: str, columns: Columns, *, first: bytes = b""
) -> Iterator[Page | Rejection]:
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
            yield from _from_json(line, where, ref, columns)
    columns.close(ref)


def read_json(file: BinaryIO, ref: str, columns: Columns) -> Iterator[Page | Rejection]:
    """A page for each record of a JSON file: an array, an object, or what a service or program wraps around them."""
    limit = _JSON_PAGES * read_number("max_page_bytes")
    body = file.read(limit + 1)
    if len(body) > limit:
        yield Rejection(
            ref,
            "too_long",
            f"The file is larger than {limit:,} bytes. Write one object a line, and call it .jsonl.",
        )
        return
    try:
        value = json.loads(body.removeprefix(codecs.BOM_UTF8))
    except (ValueError, RecursionError) as error:
        # Many a file of JSON Lines is called .json.
        if looks_like_json(body.split(b"\n", 1)[0]) is dict:
            yield from read_jsonl(io.BytesIO(body), ref, columns)
        else:
            yield Rejection(ref, "bad_json", f"The file is not JSON ({error}). Write it again.")
        return
    yield from read_records(value, ref, columns)
    columns.close(ref)


def looks_like_json(text: bytes) -> type | None:
    """What kind of value a text is in JSON, None where it is none."""
    try:
        return type(json.loads(text))
    except (ValueError, RecursionError):
        return None


def read_csv(file: BinaryIO, ref: str, separator: str | None, columns: Columns) -> Iterator[Page | Rejection]:
    """
    A page for each row below the header line; without a `separator` the one that parts that line best.

    Raises:
        InputError: the header names neither ``text`` nor ``html`` by any of their names.
    """
    limit = read_number("max_page_bytes")
    # The csv module's own limit is 128 KB, less than a long report; it is one for the whole process.
    csv.field_size_limit(limit)
    head = file.read(4)
    file.seek(0)
    # Spreadsheets save "Unicode text" in UTF-16. A table in an old encoding is read all the same: see _repair.
    is_wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    # Half a character at the end of UTF-16 is no byte that could be kept.
    encoding, errors = ("utf-16", "replace") if is_wide else ("utf-8-sig", "surrogateescape")
    lines = io.TextIOWrapper(file, encoding=encoding, errors=errors, newline="")
    try:
        header = lines.readline(limit)
        lines.seek(0)
        separator = separator or _sniff(header)
        names = tuple(name.strip().casefold() for name in header.split(separator))
        bare = separator == "|" and names == _UNQUOTED
        reader = csv.DictReader(
            lines, delimiter=separator, quoting=csv.QUOTE_NONE if bare else csv.QUOTE_MINIMAL
        )
        yield from _rows(reader, ref, columns)
    finally:
        lines.detach()  # the file belongs to the caller


def _sniff(header: str) -> str:
    """The separator of a header line: the one that most often stands outside quotation marks; a comma where none does."""
    bare = re.sub(r'"[^"]*"', "", header)
    return max(_SEPARATORS, key=lambda sign: (bare.count(sign), -_SEPARATORS.index(sign)))


def _rows(rows: "csv.DictReader[str]", ref: str, columns: Columns) -> Iterator[Page | Rejection]:
    try:
        names = [str(column) for column in rows.fieldnames or []]
    except csv.Error as error:
        raise InputError(
            f"{ref} is not a table: {error}. Give it a header line with a column text or html."
        ) from error
    columns.check(names, ref)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            where = f"{ref}:{rows.line_num}"
            yield Rejection(where, "bad_row", f"The row cannot be read: {error}. Repair or remove it.")
            continue
        # Cells beyond the header's come under no name, those missing as None.
        cells = {name: _repair(value) for name, value in row.items() if isinstance(value, str)}
        yield columns.to_page(cells, f"{ref}:{rows.line_num}", ref)
    columns.close(ref)


def _repair(cell: str) -> str:
    """A cell with bytes that are not UTF-8 is Windows-1252, as spreadsheets save it."""
    if not _SURROGATE.search(cell):
        return cell
    return cell.encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def read_parquet(path: str, ref: str, columns: Columns) -> Iterator[Page | Rejection]:
    """
    A page for each row.

    Raises:
        ExtraMissing: pyarrow is not installed.
        InputError: the file is no Parquet file, or has no column that holds text or html.
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
    columns.check(names, ref)
    number = 0
    try:
        for batch in table.iter_batches(batch_size=_BATCH, columns=columns.wanted(names)):
            for row in batch.to_pylist():
                number += 1
                yield columns.to_page(row, f"{ref}:{number}", ref)
    except (ArrowException, OSError, ValueError) as error:
        yield Rejection(
            f"{ref}:{number + 1}", "bad_row", f"The file is damaged from here on: {error}. Write it again."
        )
    columns.close(ref)


def _from_json(line: bytes, where: str, ref: str, columns: Columns) -> Iterator[Page | Rejection]:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        yield Rejection(where, "bad_row", "The line is not UTF-8. Write the file again as UTF-8.")
        return
    except (ValueError, RecursionError) as error:
        yield Rejection(where, "bad_row", f"The line is not JSON ({error}). Repair or remove it.")
        return
    if not isinstance(row, dict):
        yield Rejection(where, "bad_row", "The line is not a JSON object. Write one object a line.")
        return
    for number, found in enumerate(find_rows(row, where), start=1):
        place = where if number == 1 else f"{where}:{number}"
        yield found if isinstance(found, Rejection) else columns.to_page(found, place, ref)


def _skip_line(file: BinaryIO, limit: int) -> None:
    while (rest := file.readline(limit)) and not rest.endswith(b"\n"):
        pass
