"""
Examples of what each twin answers, cut short, from a store: what `/api` shows.

    python -m tools.examples DB > src/counterclaim/serve/examples.json

Of each list one entry is kept, of a text its beginning.
"""

import json
import sys

from fastapi.testclient import TestClient

from counterclaim.serve.app import make_app

LONGEST = 120


def make_examples(db: str) -> dict[str, object]:
    """An example for each template."""
    client = TestClient(make_app(db))
    event = client.get("/events.json").json()["events"][0]["id"]
    article = client.get("/articles.json").json()["articles"][0]["id"]
    place = client.get("/places.json").json()["places"][0]["value"]
    paths = {
        "briefing": "/index",
        "events": "/events",
        "event": f"/events/{event}",
        "articles": "/articles",
        "article": f"/articles/{article}",
        "claim": f"/claims/{article}:c1",
        "actors": "/actors",
        "actor": "/actors/ARM",
        "places": "/places",
        "place": f"/places/{place}",
        "outlets": "/outlets",
        "dyads": "/dyads",
        "search": "/search",
        "rejections": "/rejections",
        "review": "/review",
        "about": "/about",
    }
    asked = {"dyads": "?a=ARM&b=AZE", "search": "?q=shelling"}
    return {name: cut(client.get(f"{path}.json{asked.get(name, '')}").json()) for name, path in paths.items()}


def cut(value: object) -> object:
    """The value with one entry of each list and the beginning of each text."""
    if isinstance(value, dict):
        return {key: cut(inner) for key, inner in list(value.items())[:24]}
    if isinstance(value, list):
        return [cut(one) for one in value[:1]]
    if isinstance(value, str) and len(value) > LONGEST:
        return f"{value[:LONGEST]}…"
    return value


if __name__ == "__main__":
    sys.stdout.write(
        json.dumps(make_examples(sys.argv[1]), indent=1, ensure_ascii=False, sort_keys=False) + "\n"
    )
