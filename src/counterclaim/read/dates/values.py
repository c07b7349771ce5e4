"""
The readers of the date grammar: from the words of a match to a TIMEX3 value and a range of days.

Comes in: a `Match`, what is known of the moment of writing, and the tense around it. Goes out: a `Reading` with type, value,
range and precision, or None where the match turns out to be no time.

    "the third quarter" in a report of November 1989, past tense -> 1989-Q3, 1989-07-01 to 1989-09-30

Limit: a fiscal year is taken for the calendar year.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from counterclaim.read.dates.calendar import (
    PRECISION,
    UNIT_FINENESS,
    Stretch,
    edge,
    season_of,
    shift,
    stretch,
)
from counterclaim.read.dates.grammar import Match, Word, class_words, word_value
from counterclaim.types import DatePrecision, TimexType

CLOCK_UNITS = {"TH": "H", "TM": "M", "TS": "S"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a match means; `here` keeps the stretch for expressions that lean on it."""

    type: TimexType
    value: str
    here: Stretch | None = None
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
    told: Stretch | None = None
    quarter: Stretch | None = None
    tense: Callable[[Match], str] = field(default=lambda _: "")
    leads_ahead: Callable[[Match], bool] = field(default=lambda _: False)

    def now(self, fineness: str) -> Stretch | None:
        """The stretch of that fineness that holds the day of publication."""
        return stretch(fineness, self.published) if self.published else None


def read(match: Match, anchors: Anchors) -> Reading | None:
    """What a match means, by the reader its line names."""
    try:
        return READERS[match.row["make"]](match, anchors)
    except (ValueError, OverflowError):
        # 31 June, the year 12000: looks like a date, is none.
        return None


def of_stretch(here: Stretch, mod: str = "") -> Reading:
    """A DATE that stands for a stretch of the calendar, or a third of it."""
    part = edge(here, mod)
    precision = PRECISION[here.fineness]
    if part is not here and precision == "year":
        precision = "month"
    elif part is not here and precision == "month":
        precision = "week" if here.fineness == "month" else "month"
    return Reading("DATE", here.value, here, part.first.isoformat(), part.last.isoformat(), precision)


def mod_of(text: str) -> str:
    """START, MID or END for the words of an edge: "the end of", "early", "mid -"."""
    for word in text.split():
        for mod in ("START", "MID", "END"):
            if _is(word, mod.lower()):
                return mod
    return ""


def _is(word: str, sense: str) -> bool:
    """Whether the grammar's word table gives the word that sense (sense_back, sense_forward …)."""
    return f"sense_{sense}" in class_words().get(word, {})


def _has(text: str, sense: str) -> bool:
    return any(_is(word, sense) for word in text.split())


def _one(match: Match, name: str) -> Word | None:
    words = match.part(name)
    return words[0] if words else None


def _number(match: Match, name: str) -> int | None:
    word = _one(match, name)
    return word.value if word else None


def _full_year(match: Match) -> int | None:
    word = _one(match, "year")
    if word and word.value is not None:
        return word.value
    short = _number(match, "yy")
    if short is None:
        return None
    # Two digits: the hundred years that end a decade from now are meant ("'76", "3 MAY 88", "'22").
    return 1900 + short if short > 35 else 2000 + short


def _direction(text: str) -> int | None:
    for sense, step in (("forward", 1), ("back", -1), ("here", 0)):
        if _has(text, sense):
            return step
    return None


# --- calendar ---------------------------------------------------------------------------------


def _calendar(match: Match, anchors: Anchors) -> Reading | None:
    """Day, month, year as far as said; a missing year is inferred from the tense."""
    month_word, day, year = _one(match, "month"), _number(match, "day"), _full_year(match)
    number = _number(match, "m")
    if month_word is not None:
        number = int(word_value(month_word, "month") or word_value(month_word, "lonemonth"))
    mod = mod_of(match.text("edge"))
    if number is None:
        return _only_year(match, year, mod)
    if match.part("ydir") and year is None:
        year = _year_by_direction(match.text("ydir"), anchors)
    fineness = "day" if day is not None else "month"
    if year is None:
        year = _infer_year(match, anchors, number, day)
    if year is None:
        return Reading("DATE", f"XXXX-{number:02}" + (f"-{day:02}" if day else ""))
    here = stretch(fineness, date(year, number, day or 1))
    last_day = _number(match, "day2")
    if last_day is not None:
        end = stretch("day", date(year, number, last_day))
        if end.first <= here.first:
            return None
        return Reading(
            "DATE",
            f"{here.value}/{end.value}",
            end,
            here.first.isoformat(),
            end.last.isoformat(),
            "day",
        )
    return of_stretch(here, mod)


