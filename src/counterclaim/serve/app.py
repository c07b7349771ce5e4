"""
The workbench over one store: pages that work without JavaScript, each with a `.json` twin for programs.

Comes in: the location of a store, and the tokens of those who may correct. Goes out: a FastAPI application.
`/events/E1f2e3d4c` is a page, `/events/E1f2e3d4c.json` the same as JSON; `/api` lists them all.

It belongs on one's own machine or behind a proxy with HTTPS: what is read is open to whoever reaches it, and only writing
takes a token.
"""

import json
import time
import weakref
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, MutableMapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Annotated, Any, Literal

from counterclaim import __version__
from counterclaim.errors import CounterclaimError, ExtraMissing, InputError
from counterclaim.store.store import open_store

try:
    from fastapi import FastAPI, Query, Request, Response
    from fastapi.exceptions import RequestValidationError
    from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse
    from fastapi.staticfiles import StaticFiles
    from starlette.exceptions import HTTPException
    from starlette.middleware.gzip import GZipMiddleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    from counterclaim.serve.pages import (
        about,
        actors,
        articles,
        briefing,
        claim,
        correcting,
        dyads,
        event,
        events,
        guide,
        outlets,
        places,
        rejections,
        review,
        search,
        signing,
    )
    from counterclaim.serve.pages.asking import EventQuery
    from counterclaim.serve.rendering import HOME, STATIC
    from counterclaim.serve.security import HEADERS, Guard
    from counterclaim.serve.views import Desk, add_page
except ImportError as missing:
    raise ExtraMissing(missing.name or "fastapi", "server") from missing

# As many as threads answer at once.
READERS = 20
# A page of ours changes its address when it changes.
FOREVER = "public, max-age=31536000, immutable"
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def make_app(db: str, *, tokens: Mapping[str, str] | None = None, hosts: Iterable[str] = ("*",)) -> FastAPI:
    """
    The application over one store.

    Args:
        tokens: Each token that may correct, with the name that its corrections are signed with.
        hosts: The names by which browsers may call this server; a page of another site cannot then reach it under its own name.

    Raises:
        StoreError: there is no such store, or it cannot be opened.
    """
    store = open_store(db, readers=READERS)  # a wrong path is said at the start, not at the first page
    desk = Desk(store, Guard(tokens or {}))

    @asynccontextmanager
    async def live(_: FastAPI) -> AsyncIterator[None]:
        yield
        store.engine.dispose()

    app = FastAPI(
        title="Counterclaim",
        version=__version__,
        description="Events of conflict and diplomacy in which every value keeps who said it. Every page has a twin that ends in .json.",
        docs_url=None,
        redoc_url=None,
        lifespan=live,
    )
    app.state.desk = desk
    # Its connections are closed with it, also where nobody runs it: a test, a program that only asks.
    weakref.finalize(app, store.engine.dispose)
    app.mount("/static", StaticFiles(directory=STATIC))
    # A level higher costs a third more of the server's time and saves a hundredth of the bytes.
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=4)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts))
    app.add_middleware(_Headers)
    _add_pages(app, desk)
    signing.add_routes(app, desk)
    correcting.add_routes(app, desk)
    _add_errors(app, desk)
    return app


def _add_pages(app: FastAPI, desk: Desk) -> None:
    examples = json.loads((HOME / "examples.json").read_text(encoding="utf-8"))

    def add(
        path: str, template: str, load: Callable[..., dict[str, object]], twin: str | None = None
    ) -> None:
        add_page(app, desk, path, f"{template}.html", load, example=examples.get(template), twin=twin)

    add("/", "briefing", briefing.load, "/index.json")
    add("/events", "events", events.load)

    @app.get("/events.{kind}", summary="Every event that the filter lets pass, as a file")
    def events_file(
        kind: Literal["csv", "jsonl"], asked: Annotated[EventQuery, Query()]
    ) -> StreamingResponse:
        media = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}[kind]
        name = {"content-disposition": f'attachment; filename="events.{kind}"'}
        return StreamingResponse(events.write_file(desk, asked, kind), media_type=media, headers=name)

    add("/events/{name}", "event", event.load)
    add("/articles", "articles", articles.load_list)
    add("/articles/{name}", "article", articles.load)
    add("/claims/{name}", "claim", claim.load)
    add("/actors", "actors", actors.load_list)
    add("/actors/{name:path}", "actor", actors.load)
    add("/places", "places", places.load_list)
    add("/places/{name:path}", "place", places.load)
    add("/outlets", "outlets", outlets.load)
    add("/dyads", "dyads", dyads.load)
    add("/search", "search", search.load)
    add("/rejections", "rejections", rejections.load)
    add("/review", "review", review.load)
    add("/about", "about", about.load)

    @app.get("/api", include_in_schema=False, response_class=HTMLResponse)
    def api(request: Request) -> HTMLResponse:
        return desk.show(request, "guide.html", guide.describe(app.openapi()))

    @app.get("/favicon.ico", include_in_schema=False)
    def icon() -> Response:
        return Response((STATIC / "icon.svg").read_bytes(), media_type="image/svg+xml")


def _add_errors(app: FastAPI, desk: Desk) -> None:
    def answer(request: Request, status: int, message: str) -> Response:
        if request.url.path.endswith((".json", ".csv", ".jsonl")) or request.url.path.startswith("/api/"):
            return JSONResponse({"error": message}, status_code=status)
        return desk.show(
            request, "missing.html", {"title": HTTPStatus(status).phrase, "message": message}, status
        )

    @app.exception_handler(InputError)
    def not_there(request: Request, error: InputError) -> Response:
        return answer(request, 404, str(error))

    @app.exception_handler(CounterclaimError)
    def broken(request: Request, error: CounterclaimError) -> Response:
        return answer(request, 503, str(error))

    @app.exception_handler(HTTPException)
    def refused(request: Request, error: HTTPException) -> Response:
        message = "There is no such page." if error.status_code == 404 else str(error.detail)
        made = answer(request, error.status_code, message)
        made.headers.update(error.headers or {})
        return made

    @app.exception_handler(RequestValidationError)
    def wrong(request: Request, error: RequestValidationError) -> Response:
        said = "; ".join(
            f"{'.'.join(str(part) for part in one['loc'][1:])}: {one['msg']}" for one in error.errors()
        )
        return answer(request, 422, f"This cannot be asked so. {said}")


class _Headers:
    """Every answer with the headers that keep a page harmless, and with how long it took here."""

    def __init__(self, app: Application) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        is_asset = scope["path"].startswith("/static/")
        kept = FOREVER if is_asset and scope["query_string"] else "no-cache"

        async def send_with(message: Message) -> None:
            if message["type"] == "http.response.start":
                took = (time.perf_counter() - started) * 1000
                added = {**HEADERS, "cache-control": kept, "server-timing": f"app;dur={took:.1f}"}
                message["headers"] = [
                    *message["headers"],
                    *((name.encode(), value.encode()) for name, value in added.items()),
                ]
            await send(message)

        await self._app(scope, receive, send_with)
