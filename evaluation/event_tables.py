"""
The event table of whole documents against tables made by hand: each happening once, every cell that the report fills anywhere.

In: `annotation/labels.jsonl` for the kept-out whole documents, read as text; only the reading's JSON is looked at. Out: precision, recall
and F1 of actors, recipients, counts, places and dates over merged events, and B³ of the merging over the mentions that both have.
Example: the headline's "raid" and the lead's "stormed" are one event; its place may stand with either.
Limit: a cell is compared where the row and the labelled event share a trigger; events that are not found lose their cells' recall, rows
that are no labelled event are counted in `rows_precision` alone. An event with two actors asks for as many as its fullest mention names.
"""

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
from counterclaim.errors import Unreadable
from counterclaim.export.reading import to_json
from counterclaim.gather import to_article
from counterclaim.pipeline import read_article
from counterclaim.read.parse import load_language
from counterclaim.types import Article, Page
from evaluation.parses import keep_parses

CELLS = ("actor", "recipient", "count", "place", "date")
BASES = ("stated", "same_event", "implied")
# The kinds of counts that labels have: weapons, vehicles and homes were not asked for.
LABELLED = frozenset(
    ("dead", "injured", "captured", "arrested", "missing", "displaced", "protesters", "troops")
)
Where = tuple[int, int]
Json = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """What was counted, over documents."""

    asked: Counter[str] = field(default_factory=Counter)
    given: Counter[tuple[str, str]] = field(default_factory=Counter)
    right: Counter[tuple[str, str]] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    background: Counter[str] = field(default_factory=Counter)
    precision: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    misses: list[tuple[str, str, str]] = field(default_factory=list)


def evaluate(corpora: Path) -> dict[str, float]:
    """Scores on the kept-out whole documents, whose items are not looked at."""
    return measure(corpora, load_language(), kept_out=True)[0]


def measure(corpora: Path, language: Language, *, kept_out: bool) -> tuple[dict[str, float], Tally]:
    """Scores on the kept-out documents, or on the others, which may be looked at."""
    keep_parses(language)
    tally = Tally()
    at_hand = Corpora(corpora)
    for labelled in load():
        if not labelled.whole_document:
            continue
        document = at_hand.get(labelled.id, labelled.segments)
        if document.kept_out is not kept_out:
            continue
        page = Page(
            "text", document.text.encode(), "text", title=document.title, published=document.published
        )
        try:
            article = to_article(page, verbatim=True)
        except Unreadable:
            # What is refused ("lorem ipsum …") has no table.
            score_document(labelled, document.text, {"events": [], "event_table": []}, tally)
            continue
        assert isinstance(article, Article)
        score_document(labelled, document.text, to_json(read_article(article, language)), tally)
    return summary(tally), tally


def summary(tally: Tally) -> dict[str, float]:
    """The counts as scores."""
    scores: dict[str, float] = {}
    everything: Counter[str] = Counter()
    for cell in CELLS:
        given = sum(tally.given[cell, basis] for basis in BASES)
        right = sum(tally.right[cell, basis] for basis in BASES)
        everything += Counter(given=given, right=right, asked=tally.asked[cell], found=tally.found[cell])
        scores |= _ratios(cell, right, given, tally.found[cell], tally.asked[cell])
    scores |= _ratios(
        "cells", everything["right"], everything["given"], everything["found"], everything["asked"]
    )
    told = [(cell, basis) for cell in CELLS for basis in BASES[:2]]
    scores["told_precision"] = sum(tally.right[one] for one in told) / max(
        1, sum(tally.given[one] for one in told)
    )
    for basis in BASES:
        given = sum(tally.given[cell, basis] for cell in CELLS)
        scores[f"{basis}_precision"] = sum(tally.right[cell, basis] for cell in CELLS) / max(1, given)
        scores[f"n_{basis}"] = float(given)
    precision = sum(tally.precision) / max(1, len(tally.precision))
    recall = sum(tally.recall) / max(1, len(tally.recall))
    scores |= {
        "b3": 2 * precision * recall / max(precision + recall, 1e-9),
        "b3_precision": precision,
        "b3_recall": recall,
        "rows_precision": tally.rows["right"] / max(1, tally.rows["given"]),
        "events_recall": tally.events["found"] / max(1, tally.events["asked"]),
        "background_right": tally.background["right"] / max(1, tally.background["asked"]),
        "n_rows": float(tally.rows["given"]),
        "n_events": float(tally.events["asked"]),
    }
    return scores


def _ratios(name: str, right: int, given: int, found: int, asked: int) -> dict[str, float]:
    precision, recall = right / max(1, given), found / max(1, asked)
    return {
        f"{name}_f1": 2 * precision * recall / max(precision + recall, 1e-9),
        f"{name}_precision": precision,
        f"{name}_recall": recall,
    }


def score_document(labelled: Labelled, text: str, reading: Json, tally: Tally) -> None:
    """Compare one document's event table with its labels."""
    labels = happenings(labelled)
    triggers = {event["id"]: _span(event["trigger"]) for event in reading["events"]}
    shared: dict[Where, tuple[int, int]] = {}
    for number, row in enumerate(reading["event_table"]):
        tally.rows["given"] += 1
        met: Counter[int] = Counter()
        for member in row["members"]:
            where = triggers[member]
            for at, mentions in enumerate(labels):
                if any(
                    one["type"] == row["type"] and meet(where, _span(one)) for one in mentions["mentions"]
                ):
                    met[at] += 1
                    shared.setdefault(where, (number, at))
        tally.rows["right"] += bool(met)
        row["happening"] = met.most_common(1)[0][0] if met else None
    for at, happening in enumerate(labels):
        rows = [row for row in reading["event_table"] if row["happening"] == at]
        tally.events["asked"] += 1
        tally.events["found"] += bool(rows)
        if rows:
            tally.background["asked"] += 1
            tally.background["right"] += (rows[0]["salience"] == "background") == happening["background"]
        for cell in CELLS:
            _score_cell(cell, happening, rows, labelled.id, text, tally)
    _score_merging(shared, tally)


