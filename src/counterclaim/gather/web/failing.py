"""An address that gave no page."""

from counterclaim.errors import Unreadable


class Failed(Unreadable):
    """
    An address that gave no page.

    Args:
        reason, detail: As of `Unreadable`.
        retry: Whether it may give one later.
        after: The seconds to wait that the server asked for.
    """

    def __init__(self, reason: str, detail: str, *, retry: bool = False, after: float | None = None) -> None:
        super().__init__(reason, detail)
        self.retry = retry
        self.after = after
