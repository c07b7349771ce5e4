"""
What a page says of itself for machines: title, authors, times, site, address, and the updates of a live blog.

Comes in: the page's tree. Goes out: a `Head`, None and empty where the page does not say.

    >>> from counterclaim.gather.html.tree import parse
    >>> head = read_head(parse('<meta property="article:published_time" content="2021-05-03T23:10:00-03:00"><h1>Talks stall</h1>'))
    >>> head.published, head.title
    ('2021-05-03', 'Talks stall')

Two vocabularies are read: Open Graph's in the head's meta elements, and schema.org's in JSON-LD. Of its items only those that are
reports count, and of several the one with the page's headline: pages list other items in the same words. Times are kept as
they are printed, in the page's own time zone.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any, NamedTuple

from counterclaim.gather.html.tree import Element, text_of
from counterclaim.gather.published import read_date

_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "og:published_time", "article:published"),
    *("datepublished", "parsely-pub-date", "publish-date", "publish_date", "publication_date", "pubdate"),
    *("sailthru.date", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued", "dcterms.created"),
    *("dc.date", "dcterms.date", "citation_publication_date", "article.published", "pub_date", "date"),
)
_MODIFIED = (
    *("article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified"),
    *("lastmod", "last-modified", "dcterms.modified", "article.updated", "revised"),
)
_REPORTS = re.compile(r"(?:Report|Posting|Article|Review)$|^Analysis", re.IGNORECASE)
_LIVE = "LiveBlogPosting"
# A page that is no report: its date counts where nothing else dates it.
_PAGE = re.compile(r"Page$")
# A headline of so many letters is nobody's name.
_SURE = 10
_MAX_NODES = 5_000
_MAX_SCRIPT = 2_000_000
_SITE_SUFFIX = re.compile(r" (?:[|–—»:·-]|::) ([^|–—»]{2,60})$")
_PARTS = re.compile(r"\s+[|–—»:·-]+\s+|(?<=\w): ")
# A heading of the second rank with fewer words is a section's.
_FEWEST_WORDS = 4
_TAGS = re.compile(r"<[^<>]{1,500}>")
_UTC = re.compile(r"\d:\d\d(?::[\d.]+)?\s?(?:Z|\+00:?00|UTC|GMT)$")
_TIME = re.compile(r"((?:19|20)\d\d-\d\d-\d\d)[T ](\d\d:\d\d)")

Json = dict[str, Any]


class Told(NamedTuple):
    """One update of a live blog as its data tell it."""

    at: str | None
    title: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Head:
    """
    What the page says of itself.

    Attributes:
        published, modified: ISO dates, in the page's own time zone.
        in_utc: The time of publication is told in UTC: where the page was made it may have been another day.
        organisations: Authors that are none: agencies and newsrooms.
        description: The report in a sentence, often its standfirst.
        body: The report's text, where the data hold it.
        is_live: The page calls itself a live blog.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    in_utc: bool = False
    site: str | None = None
    url: str | None = None
    description: str | None = None
    body: str | None = None
    is_live: bool = False
    updates: tuple[Told, ...] = ()


def read_head(root: Element | None) -> Head:
    """Everything the page says of itself for machines."""
    if root is None:
        return Head()
    meta = _read_meta(root)
    page_title = next((text for node in root.iter("title") if (text := text_of(node))), None)
    social = meta.get("og:title") or meta.get("twitter:title")
    headlines = list(
        _headlines(root, [text for text in (social, page_title) if text], meta.get("og:site_name"))
    )
    item = _choose(_items(root), {_key(text) for text in (social, page_title, *headlines) if text})
    named = _text(item.get("headline"))
    title = _choose_title(social, named, page_title, headlines)
    people, organisations = _authors(item.get("author"))
    # What is no report, an outlet's "About us", has its date in the item of the page as a whole.
    whole = _find_page(root, {_key(text) for text in (social, page_title, title) if text})
    stamps: list[object] = [meta[name] for name in _PUBLISHED if name in meta]
    stamps += [item.get("datePublished"), whole.get("datePublished")]
    stamp = next((stamp for stamp in stamps if _date(stamp)), None)
    return Head(
        title=title,
        authors=people,
        organisations=organisations,
        published=_date(stamp),
        in_utc=isinstance(stamp, str) and _UTC.search(stamp) is not None,
        modified=_first_date(meta, _MODIFIED)
        or _date(item.get("dateModified"))
        or _date(whole.get("dateModified")),
        site=meta.get("og:site_name") or _site(page_title, title) or _publisher(item),
        url=_canonical(root) or meta.get("og:url"),
        description=meta.get("og:description") or meta.get("description") or _text(item.get("description")),
        body=_text(item.get("articleBody"), lines=True),
        is_live=_LIVE in _types(item),
        updates=tuple(_updates(item)),
    )


