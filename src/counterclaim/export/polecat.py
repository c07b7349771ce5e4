"""
Events as POLECAT's weekly files have them: 40 columns, tab-separated, with a header.

Comes in: events as fused, and a stream. Goes out: one line each; lists are joined by ``; `` and an empty cell is ``None``, as
in POLECAT. Its columns say what PLOVER says, so that type, modes, contexts and lists of parties come through whole.

Known limit: people, organisations and places of the whole story, and Wikipedia's names of actors, are not known here: ``None``.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from counterclaim import __version__
from counterclaim.export.cameo import CODEBOOK, PLOVER_VERSION, Codebook, polecat_quad, quad_class, score
from counterclaim.export.cells import write_tabs
from counterclaim.export.coding import (
    POINTS,
    Coding,
    Party,
    align,
    country_code,
    each,
    join,
    note_losses,
)

if TYPE_CHECKING:
    from counterclaim.export.fused import FusedEvent
    from counterclaim.export.losses import Losses

COLUMNS = (
    *("Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"),
    *("Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title"),
    *("Actor Name Raw", "Wikipedia Actor ID"),
    *("Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector"),
    *("Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID"),
    *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID"),
    *("Raw Placename", "Feature Type", "Source", "Publication Date"),
    *("Story People", "Story Organizations", "Story Locations", "Language", "Version"),
)
EMPTY = "None"


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
    Write the events as they come; the number of lines below the header comes back.

    Args:
        complete: Leave out rows without a day, a country or an actor, which POLECAT's own rows have.
        raw: Write cells that a spreadsheet would run as they are.
    """
    write_tabs(COLUMNS, stream)
    number = 0
    for coding in each(events, losses):
        lacking = find_lacking(coding) if complete else ""
        if lacking:
            losses.note(f"event without {lacking}, which a complete row has: left out")
            continue
        number += 1
        write_tabs(make_row(coding, codebook), stream, EMPTY, raw=raw)
        note_losses(coding, losses)
        losses.note("people, organisations and places of the story: not known")
    return number


def find_lacking(coding: Coding) -> str:
    """The first of what POLECAT's own rows always have that this event lacks; empty where it lacks nothing."""
    if coding.day is None:
        return "a day"
    if not coding.country:
        return "a country"
    return "" if coding.actors else "an actor"


def make_row(coding: Coding, codebook: Codebook = CODEBOOK) -> tuple[object, ...]:
    """The forty cells of one event."""
    place = coding.place
    first, second = coding.divisions
    articles = coding.articles
    published = sorted(article.published for article in articles if article.published)
    return (
        coding.fused.event.id,
        coding.day,
        coding.type,
        join(coding.modes),
        score(coding.type, coding.modes),
        polecat_quad(quad_class(coding.type, codebook)),
        join(coding.contexts),
        *_party_cells(coding.actors),
        *_party_cells(coding.recipients),
        place.name if place else None,
        place.name if place and coding.level in POINTS else None,
        second,
        first,
        coding.country,
        *coding.point,
        place.geonameid if place else None,
        place.text if place else None,
        place.feature_code if place else None,
        join(article.outlet or article.agency for article in articles),
        published[0] if published else None,
        *(None, None, None),
        join(sorted({article.language for article in articles})),
        f"counterclaim {__version__}; {PLOVER_VERSION}; rule {coding.fused.rule.name}",
    )


def _party_cells(parties: tuple[Party, ...]) -> tuple[str | None, ...]:
    return (
        align((party.name for party in parties), EMPTY),
        align((party.country for party in parties), EMPTY),
        align((country_code(party.country, "cow") for party in parties), EMPTY),
        align((party.sector for party in parties), EMPTY),
        join(sector for party in parties for sector in party.sectors),
        None,
        join(text for party in parties for text in party.texts),
        None,
    )
