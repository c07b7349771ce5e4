"""
Pages from where the user has them: files, folders, tables, feeds, downloads of databases, standard input.

Comes in: paths. Goes out: pages and rejections, one after the other, in an order that does not depend on the
machine; nothing is read before it is asked for.

    >>> import io
    >>> [page.ref for page in find_pages(["-"], stdin=io.BytesIO(b"Talks began in Muscat."))]
    ['-']

What a file is tells its name's ending, then its first bytes; one that is none of the kinds known here is rejected, not guessed at.
A text or document that is a download of many articles is split (`databases`).
"""

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath
from typing import BinaryIO

from counterclaim.errors import CounterclaimError, ExtraMissing, InputError, Unreadable, describe_unforeseen
from counterclaim.gather.archives import is_archive, read_archive
from counterclaim.gather.databases import split_download, split_html, split_xml
from counterclaim.gather.dating import Dating, Given
from counterclaim.gather.encoding import decode
from counterclaim.gather.feeds import is_feed, read_feed
from counterclaim.gather.newsroom.docx import docx_lines, is_docx
from counterclaim.gather.newsroom.mail import read_eml, read_mbox
from counterclaim.gather.newsroom.newsml import is_newsml, read_newsml
from counterclaim.gather.newsroom.nitf import is_nitf, read_nitf
from counterclaim.gather.newsroom.pdf import is_pdf, pdf_lines
from counterclaim.gather.newsroom.rtf import is_rtf, rtf_lines
from counterclaim.gather.published import read_date
from counterclaim.gather.records import Columns
from counterclaim.gather.records.columns import Say, say_nothing, too_long
from counterclaim.gather.responses import to_utf8
from counterclaim.gather.tables import looks_like_json, read_csv, read_json, read_jsonl, read_parquet
from counterclaim.settings import read_number
from counterclaim.types import Page, Rejection

Found = Iterator[Page | Rejection]
Start = Callable[[str], int]

_TEXT = frozenset((".txt", ".text", ".md", ""))
_HTML = frozenset((".html", ".htm", ".xhtml"))
_XML = frozenset((".xml", ".rss", ".atom", ".rdf", ".nitf", ".newsml"))
_DOCUMENTS = frozenset((".pdf", ".docx", ".rtf", ".doc"))
# A table in .csv may be parted by semicolons or bars: the header line tells.
_SEPARATORS: dict[str, str | None] = {".csv": None, ".tsv": "\t", ".psv": "|"}
_LINES = frozenset((*_SEPARATORS, ".jsonl", ".ndjson"))
_BLOCK = 1 << 20
_INSTEAD = {
    ".xlsx": "Save the sheet as .csv", ".xls": "Save the sheet as .csv", ".ods": "Save the sheet as .csv",
    ".doc": "Save it as .docx", ".odt": "Save it as .docx", ".epub": "Convert it to .html", ".zip": "Unpack it",
    ".gz": "Unpack it", ".7z": "Unpack it",
}  # fmt: skip
_OPENS_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")
_OPENS_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?!!doctype html|html)", re.IGNORECASE)
_OPENS_HTML = re.compile(r"\ufeff?\s*<(?:!doctype html|html|head|body)\b", re.IGNORECASE)


def find_pages(
    paths: Sequence[str],
    *,
    published: str | None = None,
    published_from: str | None = None,
    columns: Mapping[str, str] | None = None,
    say: Say = say_nothing,
    stdin: BinaryIO | None = None,
    find_start: Start = lambda _: 0,
) -> Iterator[Page | Rejection]:
    """
    The pages of each path in turn; a folder's in the order of their names, hidden files passed over.

    Args:
        paths: Files of the kinds that docs/inputs.md lists, folders of these, or ``-``.
        published: Publication date of pages that tell none of their own with the row they come in.
        published_from: Where files' dates come from: ``name``, ``mtime``, or a CSV table with columns file and published.
        columns: Which column of a table holds a field: ``{"published": "date"}``. Others are found by their usual names.
        say: Called with lines for people: which column was taken for what, what a file lacks.
        stdin: Where ``-`` reads from; the process's standard input by default.
        find_start: Asked for the offset of the record at which reading an archive begins, when its turn comes.

    Raises:
        InputError: a path or table of dates does not exist, a date or field cannot be read; before anything is read.
        ExtraMissing: a Parquet file comes up and pyarrow is not installed.
    """
    day = _check_date(published)
    for path in paths:
        if path != "-" and not Path(path).exists():
            raise InputError(f"There is no file or folder {path}. Check the path.")
    is_dated = published is not None or published_from is not None
    finder = _Finder(Columns(columns, say, is_dated=is_dated), Dating(published_from, say), stdin, find_start)
    return _pages(finder, list(paths), day)


def count_pages(paths: Sequence[str]) -> int:
    """
    About how many pages the paths hold: a file is one, a table as many as it has lines. No file is opened as what it is.

        >>> count_pages(["/nowhere/a.txt", "b.csv"])
        2
    """
    return sum(_count(file) for path in paths for file in walk(path))


