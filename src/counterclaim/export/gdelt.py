"""
Events and mentions as GDELT 2.0 has them: 61 and 16 columns, tab-separated, without a header.

Comes in: events as fused, and a stream. Goes out: a line for each pair of parties (`write`), and a line for each telling of
each such pair (`write_mentions`), joined by GLOBALEVENTID. What GDELT counts as mentions, sources and articles is counted here
for all that the store holds; copies of one story are one source.

Known limit: tone is not measured, and stays empty; so do ethnic and religious codes. Confidence counts how much had to be inferred.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, TextIO
from urllib.parse import urlsplit

from counterclaim.export.cameo import CODEBOOK, Codebook, goldstein, root_class, to_cameo
from counterclaim.export.cells import clean, write_tabs
from counterclaim.export.coding import (
    Coding,
    Party,
    bodies,
    country_code,
    country_name,
    dyads,
    each,
    make_day,
    make_key,
    make_number,
    note_losses,
    place_code,
    sectors,
)
from counterclaim.knowledge import load_table
from counterclaim.types import Article, Mention, Place, Telling

if TYPE_CHECKING:
    from counterclaim.export.fused import FusedEvent
    from counterclaim.export.losses import Losses

_ACTOR = (
    *("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code"),
    *("Type1Code", "Type2Code", "Type3Code"),
)
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS = (
    *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
    *(f"Actor1{name}" for name in _ACTOR),
    *(f"Actor2{name}" for name in _ACTOR),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
    *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"Actor1Geo_{name}" for name in _GEO),
    *(f"Actor2Geo_{name}" for name in _GEO),
    *(f"ActionGeo_{name}" for name in _GEO),
    *("DATEADDED", "SOURCEURL"),
)
MENTION_COLUMNS = (
    *("GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName"),
    *("MentionIdentifier", "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset"),
    *("InRawText", "Confidence", "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras"),
)
# GDELT's type 0 is its own mark of "no place"; its offsets of what is not in the text are -1.
_NOWHERE: tuple[object, ...] = ("0", *[None] * 7)
_NOBODY: tuple[object, ...] = (None,) * len(_ACTOR)
WEB, CITATION = "1", "2"
# A blank line; or an end mark, perhaps a closing quote, spaces, perhaps an opening quote, and a capital. A full stop
# behind a capital and at most two more letters ("U.S.", "Gen.") ends nothing.
_BORDER = re.compile(
    r"""(?:(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})\.|[!?…])
        ["”’')\]]*\s+(?=["“‘'(\[]?[A-Z]) | \n\s*\n\s*
    """,
    re.VERBOSE,
)
# Types of places that are no points: their feature id is the code of the country or division.
_AREAS = frozenset(("1", "2", "5"))


def write(
    events: Iterable["FusedEvent"],
    stream: TextIO,
    losses: "Losses",
    *,
    codebook: Codebook = CODEBOOK,
    complete: bool = False,
    raw: bool = False,
) -> int:
    """
    Write the events as they come, one line for each pair of parties; the number of lines comes back.

    Args:
        complete: Leave out rows without a day, a place with coordinates or a day of publication. Tone, which GDELT always has and we
            do not measure, stays empty.
        raw: Write cells that a spreadsheet would run as they are.
    """
    number = 0
    for coding in each(events, losses):
        code = to_cameo(coding.type, coding.modes, coding.contexts, coding.facts, codebook)
        lacking = find_lacking(coding) if complete else ""
        if lacking:
            losses.note(f"event without {lacking}, which a complete row has: left out")
            continue
        for left, right in dyads(coding, losses):
            number += 1
            write_tabs(make_row(coding, left, right, code), stream, raw=raw)
        _note_losses(coding, losses)
    return number


def find_lacking(coding: Coding) -> str:
    """The first of what every row of GDELT's own files has that this event lacks; empty where it lacks nothing."""
    if coding.day is None:
        return "a day"
    if not place_code("gdelt", coding) or coding.point[0] is None:
        return "a place"
    if any(make_day(article.published) is None for article in coding.articles):
        return "a day of publication"
    return ""


def write_mentions(
    events: Iterable["FusedEvent"],
    stream: TextIO,
    losses: "Losses",
    *,
    complete: bool = False,
    raw: bool = False,
) -> int:
    """
    Write a line for each telling of each pair of parties; the number of lines comes back.

    Args:
        complete: Leave out the events that a complete file of events leaves out.
        raw: Write cells that a spreadsheet would run as they are.
    """
    number = 0
    for coding in each(events, losses):
        lacking = find_lacking(coding) if complete else ""
        if lacking:
            losses.note(f"event without {lacking}, which a complete row has: left out")
            continue
        for left, right in dyads(coding, losses):
            tellings = find_tellings(coding, left, right)
            first = tellings[0].article.published
            for telling in tellings:
                number += 1
                write_tabs(make_mention(coding, left, right, telling, first), stream, raw=raw)
        losses.note("who is quoted in a mention: dropped", len(coding.tellings))
        losses.note("tone: not measured", len(coding.tellings))
    return number


def make_row(coding: Coding, left: Party | None, right: Party | None, code: str) -> tuple[object, ...]:
    """The 61 cells of one pair of parties."""
    tellings = find_tellings(coding, left, right)
    articles = {telling.article.id: telling.article for telling in tellings}
    first = tellings[0]
    return (
        make_id(coding, left, right),
        *_date_cells(coding),
        *_actor_cells(left),
        *_actor_cells(right),
        int("\n\n" not in first.article.text[: first.mention.trigger.start_char].lstrip()),
        code,
        code[:3],
        code[:2],
        root_class(code, "gdelt"),
        goldstein(code),
        len(tellings),
        len({telling.origin.casefold() for telling in tellings}),
        len(articles),
        None,
        *_NOWHERE,
        *_NOWHERE,
        *_geo_cells(coding),
        _stamp(first.article.published),
        identify(first.article),
    )


def make_mention(
    coding: Coding, left: Party | None, right: Party | None, telling: Telling, first: str | None
) -> tuple[object, ...]:
    """The 16 cells of one telling of one pair of parties, first told of on that day."""
    article, mention = telling.article, telling.mention
    named = (*mention.actors, *mention.recipients)
    return (
        make_id(coding, left, right),
        _stamp(first),
        _stamp(article.published),
        WEB if article.url else CITATION,
        name_source(article),
        identify(article),
        number_sentence(article.text, mention.trigger.start_char),
        _find_offset(left, named),
        _find_offset(right, named),
        mention.trigger.start_char,
        1,
        find_confidence(telling),
        len(article.text),
        None,
        None,
        None,
    )


def name_source(article: Article) -> str | None:
    """The site's name without ``www.``, as GDELT has it; the outlet where there is no address."""
    host = urlsplit(article.url).hostname if article.url else None
    return host.removeprefix("www.") if host else article.outlet or article.agency


def find_confidence(telling: Telling) -> int:
    """
    How sure the reading is, in tens of per cent as GDELT writes it.

    The event's own confidence where it is judged; else every step away from the words takes 20. Steps: a party known only by a pronoun or a noun, a party that is not told, no place, no day in the event's own sentence. It is a
    measure of how much had to be inferred, as GDELT's is, and no probability that the event happened.
    """
    mention = telling.mention
    if mention.confidence is not None:
        return max(10, 10 * round(10 * mention.confidence))
    parties = (*mention.actors, *mention.recipients)
    steps = (
        any(one.kind in {"pronoun", "nominal"} for one in parties),
        not mention.actors,
        mention.place is None,
        mention.date is None,
    )
    return 100 - 20 * sum(steps)


def make_id(coding: Coding, left: Party | None, right: Party | None) -> int:
    """GLOBALEVENTID: the same as long as event and parties are, however many articles join."""
    return make_number(coding.fused.event.id, left.key if left else "", right.key if right else "")


def find_tellings(coding: Coding, left: Party | None, right: Party | None) -> tuple[Telling, ...]:
    """Those that name one of the two, or nobody who has a row; all, where that is none."""
    parties = {party.key for party in (*coding.actors, *coding.recipients)}
    wanted = {party.key for party in (left, right) if party}

    def tells(telling: Telling) -> bool:
        mention = telling.mention
        named = {make_key(one) for one in (*mention.actors, *mention.recipients)} & parties
        return not named or bool(named & wanted)

    return tuple(filter(tells, coding.tellings)) or coding.tellings


def number_sentence(text: str, offset: int) -> int:
    """
    Which sentence of the article the offset is in, the first being 1; told from punctuation alone.

    A full stop ends a sentence before a space and a capital letter, unless a short word or an initial stands before it: "Gen.
    Talvik met U.S. envoys." is one.

    >>> number_sentence("Shells hit Vask. Two men died.", 21)
    2
    """
    return 1 + sum(border.end() <= offset for border in _BORDER.finditer(text))


def identify(article: Article) -> str:
    """The article's address, or a citation where it has none."""
    if article.url:
        return clean(article.url)
    parts = (article.outlet or article.agency, article.title, article.published)
    return ", ".join(clean(part) for part in parts if part) or clean(article.ref)


def actor_code(party: Party, column: str) -> tuple[str, str, tuple[str, ...]]:
    """
    Country or body, known group and roles of a party in CAMEO's codes, each empty where CAMEO has none.

    Args:
        column: ``gdelt`` or ``phoenix``: whose roles. Phoenix writes countries as ISO 3166 has them.
    """
    body = bodies().get(party.country or "")
    roles = tuple(role for sector in party.sectors if (role := _role(sector, column)))
    group = _groups().get(party.actor_id or "", "")
    if body is not None:
        # A body's own code comes first: IGOUNO, NGO.
        return "", group or body["group"], (body["role"], *(role for role in roles if role != body["role"]))
    if column == "phoenix":
        return party.country or "", group, roles
    return country_code(party.country, "cameo"), group, roles


def _role(sector: str, column: str) -> str:
    row = sectors().get(sector)
    return row[column] if row else ""


@cache
def _groups() -> dict[str, str]:
    return {row["id"]: row["code"] for row in load_table("formats/cameo_groups")}


@cache
def _states() -> dict[str, str]:
    """Postal codes of the states of the USA, which are their FIPS codes too."""
    return {
        row["name"]: short
        for row in load_table("places/divisions")
        if row["country"] == "USA"
        for short in row.split("short")
        if len(short) == 2 and short.isupper()
    }


def _date_cells(coding: Coding) -> tuple[object, ...]:
    """
    Day, month, year as far as they are certain, and the day in the year as GDELT's files have it.

    Its codebook says month · 30 + day; the files say (month - 1) · 30 + day: 2022-12-31 is 2022.9890.
    """
    start, end, day = coding.start, coding.end, coding.day
    if start is None or end is None:
        return (None,) * 4
    text = start.isoformat().replace("-", "")
    month = text[:6] if day or text[:6] == end.isoformat().replace("-", "")[:6] else None
    year = text[:4] if day or start.year == end.year else None
    fraction = f"{day.year + ((day.month - 1) * 30 + day.day) / 365:.4f}" if day else None
    return text if day else None, month, year, fraction


def _actor_cells(party: Party | None) -> tuple[object, ...]:
    if party is None:
        return _NOBODY
    country, group, roles = actor_code(party, "gdelt")
    known = bodies().get(party.country or "")
    code = "".join((roles[0] if known and roles else country, group, *(roles[1:] if known else roles)))
    return code, party.name.upper(), country, group, None, None, None, *(*roles, "", "", "")[:3]


def _geo_cells(coding: Coding) -> tuple[object, ...]:
    place = coding.place
    kind = place_code("gdelt", coding)
    if place is None or not kind:
        return _NOWHERE
    fips = country_code(place.country, "fips")
    division = ""
    if place.country == "USA":
        division = _states().get(coding.divisions[0] or "", "")
    admin1 = fips if kind == "1" else fips + division if division else None
    return (
        kind,
        _full_name(place),
        fips,
        admin1,
        None,
        place.lat,
        place.lon,
        admin1 if kind in _AREAS else None,
    )


def _full_name(place: Place) -> str:
    parts = (place.name, place.admin1, country_name(place.country))
    return ", ".join(dict.fromkeys(clean(part) for part in parts if part))


def _find_offset(party: Party | None, mentions: Iterable[Mention]) -> int:
    if party is None:
        return -1
    return next((one.start_char for one in mentions if make_key(one) == party.key), -1)


def _stamp(published: str | None) -> str | None:
    """Midnight of the day it was published; the hour is not known."""
    day = make_day(published)
    return day.isoformat().replace("-", "") + "000000" if day else None


def _note_losses(coding: Coding, losses: "Losses") -> None:
    note_losses(coding, losses, keeps=frozenset(("precision",)))
    for what in _find_gaps(coding):
        losses.note(what)
    losses.note("mode or context beyond the CAMEO code", len(coding.modes) + len(coding.contexts))
    losses.note("tone: not measured")
    losses.note("where the parties are: not told")


def _find_gaps(coding: Coding) -> Iterator[str]:
    for party in (*coding.actors, *coding.recipients):
        country, group, roles = actor_code(party, "gdelt")
        if not (country or group or roles):
            yield "party without a CAMEO code: name only"
        elif party.country and not country and party.country not in bodies():
            yield "country without a CAMEO code: left empty"
        if len(roles) > 3:
            yield "sector beyond the third dropped"
    place = coding.place
    if place is not None:
        if place.geonameid is not None:
            yield "GeoNames id dropped: GDELT uses those of GNS and GNIS"
        if place.country and not country_code(place.country, "fips"):
            yield "country without a FIPS code: left empty"
        if place.relation != "at":
            yield "near a place, written as in it"
    if coding.tellings[0].article.published is None:
        yield "day of publication unknown: left empty"
    else:
        yield "hour of publication unknown: midnight written"
