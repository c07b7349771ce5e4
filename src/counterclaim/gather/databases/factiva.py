r"""
Factiva: TXT, and HTML, RTF, DOCX or PDF once they are lines; and its XML.

Each article ends with "Document" and an identifier of 25 signs that holds the source's code and the date. Downloads "with indexing"
put a code before each part (HD headline, BY byline, PD date, SN source, LP and TD text); others print the parts one below the
other: headline, byline, "120 words", date, time, source, code, language, copyright, text.

    >>> lines = "HD\nTalks stall\nPD\n5 May 2022\nSN\nValley Post\nLP\nThe envoy left.\nAN\nDocument VALPO00020220505ei5500001"
    >>> [(page.title, page.outlet, page.published, page.body) for page in split(lines, "a.txt")]
    [('Talks stall', 'Valley Post', '2022-05-05', b'The envoy left.')]
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from counterclaim.gather.databases.layout import (
    COPYRIGHT,
    WORDS,
    Cutting,
    cut_off,
    one_line,
    read_byline,
    to_page,
    unsplit,
)
from counterclaim.gather.published import read_date
from counterclaim.types import Page, Rejection

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "Factiva"
MARK = re.compile(r"\b(?:Document|Dokument|Documento) [A-Za-z0-9]{6,10}(?:19|20)\d{6}[a-z0-9]{6,10}\b")

_IDENTIFIER = re.compile(
    r"^[ \t]*(?:AN[ \t|]+)?(?:Document|Dokument|Documento) ([A-Za-z0-9]{6,10}(?:19|20)\d{6}[a-z0-9]{6,10})[ \t|]*$",
    re.MULTILINE,
)
_CODES = frozenset(
    [
        "HD",
        "SE",
        "BY",
        "CR",
        "WC",
        "PD",
        "ET",
        "SN",
        "SC",
        "NGC",
        "GC",
        "ED",
        "PG",
        "VOL",
        "LA",
        "CY",
        "LP",
        "TD",
        "CT",
        "RF",
        "CO",
        "IN",
        "NS",
        "RE",
        "IPD",
        "IPC",
        "PUB",
        "AN",
        "CX",
        "DLN",
        "ART",
        "CLM",
    ]
)
# A code stands alone on its line, or apart from what follows: "IN Kyiv" begins a sentence.
_CODE = re.compile(r"[ \t]*([A-Z]{2,3})(?:[ \t]*$|\t+|[ ]{2,}|[ \t]*\|[ \t]*)(.*)$")
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?: ?(?:GMT|UTC|[AP]M))?$")
_LANGUAGES = frozenset(
    [
        "english",
        "anglais",
        "englisch",
        "inglés",
        "inglese",
        "french",
        "français",
        "german",
        "deutsch",
        "spanish",
        "español",
        "italian",
        "italiano",
        "russian",
        "portuguese",
    ]
)
_PAGE = re.compile(
    r"^.*(?:©|\(c\)) ?\d{4} Factiva, Inc\..*$|^[ \t]*Page \d+ of \d+[ \t]*$", re.MULTILINE | re.IGNORECASE
)
_HTML = re.compile(r"class=[\"']article \w\wArticle")


def is_html(html: str) -> bool:
    """The page bears the class names of Factiva's articles."""
    return bool(_HTML.search(html))


def is_download(lines: str) -> bool:
    """Articles that end as Factiva's do, below a count of words or codes."""
    if not _IDENTIFIER.search(lines):
        return False
    return any(WORDS.match(line) or _CODE.match(line) for line in lines.split("\n"))


def split(lines: str, ref: str) -> Iterator[Page | Rejection]:
    """Each article; a rejection for one whose head cannot be told from its text, and for a last one that is cut."""
    parts = _IDENTIFIER.split(_PAGE.sub("", lines))
    number = 0
    for number, (article, identifier) in enumerate(zip(parts[::2], parts[1::2], strict=False), start=1):
        entry = _read_codes(article, identifier) or _read_plain(article, identifier)
        if entry is None:
            yield unsplit(ref, number, NAME, "count of words or code HD")
        else:
            yield to_page(entry, ref, number)
    if any(WORDS.match(line) or re.match(r"[ \t]*HD\b", line) for line in parts[-1].split("\n")):
        yield cut_off(ref, number + 1, NAME, "line Document")


