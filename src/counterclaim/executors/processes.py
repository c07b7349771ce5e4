"""
Work on articles in other processes of this machine: several at once, or one that may be ended when an article goes beyond its budget.

Comes in: a function that can be pickled, and items. Goes out: the same as from `executors.serial`, in
the same order. Only a few items for each process are under way at once, so that a corpus larger than memory
streams through.

A thread of this process waits for each of the others: it hands over an item, and when no answer comes in time, or the process is gone, the
item is a `Rejection` and a new process takes the next one. None outlives this process, however it ends.

The processes are started fresh (spawn), not forked: the libraries that run the language weights keep
threads, and a forked copy of a process with threads may hang. Each therefore loads the weights once.
"""

import atexit
import multiprocessing
import os
import pickle
import queue
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Any, Generic

from counterclaim.errors import CounterclaimError
from counterclaim.executors import serial
from counterclaim.executors.serial import Item, Result
from counterclaim.types import Rejection

# Enough that no process waits while the caller writes a result; few enough to hold in memory.
AHEAD = 4
# Seconds: a process that is new loads the weights first, on a busy machine with a slow disk.
STARTING = 60
# So many processes in a row that never gave a result: it is not the articles.
HOPELESS = 5
# What a terminal or a service manager sends to every process: only the one that stores results answers it.
_TO_THE_PARENT = ("SIGINT", "SIGTERM", "SIGHUP")


@dataclass(frozen=True, slots=True)
class Budget:
    """
    What one article may take; 0 is no limit.

    Attributes:
        seconds: Of the clock.
        megabytes: Of memory, for the whole process that reads, weights included. Only where the system knows such a limit, as Linux does.
    """

    seconds: int = 0
    megabytes: int = 0


class _Stopped(Exception):
    """Nobody waits for the result any longer."""


def map_articles(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    name: Callable[[Item], str],
    jobs: int,
    strict: bool = False,
    budget: Budget | None = None,
) -> Generator[Result | Rejection, None, None]:
    """
    The function's result for each item, computed by `jobs` processes; one job without a budget stays in this process.

    After Ctrl-C the results that are there come first, then the exception.

    Raises:
        CounterclaimError: processes end before they give any result; or, if `strict`, one did.
    """
    if jobs < 2 and budget is None:
        yield from serial.map_articles(function, items, name=name, strict=strict)
        return
    work: Callable[[Item], Result | Rejection]
    work = function if strict else partial(serial.reject_on_error, function, name)
    under_way: deque[Future[Result | Rejection]] = deque()
    readers = _Readers(work, name, jobs, budget or Budget(), strict=strict)
    atexit.register(readers.stop)
    # One job has one item ahead, so that its process does not wait while a result is written.
    ahead = jobs * AHEAD if jobs > 1 else 2
    try:
        for item in items:
            under_way.append(readers.submit(item))
            while len(under_way) >= ahead:
                yield under_way[0].result()
                under_way.popleft()
        while under_way:
            yield under_way[0].result()
            under_way.popleft()
    except KeyboardInterrupt:
        while under_way and under_way[0].done() and not under_way[0].exception():
            yield under_way.popleft().result()
        raise
    finally:
        readers.stop()
        atexit.unregister(readers.stop)


def map_items(
    function: Callable[[Item], Iterable[Result]], items: Iterable[Item], *, jobs: int
) -> Iterator[Result]:
    """
    The function's results for all items, each as soon as it is there; those of two items may come in turns.

    Raises:
        CounterclaimError: a process was killed; or what the function raised. What came before may be kept.
    """
    if jobs < 2:
        yield from serial.map_items(function, items)
        return
    streams = _Streams(function, items, jobs)
    atexit.register(streams.stop)
    try:
        yield from streams.results()
    finally:
        streams.stop()
        atexit.unregister(streams.stop)


