"""What Alembic runs: the migrations that a store still lacks, on the connection that `store.schema` hands over."""

from alembic import context

from counterclaim.store.tables import metadata, schema_version

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=schema_version.name,
)
# No transaction of its own: the caller's holds all migrations, so that a store is upgraded whole or not at all.
context.run_migrations()
