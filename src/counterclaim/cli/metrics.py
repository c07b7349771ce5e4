"""
What a run did, as Prometheus' text format has it: a file for the textfile collector of its node exporter.

Comes in: what happens while a run is watched, and its summary. Goes out: the file, whole or not at all, in place of the last run's.
"""

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from counterclaim.export.files import check_output, write_file
from counterclaim.running import Watch
from counterclaim.types import Page, Rejection

_FIRST = "# HELP counterclaim_"
_OF_THE_RUN = {
    "read": "Pages read by the last run.",
    "known": "Pages that the last run found already read.",
}
_OF_THE_STORE = {
    "articles": "Articles in the store.",
    "stories": "Stories that the articles are copies of.",
    "claims": "Claims in the store.",
    "events": "Events in the store.",
    "contested": "Events that claimants contradict each other about.",
}


class Metered(Watch):
    """A watch that counts, and passes on what it is told."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._began = time.monotonic()
        self._rejected: Counter[str] = Counter()

    def begin(self, page: Page) -> None:
        """Passed on."""
        self._watch.begin(page)

    def reject(self, rejection: Rejection) -> None:
        """Counted by reason, and passed on."""
        self._rejected[rejection.reason] += 1
        self._watch.reject(rejection)

    def advance(self, done: int) -> None:
        """Passed on."""
        self._watch.advance(done)

    def fuse(self, done: int, total: int) -> None:
        """Passed on."""
        self._watch.fuse(done, total)

    def write(self, path: Path, summary: Mapping[str, object]) -> None:
        """The metrics, in place of the last run's."""
        write_file(path, "".join(f"{line}\n" for line in self._lines(summary)))

    def _lines(self, summary: Mapping[str, object]) -> Iterator[str]:
        for name, text in _OF_THE_RUN.items():
            yield from _gauge(f"run_{name}_pages", text, {"": summary[name]})
        rejected = {f'{{reason="{reason}"}}': number for reason, number in sorted(self._rejected.items())}
        yield from _gauge(
            "run_rejected_pages", "Pages that the last run could not read.", rejected or {"": 0}
        )
        yield from _gauge(
            "run_seconds", "How long the last run took.", {"": round(time.monotonic() - self._began, 3)}
        )
        yield from _gauge(
            "run_finished_seconds", "When the last run ended, since 1970.", {"": int(time.time())}
        )
        for name, text in _OF_THE_STORE.items():
            yield from _gauge(f"store_{name}", text, {"": summary[name]})


def check_metrics(path: Path) -> None:
    """
    Say whether metrics may be written there.

    Raises:
        InputError: there is a file that no run wrote.
    """
    check_output(path, overwrite=False, is_ours=_is_metrics)


def _is_metrics(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_FIRST)) == _FIRST.encode()


def _gauge(name: str, text: str, values: Mapping[str, object]) -> Iterator[str]:
    yield f"# HELP counterclaim_{name} {text}"
    yield f"# TYPE counterclaim_{name} gauge"
    for label, value in values.items():
        yield f"counterclaim_{name}{label} {value}"
