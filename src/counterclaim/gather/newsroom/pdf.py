"""
PDF reports as lines: the text layer in the order in which it was set, running heads left out.

Comes in: the bytes of a PDF. Goes out: text, a blank line between paragraphs and between cells.

Where a line begins, ends and stands on the page tells paragraphs apart: a PDF knows none. Columns come one after the other where
they were set so, as word processors do. Pages that are pictures hold no text to read.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from counterclaim.errors import ExtraMissing, Unreadable

# A head or foot comes back at one place of at least this share of pages, and of two.
_MIN_PAGES = 2
_SHARE = 0.6
_EDGE_LINES = 3
# Lines of one column begin within so many points, set in or not; so many lines about one tell how wide the column is.
_SET_IN = 20
_NEIGHBOURS = 4
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_BULLET = re.compile(r"[•·▪●‣■◦*–-]\s|\d{1,2}[.)]\s")
# Cells of a column begin within so many points, and stand apart by this share of the type's height: three spaces.
_ALIGNED = 3
_GAP = 0.7


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of print, or a cell's: its text and box, in points from the page's lower left corner; no box is all zeros."""

    text: str
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    top: float = 0.0
    is_cell: bool = False

    @property
    def height(self) -> float:
        return self.top - self.bottom


def is_pdf(body: bytes) -> bool:
    """The bytes begin like a PDF; some carry a mark or line breaks before it."""
    return body.lstrip(b"\xef\xbb\xbf\r\n \t\x00").startswith(b"%PDF-")


def pdf_lines(body: bytes) -> str:
    """
    The text of all pages.

    Raises:
        ExtraMissing: pypdfium2 is not installed.
        Unreadable: ``encrypted``, ``bad_document``, or ``no_text``: its pages are pictures.
    """
    try:
        import pypdfium2  # noqa: PLC0415  an extra
    except ImportError as error:
        raise ExtraMissing("pypdfium2", "docs") from error
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).casefold():
            raise Unreadable(
                "encrypted", "The PDF is locked with a password. Save it without one."
            ) from error
        raise Unreadable("bad_document", f"The PDF cannot be read ({error}). Fetch it again.") from error
    try:
        pages = [_page_lines(page) for page in document]
    except pypdfium2.PdfiumError as error:
        raise Unreadable("bad_document", f"The PDF is damaged ({error}). Fetch it again.") from error
    finally:
        document.close()
    if not any(pages):
        raise Unreadable(
            "no_text",
            "The PDF has no text layer: its pages are pictures. Run a text recogniser (OCR) over it first.",
        )
    heads = _running_heads(pages)
    return _paragraphs(
        [[line for line in page if _key(line) not in heads or not _at_edge(page, line)] for page in pages]
    )


def _page_lines(page: Any) -> list[_Line]:
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        text = textpage.get_text_range(0, count) if count else ""
        # Between lines PDFium sets breaks that have no box; where the counts differ, lines have none either.
        boxes = count == len(text)
        rows = [
            _row(textpage, text, match.start(), match.end()) if boxes else [_Line(_print(match.group()))]
            for match in re.finditer(r"[^\r\n]+", text)
        ]
        lines: list[_Line] = []
        for index, row in enumerate(rows):
            near = rows[max(0, index - _NEIGHBOURS) : index] + rows[index + 1 : index + 1 + _NEIGHBOURS]
            lines += [
                line for line in _cells(row, [one.left for other in near for one in other]) if line.text
            ]
        return lines
    finally:
        textpage.close()
        page.close()


def _print(text: str) -> str:
    # A hyphen at the end of a line: PDFium joins the halves and leaves this sign between them.
    return " ".join(re.sub(r"[\x02\ufffe]\s*", "", text).split())


def _row(textpage: Any, text: str, start: int, end: int) -> list[_Line]:
    """What PDFium takes for one line, parted where there is far more room than between its words."""
    # Where a word begins, how far it stands from the one before, and the type's height.
    words: list[tuple[int, float, float]] = []
    before: tuple[float, float, float, float] | None = None
    for index in range(start, end):
        left, bottom, right, top = textpage.get_charbox(index, loose=True)
        if right <= left or text[index].isspace():
            continue
        if before and text[index - 1].isspace() and abs(bottom - before[1]) < top - bottom:
            words.append((index, left - before[2], before[3] - before[1]))
        before = (left, bottom, right, top)
    # Justified print widens all gaps of a line alike; only a cell's stands out.
    space = min((gap for _, gap, _ in words), default=0.0)
    breaks = [
        index
        for index, gap, height in words
        if gap > _GAP * height and (gap > 2 * max(space, 0.0) or gap > 2 * height)
    ]
    return [_line(textpage, text, *part) for part in pairwise([start, *breaks, end])]


