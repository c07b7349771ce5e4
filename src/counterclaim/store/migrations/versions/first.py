"""
The tables of the first release: what every later migration starts from.

Until that release they are those of `store.tables`, whatever these are; the release writes them out here, and from then on
whoever changes a table adds a migration.
"""

from alembic import op

from counterclaim.store.schema import name_development
from counterclaim.store.tables import metadata

revision = name_development()
down_revision = None


def upgrade() -> None:
    """Make them all, empty."""
    metadata.create_all(op.get_bind())
