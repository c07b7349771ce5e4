r"""
The paragraphs of a text, which no sentence crosses.

In: a text. Out: character spans. Example: "One.\n\nTwo." -> (0, 4), (6, 10).
Limit: a heading that stands in the middle of a line is part of its paragraph.
"""

import itertools
import re
from collections.abc import Iterator

_BLANK_LINE = re.compile(r"[^\S\n]*\n(?:[^\S\n]*\n)+[^\S\n]*")


def find_paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """
    Yield the paragraphs of a text as character spans: no sentence runs over their borders.

    A cleaned article has one paragraph a line, so a line break is a border, unless the lines were broken to fit
    a width: then each is followed by a word that would not have fitted on it.
    """
    blocks: list[tuple[int, int]] = []
    at = 0
    for gap in _BLANK_LINE.finditer(text):
        blocks.append((at, gap.start()))
        at = gap.end()
    blocks.append((at, len(text)))
    width = max((_wrapped_width(text[start:end].split("\n")) for start, end in blocks), default=0)
    for start, end in blocks:
        lines = text[start:end].split("\n")
        at = begin = start
        for line, following in itertools.pairwise(lines):
            at += len(line) + 1
            if not (width and _fills(line, following, width)):
                yield begin, at - 1
                begin = at
        if end > begin:
            yield begin, end


def _wrapped_width(lines: list[str]) -> int:
    """Return the width that three or more lines were broken to fit, or 0 where they were not."""
    if len(lines) < 3:
        return 0
    width = max(len(line.rstrip()) for line in lines)
    # Typewriters, e-mail and wire services break between 40 and 120 columns.
    if not 40 <= width <= 120:
        return 0
    return width if all(_fills(line, after, width) for line, after in itertools.pairwise(lines)) else 0


def _fills(line: str, following: str, width: int) -> bool:
    word = following.split(maxsplit=1)[:1]
    return bool(word) and len(line.rstrip()) <= width < len(line.rstrip()) + 1 + len(word[0])
