"""
A whole store in one format, to a file, standard output or any stream.

Comes in: an open store, a format's name and where to write. Goes out: how many records were written, and what the format could not
hold. A file is written beside its name and takes it at the end: whoever finds it finds it whole.
"""

import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from counterclaim.errors import InputError
from counterclaim.export import FORMATS, Format
from counterclaim.export.files import check_output, open_output
from counterclaim.export.fused import iter_fused
from counterclaim.export.losses import Losses
from counterclaim.export.reading import leave_out_unsure
from counterclaim.fuse.listing import find_confidence
from counterclaim.fuse.resolution import Rule, make_rule
from counterclaim.store.corrections import are_any
from counterclaim.store.events import Connection
from counterclaim.store.queries import iter_claims
from counterclaim.store.rows import load_corrected, load_readings

if TYPE_CHECKING:
    from counterclaim.store.store import Store


class Exported(NamedTuple):
    """
    What an export came to.

    Attributes:
        number: Records written.
        losses: What the format could not hold, each with how often, for people.
    """

    number: int
    losses: tuple[str, ...]


def export_store(
    store: "Store",
    format: str,  # noqa: A002  what the command calls it
    output: str | Path | IO[Any] = "-",
    *,
    rule: str | Rule = "range",
    hierarchy: Path | None = None,
    complete: bool = False,
    raw: bool = False,
    min_confidence: float = 0.0,
) -> Exported:
    """
    Write what a store holds in a format.

    Args:
        format: A name of `counterclaim.export.FORMATS`: ``csv``, ``geojson``, ``ucdp`` …
        output: A path; ``-`` for standard output; or a stream, of bytes for the formats that are.
        rule: For formats of events, how to choose between claimants: a name such as ``low-best-high``, or what `make_rule` made.
        hierarchy: For the rule ``hierarchy``, a file that lists claimants.
        complete: Leave out rows that lack what every row of the field's own files has.
        raw: Cells that a spreadsheet would run as formulas are written as they are, without an apostrophe before them.
        min_confidence: Leave out events whose every telling is less sure than this, or, in formats of claims and articles, each such mention.

    Raises:
        InputError: there is no such format or rule, the format has no rows to complete, or the file cannot be written.
        ExtraMissing: the format needs a library that is not installed.
    """
    if format not in FORMATS:
        nearest = difflib.get_close_matches(format, FORMATS, n=1)
        hint = f"Did you mean {nearest[0]}?" if nearest else f"Formats: {', '.join(FORMATS)}."
        raise InputError(f"There is no format {format!r}. {hint}")
    chosen, lost = FORMATS[format], Losses()
    if complete and not chosen.completes:
        fit = ", ".join(one.name for one in FORMATS.values() if one.completes)
        raise InputError(f"{format} has no rows to complete. Complete rows go with: {fit}.")
    if raw and not chosen.is_table:
        raise InputError(f"{format} has no cells that a spreadsheet runs: it is raw as it is.")
    options = {name: True for name, asked in (("complete", complete), ("raw", raw)) if asked}
    resolution = rule if isinstance(rule, Rule) else make_rule(rule, hierarchy)
    # A script that names a file means it, as with `open`; only the store it reads from is never meant.
    check_output(output, overwrite=True, store=store.file)
    with (
        store.read() as connection,
        open_output(output, is_binary=chosen.is_binary) as stream,
    ):
        number = chosen.load_writer()(
            _load(chosen, connection, resolution, min_confidence), stream, lost, **options
        )
    return Exported(number, tuple(lost.report()))


def _load(chosen: Format, connection: Connection, rule: Rule, least: float) -> Iterable[object]:
    """What the format is made of, a little at a time."""
    if chosen.of == "claims":
        return iter_claims(connection, min_confidence=least)
    if chosen.of == "readings" and are_any(connection):
        return (
            one._replace(reading=leave_out_unsure(one.reading, least)) for one in load_corrected(connection)
        )
    if chosen.of == "readings":
        return (leave_out_unsure(reading, least) for reading in load_readings(connection))
    return (
        fused
        for fused in iter_fused(connection, rule)
        if (sure := find_confidence(fused.tellings)) is None or sure >= least
    )
