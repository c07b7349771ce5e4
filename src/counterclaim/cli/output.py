"""
Where results go: tables for people on a terminal, JSON Lines for programs in a pipe.

Colours follow the terminal and NO_COLOR; nothing is said by colour alone. Tables fit the terminal's width; in a
pipe, where a table was asked for all the same, a hundred columns.
"""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from counterclaim.settings import read_setting

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

PIPE_WIDTH = 100

db_option = click.option(
    "--db",
    metavar="PATH|URL",
    default=lambda: read_setting("db"),
    show_default="counterclaim.db",
    help="The store: a SQLite file or any SQLAlchemy URL (COUNTERCLAIM_DB).",
)
json_option = click.option(
    "--json/--table",
    "as_json",
    default=None,
    help="JSON Lines or a table, wherever the output goes. Without either: a table on a terminal, "
    "JSON Lines in a pipe.",
)


def wants_json(as_json: bool | None) -> bool:  # noqa: FBT001  the option's value, passed on
    """Whether to print JSON Lines: as asked for, else where nobody is looking."""
    return not sys.stdout.isatty() if as_json is None else as_json


def print_json(record: Mapping[str, object]) -> None:
    """One object on one line, at once, so that a program at the other end can begin."""
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def make_console(*, stderr: bool = False) -> "Console":
    """A console as wide as the terminal."""
    from rich.console import Console  # noqa: PLC0415  a pipe never needs it

    stream = sys.stderr if stderr else sys.stdout
    console = Console(file=stream, highlight=False, soft_wrap=False, emoji=False)
    if not stream.isatty():
        console = Console(file=stream, highlight=False, width=PIPE_WIDTH, emoji=False)
    return console


def make_table(title: str | None = None) -> "Table":
    """A table in the style all verbs share: a rule under the header, wrapped cells, no boxes."""
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    return Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False, header_style="bold")


def print_table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Rows under their headers; empty cells stay empty."""
    from rich.text import Text  # noqa: PLC0415

    table = make_table()
    for header in headers:
        table.add_column(header, overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    make_console().print(table)


def say(message: str) -> None:
    """A line on standard error."""
    click.echo(message, err=True)
