"""
A page and its JSON twin from one function: what a template shows is what the twin holds, no more and no less.

Comes in: a function ``(connection, what the address asks) -> dict``. Goes out: two routes. The twin's comes first: a path
parameter would take ".json" for part of a name.
"""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse

from counterclaim.errors import StoreError
from counterclaim.serve.rendering import make_environment
from counterclaim.serve.security import COOKIE, Guard
from counterclaim.store.events import Connection
from counterclaim.store.store import Store

Json = dict[str, object]
Load = Callable[..., Json]


class Desk:
    """What every page needs: the store, the templates, and who is signed in."""

    def __init__(self, store: Store, guard: Guard) -> None:
        self._store = store
        self._made = _find_inode(store)
        self.guard = guard
        self._pages = make_environment()

    @property
    def store(self) -> Store:
        """
        The store, as long as its file is where it was.

        Raises:
            StoreError: it was moved or deleted. Connections to it that are open would still answer, and new ones make an empty file.
        """
        found = _find_inode(self._store)
        if found is None:
            raise StoreError(
                f"The store {self._store.location} is gone: its file was moved or deleted while it was shown. "
                "Put it back, or start the server again with another."
            )
        if found != self._made:
            # Another file has taken its place: what is open is the one before.
            self._store.engine.dispose()
            self._made = found
        return self._store

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the store."""
        with self.store.read() as connection:
            yield connection

    def name_of(self, request: Request) -> str | None:
        """Who asks; None for a reader."""
        return self.guard.find_name(request.cookies.get(COOKIE), request.headers.get("authorization"))

    def show(self, request: Request, template: str, values: Json, status: int = 200) -> HTMLResponse:
        """The template with these values, for whoever asks."""
        session = request.cookies.get(COOKIE)
        name = self.guard.find_name(session, None)
        page = self._pages.get_template(template).render(
            **values,
            reader=name,
            word=self.guard.make_word(session) if name else "",
            takes_sign_ins=self.guard.takes_sign_ins,
            here=request.url.path,
            asked=request.url.query,
            way_back=str(request.url.path) + (f"?{request.url.query}" if request.url.query else ""),
        )
        return HTMLResponse(page, status_code=status)


def _find_inode(store: Store) -> int | None:
    """Which file it is; 0 for what is no file, None where there is none."""
    file = store.file
    if file is None:
        return 0
    try:
        return file.stat().st_ino
    except OSError:
        return None


def add_page(
    app: FastAPI,
    desk: Desk,
    path: str,
    template: str,
    load: Load,
    *,
    example: object = None,
    twin: str | None = None,
) -> None:
    """
    Serve what the function loads, as a page at this path and as JSON at its twin.

    Args:
        twin: The twin's path, where it is not the page's with ``.json`` behind it.
    """
    signature = inspect.signature(load)
    asked = list(signature.parameters.values())[1:]

    def as_json(**given: object) -> JSONResponse:
        with desk.read() as connection:
            return JSONResponse(load(connection, **given))

    def as_page(request: Request, **given: object) -> HTMLResponse:
        with desk.read() as connection:
            values = load(connection, **given)
        return desk.show(request, template, values)

    page_request = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Request)
    # FastAPI reads from it what the address may ask.
    vars(as_json)["__signature__"] = signature.replace(parameters=asked)
    vars(as_page)["__signature__"] = signature.replace(parameters=[page_request, *asked])
    summary, _, rest = (inspect.getdoc(load) or "").partition("\n")
    content: Json = {"schema": {"type": "object"}}
    if example is not None:
        content["example"] = example
    app.get(
        twin or f"{path}.json",
        summary=summary,
        description=rest.strip() or summary,
        response_class=JSONResponse,
        responses={200: {"content": {"application/json": content}}},
        operation_id=f"{template.removesuffix('.html')}_as_json",
    )(as_json)
    app.get(path, include_in_schema=False, response_class=HTMLResponse)(as_page)
