"""
Who took part, by weights of their own: how likely each person or body near an event acted in it, or was acted on.

In: a `Doc` parsed with the bundled weights, pairs of an event's word and a candidate's head, and the signs of each pair (`read/table/candidates.py`).
Out: for each pair how likely the candidate is none of the event's, its actor, its recipient. Example: in "residents told AFP that rebels shelled
the town" rebels are the actor of "shelled", AFP is nothing.
Limit: a candidate is judged by itself; that an event mostly has one actor is not known here.
"""

import functools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

PARTS = ("-", "actor", "recipient")
FILE = Path(__file__).parent.parent.parent / "weights" / "encoder" / "encoder" / "partaking.npz"

Floats = NDArray[np.float32]


class Partaking:
    """The weights: the two words' vectors met with each other and with the signs, one hidden layer; signs also count straight."""

    def __init__(self, kept: dict[str, NDArray[np.float32]], signs: Sequence[str]) -> None:
        self._kept = kept
        self._place = {sign: at for at, sign in enumerate(signs)}

    @classmethod
    def load(cls, file: Path) -> "Partaking":
        """Read the weights and the list of signs."""
        with np.load(file) as stored:
            kept = {name: stored[name].astype(np.float32) for name in stored.files if name != "names"}
            names = stored["names"].tobytes().decode().split("\n")
        return cls(kept, names)

    def __call__(
        self, doc: Doc, pairs: Sequence[tuple[int, int]], signs: Sequence[Sequence[str]]
    ) -> Floats | None:
        """Return (pairs, PARTS) probabilities; None where another pipeline parsed the text."""
        kept = self._kept
        if doc.tensor.ndim != 2 or doc.tensor.shape[1:] != kept["mean"].shape:
            return None
        if not pairs:
            return np.zeros((0, len(PARTS)), np.float32)
        states = (np.asarray(doc.tensor, dtype=np.float32) - kept["mean"]) / kept["spread"]
        triggers, where_trigger = np.unique([one for one, _ in pairs], return_inverse=True)
        heads, where_head = np.unique([one for _, one in pairs], return_inverse=True)
        event = np.maximum(states[triggers] @ kept["event"] + kept["event_bias"], 0)[where_trigger]
        person = np.maximum(states[heads] @ kept["person"] + kept["person_bias"], 0)[where_head]
        known = [sorted({self._place[sign] for sign in one if sign in self._place}) for one in signs]
        hidden = np.hstack((event * person, event + person)) @ kept["meet"] + kept["meet_bias"]
        hidden += np.stack([kept["signs"][rows].sum(axis=0) for rows in known])
        scores = np.maximum(hidden, 0) @ kept["out"] + kept["out_bias"]
        scores += np.stack([kept["straight"][rows].sum(axis=0) for rows in known])
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: Floats = raised / raised.sum(axis=1, keepdims=True)
        return shares


@functools.cache
def load_partaking() -> Partaking | None:
    """Return the bundled weights; None where they were installed without."""
    return Partaking.load(FILE) if FILE.is_file() else None
