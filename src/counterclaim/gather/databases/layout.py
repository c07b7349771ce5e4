"""
What the layouts of all databases have in common: bylines, dates among lines, articles without text.

    >>> read_byline("By JANE DOE and Omar Haddad"), read_byline("Doe, Jane; Haddad, Omar")
    (('Jane Doe', 'Omar Haddad'), ('Jane Doe', 'Omar Haddad'))
"""

import re
from dataclasses import dataclass

from counterclaim.gather.credits import find_authors
from counterclaim.gather.paragraphs import split_paragraphs
from counterclaim.types import Page, Rejection

# In a head, where no report begins; and below one, whose last paragraph may speak of copyright.
COPYRIGHT = re.compile(r"\s*(?:\(c\)|©|copyright\b|all rights reserved)", re.IGNORECASE)
NOTICE = re.compile(
    r"\s*(?:\(c\)|©|copyright\b[^\n]{0,40}\b(?:19|20)\d\d\b|[^\n]{0,80}\ball rights reserved)", re.IGNORECASE
)
WORDS = re.compile(r"\s*(\d[\d.,\u202f ]*)\s*(?:words?|mots|Wörter|palabras|parole)\s*$", re.IGNORECASE)
_INVERTED = re.compile(
    r"([^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,2}), ([^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,2})"
)


@dataclass(frozen=True, slots=True)
class Cutting:
    """One article of a download, as its lines tell it."""

    text: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    byline: str | None = None
    identifier: str | None = None
    url: str | None = None
    dateline: str | None = None
    length: str | None = None


def to_page(entry: Cutting, ref: str, number: int) -> Page | Rejection:
    """The article's page; a rejection where it has no text, as pictures, tables and mere citations have none."""
    where = entry.identifier or f"{ref}:{number}"
    # Joined here, where lines still break at the download's own column.
    text = "\n\n".join(split_paragraphs(entry.text))
    if not text:
        return Rejection(
            where,
            "empty",
            f"Article {number} of {ref} has no text. Download full documents, or leave it out.",
        )
    if entry.dateline and not text.startswith(entry.dateline):
        # Downloads take the dateline off the first paragraph, where `clean` looks for it.
        text = f"{entry.dateline.rstrip(' -–—')} — {text}"
    return Page(
        ref=where,
        body=text.encode(),
        kind="text",
        title=one_line(entry.title),
        url=one_line(entry.url),
        outlet=one_line(entry.outlet),
        published=entry.published,
        authors=read_byline(entry.byline),
        words=read_words(entry.length),
    )


def unsplit(ref: str, number: int, name: str, missing: str) -> Rejection:
    """What stands for an article whose parts cannot be told apart."""
    return Rejection(
        f"{ref}:{number}",
        "unsplit",
        f"Article {number} of this download from {name} has no {missing}, so its text cannot be told from what surrounds it. "
        "Save the article as a file of its own.",
    )


def cut_off(ref: str, number: int, name: str, end: str) -> Rejection:
    """What stands for a last article that does not end as the others do."""
    return Rejection(
        f"{ref}:{number}",
        "unsplit",
        f"Article {number} of this download from {name} was cut: it has no {end} at its end. Download the file again.",
    )


def read_byline(line: str | None) -> tuple[str, ...]:
    """The people a byline names, family names after given names; none where it names an agency or a desk."""
    line = one_line(line)
    if not line:
        return ()
    inverted = [_INVERTED.fullmatch(part.strip(" .")) for part in line.split(";")]
    if all(inverted):
        return tuple(dict.fromkeys(f"{name[2]} {name[1]}" for name in inverted if name))
    return find_authors([line if re.match(r"\W*by\b", line, re.IGNORECASE) else f"By {line}"])


def read_words(printed: str | None) -> int | None:
    """The number in "1,234 words".

    >>> read_words("1,234 words"), read_words("LENGTH: 1 234 mots"), read_words(None)
    (1234, 1234, None)
    """
    found = re.search(r"\d[\d., \u202f]*", printed or "")
    digits = re.sub(r"\D", "", found[0]) if found else ""
    return int(digits) if digits and len(digits) < 7 else None


def one_line(text: str | None) -> str | None:
    """The text on one line, None where there is none."""
    return " ".join(text.split()) or None if text else None


def blocks_of(lines: str) -> list[str]:
    """Paragraphs: what blank lines part; the lines in them stripped, their breaks kept."""
    blocks = re.split(r"\n(?:[ \t]*\n)+", lines)
    return [
        block
        for raw in blocks
        if (block := "\n".join(line.strip() for line in raw.split("\n") if line.strip()))
    ]
