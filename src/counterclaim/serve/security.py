"""
Who may write, and what a browser may do with a page.

Comes in: tokens, as ``{"token": "name"}``. Goes out: sessions, and headers for every answer. Without tokens nobody can sign in
and the pages only show.

A session lives in this process, twelve hours at most, and is known by a cookie that scripts and other sites cannot use.
Every form of a signed-in page carries a word made from the session; a write without it is refused, as is one that a page of
another site sends. Programs send the token itself (``Authorization: Bearer …``) and need no cookie.
"""

import hashlib
import hmac
import secrets
import time
from collections.abc import Mapping

SESSION_SECONDS = 12 * 3600
COOKIE = "counterclaim"
# As long as anybody signs in by hand, and short enough that nobody fills the memory.
MOST_SESSIONS = 1000

# Scripts, styles and data come from here and nowhere else, and nothing runs that stands in a page.
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
        "worker-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """
    The sessions of one running server.

    Args:
        tokens: Each token with the name that what it writes is signed with.
    """

    def __init__(self, tokens: Mapping[str, str]) -> None:
        self._tokens = dict(tokens)
        self._secret = secrets.token_bytes(32)
        self._sessions: dict[str, tuple[str, float]] = {}

    @property
    def takes_sign_ins(self) -> bool:
        """Whether anybody can sign in."""
        return bool(self._tokens)

    def sign_in(self, token: str) -> str | None:
        """A new session's cookie; None where nobody has this token."""
        name = self._find_name(token)
        if name is None:
            return None
        now = time.monotonic()
        self._sessions = {key: one for key, one in self._sessions.items() if one[1] > now}
        while len(self._sessions) >= MOST_SESSIONS:
            self._sessions.pop(next(iter(self._sessions)))
        session = secrets.token_urlsafe(32)
        self._sessions[session] = (name, now + SESSION_SECONDS)
        return session

    def sign_out(self, session: str | None) -> None:
        """End the session, if there is one."""
        self._sessions.pop(session or "", None)

    def find_name(self, session: str | None, authorization: str | None) -> str | None:
        """Who asks: by session or by token; None for a reader."""
        if authorization and authorization[:7].lower() == "bearer ":
            return self._find_name(authorization[7:].strip())
        name, until = self._sessions.get(session or "", ("", 0.0))
        return name if until > time.monotonic() else None

    def make_word(self, session: str | None) -> str:
        """The word that this session's forms carry."""
        return hmac.new(self._secret, (session or "").encode(), hashlib.sha256).hexdigest()

    def is_own_form(self, session: str | None, word: str | None) -> bool:
        """Whether a form came from a page of this session."""
        return hmac.compare_digest(self.make_word(session).encode(), (word or "").encode())

    def _find_name(self, token: str) -> str | None:
        # Each is compared in the same time, however much of it is right.
        given = hashlib.sha256(token.encode("utf-8", "replace")).digest()
        found = None
        for known, name in self._tokens.items():
            if hmac.compare_digest(hashlib.sha256(known.encode()).digest(), given):
                found = name
        return found