def _only_year(match: Match, year: int | None, mod: str) -> Reading | None:
    if year is None or not 1400 <= year < 2200:
        return None
    guard = match.row["args"]
    if guard == "year_guard=1" and not 1900 <= year < 2100:
        return None
    if guard == "year_guard=2" and len(match.words) == 1:
        return None
    last_year = _number(match, "year2")
    short = _number(match, "yy2")
    if short is not None:
        last_year = year // 100 * 100 + short
    here = stretch("year", date(year, 1, 1))
    if last_year is not None:
        if last_year <= year:
            return None
        end = stretch("year", date(last_year, 1, 1))
        first, last = here.first.isoformat(), end.last.isoformat()
        return Reading("DATE", f"{here.value}/{end.value}", end, first, last, "year")
    return of_stretch(here, mod)


def _year_by_direction(text: str, anchors: Anchors) -> int | None:
    direction = _direction(text)
    if _has(text, "told") and anchors.told is not None:
        return anchors.told.first.year + (direction or 0)
    return anchors.published.year + (direction or 0) if anchors.published and direction is not None else None


def _infer_year(match: Match, anchors: Anchors, month: int, day: int | None) -> int | None:
    """
    The year of a month or day named without one.

    Past tense takes the latest one not after publication, future tense the earliest not before; otherwise
    the nearest, with the past preferred (news tells of what was).
    """
    published = anchors.published
    direction = match.text("dir")
    if published is None:
        return anchors.told.first.year if anchors.told and not direction else None
    if direction:
        step = _direction(direction)
        if step == 0:
            return published.year
        if step == -1:
            return published.year if month < published.month else published.year - 1
        if step == 1:
            return published.year if month > published.month else published.year + 1
    tense = anchors.tense(match)
    distance = (month - published.month) * 31 + ((day or published.day) - published.day)
    # A term some weeks ahead beats the same date most of a year ago, whatever the tense ("was extended to Nov. 6").
    term = 0 < distance % 372 < 120 and anchors.leads_ahead(match)
    if tense == "future" or term:
        return published.year if distance >= 0 else published.year + 1
    if tense == "past":
        # A date a few weeks ahead is told in the past tense too ("was due on May 25" written on May 20).
        return published.year - 1 if distance > (5 if day else 0) else published.year
    if distance > 186:
        return published.year - 1
    return published.year + 1 if distance < -240 else published.year


def _slash(match: Match, _: Anchors) -> Reading | None:
    month, day, year = _number(match, "m"), _number(match, "day"), _full_year(match)
    if month is None or day is None or year is None:
        return None
    if day <= 12 and month != day:
        # 03/04/2021 is March in one country and April in another: only the year is known.
        here = stretch("year", date(year, 1, 1))
        return Reading("DATE", f"{year}-XX-XX", None, here.first.isoformat(), here.last.isoformat(), "year")
    return of_stretch(stretch("day", date(year, month, day)))


def _decade(match: Match, _: Anchors) -> Reading | None:
    word = _one(match, "decade")
    if word is not None and word.value is not None:
        year = word.value if word.value > 99 else 1900 + word.value
    else:
        named = _one(match, "decadeword")
        if named is None:
            return None
        year = 1900 + 10 * int(word_value(named, "decadeword"))
    return of_stretch(stretch("decade", date(year, 1, 1)), mod_of(match.text("edge")))


def _century(match: Match, _: Anchors) -> Reading | None:
    number = _number(match, "ordinal")
    if not number or number > 22:
        return None
    return of_stretch(stretch("century", date(max(1, (number - 1) * 100), 1, 1)), mod_of(match.text("edge")))


