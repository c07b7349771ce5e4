"""
Where results go: tables for people on a terminal, JSON Lines for programs in a pipe.

What comes from a page never commands the terminal: control characters and signs that turn the direction of
writing are left out of tables and messages, and stand escaped in JSON. Colours follow the terminal and NO_COLOR; nothing is said by colour alone. Tables fit the terminal's width; in a
pipe, where a table was asked for all the same, a hundred columns.
"""

import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from counterclaim.settings import read_setting

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

PIPE_WIDTH = 100
# Escape sequences begin with the first two kinds; the last hides or turns around what stands beside it.
_CONTROLS = [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_LEFT_OUT = {code: None for code in _CONTROLS if chr(code) not in "\t\n"}
_ESCAPED = {code: f"\\u{code:04x}" for code in _CONTROLS if code >= 0x7F}

db_option = click.option(
    "--db",
    metavar="PATH|URL",
    default=lambda: read_setting("db"),
    show_default="counterclaim.db",
    help="The store: a SQLite file or any SQLAlchemy URL (COUNTERCLAIM_DB).",
)
force_option = click.option("--force", is_flag=True, help="Overwrite a file that is there.")
json_option = click.option(
    "--json/--table",
    "as_json",
    default=None,
    help="JSON Lines or a table, wherever the output goes. Without either: a table on a terminal, "
    "JSON Lines in a pipe.",
)


class _Log:
    """How messages are written; set by each command line anew."""

    as_json = False


def _choose_log(_: click.Context, __: click.Parameter, chosen: str) -> None:
    _Log.as_json = chosen == "json"


def forget_log() -> None:
    """Messages are plain lines again, unless the environment says otherwise."""
    _Log.as_json = read_setting("log_format") == "json"


log_option = click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default=lambda: read_setting("log_format"),
    show_default="text",
    expose_value=False,
    callback=_choose_log,
    help="Messages as lines, or as JSON Lines with time and level (COUNTERCLAIM_LOG_FORMAT).",
)


def wants_json(as_json: bool | None) -> bool:  # noqa: FBT001  the option's value, passed on
    """Whether to print JSON Lines: as asked for, else where nobody is looking."""
    return not sys.stdout.isatty() if as_json is None else as_json


def print_json(record: Mapping[str, object]) -> None:
    """One object on one line, at once, so that a program at the other end can begin."""
    sys.stdout.write(json.dumps(record, ensure_ascii=False).translate(_ESCAPED) + "\n")
    sys.stdout.flush()


def make_console(*, stderr: bool = False) -> "Console":
    """A console as wide as the terminal, on which what a page says is only text."""
    from rich.console import Console, ConsoleOptions, RenderableType  # noqa: PLC0415  a pipe never needs it
    from rich.segment import Segment  # noqa: PLC0415

    class PlainConsole(Console):
        def render(
            self, renderable: RenderableType, options: ConsoleOptions | None = None
        ) -> Iterator[Segment]:
            for text, style, control in super().render(renderable, options):
                yield Segment(text if control else make_harmless(text), style, control)

    stream = sys.stderr if stderr else sys.stdout
    console = PlainConsole(file=stream, highlight=False, soft_wrap=False, emoji=False)
    if not stream.isatty():
        console = PlainConsole(file=stream, highlight=False, width=PIPE_WIDTH, emoji=False)
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


def say(message: str, level: str = "info", **fields: object) -> None:
    """A line on standard error; as JSON, where that is chosen, with time, level and fields."""
    if not _Log.as_json:
        click.echo(make_harmless(message), err=True)
        return
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    line = {"time": at, "level": level, "message": message.strip(), **fields}
    click.echo(json.dumps(line, ensure_ascii=False, default=str).translate(_ESCAPED), err=True)


def logs_json() -> bool:
    """Whether messages are JSON Lines."""
    return _Log.as_json


def make_harmless(text: str) -> str:
    """The text without what a terminal would obey."""
    return text.translate(_LEFT_OUT)
