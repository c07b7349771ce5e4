"""
The main text of an HTML page, and what the page says of it.

Comes in: HTML as text. Goes out: paragraphs, title, authors, dates, site and address, as printed there; for a live blog its
updates.

    >>> main = read_html("<title>Talks stall</title><article><p>The envoy left Bamako on Tuesday.</p></article>")
    >>> main.title, main.text
    ('Talks stall', 'The envoy left Bamako on Tuesday.')

The page is parsed once (`tree`), its data are read (`head`), and what is no report by its name or place is taken off (`boxes`), before
trafilatura weighs what is left: on whole pages it takes a long newsletter box for a short report. Its default balance measured best on
its own English pages (F 0.929; for recall 0.927, for precision 0.925, without tables 0.921). Where it finds less than the headline's
own article holds, that is read as it stands. A page built by scripts has the text its data hold, or none.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from counterclaim.gather.html.boxes import (
    before_headline,
    count_prose,
    drop,
    find_boxes,
    join_articles,
    prose_of,
    quote_posts,
)
from counterclaim.gather.html.head import Head, drop_data, read_head
from counterclaim.gather.html.live import Posted, find_blog, is_live, read_updates, tell_updates
from counterclaim.gather.html.tree import Block, Element, parse, read_blocks, text_of, walk_blocks, words_of
from counterclaim.gather.published import read_date
from counterclaim.types import Dropped

__all__ = ["MainText", "Posted", "read_html"]

# trafilatura reads a date out of anything; what is left of a page's own date is checked by read_date.
_DATES = {"extensive_search": False, "original_date": True, "max_date": "2099-12-31"}
_MAX_SEARCH = 500_000_000
_TO_READER = re.compile(r"\b(?:we|us|our|you|yours?)\b", re.IGNORECASE)
_QUOTED = re.compile('["“”«»]')
# A text with less of a short report than this part of it is another text.
_MOST = 0.5
_WORD = re.compile(r"\w+")
# Lines between the headline and the report: byline, time, section.
_MAX_HEADER = 15
_ABOVE = 5
_MAX_HEADER_LINE = 200
# A report in less than this many characters of sentences is one that extractors overlook.
_SHORT = 1_000
_STANDFIRST = re.compile(
    r"\b(?:stand ?first|sub ?(?:title|head(?:line|ing)?|deck)|dek|deck|strap ?line|(?:article|entry|post|story) ?(?:single )?"
    r"(?:excerpt|summary|intro|lead|description)|excerpt|lede|teaser text|abstract)\b"
)
_MAX_STANDFIRST = 600
_TWO_WAYS = re.compile(
    r"\b(\d{1,2})/(\d{1,2})/(\d{4})\W{1,3}(?:at )?\d{1,2}[:.]\d\d ?[ap]\.?m\b", re.IGNORECASE
)
_MIN_STANDFIRST_WORDS = 5


@dataclass(frozen=True, slots=True)
class MainText:
    """
    What an HTML page holds; None where it does not say.

    Attributes:
        authors: People first; organisations only where no person is named.
        date: The day of publication as the page's data say it.
        in_utc: That day is one of universal time.
        guessed: The same as an extractor guesses it from the page's text; worth less than a printed time.
        modified: The day of the last change as the page's data say it.
        header: Lines between headline and report: bylines, times.
        updates: Of a live blog.
        outside: What a reader sees of the page beside the main text, block by block: menus, boxes, footers.
    """

    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    in_utc: bool = False
    guessed: str | None = None
    modified: str | None = None
    site: str | None = None
    url: str | None = None
    header: tuple[str, ...] = ()
    updates: tuple[Posted, ...] = ()
    outside: tuple[Dropped, ...] = ()


def read_html(html: str, url: str | None = None) -> MainText:
    """
    The page's main text, one paragraph a line, with its metadata; empty text where none is found.

    Raises:
        Unreadable: ``too_complex``.
    """
    root = parse(html)
    if root is None:
        return MainText("", url=url)
    head = read_head(root)
    drop_data(root)
    headline = _find_headline(root, head.title)
    _part_times(root)
    quote_posts(root)
    join_articles(root, headline)
    boxes = find_boxes(root, headline)
    blocks = read_blocks(root, boxes)
    standfirst = _find_standfirst(root, headline, boxes, head.description)
    for box in boxes:
        drop(box)
    main = _describe(root, head, url)
    if headline is not None and _has_report(root, headline):
        for element in list(before_headline(root, headline)):
            drop(element)
    updates: tuple[Posted, ...] = ()
    if head.is_live or is_live(root, main.title):
        lines, updates = read_updates(find_blog(root, headline))
        if not updates and head.updates:
            told, updates = tell_updates(head.updates)
            known = {_squeeze(line) for line in told}
            found = _read_text(root, headline, head, blocks).split("\n")
            lines = [*(line for line in found if _squeeze(line) not in known), *told]
        text = "\n".join(lines)
    if not updates:
        text = _read_text(root, headline, head, blocks)
    if standfirst:
        rest = "\n".join(line for line in text.split("\n") if _squeeze(line) != _squeeze(standfirst))
        text = rest if rest.strip() and _repeats(standfirst, rest) else f"{standfirst}\n{rest}"
    return replace(
        main,
        text=text,
        header=tuple(_header(blocks, main.title, text, standfirst)),
        updates=updates,
        outside=tuple(_outside(blocks, text)) if text else (),
    )


# --- the text -------------------------------------------------------------------------------------


def _read_text(root: Element, headline: Element | None, head: Head, blocks: list[Block]) -> str:
    found = _extract(root)
    if report := _short_report(headline):
        own = {_squeeze(line) for line in report}
        if _share(report, found) < _MOST:
            found = "\n".join(report)
        else:
            # Beside a short report boxes weigh much, and nothing but their tone may tell them.
            lines = found.split("\n")
            found = "\n".join(line for line in lines if _squeeze(line) in own or not _is_to_reader(line))
    if head.body and len(head.body) > 2 * len(found):
        # Pages that show the beginning to those who have not paid, and pages built by scripts.
        return head.body
    # Too short for an extractor that weighs blocks against each other, or too broken.
    return found or "\n".join(block.text for block in blocks)


def _is_to_reader(line: str) -> bool:
    """
    The outlet speaks to its readers, of itself: no report does, but in quotations.

    >>> _is_to_reader("We will send you our best stories."), _is_to_reader("“We want you out,” the rebels told our reporter.")
    (True, False)
    """
    return len(_TO_READER.findall(line)) > 1 and not _QUOTED.search(line)


def _extract(root: Element) -> str:
    # Half a second to import: only for those who read HTML.
    from trafilatura import bare_extraction  # noqa: PLC0415

    _silence()
    try:
        # No deduplication: it remembers earlier pages, and the same page must give the same text.
        found = bare_extraction(root, include_comments=False, with_metadata=False)
    except Exception:  # noqa: BLE001  whatever a broken page provokes in the libraries below, the fallback reads it
        return ""
    return "" if found is None or isinstance(found, dict) else found.text or ""


def _short_report(headline: Element | None) -> list[str]:
    """The paragraphs of the headline's own article element, where they are few."""
    article = next(headline.iterancestors("article"), None) if headline is not None else None
    if article is None:
        return []
    lines = [block.text for block in read_blocks(article)]
    return lines if 0 < count_prose("\n".join(lines)) < _SHORT else []


