"""
When: time expressions of a text with TIMEX3 values and the ranges they stand for, and the date of each event.

Comes in: the parsed text and the article (its day of publication is the only anchor; where it is unknown,
"on Tuesday" keeps its type and the value ``XXXX-WXX-2``, and no range). Goes out: `Timex` records; for an
event trigger, the `DateRange` the syntax gives it, or None. The publication date is never a fallback.

    Published 2022-09-14 (a Wednesday): "The ministry said at 8:00 p.m. local time (1600 GMT) on Wednesday"
    -> TIME 2022-09-14T16:00Z

Limit: "two days later" counts from the date told last, whichever story that date belonged to.
"""

from counterclaim.read.dates.choice import choose_date, make_range, year_told_of
from counterclaim.read.dates.find import find_times

__all__ = ["choose_date", "find_times", "make_range", "year_told_of"]
