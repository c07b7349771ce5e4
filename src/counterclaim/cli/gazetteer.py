"""`counterclaim gazetteer`: which gazetteer places are found in, and how to make a larger one from GeoNames' full dump."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from counterclaim.cli.output import (
    force_option,
    json_option,
    make_console,
    print_json,
    print_table,
    say,
    wants_json,
)
from counterclaim.errors import InputError

FILE = click.Path(path_type=Path)


@click.group("gazetteer", no_args_is_help=True)
def command() -> None:
    """
    Say which gazetteer is in use, or make a larger one from the full GeoNames dump.

    The bundled gazetteer holds towns of 500 inhabitants and more. The full dump adds every village, airport and
    crossing that GeoNames knows.

    \b
    Example:
      counterclaim gazetteer info
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"


@command.command("build", no_args_is_help=True)
@click.argument("dump", type=FILE, metavar="DUMP")
@click.option(
    "--output", type=FILE, default=Path("gazetteer.sqlite"), show_default=True, help="The file to write."
)
@click.option("--names", type=FILE, help="alternateNamesV2.zip: English names, also of villages.")
@click.option(
    "--divisions", type=FILE, help="admin1CodesASCII.txt: first-level divisions as English writes them."
)
@click.option("--countries", type=FILE, help="countryInfo.txt: codes of countries newer than this version.")
@force_option
def build(
    *,
    dump: Path,
    output: Path,
    names: Path | None,
    divisions: Path | None,
    countries: Path | None,
    force: bool,
) -> None:
    """
    Compile a dump of GeoNames.

    DUMP is allCountries.zip or the file of one country, such as YE.zip, from download.geonames.org/export/dump;
    zipped or not. The file appears when it is complete, in place of an older gazetteer; all of the world takes some
    ten minutes and half a gigabyte on disk.

    \b
    Example:
      counterclaim gazetteer build allCountries.zip --output world.sqlite
      COUNTERCLAIM_GAZETTEER=world.sqlite counterclaim read report.txt
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    from counterclaim.export.files import check_output  # noqa: PLC0415  --help needs none of it
    from counterclaim.importing.compiler import is_gazetteer  # noqa: PLC0415
    from counterclaim.importing.geonames import Sources, compile_dump  # noqa: PLC0415

    check_output(output, overwrite=force, others=(dump, names, divisions, countries), is_ours=is_gazetteer)
    for path in (dump, names, divisions, countries):
        if path is not None and not path.is_file():
            raise InputError(f"There is no file {path}. Get it from download.geonames.org/export/dump.")
    with _progress() as advance:
        places, spellings = compile_dump(Sources(dump, names, divisions, countries), output, advance)
    size = output.stat().st_size / 1e6
    say(f"{places:,} places, {spellings:,} names, {size:.1f} MB in {output}")
    say(f"To read with it: export COUNTERCLAIM_GAZETTEER={output.resolve()}")


@command.command("info")
@json_option
def info(*, as_json: bool | None) -> None:
    """
    Print the gazetteer in use: where it lies, what it holds, whom to credit.

    \b
    Example:
      counterclaim gazetteer info --json
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    from counterclaim.read.places.gazetteer import count_own, load_gazetteer  # noqa: PLC0415
    from counterclaim.settings import read_setting  # noqa: PLC0415

    gazetteer = load_gazetteer()
    about: dict[str, object] = {
        "file": str(gazetteer.path),
        "chosen_by": "COUNTERCLAIM_GAZETTEER" if read_setting("gazetteer") else "bundled",
        "places": int(gazetteer.about["places"]),
        "names": int(gazetteer.about["names"]),
        "places_of_our_own_tables": count_own(),
        "hash": gazetteer.about["hash"],
        "credit": gazetteer.about["credit"],
    }
    if wants_json(as_json):
        print_json(about)
        return
    print_table(
        ("", ""),
        (
            (name.replace("_", " "), f"{value:,}" if isinstance(value, int) else value)
            for name, value in about.items()
        ),
    )


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """A bar for each step on standard error; nothing where nobody looks."""
    from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    console = make_console(stderr=True)
    with Progress(*columns, TimeRemainingColumn(), console=console, disable=not console.is_terminal) as bar:
        tasks: dict[str, TaskID] = {}

        def advance(step: str, done: int, size: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(step)
            bar.update(tasks[step], total=max(size, 1), completed=done)

        yield advance
