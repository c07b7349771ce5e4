"""
Several hosts at once, and each of them one request after the other.

Comes in: items, each to be had from one host. Goes out: each item with its outcome, as they come. Only so many are under way or waited for by
nobody, so that a reader who is slow holds up those who fetch, and not the other way round.

    >>> [(item, outcome.result()) for item, outcome in work_together(len, ["a", "bb"], host=str)]
    [('a', 1), ('bb', 2)]
"""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# Pages of 20 MB at most, some of which wait to be read: a bound on memory. Most wait for their host's turn.
HANDS = 8


def work_together(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    host: Callable[[Item], str],
    ready_at: Callable[[Item], float] = lambda _: 0.0,
    hands: int = HANDS,
    until: float = float("inf"),
) -> Iterator[tuple[Item, "Future[Result]"]]:
    """
    Each item with its result or what was raised, in no order but that of one host's items.

    Args:
        host: Whose item it is: of those with the same only one is worked on at a time.
        ready_at: Those are begun first that are ready first.
        hands: So many at once. They end with the process, whatever they wait for.
        until: Nothing more is begun after that moment of `time.monotonic`; what is left does not come.
    """
    waiting: dict[str, deque[Item]] = {}
    for item in items:
        waiting.setdefault(host(item), deque()).append(item)
    hands = min(hands, len(waiting))
    to_do: SimpleQueue[tuple[Item, Future[Result]] | None] = SimpleQueue()
    done: SimpleQueue[tuple[Item, Future[Result]]] = SimpleQueue()
    for _ in range(hands):
        Thread(target=_work, args=(work, to_do, done), name="fetcher", daemon=True).start()
    busy: set[str] = set()
    try:
        while busy or (waiting and time.monotonic() < until):
            free = sorted(
                (name for name in waiting if name not in busy), key=lambda name: ready_at(waiting[name][0])
            )
            for name in free[: hands - len(busy) if time.monotonic() < until else 0]:
                to_do.put((waiting[name].popleft(), Future()))
                busy.add(name)
                if not waiting[name]:
                    del waiting[name]
            if not busy:
                break
            item, outcome = done.get()
            busy.remove(host(item))
            yield item, outcome
    finally:
        for _ in range(hands):
            to_do.put(None)


def _work(
    work: Callable[[Item], Result],
    to_do: "SimpleQueue[tuple[Item, Future[Result]] | None]",
    done: "SimpleQueue[tuple[Item, Future[Result]]]",
) -> None:
    while (given := to_do.get()) is not None:
        item, outcome = given
        try:
            outcome.set_result(work(item))
        except BaseException as error:  # noqa: BLE001  raised where the result is asked for
            outcome.set_exception(error)
        done.put((item, outcome))
