"""
What a site lets robots fetch, by its robots.txt (RFC 9309).

Comes in: an address. Goes out: whether it may be fetched, and how long the site wants to be left alone between two requests. A site without
the file forbids nothing; one whose file cannot be had for now is asked nothing for now.
"""

import time
from collections import defaultdict
from collections.abc import Callable
from threading import Lock
from typing import Any, NamedTuple
from urllib.parse import urljoin

from counterclaim.errors import ExtraMissing
from counterclaim.gather.web.addresses import host_of
from counterclaim.gather.web.failing import Failed

# RFC 9309 asks for no more and no longer.
MOST_BYTES = 500 * 1024
SECONDS = 24 * 3600.0
# Patterns with more stars than any site needs would take long to match.
MOST_STARS = 8
# Who asks for longer is asked no more often than this.
LONGEST_DELAY = 60.0


class _Rules(NamedTuple):
    parsed: Any
    until: float


class Robots:
    """
    The rules of every site asked so far.

    Args:
        fetch: Gives the bytes at an address, or raises `Failed`.
        agent: The name that rules are looked up for.
    """

    def __init__(self, fetch: Callable[[str], bytes], agent: str) -> None:
        self._fetch, self._agent = fetch, agent
        self._rules: dict[str, _Rules] = {}
        # A site's rules are fetched once, whoever wants them at the same time.
        self._locks: defaultdict[str, Lock] = defaultdict(Lock)

    def allow(self, address: str) -> bool:
        """
        Whether the site lets the address be fetched.

        Raises:
            Failed: its rules cannot be had for now.
        """
        return bool(self._find(address).can_fetch(address, self._agent))

    def find_delay(self, address: str) -> float:
        """Seconds between two requests that the site asks for; of one not asked yet none."""
        known = self._rules.get(host_of(address))
        asked = known.parsed.crawl_delay(self._agent) if known else None
        return min(float(asked or 0), LONGEST_DELAY)

    def _find(self, address: str) -> Any:
        try:
            from protego import Protego  # noqa: PLC0415  of an extra
        except ImportError as error:
            raise ExtraMissing("protego", "watch") from error
        host = host_of(address)
        with self._locks[host]:
            known = self._rules.get(host)
            if known is None or known.until < time.monotonic():
                try:
                    body = self._fetch(urljoin(address, "/robots.txt"))
                except Failed as error:
                    if error.retry or error.reason == "private":
                        raise
                    body = b""
                lines = body[:MOST_BYTES].decode("utf-8", "replace").splitlines()
                text = "\n".join(_cut(line) for line in lines)
                known = self._rules[host] = _Rules(Protego.parse(text), time.monotonic() + SECONDS)
            return known.parsed


def _cut(rule: str) -> str:
    """A rule with no more stars than are matched quickly; it is taken without its end, and so for more addresses."""
    parts = rule.split("*")
    return "*".join(parts[:MOST_STARS]) + ("*" if len(parts) > MOST_STARS else "")
