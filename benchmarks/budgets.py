"""
What the budgets of `run` are measured by: the seconds of the longest article that is read, and the memory of a process that reads many.

    .venv/bin/python -m benchmarks.budgets [--articles 500] [--chars 200000] [--folder FOLDER] [--counterclaim COMMAND]

The articles are ordinary ones: paragraphs of a folder's reports (default: the bundled samples) in an order of their own (seeded), each article of five to
twenty, the long one of as many as it holds. Both are read by the command itself, into a new store, in one reading process. Seconds are the processor's and the clock's; memory is what
the system counts against `COUNTERCLAIM_MAX_PAGE_MEMORY` (VmData) and what is resident (VmHWM), the largest of what was seen every tenth of a second.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reading import SAMPLES, read_all

_PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Used:
    """What the processes that a command started have used at most, and all of them together of the processor."""

    data: int = 0
    resident: int = 0
    processor: float = 0.0
    seconds: float = 0.0


def find_paragraphs(folder: str = str(SAMPLES)) -> list[str]:
    """The paragraphs of a folder's reports."""
    return [
        paragraph
        for article in read_all(folder)
        for paragraph in article.text.split("\n\n")
        if paragraph.strip()
    ]


def make_articles(paragraphs: list[str], number: int, seed: int = 1) -> Iterator[str]:
    """So many articles of these paragraphs."""
    pick = random.Random(seed)
    for one in range(number):
        told = pick.sample(paragraphs, min(len(paragraphs), pick.randint(5, 20)))
        yield "\n\n".join((*told, f"Report {one} ends here, the editors said."))


def make_long(paragraphs: list[str], chars: int, seed: int = 1) -> str:
    """One article of at most so many characters: all paragraphs before one comes again."""
    pick = random.Random(seed)
    told: list[str] = []
    left = chars
    while True:
        for paragraph in pick.sample(paragraphs, len(paragraphs)):
            if len(paragraph) + 2 > left:
                return "\n\n".join(told)
            left -= len(paragraph) + 2
            told.append(paragraph)


def measure(command: list[str], folder: Path, store: Path) -> tuple[Used, dict[str, object]]:
    """Run over a folder; what the reading process used, and the run's own summary."""
    used, started = Used(), time.monotonic()
    # On a machine that others use the clock says little: no budget of time ends the measurement.
    environment = {**os.environ, "COUNTERCLAIM_MAX_PAGE_SECONDS": "0", "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(
        [*command, "run", str(folder), "--db", str(store), "--published", "2022-09-14", "--json"],
        stdout=subprocess.PIPE,
        env=environment,
    ) as process:
        while process.poll() is None:
            for child in _children(process.pid):
                _look(child, used)
            time.sleep(0.1)
        assert process.stdout is not None
        told: dict[str, object] = json.loads(process.stdout.read())
    used.seconds = time.monotonic() - started
    return used, told


def _children(process: int) -> list[int]:
    # Each thread has children of its own.
    try:
        told = [path.read_text(encoding="ascii") for path in Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:
        return []
    return [int(child) for children in told for child in children.split()]


def _look(process: int, used: Used) -> None:
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
        times = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return  # it has ended
    told = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    used.data = max(used.data, int(told.get("VmData", "0 kB").split()[0]))
    used.resident = max(used.resident, int(told.get("VmHWM", "0 kB").split()[0]))
    used.processor = max(used.processor, (int(times[11]) + int(times[12])) / _PER_SECOND)


def main() -> None:
    """Print seconds and memory of both."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--chars", type=int, default=200_000)
    parser.add_argument("--folder", default=str(SAMPLES))
    parser.add_argument("--counterclaim", default=str(Path(sys.executable).with_name("counterclaim")))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        one, many = Path(place) / "one", Path(place) / "many"
        one.mkdir()
        many.mkdir()
        paragraphs = find_paragraphs(options.folder)
        text = make_long(paragraphs, options.chars)
        (one / "long.txt").write_text(text, encoding="utf-8")
        for number, article in enumerate(make_articles(paragraphs, options.articles)):
            (many / f"{number:05}.txt").write_text(article, encoding="utf-8")
        for name, folder in (
            (f"one of {len(text):,} characters", one),
            (f"{options.articles} articles", many),
        ):
            used, told = measure([options.counterclaim], folder, Path(place) / f"{folder.name}.db")
            print(
                f"{name}: {told['read']} read, {told['rejected']} rejected; reading process {used.processor:.1f} s of the processor, "
                f"{used.data / 1000:.0f} MB counted, {used.resident / 1000:.0f} MB resident; whole command {used.seconds:.1f} s of the clock",
                flush=True,
            )


if __name__ == "__main__":
    main()