class _Streams(Generic[Item, Result]):
    """So many processes that give several results for an item, and a thread for each that hands them on."""

    def __init__(
        self, function: Callable[[Item], Iterable[Result]], items: Iterable[Item], number: int
    ) -> None:
        self._items = iter(items)
        self._lock = threading.Lock()
        self._found: queue.SimpleQueue[tuple[bool, Any] | None] = queue.SimpleQueue()
        self._processes = [_Process[Item, Result](function, 0, serve=_serve_items) for _ in range(number)]
        self._threads = [
            threading.Thread(target=self._hand_on, args=(one,), name="reader") for one in self._processes
        ]
        for thread in self._threads:
            thread.start()

    def results(self) -> Iterator[Result]:
        """Until the last thread has no more."""
        left = len(self._threads)
        while left:
            found = self._found.get()
            if found is None:
                left -= 1
            elif found[0]:
                yield found[1]
            else:
                raise found[1]

    def stop(self) -> None:
        """End every process, whatever it is at."""
        with self._lock:
            self._items = iter(())
        for process in self._processes:
            process.kill()
        for thread in self._threads:
            thread.join()
        for process in self._processes:
            process.close()
        self._processes = []

    def _hand_on(self, process: "_Process[Item, Result]") -> None:
        try:
            while True:
                with self._lock:
                    item = next(self._items, None)
                if item is None:
                    break
                for told in process.stream(item):
                    self._found.put(told)
        except (EOFError, OSError):
            lost = CounterclaimError(
                "A process that read was killed, perhaps for want of memory. Run again with fewer --jobs: what is in place is kept."
            )
            self._found.put((False, lost))
        finally:
            self._found.put(None)


class _Readers(Generic[Item, Result]):
    """So many processes, and a thread for each that waits for it."""

    def __init__(
        self,
        work: Callable[[Item], Result | Rejection],
        name: Callable[[Item], str],
        number: int,
        budget: Budget,
        *,
        strict: bool,
    ) -> None:
        self._work, self._name, self._budget, self._strict = work, name, budget, strict
        self._threads = ThreadPoolExecutor(number, thread_name_prefix="reader")
        self._idle: queue.SimpleQueue[_Process[Item, Result] | None] = queue.SimpleQueue()
        for _ in range(number):
            self._idle.put(None)
        self._running: set[_Process[Item, Result]] = set()
        self._lock = threading.Lock()
        self._stopped = False
        self._results = self._deaths = 0

    def submit(self, item: Item) -> "Future[Result | Rejection]":
        """The item's result, some time."""
        return self._threads.submit(self._read, item)

    def stop(self) -> None:
        """End every process, whatever it is at."""
        with self._lock:
            self._stopped = True
            running, self._running = self._running, set()
        for process in running:
            process.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for process in running:
            process.close()

    def _read(self, item: Item) -> Result | Rejection:
        process = self._idle.get()
        # Not raised where the process's own end is caught: what reading raises may look the same.
        try:
            if process is None:
                process = self._start()
            done, result = process.read(item, self._budget.seconds)
            self._results += 1
            if done and isinstance(result, Rejection) and result.reason == serial.NO_MEMORY:
                self._end(process)  # what it still holds, nobody knows
                process = None
        except TimeoutError:
            assert process is not None
            self._end(process)
            process = None
            return self._give_up(
                item, "too_slow", f"Reading it took more than {self._budget.seconds} seconds."
            )
        except (EOFError, OSError):
            if process is not None:
                self._end(process)
                process = None
            if self._stopped:
                raise _Stopped from None
            self._deaths += 1
            if not self._results and self._deaths >= HOPELESS:
                raise CounterclaimError(
                    "Reading processes end before they read anything, perhaps for want of memory. Run again with fewer --jobs, "
                    "or raise COUNTERCLAIM_MAX_PAGE_MEMORY: what was stored is kept."
                ) from None
            return self._give_up(
                item, "killed", "The process that read it was killed, perhaps for want of memory."
            )
        finally:
            self._idle.put(process)
        if not done:
            raise result
        answer: Result | Rejection = result
        return answer

    def _give_up(self, item: Item, reason: str, detail: str) -> Rejection:
        if self._strict:
            raise CounterclaimError(f"{self._name(item)}: {detail} What was already stored is kept.")
        return Rejection(
            self._name(item), reason, f"{detail} Split it, or leave it out; another run tries it again."
        )

    def _start(self) -> "_Process[Item, Result]":
        with self._lock:
            if self._stopped:
                raise _Stopped
            process: _Process[Item, Result] = _Process(self._work, self._budget.megabytes)
            self._running.add(process)
        return process

    def _end(self, process: "_Process[Item, Result]") -> None:
        with self._lock:
            if process not in self._running:
                return  # `stop` ends it
            self._running.remove(process)
        process.kill()
        process.close()


