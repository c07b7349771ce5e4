"""
What the system knows, as data: one entry a line, with examples it must and must not match.

Comes in: the TSV files of this folder (UTF-8, a header line, ``#`` comments). Goes out: rows that
remember where they stand, so that `explain` can print the very line behind a value. Stages compile
rows into what they need; nothing here knows what a stage does with them.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from counterclaim.errors import KnowledgeError

FOLDER: Traversable = files("counterclaim.knowledge")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a knowledge table; ``row["column"]`` is the cell's text, empty if left blank."""

    table: str
    line: int
    values: tuple[str, ...]
    # Shared by all rows of a table: the first reading asks for some 60,000 cells.
    columns: dict[str, int] = field(repr=False, compare=False)

    def __getitem__(self, column: str) -> str:
        try:
            return self.values[self.columns[column]]
        except KeyError:
            raise KnowledgeError(
                f"{self.table}.tsv has no column {column!r}. Add it to the header line."
            ) from None

    @property
    def cells(self) -> tuple[tuple[str, str], ...]:
        """Each column's name with its cell, in the order of the header line."""
        return tuple(zip(self.columns, self.values, strict=True))

    def split(self, column: str, separator: str = ";") -> tuple[str, ...]:
        """The cell's parts, trimmed, empty ones left out."""
        cell = self[column]
        if separator not in cell:
            return (cell,) if cell else ()
        return tuple([part for raw in cell.split(separator) if (part := raw.strip())])

    @property
    def rule(self) -> str:
        """How records name this line: ``table/id``; stable when lines move."""
        return f"{self.table}/{self['id']}"


@cache
def load_table(table: str) -> tuple[Row, ...]:
    """
    The rows of ``knowledge/<table>.tsv`` in file order; ``table`` may hold a folder, as in ``events/verbs``.

    Raises:
        KnowledgeError: no such table, a line with the wrong number of cells, or an id used twice.
    """
    return tuple(_parse(table, _read(table)))


def find_row(rule: str) -> Row | None:
    """The knowledge line behind a record's ``rule``, or None where the rule is not a table's line."""
    table, _, row_id = rule.rpartition("/")
    if not table or not FOLDER.joinpath(f"{table}.tsv").is_file():
        return None
    return _by_id(table).get(row_id)


def table_names() -> tuple[str, ...]:
    """Every table of this folder, sorted, folders included (``cues``, ``events/verbs``)."""
    return tuple(sorted(_walk(FOLDER, "")))


@cache
def knowledge_hash() -> str:
    """Twelve hexadecimal digits of the SHA-256 over all tables: part of the signature of every reading."""
    digest = hashlib.sha256()
    for table in table_names():
        digest.update(table.encode())
        digest.update(FOLDER.joinpath(f"{table}.tsv").read_bytes())
    return digest.hexdigest()[:12]


@cache
def _by_id(table: str) -> dict[str, Row]:
    return {row["id"]: row for row in load_table(table)}


def _walk(folder: Traversable, prefix: str) -> Iterator[str]:
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".tsv"):
            yield prefix + entry.name.removesuffix(".tsv")


def _read(table: str) -> str:
    path = FOLDER.joinpath(f"{table}.tsv")
    if not path.is_file():
        raise KnowledgeError(f"There is no knowledge table {table!r}. Tables: {', '.join(table_names())}")
    return path.read_text(encoding="utf-8")


def _parse(table: str, text: str) -> Iterator[Row]:
    columns: dict[str, int] = {}
    seen: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line or line[0] == "#" or line.isspace():
            continue
        values = tuple(map(str.strip, line.split("\t")))
        if not columns:
            columns = {name: place for place, name in enumerate(values)}
            continue
        if len(values) > len(columns):
            raise KnowledgeError(
                f"{table}.tsv line {number}: {len(values)} cells, the header has {len(columns)}. Remove a tab."
            )
        if len(values) < len(columns):
            values += ("",) * (len(columns) - len(values))
        if "id" in columns:
            row_id = values[columns["id"]]
            if row_id in seen:
                raise KnowledgeError(
                    f"{table}.tsv line {number}: id {row_id!r} is already on line {seen[row_id]}. "
                    "Give it another."
                )
            seen[row_id] = number
        yield Row(table, number, values, columns)
