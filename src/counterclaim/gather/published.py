"""
When the article was published, and how we know.

Comes in: what the user, the page's metadata, the dateline and the text say. Goes out: an ISO date or None, and
``given``, ``metadata``, ``dateline``, ``inferred`` or ``unknown``.

    >>> read_date("Wed, 14 Sep 2022 10:00:00 +0000")
    '2022-09-14'
    >>> find_year("Sept 14", ("Troops crossed on Wednesday, a day after shelling that began on Tuesday.",
    ...     "It was the worst fighting since March 2020, and since the 2020 war."), has_agency=True)
    2022

A dateline without a year gets one only where the report pins it: its weekday fits a single year at or soon after
the latest year the report looks back on. Never is today's date consulted: the same text gives the same answer
in ten years. A report that looks back on nothing recent stays ``unknown``.
"""

import re
from calendar import day_name, month_abbr, month_name
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.types import PublishedFrom

_MONTHS = {name.casefold(): number for number, name in enumerate(month_name) if name}
_MONTHS |= {name.casefold(): number for number, name in enumerate(month_abbr) if name} | {"sept": 9}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=lambda name: (-len(name), name))) + r")\b\.?"
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)")
_MONTH_FIRST = re.compile(
    rf"\b{_MONTH}\s*(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:(?:\s*+,)?\s++(\d{{4}}|['’]?\d\d(?![\d:])))?",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    rf"(?<![\d:])(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{_MONTH}(?:[\s,-]+(\d{{4}}|['’]?\d\d(?![\d:])))?",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)(?!\d)")
_IN_URL = re.compile(r"[/_-]((?:19|20)\d\d)[/_-]?([01]?\d)[/_-]?([0-3]?\d)(?=[/_.-]|$)")
_UPDATED = re.compile(r"\b(?:updated|modified|edited)\b.*", re.IGNORECASE)

_WEEKDAYS = {name.casefold(): number for number, name in enumerate(day_name)}
_WEEKDAY = re.compile(rf"(?<!last )(?<!next )(?<!every )\b({'|'.join(day_name)})\b")
_NEXT_DAY = re.compile(
    r"\b(?:an?|one) day (?:after|earlier|before)\b|\bthe (?:day before|previous day)\b|\bovernight\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d,.$€£/-])(?:19[5-9]\d|20\d\d)(?!\d|,\d|%|\.\d|-\d)(?:s\b)?")
_MONTH_BEFORE = re.compile(rf"\b{_MONTH}\s+(?:\d{{1,2}},\s+)?$", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]?[A-Z])|\n+")
_WEB = 1995
# Within six years each weekday falls on a date once, now and then twice; two fits are no fit.
_WINDOW = 6
_DAY = timedelta(days=1)


def find_published(
    *,
    given: str | None,
    metadata: str | None,
    url: str | None,
    stamps: Sequence[str],
    dateline: str | None,
    has_agency: bool,
    body: Sequence[str],
    guessed: str | None = None,
    in_utc: bool = False,
) -> tuple[str | None, PublishedFrom]:
    """
    The publication date by the best authority there is.

    Args:
        given: By the user or the table.
        metadata: What the page's data say.
        stamps: Lines that the page prints beside its headline.
        guessed: What an extractor takes for the date; it may be another item's.
        in_utc: `metadata` is a day of universal time: the day before it, where the page prints that one, is the local day.
    """
    if given and (known := read_date(given)):
        return known, "given"
    printed = read_url_date(url) or _read_stamps(stamps)
    if metadata and (known := read_date(metadata)):
        is_evening = in_utc and printed and date.fromisoformat(known) - date.fromisoformat(printed) == _DAY
        return (printed if is_evening and printed else known), "metadata"
    if known := printed or (read_date(guessed) if guessed else None):
        return known, "metadata"
    if dateline and (known := read_date(dateline)):
        return known, "dateline"
    if dateline and (year := find_year(dateline, body, has_agency=has_agency)):
        month, day = _month_and_day(dateline) or (0, 0)
        return date(year, month, day).isoformat(), "inferred"
    return None, "unknown"


