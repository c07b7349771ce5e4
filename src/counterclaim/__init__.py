"""
Reads news of conflict and diplomacy into events in which every value keeps who said it.

    from counterclaim import load_language, read_text

    reading = read_text(text, load_language(), published="2022-09-14")

The names below are loaded when first used, so that importing the package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from counterclaim.errors import CounterclaimError as CounterclaimError
    from counterclaim.export.reading import to_json as to_json
    from counterclaim.gather import to_article as to_article
    from counterclaim.gather.pages import find_pages as find_pages
    from counterclaim.pipeline import read_article as read_article
    from counterclaim.pipeline import read_text as read_text
    from counterclaim.read.parse import load_language as load_language
    from counterclaim.types import Article as Article
    from counterclaim.types import Claim as Claim
    from counterclaim.types import Page as Page
    from counterclaim.types import Reading as Reading
    from counterclaim.types import Rejection as Rejection

_HOME = {
    "Article": "types",
    "Claim": "types",
    "CounterclaimError": "errors",
    "Page": "types",
    "Reading": "types",
    "Rejection": "types",
    "find_pages": "gather.pages",
    "load_language": "read.parse",
    "read_article": "pipeline",
    "read_text": "pipeline",
    "to_article": "gather",
    "to_json": "export.reading",
}
__all__ = ["__version__", *_HOME]  # noqa: PLE0604  # every key of _HOME is a name; the test of exports checks each


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(f"counterclaim.{_HOME[name]}"), name)
    raise AttributeError(f"module 'counterclaim' has no attribute {name!r}")
