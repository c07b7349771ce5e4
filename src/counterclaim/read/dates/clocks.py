"""
Readers of clock times, with the time zone where one is named.

Comes in: a `Match` and the `Anchors`. Goes out: a `TimeReading`; `attach_day` puts in the day once it is known.

    "8:00 p.m. local time (1600 GMT)" -> T16:00Z

Limit: local time stays without a zone: where the story happened is not known here.
"""

from counterclaim.read.dates.calendar import Days
from counterclaim.read.dates.grammar import Match, word_value
from counterclaim.read.dates.readings import Anchors, TimeReading, day_reading, has_sense, part_word


def read_clock(match: Match, anchors: Anchors) -> TimeReading | None:
    """A clock time of some day; `finish_clock` puts in the day once it is known."""
    word = part_word(match, "hm")
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
    zone = part_word(match, "zone")
    offset = word_value(zone, "zone") if zone else ""
    universal = part_word(match, "gmt")
    if universal is not None and universal.value is not None:
        value = universal.value
        if "clock" not in universal.classes:
            value = (
                value // 100 * 60 + value % 100 if "hhmm" in universal.classes and value > 24 else value * 60
            )
        converted = _twelve_hours(value, match.text("gmtampm"))
        zone_word = part_word(match, "gmtzone")
        zone_offset = word_value(zone_word, "zone") if zone_word else ""
        if converted is not None and zone_offset:
            told, offset = f"T{converted // 60:02}:{converted % 60:02}", zone_offset
    suffix = "Z" if offset == "+00:00" else offset
    day = anchors.told if anchors.told is not None and anchors.told.fineness == "day" else None
    if day is None:
        return TimeReading("TIME", f"XXXX-XX-XX{told}{suffix}")
    moment = f"{day.value}{told}{suffix}"
    return TimeReading("TIME", moment, day, moment, moment, "minute")


def _twelve_hours(minutes: int, half: str) -> int | None:
    if not half:
        return minutes
    if minutes >= 13 * 60:
        return minutes
    minutes %= 12 * 60
    return minutes + 12 * 60 if half.startswith("p") else minutes


def _half_day(match: Match) -> str:
    words = " ".join(word.lower for word in match.words)
    return "am" if has_sense(words, "forenoon") else "pm" if has_sense(words, "afternoon") else ""


def attach_day(clock: TimeReading, day: Days) -> TimeReading:
    """The clock time or part of day on that day."""
    tail = clock.value[clock.value.index("T") :] if "T" in clock.value else ""
    if not tail:
        return clock
    if tail[1:2].isdigit() and tail not in {"T24:00", "T12:00"}:
        moment = f"{day.value}{tail}"
        return TimeReading("TIME", moment, day, moment, moment, "minute")
    return day_reading(day.first, tail)
