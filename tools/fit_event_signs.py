"""
Fit knowledge/places/event_signs.tsv: what each sign adds when it is judged whether a place is where an event happened.

    python -m tools.fit_event_signs            print what the table and newly fitted weights reach
    python -m tools.fit_event_signs --write    write them

In: the event location sentences (COUNTERCLAIM_CORPORA) that the evaluation does not use, parsed with the bundled weights; run it
anew when those or places/weights change. Out: the weights, by conditional logit: of the places of a sentence, and none, the marked
one is chosen. Sentences without a marked place count less (UNMARKED), as many of them name one all the same.
"""

import argparse
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from counterclaim.knowledge import load_table
from counterclaim.read.parse import load_language, parse_all
from counterclaim.read.places import find_toponyms
from counterclaim.read.places.event_place import weigh_sites
from counterclaim.read.syntax import read_tree
from counterclaim.types import Article
from evaluation.places import EVERY
from tools.fit_place_weights import write

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "src" / "counterclaim" / "knowledge" / "places" / "event_signs.tsv"
DEFAULT_CORPORA = ROOT.parent / "shared" / "corpora"
RIDGE = 2.0
FOLDS = 5
UNMARKED = 0.35

Floats = NDArray[np.float64]
# The signs of each place of a sentence, which of them are marked, and whether any place of the sentence is.
Sentence = tuple[tuple[tuple[str, ...], ...], tuple[bool, ...], bool]


def main() -> None:
    """Fit, report, and write if asked to."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    asked.add_argument("--write", action="store_true", help="write knowledge/places/event_signs.tsv")
    options = asked.parse_args()
    corpora = Path(os.environ.get("COUNTERCLAIM_CORPORA", DEFAULT_CORPORA))
    rows = [
        json.loads(line)
        for line in (corpora / "geo" / "event_location.tune.jsonl").read_text(encoding="utf-8").split("\n")
        if line
    ]
    rows = [row for offset in range(1, EVERY) for row in rows[offset::EVERY]]
    docs = parse_all([row["text"] for row in rows], load_language())
    sentences = [found for row, doc in zip(rows, docs, strict=True) for found in read_sentence(row, doc)]
    fitted = report(sentences, {row["id"]: float(row["weight"]) for row in load_table("places/event_signs")})
    if options.write:
        write(TABLE, fitted)


def read_sentence(row: dict[str, list[dict[str, int]]], doc: Doc) -> Iterator[Sentence]:
    """The places of one sentence with their signs; nothing where the verb has no token."""
    verb = doc.char_span(row["verb"][0]["start"], row["verb"][0]["end"], alignment_mode="expand")
    if verb is None:
        return
    tree = read_tree(doc)
    toponyms = find_toponyms(tree, Article(id="", ref="", text=doc.text))
    sites = list(weigh_sites(tree, verb.root.i, toponyms))
    marked = tuple(
        any(
            place["start"] < site.place.end_char and site.place.start_char < place["end"]
            for place in row["locations"]
        )
        for site, _ in sites
    )
    yield tuple(signs for _, signs in sites), marked, bool(row["locations"])


def report(sentences: Sequence[Sentence], old: dict[str, float]) -> dict[str, float]:
    """Print what the table reaches, what fitting reaches on sentences not fitted on, and what changes."""
    print("right where one is marked, none chosen where none is:")
    print(f"{judge(sentences, old)} with the weights of the table")
    halves = []
    for fold in range(FOLDS):
        weights = fit([one for i, one in enumerate(sentences) if i % FOLDS != fold], old)
        halves.append(judge([one for i, one in enumerate(sentences) if i % FOLDS == fold], weights))
    print(f"{tuple(np.mean(halves, axis=0).round(4))} fitted, cross-validated")
    fitted = fit(sentences, old)
    for sign in sorted(fitted):
        print(f"  {sign:<26}{old.get(sign, 0.0):>7.2f}{fitted[sign]:>7.2f}")
    return fitted


def judge(sentences: Sequence[Sentence], weights: dict[str, float]) -> tuple[float, float]:
    """The share right of those with a marked place, and of those without."""
    right: dict[bool, list[bool]] = {True: [], False: []}
    for sites, marked, any_marked in sentences:
        scores = [sum(weights.get(sign, 0.0) for sign in signs) for signs in sites]
        best = int(np.argmax(scores)) if scores and max(scores) > 0 else None
        right[any_marked].append(
            marked[best] if best is not None and any_marked else best is None and not any_marked
        )
    return float(np.mean(right[True])), float(np.mean(right[False]))


def fit(sentences: Sequence[Sentence], old: dict[str, float]) -> dict[str, float]:
    """Newton's method from the weights of the table; signs that never stand keep theirs, those without a line weigh nothing."""
    names = sorted({sign for sites, _, _ in sentences for signs in sites for sign in signs if sign in old})
    place = {name: i for i, name in enumerate(names)}
    cases: list[tuple[Floats, Floats, float]] = []
    for sites, marked, any_marked in sentences:
        if not sites or (any_marked and not any(marked)):
            continue
        # The last choice is none, with no sign.
        matrix = np.zeros((len(sites) + 1, len(names)))
        for i, signs in enumerate(sites):
            for sign in signs:
                if sign in place:
                    matrix[i, place[sign]] += 1
        wanted = np.array([*map(float, marked), 0.0 if any_marked else 1.0])
        cases.append((matrix, wanted / wanted.sum(), 1.0 if any_marked else UNMARKED))
    weights = np.array([old.get(name, 0.0) for name in names])
    for _ in range(12):
        slope = -RIDGE * weights
        curve = RIDGE * np.eye(len(names))
        for matrix, wanted, weigh in cases:
            scores = matrix @ weights
            likely = np.exp(scores - scores.max())
            likely /= likely.sum()
            slope += weigh * matrix.T @ (wanted - likely)
            mean = matrix.T @ likely
            curve += weigh * ((matrix * likely[:, None]).T @ matrix - np.outer(mean, mean))
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-5:
            break
    fitted = dict(zip(names, map(float, weights), strict=True))
    return {sign: round(weight, 2) for sign, weight in {**old, **fitted}.items()}


if __name__ == "__main__":
    main()
