"""
What it costs to fuse what is new in a store that holds much, beside an earlier build that fuses everything anew.

    .venv/bin/pip install --target /tmp/libraries --no-deps 'datasketch>=1.6,<2' scipy    # which the earlier build needs
    .venv/bin/python -m benchmarks.incremental [--articles 8000] [--larger 40000] [--against 524f54b] [--libraries /tmp/libraries]

The articles are made up (benchmarks/fusing.py): each tells of five events, with about 25 claims, 500 articles a day, some of them
reprinted. Each step runs in a process of its own, for its peak memory; seconds are the processor's, from the open store on: of adding,
the writing of the readings and the fusion, not the reading of their texts (benchmarks/reading.py). The earlier build is checked out by
`git worktree` into a folder that is deleted, and does the same work with the same readings. Larger stores are only made by this build.
"""

import argparse
import os
import pickle
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from counterclaim.store.store import NewReading, open_store
from counterclaim.types import Article, Attribution, EventMention, Mention, Reading, Span

ROOT = Path(__file__).parent.parent
DAILY = 500
EVENTS = 5
TOGETHER = 500
LIMITS = "limits: one article 2 s and 1/40, a hundred 1/15, nothing new 1 s, 400 MB, 5 x the articles 5.5 x the time"


def make_articles(number: int, days: int, seed: int = 1) -> Iterator[Reading]:
    """So many articles of so many days, each about several events; a fifth are reprints of another."""
    # The process that is measured is not to hold the parser.
    from benchmarks.fusing import make_stories  # noqa: PLC0415

    pick = random.Random(seed)
    by_day: dict[str, list[Reading]] = {}
    for _, copies in make_stories(number * EVENTS * 2 + 200, days, seed):
        by_day.setdefault(copies[0].article.published or "", []).append(copies[0])
    made = 0
    for day in sorted(by_day):
        told = by_day[day]
        pick.shuffle(told)
        for start in range(0, len(told) - EVENTS + 1, EVENTS):
            one = _put_together(told[start : start + EVENTS], f"{made * 0x9E3779B97F4A7C15 % 2**64:016x}")
            yield one
            made += 1
            if pick.random() < 0.2 and made < number:
                name = f"{made * 0x9E3779B97F4A7C15 % 2**64:016x}"
                paper = f"Paper {pick.randrange(40)}"
                yield replace(one, article=replace(one.article, id=name, ref=name, outlet=paper))
                made += 1
            if made >= number:
                return


def _put_together(told: list[Reading], name: str) -> Reading:
    """One article with what several tell."""
    from counterclaim.read.claims import make_claims  # noqa: PLC0415  as above

    text = ""
    events: list[EventMention] = []
    attributions: list[Attribution] = []
    toponyms = []
    sentences = []
    for number, reading in enumerate(told, start=1):
        at = len(text)
        text += reading.article.text
        sentences.append((at, len(text)))
        (event,) = reading.events
        said = None
        for attribution in reading.attributions:
            said = f"a{number}"
            assert attribution.source is not None
            assert attribution.cue is not None
            attributions.append(
                replace(
                    attribution,
                    id=said,
                    source=_move(attribution.source, at),
                    cue=replace(
                        attribution.cue,
                        start_char=attribution.cue.start_char + at,
                        end_char=attribution.cue.end_char + at,
                    ),
                    content=Span(text[at:], at, len(text)),
                )
            )
        place, date = event.place, event.date
        if place:
            place = replace(place, start_char=place.start_char + at, end_char=place.end_char + at)
            toponyms.append(place)
        if date:
            date = replace(date, start_char=date.start_char + at, end_char=date.end_char + at)
        trigger = event.trigger
        events.append(
            replace(
                event,
                id=f"e{number}",
                attribution=said,
                trigger=Span(trigger.text, trigger.start_char + at, trigger.end_char + at),
                actors=tuple(_move(one, at) for one in event.actors),
                recipients=tuple(_move(one, at) for one in event.recipients),
                place=place,
                date=date,
                counts=tuple(
                    replace(one, start_char=one.start_char + at, end_char=one.end_char + at)
                    for one in event.counts
                ),
            )
        )
    first = told[0].article
    article = Article(name, name, text, f"Report {name}", agency=first.agency, published=first.published)
    return Reading(
        *(article, tuple(attributions), tuple(events), tuple(toponyms), ()),
        *(make_claims(tuple(events), sentences), (), "made up"),
    )


def _move(mention: Mention, characters: int) -> Mention:
    return replace(
        mention, start_char=mention.start_char + characters, end_char=mention.end_char + characters
    )


# --- one step, in a process of its own and by the build that PYTHONPATH names ---


