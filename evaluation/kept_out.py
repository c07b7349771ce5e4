"""
Events of whole documents that nobody tuned on, against labels made by hand: what a user gets on a page of their own.

In: `annotation/labels.jsonl` for the kept-out fifth of the documents, read as text; and the pages without politics, read as pages.
Out: precision and recall of types, participants, direction, everything right, calibration; false events a thousand words.
Limit: an event is right where its trigger is one that the annotator gave that type; another word for the same happening counts as found too.
"""

import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spacy.language import Language

from annotation.documents import Corpora
from annotation.labels import Labelled, load
from counterclaim import read_text
from counterclaim.errors import Unreadable
from counterclaim.gather import to_article
from counterclaim.pipeline import read_article
from counterclaim.read.parse import load_language
from counterclaim.types import EventMention, Page

Where = tuple[int, int]
_BINS = 10


@dataclass(slots=True)
class Tally:
    """What was counted, over documents."""

    events: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    roles: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    direction: Counter[str] = field(default_factory=Counter)
    whole: Counter[str] = field(default_factory=Counter)
    sure: list[tuple[float, bool]] = field(default_factory=list)
    misses: list[tuple[str, str, str, str]] = field(default_factory=list)


def evaluate(corpora: Path) -> dict[str, float]:
    """Scores on the kept-out documents."""
    language = load_language()
    tally = Tally()
    at_hand = Corpora(corpora)
    for labelled in load():
        document = at_hand.get(labelled.id, labelled.segments)
        if document.kept_out:
            score_document(labelled, document.text, language, tally)
    false, words = false_events(corpora, language)
    return summary(tally) | {
        "n_false_per_1000_words": false / max(words, 1) * 1000,
        "words_without_false_event": 1 - false / max(words, 1),
        "n_false": false,
    }


def summary(tally: Tally) -> dict[str, float]:
    """The counts as scores."""
    events, gold = tally.events.total(), tally.gold.total()
    precision, recall = tally.right.total() / max(events, 1), tally.found.total() / max(gold, 1)
    scores = {
        "type_f1": 2 * precision * recall / max(precision + recall, 1e-9),
        "type_precision": precision,
        "type_recall": recall,
        "n_events": float(events),
        "n_gold": float(gold),
    }
    for role, counts in sorted(tally.roles.items()):
        p, r = counts["hit"] / max(counts["given"], 1), counts["hit"] / max(counts["asked"], 1)
        scores |= {f"{role}_f1": 2 * p * r / max(p + r, 1e-9), f"{role}_precision": p, f"{role}_recall": r}
    scores["direction_right"] = 1 - tally.direction["wrong"] / max(tally.direction["asked"], 1)
    scores["every_value"] = tally.whole["right"] / max(events, 1)
    if tally.sure:
        scores["calibration"] = 1 - calibration_error(tally.sure)
        scores["brier"] = 1 - sum((sure - right) ** 2 for sure, right in tally.sure) / len(tally.sure)
    for kind in sorted(tally.gold):
        if tally.gold[kind] >= 20:
            scores[f"{kind}_precision"] = tally.right[kind] / max(tally.events[kind], 1)
            scores[f"{kind}_recall"] = tally.found[kind] / tally.gold[kind]
    return scores


def calibration_error(sure: Iterable[tuple[float, bool]]) -> float:
    """
    The mean distance between how sure the events say they are and how many are right, over ten equal steps.

    >>> calibration_error([(0.9, True), (0.9, True), (0.1, False)])
    0.1
    """
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for one in sure:
        bins[min(int(one[0] * _BINS), _BINS - 1)].append(one)
    total = sum(map(len, bins.values()))
    return round(
        sum(abs(sum(s for s, _ in part) - sum(r for _, r in part)) for part in bins.values()) / total, 4
    )


def score_document(labelled: Labelled, text: str, language: Language, tally: Tally) -> None:
    """Compare one document's reading with its labels."""
    gold = [one for one in labelled.triggers if one["event"]]
    rows = {row["group"]: row for row in labelled.table}
    events: dict[tuple[Where, str], EventMention] = {}
    for event in read_text(text, language, verbatim=True).events:
        events.setdefault(((event.trigger.start_char, event.trigger.end_char), event.type), event)
    hits: set[int] = set()
    for (where, kind), event in events.items():
        tally.events[kind] += 1
        label = next(
            (
                one
                for one in gold
                if one["type"] == kind and _meet(where, (one["start_char"], one["end_char"]))
            ),
            None,
        )
        sure = getattr(event, "confidence", None)
        if sure is not None:
            tally.sure.append((sure, label is not None))
        if label is None:
            other = next(
                (one["type"] for one in gold if _meet(where, (one["start_char"], one["end_char"]))), "-"
            )
            tally.misses.append(("wrong", f"{kind} for {other}", labelled.id, _around(text, where)))
            continue
        tally.right[kind] += 1
        hits.add(id(label))
        _score_values(event, label, rows.get(label["group"], {}), labelled, text, tally)
    for kind, mentions in _happenings(gold):
        tally.gold[kind] += 1
        if any(id(one) in hits for one in mentions):
            tally.found[kind] += 1
        else:
            first = mentions[0]
            tally.misses.append(
                ("missed", kind, labelled.id, _around(text, (first["start_char"], first["end_char"])))
            )


