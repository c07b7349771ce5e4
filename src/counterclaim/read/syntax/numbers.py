"""
Numbers as they are written: digits, words and mixtures of both.

Comes in: the lower-cased words of a text and a position. Goes out: the number that starts there and
where it ends, so that dates and counts read numbers alike.

    >>> read_number(["twenty", "-", "four", "hours"], 0)
    (24, 3)
    >>> read_number(["3,000", "people"], 0)
    (3000, 1)

Limit: fractions of a scale are rounded down ("1.5 million" is read, "two and a half thousand" is not).
"""

import re
from collections.abc import Sequence
from functools import cache

from counterclaim.knowledge import load_table

DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")


@cache
def number_words() -> dict[str, tuple[str, int]]:
    """Cardinal words with their kind (unit, teen, ten, scale) and value."""
    return {
        row["form"]: (row["kind"], int(row["value"]))
        for row in load_table("quantities")
        if row["kind"] != "ordinal"
    }


@cache
def ordinal_words() -> dict[str, int]:
    """Ordinal words with the place they name."""
    return {row["form"]: int(row["value"]) for row in load_table("quantities") if row["kind"] == "ordinal"}


def read_number(words: Sequence[str], start: int) -> tuple[int, int] | None:
    """The number that starts at `start` and the position after it; None where none starts there."""
    known = number_words()
    first = words[start]
    if DIGITS.fullmatch(first):
        return _read_digits(words, start)
    if first not in known or known[first][0] == "scale":
        following = words[start + 1] if start + 1 < len(words) else ""
        if first in {"a", "an"} and known.get(following, ("",))[0] == "scale":
            return _read_words(words, start + 1, 1)
        return None
    return _read_words(words, start, 0)


def _read_digits(words: Sequence[str], start: int) -> tuple[int, int]:
    value = float(words[start].replace(",", ""))
    end = start + 1
    while end < len(words) and number_words().get(words[end], ("", 0))[0] == "scale":
        value *= number_words()[words[end]][1]
        end += 1
    return int(value), end


def _read_words(words: Sequence[str], start: int, small: int) -> tuple[int, int]:
    """`total` holds finished thousands, `small` what still waits for its scale."""
    known = number_words()
    total, previous, end = 0, "", start
    position = start
    while position < len(words):
        word = words[position]
        if word in {"-", "and"} and previous:
            # "and" joins only after a scale ("two hundred and five"), a hyphen only after a ten.
            joins = previous == "scale" if word == "and" else previous == "ten"
            following = words[position + 1] if position + 1 < len(words) else ""
            if not joins or known.get(following, ("",))[0] in {"", "scale"}:
                break
            position += 1
            continue
        if word not in known:
            break
        kind, value = known[word]
        if kind == "scale":
            if value == 100:
                small = max(small, 1) * 100
            else:
                total, small = total + max(small, 1) * value, 0
        elif previous in {"unit", "teen"} or (previous == "ten" and kind != "unit"):
            # "nineteen ninety", "three five": two numbers side by side, not one.
            break
        else:
            small += value
        previous = kind
        position += 1
        end = position
    return total + small, end
