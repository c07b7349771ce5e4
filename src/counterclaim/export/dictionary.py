"""
A data dictionary beside every export: ``datapackage.json``, as Frictionless and its readers take it.

Comes in: what was written, where, by which format and rule. Goes out: the file of the folder with a resource for each export in it:
what its columns hold, how it is written, its size and hash, what made it. Another export into the folder adds or replaces its own.

A ``datapackage.json`` that somebody else made is left alone: ours then stands as ``NAME.datapackage.json``.
"""

import hashlib
import json
import re
from pathlib import Path

from counterclaim import __version__
from counterclaim.export import Format
from counterclaim.export.files import write_file
from counterclaim.knowledge import load_table

NAME = "datapackage.json"
MAKER = "counterclaim"
CHUNK = 1 << 20
# How the field's tables are written: what parts their cells, whether a header names them, what stands for nothing.
_TABS = frozenset(("polecat", "gdelt", "gdelt-mentions", "phoenix"))
_HEADERLESS = frozenset(("gdelt", "gdelt-mentions", "phoenix"))
_EMPTY = {"polecat": "None"}
_KINDS = {
    "jsonl": ("jsonl", "application/x-ndjson"),
    "parquet": ("parquet", "application/vnd.apache.parquet"),
    "geojson": ("geojson", "application/geo+json"),
    "csv": ("csv", "text/csv"),
    "tsv": ("csv", "text/tab-separated-values"),
}

Json = dict[str, object]


def write_dictionary(path: Path, chosen: Format, rows: int, rule: str = "") -> Path:
    """
    Describe the file in the data package of its folder; the package's path comes back.

    Args:
        rows: How many it holds.
        rule: The resolution rule in words, where one chose.

    Raises:
        InputError: the folder takes no file.
    """
    target = path.parent / NAME
    package = _read_ours(target)
    if package is None:
        target = path.with_name(f"{path.name}.{NAME}")
        package = _read_ours(target) or {}
    listed = package.get("resources")
    others = [one for one in listed if one.get("path") != path.name] if isinstance(listed, list) else []
    resources = sorted([*others, make_resource(path, chosen, rows, rule)], key=lambda one: str(one["path"]))
    made = {
        "profile": "data-package",
        "name": _slug(path.parent.resolve().name or "export"),
        "title": "Events that news tells of, with who says so",
        "created_by": f"{MAKER} {__version__}",
        "resources": resources,
    }
    write_file(target, json.dumps(made, ensure_ascii=False, indent=2) + "\n")
    return target


def is_as_listed(path: Path) -> bool:
    """Whether the file is an export that a data package beside it lists, unchanged since: it can be made again."""
    for package in (_read_ours(path.parent / NAME), _read_ours(path.with_name(f"{path.name}.{NAME}"))):
        listed = (package or {}).get("resources")
        for one in listed if isinstance(listed, list) else ():
            if one.get("path") == path.name and one.get("bytes") == path.stat().st_size:
                return bool(one.get("hash") == f"sha256:{_hash(path)}")
    return False


def make_resource(path: Path, chosen: Format, rows: int, rule: str = "") -> Json:
    """The export as a Frictionless resource."""
    kind = "tsv" if chosen.name in _TABS else chosen.name.rpartition("-")[2]
    written, mediatype = _KINDS.get(kind, _KINDS["csv" if find_fields(chosen.name) else "jsonl"])
    fields = find_fields(chosen.name)
    made: Json = {
        "profile": "tabular-data-resource" if written == "csv" else "data-resource",
        "name": _slug(path.name),
        "path": path.name,
        "title": chosen.text,
        "description": f"{rows} {chosen.writes}. {f'Rule: {rule}' if rule else 'As they were read.'}",
        "format": written,
        "mediatype": mediatype,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{_hash(path)}",
    }
    if not chosen.is_binary:
        made["encoding"] = "utf-8"
    if written == "csv":
        tabs = chosen.name in _TABS
        made["dialect"] = {"delimiter": "\t" if tabs else ",", "header": chosen.name not in _HEADERLESS}
    if fields:
        # Lists are joined by semicolons in CSV, and lists in Parquet.
        as_text = written == "csv"
        made["schema"] = {
            "fields": [
                {**one, "type": "string"} if as_text and one["type"] == "array" else one for one in fields
            ],
            "missingValues": ["", _EMPTY[chosen.name]] if chosen.name in _EMPTY else [""],
        }
    return made


def find_fields(name: str) -> list[dict[str, str]]:
    """The columns of a table as Frictionless fields; none for a format that is no table."""
    return [
        {"name": row["column"], "type": row["type"], "description": row["meaning"]}
        for row in load_table("formats/columns")
        if row["format"] == name
    ]


def _read_ours(path: Path) -> Json | None:
    """What stands there, if we made it; nothing yet is ours too. None for anybody else's."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        return None
    ours = isinstance(found, dict) and str(found.get("created_by", "")).startswith(MAKER)
    return found if ours else None


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _slug(name: str) -> str:
    """
    A name as data packages allow it.

    >>> _slug("GED 2024.csv")
    'ged-2024.csv'
    """
    return re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-") or "export"
