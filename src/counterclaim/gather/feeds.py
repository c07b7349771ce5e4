"""
Items of an RSS, RDF or Atom feed as pages.

Comes in: the bytes of a feed. Goes out: one page an item, with the title, address and time the feed gives it.

    >>> feed = b"<rss><channel><title>Post</title><item><title>Talks</title><description>They met.</description></item></channel></rss>"
    >>> [(page.title, page.outlet, page.body) for page in read_feed(feed, "feed.xml")]
    [('Talks', 'Post', b'They met.')]

Entities are not expanded and nothing is fetched. A feed that carries only teasers gives articles as short as they are.
"""

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from counterclaim.errors import Unreadable
from counterclaim.gather.databases.layout import read_byline
from counterclaim.gather.markup import parse_xml
from counterclaim.types import Page, Rejection

if TYPE_CHECKING:
    from lxml.etree import _Element

_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_TAG = re.compile(r"</?[a-z][^<>]*>|&(?:#\d+|[a-z]+);", re.IGNORECASE)
# Markup or an entity that was escaped once more than XML asks for.
_ESCAPED = re.compile(
    r"&lt;/?(?:p|br|div|a|em|strong|b|i|span|img|ul|li|h\d)\b|&amp;(?:#\d+|#x[0-9a-f]+|[a-z]+);",
    re.IGNORECASE,
)
_ELEMENT = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
# In the order in which a feed's parts hold more of the article.
_TEXTS = ("encoded", "content", "summary", "description")
_DATES = ("pubdate", "published", "issued", "date", "updated", "modified")


def is_feed(body: bytes) -> bool:
    """The bytes begin like a feed."""
    return bool(_FEED.search(body, 0, 2048))


def read_feed(body: bytes, ref: str) -> Iterator[Page | Rejection]:
    """
    A page for each item; its ref is the item's id or address, else the feed's path and the item's number.

    Raises:
        Unreadable: ``bad_feed``, where no feed can be made out.
    """
    root = parse_xml(body)
    if root is None:
        raise Unreadable("bad_feed", "The feed cannot be read as XML. Fetch it again.")
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    items = [element for element in elements if _name(element) in {"item", "entry"}]
    if not items:
        yield Rejection(ref, "empty", "The feed holds no item. Fetch it again.")
    outlet = next(
        (_line(_text(child)) for parent in (root, *root) for child in parent if _name(child) == "title"), None
    )
    # Atom lets a feed name whoever wrote the entries that name nobody.
    writers = [name for child in root if _name(child) == "author" for name in _writers(child)]
    for number, item in enumerate(items, start=1):
        yield _page(item, outlet, writers, f"{ref}:{number}")


def _page(item: "_Element", outlet: str | None, writers: list[str], where: str) -> Page | Rejection:
    parts: dict[str, str] = {}
    names: list[str] = []
    for child in item:
        name = _name(child)
        if not name:
            continue  # a comment, or an entity that nobody resolves: it has no text
        if name in {"author", "creator"}:
            names += [writer for writer in _writers(child) if writer not in names]
            continue
        if name == "link" and child.get("href") and child.get("rel", "alternate") == "alternate":
            parts.setdefault("link", str(child.get("href")))
        elif name in {"source", "media"}:
            continue
        elif value := _markup(child) if name in _TEXTS else _text(child):
            parts.setdefault(name, value)
    ref = parts.get("guid") or parts.get("id") or parts.get("link") or where
    content = next((parts[name] for name in _TEXTS if parts.get(name)), "")
    if not content:
        return Rejection(ref, "empty", "The feed's item has no text. Fetch the page it points to.")
    return Page(
        ref=" ".join(ref.split()),
        body=content.encode(),
        kind="html" if _TAG.search(content) else "text",
        title=_line(parts["title"]) if "title" in parts else None,
        url=parts.get("link"),
        outlet=outlet,
        published=next((parts[name] for name in _DATES if name in parts), None),
        authors=tuple(dict.fromkeys(author for name in names or writers for author in read_byline(name))),
    )


def _writers(element: "_Element") -> list[str]:
    """The names in an author: Atom's own element for each, else the words; RSS puts them in brackets behind an address."""
    named = [_text(child) for child in element if _name(child) == "name"]
    printed = named or [re.sub(r"^\S+@\S+ \((.*)\)$", r"\1", _text(element))]
    return [name for one in printed if (name := _line(one)) and "@" not in name]


def _name(element: "_Element") -> str:
    tag = element.tag
    return tag.rpartition("}")[2].casefold() if isinstance(tag, str) else ""


def _markup(element: "_Element") -> str:
    # Atom may hold its content as elements (type="xhtml"), not as escaped text.
    from lxml import etree  # noqa: PLC0415

    if not len(element):
        text = _text(element)
        # What was escaped twice shows its tags and entities to a reader.
        while _ESCAPED.search(text):
            text = html.unescape(text)
        return text
    return "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)


def _line(text: str) -> str | None:
    """A title as a reader sees it: titles hold markup and entities, once or twice escaped."""
    text = html.unescape(html.unescape(text))
    return " ".join(_ELEMENT.sub("", text).split()) or None


def _text(element: "_Element") -> str:
    return "".join(str(part) for part in element.itertext()).strip()
