"""
From pages to articles: one cleaned text each, with what is known of its publication.

Comes in: a page, as `counterclaim.gather.pages` finds them. Goes out: an article, or `Unreadable` with the reason.

    >>> article = to_article(Page("note.txt", b"NIAMEY, May 4, 2021 (AFP) - Four soldiers died, the army said. Read more"))
    >>> article.text, article.agency, article.published, article.published_from
    ('Four soldiers died, the army said.', 'Agence France-Presse', '2021-05-04', 'dateline')
    >>> article.dropped
    (Dropped(text='NIAMEY, May 4, 2021 (AFP) -', reason='dateline'), Dropped(text='Read more', reason='read_more'))

A page that holds two reports one below the other becomes one article with the first one's dateline.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from counterclaim.errors import Unreadable
from counterclaim.gather.clean import Cleaned, clean_paragraphs, find_clutter
from counterclaim.gather.encoding import decode
from counterclaim.gather.html import MainText, read_html
from counterclaim.gather.language import count_words, find_foreign, find_language
from counterclaim.gather.paragraphs import split_paragraphs
from counterclaim.gather.published import find_published
from counterclaim.knowledge import load_table
from counterclaim.settings import read_number
from counterclaim.types import Article, Dropped, Page, Update

__all__ = ["to_article"]

_UNSTORABLE = dict.fromkeys((0, *range(0xD800, 0xE000)), "\ufffd")
# Characters. Outlets are looked up by an index, and PostgreSQL's holds a third of a page.
LONGEST_OUTLET = 300
# An HTML page that nobody called one begins with one of these, behind comments and declarations.
_TAG = re.compile(r"<(?:!doctype html|html|head|body|article|div|p|meta)\b", re.IGNORECASE)
_AROUND = (("<!--", "-->"), ("<?", ">"))
_HOST = re.compile(r"^[a-z][a-z0-9+.-]*://(?:[^/@]*@)?([^/:?#]+)", re.IGNORECASE)


def to_article(page: Page, *, verbatim: bool = False) -> Article:
    """
    The page's article.

    Args:
        page: A text or an HTML page.
        verbatim: The text is the input, character by character: what is known of it is still read off, nothing is
            dropped. Of an HTML page the main text is taken as found, uncleaned.

    Raises:
        Unreadable: ``empty``, ``binary``, ``too_long``, ``no_text`` (only clutter, or a page without text), ``language`` or ``too_short``.
    """
    limit = read_number("max_page_bytes")
    if len(page.body) > limit:
        raise Unreadable(
            "too_long",
            f"The page is larger than {limit:,} bytes. Split it, or raise COUNTERCLAIM_MAX_PAGE_BYTES.",
        )
    raw = decode(page.body)
    is_html = page.kind == "html" or (page.kind is None and looks_html(raw))
    main = read_html(raw, page.url) if is_html else MainText(raw)
    cleaned = clean_paragraphs(
        split_paragraphs(main.text),
        title=page.title or main.title,
        authors=page.authors or main.authors,
        header=[line for text in main.header for line in split_paragraphs(text)],
        names=[name for name in (page.outlet, main.site) if name],
    )
    cleaned = cleaned if verbatim else _leave_foreign_out(cleaned)
    text = _verbatim(raw, main, is_html=is_html) if verbatim else "\n\n".join(cleaned.body)
    if not text.strip():
        # A page built by scripts, or nested so deep that no parser follows, has no text verbatim either.
        raise Unreadable(
            "no_text",
            "No text was found in the page. Save what it shows as a .txt file and read that."
            if verbatim or not main.text.strip()
            else "There is no report in it, only what surrounds one. Read it with --verbatim to see.",
        )
    longest = read_number("max_article_chars")
    if len(text) > longest:
        raise Unreadable(
            "too_long",
            f"The text has {len(text):,} characters, more than {longest:,}. If it holds several reports, split it; "
            "else raise COUNTERCLAIM_MAX_ARTICLE_CHARS.",
        )
    language = find_language(text)
    if language != "en":
        raise _in_another(language)
    fewest = read_number("min_article_words", least=0)
    if fewest and count_words(text) < fewest:
        raise Unreadable(
            "too_short",
            f"The text has fewer than {fewest:,} words. Leave it out, or lower COUNTERCLAIM_MIN_ARTICLE_WORDS.",
        )
    return _make_article(page, main, cleaned, text, keep=verbatim)


def looks_html(text: str) -> bool:
    r"""
    Whether a text is an HTML page.

    >>> looks_html("\n<!-- saved on Monday --><!DOCTYPE html><p>Talks"), looks_html("<Talks stall>")
    (True, False)
    """
    # Step by step: as one pattern the time would grow with the square of the white space.
    start = len(text) - len(text.lstrip("\ufeff \t\r\n\f\v"))
    while around := next((pair for pair in _AROUND if text.startswith(pair[0], start)), None):
        end = text.find(around[1], start)
        if end < 0:
            return around[0] == "<?"
        start = end + len(around[1])
        while text[start : start + 1].isspace():
            start += 1
    return _TAG.match(text, start) is not None


def _in_another(language: str) -> Unreadable:
    return Unreadable(
        "language", f"The text is not English ({language}). Translate it, or leave it out.", language=language
    )


def _leave_foreign_out(cleaned: Cleaned) -> Cleaned:
    """
    Without the paragraphs in other languages, which are told among what was dropped.

    Raises:
        Unreadable: ``language``, where the whole or most of it is in another.
    """
    # The whole first: what is too short to be told apart by itself is not English where all around it is not.
    whole = find_language("\n\n".join(cleaned.body))
    if whole != "en":
        raise _in_another(whole)
    foreign = find_foreign(cleaned.body)
    if not foreign:
        return cleaned
    words = Counter[str]()
    for number, text in enumerate(cleaned.body):
        words[foreign.get(number, "en")] += count_words(text)
    if words["en"] * 2 < words.total():
        raise _in_another(next(name for name, _ in words.most_common() if name != "en"))
    return replace(
        cleaned,
        body=tuple(text for number, text in enumerate(cleaned.body) if number not in foreign),
        dropped=(
            *cleaned.dropped,
            *(Dropped(cleaned.body[number], f"language_{name}") for number, name in foreign.items()),
        ),
    )


def _verbatim(raw: str, main: MainText, *, is_html: bool) -> str:
    return "\n\n".join(split_paragraphs(main.text)) if is_html else raw


def _make_article(page: Page, main: MainText, cleaned: Cleaned, text: str, *, keep: bool) -> Article:
    url = _clear(page.url or main.url)
    outlet = _clear(page.outlet or main.site or find_outlet(url))
    if outlet is not None and len(outlet) > LONGEST_OUTLET:
        outlet = outlet[: LONGEST_OUTLET - 1] + "…"
    title = _clear(cleaned.title)
    # An unknown name in the agency's place is an agency only if it is not the outlet's own.
    agency = (
        None
        if _same_name(cleaned.agency, outlet) and not _is_known_agency(cleaned.agency)
        else cleaned.agency
    )
    published, published_from = find_published(
        given=page.published,
        metadata=main.date,
        in_utc=main.in_utc,
        url=url,
        stamps=cleaned.stamps,
        guessed=main.guessed,
        dateline=cleaned.dateline.date if cleaned.dateline else None,
        has_agency=agency is not None,
        body=cleaned.body,
    )
    if published is None and page.modified:
        # When its file was saved: the article may be older, so that nothing it says of itself is put behind this.
        published, published_from = page.modified, "inferred"
    changed = cleaned.modified or main.modified
    return Article(
        id=make_id(url, title, text),
        ref=page.ref,
        text=text,
        title=title,
        url=url,
        outlet=outlet,
        agency=agency,
        authors=tuple(author.translate(_UNSTORABLE) for author in cleaned.authors),
        published=published,
        published_from=published_from,
        dateline=cleaned.dateline,
        dropped=() if keep else _left_out(main, cleaned),
        sha256=hashlib.sha256(page.body).hexdigest(),
        modified=changed if changed and (published is None or changed > published) else None,
        updates=tuple(_updates(main, text)),
        words=page.words,
    )


def _clear(text: str | None) -> str | None:
    """The text without characters that no database takes: JSON can write halves of a pair, and feeds the character of number 0."""
    return text.translate(_UNSTORABLE) if text else text


def _updates(main: MainText, text: str) -> Iterator[Update]:
    """Where the updates of a live blog stand in the article's text; those that cleaning took out stand nowhere."""
    at = 0
    for posted in main.updates:
        start = end = None
        for paragraph in (line for told in posted.paragraphs for line in split_paragraphs(told)):
            found = text.find(paragraph, at)
            if found >= 0:
                start = found if start is None else start
                at = end = found + len(paragraph)
        if posted.at and start is not None and end is not None:
            yield Update(posted.at, start, end)


