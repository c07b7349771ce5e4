"""
Whole readings, or whole events, as JSON Lines, an object a line.

Comes in: readings, or events with what a rule chose, and a stream. Goes out: for each article the object that `counterclaim read
--json` prints; for each event how it is listed, its claim matrix with every sentence, what the rule makes of each column, the
grade and the rule. No other format holds as much of an event: who says what stays beside what was chosen.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TextIO

from counterclaim.export.fused import FusedEvent
from counterclaim.export.losses import Losses
from counterclaim.export.matrix import resolution_to_json
from counterclaim.export.matrix import to_json as matrix_json
from counterclaim.export.reading import to_json
from counterclaim.types import Reading


def write(readings: Iterable[Reading], stream: TextIO, losses: Losses) -> int:
    """Write the readings as they come; the number written comes back."""
    number = 0
    for reading in readings:
        number += 1
        stream.write(json.dumps(to_json(reading), ensure_ascii=False) + "\n")
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
    return {
        "event": listed,
        **matrix_json(fused.matrix),
        **resolution_to_json(fused.resolved, fused.grade, fused.rule),
    }
