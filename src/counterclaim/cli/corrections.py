"""`counterclaim corrections`: what people said of single claims: list it, take it back, write it as training labels."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from counterclaim.cli.correct import by_option
from counterclaim.cli.judge import find_name
from counterclaim.cli.output import (
    db_option,
    force_option,
    json_option,
    print_json,
    print_table,
    say,
    wants_json,
)


@click.group("corrections", no_args_is_help=True)
def command() -> None:
    """
    List what people corrected, take it back, or write it as training labels.

    \b
    Example:
      counterclaim corrections list --db demo.db
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"


@command.command("list")
@db_option
@json_option
def list_all(*, db: str, as_json: bool | None) -> None:
    """
    List every correction, what the machine had read beside what the person says.

    \b
    Example:
      counterclaim corrections list --db demo.db
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    from counterclaim.deciding import find_lost  # noqa: PLC0415
    from counterclaim.export.corrections import describe_values  # noqa: PLC0415
    from counterclaim.store.corrections import list_corrections  # noqa: PLC0415
    from counterclaim.store.store import open_store  # noqa: PLC0415

    with open_store(db) as store, store.read() as connection:
        rows = list_corrections(connection)
        lost = find_lost(connection)
    if wants_json(as_json):
        for one in rows:
            print_json({**asdict(one), "lost": lost.get(one.id)})
        return
    if not rows:
        say("Nobody has corrected anything. How to: counterclaim correct --help")
        return
    print_table(
        ("no.", "by", "claim", "field", "machine", "person", "why", "state"),
        [
            (
                one.id,
                one.by,
                f"{one.article[:8]}:{one.claim}",
                one.field,
                one.machine,
                one.verb if one.verb in {"accept", "reject"} else describe_values(one),
                one.reason,
                f"taken back by {one.undone_by}" if one.undone_at else lost.get(one.id, ""),
            )
            for one in rows
        ],
    )


@command.command("undo")
@click.argument("number", type=click.IntRange(1))
@by_option
@db_option
def undo(*, number: int, by: str | None, db: str) -> None:
    """
    Take a correction back: what held before it holds again.

    \b
    Example:
      counterclaim corrections undo 3 --db demo.db
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    from counterclaim.deciding import undo_correction  # noqa: PLC0415
    from counterclaim.fusing import fuse_store  # noqa: PLC0415
    from counterclaim.store.store import open_store  # noqa: PLC0415

    with open_store(db) as store:
        made = undo_correction(store, number, by=find_name(by))
        fuse_store(store)
    say(f"Correction {number} is taken back: {made.field} is again as read: {made.machine or 'not told'}.")


@command.command("export")
@click.option(
    "--output",
    metavar="PATH",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file; standard output where left out.",
)
@force_option
@db_option
def export(*, output: Path | None, force: bool, db: str) -> None:
    """
    Write the corrections that hold as training labels: JSON Lines, offsets and no text.

    Each line is what one person said of one article, in the format of annotation/labels.jsonl; what the machine had read
    stands beside it.

    \b
    Example:
      counterclaim corrections export --output labels.jsonl --db demo.db
    """  # noqa: D301  click takes the backspace for "leave these lines as they are"
    from counterclaim.deciding import load_labels  # noqa: PLC0415
    from counterclaim.export.files import check_output, write_file  # noqa: PLC0415
    from counterclaim.store.store import open_store  # noqa: PLC0415

    with open_store(db) as store, store.read() as connection:
        check_output(output or "-", overwrite=force, store=store.file)
        labels, lost = load_labels(connection)
    text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in labels)
    if output:
        write_file(output, text)
        say(f"Wrote labels of {len(labels)} articles to {output}.")
    else:
        sys.stdout.write(text)
    if lost:
        say(
            f"{lost} correction{'s' if lost > 1 else ''} left out: the text or the reading changed. See: counterclaim corrections list"
        )