def _share(lines: list[str], text: str) -> float:
    """How much of the lines' sentences the text has."""
    inside = _squeeze(text)
    sizes = [(count_prose(line), _squeeze(line) in inside) for line in lines]
    return sum(size for size, found in sizes if found) / (sum(size for size, _ in sizes) or 1)


def _has_report(root: Element, headline: Element) -> bool:
    """Whole sentences stand behind the headline."""
    for element in (headline, *headline.iterancestors()):
        if any(isinstance(later.tag, str) and prose_of(later) for later in element.itersiblings()):
            return True
        if count_prose(element.tail or ""):
            return True
        if element is root:
            break
    return False


def _outside(blocks: list[Block], text: str) -> Iterator[Dropped]:
    lines = {_squeeze(line) for line in text.split("\n")}
    rest = [block for block in blocks if _squeeze(block.text) not in lines]
    inside = _squeeze(text)
    # An extractor may join blocks to one line; looking for each in the whole text is too slow on huge pages.
    may_search = len(rest) * len(inside) < _MAX_SEARCH
    for block in rest:
        if not (may_search and _squeeze(block.text) in inside):
            yield Dropped(block.text, block.reason or "outside_text")


def _part_times(root: Element) -> None:
    """Two times side by side, when it was posted and when updated, are two: "26 April 2022" "27 April 2022"."""
    for time in root.iter("time"):
        if not time.tail:
            time.tail = " "


# --- around the headline --------------------------------------------------------------------------


def _find_headline(root: Element, title: str | None) -> Element | None:
    key = _key(title or "")
    return next((h1 for h1 in root.iter("h1") if key and _key(text_of(h1)) == key), None)


