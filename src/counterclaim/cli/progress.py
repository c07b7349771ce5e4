"""
What happens meanwhile, on standard error of a terminal; nothing where nobody is looking.

Comes in: work that takes a while. Goes out: the same results, and a line with a moving sign and the time it has taken.
"""

import sys
from collections.abc import Iterable, Iterator
from threading import Timer
from typing import TYPE_CHECKING, TypeVar

from counterclaim.cli.output import make_console, make_harmless

if TYPE_CHECKING:
    from rich.progress import Progress

Result = TypeVar("Result")

# A shorter wait needs no sign of life, and would only flicker.
PATIENCE = 0.5


def make_progress() -> "Progress":
    """Tasks with how much of them is done, how long they have taken and will take."""
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    console = make_console(stderr=True)
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def wait_for(results: Iterable[Result], what: str) -> Iterator[Result]:
    """The results; while the next one takes long, what is being done and for how long."""
    if not sys.stderr.isatty():
        yield from results
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    console = make_console(stderr=True)
    rest = iter(results)
    while True:
        text = TextColumn("{task.description}", markup=False)
        progress = Progress(SpinnerColumn(), text, TimeElapsedColumn(), console=console, transient=True)
        progress.add_task(make_harmless(what), total=None)
        timer = Timer(PATIENCE, progress.start)
        timer.daemon = True
        timer.start()
        try:
            result = next(rest)
        except StopIteration:
            return
        finally:
            # Gone before anything is printed on the same terminal.
            timer.cancel()
            timer.join()
            progress.stop()
        yield result
