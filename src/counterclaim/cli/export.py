"""`counterclaim export`: a store's claims or readings as a file for other programs."""

import sys
from contextlib import ExitStack
from pathlib import Path

import click

from counterclaim.cli.output import db_option, say
from counterclaim.errors import InputError

FORMATS = ("csv", "jsonl")


@click.command("export", no_args_is_help=True)
@click.argument("format_", metavar="FORMAT", type=click.Choice(FORMATS))
@click.option("--output", metavar="PATH", default="-", help="The file to write; - is standard output.")
@db_option
def command(*, format_: str, output: str, db: str) -> None:
    """
    Write what a store holds: csv, one claim a row; or jsonl, one article an object.

    \b
    Example:
      counterclaim export csv --output claims.csv --db demo.db
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    from counterclaim.export import csv, jsonl  # noqa: PLC0415  --help needs none of it
    from counterclaim.store.queries import list_claims  # noqa: PLC0415
    from counterclaim.store.rows import load_readings  # noqa: PLC0415
    from counterclaim.store.store import open_store  # noqa: PLC0415

    with ExitStack() as stack:
        connection = stack.enter_context(stack.enter_context(open_store(db)).read())
        stream = sys.stdout
        if output != "-":
            try:
                stream = stack.enter_context(Path(output).open("w", encoding="utf-8", newline=""))
            except OSError as error:
                raise InputError(
                    f"{output} cannot be written: {error.strerror}. Give another --output."
                ) from error
        if format_ == "csv":
            number, what = csv.write(list_claims(connection), stream), "claims"
        else:
            number, what = jsonl.write(load_readings(connection), stream), "articles"
    say(f"Wrote {number} {what}.")
