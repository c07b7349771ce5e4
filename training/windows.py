"""
What the shared encoder trains on: windows of words with the labels that their corpus gives, and no others.

In: the public corpora. Out: `Window`s of up to a few hundred words with grammar, names or attribution labels.
Example: PolNeAR's "Baku said | X" -> attribution layers source=[B-,-,..], cue=[-,B-,..], content=[..].
Limit: an attribution's parts are labelled as layers over the words, not linked to one another.
"""

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language

from training import augment, names, treebanks

IGNORE = -100
PARTS = ("source", "cue", "content")
NER_TAGS = ("O", *(f"{b}-{label}" for label in names.LABELS for b in "BI"))


@dataclass(slots=True)
class Window:
    """Words of one stretch of text; each label list is empty where the corpus does not give that layer."""

    words: list[str]
    paragraph: list[bool]
    xpos: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    deprel: list[str] = field(default_factory=list)
    starts: list[bool] = field(default_factory=list)
    ner: list[str] = field(default_factory=list)
    attribution: list[tuple[int, int, int]] = field(default_factory=list)


# -- the treebanks ----------------------------------------------------------------------------------------------------


def grammar(sentences: list[treebanks.Sentence], rng: random.Random, longest: int = 160) -> Iterator[Window]:
    """Yield windows of neighbouring sentences, of random length so that short texts are read well too."""
    runs: list[list[treebanks.Sentence]] = []
    size = limit = 0
    for sentence in sentences:
        if not runs or sentence.doc != runs[-1][-1].doc or size + len(sentence.words) > limit:
            runs.append([])
            size, limit = 0, rng.choice((1, 30, longest // 2, longest, longest))
        runs[-1].append(sentence)
        size += len(sentence.words)
    for run in runs:
        window = Window([], [])
        last = -1
        for sentence in run:
            base = len(window.words)
            words = sentence.words
            dice = rng.random()
            if (
                dice < 0.08
                and len(words) > 1
                and words[-1].upos == "PUNCT"
                and all(w.head != len(words) - 1 for w in words[:-1])
            ):
                words = words[:-1]
            for i, word in enumerate(words):
                window.words.append(sentence.text[word.start : word.end])
                # Scraped pages lose paragraph borders: one in ten is taken away.
                window.paragraph.append(i == 0 and sentence.paragraph != last and rng.random() < 0.9)
                window.xpos.append(word.xpos)
                window.upos.append(word.upos)
                window.feats.append(word.feats)
                window.head.append(base + word.head)
                window.deprel.append(word.deprel if word.head != i else "root")
                window.starts.append(i == 0)
            last = sentence.paragraph
        yield window


# -- names ------------------------------------------------------------------------------------------------------------


def named(
    nlp: Language, passages: Iterable[names.Passage], rng: random.Random, longest: int = 160
) -> Iterator[Window]:
    """Yield windows of neighbouring passages with their entities as BIO tags; unlabelled words have the tag ''."""
    window, doc_id = Window([], []), ""
    limit = 0
    for passage in passages:
        doc = names.annotate(nlp.make_doc(passage.text), passage)
        if window.words and (passage.doc != doc_id or len(window.words) + len(doc) > limit):
            yield window
            window = Window([], [])
        if not window.words:
            limit = rng.choice((1, longest // 2, longest, longest))
        doc_id = passage.doc
        first = True
        for token in doc:
            if token.is_space:
                continue
            tag = {0: "", 1: f"I-{token.ent_type_}", 2: "O", 3: f"B-{token.ent_type_}"}[token.ent_iob]
            window.words.append(token.text)
            window.paragraph.append(first)
            window.ner.append(tag)
            first = False
    if window.words:
        yield window


# -- attribution ------------------------------------------------------------------------------------------------------


def attributed(nlp: Language, path: Path, longest: int = 170) -> Iterator[Window]:
    """Yield windows of whole paragraphs of PolNeAR with the three layers; the first annotator of each document."""
    seen: set[str] = set()
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        row = json.loads(line)
        if row["doc_id"] in seen:
            continue
        seen.add(row["doc_id"])
        layers = [bytearray(len(row["text"]) + 1) for _ in PARTS]
        for attribution in row["attributions"]:
            for layer, part in zip(layers, PARTS, strict=True):
                for span in attribution[part] or ():
                    for at in range(span["start"], span["end"]):
                        layer[at] = 1
        yield from _attributed(nlp, row["text"], layers, longest)


def _attributed(nlp: Language, text: str, layers: list[bytearray], longest: int) -> Iterator[Window]:
    window = Window([], [])
    at = 0
    for line in text.split("\n"):
        doc = [t for t in nlp.make_doc(line) if not t.is_space]
        if window.words and len(window.words) + len(doc) > longest:
            yield window
            window = Window([], [])
        for i, token in enumerate(doc):
            if len(window.words) >= longest + 60:
                yield window
                window = Window([], [])
            window.words.append(token.text)
            window.paragraph.append(i == 0)
            start = at + token.idx
            window.attribution.append(tuple(layer[start] for layer in layers))
        at += len(line) + 1
    if window.words:
        yield window


# -- other hands ------------------------------------------------------------------------------------------------------

CAMPAIGN = frozenset(
    "trump clinton sanders cruz rubio bush kasich carson obama biden romney ryan pence kaine mcconnell stein johnson"
    " christie fiorina warren comey donald hillary bernie ted marco jeb barack joe mike tim ben".split()
)


NAMED = ("PERSON", "ORG", "GPE", "LOC")
Names = dict[str, list[list[str]]]


def named_things(data: Iterable[Window]) -> Names:
    """Return the distinct people, organisations and places of the windows, each as its words."""
    found: dict[str, dict[tuple[str, ...], None]] = {label: {} for label in NAMED}
    for window in data:
        for label, start, end in _spans(window.ner):
            if label in found and end - start <= 4:
                found[label][tuple(window.words[start:end])] = None
    return {label: [list(words) for words in distinct] for label, distinct in found.items()}


def _spans(tags: list[str]) -> Iterator[tuple[str, int, int]]:
    start = 0
    for at, tag in enumerate([*tags, "O"]):
        if start < at and tags[start].startswith("B-") and not tag.startswith("I-"):
            yield tags[start][2:], start, at
        if not tag.startswith("I-"):
            start = at


def swap_names(window: Window, rng: random.Random, pool: Names) -> Window:
    """Return the window with a third of its names changed for others of their kind, alike throughout the window."""
    words, tags, borders = [], [], []
    at = 0
    swapped: dict[tuple[str, ...], list[str]] = {}
    for label, start, end in _spans(window.ner):
        old = tuple(window.words[start:end])
        new = swapped.setdefault(
            old, rng.choice(pool[label]) if pool.get(label) and rng.random() < 0.33 else list(old)
        )
        words += [*window.words[at:start], *new]
        tags += [*window.ner[at:start], f"B-{label}", *[f"I-{label}"] * (len(new) - 1)]
        borders += [*window.paragraph[at:start], window.paragraph[start], *[False] * (len(new) - 1)]
        at = end
    return Window(
        [*words, *window.words[at:]], [*borders, *window.paragraph[at:]], ner=[*tags, *window.ner[at:]]
    )


def respell(window: Window, rng: random.Random, people: list[str], pool: Names) -> Window:
    """Return the window as another hand would have typed it, its people and places changed for others."""
    if window.ner and rng.random() < 0.5:
        window = swap_names(window, rng, pool)
    words = window.words
    if window.attribution and people and rng.random() < 0.6:
        swap: dict[str, str] = {}
        words = [
            swap.setdefault(word.casefold(), rng.choice(people)) if word.casefold() in CAMPAIGN else word
            for word in words
        ]
    text = " ".join(words)
    # Capitals are most of what tells a name: where there are none, names are worth training more than grammar.
    spelt, _ = augment.respell(text, rng, upper=0.25 if window.ner else 0.06)
    out = spelt.split(" ")
    if len(out) != len(words):
        out = words
    if rng.random() < 0.04:
        out = [noise(word, rng) for word in out]
    return Window(
        out,
        window.paragraph,
        window.xpos,
        window.upos,
        window.feats,
        window.head,
        window.deprel,
        window.starts,
        window.ner,
        window.attribution,
    )


def noise(word: str, rng: random.Random) -> str:
    """Return a word as poor scanning leaves it, one in twelve with a letter taken for another."""
    if len(word) < 4 or rng.random() > 0.08:
        return word
    at = rng.randrange(1, len(word))
    return word[:at] + rng.choice(("l", "1", "rn", "o", "e", "")) + word[at + 1 :]


def classes(values: Iterable[str], least: int) -> list[str]:
    """Return the values seen at least `least` times, commonest first."""
    return [value for value, count in Counter(values).most_common() if count >= least]
