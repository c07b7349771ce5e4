"""
The shared encoder as a spaCy component: grammar, names and attribution read in one pass over a window of words.

In: a `Doc` with words and, where known, first words of paragraphs marked as sentence starts. Out: the same with tags,
lemmas, sentences, dependencies and entities, and the words of sources, cues and contents as `doc.spans["attr_source"]`,
`["attr_cue"]`, `["attr_content"]`. Example: "Baku denied it ." -> source "Baku", cue "denied", content "it".
Limit: reads at most `PLACES` word pieces at once; of longer windows each word is cut to its first piece.
"""

import hashlib
import itertools
import json
from collections.abc import Callable, Iterator, MutableMapping
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.vocab import Vocab

from counterclaim.read.parse.lemmas import Lemmas
from counterclaim.read.parse.pieces import MARK, Pieces, shape
from counterclaim.read.parse.trees import tree

PLACES = 512
PARTS = ("source", "cue", "content")
COLUMNS: list[int | str] = ["TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE"]


@Language.factory(
    "counterclaim_encoder",
    assigns=[
        "token.tag",
        "token.pos",
        "token.morph",
        "token.lemma",
        "token.dep",
        "token.head",
        "doc.sents",
        "doc.ents",
    ],
)
def make_encoder(nlp: Language, name: str) -> "Encoder":
    """Return the component without its weights; `from_disk` reads them."""
    return Encoder(nlp.vocab, name)


