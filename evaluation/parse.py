"""
The bundled weights against the treebanks: words, tags, lemmas, arcs and sentences, each from raw text.

Comes in: the corpora folder. Goes out: F1 over words that stand at the same characters, for EWT dev and GUM dev read
sentence by sentence (UAS and LAS with subtypes of labels, punctuation counted), and sentence F1 on whole GUM documents.

Limit: the treebanks are web text, Wikinews, biographies and the like; wire reports are longer-winded.
"""

import hashlib
import itertools
from collections import Counter
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from counterclaim.read.parse import load_language, parse_all
from evaluation.items import Note, ignore
from training.treebanks import Sentence, read

FILES = ("parse/ewt.dev.conllu", "parse/gum.free.dev.conllu")
# Whole documents of these genres are laid out as news is: paragraphs of running text.
NEWS_LIKE = ("GUM_news", "GUM_bio", "GUM_interview")


def compare(sentence: Sentence, doc: Doc, note: Note = ignore) -> Counter[str]:
    """Counts of words that agree in their characters and, of these, in tag, lemma, head and label."""
    spans = {(word.start, word.end): i for i, word in enumerate(sentence.words)}
    tokens = [token for token in doc if not token.is_space]
    counts: Counter[str] = Counter(gold=len(spans), found=len(tokens))
    for token in tokens:
        at = spans.get((token.idx, token.idx + len(token)))
        if at is None:
            continue
        word = sentence.words[at]
        head = sentence.words[word.head]
        counts["tokens"] += 1
        counts["tag"] += token.tag_ == word.xpos
        counts["pos"] += token.pos_ == word.upos
        counts["lemma"] += token.lemma_ == word.lemma
        root = token.head.i == token.i
        same = (
            root
            if word.head == at
            else not root and (token.head.idx, token.head.idx + len(token.head)) == (head.start, head.end)
        )
        counts["uas"] += same
        counts["las"] += same and token.dep_.lower() == word.deprel
        key = f"{sentence.doc}:{hashlib.sha256(sentence.text.encode()).hexdigest()[:8]}:{token.i}"
        above = "nothing" if word.head == at else sentence.text[head.start : head.end]
        told = f"{token.text} {word.deprel} of {above}, found {token.dep_} of {token.head.text} [{sentence.text}]"
        note("arc and label", key, same and token.dep_.lower() == word.deprel, told)
    return counts


def sentence_counts(sentences: list[Sentence], doc: Doc, starts: set[int]) -> Counter[str]:
    """Counts of sentences that begin at the same character."""
    found = {next((t.idx for t in sentence if not t.is_space), sentence.start_char) for sentence in doc.sents}
    return Counter(gold=len(sentences), found=len(found), same=len(found & starts))


def lay_out(sentences: list[Sentence]) -> tuple[str, set[int]]:
    """The sentences of a document as one text, a paragraph a line, and where each begins."""
    text, starts, last = "", set(), sentences[0].paragraph
    for sentence in sentences:
        if text:
            text += "\n" if sentence.paragraph != last else " "
        last = sentence.paragraph
        starts.add(len(text))
        text += sentence.text
    return text, starts


def f1(hits: int, counts: Counter[str]) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * hits / max(1, counts["gold"] + counts["found"])


def evaluate(corpora: Path, language: Language | None = None, *, note: Note = ignore) -> dict[str, float]:
    """Score the bundled weights on both development parts together."""
    language = language or load_language()
    sentences = [sentence for name in FILES for sentence in read(corpora / name)]
    counts: Counter[str] = Counter()
    for sentence, doc in zip(sentences, parse_all((s.text for s in sentences), language), strict=True):
        counts += compare(sentence, doc, note)
    scores = {name: f1(counts[name], counts) for name in ("tokens", "tag", "pos", "lemma", "uas", "las")}
    borders: Counter[str] = Counter()
    for doc_id, group in itertools.groupby(sentences, key=lambda sentence: sentence.doc):
        if doc_id.startswith(NEWS_LIKE):
            whole = list(group)
            text, starts = lay_out(whole)
            borders += sentence_counts(whole, next(parse_all((text,), language)), starts)
    scores["sentences"] = f1(borders["same"], borders)
    scores["n_words"] = counts["gold"]
    return scores


if __name__ == "__main__":
    import os

    for name, score in evaluate(Path(os.environ.get("COUNTERCLAIM_CORPORA", "../shared/corpora"))).items():
        print(f"{name:<12}{score:.4f}")
