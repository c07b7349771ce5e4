"""
What reading web archives costs beside the same pages as files, in one process, in two, and on two workers of Ray; and whether memory stays flat.

    .venv/bin/python -m benchmarks.archives [--size 1000] [--turns 1] [--read 0]

Pages are the bundled samples and made-up ones, as large as pages of papers are (100 KB, most of it menus, scripts and styles), a tenth of them in French, in
eight archives. Counted are pages that are looked at, cleaned or refused (`to_article`), without the parser, which costs the same every
way and would hide a difference. With ``--read N`` as many sample reports in each of two archives are read with the parser too, by `run --out` with its three
executors. The ways run one after the other, in turns, each in processes of its own. On a machine that does other work the clock tells what was left of
it. So the time in which a process could have run and others did (/proc/self/schedstat) is taken off its clock, and of several processes the longest counts.
"""

import argparse
import gzip
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
ARCHIVES = 8
WAYS = ("files", "one", "two", "ray")
_WORDS = [
    "the",
    "envoy",
    "ministers",
    "army",
    "village",
    "talks",
    "said",
    "on",
    "that",
    "of",
    "in",
    "border",
    "officials",
    "police",
    "ceasefire",
    "reported",
    "according",
    "to",
    "residents",
    "river",
    "convoy",
    "district",
    "spokesman",
    "agreed",
    "after",
    "dawn",
    "near",
    "road",
]
_FRENCH = [
    "le",
    "la",
    "les",
    "ministre",
    "armée",
    "village",
    "a",
    "dit",
    "que",
    "dans",
    "une",
    "frontière",
    "police",
    "selon",
    "des",
    "habitants",
    "cessez-le-feu",
    "porte-parole",
    "route",
    "avant",
    "lundi",
    "gouvernement",
    "accord",
    "pour",
    "avec",
]


class Measured(NamedTuple):
    """
    What was looked at, and what it took.

    Attributes:
        clock: Seconds, with the start of processes.
        alone: Of the process that took longest, without its start and without those in which it waited for a processor.
        processor: Seconds of all processes that looked at pages.
        megabytes: The most that one of them had.
    """

    pages: int
    clock: float
    alone: float
    processor: float
    megabytes: int
    process: int = 0

    def describe(self) -> str:
        """In one line."""
        return (
            f"{self.pages:>7,} pages {self.clock:7.1f} s of the clock, {self.alone:7.1f} s on processors of one's own, {self.processor:7.1f} s of processor, "
            f"{self.megabytes:4} MB at most"
        )


