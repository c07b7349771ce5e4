"""
Who wrote it: names and agencies read off bylines and credit lines.

Comes in: the lines that cleaning took out as bylines and credits. Goes out: the reporters' names in order, and
the agency a line credits.

    >>> find_authors(["By ANA RUIZ and Jan de Vries, Associated Press", "Editing by Mary Cole"])
    ('Ana Ruiz', 'Jan de Vries')

Editors are not authors. A name in capitals is written as a name again; "MCDONALD" becomes "Mcdonald".
"""

import re
from collections.abc import Iterable

from counterclaim.gather.dateline import MONTH, WEEKDAY, find_agency, is_place

# Roles that make an author; after any other role (editing, photos) come names that are none.
_ROLE = re.compile(
    r"\b(?P<role>(?:additional |further |extra )?(?:report(?:ing|ed)?|writ(?:ing|ten)|story|text|words|analysis)"
    r"(?:(?:,| and| &) (?:\w+ing|\w+ed))*|[a-z-]+(?:ing|ed|ion)|photos?|graphics?|video)\s+(?:by|from)\b:?",
    re.IGNORECASE,
)
_AUTHOR_ROLE = re.compile(r"report|writ|story|text|words|analysis", re.IGNORECASE)
_BY = re.compile(
    r"^\W*(?:(?:text|words|story|analysis|report|written|posted) )?by\b:?\s+|^\W*(?:author|reporter|correspondent|staff writer)s?:\s+",
    re.IGNORECASE,
)
_END_OF_NAMES = re.compile(
    rf"(?:(?<!\s)\s+)?(?:\||•|·|\s[–—-]+\s|\d|\b(?:updated|published|posted)\b|\s{MONTH}\s+\d).*$",
    re.IGNORECASE,
)
_CALENDAR = re.compile(
    rf"(?<!\s)\s+(?:{MONTH}|{WEEKDAY}|(?:up|pub|post)\w*|edited|staff|at|on|min|read)\b[\w\s.,:|–—-]*$",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"(?:(?<!\s)\s+)?(?:,|;|/|&|\b[Aa][Nn][Dd]\b)\s*")
_PLACE = re.compile(r"(?<!\s)\s+(?:in|at|from|for|of)\s+.*$")
_NAME = re.compile(
    r"[A-ZÀ-ÖØ-Þ][\w'’.-]*(?:\s+(?:[A-ZÀ-ÖØ-Þ][\w'’.-]*|de|da|do|del|du|van|von|der|den|bin|ibn|al|el|la|le|ter)){1,4}"
)
_LONGEST = 200
_GENERIC = re.compile(
    r"(?:by )?(?:(?:our|the|web|news|online|digital|guest) )*(?:staff|editors?|admin|reporters?|correspondents?|writers?|desk|team|authors?)+"
    r"(?: (?:staff|editors?|reporters?|correspondents?|writers?|desk|team))*",
    re.IGNORECASE,
)
# Words of jobs and desks, never of a person's name.
_JOB = re.compile(
    r"\b(?:writers?|reporters?|correspondents?|editors?|staff|desk|bureau|team|press|news|agency|agencies|wires?|service|times|post|journal|tribune|herald|today|digital|online|radio|tv|network|media"
    r"|corporation|corp|company|association|organi[sz]ation|council|ministry|office|foundation|institute|group|admin(?:istrator)?"
    r"|contributors?|authors?|guest|users?|web|website|broadcasting|publishing|publications?|newspapers?|gazette|chronicle"
    r"|observer|monitor|mail|daily|weekly|newsroom|and agencies|unknown|anonymous|special to)\b",
    re.IGNORECASE,
)


def find_authors(lines: Iterable[str]) -> tuple[str, ...]:
    """The reporters named in bylines and credits, each once, in order."""
    authors: dict[str, str] = {}
    for line in lines:
        for name in _names(line):
            authors.setdefault(name.casefold(), name)
    return tuple(authors.values())


def clean_authors(names: Iterable[str], known: Iterable[str] = ()) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """
    People and organisations among those a page names as its authors, as printed there.

    Args:
        names: "Jane Okoro", "By JANE OKORO March 11", "Jane Okoro; Reuters".
        known: The outlet's own names: no people.

    >>> clean_authors(["By ANA RUIZ March 11, 2024", "Valley Broadcasting Corporation"])
    (('Ana Ruiz',), ('Valley Broadcasting Corporation',))
    """
    own = {_letters(name) for name in known}
    people: dict[str, str] = {}
    others: dict[str, str] = {}
    for printed in names:
        if "@" in printed or "://" in printed or len(printed) > _LONGEST:
            continue
        for name in _split(_END_OF_NAMES.sub("", _BY.sub("", printed))):
            if _letters(name) not in own:
                people.setdefault(name.casefold(), name)
        whole = " ".join(printed.split())
        # One word is a user's name or a section; two make an organisation's.
        if " " in whole and "/" not in whole and not _GENERIC.fullmatch(whole) and _JOB.search(whole):
            others.setdefault(whole.casefold(), whole)
    return tuple(people.values()), tuple(others.values())


def _letters(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def find_credited_agency(text: str, reason: str) -> str | None:
    """The agency that a byline, a credit or a copyright line names; pictures' credits say nothing of the text."""
    if reason not in {"byline", "credits", "copyright"}:
        return None
    if reason == "credits" and re.search(r"\bcontribut|\bediting\b|\breporting\b", text, re.IGNORECASE):
        return None  # names those who helped, not whose report it is
    parts = re.split(
        r"[,/|()\[\]:;©–—]|\s-+\s|\b(?:by|from|via|and|source|copyright|the)\b|\d{4}|\.\s|'s\b|’s\b",
        text,
        flags=re.IGNORECASE,
    )
    for part in parts:
        if agency := find_agency(part):
            return agency
    # "By JILL COLVIN Associated Press": the last two or three words.
    words = re.sub(r"[|,–—-].*$|\d.*$", "", text).split()
    for count in (3, 2, 1):
        if len(words) > count + 1 and (agency := find_agency(" ".join(words[-count:]))):
            return agency
    return None


def _names(line: str) -> list[str]:
    if roles := list(_ROLE.finditer(line)):
        names = []
        for role, following in zip(roles, [*roles[1:], None], strict=True):
            if _AUTHOR_ROLE.search(role["role"]):
                names += _split(line[role.end() : following.start() if following else len(line)])
        return names
    if by := _BY.match(line):
        return _split(_END_OF_NAMES.sub("", line[by.end() :]))
    return []


def _split(text: str) -> list[str]:
    names = []
    for part in _SPLIT.split(text.strip(" .()[];")):
        name = _PLACE.sub("", part).strip(" .()[]*_")
        for size in (3, 2):  # "JILL COLVIN Associated Press"
            words = name.split()
            if len(words) > size and find_agency(" ".join(words[-size:])):
                name = " ".join(words[:-size])
        name = _without_place(_CALENDAR.sub("", name))
        if _NAME.fullmatch(name) and not _JOB.search(name) and not find_agency(name) and not is_place(name):
            names.append(name.title() if name.isupper() else name)
    return names


def _without_place(name: str) -> str:
    """Takes a place off that follows two words or more of a name: "JANE OKORO Lagos"."""
    words = name.split()
    for size in (2, 1):
        if len(words) >= size + 2 and is_place(" ".join(words[-size:])):
            return " ".join(words[:-size])
    return name
