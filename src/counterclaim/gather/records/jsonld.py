"""
JSON-LD: schema.org's NewsArticle and its kin, one or many, alone or in a graph.

    >>> node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Talks stall", "articleBody": "The envoy left.",
    ...     "datePublished": "2022-05-05", "publisher": {"name": "Valley Post"}}
    >>> [(row["title"], row["outlet"], row["published"]) for row in rows(node, "a.json")]
    [('Talks stall', 'Valley Post', '2022-05-05')]
"""

from collections.abc import Iterator, Mapping
from typing import Any

from counterclaim.types import Rejection

_KIN = ("Article", "BlogPosting", "SocialMediaPosting", "LiveBlogPosting", "Report")


def knows(value: Mapping[str, Any]) -> bool:
    """It has a graph or a type."""
    return "@graph" in value or "@type" in value


def rows(value: Mapping[str, Any], ref: str) -> Iterator[Mapping[str, Any] | Rejection]:
    """Each article of the graph; where it holds none, a rejection that says so."""
    graph = value.get("@graph", [value])
    nodes = [node for node in (graph if isinstance(graph, list) else [graph]) if isinstance(node, Mapping)]
    articles = [node for node in nodes if any(kind.endswith(_KIN) for kind in _kinds(node))]
    names = {node.get("@id"): node for node in nodes}
    if not articles:
        yield Rejection(
            ref, "no_text", "The JSON-LD describes no article. Save the page itself, and read that."
        )
    for node in articles:
        page = node.get("mainEntityOfPage")
        yield {
            "id": node.get("identifier") if isinstance(node.get("identifier"), str) else None,
            "text": node.get("articleBody") or node.get("text"),
            "title": node.get("headline") or node.get("name"),
            "url": node.get("url") or (page.get("@id") if isinstance(page, Mapping) else page),
            "outlet": _name(node.get("publisher"), names) or _name(node.get("sourceOrganization"), names),
            "published": node.get("datePublished"),
            "authors": [_name(author, names) for author in _many(node.get("author"))],
        }


def _kinds(node: Mapping[str, Any]) -> list[str]:
    return [str(kind) for kind in _many(node.get("@type"))]


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _name(value: Any, names: Mapping[Any, Mapping[str, Any]]) -> str | None:
    """The name of a node, or of the one it refers to."""
    value = next(iter(_many(value)), None)
    if isinstance(value, Mapping):
        found = value.get("name") or names.get(value.get("@id"), {}).get("name")
        return found if isinstance(found, str) else None
    return value if isinstance(value, str) else None
