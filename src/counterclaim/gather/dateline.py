"""
The dateline: where a report was filed, on which day, and the agency that filed it.

Comes in: one paragraph. Goes out: place and date as printed, the agency's name, and how many characters at
the paragraph's start they take.

    >>> filed = find_dateline("JUBA, March 3 (Reuters) – Two convoys were attacked on Friday.")
    >>> filed.dateline, filed.agency
    (Dateline(place='JUBA', date='March 3'), 'Reuters')
    >>> "JUBA, March 3 (Reuters) – Two convoys were attacked on Friday."[filed.end_char :]
    'Two convoys were attacked on Friday.'

Shapes are parsed piece by piece (place, date, agency in any order that occurs, then a separator), because wires
differ in order and punctuation, not in the pieces. A place in ordinary letters needs a date, an agency, or an
entry in knowledge/filing_places.tsv; "Nairobi: ..." is then a dateline, "Mbeki: ..." is a speaker.
"""

import re
from calendar import day_abbr, day_name, month_abbr, month_name
from dataclasses import dataclass
from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.types import Dateline

_MONTHS = [*month_name[1:], *month_abbr[1:], "Sept"]
_DAYS = [*day_name, *day_abbr, "Tues", "Thur", "Thurs"]


def _choice(words: list[str]) -> str:
    return "(?:" + "|".join(sorted(words, key=lambda word: (-len(word), word))) + r")\b\.?"


_YEAR = r"(?:(?:19|20)\d\d|['’]?\d\d(?!\d|[:.]\d))"
WEEKDAY = f"(?i:{_choice(_DAYS)})"
MONTH = f"(?i:{_choice(_MONTHS)})"
_DATE = re.compile(
    rf"""(?:{WEEKDAY},?\s+)?
    (?: {MONTH}\s*\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:\s*,?\s+{_YEAR})?
      | \d{{1,2}}(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{MONTH}(?:[\s,-]+{_YEAR})?
      | (?:19|20)\d\d-\d\d-\d\d
      | \d{{1,2}}[./]\d{{1,2}}[./](?:19|20)\d\d
    )
    | {WEEKDAY}(?=\s*[,(/–—-])""",
    re.VERBOSE,
)
# A place name's word in capitals, or with a capital; particles may stand between.
_UPPER_WORD = r"(?:(?:ST|MT|FT)\.|[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.`ʻ-]*[A-ZÀ-ÖØ-Þ.]|[A-ZÀ-ÖØ-Þ])"
_TITLE_WORD = r"(?:(?:St|Mt|Ft)\.|[A-ZÀ-ÖØ-Þ][\w'’`ʻ-]*(?:[A-Z]\.)*)"
_PARTICLE = r"(?:al|el|ez|ar|as|ash|an|de|del|di|da|do|du|la|le|of|the|sur|es|e|i|and|upon|on|in|es-)"
_UPPER_PLACE = re.compile(
    rf"{_UPPER_WORD}(?:(?:[ -]|\s?/\s?)(?:{_UPPER_WORD}|{_PARTICLE}(?=[ -]{_UPPER_WORD}))){{0,6}}"
)
_TITLE_PLACE = re.compile(
    rf"{_TITLE_WORD}(?:(?:[ -]|\s?/\s?)(?:{_TITLE_WORD}|{_PARTICLE}(?=[ -]{_TITLE_WORD}))){{0,4}}"
)
# What may follow the city: ", Egypt", ", N.Y.", ", Democratic Republic of Congo", " (NICARAGUA)".
_SHORT = r"(?:[A-Z][A-Za-z]{0,4}\.){1,3}"
_REGION = re.compile(
    rf",\s+({_SHORT}|{_TITLE_WORD}(?:[ -](?:{_TITLE_WORD}|{_PARTICLE}(?=[ -]{_TITLE_WORD}))){{0,4}})"
)
_PAREN_REGION = re.compile(r"\s*\(([A-ZÀ-Þ][A-Za-zÀ-ÿ .'-]{2,30})\)")
_AGENCY_SLOT = re.compile(r"\s*(?:\(([^()\n]{2,60})\)|/([^/\n]{2,40})/|\[([^\[\]\n]{2,40})\])\.?")
_SEPARATOR = re.compile(
    r"\s*(?:[–—―−]+|(?<=[\s)])_+|--+|-(?=\s|[A-Z“\"'‘])|:(?=\s)|\.?\s*\|)\s*(?:[–—-]\s*)?"
)
_SENTENCE_START = re.compile(r"\s*+(?:[.,]\s*+)?(?=[\"“‘']?[A-Z0-9])")
_BARE_NAME = re.compile(r"(?:[A-Z][\w/.-]+)(?: [A-Z][\w.-]+){0,3}(?=\s+[–—-])")
# Quotation marks, bullets and emoji before the place.
_LEAD = re.compile(r"[^\w(\[/]*")
_GAP = re.compile(r"\s*[,.;]?\s*")
_TOO_LONG = 160
_CREDIT_PARTS = re.compile(r"(?:(?<!\s)\s+)?(?:[,/|•·;]|\s[–—-]+\s|\band\b|\bwith\b|\bin\b)\s*")
_STAFF = re.compile(
    r"(?:(?:our|the|a) )?(?:staff|own|special|foreign)?\s?(?:writers?|reporters?|correspondents?|staff|agencies)",
    re.IGNORECASE,
)
_PERSON = re.compile(r"[A-ZÀ-ÖØ-Þ][\w'’.-]*(?: (?:[A-ZÀ-ÖØ-Þ][\w'’.-]*|de|da|van|von|bin|al|el)){1,3}")
_MOST_NAMES = 4


