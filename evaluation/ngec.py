"""
Is a story's labelled type among its events: NGEC's machine-written news (silver labels).

Comes in: events/ngec_synthetic.jsonl, every `STEP`-th story. Goes out: the share of stories whose label is the type of an
event in the first five sentences, in all and by type. Retired and renamed modes are not compared.
Example: a story written for "Teachers Out on Strike" must hold a PROTEST.
Limit: the stories were written by a model from a headline; some never say what the headline says.

Run as a program it lists the misses: ``python -m evaluation.ngec [TYPE]``.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from evaluation.items import Note, ignore
from evaluation.plv import read_frames

FILE = "events/ngec_synthetic.jsonl"
SENTENCES = 5
# The stories come in runs of twelve to one headline; every eleventh still meets nearly every headline.
STEP = 11


def evaluate(corpora: Path, *, note: Note = ignore) -> dict[str, float]:
    """``ngec.found`` over all stories read, ``ngec.found.TYPE`` by label."""
    asked: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    for number, (label, text, found) in enumerate(_coded(corpora)):
        note(label, str(number), label in found, f"found {', '.join(sorted(found)) or 'nothing'}: {text}")
        asked[label] += 1
        hit[label] += label in found
    scores = {f"ngec.found.{label}": hit[label] / asked[label] for label in sorted(asked)}
    return {"ngec.found": hit.total() / asked.total(), **scores}


def _coded(corpora: Path) -> Iterator[tuple[str, str, set[str]]]:
    lines = (corpora / FILE).read_text(encoding="utf-8").split("\n")
    rows = [json.loads(line) for line in lines[::STEP] if line.strip()]
    for row, (doc, frames) in zip(rows, read_frames([row["text"] for row in rows]), strict=True):
        ends = [sentence.end for sentence in islice(doc.sents, SENTENCES)]
        last = ends[-1] if ends else 0
        yield row["label"], row["text"], {frame.type for frame in frames if frame.trigger < last}


if __name__ == "__main__":
    default = Path(__file__).parent.parent.parent / "shared" / "corpora"
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    for label, text, found in _coded(Path(os.environ.get("COUNTERCLAIM_CORPORA", default))):
        if label not in found and wanted in {"", label}:
            print(f"{label}\t{sorted(found)}\t{text[:600]!r}")
