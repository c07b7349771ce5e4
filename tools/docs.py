"""The parts of docs/ that repeat code, printed from the code; called from the cog blocks in docs/*.md."""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from counterclaim.cli import main
from counterclaim.gather.records.columns import FIELDS
from counterclaim.knowledge import load_table, table_names
from counterclaim.settings import SETTINGS
from counterclaim.store.tables import metadata

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
