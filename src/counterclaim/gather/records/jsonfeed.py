"""
JSON Feed: the items of a feed that is written as JSON.

    >>> feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Valley Post", "items": [
    ...     {"id": "1", "content_text": "The envoy left.", "date_published": "2022-05-05T08:00:00Z"}]}
    >>> [(row["id"], row["outlet"]) for row in rows(feed, "feed.json")]
    [('1', 'Valley Post')]
"""

from collections.abc import Iterator, Mapping
from typing import Any


def knows(value: Mapping[str, Any]) -> bool:
    """The version it names is JSON Feed's."""
    return "jsonfeed.org" in str(value.get("version", "")) and isinstance(value.get("items"), list)


def rows(value: Mapping[str, Any], ref: str) -> Iterator[Mapping[str, Any]]:  # noqa: ARG001  all formats are called alike
    """The items; one that has only a summary is as short as that, as in other feeds."""
    for item in value["items"]:
        if isinstance(item, Mapping):
            yield {
                "id": item.get("id") or item.get("url"),
                "text": item.get("content_text")
                or (None if item.get("content_html") else item.get("summary")),
                "html": item.get("content_html"),
                "title": item.get("title"),
                "url": item.get("url") or item.get("external_url"),
                "outlet": value.get("title"),
                "published": item.get("date_published"),
                "authors": item.get("authors") or [item.get("author")],
            }
