"""
What each source says happened, as events and claims: the place where nothing leaves without its speaker.

Comes in: the frames of one article and everything found around them. Goes out: one `EventMention` for
each frame and each attribution that tells it, and one `Claim` for each of its values.

"The ministry said two soldiers were killed near Goris" becomes an ASSAULT told by the ministry, with the
claims type = ASSAULT, recipients = soldiers, place = Goris, counts.dead = 2, each with stance `says`.

Known limit: all values of an event mention share its attribution; "the attack, which officials say killed
50" yields the toll as an event of its own where the parse shows the inner clause, not as a second speaker
for one field.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from counterclaim.read.attribution import tellers
from counterclaim.read.casualties import choose_counts, resolve_own_losses
from counterclaim.read.dates import choose_date
from counterclaim.read.places import choose_place
from counterclaim.types import (
    Actor,
    Attribution,
    Claim,
    Count,
    EventMention,
    Frame,
    Mention,
    Place,
    Span,
    Timex,
)


def make_events(
    doc: Doc,
    frames: tuple[Frame, ...],
    mentions: tuple[Mention, ...],
    attributions: tuple[Attribution, ...],
    toponyms: tuple[Place, ...],
    times: tuple[Timex, ...],
    counts: tuple[Count, ...],
) -> tuple[EventMention, ...]:
    """The frames with place, date and counts, once for each source that tells them; ids e1, e2 … in text order."""
    by_id = {attribution.id: attribution for attribution in attributions}
    events: list[EventMention] = []
    for frame in sorted(frames, key=lambda frame: (frame.trigger, frame.type)):
        trigger = _token_span(doc, frame.trigger)
        place = choose_place(doc, frame.trigger, toponyms, mentions)
        date = choose_date(doc, frame.trigger, times)
        counted = choose_counts(doc, frame, counts, frames)
        told_by = frame.told_by or tuple(
            a.id for a in tellers(attributions, trigger.start_char, trigger.end_char)
        )
        for teller in told_by or (None,):
            attribution = by_id[teller] if teller else None
            events.append(
                EventMention(
                    id=f"e{len(events) + 1}",
                    type=frame.type,
                    modes=frame.modes,
                    contexts=frame.contexts,
                    auxiliary=frame.auxiliary,
                    trigger=trigger,
                    actors=frame.actors,
                    recipients=frame.recipients,
                    place=place,
                    date=date,
                    counts=tuple(_with_own_losses(doc, count, attribution) for count in counted),
                    attribution=teller,
                    stance=attribution.stance if attribution else "says",
                    rules=frame.rules,
                )
            )
    return tuple(events)


def make_claims(events: Iterable[EventMention], sentences: Sequence[tuple[int, int]]) -> tuple[Claim, ...]:
    """
    Every value of every event as a row of its own; ids c1, c2 … in the order of the events.

    Args:
        sentences: First character and end of each sentence, in text order (`find_sentences`).
    """
    starts = [start for start, _ in sentences]
    ends = [end for _, end in sentences]
    rows = ((event, *value) for event in events for value in _values(event))
    return tuple(
        Claim(
            id=f"c{number}",
            event=event.id,
            field=field,
            value=value,
            attribution=event.attribution,
            stance=event.stance,
            start_char=where.start_char,
            end_char=where.end_char,
            victims=victims,
            # From the sentence that its first character stands in to the one of its last.
            sentence_start_char=starts[max(0, bisect_right(starts, where.start_char) - 1)],
            sentence_end_char=ends[min(len(ends) - 1, bisect_left(ends, where.end_char))],
        )
        for number, (event, field, value, where, victims) in enumerate(rows, start=1)
    )


def find_sentences(doc: Doc) -> list[tuple[int, int]]:
    """First character and end of each sentence, without the white space around it."""
    found: list[tuple[int, int]] = []
    for sentence in doc.sents:
        text = sentence.text
        if text.strip():
            start = sentence.start_char + len(text) - len(text.lstrip())
            found.append((start, start + len(text.strip())))
    return found


def describe_actor(actor: Actor) -> str:
    """
    An actor as claims print it.

    >>> describe_actor(Actor("ARM", "Armenia", "ARM", "GOV"))
    'Armenia [ARM GOV]'
    >>> describe_actor(Actor(None, "gunmen", None, "UAF"))
    'gunmen [UAF]'
    """
    codes = " ".join(code for code in (actor.country, actor.sector, *actor.other_sectors) if code)
    return f"{actor.name} [{codes}]" if codes else actor.name


def describe_bounds(low: int | None, high: int | None) -> str:
    """
    A count as claims print it: exact, or a range that is open where the text leaves it open.

    >>> describe_bounds(105, 105), describe_bounds(20, None), describe_bounds(None, 300), describe_bounds(12, 15)
    ('105', '20..', '..300', '12..15')
    """
    if low == high and low is not None:
        return str(low)
    return f"{'' if low is None else low}..{'' if high is None else high}"


def describe_place(place: Place) -> str:
    """
    A place as claims print it: its name, and what the text says of being beside it.

    >>> gao = Place("Gao", 0, 3, "Gao", 2457161, 16.27, -0.04, "MLI", "Gao", "PPLA", "district", relation="near")
    >>> describe_place(gao), describe_place(replace(gao, distance_km=20.0, direction="north"))
    ('near Gao', '20 km north of Gao')
    >>> describe_place(replace(gao, relation="between", other="Kidal")), describe_place(replace(gao, relation="at"))
    ('between Gao and Kidal', 'Gao')
    """
    match place.relation:
        case "at":
            return place.name
        case "near":
            far = "" if place.distance_km is None else f"{place.distance_km:g} km"
            if not far and place.direction is None:
                return f"near {place.name}"
            return " ".join(
                filter(None, (far, place.direction, "of" if place.direction else "from", place.name))
            )
        case relation:
            both = f"{place.name} and {place.other}" if place.other else place.name
            return f"between {both}" if relation == "between" else f"border of {both}"


def _with_own_losses(doc: Doc, count: Count, attribution: Attribution | None) -> Count:
    """A ministry that reports "50 military deaths" reports its own, unless the text says whose they are."""
    if count.victims is not None or attribution is None or attribution.source is None:
        return count
    return replace(count, victims=resolve_own_losses(doc, count, attribution.source))


def _token_span(doc: Doc, index: int) -> Span:
    token = doc[index]
    return Span(token.text, token.idx, token.idx + len(token))


def _values(event: EventMention) -> Iterator[tuple[str, str, Span | Mention | Place | Count, str]]:
    yield "type", "/".join((event.type, *event.modes)), event.trigger, ""
    for mention in event.actors:
        yield "actors", describe_actor(mention.actor), mention, ""
    for mention in event.recipients:
        yield "recipients", describe_actor(mention.actor), mention, ""
    if event.place:
        yield "place", describe_place(event.place), event.place, ""
    if event.date:
        span = Span(event.date.text, event.date.start_char, event.date.end_char)
        same = event.date.start == event.date.end
        yield "date", event.date.start if same else f"{event.date.start}/{event.date.end}", span, ""
    for count in event.counts:
        victims = describe_actor(count.victims.actor) if count.victims else ""
        yield f"counts.{count.kind}", describe_bounds(count.low, count.high), count, victims
