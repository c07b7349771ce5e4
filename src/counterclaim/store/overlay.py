"""
A reading as people corrected it: the machine's rows stay as they are, and what people say is laid over them when they are loaded.

Comes in: a reading, and the corrections of its article that hold. Goes out: the reading with them, which corrections touch which
claims, and which found no place any longer.

Ann says that "12 dead" is 21: the claim's value and the event mention's count are 21 wherever the reading is used from now on.
She takes it back: they are 12 again, as the row never was anything else.

A correction names its place by offsets and by the sentence there. Of a text that changed, the sentence is looked for; where it
stands once, the correction goes with it, else it is lost, and said to be.

Known limit: what another reading no longer finds (another trigger, another speaker) cannot be corrected, and is said to be lost.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal, NamedTuple

from counterclaim.store.retelling import retell
from counterclaim.types import (
    Actor,
    Attribution,
    Claim,
    Correction,
    Count,
    DateRange,
    EventMention,
    Mention,
    Place,
    Reading,
    Span,
    Stance,
)
from counterclaim.values import print_actor, print_bounds, print_date, print_place

# What a person added goes by such an id, and so do the claims of it.
ADDED = "p"
Lost = Literal["text", "reading"]


class Corrected(NamedTuple):
    """
    A reading with what people said of it.

    Attributes:
        marks: The corrections that touch each claim of it, by the claim's id, those of claims that somebody rejected too.
        lost: Corrections without a place: the ``text`` changed, or the ``reading`` has no such telling any longer.
    """

    reading: Reading
    marks: Mapping[str, tuple[Correction, ...]]
    lost: tuple[tuple[Correction, Lost], ...]

    @property
    def said(self) -> tuple[Correction, ...]:
        """The corrections that hold of it, each once, the oldest first."""
        found = {one.id: one for touching in self.marks.values() for one in touching}
        return tuple(found[number] for number in sorted(found))


def correct(reading: Reading, corrections: Iterable[Correction]) -> Corrected:
    """The reading as people corrected it, the later word over the earlier."""
    events = {one.id: one for one in reading.events}
    claims = list(reading.claims)
    attributions = list(reading.attributions)
    marks: dict[str, list[Correction]] = {}
    lost: list[tuple[Correction, Lost]] = []
    for one in sorted(corrections, key=lambda correction: correction.id):
        shift = find_shift(one, reading.article.id, reading.article.text)
        if shift is None:
            lost.append((one, "text"))
        elif one.verb == "add":
            event, made, attribution = _add(one, shift, reading.article.text)
            events[event.id] = event
            claims += made
            attributions += [attribution] if attribution else []
            marks |= {claim.id: [one] for claim in made}
        else:
            told = [event for event in events.values() if _is_meant(one, shift, event, attributions)]
            if not told:
                lost.append((one, "reading"))
            for event in told:
                claims = _apply(one, shift, event, events, claims, marks)
    return Corrected(
        replace(
            reading,
            events=tuple(events.values()),
            claims=tuple(claims),
            attributions=tuple(attributions),
            event_table=retell(reading.event_table, {one.id: one for one in reading.events}, events, claims),
        ),
        {name: tuple(touching) for name, touching in marks.items()},
        tuple(lost),
    )


def find_shift(correction: Correction, article: str, text: str) -> int | None:
    """By how many characters the correction's place has moved; None where the text no longer has its sentence, or twice."""
    start = correction.sentence_start_char
    if correction.article == article or text.startswith(correction.sentence, start):
        return 0
    first = text.find(correction.sentence)
    if first < 0 or not correction.sentence or text.find(correction.sentence, first + 1) >= 0:
        return None
    return first - start


def _is_meant(one: Correction, shift: int, event: EventMention, attributions: list[Attribution]) -> bool:
    if event.trigger.start_char != one.trigger_start_char + shift:
        return False
    attribution = next((found for found in attributions if found.id == event.attribution), None)
    source = attribution.source.start_char if attribution and attribution.source else None
    said_by = None if one.source_start_char is None else one.source_start_char + shift
    return source == said_by


