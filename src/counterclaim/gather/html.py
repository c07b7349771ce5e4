"""
The main text of an HTML page, and what its head says of it.

Comes in: HTML as text. Goes out: paragraphs, title, authors, date, site and address, as printed there.

    >>> main = read_html("<title>Talks stall</title><article><p>The envoy left Bamako on Tuesday.</p></article>")
    >>> main.title, main.text
    ('Talks stall', 'The envoy left Bamako on Tuesday.')

trafilatura finds the text; its default balance measured best on its own English pages (F 0.929; for recall 0.927, for
precision 0.925, without tables 0.921). A fragment too short for it, as feeds carry, is taken whole. A page built
by scripts holds no text to find.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from counterclaim.gather.published import read_date

# Block elements: their ends are paragraph ends where the fallback reads a fragment.
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "svg",
        "iframe",
        "object",
        "button",
        "select",
        "option",
    ]
)
# trafilatura reads a date out of anything; what is left of a page's own date is checked by read_date.
_DATES = {"extensive_search": False, "original_date": True, "max_date": "2099-12-31"}
_MAX_SEARCH = 500_000_000
_HTML = re.compile(r"<(?:html|!doctype)\b", re.IGNORECASE)
_SITE_SUFFIX = re.compile(r"\s+[|–—»-]\s+([^|–—»]{2,60})$")


@dataclass(frozen=True, slots=True)
class MainText:
    """
    What an HTML page holds; None where it does not say.

    Attributes:
        outside: What a reader sees of the page beside the main text, block by block: menus, boxes, footers.
    """

    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    site: str | None = None
    url: str | None = None
    outside: tuple[str, ...] = ()


def read_html(html: str, url: str | None = None) -> MainText:
    """The page's main text, one paragraph a line, with its metadata; empty text where none is found."""
    html = html.lstrip("\ufeff").replace("\x00", "")
    if not _HTML.search(html):
        html = f"<html>{html}</html>"
    main = _extract(html, url) or MainText("")
    blocks = _read_blocks(html)
    if not main.text:
        # Too short for an extractor that weighs blocks against each other, or too broken.
        return replace(main, text="\n".join(blocks))
    return replace(main, outside=tuple(_outside(blocks, main.text)))


def _outside(blocks: list[str], text: str) -> Iterator[str]:
    lines = {_squeeze(line) for line in text.split("\n")}
    rest = [block for block in blocks if _squeeze(block) not in lines]
    inside = _squeeze(text)
    # An extractor may join blocks to one line; looking for each in the whole text is too slow on huge pages.
    may_search = len(rest) * len(inside) < _MAX_SEARCH
    yield from (block for block in rest if not (may_search and _squeeze(block) in inside))


def _extract(html: str, url: str | None) -> MainText | None:
    # Half a second to import: only for those who read HTML.
    from trafilatura import bare_extraction  # noqa: PLC0415

    # What it has to say of a broken page is said by a rejection; without a handler it would go to the terminal.
    for name in ("trafilatura", "htmldate", "courlan"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    try:
        # No deduplication: it remembers earlier pages, and the same page must give the same text.
        found = bare_extraction(
            html, url=url, include_comments=False, with_metadata=True, date_extraction_params=dict(_DATES)
        )
    except Exception:  # noqa: BLE001  whatever a broken page provokes in the libraries below, the fallback reads it
        return None
    if found is None or isinstance(found, dict):
        return None
    site = _text(found.sitename)
    return MainText(
        text=found.text or "",
        title=_without_site(_text(found.title), site),
        authors=_authors(_text(found.author)),
        date=read_date(found.date) if found.date else None,
        site=site,
        url=_text(found.url) or url,
    )


def _text(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _without_site(title: str | None, site: str | None) -> str | None:
    suffix = _SITE_SUFFIX.search(title) if title else None
    if title and suffix and site and suffix[1].casefold() in site.casefold():
        return title[: suffix.start()]
    return title


def _authors(text: str | None) -> tuple[str, ...]:
    # "Staff", "Admin" and addresses are no people; a name has at least two words.
    names = [name.strip() for name in text.split(";")] if text else []
    return tuple(dict.fromkeys(name for name in names if " " in name and "@" not in name and "/" not in name))


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _read_blocks(html: str) -> list[str]:
    """All text a reader would see, block by block."""
    from lxml import html as lxml_html  # noqa: PLC0415
    from lxml.etree import LxmlError  # noqa: PLC0415

    try:
        root = lxml_html.fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", html))
    except (LxmlError, ValueError):
        return []
    pieces: list[str] = []
    # An explicit stack: pages nest deeper than Python calls may.
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, done = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
            continue
        tag = getattr(node, "tag", None)
        is_block = isinstance(tag, str) and tag in _BLOCKS
        if is_block:
            pieces.append("\n\n")
        if done or not isinstance(tag, str) or tag in _SKIPPED:
            continue
        stack.append((node, True))
        children: list[tuple[Any, bool]] = []
        if node.text:
            children.append((node.text, False))
        for child in node:
            children.append((child, False))
            if child.tail:
                children.append((child.tail, False))
        stack.extend(reversed(children))
    blocks = (" ".join(block.split()) for block in "".join(pieces).split("\n\n"))
    return [block for block in blocks if block]
