"""
Attribution on PolNeAR (US politics, 2016): source, cue and content at the level of letters, and whole attributions.

Comes in: the corpora folder. Goes out: precision, recall and F1 over the letters and digits marked as source, cue and
content; F1 over attributions (contents sharing at least half of their union, and sources overlapping, or cues where
either side names no source); and how often a direct quotation gets the right speaker. Run as a program it lists
the kinds of miss in order of what they cost: ``python -m evaluation.polnear --misses``.

Limit: one annotator a document, the first in file order; annotators agree with each other at alpha 0.75 a token.
"""

import argparse
import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from counterclaim.pipeline import read_mentions
from counterclaim.read.attribution import find_attributions
from counterclaim.read.parse import load_language, parse_all
from counterclaim.types import Article, Attribution, Mention
from evaluation.items import Note, ignore

FILES = {"train": "attribution/polnear.train.jsonl", "dev": "attribution/polnear.dev.jsonl"}
LAYERS = ("source", "cue", "content")
# Content shared by two attributions that are the same, as a part of their union.
HALF = 0.5

Chars = frozenset[int]


@dataclass(frozen=True, slots=True)
class Marked:
    """One attribution as sets of character positions, letters and digits only."""

    source: Chars
    cue: Chars
    content: Chars
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """One article with the attributions that an annotator marked."""

    id: str
    text: str
    gold: tuple[Marked, ...]


# A document and what was read from it.
Reading = tuple[Document, tuple[Marked, ...]]


def load_documents(corpora: Path, part: str) -> Iterator[Document]:
    """The documents of a part, each with its first annotator's marks."""
    seen: set[str] = set()
    for line in (corpora / FILES[part]).read_text(encoding="utf-8").split("\n"):
        if not line.strip():
            continue
        row = json.loads(line)
        if row["doc_id"] in seen:
            continue
        seen.add(row["doc_id"])
        text = row["text"]
        gold = tuple(
            Marked(
                *(
                    letters(text, ((span["start"], span["end"]) for span in attribution[layer]))
                    for layer in LAYERS
                ),
                " | ".join(
                    f"{layer}: {' … '.join(span['text'] for span in attribution[layer])}" for layer in LAYERS
                ),
            )
            for attribution in row["attributions"]
            if attribution["content"]
        )
        yield Document(row["doc_id"], text, gold)


def letters(text: str, spans: Iterable[tuple[int, int]]) -> Chars:
    """Positions of the letters and digits inside the spans."""
    return frozenset(index for start, end in spans for index in range(start, end) if text[index].isalnum())


def mark(text: str, attributions: Iterable[Attribution]) -> tuple[Marked, ...]:
    """
    Attributions in PolNeAR's terms.

    Stretches that share their reporting words are one attribution. None of the corpus's 19,832 cues lies in another's
    content: what somebody reports inside what he says goes unmarked there, so ours is left out too.
    """
    groups: dict[tuple[int, int], list[Attribution]] = defaultdict(list)
    held = list(attributions)
    for attribution in held:
        cue = attribution.cue
        if cue and any(
            other.cue != cue
            and other.content.start_char <= cue.start_char
            and cue.end_char <= other.content.end_char
            for other in held
        ):
            continue
        groups[(cue.start_char, cue.end_char) if cue else (-attribution.content.start_char, 0)].append(
            attribution
        )
    found = []
    for (start, end), members in groups.items():
        source = source_span(text, members[0].source, start)
        found.append(
            Marked(
                letters(text, [source] if source else []),
                letters(text, [(start, end)] if end else []),
                letters(text, ((m.content.start_char, m.content.end_char) for m in members)),
                f"source: {text[slice(*source)] if source else None} | cue: {text[max(start, 0) : end]} | "
                f"content: {' … '.join(m.content.text for m in members)} | {members[0].rule}",
            )
        )
    return tuple(found)


RELATIVE = re.compile(r"^,?\s*(who|which|that)\b[^.;:]{0,60}$")


def source_span(text: str, source: Mention | None, cue_start: int) -> tuple[int, int] | None:
    """
    Where PolNeAR would mark the source.

    Its annotators mark the relative pronoun in "the envoy, who denied"; our source is the envoy.
    """
    if source is None:
        return None
    relative = RELATIVE.match(text[source.end_char : cue_start]) if source.end_char < cue_start else None
    if relative is None:
        return source.start_char, source.end_char
    return source.end_char + relative.start(1), source.end_char + relative.end(1)


