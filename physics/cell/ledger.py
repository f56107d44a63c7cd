"""What a run writes down while it goes: torques, energy, contacts, how boxes came up to belt speed."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from physics.cell import layout
from physics.cell.chain import Floats
from physics.cell.spec import Spec

CAUGHT_RATIO = 0.01
"""A box rides with its belt when its speed is within this share of the belt's."""
ALLOWED = frozenset(
    {frozenset(pair) for pair in (("box", "belt"), ("box", "pallet"), ("box", "floor"), ("box",), ("arm",))}
)
"""Kinds of bodies that may touch at any time."""
CUP = "cup"
"""The one part of the arm that may touch the box it holds."""


@dataclass
class Touch:
    """Two bodies that should not have met: in which worlds, when first, and how hard at most."""

    worlds: set[int] = field(default_factory=set)
    first_s: float = float("inf")
    force_n: float = 0.0


class Ledger:
    """The accounts of all worlds of one run."""

    def __init__(self, spec: Spec, joints: int) -> None:
        worlds, boxes = spec.worlds, spec.box_count
        self.spec = spec
        self.steps = np.zeros(worlds)
        self.squares = np.zeros((worlds, joints))
        self.peak_torque = np.zeros((worlds, joints))
        self.peak_speed = np.zeros((worlds, joints))
        self.peak_error = np.zeros((worlds, joints))
        self.mechanical_j = np.zeros(worlds)
        self.electrical_j = np.zeros(worlds)
        self.pull_n = np.zeros(worlds)
        self.laid_s = np.full((worlds, boxes), np.nan)
        self.laid_m = np.zeros((worlds, boxes))
        self.caught_s = np.full((worlds, boxes), np.nan)
        self.slip_m = np.full((worlds, boxes), np.nan)
        self.touches: dict[tuple[str, str], Touch] = {}
        self.along = layout.along(spec.belts[0])

    def work(self, torque: Floats, before: Floats, after: Floats, going: NDArray[np.bool_]) -> None:
        """Account for a step of the arm.

        Args:
            torque: Of each joint during the step, N·m or N, shape [W, J].
            before: Joint speeds as the step began, shape [W, J].
            after: As it ended; power is torque times the mean of both.
            going: Worlds that count, shape [W].
        """
        power, step_s = torque * (before + after) / 2, self.spec.step_s
        mask = going[:, None]
        self.steps += going
        self.squares += np.where(mask, torque**2, 0.0)
        self.peak_torque = np.maximum(self.peak_torque, np.where(mask, np.abs(torque), 0.0))
        self.peak_speed = np.maximum(self.peak_speed, np.where(mask, np.abs(after), 0.0))
        self.mechanical_j += np.where(mask, np.abs(power), 0.0).sum(axis=1) * step_s
        drawn = np.where(mask, np.maximum(power, 0.0), 0.0).sum(axis=1) / self.spec.drive.efficiency_ratio
        self.electrical_j += (drawn + going * self.spec.drive.standby_w) * step_s

    def track(self, error: Floats, going: NDArray[np.bool_]) -> None:
        """Note how far joints are from where they should be now, shape [W, J]."""
        self.peak_error = np.maximum(self.peak_error, np.where(going[:, None], np.abs(error), 0.0))

    def laid(self, world: int, box: int, now_s: float, place: Floats) -> None:
        """A box was laid at rest on the first belt."""
        self.laid_s[world, box], self.laid_m[world, box] = now_s, place @ self.along

    def ride(self, now_s: float, places: Floats, speeds: Floats) -> None:
        """See which boxes ride with the first belt by now; places and speeds [W, B, 3]."""
        belt = self.spec.belts[0].speed_m_per_s
        waiting = ~np.isnan(self.laid_s) & np.isnan(self.caught_s)
        caught = waiting & (speeds @ self.along >= (1.0 - CAUGHT_RATIO) * belt)
        since = now_s - self.laid_s
        self.slip_m[caught] = (belt * since - (places @ self.along - self.laid_m))[caught]
        self.caught_s[caught] = since[caught]

    @property
    def expects(self) -> bool:
        """Whether a box has been laid that does not ride with its belt yet."""
        return bool((~np.isnan(self.laid_s) & np.isnan(self.caught_s)).any())

    def touched(
        self,
        now_s: float,
        kinds: dict[int, tuple[str, str]],
        contacts: tuple[NDArray[np.int64], NDArray[np.int64], Floats],
        held: list[str],
    ) -> None:
        """Note contacts that should not be.

        Args:
            now_s: Time since the start.
            kinds: Kind and name of each link.
            contacts: Links that touch [W, N], −1 where there is none, and the forces, N.
            held: Name of the box that the arm of each world holds, "" for none.
        """
        first, second, force = contacts
        for world, at in zip(*np.nonzero((first >= 0) & (second >= 0) & (force > 0.0)), strict=True):
            one, other = sorted((kinds[int(first[world, at])], kinds[int(second[world, at])]))
            if not self._matters(one, other, held[world]):
                continue
            touch = self.touches.setdefault((one[1], other[1]), Touch())
            touch.worlds.add(int(world))
            touch.first_s = min(touch.first_s, now_s)
            touch.force_n = max(touch.force_n, float(force[world, at]))

    def _matters(self, one: tuple[str, str], other: tuple[str, str], held: str) -> bool:
        kinds = frozenset({one[0], other[0]})
        if kinds in ALLOWED:
            return False
        if "arm" in kinds:
            return not (CUP in (one[1], other[1]) and held in (one[1], other[1]))
        return held != "" and held in (one[1], other[1])