class Encoder:
    """Reads windows of words; one window at a time, so that no window's result depends on its neighbours."""

    def __init__(self, vocab: Vocab, name: str = "encoder") -> None:
        self.vocab = vocab
        self.name = name
        # What was predicted before, by the words of the window: for those who read the same texts again and again.
        self.kept: MutableMapping[str, bytes] | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """The dependency labels."""
        return tuple(self._labels["deprel"])

    def from_disk(self, path: str | Path, *, exclude: tuple[str, ...] = ()) -> "Encoder":  # noqa: ARG002  spaCy calls it so
        """Read the graph, the word pieces and the names of the labels."""
        folder = Path(path)
        options = onnxruntime.SessionOptions()
        # One thread: the executors run a process a core, and threads on top of processes slow both.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            (folder / "encoder.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        self._pieces = Pieces((folder / "vocab.txt").read_text(encoding="utf-8").split("\n"))
        self._lemma = Lemmas((folder / "lemmas.tsv").read_text(encoding="utf-8").split("\n"))
        self._labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        strings = self.vocab.strings
        morphology = self.vocab.morphology

        def hashes(values: list[str], add: Callable[[str], int]) -> NDArray[np.int64]:
            return np.array([add(value) for value in values], dtype=np.uint64).view(np.int64)

        self._tag = hashes(self._labels["xpos"], strings.add)
        self._pos = hashes(self._labels["upos"], strings.add)
        self._morph = hashes(self._labels["feats"], morphology.add)
        self._dep = hashes(
            ["ROOT" if label == "root" else label for label in self._labels["deprel"]], strings.add
        )
        self._root = self._labels["deprel"].index("root")
        names = self._labels["ner"]
        self._begin = np.array([tag.startswith("B-") for tag in names])
        self._inside = np.array([tag.startswith("I-") for tag in names])
        # An inside goes on from a beginning or inside of its own kind.
        kinds = np.array([tag[2:] for tag in names])
        self._allowed = ~self._inside[None, :] | (kinds[:, None] == kinds[None, :])
        self._kind = hashes([tag[2:] for tag in names], strings.add)
        self._slices: dict[str, slice] = {}
        at = 0
        for head in self._labels["heads"]:
            size = len(self._labels[head]) if head in self._labels else 2
            self._slices[head] = slice(at, at + size)
            at += size
        return self

    def to_disk(self, path: str | Path, *, exclude: tuple[str, ...] = ()) -> None:
        """Write nothing: the weights are made by `make train`, which puts them in place itself."""

    def pipe(self, docs: Iterator[Doc], *, batch_size: int = 1) -> Iterator[Doc]:  # noqa: ARG002  spaCy calls it so
        """Yield each window read."""
        return map(self, docs)

    def __call__(self, doc: Doc) -> Doc:
        """Return the window with everything the encoder knows written into it."""
        if len(doc):
            words = [token.text for token in doc]
            self._write(doc, words, self._predict(words, [token.is_sent_start is True for token in doc]))
        return doc

    def _predict(self, words: list[str], borders: list[bool]) -> NDArray[np.int16]:
        """Return each word's best label of every head, then its head in the tree, its dependency and its name tag."""
        key = ""
        if self.kept is not None:
            key = hashlib.sha256(repr((words, borders)).encode()).hexdigest()
            if (known := self.kept.get(key)) is not None:
                return np.frombuffer(known, dtype=np.int16).reshape(len(words), -1)
        tags, arcs, labels, heads_of, states = self._session.run(None, self._feed(words, borders))
        best = [tags[:, part].argmax(axis=1) for part in self._slices.values()]
        starts = best[list(self._slices).index("starts")].astype(bool) | np.array(borders)
        heads = self._heads(arcs, starts)
        names = self._best_names(tags[:, self._slices["ner"]])
        table = np.stack((*best, heads, self._deprels(labels, heads_of, heads), names), axis=1)
        # The vectors that the judge of events reads ride along in half precision.
        found: NDArray[np.int16] = np.hstack(
            (table.astype(np.int16), states.astype(np.float16).view(np.int16))
        )
        if self.kept is not None:
            self.kept[key] = found.tobytes()
        return found

    def _write(self, doc: Doc, words: list[str], predicted: NDArray[np.int16]) -> None:
        labelled = len(self._slices) + 3
        *best, heads, deprels, names = predicted[:, :labelled].T
        doc.tensor = np.ascontiguousarray(predicted[:, labelled:]).view(np.float16)
        label = dict(zip(self._slices, best, strict=True))
        table = np.zeros((len(words), len(COLUMNS)), dtype=np.int64)
        table[:, 0] = self._tag[label["xpos"]]
        table[:, 1] = self._pos[label["upos"]]
        table[:, 2] = self._morph[label["feats"]]
        tags = self._labels["xpos"]
        add = self.vocab.strings.add
        made = [
            add(self._lemma(word, tags[tag])) for word, tag in zip(words, label["xpos"].tolist(), strict=True)
        ]
        table[:, 3] = np.array(made, dtype=np.uint64).view(np.int64)
        table[:, 4] = self._dep[deprels]
        table[:, 5] = heads - np.arange(len(words))
        inside = self._inside[names]
        named = inside | self._begin[names]
        table[:, 6] = np.where(inside, 1, np.where(named, 3, 2))
        table[:, 7] = np.where(named, self._kind[names], 0)
        doc.from_array(COLUMNS, table.view(np.uint64))  # type: ignore[arg-type]  # spaCy's hint forgets unsigned hashes
        for part in PARTS:
            doc.spans[f"attr_{part}"] = _runs(doc, label[part], f"attr_{part}")

    def _feed(self, words: list[str], borders: list[bool]) -> dict[str, NDArray[np.int64]]:
        mark, end = self._pieces.index["[CLS]"], self._pieces.index["[SEP]"]
        cuts = [self._pieces(word) for word in words]
        if sum(map(len, cuts)) + sum(borders) + 2 > PLACES:
            cuts = [cut[:1] for cut in cuts]
        ids, shapes = [mark], [MARK]
        first: list[int] = []
        for word, cut, border in zip(words, cuts, borders, strict=True):
            if border and first and len(ids) < PLACES - 2:
                ids.append(end)
                shapes.append(MARK)
            first.append(min(len(ids), PLACES - 2))
            ids.extend(cut)
            shapes.extend([shape(word)] * len(cut))
        ids[PLACES - 1 :] = [end]
        shapes[PLACES - 1 :] = [MARK]
        if ids[-1] != end:
            ids.append(end)
            shapes.append(MARK)
        return {"ids": np.array([ids]), "shapes": np.array([shapes]), "first": np.array(first)}

    @staticmethod
    def _heads(arcs: NDArray[np.float32], starts: NDArray[np.bool_]) -> NDArray[np.int64]:
        starts[0] = True
        borders = [*np.flatnonzero(starts).tolist(), len(starts)]
        out: list[int] = []
        for first, last in itertools.pairwise(borders):
            out.extend(first + head for head in tree(arcs[first:last, first:last]))
        return np.array(out, dtype=np.int64)

    def _deprels(
        self, labels: NDArray[np.float32], heads_of: NDArray[np.float32], heads: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Return each word's label, given its head: only the word that heads a sentence is its root."""
        size = heads_of.shape[1]
        shaped = labels.reshape(len(heads), -1, size + 1)
        scores = np.einsum("nlh,nh->nl", shaped[:, :, :size], heads_of[heads]) + shaped[:, :, size]
        scores[:, self._root] = -np.inf
        found: NDArray[np.int64] = scores.argmax(axis=1)
        found[heads == np.arange(len(heads))] = self._root
        return found

    def _best_names(self, scores: NDArray[np.float32]) -> NDArray[np.int64]:
        """Return the best sequence of name tags in which no inside stands without its beginning."""
        tags: NDArray[np.int64] = scores.argmax(axis=1)
        if not self._allowed[tags[:-1], tags[1:]].all() or self._inside[tags[0]]:
            tags = self._best_sequence(scores)
        return tags

    def _best_sequence(self, scores: NDArray[np.float32]) -> NDArray[np.int64]:
        """Return the allowed sequence of tags with the highest sum of scores (Viterbi)."""
        forbidden = np.where(self._allowed, 0.0, -1e9)
        total = scores[0] - 1e9 * self._inside
        came_from = np.zeros(scores.shape, dtype=np.int64)
        columns = np.arange(scores.shape[1])
        for word in range(1, len(scores)):
            reached = total[:, None] + forbidden
            came_from[word] = reached.argmax(axis=0)
            total = reached[came_from[word], columns] + scores[word]
        tags = np.zeros(len(scores), dtype=np.int64)
        tags[-1] = total.argmax()
        for word in range(len(scores) - 1, 0, -1):
            tags[word - 1] = came_from[word, tags[word]]
        return tags


def _runs(doc: Doc, marks: NDArray[np.int64], name: str) -> SpanGroup:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], marks, [0]))))
    pairs: list[Any] = edges.reshape(-1, 2).tolist()
    return SpanGroup(doc, name=name, spans=[Span(doc, start, end) for start, end in pairs])