def _quarter(match: Match, anchors: Anchors) -> Reading | None:
    number = _number(match, "quarter")
    named = _one(match, "qname")
    if named is not None:
        number = int(word_value(named, "qname"))
    if number is None or not 1 <= number <= 4:
        return None
    year = _full_year(match)
    if year is None and match.part("ydir"):
        year = _year_by_direction(match.text("ydir"), anchors)
    if year is None and anchors.published is not None:
        year = _quarter_year(match, anchors, anchors.published, number)
    if year is None:
        return Reading("DATE", f"XXXX-Q{number}")
    return of_stretch(stretch("quarter", date(year, number * 3 - 2, 1)))


def _quarter_year(match: Match, anchors: Anchors, published: date, number: int) -> int:
    now = (published.month - 1) // 3 + 1
    if number <= now or anchors.tense(match) == "future":
        return published.year
    # "the fourth quarter" in October is this year's, in January last year's.
    return published.year if number - now <= 1 and now == 3 else published.year - 1


def _quarter_ref(match: Match, anchors: Anchors) -> Reading | None:
    text = match.text("dir")
    told = _has(text, "told") or text in {"", "the"}
    step = _direction(text)
    if anchors.published is not None and step is not None and not told:
        return of_stretch(shift(stretch("quarter", anchors.published), step))
    if anchors.quarter is not None:
        return of_stretch(anchors.quarter)
    if anchors.published is not None:
        # "the quarter" in a report of results is the one that ended.
        return of_stretch(shift(stretch("quarter", anchors.published), -1))
    return Reading("DATE", "XXXX-QX")


def _year_ago(match: Match, anchors: Anchors) -> Reading | None:
    number = _number(match, "quarter")
    if number is not None and anchors.published is not None:
        return of_stretch(stretch("quarter", date(anchors.published.year - 1, number * 3 - 2, 1)))
    if anchors.quarter is not None:
        return of_stretch(shift(anchors.quarter, -4))
    if anchors.published is None:
        return Reading("DATE", "PAST_REF")
    return of_stretch(stretch("year", date(anchors.published.year - 1, 1, 1)))


def _half(match: Match, anchors: Anchors) -> Reading | None:
    named = _one(match, "hname")
    words = [word.lower for word in match.words]
    second = word_value(named, "hname") == "2" if named else not _has(" ".join(words), "firsthalf")
    year = _full_year(match)
    if year is None:
        year = _year_by_direction(match.text("ydir") or "this", anchors)
    if year is None:
        return Reading("DATE", "XXXX-H2" if second else "XXXX-H1")
    return of_stretch(stretch("half", date(year, 7 if second else 1, 1)))


def _season(match: Match, anchors: Anchors) -> Reading | None:
    word = _one(match, "season")
    if word is None:
        return None
    code = word_value(word, "season")
    mod = mod_of(match.text("edge"))
    year = _full_year(match)
    if year is not None:
        return of_stretch(season_of(code, year), mod)
    if anchors.published is None:
        return Reading("DATE", f"XXXX-{code}")
    now = stretch("day", anchors.published)
    here = season_of(code, anchors.published.year)
    direction = _direction(match.text("dir")) if match.part("dir") else None
    if direction == -1 and here.last >= now.first:
        here = season_of(code, anchors.published.year - 1)
    elif (direction == 1 and here.first <= now.first) or (
        direction is None and anchors.tense(match) == "future" and here.last < now.first
    ):
        here = season_of(code, anchors.published.year + 1)
    elif direction in {None, 0} and anchors.tense(match) != "future" and (here.first - now.first).days > 92:
        here = season_of(code, anchors.published.year - 1)
    return of_stretch(here, mod)


# --- weekdays ---------------------------------------------------------------------------------


