"""
Readers of dates that lean on others: yesterday, last week, three days ago, the following day.

Comes in: a `Match` and the `Anchors`. Goes out: a `TimeReading`; without a day to lean on, a value without a range.

    "two days later" after "March 3, 2020" -> 2020-03-05

Limit: "the following day" leans on the date told last, whichever story it belonged to.
"""

import re
from dataclasses import replace
from datetime import date, timedelta

from counterclaim.read.dates.calendar import UNIT_FINENESS, Days, shift, stretch
from counterclaim.read.dates.grammar import Match, word_value
from counterclaim.read.dates.readings import (
    CLOCK_UNITS,
    Anchors,
    TimeReading,
    day_reading,
    direction_of,
    has_sense,
    is_sense,
    mod_of,
    of_stretch,
    part_code,
    part_word,
    quantity_of,
)
from counterclaim.read.dates.spans import duration_value, read_duration_window


def read_shift_fixed(match: Match, anchors: Anchors) -> TimeReading | None:
    """Yesterday, tonight, this morning."""
    fixed = re.search(r"n=(-?\d+)", match.row["args"])
    day = match.text("dd")
    number = int(fixed.group(1)) if fixed else is_sense(day, "tomorrow") - is_sense(day, "yesterday")
    part = part_code(match)
    if anchors.published is None:
        return TimeReading("TIME" if part else "DATE", "XXXX-XX-XX" + part)
    return day_reading(anchors.published + timedelta(days=number), part, mod_of(match.text("edge")))


def read_overnight(_: Match, anchors: Anchors) -> TimeReading | None:
    """The night before publication: "overnight" is told the morning after."""
    if anchors.published is None:
        return TimeReading("TIME", "XXXX-XX-XXTNI")
    before = anchors.published - timedelta(days=1)
    here = stretch("day", before)
    value = f"{before}TNI"
    return TimeReading("TIME", value, here, before.isoformat(), anchors.published.isoformat(), "day")


def read_relative(match: Match, anchors: Anchors) -> TimeReading | None:
    """Last week, this year, the following month, the year; earlier this month."""
    word = part_word(match, "unit")
    code = "Y"
    if word is not None:
        code = word_value(word, "unit") or word_value(word, "units") or word_value(word, "bigunit")
    text = match.text("dir") or match.text("cdir") or match.text("sdir") or "the"
    if code in CLOCK_UNITS:
        if has_sense(text, "back") or has_sense(text, "forward"):
            return TimeReading("DURATION", duration_value(1, code))
        return None
    fineness = UNIT_FINENESS[code]
    mod = mod_of(match.text("edge"))
    step = direction_of(text) or 0
    if fineness in {"decade", "century"} and step and not has_sense(text, "told"):
        # "over the past decade" is the ten years up to now, not the calendar's decade.
        return read_duration_window(match, anchors)
    base = _base(text, fineness, anchors)
    if base is None:
        return TimeReading("DATE", _vague_value(fineness, step))
    here = shift(base, step)
    if fineness == "weekend" and step <= 0 and anchors.published is not None and not has_sense(text, "told"):
        here = _weekend(match, anchors, anchors.published, past=step == -1)
    reading = of_stretch(here, mod)
    return _clip(reading, match, anchors, here)


def _clip(reading: TimeReading, match: Match, anchors: Anchors, here: Days) -> TimeReading:
    """As in "earlier this month" ends at publication, "later this month" begins there."""
    published = anchors.published
    text = match.text("edge")
    if published is None or not here.first <= published <= here.last:
        return reading
    if has_sense(text, "clip_before"):
        return replace(reading, first=here.first.isoformat(), last=published.isoformat())
    if has_sense(text, "clip_after"):
        return replace(reading, first=published.isoformat(), last=here.last.isoformat())
    return reading


def _weekend(match: Match, anchors: Anchors, published: date, *, past: bool) -> Days:
    here = stretch("weekend", published)
    ahead = here.first > published
    return shift(here, -1) if ahead and (past or anchors.tense(match) != "future") else here


def _base(text: str, fineness: str, anchors: Anchors) -> Days | None:
    """What the expression counts from: the story's own time for "the following day", else publication."""
    told = has_sense(text, "told") or (
        fineness == "day" and (has_sense(text, "forward") or has_sense(text, "cut"))
    )
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


def read_coref_part(match: Match, anchors: Anchors) -> TimeReading | None:
    """That night, the next morning: of the day just told of."""
    part = part_code(match)
    base = anchors.told if anchors.told is not None and anchors.told.fineness == "day" else anchors.now("day")
    if base is None:
        return TimeReading("TIME", "XXXX-XX-XX" + part)
    step = direction_of(match.text("cdir")) or 0
    return day_reading(base.first + timedelta(days=step), part)


def read_part(match: Match, _: Anchors) -> TimeReading | None:
    """A part of some day: which day, the words around it may say."""
    part = part_code(match)
    if not part:
        found = next((word for word in match.words if "part" in word.classes), None)
        code = word_value(found, "part") if found else ""
        part = code if code.startswith("T") else f"T{code}"
    return TimeReading("TIME", "XXXX-XX-XX" + part)


def read_shift(match: Match, anchors: Anchors) -> TimeReading | None:
    """Three weeks ago (from publication), two days later (from the story's own time)."""
    word = part_word(match, "unit")
    if word is None:
        return None
    code = word_value(word, "unit") or word_value(word, "units")
    number = quantity_of(match.part("q"))
    relation = match.text("rel")
    back = has_sense(relation, "earlier_rel") or not relation
    if number is None:
        return TimeReading("DATE", "PAST_REF" if back else "FUTURE_REF")
    told = has_sense(relation, "lean") and anchors.told is not None
    if code in CLOCK_UNITS:
        if anchors.published is None or told:
            return TimeReading("TIME", "PAST_REF" if back else "FUTURE_REF")
        hours = number if code == "TH" else 0
        day = (
            anchors.published
            if hours < 24
            else anchors.published + timedelta(hours=-hours if back else hours)
        )
        return TimeReading(
            "TIME", day.isoformat(), stretch("day", day), day.isoformat(), day.isoformat(), "day"
        )
    fineness = UNIT_FINENESS[code]
    if code == "FN":
        number *= 2
    if fineness == "year" and number == 1 and back and anchors.quarter is not None:
        # Financial prose: "a year earlier" after "the third quarter" is that quarter of the year before.
        return of_stretch(shift(anchors.quarter, -4))
    base = anchors.told if told else anchors.now("day")
    if base is None:
        return TimeReading("DATE", "PAST_REF" if back else "FUTURE_REF")
    if fineness == "decade":
        fineness, number = "year", number * 10
    if fineness == "century":
        fineness, number = "year", number * 100
    whole = float(number)
    here = shift(stretch(fineness, base.first), int(-whole if back else whole))
    return of_stretch(here)


def read_shift_day(match: Match, anchors: Anchors) -> TimeReading | None:
    """The day before, the night after: leaning on the day just told of."""
    base = anchors.told if anchors.told is not None and anchors.told.fineness == "day" else None
    back = has_sense(match.text("rel"), "earlier_rel")
    if base is None:
        return TimeReading("DATE", "PAST_REF" if back else "FUTURE_REF")
    word = part_word(match, "unit")
    part = ""
    if word is not None and word_value(word, "part"):
        part = "T" + word_value(word, "part")
    return day_reading(base.first + timedelta(days=-1 if back else 1), part)
