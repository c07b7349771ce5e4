"""
The user's own actors: a table of names and nouns that goes before the bundled ones.

In: a tab-separated file with a header line, `#` comments and one actor, or one stretch of an actor's career, a line:

    id        what records call the actor; made from the name where left out
    kind      country, body, person, agent (a noun that lends its sector: "harbour pilot") or nobody (a name that
              the bundled tables would take for an actor: "Georgia Southern"); body where left out
    name      as texts write it; a capital in it must stand in the text too
    variants  further names, separated by ";"
    country   three capital letters: ISO 3166-1, one of PLOVER's (IGO, NGO, IMG ...), or the user's own
    sector    one of knowledge/sectors.tsv; other  further ones, separated by ";"
    from      first and last day on which the line holds: YYYY, YYYY-MM or YYYY-MM-DD, both inclusive
    until
    code      what another dictionary called it; kept, not used

Out: entries for the dictionary. Of several lines for one name, the first whose dates hold that day counts, else one without
dates. Only `name` must be there.

Example: ``person<TAB>Ada Moor<TAB>KEN<TAB>GOV`` under ``kind name country sector`` makes "Ada Moor said" KEN GOV.
Limit: a country's adjectives are variants like any other name; nothing is inflected but the nouns of agents.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import cache, lru_cache
from pathlib import Path

from counterclaim.errors import InputError
from counterclaim.knowledge import load_table
from counterclaim.read.actors.lexicon import Entry, EntryKind, Lexicon, load_lexicon
from counterclaim.read.syntax.forms import plurals

KINDS = ("country", "body", "person", "agent", "nobody")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
# Whose fighters are the group itself: as groups.tsv, not as organisations.tsv.
_GROUPS = frozenset(("REB", "UAF", "PRM", "PTY", "CRM"))


@dataclass(frozen=True, slots=True)
class OwnActor:
    """One line of the user's table; the fields are its columns."""

    name: str
    id: str = ""
    kind: str = "body"
    variants: tuple[str, ...] = ()
    country: str = ""
    sector: str = ""
    other: tuple[str, ...] = ()
    start: str = ""
    until: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class OwnActors:
    """
    A user's table as a dictionary.

    Attributes:
        digest: Twelve hexadecimal digits of the SHA-256 of its bytes: part of the signature of what it reads.
    """

    path: str
    rows: tuple[OwnActor, ...]
    lexicon: Lexicon
    digest: str


# `from` is no name for a field.
_COLUMN = {"start": "from"}
COLUMNS = tuple(_COLUMN.get(field.name, field.name) for field in fields(OwnActor))


def load_actors(path: str | Path) -> OwnActors:
    """
    The user's table, read once a process and again where the file has changed.

    Raises:
        InputError: the file is not there, or a line breaks the rules above; the message names file and line.
    """
    try:
        stat = Path(path).stat()
    except OSError as error:
        raise InputError(f"There is no file {path} to take actors from. Check its spelling.") from error
    return _load(str(path), stat.st_mtime_ns, stat.st_size)


def write_rows(rows: Iterable[OwnActor]) -> Iterator[str]:
    """The lines of a table of these actors, the header first."""
    yield "\t".join(COLUMNS)
    for row in rows:
        cells = [getattr(row, field.name) for field in fields(OwnActor)]
        yield "\t".join(cell if isinstance(cell, str) else ";".join(cell) for cell in cells).rstrip("\t")


def make_slug(name: str) -> str:
    """
    An id made from a name.

    >>> make_slug("Ósk Þór's Front (North)")
    'osk-thor-s-front-north'
    """
    folded = unicodedata.normalize(
        "NFKD", name.lower().replace("þ", "th").replace("ø", "o").replace("ı", "i")
    )
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", "-", plain).strip("-")


# -- reading the table -------------------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _load(path: str, changed: int, size: int) -> OwnActors:
    del changed, size  # Only there so that a changed file is another key.
    try:
        data = Path(path).read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise InputError(
            f"The file {path} cannot be read: {error.strerror}. Check its permissions."
        ) from error
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError(f"{path} line {line}: this is not UTF-8. Save the file as UTF-8.") from error
    numbered = list(_parse(path, text.split("\n")))
    rows = tuple(row for _, row in numbered)
    named = (pair for line, row in numbered for pair in _make_entries(row, f"{Path(path).name}:{line}"))
    return OwnActors(path, rows, load_lexicon().with_own(named), hashlib.sha256(data).hexdigest()[:12])


