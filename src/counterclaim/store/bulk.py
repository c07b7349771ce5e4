"""
Many rows at once, by the quickest way each driver knows.

Comes in: rows of one table. Goes out: nothing; they are in the connection's transaction.

SQLite's driver takes the statement and plain tuples: SQLAlchemy's own handling of each value is three quarters of the
time of an insert (measured with benchmarks/storing.py). PostgreSQL takes COPY. Any other database takes what
SQLAlchemy makes of the rows.
"""

import json
from functools import cache, lru_cache
from typing import NamedTuple

from sqlalchemy import JSON, Connection, Table, insert
from sqlalchemy.exc import DBAPIError

Values = tuple[object, ...]


class Rows(NamedTuple):
    """
    Rows of one table, as tuples of the values of these columns.

    Attributes:
        values: Lists in JSON columns are texts, as `to_json` makes them.
    """

    table: Table
    columns: tuple[str, ...]
    values: list[Values]


def insert_rows(connection: Connection, rows: Rows) -> None:
    """
    Add the rows.

    Raises:
        DBAPIError: a row breaks a rule of the table.
    """
    table, columns, values = rows
    if not values:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_insert_statement(table, columns), values)
    elif connection.dialect.driver == "psycopg":
        _copy(connection, rows)
    else:
        is_json = [isinstance(table.c[name].type, JSON) for name in columns]
        decoded = [
            {
                name: json.loads(str(value)) if coded else value
                for name, value, coded in zip(columns, row, is_json, strict=True)
            }
            for row in values
        ]
        connection.execute(insert(table), decoded)


@lru_cache(maxsize=4096)
def to_json(values: tuple[str, ...]) -> str:
    """The list as its column holds it; the same few come again and again."""
    return json.dumps(list(values))


@cache
def _insert_statement(table: Table, columns: tuple[str, ...]) -> str:
    names, marks = _list(columns), ", ".join("?" for _ in columns)
    return f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'  # noqa: S608  names from tables.py


def _copy(connection: Connection, rows: Rows) -> None:
    statement = f'COPY "{rows.table.name}" ({_list(rows.columns)}) FROM STDIN'
    error_kind = connection.dialect.loaded_dbapi.Error
    cursor = connection.connection.cursor()
    try:
        with cursor.copy(statement) as copy:
            for row in rows.values:
                copy.write_row([_without_nul(value) for value in row])
    except error_kind as error:
        raise DBAPIError(statement, None, error) from error
    finally:
        cursor.close()


def _without_nul(value: object) -> object:
    """PostgreSQL's texts hold every character but one; offsets stay as they are."""
    return value.replace("\0", "\ufffd") if isinstance(value, str) and "\0" in value else value


def _list(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
