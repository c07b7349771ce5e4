"""
Fused events as PLOVER records: JSON Lines, one event a line, with the manual's own keys.

Comes in: events with what a rule chose, and a stream. Goes out: `id`, `date`, `actor` and `event`, which the manual requires, and of
its other fields those that are known; empty ones are left out. Types, modes and contexts are spelt as the manual spells them.
Auxiliary modes stand among the contexts, as the manual stores them. An actor nobody names is ``UNK``; `strict_plover`, a key of our
own, is false there and where the manual requires a recipient that nobody names: a strict coder would leave such an event out.

PLOVER has one number for the dead and nowhere to say who gives it: `comment` has the range, the claimants, the grade and the rule.

Known limit: an event whose day nobody tells has the day it was first reported, and says so in `comment`; one that was never dated
is left out, as PLOVER asks for a date.
"""

import json
from collections.abc import Iterable
from functools import cache
from typing import TextIO

from counterclaim import __version__
from counterclaim.export.cameo import CODEBOOK, PLOVER_VERSION, Codebook, quad_class, score
from counterclaim.export.coding import Coding, Party, country_name, each
from counterclaim.export.fused import FusedEvent
from counterclaim.export.losses import Losses
from counterclaim.fuse.resolution import Resolved, Tally, add_up
from counterclaim.knowledge import load_table
from counterclaim.types import Article, Place
from counterclaim.values import print_bounds, print_group

Json = dict[str, object]

COLUMNS = (
    *("id", "date", "enddate", "actor", "recipient", "event", "mode", "context", "event_loc", "event_text"),
    *("quad_code", "event_scale", "size", "text_info", "cite_info", "comment", "strict_plover"),
)
SIZES = ("dead", "injured", "arrested")
# The manual's codes for how finely a place is resolved.
RESOLUTION = {"site": 5, "city": 4, "district": 3, "province": 2, "country": 1}


def write(
    events: Iterable[FusedEvent], stream: TextIO, losses: Losses, *, codebook: Codebook = CODEBOOK
) -> int:
    """Write the events as they come; the number written comes back."""
    number = 0
    for coding in each(events, losses):
        record = make_record(coding, codebook)
        if record is None:
            losses.note("event without a day, in reports without one: left out")
            continue
        number += 1
        stream.write(json.dumps(record, ensure_ascii=False) + "\n")
        _note_losses(coding, losses)
    return number


def make_record(coding: Coding, codebook: Codebook = CODEBOOK) -> Json | None:
    """One record; None where the event can have no date."""
    published = min((one.published for one in coding.articles if one.published), default=None)
    day = coding.start.isoformat() if coding.start else published
    if day is None:
        return None
    first = coding.tellings[0]
    trigger = first.mention.trigger
    end = coding.end.isoformat() if coding.end else None
    record: Json = {
        "id": coding.fused.event.id,
        "date": day,
        "enddate": end if end != day else None,
        "actor": [_make_entity(party) for party in coding.actors] or [{"code": "UNK", "sector": "UNK"}],
        "recipient": [_make_entity(party) for party in coding.recipients],
        "event": [coding.type],
        "mode": list(coding.modes),
        "context": [*coding.contexts, *_find_auxiliary(coding)],
        "event_loc": [_make_location(coding.place)] if coding.place else None,
        "event_text": trigger.text,
        "quad_code": quad_class(coding.type, codebook),
        "event_scale": score(coding.type, coding.modes),
        "size": _make_size(coding.fused),
        "text_info": {
            "sequence": first.article.text.count("\n\n", 0, trigger.start_char) + 1,
            "start": trigger.start_char,
            "end": trigger.end_char,
        },
        "cite_info": [_make_citation(article) for article in coding.articles],
        "comment": _make_comment(coding),
        "strict_plover": _is_strict(coding),
    }
    return {key: value for key, value in record.items() if value not in (None, [], {})}


def _is_strict(coding: Coding) -> bool:
    """Whether the manual would have the event coded: it has an actor, and a recipient where its type must have one."""
    return bool(coding.actors) and (bool(coding.recipients) or coding.type not in _with_recipient())


@cache
def _with_recipient() -> frozenset[str]:
    return frozenset(row["id"] for row in load_table("plover/types") if row["recipient"] == "yes")


