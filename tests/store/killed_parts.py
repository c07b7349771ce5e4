"""
Runs into folders of Parquet that are killed at random moments until one gets to its end, folder after folder until there were so many kills.

    python -m tests.store.killed_parts ARCHIVE KILLS SEED WHOLE KILLED

As `killed_runs`, of which the readings are. Prints how many parts each killed run left, one folder a line, and how many pages were read in all.
"""

import os
import random
import signal
import sys
from pathlib import Path

from counterclaim import partitioning, pipeline
from counterclaim.partitioning import How, read_into
from counterclaim.store.partitions import list_parts
from tests.store.killed_runs import ended, read_page, wait_until_used


def start(archive, folder, log):
    """A run in a process of its own; its id."""
    child = os.fork()
    if child:
        return child

    def noted(page, **how):
        os.write(log, b".")
        return read_page(page, **how)

    pipeline.read_page = noted
    try:
        read_into(folder, [archive], How("hand"))
    except BaseException:  # noqa: BLE001  whatever it is, the parent shall see that it was
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


def finish(archive, folder, log):
    """Let a run get to its end; the processor's seconds it took."""
    _, status, usage = os.wait4(start(archive, folder, log), 0)
    if status:
        sys.exit("a run failed")
    return usage.ru_utime + usage.ru_stime


def main(archive, kills, seed, whole, killed):
    partitioning.ARTICLES, partitioning.LARGE = 4, 0
    log = os.open(Path(killed).with_suffix(".log"), os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    finish(archive, Path(f"{whole}.first"), nowhere)
    duration, moments = finish(archive, Path(whole), nowhere), random.Random(int(seed))
    left: list[list[int]] = []
    while sum(map(len, left)) < int(kills):
        folder = Path(killed) / str(len(left))
        left.append([])
        while True:
            child = start(archive, folder, log)
            wait_until_used(child, moments.uniform(0, duration))
            if not ended(child):
                os.kill(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            if os.WIFEXITED(status):
                break
            left[-1].append(len(list(list_parts(folder))))
        if os.waitstatus_to_exitcode(status):
            sys.exit("a run failed")
    for numbers in left:
        sys.stdout.write(" ".join(map(str, numbers)) + "\n")
    sys.stdout.write(f"{Path(killed).with_suffix('.log').stat().st_size}\n")


if __name__ == "__main__":
    # What a first run loads, every copy has.
    import pyarrow.parquet  # noqa: F401

    main(*sys.argv[1:])
