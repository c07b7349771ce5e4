"""
Train the judge of events on the labels of `annotation/`, and write it beside the bundled encoder.

    python -m training.judge             train, choose how sharp it is, write weights/encoder/encoder/judge.npz, print what it reaches
    python -m training.judge --curve     also print what half and a quarter of the labels reach

In: the labels, the corpora they point into (COUNTERCLAIM_CORPORA), and the examples of the event tables. Out: one hidden layer over the frozen
encoder's lower layers. Three such heads learn from the labels; the one that is written learns from the labels and from what those say together of
texts that nobody labelled. Example: a quarter of an hour on two cores.
Limit: the encoder stays as it is, since every rule was written on its parses. MODEL.md has what training more of it gave.
"""

import argparse
import json
import os
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
from spacy.language import Language
from torch import Tensor, nn
from torch.nn import functional

from annotation.documents import Corpora
from annotation.labels import OWN, load
from counterclaim.knowledge import load_table
from counterclaim.pipeline import read_mentions
from counterclaim.read.attribution import find_attributions
from counterclaim.read.dates import find_times
from counterclaim.read.events import find_frames, judge_frames
from counterclaim.read.events.judging import candidates, signs
from counterclaim.read.parse import BUNDLED, load_language, parse
from counterclaim.read.parse.judge import FILE, KINDS, REALIS, Floats, describe
from counterclaim.read.syntax import Tree
from counterclaim.types import Article, Frame
from evaluation.parses import keep_parses
from training.seal import seal

DEFAULT_CORPORA = Path(__file__).parent.parent.parent / "shared" / "corpora"
SEED = 20261130
HIDDEN, EPOCHS, BATCH, RATE = 768, 12, 256, 1e-3
# Heads that teach, and words of unlabelled text to learn from, a corpus.
HEADS, UNLABELLED = 3, 90_000
# Corpora whose other documents may be trained on, and the most of one that is read.
TAUGHT_ON, LONGEST = ("worldwide", "polnear", "rams", "ewt"), 6000
# Where `describe` puts the means over sentence, head of the text and whole text.
SENTENCE, LEAD, WHOLE = slice(1152, 1536), slice(1536, 1920), slice(1920, 2304)
IGNORE = -100
# How much a word counts that nobody was asked about (annotators add the events among them), and one of a table's example.
UNASKED, EXAMPLE, SILVER = 0.1, 0.3, 0.15
# Of the machine-written stories every so many, and of each the beginning.
SILVER_STEP, SILVER_CHARS = 5, 700


@dataclass(slots=True)
class Judged:
    """One text's words to train on: what the judge sees of each, and the label; what is measured besides."""

    id: str
    kept_out: bool
    seen: Floats
    kind: list[int]
    realis: list[int]
    weight: list[float]
    asked: list[bool] = field(default_factory=list)


def frames_of(text: str, language: Language) -> tuple[Tree, tuple[Frame, ...]]:
    """The text's tree and what the patterns propose, as the pipeline has them before judging."""
    article = Article(id="", ref="", text=text)
    tree, _ = read_mentions(parse(text, language), article)
    attributions = find_attributions(tree)
    return tree, judge_frames(tree, find_frames(tree, attributions), attributions, find_times(tree, article))


def make(
    name: str,
    tree: Tree,
    frames: tuple[Frame, ...],
    labels: dict[int, tuple[int, int, float]],
    *,
    kept_out: bool,
    unasked: float,
) -> Judged:
    """A text's words with what the judge sees of them; `labels` hold kind, realis and weight by token."""
    tokens = sorted({*labels, *candidates(tree, frames)})
    seen = describe(tree.doc, tokens)
    assert seen is not None
    rows = [labels.get(token, (0, IGNORE, unasked)) for token in tokens]
    return Judged(
        name,
        kept_out,
        np.hstack((seen, signs(tree, frames, tokens))),
        [kind for kind, _, _ in rows],
        [realis for _, realis, _ in rows],
        [weight for _, _, weight in rows],
        [token in labels for token in tokens],
    )