def _apply(
    one: Correction,
    shift: int,
    event: EventMention,
    events: dict[str, EventMention],
    claims: list[Claim],
    marks: dict[str, list[Correction]],
) -> list[Claim]:
    """The claims with the correction; the event is changed in its dictionary."""
    start = one.start_char + shift
    own = [
        claim
        for claim in claims
        if claim.event == event.id and claim.field == one.field and claim.start_char == start
    ]
    for claim in own:
        marks.setdefault(claim.id, []).append(one)
    if one.verb == "accept":
        return claims
    if one.verb == "reject":
        if one.field == "type":
            del events[event.id]
            return [claim for claim in claims if claim.event != event.id]
        events[event.id] = _without(event, one.field, start)
        return [claim for claim in claims if claim not in own]
    changed, fields = _recode(event, one, start)
    events[event.id] = changed
    kept: list[Claim] = []
    for field in fields:
        old = [claim for claim in claims if claim.event == event.id and _is_field(claim, field, start)]
        new = _make_claims(changed, field, one, old, start)
        # In the place of the first that it replaces.
        at = claims.index(old[0]) if old else len(claims)
        kept = [claim for claim in claims if claim not in old]
        claims = [*kept[:at], *new, *kept[at:]]
        for claim in new:
            marks.setdefault(claim.id, [])
            if one not in marks[claim.id]:
                marks[claim.id].append(one)
    return claims


def _is_field(claim: Claim, field: str, start: int) -> bool:
    return claim.field == field and (not field.startswith("counts.") or claim.start_char == start)


def _without(event: EventMention, field: str, start: int) -> EventMention:
    match field:
        case "actors":
            return replace(event, actors=tuple(one for one in event.actors if one.start_char != start))
        case "recipients":
            return replace(
                event, recipients=tuple(one for one in event.recipients if one.start_char != start)
            )
        case "place":
            return replace(event, place=None)
        case "date":
            return replace(event, date=None)
    kind = field.removeprefix("counts.")
    kept = tuple(one for one in event.counts if one.kind != kind or one.start_char != start)
    return replace(event, counts=kept)


def _recode(event: EventMention, one: Correction, start: int) -> tuple[EventMention, list[str]]:
    """The event with the person's values, and which fields they are of."""
    fields: list[str] = []
    for name, value in one.values.items():
        if name == "type":
            kind, *modes = str(value).split("/")
            event = replace(event, type=kind, modes=tuple(modes))
            fields.append("type")
        elif name in {"actors", "recipients"}:
            group: tuple[Mention, ...] = event.actors if name == "actors" else event.recipients
            where = _span_of(group[0]) if group else event.trigger
            made = _make_mentions(value, where, one)
            event = replace(event, actors=made) if name == "actors" else replace(event, recipients=made)
            fields.append(name)
        elif name == "place":
            place_at = _span_of(event.place) if event.place else event.trigger
            event = replace(event, place=_make_place(value, place_at, one))
            fields.append("place")
        elif name == "date":
            date_at = _span_of(event.date) if event.date else event.trigger
            event = replace(event, date=_make_date(str(value), date_at))
            fields.append("date")
        elif name == "count":
            event, field = _recode_count(event, value, one, start)
            fields.append(field)
    return event, fields


def _recode_count(
    event: EventMention, value: object, one: Correction, start: int
) -> tuple[EventMention, str]:
    assert isinstance(value, dict)
    kind = str(value.get("kind") or "dead")
    low, high, rule = value.get("low"), value.get("high"), f"person/{one.by}"
    counts = list(event.counts)
    place = next(
        (
            number
            for number, count in enumerate(counts)
            if count.kind == kind and (count.start_char == start or len(counts) == 1)
        ),
        None,
    )
    if place is None:
        counts.append(Count(kind, low, high, None, *_where(event.trigger), -1, rule=rule))
    else:
        counts[place] = replace(counts[place], low=low, high=high, rule=rule)
    return replace(event, counts=tuple(counts)), f"counts.{kind}"


