"""
Compiling: places and their names into the one SQLite file that the gazetteer reads.

In: places one by one, divisions before what lies in them, from the full dump (geonames.py) or from the towns that the
bundled file is made of (tools/build_gazetteer.py). Out: the file, which appears whole or not at all; the same bytes for the
same input. Example: "Marib" of Yemen is listed under ``marib``, under the other names it is given, and under ``~mrb``, its sound.
Nothing is held in memory but the divisions of our own tables: names are sorted by SQLite, on disk.
Limit: which spellings of a division are one place is judged by their letters and their distance.
"""

import functools
import hashlib
import re
import sqlite3
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from types import TracebackType
from typing import Self

from counterclaim.errors import InputError
from counterclaim.knowledge import Row, load_table
from counterclaim.read.places.gazetteer import distance, name_key, sound_key

# Other names of small towns are mostly transliterations that no newspaper prints; towns this large keep theirs.
ALTERNATES_FROM = 3_000
# Share of letters that two spellings of a division have in common: "Oruzgan" and "Uruzgan" 0.86.
ALIKE = 0.83
# Kilometres between two points for one division: some are drawn from towns, some are a capital.
DIVISION_WITHIN = 300
_SCHEMA = """
CREATE TABLE place (
  id INTEGER PRIMARY KEY, geonameid INTEGER, name TEXT NOT NULL, lat INTEGER NOT NULL, lon INTEGER NOT NULL,
  country TEXT NOT NULL, division INTEGER, feature TEXT NOT NULL, population INTEGER NOT NULL);
CREATE TABLE name (
  key TEXT NOT NULL, place INTEGER NOT NULL, alternate INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE about (field TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE spelling (key TEXT NOT NULL, place INTEGER NOT NULL, alternate INTEGER NOT NULL);
"""
_CODE = re.compile(r"[\d;:()]")


@dataclass(frozen=True, slots=True)
class Listed:
    """
    A place to be compiled.

    Attributes:
        country: As countries.tsv writes it.
        division: What `add` gave for the first-level division around it.
    """

    geonameid: int | None
    name: str
    lat: float
    lon: float
    country: str
    feature: str
    population: int
    division: int | None = None


