"""
Work on articles one after the other, in this process.

Comes in: a function and the items it is to be called on. Goes out, in the items' order: its result for
each, or a `Rejection` where it raised. This is the one place where an article's exception is caught.

    >>> list(map_articles(int, ["3", "three"], name=str))[0]
    3

It cannot stop an article that never ends: `executors.processes` can.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TypeVar

from counterclaim.errors import CounterclaimError, Unreadable, describe_unforeseen
from counterclaim.types import Rejection

Item = TypeVar("Item")
Result = TypeVar("Result")

# A rejection's reason: reading it took more memory than there is, or than it may take.
NO_MEMORY = "too_large"


def map_articles(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    name: Callable[[Item], str],
    strict: bool = False,
) -> Iterator[Result | Rejection]:
    """
    The function's result for each item in turn.

    Args:
        name: How the user knows an item; becomes the `Rejection`'s ref.
        strict: Let the first exception through instead.
    """
    work = function if strict else partial(reject_on_error, function, name)
    yield from map(work, items)


def map_items(function: Callable[[Item], Iterable[Result]], items: Iterable[Item]) -> Iterator[Result]:
    """The function's results for each item in turn, where it gives several."""
    for item in items:
        yield from function(item)


def reject_on_error(
    function: Callable[[Item], Result], name: Callable[[Item], str], item: Item
) -> Result | Rejection:
    """The function's result, or why there is none, with the exception's type and where it was raised."""
    try:
        return function(item)
    except Unreadable as error:
        return Rejection(name(item), error.reason, error.detail, error.language)
    except MemoryError:
        return Rejection(
            name(item),
            NO_MEMORY,
            "Reading it took more memory than it may have. Split it, or raise COUNTERCLAIM_MAX_PAGE_MEMORY.",
        )
    except CounterclaimError:
        raise  # no article's fault: a knowledge file, the weights or a missing extra would stop every one
    except Exception as error:  # noqa: BLE001  one bad article must not end the run
        return Rejection(name(item), "error", describe_unforeseen(error))
