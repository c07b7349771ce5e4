"""
Toponyms: which stretches of the text name a place.

In: the text in pieces. Out: `Candidate`s, each with the gazetteer's readings of the name and the signs that speak for a
place, not overlapping, in text order. Example: in "Jordan said the Paris talks failed near Deir al-Zor", with Jordan a
person's name elsewhere in the text: "Paris" and "Deir al-Zor".
Every sign (a preposition before it, a name tag, a title before it, a word of its own behind it) has a weight in
knowledge/places/weights.tsv; a stretch is a place where they add up to more than nothing.
Limit: a village that neither the gazetteer nor the name tagger knows is seen only with a word of place beside it.
"""

import functools
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from counterclaim.knowledge import Row, load_table
from counterclaim.read.places.clues import (
    feature_word,
    feature_words,
    head_after,
    lies_in,
    preposition,
    words_of,
)
from counterclaim.read.places.gazetteer import GazetteerEntry, load_gazetteer, name_key
from counterclaim.read.places.pieces import Piece, PiecedText
from counterclaim.read.places.stretches import PLACE_TAGS, NameRun, find_stretches, region

# Signs strong enough to vouch for the other mentions of a name.
_VOUCH = frozenset(("tag_place", "comma_region", "kind_before", "unknown_kind_before"))
# Inhabitants from which newspapers have a spelling of their own for a town.
LARGE = 100_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """
    A stretch of text that may name a place.

    Attributes:
        end: Index of the piece behind its last.
        entries: What the gazetteer offers.
        adjective: A demonym or adjective.
        feature: The line of places/feature_words that tells its kind ("the town of X"), if any.
        signs: The weights' ids that apply.
    """

    text: str
    start_char: int
    end_char: int
    end: int
    entries: tuple[GazetteerEntry, ...]
    adjective: bool
    feature: Row | None
    signs: tuple[str, ...]

    @property
    def score(self) -> float:
        """What its signs add up to; above nothing it is a place."""
        weights = load_weights()
        return sum(weights.get(sign, 0.0) for sign in self.signs)


def name_places(around: PiecedText) -> tuple[Candidate, ...]:
    """The stretches whose signs say that they name a place, in text order."""
    return tuple(candidate for candidate in find_candidates(around) if candidate.score > 0)


def find_candidates(around: PiecedText) -> Iterator[Candidate]:
    """Every stretch that may name a place, with its signs."""
    stretches = tuple(find_stretches(around))
    kinds = [feature_word(around, stretch.start, stretch.end) for stretch in stretches]
    signs = [_settle(tuple(_signs(around, it, kind))) for it, kind in zip(stretches, kinds, strict=True)]
    texts = [around.between(around.pieces[it.start].start_char, it.stop) for it in stretches]
    strong = [not _VOUCH.isdisjoint(found) for found in signs]
    vouched = Counter(name_key(text) for text, own in zip(texts, strong, strict=True) if own)
    for stretch, kind, found, text, own in zip(stretches, kinds, signs, texts, strong, strict=True):
        yield Candidate(
            text=text,
            start_char=around.pieces[stretch.start].start_char,
            end_char=stretch.stop,
            end=stretch.end,
            entries=stretch.entries,
            adjective=stretch.adjective,
            feature=kind,
            signs=(*found, "supported") if vouched[name_key(text)] > own else found,
        )


def _settle(signs: tuple[str, ...]) -> tuple[str, ...]:
    """After "the town of" it no longer matters that the name is an ordinary word or a person's."""
    if "kind_before" not in signs:
        return signs
    return tuple(sign for sign in signs if sign not in {"ordinary", "person_name", "no_name"})


@functools.cache
def load_weights() -> dict[str, float]:
    """The weight of each sign."""
    return {row["id"]: float(row["weight"]) for row in load_table("places/weights")}


@functools.cache
def _given_names() -> frozenset[str]:
    """Given names that no place bears: "Georgia", "Paris" and "Jordan" tell nothing."""
    names = (name.lower() for row in load_table("given_names") for name in row.split("names"))
    gazetteer = load_gazetteer()
    return frozenset(name for name in names if not gazetteer.holds(name_key(name)))


