"""
How far two annotators agree on the documents that both labelled, without having seen each other's labels.

    python -m annotation.agreement

In: `labels.jsonl` and `second.jsonl`. Out: kappa of event or not, of type (no event among them) and of realis; F1 of added triggers and of spans, and of events
with their type, one labelling taken as a reading of the other's documents: what a reader who is as careful as the labels would reach.
Limit: labels as they were written, before they were settled.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Any

from annotation.labels import AGAIN, FIRST, load


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """
    Cohen's kappa: agreement beyond what the annotators' own shares would give by chance.

    >>> kappa([("a", "a"), ("b", "b"), ("a", "b"), ("b", "a")])
    0.0
    """
    left, right = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    seen = sum(one == other for one, other in pairs) / len(pairs)
    chance = sum(left[label] * right[label] for label in left) / len(pairs) ** 2
    return (seen - chance) / (1 - chance) if chance < 1 else 1.0


def compare(
    ours: Sequence[dict[str, Any]], theirs: Sequence[dict[str, Any]]
) -> dict[str, list[tuple[Any, Any]]]:
    """Pairs of labels of one document: for `event`, `type`, `realis` over words both were asked about; the rest as spans."""
    mine = {(one["start_char"], one["end_char"]): one for one in ours}
    other = {(one["start_char"], one["end_char"]): one for one in theirs}
    pairs: dict[str, list[tuple[Any, Any]]] = {
        name: [] for name in ("event", "type", "realis", "actors", "recipients", "added")
    }
    for where, one in mine.items():
        two = other.get(where)
        if two is None or not (one["asked"] and two["asked"]):
            continue
        pairs["event"].append((one["event"], two["event"]))
        pairs["type"].append((one.get("type", "-"), two.get("type", "-")))
        if one["event"] and two["event"]:
            pairs["realis"].append((one["realis"], two["realis"]))
            for role in ("actors", "recipients"):
                pairs[role].append((one[role], two[role]))
    pairs["added"].append(
        (
            [list(where) for where, one in mine.items() if not one["asked"]],
            [list(where) for where, two in other.items() if not two["asked"]],
        )
    )
    return pairs


def f1(pairs: Sequence[tuple[list[list[int]], list[list[int]]]]) -> float:
    """Spans of both that meet, over all."""
    met = sum(any(a < d and c < b for c, d in theirs) for ours, theirs in pairs for a, b in ours)
    total = sum(len(ours) + len(theirs) for ours, theirs in pairs)
    return 2 * met / total if total else 1.0


def typed(triggers: Sequence[dict[str, Any]]) -> set[tuple[int, int, str]]:
    """The events among the labels: where each stands and of which type it is."""
    return {(one["start_char"], one["end_char"], one["type"]) for one in triggers if one["event"]}


def main() -> None:
    """Print the figures."""
    first = {one.id: one for one in load(FIRST)}
    gathered: dict[str, list[tuple[Any, Any]]] = {}
    documents = both = events = 0
    for second in load(AGAIN):
        if second.id in first:
            documents += 1
            ours, theirs = typed(first[second.id].triggers), typed(second.triggers)
            both, events = both + len(ours & theirs), events + len(ours) + len(theirs)
            for name, pairs in compare(first[second.id].triggers, second.triggers).items():
                gathered.setdefault(name, []).extend(pairs)
    print(f"{documents} documents labelled twice, {len(gathered['event'])} words both were asked about")
    for name in ("event", "type", "realis"):
        print(
            f"{name:<12}kappa {kappa(gathered[name]):.2f}   agree {sum(a == b for a, b in gathered[name]) / len(gathered[name]):.2f}"
        )
    for name in ("actors", "recipients", "added"):
        print(f"{name:<12}F1    {f1(gathered[name]):.2f}")
    print(f"{'typed':<12}F1    {2 * both / events:.2f}")


if __name__ == "__main__":
    main()