def happenings(labelled: Labelled) -> list[Json]:
    """The labelled events, each with its mentions and what its cells may hold, as spans."""
    groups: dict[object, list[Json]] = defaultdict(list)
    for one in labelled.triggers:
        if one["event"]:
            groups[one["group"] if one["group"] is not None else (one["start_char"], one["type"])].append(one)
    tables = {row["group"]: row for row in labelled.table}
    made = []
    for group, mentions in groups.items():
        row = tables.get(group, {})
        gold: Json = {
            "mentions": mentions,
            "background": bool(row.get("background"))
            or all(one["realis"] == "historical" for one in mentions),
            "place": [tuple(one) for one in row.get("place", [])],
            "date": [tuple(one) for one in row.get("date", [])],
            "count": [tuple(one["number"]) for one in row.get("counts", [])],
        }
        for role in ("actor", "recipient"):
            named = [[tuple(one) for one in mention[f"{role}s"]] for mention in mentions]
            named.append([tuple(one) for one in row.get(f"{role}s", [])])
            gold[role] = [one for spans in named for one in spans]
            gold[f"n_{role}"] = max(map(len, named))
        gold |= {"n_place": bool(gold["place"]), "n_date": bool(gold["date"]), "n_count": len(gold["count"])}
        made.append(gold)
    return made


def _score_cell(cell: str, gold: Json, rows: list[Json], doc_id: str, text: str, tally: Tally) -> None:
    asked = int(gold[f"n_{cell}"])
    tally.asked[cell] += asked
    seen: dict[object, bool] = {}
    for value in (value for row in rows for value in _values(row, cell)):
        where = _span(value)
        same_words = cell != "count"
        right = any(
            meet(where, one) or (same_words and alike(text[slice(*where)], text[slice(*one)]))
            for one in gold[cell]
        )
        key = where if cell in {"count", "date"} else (value.get("actor_id") or value["name"]).casefold()
        if seen.get(key, False) or (key in seen and not right):
            continue
        if key in seen:
            tally.given[cell, value["basis"]] -= 1
        seen[key] = right
        tally.given[cell, value["basis"]] += 1
        tally.right[cell, value["basis"]] += right
        if not right:
            quoted = "; ".join(text[slice(*one)] for one in gold[cell])
            tally.misses.append(
                (
                    f"{cell} wrong ({value['basis']}, {value['rule']})",
                    doc_id,
                    f"{text[slice(*where)]!r} for {quoted!r}: {_quote(text, gold)}",
                )
            )
    found = min(asked, sum(seen.values()))
    tally.found[cell] += found
    if found < asked:
        quoted = "; ".join(text[slice(*one)] for one in gold[cell])
        kind = "missed" if rows else "missed, no row"
        tally.misses.append((f"{cell} {kind}", doc_id, f"{quoted!r}: {_quote(text, gold)}"))


def _values(row: Json, cell: str) -> Iterable[Json]:
    if cell in {"place", "date"}:
        return [row[cell]] if row[cell] else []
    return [value for value in row[f"{cell}s"] if cell != "count" or value["kind"] in LABELLED]


def _score_merging(shared: dict[Where, tuple[int, int]], tally: Tally) -> None:
    """B³ over the mentions that both the table and the labels have."""
    for row, at in shared.values():
        ours = [other for other in shared.values() if other[0] == row]
        theirs = [other for other in shared.values() if other[1] == at]
        both = sum(other[1] == at for other in ours)
        tally.precision.append(both / len(ours))
        tally.recall.append(both / len(theirs))


def _span(one: Json) -> Where:
    return one["start_char"], one["end_char"]


def meet(one: Where, other: Where) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


_SMALL = frozenset(("the", "a", "an", "of", "and", "in", "on", "its", "his", "their"))


def alike(one: str, other: str) -> bool:
    """The same words elsewhere in the text name the same."""
    mine, theirs = set(one.casefold().split()) - _SMALL, set(other.casefold().split()) - _SMALL
    return bool(mine) and bool(theirs) and (mine <= theirs or theirs <= mine)


def _quote(text: str, gold: Json) -> str:
    return " / ".join(_around(text, _span(one)) for one in gold["mentions"][:3])


def _around(text: str, where: Where) -> str:
    first, last = where
    return f"{text[max(0, first - 60) : first]}[{text[first:last]}]{text[last : last + 50]}".replace(
        "\n", " "
    )


def shown(scores: dict[str, float]) -> Iterator[str]:
    """One line for each cell, then the rest."""
    for name in (*CELLS, "cells"):
        yield f"{name:10} F1 {scores[f'{name}_f1']:.3f}  P {scores[f'{name}_precision']:.3f}  R {scores[f'{name}_recall']:.3f}"
    for name, value in scores.items():
        if not name.endswith("_f1") and name.rpartition("_")[0] not in (*CELLS, "cells"):
            yield f"{name:20} {value:.3f}"


if __name__ == "__main__":
    folder = Path(os.environ.get("COUNTERCLAIM_CORPORA", "../shared/corpora"))
    tuning = "--tune" in sys.argv
    reached, counted = measure(folder, load_language(), kept_out=not tuning)
    print("\n".join(shown(reached)))
    if tuning and "--misses" in sys.argv:  # of the documents that are for measuring alone nothing is shown
        for miss in sorted(counted.misses):
            print(*miss, sep="\t")
