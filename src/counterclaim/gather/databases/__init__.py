r"""
Downloads of news databases: one file, many articles.

Comes in: the text of a file, line by line as it was saved. Goes out: a page for each article, with title, outlet, date, authors
and the database's own number; or None where the file is no such download.

    >>> download = "Talks stall\n120 words\n5 May 2022\nValley Post\nVALPO\nEnglish\n(c) 2022 Valley Post\n\nThe envoy left.\n\nDocument VALPO00020220505ei5500001\n"
    >>> [(page.title, page.outlet, page.published) for page in split_download(download, "a.txt")]
    [('Talks stall', 'Valley Post', '2022-05-05')]

What looks like a download and cannot be split is rejected, article by article or as a whole: read as one, it would put one
article's date on another's events. Databases in languages other than English are split where their marks are the same.
"""

from collections.abc import Iterator

from counterclaim.gather.databases import europresse, factiva, nexis, proquest
from counterclaim.types import Page, Rejection

__all__ = ["split_download", "split_html", "split_xml"]

# The one whose marks are the most particular first.
_DATABASES = (proquest, factiva, nexis, europresse)


def split_download(text: str, ref: str) -> tuple[Page | Rejection, ...] | None:
    """The articles of a text download; None where it is none."""
    lines = _tidy(text)
    for database in _DATABASES:
        if database.is_download(lines):
            return tuple(database.split(lines, ref)) or (_unsplit(ref, database.NAME),)
    return None


def split_html(html: str, ref: str) -> tuple[Page | Rejection, ...] | None:
    """The articles of an HTML download; None where it is none."""
    from counterclaim.gather.markup import read_lines  # noqa: PLC0415  lxml takes time to import

    if europresse.is_html(html):
        return tuple(europresse.split_html(html, ref)) or (_unsplit(ref, europresse.NAME),)
    if factiva.is_html(html):
        return split_download(read_lines(html), ref) or (_unsplit(ref, factiva.NAME),)
    # A page of news is not read twice to find that it is none: databases leave their marks in plain sight.
    if any(database.MARK.search(html) for database in _DATABASES):
        return split_download(read_lines(html), ref)
    return None


def split_xml(body: bytes, ref: str) -> Iterator[Page | Rejection] | None:
    """The articles of Factiva's XML; None where it is something else."""
    return factiva.split_xml(body, ref) if factiva.is_xml(body) else None


def _tidy(text: str) -> str:
    return (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\xa0", " ")
        .replace("\f", "\n")
        .lstrip("\ufeff")
    )


def _unsplit(ref: str, name: str) -> Rejection:
    return Rejection(
        ref,
        "unsplit",
        f"It looks like a download from {name}, but no article can be told apart in it. "
        "Download it again as full documents, or save each article as a file of its own.",
    )
