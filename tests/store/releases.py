"""A release after this one, made up: what upgrading does is tested before there is anything to upgrade."""

import shutil

import pytest
from sqlalchemy import Column, MetaData, Text, text

from counterclaim.store import schema, tables
from counterclaim.store.opening import open_engine

SECOND = '''"""A note for each article."""

from alembic import op
from sqlalchemy import Column, Text

revision = "made_up_2"
down_revision = {first!r}


def upgrade():
    """Change the table, keeping every row."""
    op.add_column("articles", Column("note", Text))
'''
ROWS = (
    """INSERT INTO articles (id, ref, authors, updates, published_from, has_dateline, language, text, sha256, signature, recorded_at)
       VALUES ('aaaa', 'a.txt', '[]', '[]', 'given', false, 'en', 'Talks began.', 'hash-a', 'old', '2024-05-06T10:00:00Z'),
              ('bbbb', 'b.txt', '[]', '[]', 'given', false, 'en', 'Talks ended.', 'hash-b', 'old', '2024-05-07T10:00:00Z')""",
    "INSERT INTO pages (fingerprint, ref, article) VALUES ('1', 'a.txt', 'aaaa'), ('2', 'b.txt', 'bbbb')",
    """INSERT INTO decisions (event, verb, "by", reason, made_at)
       VALUES ('E1', 'merge', 'Ann', 'one round', '2024-05-09T10:00:00Z')""",
    """INSERT INTO judgements ("left", "right", "by", verdict, reason, made_at, decision)
       SELECT 'aaaa:1:MEET:x', 'bbbb:1:MEET:x', 'Ann', 'same', 'one round', '2024-05-09T10:00:00Z', id FROM decisions""",
)


def fill(location):
    """A store as this version makes it, with rows written by hand."""
    engine, _ = open_engine(location, create=True)
    with engine.connect() as plain, plain.execution_options(writes=True).begin():
        schema.make_schema(plain)
        for statement in ROWS:
            plain.execute(text(statement))
    engine.dispose()


def release(monkeypatch: pytest.MonkeyPatch, folder):
    """From here on the program is the release after this one, in which articles have a note."""
    first = schema.SCHEMA_VERSION
    shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "second.py").write_text(SECOND.format(first=first))
    changed = MetaData()
    for table in tables.metadata.sorted_tables:
        table.to_metadata(changed)
    changed.tables["articles"].append_column(Column("note", Text))
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    monkeypatch.setattr(schema, "RELEASED", (first,))
    monkeypatch.setattr(schema, "SCHEMA_VERSION", "made_up_2")
    return changed
