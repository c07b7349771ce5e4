"""
A larger judge that only teaches: all six layers of the published encoder, trained whole on the labels.

In: texts as windows of word pieces, what the judge sees of their words, and the labels. Out: probabilities of types for every word of other texts.
Example: a third of an hour on two cores; read beside three heads as `training/judge.py` trains them, it is right more often than any of them.
Limit: it is never shipped, as a second encoder would double the time of reading: `training/judge.py` hands on what it knows by words nobody labelled.
"""

import math
import random
import time
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.language import Language
from torch import Tensor, nn
from torch.nn import functional

from counterclaim.read.parse import fed_windows
from counterclaim.read.parse.judge import KINDS, Floats
from training.encoder import Reader, published, start_from, vocabulary

SEED = 0
EPOCHS, RATE, HEAD_RATE, PIECES, HIDDEN = 4, 1e-4, 1e-3, 1200, 384
# How often a word is shown as if its sentence were all there is.
ALONE = 0.3
Ints = NDArray[np.int64]


@dataclass(slots=True)
class Pieces:
    """One window's word pieces and shapes, and for some of its words the row they have in the text and the piece they begin with."""

    ids: Ints
    shapes: Ints
    rows: Ints
    at: Ints


def cut(text: str, starts: list[int], language: Language) -> list[Pieces]:
    """The text as the encoder gets it; `starts` are the first characters of the words to judge, in the order of their rows."""
    row_of = {start: row for row, start in enumerate(starts)}
    made = []
    for fed, offsets in fed_windows(text, language):
        found = [
            (row_of[start], int(first))
            for start, first in zip(offsets, fed["first"], strict=True)
            if start in row_of
        ]
        if found:
            rows, at = zip(*found, strict=True)
            made.append(Pieces(fed["ids"][0], fed["shapes"][0], np.array(rows), np.array(at)))
    return made


@dataclass(slots=True)
class Lesson:
    """A text to learn from or to judge: its windows, what the judge sees of its words, their types and how much each counts."""

    windows: list[Pieces]
    seen: Floats
    kind: list[int]
    weight: list[float]


class Teacher(nn.Module):
    """The encoder with one hidden layer over a word's last vector and what the judge sees of it."""

    def __init__(self, size: int, mean: Floats, spread: Floats) -> None:
        super().__init__()
        pieces, keep = vocabulary(published())
        reader = Reader({"deprel": 1}, len(pieces))
        start_from(reader, published(), keep)
        reader.pieces.weight.requires_grad_(requires_grad=False)
        self.reader = reader
        self.seen = nn.Sequential(nn.Dropout(0.25), nn.Linear(size, HIDDEN))
        self.word = nn.Sequential(nn.Dropout(0.2), nn.Linear(reader.pieces.embedding_dim, HIDDEN))
        self.hidden = nn.Dropout(0.4)
        self.kinds = nn.Linear(HIDDEN, len(KINDS))
        self.mean, self.spread = mean, spread

    def forward(self, windows: list[Pieces], seen: Floats) -> Tensor:
        """Scores of types for the windows' words, window after window; `seen` has a row for each."""
        longest = max(len(one.ids) for one in windows)
        ids, shapes = (torch.zeros(len(windows), longest, dtype=torch.long) for _ in range(2))
        mask = torch.full((len(windows), longest), -math.inf).clamp(min=-1e9)
        for row, one in enumerate(windows):
            size = len(one.ids)
            ids[row, :size], shapes[row, :size] = torch.from_numpy(one.ids), torch.from_numpy(one.shapes)
            mask[row, :size] = 0
        x = self.reader.encode(ids, shapes, mask[:, None, None, :])
        which = torch.cat([torch.full((len(one.at),), row) for row, one in enumerate(windows)])
        words = x[which, torch.from_numpy(np.concatenate([one.at for one in windows]))]
        known = torch.from_numpy((seen - self.mean) / self.spread)
        return self.kinds(self.hidden(functional.relu(self.seen(known) + self.word(words))))


def train(lessons: list[Lesson], *, alone: tuple[slice, slice, slice], epochs: int = EPOCHS) -> Teacher:
    """
    Train on the words that count.

    Args:
        alone: Where `seen` holds the means over sentence, head of the text and whole text.
    """
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    shown = [_counted(one, window) for one in lessons for window in one.windows]
    shown = [(window, rows, one) for window, rows, one in shown if len(rows)]
    every = np.concatenate([one.seen[rows] for _, rows, one in shown])
    model = Teacher(every.shape[1], every.mean(0), every.std(0) + 1e-3)
    encoder = [value for value in model.reader.parameters() if value.requires_grad]
    known = {id(value) for value in model.reader.parameters()}
    heads = [value for value in model.parameters() if id(value) not in known]
    groups = [{"params": encoder, "peak": RATE}, {"params": heads, "peak": HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, lr=RATE, weight_decay=0.05)
    steps, step, began = epochs * len(_batches(shown, rng)), 0, time.time()
    for epoch in range(epochs):
        model.train()
        total = 0.0
        for batch in _batches(shown, rng):
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * min(1.0, step / 200) * (1 - step / (steps + 1))
            seen = np.concatenate([one.seen[rows] for _, rows, one in batch])
            if rng.random() < ALONE:
                sentence, *others = alone
                for other in others:
                    seen[:, other] = seen[:, sentence]
            kind = torch.tensor([one.kind[row] for _, rows, one in batch for row in rows])
            weight = torch.tensor([one.weight[row] for _, rows, one in batch for row in rows])
            scores = model([window for window, _, _ in batch], seen)
            each = functional.cross_entropy(scores, kind, reduction="none", label_smoothing=0.05)
            loss = (each * weight).sum() / weight.sum().clamp(min=5)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            total += loss.item()
        print(
            f"teacher, round {epoch + 1}: {total * epochs / steps:.3f}, {time.time() - began:.0f} s",
            flush=True,
        )
    return model.eval()


def judge(model: Teacher, lesson: Lesson) -> Floats:
    """Probabilities of types, (words, KINDS); of a word that stands in no window all for none."""
    found = np.zeros((len(lesson.kind), len(KINDS)), np.float32)
    found[:, 0] = 1
    with torch.no_grad():
        for window in lesson.windows:
            found[window.rows] = model([window], lesson.seen[window.rows]).softmax(-1).numpy()
    return found


def _counted(one: Lesson, window: Pieces) -> tuple[Pieces, Ints, Lesson]:
    kept = np.array([one.weight[row] > 0 for row in window.rows], dtype=bool)
    return Pieces(window.ids, window.shapes, window.rows[kept], window.at[kept]), window.rows[kept], one


def _batches(
    shown: list[tuple[Pieces, Ints, Lesson]], rng: random.Random
) -> list[list[tuple[Pieces, Ints, Lesson]]]:
    """Windows of like length together, so many pieces a batch, in random order."""
    rng.shuffle(shown)
    batches: list[list[tuple[Pieces, Ints, Lesson]]] = []
    for at in range(0, len(shown), 256):
        batch: list[tuple[Pieces, Ints, Lesson]] = []
        for one in sorted(shown[at : at + 256], key=lambda each: len(each[0].ids)):
            if batch and (len(batch) + 1) * len(one[0].ids) > PIECES:
                batches.append(batch)
                batch = []
            batch.append(one)
        batches.append(batch)
    rng.shuffle(batches)
    return batches
