"""
Readers of dates by the calendar: days, months, years, quarters, seasons, weekdays.

Comes in: a `Match` and the `Anchors`. Goes out: a `TimeReading`, or None where the match is no date.

    "the third quarter", published in November 1989 -> 1989-Q3, 1989-07-01 to 1989-09-30

Limit: a fiscal year is taken for the calendar year.
"""

from datetime import date, timedelta

from counterclaim.read.dates.calendar import season_of, shift, stretch
from counterclaim.read.dates.grammar import Match, word_value
from counterclaim.read.dates.readings import (
    Anchors,
    TimeReading,
    day_reading,
    direction_of,
    full_year,
    has_sense,
    is_sense,
    mod_of,
    of_stretch,
    part_code,
    part_number,
    part_word,
)


def read_calendar(match: Match, anchors: Anchors) -> TimeReading | None:
    """Day, month, year as far as said; a missing year is inferred from the tense."""
    month_word, day, year = part_word(match, "month"), part_number(match, "day"), full_year(match)
    number = part_number(match, "m")
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
        return TimeReading("DATE", f"XXXX-{number:02}" + (f"-{day:02}" if day else ""))
    here = stretch(fineness, date(year, number, day or 1))
    last_day = part_number(match, "day2")
    if last_day is not None:
        end = stretch("day", date(year, number, last_day))
        if end.first <= here.first:
            return None
        return TimeReading(
            "DATE",
            f"{here.value}/{end.value}",
            end,
            here.first.isoformat(),
            end.last.isoformat(),
            "day",
        )
    return of_stretch(here, mod)


def _only_year(match: Match, year: int | None, mod: str) -> TimeReading | None:
    if year is None or not 1400 <= year < 2200:
        return None
    guard = match.row["args"]
    if guard == "year_guard=1" and not 1900 <= year < 2100:
        return None
    if guard == "year_guard=2" and len(match.words) == 1:
        return None
    last_year = part_number(match, "year2")
    short = part_number(match, "yy2")
    if short is not None:
        last_year = year // 100 * 100 + short
    here = stretch("year", date(year, 1, 1))
    if last_year is not None:
        if last_year <= year:
            return None
        end = stretch("year", date(last_year, 1, 1))
        first, last = here.first.isoformat(), end.last.isoformat()
        return TimeReading("DATE", f"{here.value}/{end.value}", end, first, last, "year")
    return of_stretch(here, mod)


def _year_by_direction(text: str, anchors: Anchors) -> int | None:
    direction = direction_of(text)
    if has_sense(text, "told") and anchors.told is not None:
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
        step = direction_of(direction)
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


def read_day_of_month(match: Match, anchors: Anchors) -> TimeReading | None:
    """On the 21st: of this month or, by the tense, of the one before or after; in figures only."""
    word = part_word(match, "day")
    if word is None or word.value is None or not 1 <= word.value <= 31 or not word.lower[0].isdigit():
        return None
    if anchors.published is None:
        return TimeReading("DATE", f"XXXX-XX-{word.value:02}")
    here = anchors.now("month")
    published = anchors.published
    tense = anchors.tense(match)
    if here is not None and tense == "future" and word.value < published.day:
        here = shift(here, 1)
    elif here is not None and tense != "future" and word.value > published.day:
        # "Talks resume on the 21st", printed on the 15th: the present tense tells of what is planned.
        here = here if tense != "past" else shift(here, -1)
    return None if here is None else of_stretch(stretch("day", here.first.replace(day=word.value)))


def read_slash(match: Match, _: Anchors) -> TimeReading | None:
    """03/19/2021: the day and month where only one order is possible, else the year alone."""
    month, day, year = part_number(match, "m"), part_number(match, "day"), full_year(match)
    if month is None or day is None or year is None:
        return None
    if day <= 12 and month != day:
        # 03/04/2021 is March in one country and April in another: only the year is known.
        here = stretch("year", date(year, 1, 1))
        return TimeReading(
            "DATE", f"{year}-XX-XX", None, here.first.isoformat(), here.last.isoformat(), "year"
        )
    return of_stretch(stretch("day", date(year, month, day)))


