"""
Claims, or fused events, as CSV, a row each: what a spreadsheet or pandas reads.

Comes in: rows of claims, or events with what a rule chose, and a stream. Goes out: UTF-8 text with a header line; lists are
joined by ``;``. A claim that a person corrected holds the person's value, and the machine's beside it. An event's claims share its `event`; of an event's row, `rule` is the rule in force.

A cell that a spreadsheet would run as a formula, such as a title that begins with ``=``, has an apostrophe before it, which
spreadsheets hide; `--raw-cells` writes it as it is, for programs.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

from counterclaim.export import flat
from counterclaim.export.cells import disarm
from counterclaim.export.fused import FusedEvent
from counterclaim.export.losses import Losses

COLUMNS = (
    *("claim", "event", "field", "value", "victims", "stance", "source", "country", "sector", "via"),
    *("outlet", "agency", "published", "article", "event_mention", "start_char", "end_char"),
    *("sentence", "source_text", "cue", "chain", "confidence", "basis", "title", "url"),
    *("machine", "correction", "corrected_by"),
)
EVENT_COLUMNS = flat.COLUMNS


def write(rows: Iterable[Mapping[str, object]], stream: TextIO, losses: Losses, *, raw: bool = False) -> int:
    """Write claims as they come; the number written comes back."""
    return _write(COLUMNS, rows, stream, losses, raw=raw)


def write_events(events: Iterable[FusedEvent], stream: TextIO, losses: Losses, *, raw: bool = False) -> int:
    """Write events as they come; the number written comes back."""
    rows = (flat.make_row(fused, losses) for fused in events)
    return _write(EVENT_COLUMNS, rows, stream, losses, raw=raw)


def _write(
    columns: Sequence[str],
    rows: Iterable[Mapping[str, object]],
    stream: TextIO,
    losses: Losses,
    *,
    raw: bool,
) -> int:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    number = 0
    for row in rows:
        number += 1
        cells = (_cell(row[column], losses) for column in columns)
        writer.writerow(disarm(cell) if isinstance(cell, str) and not raw else cell for cell in cells)
    return number


def _cell(value: object, losses: Losses) -> object:
    if isinstance(value, list):
        losses.note("list whose parts hold the separator “;”", any(";" in str(part) for part in value))
        return ";".join(map(str, value))
    return "" if value is None else value
