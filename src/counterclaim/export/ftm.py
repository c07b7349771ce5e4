"""
Fused events as FollowTheMoney entities, JSON Lines, for Aleph, OpenAleph, yente and whatever else speaks that model.

Comes in: events with what a rule chose, and a stream. Goes out: an entity a line, with `id`, `schema` and `properties` of FollowTheMoney 4:

    Event          what, when, where; notes hold the grade and the rule; proof points at the articles
    Note           one value of one claimant: who says it, how, the sentence; entity points at the event
    Article        title, outlet, url, day; the text stays in the store
    Person, PublicBody, Organization; LegalEntity where it is not known which
    Mention        the words an article uses for one of them
    UnknownLink    from a party to the event, with its role
    Address        where it happened, with coordinates for a site or a town

"Norland says 12 of its soldiers died near Vask" is an Event in Vask, a Note "Norland says dead of NOR MIL: 12", and the Article it stands in.

An entity that several events share may come more than once, each time the same: FollowTheMoney's tools merge them by id.

Known limit: parties that go by no name ("border guards") are no entities; the event's summary has them.
"""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TextIO

from counterclaim.export import flat
from counterclaim.export.fused import FusedEvent
from counterclaim.export.losses import Losses
from counterclaim.export.matrix import print_best, print_ends
from counterclaim.fuse.match import PRECISE
from counterclaim.fuse.resolution import Resolved, Tally
from counterclaim.knowledge import load_table
from counterclaim.types import (
    Actor,
    Article,
    CellValue,
    Claimant,
    MatrixColumn,
    Mention,
    Place,
    Telling,
    Victims,
)
from counterclaim.values import print_group, print_value

Json = dict[str, object]
Properties = dict[str, list[str]]

SCHEMATA = (
    *("Event", "Note", "Article", "Person", "PublicBody", "Organization", "LegalEntity"),
    *("Mention", "UnknownLink", "Address"),
)
# Enough that what neighbouring events share is written once, and no more than a few megabytes.
REMEMBERED = 20_000
# FollowTheMoney's longest name, and longest short text.
LONGEST_NAME, LONGEST_TEXT = 384, 1024
# ISO 639-3 of the languages that are read.
LANGUAGES = {"en": "eng"}


def write(events: Iterable[FusedEvent], stream: TextIO, losses: Losses) -> int:
    """Write the entities of the events as they come; the number of entities written comes back."""
    number = 0
    written: OrderedDict[str, None] = OrderedDict()
    for fused in events:
        for entity in make_entities(fused, losses):
            name = str(entity["id"])
            if name in written:
                written.move_to_end(name)
                continue
            written[name] = None
            if len(written) > REMEMBERED:
                written.popitem(last=False)
            stream.write(json.dumps(entity, ensure_ascii=False) + "\n")
            number += 1
    return number


def make_entities(fused: FusedEvent, losses: Losses) -> Iterator[Json]:
    """The event and all that it points at."""
    place = flat.find_place(fused)
    parties: dict[str, tuple[Actor, set[str]]] = {}
    for telling in fused.tellings:
        yield _make_article(telling.article)
        for role, mentions in (("actor", telling.mention.actors), ("recipient", telling.mention.recipients)):
            for mention in mentions:
                if not _has_name(mention):
                    losses.note("party without a name of its own: in the summary only")
                    continue
                party = _party_id(mention.actor)
                yield _make_party(mention.actor)
                yield _make_mention(telling, mention)
                # Who is said to have done it by one, and denied to have by another, keeps both in the notes.
                if not telling.denied:
                    parties.setdefault(party, (mention.actor, set()))[1].add(role)
    if place:
        yield _make_address(place)
    yield _make_event(fused, place, list(parties))
    for party, (_, roles) in parties.items():
        yield _entity(
            _make_id("link", fused.event.id, party),
            "UnknownLink",
            {"subject": [party], "object": [_event_id(fused)], "role": sorted(roles)},
        )
    yield from _make_notes(fused)
    losses.note("relation between claims", len(fused.matrix.relations))
    losses.note("place of a sentence in its article", sum(len(one.claims) for one in fused.tellings))


# --- what happened, and who says so ---


def _make_event(fused: FusedEvent, place: Place | None, parties: list[str]) -> Json:
    event = fused.event
    modes = flat.find_modes(fused.tellings, event.type)
    contexts = dict.fromkeys(context for one in fused.tellings for context in one.mention.contexts)
    chosen = [
        f"{_name_resolved(one)}: {print_best(one) or print_ends(one)}"
        f" ({one.status}; {', '.join(one.claimants)})"
        for one in fused.resolved
        if print_best(one) or print_ends(one)
    ]
    return _entity(
        _event_id(fused),
        "Event",
        {
            "name": [event.label[:LONGEST_NAME]],
            "date": [event.start] if event.start and event.start == event.end else [],
            "startDate": [event.start] if event.start and event.start != event.end else [],
            "endDate": [event.end] if event.end and event.start != event.end else [],
            "country": _country(event.country),
            "location": [place.name] if place else [],
            "addressEntity": [_address_id(place)] if place else [],
            "involved": parties,
            "keywords": [event.type, *modes, *contexts, flat.find_realis(fused)],
            "summary": ["\n".join(chosen)] if chosen else [],
            "notes": [f"Grade: {fused.grade.name}. {fused.grade.rule}", f"Rule: {fused.rule.text}"],
            "recordId": [event.id],
            "proof": list(dict.fromkeys(_article_id(one.article.id) for one in fused.tellings)),
        },
    )


def _make_notes(fused: FusedEvent) -> Iterator[Json]:
    for row in fused.matrix.rows:
        for column, cell in zip(fused.matrix.columns, row.cells, strict=True):
            for value in cell:
                yield _make_note(fused, row.claimant, column, value)


