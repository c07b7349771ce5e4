"""
How far web archives are read into a store, so that a run which was stopped goes on at the record where it was.

Comes in: what `running.run` looks at, and what becomes of it. Goes out: the offset at which reading an archive begins. A bookmark stands at the
last record before which everything is settled: read and stored, or refused for good. What another run may read, because it was too slow or
a library was missing, keeps the bookmark where it is. A file that changed, or that is to be read otherwise, is begun anew.

    >>> from counterclaim.store.store import open_store
    >>> with open_store(":memory:", create=True) as store:
    ...     Bookmarks(store).find_start(__file__)
    0
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from counterclaim.gather.archives import find_place
from counterclaim.settings import SETTINGS, read_setting
from counterclaim.store.archives import Stored, find_bookmark, write_bookmarks
from counterclaim.store.store import Store

# Reasons of rejections that another run may not give.
FOR_NOW = frozenset(("too_slow", "too_large", "killed", "extra_missing"))
# Settings that decide which pages are refused.
_LIMITS = ("max_page_", "max_tag_", "max_article_", "min_article_")


@dataclass(slots=True)
class _Entry:
    """A page or rejection of an archive, in the order of its records."""

    path: str
    offset: int
    settled: bool = False
    is_known: bool = False
    again: bool = False


@dataclass(slots=True)
class _Bookmark:
    mark: str
    offset: int
    known: int
    # Pages known at the record itself, which is looked at again.
    here: int = 0
    stands: bool = False


class Bookmarks:
    """
    The bookmarks of one run.

    Args:
        how: What the user said of the pages, which decides what becomes of them.
        say: Told where reading goes on.
    """

    def __init__(self, store: Store, how: str = "", say: Callable[[str], None] = lambda _: None) -> None:
        self._store, self._say = store, say
        limits = (read_setting(one.name) for one in SETTINGS if one.name.startswith(_LIMITS))
        self._how = "\n".join((how, *limits))
        # Of the readings; before the first archive is opened.
        self.signature = ""
        self._entries: dict[str, _Entry] = {}
        self._at: dict[str, _Bookmark] = {}
        self._moved: set[str] = set()
        self._passed = 0

    def find_start(self, path: str) -> int:
        """The offset of the record at which reading the archive begins."""
        mark = self._mark(path)
        found = find_bookmark(self._store, path, mark) or Stored(path, mark, 0, 0)
        self._at[path] = _Bookmark(mark, found.offset, found.known)
        if found.offset:
            self._passed += found.known
            self._say(f"{path}: read on from byte {found.offset:,}, where an earlier run came to.")
        return found.offset

    def take_passed(self) -> int:
        """How many known pages were passed over since this was last asked."""
        passed, self._passed = self._passed, 0
        return passed

    def begin(self, ref: str) -> None:
        """A page or rejection comes, in the order of its archive."""
        place = find_place(ref)
        if place is not None and place.path in self._at:
            self._entries[ref] = _Entry(place.path, place.offset)

    def settle(self, ref: str, reason: str | None = None) -> None:
        """It is known or read; or refused for that reason. Only then may `write` be called when the store holds it."""
        entry = self._entries.get(ref)
        if entry is not None:
            entry.settled, entry.is_known, entry.again = True, reason is None, reason in FOR_NOW

    def write(self) -> None:
        """Move the bookmarks over what is settled; all of it must be in the store."""
        while self._entries:
            ref, entry = next(iter(self._entries.items()))
            if not entry.settled:
                break
            del self._entries[ref]
            self._move(entry)
        if self._moved:
            at = [(path, self._at[path]) for path in sorted(self._moved)]
            write_bookmarks(self._store, [Stored(path, one.mark, one.offset, one.known) for path, one in at])
            self._moved.clear()

    def _move(self, entry: _Entry) -> None:
        bookmark = self._at[entry.path]
        if bookmark.stands:
            return
        bookmark.stands = entry.again
        if entry.offset > bookmark.offset:
            bookmark.offset, bookmark.known, bookmark.here = entry.offset, bookmark.known + bookmark.here, 0
        # Of a file in one piece all records are at its beginning, and all of them are looked at again.
        bookmark.here += entry.is_known
        self._moved.add(entry.path)

    def _mark(self, path: str) -> str:
        found = Path(path).stat()
        about = (path, str(found.st_size), str(found.st_mtime_ns), self._how, self.signature)
        return hashlib.sha256("\n".join(about).encode("utf-8", "replace")).hexdigest()[:16]