def read_moment(text: str | None) -> str | None:
    """
    A date and time as ISO prints them, to the minute, with the time zone where there is one.

    >>> read_moment("2024-05-14T12:31:00Z"), read_moment("2024-05-14T13:31:05+01:00"), read_moment("14 May")
    ('2024-05-14T12:31Z', '2024-05-14T13:31+01:00', None)
    """
    found = _TIME.match(text.strip()) if text else None
    if not found or not text or read_date(found[1]) is None:
        return None
    zone = re.search(r"(?:Z|[+-]\d\d:?\d\d)$", text.strip())
    return f"{found[1]}T{found[2]}{zone.group() if zone else ''}"


def _read_meta(root: Element) -> dict[str, str]:
    """The first content of each meta element, by name in small letters."""
    meta: dict[str, str] = {}
    for element in root.iter("meta"):
        content = " ".join((element.get("content") or "").split())
        for attribute in ("property", "name", "itemprop"):
            if content and (name := element.get(attribute)):
                # An item's own: of pictures and of other items on the page no less than of the report.
                if attribute == "itemprop" and _is_of_another(element):
                    continue
                meta.setdefault(name.strip().casefold(), content)
    return meta


def _is_of_another(element: Element) -> bool:
    scope = next((a for a in element.iterancestors() if a.get("itemtype")), None)
    return scope is not None and not _REPORTS.search(scope.get("itemtype").rstrip("/"))