@dataclass(frozen=True, slots=True)
class Filing:
    """What stands before the report's first word; `end_char` is where that word begins."""

    dateline: Dateline
    agency: str | None
    end_char: int
    strong: bool

    @property
    def is_bare_agency(self) -> bool:
        """No place and no date: "(Reuters) - ..."."""
        return self.dateline.place is None and self.dateline.date is None


def find_dateline(text: str) -> Filing | None:
    """
    The dateline that the paragraph begins with, or None.

    `strong` is False where only capitals or a known city before a dash or colon speak for it: enough in the first
    paragraph of a report, not further on.
    """
    head = text[:_TOO_LONG]
    start = len(_LEAD.match(head).group())  # type: ignore[union-attr]  # it matches nothing, too
    filing = _bare_agency(head, start)
    if filing is None:
        for place, at in _places(head, start):
            if filing := _after_place(head, place, at):
                break
    return filing


def find_agency(printed: str, city: str = "") -> str | None:
    """
    The name under which knowledge/agencies.tsv holds what a credit prints ("AFP", "the Associated Press").

    Where agencies share an acronym, that of the dateline's `city` and its country is meant; else none is named.
    """
    whole = " ".join(printed.replace("’", "'").split()).strip(" ,;:-–—").casefold()
    key = whole.rstrip(". ")
    forms = (whole, key, key.removeprefix("the "), key.removesuffix(" news"))
    named = next((_agencies()[form] for form in forms if form in _agencies()), ())
    if len(named) > 1:
        country = _filing_places().get(city.casefold())
        named = tuple(agency for agency in named if agency[1] == country)
    return named[0][0] if len(named) == 1 else None


def is_place(name: str) -> bool:
    """
    A city that reports are filed from, or a country.

    >>> is_place("LAGOS"), is_place("Jane Okoro")
    (True, False)
    """
    key = name.casefold().strip(" .,")
    return key in _filing_places() or key in _country_names()


def find_credit(text: str) -> Filing | None:
    """
    A line that is nothing but an agency with a place, a date or names: "AFP, KADUNA", "Reuters | Nairobi | May 3".

    >>> find_credit("AFP, KADUNA")
    Filing(dateline=Dateline(place='KADUNA', date=None), agency='Agence France-Presse', end_char=11, strong=True)
    """
    if len(text) > _TOO_LONG or not text[:1].isupper():
        return None
    place: str | None = None
    date: str | None = None
    agency: str | None = None
    named = 0
    for raw in _CREDIT_PARTS.split(text):
        part = re.sub(r"^(?:by|with|from|in|via|and|the)\s+", "", raw.strip(" .()[]"), flags=re.IGNORECASE)
        if not part or _STAFF.fullmatch(part):
            continue
        if found := find_agency(part):
            agency = agency or found
        elif _DATE.fullmatch(part) or re.fullmatch(r"(?:19|20)\d\d", part):
            date = date or part
        elif is_place(part) or (agency and place is None and part.isupper() and _UPPER_PLACE.fullmatch(part)):
            place = place or part
        elif _PERSON.fullmatch(part) and named < _MOST_NAMES:
            named += 1
        else:
            return None
    return (
        Filing(Dateline(place, date), agency, len(text), strong=True) if agency and (place or date) else None
    )


