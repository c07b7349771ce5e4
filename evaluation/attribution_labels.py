"""
The weights' attribution labels alone, before any rule, against PolNeAR's development part.

Comes in: the corpora folder. Goes out: F1 over letters and digits for source, cue and content, each as one layer over
the text: which attribution a stretch belongs to is not asked. The first annotator of each document is the reference.

Limit: nested attributions fall into one; a content inside another adds nothing to its layer.
"""

import json
from collections import Counter
from pathlib import Path

from spacy.language import Language

from counterclaim.read.parse import load_language, parse_all

PARTS = ("source", "cue", "content")


def evaluate(corpora: Path, language: Language | None = None) -> dict[str, float]:
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
    return {
        part: 2 * counts[f"{part} both"] / max(1, counts[f"{part} gold"] + counts[f"{part} found"])
        for part in PARTS
    }


if __name__ == "__main__":
    import os

    for name, score in evaluate(Path(os.environ.get("COUNTERCLAIM_CORPORA", "../shared/corpora"))).items():
        print(f"{name:<12}{score:.4f}")
