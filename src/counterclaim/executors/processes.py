"""
Work on articles in several processes of this machine.

Comes in: a function that can be pickled, and items. Goes out: the same as from `executors.serial`, in
the same order. Only a few items for each process are under way at once, so that a corpus larger than memory
streams through.

The processes are started fresh (spawn), not forked: the libraries that run the language weights keep
threads, and a forked copy of a process with threads may hang. Each therefore loads the weights once.
"""

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial

from counterclaim.errors import CounterclaimError
from counterclaim.executors import serial
from counterclaim.executors.serial import Item, Result
from counterclaim.types import Rejection

# Enough that no process waits while the caller writes a result; few enough to hold in memory.
AHEAD = 4


def map_articles(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    name: Callable[[Item], str],
    jobs: int,
    strict: bool = False,
) -> Iterator[Result | Rejection]:
    """
    The function's result for each item, computed by `jobs` processes; one job stays in this process.

    Raises:
        CounterclaimError: a process was killed, by the system for want of memory for example.
    """
    if jobs < 2:
        yield from serial.map_articles(function, items, name=name, strict=strict)
        return
    work: Callable[[Item], Result | Rejection]
    work = function if strict else partial(serial.reject_on_error, function, name)
    under_way: deque[Future[Result | Rejection]] = deque()
    pool = ProcessPoolExecutor(
        jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_leave_interrupts_to_the_parent
    )
    try:
        for item in items:
            under_way.append(pool.submit(work, item))
            if len(under_way) >= jobs * AHEAD:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    except BrokenProcessPool as error:
        raise CounterclaimError(
            "A reading process was killed, perhaps for want of memory. Run again with fewer --jobs: "
            "what was already stored is kept."
        ) from error
    finally:
        # Ctrl-C or an abandoned iterator: what has not begun is not begun.
        pool.shutdown(wait=True, cancel_futures=True)


def map_items(
    function: Callable[[Item], Iterable[Result]], items: Iterable[Item], *, jobs: int
) -> Iterator[Result]:
    """
    The function's results for each item in turn, where it gives several: all of an item's when it is done.

    Raises:
        CounterclaimError: a process was killed.
    """
    if jobs < 2:
        yield from serial.map_items(function, items)
        return
    for results in map_articles(partial(_gather, function), items, name=str, jobs=jobs, strict=True):
        assert not isinstance(results, Rejection)
        yield from results


def _gather(function: Callable[[Item], Iterable[Result]], item: Item) -> list[Result]:
    return list(function(item))


def _leave_interrupts_to_the_parent() -> None:
    """A terminal sends Ctrl-C to every process; only the one that stores results should answer it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
