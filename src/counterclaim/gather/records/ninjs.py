"""
ninjs, the news agencies' JSON, in its first and second version.

    >>> item = {"uri": "urn:1", "type": "text", "headline": "Talks stall", "body_text": "The envoy left.", "versioncreated": "2022-05-05T08:00:00Z"}
    >>> [(row["title"], row["text"]) for row in rows(item, "a.json")]
    [('Talks stall', 'The envoy left.')]

Items that were cancelled or withheld are no reports; pictures and packages hold no text.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from counterclaim.gather.newsroom.nitf import WITHDRAWN, withdrawn
from counterclaim.types import Rejection

_SIGNS = frozenset(
    (
        "versioncreated",
        "contentcreated",
        "firstcreated",
        "pubstatus",
        "headlines",
        "bodies",
        "standard",
        "body_xhtml",
        "located",
    )
)


def knows(value: Mapping[str, Any]) -> bool:
    """It has an address of its own and at least one of the properties that ninjs alone has."""
    return "uri" in value and bool(_SIGNS & value.keys())


def rows(value: Mapping[str, Any], ref: str) -> Iterator[Mapping[str, Any] | Rejection]:
    """The item, or why it is no report."""
    uri = str(value.get("uri") or ref)
    status = str(value.get("pubstatus", "")).casefold()
    if status in WITHDRAWN:
        yield withdrawn(uri, status)
        return
    text, html = value.get("body_text") or _body(value, "text/plain"), _markup(value)
    if not text and not html:
        yield Rejection(
            uri, "no_text", f"The item ({value.get('type', 'of no type')}) holds no text. Leave it out."
        )
        return
    yield {
        "id": uri,
        "text": text,
        "html": html,
        "title": value.get("headline") or _value(value.get("headlines"), "main"),
        "outlet": _source(value),
        "published": value.get("firstcreated") or value.get("contentcreated") or value.get("versioncreated"),
        "authors": [value.get("byline") or value.get("by")],
    }


def _markup(value: Mapping[str, Any]) -> str | None:
    for key, body in value.items():
        if key.startswith("body_") and key != "body_text" and isinstance(body, str):
            return body
    return _body(value, "html")


def _body(value: Mapping[str, Any], kind: str) -> str | None:
    for body in _list(value.get("bodies")):
        if (
            isinstance(body, Mapping)
            and kind in str(body.get("contenttype", "text/plain"))
            and body.get("value")
        ):
            return str(body["value"])
    return None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _value(headlines: Any, role: str) -> str | None:
    found = [item for item in _list(headlines) if isinstance(item, Mapping) and item.get("value")]
    best = next((item for item in found if item.get("role") in {role, None}), found[0] if found else None)
    return str(best["value"]) if best else None


def _source(value: Mapping[str, Any]) -> str | None:
    for key in ("infosources", "infosource", "provider", "source", "copyrightholder"):
        found = value.get(key)
        item = found[0] if isinstance(found, list) and found else found
        name = (item.get("name") or item.get("literal")) if isinstance(item, Mapping) else item
        if isinstance(name, str) and name:
            return name
    return None
