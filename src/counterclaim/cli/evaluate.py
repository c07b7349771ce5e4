"""
`counterclaim evaluate`: the scorers of a checkout, from anywhere.

They and their corpora are not part of the installed package: a checkout has `evaluation/` beside `src/`.
"""

import sys
from pathlib import Path

import click

import counterclaim
from counterclaim.errors import InputError


@click.command("evaluate")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--update", is_flag=True, help="Raise the floors to what was reached; they never fall.")
@click.option("--misses", is_flag=True, help="List every item that is wrong, with its words.")
@click.option(
    "--diff", metavar="REV", help="List what was gained and lost since a git revision, item by item."
)
@click.pass_context
def command(
    ctx: click.Context, *, names: tuple[str, ...], update: bool, misses: bool, diff: str | None
) -> None:
    """
    Score the stages on public corpora and hold them to their floors; all scorers, or those named.

    Works in a checkout of the repository. COUNTERCLAIM_CORPORA names the folder of the corpora. The exit code is 1
    where a score is below its floor.

    \b
    Examples:
      counterclaim evaluate polnear plv
      counterclaim evaluate polnear --misses
      counterclaim evaluate times plv --diff main
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    checkout = find_checkout()
    if str(checkout) not in sys.path:
        sys.path.insert(0, str(checkout))
    from evaluation.__main__ import main  # noqa: PLC0415  only a checkout has it

    # Behind the names: --misses may take one word of its own.
    options = [
        *(["--update"] if update else []),
        *(["--misses"] if misses else []),
        *(["--diff", diff] if diff else []),
    ]
    ctx.exit(main([*names, *options]))


def find_checkout() -> Path:
    """The folder that holds `evaluation/`: the one the package is installed from, else the current one."""
    for folder in (Path(counterclaim.__file__).parents[2], Path.cwd()):
        if (folder / "evaluation" / "floors.json").is_file():
            return folder
    raise InputError(
        "The scorers are not part of the installed package. Clone the repository and run it there: "
        "make test, then .venv/bin/counterclaim evaluate"
    )
