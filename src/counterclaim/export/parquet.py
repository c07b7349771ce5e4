"""
Claims, or fused events, as Parquet: typed columns for data frames and databases.

Comes in: rows of claims, or events with what a rule chose, and a binary stream. Goes out: one Parquet file, compressed, in row
groups of a fixed size, so that memory stays the same however many rows come. Lists are lists; `resolved` of an event holds what
the rule makes of each column of its matrix; `rule` is the rule in force.

Known limit: dates are texts, as an event may have a day, a month or a minute.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from counterclaim.errors import ExtraMissing
from counterclaim.export import csv, flat
from counterclaim.export.fused import FusedEvent
from counterclaim.export.losses import Losses
from counterclaim.export.matrix import resolved_to_json

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = csv.COLUMNS
EVENT_COLUMNS = (*flat.COLUMNS, "resolved")
# Rows of events hold lists of lists; both take a few megabytes while they are written.
CLAIMS_IN_GROUP, EVENTS_IN_GROUP = 10_000, 1_000

_NUMBERS = frozenset(
    (
        *("start_char", "end_char", "geonameid", "articles", "stories", "origins"),
        *(f"{kind}_{end}" for kind in flat.COUNTED for end in ("low", "best", "high")),
    )
)
_DECIMALS = frozenset(("latitude", "longitude", "confidence"))
_LISTS = frozenset(("via", "modes", "contexts", "contested", "claimants"))


def write(rows: Iterable[Mapping[str, object]], stream: BinaryIO, losses: Losses) -> int:  # noqa: ARG001  nothing is lost
    """Write claims as they come; the number written comes back."""
    return _write(COLUMNS, rows, stream, CLAIMS_IN_GROUP)


def write_events(events: Iterable[FusedEvent], stream: BinaryIO, losses: Losses) -> int:
    """Write events as they come; the number written comes back."""

    def make_rows() -> Iterator[dict[str, object]]:
        for fused in events:
            yield flat.make_row(fused, losses) | {
                "resolved": [resolved_to_json(one) for one in fused.resolved]
            }

    return _write(EVENT_COLUMNS, make_rows(), stream, EVENTS_IN_GROUP)


def _write(
    columns: tuple[str, ...], rows: Iterable[Mapping[str, object]], stream: BinaryIO, size: int
) -> int:
    try:
        import pyarrow as pa  # noqa: PLC0415  the other formats need none of it
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError as missing:
        raise ExtraMissing(missing.name or "pyarrow", "parquet") from missing
    schema = pa.schema([pa.field(name, _type_of(name, pa)) for name in columns])
    number = 0
    remaining = iter(rows)
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        while group := list(islice(remaining, size)):
            number += len(group)
            writer.write_table(pa.Table.from_pylist(group, schema=schema), row_group_size=size)
    return number


def _type_of(name: str, pa: "pa") -> "pa.DataType":
    if name == "resolved":
        texts = ("field", "victims", "low", "best", "high", "status")
        return pa.list_(
            pa.struct([*((text, pa.string()) for text in texts), ("claimants", pa.list_(pa.string()))])
        )
    if name in _LISTS:
        return pa.list_(pa.string())
    if name in _NUMBERS:
        return pa.int64()
    return pa.float64() if name in _DECIMALS else pa.string()
