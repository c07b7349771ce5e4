"""
The labels, loaded: one record a document, offsets into the text that `annotation.documents` builds.

In: `annotation/labels.jsonl`. Out: `Labelled` records. Example:

    from annotation.documents import Corpora
    from annotation.labels import load
    for labelled in load():
        document = Corpora(folder).get(labelled.id, labelled.segments)

Limit: a corpus that changed since is told by `sha256`, not mended.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LABELS = Path(__file__).parent / "labels.jsonl"
FIRST = Path(__file__).parent / "first.jsonl"
# Short sentences of ours: the same words in and out of politics.
OWN = Path(__file__).parent / "own.tsv"
AGAIN = Path(__file__).parent / "second.jsonl"


@dataclass(frozen=True, slots=True)
class Labelled:
    """
    One document's labels.

    Attributes:
        id: ``corpus/name``.
        sha256: Of the text the offsets count in (`Document.sha256`).
        whole_document: Whether the events were also put into a table.
        segments: For web pages, the stretches of the page's text that were labelled.
        triggers: ``start_char``, ``end_char``, ``asked`` (it had a number; else the annotator added it), ``event``; if none ``why``; if one ``type``,
            ``modes``, ``realis``, ``group``, ``actors``, ``recipients`` (lists of [start, end]).
        table: For each group what the mentions' own words do not say: ``place``, ``date``, ``counts`` (``kind``, ``number``, ``victims``, ``by``), ``actors``,
            ``recipients``, ``claimed``, ``denied``, ``background``.
    """

    id: str
    sha256: str
    whole_document: bool
    segments: tuple[tuple[int, int], ...]
    triggers: tuple[dict[str, Any], ...]
    table: tuple[dict[str, Any], ...]


def load(path: Path | None = None) -> Iterator[Labelled]:
    """Yield each labelled document in the file's order; `path` for another file of the same format."""
    for line in (path or LABELS).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Labelled(
            row["id"],
            row["sha256"],
            row["whole_document"],
            tuple((first, last) for first, last in row["segments"]),
            tuple(row["triggers"]),
            tuple(row["table"]),
        )
