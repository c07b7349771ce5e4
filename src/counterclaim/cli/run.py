"""`counterclaim run`: gather, read and fuse many articles into a store; go on where an earlier run stopped."""

import math
import time
from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from counterclaim.cli.inputs import Inputs, input_options
from counterclaim.cli.output import db_option, json_option, log_option, make_harmless, print_json, say
from counterclaim.cli.progress import make_progress
from counterclaim.cli.read import (
    actors_option,
    check_paths,
    confidence_option,
    describe_failure,
    model_option,
    say_rejection,
)
from counterclaim.errors import InputError
from counterclaim.settings import read_number
from counterclaim.types import Page, Rejection

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from counterclaim.executors.processes import Budget
    from counterclaim.running import Watch

# Of a page's name in the line of progress.
SHOWN = 30
# Seconds between lines of a log that nobody watches.
EVERY = 60


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
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Write readings as Parquet, parted by day and region, and no store; counterclaim load takes them into one.",
)
@click.option(
    "--executor",
    type=click.Choice(["serial", "processes", "ray"]),
    help="With --out: who reads; processes where --jobs is more than one.",
)
@click.option(
    "--address",
    default="",
    metavar="HOST:PORT",
    help="With --executor ray: the cluster; else one is started here.",
)
@model_option
@actors_option
@confidence_option
@click.option(
    "--metrics",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write what the run did in Prometheus' text format, for its textfile collector.",
)
@log_option
@json_option
def command(
    *,
    paths: tuple[str, ...],
    db: str,
    inputs: Inputs,
    verbatim: bool,
    jobs: int,
    strict: bool,
    out: Path | None,
    executor: str | None,
    address: str,
    model: str,
    actors: str,
    min_confidence: float,
    metrics: Path | None,
    as_json: bool | None,
) -> None:
    """
    Read articles into a store, collapse copies, and fuse what they claim into events.

    Run it again with more articles, or after it was stopped: what this version has already read is not read
    anew, and copies and events are made from all that the store holds.

    \b
    Examples:
      counterclaim run samples/ --db demo.db
      counterclaim run news/ --executor ray --address auto --jobs 16 --out parquet/
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    missing = check_paths(paths)
    present = [path for path in paths if path not in missing]
    if not present:
        raise InputError(describe_failure(missing, 0))
    if out is None and (executor or address):
        raise InputError(
            "--executor and --address go with --out FOLDER: a store is filled by one process. Add --out."
        )
    if address and executor != "ray":
        raise InputError("--address names a Ray cluster. Add --executor ray, or leave it out.")
    if out is not None:
        if "-" in present or strict:
            raise InputError(
                "--out reads files and folders, and goes on where one cannot be read. Leave out - and --strict."
            )
        how = {"verbatim": verbatim, "model": model, "actors": actors, "min_confidence": min_confidence}
        chosen = executor or ("processes" if jobs > 1 else "serial")
        _run_into(out, present, inputs, how, chosen, jobs, address, as_json=as_json)
        if missing:
            raise InputError(describe_failure(missing, 1))
        return
    # Here and not above, so that --help and a mistyped path answer at once.
    from counterclaim.bookmarks import Bookmarks  # noqa: PLC0415
    from counterclaim.gather.pages import count_pages  # noqa: PLC0415
    from counterclaim.running import run  # noqa: PLC0415
    from counterclaim.store.store import open_store  # noqa: PLC0415

    if actors:
        from counterclaim.read.actors import load_actors  # noqa: PLC0415  only then

        load_actors(actors)  # a wrong table is said before a store is made
    if metrics is not None:
        from counterclaim.cli.metrics import Metered, check_metrics  # noqa: PLC0415  only then

        check_metrics(metrics)
    budget = read_budget()
    with open_store(db, create=True) as store, make_progress() as progress:
        # Of standard input and of an archive nobody knows how many pages it holds; how far an archive is read is known by its bytes.
        sizes = None if "-" in present else _find_sizes(present)
        total = None if sizes or "-" in present else count_pages(present)
        bookmarks = Bookmarks(store, repr((verbatim, inputs.published, inputs.published_from)), say)
        watch = make_watch(progress, total, sizes)
        if metrics is not None:
            watch = Metered(watch)
        ran = run(
            store,
            inputs.find(present, find_start=bookmarks.find_start),
            jobs=jobs,
            verbatim=verbatim,
            strict=strict,
            model=model,
            actors=actors,
            min_confidence=min_confidence,
            budget=budget,
            watch=watch,
            bookmarks=bookmarks,
        )
    assert ran.fused is not None
    summary = {
        "read": ran.read,
        "known": ran.known,
        "rejected": ran.rejected,
        "languages": dict(ran.languages.most_common()),
        **ran.fused._asdict(),
        "db": store.location,
    }
    if metrics is not None:
        assert isinstance(watch, Metered)
        watch.write(metrics, summary)
    if as_json:
        print_json(summary)
    else:
        click.echo(_describe(summary))
    if missing or not ran.read + ran.known:
        raise InputError(describe_failure(missing, ran.read))


class Sizes:
    """How far a run over files is, by their bytes."""

    def __init__(self, sizes: Mapping[str, int]) -> None:
        self._before = dict(zip(sizes, accumulate(sizes.values(), initial=0), strict=False))
        self.megabytes = math.ceil(sum(sizes.values()) / 1e6)

    def find_done(self, ref: str) -> float | None:
        """Megabytes of the files before what goes by this ref; None where that is not known."""
        from counterclaim.gather.archives import find_place  # noqa: PLC0415  --help needs none of it

        place = find_place(ref)
        before = self._before.get(place.path if place else ref)
        return None if before is None else (before + (place.offset if place else 0)) / 1e6


def _find_sizes(paths: Sequence[str]) -> Sizes | None:
    """Of all files, if archives are among them."""
    from counterclaim.gather.archives import is_archive  # noqa: PLC0415  as above
    from counterclaim.gather.pages import walk  # noqa: PLC0415

    files = [file for path in paths for file in walk(path)]
    return Sizes({file: Path(file).stat().st_size for file in files}) if any(map(is_archive, files)) else None


def _run_into(
    folder: Path,
    paths: Sequence[str],
    inputs: Inputs,
    options: Mapping[str, Any],
    executor: str,
    jobs: int,
    address: str,
    *,
    as_json: bool | None,
) -> None:
    """Read into a folder of Parquet and say what came of it."""
    from counterclaim.partitioning import How, Parted, read_into  # noqa: PLC0415  --help needs none of it
    from counterclaim.signature import make_signature  # noqa: PLC0415

    signature = make_signature(options["model"], options["actors"], options["min_confidence"])
    given = (inputs.published, inputs.published_from, inputs.columns)
    how = How(signature, **options, published=given[0], published_from=given[1], columns=given[2])
    with make_progress() as progress:
        task = progress.add_task("Reading")

        def watch(done: int, total: int, _: Parted) -> None:
            progress.update(task, completed=done, total=total)

        parted = read_into(
            folder,
            paths,
            how,
            executor=executor,  # type: ignore[arg-type]  # of the choices
            workers=jobs,
            address=address,
            watch=watch,
        )
    for one in parted.refused:
        say_rejection(Rejection(one.ref, one.reason, one.detail))
    summary = {
        **{name: getattr(parted, name) for name in ("read", "rejected", "parts")},
        "files_known": parted.known,
        "out": str(folder),
    }
    if as_json:
        print_json(summary)
        return
    articles = "article" if parted.read == 1 else "articles"
    click.echo(
        f"Read {parted.read} {articles} into {folder}; {parted.rejected} could not be read; "
        f"{parted.known} files were known.\nTake them into a store: counterclaim load {folder}"
    )


def read_budget() -> "Budget | None":
    """What a page may take, by the environment; None without limits, where one job needs no process of its own."""
    from counterclaim.executors.processes import Budget  # noqa: PLC0415  --help needs none of it

    seconds, megabytes = (read_number(f"max_page_{name}", least=0) for name in ("seconds", "memory"))
    return Budget(seconds, megabytes) if seconds or megabytes else None


def make_watch(progress: "Progress", total: int | None, sizes: Sizes | None = None) -> "Watch":
    """
    A watch that draws the line of progress and says on standard error what could not be read.

    Args:
        total: Pages.
        sizes: Where that many are not known: megabytes are counted.
    """
    from counterclaim.running import Watch  # noqa: PLC0415  --help needs none of it

    unit = " (MB)" if sizes else ""
    task = progress.add_task(f"Reading{unit}", total=sizes.megabytes if sizes else total)

    # Where nobody watches a terminal, a log says now and then how far it is.
    silent = progress.disable

    class Drawing(Watch):
        def begin(self, page: Page) -> None:
            # So that a page that takes long is known by its name.
            progress.update(task, description=f"Reading{unit} {make_harmless(page.ref)[-SHOWN:]}")
            if sizes and (done := sizes.find_done(page.ref)) is not None:
                progress.update(task, completed=int(done))

        def reject(self, rejection: Rejection) -> None:
            say_rejection(rejection)

        def advance(self, done: int) -> None:
            # A download holds more pages than the one that its file was counted as.
            known = max(total, done) if total else None
            if not sizes:
                progress.update(task, completed=done, total=known)
            self._say("Read", done, known)

        def __init__(self) -> None:
            self._fusing: TaskID | None = None
            self._said_at = time.monotonic()

        def _say(self, what: str, done: int, total: int | None) -> None:
            if silent and time.monotonic() - self._said_at >= EVERY:
                self._said_at = time.monotonic()
                say(f"{what} {done}{f' of {total}' if total else ''}.", done=done, total=total)

        def fuse(self, done: int, total: int) -> None:
            self._say("Fused", done, total)
            if self._fusing is None:
                progress.update(task, description=f"Read{unit}")
                if sizes:
                    progress.update(task, completed=sizes.megabytes)
                self._fusing = progress.add_task("Fusing")
            progress.update(self._fusing, completed=done, total=total)

    return Drawing()


def _describe(summary: dict[str, object]) -> str:
    def count(name: str, one: str, many: str) -> str:
        return f"{summary[name]} {one if summary[name] == 1 else many}"

    told = summary["languages"]
    assert isinstance(told, dict)
    others = ", ".join(f"{number} {name}" for name, number in told.items())
    languages = f" ({others}: other languages)" if others else ""
    text = (
        f"Read {count('read', 'article', 'articles')}; {count('known', 'was', 'were')} known, "
        f"{summary['rejected']} could not be read{languages}.\n"
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