def _left_out(main: MainText, cleaned: Cleaned) -> tuple[Dropped, ...]:
    """
    Everything on the page that is not in the text: what stood outside the main text first, in the page's order.

    Blocks side by side with one reason are one passage: a menu, not its forty entries.
    """
    outside: list[Dropped] = []
    for block in main.outside:
        text = "\n".join(split_paragraphs(block.text))
        if not text or _same_name(text, cleaned.title):
            continue
        row = find_clutter(text) if block.reason == "outside_text" else None
        reason = row["reason"] if row else block.reason
        if outside and outside[-1].reason == reason:
            text = f"{outside.pop().text}\n{text}"
        outside.append(Dropped(text, reason))
    return (*outside, *cleaned.dropped)


def make_id(url: str | None, title: str | None, text: str) -> str:
    """
    The article's identifier: first 16 hexadecimal digits of the SHA-256 of address, title and text.

    >>> make_id(None, "Talks stall", "The envoy left.")
    '09f7f0920a9b6f79'
    """
    return hashlib.sha256("\x00".join((url or "", title or "", text)).encode()).hexdigest()[:16]


def find_outlet(url: str | None) -> str | None:
    """
    Who publishes at an address: the name knowledge/outlets.tsv has for it, else the host's own.

    >>> find_outlet("https://www.nytimes.com/2021/05/04/world/x.html"), find_outlet("https://www.valley-post.example/x")
    ('New York Times', 'valley-post.example')
    """
    found = _HOST.match(url) if url else None
    if not found:
        return None
    host = found[1].casefold().removeprefix("www.")
    parts = host.split(".")
    # The longest domain that fits: english.example.com before example.com.
    return next((name for i in range(len(parts) - 1) if (name := _outlets().get(".".join(parts[i:])))), host)


@cache
def _outlets() -> dict[str, str]:
    return {domain: row["name"] for row in load_table("outlets") for domain in row.split("domains")}


@cache
def _known_agencies() -> frozenset[str]:
    return frozenset(row["name"] for row in load_table("agencies"))


def _is_known_agency(name: str | None) -> bool:
    return name in _known_agencies()


def _same_name(one: str | None, other: str | None) -> bool:
    def key(name: str) -> str:
        return re.sub(r"\W", "", name.casefold().removeprefix("the "))

    return one is not None and other is not None and key(one) == key(other)
