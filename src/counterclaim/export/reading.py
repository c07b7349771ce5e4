"""
A reading as JSON: the contract that other programs build on. Fields may be added, never renamed.

Comes in: a `Reading`. Goes out: a dictionary that `json.dumps` takes as it is, keys in a fixed order, so that the
same reading gives the same bytes. A mention and its actor become one flat record: who the text names
and whom that was resolved to.

It leaves out token indexes and rules: those are for `counterclaim explain`.
"""

from dataclasses import replace

from counterclaim.types import (
    Article,
    Attribution,
    Cell,
    Claim,
    Count,
    DateRange,
    EventMention,
    EventRow,
    Flag,
    Mention,
    Place,
    Reading,
    Timex,
)

Json = dict[str, object]


def to_json(reading: Reading) -> Json:
    """The whole reading, one object an article."""
    return {
        "article": _article(reading.article),
        "attributions": [_attribution(attribution) for attribution in reading.attributions],
        "events": [_event(event) for event in reading.events],
        "toponyms": [{**_place(place), "adjectival": place.adjectival} for place in reading.toponyms],
        "times": [_time(time) for time in reading.times],
        "event_table": [_row(row) for row in reading.event_table],
        "claims": [_claim(claim) for claim in reading.claims],
        "flags": [_flag(flag) for flag in reading.flags],
        "mentions": [
            {**_participant(mention), "kind": mention.kind, "antecedent": mention.antecedent}
            for mention in reading.mentions
        ],
        "signature": reading.signature,
    }


def leave_out_implied(reading: Reading) -> Reading:
    """The reading with an event table of what the text states, of any mention of the same event."""
    return replace(reading, event_table=tuple(map(_stated, reading.event_table)))


def leave_out_unsure(reading: Reading, min_confidence: float) -> Reading:
    """The reading without events less sure than this, their claims and their part of the event table; what nothing judged stays."""
    events = tuple(
        event for event in reading.events if event.confidence is None or event.confidence >= min_confidence
    )
    if len(events) == len(reading.events):
        return reading
    kept = {event.id for event in events}
    claims = tuple(claim for claim in reading.claims if claim.event in kept)
    said = {claim.id for claim in claims}
    table = tuple(
        replace(
            row,
            members=tuple(member for member in row.members if member in kept),
            claims=tuple(claim for claim in row.claims if claim in said),
        )
        for row in reading.event_table
        if not kept.isdisjoint(row.members)
    )
    return replace(reading, events=events, claims=claims, event_table=table)


def _stated(row: EventRow) -> EventRow:
    return replace(
        row,
        actors=tuple(cell for cell in row.actors if cell.basis != "implied"),
        recipients=tuple(cell for cell in row.recipients if cell.basis != "implied"),
        place=None if row.place and row.place.basis == "implied" else row.place,
        date=None if row.date and row.date.basis == "implied" else row.date,
        counts=tuple(cell for cell in row.counts if cell.basis != "implied"),
    )


def _article(article: Article) -> Json:
    dateline = article.dateline
    return {
        "id": article.id,
        "ref": article.ref,
        "title": article.title,
        "url": article.url,
        "outlet": article.outlet,
        "agency": article.agency,
        "authors": list(article.authors),
        "published": article.published,
        "published_from": article.published_from,
        "modified": article.modified,
        "dateline": {"place": dateline.place, "date": dateline.date} if dateline else None,
        "language": article.language,
        "words": article.words,
        "text": article.text,
        "updates": [
            {"at": update.at, "start_char": update.start_char, "end_char": update.end_char}
            for update in article.updates
        ],
        "dropped": [{"text": dropped.text, "reason": dropped.reason} for dropped in article.dropped],
    }


def _attribution(attribution: Attribution) -> Json:
    cue = attribution.cue
    return {
        "id": attribution.id,
        "source": _source(attribution.source) if attribution.source else None,
        "cue": {**_where(cue), "lemma": cue.lemma} if cue else None,
        "content": _where(attribution.content),
        "stance": attribution.stance,
        "via": list(attribution.via),
        "within": attribution.within,
        "speaks": attribution.speaks,
    }


