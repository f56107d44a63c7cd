"""The arm's ways: from above the stop to a box, with it to its slot, and back, around what stands between.

Where the straight way meets a fixture, the arm goes higher, then also nearer to its base, until the way is free.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from physics.cell import inverse, layout
from physics.cell.chain import Chain, Floats, tool
from physics.cell.obstacles import met
from physics.cell.path import Path, plan
from physics.cell.spec import Spec

GAP_M = 0.002
"""Between cup and box when it grips, and under a box when it is let go: a cup's lip bridges it."""
DOWN = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Shares of the way down at which the spline is held: with five it stays within some 2 mm of the vertical, with three
within 17 mm, which pushes neighbours over (boxes of 0.2 m, 16 to a layer)."""
QUARTERS = np.array([0.0, np.pi / 2, np.pi, -np.pi / 2])
"""A round cup may hold a box at any turn; these four are tried."""
HIGHER_M, NEARER = (0.15, 0.3, 0.5), (None, 0.6)
"""Detours: this much above the usual height, and halfway at this share of the distance from the base."""
EVERY = 3
"""Rows of a path between two looks: some 4 cm where an arm is fastest."""


@dataclass(frozen=True)
class Reach:
    """What the arm can get at: the box at the stop, each slot [N], and by slot the fixture that no way leads around."""

    stop: bool
    slots: NDArray[np.bool_]
    blocked: Mapping[int, str]


class Planner:
    """Postures and paths of one cell; computed once where they are alike for all worlds."""

    def __init__(self, spec: Spec, chain: Chain) -> None:
        """Find home, the turn of the cup on a box that reaches most slots, and the ways to them.

        Args:
            spec: The cell.
            chain: Its arm with the gripper, at its ready posture.
        """
        self.spec, self.chain = spec, chain
        self.slots = layout.slots_m(spec)
        self.top_m = spec.boxes.size_m[2] / 2 + GAP_M
        self.heading = layout.heading_rad(spec.belts[-1])
        found = [self._ways(quarter) for quarter in QUARTERS]
        best = max(range(len(found)), key=lambda at: self._worth(found[at]))
        self.quarter = float(QUARTERS[best])
        self.home, stop, self.downs = found[best]
        self.detours: list[list[list[Floats]]] = [[] for _slot in self.slots]
        blocked = self._find_detours() if stop else {}
        self.reach = Reach(stop, np.array([bool(ways) for ways in self.downs]), blocked)

    def to_box(self, position: Floats, centre_m: Floats, yaw_rad: float) -> Path | None:
        """From a posture to the top of a box; None where no posture reaches it."""
        turn = self.heading + _half_turn(yaw_rad - self.heading) + self.quarter
        ways, good = self._line(centre_m[None], turn, self._safe_m(centre_m[2]), self.home[None])
        return self._plan([position, *ways[0, 1:]]) if good[0] else None

    def to_slot(self, position: Floats, centre_m: Floats, yaw_rad: float, slot: int) -> tuple[Path, int] | None:
        """With a box from the stop to its slot, and which of the slot's ways it takes."""
        height = max(self._safe_m(centre_m[2]), self._safe_m(self.slots[slot][2] + self.spec.boxes.size_m[2]))
        turn = self.heading + _half_turn(yaw_rad - self.heading) + self.quarter
        ups, good = self._line(centre_m[None], turn, height, self.home[None])
        if not good[0] or not self.downs[slot]:
            return None
        ways = zip(self.detours[slot], self.downs[slot], strict=True)
        paths = [self._plan([position, *ups[0, -2::-1], *detour, *down]) for detour, down in ways]
        best = min(range(len(paths)), key=lambda at: paths[at].duration_s)
        return paths[best], best

    def back(self, position: Floats, slot: int, way: int) -> Path:
        """From a slot to above the stop."""
        return self._plan([position, *self.downs[slot][way][-2::-1], *self.detours[slot][way][::-1], self.home])

    def _find_detours(self) -> dict[int, str]:
        """Give each way to a slot its detour, drop ways that have none; by slot what is met where no way is left."""
        centre, blocked = layout.stopped_m(self.spec), {}
        ups = self._line(centre[None], self.heading + self.quarter, self._safe_m(centre[2]), self.home[None])[0][0]
        for slot, ways in enumerate(self.downs):
            kept, first = [], ""
            for down in ways:
                for detour in self._detours(ups[0], down[0]):
                    name = self._met(ups, detour, down)
                    if not name:
                        kept.append(down)
                        self.detours[slot].append(detour)
                        break
                    first = first or name
            if first and not kept:
                blocked[slot] = first
            self.downs[slot] = kept
        return blocked

    def _detours(self, begin: Floats, end: Floats) -> Iterator[list[Floats]]:
        """Postures between those above the stop and above a slot: none, then higher ones, then nearer to the base."""
        yield []
        ends = np.stack([begin, end])
        tips, axes = tool(self.chain, ends)
        base = np.array([*self.spec.arm.position_m[:2], 0.0])
        for nearer in NEARER:
            for higher_m in HIGHER_M:
                high, good = inverse.solve(self.chain, tips + [0.0, 0.0, higher_m], axes, ends)
                if not good.all():
                    continue
                if nearer is None:
                    yield [high[0], high[1]]
                    continue
                middle = tool(self.chain, high.mean(axis=0)[None])
                tip = base + (middle[0] - base) * [nearer, nearer, 1.0]
                between, there = inverse.solve(self.chain, tip, axes[:1], high.mean(axis=0)[None])
                if there[0]:
                    yield [high[0], between[0], high[1]]

    def _met(self, ups: Floats, detour: list[Floats], down: Floats) -> str:
        """The fixture that is met on the way to a slot with a box, or on the way back without."""
        there, back = self._plan([*ups[::-1], *detour, *down]), self._plan([*down[::-1], *detour[::-1], self.home])
        facts = {"gap_m": GAP_M, "quarter": self.quarter}
        fixtures, size_m = self.spec.fixtures, self.spec.boxes.size_m
        return met(self.chain, there.position[::EVERY], fixtures, box_m=size_m, **facts) or met(
            self.chain, back.position[::EVERY], fixtures, box_m=None, **facts
        )

    def _plan(self, postures: list[Floats]) -> Path:
        motion = self.spec.motion
        return plan(self.chain, np.stack(postures), step_s=self.spec.step_s, speed_ratio=motion.speed_ratio)

    def _safe_m(self, height_m: float) -> float:
        return height_m + self.spec.motion.clearance_m

    def _line(
        self, centres_m: Floats, turn_rad: float, height_m: float | Floats, start: Floats
    ) -> tuple[Floats, NDArray[np.bool_]]:
        """Postures straight down onto boxes: from safe height to the top, shape [N, D, J]; where that goes [N]."""
        axes = inverse.down(np.broadcast_to(turn_rad, len(centres_m)))
        good, found = np.ones(len(centres_m), dtype=bool), []
        for share in DOWN:
            tips = centres_m.copy()
            tips[:, 2] = height_m + share * (centres_m[:, 2] - height_m) + self.top_m
            start, there = inverse.solve(self.chain, tips, axes, start)
            found.append(start)
            good &= there
        return np.stack(found, axis=1), good

    def _ways(self, quarter: float) -> tuple[Floats, bool, list[list[Floats]]]:
        """With this turn of the cup on a box: home, whether the stop is reached, and for each slot the ways down to it.

        A slot has at most two ways, since a box looks the same from both ends; none where it is out of reach.
        """
        spec, centre = self.spec, layout.stopped_m(self.spec)
        safe = centre + np.array([0.0, 0.0, self.top_m + spec.motion.clearance_m])
        axes = inverse.down(np.array([self.heading + quarter]))
        home, good = inverse.search(self.chain, safe[None], axes, self.chain.reference[None], seed=spec.seed)
        stop = good & self._line(centre[None], self.heading + quarter, self._safe_m(centre[2]), home)[1]
        downs: list[list[Floats]] = [[] for _slot in self.slots]
        height = np.maximum(self.slots[:, 2] + spec.boxes.size_m[2], centre[2]) + spec.motion.clearance_m
        above = np.column_stack([self.slots[:, :2], height + self.top_m])
        for end in (0.0, np.pi):
            turn = spec.pallet.yaw_rad + quarter + end
            axes = inverse.down(np.broadcast_to(turn, len(self.slots)))
            start, over = inverse.search(self.chain, above, axes, self._turned(home[0]), seed=spec.seed)
            lines, there = self._line(self.slots + np.array([0.0, 0.0, GAP_M]), turn, height, start)
            for slot in np.flatnonzero(over & there):
                downs[slot].append(lines[slot])
        return home[0], bool(stop[0]), downs

    def _turned(self, home: Floats) -> Floats:
        """Postures to begin from, [N, J]: home, turned about an upright first joint until the arm faces each slot.

        So an arm swings round its base to the pallet and does not fold over its head.
        """
        starts = np.repeat(home[None], len(self.slots), axis=0)
        upright = self.chain.axis[0, 2]
        if self.chain.slides[0] or abs(upright) < 0.99:
            return starts
        base, stop = self.chain.anchor_m[0], layout.stopped_m(self.spec)
        faces = np.arctan2(self.slots[:, 1] - base[1], self.slots[:, 0] - base[0])
        swing = faces - np.arctan2(stop[1] - base[1], stop[0] - base[0])
        swing = np.sign(upright) * ((swing + np.pi) % (2 * np.pi) - np.pi)
        low, high = self.chain.low[0], self.chain.high[0]
        around = np.where(swing > 0, swing - 2 * np.pi, swing + 2 * np.pi)
        inside = (home[0] + swing >= low) & (home[0] + swing <= high)
        starts[:, 0] += np.where(inside, swing, around)
        return starts

    def _worth(self, found: tuple[Floats, bool, list[list[Floats]]]) -> tuple[int, float]:
        """How good a turn of the cup is: slots and stop reached, then how little the joints travel."""
        home, stop, downs = found
        travel = [min(float(np.abs(way[0] - home).max()) for way in ways) for ways in downs if ways]
        return len(travel) + len(downs) * int(stop), -sum(travel)


def _half_turn(angle_rad: float) -> float:
    """The same axis within a quarter of a turn: a box looks the same from both ends."""
    return float((angle_rad + np.pi / 2) % np.pi - np.pi / 2)