def do_step(step: str, location: str, number: int) -> None:
    """Do one step and print seconds of the processor, peak memory in MB, and what the store holds."""
    try:
        from counterclaim.fusing import fuse_store  # noqa: PLC0415  of this build
    except ModuleNotFoundError:
        from counterclaim.pipeline import fuse_store  # type: ignore[attr-defined,no-redef]  # noqa: PLC0415  of earlier ones
    days = max(1, number // DAILY)
    readings: list[Reading] = []
    if step == "news":
        # By the build that reads them: where a class is defined is part of a pickle.
        for more in (1, 100):
            Path(f"{location}.add{more}").write_bytes(pickle.dumps(make_news(more, days)))
        return
    if step == "fill":
        with open_store(location, create=True) as store:
            for reading in make_articles(number, days):
                readings.append(reading)
                if len(readings) == TOGETHER:
                    store.write_readings([NewReading(one, f"{one.article.id:0>64}") for one in readings])
                    readings = []
            store.write_readings([NewReading(one, f"{one.article.id:0>64}") for one in readings])
        return
    if step.startswith("add"):
        readings = pickle.loads(Path(f"{location}.{step}").read_bytes())
    with open_store(location) as store:
        started = time.process_time()
        if readings:
            store.write_readings([NewReading(one, f"{one.article.id:0>64}") for one in readings])
        fused = fuse_store(store)
        spent = time.process_time() - started
    # Not ru_maxrss, which begins with what the parent held.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    print(f"{spent:.2f} {peak:.0f} {fused.articles} {fused.stories} {fused.claims} {fused.events}")


def make_news(number: int, days: int) -> list[Reading]:
    """So many articles of the last day, about other events than those of the store."""
    readings: list[Reading] = []
    day = time.strftime("%Y-%m-%d", time.gmtime(1704067200 + (days - 1) * 86400))
    for reading in make_articles(number, 1, seed=1000 + number):
        name = f"{reading.article.id[:11]}{number:05}"
        article = replace(reading.article, id=name, ref=name, published=day)
        events = tuple(
            replace(one, date=replace(one.date, start=day, end=day)) if one.date else one
            for one in reading.events
        )
        readings.append(replace(reading, article=article, events=events))
    return readings


def run_step(step: str, location: Path, number: int, source: Path, libraries: str) -> list[float]:
    """What `do_step` prints, done by the build in this folder."""
    # The generator is this file in either case; only counterclaim is the other build's.
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(source / "src"), str(ROOT), libraries))}
    command = [sys.executable, "-m", "benchmarks.incremental", "--step", step, str(location), str(number)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment, cwd=ROOT)
    return [float(part) for part in done.stdout.split()]


def measure(
    name: str, source: Path, number: int, folder: Path, libraries: str = ""
) -> dict[str, list[float]]:
    """Seconds and megabytes of each step on a store of so many articles."""
    location = folder / f"{name}.db"
    run_step("fill", location, number, source, libraries)
    run_step("news", location, number, source, libraries)
    found = {}
    for step in ("all", "none", "add1", "add100"):
        found[step] = run_step(step, location, number, source, libraries)
        seconds, peak, articles, stories, claims, events = found[step]
        print(
            f"{name:>8} {int(articles):>7,} articles {step:>7}: {seconds:>8.2f} s {peak:>6.0f} MB   "
            f"{int(stories):,} stories, {int(claims):,} claims, {int(events):,} events",
            flush=True,
        )
    print(f"{name:>8} {location.stat().st_size / 1e6:,.0f} MB on disk", flush=True)
    return found


def main() -> None:
    """Print each step of both builds, and how they compare."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--articles", type=int, default=8000)
    parser.add_argument("--larger", type=int, default=40_000, help="0 leaves it out")
    parser.add_argument("--against", default="524f54b", help="an earlier commit; empty leaves it out")
    parser.add_argument("--libraries", default="", help="a folder of what the earlier build needs besides")
    parser.add_argument("--step", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        do_step(options.step[0], options.step[1], int(options.step[2]))
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        now = measure("new", ROOT, options.articles, folder)
        if options.larger:
            large = measure("larger", ROOT, options.larger, folder)
            print(f"from scratch: {large['all'][0] / now['all'][0]:.1f} x the time of the smaller store")
            print(f"adding one: {large['add1'][1] / now['add1'][1]:.2f} x its memory")
        if options.against:
            git = shutil.which("git") or "git"
            earlier = folder / "earlier"
            there = [git, "-C", str(ROOT), "worktree"]
            subprocess.run([*there, "add", "--detach", str(earlier), options.against], check=True)
            try:
                before = measure("earlier", earlier, options.articles, folder, options.libraries)
            finally:
                subprocess.run([*there, "remove", "--force", str(earlier)], check=True)
            for step in ("none", "add1", "add100"):
                print(
                    f"{step}: 1/{before[step][0] / max(now[step][0], 0.01):.0f} of the earlier build's time"
                )
    print(LIMITS)


if __name__ == "__main__":
    main()
