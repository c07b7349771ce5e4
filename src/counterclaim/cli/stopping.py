"""
What ends a command early: Ctrl-C, a service manager's SIGTERM, a terminal that is closed, a full disk, a closed pipe.

Comes in: a signal. Goes out: an exception at the place where the command is, so that it stores what it has, puts its files away and
ends its processes, once; when it comes again, the end at once.
"""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType

# Those a system does not know are left out; what is ignored from the start, as nohup does with SIGHUP, stays ignored.
_ENDING = ("SIGINT", "SIGTERM", "SIGHUP")
_SHOW_CURSOR = "\x1b[?25h"


class Stopped(KeyboardInterrupt):
    """Somebody asked for the end; `code` is what the process then answers with, as shells know it."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.code = 128 + number


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Inside, signals that ask for the end raise `Stopped`; a second one ends this process and those it started."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked = False

    def stop(number: int, _: FrameType | None) -> None:
        nonlocal asked
        if asked:
            import multiprocessing  # noqa: PLC0415  most commands never need it

            for child in multiprocessing.active_children():
                child.kill()
            with contextlib.suppress(OSError, ValueError, AttributeError):
                sys.stderr.write(f"{_SHOW_CURSOR if sys.stderr.isatty() else ''}Stopped at once.\n")
                sys.stderr.flush()
            os._exit(128 + number)
        asked = True
        raise Stopped(number)

    known = [getattr(signal, name) for name in _ENDING if hasattr(signal, name)]
    before = {one: signal.getsignal(one) for one in known}
    replaced = {one for one in known if before[one] not in {signal.SIG_IGN, None}}
    for one in replaced:
        signal.signal(one, stop)
    try:
        yield
    finally:
        for one in replaced:
            signal.signal(one, before[one])


def open_standard_streams() -> None:
    """
    Put something in the place of standard streams that are closed.

    Python leaves them out, and the next file that is opened would get their number: a message would go into it. What is written to
    standard output then fails, as it should; messages go nowhere.
    """
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123  stays open
    if sys.stdout is None:
        sys.stdout = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123  to read from: writing fails
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123


def let_go_of_output() -> None:
    """What could not be written goes nowhere: Python would try again at its end, and complain."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
            continue
        with contextlib.suppress(OSError, ValueError, AttributeError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
