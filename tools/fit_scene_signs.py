"""
Fit knowledge/table/scene_signs.tsv: what each sign adds when it is judged whether a place or time near an event is the event's.

    python -m tools.fit_scene_signs            print what newly fitted weights reach, on documents they were not fitted on
    python -m tools.fit_scene_signs --write    write them

In: the whole documents of `annotation/labels.jsonl` that are not kept out (COUNTERCLAIM_CORPORA), read as text. Out: the weights, by logistic
regression over pairs of a mention and a place or time of its sentence, cross-validated by documents.
Limit: a label quotes one place; another that would be as right counts as wrong.
"""

import argparse
import os
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from annotation.documents import Corpora, Document
from annotation.labels import Labelled, load
from counterclaim.errors import Unreadable
from counterclaim.read.parse import load_language
from counterclaim.read.table.happenings import find_told
from counterclaim.read.table.scene import Scene
from evaluation.event_tables import alike, happenings, meet
from evaluation.parses import keep_parses
from training.partaking import meets, read

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "src" / "counterclaim" / "knowledge" / "table" / "scene_signs.tsv"
DEFAULT_CORPORA = ROOT.parent / "shared" / "corpora"
CELLS = ("place", "date")
# What holds the weights down, and how many pairs bear a sign that is learnt.
RIDGE = {"place": 33.0, "date": 10.0}
RARE, FOLDS = 15, 5
LEAST = 0.02

Floats = NDArray[np.float64]
# The document and the event in it.
Event = tuple[int, int]


@dataclass(slots=True)
class Pair:
    """A mention and a place or time near it: the signs, whether it is right, whether the patterns found the mention."""

    event: Event
    signs: frozenset[str]
    right: bool
    found: bool


@dataclass(slots=True)
class Collected:
    """The pairs of each cell, and the events whose cell the labels fill."""

    pairs: dict[str, list[Pair]] = field(default_factory=lambda: defaultdict(list))
    asked: Counter[str] = field(default_factory=Counter)


def main() -> None:
    """Fit, report, and write if asked to."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    asked.add_argument("--write", action="store_true", help="write knowledge/table/scene_signs.tsv")
    options = asked.parse_args()
    collected = collect(Path(os.environ.get("COUNTERCLAIM_CORPORA", DEFAULT_CORPORA)))
    for cell in CELLS:
        report(cell, collected)
    if options.write:
        fitted = {
            f"{cell}:{name}": weight
            for cell in CELLS
            for name, weight in fit(collected.pairs[cell], RIDGE[cell]).items()
        }
        write(fitted)


def collect(corpora: Path) -> Collected:
    """The pairs of all documents that are not kept out."""
    language, at_hand = load_language(), Corpora(corpora)
    keep_parses(language)
    collected = Collected()
    for number, labelled in enumerate(load()):
        if labelled.whole_document:
            document = at_hand.get(labelled.id, labelled.segments)
            if not document.kept_out:
                _of_document(number, labelled, document, language, collected)
    return collected


def _of_document(
    number: int, labelled: Labelled, document: Document, language: Language, collected: Collected
) -> None:
    text = document.text
    try:
        tree, reading = read(text, language, document.published)
    except Unreadable:  # as one that holds filler in Latin
        return
    tree.toponyms = reading.toponyms
    told = find_told(tree, reading.events)
    scene = Scene(tree, told, reading.times, reading.attributions)
    for at, gold in enumerate(happenings(labelled)):
        for cell in CELLS:
            collected.asked[cell] += int(gold[f"n_{cell}"])
        for label in gold["mentions"]:
            words = tree.covering(label["start_char"], label["end_char"])
            if words is None:
                continue
            ours = next((one for one in told if one.type == label["type"] and meets(tree, one, label)), None)
            word = ours.at if ours else words.root.i
            for cell, sites in zip(CELLS, (scene.places, scene.times), strict=True):
                for site in scene.near(word, ours, sites):
                    where = site.what.start_char, site.what.end_char
                    right = any(
                        meet(where, one) or alike(site.what.text, text[slice(*one)]) for one in gold[cell]
                    )
                    signs = frozenset(scene.signs(word, label["type"], ours, site))
                    collected.pairs[cell].append(Pair((number, at), signs, right, ours is not None))


def report(cell: str, collected: Collected) -> None:
    """Print precision and recall of the likeliest at several likelihoods, by weights fitted on other documents."""
    best: dict[Event, tuple[float, bool]] = {}
    pairs = collected.pairs[cell]
    order = {number: at for at, number in enumerate(sorted({pair.event[0] for pair in pairs}))}
    for fold in range(FOLDS):
        weights = fit([pair for pair in pairs if order[pair.event[0]] % FOLDS != fold], RIDGE[cell])
        for pair in pairs:
            if order[pair.event[0]] % FOLDS == fold and pair.found:
                score = sum(weights.get(sign, 0.0) for sign in pair.signs)
                best[pair.event] = max(best.get(pair.event, (-np.inf, False)), (score, pair.right))
    for least in (0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7):
        given = [right for score, right in best.values() if 1 / (1 + np.exp(-score)) >= least]
        precision, recall = sum(given) / max(1, len(given)), sum(given) / collected.asked[cell]
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(f"{cell} from {least}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")


def fit(pairs: list[Pair], ridge: float) -> dict[str, float]:
    """Logistic regression by Newton's method, with a ridge."""
    often = Counter(sign for pair in pairs for sign in pair.signs - {"all"})
    names = sorted(sign for sign, number in often.items() if number >= RARE)
    place = {name: at for at, name in enumerate(names)}
    matrix: Floats = np.zeros((len(pairs), len(names) + 1))
    matrix[:, -1] = 1
    for row, pair in enumerate(pairs):
        matrix[row, [place[sign] for sign in pair.signs if sign in place]] = 1
    wanted = np.array([float(pair.right) for pair in pairs])
    weights = np.zeros(len(names) + 1)
    # The last weight, of every pair alike, is held by nothing.
    holding = np.array([ridge] * len(names) + [1e-3])
    for _ in range(30):
        likely = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (wanted - likely) - holding * weights
        curve = (matrix * (likely * (1 - likely))[:, None]).T @ matrix + np.diag(holding)
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-4:
            break
    named = {name: round(float(weight), 2) for name, weight in zip((*names, "all"), weights, strict=True)}
    return {name: weight for name, weight in named.items() if abs(weight) >= LEAST}


def write(fitted: dict[str, float]) -> None:
    """The table with these weights; its comments stay."""
    head = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    lines = [*head, "id\tweight", *(f"{name}\t{weight:.2f}" for name, weight in sorted(fitted.items()))]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
