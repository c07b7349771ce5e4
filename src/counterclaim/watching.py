"""
The web, into a store: ask sources, fetch the pages they name, read them, tell who wanted to be told.

Comes in: an open store and a plan, or addresses. Goes out: the same store with what was new. All that is known of sources and addresses is in the
store, and an address is done only when the store holds its page's reading or rejection. So whatever stops it, it goes on where it was: no
page is read twice, none is left out.

Several hosts are asked at once, each of them one thing after the other, so that a slow server holds up nobody but itself; what they
give is read in the order in which it comes, and written by this thread alone.
"""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from counterclaim.alerting import begin_alerts, check_recipients, make_alerts, send_alerts
from counterclaim.errors import InputError, Unreadable
from counterclaim.executors.processes import Budget
from counterclaim.fusing import fuse_store
from counterclaim.gather.pages import read_answer
from counterclaim.gather.web.addresses import host_of, tidy
from counterclaim.gather.web.client import AGENT, Answer, Client
from counterclaim.gather.web.failing import Failed
from counterclaim.gather.web.links import Links, find_links
from counterclaim.gather.web.sources import Plan, Source
from counterclaim.gather.web.together import work_together
from counterclaim.running import Watch, run
from counterclaim.settings import read_number
from counterclaim.store import watched
from counterclaim.store.store import Store
from counterclaim.store.watched import Asked, Found, Waiting
from counterclaim.types import Page, Rejection

if TYPE_CHECKING:
    from counterclaim.fusing import Fused

# Pages that are read before events are brought up to date: enough that fusion is no large part, few enough that alerts are no hour late.
TOGETHER = 100
# Seconds: longer no round fetches, so that sources that are due are not left waiting by a site that is asked once a minute.
LONGEST_ROUND = 120.0
# How often an address that gives nothing for now is asked, and how long after each time, in seconds; a server that says when has its way.
TRIES = 6
WAITS = (60.0, 300.0, 1800.0, 7200.0, 21_600.0)
# A source that gives nothing is asked ever less often, and at least once in so many seconds.
LONGEST_SILENCE = 6 * 3600.0
# The longest sleep: clocks are set, and machines sleep.
NAP = 60.0


class How(NamedTuple):
    """How pages are read, as of `running.run`."""

    watch: Watch | None = None
    min_confidence: float | None = None
    budget: Budget | None = None


AS_SET = How()


@dataclass(slots=True)
class Round:
    """
    What one round did.

    Attributes:
        found: Addresses that are new.
        put_off: Addresses that gave nothing for now.
        silent: Sources that gave nothing, with why.
        alerts: Made; `sent` of these and of earlier ones.
    """

    found: int = 0
    read: int = 0
    known: int = 0
    rejected: int = 0
    put_off: int = 0
    alerts: int = 0
    sent: int = 0
    unsent: int = 0
    silent: tuple[tuple[str, str], ...] = ()
    fused: "Fused | None" = None


def watch_plan(
    store: Store,
    plan: Plan,
    *,
    tell: Callable[[Round], None],
    once: bool = False,
    how: How = AS_SET,
) -> None:
    """
    Ask, fetch, read and tell, round after round, until it is stopped.

    Args:
        tell: Called after each round in which anything was done.
        once: End when nothing is due.
    """
    check_recipients(plan.rules)
    begin_alerts(store)
    # One that was killed may have noted that it read its last pages, and not made their events yet.
    fuse_store(store)
    urls = [source.url for source in plan.sources]
    with _open(plan) as client:
        while True:
            this = Round()
            _ask_sources(store, plan, client, this)
            turns = watched.find_turns(store, TOGETHER)
            if turns:
                _read_pages(store, client, turns, this, how, until=time.monotonic() + LONGEST_ROUND)
            this.alerts = make_alerts(store, plan.rules)
            this.sent, this.unsent = send_alerts(store, plan.rules)
            if this != Round():
                tell(this)
            if turns:
                continue
            if once:
                return
            _sleep_until(watched.find_next(store, urls))


def fetch(
    store: Store,
    addresses: Sequence[str],
    plan: Plan,
    *,
    how: How = AS_SET,
    tries: int = 3,
) -> Round:
    """
    Read the pages at these addresses, and those that feeds, sitemaps and lists among them name, into a store.

    Pages whose readings the store holds are not fetched again. What gives nothing for now is asked a few times more, some seconds apart, and
    is then told as rejected for now: it is fetched when it is asked for again, or by `watch`.

    Raises:
        InputError: one of them is no address.
    """
    this = Round()
    fuse_store(store)  # as in `watch_plan`
    pages: list[str] = []
    with _open(plan) as client:
        for address in dict.fromkeys(tidy(one) for one in addresses):
            pages += _find_pages(store, client, address, this)
        watched.open_again(store, pages)
        left = pages
        for attempt in range(tries):
            turns = _find_waiting(store, left)
            if not turns:
                break
            if attempt:
                time.sleep(2.0**attempt)
            _read_pages(store, client, turns, this, how, is_patient=attempt + 1 < tries)
            left = [turn.url for turn in turns]
    return this


def _find_waiting(store: Store, urls: Sequence[str]) -> list[Waiting]:
    watched.settle(store, urls)
    return watched.find_turns(store, len(urls), urls, at_once=True)


def _open(plan: Plan) -> Client:
    return Client(agent=plan.agent or AGENT, delay=plan.delay, seconds=plan.seconds, allow=plan.allow)


