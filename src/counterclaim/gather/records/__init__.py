"""
Records of JSON as rows: what wraps them is opened, what a format keeps in its own way is laid out flat.

Comes in: a JSON value. Goes out: mappings that `columns` reads, or rejections.

    >>> [row["title"] for row in find_rows({"status": "ok", "articles": [{"title": "Talks stall"}]}, "a.json")]
    ['Talks stall']

Known by their shape: NewsAPI, Event Registry, MediaCloud, GDELT DOC, the files of trafilatura, newspaper4k, news-please and fundus,
Telegram exports, JSON Feed, ninjs, JSON-LD; and plain arrays and objects.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from counterclaim.gather.records import jsonfeed, jsonld, ninjs, telegram
from counterclaim.gather.records.columns import Columns
from counterclaim.types import Page, Rejection

__all__ = ["Columns", "find_rows", "read_records"]

Row = Mapping[str, Any]
# What answers of programming interfaces and exports put around their records.
_WRAPPERS = (
    "articles",
    "results",
    "items",
    "stories",
    "docs",
    "documents",
    "records",
    "data",
    "hits",
    "response",
    "news",
    "entries",
    "rows",
)
_FORMATS = (telegram, jsonfeed, jsonld, ninjs)


def read_records(value: object, ref: str, columns: Columns) -> Iterator[Page | Rejection]:
    """A page for each record of a JSON file."""
    number = 0
    for row in find_rows(value, ref):
        number += 1
        yield row if isinstance(row, Rejection) else columns.to_page(row, f"{ref}:{number}", ref)
    if not number:
        yield Rejection(ref, "empty", "The JSON holds no record. Give an array of objects, or one object.")


def find_rows(value: object, ref: str) -> Iterator[Row | Rejection]:
    """The records in the order of the file."""
    if isinstance(value, list):
        for number, item in enumerate(value, start=1):
            if isinstance(item, Mapping):
                yield from find_rows(item, f"{ref}:{number}")
            else:
                yield Rejection(
                    f"{ref}:{number}",
                    "bad_row",
                    "The item is not a JSON object. Write one object an article.",
                )
        return
    if not isinstance(value, Mapping):
        return
    for form in _FORMATS:
        if form.knows(value):
            yield from form.rows(value, ref)
            return
    if (inner := _unwrap(value)) is not None:
        if _is_list_of_addresses(inner):
            yield Rejection(
                ref,
                "no_text",
                f"It lists {len(inner):,} addresses without texts, as GDELT's DOC service and MediaCloud give them. "
                "Fetch the pages, and read those.",
            )
            return
        yield from find_rows(inner, ref)
        return
    if publishers := _publishers(value):
        for publisher, articles in publishers.items():
            yield from ({"publisher": publisher, **article} for article in articles)
        return
    source = value.get("_source")
    yield source if isinstance(source, Mapping) else value


def _unwrap(value: Row) -> Any:
    if any(
        isinstance(value.get(name), str)
        for name in ("text", "maintext", "body", "content", "plaintext", "html")
    ):
        return None
    for name in _WRAPPERS:
        inner = value.get(name)
        if isinstance(inner, list) and all(isinstance(item, Mapping) for item in inner):
            return inner
        # Once: asked twice at each level, the time would double with every one.
        if isinstance(inner, Mapping) and (found := _unwrap(inner)) is not None:
            return found
    return None


def _is_list_of_addresses(rows: Any) -> bool:
    return bool(rows) and all(
        ("seendate" in row and "url" in row) or ({"media_name", "url"} <= row.keys() and not row.get("text"))
        for row in rows
    )


def _publishers(value: Row) -> Row | None:
    """Fundus writes one list a publisher, named by it."""
    is_fundus = bool(value) and all(
        isinstance(articles, list)
        and articles
        and all(
            isinstance(article, Mapping) and {"body", "plaintext", "text", "maintext"} & article.keys()
            for article in articles
        )
        for articles in value.values()
    )
    return value if is_fundus else None
