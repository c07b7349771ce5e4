"""
What people corrected, as training labels: the format of `annotation/labels.jsonl`, one object a document and annotator, offsets and no text.

Comes in: corrections that hold, and the readings they are about. Goes out: dictionaries. A telling that was accepted, recoded or
added is a trigger that is an event, with what the person says of it; one that was rejected is a trigger that is none. What
the machine said stands beside each, so that both are kept.

Limit: only triggers that somebody judged are listed; a document's other words were not looked at (`whole_document` is false).
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping

from counterclaim.types import Correction, EventMention, Mention, Reading

Json = dict[str, object]
Shifts = Mapping[int, int]


def make_labels(
    readings: Iterable[Reading], corrections: Mapping[str, Iterable[Correction]], shifts: Shifts
) -> list[Json]:
    """
    Labels of these readings, by article and annotator.

    Args:
        readings: As the machine read them.
        corrections: By the id of the article.
        shifts: By how much each correction's place has moved; without an entry it is lost and left out.
    """
    made: list[Json] = []
    for reading in readings:
        by_person: dict[str, list[Correction]] = defaultdict(list)
        for one in corrections.get(reading.article.id, ()):
            if one.id in shifts:
                by_person[one.by].append(one)
        text = reading.article.text
        made += [
            {
                "id": f"store/{reading.article.id}",
                "sha256": hashlib.sha256(text.encode()).hexdigest()[:16],
                "annotator": person,
                "whole_document": False,
                "segments": [],
                "triggers": _make_triggers(reading, by_person[person], shifts),
                "table": [],
            }
            for person in sorted(by_person)
        ]
    return made


def _make_triggers(reading: Reading, corrections: list[Correction], shifts: Shifts) -> list[Json]:
    triggers: dict[tuple[int, int | None], Json] = {}
    for one in corrections:
        shift = shifts[one.id]
        start = one.trigger_start_char + shift
        event = next((found for found in reading.events if found.trigger.start_char == start), None)
        end = event.trigger.end_char if event and one.verb != "add" else one.end_char + shift
        trigger = triggers.setdefault((start, one.source_start_char), _start(start, end, event, one))
        if one.verb == "reject" and one.field == "type":
            trigger |= {"event": False, "why": one.reason or "sense"}
        elif one.verb == "reject" and one.field in {"actors", "recipients"}:
            trigger[one.field] = [
                where for where in _list(trigger[one.field]) if where[0] != one.start_char + shift
            ]
        elif "type" in one.values:
            kind, *modes = str(one.values["type"]).split("/")
            trigger |= {"event": True, "type": kind, "modes": modes}
        said = {name: value for name, value in one.values.items() if name != "type"}
        verbs = trigger["corrections"]
        assert isinstance(verbs, list)
        verbs.append(
            {
                "verb": one.verb,
                "field": one.field,
                "machine": one.machine,
                "person": said or None,
                "made_at": one.made_at,
            }
        )
    return [triggers[key] for key in sorted(triggers, key=lambda key: key[0])]


def _start(start: int, end: int, event: EventMention | None, one: Correction) -> Json:
    return {
        "start_char": start,
        "end_char": end,
        "asked": one.verb != "add",
        "event": True,
        "type": event.type if event else "",
        "modes": list(event.modes) if event else [],
        "realis": _find_realis(event) if event else "happened",
        "group": None,
        "actors": _spans(event.actors) if event else [],
        "recipients": _spans(event.recipients) if event else [],
        "corrections": [],
    }


def _find_realis(event: EventMention) -> str:
    if event.stance == "denies" or "negation" in event.auxiliary:
        return "denied"
    if event.stance == "demands":
        return "demanded"
    names = {"historical": "historical", "future": "planned", "hypothetical": "hypothetical"}
    return next((names[one] for one in event.auxiliary if one in names), "happened")


def _spans(group: tuple[Mention, ...]) -> list[list[int]]:
    return [[mention.start_char, mention.end_char] for mention in group]


def _list(value: object) -> list[list[int]]:
    assert isinstance(value, list)
    return value
