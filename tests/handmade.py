"""
Readings made by hand, for tests of what comes after reading: no weights, no parser.

    text = "Norland said 12 of its soldiers were killed near Vask on Monday."
    report(text, tell("ASSAULT", "killed", recipients=[who("its soldiers", "NOR", "MIL")], by=who("Norland", "NOR")))
"""

import hashlib
import re

from counterclaim.read.claims import make_claims
from counterclaim.types import (
    Actor,
    Article,
    Attribution,
    Count,
    Cue,
    DateRange,
    EventMention,
    Flag,
    Mention,
    Place,
    Reading,
    Span,
)


def who(text, country=None, sector=None, *, name=None, actor_id=None, anonymous=False, kind="name", other=()):
    return {
        "kind": kind,
        "other": other,
        "text": text,
        "country": country,
        "sector": sector,
        "name": name or text,
        "actor_id": actor_id,
        "anonymous": anonymous,
    }


def where(
    text,
    country,
    lat=None,
    lon=None,
    *,
    admin1=None,
    precision="city",
    geonameid=None,
    name=None,
    feature_code=None,
    relation="at",
    distance_km=None,
    direction=None,
    other=None,
):
    return {
        "relation": relation,
        "distance_km": distance_km,
        "direction": direction,
        "other": other,
        "text": text,
        "name": name or text,
        "country": country,
        "lat": lat,
        "lon": lon,
        "admin1": admin1,
        "precision": precision,
        "geonameid": geonameid,
        "feature_code": feature_code,
    }


def when(text, start, end=None, precision="day"):
    return {"text": text, "start": start, "end": end or start, "precision": precision}


def count(text, kind, low, high=-1, victims=None):
    return {"text": text, "kind": kind, "low": low, "high": low if high == -1 else high, "victims": victims}


def tell(
    kind,
    trigger,
    *,
    actors=(),
    recipients=(),
    place=None,
    date=None,
    counts=(),
    by=None,
    unnamed=False,
    cue="said",
    stance="says",
    via=(),
    modes=(),
    contexts=(),
    auxiliary=(),
    acled="",
    confidence=None,
):
    return {
        "type": kind,
        "trigger": trigger,
        "actors": actors,
        "recipients": recipients,
        "place": place,
        "date": date,
        "counts": counts,
        "by": by,
        "unnamed": unnamed,
        "cue": cue,
        "stance": stance,
        "via": via,
        "modes": modes,
        "contexts": contexts,
        "auxiliary": auxiliary,
        "acled": acled,
        "confidence": confidence,
    }


def report(text, *tellings, flags=(), signature="hand", **known):
    known.setdefault("ref", "hand")
    url = known.get("url") or known["ref"]
    article = Article(
        id=hashlib.sha256(f"{url}{known.get('title')}{text}".encode()).hexdigest()[:16], text=text, **known
    )
    attributions, events = [], []
    for telling in tellings:
        trigger = _span(text, telling["trigger"])
        attribution = None
        if telling["by"] or telling["unnamed"] or telling["stance"] != "says":
            cue = _span(text, telling["cue"]) if telling["cue"] in text else None
            attribution = Attribution(
                id=f"a{len(attributions) + 1}",
                source=_mention(text, telling["by"]) if telling["by"] else None,
                cue=Cue(cue.text, cue.start_char, cue.end_char, telling["cue"]) if cue else None,
                content=Span(text, 0, len(text)),
                stance=telling["stance"],
                via=tuple(telling["via"]),
                rule="hand/1",
            )
            attributions.append(attribution)
        events.append(
            EventMention(
                id=f"e{len(events) + 1}",
                type=telling["type"],
                modes=tuple(telling["modes"]),
                contexts=tuple(telling["contexts"]),
                auxiliary=tuple(telling["auxiliary"]),
                trigger=trigger,
                actors=tuple(_mention(text, one) for one in telling["actors"]),
                recipients=tuple(_mention(text, one) for one in telling["recipients"]),
                place=_place(text, telling["place"]) if telling["place"] else None,
                date=_date(text, telling["date"]) if telling["date"] else None,
                counts=tuple(_count(text, one) for one in telling["counts"]),
                attribution=attribution.id if attribution else None,
                stance=telling["stance"],
                rules=("hand/event",),
                acled=telling["acled"],
                confidence=telling["confidence"],
            )
        )
    places = {event.place: None for event in events if event.place}
    return Reading(
        article=article,
        attributions=tuple(attributions),
        events=tuple(events),
        toponyms=tuple(places),
        times=(),
        claims=make_claims(events, _find_sentences(text)),
        flags=tuple(
            Flag(kind, *_parts(text, words), detail, tuple(touches))
            for kind, words, detail, *touches in flags
        ),
        signature=signature,
    )


def _find_sentences(text):
    """Good enough for texts made here: a full stop behind a short word ends nothing."""
    ends = [
        found.end()
        for found in re.finditer(r"(?<![A-Z])(?<! Gen)(?<! Sept)[.!?][\"”]?(?=\s|$)|(?=\n\n)", text)
    ]
    found, start = [], 0
    for end in [*ends, len(text)]:
        part = text[start:end]
        if part.strip():
            found.append((start + len(part) - len(part.lstrip()), start + len(part.rstrip())))
        start = end
    return found


def _parts(text, words):
    start = text.find(words)
    assert start >= 0, f"{words!r} is not in {text!r}"
    return words, start, start + len(words)


def _span(text, words):
    return Span(*_parts(text, words))


def _mention(text, one):
    actor = Actor(one["actor_id"], one["name"], one["country"], one["sector"], tuple(one["other"]))
    return Mention(
        *_parts(text, one["text"]),
        start=-1,
        end=-1,
        head=-1,
        kind=one["kind"],
        actor=actor,
        anonymous=one["anonymous"],
    )


def _place(text, one):
    return Place(*_parts(text, one["text"]), **{name: value for name, value in one.items() if name != "text"})


def _date(text, one):
    return DateRange(*_parts(text, one["text"]), one["start"], one["end"], one["precision"])


def _count(text, one):
    victims = _mention(text, one["victims"]) if one["victims"] else None
    return Count(
        one["kind"], one["low"], one["high"], victims, *_parts(text, one["text"]), trigger=-1, rule="hand/2"
    )