def _find_pages(store: Store, client: Client, address: str, this: Round) -> list[str]:
    """The address itself where it is a page, else the pages it names; a page that is fetched to find out is fetched twice."""
    looks_like = address.partition("?")[0].rpartition("/")[2].casefold()
    if (
        not looks_like.endswith((".xml", ".rss", ".atom", ".rdf", ".json", ".txt", ".gz"))
        and "feed" not in looks_like
    ):
        links = Links(())
    else:
        try:
            answer = client.get(address)
            links = _follow(client, find_links(answer.body, answer.url, read_number("max_page_bytes")))
        except Failed as error:
            if error.retry or error.reason != "bad_feed":
                this.silent = (*this.silent, (address, error.detail))
                return []
            links = Links(())
    found = [Found(link.url, link.outlet, link.published) for link in links.pages] or [Found(address)]
    with store.write() as connection:
        this.found += watched.add_addresses(connection, found, address if links.pages else None)
    return [one.url for one in found]


def _ask_sources(store: Store, plan: Plan, client: Client, this: Round) -> None:
    due = watched.find_due(store, [source.url for source in plan.sources])

    def ask(source: Source) -> _Told:
        return _ask(client, source, due[source.url])

    asked = [source for source in plan.sources if source.url in due]
    for source, outcome in work_together(
        ask,
        asked,
        # Lists on this machine wait for nobody.
        host=lambda one: one.url if one.is_file else host_of(one.url),
        ready_at=lambda one: 0.0 if one.is_file else client.ready_at(one.url),
    ):
        try:
            told = outcome.result()
        except Unreadable as error:
            after = error.after if isinstance(error, Failed) else None
            failures = due[source.url].failures + 1
            wait = max(
                after or 0.0, min(source.every * 2.0 ** min(failures - 1, 10), LONGEST_SILENCE), source.every
            )
            watched.note_silence(
                store, source.url, failures, wait=wait, detail=f"{error.reason}: {error.detail}"
            )
            this.silent = (*this.silent, (source.url, error.detail))
        else:
            this.found += watched.note_source(
                store, source.url, told.found, every=source.every, etag=told.etag, modified=told.modified
            )


class _Told(NamedTuple):
    """What a source told, and what to ask it with the next time."""

    found: tuple[Found, ...]
    etag: str | None
    modified: str | None


def _ask(client: Client, source: Source, asked: Asked) -> _Told:
    if source.is_file:
        try:
            answer = Answer("", {}, Path(source.url).read_bytes())
        except OSError as error:
            raise Failed(
                "unreadable", f"{source.url} cannot be read: {error.strerror}.", retry=True
            ) from error
    else:
        answer = client.get(source.url, etag=asked.etag, modified=asked.modified)
    if not answer.is_new:
        return _Told((), asked.etag, asked.modified)
    links = _follow(client, find_links(answer.body, answer.url, read_number("max_page_bytes")))
    found = (
        Found(link.url, source.outlet or link.outlet, link.published)
        for link in links.pages
        if source.takes(link.url)
    )
    return _Told(tuple(found), answer.etag, answer.modified)


def _follow(client: Client, links: Links) -> Links:
    """With the pages of the sitemaps that an index names, one level down."""
    pages = list(links.pages)
    for sitemap in links.sitemaps:
        answer = client.get(sitemap)
        pages += find_links(answer.body, answer.url, read_number("max_page_bytes")).pages
    return Links(tuple(pages), (), links.left_out)


def _read_pages(
    store: Store,
    client: Client,
    turns: Sequence[Waiting],
    this: Round,
    how: How,
    *,
    is_patient: bool = True,
    until: float = float("inf"),
) -> None:
    urls = [turn.url for turn in turns]
    # Read, and killed before that was noted.
    watched.settle(store, urls)
    still = {turn.url for turn in watched.find_turns(store, len(urls), urls, at_once=True)}
    pages = _fetch_pages(
        store, client, [turn for turn in turns if turn.url in still], this, is_patient=is_patient, until=until
    )
    try:
        ran = run(store, pages, watch=how.watch, min_confidence=how.min_confidence, budget=how.budget)
    finally:
        watched.settle(store, urls)
    this.read += ran.read
    this.known += ran.known
    this.rejected += ran.rejected
    this.fused = ran.fused


def _fetch_pages(
    store: Store, client: Client, turns: Collection[Waiting], this: Round, *, is_patient: bool, until: float
) -> Iterator[Page | Rejection]:
    """Pages as they come, those first whose host may be asked soonest; of what gives nothing for now none."""
    for turn, outcome in work_together(
        partial(_fetch_page, client),
        turns,
        host=lambda one: host_of(one.url),
        ready_at=lambda one: client.ready_at(one.url),
        until=until,
    ):
        try:
            pages = outcome.result()
        except Unreadable as error:
            retry = isinstance(error, Failed) and error.retry
            if retry and turn.failures + 1 < TRIES and is_patient:
                wait = max(getattr(error, "after", None) or 0.0, WAITS[min(turn.failures, len(WAITS) - 1)])
                watched.put_off(store, turn.url, turn.failures + 1, wait)
                this.put_off += 1
            else:
                yield Rejection(turn.url, error.reason, error.detail)
        except InputError as error:
            yield Rejection(turn.url, "redirects", str(error))
        else:
            yield from (_complete(page, turn) for page in pages)


def _fetch_page(client: Client, turn: Waiting) -> list[Page | Rejection]:
    answer = client.get(turn.url)
    return list(read_answer(answer.body, turn.url, answer.url, answer.headers.get("content-type", "")))


def _complete(page: Page | Rejection, turn: Waiting) -> Page | Rejection:
    """With what the source tells, where the page does not."""
    if isinstance(page, Rejection):
        return page
    return replace(page, outlet=page.outlet or turn.outlet, modified=page.modified or turn.published)


def _sleep_until(moment: str | None) -> None:
    if moment is None or moment > watched.in_seconds(NAP):
        time.sleep(NAP)
        return
    while moment > watched.in_seconds(0):
        time.sleep(0.5)