def _happenings(gold: list[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Mentions that are to be found: a light verb and its noun, side by side, are one."""
    done: set[int] = set()
    for one in gold:
        if id(one) in done:
            continue
        same = [
            other
            for other in gold
            if other["type"] == one["type"]
            and (
                other is one
                or (
                    one["group"] is not None
                    and other["group"] == one["group"]
                    and abs(other["start_char"] - one["start_char"]) < 60
                )
            )
        ]
        done.update(map(id, same))
        yield one["type"], same


def _score_values(
    event: EventMention,
    label: dict[str, Any],
    row: dict[str, Any],
    labelled: Labelled,
    text: str,
    tally: Tally,
) -> None:
    fine = True
    given = {
        "actor": [_span(one) for one in event.actors],
        "recipient": [_span(one) for one in event.recipients],
    }
    asked = {"actor": label["actors"], "recipient": label["recipients"]}
    first, last = _sentence(text, label["start_char"])
    for role, spans in given.items():
        counts = tally.roles[role]
        expected = [tuple(one) for one in asked[role]]
        everywhere = [*expected, *(tuple(one) for one in row.get(f"{role}s", []))]
        stated = [one for one in expected if first <= one[0] < last]
        hit = sum(any(_meet(one, other) for other in spans) for one in stated)
        wrong = [
            one
            for one in spans
            if not any(_meet(one, other) or _alike(text, one, other) for other in everywhere)
        ]
        counts["asked"] += len(stated)
        counts["hit"] += hit
        counts["given"] += hit + len(wrong)
        fine &= hit == len(stated) and not wrong
        other_role = [tuple(one) for one in asked["recipient" if role == "actor" else "actor"]]
        tally.direction["asked"] += len(spans)
        swapped = [one for one in wrong if any(_meet(one, other) for other in other_role)]
        tally.direction["wrong"] += len(swapped)
        if wrong:
            tally.misses.append(
                (
                    f"{role} wrong",
                    event.type,
                    labelled.id,
                    _around(text, (event.trigger.start_char, event.trigger.end_char)),
                )
            )
    if labelled.whole_document:
        if event.place is not None:
            fine &= any(
                _meet((event.place.start_char, event.place.end_char), one)
                or _alike(text, (event.place.start_char, event.place.end_char), one)
                for one in row.get("place", [])
            )
        if event.date is not None:
            fine &= any(
                _meet((event.date.start_char, event.date.end_char), one) for one in row.get("date", [])
            )
        for count in event.counts:
            fine &= any(
                _meet((count.start_char, count.end_char), one["number"]) for one in row.get("counts", [])
            )
    tally.whole["right"] += fine


def _span(one: Any) -> Where:
    return one.start_char, one.end_char


def _meet(one: Iterable[int], other: Iterable[int]) -> bool:
    (a, b), (c, d) = one, other
    return a < d and c < b


def _alike(text: str, one: Iterable[int], other: Iterable[int]) -> bool:
    """The same words elsewhere in the text name the same."""
    (a, b), (c, d) = one, other
    mine, theirs = set(text[a:b].casefold().split()) - _SMALL, set(text[c:d].casefold().split()) - _SMALL
    return bool(mine) and (mine <= theirs or theirs <= mine) and bool(theirs)


_SMALL = frozenset(("the", "a", "an", "of", "and", "in", "its", "his", "their"))


def _sentence(text: str, at: int) -> Where:
    """Roughly the sentence around an offset: between full stops or line ends followed by a capital."""
    first = max(text.rfind(mark, 0, at) for mark in (". ", "\n", "? ", "! ", ".” ", '." '))
    ends = [found for mark in (". ", "\n", "? ", "! ", ".” ", '." ') if (found := text.find(mark, at)) >= 0]
    return first + 1, min(ends, default=len(text)) + 1


def _around(text: str, where: Where) -> str:
    first, last = where
    return f"{text[max(0, first - 70) : first]}[{text[first:last]}]{text[last : last + 70]}".replace(
        "\n", " "
    )


def false_events(
    corpora: Path, language: Language, *, misses: list[tuple[str, str, str, str]] | None = None
) -> tuple[int, int]:
    """Events on the pages without politics, every one of them false, and how many words these pages have."""
    false = words = 0
    for line in (corpora / "pages" / "index.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["politics"]:
            continue
        try:
            article = to_article(Page(row["file"], (corpora / "pages" / row["file"]).read_bytes(), "html"))
        except Unreadable:  # as one that holds filler in Latin
            continue
        events = {(one.trigger.start_char, one.type) for one in read_article(article, language).events}
        false += len(events)
        words += len(article.text.split())
        if misses is not None:
            misses.extend(
                ("false", kind, row["file"], _around(article.text, (start, start + 1)))
                for start, kind in sorted(events)
            )
    return false, words


def main() -> None:
    """Print misses by kind: python -m evaluation.kept_out."""
    corpora = Path(
        os.environ.get("COUNTERCLAIM_CORPORA", Path(__file__).parent.parent.parent / "shared" / "corpora")
    )
    language = load_language()
    tally = Tally()
    at_hand = Corpora(corpora)
    part = sys.argv[1] if len(sys.argv) > 1 else "train"
    for labelled in load():
        document = at_hand.get(labelled.id, labelled.segments)
        if document.kept_out == (part == "test"):
            score_document(labelled, document.text, language, tally)
    for key, value in summary(tally).items():
        print(f"{key:<28}{value:.3f}")
    if part != "test":  # what is kept out is not looked at
        for miss in sorted(tally.misses):
            print(*miss, sep="\t")


if __name__ == "__main__":
    main()
