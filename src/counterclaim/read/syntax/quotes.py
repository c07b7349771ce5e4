"""
Where the quotation marks are, and which of them belong together.

Comes in: the text. Goes out: `Quote` spans in text order, opening mark to closing mark, a quotation that
runs over paragraphs (each opening with a mark, only the last closing) as one. ``He called it “a lie.” ‘Yerevan
disagreed.`` holds one quotation: the stray single mark pairs with nothing and is left alone.

Its limit: single quotation marks inside a word's neighbourhood (``officials' claim``) are told from
apostrophes by spacing and punctuation only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

PARAGRAPH = re.compile(r"[^\n]+")
SENTENCE_END = re.compile(r"[.!?]\s")
MARK = re.compile(r"''(?!')|'(?='')|``|[\"“”„‟«»‹›‘’‚'`]")
# Pairs that name their own direction; the others are read from the spacing around them.
OPENING = {"“": "”", "„": "“”", "«": "»", "‹": "›", "``": "''\""}
CLOSING = {"”", "»", "›"}
SINGLE = {"‘", "’", "‚", "'", "`"}
BEFORE_OPENING = frozenset("([{—–-:/") | {""}
AFTER_CLOSING = frozenset(".,;:!?)]}—–-/…") | {""}


@dataclass(frozen=True, slots=True)
class Quote:
    """
    One quotation, marks included.

    Attributes:
        closed: The closing mark was found; otherwise it runs to the end of its paragraph.
        initial: It begins its sentence or clause: nothing before it but a full stop, a colon or the paragraph's edge.
    """

    start_char: int
    end_char: int
    closed: bool
    initial: bool

    def holds(self, start_char: int, end_char: int) -> bool:
        """Whether the stretch lies wholly inside."""
        return self.start_char <= start_char and end_char <= self.end_char


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    text: str
    opens: bool
    closes: bool


def find_quotes(text: str) -> tuple[Quote, ...]:
    """
    The outermost quotations of the text, in order; marks that pair with nothing are left alone.

    >>> [text_part.start_char for text_part in find_quotes('He said “no.” She left ‘early.')]
    [8]
    """
    paragraphs = [(match.start(), match.end()) for match in PARAGRAPH.finditer(text)]
    found: list[Quote] = []
    running = False  # the last quotation was left open at its paragraph's end
    for number, (start, end) in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        quotes = list(_pair(text, start, end, continues=_opens(text, following)))
        if running and quotes and quotes[0].start_char <= start + 1 and found:
            first, *rest = quotes
            found[-1] = Quote(found[-1].start_char, first.end_char, first.closed, found[-1].initial)
            quotes = rest
            found.extend(quotes)
            running = not (found[-1].closed)
            continue
        found.extend(quotes)
        running = bool(quotes) and not quotes[-1].closed and _opens(text, following)
    return tuple(found)


def _opens(text: str, paragraph: tuple[int, int] | None) -> bool:
    if paragraph is None:
        return False
    return text[paragraph[0] : paragraph[1]].lstrip()[:1] in {'"', "“", "„", "«", "‘", "`"}


def _pair(text: str, start: int, end: int, *, continues: bool) -> Iterator[Quote]:
    double = [mark for mark in _marks(text, start, end) if mark.text not in SINGLE]
    pairs: list[tuple[int, int, bool]] = []
    opened: _Mark | None = None
    for mark in double:
        if opened is None:
            if mark.opens:
                opened = mark
        elif mark.closes and _fits(opened, mark):
            pairs.append((opened.start, mark.end, True))
            opened = None
        elif mark.opens and not mark.closes:
            # An opening mark inside an open quotation: the earlier one was stray.
            opened = mark
    if opened is not None and (continues or _introduced(text, opened.start, start)):
        # Only as far as its last word: a mark with nothing behind it opens no quotation.
        last = start + len(text[start:end].rstrip())
        if last > opened.end:
            pairs.append((opened.start, last, False))
    pairs.extend(_single_pairs(text, start, end, pairs))
    for left, right, closed in sorted(pairs):
        yield Quote(left, right, closed, _initial(text, left, start))


def _single_pairs(
    text: str, start: int, end: int, taken: list[tuple[int, int, bool]]
) -> Iterator[tuple[int, int, bool]]:
    marks = [
        mark
        for mark in _marks(text, start, end)
        if mark.text in SINGLE and not any(left <= mark.start < right for left, right, _ in taken)
    ]
    position = start
    for index, mark in enumerate(marks):
        if mark.start < position or not mark.opens or mark.closes:
            continue
        limit = next((left for left, _, _ in sorted(taken) if left > mark.start), end)
        closing = [
            later
            for later in marks[index + 1 :]
            if later.closes
            and later.end <= limit
            and later.start - mark.end > 1
            and (text[later.start - 1] in ".,!?" or not SENTENCE_END.search(text, mark.end, later.start))
        ]
        # "the officials' claim" also looks like a closing mark: one after punctuation is surer.
        sure = [
            later
            for later in closing
            if text[later.start - 1] in ".,!?" or not text[later.end : later.end + 1].strip()
        ]
        chosen = (
            next((later for later in sure if text[later.start - 1] in ".,!?"), None)
            or next((later for later in closing if text[later.start - 1] != "s"), None)
            or next(iter(closing), None)
        )
        if chosen is not None:
            yield mark.start, chosen.end, True
            position = chosen.end


def _marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    for match in MARK.finditer(text, start, end):
        before = text[match.start() - 1] if match.start() > start else ""
        after = text[match.end()] if match.end() < end else ""
        spaced_before = before in BEFORE_OPENING or before.isspace() or before in "“\"‘'"
        spaced_after = after in AFTER_CLOSING or after.isspace() or after in "”\"’'"
        mark = match.group()
        if mark in SINGLE and before.isalnum() and after.isalnum():
            continue  # an apostrophe
        if mark in OPENING:
            opens, closes = True, mark == "“" and not spaced_before
        elif mark in CLOSING:
            opens, closes = False, True
        else:
            opens = spaced_before and not after.isspace() and after != ""
            closes = before != "" and (
                spaced_after if before.isspace() else spaced_after or not spaced_before
            )
            if mark == "‘":
                closes = False
            elif mark == "’":
                opens = False
        yield _Mark(match.start(), match.end(), mark, opens, closes)


def _fits(opened: _Mark, mark: _Mark) -> bool:
    if opened.text in OPENING:
        return mark.text in OPENING[opened.text] or mark.text == '"'
    return mark.text not in {"»", "›"}


def _introduced(text: str, position: int, start: int) -> bool:
    """Whether a colon or comma leads into a mark that nothing closes: ``She wrote: “We stay``."""
    return text[start:position].rstrip()[-1:] in {":", ","}


def _initial(text: str, position: int, start: int) -> bool:
    return text[start:position].rstrip(" (")[-1:] in {"", ".", "!", "?", ":", "”", '"', "…", "—", "–"}
