"""Use cases of plants: create, read, change, compare and restore immutable revisions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy.exc import IntegrityError

from twin.assembly.solvable import load_solvable
from twin.errors import Conflict, Fault, InvalidInput, NotFound, Outdated
from twin.records.plant import PlantRevision
from twin.scene.compare import compare
from twin.scene.dump import document
from twin.scene.load import parse
from twin.scene.scene import Scene
from twin.scene.types import Types, installed
from twin.services.context import Context
from twin.store import plants as store

AUTHOR_LIMIT = 200


@dataclass(frozen=True)
class PlantSummary:
    """One plant in a list: its newest revision and what a list shows of it; `created_us` is the plant's own."""

    revision: PlantRevision
    site: str
    synthetic: bool
    created_us: int


def create(context: Context, text: str, *, author: str, reason: str) -> PlantRevision:
    """Add a plant from the text of its plant file.

    Raises: InvalidInput, with every fault of the file; Conflict, when the name is taken.
    """
    scene = _sound(context, text)
    revision = _revision(context, scene.plant, 1, text, author, reason)
    try:
        with context.sessions.begin() as session:
            store.add_plant(session, revision, text)
    except IntegrityError as error:
        raise Conflict(f"plant {scene.plant!r}: exists already. Change it with its ETag, or choose a name.") from error
    return revision


def get(context: Context, plant: str, revision: int | None = None) -> tuple[Scene, PlantRevision]:
    """The scene of a plant at one revision, the newest by default.

    The scene may be shared with other readers of this process: treat its mappings as read-only.
    Raises: NotFound, when plant or revision does not exist.
    """
    row = _row(context, plant, revision)
    return _scene(row.text), row.record()


def text(context: Context, plant: str, revision: int | None = None) -> tuple[str, PlantRevision]:
    """The plant file of one revision as it was written, comments and all."""
    row = _row(context, plant, revision)
    return row.text, row.record()


def update(context: Context, plant: str, text: str, *, etag: str, author: str, reason: str) -> PlantRevision:
    """Write a new revision if the writer saw the newest one; the same text again changes nothing.

    Raises: NotFound; InvalidInput, with every fault of the file; Outdated, when `etag` is not the newest revision's.
    """
    head = _row(context, plant, None)
    scene = _sound(context, text)
    if scene.plant != plant:
        fault = Fault("plant", repr(scene.plant), f"the plant's own name {plant!r}", "A new name is a new plant.")
        raise InvalidInput([fault])
    return _append(context, head, text, etag=etag, author=author, reason=reason)


def restore(context: Context, plant: str, revision: int, *, etag: str, author: str, reason: str = "") -> PlantRevision:
    """Make an old revision's text the newest revision again; nothing is rewritten.

    Raises: NotFound; Outdated, when `etag` is not the newest revision's; InvalidInput, when the old text breaks a rule
    that came later.
    """
    old = _row(context, plant, revision)
    head = _row(context, plant, None)
    _sound(context, old.text)
    reason = reason or f"Restore revision {revision}"
    return _append(context, head, old.text, etag=etag, author=author, reason=reason)


def history(context: Context, plant: str) -> tuple[PlantRevision, ...]:
    """All revisions of a plant, newest first."""
    with context.sessions() as session:
        found = tuple(store.list_revisions(session, plant))
        if not found:
            raise NotFound("plant", plant, store.list_names(session))
    return found


def diff(context: Context, plant: str, first: int, second: int) -> list[dict[str, Any]]:
    """What changed from one revision to another: rows of {op, path, old, new}, op being add, remove or change."""
    before, after = (get(context, plant, revision)[0] for revision in (first, second))
    return compare(document(before), document(after))


def list_plants(context: Context) -> tuple[PlantSummary, ...]:
    """Every plant by name."""
    with context.sessions() as session:
        rows = store.list_heads(session)
    found = [(row.record(), _scene(row.text), created_us) for row, created_us in rows]
    return tuple(PlantSummary(revision, scene.site.name, scene.synthetic, at) for revision, scene, at in found)


def types(context: Context) -> Types:
    """Component types of this installation, those in the administrator's folders included."""
    return installed(context.settings.component_folders)


def _sound(context: Context, text: str) -> Scene:
    """The scene of a text that keeps every rule, the engine's included."""
    return load_solvable(text, types=types(context))


def _row(context: Context, plant: str, revision: int | None) -> store.RevisionRow:
    with context.sessions() as session:
        if revision is None:
            row = store.find_head(session, plant)
        else:
            row = store.find_revision(session, plant, revision)
        if row is not None:
            return row
        names = store.list_names(session)
    if plant in names:
        raise NotFound("revision", f"{plant}@{revision}")
    raise NotFound("plant", plant, names)


def _append(
    context: Context, head: store.RevisionRow, text: str, *, etag: str, author: str, reason: str
) -> PlantRevision:
    if etag.strip('"') != head.etag:
        raise Outdated(f"plant {head.plant!r}: somebody wrote revision {head.revision}. Read it, then change it again.")
    if text == head.text:
        return head.record()
    revision = _revision(context, head.plant, head.revision + 1, text, author, reason)
    with context.sessions() as session:
        if not store.move_head(session, head.plant, before=head.revision, after=revision.revision):
            raise Outdated(f"plant {head.plant!r}: somebody wrote first. Read it, then change it again.")
        store.add_revision(session, revision, text)
        session.commit()
    return revision


def _revision(context: Context, plant: str, number: int, text: str, author: str, reason: str) -> PlantRevision:
    if not author.strip() or len(author) > AUTHOR_LIMIT:
        raise InvalidInput([Fault("author", repr(author), f"a name of at most {AUTHOR_LIMIT} characters")])
    etag = hashlib.sha256(text.encode()).hexdigest()
    created_us = int(context.clock().timestamp() * 1_000_000)
    return PlantRevision(plant, number, etag, author, reason, created_us)


@lru_cache(maxsize=64)
def _scene(text: str) -> Scene:
    """A stored text was sound when it was written: reading its form is enough."""
    return parse(text)[0]