def read_decade(match: Match, _: Anchors) -> TimeReading | None:
    """The 1980s, the late seventies."""
    word = part_word(match, "decade")
    if word is not None and word.value is not None:
        year = word.value if word.value > 99 else 1900 + word.value
    else:
        named = part_word(match, "decadeword")
        if named is None:
            return None
        year = 1900 + 10 * int(word_value(named, "decadeword"))
    return of_stretch(stretch("decade", date(year, 1, 1)), mod_of(match.text("edge")))


def read_century(match: Match, _: Anchors) -> TimeReading | None:
    """The 16th century (TIMEX3 ``15``)."""
    number = part_number(match, "ordinal")
    if not number or number > 22:
        return None
    return of_stretch(stretch("century", date(max(1, (number - 1) * 100), 1, 1)), mod_of(match.text("edge")))


def read_quarter(match: Match, anchors: Anchors) -> TimeReading | None:
    """The third quarter, with the year said or inferred."""
    number = part_number(match, "quarter")
    named = part_word(match, "qname")
    if named is not None:
        number = int(word_value(named, "qname"))
    if number is None or not 1 <= number <= 4:
        return None
    year = full_year(match)
    if year is None and match.part("ydir"):
        year = _year_by_direction(match.text("ydir"), anchors)
    if year is None and anchors.published is not None:
        year = _quarter_year(match, anchors, anchors.published, number)
    if year is None:
        return TimeReading("DATE", f"XXXX-Q{number}")
    return of_stretch(stretch("quarter", date(year, number * 3 - 2, 1)))


def _quarter_year(match: Match, anchors: Anchors, published: date, number: int) -> int:
    now = (published.month - 1) // 3 + 1
    if number <= now or anchors.tense(match) == "future":
        return published.year
    # "the fourth quarter" in October is this year's, in January last year's.
    return published.year if number - now <= 1 and now == 3 else published.year - 1


def read_quarter_ref(match: Match, anchors: Anchors) -> TimeReading | None:
    """This, last or "the" quarter: of publication, or the one told last."""
    text = match.text("dir")
    told = has_sense(text, "told") or text in {"", "the"}
    step = -1 if has_sense(text, "latest") else direction_of(text)
    if anchors.published is not None and step is not None and not told:
        return of_stretch(shift(stretch("quarter", anchors.published), step))
    if anchors.quarter is not None:
        return of_stretch(anchors.quarter)
    if anchors.published is not None:
        # "the quarter" in a report of results is the one that ended.
        return of_stretch(shift(stretch("quarter", anchors.published), -1))
    return TimeReading("DATE", "XXXX-QX")


def read_quarter_year(match: Match, anchors: Anchors) -> TimeReading | None:
    """The 1988 quarter: of that year the quarter told last, else the one that had ended at publication."""
    year = full_year(match)
    here = anchors.quarter
    if here is None and anchors.published is not None:
        here = shift(stretch("quarter", anchors.published), -1)
    if year is None or here is None:
        return None
    return of_stretch(stretch("quarter", here.first.replace(year=year)))


def read_year_ago(match: Match, anchors: Anchors) -> TimeReading | None:
    """The year-earlier quarter, or the year before publication."""
    number = part_number(match, "quarter")
    if number is not None and anchors.published is not None:
        return of_stretch(stretch("quarter", date(anchors.published.year - 1, number * 3 - 2, 1)))
    if anchors.quarter is not None:
        return of_stretch(shift(anchors.quarter, -4))
    if anchors.published is None:
        return TimeReading("DATE", "PAST_REF")
    return of_stretch(stretch("year", date(anchors.published.year - 1, 1, 1)))


def read_half(match: Match, anchors: Anchors) -> TimeReading | None:
    """The first or second half of a year."""
    named = part_word(match, "hname")
    words = [word.lower for word in match.words]
    second = word_value(named, "hname") == "2" if named else not has_sense(" ".join(words), "firsthalf")
    year = full_year(match)
    if year is None:
        year = _year_by_direction(match.text("ydir") or "this", anchors)
    if year is None:
        return TimeReading("DATE", "XXXX-H2" if second else "XXXX-H1")
    return of_stretch(stretch("half", date(year, 7 if second else 1, 1)))


