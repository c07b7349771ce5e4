"""
Places: LGL and GeoVirus end to end, and the place of an event.

Recognition counts exact spans. GeoVirus marks no adjectives, so ours are left out there; LGL does. `within_161` is the share of
places found in both whose point lies within 161 km (100 miles) of the marked one; unresolved ones count as misses.
Event location: every third sentence of the tune part; right where the place chosen overlaps one marked. Sentences without a marked
place often name one all the same, so `none` (nothing chosen there) is only a hint.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from counterclaim.read.parse import load_language, parse_all
from counterclaim.read.places import choose_place, find_toponyms
from counterclaim.read.places.gazetteer import distance
from counterclaim.read.syntax import read_tree
from counterclaim.types import Article, Place

EVERY = 3
KILOMETRES = 161


def evaluate(corpora: Path) -> dict[str, float]:
    """Precision, recall, F1 and resolution on both corpora, and the event place's accuracy."""
    folder = corpora / "geo"
    scores = score_toponyms("lgl", _read(folder / "lgl.jsonl"), adjectives=True)
    scores |= score_toponyms("geovirus", _read(folder / "geovirus.jsonl"), adjectives=False)
    return scores | score_event_places(_read(folder / "event_location.tune.jsonl")[::EVERY])


def score_toponyms(name: str, rows: Sequence[dict[str, Any]], *, adjectives: bool) -> dict[str, float]:
    """Exact spans, and how many of those found lie where they should."""
    marked = said = found = placed = near = 0
    for row, doc in zip(rows, _parse(rows), strict=True):
        gold = {(place["start"], place["end"]): place for place in row["toponyms"]}
        article = Article(id="", ref="", text=row["text"], outlet=row.get("domain"))
        ours = {
            (place.start_char, place.end_char): place
            for place in find_toponyms(read_tree(doc), article)
            if adjectives or not place.adjectival
        }
        marked, said = marked + len(gold), said + len(ours)
        for span in gold.keys() & ours.keys():
            found += 1
            if gold[span]["lat"] is not None:
                placed += 1
                near += _is_near(ours[span], gold[span])
    precision, recall = found / said, found / marked
    return {
        f"{name}_precision": precision,
        f"{name}_recall": recall,
        f"{name}_f1": 2 * precision * recall / (precision + recall),
        f"{name}_within_161": near / placed,
    }


def score_event_places(rows: Sequence[dict[str, Any]]) -> dict[str, float]:
    """The event verb's place, where one is marked and where none is."""
    right = marked = silent = unmarked = 0
    for row, doc in zip(rows, _parse(rows), strict=True):
        verb = doc.char_span(row["verb"][0]["start"], row["verb"][0]["end"], alignment_mode="expand")
        if verb is None:
            continue
        tree = read_tree(doc)
        toponyms = find_toponyms(tree, Article(id="", ref="", text=row["text"]))
        place = choose_place(tree, verb.root.i, toponyms)
        if row["locations"]:
            marked += 1
            right += place is not None and any(
                location["start"] < place.end_char and place.start_char < location["end"]
                for location in row["locations"]
            )
        else:
            unmarked += 1
            silent += place is None
    return {
        "event_place": right / marked,
        "event_place_none": silent / unmarked,
        "event_place_all": (right + silent) / (marked + unmarked),
    }


def _is_near(ours: Place, gold: dict[str, Any]) -> bool:
    if ours.lat is None or ours.lon is None:
        return False
    return distance(ours.lat, ours.lon, gold["lat"], gold["lon"]) <= KILOMETRES


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def _parse(rows: Sequence[dict[str, Any]]) -> Iterable[Doc]:
    return parse_all([row["text"] for row in rows], load_language())
