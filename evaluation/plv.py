"""
Event types on PLV (sentences with a marked pair and a PLOVER type): the event whose participants overlap the pair.

Comes in: events/zsp_plv.train.jsonl. Goes out: macro-F1, accuracy, the share with no event at the pair and F1 a type.
CONCEDE and RETREAT both count as YIELD; no event is wrong. The sentences were typed by the published CAMEO table, which
our codebook corrects in three places (`knowledge/plover/cameo`: 035, 116, 163); ``published`` undoes just these three,
``corrected`` scores our types as they are.
Example: "A court convicted Siemens" is SANCTION convict for us and ACCUSE in the published table.
Limit: one pair of a sentence is marked; other events of it are not judged.

Run as a program it lists the misses: ``python -m evaluation.plv [TYPE]``.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from counterclaim.pipeline import read_mentions
from counterclaim.read.attribution import find_attributions
from counterclaim.read.dates import find_times
from counterclaim.read.events import find_frames, judge_frames
from counterclaim.read.parse import load_language, parse_all
from counterclaim.types import Article, Frame, Mention
from evaluation.items import Note, ignore

FILE = "events/zsp_plv.train.jsonl"
YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
# Rules whose type the published table gives otherwise: 116 verdicts, 163 sanctions, 035 announced retreats.
PUBLISHED = {
    "events/verbs/convict": "ACCUSE",
    "events/verbs/find-guilty": "ACCUSE",
    "events/verbs/impose-sanction": "COERCE",
}
ANNOUNCED = (
    "events/compositions/agree-",
    "events/compositions/promise-",
    "factuality_effects/future-retreat",
)


@dataclass(frozen=True, slots=True)
class Miss:
    """One sentence coded otherwise than its annotators did."""

    text: str
    gold: str
    found: str
    rules: tuple[str, ...]
    others: tuple[str, ...]


def evaluate(corpora: Path, *, note: Note = ignore) -> dict[str, float]:
    """Scores of `plv.published` and `plv.corrected`: ``macro_f1``, ``accuracy``, ``no_event`` and F1 a type."""
    rows = load_rows(corpora)
    pairs = list(zip(rows, read_frames([row["text"] for row in rows]), strict=True))
    scores: dict[str, float] = {}
    for number, (row, (_, frames)) in enumerate(pairs):
        found = code(row, frames, "published")
        frame = choose(row, frames)
        by = f" by {frame.rules[0]}" if frame else ""
        said = f"{row['type']}, found {found or 'none'}{by}: {row['text']}"
        note("type", str(number), found == row["type"], said)
    for codebook in ("published", "corrected"):
        coded = [(row["type"], code(row, frames, codebook)) for row, (_, frames) in pairs]
        for name, value in score(coded).items():
            scores[f"plv.{codebook}.{name}"] = value
    return scores


def read_frames(texts: Iterable[str]) -> Iterator[tuple[Doc, tuple[Frame, ...]]]:
    """Each text's parse and the frames a reading would hold, before they are attributed, placed and counted."""
    texts = list(texts)
    for text, doc in zip(texts, parse_all(texts, load_language()), strict=True):
        article = Article(id="", ref="", text=text)
        tree, _ = read_mentions(doc, article)
        attributions = find_attributions(tree)
        yield (
            doc,
            judge_frames(tree, find_frames(tree, attributions), attributions, find_times(tree, article)),
        )


def load_rows(corpora: Path) -> list[dict]:  # type: ignore[type-arg]
    """The sentences with their marked pairs."""
    lines = (corpora / FILE).read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def choose(row: dict, frames: tuple[Frame, ...]) -> Frame | None:  # type: ignore[type-arg]
    """The frame whose participants overlap the marked pair most, the right way round before the wrong one."""
    best: tuple[int, Frame] | None = None
    for frame in frames:
        fit = 2 * overlap(frame.actors, row["actor_spans"]) + 2 * overlap(
            frame.recipients, row["recipient_spans"]
        )
        fit += overlap(frame.recipients, row["actor_spans"]) + overlap(frame.actors, row["recipient_spans"])
        if fit and (best is None or fit > best[0]):
            best = fit, frame
    return best[1] if best else None


def overlap(mentions: tuple[Mention, ...], spans: list[dict]) -> bool:  # type: ignore[type-arg]
    """A mention, or what a pronoun refers back to, shares a character with a marked span."""
    return any(
        (mention.start_char < span["end"] and mention.end_char > span["start"])
        or (mention.antecedent is not None and span["start"] <= mention.antecedent < span["end"])
        for mention in mentions
        for span in spans
    )


def code(row: dict, frames: tuple[Frame, ...], codebook: str) -> str:  # type: ignore[type-arg]
    """The type found at the pair, in the corpus's terms; empty for no event."""
    frame = choose(row, frames)
    if frame is None:
        return ""
    if codebook == "published":
        if frame.type == "CONCEDE" and any(rule.startswith(ANNOUNCED) for rule in frame.rules):
            return "AGREE"
        if frame.type == "SANCTION" and frame.rules[0] in PUBLISHED:
            return PUBLISHED[frame.rules[0]]
    return YIELD.get(frame.type, frame.type)


def score(coded: list[tuple[str, str]]) -> dict[str, float]:
    """Macro-F1, accuracy, the share without an event, and F1 of each type."""
    golds = Counter(gold for gold, _ in coded)
    founds = Counter(found for _, found in coded)
    hits = Counter(gold for gold, found in coded if gold == found)
    by_type = {name: 2 * hits[name] / (golds[name] + founds[name]) for name in sorted(golds)}
    return {
        "macro_f1": sum(by_type.values()) / len(by_type),
        "accuracy": hits.total() / len(coded),
        "no_event": founds[""] / len(coded),
        **by_type,
    }


def find_misses(corpora: Path) -> Iterator[Miss]:
    """Every sentence typed otherwise, by the published table."""
    rows = load_rows(corpora)
    for row, (doc, frames) in zip(rows, read_frames([row["text"] for row in rows]), strict=True):
        found = code(row, frames, "published")
        if found != row["type"]:
            frame = choose(row, frames)
            others = tuple(f"{other.type} {doc[other.trigger].text}" for other in frames)
            yield Miss(row["text"], row["type"], found, frame.rules if frame else (), others)


if __name__ == "__main__":
    default = Path(__file__).parent.parent.parent / "shared" / "corpora"
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    for miss in find_misses(Path(os.environ.get("COUNTERCLAIM_CORPORA", default))):
        if wanted in {"", miss.gold, miss.found}:
            print(
                f"{miss.gold} > {miss.found or 'none'}\t{miss.text}\t{' '.join(miss.rules)}\t{'; '.join(miss.others)}"
            )
