"""Add from when to when the readings lie that arrived together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_2310"
down_revision = "2026_11_21_1400"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "arrival",
        sa.Column("plant", sa.String(), nullable=False),
        sa.Column("received_us", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first_us", sa.BigInteger(), nullable=False),
        sa.Column("last_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("plant", "received_us", name=op.f("pk_arrival")),
    )


def downgrade() -> None:
    op.drop_table("arrival")