class _Process(Generic[Item, Result]):
    """One process that reads, one item after the other."""

    def __init__(
        self, work: Callable[[Item], Any], megabytes: int, serve: Callable[..., None] | None = None
    ) -> None:
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=serve or _serve, args=(theirs, work, megabytes), name="reader")
        self._process.start()
        theirs.close()
        self._is_new = True

    def read(self, item: Item, seconds: int) -> tuple[bool, Any]:
        """
        True with the function's result for the item; or False with what it raised.

        Raises:
            TimeoutError: none came in time.
            EOFError, OSError: the process is gone.
        """
        self._ours.send(item)
        patience = (seconds + STARTING if self._is_new else seconds) if seconds else None
        if not self._ours.poll(patience):
            raise TimeoutError
        answer: tuple[bool, Any] = self._ours.recv()
        self._is_new = False
        return answer

    def stream(self, item: Item) -> Iterator[tuple[bool, Any]]:
        """
        True with each of the function's results for the item; at last False with what it raised, if it did.

        Raises:
            EOFError, OSError: the process is gone.
        """
        self._ours.send(item)
        while (told := self._ours.recv()) is not None:
            yield told

    def kill(self) -> None:
        """At once: it holds nothing that could be left half done."""
        self._process.kill()

    def close(self) -> None:
        """Wait for the killed process's end."""
        self._process.join()
        self._process.close()
        self._ours.close()


def _serve(connection: Connection, work: Callable[[Item], Result | Rejection], megabytes: int) -> None:
    """What the other process does till nobody asks any longer."""
    _prepare(megabytes)
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            item = connection.recv()
            try:
                answer: tuple[bool, object] = True, work(item)
            except Exception as error:  # noqa: BLE001  the other side raises it
                answer = False, _portable(error)
            connection.send(answer)


def _serve_items(connection: Connection, work: Callable[[Item], Iterable[Result]], megabytes: int) -> None:
    """The same where the function gives several results; None behind the last."""
    _prepare(megabytes)
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            item = connection.recv()
            results = iter(work(item))
            while True:
                try:
                    answer: tuple[bool, object] = True, next(results)
                except StopIteration:
                    break
                except Exception as error:  # noqa: BLE001  the other side raises it
                    connection.send((False, _portable(error)))
                    break
                connection.send(answer)
            connection.send(None)


def _prepare(megabytes: int) -> None:
    for known in _TO_THE_PARENT:
        if hasattr(signal, known):
            signal.signal(getattr(signal, known), signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    if megabytes:
        _limit_memory(megabytes)


def _end_with_the_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _limit_memory(megabytes: int) -> None:
    """Have the system refuse more than that: an allocation fails with MemoryError before the machine is brought to its knees."""
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415  Windows has none

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_DATA, (wanted if most < 0 else min(wanted, most), most))


def _portable(error: Exception) -> Exception:
    """The exception, or what it says where the other side could not rebuild it."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  our own
    except Exception:  # noqa: BLE001  whatever a library's exception does
        return CounterclaimError(f"{type(error).__name__}: {error}")
    return error
