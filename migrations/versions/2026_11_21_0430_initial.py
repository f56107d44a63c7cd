"""Initial schema."""

from __future__ import annotations

from alembic import op

from twin.store.tables import all_tables

revision = "2026_11_21_0430"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    all_tables().create_all(op.get_bind())


def downgrade() -> None:
    all_tables().drop_all(op.get_bind())
