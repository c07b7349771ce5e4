"""
Decisions that can be taken back, rules' judgements that say why they no longer hold, and pages' hashes.

A person's judgement on two tellings, as first stores kept it, becomes a decision of its own.
"""

from alembic import op
from sqlalchemy import (
    Column,
    Float,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    column,
    select,
    table,
)

revision = "2"
down_revision = "1"

_VERBS = {"same": "merge", "different": "split", "unsure": "unsure"}


def upgrade() -> None:
    """Change the tables, keeping every row."""
    _give_pages_their_own_hash()
    _make_judgements_revocable()
    # The version now stands in Alembic's own table.
    op.execute("DELETE FROM counterclaim WHERE name = 'schema_version'")
    op.execute("INSERT INTO counterclaim (name, value) VALUES ('generation', '0')")
    if op.get_bind().dialect.supports_comments:
        op.create_table_comment(
            "counterclaim",
            "What this store is, and its generation: a number that grows with every change to what was read or judged",
            existing_comment="What this store is: schema_version",
        )


def _give_pages_their_own_hash() -> None:
    for name, length, comment in (
        ("sha256", 64, "Of the bytes alone; empty where an earlier version did not keep it"),
        ("fetched_at", 25, "ISO date-time, UTC; empty for what came as a file"),
        ("recorded_at", 25, "When this store first saw it; ISO date-time, UTC"),
    ):
        op.add_column("pages", Column(name, String(length), nullable=True, comment=comment))
    # An article keeps the hash of one page. Where it has several, which of them is not known.
    op.execute(
        """
        UPDATE pages SET
          sha256 = (SELECT sha256 FROM articles WHERE articles.id = pages.article),
          recorded_at = (SELECT recorded_at FROM articles WHERE articles.id = pages.article)
        WHERE article IN (SELECT article FROM pages GROUP BY article HAVING count(*) = 1)
        """
    )


def _make_judgements_revocable() -> None:
    first = table(
        "judgements",
        *(column(name) for name in ("left", "right", "by", "verdict", "score", "reason", "made_at")),
    )
    query = select(first).order_by(first.c.made_at, first.c.left, first.c.right, first.c.by)
    kept = [dict(row) for row in op.get_bind().execute(query).mappings()]
    op.drop_table("judgements")
    decisions = op.create_table(
        "decisions",
        Column("id", Integer(), nullable=False),
        Column(
            "event", String(12), nullable=False, comment="What it was about, as the event was called then"
        ),
        Column("verb", String(6), nullable=False, comment="merge, split or unsure"),
        Column("by", String(64), nullable=False, comment="Who decided"),
        Column("reason", Text(), nullable=False),
        Column("made_at", String(25), nullable=False, comment="ISO date-time, UTC"),
        Column(
            "undone_at", String(25), nullable=True, comment="When it was taken back; empty while it holds"
        ),
        Column("undone_by", String(64), nullable=True),
        PrimaryKeyConstraint("id"),
        comment="What people decided about events; nothing is ever deleted",
    )
    judgements = op.create_table(
        "judgements",
        Column("id", Integer(), nullable=False),
        Column("left", String(200), nullable=False, comment="Anchor of one telling"),
        Column("right", String(200), nullable=False, comment="Anchor of the other"),
        Column("by", String(64), nullable=False, comment="rule, or a person's name"),
        Column("verdict", String(9), nullable=False, comment="same, different or unsure"),
        Column("score", Float(), nullable=True),
        Column("reason", Text(), nullable=False),
        Column("made_at", String(25), nullable=False, comment="For a rule, when it first joined the two"),
        Column(
            "decision",
            Integer(),
            nullable=True,
            comment="The decision it is part of; empty for a rule. Of two on one pair the later holds",
        ),
        Column(
            "overturned_at",
            String(25),
            nullable=True,
            comment="When a later fusion put the two into different events",
        ),
        Column("overturned_because", Text(), nullable=True),
        ForeignKeyConstraint(["decision"], ["decisions.id"], ondelete="CASCADE"),
        PrimaryKeyConstraint("id"),
        comment="Which tellings are of one event: a person's outlive every run; a rule's that is overturned says why",
    )
    op.create_index("ix_judgements_left", "judgements", ["left"])
    op.create_index("ix_judgements_right", "judgements", ["right"])
    op.create_index("ix_judgements_decision", "judgements", ["decision"])
    _keep(decisions, judgements, kept)


def _keep(decisions: Table, judgements: Table, kept: list[dict[str, object]]) -> None:
    connection = op.get_bind()
    for row in kept:
        decision = None
        if row["by"] != "rule":
            made = connection.execute(
                decisions.insert().values(
                    event="",
                    verb=_VERBS[str(row["verdict"])],
                    **{name: row[name] for name in ("by", "reason", "made_at")},
                )
            )
            (decision,) = made.inserted_primary_key or (None,)
        row["decision"] = decision
    if kept:
        op.bulk_insert(judgements, kept)
