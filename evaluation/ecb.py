"""
Which mentions tell of one event, on ECB+: B-cubed over the documents of all topics at once.

Comes in: fusion/ecbplus.dev.jsonl (news sentences, each event mention with the chain it belongs to). Goes out:

- ``gold_…``: the annotators' own mentions, joined by `fuse.cluster` with the same scores as any others. They come without
  a type, so that their words must fit and their articles must be about the same thing;
- ``n_lemma_…``: the baseline, where mentions of one lemma are one event, in the same run;
- ``own_…``: our own reading joined as it always is: the share of gold mentions it finds, B-cubed over those, and over all,
  where a mention not found recalls nothing and one that is none is wrong.

Example: "the quake struck" in one article and "Tuesday's tremor" in another are of one chain: joined, they are right.
Limit: ECB+ marks crime, sport, business and disasters more than conflict; most of its events are none of PLOVER's.

Run as a program it gives the scores of a part, ``--misses`` with chains torn apart and put together wrongly:
``python -m evaluation.ecb [dev|train] [--misses]``.
"""

import argparse
import json
import os
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from counterclaim.fuse.cluster import cluster
from counterclaim.fuse.match import UNTYPED
from counterclaim.fuse.tellings import make_tellings
from counterclaim.pipeline import read_article
from counterclaim.read.claims import make_claims
from counterclaim.read.parse import load_language, parse
from counterclaim.types import Article, EventMention, Reading, Span
from evaluation.items import Note, ignore

# Not set off by a space from what stands before them.
CLOSING = frozenset((".", ",", ";", ":", "?", "!", ")", "”", "%", "'s", "’s", "n't", "n’t"))


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated mention: its document and topic, its words there, their lemma and its chain."""

    document: str
    topic: str
    trigger: Span
    lemma: str
    chain: str

    @property
    def name(self) -> tuple[str, str]:
        """What a member of a cluster is named by."""
        return self.document, f"{self.trigger.start_char}-{self.trigger.end_char}"


def evaluate(corpora: Path, part: str = "dev", *, note: Note = ignore) -> dict[str, float]:
    """Keys ``ecb.gold_f1``, ``ecb.own_f1``, …; the baseline's, ``ecb.n_lemma_f1``, has no floor."""
    texts, golds = read_corpus(corpora, part)
    chains = {gold.name: gold.chain for gold in golds}
    scores: dict[str, float] = {}
    for name, found in (("gold", join_gold(texts, golds)), ("n_lemma", join_lemmas(golds))):
        if name == "gold":
            note_members(golds, found, texts, note)
        precision, recall, f1 = b_cubed(chains, found)
        scores |= {f"ecb.{name}_f1": f1, f"ecb.{name}_precision": precision, f"ecb.{name}_recall": recall}
    own = join_own(texts, golds)
    inside = {name: chain for name, chain in chains.items() if name in own}
    _, _, scores["ecb.own_found_f1"] = b_cubed(inside, {name: own[name] for name in inside})
    _, _, scores["ecb.own_f1"] = b_cubed(chains, own)
    return scores | {"ecb.own_found": len(inside) / len(chains), "ecb.n_mentions": float(len(chains))}


def read_corpus(corpora: Path, part: str) -> tuple[dict[str, str], list[Gold]]:
    """The running text of each document, and its event mentions."""
    language = load_language()
    texts: dict[str, str] = {}
    golds: list[Gold] = []
    for line in (corpora / f"fusion/ecbplus.{part}.jsonl").read_text(encoding="utf-8").split("\n"):
        if not line.strip():
            continue
        row = json.loads(line)
        text, starts = "", {}
        for sentence in row["sentences"]:
            for number, token in enumerate(sentence["tokens"]):
                text += "" if not text or token in CLOSING else " "
                starts[sentence["id"], number] = len(text)
                text += token
        texts[row["doc_id"]] = text
        lemmas = {token.idx: token.lemma_.lower() for token in parse(text, language)}
        for mention in row["mentions"]:
            if mention["kind"] != "event":
                continue
            tokens = [(starts[mention["sent"], number], token) for number, token in _tokens(row, mention)]
            first, end = tokens[0][0], tokens[-1][0] + len(tokens[-1][1])
            lemma = lemmas.get(first, text[first:end].lower())
            trigger = Span(text[first:end], first, end)
            golds.append(Gold(row["doc_id"], row["topic"], trigger, lemma, mention["chain"]))
    return texts, golds


def _tokens(row: dict[str, Any], mention: dict[str, Any]) -> list[tuple[int, str]]:
    (sentence,) = (one for one in row["sentences"] if one["id"] == mention["sent"])
    return [(number, sentence["tokens"][number]) for number in mention["tokens"]]


def join_gold(texts: dict[str, str], golds: Sequence[Gold]) -> dict[tuple[str, str], int]:
    """The cluster of each annotated mention by name, as fusion joins them."""
    events: dict[str, list[EventMention]] = defaultdict(list)
    for gold in golds:
        events[gold.document].append(
            EventMention(
                id=gold.name[1],
                type=UNTYPED,
                modes=(),
                contexts=(),
                auxiliary=(),
                trigger=gold.trigger,
                actors=(),
                recipients=(),
                place=None,
                date=None,
                counts=(),
                attribution=None,
                stance="says",
            )
        )
    return _number(
        [
            Reading(
                Article(document, document, text),
                *((), tuple(events[document]), (), ()),
                make_claims(events[document], [(0, len(text))]),
                (),
                "gold",
            )
            for document, text in texts.items()
        ]
    )


