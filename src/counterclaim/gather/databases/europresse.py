"""
Europresse (CEDROM-SNi): HTML with one ``article`` element each, and its text, where each article ends with its number.

    >>> html = ('<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">Valley Post, no. 12</span></div>'
    ...     '<span class="DocHeader">World, Thursday, May 5, 2022 - 3 words, p. 4</span><div class="titreArticle"><p>Talks stall</p></div></header>'
    ...     '<section><div class="DocText"><p>The envoy left.</p></div></section></article>')
    >>> [(page.title, page.outlet, page.published, page.body) for page in split_html(html, "a.html")]
    [('Talks stall', 'Valley Post', '2022-05-05', b'The envoy left.')]

The interface is French or English; so are the dates.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from counterclaim.gather.databases.layout import (
    NOTICE,
    WORDS,
    Cutting,
    blocks_of,
    cut_off,
    one_line,
    to_page,
    unsplit,
)
from counterclaim.gather.published import read_date
from counterclaim.types import Page, Rejection

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "Europresse"
MARK = re.compile(r"\b(?:news|pub|web)·(?:19|20)\d{6}·\w+·")

_HTML = re.compile(r"class=[\"'][^\"']*\b(?:DocPublicationName|titreArticle)\b")
_NUMBER = re.compile(r"\b((?:news|pub|web)·((?:19|20)\d{6})·\w+·[^\s<]+)")
_END = re.compile(rf"^[^\n]*{_NUMBER.pattern}[^\n]*$", re.MULTILINE)
_ISSUE = re.compile(r"(?:,\s*(?:no|n°|vol|issue)\b|\s{2,}|\n).*$", re.IGNORECASE | re.DOTALL)
_SITE = re.compile(r"(?<!\s)\s*+\((?:site web|web site|website|réf\. site web)[^)]*\)", re.IGNORECASE)
_CERTIFICATE = re.compile(
    r"^\s*(?:certificat émis|certificate issued|©|tous droits|all rights)", re.IGNORECASE
)
_MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_FRENCH = re.compile(rf"\b(\d{{1,2}})(?:er)?\s+({'|'.join(_MONTHS)})\s+((?:19|20)\d\d)\b", re.IGNORECASE)


def is_html(html: str) -> bool:
    """The page bears the class names of Europresse's articles."""
    return bool(_HTML.search(html))


def split_html(html: str, ref: str) -> Iterator[Page | Rejection]:
    """Each ``article``; a rejection for one without outlet and title."""
    from counterclaim.gather.markup import (  # noqa: PLC0415  lxml takes time to import
        element_lines,
        element_text,
        local_name,
        parse_html,
    )

    root = parse_html(html)
    if root is None:
        return
    articles = [element for element in root.iter() if local_name(element) == "article"]
    for number, article in enumerate(articles, start=1):
        outlet = _find(article, "DocPublicationName", "rdp__DocPublicationName")
        title = _find(article, "titreArticle", "titreArticleVisu", "rdp__articletitle")
        if not element_text(outlet) and not element_text(title):
            yield unsplit(ref, number, NAME, "outlet and headline")
            continue
        body = _find(article, "DocText", "docOcurrContainer")
        identifier = _NUMBER.search(element_lines(article))
        header = element_text(_find(article, "DocHeader"))
        yield to_page(
            Cutting(
                text="" if body is None else element_lines(body),
                title=one_line(element_text(title)),
                outlet=_name(_first_text(outlet)),
                published=_read_day(header) or (read_date(identifier[2]) if identifier else None),
                byline=element_text(_find(article, "docAuthors", "sm-margin-bottomNews")) or None,
                identifier=identifier[1] if identifier else None,
                length=_length(header),
            ),
            ref,
            number,
        )


def is_download(lines: str) -> bool:
    """Articles that end with Europresse's numbers."""
    return bool(MARK.search(lines)) and bool(_END.search(lines))


def split(lines: str, ref: str) -> Iterator[Page | Rejection]:
    """Each article of a text: outlet, section with date and count of words, headline, byline, text, copyright, number."""
    parts = _END.split(lines)
    for number, (article, identifier, day) in enumerate(
        zip(parts[::3], parts[1::3], parts[2::3], strict=False), start=1
    ):
        blocks = [block for block in blocks_of(article) if not _CERTIFICATE.match(block)]
        rows = "\n\n".join(blocks).split("\n")
        rows = [row for row in rows if row]
        # The head's line: "World, Thursday, May 5, 2022 - 620 words, p. 4".
        head = next(
            (i for i, row in enumerate(rows) if _read_day(row) and re.search(r"\d\s*(?:words|mots)\b", row)),
            None,
        )
        if head is None or head == 0 or head + 1 >= len(rows):
            yield unsplit(ref, number, NAME, "line with date and count of words")
            continue
        body = rows[head + 2 :]
        byline = body[0] if body and len(body[0].split()) <= 6 and not re.search(r"[.!?]$", body[0]) else None
        yield to_page(
            Cutting(
                text="\n\n".join(row for row in body[1 if byline else 0 :] if not NOTICE.match(row)),
                title=rows[head + 1],
                outlet=_name(rows[head - 1]),
                published=_read_day(rows[head]) or read_date(day),
                byline=byline,
                identifier=identifier,
                length=_length(rows[head]),
            ),
            ref,
            number,
        )
    if any(WORDS.search(line) for line in parts[-1].split("\n")):
        yield cut_off(ref, len(parts) // 3 + 1, NAME, "number")


def _find(article: "_Element", *classes: str) -> "_Element | None":
    for name in classes:
        for element in article.iter():
            if isinstance(element.tag, str) and name in str(element.get("class") or "").split():
                return element
    return None


def _first_text(element: "_Element | None") -> str:
    return (
        ""
        if element is None
        else next((text for raw in element.itertext() if (text := str(raw).strip())), "")
    )


def _length(head: str) -> str | None:
    found = re.search(r"(\d[\d., \u202f]*)(?:words|mots)\b", head)
    return found[1] if found else None


def _name(printed: str) -> str | None:
    return one_line(_SITE.sub("", _ISSUE.sub("", printed.strip())))


def _read_day(text: str) -> str | None:
    if found := _FRENCH.search(text):
        return read_date(f"{found[3]}-{_MONTHS.index(found[2].casefold()) + 1:02}-{int(found[1]):02}")
    return read_date(text)