def _bare_agency(head: str, start: int) -> Filing | None:
    """An agency or a full date alone: "(Reuters) -", "CNN —", "9 March 2021 –"."""
    slot = _AGENCY_SLOT.match(head, start)
    bare = _BARE_NAME.match(head, start)
    dated = _DATE.match(head, start)
    agency: str | None = None
    date: str | None = None
    if slot:
        agency, end = _agency_in(slot), slot.end()
    elif dated and re.search(r"\d{4}", dated.group()):
        date, end = dated.group(), dated.end()
    elif bare and not _is_label(bare.group()):
        agency, end = find_agency(bare.group()), bare.end()
    separator = _SEPARATOR.match(head, end) if agency or date else None
    if separator is None or (":" in separator.group() and not slot):
        return None
    if date and not _SENTENCE_START.match(head, separator.end()):
        return None
    return Filing(Dateline(None, date), agency, separator.end(), strong=True)


def _places(head: str, start: int) -> list[tuple[str, int]]:
    """Readings of the opening as a place, the longest first, each with where it ends."""
    readings: list[tuple[str, int]] = []
    for pattern in (_UPPER_PLACE, _TITLE_PLACE):
        city = pattern.match(head, start)
        if not city or _is_label(city.group()):
            continue
        for region in (_REGION, _PAREN_REGION):
            more = region.match(head, city.end())
            # A month or weekday after the comma is the date, an agency in brackets the agency.
            if more and not _begins_date(more[1]) and not find_agency(more[1]):
                second = _REGION.match(head, more.end()) if region is _REGION else None
                if second and not _begins_date(second[1]) and not find_agency(second[1]):
                    readings.append((head[start : second.end()], second.end()))
                readings.append((head[start : more.end()], more.end()))
        readings.append((city.group(), city.end()))
    return readings


def _after_place(head: str, place: str, at: int) -> Filing | None:
    """What follows a place, read as date and agency in either order and a separator."""
    date: str | None = None
    agency: str | None = None
    slot_text: str | None = None
    end = at
    for _ in range(3):
        gap = _GAP.match(head, end)
        begin = gap.end() if gap else end
        if date is None and (found := _DATE.match(head, begin)):
            date, end = found.group(), found.end()
            continue
        slot = _AGENCY_SLOT.match(head, begin)
        if slot and slot_text is None:
            inside = next(part for part in slot.groups() if part)
            if date is None and (found := _DATE.fullmatch(inside.strip())):
                date, end = found.group(), slot.end()
                continue
            slot_text, agency = inside, _agency_in(slot, _city(place))
            if date is None and (found := _DATE.search(inside)):
                date = found.group()
            end = slot.end()
            continue
        if agency is None and (named := _unbracketed_agency(head, begin, _city(place))):
            agency, end = named
            continue
        break
    return _judge(head, place, date, agency, slot_text, end)


def _judge(
    head: str, place: str, date: str | None, agency: str | None, slot: str | None, end: int
) -> Filing | None:
    """A filing, if the pieces found and the way they end make a dateline and not a sentence."""
    rest = _body_start(head, end, date=date, agency=agency, slot=slot)
    if rest is None:
        return None
    between = head[end:rest].strip(" .,")
    # "Kyiv, Ukraine CNN — ...": the agency without brackets behind the country.
    stem, _, last = place.rpartition(" ")
    if stem and agency is None and slot is None and (named := find_agency(last, _city(place))):
        place, agency = stem.rstrip(","), named
    city = _city(place)
    upper = city.isupper() and len(city) > 2
    known = city.casefold() in _filing_places()
    if date is None and agency is None and slot is None:
        if not _is_bare_place(head, place, city, between, rest, upper=upper, known=known):
            return None
    elif slot is not None and agency is None:
        # "MARY COLE (on tape):" speaks; an agency nobody knows stands beside a date, or between capitals and a dash.
        beside = date is not None or (upper and between and ":" not in between)
        if not beside or not _may_be_agency(slot):
            return None
    # In ordinary letters, "Wednesday, May 3 -" and "the king (Reuters)" name no town.
    towny = upper or known or (agency and (date or "," in place or (between and len(place.split()) <= 3)))
    if not towny and not (date and between and "," in place):
        return None
    filed_by = agency or (_as_printed(slot) if slot else None)
    strong = bool(date or agency or slot)
    return Filing(Dateline(place.strip(), date), filed_by, _skip_sections(head, rest), strong=strong)


def _body_start(head: str, end: int, *, date: str | None, agency: str | None, slot: str | None) -> int | None:
    """Where the report begins: after a dash or colon, or where nothing follows; None where a sentence goes on."""
    if separator := _SEPARATOR.match(head, end):
        return separator.end()
    if not head[end:].strip():
        return end
    # "MOSCOW, May 4. /TASS/. Text", "KABUL (Oct. 3, 2011)" before a capital, "Washington (CNN)Text".
    marked = agency is not None or (
        date is not None and slot is None and head[:end].rstrip().endswith((")", "."))
    )
    sentence = _SENTENCE_START.match(head, end) if marked else None
    return sentence.end() if sentence else None


