"""Events as exports take them, from reports made by hand."""

import csv
import io

from counterclaim.export.fused import fuse_event
from counterclaim.export.losses import Losses
from counterclaim.fuse.describe import make_event
from counterclaim.fuse.resolution import make_rule
from counterclaim.fuse.tellings import make_tellings
from counterclaim.gather.duplicates import collapse


def fuse_as_one(*reports, rule="low-best-high"):
    """All that the reports tell, taken for one event whatever fusion would say."""
    tellings = make_tellings(reports, collapse(reading.article for reading in reports))
    return fuse_event(make_event(tellings), tellings, make_rule(rule))


class Written:
    """What a format made of some reports, taken for one event, read back by column."""

    def __init__(self, write, columns, reports, *, rule="low-best-high", tabs=True, header=True, **options):
        stream, losses = io.StringIO(newline=""), Losses()
        events = [fuse_as_one(*reports, rule=rule)] if reports else []
        self.number = write(events, stream, losses, **options)
        self.text = stream.getvalue()
        self.losses = dict(line.rsplit(": ", 1) for line in losses.report())
        dialect = {"delimiter": "\t"} if tabs else {}
        lines = list(csv.reader(io.StringIO(self.text, newline=""), **dialect))
        self.header = tuple(lines.pop(0)) if header else None
        assert {len(line) for line in lines} <= {len(columns)}
        self.rows = [dict(zip(columns, line, strict=True)) for line in lines]

    @property
    def row(self):
        (row,) = self.rows
        return row