def _parse(path: str, lines: list[str]) -> Iterator[tuple[int, OwnActor]]:
    header: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.rstrip("\r").split("\t")]
        try:
            if header:
                yield number, _make_row(header, cells)
            else:
                header = _check_header(cells)
        except ValueError as error:
            raise InputError(f"{path} line {number}: {error}.") from error
    if not header:
        raise InputError(f"{path} is empty. Give it a header line with at least the column 'name'.")


def _check_header(cells: list[str]) -> list[str]:
    unknown = [cell for cell in cells if cell not in COLUMNS]
    if "name" not in cells:
        raise ValueError(
            "the header has no column 'name'. Begin with a line of column names, separated by tabs"
        )
    if unknown:
        raise ValueError(f"there is no column {unknown[0]!r}. Columns: {', '.join(COLUMNS)}")
    repeated = [cell for place, cell in enumerate(cells) if cell in cells[:place]]
    if repeated:
        raise ValueError(f"the column {repeated[0]!r} stands twice. Remove one")
    return cells


def _make_row(header: list[str], line: list[str]) -> OwnActor:
    """
    The row of one line.

    Raises:
        ValueError: a cell cannot be used; the message says which and what to do.
    """
    if len(line) > len(header):
        raise ValueError(f"{len(line)} cells, the header has {len(header)}. Remove a tab")
    cells = dict(zip(header, line, strict=False))
    name, kind = cells.get("name", ""), cells.get("kind", "") or "body"
    if not any(map(str.isalnum, name)):
        raise ValueError("the name is empty. Give one, or remove the line")
    if kind not in KINDS:
        raise ValueError(f"the kind {kind!r} is none of {', '.join(KINDS)}")
    country, sector = cells.get("country", ""), cells.get("sector", "")
    if country and not re.fullmatch("[A-Z][A-Z0-9]{2}", country):
        raise ValueError(f"the country {country!r} is not three capitals, such as KEN or IGO")
    other = _split(cells.get("other", ""))
    for code in (*((sector,) if sector else ()), *other):
        if code not in _sectors():
            raise ValueError(f"the sector {code!r} is none of {', '.join(sorted(_sectors()))}")
    start, until = cells.get("from", ""), cells.get("until", "")
    for date in (start, until):
        if date and not _DATE.fullmatch(date):
            raise ValueError(f"{date!r} is not a date. Write YYYY, YYYY-MM or YYYY-MM-DD")
    if start and until and start[: len(until)] > until[: len(start)]:
        raise ValueError(f"it ends in {until}, before it begins in {start}")
    if kind == "country" and not country:
        raise ValueError("a country needs its three letters in the column 'country'")
    if kind == "agent" and not sector:
        raise ValueError("an agent needs a sector to lend")
    default = country if kind == "country" else make_slug(name)
    row_id = cells.get("id", "") or default or name
    variants = _split(cells.get("variants", ""))
    return OwnActor(name, row_id, kind, variants, country, sector, other, start, until, cells.get("code", ""))


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for raw in cell.split(";") if (part := raw.strip()))


@cache
def _sectors() -> frozenset[str]:
    return frozenset(row["id"] for row in load_table("sectors"))


# -- entries -----------------------------------------------------------------------------------------------------------


def _make_entries(row: OwnActor, rule: str) -> Iterator[tuple[str, Entry]]:
    """The phrases of a line, each with its entry."""
    if row.kind == "agent":
        yield from _make_nouns(row, rule)
        return
    kinds: dict[str, EntryKind] = {"country": "country", "person": "person", "nobody": "nobody"}
    group: EntryKind = "group" if row.sector in _GROUPS else "organisation"
    entry = Entry(
        kinds.get(row.kind, group),
        rule,
        row.id,
        row.name,
        row.country or None,
        row.sector or ("GOV" if row.kind == "country" else None),
        row.other,
        body=row.kind != "person",
        own=True,
        start=row.start,
        until=row.until,
    )
    for name in (row.name, *row.variants):
        yield name, entry


def _make_nouns(row: OwnActor, rule: str) -> Iterator[tuple[str, Entry]]:
    """A noun with its plural; one that the tables know keeps what they know of it but the sector."""
    new = Entry("role", rule, row.id, row.name)
    for name in (row.name, *row.variants):
        for form, plural in ((name, False), *((many, True) for many in plurals(name))):
            known = [
                entry for entry in load_lexicon().nouns(form) if entry.kind in {"title", "office", "role"}
            ]
            for entry in known or [replace(new, plural=plural)]:
                yield (
                    form,
                    replace(
                        entry,
                        rule=rule,
                        sector=row.sector,
                        other=row.other,
                        own=True,
                        start=row.start,
                        until=row.until,
                    ),
                )
