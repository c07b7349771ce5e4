"""
Codes with their words: what a type, mode, grade, status, stance, sector or country code means, for those who do not know PLOVER.

Comes in: a kind and a code. Goes out: a name and an explanation, from the knowledge tables where they have one, so that a page
never shows a bare code.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from counterclaim.knowledge import load_table

_CODES = re.compile(r"[\[(]([A-Z]{2,4}(?: [A-Z]{2,4})*)[\])]")
# A bound as claims print it: "105..", "..300", "20..30".
_BOUNDS = re.compile(r"(?<![\w.])(\d*)\.\.(\d*)(?![\w.])")


_COUNTRY = re.compile(r"\b[A-Z]{3}\b")
_TIME = re.compile(r"\d{4}(-\d{2}){0,2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Gloss(NamedTuple):
    """A code in words."""

    name: str
    meaning: str


GRADES = {
    "confirmed": "who did it says so itself",
    "fair": "two independent sides or more say that it happened",
    "weak": "one side says so, or it is only expected",
    "contested": "claimants name different doers, or one denies what another says",
    "discounted": "taken back by who said it, or there are only denials",
}
STATUSES = {
    "contested": ("≠", "contested", "claimants contradict each other"),
    "corroborated": ("=", "corroborated", "independent sides give values that fit"),
    "one_sided": ("◐", "one side only", "only a party to the conflict says so"),
    "unverified": ("?", "unverified", "an article says that it could not verify this"),
    "withdrawn": ("⌫", "withdrawn", "who said so took it back"),
    "uncontested": ("·", "uncontested", "nobody says otherwise"),
}
STANCES = {
    "says": ("", "says", "reports it as a fact"),
    "confirms": ("✓", "confirms", "says that it is so, asked or challenged"),
    "denies": ("✗", "denies", "says that it did not happen"),
    "accuses": ("☞", "accuses", "says that another did it, as a reproach"),
    "demands": ("!", "demands", "wants it to happen"),
    "warns": ("⚠", "warns", "says that it may happen, as a warning"),
    "expects": ("→", "expects", "says that it will or may happen"),
    "promises": ("+", "promises", "says that it will do it"),
    "doubts": ("?", "doubts", "questions that it happened"),
    "cannot_verify": ("?", "could not verify", "says that it cannot tell whether it happened"),
}
STATES = {
    "stands": "what the claimant says by now",
    "revised": "the same side later gave another figure",
    "withdrawn": "the same side later denied it",
}
REALIS = {
    "happened": "told as having happened",
    "expected": "planned, demanded, feared or promised: nobody says that it happened",
    "historical": "told as history",
}
FIELDS = {
    "type": "what happened",
    "actors": "who did it",
    "recipients": "to whom",
    "place": "where",
    "date": "when",
}
BASIS = {
    "stated": "said where the event itself is told",
    "same_event": "said of another mention of the same event",
    "implied": "follows from context; nobody says it",
}
PRECISIONS = {
    "site": ("a spot", 1),
    "city": ("a town", 8),
    "district": ("a district", 30),
    "province": ("a province", 90),
    "country": ("a country", 250),
    "unresolved": ("not found on the map", 0),
}


def gloss(kind: str, code: str) -> Gloss:
    """The code's name and meaning; the code itself where no table has it."""
    table = _table(kind)
    return table.get(code) or Gloss(code.replace("_", " "), "")


def list_codes(kind: str) -> dict[str, Gloss]:
    """Every code of a kind, such as ``type``, ``mode``, ``sector`` or ``grade``."""
    return dict(_table(kind))


def list_quads() -> dict[str, str]:
    """Of each type, whether it is conflict or cooperation, in words or in matter."""
    names = {row["id"]: row["meaning"] for row in load_table("plover/quads")}
    return {row["id"]: names[row["quad"]] for row in load_table("plover/types")}


def write_figures(text: str) -> str:
    """
    Bounds in words.

    >>> write_figures("105.. (ARM MIL)"), write_figures("..300"), write_figures("12..15"), write_figures("135")
    ('at least 105 (ARM MIL)', 'up to 300', '12 to 15', '135')
    """

    def say(match: re.Match[str]) -> str:
        low, high = match.groups()
        if low and high:
            return f"{low} to {high}"
        if low:
            return f"at least {low}"
        return f"up to {high}" if high else "some"

    return _BOUNDS.sub(say, text)


def spell_value(text: str) -> str:
    """
    A claim's value with types and bounds in words.

    >>> spell_value("ASSAULT/heavy-weapons"), spell_value("105.."), spell_value("2022-09-12/2022-09-13")
    ('Assault: heavy weapons', 'at least 105', '2022-09-12 to 09-13')
    """
    head, _, rest = text.partition("/")
    if head in _table("type"):
        name = gloss("type", head).name
        modes = ", ".join(gloss("mode", mode).name for mode in rest.split("/") if mode)
        return f"{name}: {modes}" if modes else name
    if _TIME.match(head):
        return write_days(head, rest or head)
    return write_figures(text)


def write_range(low: int | None, high: int | None) -> str:
    """
    Two bounds in words; an upper one of None is an open end.

    >>> write_range(206, 206), write_range(20, None), write_range(None, None)
    ('206', 'at least 20', '')
    """
    if low is None and high is None:
        return ""
    if low == high:
        return f"{low:,}"
    if high is None:
        return f"at least {low:,}"
    return f"up to {high:,}" if low is None else f"{low:,} to {high:,}"


