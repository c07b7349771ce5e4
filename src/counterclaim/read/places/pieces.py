"""
The text in pieces: words as place names need them.

In: the parsed text. Out: its words with offsets, finer than the parser's tokens, and what stands around each.
Example: "the U.S.-Mexico border" -> "the", "U.S.", "Mexico", "border"; "Sana'a" is one piece, "Moscow's" is "Moscow".
Limit: only words of letters are pieces; a figure inside a name ("T-4") parts it.
"""

import bisect
import re
from functools import lru_cache
from itertools import pairwise

from counterclaim.read.syntax.tree import Stretch, Tree

# Letters with apostrophes and full stops inside: "Sana'a", "U.S.", "W.Va."; the "'s" of a genitive stays outside.
_PIECE = re.compile(r"[^\W\d_]+(?:[.'’ʼ‘`](?!s\b)[^\W\d_]+)*\.?")
_JOINT = re.compile(r"[ \u00a0]?|[ \u00a0]?[-‐‑–][ \u00a0]?[‘'’ʿ]?|/")
# Inside a name also a genitive: "People's Republic of China".
_NAME_JOINT = re.compile(rf"(?:['’]s )|{_JOINT.pattern}")
_COMMA = re.compile(r",[ \u00a0]")
_QUOTES = "\"“”'‘’"
_APART = (False, False, False, False)


class Piece:
    """
    One word of the text; a full stop behind it is kept, as it may be an abbreviation's.

    Attributes:
        lower: In small letters.
        word: Without a full stop behind it; `stop` is where it ends so.
        token: The parser's token in which it begins.
        is_capital: Whether it begins with a capital.
        ends_sentence: Whether the full stop is too far from the capital to be an abbreviation's.
    """

    __slots__ = (
        "end_char",
        "ends_sentence",
        "is_capital",
        "lower",
        "start_char",
        "stop",
        "text",
        "token",
        "word",
    )

    def __init__(self, text: str, start_char: int, token: int) -> None:
        self.text = text
        self.lower = text.lower()
        self.start_char = start_char
        self.end_char = self.stop = start_char + len(text)
        self.token = token
        self.is_capital = text[0].isupper()
        self.word, self.ends_sentence = text, False
        if text[-1] == ".":
            self.word = text[:-1]
            self.stop -= 1
            self.ends_sentence = len(text) > 4 and text.count(".") == 1


@lru_cache(4096)
def _joins(gap: str) -> tuple[bool, bool, bool, bool]:
    """Whether what stands between two pieces joins them, joins them but for quotes, joins them in one name, is a comma."""
    return (
        _JOINT.fullmatch(gap) is not None,
        _JOINT.fullmatch(gap.strip(_QUOTES)) is not None,
        _NAME_JOINT.fullmatch(gap) is not None,
        _COMMA.fullmatch(gap) is not None,
    )


class PiecedText:
    """The text in pieces, with its name tags, its small-letter words and the way from piece to piece."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.text = text = tree.text
        starts = tree.idx
        self.pieces = tuple(
            [
                Piece(found.group(), at := found.start(), bisect.bisect_right(starts, at) - 1)
                for found in _PIECE.finditer(text)
            ]
        )
        gaps = [text[one.end_char : other.start_char] for one, other in pairwise(self.pieces)]
        # The last piece is joined to nothing.
        joins: list[tuple[bool, ...]] = list(zip(*map(_joins, gaps), _APART, strict=True))
        self._joined, self._quoted, self._named, self._comma = joins
        self.tags: dict[int, Stretch] = {
            i: entity for entity in tree.ents for i in range(entity.start, entity.end)
        }
        self.small = {piece.text for piece in self.pieces if piece.text.islower()}
        letters = "".join(filter(str.isalpha, text))
        self.shouted = sum(map(str.isupper, letters)) > 0.6 * len(letters)

    def between(self, start: int, stop: int) -> str:
        """The text from one offset to another."""
        return self.text[start:stop]

    def gap(self, i: int) -> str:
        """The text between piece i and the next."""
        return self.text[self.pieces[i].end_char : self.pieces[i + 1].start_char]

    def is_joined(self, i: int) -> bool:
        """Whether piece i and the next may belong to one name: a blank, a hyphen, a genitive between them."""
        return self._named[i]

    def is_comma(self, i: int) -> bool:
        """Whether a comma and nothing else stands behind piece i."""
        return i >= 0 and self._comma[i]

    def before(self, i: int, steps: int = 1) -> Piece | None:
        """The piece that many steps before i, if nothing but blanks, hyphens or quotes stands between."""
        if i < steps or not all(self._quoted[i - steps : i]):
            return None
        return self.pieces[i - steps]

    def after(self, i: int, steps: int = 1) -> Piece | None:
        """The piece that many steps behind i, if nothing but blanks or hyphens stands between."""
        if i + steps >= len(self.pieces) or not all(self._joined[i : i + steps]):
            return None
        return self.pieces[i + steps]
