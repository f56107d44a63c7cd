"""Use case: questions about how a plant hangs together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from twin.records.plant import PlantRevision
from twin.scene import graph
from twin.services import plants
from twin.services.context import Context


class Question(StrEnum):
    """What can be asked of a plant's graph."""

    UPSTREAM = "upstream"
    DOWNSTREAM = "downstream"
    AFFECTED = "affected"
    ISLANDS = "islands"
    PATH = "path"


@dataclass(frozen=True)
class GraphAnswer:
    """Groups of asset ids (one group but for ISLANDS), nearest first, and the tags on each group."""

    revision: PlantRevision
    groups: tuple[tuple[str, ...], ...]
    tags: tuple[tuple[str, ...], ...]


def ask(context: Context, plant: str, question: Question, *, asset: str = "", other: str = "") -> GraphAnswer:
    """Answer a question about how a plant hangs together; all but ISLANDS start at `asset`, PATH ends at `other`.

    Raises: NotFound, when plant or asset is unknown or no path exists.
    """
    scene, revision = plants.get(context, plant)
    known = plants.types(context)
    if question is Question.ISLANDS:
        groups = graph.islands(scene, types=known)
    elif question is Question.PATH:
        groups = (graph.shortest_path(scene, asset, other, types=known),)
    else:
        reach = {
            Question.UPSTREAM: graph.upstream,
            Question.DOWNSTREAM: graph.downstream,
            Question.AFFECTED: graph.affected,
        }[question]
        groups = (reach(scene, asset, types=known),)
    return GraphAnswer(revision, groups, tuple(graph.tags_of(scene, group) for group in groups))
