"""
How quickly the workbench answers on a large store, while others read and a run writes.

    .venv/bin/python -m benchmarks.serving [--claims 1000000] [--events 200000] [--readers 20] [--seconds 60] [--db FILE]

The store is synthetic (benchmarks/storing.py makes its readings), with as many events as asked for, each with what lists show. Readers
ask for the briefing, filtered lists, events and searches in turn and pause a second between pages, as people do. Meanwhile a writer
adds a hundred articles at a time. Printed are the server's own times (the Server-Timing header), its memory, and how busy its
processor was: on a machine that does other work, times say as much about that as about us. With --db a store is kept and used again.
"""

import argparse
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from itertools import islice
from pathlib import Path

from benchmarks.storing import fill, make_reading
from counterclaim.store.queries import count_all
from counterclaim.store.schema import read_generation
from counterclaim.store.store import NewReading, open_store
from counterclaim.types import Change, Copy, Event, Listing, Story, Term

TYPES = ("ASSAULT", "CONSULT", "ACCUSE", "REQUEST", "PROTEST", "COERCE", "AGREE", "RETREAT")
GRADES = ("weak", "weak", "weak", "fair", "confirmed", "contested")
PAUSE = 1.0
TARGET = 150


def main() -> None:
    """Print the 50th and 95th percentile of each kind of page, and the server's memory."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--db", help="a store to keep; without it, one that is deleted at the end")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        location = options.db or str(Path(folder) / "bench.db")
        if not Path(location).exists():
            fill(location, options.claims)
            add_events(location, options.events)
        with open_store(location) as store, store.read() as connection:
            counted = count_all(connection)
            print({name: f"{number:,}" for name, number in counted.items()})
            events = counted["events"]
        measure(location, options.readers, options.seconds, events)


def add_events(location: str, wanted: int) -> None:
    """So many events over the event mentions there are, with what lists are made of."""
    chance = random.Random(1)
    with open_store(location) as store:
        with store.read() as connection:
            generation = read_generation(connection)
            articles = count_all(connection)["articles"]
        stories, events = [], []
        tellings = ((number, mention) for number in range(articles) for mention in range(1, 11))
        each = max(1, articles * 10 // wanted)
        for number in range(articles):
            name = make_name(number)
            copy = Copy(name, name, None, None, None, None, 0.0, 0.0)
            stories.append(Story(f"s{name}", f"outlet {number % 300}", (copy,)))
        for number in range(wanted):
            members = tuple(
                sorted((make_name(one), f"e{mention}") for one, mention in islice(tellings, each))
            )
            if not members:
                break
            events.append(make_event(number, members, chance))
        store.write_fusion(stories, events, generation=generation)


def make_name(number: int) -> str:
    """The id that benchmarks/storing.py gives its articles."""
    return f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}"


def make_event(number: int, members: tuple[tuple[str, str], ...], chance: random.Random) -> Event:
    """An event of some day of five years, in one of five thousand places."""
    day = f"{2020 + number % 5}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    grade = chance.choice(GRADES)
    place, actor, other = chance.randint(0, 4999), chance.randint(0, 1999), chance.randint(0, 1999)
    kind = chance.choice(TYPES)
    terms = (
        Term("actor", f"A{actor}", f"Actor {actor} [ARM GOV]"),
        Term("claimant", f"A{other}", f"Actor {other} [AZE GOV]"),
        Term("dyad", f"A{actor}>A{other}", f"A{actor} → A{other}"),
        Term("mode", "firearms", "firearms"),
        Term("place", str(place), f"Goris {place}, ARM"),
        Term("realis", "happened", "happened"),
        Term("recipient", f"A{other}", f"Actor {other} [AZE GOV]"),
    )
    change = Change(
        "revised",
        day,
        "counts.dead ARM MIL",
        f"Actor {actor}",
        "12",
        f"Actor {actor}",
        "9",
        f"{members[0][0]}:c1",
    )
    listing = Listing(
        grade=grade,
        dead_low=chance.randint(1, 300) if kind == "ASSAULT" else None,
        dead_high=None,
        lat=chance.uniform(-55, 70),
        lon=chance.uniform(-180, 180),
        precision="city",
        first_published=day,
        last_published=day,
        confidence=chance.random(),
        terms=terms,
        changes=(change,) if number % 20 == 0 else (),
    )
    return Event(
        id=f"E{number:08x}",
        type=kind,
        label=f"{kind} · ARM – AZE · Goris {place} · {day}",
        members=members,
        place=f"Goris {place}",
        country="ARM",
        start=day,
        end=day,
        articles=len({article for article, _ in members}),
        stories=len(members),
        origins=chance.randint(1, 9),
        contested=("actors",) if grade == "contested" else (),
        listing=listing,
    )


def measure(location: str, readers: int, seconds: float, events: int) -> None:
    """Ask for pages as so many readers would, while a writer writes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from counterclaim.cli import main; main()"]
    server = subprocess.Popen([*command, "serve", "--db", location, "--port", str(port)])
    address = f"http://127.0.0.1:{port}"
    ending = threading.Event()
    took: dict[str, list[float]] = {}
    try:
        wait_for(address)
        for path in make_paths(0, events).values():
            ask(address + path)
        used = read_processor(server.pid)
        threads = [
            threading.Thread(target=read, args=(address, number, events, ending, took))
            for number in range(readers)
        ]
        writer = threading.Thread(target=write, args=(location, ending))
        started = time.monotonic()
        for thread in [*threads, writer]:
            thread.start()
        ending.wait(seconds)
        ending.set()
        for thread in [*threads, writer]:
            thread.join()
        busy = (read_processor(server.pid) - used) / (time.monotonic() - started)
        asked = sum(map(len, took.values()))
        print(
            f"{readers} readers, {asked:,} pages in {seconds:.0f} s; {1000 * busy * seconds / max(1, asked):.0f} ms of one processor a page"
        )
        for name, times in sorted(took.items()):
            p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
            print(
                f"  {name:<9} {len(times):>5} pages  p50 {statistics.median(times):>6.0f} ms  p95 {p95:>6.0f} ms  {'' if p95 <= TARGET else f'over {TARGET} ms'}"
            )
        print(f"  {read_memory(server.pid):.0f} MB of memory at most")
    finally:
        ending.set()
        server.terminate()
        server.wait()


