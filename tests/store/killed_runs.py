"""
Runs that are killed at random moments, again and again, until one gets to its end.

    python -m tests.store.killed_runs FOLDER KILLS SEED WHOLE KILLED...
    python -m tests.store.killed_runs FOLDER together SEED WHOLE SHARED...

WHOLE is a store filled by one run that nobody disturbs; each KILLED is filled by so many killed runs and a last one,
each SHARED by three runs at the same time, while a fourth process reads it.
Everything a run does is done, but reading: readings are made by hand from each page's text, so that a run takes a fraction
of a second. Each run is a copy (fork) of this process, which has all modules loaded. Prints how many articles were stored
after each kill, one store a line, behind what the first run says.
"""

import os
import random
import signal
import sys
import time
from dataclasses import replace

from sqlalchemy import func, select

from counterclaim.cli import main
from counterclaim.errors import StoreError
from counterclaim.gather import to_article
from counterclaim.store import tables
from counterclaim.store.rows import load_readings
from counterclaim.store.store import open_store
from tests.handmade import report, tell, when, where, who

PLACES = [
    where(name, "NOR", 60 + number, 10) for number, name in enumerate(("Vask", "Oreno", "Lund", "Hamn"))
]


def make_page(number):
    place = PLACES[number % len(PLACES)]["text"]
    return f"Sudria shelled {place} on Monday, Norland said. Report {number} of the paper says that {number} people saw it."


def read_page(page, **_):
    article = to_article(page)
    place = next(place for place in PLACES if place["text"] in article.text)
    sides = who("Sudria", "SUD", "GOV"), who("Norland", "NOR", "GOV")
    date = when("Monday", "2024-05-06")
    event = tell(
        "ASSAULT", "shelled", actors=sides[:1], recipients=sides[1:], place=place, date=date, by=sides[1]
    )
    time.sleep(0.001)  # so that reading is a part of the run in which a kill may fall
    return replace(report(article.text, event, ref=page.ref), article=article)


def run(location, folder):
    """One whole run in a process of its own; its id."""
    child = os.fork()
    if child:
        return child
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        main(["run", folder, "--db", location, "--json"], standalone_mode=False)
    except BaseException:  # noqa: BLE001  whatever it is, the parent shall see that it was
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


def stub_reading():
    from counterclaim import pipeline, running

    # The more transactions, the more moments in which a kill can do harm.
    running.AT_ONCE = 2
    pipeline.read_page = read_page
    running.make_signature = lambda *_: "hand"


def count_articles(location):
    try:
        with open_store(location) as store, store.read() as connection:
            return connection.execute(select(func.count()).select_from(tables.articles)).scalar()
    except StoreError:
        return 0  # killed before it had made its tables


def kill_runs(location, folder, kills, moments, whole_run):
    """Kill so many runs at moments of a whole run; how many articles were stored after each."""
    stored = []
    while len(stored) < kills:
        child = run(location, folder)
        wait_until_used(child, moments.uniform(0, whole_run))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            stored.append(count_articles(location))
        elif os.waitstatus_to_exitcode(status):
            sys.exit("a run failed")
    return stored


def wait_until_used(process, seconds):
    """Wait till the process has used so much of the processor, however busy the machine is, or has ended."""
    clock = (~process << 3) | 2  # as clock_getcpuclockid(3) makes it
    try:
        while time.clock_gettime(clock) < seconds and not ended(process):
            time.sleep(0.0005)
    except OSError:
        pass  # it has ended


def ended(process):
    return os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def finish(location, folder):
    """Let a run get to its end; the processor's seconds it took."""
    _, status, usage = os.wait4(run(location, folder), 0)
    if status:
        sys.exit("the last run failed")
    return usage.ru_utime + usage.ru_stime


def run_together(location, folder, processes):
    """So many whole runs at once, while this process reads what they write."""
    children = [run(location, folder) for _ in range(processes)]
    while not all(ended(child) for child in children):
        if count_articles(location):
            with open_store(location) as store, store.read() as connection:
                readings = {one.article.id: one for one in load_readings(connection)}
                told = connection.execute(select(tables.tellings)).all()
                assert all(article in readings for _, article, _ in told)
    for child in children:
        _, status = os.waitpid(child, 0)
        if status:
            sys.exit("a run failed")


if __name__ == "__main__":
    pages, wanted, seed, undisturbed, *disturbed = sys.argv[1:]
    stub_reading()
    # Here and not in a process of its own, so that those have every module and table loaded.
    main(["run", pages, "--db", f"{undisturbed}.first", "--json"], standalone_mode=False)
    sys.stdout.write("\n")
    duration = finish(undisturbed, pages)
    random_moments = random.Random(int(seed))
    for one in disturbed:
        if wanted == "together":
            run_together(one, pages, 3)
            continue
        left = kill_runs(one, pages, int(wanted), random_moments, duration)
        finish(one, pages)
        sys.stdout.write(" ".join(map(str, left)) + "\n")