def _weekday(match: Match, anchors: Anchors) -> Reading | None:
    """
    Tense-aware: "on Tuesday" lies in the past in a past clause and ahead in a future one.

    The day of publication itself counts as either: "said on Wednesday", printed on Wednesday.
    """
    word = _one(match, "wd")
    if word is None:
        return None
    number = int(word_value(word, "weekday") or word_value(word, "weekdays"))
    part = _part_code(match)
    direction = match.text("dir") or match.text("wdir")
    if anchors.published is None:
        return Reading("TIME" if part else "DATE", f"XXXX-WXX-{number}" + part)
    published = anchors.published
    back = (published.isoweekday() - number) % 7
    step = _direction(direction) if direction else None
    if match.part("wdir"):
        week = shift(stretch("week", published), step or 0)
        day = week.first + timedelta(days=number - 1)
    elif _has(direction, "told") and anchors.told is not None and anchors.told.fineness == "day":
        told = anchors.told.first
        behind = (told.isoweekday() - number) % 7
        day = (
            told - timedelta(days=behind or 7) if step == -1 else told + timedelta(days=(7 - behind) % 7 or 7)
        )
        day = told - timedelta(days=behind) if step == 0 else day
    elif step == -1:
        day = published - timedelta(days=back or 7)
    elif step == 1 or (step is None and anchors.tense(match) == "future"):
        day = published + timedelta(days=(7 - back) % 7 or (7 if step == 1 else 0))
    elif step == 0 and _has(direction, "thisday") and anchors.tense(match) != "past":
        day = published + timedelta(days=(7 - back) % 7)
    else:
        day = published - timedelta(days=back)
    return _day_reading(day, part, mod_of(match.text("edge")))


def _weekday_shift(match: Match, anchors: Anchors) -> Reading | None:
    base = _weekday(match, anchors)
    if base is None or base.here is None:
        return base
    back = any(_is(word.lower, "ago") for word in match.words)
    return of_stretch(shift(base.here, -7 if back else 7))


def _weekday_set(match: Match, _: Anchors) -> Reading | None:
    word = _one(match, "wd")
    if word is None:
        return None
    number = word_value(word, "weekday") or word_value(word, "weekdays")
    return Reading("SET", f"XXXX-WXX-{number}" + _part_code(match))


def _part_code(match: Match) -> str:
    """``TNI`` for night …; noon and midnight are clock times (``T12:00``)."""
    word = _one(match, "part")
    if word is None:
        fixed = re.search(r"part=(\w+)", match.row["args"])
        return f"T{fixed.group(1)}" if fixed else ""
    code = word_value(word, "part") or word_value(word, "parts")
    return code if code.startswith("T") else f"T{code}"


def _day_reading(day: date, part: str, mod: str = "") -> Reading:
    here = stretch("day", day)
    if not part:
        return of_stretch(here, mod)
    if part == "T24:00":
        # Midnight on Friday ends Friday.
        following = (day + timedelta(days=1)).isoformat()
        return Reading("TIME", here.value + part, here, f"{following}T00:00", f"{following}T00:00", "minute")
    if part == "T12:00":
        return Reading("TIME", here.value + part, here, f"{day}T12:00", f"{day}T12:00", "minute")
    return Reading("TIME", here.value + part, here, day.isoformat(), day.isoformat(), "day")


# --- relative to now or to the story's own time -----------------------------------------------


def _shift_fixed(match: Match, anchors: Anchors) -> Reading | None:
    fixed = re.search(r"n=(-?\d+)", match.row["args"])
    day = match.text("dd")
    number = int(fixed.group(1)) if fixed else _is(day, "tomorrow") - _is(day, "yesterday")
    part = _part_code(match)
    if anchors.published is None:
        return Reading("TIME" if part else "DATE", "XXXX-XX-XX" + part)
    return _day_reading(anchors.published + timedelta(days=number), part, mod_of(match.text("edge")))


def _overnight(_: Match, anchors: Anchors) -> Reading | None:
    """The night before publication: "overnight" is told the morning after."""
    if anchors.published is None:
        return Reading("TIME", "XXXX-XX-XXTNI")
    before = anchors.published - timedelta(days=1)
    here = stretch("day", before)
    value = f"{before}TNI"
    return Reading("TIME", value, here, before.isoformat(), anchors.published.isoformat(), "day")


def _relative(match: Match, anchors: Anchors) -> Reading | None:
    """Last week, this year, the following month, the year; earlier this month."""
    word = _one(match, "unit")
    code = "Y"
    if word is not None:
        code = word_value(word, "unit") or word_value(word, "units") or word_value(word, "bigunit")
    text = match.text("dir") or match.text("cdir") or match.text("sdir") or "the"
    if code in CLOCK_UNITS:
        if _has(text, "back") or _has(text, "forward"):
            return Reading("DURATION", _duration_value(1, code))
        return None
    fineness = UNIT_FINENESS[code]
    mod = mod_of(match.text("edge"))
    step = _direction(text) or 0
    base = _base(text, fineness, anchors)
    if base is None:
        return Reading("DATE", _vague_value(fineness, step))
    here = shift(base, step)
    if fineness == "weekend" and step <= 0 and anchors.published is not None and not _has(text, "told"):
        here = _weekend(match, anchors, anchors.published, past=step == -1)
    reading = of_stretch(here, mod)
    return _clip(reading, match, anchors, here)


