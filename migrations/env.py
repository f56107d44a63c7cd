"""Runs Alembic on the connection that `twin.services.database` hands over."""

from __future__ import annotations

from alembic import context

from twin.store.tables import all_tables

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=all_tables(), render_as_batch=True, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
