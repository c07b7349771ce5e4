"""
Templates: what every page may use, and what no page may let through.

Comes in: a template's name and plain values. Goes out: HTML. Every text is escaped; characters that command a screen or
turn the direction of writing around are left out, as the terminal leaves them out.
"""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from counterclaim.serve import words

HOME = Path(__file__).parent
STATIC = HOME / "static"
VENDOR = STATIC / "vendor"

# As in cli/output.py: escape sequences begin with the first two kinds; the last hides or turns around what stands beside it.
_CONTROLS = [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F]
_LEFT_OUT = {code: None for code in _CONTROLS if chr(code) not in "\t\n"}


def make_environment() -> Environment:
    """The templates with their filters."""
    made = Environment(
        loader=FileSystemLoader(HOME / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_finish,
    )
    made.filters |= {
        "label": words.spell_label,
        "spelled": words.spell_codes,
        "figures": words.spell_value,
        "when": words.write_when,
        "path": lambda text: quote(str(text), safe=""),
        "web": _make_web_address,
        "parts": words.split_codes,
        "placed": lambda one: words.write_place(one["relation"], one["name"]),
        "data": _write_data,
        "field": words.name_field,
        "counted": lambda number: f"{number:,}",
    }
    made.globals |= {
        "gloss": words.gloss,
        "quads": words.list_quads(),
        "days_of": words.write_days,
        "range_of": words.write_range,
        "statuses": words.STATUSES,
        "stances": words.STANCES,
        "asset": _asset,
        "has_vendor": has_vendor(),
        "query": write_query,
    }
    return made


def has_vendor() -> bool:
    """Whether the map and the charts were fetched by the build."""
    return (VENDOR / "maplibre-gl.mjs").is_file() and (VENDOR / "plot.js").is_file()


def write_query(values: Mapping[str, object], **changed: object) -> str:
    """
    An address's query: what is set of these values, with some of them changed.

    >>> write_query({"type": ["ASSAULT"], "since": None, "order": "news"}, order="deaths")
    '?type=ASSAULT&order=deaths'
    """
    merged = {**values, **changed}
    pairs: list[tuple[str, str]] = []
    for name, value in merged.items():
        if value is None or value is False or value in ("", [], ()):
            continue
        if isinstance(value, list | tuple):
            pairs += [(name, str(one)) for one in value]
        else:
            pairs.append((name, "1" if value is True else str(value)))
    return f"?{urlencode(pairs)}" if pairs else ""


def _finish(value: object) -> object:
    if value is None:
        return ""
    # Most texts hold none of them, and asking is many times as quick as leaving out.
    if isinstance(value, str) and not isinstance(value, Markup) and not value.isprintable():
        return value.translate(_LEFT_OUT)
    return value


def _make_web_address(address: str | None) -> str:
    """The address if it is one of the web; else nothing: a `javascript:` address is no link."""
    if not address:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.netloc else ""


def _write_data(value: object) -> str:
    """JSON for an attribute, which the template escapes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@cache
def _asset(name: str) -> str:
    """The address of a file of ours: it changes with the file, so that browsers may keep it."""
    path = STATIC / name
    mark = sha256(path.read_bytes()).hexdigest()[:8] if path.is_file() else "0"
    return f"/static/{name}?{mark}"
