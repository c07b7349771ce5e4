"""
How long the server waits for a client: one that never finishes asking, or never takes its answer, is let go.

Comes in: connections, as uvicorn makes them. Goes out: the same, closed after a while where the other side keeps them open and silent.
uvicorn itself only limits the time between one request and the next.
"""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

# A request is a few kilobytes; a page a few hundred.
ASKING_SECONDS = 20.0
TAKING_SECONDS = 60.0
# More than any team has tabs open; each waits with little memory of its own.
MOST_CONNECTIONS = 500
_ASKING = (h11.IDLE, h11.SEND_BODY)


class PatientProtocol(H11Protocol):
    """A connection that must have asked within `ASKING_SECONDS`, and take what it is sent within `TAKING_SECONDS`."""

    _asking: asyncio.TimerHandle | None = None
    _taking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Wait for the first request."""
        super().connection_made(transport)
        self._asking = self.loop.call_later(ASKING_SECONDS, transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Some of a request: from its first byte to its last the time runs on, however it drips."""
        super().data_received(data)
        if self.conn.their_state not in _ASKING:
            if self._asking is not None:
                self._asking.cancel()
                self._asking = None
        elif self._asking is None and not self.transport.is_closing():
            self._asking = self.loop.call_later(ASKING_SECONDS, self.transport.abort)

    def pause_writing(self) -> None:
        """The client takes less than it is sent."""
        super().pause_writing()
        if self._taking is None:
            self._taking = self.loop.call_later(TAKING_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """It takes again."""
        super().resume_writing()
        if self._taking is not None:
            self._taking.cancel()
            self._taking = None

    def _stop(self) -> None:
        for timer in (self._asking, self._taking):
            if timer is not None:
                timer.cancel()
        self._asking = self._taking = None