def _read_codes(article: str, identifier: str) -> Cutting | None:
    parts: dict[str, list[str]] = {}
    code = ""
    for line in article.split("\n"):
        found = _CODE.match(line)
        if found and found[1] in _CODES and found[1] not in parts:
            code = found[1]
            parts[code] = [found[2].rstrip(" \t|")]
        elif code:
            parts[code].append(line.strip(" \t|"))
    if "HD" not in parts or not {"LP", "TD"} & parts.keys():
        return None
    value = {code: "\n".join(lines).strip() for code, lines in parts.items()}
    return Cutting(
        text="\n\n".join(value[code] for code in ("LP", "TD") if value.get(code)),
        title=value["HD"],
        outlet=value.get("SN"),
        published=read_date(value.get("PD", "")),
        byline=value.get("BY"),
        identifier=identifier,
        length=value.get("WC"),
    )


def _read_plain(article: str, identifier: str) -> Cutting | None:
    lines = [line.strip(" \t|") for line in article.split("\n")]
    words = next((i for i, line in enumerate(lines) if WORDS.match(line)), None)
    if words is None:
        return None
    title, byline = _read_above([line for line in lines[:words] if line])
    published: str | None = None
    outlet: str | None = None
    begin: int | None = None
    for index, line in enumerate(lines[words + 1 :], start=words + 1):
        if not line:
            continue
        if published is None and (day := read_date(line)) and len(line) < 40:
            published = day
        elif COPYRIGHT.match(line):
            begin = index + 1
            break
        elif outlet is None and not _TIME.match(line):
            outlet = line
        elif line.casefold() in _LANGUAGES:
            begin = index + 1
        elif begin is not None:
            break  # no copyright: the text has begun
    if begin is None or published is None:
        return None
    while begin < len(lines) and COPYRIGHT.match(lines[begin]):
        begin += 1
    return Cutting(
        text="\n".join(lines[begin:]),
        title=title,
        outlet=outlet,
        published=published,
        byline=byline,
        identifier=identifier,
        length=lines[words],
    )


def _read_above(lines: list[str]) -> tuple[str | None, str | None]:
    """Headline and byline above the count of words; above the headline may stand a section, or the list of all."""
    if not lines:
        return None, None
    last = lines[-1]
    if last.casefold().startswith("by ") or (
        len(lines) > 1 and _is_names(last) and len(lines[-2].split()) > len(last.split())
    ):
        return (lines[-2] if len(lines) > 1 else None), last
    return last, None


def _is_names(line: str) -> bool:
    """The line is names of people and nothing else."""
    words = re.sub(r"\band\b|[;,&]", " ", line).split()
    return bool(words) and words == " ".join(read_byline(line)).split()


# --- XML --------------------------------------------------------------------------------------


def is_xml(body: bytes) -> bool:
    """The bytes begin like an answer of Factiva's."""
    return bool(re.search(rb"<(?:PPSResponse|ppsArticleResponse)\b", body[:2048]))


def split_xml(body: bytes, ref: str) -> Iterator[Page | Rejection]:
    """Each ``article`` element; entities are not expanded, nothing is fetched."""
    from counterclaim.gather.markup import local_name, parse_xml  # noqa: PLC0415

    root = parse_xml(body)
    articles = (
        [] if root is None else [element for element in root.iter() if local_name(element) == "article"]
    )
    if not articles:
        yield Rejection(
            ref, "unsplit", "Factiva's XML holds no article that can be read. Download it again, or as HTML."
        )
    for number, article in enumerate(articles, start=1):
        yield to_page(_read_xml(article), ref, number)


def _read_xml(article: "_Element") -> Cutting:
    from counterclaim.gather.markup import element_text, local_name  # noqa: PLC0415

    parts = {local_name(child): child for child in article}
    paragraphs = [
        element_text(paragraph)
        for name in ("leadparagraph", "tailparagraphs")
        if (part := parts.get(name)) is not None
        for paragraph in part.iter()
        if local_name(paragraph) == "paragraph"
    ]
    return Cutting(
        text="\n\n".join(paragraphs),
        title=one_line(element_text(parts.get("headline"))),
        outlet=one_line(element_text(parts.get("sourcename"))),
        published=read_date(element_text(parts.get("publicationdate"))),
        byline=one_line(element_text(parts.get("byline"))),
        identifier=one_line(element_text(parts.get("accessionno"))),
        length=element_text(parts.get("wordcount")),
    )
