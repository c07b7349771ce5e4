"""
Counts on ISAF press releases (minimum killed and captured) and MUC-4 incidents (dead and injured).

Comes in: the corpora folder. Goes out: for ISAF, how often the release's minimum is found exactly where there is one, and how
often something is counted where there is none; for MUC-4, how often the number of a target that died or was hurt is found exactly.

Limit: an ISAF label is one number for a whole release, so a release's counts are put together here with repetitions left out
(`release_total`); MUC-4 keys give a number for each target, looked for in the sentences that name the target.
"""

import itertools
import json
import re
import sys
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

from counterclaim.read.casualties import find_counts
from counterclaim.read.casualties.words import people_words
from counterclaim.read.parse import load_language, parse_all
from counterclaim.read.syntax import read_tree
from counterclaim.types import Count
from evaluation.items import Note, ignore

ISAF = "casualty/isaf_press_releases.tune.jsonl"
MUC = "muc4/muc4.dev.jsonl"
EFFECTS = {"DEATH": "dead", "INJURY": "injured"}
ADDITIONAL = frozenset(("additional", "another", "more", "other", "others"))
CHARGES = frozenset(("accuse", "blame", "link", "responsible", "suspect", "want"))
LABELS = {"killed": frozenset(("dead",)), "captured": frozenset(("captured", "arrested"))}


def load_rows(path: Path) -> list[dict]:
    """The JSON objects of a file, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def release_total(doc: Doc, counts: tuple[Count, ...], kinds: frozenset[str]) -> int:
    """
    The release's minimum for those kinds.

    A release tells its numbers in a summary and again in detail, so the largest plural count and one single person are
    taken once each; what is said to be additional is added.
    """
    single = plural = additional = 0
    seen: set[tuple[int, str]] = set()
    for count in _own_incident(doc, counts, kinds):
        span = doc.char_span(count.start_char, count.end_char, alignment_mode="expand")
        if span is None or count.low is None:
            continue
        key = (count.low, span[-1].lemma_.lower())
        if any(token.lower_ in ADDITIONAL for token in span):
            additional += count.low if key not in seen else 0
            seen.add(key)
        elif count.low == 1:
            single = 1
        else:
            plural = max(plural, count.low)
    return single + plural + additional


def _own_incident(doc: Doc, counts: tuple[Count, ...], kinds: frozenset[str]) -> list[Count]:
    """Counts of insurgents in the release's own operation: no parts, no soldiers or civilians, no earlier attacks."""
    kept = []
    for count in counts:
        if count.kind not in kinds or _is_part(count, counts):
            continue
        trigger = doc[count.trigger]
        span = doc.char_span(count.start_char, count.end_char, alignment_mode="expand")
        words = [token.lower_ for token in span] if span is not None else []
        if any(people_words().get(word, ("", ""))[1] == "military" for word in words):
            continue
        if any(
            word.startswith(("civilian", "child", "woman", "women", "servic", "polic", "afghan", "official"))
            for word in words
        ):
            continue
        if trigger.dep_ == "acl:relcl" or _is_charge(trigger):
            continue
        kept.append(count)
    return kept


def _is_charge(trigger: Token) -> bool:
    """As in "he was responsible for the murder of two judges": what the captured man is charged with, long before."""
    return any(token.lemma_.lower() in CHARGES for token in itertools.islice(trigger.ancestors, 3))


def _is_part(count: Count, counts: tuple[Count, ...]) -> bool:
    return any(
        other is not count
        and other.trigger == count.trigger
        and other.kind == count.kind
        and other.start_char <= count.start_char
        and count.end_char <= other.end_char
        and (other.start_char, other.end_char) != (count.start_char, count.end_char)
        for other in counts
    )


def score_isaf(rows: list[dict], docs: list[Doc], note: Note = ignore) -> dict[str, float]:
    """Exact minimum where there is one; how often nothing is counted where there is none."""
    result: dict[str, float] = {}
    for name, kinds in LABELS.items():
        exact = positive = alarms = negative = 0
        for row, doc in zip(rows, docs, strict=True):
            found = release_total(doc, find_counts(read_tree(doc)), kinds)
            gold = row["labels"][f"min_{name}"]
            note(
                f"isaf {name}",
                str(row["id"]),
                found == (gold or 0),
                f"{gold or 0}, found {found} [{row['text']}]",
            )
            if gold:
                positive += 1
                exact += found == gold
            else:
                negative += 1
                alarms += found > 0
        result[f"isaf_{name}_exact"] = exact / max(1, positive)
        result[f"isaf_{name}_without_false_alarm"] = 1 - alarms / max(1, negative)
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
    result = score_isaf(isaf, list(parse_all((row["text"] for row in isaf), language)), note)
    muc = [row for row in load_rows(corpora / MUC) if muc_keys(row)]
    result |= score_muc(muc, list(parse_all((row["text"] for row in muc), language)), note)
    return result


if __name__ == "__main__":
    for name, value in evaluate(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/corpora")).items():
        print(f"{name}\t{value:.3f}")
