"""
Words as the encoder sees them: numbers of word pieces and how each word is written.

In: a word. Out: one to six piece numbers, and a number for its capitals or figures.
Example: "Stepanakert" -> "step" "##ana" "##ker" "##t", Capital. Limit: the pieces are English and lower case.
"""

import unicodedata

MOST = 6
# Capitals are told apart by these numbers, since the pieces are lower case.
SMALL, CAPITAL, CAPITALS, MIXED, FIGURES, INITIAL, OTHER, MARK = range(8)
# One mark for all its spellings: the published encoder hardly ever saw the others.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("\u2018\u2019", "'"),
        **dict.fromkeys("\u2013\u2014\u2011", "-"),
        **dict.fromkeys("\u200b\u00ad\ufeff"),
        "…": ".",
    }
)


class Pieces:
    """Words cut greedily into the longest known pieces, without accents; what was cut before is remembered."""

    def __init__(self, vocabulary: list[str], *, remembered: int = 200_000) -> None:
        self.index = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown = self.index["[UNK]"]
        self._remembered = remembered
        self._known: dict[str, tuple[int, ...]] = {}

    def __call__(self, word: str) -> tuple[int, ...]:
        """Return the numbers of a word's pieces: at least one, at most six."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= self._remembered:
                self._known.clear()
            found = self._known[word] = self._cut(word)
        return found

    def _cut(self, word: str) -> tuple[int, ...]:
        plain = "".join(
            c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn"
        )
        runs: list[str] = []
        for char in plain.translate(_PLAIN):
            if char.isalnum() and runs and runs[-1][-1].isalnum():
                runs[-1] += char
            elif not char.isspace():
                runs.append(char)
            if len(runs) > MOST:
                break
        out: list[int] = []
        for run in runs:
            out.extend(self._greedy(run))
        return tuple(out[:MOST]) or (self._unknown,)

    def _greedy(self, run: str) -> list[int]:
        out: list[int] = []
        at = 0
        while at < len(run) and len(out) < MOST:
            for end in range(min(len(run), at + 20), at, -1):
                number = self.index.get(run[at:end] if at == 0 else "##" + run[at:end])
                if number is not None:
                    out.append(number)
                    at = end
                    break
            else:
                return [self._unknown]
        return out


def shape(word: str) -> int:
    """Return how a word is written: small, Capital, CAPITALS, mIxed, figures, one capital letter, or none of these."""
    if word.islower():
        return SMALL
    if word.isupper():
        return INITIAL if sum(map(str.isalpha, word)) == 1 else CAPITALS
    if word[:1].isupper() and word[1:] == word[1:].lower():
        return CAPITAL
    if any(map(str.isalpha, word)):
        return MIXED
    return FIGURES if any(map(str.isdigit, word)) else OTHER
