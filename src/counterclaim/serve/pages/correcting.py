"""Corrections from a page: what was said of which claim, the writes behind the forms, and the undoing of each in one step."""

from collections.abc import Callable, Collection, Mapping
from typing import Literal

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from counterclaim.deciding import (
    add_telling,
    correct_claim,
    decide,
    undo_correction,
    undo_decision,
)
from counterclaim.errors import InputError
from counterclaim.export.corrections import to_json as write_correction
from counterclaim.serve.pages.signing import check_form, find_way_back, read_form
from counterclaim.serve.views import Desk, Json
from counterclaim.store.corrections import are_any, list_corrections
from counterclaim.store.events import Connection
from counterclaim.store.queries import count_all, find_pages_of
from counterclaim.store.rows import load_corrected
from counterclaim.types import Correction

# In a larger store making all events anew takes longer than anybody waits for a page: the next run does it.
FUSED_AT_ONCE = 2000
VALUES = ("type", "actor", "recipient", "place", "date", "count")
Verb = Literal["accept", "reject", "recode"]


class Asked(BaseModel):
    """A correction as a program sends it."""

    model_config = ConfigDict(extra="forbid")

    claim: str = Field(
        "",
        max_length=60,
        examples=["abcdef0123456789:c6"],
        description="ARTICLE:cN; for `add` the article's id",
    )
    verb: Literal["accept", "reject", "recode", "add"] = "recode"
    words: str = Field("", max_length=500, description="For `add`: the words of the text that tell it")
    type: str = Field("", max_length=200)
    actor: str = Field("", max_length=500)
    recipient: str = Field("", max_length=500)
    place: str = Field("", max_length=200)
    date: str = Field("", max_length=40)
    count: str = Field("", max_length=60, examples=["105"])
    says: str = Field("", max_length=200)
    stance: str = Field("", max_length=20)
    reason: str = Field("", max_length=2000)


def load_marks(connection: Connection, articles: Collection[str]) -> Json:
    """
    What people corrected in these articles.

    ``marks`` has by claim what touches it; ``corrections`` all of them, the latest first, taken back or not.
    """
    if not articles:
        return {"marks": {}, "corrections": []}
    said = list_corrections(connection, articles=articles)
    marks: dict[str, list[Json]] = {}
    holding = list_corrections(connection, holding=True) if are_any(connection) else []
    if holding:
        # What was said of a page whose text is another by now is about the article that came in its place.
        touched = set(articles).intersection(find_pages_of(connection, holding))
        for made in load_corrected(connection, sorted(touched)):
            for claim, touching in made.marks.items():
                marks[f"{made.reading.article.id}:{claim}"] = [write_correction(one) for one in touching]
    return {"marks": marks, "corrections": [write_correction(one) for one in reversed(said)]}


def add_routes(app: FastAPI, desk: Desk) -> None:
    """``POST /corrections``, ``/decisions``, and their undoing; the same for programs under ``/api/``."""

    async def work(function: Callable[[], object]) -> None:
        try:
            await run_in_threadpool(function)
        except InputError as error:
            raise HTTPException(400, str(error)) from error

    @app.post("/corrections", include_in_schema=False)
    async def make(request: Request) -> Response:
        form = await read_form(request)
        name = check_form(desk, request, form)
        verb, claim = form.get("verb", ""), form.get("claim", "")
        if verb == "undo":
            await work(lambda: _undo(desk, _number(form.get("number", "")), name))
        else:
            await work(lambda: _write(desk, verb, claim, form, name))
        return RedirectResponse(find_way_back(form), status_code=303)

    @app.post("/decisions", include_in_schema=False)
    async def judge(request: Request) -> Response:
        form = await read_form(request)
        name = check_form(desk, request, form)
        verb, event = form.get("verb", ""), form.get("event", "")
        others = form.get("others", "").replace(",", " ").split()
        reason = form.get("reason", "")[:2000]
        if verb not in {"merge", "split", "unsure", "undo"}:
            raise HTTPException(400, "merge, split, unsure or undo?")

        def run() -> None:
            if verb == "undo":
                undo_decision(desk.store, event, by=name)
            else:
                decide(desk.store, event, verb, others, by=name, reason=reason)
            _fuse(desk)

        await work(run)
        # The event may have another name now: its page is found from one of its articles.
        return RedirectResponse(find_way_back(form), status_code=303)

    @app.post("/api/corrections", summary="Correct a claim, or add an event that was missed", status_code=201)
    def make_by_program(request: Request, asked: Asked) -> JSONResponse:
        name = _check_token(desk, request)
        try:
            made = _write(desk, asked.verb, asked.claim, asked.model_dump(), name)
        except InputError as error:
            raise HTTPException(400, str(error)) from error
        return JSONResponse(write_correction(made), status_code=201)

    @app.post("/api/corrections/{number}/undo", summary="Take a correction back")
    def undo_by_program(request: Request, number: int) -> JSONResponse:
        name = _check_token(desk, request)
        if not 0 < number < 2**31:
            raise HTTPException(404, "There is no such correction.")
        try:
            made = _undo(desk, number, name)
        except InputError as error:
            raise HTTPException(404, str(error)) from error
        return JSONResponse({"undone": made.id})


def _write(desk: Desk, verb: str, claim: str, form: Mapping[str, str], name: str) -> Correction:
    asked = {field: form.get(field, "") for field in (*VALUES, "says", "stance")}
    reason = form.get("reason", "")
    if verb == "add":
        made = add_telling(desk.store, claim, form.get("words", ""), asked, by=name, reason=reason)
    elif verb in {"accept", "reject", "recode"}:
        chosen: Verb = "accept" if verb == "accept" else "reject" if verb == "reject" else "recode"
        made = correct_claim(desk.store, claim, chosen, asked, by=name, reason=reason)
    else:
        raise InputError("accept, reject, recode or add?")
    _fuse(desk)
    return made


def _undo(desk: Desk, number: int, name: str) -> Correction:
    made = undo_correction(desk.store, number, by=name)
    _fuse(desk)
    return made


def _fuse(desk: Desk) -> None:
    """Make the events anew where that is done at once; pages of one event show corrections anyway."""
    # Here and not above: a server that only shows needs nothing of what reads.
    from counterclaim.fusing import fuse_store  # noqa: PLC0415

    with desk.read() as connection:
        articles = count_all(connection)["articles"]
    if articles <= FUSED_AT_ONCE:
        fuse_store(desk.store)


def _check_token(desk: Desk, request: Request) -> str:
    name = desk.guard.find_name(None, request.headers.get("authorization"))
    if name is None:
        raise HTTPException(401, "Send a token: Authorization: Bearer TOKEN", {"www-authenticate": "Bearer"})
    return name


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise InputError(f"There is no correction {text!r}.")
    return int(text)
