"""
What was asked of the events lately, for as long as the events are the same.

Comes in: what was asked, and a function that asks it. Goes out: the answer. Common questions (the briefing, a type's list) are those that find most
and take longest, and events change only when they are made anew: asking once is enough till then.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar
from weakref import WeakKeyDictionary

from counterclaim.store.events import Connection
from counterclaim.store.schema import read_events_mark

Answer = TypeVar("Answer")
# An answer is half a megabyte at most, with five hundred points for a map.
MOST = 48

_LOCK = Lock()
# By the engine that was asked.
_KNOWN: WeakKeyDictionary[object, OrderedDict[Hashable, tuple[str, object]]] = WeakKeyDictionary()


def remember(connection: Connection, asked: Hashable, make: Callable[[], Answer]) -> Answer:
    """
    The answer, from memory where the events are those it was made of. It is shared: nobody changes it.

    Args:
        asked: What tells this question from all others.
        make: Asks this connection, which sees one state of the store throughout.
    """
    mark = read_events_mark(connection)
    with _LOCK:
        known = _KNOWN.setdefault(connection.engine, OrderedDict())
        found = known.get(asked)
        if found is not None and found[0] == mark:
            known.move_to_end(asked)
            return found[1]  # type: ignore[return-value]
    answer = make()
    with _LOCK:
        known[asked] = (mark, answer)
        while len(known) > MOST:
            known.popitem(last=False)
    return answer
