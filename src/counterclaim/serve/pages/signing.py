"""Signing in with a token, and out."""

from urllib.parse import parse_qs

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from counterclaim.serve.security import COOKIE, SESSION_SECONDS
from counterclaim.serve.views import Desk

# Of a form: a reason may be a paragraph.
LONGEST_FORM = 20_000


async def read_form(request: Request) -> dict[str, str]:
    """
    The form's fields, each once.

    Raises:
        HTTPException: 413, it is longer than any form of ours.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_FORM:
            raise HTTPException(413, f"That is longer than {LONGEST_FORM:,} characters.")
    try:
        parsed = parse_qs(bytes(body).decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=100)
    except ValueError as error:
        raise HTTPException(413, "That is more fields than any form has.") from error
    return {name: values[-1] for name, values in parsed.items()}


def check_origin(request: Request) -> None:
    """
    Refuse what a page of another site sends.

    Raises:
        HTTPException: 403.
    """
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    own = {f"http://{request.headers.get('host')}", f"https://{request.headers.get('host')}"}
    if (origin and origin not in own) or (site and site not in {"same-origin", "none"}):
        raise HTTPException(403, "This came from a page of another site.")


def check_form(desk: Desk, request: Request, form: dict[str, str]) -> str:
    """
    Who sends the form.

    Raises:
        HTTPException: 403: nobody is signed in, or the form is not from a page of this session.
    """
    session = request.cookies.get(COOKIE)
    name = desk.guard.find_name(session, request.headers.get("authorization"))
    if name is None:
        raise HTTPException(403, "Sign in first: corrections carry a name.")
    if request.headers.get("authorization") is None:
        check_origin(request)
        if not desk.guard.is_own_form(session, form.get("word")):
            raise HTTPException(403, "This form is too old. Load the page again.")
    return name


def find_way_back(form: dict[str, str]) -> str:
    """A path of this server that the form names; the first page where it names none."""
    back = form.get("back", "/")
    return back if back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable() else "/"


def add_routes(app: FastAPI, desk: Desk) -> None:
    """``/sign-in`` and ``/sign-out``."""

    @app.get("/sign-in", include_in_schema=False, response_class=HTMLResponse)
    def ask(request: Request, back: str = "/") -> HTMLResponse:
        return desk.show(request, "signing.html", {"back": back, "failed": False})

    @app.post("/sign-in", include_in_schema=False)
    async def sign_in(request: Request) -> Response:
        form = await read_form(request)
        check_origin(request)
        session = desk.guard.sign_in(form.get("token", ""))
        if session is None:
            return await run_in_threadpool(
                desk.show, request, "signing.html", {"back": find_way_back(form), "failed": True}, 403
            )
        answer = RedirectResponse(find_way_back(form), status_code=303)
        answer.set_cookie(
            COOKIE,
            session,
            max_age=SESSION_SECONDS,
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return answer

    @app.post("/sign-out", include_in_schema=False)
    async def sign_out(request: Request) -> Response:
        form = await read_form(request)
        check_form(desk, request, form)
        desk.guard.sign_out(request.cookies.get(COOKIE))
        answer = RedirectResponse(find_way_back(form), status_code=303)
        answer.delete_cookie(COOKIE)
        return answer
