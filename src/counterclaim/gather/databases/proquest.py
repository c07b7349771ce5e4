r"""
ProQuest: TXT, and HTML, RTF, DOCX or PDF once they are lines.

A line of underscores parts the documents. In each stand labels ("Full text:", "Publication title:", "Publication date:", "ProQuest
document ID:"), the most telling of them below the text.

    >>> lines = "Full text: The envoy left.\nTitle: Talks stall\nPublication title: Valley Post\nPublication date: May 5, 2022\nProQuest document ID: 2659\n"
    >>> [(page.title, page.outlet, page.published, page.ref, page.body) for page in split(lines, "a.txt")]
    [('Talks stall', 'Valley Post', '2022-05-05', '2659', b'The envoy left.')]
"""

import re
from collections.abc import Iterator

from counterclaim.gather.databases.layout import Cutting, one_line, to_page, unsplit
from counterclaim.gather.published import read_date
from counterclaim.types import Page, Rejection

NAME = "ProQuest"
MARK = re.compile(r"ProQuest document ID")

_PART = re.compile(r"^[ \t]*_{20,}[ \t]*$|^[ \t]*Document \d+ of \d+[ \t]*$", re.MULTILINE)
_LABELS = (
    "Abstract|Abstract (summary)|Author|Authors|Byline|Business indexing term|Cited by|Classification|Column|Company / organization|"
    "Copyright|Correspondence author|Country of publication|Credit|Database|Dateline|Document feature|Document type|Document URL|"
    "DOI|Edition|Enhancement|First page|Full text|Full Text|Identifier / keyword|Illustration|ISSN|e-ISSN|Issue|Language of publication|"
    "Last updated|Links|Location|Number of pages|Pages|People|Place of publication|Product name|ProQuest document ID|"
    "Publication date|Publication info|Publication subject|Publication title|Publication year|Publisher|Section|Source attribution|"
    "Source type|Subject|Subtitle|Supplement|Ticker|Title|URL|Volume|Volume/Issue|Year"
)
_LABEL = re.compile(
    r"^[ \t]*("
    + "|".join(re.escape(label) for label in sorted(_LABELS.split("|"), key=len, reverse=True))
    + r"):[ \t]*(.*)$"
)
# "The Guardian; London (UK)", "New York Times, Late Edition (East Coast)": the name stands first.
_PLACE = re.compile(r"(?<!\s)\s*+;.*$|,\s+[\w ]*Edition\b.*$", re.DOTALL)


def is_download(lines: str) -> bool:
    """Documents that ProQuest numbers, or whose text and outlet carry its labels."""
    return bool(
        re.search(r"^[ \t]*ProQuest document ID: *\d", lines, re.MULTILINE)
        or (
            re.search(r"^[ \t]*Full [Tt]ext:", lines, re.MULTILINE)
            and re.search(r"^[ \t]*Publication (?:title|info):", lines, re.MULTILINE)
        )
    )


def split(lines: str, ref: str) -> Iterator[Page | Rejection]:
    """Each document; a rejection for one without a text, or without a word of where it comes from."""
    number = 0
    for part in _PART.split(lines):
        if not any(_LABEL.match(line) for line in part.split("\n")):
            continue  # the address of ProQuest, its terms
        number += 1
        labels, first = _read(part)
        identifier = labels.get("ProQuest document ID") or None
        if labels.get("Publication title") is None and labels.get("Publication info") is None:
            yield unsplit(ref, number, NAME, "Publication title")
            continue
        info = one_line(labels.get("Publication info")) or ""
        yield to_page(
            Cutting(
                text=labels.get("Full text") or labels.get("Full Text") or "",
                title=labels.get("Title") or first,
                outlet=_PLACE.sub("", labels.get("Publication title") or info),
                published=read_date(labels.get("Publication date", "")) or read_date(info),
                byline=labels.get("Author") or labels.get("Authors") or labels.get("Byline"),
                identifier=identifier,
                url=labels.get("URL"),
                dateline=labels.get("Dateline") or None,
            ),
            ref,
            number,
        )


def _read(part: str) -> tuple[dict[str, str], str | None]:
    """The labels with what follows each, and the first line that has none: the headline."""
    labels: dict[str, list[str]] = {}
    name = ""
    first: str | None = None
    for line in part.split("\n"):
        found = _LABEL.match(line)
        # Within the text "Title:" may be a word of the report's; labels come once.
        if found and found[1] not in labels:
            name = found[1]
            labels[name] = [found[2]]
        elif name:
            labels[name].append(line)
        elif first is None and line.strip():
            first = line.strip()
    return {label: "\n".join(lines).strip() for label, lines in labels.items()}, first
