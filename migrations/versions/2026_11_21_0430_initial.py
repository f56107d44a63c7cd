"""Initial schema: plants, readings, jobs, models, outcomes, forecasts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_0430"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_api_key()
    _create_event()
    _create_feed()
    _create_forecast()
    _create_idempotent_answer()
    _create_ingest()
    _create_job()
    _create_outcome()
    _create_plant()
    _create_quarantine()
    _create_reading()
    _create_runner()
    _create_signal()
    _create_model_version()
    _create_plant_revision()


def downgrade() -> None:
    for table in (
        "plant_revision",
        "model_version",
        "signal",
        "runner",
        "reading",
        "quarantine",
        "plant",
        "outcome",
        "job",
        "ingest",
        "idempotent_answer",
        "forecast",
        "feed",
        "event",
        "api_key",
    ):
        op.drop_table(table)


def _create_api_key() -> None:
    op.create_table(
        "api_key",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("last_used_us", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
    )


def _create_event() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plant", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("asset", sa.String(), nullable=False),
        sa.Column("start_us", sa.BigInteger(), nullable=False),
        sa.Column("end_us", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("received_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint(
            "plant", "start_us", "kind", "asset", "version", name=op.f("uq_event_plant_start_us_kind_asset_version")
        ),
    )


def _create_feed() -> None:
    op.create_table(
        "feed",
        sa.Column("plant", sa.String(), nullable=False),
        sa.Column("received_us", sa.BigInteger(), nullable=False),
        sa.Column("readings", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("plant", name=op.f("pk_feed")),
    )


def _create_forecast() -> None:
    op.create_table(
        "forecast",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("plant", sa.String(length=100), nullable=False),
        sa.Column("issued_us", sa.BigInteger(), nullable=False),
        sa.Column("asset", sa.String(length=200), nullable=False),
        sa.Column("mode", sa.String(length=200), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecast")),
        sa.UniqueConstraint("plant", "issued_us", "asset", "mode", name=op.f("uq_forecast_plant_issued_us_asset_mode")),
    )
    op.create_index(op.f("ix_forecast_issued_us"), "forecast", ["issued_us"], unique=False)
    op.create_index(op.f("ix_forecast_plant"), "forecast", ["plant"], unique=False)


def _create_idempotent_answer() -> None:
    op.create_table(
        "idempotent_answer",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_idempotent_answer")),
    )
    op.create_index(op.f("ix_idempotent_answer_created_us"), "idempotent_answer", ["created_us"], unique=False)


def _create_ingest() -> None:
    op.create_table(
        "ingest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plant", sa.String(), nullable=False),
        sa.Column("file_hash", sa.String(), nullable=False),
        sa.Column("mapping_hash", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("rows_done", sa.BigInteger(), nullable=False),
        sa.Column("accepted", sa.BigInteger(), nullable=False),
        sa.Column("duplicates", sa.BigInteger(), nullable=False),
        sa.Column("quarantined", sa.BigInteger(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("started_us", sa.BigInteger(), nullable=False),
        sa.Column("finished_us", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ingest")),
        sa.UniqueConstraint("plant", "file_hash", "mapping_hash", name=op.f("uq_ingest_plant_file_hash_mapping_hash")),
    )


def _create_job() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("plant", sa.String(length=200), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("faults", sa.JSON(), nullable=False),
        sa.Column("cancel_requested", sa.Boolean(), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("started_us", sa.BigInteger(), nullable=True),
        sa.Column("finished_us", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index(op.f("ix_job_created_us"), "job", ["created_us"], unique=False)
    op.create_index(op.f("ix_job_plant"), "job", ["plant"], unique=False)
    op.create_index(op.f("ix_job_state"), "job", ["state"], unique=False)


def _create_outcome() -> None:
    op.create_table(
        "outcome",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("plant", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
    )
    op.create_index(op.f("ix_outcome_created_us"), "outcome", ["created_us"], unique=False)
    op.create_index(op.f("ix_outcome_plant"), "outcome", ["plant"], unique=False)


def _create_plant() -> None:
    op.create_table(
        "plant",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_plant")),
    )


def _create_quarantine() -> None:
    op.create_table(
        "quarantine",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plant", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=16), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("row", sa.BigInteger(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("time", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("time_us", sa.BigInteger(), nullable=True),
        sa.Column("received_us", sa.BigInteger(), nullable=False),
        sa.Column("resolved_us", sa.BigInteger(), nullable=True),
        sa.Column("resolution", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine")),
        sa.UniqueConstraint("plant", "digest", name=op.f("uq_quarantine_plant_digest")),
    )


def _create_reading() -> None:
    op.create_table(
        "reading",
        sa.Column("signal_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("time_us", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("quality", sa.SmallInteger(), nullable=False),
        sa.Column("received_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("signal_id", "time_us", "version", name=op.f("pk_reading")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_reading_corrected",
        "reading",
        ["signal_id", "time_us"],
        unique=False,
        sqlite_where=sa.text("version > 1"),
        postgresql_where=sa.text("version > 1"),
    )


def _create_runner() -> None:
    op.create_table(
        "runner",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("seen_us", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runner")),
    )


def _create_signal() -> None:
    op.create_table(
        "signal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plant", sa.String(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal")),
        sa.UniqueConstraint("plant", "tag", name=op.f("uq_signal_plant_tag")),
    )


def _create_model_version() -> None:
    op.create_table(
        "model_version",
        sa.Column("plant", sa.String(length=100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("scene_revision", sa.Integer(), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("job", sa.String(length=200), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["plant"], ["plant.name"], name=op.f("fk_model_version_plant_plant")),
        sa.PrimaryKeyConstraint("plant", "version", name=op.f("pk_model_version")),
    )
    op.create_index(
        "uq_model_version_champion",
        "model_version",
        ["plant"],
        unique=True,
        sqlite_where=sa.text("status = 'champion'"),
        postgresql_where=sa.text("status = 'champion'"),
    )
    op.create_index("uq_model_version_job", "model_version", ["plant", "job"], unique=True)


def _create_plant_revision() -> None:
    op.create_table(
        "plant_revision",
        sa.Column("plant", sa.String(length=100), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("etag", sa.String(length=64), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_us", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("revision > 0", name="ck_plant_revision_revision_positive"),
        sa.ForeignKeyConstraint(["plant"], ["plant.name"], name=op.f("fk_plant_revision_plant_plant")),
        sa.PrimaryKeyConstraint("plant", "revision", name=op.f("pk_plant_revision")),
    )