def _make_note(fused: FusedEvent, claimant: Claimant, column: MatrixColumn, value: CellValue) -> Json:
    codes = " ".join(code for code in (claimant.country, claimant.sector) if code)
    who = f"{claimant.name} [{codes}]" if codes else claimant.name
    through = f" via {', '.join(value.via)}" if value.via else ""
    marks = [
        *([] if value.state == "stands" else [value.state]),
        *([] if value.verified else ["could not be verified"]),
    ]
    marked = f" ({', '.join(marks)})" if marks else ""
    what = f"{_name_column(column.field, column.victims)}: {print_value(value.value)}{marked}"
    return _entity(
        _make_id(
            "note",
            fused.event.id,
            value.claim,
            column.field,
            print_group(column.victims),
            claimant.key,
            value.state,
        ),
        "Note",
        {
            "description": [f"{who} {value.stance.replace('_', ' ')}{through}: {what}"],
            "summary": [value.sentence],
            "entity": [_event_id(fused)],
            "namesMentioned": [claimant.name[:LONGEST_NAME]],
            "keywords": [column.field, value.stance, value.state],
            "createdAt": [value.said] if value.said else [],
            "publisher": [origin[:LONGEST_TEXT] for origin in value.origins],
            "proof": [_article_id(article) for article in value.printed],
        },
    )


def _make_article(article: Article) -> Json:
    outlet = article.outlet or article.agency
    return _entity(
        _article_id(article.id),
        "Article",
        {
            "title": [(article.title or article.ref)[:LONGEST_TEXT]],
            "author": [author[:LONGEST_TEXT] for author in article.authors],
            "publisher": [outlet[:LONGEST_TEXT]] if outlet else [],
            "publishedAt": [article.published] if article.published else [],
            "sourceUrl": [article.url]
            if article.url and article.url.startswith(("http://", "https://"))
            else [],
            "language": [LANGUAGES[article.language]] if article.language in LANGUAGES else [],
        },
    )


# --- who and where ---


def _make_party(actor: Actor) -> Json:
    codes = [code for code in (actor.sector, *actor.other_sectors) if code]
    country = "jurisdiction" if _schema_of(actor) == "PublicBody" else "country"
    return _entity(
        _party_id(actor),
        _schema_of(actor),
        {"name": [actor.name[:LONGEST_NAME]], country: _country(actor.country), "keywords": codes},
    )


def _make_mention(telling: Telling, mention: Mention) -> Json:
    article, party = _article_id(telling.article.id), _party_id(mention.actor)
    name = " ".join(mention.text.split())[:LONGEST_NAME]
    return _entity(
        _make_id("mention", article, party, name),
        "Mention",
        {
            "document": [article],
            "name": [name],
            "resolved": [party],
            "detectedSchema": [_schema_of(mention.actor)],
            "contextCountry": _country(mention.actor.country),
        },
    )


def _make_address(place: Place) -> Json:
    is_point = place.precision in PRECISE and place.lat is not None
    return _entity(
        _address_id(place),
        "Address",
        {
            "full": [place.name],
            "city": [place.name] if place.precision == "city" else [],
            "state": [place.name] if place.precision == "province" else [],
            "country": _country(place.country),
            "latitude": [str(place.lat)] if is_point else [],
            "longitude": [str(place.lon)] if is_point else [],
            "remarks": [f"precision: {place.precision}"],
        },
    )


def _has_name(mention: Mention) -> bool:
    return bool(mention.actor.actor_id) or mention.kind in {"name", "metonym"}


def _schema_of(actor: Actor) -> str:
    """A state and its organs, bodies and groups of the tables, people of the tables; else FollowTheMoney's word for any of these."""
    name = actor.actor_id or ""
    if name in _known("leaders", "person"):
        return "Person"
    if name in _known("organisations", "id") or name in _known("groups", "id"):
        return "Organization"
    if name.partition(".")[0] in _known("countries", "id"):
        return "PublicBody"
    return "LegalEntity"


@cache
def _known(table: str, column: str) -> frozenset[str]:
    return frozenset(row[column] for row in load_table(table))


@cache
def _codes() -> dict[str, str]:
    codes = {row["id"]: row["iso2"].lower() for row in load_table("places/countries") if row["iso2"]}
    return codes | {row["id"]: row["code"] for row in load_table("formats/ftm_bodies")}


def _country(country: str | None) -> list[str]:
    return [_codes()[country]] if country in _codes() else []


# --- ids and shape ---


def _entity(name: str, schema: str, properties: Properties) -> Json:
    """An entity as FollowTheMoney's tools read it; empty properties are left out."""
    kept = {
        key: list(dict.fromkeys(filter(None, values))) for key, values in properties.items() if any(values)
    }
    return {"id": name, "schema": schema, "properties": kept}


def _make_id(*parts: str) -> str:
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return f"counterclaim-{parts[0]}-{digest}"


def _event_id(fused: FusedEvent) -> str:
    return f"counterclaim-event-{fused.event.id}"


def _article_id(article: str) -> str:
    return f"counterclaim-article-{article}"


def _party_id(actor: Actor) -> str:
    if actor.actor_id:
        return _make_id("party", actor.actor_id)
    return _make_id("party", actor.country or "", actor.sector or "", actor.name.casefold())


def _address_id(place: Place) -> str:
    return _make_id("address", str(place.geonameid or ""), place.name, place.country or "")


def _name_resolved(one: Resolved | Tally) -> str:
    return _name_column(one.field, one.victims if isinstance(one, Tally) else None)


def _name_column(name: str, victims: Victims | None) -> str:
    plain = name.removeprefix("counts.")
    return f"{plain} of {print_group(victims)}" if victims else plain
