"""
The judge of events: what context says of a word that may carry an event, by weights of their own over the encoder's lower layers.

In: a `Doc` parsed with the bundled weights, the words to judge, and what the grammar found at each. Out: how likely each is an event of each of PLOVER's
types, and whether it happened. Example: "the mayor promised to call back" is no CONSULT.
Limit: a word is judged by itself, the words around it, its sentence, the head of the text and the whole of it; not by who the people named are.
"""

import functools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

# "-" is no event; the others are PLOVER's.
KINDS = (
    "-",
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
)
REALIS = ("happened", "planned", "demanded", "hypothetical", "denied", "historical")
# Words of the head of a text, and words either side, that say what a word is about.
LEAD, NEAR = 150, 4
FILE = Path(__file__).parent.parent.parent / "weights" / "encoder" / "encoder" / "judge.npz"

Floats = NDArray[np.float32]


class Judge:
    """The weights: one hidden layer over what `describe` says of a word, then the types and realis."""

    def __init__(self, file: Path) -> None:
        with np.load(file) as kept:
            self._kept: dict[str, Floats] = {name: kept[name].astype(np.float32) for name in kept.files}

    def __call__(self, doc: Doc, tokens: Sequence[int], signs: Floats) -> tuple[Floats, Floats] | None:
        """
        Return (tokens, KINDS) and (tokens, REALIS) probabilities; None where another pipeline parsed the text.

        Args:
            doc: Parsed with the bundled weights, which leave a vector for each word.
            tokens: Indexes of the words to judge.
            signs: One row a word: what the grammar says of it, as in training.
        """
        seen = describe(doc, tokens)
        if seen is None or seen.shape[1] + signs.shape[1] != len(self._kept["mean"]):
            return None
        kept = self._kept
        x = (np.hstack((seen, signs)) - kept["mean"]) / kept["spread"]
        hidden = np.maximum(x @ kept["first"] + kept["first_bias"], 0)
        kinds = hidden @ kept["kinds"] + kept["kinds_bias"]
        realis = hidden @ kept["realis"] + kept["realis_bias"]
        return _softmax(kinds * kept["sharpness"][0]), _softmax(realis * kept["sharpness"][1])


def describe(doc: Doc, tokens: Sequence[int]) -> Floats | None:
    """
    Return what the judge knows of words: their vectors of two layers, then means of the upper over neighbours, sentence, lead and text.

    None where the parse left no vectors.
    """
    if doc.tensor.ndim != 2 or len(doc.tensor) != len(doc):
        return None
    states = np.asarray(doc.tensor, dtype=np.float32)
    half = states.shape[1] // 2
    upper = states[:, half:]
    real = np.flatnonzero([not token.is_space for token in doc])
    # Sums up to each token, so that the mean of any stretch is one difference; white space counts for nothing.
    sums = np.vstack(
        (np.zeros((1, half), np.float32), np.cumsum(upper, axis=0, dtype=np.float64).astype(np.float32))
    )
    words = np.concatenate(([0], np.cumsum([not token.is_space for token in doc])))

    def mean(first: int, last: int) -> Floats:
        found: Floats = (sums[last] - sums[first]) / max(int(words[last] - words[first]), 1)
        return found

    lead = mean(0, int(real[min(LEAD, len(real)) - 1]) + 1) if len(real) else sums[0]
    whole = mean(0, len(doc))
    ends = [(sentence.start, sentence.end) for sentence in doc.sents]
    sentence_of = {at: (first, last) for first, last in ends for at in range(first, last)}
    rows = [
        np.concatenate(
            (
                states[at],
                mean(max(at - NEAR, 0), min(at + NEAR + 1, len(doc))),
                mean(*sentence_of[at]),
                lead,
                whole,
            )
        )
        for at in tokens
    ]
    return np.array(rows, dtype=np.float32).reshape(len(rows), 6 * half)


@functools.cache
def load_judge() -> Judge | None:
    """The bundled judge; None where the weights were installed without it."""
    return Judge(FILE) if FILE.is_file() else None


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf))
    shared: Floats = raised / raised.sum(axis=1, keepdims=True)
    return shared