def is_match(gold: Marked, ours: Marked) -> bool:
    """Whether the two are the same attribution: half of the content, and the source or the cue."""
    union = len(gold.content | ours.content)
    if not union or len(gold.content & ours.content) < HALF * union:
        return False
    if gold.source and ours.source:
        return bool(gold.source & ours.source)
    return bool(gold.cue & ours.cue)


def align(gold: tuple[Marked, ...], ours: tuple[Marked, ...]) -> list[tuple[Marked, Marked]]:
    """Pairs that match, each side used once, the best overlap first."""
    pairs = [
        (len(g.content & o.content) / len(g.content | o.content), i, j)
        for i, g in enumerate(gold)
        for j, o in enumerate(ours)
        if is_match(g, o)
    ]
    left: set[int] = set()
    right: set[int] = set()
    found = []
    for _, i, j in sorted(pairs, reverse=True):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            found.append((gold[i], ours[j]))
    return found


def score(documents: Iterable[Reading]) -> dict[str, float]:
    """All scores over documents and what was read from them."""
    hits: Counter[str] = Counter()
    golds: Counter[str] = Counter()
    ours_total: Counter[str] = Counter()
    count = 0
    for document, ours in documents:
        count += 1
        for layer in LAYERS:
            marked = union(getattr(g, layer) for g in document.gold)
            found = union(getattr(o, layer) for o in ours)
            hits[layer] += len(marked & found)
            golds[layer] += len(marked)
            ours_total[layer] += len(found)
        pairs = align(document.gold, ours)
        hits["attribution"] += len(pairs)
        golds["attribution"] += len(document.gold)
        ours_total["attribution"] += len(ours)
        for gold, right in speakers(document, ours):
            golds["speaker"] += 1
            hits["speaker"] += right
            del gold
    scores: dict[str, float] = {"n_documents": count, "n_attributions": golds["attribution"]}
    for layer in (*LAYERS, "attribution"):
        precision = hits[layer] / max(ours_total[layer], 1)
        recall = hits[layer] / max(golds[layer], 1)
        scores[f"{layer}_precision"] = precision
        scores[f"{layer}_recall"] = recall
        scores[f"{layer}_f1"] = 2 * precision * recall / max(precision + recall, 1e-9)
    scores["direct_speaker_accuracy"] = hits["speaker"] / max(golds["speaker"], 1)
    return scores


def union(parts: Iterable[Chars]) -> set[int]:
    """All positions of the parts."""
    found: set[int] = set()
    for part in parts:
        found |= part
    return found


QUOTED = re.compile(r"content: ['‘“\"`]")


def speakers(document: Document, ours: tuple[Marked, ...]) -> Iterator[tuple[Marked, bool]]:
    """For each direct quotation with a speaker: whether the attribution that holds most of it has that speaker."""
    for gold in document.gold:
        if not gold.source or not QUOTED.search(gold.text):
            continue
        best = max(
            ours, key=lambda o: len(o.content & gold.content) / len(o.content | gold.content), default=None
        )
        right = best is not None and bool(best.content & gold.content) and bool(best.source & gold.source)
        yield gold, right


def read(documents: Iterable[Document], language: Language) -> Iterator[Reading]:
    """What the rules find in each document."""
    held = list(documents)
    for document, doc in zip(held, parse_all([d.text for d in held], language), strict=True):
        article = Article(id=document.id, ref=document.id, text=document.text)
        yield document, mark(document.text, find_attributions(read_mentions(doc, article)[0]))


def evaluate(corpora: Path, *, note: Note = ignore) -> dict[str, float]:
    """The scores on the development part."""
    readings = list(read(load_documents(corpora, "dev"), load_language()))
    note_attributions(readings, note)
    return score(readings)


