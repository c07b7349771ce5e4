"""
Which column holds what: rows of tables and records of JSON, by whatever names their writers use, as pages.

Comes in: a row, as a mapping. Goes out: its page, or a rejection where it holds no text; and, once, a line on what was taken for what.

    >>> columns = Columns(say=print)
    >>> page = columns.to_page({"maintext": "Talks began.", "date_publish": "2021-05-03 10:00", "image": "x.jpg"}, "a.json:1", "a.json")
    a.json: text from maintext, published from date_publish; passed over: image.
    >>> page.published
    '2021-05-03 10:00'

The names stand in knowledge/columns.tsv; what a user says goes before them. Teasers (`description`, `summary`) are no texts: a row
that holds nothing else is rejected, and ``--column text=description`` reads it.
"""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache

from counterclaim.errors import InputError
from counterclaim.gather.credits import find_authors
from counterclaim.gather.published import read_date
from counterclaim.knowledge import load_table
from counterclaim.settings import read_number
from counterclaim.types import Page, Rejection

FIELDS = ("id", "text", "html", "title", "url", "outlet", "published", "authors")
Say = Callable[[str], None]

# A line for display: a title tells no terminal what to do.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TAG = re.compile(
    r"</(?:p|div|a|strong|em|b|i|span|ul|li|h[1-6]|blockquote|td)>|<(?:br|p|img|div)\b[^<>]*>", re.IGNORECASE
)
_ENTITY = re.compile(
    r"&(?:#\d{2,6}|#x[0-9a-f]{2,6}|amp|quot|apos|nbsp|[lr][sd]quo|[mn]dash|hellip|lt|gt);", re.IGNORECASE
)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+$", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$", re.IGNORECASE)
_CUT = re.compile(r"(?<![…\s])[…\s]*+\[\+\d+ chars\]\s*$")
# What programs write where they have nothing: trafilatura, R, pandas, Python.
_EMPTY = frozenset(("", "null", "NULL", "NA", "nan", "NaN", "None", "N/A"))
_SHOWN = 12
_DEEPEST = 3


def say_nothing(_: str) -> None:
    """Where nobody asked to be told."""


