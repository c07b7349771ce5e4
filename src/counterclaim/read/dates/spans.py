"""
Readers of durations, sets and vague times: six weeks, every two days, recently.

Comes in: a `Match` and the `Anchors`. Goes out: a `TimeReading`; a window ("in the past two months") also has a range.

    "two and a half years" -> P2Y6M; "twice a week" -> SET P1W

Limit: how often within a set ("twice") is not kept.
"""

from datetime import date, timedelta

from counterclaim.read.dates.calendar import UNIT_FINENESS, shift, stretch
from counterclaim.read.dates.grammar import DateWord, Match, word_value
from counterclaim.read.dates.readings import (
    CLOCK_UNITS,
    Anchors,
    TimeReading,
    has_sense,
    is_sense,
    part_word,
    quantity_of,
    unit_code,
)


def duration_value(number: float | None, code: str) -> str:
    """The TIMEX3 value of so many units; X where the number is not said."""
    time = "T" if code in CLOCK_UNITS else ""
    unit = CLOCK_UNITS.get(code, code)
    if code == "DE":
        unit, number = ("Y", number * 10) if number is not None else ("DE", None)
    elif code == "CE":
        unit, number = ("Y", number * 100) if number is not None else ("CE", None)
    elif code == "WE":
        unit, number = "D", (number * 2 if number is not None else None)
    elif code == "FN":
        unit, number = "W", (number * 2 if number is not None else None)
    elif code == "NI":
        unit = "D"
    if number is None:
        return f"P{time}X{unit}"
    whole = int(number)
    if number == whole:
        return f"P{time}{whole}{unit}"
    # Half an hour is PT30M, two and a half years P2Y6M.
    finer = {"H": ("M", 60), "M": ("S", 60), "Y": ("M", 12), "D": ("TH", 24), "W": ("D", 7)}.get(unit)
    if finer is None or (unit == "M" and not time):
        return f"P{time}{number:g}{unit}"
    rest = round((number - whole) * finer[1])
    tail = f"T{rest}H" if finer[0] == "TH" else f"{rest}{finer[0]}"
    return f"P{time}" + (f"{whole}{unit}" if whole else "") + tail


def read_duration(match: Match, _: Anchors) -> TimeReading | None:
    """Six weeks, a 12-hour pause."""
    code = unit_code(match)
    words = match.part("q")
    number: float | None
    if not words:
        number = 1 if any(is_sense(word.lower, "whole") for word in match.words) else None
        if match.part("lo") and "unit" in (part_word(match, "unit") or match.words[0]).classes:
            number = 1
    else:
        number = quantity_of(words)
    if (
        number is not None
        and any(is_sense(word.lower, "half") for word in match.words)
        and not _has_half(words)
    ):
        number += 0.5
    return TimeReading("DURATION", duration_value(number, code))


def _has_half(words: tuple[DateWord, ...]) -> bool:
    return any(is_sense(word.lower, "half") for word in words)


def read_duration_window(match: Match, anchors: Anchors) -> TimeReading | None:
    """In the past two months: a duration, and a window that ends (or begins) at publication."""
    code = unit_code(match)
    number = quantity_of(match.part("q"))
    if (
        number is None
        and not match.part("q")
        and "unit" in (part_word(match, "unit") or match.words[-1]).classes
    ):
        number = 1
    value = duration_value(number, code)
    published = anchors.published
    if published is None or number is None:
        return TimeReading("DURATION", value)
    ahead = has_sense(match.text("wdir") or match.text("dir"), "ahead")
    if code in CLOCK_UNITS:
        day = timedelta(hours=number if code == "TH" else 0)
        other = published + day if ahead else published - day
    else:
        other = shift(stretch(UNIT_FINENESS[code], published), int(number if ahead else -number)).first
        if UNIT_FINENESS[code] != "day":
            # Two months before 17 March is 17 January, not the 1st.
            other = _same_day(published, int(number if ahead else -number), UNIT_FINENESS[code])
    first, last = sorted((published, other))
    return TimeReading("DURATION", value, None, first.isoformat(), last.isoformat(), None)


def _same_day(day: date, number: int, fineness: str) -> date:
    number *= {"decade": 10, "century": 100}.get(fineness, 1)
    if fineness in {"week", "weekend"}:
        return day + timedelta(days=7 * number)
    month = shift(stretch("month", day), number * {"month": 1, "quarter": 3}.get(fineness, 12)).first
    return month.replace(day=min(day.day, 28))


def read_often(match: Match, _: Anchors) -> TimeReading | None:
    """Daily, weekly."""
    return TimeReading("SET", word_value(match.words[0], "often"))


def read_every(match: Match, _: Anchors) -> TimeReading | None:
    """Every two weeks, twice a week."""
    numbers = [word.value for word in match.words if "num" in word.classes and word.value is not None]
    word = part_word(match, "unit")
    if word is None:
        return None
    code = word_value(word, "unit") or word_value(word, "units")
    number: float = numbers[0] if numbers and not match.part("per") else 1
    if any(is_sense(word.lower, "every_other") for word in match.words):
        number = 2
    return TimeReading("SET", duration_value(number, code))


def read_vague(match: Match, _: Anchors) -> TimeReading | None:
    """Now, recently, soon: references without a date."""
    value = match.row["args"].removeprefix("value=")
    return TimeReading("DURATION" if value.startswith("P") and "_" not in value else "DATE", value)
