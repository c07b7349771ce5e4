"""
`watch` killed again and again at random moments, on servers that misbehave; then the store is compared with one that nobody disturbed.

    .venv/bin/python -m benchmarks.soak [--minutes 60] [--kills 0] [--pages 60] [--seed 1]

It ends after so many minutes, or after so many kills where they are given; after every ten kills a watch may get to its end, the stores are compared, and the
next store is begun. Readings are made by hand from each page's text, so that a round takes a fraction of a second: everything else is done. The servers are three, asked side
by side; they give some pages only when asked again, break some off, and move some, also from one to another. Prints what was compared and how often pages were asked for; ends with 1 at the first difference.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import select
from tests import misbehaving
from tests.store.killed_runs import ended, make_page, stub_reading, wait_until_used

from counterclaim import watching
from counterclaim.cli import main as command
from counterclaim.store import tables
from counterclaim.store.store import open_store

TOGETHER = 10
SERVERS = 3


class FailsFirst:
    """A page that comes when it is asked for the second time."""

    def __init__(self, body: bytes, how: object) -> None:
        self.body, self.how, self.times = body, how, 0

    def __call__(self, handler: object) -> None:
        """Misbehave once."""
        self.times += 1
        if self.times == 1:
            self.how(handler)  # type: ignore[operator]
        else:
            handler.answer(200, self.body)  # type: ignore[attr-defined]


def fill(sites: Sequence[misbehaving.Site], number: int) -> None:
    """A feed on each of the servers, of so many pages in all, a sixth of which misbehave."""
    items: list[list[tuple[str, str, str]]] = [[] for _ in sites]
    for one in range(number):
        site, other = sites[one % len(sites)], sites[(one + 1) % len(sites)]
        body = misbehaving.page(f"Report {one}", make_page(one))
        ways = {1: misbehaving.hangs_up, 2: misbehaving.breaks_off, 3: misbehaving.says(503)}
        site.given[f"/{one}"] = FailsFirst(body, ways[one % 18]) if one % 18 in ways else body
        if one % 18 in {4, 5}:
            to = site.url(f"/{one}") if one % 18 == 4 else other.url(f"/{one}")
            other.given[f"/{one}"] = body
            site.given[f"/moved/{one}"] = misbehaving.moved(to)
        path = f"/moved/{one}" if one % 18 in {4, 5} else f"/{one}"
        items[one % len(sites)].append((site.url(path), f"Report {one}", "Tue, 07 May 2024 10:00:00 GMT"))
    for site, named in zip(sites, items, strict=True):
        site.given["/gone"] = misbehaving.says(404)
        gone = (site.url("/gone"), "Gone", "Tue, 07 May 2024 10:00:00 GMT")
        site.given["/feed.xml"] = misbehaving.Changing(misbehaving.rss(*named, gone))


def start(folder: Path, plan: Path) -> int:
    """A watch in a process of its own; its id."""
    child = os.fork()
    if child:
        return child
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        command(
            ["watch", str(plan), "--db", str(folder / "news.db"), "--once", "--json"], standalone_mode=False
        )
    except BaseException:  # noqa: BLE001  whatever it is, the parent shall see that it was
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


def finish(folder: Path, plan: Path) -> float:
    """Let a watch get to its end; the processor's seconds it took."""
    _, status, usage = os.wait4(start(folder, plan), 0)
    if status:
        sys.exit("a watch failed")
    return usage.ru_utime + usage.ru_stime


def describe(folder: Path) -> dict[str, object]:
    """What a store holds, and what was told of it."""
    with open_store(str(folder / "news.db")) as store, store.read() as connection:
        found: dict[str, object] = {
            table.name: sorted(map(tuple, connection.execute(select(*columns))))
            for table, columns in (
                (tables.articles, [tables.articles.c.id, tables.articles.c.ref]),
                (tables.events, [tables.events.c.id, tables.events.c.label, tables.events.c.articles]),
                (tables.tellings, list(tables.tellings.c)),
                (tables.addresses, [tables.addresses.c.url, tables.addresses.c.state]),
                (tables.rejections, [tables.rejections.c.ref, tables.rejections.c.reason]),
            )
        }
    told = [json.loads(line) for line in (folder / "alerts.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len({one["id"] for one in told}) == len(told), "an alert was written twice"
    found["alerted"] = sorted({one["place"] for one in told})
    return found


def kill_until_done(folder: Path, plan: Path, kills: int, moments: random.Random, whole: float) -> int:
    """Kill so many watches, then let one get to its end; how many were killed before they ended."""
    killed = 0
    for _ in range(kills):
        child = start(folder, plan)
        wait_until_used(child, moments.uniform(0, whole))
        if not ended(child):
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
        if os.WIFEXITED(status) and os.waitstatus_to_exitcode(status):
            sys.exit("a watch failed")
    finish(folder, plan)
    return killed


def write_plan(folder: Path, sites: Sequence[misbehaving.Site]) -> Path:
    """A plan for a store of its own."""
    folder.mkdir()
    path = folder / "sources.toml"
    sources = "".join(f'[[source]]\nurl = "{site.url("/feed.xml")}"\n' for site in sites)
    path.write_text(
        f'delay = 0\nallow = ["127.0.0.1"]\n{sources}[[alert]]\nwhen = "new_event"\nto = ["file:alerts.jsonl"]\n',
        encoding="utf-8",
    )
    return path


def main() -> None:
    """Print each comparison, and how often pages were asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    # In one process, with readings by hand; some pages are tried again at once.
    os.environ |= {"COUNTERCLAIM_MAX_PAGE_SECONDS": "0", "COUNTERCLAIM_MAX_PAGE_MEMORY": "0"}
    stub_reading()
    watching.WAITS = (0.0,)
    watching.TOGETHER = TOGETHER
    moments, until = random.Random(options.seed), time.monotonic() + options.minutes * 60
    killed = rounds = 0
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        sites = [stack.enter_context(misbehaving.serve()) for _ in range(SERVERS)]
        fill(sites, options.pages)
        first = Path(place) / "undisturbed"
        plan = write_plan(first, sites)
        # Here and not in a process of its own, so that those have every module and table loaded.
        command(
            ["watch", str(plan), "--db", str(first / "news.db"), "--once", "--json"], standalone_mode=False
        )
        whole = describe(first)
        duration = 0.5
        while (killed < options.kills) if options.kills else (time.monotonic() < until):
            rounds += 1
            folder = Path(place) / str(rounds)
            plan = write_plan(folder, sites)
            fill(sites, options.pages)
            for site in sites:
                site.asked.clear()
            wanted = min(10, options.kills - killed) if options.kills else 10
            times = kill_until_done(folder, plan, wanted, moments, duration)
            killed += times
            found = describe(folder)
            differ = [name for name in whole if found[name] != whole[name]]
            often = Counter(site.url(path) for site in sites for path in site.asked)
            most, number = max(
                ((often[path], path) for path in often if path.rpartition("/")[2].isdecimal()),
                default=(0, ""),
            )
            print(
                f"{times} kills: {'; '.join(differ) or 'the same store'}; most asked for {number}: {most} times",
                flush=True,
            )
            if differ:
                sys.exit(1)
            shutil.rmtree(folder)
    print(f"{killed} kills, {rounds} stores, all the same as undisturbed")


if __name__ == "__main__":
    main()