def _header(blocks: list[Block], title: str | None, text: str, standfirst: str | None) -> Iterator[str]:
    """Short lines before the first paragraph of the report, behind its standfirst, from a little above the headline on."""
    above = {_squeeze(line) for line in (title, standfirst) if line}
    lines = [_squeeze(line) for line in text.split("\n") if count_prose(line)]
    first = next((line for line in lines if line not in above), None)
    seen = [block for block in blocks if block.reason is None]
    body = next(
        (i for i, block in enumerate(seen) if first and _squeeze(block.text)[:80] == first[:80]), None
    )
    if body is None:
        return
    key = _key(title or "")
    named = [i for i, block in enumerate(seen[:body]) if key and _key(block.text) == key]
    start = max(0, named[-1] - _ABOVE) if named and body - named[-1] <= _MAX_HEADER else max(0, body - _ABOVE)
    for block in seen[start:body]:
        if len(block.text) <= _MAX_HEADER_LINE and _key(block.text) != key:
            yield block.text


def _find_standfirst(
    root: Element, headline: Element | None, boxes: dict[Element, str], description: str | None
) -> str | None:
    """What the page prints between headline and report: by its name, or because its data describe the report so."""
    if headline is None:
        return None
    wanted = _key(description or "")
    passed = 0
    behind = False
    for owner, block in walk_blocks(root, boxes):
        if owner is headline:
            behind = True
            continue
        if not behind or block.reason:
            continue
        passed += 1
        if passed > _MAX_HEADER:
            return None
        if not len(_WORD.findall(block.text[:_MAX_STANDFIRST])) >= _MIN_STANDFIRST_WORDS or (
            len(block.text) > _MAX_STANDFIRST
        ):
            continue
        near = [element for element in (owner, owner.getparent()) if element is not None]
        named = any(_STANDFIRST.search(words_of(element)) for element in near)
        if (wanted and _key(block.text) == wanted) or named:
            return block.text
    return None


def _repeats(standfirst: str, text: str) -> bool:
    """The report's first paragraphs say it again in nearly the same words, or it is among them."""
    words = {word.casefold() for word in _WORD.findall(standfirst) if len(word) > 3}
    if _squeeze(standfirst) in _squeeze(text):
        return True  # as a part of a line
    for line in text.split("\n")[:4]:
        said = {word.casefold() for word in _WORD.findall(line)}
        if len(words & said) * 10 >= len(words) * 8:
            return True
    return False


# --- metadata -------------------------------------------------------------------------------------


def _describe(root: Element, head: Head, url: str | None) -> MainText:
    """What is known of the page: by its data, else as an extractor reads it off."""
    from trafilatura import extract_metadata  # noqa: PLC0415  slow to import: only for those who read HTML

    _silence()
    try:
        found = extract_metadata(root, default_url=url, date_config=dict(_DATES))
    except Exception:  # noqa: BLE001  whatever a broken page provokes in the libraries below
        found = None
    guessed = read_date(found.date) if found is not None and found.date else None
    if guessed and _is_half_a_guess(root, guessed):
        guessed = None
    authors = tuple((_text(found.author) or "").split("; ")) if found is not None and found.author else ()
    site = head.site or (_text(found.sitename) if found is not None else None)
    return MainText(
        text="",
        title=_without_site(head.title or (_text(found.title) if found is not None else None), site),
        authors=head.authors or authors or head.organisations,
        date=head.published,
        in_utc=head.in_utc,
        guessed=guessed,
        modified=head.modified,
        site=site,
        url=head.url or (_text(found.url) if found is not None else None) or url,
    )


def _is_half_a_guess(root: Element, day: str) -> bool:
    """
    The day is the extractor's reading of 4/9/2022 beside a clock of twelve hours, which prints either order.

    Beside a clock of 24 hours, or none, the day stands first nearly everywhere.
    """
    year, month, number = day.split("-")
    halves = {(int(month), int(number)), (int(number), int(month))}
    for block in read_blocks(root):
        found = _TWO_WAYS.search(block.text[:_MAX_HEADER_LINE])
        if found and found[3] == year and (int(found[1]), int(found[2])) in halves and found[1] != found[2]:
            return max(int(found[1]), int(found[2])) <= 12
    return False


def _silence() -> None:
    # What they have to say of a broken page is said by a rejection; without a handler it would go to the terminal.
    for name in ("trafilatura", "htmldate", "courlan"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())


def _text(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


_SITE_SUFFIX = re.compile(r" [|–—»-] ([^|–—»]{2,60})$")


def _without_site(title: str | None, site: str | None) -> str | None:
    suffix = _SITE_SUFFIX.search(title) if title else None
    if title and suffix and site and suffix[1].casefold() in site.casefold():
        return title[: suffix.start()].rstrip()
    return title


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _key(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))
