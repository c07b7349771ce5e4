"""Who publishes: how much, from which agencies, what is copied and what is their own."""

from counterclaim.serve.views import Json
from counterclaim.store.events import Connection
from counterclaim.store.queries import list_outlets


def load(connection: Connection) -> Json:
    """Outlets and agencies, with the share of their own reporting."""
    return {"outlets": list_outlets(connection)}
