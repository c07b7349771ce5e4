"""
Offsets: what the words before a place say of being beside it instead of in it.

In: the text, a toponym and the other toponyms. Out: the same place with what is said: ``near``, ``between`` (and which other
place) or ``border``, distance in kilometres, direction, and a precision no finer than that. Example: "20 km north of Gao" ->
Gao, near, 20.0, north, district. Coordinates stay those of the place named: a point reckoned from them would pretend to know
which road was measured. "Near" without a distance is taken for up to 20 km, the first that a district holds.
Limit: only what stands right before the name is read, and "X's border with Y" behind it; "a village an hour's drive from X" is not.
"""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from counterclaim.knowledge import Row, load_table
from counterclaim.read.places.clues import feature_words
from counterclaim.read.places.gazetteer import distance
from counterclaim.read.syntax.numbers import read_number
from counterclaim.types import Place, PlacePrecision

_FINE_TO_COARSE: tuple[PlacePrecision, ...] = ("site", "city", "district", "province", "country")
# Kilometres up to which a precision still holds what is that far away.
_HOLDS: tuple[tuple[PlacePrecision, float], ...] = (("city", 5.0), ("district", 50.0), ("province", 200.0))
_REACH = 140
_SENTENCE_END = re.compile(r"[.!?;:][\s\"”’]|\n")
_LIST_JOINT = re.compile(r"(?:,|,? and|,? or)\s+(?:the\s+)?")
_AND = re.compile(r"\s+and\s+(?:the\s+)?")
_BORDER_BEHIND = re.compile(r"(?:['’]s?)?\s+(?:[a-z]+\s+)?(?:border|frontier)\b")
_WITH = re.compile(r"\s+(?:with|and)\s+(?:the\s+)?")
_WORDS = re.compile(r"\d[\d,.]*\d|\d|[a-z]+|-", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Offset:
    """
    What is said of being beside a place.

    Attributes:
        rule: The lines of places/offsets that said it.
    """

    relation: Literal["near", "between", "border"]
    distance_km: float | None = None
    direction: str | None = None
    other: Place | None = None
    rule: tuple[str, ...] = ()


def add_offset(text: str, place: Place, toponyms: Sequence[Place]) -> Place:
    """The place with what is said of being beside it, no finer than that; unchanged where nothing is."""
    offset = find_offset(text, place, toponyms)
    if offset is None:
        return place
    return replace(
        place,
        relation=offset.relation,
        distance_km=offset.distance_km,
        direction=offset.direction,
        other=offset.other.name if offset.other is not None else None,
        precision=_lower(place, offset),
    )


def find_offset(text: str, place: Place, toponyms: Sequence[Place]) -> Offset | None:
    """What the text says of being beside the place, if anything."""
    names = [other for other in toponyms if not other.adjectival]
    first = _first_of_list(text, place, names)
    found = _before(_left(text, first.start_char))
    behind = _border_behind(text, place, names) if first is place else None
    if behind is not None and (found is None or found.distance_km is None):
        # "Near the Chad border"
        return behind
    if found is None:
        return None
    if found.relation == "near":
        return found
    partner = _partner(text, place, names) if first is place else first
    if found.relation == "between" and (partner is None or place.precision == "country"):
        # "Talks between Chad and Niger" were in neither; "between Gao and Kidal" needs both.
        return None
    return replace(found, other=partner)


def _left(text: str, start: int) -> str:
    """What stands before the offset in its own sentence."""
    left = text[max(0, start - _REACH) : start]
    ends = [found.end() for found in _SENTENCE_END.finditer(left)]
    return left[ends[-1] :] if ends else left


def _first_of_list(text: str, place: Place, names: Sequence[Place]) -> Place:
    """The place before which the words stand: "near Gao and Kidal" says it once for both."""
    here = place
    for other in sorted(names, key=lambda one: -one.start_char):
        if other.end_char <= here.start_char and _LIST_JOINT.fullmatch(
            text[other.end_char : here.start_char]
        ):
            here = other
    return here


def _partner(text: str, place: Place, names: Sequence[Place]) -> Place | None:
    """Y in "between X and Y"."""
    return next(
        (
            other
            for other in names
            if other.start_char > place.end_char and _AND.fullmatch(text[place.end_char : other.start_char])
        ),
        None,
    )


def _border_behind(text: str, place: Place, names: Sequence[Place]) -> Offset | None:
    """As in "on Chad's border with Niger", "at the Chad border"."""
    behind = _BORDER_BEHIND.match(text, place.end_char)
    if behind is None:
        return None
    other = next(
        (
            other
            for other in names
            if other.start_char > behind.end() and _WITH.fullmatch(text[behind.end() : other.start_char])
        ),
        None,
    )
    return Offset("border", other=other)


def _before(left: str) -> Offset | None:
    """The offset that ends the words before a name."""
    patterns = _patterns()
    found = patterns.word.search(left)
    if found is None:
        return None
    row = _rows()[_squeeze(found["word"] or found["other"])]
    rules: tuple[str, ...] = (row.rule,)
    if row["kind"] in {"between", "border"}:
        return Offset("border" if row["kind"] == "border" else "between", rule=rules)
    rest = left[: found.start()]
    away: float | None = None
    measured = patterns.unit.search(rest)
    if measured is not None:
        unit = _rows()[_squeeze(measured["unit"])]
        away, words = _kilometres(rest[: measured.start()], float(unit["value"]))
        rules += (unit.rule,)
        if row["kind"] == "within" and "within" not in words:
            # "Rebels hold 20 km of Gao"
            return None
    if row["kind"] in {"from", "within"} and measured is None:
        # "From Gao" alone tells where something came from.
        return None
    one_side = row["kind"] == "direction" and patterns.several.search(rest) is None
    return Offset("near", away, row["value"] if one_side else None, rule=rules)


def _kilometres(before: str, unit: float) -> tuple[float | None, list[str]]:
    """What the words before a unit count, and the words: the farther end of a range, nothing for "a few"."""
    words = _WORDS.findall(before.lower())[-8:]
    for start in range(len(words)):
        if words[start] == "half" and start >= len(words) - 2:
            return round(unit / 2, 1), words
        if start == len(words) - 1 and re.fullmatch(r"\d+\.\d+", words[start]):
            return round(float(words[start]) * unit, 1), words
        read = read_number(words, start)
        if read is not None and (read[1] == len(words) or words[read[1] :] == ["-"]):
            return round(read[0] * unit, 1), words
    single = bool(words) and words[-1] in {"a", "one"}
    return (round(unit, 1) if single else None), words


def _lower(place: Place, offset: Offset) -> PlacePrecision:
    if place.precision == "unresolved":
        return place.precision
    away = offset.distance_km
    if offset.relation == "between" and offset.other is not None:
        ours, theirs = (place.lat, place.lon), (offset.other.lat, offset.other.lon)
        known = None not in (*ours, *theirs)
        away = distance(*ours, *theirs) if known else None  # type: ignore[arg-type]  # none of them is None
    elif offset.relation == "border":
        away = 20.0
    elif away is None:
        away = 1.0 if place.precision == "site" else 20.0
    reach = next((name for name, limit in _HOLDS if away is not None and away <= limit), None)
    # What is one kilometre from a town is not in the town; two places of which one is unknown may be far apart.
    finest = ("province" if away is None else "country") if reach is None else reach
    if place.precision == "city" and finest == "city":
        finest = "district"
    return max(place.precision, finest, key=_FINE_TO_COARSE.index)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """
    The grammar of offsets, from the lines of places/offsets.

    Attributes:
        word: The word of direction, nearness or border that ends the text, and between it and the name perhaps a kind.
        several: A direction and a conjunction that end it: "north and east of X" is no one side.
        unit: The unit that ends what stands before that.
    """

    word: re.Pattern[str]
    several: re.Pattern[str]
    unit: re.Pattern[str]


@functools.cache
def _patterns() -> _Patterns:
    def forms(*kinds: str) -> str:
        rows = [row["form"] for row in load_table("places/offsets") if row["kind"] in kinds]
        return "|".join(_spaced(form) for form in sorted(rows, key=len, reverse=True))

    kinds = "|".join(sorted(map(re.escape, feature_words()), key=len, reverse=True))
    # "the southern town of X", "the capital, X", "the towns of X and Y"
    kind = rf"(?:(?:the|a)\s+)?(?:(?:[a-z-]+\s+){{0,2}}(?:{kinds})s?(?:\s+of|,)?\s+)?(?:the\s+)?"
    direction = rf"(?:to\s+the\s+|due\s+)?(?P<word>{forms('direction')})\s+(?:of|from)"
    other = rf"(?P<word>{forms('near', 'from', 'within', 'between', 'border')})"
    return _Patterns(
        re.compile(rf"(?<![\w-])(?:{direction}|{other.replace('word', 'other')})\s+{kind}$", re.IGNORECASE),
        re.compile(rf"\b(?:{forms('direction')})(?:,|,? and|,? or)\s+$", re.IGNORECASE),
        re.compile(
            rf"[\s-]?(?<![a-z])(?P<unit>{forms('unit')})\b(?:\s*\([^()]{{1,30}}\)|\s+or\s+so)?\s+(?:just\s+|away\s+)?$",
            re.IGNORECASE,
        ),
    )


def _spaced(form: str) -> str:
    return re.escape(form).replace(r"\ ", r"\s+")


def _squeeze(words: str) -> str:
    return " ".join(words.lower().split())


@functools.cache
def _rows() -> dict[str, Row]:
    return {row["form"]: row for row in load_table("places/offsets")}
