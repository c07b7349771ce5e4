"""
Reads news of conflict and diplomacy into events in which every value keeps who said it.

    from counterclaim import claims_table, read_many, read_text

    reading = read_text("The army said rebels had killed 12 soldiers.", published="2022-09-14")
    rows = claims_table(read_many(["articles/"]))

docs/api.md has a line to run for each name.

The names below are loaded when first used, so that importing the package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from counterclaim.errors import CounterclaimError as CounterclaimError
    from counterclaim.export.reading import to_json as to_json
    from counterclaim.export.tables import claims_table as claims_table
    from counterclaim.export.tables import events_table as events_table
    from counterclaim.export.writing import export_store as export_store
    from counterclaim.fusing import fuse_store as fuse_store
    from counterclaim.gather import to_article as to_article
    from counterclaim.gather.pages import find_pages as find_pages
    from counterclaim.pipeline import fuse_readings as fuse_readings
    from counterclaim.pipeline import read_article as read_article
    from counterclaim.pipeline import read_many as read_many
    from counterclaim.pipeline import read_text as read_text
    from counterclaim.read.parse import load_language as load_language
    from counterclaim.running import run as run
    from counterclaim.store.store import open_store as open_store
    from counterclaim.types import Article as Article
    from counterclaim.types import Claim as Claim
    from counterclaim.types import EventMention as EventMention
    from counterclaim.types import Page as Page
    from counterclaim.types import Reading as Reading
    from counterclaim.types import Rejection as Rejection

_HOME = {
    "Article": "types",
    "Claim": "types",
    "CounterclaimError": "errors",
    "EventMention": "types",
    "Page": "types",
    "Reading": "types",
    "Rejection": "types",
    "claims_table": "export.tables",
    "events_table": "export.tables",
    "export_store": "export.writing",
    "find_pages": "gather.pages",
    "fuse_readings": "pipeline",
    "fuse_store": "fusing",
    "load_language": "read.parse",
    "open_store": "store.store",
    "read_article": "pipeline",
    "read_many": "pipeline",
    "read_text": "pipeline",
    "run": "running",
    "to_article": "gather",
    "to_json": "export.reading",
}
__all__ = ["__version__", *_HOME]  # noqa: PLE0604  # every key of _HOME is a name; the test of exports checks each


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(f"counterclaim.{_HOME[name]}"), name)
    raise AttributeError(f"module 'counterclaim' has no attribute {name!r}")
