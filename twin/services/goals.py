"""A question for a plan: what to move and what for, held against what the plant's surrogate knows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from residual_models.artefact import FACTS
from residual_models.world.planning import AIMS, Goal
from twin.errors import Fault, InvalidInput, NotReady
from twin.services import plants
from twin.services.context import Context
from twin.services.models import FOLDER

LONGEST_S = 7 * 86_400.0


@dataclass(frozen=True)
class Question:
    """What to move, by tag, and what for; goals in SI."""

    plant: str
    moves: tuple[str, ...]
    goals: tuple[Goal, ...]
    hours: float = 4.0
    seed: int = 0

    @classmethod
    def of(cls, plant: str, document: Mapping[str, Any]) -> Question:
        """From JSON: moves, goals with tag, aim and value, hours, seed."""
        goals = tuple(Goal(**goal) for goal in document["goals"])
        return cls(plant, tuple(document["moves"]), goals, document["hours"], document["seed"])


def folder_of(context: Context, plant: str) -> Path:
    """Where a plant's surrogate lies, if it has one."""
    return context.home / FOLDER / plant / "surrogate"


def facts_of(context: Context, plant: str) -> dict[str, Any]:
    """What is kept beside a plant's surrogate: tags, inputs, step_s, and the errors that training found.

    Raises: NotFound; NotReady, when none was trained.
    """
    plants.get(context, plant)
    try:
        facts: dict[str, Any] = json.loads((folder_of(context, plant) / FACTS).read_text())
    except FileNotFoundError as error:
        raise NotReady(f"plant {plant!r}: has no surrogate. Run `twin surrogate train {plant}` first.") from error
    return facts


def check(question: Question, facts: Mapping[str, Any]) -> None:
    """Judge a question as far as names and ranges tell.

    Raises: InvalidInput, with all that is wrong.
    """
    inputs, tags = facts["inputs"], facts["tags"]
    faults = [Fault("move", repr(tag), f"one of {', '.join(inputs)}") for tag in question.moves if tag not in inputs]
    for goal in question.goals:
        if goal.tag not in tags:
            faults.append(Fault(f"goal {goal.aim}", repr(goal.tag), f"one of {', '.join(tags)}"))
        if goal.aim not in AIMS:
            faults.append(Fault(f"goal for {goal.tag}", repr(goal.aim), f"one of {', '.join(AIMS)}"))
        if not isfinite(goal.value):
            faults.append(Fault(f"goal for {goal.tag}", f"{goal.value:g}", "a finite number"))
    if not question.moves:
        faults.append(Fault("move", "nothing", "at least one input", f"Name one of {', '.join(inputs)}."))
    if not question.goals:
        faults.append(Fault("goal", "none", "at least one goal"))
    if not facts["step_s"] <= question.hours * 3600.0 <= LONGEST_S:
        faults.append(Fault("hours", f"{question.hours:g}", "between one sample and a week"))
    if faults:
        raise InvalidInput(faults)
