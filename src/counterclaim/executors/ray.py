"""
Work on many machines: Ray Data hands items to actors, and takes the next machine where one is lost.

Comes in: a function that can be pickled and gives several results for an item, and items. Goes out: the results, in no order. Ray calls
the function again for what was under way on a machine that was lost, so that it must do the same when it is called twice; each result comes
out once. What the function raises for one item it must catch itself: anything else ends the work.

Known limit: all items are sent before the first is worked on: give paths, not pages. An actor holds the weights, some 300 MB.
"""

import logging
import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from counterclaim.errors import CounterclaimError, ExtraMissing

Item = TypeVar("Item")
Result = TypeVar("Result")


class _Worker:
    """An actor: keeps what the function has loaded between items."""

    def __init__(self, function: bytes) -> None:
        self._function = pickle.loads(function)  # noqa: S301  our own, sent to our own actors

    def __call__(self, batch: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for item in batch["item"]:
            for result in self._function(pickle.loads(item)):  # noqa: S301  as above
                yield {"result": [pickle.dumps(result)]}


def map_items(
    function: Callable[[Item], Iterable[Result]],
    items: Sequence[Item],
    *,
    workers: int,
    address: str = "",
) -> Iterator[Result]:
    """
    The function's results for all items.

    Args:
        workers: At most so many actors at once, each with one processor.
        address: Of a cluster, as `ray start` prints it, or ``auto``; one is started on this machine where it is empty.

    Raises:
        ExtraMissing: Ray is not installed.
        CounterclaimError: the cluster cannot be reached, or a worker raised something.
    """
    # Its own words on every object that it moves are of no use to who reads articles; what ends the work is raised.
    os.environ.setdefault("RAY_DATA_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    if not address:
        # A cluster that is started here shall have what other processes of this command have: Ray's own choice is 15, and
        # where the machine does other work the same pages then took three times as long as in two processes.
        os.environ.setdefault("RAY_worker_niceness", "0")
    try:
        import ray  # noqa: PLC0415  the other executors need none of it
        import ray.data  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise ExtraMissing("ray", "ray") from error
    if not items:
        return
    started = not ray.is_initialized()
    try:
        if started:
            ray.init(address=address or None, logging_level=logging.ERROR, log_to_driver=False)
        logging.getLogger("ray.data").setLevel(logging.ERROR)
        packed = [{"item": pickle.dumps(item)} for item in items]
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        found = ray.data.from_items(packed, override_num_blocks=len(packed)).map_batches(
            _Worker,
            fn_constructor_args=(pickle.dumps(function),),
            batch_size=1,
            compute=ray.data.ActorPoolStrategy(min_size=1, max_size=max(1, min(workers, len(items)))),
            num_cpus=1,
        )
        for row in found.iter_rows():
            yield pickle.loads(row["result"])  # noqa: S301  our own actors'
    except (ray.exceptions.RayError, ConnectionError) as error:
        raise CounterclaimError(
            f"Ray could not go on: {str(error).strip().splitlines()[-1]}. See that the cluster is up (ray status) and run "
            "again: what is in place is kept."
        ) from error
    finally:
        if started:
            ray.shutdown()