def _event(event: EventMention) -> Json:
    return {
        "id": event.id,
        "type": event.type,
        "modes": list(event.modes),
        "contexts": list(event.contexts),
        "auxiliary": list(event.auxiliary),
        "trigger": _where(event.trigger),
        "actors": [_participant(mention) for mention in event.actors],
        "recipients": [_participant(mention) for mention in event.recipients],
        "place": _place(event.place) if event.place else None,
        "date": _date(event.date) if event.date else None,
        "counts": [_count(count) for count in event.counts],
        "attribution": event.attribution,
        "stance": event.stance,
        "acled": event.acled or None,
        "confidence": None if event.confidence is None else round(event.confidence, 3),
    }


def _row(row: EventRow) -> Json:
    return {
        "id": row.id,
        "type": row.type,
        "modes": list(row.modes),
        "contexts": list(row.contexts),
        "auxiliary": list(row.auxiliary),
        "salience": row.salience,
        "members": list(row.members),
        "actors": [_known(_participant(cell.value), cell) for cell in row.actors],
        "recipients": [_known(_participant(cell.value), cell) for cell in row.recipients],
        "place": _known(_place(row.place.value), row.place) if row.place else None,
        "date": _known(_some_day(row.date.value), row.date) if row.date else None,
        "counts": [_known(_count(cell.value), cell) for cell in row.counts],
        "claims": list(row.claims),
        "confidence": None if row.confidence is None else round(row.confidence, 3),
    }


def _known(value: Json, cell: Cell[Mention] | Cell[Place] | Cell[DateRange] | Cell[Count]) -> Json:
    """The value with how it is known."""
    said = {"start_char": cell.start_char, "end_char": cell.end_char}
    return {**value, "basis": cell.basis, "from": said, "rule": cell.rule}


def _where(record: object) -> Json:
    return {name: getattr(record, name) for name in ("text", "start_char", "end_char")}


def _source(mention: Mention) -> Json:
    participant = _participant(mention)
    del participant["other_sectors"]
    return participant


def _participant(mention: Mention) -> Json:
    actor = mention.actor
    return {
        **_where(mention),
        "actor_id": actor.actor_id,
        "name": actor.name,
        "country": actor.country,
        "sector": actor.sector,
        "other_sectors": list(actor.other_sectors),
    }


def _place(place: Place) -> Json:
    return {
        **_where(place),
        "name": place.name,
        "geonameid": place.geonameid,
        "lat": place.lat,
        "lon": place.lon,
        "country": place.country,
        "admin1": place.admin1,
        "feature_code": place.feature_code,
        "precision": place.precision,
        "relation": place.relation,
        "distance_km": place.distance_km,
        "direction": place.direction,
        "other": place.other,
    }


def _date(date: DateRange) -> Json:
    return {**_where(date), "start": date.start, "end": date.end, "precision": date.precision}


def _some_day(date: DateRange) -> Json:
    """A date whose ends are null where nothing anchors it ("yesterday")."""
    return {**_date(date), "start": date.start or None, "end": date.end or None}


def _count(count: Count) -> Json:
    return {
        "kind": count.kind,
        "low": count.low,
        "high": count.high,
        "victims": _participant(count.victims) if count.victims else None,
        **_where(count),
    }


def _time(time: Timex) -> Json:
    return {**_where(time), "type": time.type, "value": time.value}


def _claim(claim: Claim) -> Json:
    return {
        "id": claim.id,
        "event": claim.event,
        "field": claim.field,
        "value": claim.value,
        "attribution": claim.attribution,
        "stance": claim.stance,
        "start_char": claim.start_char,
        "end_char": claim.end_char,
        "victims": claim.victims,
        "sentence_start_char": claim.sentence_start_char,
        "sentence_end_char": claim.sentence_end_char,
    }


def _flag(flag: Flag) -> Json:
    return {"kind": flag.kind, **_where(flag), "detail": flag.detail, "touches": list(flag.touches)}
