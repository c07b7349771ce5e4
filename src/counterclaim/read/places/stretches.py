"""
Stretches: which runs of words may be a place's name at all.

In: the text in pieces. Out: `NameRun`s from left to right, the longest first, none over another: names of the gazetteer,
adjectives and demonyms, abbreviations of divisions, streets, and names that only the words around or the tagger make places.
Example: "north of Deir al-Zor, Syrian officials" -> "Deir al-Zor", "Syrian".
Limit: the longest name wins even where the shorter one is meant.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from counterclaim.read.places.clues import (
    directions,
    feature_word,
    feature_words,
    fits,
    preposition,
    words_of,
)
from counterclaim.read.places.gazetteer import (
    GazetteerEntry,
    load_abbreviations,
    load_adjectives,
    load_gazetteer,
    name_key,
)
from counterclaim.read.places.pieces import Piece, PiecedText
from counterclaim.read.syntax.classes import word_class

PLACE_TAGS = frozenset(("GPE", "LOC", "FAC"))
_NUMBER = re.compile(r"[ -]\d{1,4}\b")
_ARTICLES = frozenset(("Al", "El"))
_HYPHENS = frozenset("-‐‑–")
# So many letters tell most words from adjectives.
_BEGINNING = 3
# A name no table knows is rarely longer.
_LONGEST_UNKNOWN = 4


@dataclass(frozen=True, slots=True)
class NameRun:
    """
    A run of words that may be a name.

    Attributes:
        start, end: Index of its first piece, and of the one behind its last.
        stop: Where it ends in the text: a full stop behind it may belong to it or not.
        entries: What the gazetteer offers; empty where only the words around or the tagger speak for a place.
        adjective: A demonym or adjective.
    """

    start: int
    end: int
    stop: int
    entries: tuple[GazetteerEntry, ...]
    adjective: bool = False


def find_stretches(around: PiecedText) -> Iterator[NameRun]:
    """The runs of words that may be names, from left to right."""
    i = 0
    while i < len(around.pieces):
        found = _stretch(around, i) if around.pieces[i].is_capital or _leads(around, i) else None
        if found is None:
            i += 1
        else:
            yield found
            i = found.end


def regions_behind(around: PiecedText, end: int) -> tuple[GazetteerEntry, ...]:
    """The divisions and countries that the words right behind may name: "Jermuk, Armenia", "Goma in North Kivu"."""
    pieces = around.pieces
    if end >= len(pieces):
        return ()
    if around.is_comma(end - 1) or around.gap(end - 1) == " (":
        return region(around, end) if pieces[end].is_capital else ()
    for i in (end, end + 1, end + 2):
        # "in the Kupwara district"
        if i + 1 < len(pieces) and pieces[i].text in {"in", "of"}:
            following = i + 2 if pieces[i + 1].text == "the" and i + 2 < len(pieces) else i + 1
            if pieces[following].is_capital and around.after(end - 1, following - end + 1):
                return region(around, following)
    return ()


def region(around: PiecedText, i: int) -> tuple[GazetteerEntry, ...]:
    """The countries and divisions that the name beginning with piece i may be."""
    short = load_abbreviations().get(around.pieces[i].text)
    if short is not None:
        return (short,)
    found = longest_name(around, i)
    return () if found is None else tuple(entry for entry in found.entries if not entry.is_town)


def _stretch(around: PiecedText, i: int) -> NameRun | None:
    piece = around.pieces[i]
    found = longest_name(around, i)
    if found is not None and found.end == i + 1 and _leads(around, i):
        # "Al-Hillak" is not a place called Al.
        found = None
    if found is not None and _is_cut_short(around, found):
        # "Pont-Sonde" is not a place called Pont.
        return NameRun(i, found.end + 1, around.pieces[found.end].stop, ())
    if found is None and _is_article(around, i):
        # "Al Koma" is not a place called Koma.
        return NameRun(i, i + 2, around.pieces[i + 1].stop, ())
    short = _abbreviation(around, i)
    if short is not None and (found is None or found.end == i + 1):
        return NameRun(
            i, i + 1, piece.end_char if piece.text in load_abbreviations() else piece.stop, (short,)
        )
    adjective = _adjective(around, i)
    if adjective is not None and (found is None or adjective.end >= found.end):
        return adjective
    return _street(around, i) or _part(around, i, found) or found or _unknown(around, i)


def _leads(around: PiecedText, i: int) -> bool:
    """Whether the piece opens an Arabic name: al-Hasakah."""
    pieces = around.pieces
    return (
        pieces[i].lower in word_class("arabic_articles")
        and i + 1 < len(pieces)
        and around.gap(i)[:1] in _HYPHENS
        and around.is_joined(i)
        and pieces[i + 1].is_capital
    )


def _is_cut_short(around: PiecedText, found: NameRun) -> bool:
    """Whether a town's name is only the beginning of one with a hyphen; "Paris-Dakar" names two, and states meet others so."""
    pieces, end = around.pieces, found.end
    return (
        all(entry.is_town for entry in found.entries)
        and end < len(pieces)
        and around.gap(end - 1)[:1] in _HYPHENS
        and around.is_joined(end - 1)
        and pieces[end].is_capital
        and pieces[end].text.istitle()
        and longest_name(around, end) is None
        and _adjective(around, end) is None
    )


