r"""
Nexis Uni, Nexis Advance and the older LexisNexis: TXT, and DOCX, RTF, HTML or PDF once they are lines.

Two layouts. The older one begins each article with "2 of 10 DOCUMENTS", then outlet, date and headline in paragraphs without
labels, then labels in capitals; LENGTH ends the head, LOAD-DATE or LANGUAGE the body. The newer one ends each article with
"End of Document"; headline, outlet and date stand above "Copyright", labels are in small letters, a line "Body" parts head and
text.

    >>> text = "1 of 1 DOCUMENTS\n\nValley Post\n\nMay 5, 2022 Thursday\n\nTalks stall\n\nLENGTH: 3 words\n\nThe envoy left.\n\nLOAD-DATE: May 6, 2022"
    >>> [(page.title, page.outlet, page.published, page.body) for page in split(text, "a.txt")]
    [('Talks stall', 'Valley Post', '2022-05-05', b'The envoy left.')]

The newer downloads tell an article's identifier only in the link of its headline, which PDF and plain text lose.
"""

import re
from collections.abc import Iterator

from counterclaim.gather.databases.layout import (
    COPYRIGHT,
    NOTICE,
    Cutting,
    blocks_of,
    one_line,
    to_page,
    unsplit,
)
from counterclaim.gather.published import read_date
from counterclaim.types import Page, Rejection

NAME = "Nexis"
MARK = re.compile(r"\bof \d+ DOCUMENTS?\b|\bDokument \d+ von \d+\b|\bDocument \d+ de \d+\b|End of Document")

_START = re.compile(
    r"^[ \t]*(?:FOCUS - )?(?:\d+ of \d+ DOCUMENTS?|Dokument \d+ von \d+|Document \d+ de \d+)[ \t]*$",
    re.MULTILINE,
)
_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE | re.IGNORECASE)
_LABEL = re.compile(r"([A-ZÄÖÜ][A-ZÄÖÜ/ -]{2,30}):(?:\s+(.*))?$")
_HEAD_LABELS = frozenset(
    [
        "BYLINE",
        "SECTION",
        "LENGTH",
        "DATELINE",
        "HIGHLIGHT",
        "HEADLINE",
        "BODY",
        "SERIES",
        "EDITION",
        "AUTOR",
        "RUBRIK",
        "LÄNGE",
        "LONGUEUR",
        "AUTEUR",
        "RUBRIQUE",
    ]
)
_LENGTHS = ("LENGTH", "LÄNGE", "LONGUEUR")
_FOOT_LABELS = frozenset(
    [
        "LOAD-DATE",
        "LANGUAGE",
        "GRAPHIC",
        "PUBLICATION-TYPE",
        "PUB-TYPE",
        "DOCUMENT-TYPE",
        "JOURNAL-CODE",
        "SUBJECT",
        "PERSON",
        "GEOGRAPHIC",
        "COUNTRY",
        "STATE",
        "CITY",
        "COMPANY",
        "ORGANIZATION",
        "TICKER",
        "INDUSTRY",
        "ACC-NO",
        "CORRECTION-DATE",
        "DISTRIBUTION",
        "UPDATE",
        "NOTES",
        "URL",
        "TYPE",
        "GRAFIK",
        "SPRACHE",
        "UPDATE",
        "LANGUE",
    ]
)
# The labels of the newer layout, as they begin a line.
_FIELD = re.compile(
    r"(Section|Length|Byline|Dateline|Highlight|Edition|Series|Correction Appended)\s*:\s*(.*)$"
)
_FOOT = re.compile(
    r"^(?:Load-Date|Language|Publication-Type|Journal Code|Subject|Company|Organization|Ticker|Industry|Person|Geographic)\s*:"
    r"|^(?:Graphics?|Classification|Notes)\s*$",
    re.MULTILINE,
)
_BODY = re.compile(r"^[ \t]*+Body[ \t]*+(?::[ \t]*+)?$", re.MULTILINE)
_IDENTIFIER = re.compile(
    r"(?<!\s)\s*+\(?\bhttps?://\S*?contentItem(?::|%3A)([A-Z0-9-]{8,})\S*", re.IGNORECASE
)
_BROKEN = "there is an error in this document and it is not possible to display it"
_MAX_DATE_LINE = 80
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def is_download(lines: str) -> bool:
    """The text bears the marks of one of the two layouts."""
    if _START.search(lines):
        return True
    return bool(_END.search(lines)) and bool(
        _BODY.search(lines) or re.search(r"^(?:Load-Date|Length)\s*:", lines, re.MULTILINE)
    )


