"""
The readers of the date grammar by name, as the `make` column of knowledge/dates.tsv names them.

Comes in: a `Match` and the `Anchors`. Goes out: its `TimeReading`, or None where the match turns out to be no time.

    a match of "30 June" -> the reader "calendar"; "31 June" -> None

Limit: each match is read alone; what neighbours add, `find` puts together.
"""

from collections.abc import Callable

from counterclaim.read.dates.clocks import read_clock
from counterclaim.read.dates.grammar import Match
from counterclaim.read.dates.points import (
    read_calendar,
    read_century,
    read_day_of_month,
    read_decade,
    read_half,
    read_quarter,
    read_quarter_ref,
    read_quarter_year,
    read_season,
    read_slash,
    read_week_of,
    read_weekday,
    read_weekday_before,
    read_weekday_set,
    read_weekday_shift,
    read_year_ago,
    read_year_end,
)
from counterclaim.read.dates.readings import Anchors, TimeReading
from counterclaim.read.dates.relative import (
    read_coref_part,
    read_overnight,
    read_part,
    read_relative,
    read_shift,
    read_shift_day,
    read_shift_fixed,
)
from counterclaim.read.dates.spans import (
    read_duration,
    read_duration_window,
    read_every,
    read_often,
    read_vague,
)


def read(match: Match, anchors: Anchors) -> TimeReading | None:
    """What a match means, by the reader its line names."""
    try:
        return READERS[match.row["make"]](match, anchors)
    except (ValueError, OverflowError):
        # 31 June, the year 12000: looks like a date, is none.
        return None


READERS: dict[str, Callable[[Match, Anchors], TimeReading | None]] = {
    "calendar": read_calendar,
    "century": read_century,
    "clock": read_clock,
    "coref_part": read_coref_part,
    "day_of_month": read_day_of_month,
    "decade": read_decade,
    "duration": read_duration,
    "duration_window": read_duration_window,
    "every": read_every,
    "half": read_half,
    "often": read_often,
    "overnight": read_overnight,
    "part": read_part,
    "quarter": read_quarter,
    "quarter_ref": read_quarter_ref,
    "quarter_year": read_quarter_year,
    "relative": read_relative,
    "season": read_season,
    "shift": read_shift,
    "shift_day": read_shift_day,
    "shift_fixed": read_shift_fixed,
    "slash": read_slash,
    "vague": read_vague,
    "week_of": read_week_of,
    "weekday": read_weekday,
    "weekday_set": read_weekday_set,
    "weekday_before": read_weekday_before,
    "weekday_shift": read_weekday_shift,
    "year_ago": read_year_ago,
    "year_end": read_year_end,
}