def make_paths(number: int, events: int) -> dict[str, str]:
    """One page of each kind, another for each number."""
    kind = TYPES[number % len(TYPES)]
    return {
        "briefing": f"/?since=2024-12-{1 + number % 28:02d}",
        "list": (
            "/events",
            f"/events?type={kind}&order=deaths",
            f"/events?actor=A{number % 2000}",
            f"/events?type={kind}&since=2023-01-01&order=newest",
            f"/events?grade=contested&place={number % 5000}",
        )[number % 5],
        "event": f"/events/E{number * 7919 % events:08x}",
        "search": (
            "/search?q=shelled+village",
            f"/search?q=report+{number % 30_000}",
            "/search?q=%22the+ministry+said%22",
        )[number % 3],
    }


def read(address: str, seed: int, events: int, ending: threading.Event, took: dict[str, list[float]]) -> None:
    """One reader: a page, a pause, another page."""
    chance = random.Random(seed)
    while not ending.wait(chance.uniform(0.5, 1.5) * PAUSE):
        paths = make_paths(chance.randint(0, 10**6), events)
        name = chance.choice(list(paths))
        times = ask(address + paths[name])
        took.setdefault(name, []).append(times)


def ask(address: str) -> float:
    """How many milliseconds the server says that the page took."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            answer.read()
            return float(answer.headers["server-timing"].partition("dur=")[2])
    except urllib.error.HTTPError as error:
        sys.exit(f"{address}: {error.code}")


def write(location: str, ending: threading.Event) -> None:
    """A run beside: a hundred articles at a time."""
    number = 10**9
    with open_store(location) as store:
        while not ending.wait(0.5):
            made = [make_reading(number + one) for one in range(100)]
            store.write_readings([NewReading(one, f"{one.article.id:0>64}") for one in made])
            number += 100


def wait_for(address: str) -> None:
    """Until the server answers."""
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}/static/icon.svg", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("The server did not start.")


def read_processor(pid: int) -> float:
    """Seconds of processor that the process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def read_memory(pid: int) -> float:
    """The most memory it has held, in MB."""
    line = next(
        line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM")
    )
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