def labelled(corpora: Path, language: Language) -> Iterator[Judged]:
    """Yield every labelled document."""
    at_hand = Corpora(corpora)
    for one in load():
        document = at_hand.get(one.id, one.segments)
        tree, frames = frames_of(document.text, language)
        labels: dict[int, tuple[int, int, float]] = {}
        for label in one.triggers:
            span = tree.doc.char_span(label["start_char"], label["end_char"], alignment_mode="expand")
            if span is None:
                continue
            kind = KINDS.index(label["type"]) if label["event"] else 0
            # An event that was added beside a word asked about outranks "none".
            if kind or span.root.i not in labels:
                labels[span.root.i] = (kind, REALIS.index(label["realis"]) if kind else IGNORE, 1.0)
        yield make(one.id, tree, frames, labels, kept_out=document.kept_out, unasked=UNASKED)


def examples(language: Language) -> Iterator[Judged]:
    """Yield the event tables' own sentences: the trigger of an example is an event, words of counterexamples that no pattern takes are none."""
    for table in ("events/verbs", "events/nouns"):
        for row in load_table(table):
            tree, frames = frames_of(row["example"], language)
            labels = {
                frame.trigger: (KINDS.index(frame.type), IGNORE, EXAMPLE)
                for frame in frames
                if row.rule in frame.rules
            }
            yield make(row.rule, tree, frames, labels, kept_out=False, unasked=0.0)
            tree, frames = frames_of(row["counterexample"], language)
            labels = dict.fromkeys(
                set(candidates(tree, frames)) - {frame.trigger for frame in frames}, (0, IGNORE, EXAMPLE)
            )
            yield make(row.rule, tree, frames, labels, kept_out=False, unasked=0.0)


def own(language: Language) -> Iterator[Judged]:
    """Yield our own sentences, which set the same words in and out of politics (annotation/own.tsv)."""
    for line in OWN.read_text(encoding="utf-8").splitlines():
        text, tab, marks = line.partition("\t")
        if not tab or line.startswith("#"):
            continue
        tree, frames = frames_of(text, language)
        labels: dict[int, tuple[int, int, float]] = {}
        for mark in marks.split(";"):
            word, _, kind = mark.strip().rpartition("=")
            if word in tree.forms:
                labels[tree.forms.index(word)] = (KINDS.index(kind), IGNORE, 1.0)
        yield make(f"own/{text}", tree, frames, labels, kept_out=False, unasked=0.0)


def silver(corpora: Path, language: Language) -> Iterator[Judged]:
    """
    Yield machine-written stories: what the patterns take for an event of the story's own type, in its first sentences, counts a little.

    Every eleventh story is left to `evaluation/ngec.py`.
    """
    lines = (corpora / "events/ngec_synthetic.jsonl").read_text(encoding="utf-8").split("\n")
    for line in lines[5::SILVER_STEP]:
        row = json.loads(line) if line else None
        if row is None or int(row["id"].rpartition("-")[2]) % 11 == 0:
            continue
        text = row["text"][:SILVER_CHARS].rpartition(".")[0] + "."
        if len(text) < 40:
            continue
        tree, frames = frames_of(text, language)
        own = {
            frame.trigger: (KINDS.index(frame.type), IGNORE, SILVER)
            for frame in frames
            if frame.type == row["label"]
        }
        yield make(row["id"], tree, frames, own, kept_out=False, unasked=0.0)


def unlabelled(corpora: Path, language: Language, known: set[str]) -> Iterator[Judged]:
    """Yield documents that nobody labelled and none that is kept out, so many words of each corpus."""
    at_hand = Corpora(corpora)
    for name in TAUGHT_ON:
        free = [one for one in at_hand.corpus(name).values() if one.id not in known and not one.kept_out]
        random.Random(SEED).shuffle(free)
        words = 0
        for document in free:
            text = document.text
            if len(text) > LONGEST:
                text = text[:LONGEST].rpartition(".")[0] + "."
            tree, frames = frames_of(text, language)
            yield make(document.id, tree, frames, {}, kept_out=False, unasked=0.0)
            words += len(text.split())
            if words > UNLABELLED:
                break