def read_date(text: str) -> str | None:
    """
    The full date that a text prints, as ISO ``YYYY-MM-DD``; None where it prints none or leaves the year out.

    Of 03/04/2021, which two halves of the world read differently, nothing is made.
    """
    for pattern in (_ISO, _COMPACT):
        if found := pattern.search(text):
            return _iso(int(found[1]), int(found[2]), int(found[3]))
    for found in _MONTH_FIRST.finditer(text):
        if found[3]:
            return _iso(_full_year(found[3]), _MONTHS[found[1].casefold()], int(found[2]))
    for found in _DAY_FIRST.finditer(text):
        if found[3]:
            return _iso(_full_year(found[3]), _MONTHS[found[2].casefold()], int(found[1]))
    if found := _NUMERIC.search(text):
        first, second = int(found[1]), int(found[2])
        dotted = "." in found.group()
        if second > 12 and not dotted:
            return _iso(int(found[3]), first, second)
        if first > 12 or dotted or first == second:
            return _iso(int(found[3]), second, first)
    return None


def read_update(stamp: str) -> str | None:
    """
    The day of the last change, where a line prints it.

    >>> read_update("Published 3 May 2021, updated 5 May 2021"), read_update("Posted on 3 May 2021")
    ('2021-05-05', None)
    """
    changed = _UPDATED.search(stamp)
    return read_date(changed.group()) if changed else None


def read_url_date(url: str | None) -> str | None:
    """The date in an address such as ``https://post.example/world/2021/05/03/story``."""
    found = _IN_URL.search(url) if url else None
    return _iso(int(found[1]), int(found[2]), int(found[3])) if found else None


def find_year(dateline: str, body: Sequence[str], *, has_agency: bool) -> int | None:
    """
    The year of a dateline that prints none, where the report pins it, else None.

    The first weekday of the lead is the day of filing in wire reports (18 of 20 with such a dateline); in press
    releases it is the day before or two days before as often, so an agency or words such as "a day after" are
    asked for, and no later weekday may be named. Measured on dated news: rarely known (2 of 36 such
    datelines), once wrong.
    """
    text = "\n".join(body)
    weekday = _filing_weekday(body, has_agency=has_agency)
    when = _month_and_day(dateline)
    earliest = _earliest_year(text)
    if weekday is None or when is None or earliest is None:
        return None
    latest = min(earliest + _WINDOW - 1, _leaders_until(text) or 9999)
    fits = [
        year
        for year in range(earliest, latest + 1)
        if (_iso(year, *when)) and date(year, *when).weekday() == weekday
    ]
    return fits[0] if len(fits) == 1 else None


def _filing_weekday(body: Sequence[str], *, has_agency: bool) -> int | None:
    told = [sentence for sentence in _sentences("\n".join(body)) if not is_coming(sentence)]
    lead = [
        day for sentence in _sentences("\n".join(body[:2])) if sentence in told for day in _weekdays(sentence)
    ]
    named = {day for sentence in told for day in _weekdays(sentence)}
    if not lead or (lead[0] + 1) % 7 in named:
        return None
    return lead[0] if has_agency or _NEXT_DAY.search("\n".join(body[:2])) else None


def _weekdays(sentence: str) -> list[int]:
    return [_WEEKDAYS[name.casefold()] for name in _WEEKDAY.findall(sentence)]


def _sentences(text: str) -> list[str]:
    return _SENTENCE.split(text)


def is_coming(sentence: str) -> bool:
    """
    The sentence may speak of what lies ahead of the report.

    >>> is_coming("Ministers will meet on Monday."), is_coming("Ministers met on Monday.")
    (True, False)
    """
    return _coming().search(sentence) is not None


@cache
def _coming() -> re.Pattern[str]:
    words = [w for row in load_table("dateline_words") if row["kind"] == "coming" for w in row.split("words")]
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b")  # "May" is a month


