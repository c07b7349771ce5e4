"""What is told of someone, telling by telling, for the pages of an actor and of two sides."""

from counterclaim.export.words import describe_count, describe_event, describe_parties, describe_speaker
from counterclaim.serve.passages import cut_sentence
from counterclaim.serve.views import Json
from counterclaim.store.events import Connection
from counterclaim.store.queries import find_events_of
from counterclaim.store.rows import load_readings
from counterclaim.types import EventMention, Reading


def load_tellings(connection: Connection, members: list[tuple[str, str]]) -> list[Json]:
    """These (article, event mention) in their order, each with its sentence, its speaker and the event it is of."""
    if not members:
        return []
    readings = {one.article.id: one for one in load_readings(connection, [article for article, _ in members])}
    events = find_events_of(connection, members)
    found: list[Json] = []
    for article, mention in members:
        told = next((one for one in readings[article].events if one.id == mention), None)
        if told is not None:
            found.append({**_write(readings[article], told), "event": events.get((article, mention))})
    return found


def _write(reading: Reading, told: EventMention) -> Json:
    article = reading.article
    attribution = next((one for one in reading.attributions if one.id == told.attribution), None)
    # The first is what happened.
    claim = next((one for one in reading.claims if one.event == told.id), None)
    return {
        "article": article.id,
        "title": article.title,
        "outlet": article.outlet or article.agency,
        "published": article.published,
        "claim": f"{article.id}:{claim.id}" if claim else None,
        "what": describe_event(told),
        "type": told.type,
        "parties": describe_parties(told),
        "speaker": describe_speaker(attribution, article),
        "stance": told.stance,
        "denied": (told.stance == "denies") != ("negation" in told.auxiliary),
        "start": told.date.start if told.date else None,
        "end": told.date.end if told.date else None,
        "place": told.place.name if told.place else None,
        "counts": [describe_count(count) for count in told.counts],
        "passage": cut_sentence(article.text, claim, attribution) if claim else None,
    }
