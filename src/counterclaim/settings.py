"""
Every setting once: its default, the environment variable that changes it, and what it means.

Comes in: the environment. Goes out: a text or a number for the one who asks. A command's option wins
over the environment, the environment over the default.

    >>> read_setting("db", {"COUNTERCLAIM_DB": "caucasus.db"})
    'caucasus.db'
    >>> read_number("max_page_bytes", {})
    20000000

It knows no settings file: three lines in a shell profile do the same.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from counterclaim.errors import InputError


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing a user may change, and what it is when nobody does."""

    name: str
    environment: str
    default: str
    meaning: str


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "db",
        "COUNTERCLAIM_DB",
        "counterclaim.db",
        "The store that run, show and explain use: a SQLite file, or any SQLAlchemy URL.",
    ),
    Setting(
        "jobs",
        "COUNTERCLAIM_JOBS",
        "1",
        "How many processes read articles at the same time.",
    ),
    Setting(
        "max_page_bytes",
        "COUNTERCLAIM_MAX_PAGE_BYTES",
        "20000000",
        "A page larger than this is rejected as too_long instead of read.",
    ),
    Setting(
        "max_page_seconds",
        "COUNTERCLAIM_MAX_PAGE_SECONDS",
        "120",
        "In `run`, a page that takes longer is rejected as too_slow and the process that reads it replaced; 0: no limit. The longest article took 11 of one core.",
    ),
    Setting(
        "max_page_memory",
        "COUNTERCLAIM_MAX_PAGE_MEMORY",
        "2000",
        "In `run`, megabytes that a process which reads may have, weights included: a page that needs more is rejected as too_large; 0: no limit. Five hundred reports of usual length took 440, the longest article 1,010.",
    ),
    Setting(
        "max_page_tags",
        "COUNTERCLAIM_MAX_PAGE_TAGS",
        "200000",
        "An HTML page with more tags is rejected as too_complex before it is parsed: large pages have 20,000.",
    ),
    Setting(
        "max_tag_attributes",
        "COUNTERCLAIM_MAX_TAG_ATTRIBUTES",
        "250",
        "An HTML page with a tag of more attributes is rejected as too_complex: a parser's time grows with their square.",
    ),
    Setting(
        "max_article_chars",
        "COUNTERCLAIM_MAX_ARTICLE_CHARS",
        "200000",
        "An article with a longer text is rejected as too_long: no report is a tenth of it, and it would take minutes.",
    ),
    Setting(
        "min_article_words",
        "COUNTERCLAIM_MIN_ARTICLE_WORDS",
        "0",
        "An article with fewer words is rejected as too_short before it is parsed; 0 reads all.",
    ),
    Setting(
        "model",
        "COUNTERCLAIM_MODEL",
        "",
        "An installed spaCy pipeline with Universal Dependencies labels to read with; "
        "the bundled weights where empty.",
    ),
    Setting(
        "gazetteer",
        "COUNTERCLAIM_GAZETTEER",
        "",
        "A gazetteer made by `counterclaim gazetteer build` to find places in; the bundled one where empty.",
    ),
    Setting(
        "actors",
        "COUNTERCLAIM_ACTORS",
        "",
        "A table of your own actors to read with, as `counterclaim actors` describes it; none where empty.",
    ),
    Setting(
        "min_confidence",
        "COUNTERCLAIM_MIN_CONFIDENCE",
        "0.35",
        "Events less sure than this are left out; 0 keeps all that the patterns propose.",
    ),
    Setting(
        "log_format",
        "COUNTERCLAIM_LOG_FORMAT",
        "text",
        "How messages on standard error are written: text, or json for JSON Lines with time and level.",
    ),
    Setting(
        "tokens",
        "COUNTERCLAIM_TOKENS",
        "",
        "Who may correct from the pages of `counterclaim serve`: NAME:TOKEN, several apart by spaces; nobody where empty.",
    ),
    Setting(
        "corpora",
        "COUNTERCLAIM_CORPORA",
        "../shared/corpora",
        "Where the public corpora lie that training and evaluation read.",
    ),
)

_BY_NAME = {setting.name: setting for setting in SETTINGS}


def read_setting(name: str, environ: Mapping[str, str] = os.environ) -> str:
    """What the environment says, else the default; an empty variable counts as not set."""
    setting = _BY_NAME[name]
    return environ.get(setting.environment, "").strip() or setting.default


def read_share(name: str, environ: Mapping[str, str] = os.environ) -> float:
    """
    The setting as a number from 0 to 1.

    Raises:
        InputError: the environment holds something else.
    """
    text = read_setting(name, environ)
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        variable = _BY_NAME[name].environment
        raise InputError(f"{variable} is {text!r}. Set it to a number from 0 to 1, or unset it.")
    return share


def read_number(name: str, environ: Mapping[str, str] = os.environ, *, least: int = 1) -> int:
    """
    The setting as a whole number, positive unless `least` is 0.

    Raises:
        InputError: the environment holds something else.
    """
    text = read_setting(name, environ)
    if not text.replace("_", "").isdecimal() or int(text) < least:
        variable = _BY_NAME[name].environment
        above = "above zero" if least else "from zero on"
        raise InputError(f"{variable} is {text!r}. Set it to a whole number {above}, or unset it.")
    return int(text)
