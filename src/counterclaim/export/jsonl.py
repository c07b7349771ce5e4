"""
Whole readings as JSON Lines: for each article the object that `counterclaim read --json` prints.

Comes in: readings, and a stream. Goes out: one line each, UTF-8. It says nothing of stories and events, which are
about more than one article: `counterclaim show events --json` does.
"""

import json
from collections.abc import Iterable
from typing import TextIO

from counterclaim.export.reading import to_json
from counterclaim.types import Reading


def write(readings: Iterable[Reading], stream: TextIO) -> int:
    """Write the readings as they come; the number written comes back."""
    number = 0
    for reading in readings:
        number += 1
        stream.write(json.dumps(to_json(reading), ensure_ascii=False) + "\n")
    return number
