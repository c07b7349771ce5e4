"""
Train the bundled weights: a spaCy pipeline of two small convolutional encoders, one for grammar, one for names.

In: the public corpora. Out: a spaCy pipeline folder. Example: python -m training cnn --minutes 40.
Limit: trained on web text, Wikinews and newswire; other registers read worse (scores in MODEL.md).
"""

import argparse
import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam, fix_random_seed

from training import augment, names, tokens, treebanks
from training.seal import seal

SEED = 20221
WIDTH, DEPTH = 96, 4


def encoder(rows: int) -> dict:
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": WIDTH,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
            "rows": [rows, rows // 4, rows // 2, rows // 4],
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": WIDTH,
            "depth": DEPTH,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def listener(upstream: str) -> dict:
    return {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": upstream}


def transitions(state: str, upstream: str) -> dict:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": state,
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": listener(upstream),
    }


def grammar() -> Language:
    nlp = tokens.build()
    nlp.add_pipe("tok2vec", name="grammar", config={"model": encoder(6000)})
    tagger = {"@architectures": "spacy.Tagger.v2", "tok2vec": listener("grammar")}
    nlp.add_pipe("tagger", config={"model": tagger})
    nlp.add_pipe("morphologizer", config={"model": tagger, "extend": False, "overwrite": True})
    nlp.add_pipe(
        "parser", config={"model": transitions("parser", "grammar"), "learn_tokens": False, "min_action_freq": 20}
    )
    nlp.add_pipe("trainable_lemmatizer", name="lemmatizer", config={"model": tagger, "top_k": 3, "min_tree_freq": 3})
    return nlp


def entities() -> Language:
    nlp = tokens.build()
    nlp.add_pipe("tok2vec", name="names", config={"model": encoder(6000)})
    nlp.add_pipe("ner", config={"model": transitions("ner", "names")})
    return nlp


def parsed(nlp: Language, text: str, words: tuple[treebanks.Word, ...], case: str) -> Example:
    """Return one training example: the text cut by our tokenizer beside the treebank's words."""
    spaces = [
        i + 1 < len(words) and words[i + 1].start > word.end or i + 1 == len(words)
        for i, word in enumerate(words)
    ]
    lemmas = [w.lemma for w in words]
    if case == "upper":
        lemmas = [lemma.upper() for lemma in lemmas]
    gold = Doc(
        nlp.vocab,
        words=[text[w.start : w.end] for w in words],
        spaces=spaces,
        tags=[w.xpos for w in words],
        pos=[w.upos for w in words],
        morphs=[w.feats for w in words],
        lemmas=lemmas,
        heads=[w.head for w in words],
        deps=[w.deprel if w.head != i else "ROOT" for i, w in enumerate(words)],
    )
    return Example(nlp.make_doc(text), gold)


def grammar_examples(nlp: Language, sentences: list[treebanks.Sentence], rng: random.Random) -> Iterator[Example]:
    runs = list(treebanks.paragraphs(sentences, rng))
    rng.shuffle(runs)
    for run in runs:
        gaps = [" "] * (len(run) - 1) + [""]
        text, words = treebanks.join(run, gaps)
        last = words[-1]
        if rng.random() < 0.08 and last.upos == "PUNCT" and all(w.head != len(words) - 1 for w in words[:-1]):
            words = words[:-1]
            text = text[: last.start].rstrip()
            if not words:
                continue
        text, case = augment.respell(text, rng)
        yield parsed(nlp, text, words, case)


def name_examples(nlp: Language, passages: list[names.Passage], rng: random.Random) -> Iterator[Example]:
    order = list(passages)
    rng.shuffle(order)
    for passage in order:
        text, _ = augment.respell(passage.text, rng)
        doc = nlp.make_doc(text)
        yield Example(doc, names.annotate(nlp.make_doc(text), passage))


def batches(examples: Iterator[Example], words: int) -> Iterator[list[Example]]:
    batch: list[Example] = []
    size = 0
    for example in examples:
        batch.append(example)
        size += len(example.predicted)
        if size >= words:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def fit(
    nlp: Language,
    make: Callable[[random.Random], Iterator[Example]],
    check: Callable[[Language], dict[str, float]],
    save: Path,
    *,
    minutes: float,
    epochs: int,
) -> None:
    """Train until the minutes or epochs are used up; keep the averaged weights on disk after every pass."""
    fix_random_seed(SEED)
    rng = random.Random(SEED)
    optimizer = Adam(0.001, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    first = list(make(random.Random(SEED)))
    nlp.initialize(lambda: first, sgd=optimizer)
    begun, best = time.monotonic(), -1.0
    step = 0
    for epoch in range(epochs):
        losses: dict[str, float] = {}
        seen = 0
        for batch in batches(make(rng), min(2000, 400 + 300 * epoch)):
            # A linear fall to a tenth over the time allowed: the averaged weights then need no tail.
            used = max((time.monotonic() - begun) / (60 * minutes), (epoch / epochs))
            optimizer.learn_rate = 0.001 * max(0.1, 1 - used)
            nlp.update(batch, sgd=optimizer, losses=losses, drop=0.1)
            seen += sum(len(e.predicted) for e in batch)
            step += 1
            if step % 50 == 0:
                print(f"  pass {epoch} words {seen} {(time.monotonic() - begun) / 60:.1f} min", end="\r", flush=True)
        with nlp.use_params(optimizer.averages):
            scores = check(nlp)
            mean = sum(scores.values()) / len(scores)
            kept = mean > best
            if kept:
                best = mean
                nlp.to_disk(save)
        shown = " ".join(f"{k}={v:.4f}" for k, v in scores.items())
        print(f"pass {epoch} {(time.monotonic() - begun) / 60:.1f} min {shown}{' kept' if kept else ''}", flush=True)
        if time.monotonic() - begun > 60 * minutes:
            break


def check_grammar(sentences: list[treebanks.Sentence]) -> Callable[[Language], dict[str, float]]:
    def check(nlp: Language) -> dict[str, float]:
        gold = predicted = arcs = labels = tags = lemmas = 0
        for sentence, doc in zip(sentences, nlp.pipe([s.text for s in sentences], batch_size=256), strict=True):
            spans = {(w.start, w.end): i for i, w in enumerate(sentence.words)}
            gold += len(sentence.words)
            for token in doc:
                if token.is_space:
                    continue
                predicted += 1
                at = spans.get((token.idx, token.idx + len(token)))
                if at is None:
                    continue
                word = sentence.words[at]
                head = sentence.words[word.head]
                root = word.head == at
                tags += token.tag_ == word.xpos
                lemmas += token.lemma_ == word.lemma
                if root != (token.head.i == token.i):
                    continue
                if root or (head.start, head.end) == (token.head.idx, token.head.idx + len(token.head)):
                    arcs += 1
                    labels += token.dep_.lower() == word.deprel
        total = (gold + predicted) / 2
        return {"tag": tags / total, "lemma": lemmas / total, "uas": arcs / total, "las": labels / total}

    return check


def check_names(passages: list) -> Callable[[Language], dict[str, float]]:
    def check(nlp: Language) -> dict[str, float]:
        return {"entities": names.f1(passages, nlp.pipe((p.text for p in passages), batch_size=256))}

    return check


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("part", choices=["grammar", "names", "join"])
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--work", type=Path, required=True)
    asked.add_argument("--minutes", type=float, default=60)
    asked.add_argument("--epochs", type=int, default=30)
    args = asked.parse_args()
    corpora = Path(os.environ.get("COUNTERCLAIM_CORPORA", "../shared/corpora"))
    licensed = os.environ.get("LICENSED_ONLY") == "1"
    if args.part == "grammar":
        train = [*treebanks.read(corpora / "parse/ewt.train.conllu"), *treebanks.read(corpora / "parse/gum.free.train.conllu")]
        dev = [*treebanks.read(corpora / "parse/ewt.dev.conllu"), *treebanks.read(corpora / "parse/gum.free.dev.conllu")]
        nlp = grammar()
        fit(nlp, lambda rng: grammar_examples(nlp, train, rng), check_grammar(dev), args.work / "grammar",
            minutes=args.minutes, epochs=args.epochs)
    elif args.part == "names":
        data = names.load(corpora, licensed_only=licensed)
        nlp = entities()
        fit(nlp, lambda rng: name_examples(nlp, data.train, rng), check_names(data.held_newswire), args.work / "names",
            minutes=args.minutes, epochs=args.epochs)
    else:
        nlp = spacy.load(args.work / "grammar")
        other = spacy.load(args.work / "names")
        for name in other.pipe_names:
            nlp.add_pipe(name, source=other)
        nlp.meta["name"] = "counterclaim_cnn"
        nlp.to_disk(args.out)
        seal(args.out)


if __name__ == "__main__":
    main()
