"""
Attribution on forty passages far from US politics: ministries, armies, encyclopedia, newspapers of three continents.

Comes in: the corpora folder and ``passages.jsonl``, which holds offsets only. Goes out: the scores of `polnear`. The passages are a
seeded choice from re3d and the Worldwide newswire, spread over publishers and regions; some hold no attribution. One
person marked them by PolNeAR's conventions (attitudes and intentions too, nothing inside a content, auxiliaries and
the preposition before the content in the cue) from the text alone, before anything had read them.

Offsets are characters for re3d. The newswire comes as words, so there they are word numbers over the passage's rows.

Limit: one annotator, 117 attributions: a point of F1 is about one of them.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from annotation.running_text import write_out
from counterclaim.read.parse import load_language
from evaluation.items import Note, ignore
from evaluation.polnear import LAYERS, Document, Marked, letters, note_attributions, print_misses, read, score

PASSAGES = Path(__file__).parent / "passages.jsonl"
Spans = list[tuple[int, int]]


def load_passages(corpora: Path) -> Iterator[Document]:
    """The passages with their marks as character positions."""
    documents = {row["doc_id"]: row for row in _rows(corpora / "ner/re3d.jsonl")}
    newswire = {row["id"]: row for row in _rows(corpora / "ner/worldwide_newswire.tune.jsonl")}
    for passage in _rows(PASSAGES):
        if "doc_id" in passage:
            id_, words = passage["doc_id"], None
            text = documents[id_]["text"][: passage["end"]]
        else:
            id_ = passage["rows"][0]
            text, words = _written_out([newswire[row] for row in passage["rows"]])
        gold = []
        for attribution in passage["attributions"]:
            spans = {layer: _characters(attribution[layer], words) for layer in LAYERS}
            shown = " | ".join(
                f"{layer}: {' … '.join(text[start:end] for start, end in spans[layer])}" for layer in LAYERS
            )
            gold.append(Marked(*(letters(text, spans[layer]) for layer in LAYERS), shown))
        yield Document(id_, text, tuple(gold))


def _rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def _written_out(rows: list[dict]) -> tuple[str, Spans]:
    """The rows as paragraphs of running text, and the characters of each word."""
    text, words = "", []
    for row in rows:
        paragraph, offsets = write_out(row["tokens"], row["tags"])
        text += "\n\n" if text else ""
        words += [(len(text) + start, len(text) + end) for start, end in offsets]
        text += paragraph
    return text, words


def _characters(spans: list[list[int]], words: Spans | None) -> Spans:
    if words is None:
        return [(start, end) for start, end in spans]
    return [(words[start][0], words[end - 1][1]) for start, end in spans]


def evaluate(corpora: Path, *, note: Note = ignore) -> dict[str, float]:
    """The scores over the forty passages."""
    readings = list(read(load_passages(corpora), load_language()))
    note_attributions(readings, note)
    return score(readings)


if __name__ == "__main__":
    folder = Path(os.environ.get("COUNTERCLAIM_CORPORA", "../shared/corpora"))
    readings = list(read(load_passages(folder), load_language()))
    for name, value in score(readings).items():
        print(f"{name:<28}{value:9.3f}")
    print_misses(readings)
