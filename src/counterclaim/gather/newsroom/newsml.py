"""
NewsML-G2, the news agencies' envelope: one or many items a file, each with NITF, XHTML or plain text inside.

    >>> item = (b"<newsItem guid='urn:1'><itemMeta><pubStatus qcode='stat:usable'/></itemMeta><contentMeta><headline>Talks stall</headline>"
    ...     b"</contentMeta><contentSet><inlineData>The envoy left.</inlineData></contentSet></newsItem>")
    >>> [(page.ref, page.title, page.body) for page in read_newsml(item, "a.xml")]
    [('urn:1', 'Talks stall', b'The envoy left.')]

Pictures and packages hold no text and are rejected as such; what was withdrawn or withheld is no report.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from counterclaim.gather.databases.layout import one_line, read_byline
from counterclaim.gather.markup import element_lines, element_text, local_name, parse_xml
from counterclaim.gather.newsroom.nitf import WITHDRAWN, nitf_text, withdrawn
from counterclaim.types import Page, Rejection

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROOT = re.compile(rb"<(?:\w+:)?(?:newsMessage|newsItem|packageItem)\b")


def is_newsml(body: bytes) -> bool:
    """The bytes begin like NewsML-G2."""
    return bool(_ROOT.search(body, 0, 4096))


def read_newsml(body: bytes, ref: str) -> Iterator[Page | Rejection]:
    """A page for each item with a text; a rejection for each other one."""
    root = parse_xml(body)
    if root is None:
        yield Rejection(ref, "bad_xml", "The NewsML file cannot be read as XML. Fetch it again.")
        return
    items = [element for element in root.iter() if local_name(element) in {"newsitem", "packageitem"}]
    if not items:
        yield Rejection(ref, "empty", "The NewsML file holds no item. Fetch it again.")
    for number, item in enumerate(items, start=1):
        yield _page(item, f"{ref}:{number}")


def _page(item: "_Element", where: str) -> Page | Rejection:
    parts: dict[str, _Element] = {}
    for section in item:
        for element in section.iter() if local_name(section) in {"itemmeta", "contentmeta"} else ():
            if name := local_name(element):
                parts.setdefault(name, element)
    identifier = one_line(str(item.get("guid") or "")) or where
    status = _code(parts, "pubstatus")
    if status in WITHDRAWN:
        return withdrawn(identifier, status)
    text = next((text for element in item.iter() if (text := _text(element))), "")
    if not text:
        kind = _code(parts, "itemclass") or ("package" if local_name(item) == "packageitem" else "item")
        return Rejection(
            identifier, "no_text", f"The {kind} holds no text. Leave it out, or give the text items alone."
        )
    dateline = one_line(element_text(parts.get("dateline")))
    if dateline and not text.startswith(dateline):
        text = f"{dateline.rstrip(' -–—')} — {text}"
    provider = parts.get("provider")
    return Page(
        ref=identifier,
        body=text.encode(),
        kind="text",
        title=one_line(element_text(parts.get("headline"))),
        outlet=one_line(element_text(provider)) or _literal(provider),
        published=next(
            (
                day
                for name in ("firstcreated", "contentcreated", "versioncreated")
                if (day := one_line(element_text(parts.get(name))))
            ),
            None,
        ),
        authors=read_byline(element_text(parts.get("by"))),
    )


def _text(element: "_Element") -> str:
    name = local_name(element)
    if name == "body.content":
        return nitf_text(element)
    if name == "inlinedata" and str(element.get("contenttype") or "text/plain").startswith("text/"):
        return "".join(map(str, element.itertext())).strip()
    if name == "inlinexml" and not any(local_name(child) == "nitf" for child in element.iter()):
        return element_lines(element)
    return ""


def _code(parts: "dict[str, _Element]", name: str) -> str:
    found = parts.get(name)
    return str(found.get("qcode") or "").rpartition(":")[2].casefold() if found is not None else ""


def _literal(provider: "_Element | None") -> str | None:
    # Some name themselves only in an attribute, as a word or as a code of their own.
    if provider is None:
        return None
    printed = str(provider.get("literal") or provider.get("qcode") or "")
    return one_line(printed.rpartition(":")[2])
