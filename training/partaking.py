"""
Train who took part (`read/parse/partaking.py`) on the labels of `annotation/`, and write it beside the bundled encoder.

    python -m training.partaking --report     what documents reach that were not trained on, five folds
    python -m training.partaking              train on all that are not kept out, write weights/encoder/encoder/partaking.npz

In: the labels, the corpora they point into (COUNTERCLAIM_CORPORA), and the examples of the event tables, whose roles the patterns give.
Out: one hidden layer over the frozen encoder's lower layers and the candidates' signs. Example: a minute or two on one core.
Limit: who stands further off than the sentences looked at is no candidate, and counts as missed.
"""

import argparse
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.language import Language
from torch import Tensor, nn
from torch.nn import functional

from annotation.documents import Corpora
from annotation.labels import Labelled, load
from counterclaim.errors import Unreadable
from counterclaim.gather import to_article
from counterclaim.knowledge import load_table
from counterclaim.pipeline import read_article, read_mentions
from counterclaim.read.parse import BUNDLED, load_language, parse
from counterclaim.read.parse.partaking import FILE, PARTS, Floats, Partaking
from counterclaim.read.syntax import Tree
from counterclaim.read.table.candidates import Surroundings
from counterclaim.read.table.happenings import Told, find_told
from counterclaim.types import Article, Mention, Page, Reading
from evaluation.parses import keep_parses
from training.seal import seal

DEFAULT_CORPORA = Path(__file__).parent.parent.parent / "shared" / "corpora"
SEED, FOLDS = 20261201, 5
HIDDEN, EPOCHS, BATCH, RATE, DROPPED = 64, 6, 512, 2e-3, 0.4
# A sign is learnt that so many pairs bear.
RARE = 4
# How much a pair of an example counts: its roles are the patterns' own.
EXAMPLE = 0.3


@dataclass(slots=True)
class Pair:
    """An event's word and a candidate: the vectors, the signs, the part it has by the label, and how much it counts."""

    document: str
    event: int
    trigger: NDArray[np.float16]
    head: NDArray[np.float16]
    signs: list[str]
    part: int
    weight: float
    found: bool


@dataclass(slots=True)
class Asked:
    """How many the labels name of an event that the patterns found."""

    document: str
    counts: tuple[int, int]


def read(text: str, language: Language, published: str | None = None) -> tuple[Tree, Reading]:
    """The tree and the reading of a text as it is."""
    article = to_article(Page("text", text.encode(), "text", published=published), verbatim=True)
    assert isinstance(article, Article)
    return read_mentions(parse(article.text, language), article)[0], read_article(article, language)


def collect(corpora: Path, language: Language) -> tuple[list[Pair], list[Asked]]:
    """Pairs of every labelled document that is not kept out, and of the tables' examples."""
    pairs: list[Pair] = []
    asked: list[Asked] = []
    at_hand = Corpora(corpora)
    for labelled in load():
        document = at_hand.get(labelled.id, labelled.segments)
        if not document.kept_out:
            try:
                tree, reading = read(document.text, language, document.published)
            except Unreadable:  # as one that holds filler in Latin
                continue
            _of_document(labelled, document.text, tree, reading, pairs, asked)
    for table in ("events/verbs", "events/nouns"):
        for row in load_table(table):
            tree, reading = read(row["example"], language)
            around = Surroundings(tree, reading.attributions)
            for told in find_told(tree, reading.events):
                if any(row.rule in event.rules for event in told.events):
                    parts = dict.fromkeys(told.actors, 1) | dict.fromkeys(told.recipients, 2)
                    for one in around.near(told.at):
                        signs = list(around.signs(told.at, told.type, told, one))
                        _add(
                            pairs,
                            f"{table}/{row['id']}",
                            -1,
                            tree,
                            told.at,
                            one,
                            signs,
                            parts.get(one, 0),
                            EXAMPLE,
                        )
    return pairs, asked


