"""
The gazetteer: which places a name may stand for.

In: a name as printed ("Khan Younis", "DONETSK"). Out: every place that bears it, from two sources: GeoNames' towns
and divisions, compiled into one SQLite file (the bundled one, or the one that the setting `gazetteer` names), and the
tables of knowledge/places, which hold what towns lists lack (regions, seas, borders, camps) and what this project has to
decide (which point a country has). Example: "Georgia" -> the country, the US state and three dozen small towns.
Limit: the bundled file's towns start at 500 inhabitants; a village below that is unknown unless a table names it.
"""

import functools
import math
import re
import sqlite3
import unicodedata
import weakref
from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from pathlib import Path

from counterclaim.errors import InputError
from counterclaim.knowledge import Row, load_table
from counterclaim.read.syntax.classes import word_class
from counterclaim.settings import read_setting
from counterclaim.types import PlacePrecision

FILE = "gazetteer.sqlite"

# What a feature code of GeoNames says about how large a place is; a letter class stands for codes not listed.
_PRECISION: dict[str, PlacePrecision] = {
    row["feature"]: row["precision"]  # type: ignore[misc]
    for row in load_table("places/features")
}
_APOSTROPHES = re.compile("['’‘ʼʻ`´′.]")
_GAPS = re.compile(r"[\s\-‐‑–/,]+")
# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)
_SOUNDS = (
    ("kh", "x"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("dj", "j"),
    ("tch", "j"),
    ("q", "k"),
    ("c", "k"),
    ("p", "b"),
)
_SAINT = re.compile(r"\bst(?= )|\bste(?= )")
_MOUNT = re.compile(r"^mt(?= )")
_FORT = re.compile(r"^ft(?= )")


@dataclass(frozen=True, slots=True)
class GazetteerEntry:
    """
    One place that a name may stand for.

    Attributes:
        population: Of the town; 0 where unknown.
        alternate: The name looked up is not the one it is listed under.
        rule: The table line it comes from, as ``places/regions/donbas``; ``geonames`` for the compiled file.
    """

    name: str
    geonameid: int | None
    lat: float
    lon: float
    country: str | None
    admin1: str | None
    feature: str
    population: int
    alternate: bool = False
    rule: str = "geonames"

    @property
    def precision(self) -> PlacePrecision:
        """How finely the place is told: a river or a region is no finer than a province."""
        return _PRECISION.get(self.feature) or _PRECISION.get(self.feature[:3], "city")

    @property
    def is_country(self) -> bool:
        """A state or territory with a code of its own."""
        return self.feature == "PCLI"

    @property
    def is_town(self) -> bool:
        """A populated place of GeoNames' class P."""
        return self.feature.startswith("PPL")

    @property
    def is_division(self) -> bool:
        """A first- or second-level division."""
        return self.feature.startswith("ADM")


@functools.lru_cache(20_000)
def name_key(name: str) -> str:
    """
    The form under which a name is looked up: small letters without marks, apostrophes, full stops and hyphens.

    >>> name_key("St. Petersburg"), name_key("Khān Yūnis"), name_key("Ma'rib"), name_key("Nagorno-Karabakh")
    ('saint petersburg', 'khan yunis', 'marib', 'nagorno karabakh')
    """
    if name.isascii():
        plain = name.lower()
    else:
        marked = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
        plain = "".join(char for char in marked if not unicodedata.combining(char))
    plain = _GAPS.sub(" ", _APOSTROPHES.sub("", plain)).strip()
    if plain.startswith(("st", "mt", "ft")) or " st" in plain:
        plain = _FORT.sub("fort", _MOUNT.sub("mount", _SAINT.sub("saint", plain)))
    return plain.removeprefix("the ")


def sound_key(key: str) -> str:
    """
    The consonants of a name of the Arabic script, whatever way it was put into Latin letters; empty where too few.

    >>> sound_key("as suqaylibiyah"), sound_key("al suqaylabiya"), sound_key("gao")
    ('~sklb', '~sklb', '')
    """
    words = [word for word in key.split() if word not in word_class("arabic_articles")]
    found = " ".join(filter(None, map(_consonants, words)))
    return f"~{found}" if len(found.replace(" ", "")) >= 3 else ""


def _consonants(word: str) -> str:
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    rest = word[1:].removesuffix("h").removesuffix("t") if len(word) > 4 else word[1:]
    bare = ("a" if word[:1] in "aeiou" else word[:1]) + re.sub("[aeiouwyh]", "", rest)
    return re.sub(r"(.)\1", r"\1", bare)


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance in kilometres."""
    a, b = math.radians(lat), math.radians(other_lat)
    h = (
        math.sin((b - a) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    )
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


class Gazetteer:
    """Names to places; opened once a process with `load_gazetteer`."""

    def __init__(self, connection: sqlite3.Connection, path: Path, about: dict[str, str]) -> None:
        self._connection = connection
        # Closed when nobody has it any longer, at the latest at the end of the process.
        weakref.finalize(self, connection.close)
        self.path = path
        # Of the file: ``credit``, ``hash`` of what it holds, numbers of ``places`` and ``names``.
        self.about = about
        self._own = _read_tables()
        # Names of towns beyond six words are spelled out in lists only.
        self.longest = 6
        # Small words that end a name of our tables: "Rafah crossing". Most small words end none.
        self.small_ends = frozenset(key.rpartition(" ")[2] for key in self._own if " " in key)
        self._cache: dict[str, tuple[GazetteerEntry, ...]] = {}

    def find(self, key: str) -> tuple[GazetteerEntry, ...]:
        """Every place of that `name_key`, our own tables' first; the same place twice is listed once."""
        found = self._cache.get(key)
        if found is None:
            if len(self._cache) > 50_000:
                self._cache.clear()
            found = self._cache[key] = self._look_up(key)
        return found

    def holds(self, key: str) -> bool:
        """Whether our own tables have a place of that `name_key`."""
        return key in self._own

    def find_alike(self, key: str) -> tuple[GazetteerEntry, ...]:
        """Places of countries with Arabic script whose names sound like it: a guess that context must bear out."""
        sound = sound_key(key)
        return self.find(sound) if sound else ()

    def _look_up(self, key: str) -> tuple[GazetteerEntry, ...]:
        own = self._own.get(key, ())
        rows = self._connection.execute(
            "SELECT p.name, p.geonameid, p.lat, p.lon, p.country, d.name, p.feature, p.population, n.alternate"
            " FROM name n JOIN place p ON p.id = n.place LEFT JOIN place d ON d.id = p.division"
            " WHERE n.key = ? ORDER BY p.population DESC, p.id",
            (key,),
        )
        merged: list[GazetteerEntry] = list(own)
        for name, geonameid, lat, lon, country, admin1, feature, population, alternate in rows:
            # A first-level division lies in itself, so that it is told alike whichever source it comes from.
            within = name if feature == "ADM1" else admin1
            entry = GazetteerEntry(
                name, geonameid, lat / 1e4, lon / 1e4, country, within, feature, population, bool(alternate)
            )
            twin = next((i for i, mine in enumerate(merged[: len(own)]) if _same(mine, entry)), None)
            if twin is None:
                merged.append(entry)
            elif merged[twin].geonameid is None and not merged[twin].population:
                merged[twin] = _complete(merged[twin], entry)
        return tuple(merged)


@functools.cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer in use, read-only; nothing of it is held in memory but the pages asked for."""
    chosen = read_setting("gazetteer")
    if chosen:
        return open_gazetteer(Path(chosen))
    with as_file(files("counterclaim.knowledge") / "places" / FILE) as path:
        return open_gazetteer(path)


def open_gazetteer(path: Path) -> Gazetteer:
    """
    The gazetteer of that file.

    Raises:
        InputError: there is none, or the file is something else.
    """
    build = f"Build one with: counterclaim gazetteer build allCountries.zip --output {path}"
    if not path.is_file():
        raise InputError(f"There is no gazetteer {path}. {build}. Or unset COUNTERCLAIM_GAZETTEER.")
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro&immutable=1",
        uri=True,
        check_same_thread=False,
        isolation_level=None,
    )
    try:
        about = dict(connection.execute("SELECT field, value FROM about").fetchall())
        connection.execute("SELECT key, place, alternate FROM name LIMIT 1")
    except sqlite3.Error as error:
        connection.close()
        raise InputError(f"{path} is no gazetteer ({error}). {build}.") from error
    if not about.keys() >= {"credit", "hash", "names", "places"}:
        connection.close()
        raise InputError(f"{path} was made by another version of counterclaim. {build}.")
    return Gazetteer(connection, path, about)


@functools.cache
def load_adjectives() -> dict[str, GazetteerEntry]:
    """Adjectives and demonyms, as written, with the place they point to."""
    gazetteer = load_gazetteer()
    words: dict[str, GazetteerEntry] = {}
    for row in load_table("countries"):
        point = next((entry for entry in gazetteer.find(name_key(row["name"])) if entry.country), None)
        demonyms = row.split("demonyms")
        # Countrymen in the plural; words in -ese, -ish and -ch have none, and a false one ("Swisss") matches nothing.
        for word in (*row.split("adjectives"), *demonyms, *(f"{demonym}s" for demonym in demonyms)):
            # "UAE ministers", "Nagorno-Karabakh forces": a name used as an adjective is the name itself.
            if point is not None and not word.isupper() and not gazetteer.holds(name_key(word)):
                words.setdefault(word, replace(point, rule=row.rule))
    for row in load_table("places/adjectives"):
        found = [
            entry for entry in gazetteer.find(name_key(row["place"])) if row["country"] in {"", entry.country}
        ]
        if found:
            place = min(found, key=lambda entry: entry.alternate)
            words.update((word, replace(place, rule=row.rule)) for word in row.split("words"))
    return words


def _same(mine: GazetteerEntry, entry: GazetteerEntry) -> bool:
    """Whether a line of ours and a line of GeoNames are one place told twice."""
    if mine.country != entry.country or mine.is_country or mine.feature[:1] != entry.feature[:1]:
        return False
    if mine.feature == entry.feature == "ADM1" and name_key(mine.name) == name_key(entry.name):
        # The towns of Ontario and Queensland lie in a corner of them.
        return True
    # Points of towns are exact to about 0.1 degree in our tables, those of divisions to half of one.
    return distance(mine.lat, mine.lon, entry.lat, entry.lon) < (250 if mine.is_division else 40)


def _complete(mine: GazetteerEntry, entry: GazetteerEntry) -> GazetteerEntry:
    if mine.is_town:
        return replace(
            mine,
            geonameid=entry.geonameid,
            lat=entry.lat,
            lon=entry.lon,
            admin1=entry.admin1,
            population=max(mine.population, entry.population),
        )
    # A division is the one that its towns name, whatever our table calls it: "Aleppo Governorate" is Aleppo.
    return replace(
        mine, geonameid=entry.geonameid, admin1=entry.admin1 or mine.admin1, population=entry.population
    )


def count_own() -> int:
    """How many places our own tables hold."""
    return len({entry.rule for entries in _read_tables().values() for entry in entries})


def _read_tables() -> dict[str, tuple[GazetteerEntry, ...]]:
    """The places of our own tables by key."""
    entries: dict[str, list[GazetteerEntry]] = {}

    def add(names: tuple[str, ...], entry: GazetteerEntry) -> None:
        listed = name_key(names[0])
        alternate: GazetteerEntry | None = None
        for name in names:
            key = name_key(name)
            known = entries.setdefault(key, [])
            if any(other.rule == entry.rule for other in known):
                continue
            if key != listed and alternate is None:
                alternate = replace(entry, alternate=True)
            known.append(entry if key == listed or alternate is None else alternate)

    points = {row["id"]: row for row in load_table("places/countries")}
    for row in load_table("countries"):
        point = points.get(row["id"])
        if point is not None:
            names = (row["name"], *row.split("variants"), *row.split("former"), *point.split("names"))
            known = int(point["geonameid"]) if point["geonameid"] else None
            add(names, replace(_entry(row["name"], point, row["id"], "PCLI"), geonameid=known))
    for row in load_table("places/regions"):
        entry = _entry(row["name"], row, row["country"] or None, row["feature"])
        add((row["name"], *row.split("names")), entry)
    for row in load_table("places/divisions"):
        add((row["name"], *row.split("names")), _entry(row["name"], row, row["country"], "ADM1"))
    return {key: tuple(found) for key, found in entries.items()}


@functools.cache
def load_abbreviations() -> dict[str, GazetteerEntry]:
    """Abbreviations of divisions exactly as written: ``Ky.``, ``N.S.W.``, ``TX``."""
    short: dict[str, GazetteerEntry] = {}
    for row in load_table("places/divisions"):
        for written in row.split("short"):
            short.setdefault(written, _entry(row["name"], row, row["country"], "ADM1"))
    return short


def _entry(name: str, row: Row, country: str | None, feature: str) -> GazetteerEntry:
    admin1 = name if feature == "ADM1" else None
    return GazetteerEntry(
        name, None, float(row["lat"]), float(row["lon"]), country, admin1, feature, 0, rule=row.rule
    )
