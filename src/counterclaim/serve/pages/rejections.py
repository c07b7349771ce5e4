"""What could not be read, and why."""

from collections import Counter

from counterclaim.serve.views import Json
from counterclaim.store.events import Connection
from counterclaim.store.queries import list_rejections

SHOWN = 500


def load(connection: Connection) -> Json:
    """Pages that could not be read, by reason."""
    rows = list_rejections(connection)
    return {
        "reasons": dict(Counter(str(row["reason"]) for row in rows).most_common()),
        "rejections": rows[:SHOWN],
        "total": len(rows),
    }
