"""
The treebanks: CoNLL-U files read as raw text with gold words at their character offsets.

In: `parse/*.conllu` below the corpora folder. Out: `Sentence`s.
Example: "# text = We don't." -> text "We don't.", words We(0:2) do(3:5) n't(5:8) .(8:9).
Limit: sentences whose words cannot be found in their text, one after another, are left out (none in EWT and GUM).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a treebank; `head` is an index into the same sequence, its own index for a root."""

    start: int
    end: int
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with the document and paragraph it stands in."""

    doc: str
    paragraph: int
    text: str
    words: tuple[Word, ...]


def read(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL-U file."""
    doc, paragraph, text = "", 0, ""
    rows: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc"):
            doc = line.partition("=")[2].strip()
            paragraph += 1
        elif line.startswith("# newpar") and "block" not in line:
            paragraph += 1
        elif line.startswith("# text = "):
            text = line[9:]
        elif line.startswith("#"):
            continue
        elif line:
            row = line.split("\t")
            if row[0].isdigit():
                rows.append(row)
        elif rows:
            words = _words(text, rows)
            if words is not None:
                yield Sentence(doc, paragraph, text, words)
            rows, text = [], ""


def _words(text: str, rows: list[list[str]]) -> tuple[Word, ...] | None:
    words, at = [], 0
    for number, row in enumerate(rows):
        while at < len(text) and text[at].isspace():
            at += 1
        if not text.startswith(row[1], at):
            return None
        head = int(row[6]) - 1 if row[6] != "0" else number
        feats = "" if row[5] == "_" else row[5]
        lemma = row[1] if row[2] == "_" and row[1] != "_" else row[2]
        words.append(Word(at, at + len(row[1]), lemma, row[3], row[4], feats, head, row[7]))
        at += len(row[1])
    return tuple(words)
