"""
The nouns, in the order in which they come to exist. Frozen records only; no behaviour.

    gathered  pages, articles          fused   stories, events, tellings, what lists show
    read      mentions to readings     matrix  claimants against fields
    judged    what people decided

Offsets `start_char`, `end_char` are half-open characters into `Article.text`; `start`, `end` and
`head` are token indexes of the spaCy `Doc` parsed from it, and never leave `read/`.
"""

from counterclaim.types.fused import Change, Claimant, Copy, Event, Listing, Realis, Story, Telling, Term
from counterclaim.types.gathered import Article, Dateline, Dropped, Page, PublishedFrom, Rejection, Update
from counterclaim.types.judged import Correction, Judgement
from counterclaim.types.matrix import (
    Bounds,
    CellValue,
    Matrix,
    MatrixColumn,
    MatrixRow,
    Relation,
    Status,
    Value,
    Victims,
    What,
)
from counterclaim.types.read import (
    ASSERTING,
    Actor,
    Attribution,
    Basis,
    Cell,
    Claim,
    Count,
    Cue,
    DatePrecision,
    DateRange,
    EventMention,
    EventRow,
    Filling,
    Flag,
    Frame,
    Mention,
    Place,
    PlacePrecision,
    PlaceRelation,
    Reading,
    Salience,
    Span,
    Stance,
    Timex,
    TimexType,
)

__all__ = [
    "ASSERTING",
    "Actor",
    "Article",
    "Attribution",
    "Basis",
    "Bounds",
    "Cell",
    "CellValue",
    "Change",
    "Claim",
    "Claimant",
    "Copy",
    "Correction",
    "Count",
    "Cue",
    "DatePrecision",
    "DateRange",
    "Dateline",
    "Dropped",
    "Event",
    "EventMention",
    "EventRow",
    "Filling",
    "Flag",
    "Frame",
    "Judgement",
    "Listing",
    "Matrix",
    "MatrixColumn",
    "MatrixRow",
    "Mention",
    "Page",
    "Place",
    "PlacePrecision",
    "PlaceRelation",
    "PublishedFrom",
    "Reading",
    "Realis",
    "Rejection",
    "Relation",
    "Salience",
    "Span",
    "Stance",
    "Status",
    "Story",
    "Telling",
    "Term",
    "Timex",
    "TimexType",
    "Update",
    "Value",
    "Victims",
    "What",
]
