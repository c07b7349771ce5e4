"""
Events as the Phoenix data have them: 26 columns, tab-separated, without a header.

Comes in: events as fused, and a stream. Goes out: a line for each pair of parties, with its CAMEO code, Phoenix's five quad
classes (statements 0, reduced relations 3) and CAMEO's own Goldstein scale. EventID is ``NUMBER_VERSION``, with a number that stays.

Known limit: Phoenix's issues are a list of its own that PLOVER's contexts do not map to; the column stays empty.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from counterclaim import __version__
from counterclaim.export.cameo import CODEBOOK, Codebook, goldstein, root_class, to_cameo
from counterclaim.export.cells import write_tabs
from counterclaim.export.coding import (
    Coding,
    Party,
    bodies,
    country_name,
    dyads,
    each,
    escape,
    join,
    note_losses,
)
from counterclaim.export.gdelt import actor_code, find_tellings, make_id, number_sentence

if TYPE_CHECKING:
    from counterclaim.export.fused import FusedEvent
    from counterclaim.export.losses import Losses

COLUMNS = (
    *("EventID", "Date", "Year", "Month", "Day"),
    *("SourceActorFull", "SourceActorEntity", "SourceActorRole", "SourceActorAttribute"),
    *("TargetActorFull", "TargetActorEntity", "TargetActorRole", "TargetActorAttribute"),
    *("EventCode", "EventRootCode", "QuadClass", "GoldsteinScore", "Issues"),
    *("Lat", "Lon", "LocationName", "StateName", "CountryCode", "SentenceID", "URLs", "NewsSources"),
)


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
        complete: Leave out rows without a day or a party, which Phoenix's own rows have.
        raw: Write cells that a spreadsheet would run as they are.
    """
    number = 0
    for coding in each(events, losses):
        lacking = find_lacking(coding) if complete else ""
        if lacking:
            losses.note(f"event without {lacking}, which a complete row has: left out")
            continue
        code = to_cameo(coding.type, coding.modes, coding.contexts, coding.facts, codebook)
        for left, right in dyads(coding, losses):
            number += 1
            write_tabs(make_row(coding, left, right, code), stream, raw=raw)
        note_losses(coding, losses)
        losses.note("mode or context beyond the CAMEO code", len(coding.modes) + len(coding.contexts))
        losses.note("article without an address: left out of URLs", _count_unaddressed(coding))
    return number


def find_lacking(coding: Coding) -> str:
    """The first of what Phoenix's own rows always have that this event lacks; empty where it lacks nothing."""
    if coding.day is None:
        return "a day"
    return "" if coding.actors or coding.recipients else "a party"


def make_row(coding: Coding, left: Party | None, right: Party | None, code: str) -> tuple[object, ...]:
    """The 26 cells of one pair of parties."""
    day = coding.day.isoformat() if coding.day else ""
    place = coding.place
    tellings = find_tellings(coding, left, right)
    sentences = (
        f"{telling.article.id}_{number_sentence(telling.article.text, telling.mention.trigger.start_char)}"
        for telling in tellings
    )
    return (
        f"{make_id(coding, left, right)}_{__version__}",
        day.replace("-", ""),
        day[:4],
        day[5:7],
        day[8:10],
        *_actor_cells(left),
        *_actor_cells(right),
        code,
        code[:2],
        root_class(code, "phoenix"),
        goldstein(code, "cameo"),
        None,
        *coding.point,
        # A country as the place of an event is told by its name, as no finer one is.
        (place.name if place.precision != "country" else country_name(place.country)) if place else None,
        coding.divisions[0],
        coding.country,
        join(sentences, ";"),
        join((escape(telling.article.url) for telling in tellings), ";"),
        join((telling.article.outlet or telling.article.agency for telling in tellings), ";"),
    )


def _actor_cells(party: Party | None) -> tuple[str, str, str, str]:
    """The full code, the country or body, the role, and the codes that are left, joined by ``;``."""
    if party is None:
        return "", "", "", ""
    country, group, roles = actor_code(party, "phoenix")
    entity = country
    if party.country in bodies() and roles:
        entity, *rest = roles
        roles = tuple(rest)
    role = roles[0] if roles else ""
    return "".join((entity, role, group, *roles[1:])), entity, role, join((group, *roles[1:]), ";")


def _count_unaddressed(coding: Coding) -> int:
    return sum(not article.url for article in coding.articles)
