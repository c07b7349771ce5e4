"""
The weights' attribution labels alone, before any rule, against PolNeAR's development part.

Comes in: the corpora folder. Goes out: F1 over letters and digits for source, cue and content, each as one layer over
the text: which attribution a stretch belongs to is not asked. The first annotator of each document is the reference.

Limit: nested attributions fall into one; a content inside another adds nothing to its layer.
"""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Span

from counterclaim.read.parse import load_language, parse_all
from evaluation.items import Note, ignore

PARTS = ("source", "cue", "content")


def evaluate(corpora: Path, language: Language | None = None, *, note: Note = ignore) -> dict[str, float]:
    """Score the three layers."""
    rows: dict[str, dict] = {}
    for line in (corpora / "attribution/polnear.dev.jsonl").read_text(encoding="utf-8").split("\n"):
        if line:
            row = json.loads(line)
            rows.setdefault(row["doc_id"], row)
    counts: Counter[str] = Counter()
    docs = parse_all((row["text"] for row in rows.values()), language or load_language())
    for row, doc in zip(rows.values(), docs, strict=True):
        letters = {at for at, char in enumerate(row["text"]) if char.isalnum()}
        for part in PARTS:
            gold = {
                at
                for attribution in row["attributions"]
                for span in attribution[part] or ()
                for at in range(span["start"], span["end"])
            } & letters
            group = doc.spans.get(f"attr_{part}", ())
            found = {at for span in group for at in range(span.start_char, span.end_char)} & letters
            counts[f"{part} gold"] += len(gold)
            counts[f"{part} found"] += len(found)
            counts[f"{part} both"] += len(gold & found)
            _note(note, row, part, (gold, found, letters), group)
    return {
        part: 2 * counts[f"{part} both"] / max(1, counts[f"{part} gold"] + counts[f"{part} found"])
        for part in PARTS
    }


def _note(
    note: Note, row: dict, part: str, sets: tuple[set[int], set[int], set[int]], group: Iterable[Span]
) -> None:
    """Each marked stretch, right where most of it is found; each found where nothing is marked."""
    gold, found, letters = sets
    for attribution in row["attributions"]:
        for span in attribution[part] or ():
            inside = letters & set(range(span["start"], span["end"]))
            text = f"{row['text'][span['start'] : span['end']]} [{_around(row['text'], span['start'])}]"
            note(part, f"{row['doc_id']}:{span['start']}", 2 * len(inside & found) > len(inside), text)
    for span in group:
        if not gold & set(range(span.start_char, span.end_char)):
            text = f"{span.text} [{_around(row['text'], span.start_char)}]"
            note(f"{part}, none marked", f"{row['doc_id']}:{span.start_char}", False, text)


def _around(text: str, at: int) -> str:
    return text[max(0, at - 60) : at + 80]


if __name__ == "__main__":
    import os

    for name, score in evaluate(Path(os.environ.get("COUNTERCLAIM_CORPORA", "../shared/corpora"))).items():
        print(f"{name:<12}{score:.4f}")
