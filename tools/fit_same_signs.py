"""
Fit knowledge/table/same_signs.tsv: what each sign adds when it is judged whether two mentions are one happening.

    python -m tools.fit_same_signs            print what newly fitted weights reach
    python -m tools.fit_same_signs --write    write them

In: the whole documents of `annotation/labels.jsonl` that are not kept out (COUNTERCLAIM_CORPORA), read as text; of their events those
that a label of the same type meets. Out: the weights, by logistic regression over pairs, cross-validated by documents.
"""

import argparse
import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from annotation.documents import Corpora
from annotation.labels import Labelled, load
from counterclaim.errors import Unreadable
from counterclaim.gather import to_article
from counterclaim.pipeline import read_article
from counterclaim.read.parse import load_language, parse
from counterclaim.read.syntax import read_tree
from counterclaim.read.table.happenings import Told, find_told
from counterclaim.read.table.same import signs
from counterclaim.types import Article, Page
from evaluation.parses import keep_parses
from tools.fit_place_weights import write

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "src" / "counterclaim" / "knowledge" / "table" / "same_signs.tsv"
DEFAULT_CORPORA = ROOT.parent / "shared" / "corpora"
RIDGE = 1.0
FOLDS = 5

Floats = NDArray[np.float64]
# A document's pairs: the signs of each, and whether the labels have them as one.
Pairs = list[tuple[dict[str, float], bool]]


def main() -> None:
    """Fit, report, and write if asked to."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    asked.add_argument("--write", action="store_true", help="write knowledge/table/same_signs.tsv")
    options = asked.parse_args()
    documents = collect(Path(os.environ.get("COUNTERCLAIM_CORPORA", DEFAULT_CORPORA)))
    report(documents)
    fitted = fit([pair for pairs in documents for pair in pairs])
    for name, weight in sorted(fitted.items()):
        print(f"  {name:<26}{weight:>7.2f}")
    if options.write:
        write(TABLE, fitted)


def collect(corpora: Path) -> list[Pairs]:
    """The pairs of each document."""
    language, at_hand = load_language(), Corpora(corpora)
    keep_parses(language)
    documents = []
    for labelled in load():
        if labelled.whole_document:
            document = at_hand.get(labelled.id, labelled.segments)
            if not document.kept_out:
                page = Page("text", document.text.encode(), "text", published=document.published)
                documents.append(find_pairs(labelled, page, language))
    return documents


def find_pairs(labelled: Labelled, page: Page, language: Language) -> Pairs:
    """All pairs of one type whose mentions are both labelled."""
    try:
        article = to_article(page, verbatim=True)
    except Unreadable:  # as one that holds filler in Latin
        return []
    assert isinstance(article, Article)
    told = find_told(read_tree(parse(article.text, language)), read_article(article, language).events)
    known = [(one, label) for one in told if (label := _label(labelled, one)) is not None]
    pairs: Pairs = []
    for at, (left, mine) in enumerate(known):
        for right, theirs in known[at + 1 :]:
            if left.type == right.type:
                pairs.append((dict(signs(left, right)), mine == theirs))
    return pairs


def _label(labelled: Labelled, one: Told) -> object:
    start, end = one.tree.idx[one.at], one.tree.idx[one.at] + 1
    for label in labelled.triggers:
        here: dict[str, Any] = label
        if (
            here["event"]
            and here["type"] == one.type
            and here["start_char"] < end
            and start < here["end_char"]
        ):
            return here["group"] if here["group"] is not None else ("alone", here["start_char"])
    return None


def report(documents: list[Pairs]) -> None:
    """Print the precision and recall of pairs of documents that were not fitted on."""
    hits = given = asked = 0
    for fold in range(FOLDS):
        weights = fit([pair for at, pairs in enumerate(documents) if at % FOLDS != fold for pair in pairs])
        for pairs in documents[fold::FOLDS]:
            for values, one in pairs:
                yes = sum(weights.get(name, 0.0) * value for name, value in values.items()) > 0
                hits, given, asked = hits + (yes and one), given + yes, asked + one
    print(
        f"pairs: precision {hits / max(given, 1):.3f}, recall {hits / max(asked, 1):.3f}, {asked} of one happening"
    )


def fit(pairs: Pairs) -> dict[str, float]:
    """Logistic regression by Newton's method, with a ridge."""
    names = sorted({name for values, _ in pairs for name in values})
    place = {name: at for at, name in enumerate(names)}
    matrix: Floats = np.zeros((len(pairs), len(names)))
    for row, (values, _) in enumerate(pairs):
        for name, value in values.items():
            matrix[row, place[name]] = value
    wanted = np.array([float(one) for _, one in pairs])
    weights = np.zeros(len(names))
    for _ in range(30):
        likely = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (wanted - likely) - RIDGE * weights
        curve = (matrix * (likely * (1 - likely))[:, None]).T @ matrix + RIDGE * np.eye(len(names))
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-5:
            break
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}


if __name__ == "__main__":
    main()