def _earliest_year(text: str) -> int | None:
    """
    The earliest year the report can be of: the latest it looks back on, or in which somebody it names took office.

    One bare year may lie decades back. Two years close together, one named twice or with its month are within
    five years of publication in four reports of five (0.81 to 0.86 on dated news of 1989 to 2016); alone, in two
    of three. What looks back on nothing after 1995 is of the time before the web, or looks back far.
    """
    years: list[int] = []
    dated: list[int] = []
    for sentence in _sentences(text):
        if is_coming(sentence):
            continue
        for found in _YEAR.finditer(sentence):
            if found.group().endswith("s"):
                continue
            years.append(int(found.group()))
            if _MONTH_BEFORE.search(sentence, max(0, found.start() - 30), found.start()):
                dated.append(years[-1])
    since, until = _leaders_since(text) or 0, _leaders_until(text) or 0
    latest = max(years, default=0)
    near = sum(latest - year <= _WINDOW - 1 for year in set(years)) > 1 or latest - since < _WINDOW
    if latest >= _WEB and (near or years.count(latest) > 1 or latest in dated):
        return max(latest, since)
    # Without a year, two terms of office that overlap for a short time.
    return since if since and until and until - since <= _WINDOW else None


def _leaders_since(text: str) -> int | None:
    """The year in which the last of the office-holders named in full took their first office."""
    return max((first for _, first, _ in _named_leaders(text)), default=None)


def _leaders_until(text: str) -> int | None:
    """The year in which the first of the office-holders named in full, and not as a former one, left for good."""
    until = [
        last
        for name, _, last in _named_leaders(text)
        if last and not re.search(rf"\b(?:former|late|ex-)[\w\s.-]{{0,40}}{re.escape(name)}", text)
    ]
    return min(until, default=None)


def _named_leaders(text: str) -> list[tuple[str, int, int]]:
    surnames = _leaders().keys() & set(_WORD.findall(text))
    return [leader for surname in sorted(surnames) for leader in _leaders()[surname] if leader[0] in text]


@cache
def _leaders() -> dict[str, tuple[tuple[str, int, int], ...]]:
    """Full name, first year in and last year out (0: not yet) of those in knowledge/leaders.tsv, by surname."""
    terms: dict[str, tuple[int, int]] = {}
    names: dict[str, list[str]] = {}
    for row in load_table("leaders"):
        person, first, last = row["person"], _year(row["from"]), _year(row["until"])
        if person in terms:
            old_first, old_last = terms[person]
            first = min(first, old_first)
            last = max(last, old_last) if last and old_last else 0
        terms[person] = (first, last)
        names.setdefault(person, []).extend((row["name"], *row.split("variants")))
    by_surname: dict[str, tuple[tuple[str, int, int], ...]] = {}
    for person, forms in names.items():
        for name in dict.fromkeys(form for form in forms if " " in form and terms[person][0]):
            surname = _WORD.findall(name)[-1]
            by_surname[surname] = (*by_surname.get(surname, ()), (name, *terms[person]))
    return by_surname


def _year(printed: str) -> int:
    return int(printed[:4]) if printed[:4].isdigit() else 0


def _read_stamps(stamps: Sequence[str]) -> str | None:
    """What the page prints as posted; its update only where it prints nothing else."""
    for strip in (True, False):
        for stamp in stamps:
            if known := read_date(_UPDATED.sub("", stamp) if strip else stamp):
                return known
    return None


def _month_and_day(text: str) -> tuple[int, int] | None:
    if found := _MONTH_FIRST.search(text):
        return _MONTHS[found[1].casefold()], int(found[2])
    if found := _DAY_FIRST.search(text):
        return _MONTHS[found[2].casefold()], int(found[1])
    return None


def _full_year(printed: str) -> int:
    digits = printed.lstrip("'’")
    if len(digits) == 4:
        return int(digits)
    # Two digits stand in wires of the last century and in none of the next.
    return int(digits) + (1900 if int(digits) >= 50 else 2000)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if 1900 <= year <= 2099 else None
    except ValueError:
        return None