def _make_claims(
    event: EventMention, field: str, one: Correction, old: list[Claim], start: int
) -> list[Claim]:
    """The claims that say this field of the event, under the ids of those they replace."""
    values: list[tuple[str, int, int, str]] = []
    if field == "type":
        values = [
            ("/".join((event.type, *event.modes)), event.trigger.start_char, event.trigger.end_char, "")
        ]
    elif field in {"actors", "recipients"}:
        group = event.actors if field == "actors" else event.recipients
        values = [(print_actor(mention.actor), mention.start_char, mention.end_char, "") for mention in group]
    elif field == "place" and event.place:
        values = [(print_place(event.place), event.place.start_char, event.place.end_char, "")]
    elif field == "date" and event.date:
        values = [(print_date(event.date), event.date.start_char, event.date.end_char, "")]
    elif field.startswith("counts."):
        kind = field.removeprefix("counts.")
        found = [count for count in event.counts if count.kind == kind]
        for count in [count for count in found if count.start_char == start] or found[-1:]:
            victims = print_actor(count.victims.actor) if count.victims else ""
            values.append((print_bounds(count.low, count.high), count.start_char, count.end_char, victims))
    first, last = one.sentence_start_char, one.sentence_start_char + len(one.sentence)
    if old:
        first, last = old[0].sentence_start_char, old[0].sentence_end_char
    return [
        Claim(
            id=old[number].id if number < len(old) else f"{ADDED}{one.id}.{field[:1]}{number}",
            event=event.id,
            field=field,
            value=value,
            attribution=event.attribution,
            stance=event.stance,
            start_char=begin,
            end_char=end,
            victims=victims,
            sentence_start_char=first,
            sentence_end_char=last,
        )
        for number, (value, begin, end, victims) in enumerate(values)
    ]


def _add(one: Correction, shift: int, text: str) -> tuple[EventMention, list[Claim], Attribution | None]:
    """A telling that the reading missed, told by the outlet or by whom the person names."""
    start, end = one.start_char + shift, one.end_char + shift
    words = Span(text[start:end], start, end)
    values = one.values
    attribution = None
    speaker = values.get("speaker")
    # Checked when it was made.
    stance: Stance = values.get("stance") or "says"  # type: ignore[assignment]
    if speaker:
        (source,) = _make_mentions([speaker], words, one)
        content = Span(
            one.sentence, one.sentence_start_char + shift, one.sentence_start_char + shift + len(one.sentence)
        )
        attribution = Attribution(f"{ADDED}{one.id}", source, None, content, stance, rule=f"person/{one.by}")
    kind, *modes = str(values.get("type")).split("/")
    event = EventMention(
        id=f"{ADDED}{one.id}",
        type=kind,
        modes=tuple(modes),
        contexts=(),
        auxiliary=(),
        trigger=words,
        actors=(),
        recipients=(),
        place=None,
        date=None,
        counts=(),
        attribution=attribution.id if attribution else None,
        stance=stance,
        rules=(f"person/{one.by}",),
    )
    event, fields = _recode(event, one, start)
    moved = replace(one, sentence_start_char=one.sentence_start_char + shift)
    claims = [claim for field in fields for claim in _make_claims(event, field, moved, [], start)]
    return event, claims, attribution


def _make_mentions(value: object, where: Mention | Span, one: Correction) -> tuple[Mention, ...]:
    assert isinstance(value, list)
    return tuple(
        Mention(
            *_where(where),
            -1,
            -1,
            -1,
            "name",
            Actor(
                found.get("actor_id"),
                str(found["name"]),
                found.get("country"),
                found.get("sector"),
                tuple(found.get("other_sectors") or ()),
            ),
            rule=f"person/{one.by}",
        )
        for found in value
    )


def _make_place(value: object, where: Place | Span, one: Correction) -> Place:
    assert isinstance(value, dict)
    names = ("name", "geonameid", "lat", "lon", "country", "admin1", "feature_code", "precision")
    return Place(*_where(where), **{name: value.get(name) for name in names}, rule=f"person/{one.by}")  # type: ignore[arg-type]


def _make_date(value: str, where: DateRange | Span) -> DateRange:
    start, _, end = value.partition("/")
    return DateRange(*_where(where), start, end or start, "day")


def _span_of(record: Mention | Place | DateRange) -> Span:
    return Span(record.text, record.start_char, record.end_char)


def _where(record: Mention | Place | DateRange | Span) -> tuple[str, int, int]:
    return record.text, record.start_char, record.end_char
