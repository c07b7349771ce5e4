"""`counterclaim export`: what a store holds, as a file for other programs, with a report of what the file could not hold."""

import sys
from pathlib import Path

import click

from counterclaim.cli.output import db_option, force_option, say
from counterclaim.errors import InputError
from counterclaim.export import FORMATS

_WIDTH = max(map(len, FORMATS))
_LIST = "\n    ".join(f"  {one.name:<{_WIDTH}}  {one.text}" for one in FORMATS.values())


@click.command(
    "export",
    no_args_is_help=True,
    help=f"""
    Write what a store holds, as a file for other programs.

    Formats of claims and articles hold them as they were read. Formats of events hold what a rule chooses where claimants
    differ; the rule is printed, and in the file wherever the format has room. A report says what the format could not hold, and how often.

    \b
    Formats:
    {_LIST}

    \b
    Rules: range (chooses nothing), conservative (as ACLED), low-best-high (as UCDP), majority,
    latest-per-claimant, hierarchy (with --hierarchy FILE).

    A file that is there is only overwritten with --force, or where it is an export that nobody changed since; the store never. In
    tables a cell that a spreadsheet would run as a formula has an apostrophe before it; --raw-cells leaves it out, for programs.

    Beside a file stands datapackage.json, which says what each column holds. --complete leaves out rows that lack what every row of
    the field's own files has, such as a day or a place, for programs that refuse them; what is left out is counted.

    \b
    Examples:
      counterclaim export csv --output claims.csv --db demo.db
      counterclaim export ucdp --rule low-best-high --output ged.csv --losses lost.txt --db demo.db
      counterclaim export acled --rule conservative --complete --output acled.csv --db demo.db
    """,
)
@click.argument("format_", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.option("--output", metavar="PATH", default="-", help="The file to write; - is standard output.")
@click.option("--rule", metavar="NAME", help="How to choose between claimants; range unless told.")
@click.option(
    "--hierarchy",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="For the rule hierarchy: a claimant, country, sector or outlet a line, the most trusted first.",
)
@click.option(
    "--losses", metavar="PATH", help="Write the report of what the format could not hold there too."
)
@click.option(
    "--complete", is_flag=True, help="Only rows that lack nothing the field's own rows always have."
)
@click.option(
    "--raw-cells", "raw", is_flag=True, help="Write cells that a spreadsheet would run as they are."
)
@force_option
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="P",
    help="Only events at least so likely right, and those that nothing judged.",
)
@click.option("--dictionary/--no-dictionary", default=True, help="Write datapackage.json beside the file.")
@db_option
def command(
    *,
    format_: str,
    output: str,
    rule: str | None,
    hierarchy: Path | None,
    losses: str | None,
    complete: bool,
    raw: bool,
    force: bool,
    min_confidence: float,
    dictionary: bool,
    db: str,
) -> None:
    """The verb; its help stands above, made of the list of formats."""
    from counterclaim.export.dictionary import is_as_listed, write_dictionary  # noqa: PLC0415  --help needs none of it
    from counterclaim.export.files import check_output, write_file  # noqa: PLC0415
    from counterclaim.export.writing import export_store  # noqa: PLC0415
    from counterclaim.fuse.resolution import make_rule  # noqa: PLC0415
    from counterclaim.store.store import open_store  # noqa: PLC0415

    chosen = FORMATS[format_]
    if chosen.of != "events" and (rule or hierarchy):
        raise InputError(
            f"{format_} holds {chosen.writes} as they were read: no rule chooses between them. Leave out --rule and "
            "--hierarchy."
        )
    resolution = make_rule(rule or ("hierarchy" if hierarchy else "range"), hierarchy)
    if chosen.is_binary and output == "-" and sys.stdout.isatty():
        raise InputError(f"{format_} is no text for a terminal. Give a file: --output PATH")
    with open_store(db) as store:
        check_output(output, overwrite=force, store=store.file, is_ours=is_as_listed)
        if losses:
            check_output(losses, overwrite=force, store=store.file, others=[output])
        number, report = export_store(
            store, format_, output, rule=resolution, complete=complete, raw=raw, min_confidence=min_confidence
        )
    lines = [f"Wrote {number} {chosen.writes if number != 1 else chosen.one}."]
    if chosen.of == "events":
        lines.append(f"Rule: {resolution.text}")
    lines.append(f"Could not hold, how often{':' if report else ': nothing was lost.'}")
    lines += [f"  {line}" for line in report]
    path = Path(output)
    if dictionary and output != "-" and path.is_file():
        described = write_dictionary(path, chosen, number, resolution.text if chosen.of == "events" else "")
        lines.append(f"Columns are described in {described}.")
    for line in lines:
        say(line)
    if losses:
        write_file(losses, "\n".join((f"Format: {format_}", *lines)) + "\n")