def read_season(match: Match, anchors: Anchors) -> TimeReading | None:
    """A season; a missing year is inferred as for months."""
    word = part_word(match, "season")
    if word is None:
        return None
    code = word_value(word, "season")
    mod = mod_of(match.text("edge"))
    year = full_year(match)
    if year is not None:
        return of_stretch(season_of(code, year), mod)
    if anchors.published is None:
        return TimeReading("DATE", f"XXXX-{code}")
    now = stretch("day", anchors.published)
    here = season_of(code, anchors.published.year)
    direction = direction_of(match.text("dir")) if match.part("dir") else None
    if direction == -1 and here.last >= now.first:
        here = season_of(code, anchors.published.year - 1)
    elif (direction == 1 and here.first <= now.first) or (
        direction is None and anchors.tense(match) == "future" and here.last < now.first
    ):
        here = season_of(code, anchors.published.year + 1)
    elif direction in {None, 0} and anchors.tense(match) != "future" and (here.first - now.first).days > 92:
        here = season_of(code, anchors.published.year - 1)
    return of_stretch(here, mod)


def read_weekday(match: Match, anchors: Anchors) -> TimeReading | None:
    """
    Tense-aware: "on Tuesday" lies in the past in a past clause and ahead in a future one.

    The day of publication itself counts as either: "said on Wednesday", printed on Wednesday.
    """
    word = part_word(match, "wd")
    if word is None:
        return None
    number = int(word_value(word, "weekday") or word_value(word, "weekdays"))
    part = part_code(match)
    direction = match.text("dir") or match.text("wdir")
    if anchors.published is None:
        return TimeReading("TIME" if part else "DATE", f"XXXX-WXX-{number}" + part)
    published = anchors.published
    back = (published.isoweekday() - number) % 7
    step = direction_of(direction) if direction else None
    if match.part("wdir"):
        week = shift(stretch("week", published), step or 0)
        day = week.first + timedelta(days=number - 1)
    elif has_sense(direction, "told") and anchors.told is not None and anchors.told.fineness == "day":
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
    elif step == 0 and has_sense(direction, "thisday") and anchors.tense(match) != "past":
        day = published + timedelta(days=(7 - back) % 7)
    else:
        day = published - timedelta(days=back)
    return day_reading(day, part, mod_of(match.text("edge")))


def read_weekday_before(match: Match, anchors: Anchors) -> TimeReading | None:
    """The last such day before the one just told of: "last Friday and the Friday before"."""
    found = read_weekday(match, anchors)
    word = part_word(match, "wd")
    told = anchors.told
    if found is None or word is None or told is None or told.fineness != "day":
        return found
    number = int(word_value(word, "weekday") or word_value(word, "weekdays"))
    behind = (told.first.isoweekday() - number) % 7 or 7
    return day_reading(told.first - timedelta(days=behind), "")


def read_weekday_shift(match: Match, anchors: Anchors) -> TimeReading | None:
    """A week from Friday."""
    base = read_weekday(match, anchors)
    if base is None or base.here is None:
        return base
    back = any(is_sense(word.lower, "ago") for word in match.words)
    return of_stretch(shift(base.here, -7 if back else 7))


def read_weekday_set(match: Match, _: Anchors) -> TimeReading | None:
    """Every Thursday, Friday nights."""
    word = part_word(match, "wd")
    if word is None:
        return None
    number = word_value(word, "weekday") or word_value(word, "weekdays")
    return TimeReading("SET", f"XXXX-WXX-{number}" + part_code(match))


def read_week_of(match: Match, anchors: Anchors) -> TimeReading | None:
    """The week of a day."""
    day = read_calendar(match, anchors)
    if day is None or day.here is None:
        return day
    return of_stretch(stretch("week", day.here.first))


def read_year_end(_: Match, anchors: Anchors) -> TimeReading | None:
    """The last day of the year of publication."""
    if anchors.published is None:
        return TimeReading("DATE", "XXXX-12-31")
    here = stretch("day", date(anchors.published.year, 12, 31))
    return of_stretch(here)
