"""
Time expressions on TimeBank and AQUAINT (TimeML): spans, types and values.

Comes in: the corpora folder. Goes out: precision, recall and F1 of spans (strict: same characters; relaxed: overlapping),
and value F1: overlapping with the same value, as TempEval-3 counts it.

Limit: the corpora disagree with themselves on some values (a year ago: a quarter or a year); nothing is corrected.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

from spacy.language import Language

from counterclaim.read.dates import find_times
from counterclaim.read.parse import load_language, parse_all
from counterclaim.read.syntax import read_tree
from counterclaim.types import Article, Timex
from evaluation.items import Note, ignore

FILES = ("time/timebank.jsonl", "time/aquaint.jsonl")


def load_rows(corpora: Path) -> list[dict]:
    """The documents of both corpora."""
    return [
        json.loads(line)
        for name in FILES
        for line in (corpora / name).read_text(encoding="utf-8").split("\n")
        if line.strip()
    ]


def normalise(value: str | None) -> str:
    """Week numbers with two digits; the X that some annotators append to decades and years left out."""
    text = re.sub(r"-W(\d)(?!\d)", r"-W0\1", value or "")
    return re.sub(r"(?<=\d)X+$|(-XX)+$", "", text)


def score(gold: list[tuple[int, int, str]], found: list[Timex]) -> Counter[str]:
    """Counts of gold, found, strict, relaxed and value matches of one document."""
    counts: Counter[str] = Counter(gold=len(gold), found=len(found))
    used: set[int] = set()
    for start, end, value in gold:
        for number, timex in enumerate(found):
            if number in used or timex.start_char >= end or timex.end_char <= start:
                continue
            used.add(number)
            counts["relaxed"] += 1
            counts["strict"] += timex.start_char == start and timex.end_char == end
            counts["value"] += normalise(timex.value) == normalise(value)
            break
    return counts


def f1(hits: int, gold: int, found: int) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * hits / (gold + found) if gold + found else 0.0


def evaluate(corpora: Path, language: Language | None = None, *, note: Note = ignore) -> dict[str, float]:
    """F1 of relaxed spans, strict spans and values, with relaxed precision and recall."""
    rows = load_rows(corpora)
    total: Counter[str] = Counter()
    docs = parse_all((row["text"] for row in rows), language or load_language())
    for row, doc in zip(rows, docs, strict=True):
        article = Article(id="", ref=row["doc_id"], text=row["text"], published=row["dct"][:10])
        gold = [(timex["start"], timex["end"], timex["value"]) for timex in row["timexes"]]
        found = list(find_times(read_tree(doc), article))
        total += score(gold, found)
        _note(note, row, gold, found)
    return {
        "relaxed_f1": f1(total["relaxed"], total["gold"], total["found"]),
        "relaxed_precision": total["relaxed"] / max(1, total["found"]),
        "relaxed_recall": total["relaxed"] / max(1, total["gold"]),
        "strict_f1": f1(total["strict"], total["gold"], total["found"]),
        "value_f1": f1(total["value"], total["gold"], total["found"]),
    }


def _note(note: Note, row: dict, gold: list[tuple[int, int, str]], found: list[Timex]) -> None:
    """Each marked expression, right where one that overlaps it has its value; each found where none is marked."""
    text = row["text"]
    for start, end, value in gold:
        near = [one for one in found if one.start_char < end and start < one.end_char]
        right = any(normalise(one.value) == normalise(value) for one in near)
        answer = "; ".join(f"{one.text} {one.value}" for one in near) or "nothing"
        said = f"{text[start:end]} {value}, found {answer} [{text[max(0, start - 60) : end + 60]}]"
        note("value", f"{row['doc_id']}:{start}", right, said)
    for one in found:
        if not any(start < one.end_char and one.start_char < end for start, end, _ in gold):
            around = text[max(0, one.start_char - 60) : one.end_char + 60]
            note(
                "value, none marked",
                f"{row['doc_id']}:{one.start_char}",
                False,
                f"{one.text} {one.value} [{around}]",
            )


if __name__ == "__main__":
    for name, value in evaluate(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/corpora")).items():
        print(f"{name}\t{value:.3f}")
