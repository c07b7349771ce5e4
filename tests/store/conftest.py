"""Every test of a store runs on a SQLite file and, where there is a server, on PostgreSQL."""

import os

import pytest
from sqlalchemy import URL, create_engine, make_url, text


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request, tmp_path):
    """Where a store may be made: nothing is there yet."""
    if request.param == "sqlite":
        return str(tmp_path / "test.db")
    url = request.getfixturevalue("database")
    engine = create_engine(url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def database() -> URL:
    """A database on the test server, one for each process that runs tests."""
    given = os.environ.get("COUNTERCLAIM_TEST_POSTGRES")
    if not given:
        pytest.skip(
            "no server: set COUNTERCLAIM_TEST_POSTGRES to the URL of a database whose user may make others"
        )
    url = make_url(given).set(drivername="postgresql+psycopg")
    name = f"counterclaim_test_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return url.set(drivername="postgresql", database=name)