def _line(textpage: Any, text: str, start: int, end: int) -> _Line:
    boxes = [
        box for i in range(start, end) if (box := textpage.get_charbox(i, loose=True)) and box[2] > box[0]
    ]
    if not boxes:
        return _Line(_print(text[start:end]))
    # A line that goes on after a hyphen lies on two rows of print: its last row says where it ends.
    last = boxes[-1][1]
    right = max(box[2] for box in boxes if abs(box[1] - last) < (box[3] - box[1]) / 2)
    return _Line(
        _print(text[start:end]),
        boxes[0][0],
        right,
        min(box[1] for box in boxes),
        max(box[3] for box in boxes),
    )


def _cells(row: list[_Line], starts: Sequence[float]) -> list[_Line]:
    """The cells of a row; justified print has wide gaps, too, but nothing begins above or below them."""
    cells: list[_Line] = []
    for line in row:
        before = cells[-1] if cells else None
        if before and all(abs(start - line.left) >= _ALIGNED for start in starts):
            cells[-1] = _Line(
                f"{before.text} {line.text}",
                before.left,
                line.right,
                min(before.bottom, line.bottom),
                max(before.top, line.top),
            )
        else:
            cells.append(line)
    return [replace(cell, is_cell=True) for cell in cells] if len(cells) > 1 else cells


def _running_heads(pages: Sequence[Sequence[_Line]]) -> set[str]:
    """Lines at the top or foot of most pages, their numbers aside."""
    full = [page for page in pages if page]
    places = Counter(
        place
        for page in full
        for place in {(_key(line), round(line.top / 4)) for line in page if _at_edge(page, line)}
    )
    heads = {key for (key, _), n in places.items() if n >= _MIN_PAGES and n >= len(full) * _SHARE}
    return heads | {"#", "page #", "page # of #", "# of #", "# / #", "#/#", "page # / #", "page #/#"}


def _at_edge(page: Sequence[_Line], line: _Line) -> bool:
    return line in page[:_EDGE_LINES] or line in page[-_EDGE_LINES:]


def _key(line: _Line) -> str:
    return re.sub(r"\d+", "#", line.text.casefold())


def _paragraphs(pages: Sequence[Sequence[_Line]]) -> str:
    lines = [line for page in pages for line in page]
    if not lines:
        return ""
    gaps = [
        before.bottom - after.bottom
        for page in pages
        for before, after in pairwise(page)
        if before.height and after.height and before.bottom - after.bottom > 0.7 * after.height
    ]
    # From line to line: among the smallest distances, as paragraphs of one line have only larger ones between them.
    gap = sorted(gaps)[len(gaps) // 20] if gaps else 0.0
    paragraphs: list[str] = []
    before: _Line | None = None
    for index, line in enumerate(lines):
        if before is None or _begins(before, line, gap, _edge(lines, index - 1)):
            paragraphs.append(line.text)
        elif paragraphs[-1].endswith("-") and paragraphs[-1][-2:-1].isalpha():
            paragraphs[-1] += line.text
        else:
            paragraphs[-1] += f" {line.text}"
        before = line
    return "\n\n".join(paragraphs)


def _edge(lines: Sequence[_Line], index: int) -> float:
    """Where a line's column ends: as far as the longest of its neighbours reaches that begin where it begins."""
    near = lines[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS + 1]
    return max(
        (line.right for line in near if abs(line.left - lines[index].left) < _SET_IN),
        default=lines[index].right,  # boxes of a damaged file may be no numbers
    )


def _begins(before: _Line, line: _Line, gap: float, edge: float) -> bool:
    """The line begins a paragraph."""
    if _BULLET.match(line.text):
        return True
    if line.is_cell or before.is_cell:
        # A cell that goes on does so below its own first line.
        return abs(line.left - before.left) > _ALIGNED or line.bottom > before.bottom
    if not before.height or not line.height:
        return bool(_SENTENCE_END.search(before.text)) and len(before.text) < 60
    if (
        abs(before.height - line.height) > 0.25 * max(before.height, line.height)
        and not line.text[:1].islower()
    ):
        return True  # another size of type: a heading
    # The next word would have fitted.
    word = line.text.split(maxsplit=1)[0]
    width = (before.right - before.left) / max(len(before.text), 1)
    is_short = edge - before.right > 1.1 * width * (len(word) + 1)
    if line.bottom > before.bottom:
        # A new column or page: a sentence may go on there.
        return bool(_SENTENCE_END.search(before.text)) or (is_short and not line.text[:1].islower())
    if gap and before.bottom - line.bottom > 1.35 * gap:
        return not line.text[:1].islower() or bool(_SENTENCE_END.search(before.text))
    if is_short:
        return bool(_SENTENCE_END.search(before.text)) or not line.text[:1].islower()
    return line.left - before.left > 0.8 * line.height and bool(_SENTENCE_END.search(before.text))
