"""
Fit knowledge/places/weights.tsv: what each sign adds when it is judged whether a stretch of text names a place.

    python -m tools.fit_place_weights            print the cross-validated F1 and the weights that would change
    python -m tools.fit_place_weights --write    write them

In: LGL, GeoVirus and the event location sentences (COUNTERCLAIM_CORPORA), parsed with the bundled weights; run it anew when those
change. Out: the weights, by logistic regression with a ridge. GeoVirus marks no adjectives, so they are left out there. The event
sentences mark one place or so each, so they teach only what is a place: fitted without them, a tenth of the places of other
newspapers is lost (recall there 0.82 instead of 0.94), because LGL and GeoVirus leave out many that GeoNames lacks. Every third
sentence is left to the evaluation.
"""

import argparse
import json
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from counterclaim.knowledge import load_table
from counterclaim.read.parse import load_language, parse_all
from counterclaim.read.places.pieces import PiecedText
from counterclaim.read.places.toponyms import Candidate, find_candidates
from counterclaim.read.syntax import read_tree
from evaluation.places import EVERY

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "src" / "counterclaim" / "knowledge" / "places" / "weights.tsv"
DEFAULT_CORPORA = ROOT.parent / "shared" / "corpora"
RIDGE = 1.0
FOLDS = 5
# What a place of the event sentences weighs beside one of the other corpora, and what is added to every sum: more of either finds
# more and marks more wrongly.
SHARE = 0.5
BIAS = 0.6
# Every candidate has one of these three; the bias is added to each of them.
KINDS = ("known", "unknown", "adjective")

Floats = NDArray[np.float64]
Sample = tuple[int, tuple[str, ...], bool]


