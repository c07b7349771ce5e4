"""Full text over sentences and names."""

import re
from bisect import bisect_right
from typing import Annotated

from fastapi import Query

from counterclaim.export.words import find_sentences
from counterclaim.fuse.words import stem
from counterclaim.serve.views import Json
from counterclaim.store.events import Connection
from counterclaim.store.queries import find_words, list_terms, load_texts

SHOWN = 20
MOST_WORDS = 12
# Of one article: what it says once more is in the article.
SENTENCES = 2
KINDS = ("actor", "claimant", "place")
_ASKED = re.compile(r'"([^"]+)"|([^\s"]+)')
_WORD = re.compile(r"\w+")


def load(
    connection: Connection,
    q: Annotated[
        str,
        Query(
            max_length=200, description="Words, all of which must be there; a phrase between quotation marks"
        ),
    ] = "",
    page: Annotated[int, Query(ge=1, le=50)] = 1,
) -> Json:
    """Sentences with these words, and people, groups and places by name."""
    asked = [one.strip() for pair in _ASKED.findall(q) for one in pair if _WORD.search(one)][:MOST_WORDS]
    articles = find_words(connection, asked)
    shown = articles[(page - 1) * SHOWN : page * SHOWN]
    texts = {row["id"]: row for row in load_texts(connection, shown)}
    stems = {stem(word) for one in asked for word in _WORD.findall(one)}
    names: dict[str, dict[str, object]] = {}
    if asked:
        for kind in KINDS:
            for row in list_terms(connection, kind, like=" ".join(asked), limit=10):
                if not str(row["value"]).startswith(("outlet:", "unnamed:")):
                    names.setdefault(f"{kind == 'place'}:{row['value']}", {"kind": kind, **row})
    return {
        "q": q,
        "page": page,
        "total": len(articles),
        "next": page + 1 if len(articles) > page * SHOWN else None,
        "names": list(names.values())[:12],
        "articles": [
            {
                **{
                    name: texts[one][name] for name in ("id", "title", "ref", "outlet", "agency", "published")
                },
                "sentences": _find_sentences(str(texts[one]["text"]), stems),
            }
            for one in shown
            if one in texts
        ],
    }


def _find_sentences(text: str, stems: set[str]) -> list[Json]:
    """The sentences with most of the words, in the order of the text, each cut into plain and marked pieces."""
    spans = [match.span() for match in _WORD.finditer(text) if stem(match[0]) in stems]
    inside: dict[tuple[int, int], list[tuple[int, int]]] = {}
    sentences = find_sentences(text)
    starts = [first for first, _ in sentences]
    for start, end in spans[:400]:
        inside.setdefault(sentences[bisect_right(starts, start) - 1], []).append((start, end))

    def weight(sentence: tuple[int, int]) -> tuple[int, int]:
        return -len({stem(text[start:end]) for start, end in inside[sentence]}), sentence[0]

    best = sorted(sorted(inside, key=weight)[:SENTENCES])
    return [
        {"start_char": first, "pieces": _cut(text, first, last, inside[first, last])} for first, last in best
    ]


def _cut(text: str, first: int, last: int, spans: list[tuple[int, int]]) -> list[Json]:
    pieces: list[Json] = []
    at = first
    for start, end in spans:
        if start >= at and end <= last:
            pieces += [{"text": text[at:start], "marked": False}, {"text": text[start:end], "marked": True}]
            at = end
    pieces.append({"text": text[at:last], "marked": False})
    return [piece for piece in pieces if piece["text"]]
