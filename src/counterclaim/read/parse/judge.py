"""
The judge of events: what context says of a word that may carry an event, by weights of their own over the encoder's lower layers.

In: a `Doc` parsed with the bundled weights, the words to judge, and what the grammar found at each. Out: how likely each is an event of each of PLOVER's
types, and whether it happened. Example: "the mayor promised to call back" is no CONSULT.
Limit: a word is judged by itself, the words around it, its sentence, the head of the text and the whole of it; not by who the people named are.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
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
        # Mean and spread of the input are worked into the first layer.
        self._first = self._kept["first"] / self._kept["spread"][:, None]
        self._bias = self._kept["first_bias"] - self._kept["mean"] @ self._first

    def __call__(self, doc: Doc, tokens: Sequence[int], signs: Floats) -> tuple[Floats, Floats] | None:
        """
        Return (tokens, KINDS) and (tokens, REALIS) probabilities; None where another pipeline parsed the text.

        Args:
            doc: Parsed with the bundled weights, which leave a vector for each word.
            tokens: Indexes of the words to judge.
            signs: One row a word: what the grammar says of it, as in training.
        """
        seen = look(doc, tokens)
        if seen is None or seen.size + signs.shape[1] != len(self._first):
            return None
        kept = self._kept
        words, near, sentences, lead, whole, end = np.cumsum(
            [seen.words.shape[1], *[seen.near.shape[1]] * 4, signs.shape[1]]
        )
        # What a sentence or the text says is the same for all its words, and is multiplied once.
        shared = seen.sentences @ self._first[near:sentences]
        text = seen.lead @ self._first[sentences:lead] + seen.whole @ self._first[lead:whole] + self._bias
        hidden = seen.words @ self._first[:words] + seen.near @ self._first[words:near]
        hidden += shared[seen.sentence_of] + signs @ self._first[whole:end] + text
        hidden = np.maximum(hidden, 0)
        kinds = hidden @ kept["kinds"] + kept["kinds_bias"]
        realis = hidden @ kept["realis"] + kept["realis_bias"]
        return _softmax(kinds * kept["sharpness"][0]), _softmax(realis * kept["sharpness"][1])


@dataclass(frozen=True, slots=True)
class Seen:
    """
    What the judge knows of some words of a text.

    Attributes:
        words: Their vectors of two layers, one row a word.
        near: Means of the upper layer over the words either side, one row a word.
        sentences: Means over each sentence that is asked about; `sentence_of` says which is a word's.
        lead, whole: Means over the head of the text and over all of it.
    """

    words: Floats
    near: Floats
    sentences: Floats
    sentence_of: NDArray[np.int64]
    lead: Floats
    whole: Floats

    @property
    def size(self) -> int:
        """How many numbers it holds for a word."""
        return int(self.words.shape[1] + 4 * self.near.shape[1])


def describe(doc: Doc, tokens: Sequence[int]) -> Floats | None:
    """
    Return what the judge knows of words, one row a word, as it is trained on: `Seen` side by side.

    None where the parse left no vectors.
    """
    seen = look(doc, tokens)
    if seen is None:
        return None
    text = np.tile(np.concatenate((seen.lead, seen.whole)), (len(tokens), 1))
    return np.hstack((seen.words, seen.near, seen.sentences[seen.sentence_of], text))


def look(doc: Doc, tokens: Sequence[int]) -> Seen | None:
    """Return what the judge knows of words; None where the parse left no vectors."""
    if doc.tensor.ndim != 2 or len(doc.tensor) != len(doc):
        return None
    states = np.asarray(doc.tensor, dtype=np.float32)
    half = states.shape[1] // 2
    upper = states[:, half:]
    space = doc.to_array(["IS_SPACE"]).astype(bool).reshape(len(doc))
    real = np.flatnonzero(~space)
    # Sums up to each token, so that the mean of any stretch is one difference; white space counts for nothing.
    sums = np.zeros((len(doc) + 1, half), np.float32)
    sums[1:] = np.cumsum(upper, axis=0, dtype=np.float64)
    words = np.concatenate(([0], np.cumsum(~space)))

    def mean(first: NDArray[np.int64], last: NDArray[np.int64]) -> Floats:
        found: Floats = (sums[last] - sums[first]) / np.maximum(words[last] - words[first], 1)[:, None]
        return found.astype(np.float32)

    asked = np.asarray(tokens, dtype=np.int64)
    ends = np.array([sentence.end for sentence in doc.sents], dtype=np.int64)
    starts = np.array([sentence.start for sentence in doc.sents], dtype=np.int64)
    which = np.searchsorted(ends, asked, side="right")
    used, sentence_of = np.unique(which, return_inverse=True)
    last_of_lead = int(real[min(LEAD, len(real)) - 1]) + 1 if len(real) else 0
    head = mean(np.array([0, 0]), np.array([last_of_lead, len(doc)]))
    return Seen(
        words=states[asked],
        near=mean(np.maximum(asked - NEAR, 0), np.minimum(asked + NEAR + 1, len(doc))),
        sentences=mean(starts[used], ends[used]),
        sentence_of=sentence_of,
        lead=head[0],
        whole=head[1],
    )


@functools.cache
def load_judge() -> Judge | None:
    """The bundled judge; None where the weights were installed without it."""
    return Judge(FILE) if FILE.is_file() else None


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-np.inf))
    shared: Floats = raised / raised.sum(axis=1, keepdims=True)
    return shared