def _of_document(
    labelled: Labelled, text: str, tree: Tree, reading: Reading, pairs: list[Pair], asked: list[Asked]
) -> None:
    around = Surroundings(tree, reading.attributions)
    told = find_told(tree, reading.events)
    for label in labelled.triggers:
        words = tree.covering(label["start_char"], label["end_char"])
        if not label["event"] or words is None:
            continue
        ours = next((one for one in told if one.type == label["type"] and meets(tree, one, label)), None)
        at = ours.at if ours else words.root.i
        gold = [
            (part, first, last, covering.root.i if (covering := tree.covering(first, last)) else -1)
            for part, role in ((1, "actors"), (2, "recipients"))
            for first, last in label[role]
        ]
        for one in around.near(at):
            part = _part(one, gold, text)
            if part is not None:
                signs = list(around.signs(at, label["type"], ours, one))
                _add(pairs, labelled.id, len(asked), tree, at, one, signs, part, 1.0, found=ours is not None)
        asked.append(Asked(labelled.id, (len(label["actors"]), len(label["recipients"])) if ours else (0, 0)))


def _add(
    pairs: list[Pair],
    document: str,
    event: int,
    tree: Tree,
    at: int,
    one: Mention,
    signs: list[str],
    part: int,
    weight: float,
    *,
    found: bool = False,
) -> None:
    states = tree.doc.tensor
    vectors = (np.asarray(states[word], dtype=np.float16) for word in (at, one.head))
    pairs.append(Pair(document, event, *vectors, signs, part, weight, found))


def meets(tree: Tree, one: Told, label: dict[str, Any]) -> bool:
    """Whether the word of a mention stands in the label's words."""
    first = tree.idx[one.at]
    return bool(first < label["end_char"] and label["start_char"] < first + len(tree.forms[one.at]))


_SMALL = frozenset(("the", "a", "an", "of", "and", "in", "on", "its", "his", "their"))


def _part(one: Mention, gold: Sequence[tuple[int, int, int, int]], text: str) -> int | None:
    """The candidate's part; None where it is a piece of who is meant, or the same words elsewhere: neither right nor wrong."""
    unclear = False
    words = set(one.text.casefold().split()) - _SMALL
    for part, first, last, head in gold:
        shared = min(last, one.end_char) - max(first, one.start_char)
        if one.head == head or (
            shared > 0 and 2 * shared >= max(last, one.end_char) - min(first, one.start_char)
        ):
            return part
        others = set(text[first:last].casefold().split()) - _SMALL
        unclear |= (shared > 0 and one.kind != "adjective") or bool(
            words and (words <= others or others <= words)
        )
    return None if unclear else 0


class Head(nn.Module):
    """The weights as they are trained."""

    def __init__(self, width: int, signs: int) -> None:
        super().__init__()
        self.event, self.person = nn.Linear(width, HIDDEN), nn.Linear(width, HIDDEN)
        self.meet, self.out = nn.Linear(2 * HIDDEN, HIDDEN), nn.Linear(HIDDEN, len(PARTS))
        self.signs = nn.EmbeddingBag(signs, HIDDEN, mode="sum")
        self.straight = nn.EmbeddingBag(signs, len(PARTS), mode="sum")
        nn.init.normal_(self.signs.weight, 0, 0.05)
        nn.init.zeros_(self.straight.weight)
        self.drop = nn.Dropout(DROPPED)

    def forward(self, event: Tensor, person: Tensor, signs: Tensor, begins: Tensor) -> Tensor:
        one = functional.relu(self.drop(self.event(self.drop(event))))
        other = functional.relu(self.drop(self.person(self.drop(person))))
        hidden = self.meet(torch.cat((one * other, one + other), 1)) + self.signs(signs, begins)
        scores: Tensor = self.out(self.drop(functional.relu(hidden))) + self.straight(signs, begins)
        return scores