def split(lines: str, ref: str) -> Iterator[Page | Rejection]:
    """Each article; a rejection for one whose head and text cannot be told apart."""
    if _START.search(lines):
        for number, article in enumerate(_START.split(lines)[1:], start=1):
            yield _old(article, ref, number)
        return
    number = 0
    for article in _END.split(lines):
        # What follows the last end is a page number or a notice.
        if len(article.split()) > 20 or _BODY.search(article):
            number += 1
            yield _new(article, ref, number)


# --- "2 of 10 DOCUMENTS" ----------------------------------------------------------------------


def _old(article: str, ref: str, number: int) -> Page | Rejection:
    blocks = blocks_of(article)
    begin = _end_of_head(blocks)
    if begin is None:
        return unsplit(ref, number, NAME, "line LENGTH")
    labels, unlabelled = _read_head(blocks[:begin])
    outlet, published, headline = _read_unlabelled(unlabelled)
    end = _begin_of_foot(blocks, begin)
    feet = dict(label for block in blocks[end:] for line in block.split("\n") if (label := _label(line)))
    body = blocks[begin:end]
    if labels.get("BODY"):
        body.insert(0, labels["BODY"])
    while body and NOTICE.match(body[-1]):
        body.pop()
    return to_page(
        Cutting(
            text="\n\n".join(body),
            title=labels.get("HEADLINE") or headline,
            outlet=outlet,
            published=published,
            byline=labels.get("BYLINE") or labels.get("AUTOR") or labels.get("AUTEUR"),
            identifier=feet.get("ACC-NO") or None,
            dateline=one_line(labels.get("DATELINE")),
            length=next((labels[name] for name in _LENGTHS if name in labels), None),
        ),
        ref,
        number,
    )


def _end_of_head(blocks: list[str]) -> int | None:
    """Where the text begins: behind LENGTH and the labels that follow it, or behind BODY."""
    end: int | None = None
    for index, block in enumerate(blocks):
        first = _label(block.split("\n", 1)[0])
        names = [label[0] for line in block.split("\n") if (label := _label(line))]
        if "BODY" in names:
            return index + 1
        if any(name in _LENGTHS for name in names) or (end and first and first[0] in _HEAD_LABELS):
            end = index + 1
        elif end is not None:
            return end
    return end


def _read_head(blocks: list[str]) -> tuple[dict[str, str], list[str]]:
    labels: dict[str, str] = {}
    unlabelled: list[str] = []
    for block in blocks:
        name: str | None = None
        rest: list[str] = []
        for line in block.split("\n"):
            if (label := _label(line)) and label[0] in _HEAD_LABELS:
                name = label[0]
                labels[name] = label[1]
            elif name:
                labels[name] = f"{labels[name]}\n{line}".strip()
            else:
                rest.append(line)
        if rest:
            unlabelled.append("\n".join(rest))
    return labels, unlabelled


def _read_unlabelled(blocks: list[str]) -> tuple[str | None, str | None, str | None]:
    """Outlet, date and headline: what stands above, in and below the first paragraph that is a date."""
    blocks = [kept for block in blocks if (kept := _without_copyright(block))]
    dated = next((i for i, block in enumerate(blocks) if _reads_date(block)), None)
    if dated is None:
        # "Spring 2010" dates a magazine and no article.
        dated = next((i for i, block in enumerate(blocks[1:3], start=1) if _YEAR.search(block)), None)
    if dated is None:
        return (blocks[0] if len(blocks) > 1 else None), None, (blocks[-1] if blocks else None)
    outlet = blocks[dated - 1].rsplit("\n", 1)[-1] if dated else None
    lines = blocks[dated].split("\n")
    # Outlet and date in one paragraph, as pages without blank lines have it.
    first = next((i for i, line in enumerate(lines) if read_date(line)), 0)
    if first:
        outlet = lines[first - 1]
    return outlet, read_date(lines[first]), "\n".join(blocks[dated + 1 :]) or None


