"""Which contacts of a run are hits: bodies that met and should not have.

An arm may touch nothing but the box it holds, by its cup. A box on its way may touch no fixture, but for the stop that
it leans at while it goes straight up. Boxes are set down side by side, so that two may touch; the one on its way hits
the other once that no longer lies where it was set down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from physics.cell import layout
from physics.cell.chain import Floats
from physics.cell.spec import Spec

ALLOWED = frozenset({frozenset(pair) for pair in (("box", "belt"), ("box", "pallet"), ("box", "floor"), ("arm",))})
"""Kinds of bodies that may touch at any time."""
CUP = "cup"
"""The one part of the arm that may touch the box it holds."""
SHOVED_M = 0.005
"""A box that lies this far from where it was set down was pushed aside."""
UPRIGHT_M = 0.01
"""A box goes straight up while it is no farther aside than this from where it was taken."""


@dataclass
class Touch:
    """Two bodies that should not have met: in which worlds, when first, and how hard at most."""

    worlds: set[int] = field(default_factory=set)
    first_s: float = float("inf")
    force_n: float = 0.0


@dataclass(frozen=True)
class _Sight:
    """What one world shows: the box the arm holds, "" for none, whether it goes straight up, those pushed aside."""

    held: str
    rising: bool
    shoved: frozenset[str]


class Hits:
    """The hits of all worlds of one run."""

    def __init__(self, spec: Spec) -> None:
        shape = (spec.worlds, spec.box_count, 3)
        self.touches: dict[tuple[str, str], Touch] = {}
        self._stop = layout.stop(spec).name
        self._taken_m, self._rested_m = np.full(shape, np.nan), np.full(shape, np.nan)

    def look(
        self,
        now_s: float,
        kinds: dict[int, tuple[str, str]],
        contacts: tuple[NDArray[np.int64], NDArray[np.int64], Floats],
        boxes: tuple[Sequence[int], Sequence[Sequence[int]], Floats],
    ) -> None:
        """Note the hits among the contacts of now.

        Args:
            now_s: Time since the start.
            kinds: Kind and name of each link.
            contacts: Links that touch [W, N], −1 where there is none, and the forces, N.
            boxes: Which one each world's arm holds, −1 for none; which were set down; where all are, m, [W, B, 3].
        """
        sights = [
            self._sight(world, held, placed, boxes[2][world])
            for world, (held, placed) in enumerate(zip(*boxes[:2], strict=True))
        ]
        first, second, force = contacts
        for world, at in zip(*np.nonzero((first >= 0) & (second >= 0) & (force > 0.0)), strict=True):
            one, other = sorted((kinds[int(first[world, at])], kinds[int(second[world, at])]))
            if not self._matters(one, other, sights[world]):
                continue
            touch = self.touches.setdefault((one[1], other[1]), Touch())
            touch.worlds.add(int(world))
            touch.first_s = min(touch.first_s, now_s)
            touch.force_n = max(touch.force_n, float(force[world, at]))

    def _sight(self, world: int, held: int, placed: Sequence[int], places: Floats) -> _Sight:
        taken, rested = self._taken_m[world], self._rested_m[world]
        for known, boxes in ((taken, [held] if held >= 0 else []), (rested, placed)):
            new = [box for box in boxes if np.isnan(known[box, 0])]
            known[new] = places[new]
        rising = held >= 0 and float(np.linalg.norm((places - taken)[held, :2])) < UPRIGHT_M
        away = np.linalg.norm(places - rested, axis=-1) > SHOVED_M
        return _Sight(_name(held), rising, frozenset(_name(int(box)) for box in np.flatnonzero(away)))

    def _matters(self, one: tuple[str, str], other: tuple[str, str], sight: _Sight) -> bool:
        kinds, names = frozenset({one[0], other[0]}), {one[1], other[1]}
        if kinds == {"box"}:
            return sight.held in names and bool(sight.shoved & names)
        if kinds in ALLOWED:
            return False
        if "arm" in kinds:
            return not (CUP in names and sight.held in names)
        return sight.held in names and not (self._stop in names and sight.rising)


def _name(box: int) -> str:
    return f"box {box}" if box >= 0 else ""
