"""
The columns of a parsed text as Python lists, and the classes of words and dependencies that cut it into phrases.

In: a spaCy `Doc`. Out: lists by token: words, lemmas, parts of speech, dependencies, heads, sentence starts.
Example: `Tokens(doc).pos[3]` is `doc[3].pos_`.
Limit: a copy; later changes of the `Doc` do not show.
"""

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

# Dependencies of a token that closes a noun phrase: it depends on something outside it.
OUTWARD = frozenset(
    (
        "nsubj",
        "nsubj:pass",
        "nsubj:outer",
        "csubj",
        "obj",
        "iobj",
        "obl",
        "obl:agent",
        "obl:unmarked",
        "obl:tmod",
        "nmod",
        "nmod:unmarked",
        "nmod:tmod",
        "conj",
        "ROOT",
        "root",
        "appos",
        "parataxis",
        "ccomp",
        "xcomp",
        "advcl",
        "acl",
        "acl:relcl",
        "vocative",
        "dislocated",
        "dep",
    )
)
ARGUMENTS = frozenset(("nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod"))
NOMINAL = frozenset(("DET", "NUM", "ADJ", "NOUN", "PROPN", "X", "SYM"))
HYPHENS = frozenset("-–‐‑")
QUOTES = frozenset("\"“”'‘’«»`")
APOSTROPHES = frozenset(("'s", "’s", "'", "’", "'S", "’S"))
_NAMED: list[int | str] = ["ORTH", "POS", "DEP", "LEMMA"]
_NUMBERED: list[int | str] = ["HEAD", "SENT_START"]


class Tokens:
    """The columns of a `Doc` as Python lists: reading them one attribute at a time costs more than the stage itself."""

    __slots__ = ("dep", "doc", "head", "lemma", "lower", "pos", "sent_start", "text")

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        size = len(doc)
        strings = doc.vocab.strings
        keys = [list(map(int, column)) for column in doc.to_array(_NAMED).reshape(size, 4).T]
        numbers: NDArray[np.int64] = doc.to_array(_NUMBERED).view(np.int64).reshape(size, 2)
        names = {key: strings[key] for column in keys for key in set(column)}
        self.text: list[str] = [names[key] for key in keys[0]]
        self.lower: list[str] = [text.lower() for text in self.text]
        self.pos: list[str] = [names[key] for key in keys[1]]
        self.dep: list[str] = [names[key] for key in keys[2]]
        self.lemma: list[str] = [names[key].lower() for key in keys[3]]
        self.head: list[int] = (numbers[:, 0] + np.arange(size)).tolist()
        self.sent_start: list[bool] = (numbers[:, 1] == 1).tolist()
        if size:
            self.sent_start[0] = True

    def __len__(self) -> int:
        return len(self.text)
