"""
Calendar arithmetic: stretches of time at the fineness a text states them, with TIMEX3 values and ISO ranges.

Comes in: a fineness (``year``, ``quarter``, ``month``, ``week`` …) and a first day. Goes out: the TIMEX3 value, first and last
day, and the neighbours of such a stretch.

    >>> stretch("quarter", date(2020, 8, 9)).value
    '2020-Q3'
    >>> shift(stretch("month", date(2020, 1, 5)), -2).value
    '2019-11'

Limit: the Gregorian calendar only; winter is December to February and named after the year it begins in.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from counterclaim.types import DatePrecision

PRECISION: dict[str, DatePrecision] = {
    "day": "day",
    "weekend": "day",
    "week": "week",
    "month": "month",
    "quarter": "month",
    "season": "month",
    "half": "month",
    "year": "year",
    "decade": "year",
    "century": "year",
}
# First month of each season; "fall" and "autumn" are one.
SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
MONTHS_IN = {"month": 1, "quarter": 3, "season": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
UNIT_FINENESS = {
    "D": "day",
    "NI": "day",
    "W": "week",
    "WE": "weekend",
    "FN": "week",
    "M": "month",
    "Q": "quarter",
    "Y": "year",
    "DE": "decade",
    "CE": "century",
}


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of the calendar: its fineness, TIMEX3 value, first and last day."""

    fineness: str
    value: str
    first: date
    last: date


def add_months(day: date, months: int) -> date:
    """The first of the month so many months on, kept within the calendar."""
    number = max(12, min(day.year * 12 + day.month - 1 + months, 9998 * 12))
    return date(number // 12, number % 12 + 1, 1)


def stretch(fineness: str, day: date) -> Days:
    """The stretch of that fineness that holds the day."""
    match fineness:
        case "day":
            return Days("day", day.isoformat(), day, day)
        case "week":
            first = day - timedelta(days=day.weekday())
            year, week, _ = day.isocalendar()
            return Days("week", f"{year}-W{week:02}", first, first + timedelta(days=6))
        case "weekend":
            first = day + timedelta(days=5 - day.weekday())
            year, week, _ = first.isocalendar()
            return Days("weekend", f"{year}-W{week:02}-WE", first, first + timedelta(days=1))
        case "month":
            return _months("month", f"{day.year:04}-{day.month:02}", day.replace(day=1))
        case "quarter":
            quarter = (day.month - 1) // 3
            return _months("quarter", f"{day.year:04}-Q{quarter + 1}", date(day.year, quarter * 3 + 1, 1))
        case "half":
            half = (day.month - 1) // 6
            return _months("half", f"{day.year:04}-H{half + 1}", date(day.year, half * 6 + 1, 1))
        case "season":
            return season(day)
        case "decade":
            return _months("decade", f"{day.year // 10:03}", date(max(1, day.year // 10 * 10), 1, 1))
        case "century":
            return _months("century", f"{day.year // 100:02}", date(max(1, day.year // 100 * 100), 1, 1))
        case _:
            return _months("year", f"{day.year:04}", date(day.year, 1, 1))


def season(day: date) -> Days:
    """The season that holds the day."""
    month = (day.month % 12) // 3 * 3 or 12
    year = day.year - 1 if month == 12 and day.month < 3 else day.year
    code = next(code for code, first in SEASON_MONTH.items() if first == month)
    return _months("season", f"{year:04}-{code}", date(max(1, year), month, 1))


def season_of(code: str, year: int) -> Days:
    """That season of that year."""
    return _months("season", f"{year:04}-{code}", date(year, SEASON_MONTH[code], 1))


def _months(fineness: str, value: str, first: date) -> Days:
    return Days(fineness, value, first, add_months(first, MONTHS_IN[fineness]) - timedelta(days=1))


def shift(here: Days, number: int) -> Days:
    """The stretch of the same fineness so many on (or back, if negative)."""
    if here.fineness in MONTHS_IN:
        return stretch(here.fineness, add_months(here.first, number * MONTHS_IN[here.fineness]))
    days = {"day": 1, "week": 7, "weekend": 7}[here.fineness]
    try:
        return stretch(here.fineness, here.first + timedelta(days=days * number))
    except OverflowError:
        return here


def edge(whole: Days, mod: str) -> Days:
    """The first (START), middle (MID) or last (END) third; a day is not divided."""
    days = (whole.last - whole.first).days + 1
    if days < 3 or mod not in {"START", "MID", "END"}:
        return whole
    if whole.fineness in MONTHS_IN and MONTHS_IN[whole.fineness] >= 12:
        third = MONTHS_IN[whole.fineness] // 3
        number = {"START": 0, "MID": 1, "END": 2}[mod]
        first = add_months(whole.first, third * number)
        return replace(whole, first=first, last=add_months(first, third) - timedelta(days=1))
    third = days // 3
    first = whole.first + timedelta(days={"START": 0, "MID": third, "END": 2 * third}[mod])
    last = whole.last if mod == "END" else first + timedelta(days=third - 1)
    return replace(whole, first=first, last=last)


def easter(year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def holiday(kind: str, when: str, year: int) -> date | None:
    """The day a holiday of knowledge/holidays.tsv falls on in that year; None for movable ones not computed here."""
    match kind:
        case "fixed":
            month, day = (int(part) for part in when.split("-"))
            return date(year, month, day)
        case "easter":
            return easter(year) + timedelta(days=int(when))
        case "election":
            first = date(year, 11, 1)
            return first + timedelta(days=(0 - first.weekday()) % 7 + 1)
        case "nth":
            month_text, weekday_text, which = when.split("-")
            first = date(year, int(month_text), 1)
            days = [
                day
                for day in (first + timedelta(days=offset) for offset in range(31))
                if day.month == first.month and day.isoweekday() == int(weekday_text)
            ]
            return days[-1] if which == "last" else days[int(which) - 1]
        case _:
            return None