def walk(path: str) -> Iterator[str]:
    """The path, or the files of a folder in the order of their names, hidden ones passed over."""
    if not Path(path).is_dir():
        yield path
        return
    for where, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (str(Path(where) / name) for name in sorted(files) if not name.startswith("."))


def _count(path: str) -> int:
    if PurePath(path).suffix.casefold() not in _LINES:
        return 1
    try:
        with Path(path).open("rb") as file:
            return max(1, sum(block.count(b"\n") for block in iter(partial(file.read, _BLOCK), b"")))
    except OSError:
        return 1


def read_answer(body: bytes, ref: str, url: str, content_type: str) -> Found:
    """
    What an address of the web gave, as pages: one, or of a document that holds several reports more.

    Args:
        ref: The address asked for; `url` is where the answer came from in the end.
        content_type: The header; the bytes go before it.

    Raises:
        Unreadable: it is nothing that is read.
    """
    kind = content_type.partition(";")[0].strip().casefold()
    if is_pdf(body) or is_docx(body) or is_rtf(body):
        lines = pdf_lines(body) if is_pdf(body) else docx_lines(body) if is_docx(body) else rtf_lines(body)
        if not lines.strip():
            raise Unreadable("empty", "There is no text in the document.")
        yield Page(ref, lines.encode("utf-8", "replace"), kind="text", url=url)
    elif "html" in kind or _OPENS_HTML.match(body[:4096].decode("latin-1")) or not kind:
        yield Page(ref, to_utf8(body, content_type), kind="html", url=url)
    elif kind == "text/plain":
        yield Page(ref, to_utf8(body, content_type), kind="text", url=url)
    else:
        raise Unreadable("unsupported", f"It is {kind[:60]}, which is not read. Leave it out.")


def _pages(finder: "_Finder", paths: Sequence[str], day: str | None) -> Found:
    short: list[str] = []
    for path in paths:
        for page in finder.find(path):
            if isinstance(page, Page) and page.words and len(page.body.split()) * 2 < page.words:
                short.append(page.ref)
            # A date that nobody can read is none.
            known = isinstance(page, Page) and page.published and read_date(page.published)
            yield page if known or isinstance(page, Rejection) else replace(page, published=day)
    finder.dating.close()
    if short:
        finder.columns.say(
            f"{len(short):,} with less than half of the words that their database counts, such as {short[0]}: "
            "the download may hold extracts. Download full documents."
        )


def _check_date(published: str | None) -> str | None:
    if published is None:
        return None
    if day := read_date(published):
        return day
    raise InputError(f"The date {published!r} cannot be read. Write it as YYYY-MM-DD.")


