r"""
Markup as the lines a reader sees, for formats whose layout is in the lines and not in the elements.

Comes in: HTML or XML. Goes out: text, a blank line between blocks, one line for each row of a table.

    >>> read_lines("<p>Talks<br>began</p><table><tr><td>Goma</td><td>2 dead</td></tr></table>")
    'Talks\nbegan\n\nGoma | 2 dead'

Where the main text of a page stands among menus is `html`'s question; here all of it is text.
"""

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
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
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "ul",
        "block",
        "hl1",
        "hl2",
    ]
)
_SKIPPED = frozenset(["head", "iframe", "noscript", "object", "script", "style", "svg", "template"])
_CELLS = frozenset(("td", "th"))
# Where Nexis links a headline to, the only place its downloads tell an article's identifier.
_IDENTIFIED = re.compile(r"contentItem")
_CELL = " | "
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})")
_STRAY = re.compile("[\udc80-\udcff]+")
_REFERENCE = re.compile(rb"&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,9}));")


def read_lines(markup: str, *, rows: bool = True) -> str:
    """
    The text of an HTML page or fragment; empty where there is none or no parser follows.

    Args:
        rows: Cells side by side are one line; False where tables only place blocks on a page, as in mail.
    """
    root = parse_html(markup)
    return "" if root is None else element_lines(root, rows=rows)


def parse_html(markup: str) -> "_Element | None":
    """The root of the page's tree, or None where there is no element to find."""
    from lxml import etree  # noqa: PLC0415  only for those who read markup
    from lxml import html as lxml_html  # noqa: PLC0415

    try:
        # A fragment of several blocks gets one parent; an XML declaration keeps lxml from text that is decoded already.
        return lxml_html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", markup))
    except (etree.LxmlError, ValueError):
        return None


def element_lines(root: "_Element", *, rows: bool = True) -> str:
    """The text below an element, in the order of the document."""
    pieces: list[str] = []
    # An explicit stack: pages nest deeper than Python calls may.
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, done = stack.pop()
        if isinstance(node, str):
            pieces.append(re.sub(r"\s+", " ", node))
            continue
        tag = local_name(node)
        if tag in _CELLS and rows:
            # A marker that no text holds: rows that end with it, or cells of one block each, need none.
            pieces.append("\x1e" if done else "\x1d")
        elif tag in _BLOCKS or tag in _CELLS:
            pieces.append("\n\n")
        elif tag == "br" and not done:
            pieces.append("\n")
        if done:
            href = node.get("href") if tag == "a" else None
            if href and _IDENTIFIED.search(href):
                pieces.append(f" ({href})")
            continue
        if not tag or tag in _SKIPPED:
            continue
        stack.append((node, True))
        children: list[tuple[Any, bool]] = [(node.text, False)] if node.text else []
        for child in node:
            children.append((child, False))
            if child.tail:
                children.append((child.tail, False))
        stack.extend(reversed(children))
    return _join_cells("".join(pieces))


def local_name(element: Any) -> str:
    """The element's name in lower case without its namespace; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2].casefold() if isinstance(tag, str) else ""


def element_text(element: "_Element | None") -> str:
    """All text of an element on one line."""
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


def _join_cells(text: str) -> str:
    # Cells that hold single lines stand in one row; those that hold paragraphs keep them.
    rows: list[str] = []
    for block in re.split(r"\n\n+", re.sub(r"\x1d([^\x1d\x1e]*)\x1e", _cell, text)):
        cells = [" ".join(cell.split()) for cell in block.split("\x1f")]
        lines = _CELL.join(cell for cell in cells if cell) if len(cells) > 1 else block
        lines = "\n".join(
            line for raw in re.sub(r"[\x1d\x1e]", "\n", lines).split("\n") if (line := " ".join(raw.split()))
        )
        if lines:
            rows.append(lines)
    return "\n\n".join(rows)


def _cell(match: re.Match[str]) -> str:
    parts = [part for part in re.split(r"\n\n+", match[1]) if part.strip()]
    return f"{parts[0]}\x1f" if len(parts) == 1 else "\n\n" + "\n\n".join(parts) + "\n\n"


def parse_xml(body: bytes) -> "_Element | None":
    """The root of an XML file, or None where none can be made out; entities stay as they are, nothing is fetched."""
    from lxml import etree  # noqa: PLC0415

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    try:
        root: _Element | None = etree.fromstring(_repair(body.lstrip()), parser)
    except (etree.LxmlError, ValueError):
        return None
    return root


def _repair(body: bytes) -> bytes:
    """
    Bytes that are not the UTF-8 that they should be as Windows-1252, and references to halves of pairs as what stands for no character.

    The parser takes halves of pairs for characters, and then its own strings cannot be read: the first one raised UnicodeDecodeError.
    """
    body = _REFERENCE.sub(_as_character, body)
    declared = _ENCODING.match(body)
    if body.startswith((b"\xff\xfe", b"\xfe\xff")) or (
        declared and declared[1].upper() not in {b"UTF-8", b"UTF8"}
    ):
        return body
    try:
        body.decode()
    except UnicodeDecodeError:
        text = body.decode("utf-8", "surrogateescape")
        return _STRAY.sub(_as_western, text).encode()
    return body


def _as_character(reference: re.Match[bytes]) -> bytes:
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    return b"&#xFFFD;" if 0xD800 <= number < 0xE000 or number > 0x10FFFF else reference[0]


def _as_western(stray: re.Match[str]) -> str:
    return stray[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")