class Columns:
    """
    What the rows of one run are read by.

    Args:
        asked: Field to column, as the user says: ``{"published": "date"}``.
        say: Called with a line for people, once for each thing to say.
        is_dated: Dates come from elsewhere, too: that there is no column for them need not be said.

    Raises:
        InputError: a field is none of `FIELDS`.
    """

    def __init__(
        self, asked: Mapping[str, str] | None = None, say: Say = say_nothing, *, is_dated: bool = False
    ) -> None:
        self._asked = {field: column.strip().casefold() for field, column in (asked or {}).items()}
        for field in self._asked:
            if field not in FIELDS:
                raise InputError(
                    f"There is no field {field!r} to take from a column. Fields: {', '.join(FIELDS)}."
                )
        self._say = say
        self._is_dated = is_dated
        self._said: set[str] = set()
        self._told: set[tuple[str, str]] = set()
        self._seen: set[str] = set()
        self._undated: Counter[str] = Counter()
        self._unread: dict[str, str] = {}
        self._broken: Counter[str] = Counter()
        self._cut: Counter[str] = Counter()
        self._unread_columns: list[str] = []

    def say(self, message: str) -> None:
        """The message, if it was not said before."""
        if message not in self._said:
            self._said.add(message)
            self._say(message)

    def check(self, names: Sequence[str], ref: str) -> None:
        """
        Refuse a table whose header line names no text, or not the columns asked for.

        Raises:
            InputError: with the columns there are.
        """
        columns = [name.strip().casefold() for name in names]
        shown = ", ".join(names) or "none"
        for field, column in self._asked.items():
            if column not in columns:
                raise InputError(f"{ref} has no column {column!r} to take {field} from (columns: {shown}).")
        found = _candidates(tuple(columns), tuple(sorted(self._asked.items())))
        if not found.get("text") and not found.get("html"):
            raise InputError(f"{ref} has no column text or html (columns: {shown}). {_advice(names)}")

    def wanted(self, names: Sequence[str]) -> list[str]:
        """Those of a table's columns that may hold a field; the others need not be read."""
        lower = {name.strip().casefold(): name for name in names}
        # A column of records is asked for by names with dots in it.
        known = {column.partition(".")[0] for columns in _names().values() for column in columns} | set(
            self._asked.values()
        )
        self._unread_columns = [name for column, name in lower.items() if column not in known]
        return [name for column, name in lower.items() if column in known]

    def to_page(self, row: Mapping[str, object], where: str, ref: str) -> Page | Rejection:
        """The row's page; `where` is its place, `ref` the file it is of."""
        cells = {name: value for name, value in _flatten(row) if value is not None}
        self._seen |= cells.keys()
        candidates = _candidates(tuple(cells), tuple(sorted(self._asked.items())))
        taken: dict[str, str] = {}

        def first(field: str) -> object:
            for name in candidates.get(field, ()):
                if _is_full(cells[name]):
                    taken[field] = name
                    return cells[name]
            return None

        identifier = first("id")
        place = _line(identifier) if isinstance(identifier, str | int | float) else None
        place = place or where
        content = _text(first("text"))
        is_html = not content.strip()
        if is_html:
            content = _text(first("html"))
        title, url = _line(first("title"), unescape=True), _line(first("url"))
        outlet, address = _outlet([(name, cells[name]) for name in candidates.get("outlet", ())], taken)
        published = self._date(first("published"), ref)
        authors = _authors(first("authors"))
        self._warn_of_gaps(cells, first("fragments_used"), first("fragments_total"), ref)
        if not content.strip():
            return Rejection(place, "empty", _no_text(row, cells))
        content = self._without_cut(content, ref)
        self._tell(row, taken, ref)
        body = content.encode("utf-8", "replace")
        if len(body) > (limit := read_number("max_page_bytes")):
            return too_long(place, limit)
        if not is_html and not (is_html := _TAG.search(content) is not None) and _ENTITY.search(content):
            body = _unescape(content).encode()
        return Page(
            ref=place,
            body=body,
            kind="html" if is_html else "text",
            title=title,
            url=url or address,
            outlet=outlet,
            published=published,
            authors=authors,
        )

    def close(self, ref: str) -> None:
        """What can be said only when a file's last row is read."""
        if count := self._undated.pop(ref, 0):
            self.say(
                f"{ref}: {count:,} {_rows(count)} a date that cannot be read, such as {self._unread[ref]!r}. "
                "Write dates as YYYY-MM-DD."
            )
        if count := self._broken.pop(ref, 0):
            self.say(
                f"{ref}: {count:,} {_rows(count)} text put together from fragments of which some found no place "
                "(fragments_used is less than fragments_total): passages may be missing or told twice."
            )
        if count := self._cut.pop(ref, 0):
            self.say(f"{ref}: {count:,} {_rows(count)} text that NewsAPI cut after some 200 characters.")
        if missing := [column for column in self._asked.values() if column not in self._seen]:
            self.say(f"{ref}: no record has {', '.join(missing)}.")

    def _tell(self, row: Mapping[str, object], taken: Mapping[str, str], ref: str) -> None:
        new = {(field, name) for field, name in taken.items()} - self._told
        if not new:
            return
        first = not self._told
        self._told |= new
        passed = list(self._passed_over(row, taken)) if first else []
        if not passed and all(field == name for field, name in new):
            return
        said = ", ".join(
            f"{field} from {name}"
            for field, name in taken.items()
            if field in FIELDS and (field, name) in new
        )
        if first and "published" not in taken and not self._is_dated:
            said += "; no date (name its column: --column published=NAME)"
        if passed:
            rest = f" and {len(passed) - _SHOWN} more" if len(passed) > _SHOWN else ""
            said += f"; passed over: {', '.join(passed[:_SHOWN])}{rest}"
        self.say(f"{ref}: {said}.")

    def _passed_over(self, row: Mapping[str, object], taken: Mapping[str, str]) -> Iterator[str]:
        """Columns of which nothing is taken; one that is merely empty here may hold something in the next row."""
        used = {name.partition(".")[0] for name in taken.values()}
        for key, value in row.items():
            name = str(key).strip().casefold()
            if name not in used and (_is_full(value) or not self._is_known(name)):
                yield str(key)
        yield from self._unread_columns

    def _is_known(self, name: str) -> bool:
        return name in self._asked.values() or any(name in columns for columns in _names().values())

    def _date(self, value: object, ref: str) -> str | None:
        printed = _date(value)
        if printed is not None and read_date(printed) is None:
            self._undated[ref] += 1
            self._unread.setdefault(ref, printed)
        return printed

    def _warn_of_gaps(self, cells: Mapping[str, object], used: object, total: object, ref: str) -> None:
        if cells and (n := _number(used)) is not None and (m := _number(total)) is not None and n < m:
            self._broken[ref] += 1

    def _without_cut(self, text: str, ref: str) -> str:
        if cut := _CUT.search(text):
            self._cut[ref] += 1
            return text[: cut.start()]
        return text


