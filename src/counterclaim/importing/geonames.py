"""
The full GeoNames dump, compiled into a gazetteer as small as it can be.

In: ``allCountries.zip`` or ``allCountries.txt`` from download.geonames.org/export/dump, or one country's file of the same shape
(``YE.zip``); if at hand ``alternateNamesV2.zip``, ``admin1CodesASCII.txt`` and ``countryInfo.txt``. Out: one SQLite file made by
the same compiler as the bundled one. Example: the village of Vaghatin, which has fewer than 500 inhabitants and is not in the
bundled file, is found near the other villages of Syunik.
Taken are populated places of any size, divisions down to the third level, and the sites that knowledge/places/features.tsv marks
(airports, crossings, camps …); countries, seas and regions stay those of our own tables. Read twice, line by line: divisions first.
Limit: names in other scripts are left out, and of other names of small places all but the English ones.
"""

import functools
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from counterclaim.errors import InputError
from counterclaim.importing.compiler import ALTERNATES_FROM, Compiler, Listed, printable
from counterclaim.knowledge import load_table

CREDIT = "GeoNames (geonames.org), CC BY 4.0"
# Columns of the dump, as its readme.txt numbers them from 0.
_COLUMNS = 19
_ID, _NAME, _PLAIN, _OTHERS, _LAT, _LON, _CLASS, _FEATURE, _COUNTRY, _FIRST, _SECOND, _POPULATION = (
    *(0, 1, 2, 3, 4, 5, 6, 7),
    *(8, 10, 11, 14),
)
_NAME_COLUMNS = 8

Advance = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Sources:
    """
    The files of one build.

    Attributes:
        dump: ``allCountries.zip`` or ``.txt``, or one country's.
        names: ``alternateNamesV2.zip`` or ``.txt``: English names, also of small places.
        divisions: ``admin1CodesASCII.txt``: first-level divisions as English writes them.
        countries: ``countryInfo.txt``: codes of countries that our own table does not know.
    """

    dump: Path
    names: Path | None = None
    divisions: Path | None = None
    countries: Path | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """One line of the dump that is taken."""

    geonameid: int
    name: str
    plain: str
    others: tuple[str, ...]
    lat: float
    lon: float
    country: str
    kind: str
    feature: str
    first: str
    second: str
    population: int


def compile_dump(sources: Sources, path: Path, advance: Advance) -> tuple[int, int]:
    """
    Build the gazetteer at `path`; the numbers of places and names come back.

    Args:
        advance: Called as the work goes on, with what is done, the bytes read of it and the bytes there are.

    Raises:
        InputError: a file is missing, or one of its lines is not what GeoNames writes; nothing is at `path` then.
    """
    countries = _read_countries(sources.countries)
    english = _read_divisions(sources.divisions)
    ids: dict[tuple[str, str], int] = {}
    with Compiler(path, CREDIT) as compiler:
        for line in _places(sources.dump, countries, advance, "divisions", frozenset(("ADM1",))):
            name = english.get((line.country, line.first), line.name)
            listed = _listed(line, countries, name)
            ids[line.country, line.first] = compiler.add_division(
                listed, (line.name, line.plain, *printable(line.others))
            )
        for line in _places(sources.dump, countries, advance, "places", _features() - {"ADM1"}):
            listed = _listed(line, countries, line.name, ids.get((line.country, line.first)))
            if line.kind == "A":
                compiler.add_division(listed, printable(line.others))
            else:
                known = line.population >= ALTERNATES_FROM or line.kind != "P"
                compiler.add(listed, printable(line.others) if known else ())
        if not compiler.places:
            raise InputError(
                f"{sources.dump} names no place. Give it as downloaded from download.geonames.org/export/dump."
            )
        if sources.names is not None:
            _add_english(sources.names, compiler, advance)
        advance("sorting", 0, 1)
        compiler.finish()
        advance("sorting", 1, 1)
        return compiler.places, compiler.names


def _places(
    dump: Path, countries: dict[str, str], advance: Advance, step: str, features: frozenset[str]
) -> Iterator[Named]:
    """The lines of the dump with one of those features; with ``P`` among them, every populated place."""
    towns = "P" in features
    for number, cells in _cells(dump, _COLUMNS, advance, step):
        kind, feature = cells[_CLASS], cells[_FEATURE]
        if not (feature in features or (towns and kind == "P")) or cells[_COUNTRY] not in countries:
            continue
        try:
            yield Named(
                int(cells[_ID]),
                cells[_NAME],
                cells[_PLAIN],
                tuple(filter(None, cells[_OTHERS].split(","))),
                float(cells[_LAT]),
                float(cells[_LON]),
                cells[_COUNTRY],
                kind,
                feature,
                cells[_FIRST],
                cells[_SECOND],
                int(cells[_POPULATION] or 0),
            )
        except ValueError as error:
            raise InputError(
                f"{dump} line {number}: {error}. Download the file anew, or take out that line."
            ) from error