def _signs(around: PiecedText, stretch: NameRun, kind: Row | None) -> Iterator[str]:
    start, end, entries = stretch.start, stretch.end, stretch.entries
    first, last = around.pieces[start], around.pieces[end - 1]
    unknown = "" if entries else "unknown_"
    yield "adjective" if stretch.adjective else ("known" if entries else "unknown")
    yield unknown + _tag_sign(around, first, stretch.stop)
    if end > start + 1:
        row = feature_words().get(last.lower)
        if last.word in words_of("streets", "word"):
            yield "street"
        elif row is not None and row["capital"] == "after" and not entries:
            yield "unknown_kind_inside"
    if not stretch.adjective and entries:
        yield from _name_signs(around, stretch)
    elif end > start + 1 and first.lower in _given_names():
        yield "person_name"
    yield from _signs_before(around, stretch, unknown)
    behind = around.after(end - 1)
    if first.text.endswith(".") or last.text.endswith("."):
        behind = behind if last.text.count(".") > 1 else None
    if stretch.adjective:
        yield "adjective_body" if behind is not None and behind.text.islower() else "adjective_bare"
    if kind is not None:
        before = around.before(start)
        stands = "before" if before is not None and before.text in {"of", kind["word"]} else "behind"
        yield f"{unknown}kind_{stands}"
    head = head_after(around, end)
    if head is not None:
        yield "head_" + head["kind"]
    elif behind is not None and behind.is_capital and behind.text != "I":
        yield "capital_behind"
    if around.is_comma(end - 1):
        regions = region(around, end) if around.pieces[end].is_capital else ()
        if any(lies_in(entry, other) for entry in entries for other in regions):
            yield "comma_region"
        elif around.pieces[end].is_capital:
            yield "comma_capital"
    if around.text[stretch.stop : stretch.stop + 2] in {"'s", "’s"}:
        yield "genitive"


def _signs_before(around: PiecedText, stretch: NameRun, unknown: str) -> Iterator[str]:
    start = stretch.start
    if around.is_comma(start - 1) and around.pieces[start - 1].is_capital:
        yield "behind_comma"
    before, further = around.before(start), around.before(start, 2)
    if before is None:
        yield "opens"
        return
    row = preposition(before.text)
    if before.text == "of" and further is not None and further.is_capital:
        yield "of_name"
    elif row is not None and before.lower != "of":
        yield f"{unknown}prep_" + ("at" if row["role"] in {"at", "near", "path"} else "other")
    elif before.text == "the":
        yield "after_the"
    elif before.text in {"and", "or"} and further is not None and further.is_capital:
        yield "behind_and"
    elif before.word in words_of("person_signs", "word") or before.lower in _given_names():
        yield "person_sign"
    elif before.is_capital and around.tree.pos[before.token] == "PROPN":
        yield "capital_before"


def _tag_sign(around: PiecedText, first: Piece, stop: int) -> str:
    entity = around.tags.get(first.token)
    if entity is None:
        return "tag_none"
    kind = "place" if entity.label in PLACE_TAGS else entity.label.lower()
    if kind == "place" or (entity.start_char == first.start_char and entity.end_char <= stop):
        return f"tag_{kind}"
    return f"tag_{kind}_begins" if entity.start_char == first.start_char else f"tag_{kind}_inside"


def _name_signs(around: PiecedText, stretch: NameRun) -> Iterator[str]:
    entries, first = stretch.entries, around.pieces[stretch.start]
    best = entries[0]
    if any(entry.is_country for entry in entries):
        yield "is_country"
    elif best.rule != "geonames":
        yield "is_ours"
    elif best.feature == "ADM1" and not any(entry.is_town and not entry.alternate for entry in entries):
        # Kyiv is a town before it is the province around it.
        yield "is_division"
    if best.rule == "geonames":
        population = max(entry.population for entry in entries)
        yield "size_" + str(min(6, max(2, int(math.log10(population + 1)))))
    if all(entry.alternate for entry in entries):
        # "Mykolaiv" is how English spells Mykolayiv; a hamlet's other name is mostly another word.
        yield "alternate_large" if best.population >= LARGE else "alternate"
    ordinary = words_of("ordinary_words")
    if stretch.end - stretch.start > 1:
        yield "long"
        if name_key(around.between(first.start_char, stretch.stop)) in ordinary:
            yield "ordinary"
    else:
        word = first.word
        if best.rule == "geonames" and (word.lower() in ordinary or word.lower() in around.small):
            yield "ordinary"
        if word.title() in words_of("person_names"):
            yield "person_name"
        if len(word) <= 3:
            yield "tiny"
        if word.isupper() and not around.shouted and len(word) > 4:
            yield "capitals"
    listed = best.rule != "geonames" and stretch.end - stretch.start > 1
    # "Line of Control", in capitals and in our tables, is a name whatever the tagger says.
    if around.tree.pos[first.token] not in {"PROPN", "ADJ"} and not listed:
        yield "no_name"
