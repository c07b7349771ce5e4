"""
The text in pieces: words as place names need them.

In: the parsed text. Out: its words with offsets, finer than the parser's tokens, and what stands around each.
Example: "the U.S.-Mexico border" -> "the", "U.S.", "Mexico", "border"; "Sana'a" is one piece, "Moscow's" is "Moscow".
Limit: only words of letters are pieces; a figure inside a name ("T-4") parts it.
"""

import bisect
import re
from dataclasses import dataclass

from counterclaim.read.syntax.tree import Stretch, Tree

# Letters with apostrophes and full stops inside: "Sana'a", "U.S.", "W.Va."; the "'s" of a genitive stays outside.
_PIECE = re.compile(r"[^\W\d_]+(?:[.'’ʼ‘`](?!s\b)[^\W\d_]+)*\.?")
_JOINT = re.compile(r"[ \u00a0]?|[ \u00a0]?[-‐‑–][ \u00a0]?[‘'’ʿ]?|/")
# Inside a name also a genitive: "People's Republic of China".
_NAME_JOINT = re.compile(rf"(?:['’]s )|{_JOINT.pattern}")
_COMMA = re.compile(r",[ \u00a0]")
_QUOTES = "\"“”'‘’"


@dataclass(frozen=True, slots=True)
class Piece:
    """One word of the text; a full stop behind it is kept, as it may be an abbreviation's."""

    text: str
    start_char: int
    end_char: int
    token: int

    @property
    def word(self) -> str:
        """The word without a full stop behind it."""
        return self.text.removesuffix(".")

    @property
    def stop(self) -> int:
        """Where the word ends without that full stop."""
        return self.end_char - self.text.endswith(".")

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()

    @property
    def ends_sentence(self) -> bool:
        """Whether the full stop is too far from the capital to be an abbreviation's."""
        return self.text.endswith(".") and len(self.text) > 4 and self.text.count(".") == 1


class Surroundings:
    """The text in pieces, with its name tags, its small-letter words and the way from piece to piece."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.text = tree.text
        starts = tree.idx
        self.pieces = tuple(
            Piece(found.group(), found.start(), found.end(), bisect.bisect_right(starts, found.start()) - 1)
            for found in _PIECE.finditer(self.text)
        )
        self.tags: dict[int, Stretch] = {
            i: entity for entity in tree.ents for i in range(entity.start, entity.end)
        }
        self.small = {piece.text for piece in self.pieces if piece.text.islower()}
        letters = [char for char in self.text if char.isalpha()]
        self.shouted = sum(map(str.isupper, letters)) > 0.6 * len(letters)

    def between(self, start: int, stop: int) -> str:
        """The text from one offset to another."""
        return self.text[start:stop]

    def gap(self, i: int) -> str:
        """The text between piece i and the next."""
        return self.text[self.pieces[i].end_char : self.pieces[i + 1].start_char]

    def is_joined(self, i: int) -> bool:
        """Whether piece i and the next may belong to one name: a blank, a hyphen, a genitive between them."""
        return i + 1 < len(self.pieces) and _NAME_JOINT.fullmatch(self.gap(i)) is not None

    def is_comma(self, i: int) -> bool:
        """Whether a comma and nothing else stands behind piece i."""
        return 0 <= i < len(self.pieces) - 1 and _COMMA.fullmatch(self.gap(i)) is not None

    def before(self, i: int, steps: int = 1) -> Piece | None:
        """The piece that many steps before i, if nothing but blanks, hyphens or quotes stands between."""
        for j in range(i - 1, i - 1 - steps, -1):
            if j < 0 or not _JOINT.fullmatch(self.gap(j).strip(_QUOTES)):
                return None
        return self.pieces[i - steps]

    def after(self, i: int, steps: int = 1) -> Piece | None:
        """The piece that many steps behind i, if nothing but blanks or hyphens stands between."""
        for j in range(i, i + steps):
            if j + 1 >= len(self.pieces) or not _JOINT.fullmatch(self.gap(j)):
                return None
        return self.pieces[i + steps]