class Head(nn.Module):
    """The judge as it is trained."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.seen = nn.Dropout(0.25)
        self.first = nn.Linear(size, HIDDEN)
        self.hidden = nn.Dropout(0.5)
        self.kinds = nn.Linear(HIDDEN, len(KINDS))
        self.realis = nn.Linear(HIDDEN, len(REALIS))

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        hidden = self.hidden(functional.relu(self.first(self.seen(x))))
        return self.kinds(hidden), self.realis(hidden)


def fit(
    texts: list[Judged], *, seed: int = SEED, told: list[Floats] | None = None
) -> tuple[Head, Floats, Floats]:
    """
    Return the head and the mean and spread that its input is brought to.

    Args:
        told: What its teachers say of each word of the texts, (words, KINDS); it then learns from them as much as from the labels.
    """
    torch.manual_seed(seed)
    texts_of_words = [one for one in texts if len(one.kind)]
    x = np.concatenate([one.seen for one in texts_of_words])
    # Each word once in its text, once as if its sentence were all there is: a lone sentence has nothing else to go by.
    alone = x.copy()
    alone[:, LEAD] = alone[:, WHOLE] = alone[:, SENTENCE]
    x = np.concatenate((x, alone))
    mean, spread = x.mean(0), x.std(0) + 1e-3
    inputs = torch.from_numpy((x - mean) / spread)
    kind = torch.tensor([value for one in texts for value in one.kind]).repeat(2)
    realis = torch.tensor([value for one in texts for value in one.realis]).repeat(2)
    weight = torch.tensor([value for one in texts for value in one.weight]).repeat(2)
    taught = (
        torch.from_numpy(np.concatenate([one for one in told if len(one)])).repeat(2, 1) if told else None
    )
    used = torch.nonzero(weight > 0).flatten() if taught is None else torch.arange(len(inputs))
    smoothing = 0.05 if taught is None else 0.0
    head = Head(inputs.shape[1])
    optimizer = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=0.05)
    steps, step = EPOCHS * (len(used) // BATCH + 1), 0
    for _ in range(EPOCHS):
        for batch in used[torch.randperm(len(used))].split(BATCH):
            step += 1
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1.0, step / 50) * (1 - step / (steps + 1))
            kinds, realises = head(inputs[batch])
            each = functional.cross_entropy(kinds, kind[batch], reduction="none", label_smoothing=smoothing)
            loss = (each * weight[batch]).sum() / weight[batch].sum().clamp(min=1)
            if taught is not None:
                loss = loss / 2 + functional.cross_entropy(kinds, taught[batch])
            if (realis[batch] != IGNORE).any():
                loss = loss + 0.3 * functional.cross_entropy(realises, realis[batch], ignore_index=IGNORE)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return head.eval(), mean, spread


def scores(
    head: Head, mean: Floats, spread: Floats, texts: Iterable[Judged]
) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Scores of kinds and realis for every word, its labels, and whether it was asked about."""
    texts = [one for one in texts if len(one.kind)]
    x = torch.from_numpy((np.concatenate([one.seen for one in texts]) - mean) / spread)
    with torch.no_grad():
        kinds, realis = head(x)
    return (
        kinds,
        realis,
        torch.tensor([value for one in texts for value in one.kind]),
        torch.tensor([value for one in texts for value in one.realis]),
        torch.tensor([value for one in texts for value in one.asked]),
    )


def say(head: Head, mean: Floats, spread: Floats, texts: list[Judged]) -> list[Floats]:
    """What a head says of every word of the texts: probabilities of types."""
    with torch.no_grad():
        return [head(torch.from_numpy((one.seen - mean) / spread))[0].softmax(-1).numpy() for one in texts]


def teach(heads: list[tuple[Head, Floats, Floats]], texts: list[Judged]) -> list[Floats]:
    """What the heads say together of every word of the texts."""
    said = [say(*one, texts) for one in heads]
    return [sum(each) / np.float32(len(heads)) for each in zip(*said, strict=True)]


def sharpness(scored: Tensor, gold: Tensor) -> float:
    """By how much to multiply scores so that they say how often they are right: least cross-entropy, in steps of a twentieth."""
    known = gold != IGNORE
    return min(
        (step / 20 for step in range(10, 50)),
        key=lambda by: functional.cross_entropy(by * scored[known], gold[known]).item(),
    )