def too_long(ref: str, limit: int) -> Rejection:
    """What stands for a page beyond the limit."""
    return Rejection(
        ref,
        "too_long",
        f"The page is larger than {limit:,} bytes. Split it, or raise COUNTERCLAIM_MAX_PAGE_BYTES.",
    )


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """For each field the columns that may hold it, best first."""
    names: dict[str, tuple[str, ...]] = {}
    for row in load_table("columns"):
        names[row["field"]] = (*names.get(row["field"], ()), row["column"])
    return names


@cache
def _candidates(columns: tuple[str, ...], asked: tuple[tuple[str, str], ...]) -> dict[str, tuple[str, ...]]:
    given = dict(asked)
    there = set(columns)
    found: dict[str, tuple[str, ...]] = {}
    for field, names in _names().items():
        if field in given:
            found[field] = tuple(name for name in (given[field],) if name in there)
        else:
            # A column that the user gave to one field is not guessed to be another.
            free = there - set(given.values())
            found[field] = tuple(name for name in names if name in free)
    return found


def _flatten(row: Mapping[str, object], prefix: str = "", depth: int = 1) -> Iterator[tuple[str, object]]:
    """Each cell by its name in small letters, records within by names with dots; the record itself too."""
    for key, value in row.items():
        name = f"{prefix}{str(key).strip().casefold()}"
        yield name, value
        if isinstance(value, Mapping) and depth < _DEEPEST:
            yield from _flatten(value, f"{name}.", depth + 1)


def _is_full(value: object) -> bool:
    if isinstance(value, str):
        return value.strip() not in _EMPTY
    return value is not None and value not in ([], {}) and not isinstance(value, bool | bytes)