def longest_name(around: PiecedText, i: int) -> NameRun | None:
    """The longest name of the gazetteer that begins with piece i."""
    gazetteer, pieces = load_gazetteer(), around.pieces
    limit = i + 1
    # A full stop ends a name unless it belongs to an abbreviation ("St. Paul", "W. Columbia").
    while limit - i < gazetteer.longest and around.is_joined(limit - 1):
        if pieces[limit - 1].text.endswith(".") and len(pieces[limit - 1].text) > 3:
            break
        limit += 1
    for end in range(limit, i, -1):
        last = pieces[end - 1]
        if last.text.islower() and last.word not in gazetteer.small_ends:
            continue
        written = around.between(pieces[i].start_char, last.end_char)
        entries = _trusted(around, i, end, written)
        if entries:
            # The full stop of a sentence is not part of the name.
            stop = last.end_char if written.count(".") > 1 else last.stop
            # "Nyanza province" names Nyanza; "Rafah crossing" has no shorter name.
            short = end
            while short > i + 1 and pieces[short - 1].text.islower() and _is_region(entries[0]):
                short -= 1
                stop = pieces[short - 1].end_char
            return NameRun(i, short, stop, entries)
    return None


def _trusted(around: PiecedText, start: int, end: int, written: str) -> tuple[GazetteerEntry, ...]:
    """The readings of a stretch that its letters allow."""
    pieces = around.pieces[start:end]
    entries = load_gazetteer().find(name_key(written)) if len(written) > 1 else ()
    if not entries:
        return ()
    if not pieces[-1].is_capital or any(not piece.is_capital and len(piece.text) > 3 for piece in pieces):
        # Small words inside a name are trusted in our own tables only: "Rafah crossing", "Sea of Azov".
        entries = tuple(entry for entry in entries if entry.rule != "geonames")
    if pieces[0].text == "The" and end > start + 1:
        # "The U.S." is the name with an article, "The Hague" a name.
        entries = tuple(entry for entry in entries if entry.name.startswith("The ") and entry.is_town)
    if len(written) <= 4 and written.isupper() and not around.shouted:
        # Capitals of up to four letters are abbreviations: only our tables know them (UAE, DRC).
        return tuple(entry for entry in entries if entry.rule != "geonames")
    # An abbreviation in small letters is another word: "us", "car".
    shortened = len(written) <= 3 and not written.isupper() and "." not in written
    return tuple(entry for entry in entries if not (shortened and entry.is_country and entry.alternate))


def _is_region(entry: GazetteerEntry) -> bool:
    return entry.is_division or entry.feature == "RGN"


def _abbreviation(around: PiecedText, i: int) -> GazetteerEntry | None:
    piece = around.pieces[i]
    short = load_abbreviations()
    entry = short.get(piece.text) or short.get(piece.word)
    if entry is None:
        return None
    if piece.text.count(".") > 1 or (len(piece.text) > 2 and piece.word.isupper()):
        return entry
    # "Ky." and "TX" may be anything unless a town stands before them, or for the former a preposition.
    if around.is_comma(i - 1) and around.pieces[i - 1].is_capital:
        return entry
    before = around.before(i)
    lone = piece.text.endswith(".") and before is not None and preposition(before.text) is not None
    return entry if lone and not around.text.startswith("\n", piece.end_char) else None


def _adjective(around: PiecedText, i: int) -> NameRun | None:
    adjectives, begins = load_adjectives(), around.pieces[i].word[:_BEGINNING]
    if begins not in _adjective_beginnings() and begins.title() not in _adjective_beginnings():
        return None
    for length in (3, 2, 1):
        last = around.after(i, length - 1)
        if last is None:
            continue
        word = around.between(around.pieces[i].start_char, last.stop)
        if word.isupper() and len(word) > 4:
            word = word.title()
        if word in adjectives:
            return NameRun(i, i + length, last.stop, (adjectives[word],), adjective=True)
    return None


def _is_article(around: PiecedText, i: int) -> bool:
    """Whether a name begins with an article of Arabic, as in "El Wak": a capital, and a name behind it."""
    behind = around.after(i)
    return (
        around.pieces[i].text in _ARTICLES
        and behind is not None
        and behind.is_capital
        and _is_name(around, behind)
        and not _goes_on(around, i + 1)
    )


