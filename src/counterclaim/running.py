"""
Many articles, into a store: read what is new, and bring the events up to date.

Comes in: an open store and pages. Goes out: the same store with their readings, and with the events that these change. The parser is loaded when
the first page comes that was not read before: a run with nothing new takes a second, most of it the start of Python.
"""

import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

from counterclaim.executors.processes import Budget, map_articles
from counterclaim.fusing import fuse_store
from counterclaim.settings import read_share
from counterclaim.signature import make_signature
from counterclaim.store.rows import make_storable
from counterclaim.store.store import NewReading, fingerprint_page
from counterclaim.types import Page, Reading, Rejection

if TYPE_CHECKING:
    from counterclaim.bookmarks import Bookmarks
    from counterclaim.fusing import Fused
    from counterclaim.store.store import Store

# Readings are written together, at the latest after so many or so long: a kill loses no more than these.
AT_ONCE = 100
SECONDS = 0.5


class Watch:
    """What `run` tells whoever watches it; nobody does by default."""

    def begin(self, page: Page) -> None:
        """The page is read now, or waited for if several are."""

    def reject(self, rejection: Rejection) -> None:
        """A page could not be read; it is in the store's list by now."""

    def advance(self, done: int) -> None:
        """So many pages are done: read, known or rejected."""

    def fuse(self, done: int, total: int) -> None:
        """All pages are done; of so many new articles these are fused."""


@dataclass(slots=True)
class Ran:
    """
    What one run did, and what the store came to.

    Attributes:
        known: Pages already read with this signature.
        languages: How many of the rejected are in each other language.
    """

    read: int = 0
    known: int = 0
    rejected: int = 0
    languages: Counter[str] = field(default_factory=Counter)
    fused: "Fused | None" = None

    @property
    def done(self) -> int:
        """Pages seen so far."""
        return self.read + self.known + self.rejected


def run(
    store: "Store",
    pages: Iterable[Page | Rejection],
    *,
    jobs: int = 1,
    verbatim: bool = False,
    strict: bool = False,
    model: str = "",
    actors: str = "",
    min_confidence: float | None = None,
    budget: Budget | None = None,
    watch: Watch | None = None,
    bookmarks: "Bookmarks | None" = None,
) -> Ran:
    """
    Read pages into a store and bring its events up to date; what this version has read of them is not read again.

    Readings are written a hundred or half a second at a time, and at the end whatever ends it: stopped and run again, it goes on
    where it stopped.

    Args:
        pages: As `find_pages` gives them, rejections included.
        budget: What a page may take. Pages are then read in another process, which is ended when one takes more: that is a rejection,
            ``too_slow`` or ``too_large``, and the run goes on.
        bookmarks: Those that told `find_pages` where to begin; they are moved with what is stored.
        jobs, verbatim, strict, model, actors, min_confidence: As of `read_many`.
    """
    watch = watch or Watch()
    least = read_share("min_confidence") if min_confidence is None else min_confidence
    signature = make_signature(model, actors, least)
    number, ran = store.start_run(signature), Ran()
    if bookmarks:
        bookmarks.signature = signature
    # The pages being read, in order, as results come back; of each its fingerprint.
    under_way: deque[tuple[Page, str]] = deque()

    def reject(rejection: Rejection) -> None:
        store.write_rejection(rejection)
        unwritten.settle(rejection.ref, rejection.reason)
        ran.rejected += 1
        if rejection.language:
            ran.languages[rejection.language] += 1
        watch.reject(rejection)

    def find_unread() -> Iterator[Page]:
        for page in pages:
            unwritten.begin(page.ref)
            ran.known += bookmarks.take_passed() if bookmarks else 0
            if isinstance(page, Rejection):
                reject(page)
                continue
            fingerprint = fingerprint_page(page, verbatim=verbatim)
            if names := store.find_names(fingerprint, signature):
                ran.known += 1
                if make_storable(page.ref) not in names:
                    unwritten.add_name(fingerprint, page.ref)
                unwritten.settle(page.ref)
                continue
            under_way.append((page, fingerprint))
            if len(under_way) == 1:
                watch.begin(page)
            yield page

    function = partial(_read, model=model, verbatim=verbatim, actors=actors, min_confidence=least)

    def refuse(rejection: Rejection) -> None:
        ran.read -= 1
        ran.rejected += 1
        watch.reject(rejection)

    unwritten = _Unwritten(store, refuse, bookmarks)
    results = map_articles(
        function, find_unread(), name=attrgetter("ref"), jobs=jobs, strict=strict, budget=budget
    )
    try:
        with closing(results):
            for result in results:
                _, fingerprint = under_way.popleft()
                if isinstance(result, Rejection):
                    reject(result)
                else:
                    ran.read += 1
                    unwritten.add(NewReading(result, fingerprint))
                watch.advance(ran.done)
                if under_way:
                    watch.begin(under_way[0][0])
    finally:
        # After Ctrl-C too: what was read is kept.
        unwritten.write()
    watch.advance(ran.done)
    ran.fused = fuse_store(store, watch=watch.fuse)
    store.finish_run(number, read=ran.read, known=ran.known, rejected=ran.rejected)
    return ran


def _read(page: Page, **how: object) -> Reading:
    """With the parser, which is loaded here and not where the store is opened."""
    from counterclaim.pipeline import read_page  # noqa: PLC0415

    read: Callable[..., Reading] = read_page
    return read(page, **how)


class _Unwritten:
    """Readings on their way to the store, and how far archives are read; of those it does not take a rejection comes back."""

    def __init__(
        self, store: "Store", refuse: Callable[[Rejection], None], bookmarks: "Bookmarks | None"
    ) -> None:
        self._store, self._refuse, self._bookmarks = store, refuse, bookmarks
        self._new: list[NewReading] = []
        self._names: list[tuple[str, str]] = []
        self._written_at = time.monotonic()

    def begin(self, ref: str) -> None:
        if self._bookmarks:
            self._bookmarks.begin(ref)

    def settle(self, ref: str, reason: str | None = None) -> None:
        """A page is known, or refused and listed."""
        if self._bookmarks:
            self._bookmarks.settle(ref, reason)
            self._write_now_and_then()

    def add(self, new: "NewReading") -> None:
        self._new.append(new)
        if self._bookmarks:
            self._bookmarks.settle(new.reading.article.ref)
        self._write_now_and_then()

    def add_name(self, fingerprint: str, ref: str) -> None:
        """Of a page that is known under another one."""
        self._names.append((fingerprint, ref))
        self._write_now_and_then()

    def _write_now_and_then(self) -> None:
        waiting = len(self._new) + len(self._names)
        if waiting >= AT_ONCE or time.monotonic() - self._written_at >= SECONDS:
            self.write()

    def write(self) -> None:
        # Forgotten when they are written: Ctrl-C may come meanwhile, and the last thing a run does is to write what is left.
        if self._new:
            refused = self._store.write_what_fits(self._new)
            self._new = []
            for rejection in refused:
                self._refuse(rejection)
        if self._names:
            self._store.write_names(self._names)
            self._names = []
        if self._bookmarks:
            self._bookmarks.write()
        self._written_at = time.monotonic()
