"""
Readings as plain rows: what `pandas.DataFrame` and `csv.DictWriter` take as they are.

Comes in: readings, and rejections among them, which are passed over. Goes out: one dictionary a claim or an event mention, all with the same keys; a value is a text, a number, a
truth or None, never a record. Nothing is chosen and nothing fused: two who contradict each other are two rows.

"Norland said 12 of its soldiers died near Vask" gives a row of `claims_table` with field ``counts.dead``, ``low`` and ``high``
12, ``source`` Norland, and the sentence.

Known limit: of several values of one kind in one event mention `events_table` has the first place, day and the largest count.
"""

from collections.abc import Iterable, Iterator

from counterclaim.types import (
    Actor,
    Article,
    Attribution,
    Claim,
    Count,
    DateRange,
    EventMention,
    Mention,
    Place,
    Reading,
    Rejection,
)

Row = dict[str, object]
Named = Mention | Place | DateRange | Count

COUNTED = ("dead", "injured")
_ACTOR = ("actor_id", "actor", "country", "sector")
_PLACE = ("place", "geonameid", "latitude", "longitude", "place_country", "place_precision")
_DATE = ("start", "end", "date_precision")


def claims_table(readings: Iterable[Reading | Rejection]) -> list[Row]:
    """
    A row for each claim: the sentence, who says it and through whom, with which stance, and the value with its type.

    Of the typed columns those of the claim's field are filled: ``actor_id``, ``actor``, ``country``, ``sector`` for actors and
    recipients; ``low``, ``high`` and ``victims…`` for counts; ``place`` … ``place_precision`` for places; ``start``, ``end``,
    ``date_precision`` for dates. ``source`` is None where the outlet itself speaks; ``start_char`` and ``end_char`` are
    characters of the article's text.
    """
    return [row for reading in readings if isinstance(reading, Reading) for row in _claim_rows(reading)]


def events_table(readings: Iterable[Reading | Rejection]) -> list[Row]:
    """A row for each event mention: what, who to whom, where, when, how many, as one source tells it."""
    return [row for reading in readings if isinstance(reading, Reading) for row in _event_rows(reading)]


def _claim_rows(reading: Reading) -> Iterator[Row]:
    article = reading.article
    told = {one.id: one for one in reading.attributions}
    events = {one.id: one for one in reading.events}
    for claim in reading.claims:
        yield {
            "claim": f"{article.id}:{claim.id}",
            "event": f"{article.id}:{claim.event}",
            "type": events[claim.event].type,
            "field": claim.field,
            "value": claim.value,
            "stance": claim.stance,
            **_speaker(told.get(claim.attribution or "")),
            "sentence": " ".join(article.text[claim.sentence_start_char : claim.sentence_end_char].split()),
            **_typed(claim, events[claim.event]),
            **_publication(article),
            "start_char": claim.start_char,
            "end_char": claim.end_char,
        }


def _event_rows(reading: Reading) -> Iterator[Row]:
    article = reading.article
    told = {one.id: one for one in reading.attributions}
    for event in reading.events:
        row: Row = {
            "event": f"{article.id}:{event.id}",
            "type": event.type,
            "modes": "; ".join(event.modes),
            "contexts": "; ".join(event.contexts),
            "auxiliary": "; ".join(event.auxiliary),
            "stance": event.stance,
            **_speaker(told.get(event.attribution or "")),
            "trigger": event.trigger.text,
        }
        for role, mentions in (("actors", event.actors), ("recipients", event.recipients)):
            actors = tuple(dict.fromkeys(mention.actor for mention in mentions))
            row[role] = "; ".join(actor.name for actor in actors)
            row[f"{role}_countries"] = "; ".join(dict.fromkeys(one.country for one in actors if one.country))
            row[f"{role}_sectors"] = "; ".join(dict.fromkeys(one.sector for one in actors if one.sector))
        row |= _place(event.place) | _date(event.date)
        for kind in COUNTED:
            counts = [count for count in event.counts if count.kind == kind]
            largest = max(counts, key=lambda count: count.low or count.high or 0, default=None)
            row[f"{kind}_low"] = largest.low if largest else None
            row[f"{kind}_high"] = largest.high if largest else None
        yield row | _publication(article)


def _speaker(attribution: Attribution | None) -> Row:
    source = attribution.source if attribution else None
    actor = source.actor if source else None
    return {
        "source": actor.name if actor else None,
        "source_text": source.text if source else None,
        "source_country": actor.country if actor else None,
        "source_sector": actor.sector if actor else None,
        "anonymous": source.anonymous if source else None,
        "via": "; ".join(attribution.via) if attribution else "",
    }


def _publication(article: Article) -> Row:
    return {
        "article": article.id,
        "ref": article.ref,
        "title": article.title,
        "url": article.url,
        "outlet": article.outlet,
        "agency": article.agency,
        "published": article.published,
    }


def _typed(claim: Claim, event: EventMention) -> Row:
    named = next((one for one in _values(event, claim.field) if one.start_char == claim.start_char), None)
    count = named if isinstance(named, Count) else None
    victims = count.victims.actor if count and count.victims else None
    return {
        **_actor(named.actor if isinstance(named, Mention) else None),
        "low": count.low if count else None,
        "high": count.high if count else None,
        **{f"victims_{name}": value for name, value in _actor(victims).items()},
        **_place(named if isinstance(named, Place) else None),
        **_date(named if isinstance(named, DateRange) else None),
    }


def _values(event: EventMention, field: str) -> Iterator[Named]:
    match field:
        case "actors":
            yield from event.actors
        case "recipients":
            yield from event.recipients
        case "place" if event.place:
            yield event.place
        case "date" if event.date:
            yield event.date
        case _:
            yield from (count for count in event.counts if field == f"counts.{count.kind}")


def _actor(actor: Actor | None) -> Row:
    if actor is None:
        return dict.fromkeys(_ACTOR)
    return dict(zip(_ACTOR, (actor.actor_id, actor.name, actor.country, actor.sector), strict=True))


def _place(place: Place | None) -> Row:
    if place is None:
        return dict.fromkeys(_PLACE)
    values = (place.name, place.geonameid, place.lat, place.lon, place.country, place.precision)
    return dict(zip(_PLACE, values, strict=True))


def _date(date: DateRange | None) -> Row:
    if date is None:
        return dict.fromkeys(_DATE)
    return dict(zip(_DATE, (date.start, date.end, date.precision), strict=True))
