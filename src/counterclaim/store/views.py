"""
Views: what people who query a store by hand would otherwise join again and again. They hold no rows of their own.

Each is a query of SQLAlchemy, so that it is right on SQLite and on PostgreSQL. A view may use those above it.
"""

from sqlalchemy import ClauseElement, Connection, Dialect

# Name to query: `VIEWS["..."] = select(...)`.
VIEWS: dict[str, ClauseElement] = {}


def make_views(connection: Connection) -> None:
    """Make them all; none may be there."""
    for name, query in VIEWS.items():
        connection.exec_driver_sql(f"CREATE VIEW {name} AS {write_query(query, connection.dialect)}")


def drop_views(connection: Connection) -> None:
    """Drop them all, those that use others first."""
    for name in reversed(VIEWS):
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")


def write_query(query: ClauseElement, dialect: Dialect) -> str:
    """The query in the dialect, with its values in it."""
    return str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
