"""
Claims as CSV, one row a claim, in the order of the articles: what a spreadsheet or pandas reads.

Comes in: rows of claims, and a stream. Goes out: UTF-8 text with a header line; lists are joined by ``;``. Nothing
of a claim is left out, and an event's other claims share its `event`.
"""

import csv
from collections.abc import Iterable, Mapping
from typing import TextIO

COLUMNS = (
    *("claim", "event", "field", "value", "victims", "stance", "source", "country", "sector", "via"),
    *("outlet", "agency", "published", "article", "event_mention", "start_char", "end_char"),
)


def write(rows: Iterable[Mapping[str, object]], stream: TextIO) -> int:
    """Write the rows as they come; the number written comes back."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    number = 0
    for row in rows:
        number += 1
        writer.writerow(_cell(row[column]) for column in COLUMNS)
    return number


def _cell(value: object) -> object:
    if isinstance(value, list):
        return ";".join(map(str, value))
    return "" if value is None else value
