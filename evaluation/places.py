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
from evaluation.items import Note, ignore

EVERY = 3
KILOMETRES = 161


def evaluate(corpora: Path, *, note: Note = ignore) -> dict[str, float]:
    """Precision, recall, F1 and resolution on both corpora, and the event place's accuracy."""
    folder = corpora / "geo"
    scores = score_toponyms("lgl", _read(folder / "lgl.jsonl"), adjectives=True, note=note)
    scores |= score_toponyms("geovirus", _read(folder / "geovirus.jsonl"), adjectives=False, note=note)
    return scores | score_event_places(_read(folder / "event_location.tune.jsonl")[::EVERY], note)


def score_toponyms(
    name: str, rows: Sequence[dict[str, Any]], *, adjectives: bool, note: Note = ignore
) -> dict[str, float]:
    """Exact spans, and how many of those found lie where they should."""
    marked = said = found = placed = near = 0
    for number, (row, doc) in enumerate(zip(rows, _parse(rows), strict=True)):
        gold = {(place["start"], place["end"]): place for place in row["toponyms"]}
        article = Article(id="", ref="", text=row["text"], outlet=row.get("domain"))
        ours = {
            (place.start_char, place.end_char): place
            for place in find_toponyms(read_tree(doc), article)
            if adjectives or not place.adjectival
        }
        marked, said = marked + len(gold), said + len(ours)
        for start, end in sorted(gold.keys() | ours.keys()):
            text = f"{row['text'][start:end]} [{row['text'][max(0, start - 60) : end + 60]}]"
            question = f"{name} span" if (start, end) in gold else f"{name} span, none marked"
            both = (start, end) in gold and (start, end) in ours
            note(question, f"{number}:{start}-{end}", both, text)
        for span in gold.keys() & ours.keys():
            found += 1
            if gold[span]["lat"] is not None:
                placed += 1
                is_near = _is_near(ours[span], gold[span])
                near += is_near
                there = f"{ours[span].name} ({ours[span].lat}, {ours[span].lon})"
                wanted = f"{ours[span].text} at {gold[span]['lat']}, {gold[span]['lon']}"
                note(f"{name} point", f"{number}:{span[0]}-{span[1]}", is_near, f"{wanted}, found {there}")
    precision, recall = found / said, found / marked
    return {
        f"{name}_precision": precision,
        f"{name}_recall": recall,
        f"{name}_f1": 2 * precision * recall / (precision + recall),
        f"{name}_within_161": near / placed,
    }


def score_event_places(rows: Sequence[dict[str, Any]], note: Note = ignore) -> dict[str, float]:
    """The event verb's place, where one is marked and where none is."""
    right = marked = silent = unmarked = 0
    for number, (row, doc) in enumerate(zip(rows, _parse(rows), strict=True)):
        verb = doc.char_span(row["verb"][0]["start"], row["verb"][0]["end"], alignment_mode="expand")
        if verb is None:
            continue
        tree = read_tree(doc)
        toponyms = find_toponyms(tree, Article(id="", ref="", text=row["text"]))
        place = choose_place(tree, verb.root.i, toponyms)
        if row["locations"]:
            marked += 1
            hit = place is not None and any(
                location["start"] < place.end_char and place.start_char < location["end"]
                for location in row["locations"]
            )
            right += hit
            _note_event(note, number, row, place, right=hit)
        else:
            unmarked += 1
            silent += place is None
            _note_event(note, number, row, place, right=place is None)
    return {
        "event_place": right / marked,
        "event_place_none": silent / unmarked,
        "event_place_all": (right + silent) / (marked + unmarked),
    }


def _note_event(note: Note, number: int, row: dict[str, Any], place: Place | None, *, right: bool) -> None:
    verb = row["verb"][0]
    wanted = ", ".join(row["text"][one["start"] : one["end"]] for one in row["locations"]) or "nowhere"
    said = f"{row['text'][verb['start'] : verb['end']]}: {wanted}, found {place.text if place else 'nowhere'}"
    note("event place", str(number), right, f"{said} [{row['text']}]")


def _is_near(ours: Place, gold: dict[str, Any]) -> bool:
    if ours.lat is None or ours.lon is None:
        return False
    return distance(ours.lat, ours.lon, gold["lat"], gold["lon"]) <= KILOMETRES


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def _parse(rows: Sequence[dict[str, Any]]) -> Iterable[Doc]:
    return parse_all([row["text"] for row in rows], load_language())