class Compiler:
    """
    One file in the making: ``with Compiler(path, credit) as compiler``, then `add`, last `finish`.

    Left without `finish`, or by an exception, nothing is at `path` that was not there before.
    """

    def __init__(self, path: Path, credit: str) -> None:
        self.path = path
        self.places = self.names = 0
        self._credit = credit
        self._hash = hashlib.sha256()
        try:
            # Beside the target, so that the last step is a rename within one file system.
            with tempfile.NamedTemporaryFile(
                dir=path.parent, prefix=f".{path.name}.", suffix=".part", delete=False
            ) as file:
                self._part = Path(file.name)
        except OSError as error:
            raise InputError(
                f"Cannot write to {path.parent} ({error.strerror}). Give another --output."
            ) from error
        self._database = sqlite3.connect(self._part)
        # Nothing here outlives a crash, so nothing need be safe from one.
        for pragma in ("page_size = 4096", "journal_mode = OFF", "synchronous = OFF", "temp_store = FILE"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.executescript(_SCHEMA)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.close()
        self._part.unlink(missing_ok=True)
        if isinstance(error, sqlite3.Error):
            raise InputError(
                f"Cannot write {self.path} ({error}). Look for space on the disk, or give another --output."
            ) from error

    def add_division(self, place: Listed, others: Iterable[str] = ()) -> int:
        """A first- or second-level division: under our own tables' name and spellings where they know it."""
        names = {place.name, *others}
        names |= {short for name in names for short in shortened(name)}
        ours = find_ours(place, names) if place.feature == "ADM1" else None
        if ours is not None:
            names |= {ours["name"], *ours.split("names")}
        if place.feature == "ADM1":
            name = place.name if ours is None else ours["name"]
            place = replace(place, name=next(shortened(name), name))
        return self.add(place, names)

    def add(self, place: Listed, others: Iterable[str] = ()) -> int:
        """Write one place with its other names; what comes back is what places inside a division are added with."""
        self.places += 1
        row = (
            *(self.places, place.geonameid, place.name, round(place.lat * 1e4), round(place.lon * 1e4)),
            *(place.country, place.division, place.feature, place.population),
        )
        self._hash.update(repr(row).encode())
        self._database.execute("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?)", row)
        key = name_key(place.name)
        keys = {name_key(other) for other in others} - {key, ""}
        rows = [(key, self.places, 0), *((other, self.places, 1) for other in sorted(keys))]
        if place.feature.startswith("PPL") and place.country in _arabic():
            sounds = {sound_key(spelling) for spelling in (key, *keys)} - {""}
            rows += [(sound, self.places, 1) for sound in sorted(sounds)]
        self._spell(rows)
        return self.places

    def find(self, geonameid: int) -> int | None:
        """The place of that id among those added; the first call makes the index it needs."""
        self._database.execute("CREATE INDEX IF NOT EXISTS by_id ON place (geonameid)")
        row = self._database.execute("SELECT id FROM place WHERE geonameid = ?", (geonameid,)).fetchone()
        return None if row is None else int(row[0])

    def add_name(self, place: int, name: str, *, preferred: bool = False) -> None:
        """A further name of a place added before; the preferred one is what the place is called from now on."""
        key = name_key(name)
        if key:
            self._spell([(key, place, 0 if preferred else 1)])
        if preferred:
            self._hash.update(repr((place, name)).encode())
            self._database.execute("UPDATE place SET name = ? WHERE id = ?", (name, place))

    def finish(self) -> None:
        """Sort the names, compact the file and put it in its place."""
        self._database.execute(
            "INSERT INTO name SELECT key, place, MIN(alternate) FROM temp.spelling GROUP BY key, place ORDER BY key, place"
        )
        self._database.execute("DROP TABLE temp.spelling")
        self._database.execute("DROP INDEX IF EXISTS by_id")
        self.names = self._database.execute("SELECT COUNT(*) FROM name").fetchone()[0]
        about = {
            "credit": self._credit,
            "hash": self._hash.hexdigest()[:12],
            "names": str(self.names),
            "places": str(self.places),
        }
        self._database.executemany("INSERT INTO about VALUES (?, ?)", sorted(about.items()))
        self._database.commit()
        self._database.execute("VACUUM")
        self._database.close()
        self._part.chmod(self.path.stat().st_mode & 0o7777 if self.path.exists() else 0o644)
        self._part.replace(self.path)

    def _spell(self, rows: list[tuple[str, int, int]]) -> None:
        self._hash.update(repr(rows).encode())
        self._database.executemany("INSERT INTO temp.spelling VALUES (?,?,?)", rows)


def is_gazetteer(path: Path) -> bool:
    """Whether the file is one that was compiled here."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            fields = {row[0] for row in database.execute("SELECT field FROM about")}
    except sqlite3.Error:
        return False
    return {"credit", "hash", "names", "places"} <= fields


def find_ours(place: Listed, names: Iterable[str]) -> Row | None:
    """The line of our own tables for a first-level division: spelled alike, and lying there."""
    keys = {name_key(name) for name in names}
    best: tuple[float, float] = (ALIKE, -DIVISION_WITHIN)
    found: Row | None = None
    for row, spellings in _our_divisions().get(place.country, ()):
        alike = max(
            (
                SequenceMatcher(None, ours, theirs, autojunk=False).ratio()
                for ours in spellings
                for theirs in keys
                # "Buenos Aires F.D." is not the province of Buenos Aires.
                if ours.count(" ") == theirs.count(" ")
            ),
            default=0.0,
        )
        away = distance(place.lat, place.lon, float(row["lat"]), float(row["lon"]))
        if away < DIVISION_WITHIN and (alike, -away) > best:
            best, found = (alike, -away), row
    return found


def shortened(name: str) -> Iterator[str]:
    """
    A division's name without the words that say it is one.

    >>> list(shortened("Wilaya de Blida")), list(shortened("Katsina State")), list(shortened("Free State"))
    (['Blida'], ['Katsina'], [])
    """
    for row in load_table("places/generics"):
        word = row["word"].lower()
        lower = name.lower()
        if name in row.split("but"):
            continue
        if row["position"] == "last" and lower.endswith(f" {word}"):
            yield name[: -len(word) - 1]
        elif row["position"] == "first" and lower.startswith(f"{word} "):
            yield name[len(word) + 1 :]


def printable(names: Iterable[str]) -> Iterator[str]:
    """
    The other names an English text may print: capitalised, Latin letters, no codes such as ``LON``.

    >>> list(printable(["Londres", "LON", "Лондон", "london", "Londra (city)"]))
    ['Londres']
    """
    for name in names:
        if len(name) > 3 and name[0].isupper() and not name.isupper() and not _CODE.search(name):
            letters = [char for char in name if char.isalpha()]
            if letters and all(
                char.isascii() or unicodedata.name(char, "").startswith("LATIN") for char in letters
            ):
                yield name


@functools.cache
def _arabic() -> frozenset[str]:
    """
    Countries whose names reach English in many spellings.

    Where Arabic script is written, towns are listed by sound too.
    """
    return frozenset(row["id"] for row in load_table("places/countries") if row["arabic"])


@functools.cache
def _our_divisions() -> dict[str, list[tuple[Row, frozenset[str]]]]:
    """First-level divisions of our own tables by country, with the keys of their names, long and short."""
    found: dict[str, list[tuple[Row, frozenset[str]]]] = {}
    for table in ("places/divisions", "places/regions"):
        for row in load_table(table):
            if table == "places/divisions" or row["feature"] == "ADM1":
                names = {row["name"], *row.split("names")}
                names |= {short for name in names for short in shortened(name)}
                found.setdefault(row["country"], []).append((row, frozenset(map(name_key, names))))
    return found
