"""
The queue of what people should look at, and how often they agree with the machine and with each other.

Comes in: an order: the least certain first, the most contested first, or a random sample. Goes out: tellings that nobody judged.
"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from math import sqrt
from typing import Annotated, Literal

from fastapi import Query

from counterclaim.deciding import find_lost
from counterclaim.export.corrections import to_json as write_correction
from counterclaim.export.words import describe_speaker
from counterclaim.serve.passages import cut_sentence
from counterclaim.serve.views import Json
from counterclaim.store.corrections import list_corrections
from counterclaim.store.events import Connection
from counterclaim.store.queries import find_events_of, list_queue
from counterclaim.store.rows import load_readings
from counterclaim.types import Correction, Reading

SHOWN = 10


def load(
    connection: Connection,
    order: Annotated[
        Literal["confidence", "contested", "random"], Query(description="Which first")
    ] = "contested",
    seed: Annotated[int, Query(ge=0, le=2**31 - 1, description="Of the random sample")] = 1,
    skip: Annotated[int, Query(ge=0, le=10_000, description="Skip so many")] = 0,
) -> Json:
    """Claims to look at, one after the other, with agreement figures."""
    said = list_corrections(connection)
    holding = [one for one in said if one.undone_at is None]
    judged = {(one.article, one.trigger_start_char, one.source_start_char) for one in holding}
    # More than are shown, as some were judged before.
    members = list_queue(connection, order=order, seed=seed, limit=skip + SHOWN + 3 * len(judged) + 20)
    readings = {
        one.article.id: one
        for one in load_readings(connection, sorted({article for article, _ in members}), as_read=True)
    }
    items = [item for member in members if (item := _make_item(readings.get(member[0]), member[1], judged))]
    shown = items[skip : skip + SHOWN]
    events = find_events_of(connection, [(str(one["article"]), str(one["event_mention"])) for one in shown])
    for one in shown:
        one["event"] = events.get((str(one["article"]), str(one["event_mention"])))
    return {
        "order": order,
        "seed": seed,
        "skip": skip,
        "items": shown,
        "more": len(items) > skip + SHOWN,
        "agreement": measure_agreement(holding),
        "corrections": [
            {**write_correction(one), "lost": lost}
            for lost_by in [find_lost(connection)]
            for one in reversed(said[-100:])
            for lost in [lost_by.get(one.id)]
        ],
    }


def measure_agreement(holding: list[Correction]) -> Json:
    """
    How often people agree with the machine, and with each other.

    ``machine``: of tellings that people judged, the share they accepted, with the 95 % interval of Wilson. ``people``: of pairs of
    people who judged one telling, the share of one mind, and Cohen's kappa.
    """
    by_telling: dict[tuple[object, ...], dict[str, str]] = defaultdict(dict)
    for one in holding:
        if one.verb != "add":
            place = (one.article, one.trigger_start_char, one.source_start_char, one.field)
            by_telling[place][one.by] = one.verb
    verdicts = [verb for told in by_telling.values() for verb in told.values()]
    pairs = [
        pair for told in by_telling.values() for pair in combinations([told[by] for by in sorted(told)], 2)
    ]
    same = sum(one == other for one, other in pairs)
    accepted = verdicts.count("accept")
    low, high = _wilson(accepted, len(verdicts))
    return {
        "judged": len(verdicts),
        "accepted": accepted,
        "share": accepted / len(verdicts) if verdicts else None,
        "low": low,
        "high": high,
        "pairs": len(pairs),
        "same": same,
        "kappa": _kappa(pairs),
        "added": sum(one.verb == "add" for one in holding),
    }


def _wilson(hits: int, of: int) -> tuple[float | None, float | None]:
    if not of:
        return None, None
    z, share = 1.96, hits / of
    middle = share + z * z / (2 * of)
    width = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return max(0.0, (middle - width) / (1 + z * z / of)), min(1.0, (middle + width) / (1 + z * z / of))


def _kappa(pairs: Sequence[tuple[str, ...]]) -> float | None:
    """Agreement beyond chance; None where there is nothing to compare, or only one verdict."""
    if not pairs:
        return None
    verbs = [verb for pair in pairs for verb in pair]
    chance = sum((verbs.count(verb) / len(verbs)) ** 2 for verb in set(verbs))
    seen = sum(one == other for one, other in pairs) / len(pairs)
    return None if chance == 1 else (seen - chance) / (1 - chance)


def _make_item(
    reading: Reading | None, mention: str, judged: set[tuple[str, int, int | None]]
) -> Json | None:
    if reading is None:
        return None
    told = next((one for one in reading.events if one.id == mention), None)
    claims = [one for one in reading.claims if one.event == mention]
    if told is None or not claims:
        return None
    attribution = next((one for one in reading.attributions if one.id == told.attribution), None)
    source = attribution.source.start_char if attribution and attribution.source else None
    article = reading.article.id
    if (article, told.trigger.start_char, source) in judged:
        return None
    key = f"{article}:{told.trigger.start_char}"
    return {
        "article": article,
        "title": reading.article.title,
        "outlet": reading.article.outlet or reading.article.agency,
        "published": reading.article.published,
        "event_mention": mention,
        "claim": f"{article}:{claims[0].id}",
        "speaker": describe_speaker(attribution, reading.article),
        "stance": told.stance,
        "passage": cut_sentence(reading.article.text, claims[0], attribution),
        "claims": [
            {"claim": f"{article}:{one.id}", "field": one.field, "value": one.value, "victims": one.victims}
            for one in claims
        ],
        "key": hashlib.sha256(key.encode()).hexdigest()[:8],
    }