def _clip(reading: Reading, match: Match, anchors: Anchors, here: Stretch) -> Reading:
    """As in "earlier this month" ends at publication, "later this month" begins there."""
    published = anchors.published
    text = match.text("edge")
    if published is None or not here.first <= published <= here.last:
        return reading
    if _has(text, "clip_before"):
        return replace(reading, first=here.first.isoformat(), last=published.isoformat())
    if _has(text, "clip_after"):
        return replace(reading, first=published.isoformat(), last=here.last.isoformat())
    return reading


def _weekend(match: Match, anchors: Anchors, published: date, *, past: bool) -> Stretch:
    here = stretch("weekend", published)
    ahead = here.first > published
    return shift(here, -1) if ahead and (past or anchors.tense(match) != "future") else here


def _base(text: str, fineness: str, anchors: Anchors) -> Stretch | None:
    """What the expression counts from: the story's own time for "the following day", else publication."""
    told = _has(text, "told") or (fineness == "day" and (_has(text, "forward") or _has(text, "cut")))
    if told and anchors.told is not None:
        return stretch(fineness, anchors.told.first)
    return anchors.now(fineness)


def _vague_value(fineness: str, step: int) -> str:
    if step:
        return "FUTURE_REF" if step > 0 else "PAST_REF"
    return {
        "day": "XXXX-XX-XX",
        "week": "XXXX-WXX",
        "weekend": "XXXX-WXX-WE",
        "month": "XXXX-XX",
        "quarter": "XXXX-QX",
    }.get(fineness, "XXXX")


def _coref_part(match: Match, anchors: Anchors) -> Reading | None:
    part = _part_code(match)
    base = anchors.told if anchors.told is not None and anchors.told.fineness == "day" else anchors.now("day")
    if base is None:
        return Reading("TIME", "XXXX-XX-XX" + part)
    step = _direction(match.text("cdir")) or 0
    return _day_reading(base.first + timedelta(days=step), part)


def _part(match: Match, _: Anchors) -> Reading | None:
    """A part of some day: which day, the words around it may say."""
    part = _part_code(match)
    if not part:
        found = next((word for word in match.words if "part" in word.classes), None)
        code = word_value(found, "part") if found else ""
        part = code if code.startswith("T") else f"T{code}"
    return Reading("TIME", "XXXX-XX-XX" + part)


def _shift(match: Match, anchors: Anchors) -> Reading | None:
    """Three weeks ago (from publication), two days later (from the story's own time)."""
    word = _one(match, "unit")
    if word is None:
        return None
    code = word_value(word, "unit") or word_value(word, "units")
    number = _quantity(match.part("q"))
    relation = match.text("rel")
    back = _has(relation, "earlier_rel") or not relation
    if number is None:
        return Reading("DATE", "PAST_REF" if back else "FUTURE_REF")
    told = _has(relation, "lean") and anchors.told is not None
    if code in CLOCK_UNITS:
        if anchors.published is None or told:
            return Reading("TIME", "PAST_REF" if back else "FUTURE_REF")
        hours = number if code == "TH" else 0
        day = (
            anchors.published
            if hours < 24
            else anchors.published + timedelta(hours=-hours if back else hours)
        )
        return Reading("TIME", day.isoformat(), stretch("day", day), day.isoformat(), day.isoformat(), "day")
    fineness = UNIT_FINENESS[code]
    if code == "FN":
        number *= 2
    if fineness == "year" and number == 1 and back and anchors.quarter is not None:
        # Financial prose: "a year earlier" after "the third quarter" is that quarter of the year before.
        return of_stretch(shift(anchors.quarter, -4))
    base = anchors.told if told else anchors.now("day")
    if base is None:
        return Reading("DATE", "PAST_REF" if back else "FUTURE_REF")
    if fineness == "decade":
        fineness, number = "year", number * 10
    if fineness == "century":
        fineness, number = "year", number * 100
    whole = float(number)
    here = shift(stretch(fineness, base.first), int(-whole if back else whole))
    return of_stretch(here)


