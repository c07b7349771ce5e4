"""The parts of docs/ that repeat code, printed from the code; called from the cog blocks in docs/*.md."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click

from counterclaim.cli import main
from counterclaim.gather.records.columns import FIELDS
from counterclaim.knowledge import load_table, table_names
from counterclaim.settings import SETTINGS
from counterclaim.store.tables import metadata
from counterclaim.types import Stance

ROOT = Path(__file__).parent.parent
# Help is wrapped for a page, not for the terminal of whoever runs this.
HELP_WIDTH = 100


def cli_help() -> str:
    """The help of every command, as the terminal shows it."""
    return "\n".join(_help(main, "counterclaim", None))


def settings_table() -> str:
    """Every setting with its default, environment name and meaning."""
    rows = [f"| `{s.environment}` | `{s.default}` | {s.meaning} |" for s in SETTINGS]
    return "\n".join(["| environment | default | meaning |", "|---|---|---|", *rows])


def knowledge_table() -> str:
    """Every knowledge table with its number of lines."""
    rows = [f"| `{name}.tsv` | {len(load_table(name))} |" for name in table_names()]
    return "\n".join(["| table | lines |", "|---|---|", *rows])


def input_columns() -> str:
    """The names by which the columns of a table are known, by field, best first."""
    columns: dict[str, list[str]] = {}
    for row in load_table("columns"):
        columns.setdefault(row["field"], []).append(f"`{row['column']}`")
    rows = [f"| {field} | {' '.join(columns[field])} |" for field in FIELDS]
    return "\n".join(["| field | columns, the first that is filled counts |", "|---|---|", *rows])


def codebook_types() -> str:
    """Every PLOVER type in words, with an example that the patterns are tested on."""
    rows = [
        f"| `{row['id']}` | {row['meaning']} | {_example(row['id'])} |" for row in load_table("plover/types")
    ]
    return "\n".join(["| type | what it is | example |", "|---|---|---|", *rows])


def codebook_modes() -> str:
    """Every PLOVER mode in words, with an example."""
    rows = [
        f"| `{row['type']}` | `{row['mode']}` | {row['meaning']} | {_example(row['type'], row['mode'])} |"
        for row in load_table("plover/modes")
    ]
    return "\n".join(["| type | mode | what it is | example |", "|---|---|---|---|", *rows])


def codebook_contexts() -> str:
    """Every PLOVER context in words, with an example."""
    examples: dict[str, str] = {}
    for row in load_table("events/contexts"):
        examples.setdefault(row["context"], row["example"])
    for table in PATTERNS:
        for row in load_table(table):
            for context in row.split("contexts"):
                examples.setdefault(context, row["example"])
    rows = [
        f"| `{row['id']}` | {row['meaning']} | {examples.get(row['id'], '')} |"
        for row in load_table("plover/contexts")
    ]
    return "\n".join(["| context | what it is about | example |", "|---|---|---|", *rows])


def codebook_auxiliaries() -> str:
    """Every auxiliary in words, with an example."""
    examples: dict[str, str] = {}
    for row in load_table("factuality"):
        examples.setdefault(row["effect"], row["example"])
    rows = [
        f"| `{row['id']}` | {row['meaning']} | {examples.get(row['id'], '')} |"
        for row in load_table("plover/auxiliaries")
    ]
    return "\n".join(["| auxiliary | what it says | example |", "|---|---|---|", *rows])


def codebook_stances() -> str:
    """Every stance with a cue and an example."""
    found: dict[str, tuple[str, str]] = {}
    for table in table_names():
        if table.startswith("cues/") and "stance" in dict(load_table(table)[0].cells):
            for row in load_table(table):
                if row["stance"] and row["example"]:
                    found.setdefault(row["stance"], (row["id"], row["example"]))
    rows = [f"| `{stance}` | {found[stance][1]} |" for stance in get_args(Stance) if stance in found]
    return "\n".join(["| stance | example |", "|---|---|", *rows])


def codebook_acled() -> str:
    """ACLED's sub-event types in its order, with an example."""
    examples: dict[str, str] = {}
    for row in load_table("acled/marks"):
        examples.setdefault(row["sub_event"], row["example"])
    rows = [
        f"| {row['event']} | {row['sub_event']} | {examples[row['sub_event']]} |"
        for row in load_table("formats/acled_events")
    ]
    return "\n".join(["| event type | sub-event type | example |", "|---|---|---|", *rows])


PATTERNS = ("events/verbs", "events/nouns")


def _example(kind: str, mode: str = "") -> str:
    """The first example of a pattern of this type and mode; of a type alone rather one without a mode."""
    rows = [row for table in PATTERNS for row in load_table(table) if row["type"] == kind]
    wanted = [row for row in rows if (mode in row.split("modes") if mode else not row["modes"])]
    others = [row for row in load_table("events/instruments") if mode and row["mode"] == mode]
    return next((row["example"] for row in (*wanted, *others, *(() if mode else rows))), "")


def store_schema() -> str:
    """Every table of the store with its columns and what they hold."""
    parts: list[str] = []
    for table in metadata.sorted_tables:
        parts += [f"### {table.name}", "", table.comment or "", "", "| column | type | |", "|---|---|---|"]
        parts += [f"| `{column.name}` | {column.type} | {column.comment or ''} |" for column in table.columns]
        parts.append("")
    return "\n".join(parts)


def floors_table() -> str:
    """The floors that the gate holds."""
    floors = json.loads((ROOT / "evaluation" / "floors.json").read_text(encoding="utf-8"))["floors"]
    rows = [
        f"| {name} | {key} | {value:.3f} |"
        for name, scores in floors.items()
        for key, value in scores.items()
    ]
    return "\n".join(["| scorer | measure | floor |", "|---|---|---|", *rows])


def _help(command: click.Command, path: str, parent: click.Context | None) -> Iterator[str]:
    context = click.Context(
        command,
        info_name=path.rsplit(maxsplit=1)[-1],
        parent=parent,
        max_content_width=HELP_WIDTH,
        terminal_width=HELP_WIDTH,
    )
    yield f"## {path}\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None:
                yield from _help(child, f"{path} {name}", context)
