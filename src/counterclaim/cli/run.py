"""`counterclaim run`: gather, read and fuse many articles into a store; go on where an earlier run stopped."""

import time
from collections import deque
from collections.abc import Iterator
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

import click

from counterclaim.cli.inputs import Inputs, input_options
from counterclaim.cli.output import db_option, json_option, print_json
from counterclaim.cli.progress import make_progress
from counterclaim.cli.read import (
    actors_option,
    check_paths,
    describe_failure,
    model_option,
    say_rejection,
)
from counterclaim.errors import InputError
from counterclaim.settings import read_number
from counterclaim.types import Page, Rejection

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from counterclaim.store.store import NewReading, Store

# Readings are written together, at the latest after so many or so long: a kill loses no more than these.
AT_ONCE = 100
SECONDS = 0.5
# Of a page's name in the line of progress.
SHOWN = 30


@click.command("run", no_args_is_help=True)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@db_option
@input_options
@click.option("--verbatim", is_flag=True, help="Take each text as it is: nothing dropped, offsets its own.")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=lambda: read_number("jobs"),
    show_default="1",
    help="How many processes read at the same time (COUNTERCLAIM_JOBS).",
)
@click.option("--strict", is_flag=True, help="Stop at the first article that cannot be read.")
@model_option
@actors_option
@json_option
def command(
    *,
    paths: tuple[str, ...],
    db: str,
    inputs: Inputs,
    verbatim: bool,
    jobs: int,
    strict: bool,
    model: str,
    actors: str,
    as_json: bool | None,
) -> None:
    """
    Read articles into a store, collapse copies, and fuse what they claim into events.

    Run it again with more articles, or after it was stopped: what this version has already read is not read
    anew, and copies and events are made from all that the store holds.

    \b
    Example:
      counterclaim run samples/ --db demo.db
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    missing = check_paths(paths)
    present = [path for path in paths if path not in missing]
    if not present:
        raise InputError(describe_failure(missing, 0))
    # Here and not above, so that --help and a mistyped path answer at once.
    from counterclaim.pipeline import fuse_store  # noqa: PLC0415
    from counterclaim.read.actors import load_actors  # noqa: PLC0415
    from counterclaim.read.parse import load_language  # noqa: PLC0415
    from counterclaim.signature import make_signature  # noqa: PLC0415
    from counterclaim.store.store import open_store  # noqa: PLC0415

    digest = load_actors(actors).digest if actors else ""
    with open_store(db, create=True) as store:
        signature = make_signature(load_language(model or None), digest)
        # Counting reads every page twice, which is nothing beside parsing it; standard input comes once.
        total = None if "-" in present else sum(1 for _ in inputs.find(present, quiet=True))
        work = _Run(store, signature, verbatim=verbatim, jobs=jobs, strict=strict, model=model, actors=actors)
        number = store.start_run(signature)
        with make_progress() as progress:
            work.read(inputs.find(present), progress, total)
            progress.add_task("Fusing", total=None)
            fused = fuse_store(store)
        store.finish_run(number, read=work.read_count, known=work.known, rejected=work.rejected)
    summary = {
        "read": work.read_count,
        "known": work.known,
        "rejected": work.rejected,
        **fused._asdict(),
        "db": store.location,
    }
    if as_json:
        print_json(summary)
    else:
        click.echo(_describe(summary))
    if missing or not work.read_count + work.known:
        raise InputError(describe_failure(missing, work.read_count))


class _Run:
    """One pass over the pages, writing each reading as it comes."""

    def __init__(
        self,
        store: "Store",
        signature: str,
        *,
        verbatim: bool,
        jobs: int,
        strict: bool,
        model: str,
        actors: str,
    ) -> None:
        self._store = store
        self._signature = signature
        self._verbatim = verbatim
        self._jobs = jobs
        self._strict = strict
        self._model = model
        self._actors = actors
        # What tells the pages being read, in order: results come back in the order of the pages.
        self._under_way: deque[str] = deque()
        self._unwritten: list[NewReading] = []
        self._written_at = time.monotonic()
        self.read_count = self.known = self.rejected = 0

    def read(self, pages: Iterator[Page | Rejection], progress: "Progress", total: int | None) -> None:
        from counterclaim.executors.processes import map_articles  # noqa: PLC0415
        from counterclaim.pipeline import read_page  # noqa: PLC0415
        from counterclaim.store.store import NewReading  # noqa: PLC0415

        task = progress.add_task("Reading", total=total)
        function = partial(read_page, model=self._model, verbatim=self._verbatim, actors=self._actors)
        unread = self._find_unread(pages, progress, task)
        results = map_articles(function, unread, name=attrgetter("ref"), jobs=self._jobs, strict=self._strict)
        try:
            for result in results:
                fingerprint = self._under_way.popleft()
                if isinstance(result, Rejection):
                    self._reject(result)
                else:
                    self._unwritten.append(NewReading(result, fingerprint))
                    self.read_count += 1
                    if len(self._unwritten) >= AT_ONCE or time.monotonic() - self._written_at >= SECONDS:
                        self._write()
                progress.update(task, completed=self.read_count + self.known + self.rejected)
        finally:
            # After Ctrl-C too: what was read is kept.
            self._write()
        progress.update(task, description="Read", completed=self.read_count + self.known + self.rejected)

    def _write(self) -> None:
        unwritten, self._unwritten = self._unwritten, []
        if unwritten:
            self._store.write_readings(unwritten)
        self._written_at = time.monotonic()

    def _find_unread(
        self, pages: Iterator[Page | Rejection], progress: "Progress", task: "TaskID"
    ) -> Iterator[Page]:
        from counterclaim.cli.output import make_harmless  # noqa: PLC0415
        from counterclaim.store.store import fingerprint_page  # noqa: PLC0415

        for page in pages:
            if isinstance(page, Rejection):
                self._reject(page)
                continue
            fingerprint = fingerprint_page(page, verbatim=self._verbatim)
            if self._store.is_read(fingerprint, self._signature):
                self.known += 1
                continue
            self._under_way.append(fingerprint)
            # So that a page that takes long is known by its name.
            progress.update(task, description=f"Reading {make_harmless(page.ref)[-SHOWN:]}")
            yield page

    def _reject(self, rejection: Rejection) -> None:
        self._store.write_rejection(rejection)
        self.rejected += 1
        say_rejection(rejection)


def _describe(summary: dict[str, object]) -> str:
    def count(name: str, one: str, many: str) -> str:
        return f"{summary[name]} {one if summary[name] == 1 else many}"

    text = (
        f"Read {count('read', 'article', 'articles')}; {count('known', 'was', 'were')} known, "
        f"{summary['rejected']} could not be read.\n"
        f"The store holds {count('articles', 'article', 'articles')} in {count('stories', 'story', 'stories')}, "
        f"{count('claims', 'claim', 'claims')} about {count('events', 'event', 'events')}, "
        f"{summary['contested']} of them contested.\n"
    )
    if summary["overturned"]:
        text += (
            f"{count('overturned', 'pair of tellings', 'pairs of tellings')} that a rule had joined earlier "
            "now stand in different events: counterclaim judge EVENT says why.\n"
        )
    return text + f"See them: counterclaim show events --db {summary['db']}"