def _shift_day(match: Match, anchors: Anchors) -> Reading | None:
    """The day before, the night after: leaning on the day just told of."""
    base = anchors.told if anchors.told is not None and anchors.told.fineness == "day" else None
    back = _has(match.text("rel"), "earlier_rel")
    if base is None:
        return Reading("DATE", "PAST_REF" if back else "FUTURE_REF")
    word = _one(match, "unit")
    part = ""
    if word is not None and word_value(word, "part"):
        part = "T" + word_value(word, "part")
    return _day_reading(base.first + timedelta(days=-1 if back else 1), part)


def _year_end(_: Match, anchors: Anchors) -> Reading | None:
    if anchors.published is None:
        return Reading("DATE", "XXXX-12-31")
    here = stretch("day", date(anchors.published.year, 12, 31))
    return of_stretch(here)


def _week_of(match: Match, anchors: Anchors) -> Reading | None:
    day = _calendar(match, anchors)
    if day is None or day.here is None:
        return day
    return of_stretch(stretch("week", day.here.first))


# --- durations and sets -----------------------------------------------------------------------


def _quantity(words: tuple[Word, ...]) -> float | None:
    """The number of units; None for "several", "a few" and other vague ones."""
    total: float | None = None
    for word in words:
        if word.value is not None and "num" in word.classes and total is None:
            total = word.value
        elif "fraction" in word.classes:
            top, bottom = (int(part) for part in word.lower.split("/"))
            total = (total or 0) + top / (bottom or 1)
        elif _is(word.lower, "two"):
            return 2
        elif _is(word.lower, "twelve"):
            return 12
        elif _is(word.lower, "vague"):
            return None
        elif _is(word.lower, "half"):
            total = (total or 0) + 0.5
    if total is None and words and _is(words[0].lower, "one"):
        return 1
    return total


def _duration_value(number: float | None, code: str) -> str:
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


def _unit_code(match: Match) -> str:
    word = _one(match, "unit") or _one(match, "units")
    if word is None:
        return "D"
    return word_value(word, "unit") or word_value(word, "units")


def _duration(match: Match, _: Anchors) -> Reading | None:
    code = _unit_code(match)
    words = match.part("q")
    number: float | None
    if not words:
        number = 1 if any(_is(word.lower, "whole") for word in match.words) else None
        if match.part("lo") and "unit" in (_one(match, "unit") or match.words[0]).classes:
            number = 1
    else:
        number = _quantity(words)
    if number is not None and any(_is(word.lower, "half") for word in match.words) and not _has_half(words):
        number += 0.5
    return Reading("DURATION", _duration_value(number, code))


def _has_half(words: tuple[Word, ...]) -> bool:
    return any(_is(word.lower, "half") for word in words)


def _duration_window(match: Match, anchors: Anchors) -> Reading | None:
    """In the past two months: a duration, and a window that ends (or begins) at publication."""
    code = _unit_code(match)
    number = _quantity(match.part("q")) if match.part("q") else None
    value = _duration_value(number, code)
    published = anchors.published
    if published is None or number is None:
        return Reading("DURATION", value)
    ahead = _has(match.text("wdir"), "ahead")
    if code in CLOCK_UNITS:
        day = timedelta(hours=number if code == "TH" else 0)
        other = published + day if ahead else published - day
    else:
        other = shift(stretch(UNIT_FINENESS[code], published), int(number if ahead else -number)).first
        if UNIT_FINENESS[code] != "day":
            # Two months before 17 March is 17 January, not the 1st.
            other = _same_day(published, int(number if ahead else -number), UNIT_FINENESS[code])
    first, last = sorted((published, other))
    return Reading("DURATION", value, None, first.isoformat(), last.isoformat(), None)


def _same_day(day: date, number: int, fineness: str) -> date:
    if fineness in {"week", "weekend"}:
        return day + timedelta(days=7 * number)
    month = shift(stretch("month", day), number * {"month": 1, "quarter": 3}.get(fineness, 12)).first
    return month.replace(day=min(day.day, 28))


def _often(match: Match, _: Anchors) -> Reading | None:
    return Reading("SET", word_value(match.words[0], "often"))


