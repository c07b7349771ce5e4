"""Events as exports take them, from reports made by hand."""

import csv
import io

from counterclaim.export.fused import fuse_event
from counterclaim.export.losses import Losses
from counterclaim.fuse import fuse
from counterclaim.fuse.resolution import make_rule
from counterclaim.fuse.tellings import make_tellings
from counterclaim.gather.duplicates import collapse


def fuse_reports(*reports, rule="low-best-high"):
    stories = collapse(reading.article for reading in reports)
    told = {}
    for telling in make_tellings(reports, stories):
        told.setdefault((telling.article.id, telling.mention.id), []).append(telling)
    for event in fuse(reports, stories):
        tellings = [telling for member in event.members for telling in told[member]]
        yield fuse_event(event, tuple(tellings), make_rule(rule))


class Written:
    """What a format made of some reports, read back by column."""

    def __init__(self, write, columns, reports, *, rule="low-best-high", tabs=True, header=True, **options):
        stream, losses = io.StringIO(newline=""), Losses()
        self.number = write(fuse_reports(*reports, rule=rule), stream, losses, **options)
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