def report(name: str, kinds: Tensor, gold: Tensor, by: float) -> None:
    """Print precision and recall of types at several confidences, over the words given."""
    shares = (by * kinds).softmax(-1)
    sure, best = shares[:, 1:].max(-1)
    right = (best + 1) == gold
    parts = []
    for at in (0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        kept = sure >= at
        p, r = right[kept].float().mean().item(), right[kept].sum().item() / (gold > 0).sum().item()
        parts.append(f"{at}: P {p:.3f} R {r:.3f} F {2 * p * r / (p + r):.3f}")
    print(f"{name:<12}", "  ".join(parts), flush=True)


def main() -> None:
    """Train and write."""
    asked = argparse.ArgumentParser(
        prog="python -m training.judge", description=(__doc__ or "").split("\n\n")[0]
    )
    asked.add_argument(
        "--curve", action="store_true", help="also train on a half and a quarter of the documents"
    )
    options = asked.parse_args()
    torch.set_num_threads(2)
    language = load_language()
    keep_parses(language)
    documents = list(labelled(Path(os.environ.get("COUNTERCLAIM_CORPORA", DEFAULT_CORPORA)), language))
    corpora = Path(os.environ.get("COUNTERCLAIM_CORPORA", DEFAULT_CORPORA))
    tables = [*examples(language), *own(language), *silver(corpora, language)]
    rest = [one for one in documents if not one.kept_out]
    chosen = [one for one in rest if random.Random(one.id).random() < 1 / 8]
    first = [one for one in rest if one not in chosen]
    print(
        f"{len(first)} documents to train on, {len(chosen)} to choose on, {len(documents) - len(rest)} kept out, {len(tables)} examples",
        flush=True,
    )
    for share in (4, 2) if options.curve else ():
        kinds, _, gold, _, seen = scores(*fit(first[::share] + tables), chosen)
        report(f"1/{share}", kinds[seen], gold[seen], 1.0)
    if options.curve:
        gold_only = [one for one in tables if "/" in one.id]
        kinds, _, gold, _, seen = scores(*fit(first + gold_only), chosen)
        report("no stories", kinds[seen], gold[seen], 1.0)
    heads = [fit([*first, *tables], seed=SEED + number) for number in range(HEADS)]
    for number, one in enumerate(heads):
        kinds, _, gold, _, seen = scores(*one, chosen)
        report(f"head {number + 1}", kinds[seen], gold[seen], 1.0)
    others = list(unlabelled(corpora, language, {one.id for one in documents}))
    print(f"{len(others)} documents without labels", flush=True)
    # Of the documents to choose on it is told what the heads think, who never saw their labels, and no label.
    untold = [
        replace(one, weight=[0.0] * len(one.weight), realis=[IGNORE] * len(one.realis)) for one in chosen
    ]
    texts = [*first, *tables, *others, *untold]
    head, mean, spread = fit(texts, told=teach(heads, texts))
    kinds, realis, gold, gold_realis, seen = scores(head, mean, spread, chosen)
    by = sharpness(kinds[seen], gold[seen]), sharpness(realis, gold_realis)
    report("chosen on", kinds[seen], gold[seen], by[0])
    for one in chosen:
        one.seen[:, LEAD] = one.seen[:, WHOLE] = one.seen[:, SENTENCE]
    lone, *_ = scores(head, mean, spread, chosen)
    report("alone", lone[seen], gold[seen], by[0])
    known = gold_realis != IGNORE
    print(
        f"realis right {(realis[known].argmax(-1) == gold_realis[known]).float().mean().item():.3f}, sharpness {by}",
        flush=True,
    )
    kept = {name: value.detach().numpy() for name, value in head.state_dict().items()}
    np.savez(
        FILE,
        mean=mean.astype(np.float16),
        spread=spread.astype(np.float16),
        first=kept["first.weight"].T.astype(np.float16),
        first_bias=kept["first.bias"],
        kinds=kept["kinds.weight"].T,
        kinds_bias=kept["kinds.bias"],
        realis=kept["realis.weight"].T,
        realis_bias=kept["realis.bias"],
        sharpness=np.array(by, dtype=np.float32),
    )
    seal(BUNDLED)
    print(f"{FILE.name}: {FILE.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