def _number(readings: Sequence[Reading]) -> dict[tuple[str, str], int]:
    clusters = cluster(make_tellings(readings, ()))
    return {
        (telling.article.id, telling.mention.id): number
        for number, (tellings, _) in enumerate(clusters)
        for telling in tellings
    }


def join_lemmas(golds: Sequence[Gold]) -> dict[tuple[str, str], str]:
    """The baseline: one lemma, one event."""
    return {gold.name: gold.lemma for gold in golds}


def join_own(texts: dict[str, str], golds: Sequence[Gold]) -> dict[Hashable, int]:
    """The cluster of each event that we read, by the name of the annotated mention its trigger lies in, if any."""
    language = load_language()
    # Everything that the patterns propose: what is asked here is how tellings are joined, not which are kept.
    readings = [
        read_article(Article(document, document, text), language, min_confidence=0)
        for document, text in texts.items()
    ]
    gold_at = {
        (gold.document, place): gold.name
        for gold in golds
        for place in range(gold.trigger.start_char, gold.trigger.end_char)
    }
    started = {
        (reading.article.id, event.id): event.trigger.start_char
        for reading in readings
        for event in reading.events
    }
    named: dict[Hashable, int] = {}
    for member, number in _number(readings).items():
        # One trigger may stand in several events, told by several: the first names it.
        named.setdefault(gold_at.get((member[0], started[member]), ("none", *member)), number)
    return named


def b_cubed(gold: Mapping[Any, Hashable], found: Mapping[Any, Hashable]) -> tuple[float, float, float]:
    """
    Precision, recall and F1 of B-cubed; mentions found that are none lower precision, those not found recall.

    >>> b_cubed({1: "a", 2: "a", 3: "b"}, {1: "x", 2: "x", 3: "x"})
    (0.5555555555555556, 1.0, 0.7142857142857143)
    """
    truth: dict[Hashable, set[Hashable]] = defaultdict(set)
    answer: dict[Hashable, set[Hashable]] = defaultdict(set)
    for name, chain in gold.items():
        truth[chain].add(name)
    for name, group in found.items():
        answer[group].add(name)
    both = [(truth[gold[name]], answer[group]) for name, group in found.items() if name in gold]
    precision = sum(len(ours & theirs) / len(theirs) for ours, theirs in both) / max(1, len(found))
    recall = sum(len(ours & theirs) / len(ours) for ours, theirs in both) / max(1, len(gold))
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def note_members(
    golds: Sequence[Gold], found: Mapping[Any, Hashable], texts: Mapping[str, str], note: Note
) -> None:
    """Each mention, right where it stands with all of its chain and with nobody else's."""
    chains: dict[Hashable, set[Any]] = defaultdict(set)
    groups: dict[Hashable, set[Any]] = defaultdict(set)
    for gold in golds:
        chains[gold.chain].add(gold.name)
        groups[found[gold.name]].add(gold.name)
    words = {gold.name: gold.trigger.text for gold in golds}
    for gold in golds:
        wanted, given = chains[gold.chain], groups[found[gold.name]]
        start, end = gold.trigger.start_char, gold.trigger.end_char
        torn = ", ".join(sorted({words[name] for name in wanted - given}))
        mixed = ", ".join(sorted({words[name] for name in given - wanted}))
        around = texts[gold.document][max(0, start - 90) : end + 60]
        said = (
            f"{gold.trigger.text}: torn from {torn or 'nothing'}; mixed with {mixed or 'nothing'} [{around}]"
        )
        note("gold", ":".join(gold.name), wanted == given, said)


def find_misses(golds: Sequence[Gold], found: Mapping[Any, Hashable]) -> dict[str, Counter[tuple[str, str]]]:
    """
    Pairs of lemmas by kind of miss, with how many pairs of mentions each stands for.

    Kinds: a chain ``torn`` within an article, across articles by one word, across articles by two words; events ``mixed``
    within an article, across articles of one topic, across topics.
    """
    kinds: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    groups: dict[tuple[str, Hashable], list[Gold]] = defaultdict(list)
    for gold in golds:
        groups["chain", gold.chain].append(gold)
        groups["found", found[gold.name]].append(gold)
    for (by, _), inside in groups.items():
        for one, other in combinations(inside, 2):
            kind = None
            if by == "chain" and found[one.name] != found[other.name]:
                if one.document == other.document:
                    kind = "torn within an article"
                else:
                    kind = f"torn across articles, {'one word' if one.lemma == other.lemma else 'two words'}"
            elif by == "found" and one.chain != other.chain:
                where = "an article" if one.document == other.document else "a topic"
                kind = f"mixed within {where}" if one.topic == other.topic else "mixed across topics"
            if kind:
                first, second = sorted((one.lemma, other.lemma))
                kinds[kind][first, second] += 1
    return dict(sorted(kinds.items()))


def main() -> None:
    """Print the scores of a part, and its misses if asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("part", nargs="?", default="dev", choices=("dev", "train"))
    parser.add_argument(
        "--misses", action="store_true", help="pairs of lemmas torn apart and put together wrongly"
    )
    options = parser.parse_args()
    default = Path(__file__).parent.parent.parent / "shared" / "corpora"
    corpora = Path(os.environ.get("COUNTERCLAIM_CORPORA", default))
    for key, value in evaluate(corpora, options.part).items():
        print(f"{key:<24}{value:.4f}")
    if options.misses:
        texts, golds = read_corpus(corpora, options.part)
        for kind, pairs in find_misses(golds, join_gold(texts, golds)).items():
            print(f"\n{kind}: {pairs.total()} pairs of mentions")
            print(
                "  " + ", ".join(f"{one}/{other} {number}" for (one, other), number in pairs.most_common(25))
            )


if __name__ == "__main__":
    main()
