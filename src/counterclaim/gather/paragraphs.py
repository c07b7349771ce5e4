r"""
Text to paragraphs: what a reader sees as one, as one line without odd characters.

Comes in: text as decoded, with any line ends, hard-wrapped or not. Goes out: paragraphs in order, white space
single, invisible characters gone, lines that were broken at a column joined again.

    >>> split_paragraphs("Talks began in Muscat.\r\n\r\nThey lasted a\u00a0day.")
    ('Talks began in Muscat.', 'They lasted a day.')

A word hyphenated at the end of a line keeps its hyphen: "cease-" and "fire" become "cease-fire".
"""

import re
from itertools import pairwise

_LINE_END = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACE = re.compile(r"[^\S\n]+")
# Soft hyphen, zero-width space and marks, direction marks, byte order mark, controls. Joiners stay: scripts need them.
_INVISIBLE = re.compile("[\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
                        "\x00-\x08\x0e-\x1b\x1f\x7f\x80-\x84\x86-\x9f\ufff9-\ufffb]")  # fmt: skip
# UTF-8 read as Windows-1252: a lead byte's letter, then only characters that continuation bytes turn into.
_TRAIL = "\x80-\xbf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178"
_MOJIBAKE = re.compile(f"[\xc2-\xdf][{_TRAIL}]|[\xe0-\xef][{_TRAIL}]{{2}}|[\xf0-\xf4][{_TRAIL}]{{3}}")

_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_BULLET = re.compile(r"[•·▪●‣■*–—-]\s|\d{1,2}[.)]\s")
# Columns at which mail, wires and terminals break lines; a longer line is a paragraph of its own.
_MIN_COLUMN = 40
_MAX_COLUMN = 110


def split_paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text, cleaned of what no reader sees; none is empty."""
    text = _LINE_END.sub("\n", _repair(text))
    lines = [_SPACE.sub(" ", _INVISIBLE.sub("", line)).rstrip() for line in text.split("\n")]
    blocks = _blocks(lines)
    column = _wrap_column(blocks)
    paragraphs: list[str] = []
    for block in blocks:
        own = column or (_wrap_column([block]) if len(block) > 3 else 0)
        paragraphs.extend(_join(block, own) if own else (line.strip() for line in block))
    return tuple(paragraphs)


def _repair(text: str) -> str:
    return _MOJIBAKE.sub(_undo, text) if _MOJIBAKE.search(text) else text


def _undo(match: re.Match[str]) -> str:
    try:
        return b"".join(_byte(character) for character in match.group()).decode("utf-8")
    except UnicodeDecodeError:
        return match.group()


def _byte(character: str) -> bytes:
    # Windows-1252 leaves five bytes without a character; readers pass those through.
    return bytes([ord(character)]) if ord(character) < 0x100 else character.encode("cp1252")


def _blocks(lines: list[str]) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _wrap_column(blocks: list[list[str]]) -> int:
    """
    The column at which lines were broken, 0 where each line is a paragraph.

    A break made by a column has two marks: the next word would not have fitted, and most breaks stand
    inside a sentence.
    """
    breaks = [pair for block in blocks for pair in pairwise(block)]
    column = max((len(before) for before, _ in breaks), default=0)
    if not _MIN_COLUMN <= column <= _MAX_COLUMN:
        return 0
    # A text broken at a column has no line beyond it, but for a link or two.
    lines = [line for block in blocks for line in block]
    if sum(len(line) > column + 10 for line in lines) * 20 > len(lines):
        return 0
    forced = [pair for pair in breaks if _is_forced(*pair, column)]
    inside = [before for before, _ in forced if not _SENTENCE_END.search(before)]
    # One break inside a sentence proves nothing; headlines one below the other look the same.
    if len(inside) < 2 or len(forced) * 10 < len(breaks) * 6 or len(inside) * 2 < len(forced):
        return 0
    lower = sum(after.lstrip()[:1].islower() for _, after in forced)
    return column if lower * 4 >= len(forced) or all(b.isupper() for b in inside) else 0


def _is_forced(before: str, after: str, column: int) -> bool:
    word = after.split(maxsplit=1)[0]
    # Hand-broken and ragged texts stop a little before the column.
    return len(before) + 1 + len(word) > column * 0.88


def _join(block: list[str], column: int) -> list[str]:
    joined = [block[0].strip()]
    indented = [len(line) - len(line.lstrip()) > 0 for line in block]
    # A first line set in marks a new paragraph, unless the whole block is set in.
    marks = not all(indented[1:])
    for index, (before, after) in enumerate(pairwise(block), start=1):
        starts = (marks and indented[index]) or _BULLET.match(after.lstrip())
        # A break before its column ends a paragraph or a heading, unless the sentence plainly goes on.
        goes_on = after.lstrip()[:1].islower() and not _SENTENCE_END.search(before)
        if starts or (not goes_on and not _is_forced(before, after, column)):
            joined.append(after.strip())
        elif joined[-1].endswith("-") and len(joined[-1]) > 1 and joined[-1][-2].isalpha():
            joined[-1] += after.strip()
        else:
            joined[-1] += " " + after.strip()
    return joined
