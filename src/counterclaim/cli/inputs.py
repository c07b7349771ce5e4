"""What `read`, `run` and `parse` ask of their input: dates, and which column of a table is which."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import click

from counterclaim.cli.output import say
from counterclaim.errors import InputError
from counterclaim.types import Page, Rejection

Command = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Inputs:
    """
    What the user says of the input.

    Raises:
        InputError: a date is not YYYY-MM-DD, or a column is not given as FIELD=COLUMN.
    """

    published: str | None = None
    published_from: str | None = None
    columns: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.published is not None:
            try:
                date.fromisoformat(self.published)
            except ValueError as error:
                raise InputError(
                    f"{self.published!r} is not a date. Give it as YYYY-MM-DD, such as 2022-09-14."
                ) from error
        for given in self.columns:
            if not all(given.partition("=")):
                raise InputError(
                    f"{given!r} names no column. Give it as FIELD=COLUMN, such as published=date."
                )

    def find(
        self, paths: Sequence[str], *, find_start: Callable[[str], int] | None = None
    ) -> Iterator[Page | Rejection]:
        """The pages of the paths; what was taken for what is said on standard error."""
        from counterclaim.gather.pages import find_pages  # noqa: PLC0415  --help needs none of it

        return find_pages(
            paths,
            published=self.published,
            published_from=self.published_from,
            columns=dict(given.split("=", 1) for given in self.columns),
            say=say,
            find_start=find_start or (lambda _: 0),
        )


def input_options(command: Command) -> Command:
    """``--published``, ``--published-from`` and ``--column``, handed to the command as one argument ``inputs``."""

    def with_inputs(
        *, published: str | None, published_from: str | None, columns: tuple[str, ...], **rest: Any
    ) -> Any:
        return command(inputs=Inputs(published, published_from, columns), **rest)

    # Click reads the help text and keeps the options of the decorators below it here.
    with_inputs.__doc__ = command.__doc__
    with_inputs.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]  # click's own
    options = (
        click.option("--published", metavar="DATE", help="When the articles were published, as YYYY-MM-DD."),
        click.option(
            "--published-from",
            metavar="name|mtime|FILE.csv",
            help="Take each file's date from its name, from when it was changed, or from a table with columns "
            "file and published.",
        ),
        click.option(
            "--column",
            "columns",
            metavar="FIELD=COLUMN",
            multiple=True,
            help="Which column of a table holds id, text, html, title, url, outlet, published or authors, such as "
            "published=date. Usual names are found without.",
        ),
    )
    decorated: Command = with_inputs
    for option in reversed(options):
        decorated = option(decorated)
    return decorated