def _first_date(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((day for name in names if (day := _date(meta.get(name)))), None)


def _date(value: object) -> str | None:
    # Of 03/04/2021 read_date makes nothing, and nobody guesses here.
    return read_date(value[:80]) if isinstance(value, str) else None


def _canonical(root: Element) -> str | None:
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").casefold() and (link.get("href") or "").startswith("http"):
            return str(link.get("href")).strip()
    return None


# --- titles ---------------------------------------------------------------------------------------


def _headlines(root: Element, known: list[str], site: str | None) -> Iterator[str]:
    """The headings of the first rank but the site's name; where that is all of them, those of the second that the data know."""
    found = False
    for text in filter(None, map(text_of, root.iter("h1"))):
        if not _is_site(text, known, site):
            found = True
            yield text
    keys = [_key(text) for text in known]
    for text in () if found else filter(None, map(text_of, root.iter("h2"))):
        key = _key(text)
        if len(text.split()) >= _FEWEST_WORDS and any(len(key) > _SURE and key in whole for whole in keys):
            yield text


def _is_site(heading: str, known: list[str], site: str | None) -> bool:
    """
    A heading is the site's name: by its data, or as the shorter end of the window's title.

    >>> _is_site("Gulf Courier", ["Four die in Tadjoura - Gulf Courier"], None), _is_site("Four die", ["Four die - Post"], None)
    (True, False)
    """
    key = _key(heading)
    if site and key == _key(site):
        return True
    for title in known:
        parts = [part for part in _PARTS.split(title) if part.strip()]
        ends = {_key(parts[0]), _key(parts[-1])} if len(parts) > 1 else set()
        longest = max((len(part.split()) for part in parts), default=0)
        if key in ends and len(heading.split()) < longest >= _FEWEST_WORDS:
            return True
    return False


def _choose_title(
    social: str | None, named: str | None, page_title: str | None, headlines: list[str]
) -> str | None:
    """
    The headline that readers see, where the page's data agree with it; else what the data say.

    A heading that neither the data nor the window's title know may be the site's name or an advertisement.
    """
    known = [text for text in (social, named, page_title) if text]
    for headline in headlines:
        key = _key(headline)
        if any(
            key and (key in _key(text) or (len(_key(text)) > _SURE and _key(text) in key)) for text in known
        ):
            return headline if len(headline.split()) > 1 or not social else social
    site = _site(page_title, headlines[0] if headlines else None)
    title = social or named or (headlines[0] if len(headlines) == 1 else page_title)
    if title and title == page_title and site:
        return title.removesuffix(site).rstrip(" |–—»:·-") or title
    return title


def _site(page_title: str | None, title: str | None) -> str | None:
    """The site's name behind the headline in the window's title."""
    suffix = _SITE_SUFFIX.search(page_title) if page_title and title else None
    if suffix and page_title and title and _key(page_title[: suffix.start()]) == _key(title):
        return suffix[1].strip()
    return None


def _key(text: str) -> str:
    return "".join(re.findall(r"\w+", text.casefold()))


# --- JSON-LD --------------------------------------------------------------------------------------


def _items(root: Element) -> list[Json]:
    """Every report that the page's JSON-LD holds, not those inside another report (its updates, the series it is of)."""
    return [node for data in _data(root) for node in _walk(data, _REPORTS)]


def _find_page(root: Element, keys: set[str]) -> Json:
    """The item that stands for the page as a whole: the one named as the page is, else the only one; empty where there is none."""
    pages = [node for data in _data(root) for node in _walk(data, _PAGE)]
    named = [page for page in pages if _key(_text(page.get("name")) or "") in keys]
    return named[0] if named else pages[0] if len(pages) == 1 else {}


def _data(root: Element) -> Iterator[object]:
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            yield _load(script.text or "")


def _walk(data: object, kinds: re.Pattern[str]) -> Iterator[Json]:
    """The outermost items of these kinds."""
    stack: list[object] = [data]
    for _ in range(_MAX_NODES):
        if not stack:
            return
        node = stack.pop()
        if isinstance(node, list):
            stack.extend(reversed(node))
        elif isinstance(node, dict):
            if any(kinds.search(kind) for kind in _types(node)):
                yield node
            else:
                stack.extend(node[key] for key in ("mainEntity", "mainEntityOfPage", "@graph") if key in node)


def _choose(items: list[Json], keys: set[str]) -> Json:
    """The item the page is about: a live blog, else the one that has the page's headline, else the only one."""
    for item in items:
        headline = _key(_text(item.get("headline")) or "")
        if _LIVE in _types(item) or (headline and any(headline in key for key in keys)):
            return item
    # Headlines for search engines differ from those for readers, but they speak of the same.
    alone = items[0] if len(items) == 1 else {}
    words = {
        word for word in re.findall(r"\w+", (_text(alone.get("headline")) or "").casefold()) if len(word) > 3
    }
    told = sum(any(word in key for key in keys) for word in words)
    return alone if not words or not keys or told * 3 >= len(words) else {}


def drop_data(root: Element) -> None:
    """Takes the JSON-LD off that `read_head` has read, so that nobody takes another item's data for the page's."""
    for script in list(root.iter("script")):
        if "ld+json" in (script.get("type") or "") and _load(script.text or "") is not None:
            script.getparent().remove(script)


def _load(text: str) -> object | None:
    if len(text) > _MAX_SCRIPT:
        return None
    try:
        data: object = json.loads(text.strip().removesuffix(";"), strict=False)
    except (ValueError, RecursionError):
        return None
    return data


def _types(item: Json) -> list[str]:
    kind = item.get("@type")
    return [str(one) for one in (kind if isinstance(kind, list) else [kind]) if one]


def _authors(value: object) -> tuple[tuple[str, ...], tuple[str, ...]]:
    people: dict[str, None] = {}
    organisations: dict[str, None] = {}
    for author in value if isinstance(value, list) else [value]:
        if isinstance(author, dict) and (name := _text(author.get("name"))):
            (people if "Organization" not in str(author.get("@type")) else organisations)[name] = None
        elif isinstance(author, str) and (name := _text(author)):
            people[name] = None
    return tuple(people), tuple(organisations)


def _publisher(item: Json) -> str | None:
    publisher = item.get("publisher")
    return _text(publisher.get("name")) if isinstance(publisher, dict) else None


def _updates(item: Json) -> Iterator[Told]:
    told = item.get("liveBlogUpdate")
    for update in told if isinstance(told, list) else [told]:
        if isinstance(update, dict) and (text := _text(update.get("articleBody"), lines=True)):
            yield Told(read_moment(_text(update.get("datePublished"))), _text(update.get("headline")), text)


def _text(value: object, *, lines: bool = False) -> str | None:
    if not isinstance(value, str):
        return None
    value = _TAGS.sub("\n" if lines else " ", unescape(value))
    if lines:
        return "\n".join(line for raw in value.splitlines() if (line := " ".join(raw.split()))) or None
    return " ".join(value.split()) or None
