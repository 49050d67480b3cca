"""What Alembic runs: the migrations of a schema, on the connection that its database hands over."""

from alembic import context

given = context.config.attributes
context.configure(connection=given["connection"], target_metadata=given["tables"])
with context.begin_transaction():
    context.run_migrations()
