"""Add what bands promised and later data delivered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_1400"
down_revision = "2026_11_21_1330"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "coverage",
        sa.Column("plant", sa.String(length=100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("start_us", sa.BigInteger(), nullable=False),
        sa.Column("end_us", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("plant", "version", "start_us", name=op.f("pk_coverage")),
    )


def downgrade() -> None:
    op.drop_table("coverage")
