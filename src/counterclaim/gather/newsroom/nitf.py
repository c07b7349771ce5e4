"""
NITF, the news agencies' older XML: one report a file.

    >>> nitf = b"<nitf><head><title>Talks stall</title></head><body><body.content><p>The envoy left.</p></body.content></body></nitf>"
    >>> read_nitf(nitf, "a.xml").title
    'Talks stall'

Captions, tables of results and instructions to editors are left out; a report that its agency withdrew is rejected.
"""

import re
from typing import TYPE_CHECKING

from counterclaim.gather.databases.layout import one_line, read_byline
from counterclaim.gather.markup import element_lines, element_text, local_name, parse_xml
from counterclaim.types import Page, Rejection

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROOT = re.compile(rb"<(?:\w+:)?nitf\b")
_MEDIA = frozenset(("media", "note", "ednote", "nitf-table", "fn"))
WITHDRAWN = frozenset(("canceled", "cancelled", "withheld", "killed"))


def is_nitf(body: bytes) -> bool:
    """The bytes begin like NITF."""
    return bool(_ROOT.search(body, 0, 4096))


def read_nitf(body: bytes, ref: str) -> Page | Rejection:
    """The report of a NITF file."""
    root = parse_xml(body)
    if root is None:
        return Rejection(ref, "bad_xml", "The NITF file cannot be read as XML. Fetch it again.")
    return nitf_page(root, ref)


def nitf_page(root: "_Element", ref: str) -> Page | Rejection:
    """The report of a ``nitf`` element, its own or one that NewsML-G2 carries."""
    parts: dict[str, _Element] = {}
    for element in root.iter():
        if name := local_name(element):
            parts.setdefault(name, element)
    docdata = parts.get("docdata")
    status = str(docdata.get("management-status") or "") if docdata is not None else ""
    identifier = _attribute(parts, "doc-id", "id-string") or ref
    if status.casefold() in WITHDRAWN:
        return withdrawn(identifier, status)
    content = parts.get("body.content")
    text = nitf_text(content) if content is not None else ""
    if not text:
        return Rejection(identifier, "empty", "The report has no text. Leave it out.")
    place = one_line(element_text(parts.get("dateline")))
    if place and not text.startswith(place):
        text = f"{place.rstrip(' -–—')} — {text}"
    headline = parts.get("hl1")
    return Page(
        ref=identifier,
        body=text.encode(),
        kind="text",
        title=one_line(element_text(headline if headline is not None else parts.get("title"))),
        outlet=_attribute(parts, "pubdata", "name")
        or one_line(element_text(parts.get("distributor")))
        or _attribute(parts, "doc.copyright", "holder"),
        published=_attribute(parts, "date.issue", "norm")
        or _attribute(parts, "date.release", "norm")
        or _attribute(parts, "pubdata", "date.publication"),
        url=_attribute(parts, "pubdata", "ex-ref"),
        authors=read_byline(element_text(parts.get("byline"))),
    )


def nitf_text(content: "_Element") -> str:
    """The paragraphs of a ``body.content``."""
    for element in [element for element in content.iter() if local_name(element) in _MEDIA]:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return element_lines(content)


def withdrawn(ref: str, status: str) -> Rejection:
    """What stands for a report that its publisher took back."""
    return Rejection(
        ref,
        "withdrawn",
        f"Its publisher marked the report as {status}. Leave it out, or read a corrected version.",
    )


def _attribute(parts: "dict[str, _Element]", element: str, name: str) -> str | None:
    found = parts.get(element)
    return one_line(str(found.get(name) or "")) if found is not None else None
