r"""
The addresses of pages in feeds, sitemaps and lists.

Comes in: the bytes of an RSS, RDF or Atom feed, a JSON Feed, a sitemap (of news or any other, packed or not), an index of sitemaps, or a text
with one address a line. Goes out: the pages they name, each once, with what they tell of them, and the sitemaps of an index.

    >>> found = find_links(b"# ours\nhttps://example.org/a\n/b\n", "https://example.org/list.txt")
    >>> [link.url for link in found.pages]
    ['https://example.org/a', 'https://example.org/b']

What has no address, or one that is none of the web, is counted and left out.
"""

import html
import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from counterclaim.errors import ExtraMissing, InputError
from counterclaim.gather.encoding import decode
from counterclaim.gather.feeds import is_feed
from counterclaim.gather.markup import parse_xml
from counterclaim.gather.published import read_date
from counterclaim.gather.responses import undo_encoding
from counterclaim.gather.web.addresses import tidy
from counterclaim.gather.web.failing import Failed

if TYPE_CHECKING:
    from lxml.etree import _Element

# A sitemap may hold 50,000, a feed some thousand.
MOST = 50_000
# Four microseconds a byte, where it is broken on purpose.
MOST_FEED = 5_000_000
# Of an index, those changed last: archives of ten years hang beside the day's news.
MOST_SITEMAPS = 20
_SITEMAP = re.compile(rb"<(?:\w+:)?(urlset|sitemapindex)[\s>]")
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL)
_ALTERNATE = re.compile(
    rb"<link\b[^>]{0,500}application/(?:rss|atom|feed)\+(?:xml|json)[^>]{0,500}>", re.IGNORECASE
)
_HREF = re.compile(rb"href\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
# Entities of its own are how a document of a kilobyte becomes one of a gigabyte; no feed needs any.
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


class Link(NamedTuple):
    """
    A page that is named.

    Attributes:
        published: ISO date, where it is told.
        outlet: Of a news sitemap, the paper's name; of a feed its title.
    """

    url: str
    published: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """
    What a feed, sitemap or list names.

    Attributes:
        pages: Each once, in its order.
        sitemaps: Of an index, the newest first.
        left_out: How many had no address of the web, or were too many.
    """

    pages: tuple[Link, ...]
    sitemaps: tuple[str, ...] = ()
    left_out: int = 0


def find_links(body: bytes, base: str, limit: int = 20_000_000) -> Links:
    """
    All pages that the bytes name.

    Args:
        base: Where the bytes come from.
        limit: Most bytes that a packed sitemap may unpack to.

    Raises:
        Failed: ``bad_feed``, where nothing of the kind can be made out, ``too_long``, ``bad_encoding``.
        ExtraMissing: a feed comes and feedparser is not installed.
    """
    if body.startswith(b"\x1f\x8b"):
        try:
            body, _ = undo_encoding(body, "gzip", limit)
        except (InputError, zlib.error) as error:
            raise Failed("bad_feed", f"The sitemap is packed and cannot be unpacked: {error}") from error
    head = body[:4096]
    if _ENTITY.search(body[:65_536]):
        raise Failed("bad_feed", "It defines entities of its own, which no feed needs. It is not read.")
    if _SITEMAP.search(head):
        return _from_sitemap(body, base)
    if is_feed(body):
        return _gather(_from_feed(body, base), base)
    if _HTML.match(head):
        raise Failed("bad_feed", f"It is a page and no feed.{_advise(body, base)}")
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _gather(_from_json(body), base)
    if head.lstrip()[:1] == b"<":
        raise Failed("bad_feed", "The XML is neither a feed nor a sitemap. Check the address.")
    return _gather(_from_list(body), base)


def _gather(links: Iterable[Link], base: str) -> Links:
    found: dict[str, Link] = {}
    left_out = 0
    for link in links:
        try:
            url = tidy(link.url, base)
        except InputError:
            left_out += 1
            continue
        if len(found) >= MOST:
            left_out += 1
        else:
            found.setdefault(url, link._replace(url=url))
    return Links(tuple(found.values()), (), left_out)


def _from_feed(body: bytes, base: str) -> Iterator[Link]:
    try:
        import feedparser  # noqa: PLC0415  of an extra
    except ImportError as error:
        raise ExtraMissing("feedparser", "watch") from error
    if len(body) > MOST_FEED:
        raise Failed("too_long", f"The feed is larger than {MOST_FEED:,} bytes. Give its sitemap instead.")
    # Bytes, never a text: one that looks like an address would be fetched, past every check.
    told = feedparser.parse(io.BytesIO(body), response_headers={"content-location": base})
    if not told.entries and told.get("bozo") and not told.get("version"):
        raise Failed(
            "bad_feed", f"The feed cannot be read ({told.get('bozo_exception')}). It may be broken off."
        )
    outlet = _line(told.feed.get("title"))
    for entry in told.entries:
        # As printed: the parser's own reading takes Moscow's time for London's, and none for a date without a zone.
        # Nor by `get`, which gives the one for the other and warns of it.
        date = next(
            (
                entry[name]
                for name in ("published", "updated", "created")
                if dict.__contains__(entry, name) and entry[name]
            ),
            None,
        )
        yield Link(str(entry.get("link") or ""), _day(date), outlet)


def _from_json(body: bytes) -> Iterator[Link]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Failed("bad_feed", f"The JSON cannot be read ({error}). It may be broken off.") from error
    items = told.get("items") if isinstance(told, dict) else None
    if not isinstance(items, list):
        raise Failed("bad_feed", "The JSON is no JSON Feed: it has no items. Check the address.")
    outlet = _line(told.get("title"))
    for item in items:
        if isinstance(item, dict):
            url = item.get("url") or item.get("external_url") or ""
            date = item.get("date_published") or item.get("date_modified")
            yield Link(str(url), _day(date), outlet)


def _from_list(body: bytes) -> Iterator[Link]:
    for line in decode(body).splitlines():
        text = line.strip().lstrip("\ufeff")
        if text and not text.startswith("#"):
            yield Link(text.split()[0])


def _from_sitemap(body: bytes, base: str) -> Links:
    root = parse_xml(body)
    if root is None:
        raise Failed("bad_feed", "The sitemap cannot be read as XML. It may be broken off.")
    if _name(root) == "sitemapindex":
        maps = [(_texts(child).get("lastmod", ""), _texts(child).get("loc", "")) for child in root]
        newest = [url for _, url in sorted(maps, key=lambda one: one[0], reverse=True) if url]
        found = _gather((Link(url) for url in newest), base)
        return Links((), tuple(link.url for link in found.pages[:MOST_SITEMAPS]), found.left_out)
    return _gather(_pages_of(root), base)


def _pages_of(root: "_Element") -> Iterator[Link]:
    for child in root:
        if _name(child) == "url":
            told = _texts(child)
            date = told.get("publication_date") or told.get("lastmod")
            yield Link(told.get("loc", ""), _day(date), _line(told.get("name")))


def _texts(element: "_Element") -> dict[str, str]:
    """What its parts say, by their names; a picture's or a video's are not its own."""
    found: dict[str, str] = {}
    for child in element:
        name = _name(child)
        if name in {"news", "publication"}:
            found = _texts(child) | found
        elif name and not len(child):
            found.setdefault(name, (child.text or "").strip())
    return found


def _name(element: "_Element") -> str:
    tag = element.tag
    return tag.rpartition("}")[2].casefold() if isinstance(tag, str) else ""


def _advise(body: bytes, base: str) -> str:
    """The feed that a page names."""
    for link in _ALTERNATE.findall(body[:500_000]):
        if named := _HREF.search(link):
            try:
                return f" It names one: {tidy(named[1].decode('utf-8', 'replace'), base)}"
            except InputError:
                continue
    return " Give the address of its feed or sitemap."


def _line(text: Any) -> str | None:
    return " ".join(html.unescape(text).split())[:200] or None if isinstance(text, str) else None


def _day(text: Any) -> str | None:
    return read_date(text) if isinstance(text, str) else None
