"""
What a format could not hold, counted while it is written.

Comes in: one short phrase for each thing left out. Goes out: a line for each phrase with how often it came up, the most frequent
first: ``the claimant of a value: 212``. No format of the field has room for who said what; the report says what is lost.
"""

from collections import Counter


class Losses:
    """A count for each kind of loss."""

    def __init__(self) -> None:
        self._times: Counter[str] = Counter()

    def note(self, what: str, times: int = 1) -> None:
        """Count `times` more of this loss; nothing is noted where it is none."""
        if times > 0:
            self._times[what] += times

    def report(self) -> tuple[str, ...]:
        """A line for each kind of loss, the most frequent first."""
        ordered = sorted(self._times.items(), key=lambda one: (-one[1], one[0]))
        return tuple(f"{what}: {times}" for what, times in ordered)