def _make_entity(party: Party) -> Json:
    """A country's code, or one of the manual's for what belongs to none; the primary sector, then the others."""
    entity: Json = {
        "code": party.country,
        "sector": party.sector,
        "other_sectors": list(party.sectors[1:]),
        "entity_text": party.texts[0] if party.texts else None,
        "identifier_id": party.actor_id,
        "identifier_text": party.name,
    }
    return {key: value for key, value in entity.items() if value}


def _make_location(place: Place) -> Json:
    location: Json = {
        "extracted_place": place.text,
        "resolved_place": place.name,
        "geonameid": place.geonameid,
        "lat": place.lat,
        "lon": place.lon,
        "city": place.name if place.precision == "city" else None,
        "district": place.name if place.precision == "district" else None,
        "province": place.name if place.precision == "province" else place.admin1,
        "country": country_name(place.country) or None,
        "country_code": place.country,
        "feature_code": place.feature_code,
        "resolution": RESOLUTION.get(place.precision),
    }
    return {key: value for key, value in location.items() if value is not None}


def _make_size(fused: FusedEvent) -> Json:
    totals = {kind: add_up(fused.resolved, f"counts.{kind}") for kind in SIZES}
    return {kind: one.best for kind, one in totals.items() if one and one.best is not None}


def _make_citation(article: Article) -> Json:
    citation: Json = {
        "citation": article.ref,
        "url": article.url,
        "title": article.title,
        "language": article.language,
        "publication": article.outlet or article.agency,
        "coder": f"counterclaim {__version__}",
        "codebook": PLOVER_VERSION,
    }
    return {key: value for key, value in citation.items() if value}


def _find_auxiliary(coding: Coding) -> tuple[str, ...]:
    return ("historical",) if all(one.realis == "historical" for one in coding.tellings) else ()


def _make_comment(coding: Coding) -> str:
    fused = coding.fused
    parts = [] if coding.start else ["No report says when it happened: the date is that of the first report."]
    parts += [_say_figure(one) for one in fused.resolved if isinstance(one, Tally)]
    contested = [column for column in fused.event.contested if not column.startswith("counts.")]
    if contested:
        parts.append(f"Contested: {', '.join(contested)}.")
    parts += [f"Grade: {fused.grade.name}. {fused.grade.rule}", f"Rule: {fused.rule.text}"]
    return " ".join(parts)


def _say_figure(one: Tally) -> str:
    bounds = print_bounds(one.low, one.high)
    whose = f" of {print_group(one.victims)}" if one.victims else ""
    chosen = f", chosen {one.best}" if one.best is not None and bounds != str(one.best) else ""
    said = f", said by {', '.join(one.claimants)}" if one.claimants else ""
    return f"{one.field.removeprefix('counts.')}{whose}: {bounds}{chosen}{said} ({one.status})."


def _note_losses(coding: Coding, losses: Losses) -> None:
    fused = coding.fused
    if coding.start is None:
        losses.note("day of the event: that of the first report stands in its place, marked in comment")
    if not coding.actors:
        losses.note("actor nobody names: UNK")
    for one in fused.resolved:
        kind = one.field.removeprefix("counts.")
        if isinstance(one, Resolved):
            losses.note("contested value flattened to one, marked in comment", one.status == "contested")
        elif kind not in SIZES:
            losses.note("count of a kind PLOVER has no size for: in comment only")
        elif one.best is None:
            losses.note("count between which the rule does not choose: in comment only")
        elif one.victims:
            losses.note("victim group of a count: size has one number, comment has the groups")
    claims = [
        value
        for row in fused.matrix.rows
        for column, cell in zip(fused.matrix.columns, row.cells, strict=True)
        for value in cell
        if not column.field.startswith("counts.")
    ]
    losses.note("claimant of a value that is no count", len(claims))
    values = [value for row in fused.matrix.rows for cell in row.cells for value in cell]
    losses.note("revised or withdrawn value", sum(value.state != "stands" for value in values))
    losses.note("denial", sum(value.stance == "denies" for value in values))
    losses.note("mark of an account that could not be verified", sum(not value.verified for value in values))
    losses.note("sentence behind a value", len(values))
    losses.note("place in the text of a telling after the first", len(coding.tellings) - 1)