def note_attributions(readings: list[Reading], note: Note) -> None:
    """Each marked attribution, right where one of ours matches it; each of ours whose cue nobody marked."""
    for document, ours in readings:
        pairs = {id(gold) for gold, _ in align(document.gold, ours)}
        for gold in document.gold:
            near = max(ours, key=lambda o: len(o.cue & gold.cue), default=None)
            found = near.text if near and near.cue & gold.cue else "nothing"
            key = f"{document.id}:{min(gold.cue | gold.content)}"
            note("attribution", key, id(gold) in pairs, f"{gold.text}, found: {found}")
        for one in ours:
            if not any(one.cue & gold.cue for gold in document.gold):
                key = f"{document.id}:{min(one.cue | one.content, default=0)}"
                note("attribution, none marked", key, False, one.text)
        for gold, right in speakers(document, ours):
            note("speaker of a quotation", f"{document.id}:{min(gold.content)}", right, gold.text)


def misses(documents: Iterable[Reading]) -> Iterator[tuple[str, str, str]]:
    """Every gold attribution missed and every one of ours too many, as (kind, what, document)."""
    for document, ours in documents:
        pairs = align(document.gold, ours)
        used_gold = {id(gold) for gold, _ in pairs}
        used_ours = {id(one) for _, one in pairs}
        for gold in document.gold:
            if id(gold) in used_gold:
                continue
            near = max(ours, key=lambda o: len(o.cue & gold.cue), default=None)
            if near is None or not near.cue & gold.cue:
                yield _unseen(gold), gold.text, document.id
            else:
                yield _difference(gold, near), f"{gold.text}\n      ours {near.text}", document.id
        for one in ours:
            if id(one) not in used_ours and not any(one.cue & gold.cue for gold in document.gold):
                yield (
                    f"too many, {'from labels' if '| weights/' in one.text else 'by rule'}",
                    one.text,
                    document.id,
                )


def _unseen(gold: Marked) -> str:
    words = gold.text.split("cue: ", 1)[1].split(" | content: ", 1)[0].split()
    if not gold.cue:
        return "cue missed: punctuation or none"
    return "cue missed: one word" if len(words) == 1 else "cue missed: several words"


def _difference(gold: Marked, ours: Marked) -> str:
    if gold.source and not ours.source:
        return "source missed"
    if gold.source and not gold.source & ours.source:
        return "source wrong"
    shared = len(gold.content & ours.content)
    if not shared:
        return "content elsewhere"
    return "content too short" if shared < HALF * len(gold.content) else "content too long"


def gains(documents: Iterable[Reading]) -> list[tuple[float, int, str]]:
    """What each kind of miss costs: points of attribution F1 gained if it alone were mended, how many, the kind."""
    readings = list(documents)
    hits = sum(len(align(document.gold, ours)) for document, ours in readings)
    golds = sum(len(document.gold) for document, _ in readings)
    found = sum(len(ours) for _, ours in readings)
    counts = Counter(kind for kind, _, _ in misses(readings))

    def f1(more: int, made: int) -> float:
        return 200 * (hits + more) / max(golds + found + made, 1)

    gained = []
    for kind, count in counts.items():
        if kind.startswith("too many"):
            after = f1(0, -count)
        else:
            after = f1(count, count if kind.startswith("cue missed") else 0)
        gained.append((after - f1(0, 0), count, kind))
    return sorted(gained, reverse=True)


def print_misses(readings: list[Reading], kind: str = "") -> None:
    """The kinds of miss in order of gain; those of one kind in full."""
    for points, count, name in gains(readings):
        print(f"{points:5.1f} points  {count:5}  {name}")
    for name, text, document in misses(readings):
        if kind and name.startswith(kind):
            print(f"- {document}: {text}".replace("\n\n", " "))


def main() -> None:
    """Scores of a part and what each kind of miss costs; with ``--misses KIND`` those of one kind in full."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.polnear", description=main.__doc__)
    parser.add_argument("part", nargs="?", default="dev", choices=tuple(FILES))
    parser.add_argument("--misses", nargs="?", default="", const="", metavar="KIND")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth document")
    options = parser.parse_args()
    corpora = Path(
        os.environ.get("COUNTERCLAIM_CORPORA", Path(__file__).parent.parent.parent / "shared" / "corpora")
    )
    documents = [d for n, d in enumerate(load_documents(corpora, options.part)) if n % options.every == 0]
    readings = list(read(documents, load_language()))
    for key, value in score(readings).items():
        print(f"{key:<28}{value:9.3f}")
    print_misses(readings, options.misses)


if __name__ == "__main__":
    main()