def _every(match: Match, _: Anchors) -> Reading | None:
    numbers = [word.value for word in match.words if "num" in word.classes and word.value is not None]
    word = _one(match, "unit")
    if word is None:
        return None
    code = word_value(word, "unit") or word_value(word, "units")
    number: float = numbers[0] if numbers and not match.part("per") else 1
    if any(_is(word.lower, "every_other") for word in match.words):
        number = 2
    return Reading("SET", _duration_value(number, code))


def _vague(match: Match, _: Anchors) -> Reading | None:
    value = match.row["args"].removeprefix("value=")
    return Reading("DURATION" if value.startswith("P") and "_" not in value else "DATE", value)


# --- clock times ------------------------------------------------------------------------------


def _clock(match: Match, anchors: Anchors) -> Reading | None:
    """A clock time of some day; `finish_clock` puts in the day once it is known."""
    word = _one(match, "hm")
    if word is None or word.value is None:
        return None
    minutes = word.value if "clock" in word.classes else None
    if minutes is None:
        hour = word.value
        minutes = (
            hour // 100 * 60 + hour % 100 if match.row["id"] in {"clock_hhmm", "clock_hours"} else hour * 60
        )
    minutes = _twelve_hours(minutes, match.text("ampm") or _half_day(match))
    if minutes is None or not 0 <= minutes <= 24 * 60:
        return None
    told = f"T{minutes // 60:02}:{minutes % 60:02}"
    zone = _one(match, "zone")
    offset = word_value(zone, "zone") if zone else ""
    universal = _one(match, "gmt")
    if universal is not None and universal.value is not None:
        value = universal.value
        if "clock" not in universal.classes:
            value = (
                value // 100 * 60 + value % 100 if "hhmm" in universal.classes and value > 24 else value * 60
            )
        converted = _twelve_hours(value, match.text("gmtampm"))
        zone_word = _one(match, "gmtzone")
        zone_offset = word_value(zone_word, "zone") if zone_word else ""
        if converted is not None and zone_offset:
            told, offset = f"T{converted // 60:02}:{converted % 60:02}", zone_offset
    suffix = "Z" if offset == "+00:00" else offset
    day = anchors.told if anchors.told is not None and anchors.told.fineness == "day" else None
    if day is None:
        return Reading("TIME", f"XXXX-XX-XX{told}{suffix}")
    moment = f"{day.value}{told}{suffix}"
    return Reading("TIME", moment, day, moment, moment, "minute")


def _twelve_hours(minutes: int, half: str) -> int | None:
    if not half:
        return minutes
    if minutes >= 13 * 60:
        return minutes
    minutes %= 12 * 60
    return minutes + 12 * 60 if half.startswith("p") else minutes


def _half_day(match: Match) -> str:
    words = " ".join(word.lower for word in match.words)
    return "am" if _has(words, "forenoon") else "pm" if _has(words, "afternoon") else ""


def attach_day(clock: Reading, day: Stretch) -> Reading:
    """The clock time or part of day on that day."""
    tail = clock.value[clock.value.index("T") :] if "T" in clock.value else ""
    if not tail:
        return clock
    if tail[1:2].isdigit() and tail not in {"T24:00", "T12:00"}:
        moment = f"{day.value}{tail}"
        return Reading("TIME", moment, day, moment, moment, "minute")
    return _day_reading(day.first, tail)


READERS: dict[str, Callable[[Match, Anchors], Reading | None]] = {
    "calendar": _calendar,
    "century": _century,
    "clock": _clock,
    "coref_part": _coref_part,
    "decade": _decade,
    "duration": _duration,
    "duration_window": _duration_window,
    "every": _every,
    "half": _half,
    "often": _often,
    "overnight": _overnight,
    "part": _part,
    "quarter": _quarter,
    "quarter_ref": _quarter_ref,
    "relative": _relative,
    "season": _season,
    "shift": _shift,
    "shift_day": _shift_day,
    "shift_fixed": _shift_fixed,
    "slash": _slash,
    "vague": _vague,
    "week_of": _week_of,
    "weekday": _weekday,
    "weekday_set": _weekday_set,
    "weekday_shift": _weekday_shift,
    "year_ago": _year_ago,
    "year_end": _year_end,
}