def main() -> None:
    """Print one line a way, and what the bars are about."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=1000, help="megabytes of pages")
    parser.add_argument("--turns", type=int, default=1)
    parser.add_argument("--read", type=int, default=0, help="so many reports are read with the parser")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        way, place = given.child
        measured = read_all(way[4:], Path(place)) if way.startswith("read") else look_at_all(way, Path(place))
        print(*measured)
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        if given.size:
            make(folder / "small", given.size / 10)
            make(folder / "large", given.size)
            _measure(folder / "small", ("one",), 1)
            found = _measure(folder / "large", WAYS, given.turns)
            files, one, two, ray = (found[way] for way in WAYS)
            print(
                f"archives beside files, pages for a second of processor: {_pace(one) / _pace(files):.2f}\n"
                f"two processes beside one: {_speed(two) / _speed(one):.2f}; by the clock of this machine {one.clock / two.clock:.2f}\n"
                f"Ray on two workers beside two processes: {_speed(ray) / _speed(two):.2f}; by the clock of this machine {two.clock / ray.clock:.2f}"
            )
        if given.read:
            make_readable(folder / "reports", given.read)
            found = _measure(folder / "reports", ("readserial", "readprocesses", "readray"), given.turns)
            one, two, ray = found.values()
            print(
                f"read with the parser: two processes beside one {_speed(two) / _speed(one):.2f}, Ray beside two processes {_speed(ray) / _speed(two):.2f}"
            )


def _measure(folder: Path, ways: Iterable[str], turns: int) -> dict[str, Measured]:
    """Of each way the quickest turn."""
    best: dict[str, Measured] = {}
    for _ in range(turns):
        for way in ways:
            command = [sys.executable, "-m", "benchmarks.archives", "--child", way, str(folder)]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
            pages, clock, alone, processor, megabytes, _ = done.stdout.splitlines()[-1].split()
            measured = Measured(int(pages), float(clock), float(alone), float(processor), int(megabytes))
            print(f"{folder.name:>7} {way:13} {measured.describe()}", flush=True)
            if way not in best or _speed(measured) > _speed(best[way]):
                best[way] = measured
    return best


def _speed(measured: Measured) -> float:
    return measured.pages / measured.alone


def _pace(measured: Measured) -> float:
    return measured.pages / measured.processor


# --- pages ---


def make(folder: Path, megabytes: float) -> None:
    """So many megabytes of pages, as files and in archives."""
    chance = random.Random(7)
    (folder / "pages").mkdir(parents=True)
    (folder / "archives").mkdir()
    samples = [
        (path.name, path.read_bytes())
        for path in sorted((ROOT / "samples" / "september-2022").glob("*.html"))
    ]
    made = number = 0
    outs = [(folder / "archives" / f"{one}.warc.gz").open("wb") for one in range(ARCHIVES)]
    while made < megabytes * 1e6:
        if number % 20 == 19:
            body = samples[number // 20 % len(samples)][1] + f"<!-- {number} -->".encode()
        else:
            body = _make_page(chance, number, _FRENCH if number % 10 == 0 else _WORDS)
        (folder / "pages" / f"{number:07}.html").write_bytes(body)
        outs[number % ARCHIVES].write(gzip.compress(_record(number, body), 6))
        made += len(body)
        number += 1
    for out in outs:
        out.close()


def _make_page(chance: random.Random, number: int, words: list[str]) -> bytes:
    told = [" ".join(chance.choices(words, k=60)).capitalize() + "." for _ in range(8)]
    menu = "".join(f'<li><a href="/{one}">Section {one}</a></li>' for one in range(120))
    style = "".join(f".c{one}{{margin:{one}px;color:#{one:06x}}}" for one in range(900))
    script = "".join(f'window.d["k{chance.random()}"]="{chance.random()}";' for _ in range(900))
    return (
        f"<!doctype html><html><head><title>Report {number}</title><style>{style}</style><script>{script}</script></head><body><nav><ul>{menu}</ul></nav><article>"
        f"<h1>Report {number}</h1>" + "".join(f"<p>{line}</p>" for line in told) + "</article></body></html>"
    ).encode()


def _record(number: int, body: bytes, kind: str = "text/html") -> bytes:
    block = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2021-05-04T00:00:00Z\r\n"
        f"WARC-Target-URI: https://post.example/{number}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def make_readable(folder: Path, number: int) -> None:
    """Two archives with so many sample reports each, every one another page."""
    samples = [path.read_bytes() for path in sorted((ROOT / "samples" / "september-2022").glob("*.txt"))]
    folder.mkdir()
    for one in range(2):
        with (folder / f"{one}.warc").open("wb") as out:
            for page in range(number):
                body = (
                    samples[page % len(samples)] + f"\n\nThis was report {page} of edition {one}.\n".encode()
                )
                out.write(_record(one * number + page, body, "text/plain"))


# --- in the processes that are measured ---


def look_at(path: str) -> Iterator[Measured]:
    """Look at all pages of one path."""
    from counterclaim.errors import Unreadable  # noqa: PLC0415  in the child alone
    from counterclaim.gather import to_article  # noqa: PLC0415
    from counterclaim.gather.pages import find_pages  # noqa: PLC0415
    from counterclaim.types import Page  # noqa: PLC0415

    began, waited, spent, count = time.perf_counter(), _waited(), time.process_time(), 0
    for page in find_pages([path]):
        assert isinstance(page, Page), page
        try:
            to_article(page)
        except Unreadable as error:
            if error.reason != "language":
                raise
        count += 1
    clock = time.perf_counter() - began
    alone = clock - (_waited() - waited)
    yield Measured(count, clock, alone, time.process_time() - spent, _peak(), os.getpid())


def look_at_all(way: str, folder: Path) -> Measured:
    """All pages of the folder, one way."""
    from benchmarks import archives  # noqa: PLC0415, PLW0406  for the workers the function must be of this module, not of the one that was started
    from counterclaim.executors import processes, serial  # noqa: PLC0415

    paths = (
        [str(folder / "pages")]
        if way == "files"
        else sorted(str(path) for path in (folder / "archives").iterdir())
    )
    map_items: Callable[..., Iterable[Measured]] = serial.map_items
    if way == "two":
        map_items = partial(processes.map_items, jobs=2)
    if way == "ray":
        from counterclaim.executors import ray  # noqa: PLC0415

        map_items = partial(ray.map_items, workers=2)
    began = time.perf_counter()
    parts = list(map_items(archives.look_at, paths))
    clock = time.perf_counter() - began
    alone: defaultdict[int, float] = defaultdict(float)
    for one in parts:
        alone[one.process] += one.alone
    return Measured(
        sum(one.pages for one in parts),
        clock,
        max(alone.values()),
        sum(one.processor for one in parts),
        max(one.megabytes for one in parts),
    )


def read_all(executor: str, folder: Path) -> Measured:
    """Read the folder's reports into Parquet with one of the executors."""
    from counterclaim.partitioning import How, read_into  # noqa: PLC0415

    began, spent = time.perf_counter(), time.process_time()
    paths = sorted(str(path) for path in folder.glob("*.warc"))
    with tempfile.TemporaryDirectory() as out:
        read = read_into(
            Path(out, "parquet"),
            paths,
            How("measured"),
            executor=executor,  # type: ignore[arg-type]  # of the three
            workers=2,
        ).read
    # Of other processes neither the processor's seconds nor what they waited are seen here.
    clock = time.perf_counter() - began
    return Measured(read, clock, clock, max(time.process_time() - spent, 0.01), _peak())


def _waited() -> float:
    """Seconds in which this process could have run and others did."""
    return int(Path("/proc/self/schedstat").read_text(encoding="ascii").split()[1]) / 1e9


def _peak() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


if __name__ == "__main__":
    main()
