"""
Readings and stores written for others: one file per format.

`FORMATS` lists them. Each has a function that takes what the format is made of (claims, readings or fused events), a stream and a
`Losses`, writes as they come, and gives back how many it wrote.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Literal


@dataclass(frozen=True, slots=True)
class Format:
    """
    One kind of file.

    Attributes:
        of: What it is made of: ``claims`` and ``readings`` as they were read, ``events`` by a resolution rule.
        writes: What its records are, for messages.
        text: For people: what the file is like.
        module: In this package.
        function: In that module.
        is_binary: It is bytes and not text.
        is_table: A spreadsheet opens it, so that its cells are kept from being run.
        completes: It can leave out rows that lack what every row of the field's own files has.
    """

    name: str
    of: Literal["claims", "readings", "events"]
    writes: str
    text: str
    module: str
    function: str = "write"
    is_binary: bool = False
    is_table: bool = False
    completes: bool = False

    @property
    def one(self) -> str:
        """What it writes, if it is one."""
        return "entity" if self.writes == "entities" else self.writes.removesuffix("s")

    def load_writer(self) -> Callable[..., int]:
        """The function that writes it; its library is asked for when it writes."""
        writer: Callable[..., int] = getattr(
            import_module(f"counterclaim.export.{self.module}"), self.function
        )
        return writer


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format("csv", "claims", "claims", "a claim a row, with who says it", "csv", is_table=True),
        Format("jsonl", "readings", "articles", "an article an object, as read --json prints it", "jsonl"),
        Format(
            "parquet",
            "claims",
            "claims",
            "as csv, with typed columns; extra parquet",
            "parquet",
            is_binary=True,
        ),
        Format(
            "events-csv",
            "events",
            "events",
            "an event a row, with what the rule chose",
            "csv",
            "write_events",
            is_table=True,
        ),
        Format(
            *("events-jsonl", "events", "events", "an event an object, with its whole claim matrix"),
            *("jsonl", "write_events"),
        ),
        Format(
            *("events-parquet", "events", "events", "as events-csv, with typed columns; extra parquet"),
            *("parquet", "write_events"),
            is_binary=True,
        ),
        Format("geojson", "events", "events", "for maps: points, areas, or no geometry", "geojson"),
        Format("plover", "events", "events", "PLOVER records, JSON Lines", "plover"),
        Format("ftm", "events", "entities", "FollowTheMoney entities, JSON Lines", "ftm"),
        Format(
            *("polecat", "events", "rows", "POLECAT: 40 columns, tabs, header", "polecat"),
            is_table=True,
            completes=True,
        ),
        Format(
            *("gdelt", "events", "rows", "GDELT 2.0 events: 61 columns, tabs, no header", "gdelt"),
            is_table=True,
            completes=True,
        ),
        Format(
            *("gdelt-mentions", "events", "rows", "GDELT 2.0 mentions: 16 columns, tabs, no header"),
            *("gdelt", "write_mentions"),
            is_table=True,
            completes=True,
        ),
        Format(
            *("ucdp", "events", "rows", "UCDP GED: 49 columns, commas, header", "ucdp"),
            is_table=True,
            completes=True,
        ),
        Format(
            *("acled", "events", "rows", "ACLED: 31 columns, commas, header", "acled"),
            is_table=True,
            completes=True,
        ),
        Format(
            *("phoenix", "events", "rows", "Phoenix: 26 columns, tabs, no header", "phoenix"),
            is_table=True,
            completes=True,
        ),
    )
}