class _Finder:
    """One pass over paths, with what the user said of them."""

    def __init__(self, columns: Columns, dating: Dating, stdin: BinaryIO | None, find_start: Start) -> None:
        self.columns = columns
        self.dating = dating
        self.stdin = stdin
        self.find_start = find_start

    def find(self, path: str) -> Found:
        if path == "-":
            yield from self._from_stdin(self.stdin or sys.stdin.buffer)
        elif Path(path).is_dir():
            yield from self._from_folder(path)
        else:
            yield from self._from_file(path)

    def _from_folder(self, folder: str) -> Found:
        is_empty = True
        for path in walk(folder):
            is_empty = False
            yield from self._from_file(path)
        if is_empty:
            yield Rejection(folder, "empty", "The folder holds no files but hidden ones. Give another.")

    def _from_file(self, path: str) -> Found:
        is_empty = True
        try:
            given = self.dating.of(path)
            for page in self._open(path, PurePath(path).suffix.casefold()):
                is_empty = False
                yield _dated(page, given)
            if is_empty:
                yield Rejection(
                    path, "empty", "No article is in the file. Check that it was saved completely."
                )
        except InputError as error:
            yield Rejection(path, getattr(error, "reason", "bad_table"), str(error))
        except CounterclaimError:
            raise  # not the file's fault: an extra that is missing, a setting that cannot be used
        except MemoryError:
            yield Rejection(
                path, "too_large", "Opening it took more memory than there is. Split it, or leave it out."
            )
        except OSError as error:
            yield Rejection(
                path, "unreadable", f"The file cannot be opened: {error.strerror}. Check its permissions."
            )
        except Exception as error:  # noqa: BLE001  one bad file must not end the run
            yield Rejection(path, "error", describe_unforeseen(error))

    def _open(self, path: str, suffix: str) -> Found:
        read: Callable[[BinaryIO], Found] | None = None
        if suffix in {".jsonl", ".ndjson"}:
            read = partial(read_jsonl, ref=path, columns=self.columns)
        elif suffix == ".json":
            read = partial(read_json, ref=path, columns=self.columns)
        elif suffix in _SEPARATORS:
            read = partial(read_csv, ref=path, separator=_SEPARATORS[suffix], columns=self.columns)
        if read is not None:
            with Path(path).open("rb") as file:
                yield from read(file)
        elif is_archive(path):
            yield from read_archive(path, self.columns.say, self.find_start(path))
        elif suffix == ".parquet":
            yield from read_parquet(path, path, self.columns)
        elif suffix == ".mbox":
            yield from read_mbox(path, self._attached)
        elif suffix in _TEXT | _HTML | _XML | _DOCUMENTS | {".eml"}:
            limit = read_number("max_page_bytes")
            if Path(path).stat().st_size > limit:
                yield too_long(path, limit)
            else:
                yield from self._from_bytes(Path(path).read_bytes(), path, suffix)
        else:
            instead = _INSTEAD.get(suffix, "Convert it to .txt or .html")
            yield Rejection(
                path, "unsupported", f"Files ending in {suffix} are not read. {instead}, or leave it out."
            )

    def _from_stdin(self, stdin: BinaryIO) -> Found:
        """A text, a page, a document, a feed, JSON or JSON Lines: told apart by how they begin."""
        limit = read_number("max_page_bytes")
        first = stdin.readline(limit + 1)
        if _OPENS_JSON.match(first) and looks_like_json(first.removeprefix(b"\xef\xbb\xbf")) is dict:
            yield from read_jsonl(stdin, "-", self.columns, first=first)
            return
        body = first + stdin.read(limit + 1 - len(first)) if len(first) <= limit else first
        if len(body) > limit:
            yield too_long("-", limit)
        else:
            yield from self._from_bytes(body, "-", "")

    def _attached(self, body: bytes, ref: str) -> Found:
        yield from self._from_bytes(body, ref, PurePath(ref).suffix.casefold())

    def _from_bytes(self, body: bytes, ref: str, suffix: str) -> Found:
        try:
            yield from self._read(body, ref, suffix)
        except Unreadable as error:
            yield Rejection(ref, error.reason, error.detail)
        except ExtraMissing as error:
            # The other files of a folder need no extra.
            yield Rejection(ref, "extra_missing", str(error))

    def _read(self, body: bytes, ref: str, suffix: str) -> Found:
        if suffix == ".eml":
            yield from read_eml(body, ref, self._attached)
        elif is_pdf(body):
            yield from _from_lines(pdf_lines(body), ref)
        elif is_docx(body):
            yield from _from_lines(docx_lines(body), ref)
        elif is_rtf(body):
            yield from _from_lines(rtf_lines(body), ref)
        elif suffix in _DOCUMENTS:
            yield from _from_other_document(body, ref, suffix)
        elif suffix in _XML:
            yield from _from_xml(body, ref) or [
                Rejection(
                    ref,
                    "unsupported",
                    "The XML is not an RSS or Atom feed, NITF, NewsML-G2 or Factiva's. Convert it to .txt or .html.",
                )
            ]
        elif suffix in _HTML:
            yield from _from_html(body, ref)
        elif not suffix and _OPENS_JSON.match(body) and looks_like_json(body.removeprefix(b"\xef\xbb\xbf")):
            import io  # noqa: PLC0415

            yield from read_json(io.BytesIO(body), ref, self.columns)
        elif not suffix and _OPENS_XML.match(body) and (found := _from_xml(body, ref)):
            yield from found
        else:
            yield from _from_text(body, ref)


def _dated(page: Page | Rejection, given: Given) -> Page | Rejection:
    if isinstance(page, Rejection) or given == Given():
        return page
    known = page.published and read_date(page.published)
    return replace(page, published=page.published if known else given.published, modified=given.modified)


def _from_xml(body: bytes, ref: str) -> Found | None:
    if is_feed(body):
        return read_feed(body, ref)
    if is_nitf(body) and not is_newsml(body):
        return iter([read_nitf(body, ref)])
    if is_newsml(body):
        return read_newsml(body, ref)
    return split_xml(body, ref)


def _from_html(body: bytes, ref: str) -> Found:
    try:
        html = decode(body)
    except Unreadable:
        html = ""  # the page itself says so when it becomes an article
    yield from split_html(html, ref) or [Page(ref, body, kind="html")]


def _from_text(body: bytes, ref: str) -> Found:
    try:
        text = decode(body)
    except Unreadable:
        text = ""
    split = split_html if _OPENS_HTML.match(text) else split_download
    yield from split(text, ref) or [Page(ref, body)]


def _from_lines(lines: str, ref: str) -> Found:
    """What a document holds: a download of articles, or one report."""
    if not lines.strip():
        raise Unreadable("empty", "There is no text in the document. Check that it was saved completely.")
    yield from split_download(lines, ref) or [Page(ref, lines.encode("utf-8", "replace"), kind="text")]


def _from_other_document(body: bytes, ref: str, suffix: str) -> Found:
    # Databases called the rich text, or the HTML, that they let people save a Word document.
    if suffix == ".doc" and not body.startswith(b"\xd0\xcf\x11\xe0"):
        yield from _from_text(body, ref)
    elif suffix == ".doc":
        yield Rejection(
            ref, "unsupported", "Old Word documents (.doc) are not read. Save it as .docx, or leave it out."
        )
    else:
        yield Rejection(
            ref, "bad_document", f"It is no {suffix[1:].upper()} inside. Save it again, or leave it out."
        )
