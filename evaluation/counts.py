"""
Counts on ISAF press releases (minimum killed and captured) and MUC-4 incidents (dead and injured).

Comes in: the corpora folder. Goes out: for ISAF, how often the release's minimum is found exactly where there is one, and how
often something is counted where there is none; for MUC-4, how often the number of a target that died or was hurt is found exactly.

An ISAF label is one number for a whole release. It is read off the reading's JSON alone: the largest number of each row of the event table,
added up (`table_minimum`); what is said twice, which number is a part of which and what was only planned is the product's to know.

Limit: MUC-4 keys give a number for each target, looked for in the sentences that name the target. An ISAF label counts insurgents alone: a row
about soldiers killed the week before is a false alarm here, and none to a reader.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from counterclaim.export.reading import to_json
from counterclaim.pipeline import read_text
from counterclaim.read.casualties import find_counts
from counterclaim.read.parse import load_language, parse_all
from counterclaim.read.syntax import read_tree
from counterclaim.types import Count
from evaluation.items import Note, ignore

ISAF = "casualty/isaf_press_releases.tune.jsonl"
MUC = "muc4/muc4.dev.jsonl"
EFFECTS = {"DEATH": "dead", "INJURY": "injured"}
Json = dict[str, Any]
LABELS = {"killed": frozenset(("dead",)), "captured": frozenset(("captured", "arrested"))}


def load_rows(path: Path) -> list[dict]:
    """The JSON objects of a file, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def table_minimum(reading: Json, kinds: frozenset[str]) -> int:
    """
    The release's minimum for those kinds, as the event table of its JSON has it.

    Each row is a happening of its own, told as often as it may be: the largest of its numbers, and these together.

    >>> rows = [[("dead", 3), ("dead", 5)], [("dead", 2), ("injured", 9)]]
    >>> counts = [{"counts": [{"kind": kind, "low": low} for kind, low in row]} for row in rows]
    >>> table_minimum({"event_table": counts}, frozenset(("dead",)))
    7
    """
    rows = (
        [one["low"] or 0 for one in row["counts"] if one["kind"] in kinds] for row in reading["event_table"]
    )
    return sum(max(numbers, default=0) for numbers in rows)


def score_isaf(rows: list[dict], readings: Iterable[Json], note: Note = ignore) -> dict[str, float]:
    """Exact minimum where there is one; how often nothing is counted where there is none."""
    exact: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    for row, reading in zip(rows, readings, strict=True):
        for name, kinds in LABELS.items():
            found, gold = table_minimum(reading, kinds), row["labels"][f"min_{name}"] or 0
            note(f"isaf {name}", str(row["id"]), found == gold, f"{gold}, found {found} [{row['text']}]")
            asked[name] += gold > 0
            exact[name] += found == gold > 0
            alarms[name] += found > 0 == gold
    result = {}
    for name in LABELS:
        result[f"isaf_{name}_exact"] = exact[name] / max(1, asked[name])
        result[f"isaf_{name}_without_false_alarm"] = 1 - alarms[name] / max(1, len(rows) - asked[name])
    return result


def muc_keys(row: dict) -> list[tuple[str, int, tuple[str, ...]]]:
    """Kind, number and names of each target of a report whose number is a plain numeral."""
    keys = []
    for template in row["templates"]:
        numbers = {
            name: int(entry["value"])
            for entry in template.get("hum_tgt_number", [])
            if re.fullmatch(r"\d+", str(entry.get("value")))
            for name in entry.get("ref", [])
        }
        for entry in template.get("hum_tgt_effect", []):
            kind = EFFECTS.get(str(entry.get("value")))
            names = tuple(name for name in entry.get("ref", []) if name in numbers)
            if kind and names:
                keys.append((kind, numbers[names[0]], names))
    return keys


def score_muc(rows: list[dict], docs: list[Doc], note: Note = ignore) -> dict[str, float]:
    """How often a target's number is counted exactly, in a sentence that names the target."""
    result: dict[str, float] = {}
    tallies: dict[str, list[bool]] = {"dead": [], "injured": []}
    for row, doc in zip(rows, docs, strict=True):
        keys = muc_keys(row)
        if not keys:
            continue
        counts = find_counts(read_tree(doc))
        for kind, number, names in keys:
            hit = any(_answers(doc, count, kind, number, names) for count in counts)
            tallies[kind].append(hit)
            found = "; ".join(f"{one.text} {one.kind}" for one in counts)
            note(
                f"muc {kind}",
                f"{row['doc_id']}:{names[0]}",
                hit,
                f"{number} {kind} of {names[0]}, found: {found}",
            )
    for kind, hits in tallies.items():
        result[f"muc_{kind}_exact"] = sum(hits) / max(1, len(hits))
    return result


def _answers(doc: Doc, count: Count, kind: str, number: int, names: tuple[str, ...]) -> bool:
    if count.kind != kind or count.low != number:
        return False
    sentence = " ".join(doc[count.trigger].sent.text.upper().split())
    return any(word in sentence for name in names for word in (name.upper(), name.upper().split()[-1]))


def evaluate(corpora: Path, language: Language | None = None, *, note: Note = ignore) -> dict[str, float]:
    """All measures of both corpora."""
    language = language or load_language()
    isaf = load_rows(corpora / ISAF)
    readings = (to_json(read_text(row["text"], language, verbatim=True)) for row in isaf)
    result = score_isaf(isaf, readings, note)
    muc = [row for row in load_rows(corpora / MUC) if muc_keys(row)]
    result |= score_muc(muc, list(parse_all((row["text"] for row in muc), language)), note)
    return result


if __name__ == "__main__":
    for name, value in evaluate(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/corpora")).items():
        print(f"{name}\t{value:.3f}")
