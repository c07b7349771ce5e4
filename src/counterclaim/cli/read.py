"""`counterclaim read`: what one or many articles say, without a database."""

from pathlib import Path

import click

from counterclaim.cli.inputs import Inputs, input_options
from counterclaim.cli.output import json_option, make_console, print_json, say, wants_json
from counterclaim.cli.progress import wait_for
from counterclaim.errors import InputError
from counterclaim.settings import read_setting, read_share
from counterclaim.types import Page, Reading, Rejection

model_option = click.option(
    "--model",
    metavar="NAME",
    default=lambda: read_setting("model"),
    show_default="the bundled weights",
    help="An installed spaCy pipeline with Universal Dependencies labels (COUNTERCLAIM_MODEL).",
)

actors_option = click.option(
    "--actors",
    metavar="FILE",
    default=lambda: read_setting("actors"),
    show_default="none",
    help="A table of your own actors, which go before the bundled ones (COUNTERCLAIM_ACTORS).",
)


confidence_option = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=lambda: read_share("min_confidence"),
    show_default="0.35",
    help="Leave out events less sure than this; 0 keeps all that the patterns propose (COUNTERCLAIM_MIN_CONFIDENCE).",
)


@click.command("read", no_args_is_help=True)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@input_options
@click.option("--verbatim", is_flag=True, help="Take each text as it is: nothing dropped, offsets its own.")
@click.option("--strict", is_flag=True, help="Stop at the first article that cannot be read.")
@click.option(
    "--mentions", is_flag=True, help="Each event as each source tells it, instead of each happening once."
)
@click.option("--stated-only", is_flag=True, help="Leave out of the event table what the text only implies.")
@model_option
@actors_option
@confidence_option
@json_option
def command(
    *,
    paths: tuple[str, ...],
    inputs: Inputs,
    verbatim: bool,
    strict: bool,
    mentions: bool,
    stated_only: bool,
    model: str,
    actors: str,
    min_confidence: float,
    as_json: bool | None,
) -> None:
    """
    Print what articles say, and who says it.

    A PATH is a text, HTML, PDF, DOCX or RTF file, a download from a news database, a feed, mail, a table or JSON of
    articles, a folder of these, or - for standard input; docs/inputs.md lists them all. On a terminal a table of what each article tells of, each
    happening once (docs/event-table.md); JSON Lines in a pipe; in the order given. An article that cannot be read is
    named on standard error and the others are read.

    \b
    Example:
      echo "LIMA, 3 March 2021 (AFP) - Police said rebels killed two guards." | counterclaim read - --json
      counterclaim read news.csv --column published=day --column text=story
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    missing = check_paths(paths)
    present = [path for path in paths if path not in missing]
    read = 0
    if present:
        # Here and not above, so that --help and a mistyped path answer at once.
        from counterclaim.executors.serial import map_articles  # noqa: PLC0415
        from counterclaim.export.reading import leave_out_implied  # noqa: PLC0415
        from counterclaim.pipeline import read_page  # noqa: PLC0415

        def read_one(found: Page | Rejection) -> Reading | Rejection:
            if isinstance(found, Rejection):
                return found
            return read_page(
                found, model=model, verbatim=verbatim, actors=actors, min_confidence=min_confidence
            )

        pages = inputs.find(present)
        results = map_articles(read_one, pages, name=lambda found: found.ref, strict=strict)
        for result in wait_for(results, "Reading"):
            if isinstance(result, Rejection):
                say_rejection(result)
            else:
                kept = leave_out_implied(result) if stated_only else result
                _print(kept, as_json=wants_json(as_json), mentions=mentions)
                read += 1
    if missing or not read:
        raise InputError(describe_failure(missing, read))


def check_paths(paths: tuple[str, ...]) -> tuple[str, ...]:
    """The paths that do not exist, each named on standard error."""
    missing = tuple(path for path in dict.fromkeys(paths) if path != "-" and not Path(path).exists())
    for path in missing:
        say(f"There is no file or folder {path}.")
    return missing


def describe_failure(missing: tuple[str, ...], read: int) -> str:
    """Why the exit code is 2."""
    if missing:
        others = f" The rest was read: {read} article{'' if read == 1 else 's'}." if read else ""
        are, their = ("is", "its") if len(missing) == 1 else ("are", "their")
        return f"{len(missing)} of the paths given {are} not there. Check {their} spelling.{others}"
    return "No article could be read. The reasons are above; give a text or HTML file, a folder or a table."


def say_rejection(rejection: Rejection) -> None:
    """One line on standard error: what could not be read, and why."""
    say(
        f"Rejected {rejection.ref} ({rejection.reason}): {rejection.detail}",
        "warning",
        ref=rejection.ref,
        reason=rejection.reason,
    )


def _print(reading: Reading, *, as_json: bool, mentions: bool) -> None:
    if as_json:
        from counterclaim.export.reading import to_json  # noqa: PLC0415

        print_json(to_json(reading))
    else:
        from counterclaim.cli.reading_table import make_reading_table  # noqa: PLC0415

        console = make_console()
        console.print(make_reading_table(reading, console.width, mentions=mentions))
