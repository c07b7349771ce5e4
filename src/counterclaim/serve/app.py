"""
What a store holds, as pages that work without JavaScript; every page has a `.json` twin for programs.

Comes in: the location of a store. Goes out: a FastAPI application: events, the claim matrix of one, articles, and one
article with its claims. `/events/E1f2e3d4c` is a page, `/events/E1f2e3d4c.json` the same as JSON.

It only reads; it has no accounts, so it belongs on one's own machine or behind a proxy that has.
"""

from pathlib import Path

from counterclaim.errors import ExtraMissing, InputError
from counterclaim.export.matrix import resolution_to_json
from counterclaim.export.matrix import to_json as matrix_json
from counterclaim.export.reading import to_json as reading_json
from counterclaim.fuse import matrix
from counterclaim.fuse.grade import grade
from counterclaim.fuse.resolution import RULES, make_rule, resolve
from counterclaim.store.queries import (
    find_article,
    list_articles,
    list_claims,
    list_events,
    load_event,
)
from counterclaim.store.rows import load_readings
from counterclaim.store.store import open_store

try:
    from fastapi import FastAPI, Request, Response
    from fastapi.responses import HTMLResponse, JSONResponse
    from fastapi.staticfiles import StaticFiles
    from jinja2 import Environment, FileSystemLoader
except ImportError as missing:
    raise ExtraMissing(missing.name or "fastapi", "server") from missing

HOME = Path(__file__).parent
Row = dict[str, object]


def make_app(db: str) -> FastAPI:
    """
    The application over one store.

    Raises:
        StoreError: there is no such store, or it cannot be opened.
    """
    open_store(db)  # a wrong path is said at the start, not at the first page
    app = FastAPI(title="Counterclaim", docs_url=None, redoc_url=None)
    app.mount("/static", StaticFiles(directory=HOME / "static"))
    pages = Environment(
        loader=FileSystemLoader(HOME / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )

    def show(template: str, **values: object) -> HTMLResponse:
        return HTMLResponse(pages.get_template(template).render(**values))

    @app.exception_handler(InputError)
    def not_found(request: Request, error: InputError) -> Response:
        if request.url.path.endswith(".json"):
            return JSONResponse({"error": str(error)}, status_code=404)
        return HTMLResponse(pages.get_template("missing.html").render(message=str(error)), status_code=404)

    # The twins stand before the pages: a path parameter would take ".json" for part of the name.
    @app.get("/events.json")
    def events_as_json() -> list[Row]:
        with open_store(db) as store, store.read() as connection:
            return list_events(connection)

    @app.get("/events/{name}.json")
    def event_as_json(name: str, rule: str = "range") -> dict[str, object]:
        chosen = make_rule(rule)
        with open_store(db) as store, store.read() as connection:
            row, members, readings, stories = load_event(connection, name)
        made = matrix(members, readings, stories)
        return {
            "event": row,
            **matrix_json(made),
            **resolution_to_json(resolve(made, chosen), grade(made), chosen),
        }

    @app.get("/articles.json")
    def articles_as_json() -> list[Row]:
        with open_store(db) as store, store.read() as connection:
            return list_articles(connection)

    @app.get("/articles/{name}.json")
    def article_as_json(name: str) -> dict[str, object]:
        with open_store(db) as store, store.read() as connection:
            (reading,) = load_readings(connection, [find_article(connection, name)])
        return reading_json(reading)

    @app.get("/")
    def events() -> HTMLResponse:
        return show("events.html", events=events_as_json())

    @app.get("/events/{name}")
    def event(name: str, rule: str = "range") -> HTMLResponse:
        chosen = make_rule(rule)
        with open_store(db) as store, store.read() as connection:
            row, members, readings, stories = load_event(connection, name)
        made = matrix(members, readings, stories)
        return show(
            "event.html",
            event=row,
            matrix=made,
            resolved=resolve(made, chosen),
            grade=grade(made),
            rule=chosen,
            rules=[one for one in RULES if one not in {"hierarchy", rule}],
        )

    @app.get("/articles")
    def articles() -> HTMLResponse:
        return show("articles.html", articles=articles_as_json())

    @app.get("/articles/{name}")
    def article(name: str) -> HTMLResponse:
        with open_store(db) as store, store.read() as connection:
            full = find_article(connection, name)
            (reading,) = load_readings(connection, [full])
            claims = list_claims(connection, article=full)
        return show("article.html", reading=reading, claims=claims)

    return app