def _is_bare_place(
    head: str, place: str, city: str, between: str, rest: int, *, upper: bool, known: bool
) -> bool:
    """A place with neither date nor agency before a dash or colon: "ADEN –", "Nairobi:"."""
    if not between:
        return known and upper and not head[rest:].strip()
    if known:
        return True
    # In a text all in capitals, capitals say nothing.
    shouting = head[rest:].isupper() and len(head[rest:]) > 20
    # A name in capitals before a colon is as often a speaker or a label; a possessive before a dash is a headline.
    labelled = between == ":" and not set(",/") & set(place)
    return (
        upper
        and not shouting
        and not labelled
        and "'S " not in place.replace("’", "'")
        and len(city.split()) <= 4
    )


def _city(place: str) -> str:
    return re.split(r"[,(/]", place)[0].strip()


def _agency_in(slot: re.Match[str], city: str = "") -> str | None:
    inside = next(part for part in slot.groups() if part)
    for part in (inside, *re.split(r"[,/;–—-]\s*|\s+-\s+", inside)):
        if agency := find_agency(part, city):
            return agency
    return None


def _unbracketed_agency(head: str, begin: int, city: str) -> tuple[str, int] | None:
    """An agency named without brackets: "BAKU, May 4, AZERTAC", "Tehran, IRNA –", "Trend:"."""
    named = re.compile(
        r"(?:[–—-]\s*)?([A-Z][\w/.-]*(?: [A-Z][\w.-]*){0,3}?)(?=\s*(?:[:–—]|--|-\s|\.\s|,\s))"
    ).match(head, begin)
    if named and begin and (agency := find_agency(named[1], city)):
        return agency, named.end()
    capitals = re.compile(r"[A-Z]{4,}(?=\s+[A-Z])").match(head, begin)
    if capitals and begin and (agency := find_agency(capitals.group(), city)):
        return agency, capitals.end()
    return None


def _may_be_agency(slot: str) -> bool:
    """An unknown name where the agency stands; not a date, a country or a remark."""
    name = _as_printed(slot)
    return (
        name is not None
        and name[0].isupper()
        and len(name.split()) <= 5
        and sum(word[0].isupper() for word in name.split()) * 2 > len(name.split())
        and name.casefold() not in _country_names()
        and name.casefold() not in _filing_places()
    )


def _as_printed(slot: str) -> str | None:
    name = _DATE.sub("", slot).strip(" ,;-–—/")
    return name if name and not any(character.isdigit() for character in name[:1]) else None


def _begins_date(text: str) -> bool:
    return bool(_DATE.match(text)) or bool(re.match(rf"(?:{WEEKDAY}|{MONTH})", text))


def _is_label(place: str) -> bool:
    return place.casefold().strip(" .") in _words("label")


def _skip_sections(head: str, end: int) -> int:
    """Skips what monitoring services put after the dateline: "[TEXT]", "[COMMUNIQUE]"."""
    while section := re.compile(r"\[([^\[\]]{2,80})\]\s*").match(head, end):
        # Between two of them stands who speaks: "[SPEECH] [THE MINISTER] [TEXT]".
        later = re.compile(r"(?:\[[^\[\]]{2,80}\]\s*)*\[([^\[\]]{2,80})\]").match(head, end)
        if section[1].casefold() not in _words("section") and not (
            later and later[1].casefold() in _words("section")
        ):
            break
        end = section.end()
    return end


@cache
def _agencies() -> dict[str, tuple[tuple[str, str], ...]]:
    """Name and country of the agencies that go by each printed form."""
    names: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in load_table("agencies"):
        if row["kind"] == "photo":
            continue  # credited for pictures, never for the report
        for name in dict.fromkeys(form.casefold() for form in (row["name"], *row.split("variants"))):
            names[name] = (*names.get(name, ()), (row["name"], row["country"]))
    return names


@cache
def _filing_places() -> dict[str, str]:
    return {row["name"].casefold(): row["country"] for row in load_table("filing_places")}


@cache
def _country_names() -> frozenset[str]:
    return frozenset(
        name.casefold() for row in load_table("countries") for name in (row["name"], *row.split("variants"))
    )


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(
        word.casefold()
        for row in load_table("dateline_words")
        if row["kind"] == kind
        for word in row.split("words")
    )