@cache
def _adjective_beginnings() -> frozenset[str]:
    """How adjectives begin; most words do not begin so, and need not be looked at further."""
    return frozenset(word[:length] for word in load_adjectives() for length in range(1, _BEGINNING + 1))


def _part(around: PiecedText, i: int, found: NameRun | None) -> NameRun | None:
    """A name with a capital word of direction or kind at its side: "North Dallas", "Akita Prefecture", "Lake Tuz"."""
    piece, behind = around.pieces[i], around.after(i)
    if (found is None or found.end == i + 1) and behind is not None and behind.is_capital:
        row = feature_words().get(piece.lower)
        if piece.text in directions() and behind.lower not in words_of("ordinary_words"):
            named = longest_name(around, i + 1)
            # "Western Pennsylvania" is a side of the state; "North Dallas" has become a name.
            if named is not None and not any(_is_large(entry) for entry in named.entries):
                return NameRun(i, named.end, named.stop, named.entries)
        elif row is not None and row["capital"] == "before" and preposition(behind.text) is None:
            named = longest_name(around, i + 1)
            fit = tuple(entry for entry in named.entries if fits(entry, row)) if named else ()
            end = named.end if fit and named else i + 2
            return NameRun(i, end, around.pieces[end - 1].stop, fit)
    if found is not None and not around.pieces[found.end - 1].text.endswith("."):
        word, further = around.after(found.end - 1), around.after(found.end - 1, 2)
        row = feature_words().get(word.word.lower()) if word is not None and word.is_capital else None
        larger = further is not None and (further.is_capital or further.text == "of")
        if word is not None and row is not None and row["capital"] == "after":
            fit = tuple(entry for entry in found.entries if fits(entry, row))
            # "Ohio Department of Health" goes on.
            if not larger or word.text.endswith("."):
                return NameRun(i, found.end + 1, word.stop, fit)
    return None


def _is_large(entry: GazetteerEntry) -> bool:
    return entry.is_country or entry.rule.startswith("places/divisions")


def _street(around: PiecedText, i: int) -> NameRun | None:
    """A street, square or road: one to three capital words and a word of streets, or a numbered highway."""
    streets = words_of("streets", "word")
    for end in range(i + 1, min(i + 5, len(around.pieces) + 1)):
        word = around.pieces[end - 1]
        if not word.is_capital or (end > i + 1 and not around.is_joined(end - 2)):
            return None
        # "Main St." keeps its full stop.
        stop = word.stop if len(word.text) > 5 else word.end_char
        if end > i + 1 and word.word in streets:
            written = around.between(around.pieces[i].start_char, stop)
            return NameRun(i, end, stop, load_gazetteer().find(name_key(written)))
        if word.text in streets and (number := _NUMBER.match(around.text, word.end_char)):
            return NameRun(i, end, number.end(), ())
        if word.text.endswith(".") and len(word.text) > 3:
            return None
    return None


def _unknown(around: PiecedText, i: int) -> NameRun | None:
    """A name the gazetteer does not know, where the tagger, the word before or a word of kind makes it a place."""
    pieces, piece = around.pieces, around.pieces[i]
    leads = _leads(around, i)
    entity = around.tags.get(piece.token)
    end = i + 1 + leads
    if entity is not None and entity.label in PLACE_TAGS and entity.start_char == piece.start_char:
        while end < len(pieces) and pieces[end].start_char < entity.end_char:
            end += 1
        last = pieces[end - 1]
        return NameRun(i, end, last.stop if last.end_char > entity.end_char else last.end_char, ())
    if not leads and i and _goes_on(around, i - 1):
        return None
    while end < len(pieces) and end - i < _LONGEST_UNKNOWN and _goes_on(around, end - 1):
        end += 1
    last = pieces[end - 1]
    row = feature_words().get(last.word.lower())
    if row is not None and row["capital"] == "after" and end > i + 1:
        # "Tishrin Dam", "Doma District": the last word says that it is a place.
        return NameRun(i, end, last.stop, ())
    before = around.before(i)
    kind = feature_word(around, i, end)
    if not leads and not _is_name(around, piece) and (kind is None or before is None):
        return None
    row = preposition(before.text) if before is not None else None
    placed = row is not None and row["role"] in {"at", "near"}
    return NameRun(i, end, last.stop, ()) if kind is not None or placed else None


def _goes_on(around: PiecedText, i: int) -> bool:
    """Whether the piece behind piece i goes on with the same name."""
    piece, following = around.pieces[i], around.after(i)
    if following is None or piece.text.endswith(".") or not (piece.is_capital and following.is_capital):
        return False
    return _is_name(around, following) and _is_name(around, piece)


def _is_name(around: PiecedText, piece: Piece) -> bool:
    return around.tree.pos[piece.token] == "PROPN"
