"""
One cell of a table as text, and a line of them.

Comes in: a value. Goes out: text on one line, and, unless raw cells are asked for, none that a spreadsheet would run as a formula: a
title may begin with ``=``, and what pages say is never an order to the reader's machine.
"""

import re
from collections.abc import Iterable
from typing import TextIO

_GAPS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+")
# What spreadsheets take for the beginning of a formula, in both widths.
_FORMULA = frozenset("=+-@＝＋－＠")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?")


def clean(value: object) -> str:
    r"""
    A cell on one line: no tab, line break or control character, nothing that UTF-8 cannot hold; None is empty.

    >>> clean("Vask\tand\r\nElta"), clean(None), clean(2.50)
    ('Vask and Elta', '', '2.5')
    """
    if value is None:
        return ""
    text = value if isinstance(value, str) else str(value)
    return _GAPS.sub(" ", text.encode("utf-8", "replace").decode("utf-8")).strip()


def disarm(text: str) -> str:
    """
    The text with an apostrophe before it where a spreadsheet would run it; numbers stay numbers.

    >>> disarm("=1+1"), disarm("-7.5"), disarm("- Reuters"), disarm("Talks = trust")
    ("'=1+1", '-7.5', "'- Reuters", 'Talks = trust')
    """
    first = text.lstrip()
    return f"'{text}" if first[:1] in _FORMULA and first and not _NUMBER.fullmatch(first) else text


def spell(value: object, *, raw: bool = False) -> str:
    """A cell as `clean` makes it, that no spreadsheet runs unless it is `raw`."""
    text = clean(value)
    return text if raw else disarm(text)


def write_tabs(cells: Iterable[object], stream: TextIO, empty: str = "", *, raw: bool = False) -> None:
    """
    One line of tab-separated cells.

    The field's tab files know no quoting, but most programs that read them do: a double quote would swallow tabs. It is
    written as two single ones, so that all of them see the same cells.
    """
    stream.write("\t".join(spell(cell, raw=raw).replace('"', "''") or empty for cell in cells) + "\n")