def main() -> None:
    """Fit, report, and write if asked to."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    asked.add_argument("--write", action="store_true", help="write knowledge/places/weights.tsv")
    options = asked.parse_args()
    corpora = Path(os.environ.get("COUNTERCLAIM_CORPORA", DEFAULT_CORPORA))
    samples = {name: list(read_samples(name, corpora)) for name in ("lgl", "geovirus")}
    events = list(read_events(corpora))
    fitted = report(
        samples, events, {row["id"]: float(row["weight"]) for row in load_table("places/weights")}
    )
    if options.write:
        write(TABLE, fitted)


def report(samples: dict[str, list[Sample]], events: list[Sample], old: dict[str, float]) -> dict[str, float]:
    """Print what the old weights reach, what fitting reaches on documents not fitted on, and what changes."""
    both = [sample for own in samples.values() for sample in own]
    for name, own in samples.items():
        print(f"{name}: {f1(own, old):.4f} with the weights of the table")
    print(f"event places found: {found(events, old):.4f} with the weights of the table")
    held: dict[str, list[tuple[float, bool]]] = {name: [] for name in samples}
    recalled = 0.0
    for fold in range(FOLDS):
        weights = fit(
            [sample for sample in both if sample[0] % FOLDS != fold],
            [sample for sample in events if sample[0] % FOLDS != fold],
        )
        for name, own in samples.items():
            held[name] += [
                (score(signs, weights), marked)
                for number, signs, marked in own
                if signs and number % FOLDS == fold
            ]
        recalled += found([sample for sample in events if sample[0] % FOLDS == fold], weights) / FOLDS
    for name, judged in held.items():
        print(f"{name}: {_f1(judged, missed(name, samples)):.4f} fitted, cross-validated over documents")
    print(f"event places found: {recalled:.4f} fitted, cross-validated")
    fitted = fit(both, events)
    for name, own in samples.items():
        print(f"{name}: {f1(own, fitted):.4f} fitted, on the same documents")
    for sign in sorted(fitted):
        print(f"  {sign:<26}{old.get(sign, 0.0):>7.2f}{fitted[sign]:>7.2f}")
    return fitted


def found(events: Sequence[Sample], weights: dict[str, float]) -> float:
    """The share of marked places that the weights find."""
    return sum(score(signs, weights) > 0 for _, signs, _ in events) / max(1, len(events))


def missed(name: str, samples: dict[str, list[Sample]]) -> int:
    """The marked places of a corpus that no stretch of text stands for: lost whatever the weights are."""
    return sum(1 for _, signs, _ in samples[name] if not signs)


def read_samples(name: str, corpora: Path) -> Iterator[Sample]:
    """Document, signs and whether it is marked, for each candidate; no signs for a marked place that is none."""
    rows = [
        json.loads(line)
        for line in (corpora / "geo" / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
        if line
    ]
    docs = parse_all([row["text"] for row in rows], load_language())
    for number, (row, doc) in enumerate(zip(rows, docs, strict=True)):
        yield from sample(number, doc, row["toponyms"], adjectives=name == "lgl")


def read_events(corpora: Path) -> Iterator[Sample]:
    """The candidates over marked places of event sentences: all of them are places."""
    path = corpora / "geo" / "event_location.tune.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line][1::EVERY]
    docs = parse_all([row["text"] for row in rows], load_language())
    for number, (row, doc) in enumerate(zip(rows, docs, strict=True)):
        yield from sample_event(number, doc, row["locations"])


def sample_event(number: int, doc: Doc, places: Sequence[dict[str, int]]) -> Iterator[Sample]:
    """The candidates of one sentence that overlap a marked place."""
    for candidate in candidates(doc):
        if not candidate.adjective and any(
            place["start"] < candidate.end_char and candidate.start_char < place["end"] for place in places
        ):
            yield number, candidate.signs, True


def sample(
    number: int, doc: Doc, toponyms: Sequence[dict[str, int]], *, adjectives: bool
) -> Iterator[Sample]:
    """What the candidates of one document teach."""
    marked = {(place["start"], place["end"]) for place in toponyms}
    for candidate in candidates(doc):
        if adjectives or not candidate.adjective:
            span = (candidate.start_char, candidate.end_char)
            yield number, candidate.signs, span in marked
            marked.discard(span)
    for _ in marked:
        yield number, (), True


def candidates(doc: Doc) -> Iterator[Candidate]:
    """The stretches of a document that may be places."""
    return find_candidates(PiecedText(read_tree(doc)))


def fit(samples: Sequence[Sample], events: Sequence[Sample]) -> dict[str, float]:
    """Logistic regression by Newton's method; every sign counts as often as it stands."""
    samples = [one for one in samples if one[1]]
    weigh = np.array([1.0] * len(samples) + [SHARE] * len(events))
    samples = [*samples, *events]
    names = sorted({sign for _, signs, _ in samples for sign in signs})
    place = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(samples), len(names)))
    for i, (_, signs, _) in enumerate(samples):
        for sign in signs:
            matrix[i, place[sign]] += 1
    marked = np.array([float(one) for *_, one in samples])
    weights: Floats = np.zeros(len(names))
    for _ in range(25):
        likely = 1 / (1 + np.exp(-np.clip(matrix @ weights, -30, 30)))
        slope = matrix.T @ (weigh * (marked - likely)) - RIDGE * weights
        curve = (matrix * (weigh * likely * (1 - likely))[:, None]).T @ matrix + RIDGE * np.eye(len(names))
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-6:
            break
    fitted = dict(zip(names, map(float, weights), strict=True))
    for kind in KINDS:
        fitted[kind] = fitted.get(kind, 0.0) + BIAS
    return {sign: round(weight, 2) for sign, weight in fitted.items()}


def score(signs: Sequence[str], weights: dict[str, float]) -> float:
    """What the signs add up to."""
    return sum(weights.get(sign, 0.0) for sign in signs)


def f1(samples: Sequence[Sample], weights: dict[str, float]) -> float:
    """Of candidates found as places against marked places."""
    judged = [(score(signs, weights), marked) for _, signs, marked in samples if signs]
    return _f1(judged, sum(1 for _, signs, _ in samples if not signs))


def _f1(judged: Sequence[tuple[float, bool]], lost: int) -> float:
    right = sum(1 for sum_, marked in judged if sum_ > 0 and marked)
    said = sum(1 for sum_, _ in judged if sum_ > 0)
    there = sum(1 for _, marked in judged if marked) + lost
    return 2 * right / max(1, said + there)


def write(table: Path, fitted: dict[str, float]) -> None:
    """A table of weights anew: weights changed, words kept, signs that never stood left as they are."""
    lines = []
    for line in table.read_text(encoding="utf-8").split("\n"):
        cells = line.split("\t")
        if len(cells) == 3 and cells[0] in fitted and re.fullmatch(r"-?\d+\.\d+", cells[1]):
            cells[1] = f"{fitted[cells[0]]:.2f}"
        lines.append("\t".join(cells))
    table.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
