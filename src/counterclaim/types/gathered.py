"""What gathering makes: pages as they came, articles ready to read, and what could not be read."""

from dataclasses import dataclass
from typing import Literal

PublishedFrom = Literal["given", "metadata", "dateline", "inferred", "unknown"]


@dataclass(frozen=True, slots=True)
class Page:
    """
    Raw input before anything is understood: the bytes of a file or response, or a text given as such.

    Attributes:
        ref: How the user knows it: the path, the table row's id, or ``-`` for stdin.
        body: The bytes as they came; offsets never refer to it.
        kind: ``text`` or ``html``; None where it has to be found out.
        published: ISO date given by the user or the table row.
        authors: As the row, feed or download names them.
        modified: ISO date to fall back on where nothing else dates the article: when its file was changed.
        words: How many words the text has, as a news database counts them; it may give fewer of them.
    """

    ref: str
    body: bytes
    kind: Literal["text", "html"] | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    modified: str | None = None
    words: int | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """
    A passage of the page left out of the article's text, and why.

    Attributes:
        reason: One of knowledge/clutter.tsv's, or of another language ``language_`` and its code.
    """

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when the report was filed, as printed: ``TBILISI, Sept 14``."""

    place: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Update:
    """One update of a live blog: a stretch of the article's text, and when it was posted (ISO, to the minute)."""

    at: str
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class Article:
    """
    One cleaned text and what is known of its publication.

    Attributes:
        id: First 16 hexadecimal digits of the SHA-256 of ref-independent content (url, title, text).
        text: Paragraphs joined by a blank line; every offset of a reading refers to it.
        published: ISO date ``YYYY-MM-DD`` or None; `published_from` says how it is known.
        language: ISO 639-1 of the text, ``en`` when read; other languages are rejected.
        dropped: What cleaning left out, in the page's order.
        sha256: Of the page's bytes.
        modified: ISO date of the page's last change where it says one: of a living page it may be long after `published`.
        updates: Of a live blog, in the text's order.
        words: How many words the whole article has, as the news database it comes from counts them; the text may be cut.
    """

    id: str
    ref: str
    text: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    agency: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    published_from: PublishedFrom = "unknown"
    dateline: Dateline | None = None
    language: str = "en"
    dropped: tuple[Dropped, ...] = ()
    sha256: str = ""
    modified: str | None = None
    updates: tuple[Update, ...] = ()
    words: int | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """
    A page or article that could not be read: counted, listed, never the end of a run.

    Attributes:
        language: ISO 639 code, where it is in another language than is read.
    """

    ref: str
    reason: str
    detail: str
    language: str | None = None
