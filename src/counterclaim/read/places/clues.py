"""
Clues: what the words around a name say of it.

In: the text in pieces and a stretch of them. Out: the knowledge line that speaks: the kind of place ("the town of X",
"X province"), the other name it is part of ("X Post"), the preposition before it. Example: "the spa town of Jermuk" ->
feature_words/town. Limit: only words right beside the name are seen, and "of" and a comma between.
"""

import functools

from counterclaim.knowledge import Row, load_table
from counterclaim.read.places.gazetteer import GazetteerEntry, name_key
from counterclaim.read.places.pieces import PiecedText


def feature_word(around: PiecedText, start: int, end: int) -> Row | None:
    """The line that tells what kind of place the stretch is: "the town of X", "X province", "Lake X"."""
    behind = around.after(end - 1)
    if behind is not None and not around.pieces[end - 1].ends_sentence:
        for length in (2, 1):
            further = around.after(end - 1, length)
            if further is not None:
                words = around.text[behind.start_char : further.end_char].rstrip(".").lower()
                row = feature_words().get(words)
                if row is not None and row["side"] in {"after", "both"}:
                    return row
    before = around.before(start)
    if before is None:
        # "the capital, Bangui"
        if around.is_comma(start - 1):
            row = feature_words().get(around.pieces[start - 1].lower)
            return row if row is not None and row["of"] and row["side"] != "after" else None
        return None
    if before.lower == "of":
        for length in (2, 1):
            further = around.before(start, 1 + length)
            if further is not None:
                last = around.before(start, 2)
                words = around.text[further.start_char : last.end_char].lower() if last else ""
                row = feature_words().get(words)
                if row is not None and row["of"] and row["side"] != "after":
                    return row
        return None
    row = feature_words().get(before.lower)
    return row if row is not None and row["side"] != "after" and before.lower != "of" else None


def head_after(around: PiecedText, end: int) -> Row | None:
    """The line of the word that makes the stretch part of another name: "Washington Post"."""
    if around.pieces[end - 1].ends_sentence:
        return None
    for steps in (1, 2, 3, 4):
        piece = around.after(end - 1, steps)
        if piece is None or not piece.is_capital:
            return None
        for length in (2, 1):
            last = around.after(end - 1, steps + length - 1)
            if last is not None:
                row = _heads().get(around.text[piece.start_char : last.end_char].rstrip("."))
                if row is not None:
                    return row
    return None


def fits(entry: GazetteerEntry, row: Row) -> bool:
    """Whether the entry is of the kind that the feature word tells."""
    return any(entry.feature.startswith(code) for code in row.split("features"))


def lies_in(entry: GazetteerEntry, region: GazetteerEntry) -> bool:
    """Whether the gazetteer puts the entry into that country or division."""
    if entry.country is None or entry.country != region.country or entry.name == region.name:
        return False
    if region.is_country:
        return True
    # A first-level division is called in its own `admin1` what its towns call it.
    division = region.admin1 if region.feature == "ADM1" else region.name
    return (
        region.is_division
        and None not in {entry.admin1, division}
        and name_key(entry.admin1 or "") == name_key(division or "")
    )


def preposition(word: str) -> Row | None:
    """The line of a preposition that may stand before a place."""
    return _prepositions().get(word.lower())


@functools.cache
def feature_words() -> dict[str, Row]:
    """The lines of places/feature_words by word."""
    return {row["word"]: row for row in load_table("places/feature_words")}


@functools.cache
def words_of(table: str, column: str = "id") -> frozenset[str]:
    """One column of a table of places, as a set."""
    return frozenset(row[column] for row in load_table(f"places/{table}"))


@functools.cache
def directions() -> frozenset[str]:
    """Capital words of direction that belong to the name behind them."""
    return frozenset(row["word"] for row in load_table("places/directions") if row["capital"])


@functools.cache
def _heads() -> dict[str, Row]:
    return {row["word"]: row for row in load_table("places/heads")}


@functools.cache
def _prepositions() -> dict[str, Row]:
    return {row["word"]: row for row in load_table("places/prepositions")}