def _listed(line: Named, countries: dict[str, str], name: str, division: int | None = None) -> Listed:
    return Listed(
        *(line.geonameid, name, line.lat, line.lon, countries[line.country], line.feature or "PPL"),
        *(line.population, division),
    )


def _add_english(path: Path, compiler: Compiler, advance: Advance) -> None:
    """English names, historical ones too; the preferred one, unless short or historical, is what the place is called."""
    for number, cells in _cells(path, _NAME_COLUMNS, advance, "English names"):
        _, geonameid, language, name, preferred, short, colloquial, historic, *_ = cells
        if language != "en" or not any(printable((name,))):
            continue
        if not geonameid.isdecimal():
            raise InputError(
                f"{path} line {number}: {geonameid!r} is no GeoNames id. Download the file anew."
            )
        place = compiler.find(int(geonameid))
        if place is not None:
            called = bool(preferred) and not (short or colloquial or historic)
            compiler.add_name(place, name, preferred=called)


def _cells(path: Path, least: int, advance: Advance, step: str) -> Iterator[tuple[int, list[str]]]:
    """
    Each line of a file of GeoNames with its number, cut at tabs.

    Raises:
        InputError: the file is missing, not text, or a line has too few cells.
    """
    with _open(path) as (file, size):
        read = 0
        for number, raw in enumerate(file, start=1):
            read += len(raw)
            if number % 5_000 == 0:
                advance(step, read, size)
            if raw.startswith(b"#") or not raw.strip():
                continue
            try:
                cells = raw.decode("utf-8").rstrip("\r\n").split("\t")
            except UnicodeDecodeError as error:
                raise InputError(f"{path} line {number}: not UTF-8 text. Download the file anew.") from error
            if len(cells) < least:
                raise InputError(
                    f"{path} line {number}: {len(cells)} cells between tabs instead of {least}. "
                    "Is it the file that GeoNames calls so? Download it anew."
                )
            yield number, cells
        advance(step, size, size)


@contextmanager
def _open(path: Path) -> Iterator[tuple[Iterable[bytes], int]]:
    """The lines of the file, or of the table within a zip, and how many bytes they are."""
    try:
        if not zipfile.is_zipfile(path):
            with path.open("rb") as file:
                yield file, path.stat().st_size
            return
        with zipfile.ZipFile(path) as archive:
            name = next((name for name in archive.namelist() if name == f"{path.stem}.txt"), None)
            if name is None:
                raise InputError(f"{path} holds no {path.stem}.txt. Give it as downloaded from GeoNames.")
            with archive.open(name) as member:
                yield member, archive.getinfo(name).file_size
    except OSError as error:
        raise InputError(f"Cannot read {path} ({error.strerror}). Check the path.") from error
    except zipfile.BadZipFile as error:
        raise InputError(f"{path} is damaged ({error}). Download it anew.") from error


@functools.cache
def _features() -> frozenset[str]:
    """The feature codes taken from the dump, ``P`` for all populated places."""
    return frozenset((*(row["feature"] for row in load_table("places/features") if row["dump"]), "P"))


def _read_countries(path: Path | None) -> dict[str, str]:
    """Two-letter codes with the code that countries.tsv has."""
    codes = {row["iso2"]: row["id"] for row in load_table("places/countries") if row["iso2"]}
    if path is not None:
        for _, cells in _cells(path, 2, _silent, "countries"):
            codes.setdefault(cells[0], cells[1])
    return codes


def _read_divisions(path: Path | None) -> dict[tuple[str, str], str]:
    """English names of first-level divisions by country and code: ``AM.08`` is Syunik."""
    names: dict[tuple[str, str], str] = {}
    if path is not None:
        for number, cells in _cells(path, 4, _silent, "divisions"):
            country, dot, code = cells[0].partition(".")
            if not dot:
                raise InputError(
                    f"{path} line {number}: {cells[0]!r} is no code such as AM.08. Download it anew."
                )
            names[country, code] = cells[1]
    return names


def _silent(step: str, done: int, size: int) -> None:
    """For files too small to wait for."""