def write_when(value: str | None) -> str:
    """
    A day or a time with its zone.

    >>> write_when("2022-09-14T16:00Z"), write_when("2022-09-14"), write_when(None)
    ('2022-09-14 16:00 UTC', '2022-09-14', '')
    """
    if not value:
        return ""
    day, _, hour = value.partition("T")
    if not hour:
        return day
    if hour.endswith("Z"):
        return f"{day} {hour[:-1]} UTC"
    has_zone = "+" in hour or "-" in hour
    return f"{day} {hour}" if has_zone else f"{day} {hour} (zone not stated)"


def write_days(start: str | None, end: str | None) -> str:
    """
    A range of days, the year said once.

    >>> write_days("2022-09-13", "2022-09-14"), write_days("2022-09-13", "2022-09-13")
    ('2022-09-13 to 09-14', '2022-09-13')
    """
    if not start or not end or start == end:
        return write_when(start or end)
    return f"{write_when(start)} to {write_when(end[5:] if start[:5] == end[:5] else end)}"


def name_field(name: str) -> str:
    """
    A matrix column in words.

    >>> name_field("counts.dead"), name_field("counts.dead ARM MIL"), name_field("actors")
    ('dead', 'dead of Armenia, armed forces', 'who did it')
    """
    field, _, victims = name.partition(" ")
    if field.startswith("counts."):
        kind = field.removeprefix("counts.").replace("_", " ")
        return f"{kind} of {spell_codes(victims)}" if victims else kind
    return gloss("field", field).meaning or field


def write_place(relation: str, name: str) -> str:
    """
    A place with what texts say of being beside it.

    >>> write_place("border", "Armenia"), write_place("near", "Gao"), write_place("at", "Gao")
    ('the border of Armenia', 'near Gao', 'Gao')
    """
    return {
        "border": f"the border of {name}",
        "near": f"near {name}",
        "between": f"between {name} and another place",
    }.get(relation, name)


def split_codes(text: str) -> list[tuple[str, str]]:
    """
    A text cut at its actors' codes: each part with what its codes mean, empty for plain words.

    >>> split_codes("Armenia [ARM GOV]")
    [('Armenia ', ''), ('[ARM GOV]', 'Armenia, government')]
    """
    parts: list[tuple[str, str]] = []
    at = 0
    for match in _CODES.finditer(text):
        parts += [(text[at : match.start()], ""), (match[0], spell_codes(match[1]))]
        at = match.end()
    return [part for part in (*parts, (text[at:], "")) if part[0]]


def spell_codes(codes: str) -> str:
    """
    Countries and sectors in words.

    >>> spell_codes("ARM MIL")
    'Armenia, armed forces'
    """
    countries, sectors, bodies = _table("country"), _table("sector"), _table("body")
    named = [
        countries.get(code) or sectors.get(code) or bodies.get(code) or Gloss(code, "")
        for code in codes.split()
    ]
    return ", ".join(one.name for one in named)


@lru_cache(maxsize=4096)
def spell_label(label: str) -> str:
    """
    An event's line with its codes in words.

    >>> spell_label("ASSAULT · ARM – AZE · 2022-09-13/2022-09-14")
    'Assault · Armenia – Azerbaijan · 2022-09-13 to 09-14'
    """
    countries, bodies = _table("country"), _table("body")

    def spell(match: re.Match[str]) -> str:
        found = countries.get(match[0]) or bodies.get(match[0])
        return found.name if found else match[0]

    kind, *rest = label.split(" · ")
    word, _, realis = kind.partition(" ")
    parts = [f"{gloss('type', word).name} {realis}".strip()]
    for part in rest:
        start, dash, end = part.partition("/")
        if dash and _DAY.fullmatch(start) and _DAY.fullmatch(end):
            parts.append(write_days(start, end))
        else:
            parts.append(_COUNTRY.sub(spell, part))
    return " · ".join(parts)


@cache
def _table(kind: str) -> dict[str, Gloss]:
    match kind:
        case "type":
            return {
                row["id"]: Gloss(row["id"].capitalize(), row["meaning"]) for row in load_table("plover/types")
            }
        case "mode":
            return {
                row["mode"]: Gloss(row["mode"].replace("-", " "), f"a way of {row['type']}")
                for row in load_table("plover/modes")
            }
        case "context":
            return {
                row["id"]: Gloss(row["id"].replace("_", " "), row["meaning"])
                for row in load_table("plover/contexts")
            }
        case "sector":
            return {row["id"]: Gloss(_first(row["meaning"]), row["meaning"]) for row in load_table("sectors")}
        case "country":
            return {row["id"]: Gloss(row["name"], row["name"]) for row in load_table("countries")}
        case "body":
            rows = [row for row in load_table("cameo_sectors") if row["place"] == "body"]
            return {
                row["id"]: Gloss(row["meaning"].removesuffix(" in PLOVER"), row["meaning"]) for row in rows
            }
        case "grade":
            return {name: Gloss(name, meaning) for name, meaning in GRADES.items()}
        case "status":
            return {name: Gloss(label, meaning) for name, (_, label, meaning) in STATUSES.items()}
        case "stance":
            return {name: Gloss(label, meaning) for name, (_, label, meaning) in STANCES.items()}
        case "state":
            return {name: Gloss(name, meaning) for name, meaning in STATES.items()}
        case "realis":
            return {name: Gloss(name, meaning) for name, meaning in REALIS.items()}
        case "precision":
            return {name: Gloss(label, f"as precise as {label}") for name, (label, _) in PRECISIONS.items()}
        case "basis":
            return {name: Gloss(name.replace("_", " "), meaning) for name, meaning in BASIS.items()}
        case "field":
            return {name: Gloss(name, meaning) for name, meaning in FIELDS.items()}
    return {}


def _first(meaning: str) -> str:
    return re.split(r"[;:,(]| of a | and their | and other ", meaning, maxsplit=1)[0].strip()
