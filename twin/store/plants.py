"""Tables of plants and their immutable revisions, and the queries on them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, func, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from twin.records.plant import PlantRevision
from twin.store.base import Base

NAME = String(100)


class PlantRow(Base):
    """A plant; `head` is the number of its newest revision, moved on by compare-and-set only."""

    __tablename__ = "plant"

    name: Mapped[str] = mapped_column(NAME, primary_key=True)
    head: Mapped[int]
    created_us: Mapped[int] = mapped_column(BigInteger)


class RevisionRow(Base):
    """One state of a plant's file, never changed once written."""

    __tablename__ = "plant_revision"
    __table_args__ = (CheckConstraint("revision > 0", name="ck_plant_revision_revision_positive"),)

    plant: Mapped[str] = mapped_column(NAME, ForeignKey("plant.name"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    etag: Mapped[str] = mapped_column(String(64))
    author: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    created_us: Mapped[int] = mapped_column(BigInteger)
    text: Mapped[str] = mapped_column(Text)

    def record(self) -> PlantRevision:
        """The revision without its text."""
        return PlantRevision(self.plant, self.revision, self.etag, self.author, self.reason, self.created_us)


def add_plant(session: Session, revision: PlantRevision, text: str) -> None:
    """Write a new plant with its first revision; the database refuses a name that exists."""
    session.execute(
        insert(PlantRow).values(name=revision.plant, head=revision.revision, created_us=revision.created_us)
    )
    add_revision(session, revision, text)


def add_revision(session: Session, revision: PlantRevision, text: str) -> None:
    """Write one revision."""
    session.execute(insert(RevisionRow).values(**vars(revision), text=text))


def move_head(session: Session, plant: str, *, before: int, after: int) -> bool:
    """Make `after` the newest revision if `before` still is; False when somebody else was first."""
    moved = update(PlantRow).where(PlantRow.name == plant, PlantRow.head == before).values(head=after)
    return session.execute(moved.returning(PlantRow.head)).first() is not None


def find_head(session: Session, plant: str) -> RevisionRow | None:
    """The newest revision, None if there is no such plant."""
    newest = select(RevisionRow).join(
        PlantRow, (PlantRow.name == RevisionRow.plant) & (PlantRow.head == RevisionRow.revision)
    )
    return session.scalars(newest.where(PlantRow.name == plant)).one_or_none()


def find_revision(session: Session, plant: str, revision: int) -> RevisionRow | None:
    """One revision, None if there is none of that number."""
    return session.get(RevisionRow, (plant, revision))


def list_revisions(session: Session, plant: str) -> Sequence[PlantRevision]:
    """All revisions of a plant without their texts, newest first."""
    columns = (
        RevisionRow.plant,
        RevisionRow.revision,
        RevisionRow.etag,
        RevisionRow.author,
        RevisionRow.reason,
        RevisionRow.created_us,
    )
    found = select(*columns).where(RevisionRow.plant == plant).order_by(RevisionRow.revision.desc())
    return [PlantRevision(*row) for row in session.execute(found)]


def list_heads(session: Session) -> Sequence[tuple[RevisionRow, int]]:
    """Newest revision of every plant with the plant's own creation time, by name."""
    joined = (PlantRow.name == RevisionRow.plant) & (PlantRow.head == RevisionRow.revision)
    found = select(RevisionRow, PlantRow.created_us).join(PlantRow, joined).order_by(func.lower(PlantRow.name))
    return [(row, created_us) for row, created_us in session.execute(found)]


def list_names(session: Session) -> list[str]:
    """Names of all plants."""
    return list(session.scalars(select(PlantRow.name).order_by(PlantRow.name)))
