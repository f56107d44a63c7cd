"""Add reports of nights."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_1330"
down_revision = "2026_11_21_0430"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "night",
        sa.Column("plant", sa.String(length=100), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("plant", "day", name=op.f("pk_night")),
    )


def downgrade() -> None:
    op.drop_table("night")
