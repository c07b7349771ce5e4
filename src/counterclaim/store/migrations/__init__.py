"""How an older store becomes one of this version: a file in `versions` for each change, applied by Alembic in order."""
