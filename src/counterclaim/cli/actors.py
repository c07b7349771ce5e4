"""`counterclaim actors`: tables of one's own actors, from the dictionaries of other coders."""

from pathlib import Path

import click

from counterclaim.cli.output import force_option, say
from counterclaim.errors import InputError

# Enough to see what is wrong with a file; the rest is counted.
SHOWN = 10


@click.group("actors", no_args_is_help=True)
def command() -> None:
    """
    Make tables of your own actors, to read with: counterclaim read PATH --actors FILE.

    A table has a header line and one actor a line, its cells separated by tabs: name, and as you need them id,
    kind (country, body, person, agent, nobody), variants, country, sector, other, from, until. Lines that begin
    with # are comments. docs/knowledge.md describes the columns.

    \b
    Example:
      counterclaim actors import Phoenix.actors.txt Phoenix.agents.txt --output actors.tsv
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"


@command.command("import", no_args_is_help=True)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--output", metavar="FILE", required=True, help="The table to write; - for standard output.")
@click.option("--lenient", is_flag=True, help="Name malformed lines and leave them out, instead of stopping.")
@force_option
def import_(*, files: tuple[str, ...], output: str, lenient: bool, force: bool) -> None:
    """
    Turn PETRARCH, TABARI or Phoenix dictionaries of actors and agents into a table.

    Where files or lines disagree about a name, the first one counts.

    \b
    Example:
      counterclaim actors import my.actors.txt --output actors.tsv
    """  # noqa: D301
    from counterclaim.export.files import check_output, write_file  # noqa: PLC0415  --help needs none of it
    from counterclaim.importing.petrarch import read_petrarch  # noqa: PLC0415
    from counterclaim.read.actors.own import OwnActor, write_rows  # noqa: PLC0415

    check_output(output, overwrite=force, others=files)
    rows: list[OwnActor] = []
    known: set[str] = set()
    repeated = 0
    for file in files:
        found, problems = read_petrarch(_read_lines(file))
        told = [f"{file} line {problem.line}: {problem.reason}: {problem.text}" for problem in problems]
        if told and not lenient:
            more = f"\n... and {len(told) - SHOWN} more" if len(told) > SHOWN else ""
            listed = "\n".join(told[:SHOWN]) + more
            raise InputError(f"{listed}\nCorrect the lines, or leave them out with --lenient.")
        for line in told:
            say(f"Left out {line}")
        # An actor has a line for each of its codes: what is new is asked of the file, not of the line.
        kept = [row for row in found if row.name.lower() not in known]
        repeated += len(found) - len(kept)
        known.update(row.name.lower() for row in kept)
        rows.extend(kept)
    text = "".join(f"{line}\n" for line in write_rows(rows))
    if output == "-":
        click.echo(text, nl=False)
    else:
        write_file(output, text)
    agents = sum(row.kind == "agent" for row in rows)
    say(
        f"{len(rows)} lines: {len(rows) - agents} of actors, {agents} of agents."
        + (f" {repeated} repeat names of earlier files and were left out." if repeated else "")
    )


def _read_lines(file: str) -> list[str]:
    try:
        data = Path(file).read_bytes()
    except OSError as error:
        raise InputError(f"There is no file {file} to import. Check its spelling.") from error
    try:
        return data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError:
        return data.decode("latin-1").split("\n")  # as the older dictionaries were written