def _reads_date(block: str) -> bool:
    return any(len(line) <= _MAX_DATE_LINE and read_date(line) is not None for line in block.split("\n"))


def _without_copyright(block: str) -> str:
    return "\n".join(line for line in block.split("\n") if not COPYRIGHT.match(line))


def _begin_of_foot(blocks: list[str], begin: int) -> int:
    """Where labels begin below the text; a report may hold a line that looks like one."""
    feet = [i for i in range(begin, len(blocks)) if (label := _label(blocks[i])) and label[0] in _FOOT_LABELS]
    for foot in feet:
        if all(
            i in feet or NOTICE.match(blocks[i]) or len(blocks[i].split()) <= 3
            for i in range(foot, len(blocks))
        ):
            return foot
    last = [
        i
        for i in feet
        if (label := _label(blocks[i])) and label[0] in {"LOAD-DATE", "LANGUAGE", "SPRACHE", "LANGUE"}
    ]
    return last[-1] if last else len(blocks)


def _label(block: str) -> tuple[str, str] | None:
    found = _LABEL.match(block.split("\n", 1)[0])
    return (found[1].strip(), (found[2] or "").strip()) if found else None


# --- "End of Document" ------------------------------------------------------------------------


def _new(article: str, ref: str, number: int) -> Page | Rejection:
    body = _BODY.search(article)
    if _BROKEN in article:
        return Rejection(
            f"{ref}:{number}",
            "empty",
            "Nexis could not display this document. Download it again, or leave it out.",
        )
    if body is None:
        return unsplit(ref, number, NAME, "line Body")
    head = [line.strip() for line in article[: body.start()].split("\n")]
    text = article[body.end() :]
    if foot := _FOOT.search(text):
        text = text[: foot.start()]
    fields: dict[str, str] = {}
    name = ""
    first_field = len(head)
    for index, line in enumerate(head):
        if found := _FIELD.match(line):
            name = found[1]
            fields[name] = found[2]
            first_field = min(first_field, index)
        elif name and line:
            fields[name] = f"{fields[name]} {line}"
    lines = head[:first_field]
    identifier = None
    for index, line in enumerate(lines):
        if found := _IDENTIFIER.search(line):
            identifier = found[1]
            lines[index] = _IDENTIFIER.sub("", line)
    # From below: above the first article stands the list of all.
    dated = next(
        (
            i
            for i in range(len(lines) - 1, 0, -1)
            if len(lines[i]) <= _MAX_DATE_LINE and _prints_date(lines[i])
        ),
        None,
    )
    if dated is None:
        return unsplit(ref, number, NAME, "date above its text")
    above = [i for i in range(dated) if lines[i]]
    outlet = lines[above[-1]] if above else None
    title = _headline(lines, above[-1]) if above else None
    return to_page(
        Cutting(
            text="\n\n".join(blocks_of(text)) if "\n\n" in text.strip() else _paragraphs(text),
            title=title,
            outlet=outlet,
            published=read_date(lines[dated]),
            byline=fields.get("Byline"),
            identifier=f"urn:contentItem:{identifier}" if identifier else None,
            dateline=one_line(fields.get("Dateline")),
            length=fields.get("Length"),
        ),
        ref,
        number,
    )


def _prints_date(line: str) -> bool:
    return not COPYRIGHT.match(line) and read_date(line) is not None


def _headline(lines: list[str], outlet: int) -> str | None:
    """The paragraph above the outlet."""
    above = next((i for i in range(outlet - 1, -1, -1) if lines[i]), None)
    return None if above is None else lines[above]


def _paragraphs(text: str) -> str:
    return "\n\n".join(line for raw in text.split("\n") if (line := raw.strip()))
