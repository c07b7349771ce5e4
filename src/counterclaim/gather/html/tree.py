"""
HTML to a tree, within limits that are checked before the work they limit; and what a reader sees of it, block by block.

Comes in: HTML as text. Goes out: lxml's tree, or `Unreadable`; blocks of text in the page's order.

    >>> [block.text for block in read_blocks(parse("<p>Talks <b>stall</b></p><ul><li>More</ul>"))]
    ['Talks stall', 'More']

A parser needs memory for every tag and, within one tag, time that grows with the square of its attributes: 100,000 attributes
took over a minute, 16 MB of links 3.3 GB. Both are counted in the text before it is parsed.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from counterclaim.errors import Unreadable
from counterclaim.settings import read_number

# Elements that begin and end a paragraph.
_BLOCKS = frozenset(
    [
        *(
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
        ),
        *(
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
        ),
        *("ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"),
    ]
)
_UNSEEN = frozenset(
    (
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
    )
)
_HTML = re.compile(r"<(?:html|!doctype)\b", re.IGNORECASE)
_QUOTED = re.compile(r"=\s*+(?:\"[^\"]*+\"|'[^']*+')")
# Only from where a gap begins: from within one, each character of it would be looked at again.
_BETWEEN = re.compile(r"(?<![\s/])[\s/]++(?=[^\s/>])")
_CODE = re.compile(r"<(script|style)\b[^>]*+>", re.IGNORECASE)
_CODE_END = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}
_SCRIPT_TAG = re.compile(r"</?script\b[^>]*+>", re.IGNORECASE)
# No tag of fewer characters than this has too many attributes.
_SHORTEST_ATTRIBUTE = 2

# lxml's elements: it has no types of its own.
Element = Any


class Block(NamedTuple):
    """A paragraph, heading or cell; `reason` is that of the box it stands in."""

    text: str
    reason: str | None = None


def parse(html: str) -> Element | None:
    """
    The page's root; None where nothing can be made of it.

    Raises:
        Unreadable: ``too_complex``, more tags or attributes than the settings allow.
    """
    from lxml import html as lxml_html  # noqa: PLC0415  slow to import: only for those who read HTML
    from lxml.etree import LxmlError  # noqa: PLC0415

    html = _open_scripts(html.lstrip("\ufeff").replace("\x00", ""))
    check(html)
    if not _HTML.search(html):
        html = f"<html>{html}</html>"
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        return lxml_html.fromstring(re.sub(r"^\s*+<\?xml[^>]*+>", "", html), parser=parser)
    except (LxmlError, ValueError):
        return None


def _open_scripts(html: str) -> str:
    """
    Without the slash of scripts that close themselves and are closed again: browsers do not see it, the parser reads the code as text.

    >>> _open_scripts("<script src='a.js'/><p>Talks<script/>let a = 1;</script>")
    "<script src='a.js'/><p>Talks<script>let a = 1;</script>"
    """
    tags = list(_SCRIPT_TAG.finditer(html))
    slashes = [
        tag.end() - 2
        for tag, after in pairwise(tags)
        if tag.group().endswith("/>") and after.group().startswith("</")
    ]
    pieces = [html[start:end] for start, end in pairwise([0, *slashes, len(html) + 1])]
    return pieces[0] + "".join(piece[1:] for piece in pieces[1:])


def check(html: str) -> None:
    """
    Refuses what would cost a parser more than a page may.

    Raises:
        Unreadable: ``too_complex``.
    """
    most_tags, most_attributes = read_number("max_page_tags"), read_number("max_tag_attributes")
    if html.count("<") > most_tags:
        raise Unreadable(
            "too_complex",
            f"The page has more than {most_tags:,} tags. If it holds several reports, split it; "
            "else raise COUNTERCLAIM_MAX_PAGE_TAGS.",
        )
    shortest = most_attributes * _SHORTEST_ATTRIBUTE
    for piece in _without_scripts(html).split("<")[1:]:
        if len(piece) <= shortest or not piece[:1].isalpha():
            continue
        # A tag ends at the first ">" outside quotation marks; values are no attributes.
        inside = _QUOTED.sub("= ", piece).partition(">")[0]
        if sum(1 for _ in _BETWEEN.finditer(inside)) > most_attributes:
            raise Unreadable(
                "too_complex",
                f"A tag of the page has more than {most_attributes:,} attributes. Repair the file, or raise "
                "COUNTERCLAIM_MAX_TAG_ATTRIBUTES.",
            )


def _without_scripts(html: str) -> str:
    """Code is full of signs that look like tags: "i<n"."""
    kept: list[str] = []
    at = 0
    while opening := _CODE.search(html, at):
        kept.append(html[at : opening.end()])
        closing = _CODE_END[opening[1].casefold()].search(html, opening.end())
        if closing is None:
            return "".join(kept)
        at = closing.start()
    return "".join((*kept, html[at:]))


def read_blocks(root: Element | None, boxes: Mapping[Element, str] | None = None) -> list[Block]:
    """All text that a reader sees, block by block; blocks inside of `boxes` with the box's reason."""
    return [block for _, block in walk_blocks(root, boxes)]


def walk_blocks(
    root: Element | None, boxes: Mapping[Element, str] | None = None
) -> Iterator[tuple[Element, Block]]:
    """The same, each with the innermost block element it stands in."""
    if root is None:
        return
    pieces: list[str] = []
    owner: Element = root
    reasons: list[str | None] = [None]
    # An explicit stack: pages nest deeper than Python calls may.
    stack: list[tuple[Element, bool]] = [(root, False)]
    owners: list[Element] = [root]
    while stack:
        node, done = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
            continue
        tag = node.tag
        is_block = tag in _BLOCKS or (boxes is not None and node in boxes)
        if is_block:
            if text := " ".join("".join(pieces).split()):
                yield owner, Block(text, reasons[-1])
            pieces.clear()
            if done:
                owners.pop()
                reasons.pop()
            else:
                owners.append(node)
                reasons.append((boxes or {}).get(node) or reasons[-1])
            owner = owners[-1]
        if done or not isinstance(tag, str) or tag in _UNSEEN:
            if is_block and not done:
                owners.pop()
                reasons.pop()
                owner = owners[-1]
            continue
        stack.append((node, True))
        children: list[tuple[Element, bool]] = []
        if node.text:
            children.append((node.text, False))
        for child in node:
            children.append((child, False))
            if child.tail:
                children.append((child.tail, False))
        stack.extend(reversed(children))
    if text := " ".join("".join(pieces).split()):
        yield owner, Block(text, reasons[-1])


def words_of(element: Element) -> str:
    """
    What the page's maker calls an element, as words: its class, id, role and label.

    >>> words_of(next(parse('<div class="newsletterSignup box--wide" id="nl_2"></div>').iter("div")))
    'newsletter signup box wide nl 2'
    """
    names = " ".join(filter(None, (element.get(name) for name in _NAMES)))[:_LONGEST_NAMES]
    return " ".join(_WORD.findall(names)).casefold()


_NAMES = ("class", "id", "role", "aria-label", "data-testid", "data-component", "itemprop")
_LONGEST_NAMES = 500
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


def text_of(element: Element) -> str:
    """All text inside an element, white space single."""
    return " ".join("".join(element.itertext()).split())
