"""
Claims as plain rows, with who says each and the sentence it stands in: what `show claims` and the exports of claims are made of.

Comes in: an open connection and what to look for. Goes out: dictionaries, article by article in the order of the text. What people
corrected is in them: the person's value stands as the value, the machine's beside it as ``machine``; what somebody rejected is left out.

Articles without corrections come from one query; those with any are loaded and put in their places.
"""

import heapq
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, and_, case, func, literal, null, select

from counterclaim.store import tables
from counterclaim.store.corrections import list_corrections
from counterclaim.store.overlay import Corrected
from counterclaim.store.queries.looking import find_pages_of
from counterclaim.store.rows import BATCH, load_corrected
from counterclaim.types import Claim, Correction

Row = dict[str, object]
Key = tuple[str, str, str]
# What a claim's row says of a person's word on it.
PERSONS = ("machine", "correction", "corrected_by")


def list_claims(
    connection: Connection,
    *,
    article: str | None = None,
    event: str | None = None,
    field: str | None = None,
    min_confidence: float = 0.0,
) -> list[Row]:
    """Claims with who says them, article by article in the order of the text; all, or those asked for."""
    return list(
        iter_claims(connection, article=article, event=event, field=field, min_confidence=min_confidence)
    )


def iter_claims(
    connection: Connection,
    *,
    article: str | None = None,
    event: str | None = None,
    field: str | None = None,
    min_confidence: float = 0.0,
) -> Iterator[Row]:
    """
    The same one after the other, however many they are.

    Args:
        min_confidence: Claims of events less sure than this are left out; those of events that nothing judged stay, and what a
            person gave a word on.
    """
    holding = list_corrections(connection, holding=True)
    corrected = set(find_pages_of(connection, holding)) if holding else set()
    read = _iter_read(
        connection,
        corrected,
        article=article,
        event=event,
        field=field,
        min_confidence=min_confidence,
    )
    if not corrected:
        yield from (row for _, row in read)
        return
    told = (
        (key, row)
        for key, row in _iter_corrected(connection, corrected, article or "")
        if (event is None or row["event"] == event)
        and (field is None or row["field"] == field)
        and (
            row["correction"] or row["confidence"] is None or float(str(row["confidence"])) >= min_confidence
        )
    )
    yield from (row for _, row in heapq.merge(read, told, key=lambda one: one[0]))


def list_fields(connection: Connection) -> list[str]:
    """The claim fields this store holds, sorted."""
    found = set(connection.execute(select(tables.claims.c.field).distinct()).scalars())
    for one in list_corrections(connection, holding=True):
        count = one.values.get("count")
        found |= {f"counts.{count.get('kind')}"} if isinstance(count, dict) else set()
        found |= one.values.keys() & {"type", "actors", "recipients", "place", "date"}
    return sorted(found)


def _iter_read(
    connection: Connection,
    leave_out: set[str],
    *,
    article: str | None,
    event: str | None,
    field: str | None,
    min_confidence: float,
) -> Iterator[tuple[Key, Row]]:
    """Claims as they were read, each with its article's place in the order; none of the articles to leave out."""
    claim, told, fused = tables.claims.c, tables.attributions.c, tables.tellings.c
    written, source, event_of = tables.articles.c, tables.mentions.c, tables.event_mentions.c
    length = claim.sentence_end_char - claim.sentence_start_char
    is_stated = event_of.trigger_start_char.between(claim.sentence_start_char, claim.sentence_end_char - 1)
    day = func.coalesce(written.published, "9999")
    query = (
        select(
            (claim.article + ":" + claim.id).label("claim"),
            fused.event,
            *(claim.field, claim.value, claim.victims, claim.stance),
            *(source.name.label("source"), source.country, source.sector),
            told.via,
            *(written.outlet, written.agency, written.published),
            claim.article,
            claim.event.label("event_mention"),
            *(claim.start_char, claim.end_char),
            func.substr(written.text, claim.sentence_start_char + 1, length).label("sentence"),
            source.text.label("source_text"),
            told.cue_text.label("cue"),
            event_of.get("confidence", null()).label("confidence"),
            case((is_stated, "stated"), else_="implied").label("basis"),
            *(written.title, written.url),
            *(literal(None).label(name) for name in PERSONS),
            *(day.label("_day"), written.ref.label("_ref")),
        )
        .join_from(tables.claims, tables.articles, written.id == claim.article)
        .join(
            tables.event_mentions,
            and_(event_of.article == claim.article, event_of.id == claim.event),
        )
        .join(
            tables.attributions,
            and_(told.article == claim.article, told.id == claim.attribution),
            isouter=True,
        )
        .join(
            tables.mentions, and_(source.article == told.article, source.number == told.source), isouter=True
        )
        .join(
            tables.tellings,
            and_(fused.article == claim.article, fused.event_mention == claim.event),
            isouter=True,
        )
        .order_by(day, written.ref, claim.article, claim.number)
    )
    if article:
        query = query.where(claim.article.startswith(article, autoescape=True))
    if event:
        query = query.where(fused.event == event)
    if field:
        query = query.where(claim.field == field)
    if min_confidence:
        query = query.where(func.coalesce(event_of.confidence, 1.0) >= min_confidence)
    for found in connection.execute(query.execution_options(yield_per=1000)).mappings():
        if found["article"] in leave_out:
            continue
        row = dict(found)
        key = (str(row.pop("_day")), str(row.pop("_ref")), str(row["article"]))
        yield key, {**row, "chain": _write_chain(row, row["via"])}


