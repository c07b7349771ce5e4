"""
Whole readings, or whole events, as JSON Lines, an object a line.

Comes in: readings, or events with what a rule chose, and a stream. Goes out: for each article the object that `counterclaim read
--json` prints, as people corrected it, with their corrections beside it; for each event how it is listed, its claim matrix with every sentence, what the rule makes of each column, the
grade and the rule. No other format holds as much of an event: who says what stays beside what was chosen.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TextIO

from counterclaim.export.corrections import to_json as correction_json
from counterclaim.export.fused import FusedEvent
from counterclaim.export.losses import Losses
from counterclaim.export.matrix import resolution_to_json
from counterclaim.export.matrix import to_json as matrix_json
from counterclaim.export.reading import to_json
from counterclaim.store.overlay import Corrected
from counterclaim.types import Reading


def write(readings: Iterable[Reading | Corrected], stream: TextIO, losses: Losses) -> int:
    """Write the readings as they come; the number written comes back."""
    number = 0
    for one in readings:
        number += 1
        reading = one if isinstance(one, Reading) else one.reading
        made = to_json(reading)
        if not isinstance(one, Reading) and one.said:
            made["corrections"] = [correction_json(said) for said in one.said]
        stream.write(json.dumps(made, ensure_ascii=False) + "\n")
        losses.note("rule behind a value (counterclaim explain shows it)", len(reading.claims))
    return number


def write_events(events: Iterable[FusedEvent], stream: TextIO, losses: Losses) -> int:
    """Write the events as they come; the number written comes back."""
    number = 0
    for fused in events:
        number += 1
        stream.write(json.dumps(make_object(fused), ensure_ascii=False) + "\n")
        losses.note("judgement that joined two tellings", max(0, len(fused.tellings) - 1))
    return number


def make_object(fused: FusedEvent) -> dict[str, object]:
    """The event as one object."""
    listed = {key: value for key, value in asdict(fused.event).items() if key != "judgements"}
    made: dict[str, object] = {
        "event": listed,
        **matrix_json(fused.matrix),
        **resolution_to_json(fused.resolved, fused.grade, fused.rule),
    }
    if fused.corrections:
        made["corrections"] = [correction_json(one) for one in fused.corrections]
    return made
