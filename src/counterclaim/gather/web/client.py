"""
Asks for pages, of one host one at a time, and believes nothing that it is told.

Comes in: an address, and what is known of its last answer. Goes out: an `Answer`, or `Failed`. One host is asked at most once in so many seconds,
whoever asks, every redirect is checked as if it were typed, no body grows past its limit, packed or unpacked, and no answer takes longer than its clock.
"""

import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from threading import Lock
from typing import Any, Self

from counterclaim import __version__
from counterclaim.errors import ExtraMissing, InputError, Unreadable
from counterclaim.gather.responses import undo_encoding
from counterclaim.gather.web.addresses import host_of, tidy
from counterclaim.gather.web.failing import Failed
from counterclaim.gather.web.robots import Robots
from counterclaim.settings import read_number

try:
    import httpcore2
    import httpx2

    from counterclaim.gather.web.guard import Guard
except ImportError as missing:
    raise ExtraMissing("httpx2", "watch") from missing

NAME = "counterclaim"
AGENT = f"{NAME}/{__version__} (reads news for research; +https://pypi.org/project/counterclaim/)"
REDIRECTS = 5
# Of connecting, and of each wait for more; the clock for all of an answer is the client's.
PATIENCE = 15.0
# Who is overloaded says for how long; longer than a day is no answer.
LONGEST_WAIT = 24 * 3600.0
_MOVED = frozenset((301, 302, 303, 307, 308))
_LATER = frozenset((408, 425, 429, 500, 502, 503, 504, 521, 522, 523, 524))
_ACCEPT = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,application/feed+json,text/plain;q=0.8,*/*;q=0.5"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What an address gave.

    Attributes:
        url: Where it came from in the end.
        headers: By their names in small letters.
        body: Unpacked; empty where nothing is new.
        is_new: False where the server says that it is as it was.
    """

    url: str
    headers: Mapping[str, str]
    body: bytes
    is_new: bool = True

    @property
    def etag(self) -> str | None:
        """What to ask with next time."""
        return self.headers.get("etag")

    @property
    def modified(self) -> str | None:
        """When it was changed, as the server says it."""
        return self.headers.get("last-modified")


class Client:
    """
    One who asks, for several threads if they like; to be closed.

    Args:
        agent: What it calls itself, with where to complain.
        delay: Seconds between two requests to one host, if its robots.txt asks for no more.
        seconds: Longest time for one answer, from the first byte sent to the last received.
        allow: As of `guard.Guard`.
    """

    def __init__(
        self, *, agent: str = AGENT, delay: float = 2.0, seconds: float = 30.0, allow: Collection[str] = ()
    ) -> None:
        self._guard = Guard(allow)
        self._delay, self._seconds = delay, seconds
        self._free_at: dict[str, float] = {}
        # Held while a host is asked and its answer read.
        self._asking: defaultdict[str, Lock] = defaultdict(Lock)
        self._robots = Robots(lambda url: self._get(url, {}).body, NAME)
        self._client = httpx2.Client(
            transport=_Transport(self._guard),
            headers={"User-Agent": agent, "Accept": _ACCEPT, "Accept-Encoding": _encodings()},
            timeout=PATIENCE,
            trust_env=False,
            follow_redirects=False,
            # Nobody is followed from page to page.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def ready_at(self, url: str) -> float:
        """When its host may be asked again, by `time.monotonic`."""
        return self._free_at.get(host_of(url), 0.0)

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Answer:
        """
        What the address gives, after waiting for its host's turn.

        Args:
            etag, modified: Of the last answer; where nothing is new since, the answer is empty and says so.

        Raises:
            Failed: no page came; InputError: it is no address.
        """
        asked = {"If-None-Match": etag, "If-Modified-Since": modified}
        return self._get(url, {name: value for name, value in asked.items() if value}, is_polite=True)

    def _get(self, url: str, headers: Mapping[str, str], *, is_polite: bool = False) -> Answer:
        seen: list[str] = []
        url = tidy(url)
        while len(seen) <= REDIRECTS:
            if url in seen:
                break
            seen.append(url)
            if is_polite and not self._robots.allow(url):
                raise Failed("robots", f"{host_of(url)} lets no robots fetch this page (robots.txt).")
            answer = self._send(url, headers)
            if isinstance(answer, Answer):
                return answer
            try:
                url = tidy(answer, url)
            except InputError as error:
                raise Failed("redirects", f"It leads to what is no page: {error}") from error
        raise Failed("redirects", f"It leads in circles, or on more than {REDIRECTS} times: {seen[-1]}.")

    def _send(self, url: str, headers: Mapping[str, str]) -> Answer | str:
        """The answer, or where it leads on to."""
        host = host_of(url)
        with self._asking[host]:
            time.sleep(max(0.0, self.ready_at(url) - time.monotonic()))
            self._guard.deadline = time.monotonic() + self._seconds
            try:
                with _explained(host), self._client.stream("GET", url, headers=dict(headers)) as response:
                    given = {name.casefold(): value for name, value in response.headers.items()}
                    if response.status_code in _MOVED and given.get("location"):
                        return given["location"]
                    if response.status_code == 304:
                        return Answer(url, given, b"", is_new=False)
                    if response.status_code not in {200, 203}:
                        raise _refused(response.status_code, given)
                    body = self._take(response, given)
            finally:
                self._free_at[host] = time.monotonic() + max(self._delay, self._robots.find_delay(url))
        try:
            body, _ = undo_encoding(body, given.get("content-encoding", ""), read_number("max_page_bytes"))
        except Unreadable as error:
            raise Failed(error.reason, error.detail) from error
        return Answer(url, given, body)

    def _take(self, response: Any, headers: Mapping[str, str]) -> bytes:
        limit = read_number("max_page_bytes")
        told = headers.get("content-length", "")
        too_long = Failed(
            "too_long",
            f"It is larger than {limit:,} bytes. Leave it out, or raise COUNTERCLAIM_MAX_PAGE_BYTES.",
        )
        if told.isdecimal() and int(told) > limit:
            raise too_long
        parts: list[bytes] = []
        size = 0
        for part in response.iter_raw():
            size += len(part)
            if size > limit:
                raise too_long
            parts.append(part)
        return b"".join(parts)


class _Transport(httpx2.HTTPTransport):
    """httpx's own, but through the guard, and through no proxy, which would connect in its stead."""

    def __init__(self, guard: Guard) -> None:
        # Not the parent's, which takes no backend: were it to use another name for the pool, every request would fail.
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(),
            network_backend=guard,
            max_connections=20,
            keepalive_expiry=30.0,
        )


@contextmanager
def _explained(host: str) -> Iterator[None]:
    try:
        yield
    except httpx2.TimeoutException as error:
        raise Failed("slow", f"{host} took too long to answer.", retry=True) from error
    except httpx2.RemoteProtocolError as error:
        raise Failed(
            "broken_off", f"The answer of {host} broke off or is none ({error}).", retry=True
        ) from error
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
        raise Failed("unreachable", f"{host} cannot be reached ({error}).", retry=True) from error
    except (UnicodeError, ValueError) as error:
        raise Failed("broken_off", f"The answer of {host} is none ({error}).") from error


def _refused(status: int, headers: Mapping[str, str]) -> Failed:
    if status in _LATER:
        return Failed(
            "busy",
            f"The server says {status}: not now.",
            retry=True,
            after=_wait(headers.get("retry-after", "")),
        )
    why = {
        401: "wants a password",
        402: "wants money",
        403: "forbids it",
        404: "has no such page",
        410: "has it no longer",
    }
    return Failed(
        "gone" if status in {404, 410} else "forbidden",
        f"The server says {status}: it {why.get(status, 'gives no page')}.",
    )


def _wait(header: str) -> float | None:
    """Seconds, or a date."""
    if header.strip().isdecimal():
        return min(float(header.strip()[:9]), LONGEST_WAIT)
    try:
        return max(0.0, min(parsedate_to_datetime(header).timestamp() - time.time(), LONGEST_WAIT))
    except (TypeError, ValueError, OverflowError):
        return None


def _encodings() -> str:
    try:
        import brotli  # noqa: F401, PLC0415  only whether it is there
    except ImportError:
        return "gzip, deflate"
    return "gzip, deflate, br"