def _iter_corrected(connection: Connection, articles: set[str], start: str) -> Iterator[tuple[Key, Row]]:
    """The claims of these articles as people corrected them, in the same order."""
    written = tables.articles.c
    day = func.coalesce(written.published, "9999")
    query = select(day, written.ref, written.id).where(written.id.in_(articles))
    keys = sorted(tuple(row) for row in connection.execute(query) if row[2].startswith(start))
    for first in range(0, len(keys), BATCH):
        batch = keys[first : first + BATCH]
        ids = [ident for _, _, ident in batch]
        fused = tables.tellings.c
        events = {
            (one, mention): event
            for one, mention, event in connection.execute(
                select(fused.article, fused.event_mention, fused.event).where(fused.article.in_(ids))
            )
        }
        made = {one.reading.article.id: one for one in load_corrected(connection, ids)}
        for key in batch:
            for row in make_rows(made[key[2]]):
                yield key, {**row, "event": events.get((key[2], str(row["event_mention"])))}


def make_rows(corrected: Corrected) -> Iterator[Row]:
    """A corrected reading's claims as rows, but for the event, which only the store knows."""
    reading = corrected.reading
    article = reading.article
    told = {one.id: one for one in reading.attributions}
    events = {one.id: one for one in reading.events}
    for claim in reading.claims:
        attribution, event = told.get(claim.attribution or ""), events[claim.event]
        source = attribution.source if attribution else None
        inside = claim.sentence_start_char <= event.trigger.start_char < claim.sentence_end_char
        row: Row = {
            "claim": f"{article.id}:{claim.id}",
            "event": None,
            **{name: getattr(claim, name) for name in ("field", "value", "victims", "stance")},
            "source": source.actor.name if source else None,
            "country": source.actor.country if source else None,
            "sector": source.actor.sector if source else None,
            "via": list(attribution.via) if attribution else None,
            **{name: getattr(article, name) for name in ("outlet", "agency", "published")},
            "article": article.id,
            "event_mention": claim.event,
            **{name: getattr(claim, name) for name in ("start_char", "end_char")},
            "sentence": article.text[claim.sentence_start_char : claim.sentence_end_char],
            "source_text": source.text if source else None,
            "cue": attribution.cue.text if attribution and attribution.cue else None,
            "confidence": event.confidence,
            "basis": "stated" if inside else "implied",
            "title": article.title,
            "url": article.url,
            **describe_word(claim, corrected.marks.get(claim.id, ())),
        }
        yield {**row, "chain": _write_chain(row, row["via"])}


def describe_word(claim: Claim, touching: Sequence[Correction]) -> dict[str, str | None]:
    """What people said of the claim: what the machine had read, the latest verdict and who gave it; all None where nobody did."""
    if not touching:
        return dict.fromkeys(PERSONS)
    latest = touching[-1]
    own = next((one for one in touching if one.field == claim.field), None)
    # Of another field's correction (a type's, that also says who did it) the claim had no word of the machine.
    return {
        "machine": own.machine or None if own else None,
        "correction": latest.verb,
        "corrected_by": ", ".join(dict.fromkeys(one.by for one in touching)),
    }


def _write_chain(row: Row, via: object) -> str:
    carriers = [*reversed(via if isinstance(via, list) else ()), row["source"]]
    return " ← ".join(dict.fromkeys(str(part) for part in (row["outlet"], row["agency"], *carriers) if part))
