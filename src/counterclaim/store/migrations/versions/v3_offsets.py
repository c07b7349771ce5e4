"""
What a report says of being beside a place: near it, how far, to which side, between two.

Places read before are left at it: reading the articles again tells more.
"""

from alembic import op
from sqlalchemy import Column, Float, String, Text

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """Change the tables, keeping every row."""
    op.add_column(
        "places",
        Column(
            "relation",
            String(7),
            nullable=False,
            server_default="at",
            comment="at, near, between or border: what the text says of being beside it",
        ),
    )
    op.add_column("places", Column("distance_km", Float, comment="How far from it, where the text says so"))
    op.add_column(
        "places", Column("direction", String(9), comment="To which side of it, where the text says so")
    )
    op.add_column("places", Column("other", Text, comment="The other place of between or border"))