def _text(value: object) -> str:
    """The text in a cell: a string, paragraphs in a list, or the sections of fundus's body."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        # Halves of a character that JSON lets stand alone cannot be written out again; one sign for one sign.
        return _SURROGATE.sub("\ufffd", str(value))
    if isinstance(value, list | tuple):
        return "\n\n".join(part for item in value if (part := _text(item)))
    if isinstance(value, Mapping):
        parts = [value.get(key) for key in ("summary", "headline", "paragraphs", "sections")]
        return "\n\n".join(part for item in parts if (part := _text(item)))
    return ""


def _line(value: object, *, unescape: bool = False) -> str | None:
    if isinstance(value, list | tuple):
        value = next((item for item in value if _is_full(item)), None)
    if value is None or isinstance(value, bool | Mapping | bytes):
        return None
    text = _SURROGATE.sub("\ufffd", str(value))
    if unescape and (_ENTITY.search(text) or _TAG.search(text)):
        text = re.sub(r"</?[a-z][^<>]*>", "", _unescape(text), flags=re.IGNORECASE)
    return " ".join(_CONTROL.sub("", text).split()) or None


def _unescape(text: str) -> str:
    # Twice: what a program escaped that another had escaped already.
    return html.unescape(html.unescape(text))


def _outlet(cells: Sequence[tuple[str, object]], taken: dict[str, str]) -> tuple[str | None, str | None]:
    """The outlet's name, and an address found in its place."""
    from counterclaim.gather import find_outlet  # noqa: PLC0415  the package imports this module

    address: str | None = None
    for name, value in cells:
        line = _line(value)
        if line is None:
            continue
        if _ADDRESS.match(line):
            # Of trafilatura's `source` and the like the path tells the page from the site.
            if address is None and re.search(r"://[^/]+/.", line):
                address = line
            line = find_outlet(line)
        elif _HOST.match(line) and " " not in line:
            line = find_outlet(f"https://{line}")
        if line:
            taken["outlet"] = name
            return line, address
    return None, address


def _authors(value: object) -> tuple[str, ...]:
    names: list[str] = []
    for item in value if isinstance(value, list | tuple) else [value]:
        # Event Registry and schema.org name people, the New York Times prints a byline.
        name = item.get("name") or item.get("original") if isinstance(item, Mapping) else item
        if not isinstance(name, str):
            continue
        # A list that a table holds as Python prints it: ['Ana Ruiz', 'Jan de Vries'].
        for part in re.split(r"\s*[;|]\s*|['\"], ?['\"]", name.strip("[]")):
            bare = part.strip(" '\"")
            names.extend(find_authors([bare if bare.casefold().startswith("by ") else f"By {bare}"]))
    return tuple(dict.fromkeys(names))


def _date(value: object) -> str | None:
    """The value as a text that prints a date; seconds and milliseconds since 1970 as a day in UTC."""
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, datetime | date):
        return value.isoformat()
    printed = _line(value)
    if printed is None:
        return None
    digits = printed.removesuffix(".0")
    if re.fullmatch(r"\d{14}", digits):
        return digits[:8]
    if re.fullmatch(r"\d{9,10}(?:\.\d+)?|\d{12,13}", digits):
        seconds = float(digits) / (1 if len(digits.partition(".")[0]) <= 10 else 1000)
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    return digits if digits.isdecimal() else printed


def _number(value: object) -> float | None:
    try:
        return float(str(value))
    except ValueError:
        return None


def _rows(count: int) -> str:
    return "row has" if count == 1 else "rows have"


def _no_text(row: Mapping[str, object], cells: Mapping[str, object]) -> str:
    said = "The row has neither text nor html. "
    teaser = next(
        (
            name
            for name in ("description", "excerpt", "summary", "snippet", "notes")
            if _is_full(cells.get(name))
        ),
        None,
    )
    if teaser:
        return f"{said}It holds {teaser}: to read that, give --column text={teaser}."
    if "seendate" in cells or ("url" in cells and len(row) > 1):
        return f"{said}It lists an address: fetch the page, or fill one of them."
    return f"{said}Fill one of them, or remove the row."


def _advice(names: Sequence[str]) -> str:
    lower = {name.strip().casefold() for name in names}
    if len(names) == 1:
        return "One column is all there is: is its separator a comma, semicolon, tab or bar? Else rename the one that holds the articles."
    if lower & {"url", "link"}:
        return (
            "It lists addresses without texts, as GDELT and MediaCloud do: fetch the pages, and read those; or name the column "
            "that holds the articles: --column text=NAME."
        )
    return "Rename the one that holds the articles, or name it: --column text=NAME."
