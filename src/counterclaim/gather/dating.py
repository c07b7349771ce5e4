"""
Dates for files that tell none of their own: from their names, the time they were changed, or a table that lists them.

    >>> Dating("name").of("reports/2022-09-14_valley_post.txt")
    Given(published='2022-09-14', modified=None)
    >>> Dating("name").of("reports/20220914.txt").published, Dating("name").of("reports/untitled.txt").published
    ('2022-09-14', None)

A date in a name or a table is the user's word and goes before what a page says of itself. When a file was changed says when it was
saved: it counts only where nothing else dates an article.
"""

import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import NamedTuple

from counterclaim.errors import InputError
from counterclaim.gather.published import read_date
from counterclaim.gather.records.columns import Say, say_nothing

_FILES = ("file", "filename", "file_name", "path", "name", "ref", "document", "id")
_DATES = ("published", "date", "published_at", "publish_date", "date_publish", "publication_date")


class Given(NamedTuple):
    """What dates a file: a day that the user gives, or one to fall back on; ISO."""

    published: str | None = None
    modified: str | None = None


class Dating:
    """
    Where files' dates come from.

    Args:
        source: ``name``, ``mtime``, the path of a CSV table of files and dates, or None.
        say: Called with a line for people.

    Raises:
        InputError: the table is not there, has not the columns, or a date in it cannot be read.
    """

    def __init__(self, source: str | None, say: Say = say_nothing) -> None:
        self._source = source
        self._say = say
        self._table = _read_table(source) if source and source not in {"name", "mtime"} else {}
        self._met: set[str] = set()
        self._undated: list[str] = []

    def of(self, path: str) -> Given:
        """What dates the file at a path."""
        given = Given()
        if self._source == "mtime":
            changed = datetime.fromtimestamp(Path(path).stat().st_mtime, UTC)
            return Given(modified=changed.date().isoformat())
        if self._source == "name":
            # An underscore is a letter to patterns of words: "14_Sep_2022".
            given = Given(published=read_date(re.sub(r"_", " ", PurePath(path).stem)))
        elif self._source:
            key = next((key for key in _keys(path) if key in self._table), None)
            self._met |= {key} if key else set()
            given = Given(published=self._table[key] if key else None)
        if self._source and given.published is None:
            self._undated.append(path)
        return given

    def close(self) -> None:
        """Says which files got no date, and which lines of a table met no file."""
        if self._undated:
            where = "have no date in their names" if self._source == "name" else f"are not in {self._source}"
            if len(self._undated) == 1:
                where = (
                    where.replace("have", "has", 1)
                    .replace("are ", "is ", 1)
                    .replace("their names", "its name")
                )
            many = f"{len(self._undated):,} files" if len(self._undated) > 1 else "1 file"
            self._say(f"{many} {where}, such as {self._undated[0]}.")
        if missed := [key for key in self._table if key not in self._met]:
            self._say(f"{self._source} dates {len(missed):,} that were not read, such as {missed[0]}.")


def _keys(path: str) -> Iterator[str]:
    """The names a table may know a file by: the whole path, ever less of it, the name without its ending."""
    parts = PurePath(path).parts
    for start in range(len(parts)):
        yield "/".join(parts[start:]).removeprefix("//")
    yield PurePath(path).stem


def _read_table(path: str) -> dict[str, str]:
    if not Path(path).is_file():
        raise InputError(
            f"--published-from takes name, mtime or a table; there is no file {path}. Check the path."
        )
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        text = Path(path).read_text(encoding="cp1252", errors="replace")
    header = text.split("\n", 1)[0]
    separator = max(",;\t|", key=lambda sign: (header.count(sign), -",;\t|".index(sign)))
    rows = csv.DictReader(text.splitlines(), delimiter=separator)
    names = {str(name).strip().casefold(): name for name in rows.fieldnames or []}
    file = next((names[name] for name in _FILES if name in names), None)
    day = next((names[name] for name in _DATES if name in names), None)
    if file is None or day is None:
        raise InputError(
            f"{path} has the columns {', '.join(names) or '(none)'}. It needs a header line with file and published."
        )
    table: dict[str, str] = {}
    for row in rows:
        printed, name = (row[day] or "").strip(), (row[file] or "").strip()
        if not name or not printed:
            continue
        known = read_date(printed)
        if known is None:
            raise InputError(
                f"{path} line {rows.line_num}: the date {printed!r} cannot be read. Write it as YYYY-MM-DD."
            )
        name = PurePath(name.replace("\\", "/")).as_posix()
        if table.setdefault(name, known) != known:
            raise InputError(
                f"{path} line {rows.line_num}: {name} has another date above. Write its folder, too."
            )
    return table
