"""The articles, the latest published first, and one: its text with what is said and told marked in place."""

from typing import Annotated

from fastapi import Path, Query

from counterclaim.export.reading import to_json as reading_to_json
from counterclaim.serve.pages.asking import Blank, Word
from counterclaim.serve.pages.correcting import load_marks
from counterclaim.serve.passages import cut_article, describe_claims
from counterclaim.serve.views import Json
from counterclaim.store.events import Connection
from counterclaim.store.queries import (
    count_all,
    find_article,
    find_events_of,
    list_article_page,
    load_stories,
)
from counterclaim.store.rows import load_readings
from counterclaim.types import Attribution, Reading

SHOWN = 100
Offset = Annotated[int, Query(ge=0, le=10**7, description="Skip so many")]


def load_list(
    connection: Connection,
    outlet: Annotated[Word | None, Blank, Query(description="Only what this outlet published")] = None,
    offset: Offset = 0,
) -> Json:
    """The articles, the latest published first."""
    rows = list_article_page(connection, outlet=outlet, limit=SHOWN + 1, offset=offset)
    return {
        "articles": rows[:SHOWN],
        "outlet": outlet,
        "offset": offset,
        "next": offset + SHOWN if len(rows) > SHOWN else None,
        "total": count_all(connection)["articles"],
    }


def load(
    connection: Connection,
    name: Annotated[str, Path(max_length=40, description="An article's id, or a unique beginning of it")],
) -> Json:
    """One article: its reading, and its text in marked pieces."""
    (reading,) = load_readings(connection, [find_article(connection, name)])
    article = reading.article.id
    members = {(article, one.id) for one in reading.events}
    events = {mention: event for (_, mention), event in find_events_of(connection, members).items()}
    (story, *_) = load_stories(connection, [article]) or (None,)
    said = describe_claims(reading)
    return {
        **reading_to_json(reading),
        "paragraphs": cut_article(reading, by_claim=said),
        "speakers": {one.id: _describe_speaker(one, reading) for one in reading.attributions},
        "event_of": events,
        **load_marks(connection, [article]),
        "copies": [
            {
                "article": copy.article,
                "outlet": copy.outlet,
                "ref": copy.ref,
                "published": copy.published,
                "copied_from": copy.copied_from,
                "cut": copy.cut,
                "added": copy.added,
            }
            for copy in (story.copies if story else ())
        ],
        "origin": story.origin if story else None,
    }


def _describe_speaker(attribution: Attribution, reading: Reading) -> str:
    source = attribution.source
    name = source.actor.name if source else "unnamed source"
    codes = " ".join(part for part in (source.actor.country, source.actor.sector) if part) if source else ""
    via = "".join(f" via {one}" for one in attribution.via)
    del reading
    return f"{name}{f' [{codes}]' if codes else ''}{via}"
