"""
Finds the time expressions of a text: grammar matches, holidays, clock times joined with their day.

Comes in: the parsed text and the article. Goes out: `Timex` records in text order, none overlapping.

    "9 a.m. EST Tuesday" -> one TIME, value ...T09:00-05:00

Limit: a clock time takes the nearest day of its sentence; where two days are named it takes the nearer.
"""

import itertools
import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from counterclaim.knowledge import Row, load_table
from counterclaim.read.dates.calendar import Days, holiday, shift, stretch
from counterclaim.read.dates.clocks import attach_day
from counterclaim.read.dates.grammar import DateWord, Match, find_matches, read_words
from counterclaim.read.dates.readings import Anchors, TimeReading, of_stretch
from counterclaim.read.dates.tense import leads_ahead, tense_at, token_at
from counterclaim.read.dates.values import read
from counterclaim.read.syntax.tree import Tree
from counterclaim.types import Article, Timex

# Days further off than this in a list of dates are not the clock time's.
NEIGHBOURS = 8
JOIN = re.compile(r"[\s,]*(?:(?:on|of|the)\s+)*", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d\b")
TO = re.compile(r"\s*(?:to|until|till|through|and|-|–|—)\s*(?:the\s+)?", re.IGNORECASE)
FROM = re.compile(r"\b(?:from|between)\s+(?:the\s+)?$", re.IGNORECASE)
SINCE = re.compile(r"\bsince\s+(?:the\s+)?(?:at\s+least\s+)?$", re.IGNORECASE)


@dataclass(slots=True)
class _Found:
    start: int
    end: int
    reading: TimeReading
    rule: str
    joined: bool = False


def find_times(tree: Tree, article: Article) -> tuple[Timex, ...]:
    """Every time expression of the text, with its TIMEX3 type and value and, where it can be anchored, its range."""
    text = tree.text
    published = _published(article)
    anchors = Anchors(published)
    # Asked once: the question goes through all tokens.
    parsed = any(tree.dep)
    anchors.tense = lambda match: tense_at(tree, match.words[0].start, match.words[-1].end, parsed=parsed)
    anchors.leads_ahead = lambda match: leads_ahead(tree, match.words[0].start)
    words = read_words(text)
    found: list[_Found] = []
    for start, end, match in _choose(words, text):
        if _rule_of(match).endswith(("/month_lone", "/month_prep")) and _is_name(tree, start):
            continue
        if isinstance(match, Row):
            reading = _read_holiday(match, anchors, text[start:end])
        else:
            reading = read(match, anchors)
        if reading is None:
            continue
        rule = _rule_of(match)
        found.append(_Found(start, end, reading, rule))
        if "year_ago" not in rule and "/ago" not in rule:
            _remember(anchors, reading)
        elif reading.here is not None and reading.here.fineness != "quarter":
            # "a year earlier" must not become the quarter the next "a year earlier" counts from.
            _remember(anchors, reading)
    found = _join_clocks(tree, text, _order_weekdays(text, _share_years(text, found)))
    return tuple(_make_timex(text, entry, published) for entry in found)


def _rule_of(match: Match | Row) -> str:
    return match.rule if isinstance(match, Row) else match.row.rule


def _is_name(tree: Tree, char: int) -> bool:
    """As in "April Reyes": a month that is somebody's name."""
    token = token_at(tree, char)
    return token is not None and token.entity == "PERSON"


def _published(article: Article) -> date | None:
    try:
        return date.fromisoformat(article.published[:10]) if article.published else None
    except ValueError:
        return None


def _remember(anchors: Anchors, reading: TimeReading) -> None:
    """Later expressions lean on the dates told: days, weeks, months and years; quarters also on their own."""
    if reading.here is None or reading.type not in {"DATE", "TIME"}:
        return
    if reading.here.fineness == "quarter":
        anchors.quarter = reading.here
    elif reading.here.fineness in {"day", "week", "month", "year"}:
        anchors.told = reading.here


def _choose(words: list[DateWord], text: str) -> list[tuple[int, int, Match | Row]]:
    """Leftmost longest among all matches; the table's order decides between equals."""
    candidates: list[tuple[int, int, int, Match | Row]] = []
    for order, match in enumerate(find_matches(words)):
        candidates.append((match.words[0].start, -match.words[-1].end, order, match))
    candidates += [(start, -end, -1, row) for start, end, row in _find_holidays(text)]
    candidates.sort(key=lambda entry: entry[:3])
    chosen: list[tuple[int, int, Match | Row]] = []
    last_end = -1
    for start, negative_end, _, candidate in candidates:
        if start < last_end:
            continue
        last_end = -negative_end
        if isinstance(candidate, Match) and candidate.row["make"] == "block":
            continue
        chosen.append((start, -negative_end, candidate))
    return chosen


@cache
def _holiday_expression() -> tuple[re.Pattern[str], dict[str, Row]]:
    rows = {row["form"]: row for row in load_table("holidays")}
    forms = "|".join(re.escape(form).replace("'", "['’]") for form in sorted(rows, key=len, reverse=True))
    year = r"(?:,?\s+(?:(?:of|in)\s+)?(?P<year>(?:19|20)\d\d)\b)?"
    return re.compile(rf"\b(?:(?:last|next|this)\s+)?(?P<name>{forms})\b{year}", re.IGNORECASE), rows


def _find_holidays(text: str) -> list[tuple[int, int, Row]]:
    expression, rows = _holiday_expression()
    return [
        (found.start(), found.end(), rows[found.group("name").lower().replace("’", "'")])
        for found in expression.finditer(text)
        if found.group("name")[0].isupper()
    ]


def _read_holiday(row: Row, anchors: Anchors, words: str) -> TimeReading | None:
    """The holiday of the year said, else the one nearest to publication, the past preferred."""
    said = YEAR.search(words)
    if said is not None:
        day = holiday(row["kind"], row["when"], int(said.group()))
        return of_stretch(stretch("day", day)) if day else None
    if anchors.published is None:
        fixed = row["when"] if row["kind"] == "fixed" else "XX-XX"
        return TimeReading("DATE", f"XXXX-{fixed}")
    days = [holiday(row["kind"], row["when"], anchors.published.year + step) for step in (-1, 0, 1)]
    known = [day for day in days if day is not None]
    if not known:
        return TimeReading("DATE", "XXXX-XX-XX")
    published = anchors.published
    # A holiday up to six weeks ahead is meant as the coming one, otherwise the last.
    near = [day for day in known if -365 < (day - published).days <= 42]
    return of_stretch(stretch("day", max(near) if near else known[0]))


def _share_years(text: str, found: list[_Found]) -> list[_Found]:
    """As in "from April 12 to June 30, 2019": the year said last is that of both."""
    shared = list(found)
    for position, (earlier, later) in enumerate(itertools.pairwise(found)):
        first, last = earlier.reading.here, later.reading.here
        if (
            first is None
            or last is None
            or not {first.fineness, last.fineness} <= {"day", "month"}
            or earlier.reading.value.count("/")
            or YEAR.search(text, earlier.start, earlier.end)
            or not YEAR.search(text, later.start, later.end)
            or not TO.fullmatch(text, earlier.end, later.start)
            or not FROM.search(text, max(0, earlier.start - 24), earlier.start)
        ):
            continue
        year = last.first.year - (first.first.replace(year=2000) > last.first.replace(year=2000))
        here = stretch(first.fineness, first.first.replace(year=year))
        shared[position] = replace(earlier, reading=of_stretch(here))
    return shared


def _order_weekdays(text: str, found: list[_Found]) -> list[_Found]:
    """As in "from Tuesday to Thursday" told on a Wednesday: the first lies before the second."""
    ordered = list(found)
    for position, (earlier, later) in enumerate(itertools.pairwise(found)):
        first, last = earlier.reading.here, later.reading.here
        if (
            first is not None
            and last is not None
            and earlier.rule == later.rule == "dates/weekday"
            and first.first > last.first
            and TO.fullmatch(text, earlier.end, later.start)
            and FROM.search(text, max(0, earlier.start - 24), earlier.start)
        ):
            ordered[position] = replace(earlier, reading=of_stretch(shift(first, -7)))
    return ordered


def _join_clocks(tree: Tree, text: str, found: list[_Found]) -> list[_Found]:
    """As in "8 p.m. on Wednesday", "Wednesday at 8 p.m.": one expression; else the day named in the same sentence."""
    joined: list[_Found] = []
    for entry in found:
        before = joined[-1] if joined else None
        if before is not None and JOIN.fullmatch(text, before.end, entry.start) and _can_join(before, entry):
            day = entry.reading.here
            if day is not None:
                joined[-1] = _Found(
                    before.start,
                    entry.end,
                    _at_clock(before.reading, entry.reading, day),
                    before.rule,
                    joined=True,
                )
                continue
        joined.append(entry)
    for position, entry in enumerate(joined):
        if not _needs_day(entry):
            continue
        day = _day_nearby(tree, joined, position)
        if day is not None:
            joined[position] = replace(entry, reading=attach_day(entry.reading, day))
    return joined


def _at_clock(clock: TimeReading, named: TimeReading, day: Days) -> TimeReading:
    """The clock time on its day; "the night of May 9-10" begins on the first of the two."""
    if "/" not in named.value or named.first is None:
        return attach_day(clock, day)
    begun = attach_day(clock, stretch("day", date.fromisoformat(named.first)))
    return replace(begun, last=named.last)


def _needs_day(entry: _Found) -> bool:
    reading = entry.reading
    return (
        not entry.joined
        and reading.type == "TIME"
        and (reading.value.startswith("XXXX") or "/clock" in entry.rule)
    )


def _can_join(before: _Found, entry: _Found) -> bool:
    day = entry.reading.here
    return _needs_day(before) and entry.reading.type == "DATE" and day is not None and day.fineness == "day"


def _day_nearby(tree: Tree, found: list[_Found], position: int) -> Days | None:
    here = token_at(tree, found[position].start)
    best: tuple[int, Days] | None = None
    for other in range(max(0, position - NEIGHBOURS), min(len(found), position + NEIGHBOURS + 1)):
        entry = found[other]
        day = entry.reading.here
        if other == position or day is None or day.fineness != "day" or _needs_day(entry):
            continue
        there = token_at(tree, entry.start)
        if here is None or there is None or there.sent.start != here.sent.start:
            continue
        distance = abs(there.i - here.i)
        if best is None or distance < best[0]:
            best = (distance, day)
    return best[1] if best else None


def _make_timex(text: str, entry: _Found, published: date | None) -> Timex:
    reading = entry.reading
    first, last = reading.first, reading.last
    if (
        published is not None
        and first
        and reading.type in {"DATE", "TIME"}
        and SINCE.search(text, max(0, entry.start - 24), entry.start)
    ):
        # "since Sunday" reaches to the day of writing.
        last = max(last or first, published.isoformat())
    return Timex(
        text=text[entry.start : entry.end],
        start_char=entry.start,
        end_char=entry.end,
        type=reading.type,
        value=reading.value,
        start=first,
        end=last,
        precision=reading.precision,
        rule=entry.rule,
    )
