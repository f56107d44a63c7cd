"""What a run writes down while it goes: torques, energy, hits, how boxes came up to belt speed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from physics.cell import layout
from physics.cell.chain import Floats
from physics.cell.hits import Hits
from physics.cell.spec import Spec

CAUGHT_RATIO = 0.01
"""A box rides with its belt when its speed is within this share of the belt's."""


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
        self.hits = Hits(spec)
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
