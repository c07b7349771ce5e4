"""
The exceptions, drawn as a tree. Every message ends with what to do.

    CounterclaimError
    ├── InputError          the path, row or option given cannot be used as it is
    │   └── Unreadable      one page cannot become an article (becomes a Rejection inside a run)
    ├── KnowledgeError      a knowledge file breaks its schema; carries file and line
    ├── WeightsMissing      the language weights asked for are not installed
    ├── StoreError          the database cannot be opened, read or written
    └── ExtraMissing        an optional library is needed; the message names the extra
"""

import traceback


class CounterclaimError(Exception):
    """Anything this package raises on purpose."""


class InputError(CounterclaimError):
    """What was given cannot be used as it is: a missing file, an unknown option value, a bad date."""


class Unreadable(InputError):
    """
    One page that cannot become an article; inside a run it becomes a `Rejection`.

    Args:
        reason: One or two words for counting, such as ``empty``, ``binary``, ``too_long``.
        detail: A sentence for people, ending with what to do about it.
        language: ISO 639 code, where it is in another language than is read.
    """

    def __init__(self, reason: str, detail: str, *, language: str | None = None) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.language = language

    def __reduce__(self) -> tuple[type["Unreadable"], tuple[str, str]]:
        # From one process to another it goes by what it was made of.
        return type(self), (self.reason, self.detail)


class KnowledgeError(CounterclaimError):
    """A knowledge file breaks its schema; the message names the file and the line."""


class WeightsMissing(CounterclaimError):
    """The language weights asked for are not installed."""


class StoreError(CounterclaimError):
    """The database cannot be opened, read or written."""


class ExtraMissing(CounterclaimError):
    """
    An optional library is needed.

    Args:
        library: The library that could not be imported.
        extra: The extra of this package that brings it.
    """

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(f"This needs {library}. Run: pip install 'counterclaim[{extra}]'")
        self._made_of = library, extra

    def __reduce__(self) -> tuple[type["ExtraMissing"], tuple[str, str]]:
        return type(self), self._made_of


def describe_unforeseen(error: Exception) -> str:
    """What an exception says that nobody foresaw, its type and where it was raised: what a report of it needs."""
    raised = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{raised.filename.rpartition('counterclaim/')[2]}:{raised.lineno}"
    return f"{type(error).__name__}: {error} ({where})"
