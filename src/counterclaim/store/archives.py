"""
How far web archives were read into a store: the rows of its bookmarks.

Comes in: an archive's path, and a mark of the file as it is and is to be read. Goes out: the record to go on at. What they mean, and when they
may be moved, is said in `counterclaim.bookmarks`.
"""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import delete, insert, select

from counterclaim.store import tables
from counterclaim.store.rows import make_storable
from counterclaim.store.store import Store


class Stored(NamedTuple):
    """A bookmark: at which record, and how many known pages stand before it."""

    path: str
    mark: str
    offset: int
    known: int


def find_bookmark(store: Store, path: str, mark: str) -> Stored | None:
    """The archive's, if it has one of this mark."""
    column = tables.bookmarks.c
    query = select(column.offset, column.known).where(column.id == _name(path), column.mark == mark)
    with store.read() as connection:
        found = connection.execute(query).first()
    return Stored(path, mark, *found) if found else None


def write_bookmarks(store: Store, bookmarks: Sequence[Stored]) -> None:
    """These in place of earlier ones of the same archives."""
    rows = [{**one._asdict(), "id": _name(one.path), "path": make_storable(one.path)} for one in bookmarks]
    with store.write() as connection:
        connection.execute(
            delete(tables.bookmarks).where(tables.bookmarks.c.id.in_([row["id"] for row in rows]))
        )
        connection.execute(insert(tables.bookmarks), rows)


def _name(path: str) -> str:
    return hashlib.sha256(path.encode("utf-8", "replace")).hexdigest()[:16]
