"""
What a time expression means, what it leans on, and the small questions all readers ask of a match.

Comes in: a `Match`. Goes out: `TimeReading` records and the parts of a match as numbers, codes and senses.

    the words "early" and "the end of" -> START and END (their senses in knowledge/dates_words.tsv)

Limit: a word has its senses everywhere; which one is meant is the pattern's business.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from counterclaim.read.dates.calendar import PRECISION, Days, edge, stretch
from counterclaim.read.dates.grammar import DateWord, Match, class_words, word_value
from counterclaim.types import DatePrecision, TimexType

CLOCK_UNITS = {"TH": "H", "TM": "M", "TS": "S"}


@dataclass(frozen=True, slots=True)
class TimeReading:
    """What a match means; `here` keeps the stretch for expressions that lean on it."""

    type: TimexType
    value: str
    here: Days | None = None
    first: str | None = None
    last: str | None = None
    precision: DatePrecision | None = None


@dataclass(slots=True)
class Anchors:
    """
    What dates lean on while a text is read.

    Attributes:
        published: The day of publication, None if unknown.
        told: The latest calendar stretch the text named: "two days later" counts from it.
        leads_ahead: Whether the words just before set a term ("until", "effective").
        tense: ``past``, ``future`` or empty for the words around a match, asked only when needed.
        quarter: The latest quarter named, for "a year earlier" in financial prose.
    """

    published: date | None
    told: Days | None = None
    quarter: Days | None = None
    tense: Callable[[Match], str] = field(default=lambda _: "")
    leads_ahead: Callable[[Match], bool] = field(default=lambda _: False)

    def now(self, fineness: str) -> Days | None:
        """The stretch of that fineness that holds the day of publication."""
        return stretch(fineness, self.published) if self.published else None


def of_stretch(here: Days, mod: str = "") -> TimeReading:
    """A DATE that stands for a stretch of the calendar, or a third of it."""
    part = edge(here, mod)
    precision = PRECISION[here.fineness]
    if part is not here and precision == "year":
        precision = "month"
    elif part is not here and precision == "month":
        precision = "week" if here.fineness == "month" else "month"
    return TimeReading("DATE", here.value, here, part.first.isoformat(), part.last.isoformat(), precision)


def mod_of(text: str) -> str:
    """START, MID or END for the words of an edge: "the end of", "early", "mid -"."""
    for word in text.split():
        for mod in ("START", "MID", "END"):
            if is_sense(word, mod.lower()):
                return mod
    return ""


def is_sense(word: str, sense: str) -> bool:
    """Whether the grammar's word table gives the word that sense (sense_back, sense_forward …)."""
    return f"sense_{sense}" in class_words().get(word, {})


def has_sense(text: str, sense: str) -> bool:
    """Whether any word of the text has that sense."""
    return any(is_sense(word, sense) for word in text.split())


def part_word(match: Match, name: str) -> DateWord | None:
    """The first word of a named part."""
    words = match.part(name)
    return words[0] if words else None


def part_number(match: Match, name: str) -> int | None:
    """The number of the first word of a named part."""
    word = part_word(match, name)
    return word.value if word else None


def full_year(match: Match) -> int | None:
    """The year of the parts ``year`` or ``yy``, four digits."""
    word = part_word(match, "year")
    if word and word.value is not None:
        return word.value
    short = part_number(match, "yy")
    if short is None:
        return None
    # Two digits: the hundred years that end a decade from now are meant ("'76", "3 MAY 88", "'22").
    return 1900 + short if short > 35 else 2000 + short


def direction_of(text: str) -> int | None:
    """1 for next, -1 for last, 0 for this; None where nothing says."""
    for sense, step in (("forward", 1), ("back", -1), ("here", 0)):
        if has_sense(text, sense):
            return step
    return None


def part_code(match: Match) -> str:
    """``TNI`` for night …; noon and midnight are clock times (``T12:00``)."""
    word = part_word(match, "part")
    if word is None:
        fixed = re.search(r"part=(\w+)", match.row["args"])
        return f"T{fixed.group(1)}" if fixed else ""
    code = word_value(word, "part") or word_value(word, "parts")
    return code if code.startswith("T") else f"T{code}"


def day_reading(day: date, part: str, mod: str = "") -> TimeReading:
    """A day, or a part of it (``TNI``, ``T12:00``)."""
    here = stretch("day", day)
    if not part:
        return of_stretch(here, mod)
    if part == "T24:00":
        # Midnight on Friday ends Friday.
        following = (day + timedelta(days=1)).isoformat()
        return TimeReading(
            "TIME", here.value + part, here, f"{following}T00:00", f"{following}T00:00", "minute"
        )
    if part == "T12:00":
        return TimeReading("TIME", here.value + part, here, f"{day}T12:00", f"{day}T12:00", "minute")
    return TimeReading("TIME", here.value + part, here, day.isoformat(), day.isoformat(), "day")


def quantity_of(words: tuple[DateWord, ...]) -> float | None:
    """The number of units; None for "several", "a few" and other vague ones."""
    total: float | None = None
    for word in words:
        if word.value is not None and "num" in word.classes and total is None:
            total = word.value
        elif "fraction" in word.classes:
            top, bottom = (int(part) for part in word.lower.split("/"))
            total = (total or 0) + top / (bottom or 1)
        elif is_sense(word.lower, "two"):
            return 2
        elif is_sense(word.lower, "twelve"):
            return 12
        elif is_sense(word.lower, "vague"):
            return None
        elif is_sense(word.lower, "half"):
            total = (total or 0) + 0.5
    if total is None and words and is_sense(words[0].lower, "one"):
        return 1
    return total


def unit_code(match: Match) -> str:
    """The TIMEX3 code of the unit named."""
    word = part_word(match, "unit") or part_word(match, "units")
    if word is None:
        return "D"
    return word_value(word, "unit") or word_value(word, "units")