def fit(pairs: Sequence[Pair]) -> dict[str, Any]:
    """The weights, by name as `Partaking` wants them, with ``names``."""
    torch.manual_seed(SEED)
    seen = Counter(sign for pair in pairs for sign in set(pair.signs))
    names = sorted(sign for sign, often in seen.items() if often >= RARE)
    place = {sign: at for at, sign in enumerate(names)}
    events = np.stack([pair.trigger for pair in pairs]).astype(np.float32)
    persons = np.stack([pair.head for pair in pairs]).astype(np.float32)
    mean, spread = events.mean(0), events.std(0) + 1e-3
    inputs = [torch.from_numpy((one - mean) / spread) for one in (events, persons)]
    rows = [sorted({place[sign] for sign in pair.signs if sign in place}) for pair in pairs]
    part = torch.tensor([pair.part for pair in pairs])
    weight = torch.tensor([pair.weight for pair in pairs])
    head = Head(events.shape[1], len(names))
    optimizer = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=0.05)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(pairs)).split(BATCH):
            own = [rows[at] for at in batch.tolist()]
            begins = torch.tensor([0, *np.cumsum([len(one) for one in own])[:-1]])
            signs = torch.tensor([sign for one in own for sign in one])
            scores = head(inputs[0][batch], inputs[1][batch], signs, begins)
            each = functional.cross_entropy(scores, part[batch], reduction="none")
            loss = (each * weight[batch]).sum() / weight[batch].sum()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    kept: dict[str, Any] = {"mean": mean, "spread": spread, "names": names}
    for name in ("event", "person", "meet", "out"):
        layer = getattr(head, name)
        kept |= {name: layer.weight.detach().numpy().T, f"{name}_bias": layer.bias.detach().numpy()}
    for name in ("signs", "straight"):
        kept[name] = getattr(head, name).weight.detach().numpy()
    return kept


def write(kept: dict[str, Any], file: Path = FILE) -> None:
    """Keep the weights as half floats, the names as text."""
    halves = {name: value.astype(np.float16) for name, value in kept.items() if name != "names"}
    names = np.frombuffer("\n".join(kept["names"]).encode(), dtype=np.uint8)
    np.savez(file, names=names, **halves)


def fold_of(document: str, order: dict[str, int]) -> int:
    """The fold a document belongs to; -1 for an example, which belongs to none."""
    return order[document] % FOLDS if document in order else -1


def likely(kept: dict[str, Any], pairs: Sequence[Pair]) -> Floats:
    """What the weights say of pairs."""
    model = Partaking({name: value for name, value in kept.items() if name != "names"}, kept["names"])
    doc = _Vectors(
        np.concatenate((np.stack([one.trigger for one in pairs]), np.stack([one.head for one in pairs])))
    )
    found = model(doc, [(at, at + len(pairs)) for at in range(len(pairs))], [one.signs for one in pairs])  # type: ignore[arg-type]  # only its tensor is asked
    assert found is not None
    return found


@dataclass(slots=True)
class _Vectors:
    tensor: NDArray[np.float16]


def report(pairs: Sequence[Pair], asked: Sequence[Asked]) -> Iterator[str]:
    """Precision and recall at several likelihoods, each document by weights that were trained without it."""
    order = {name: at for at, name in enumerate(sorted({one.document for one in asked}))}
    right: Counter[tuple[int, float]] = Counter()
    given: Counter[tuple[int, float]] = Counter()
    for fold in range(FOLDS):
        kept = fit([pair for pair in pairs if fold_of(pair.document, order) != fold])
        mine = [pair for pair in pairs if fold_of(pair.document, order) == fold and pair.found]
        for pair, shares in zip(mine, likely(kept, mine), strict=True):
            for part in (1, 2):
                for at in (0.3, 0.4, 0.5, 0.6, 0.7):
                    given[part, at] += bool(shares[part] >= at)
                    right[part, at] += bool(shares[part] >= at and pair.part == part)
    for part, name in enumerate(PARTS[1:], start=1):
        total = sum(one.counts[part - 1] for one in asked)
        for (of, at), hits in sorted(right.items()):
            if of == part:
                yield f"{name} at {at}: precision {hits / max(1, given[of, at]):.3f}, recall {hits / total:.3f}"


def main() -> None:
    """Train and write, or report."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", maxsplit=1)[0])
    options.add_argument("--report", action="store_true", help="five folds, writes nothing")
    chosen = options.parse_args()
    torch.set_num_threads(1)
    language = load_language()
    keep_parses(language)
    pairs, asked = collect(Path(os.environ.get("COUNTERCLAIM_CORPORA", DEFAULT_CORPORA)), language)
    print(f"{len(asked)} events, {len(pairs)} pairs", flush=True)
    if chosen.report:
        for line in report(pairs, asked):
            print(line)
        return
    write(fit(pairs))
    seal(BUNDLED)
    print(f"{FILE.name}: {FILE.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
