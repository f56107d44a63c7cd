"""One run of a cell: all worlds step by step, from the first box to the last."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from physics.cell import arm_model, layout
from physics.cell.chain import Chain, Floats
from physics.cell.draws import Draws, draw
from physics.cell.dynamics import GRAVITY_M_PER_S2, torques
from physics.cell.ledger import Ledger
from physics.cell.planner import Planner
from physics.cell.spec import Spec
from physics.cell.stage import Stage
from physics.cell.worker import PATIENCE_S, Phase, Worker

LOOK_EVERY = 4
"""Steps between two looks at contacts and boxes that wait; 20 ms at the usual step."""

Tell = Callable[[float, str], None]


@dataclass(frozen=True)
class Run:
    """All that a run leaves: who did what when, the accounts, where boxes ended, pictures."""

    spec: Spec
    draws: Draws
    chain: Chain
    planner: Planner
    workers: list[Worker]
    ledger: Ledger
    places_m: Floats
    frames: list[NDArray[np.uint8]]
    time_s: float


class NothingInReach(ValueError):  # noqa: N818 (it names what happened)
    """The arm reaches neither the stop nor a slot; the message says which."""


def run(spec: Spec, folder: Path, tell: Tell) -> Run:
    """Simulate a cell.

    Args:
        spec: The cell.
        folder: Scratch space.
        tell: Called with the share done and a text.
    Raises: NothingInReach; NoSerialArm.
    """
    draws = draw(spec)
    tell(0.0, "building the scene")
    stage = Stage(spec, draws, folder)
    stage.build()
    tell(0.15, "looking for ways")
    joints, chain = _arm(stage)
    planner = Planner(spec, chain)
    if not planner.reach.stop or not planner.reach.slots.any():
        raise NothingInReach(_nothing(planner))
    stage.set_posture(joints, np.repeat(planner.home[None], spec.worlds, axis=0))
    return _Loop(stage, joints, planner, tell).go()


def _nothing(planner: Planner) -> str:
    """Why no box can be brought anywhere."""
    if not planner.reach.stop:
        return "the box at the stop out of the arm's reach"
    if planner.reach.blocked:
        slot, name = next(iter(planner.reach.blocked.items()))
        return f"no free way to any slot: to slot {slot} the arm meets {name!r}, however high or near it goes"
    return "any slot of the pallet out of the arm's reach"


def _arm(stage: Stage) -> tuple[list[int], Chain]:
    """The arm's joints, and its numbers at the ready posture."""
    spec, solver = stage.spec, stage.solver
    found = arm_model.chain_joints(solver, stage.arm, stage.cup.base_link.parent_idx)
    joints = [joint.dofs_idx_local[0] for joint in found]
    ready = np.array(spec.arm.ready_rad or (0.0,) * len(joints))
    if len(ready) != len(joints):
        raise arm_model.NoSerialArm(f"{len(ready)} ready_rad for {len(joints)} joints")
    stage.set_posture(joints, np.repeat(ready[None], spec.worlds, axis=0))
    cup = stage.cup.base_link
    turned = arm_model.rotation(np.asarray(cup.get_quat().cpu().numpy()[0], dtype=np.float64))
    middle = np.asarray(cup.get_pos().cpu().numpy()[0], dtype=np.float64)
    tip = middle + turned[:, 2] * spec.gripper.length_m / 2
    frame = arm_model.tool_frame(turned[:, 2])
    return joints, arm_model.chain_of(solver, stage.arm, found, spec.arm, (tip, frame))


class _Loop:
    """The state of a run between two steps."""

    def __init__(self, stage: Stage, joints: list[int], planner: Planner, tell: Tell) -> None:
        self.stage, self.joints, self.planner, self.tell = stage, joints, planner, tell
        self.spec, self.draws = stage.spec, stage.draws
        worlds = range(self.spec.worlds)
        self.workers = [Worker(world, planner, planner.home) for world in worlds]
        self.ledger = Ledger(self.spec, len(joints))
        self.laid = np.zeros(self.spec.worlds, dtype=int)
        self.frames: list[NDArray[np.uint8]] = []
        self.boxes = stage.box_states()
        self.before = self.boxes[2]
        self.torque = self.speed = np.zeros((self.spec.worlds, len(joints)))
        self.needed = int(planner.reach.slots.sum())
        self.longest_s = float(self.draws.arrival_s.max()) + self.needed * PATIENCE_S

    def go(self) -> Run:
        """Step until every world is done or has failed."""
        now_s, at = 0.0, 0
        while any(worker.phase not in (Phase.DONE, Phase.FAILED) for worker in self.workers) and now_s < self.longest_s:
            self._step(now_s, at)
            at += 1
            now_s = at * self.spec.step_s
        for _rest in range(int(0.5 / self.spec.step_s)):
            self.stage.step()
        for worker in self.workers:
            if worker.phase not in (Phase.DONE, Phase.FAILED):
                worker.phase, worker.trouble = Phase.FAILED, f"{worker.phase.value} when time was up at {now_s:.0f} s"
        places = self.stage.box_states()[0]
        return Run(
            self.spec,
            self.draws,
            self.planner.chain,
            self.planner,
            self.workers,
            self.ledger,
            places,
            self.frames,
            now_s,
        )

    def _step(self, now_s: float, at: int) -> None:
        stage, spec, looks = self.stage, self.spec, at % LOOK_EVERY == 0
        position, speed = stage.joints(self.joints)
        if looks or self.ledger.expects:
            self.boxes = stage.box_states()
            self.ledger.ride(now_s, self.boxes[0], self.boxes[2])
        places, turns, speeds = self.boxes
        if looks:
            held, placed = [worker.held for worker in self.workers], [worker.placed for worker in self.workers]
            self.ledger.hits.look(now_s, stage.kinds, stage.contacts(), (held, placed, places))
            self._lay(now_s, places)
            self._pull(speeds)
        self.ledger.work(self.torque, self.speed, speed, self._going())
        yaws = 2.0 * np.arctan2(turns[..., 3], turns[..., 0])
        for world, worker in enumerate(self.workers):
            order = worker.step(now_s, position[world], speed[world], places[world], yaws[world], speeds[world])
            if order:
                stage.grip(world, worker.cycles[-1].box, hold=order == "hold")
        self.ledger.track(self._goal("position") - position, self._going())
        self.torque, self.speed = self._torque(position, speed), speed
        stage.drive(self.joints, self.torque)
        stage.step()
        self._film(now_s, at)
        if at % 100 == 0:
            done = sum(len(worker.cycles) for worker in self.workers) / (self.needed * spec.worlds)
            self.tell(0.2 + 0.75 * done, f"{now_s:.0f} s simulated")

    def _goal(self, name: str) -> Floats:
        return np.stack([getattr(worker, name) for worker in self.workers])

    def _going(self) -> NDArray[np.bool_]:
        return np.array([worker.busy for worker in self.workers])

    def _pull(self, speeds: Floats) -> None:
        """The force with which each held box pulls at its cup; one that is too heavy, or too fast, is lost."""
        change = (speeds - self.before) / (LOOK_EVERY * self.spec.step_s) + np.array([0.0, 0.0, GRAVITY_M_PER_S2])
        self.before = speeds
        for world, worker in enumerate(self.workers):
            box = worker.held
            if box >= 0:
                force_n = float(self.draws.mass_kg[world, box] * np.linalg.norm(change[world, box]))
                self.ledger.pull_n[world] = max(self.ledger.pull_n[world], force_n)
                if force_n > self.spec.gripper.hold_n:
                    self.stage.grip(world, box, hold=False)
                    worker.lose(force_n)

    def _torque(self, position: Floats, speed: Floats) -> Floats:
        """Computed torque: the wanted motion and what brings the arm back to it, within the drives' limits."""
        k = self.spec.motion.bandwidth_rad_per_s
        goal, goal_speed, push = (self._goal(name) for name in ("position", "speed", "push"))
        wanted = push + k * k * (goal - position) + 2.0 * k * (goal_speed - speed)
        load = np.where([worker.held >= 0 for worker in self.workers], self.spec.boxes.mass_kg.mean, 0.0)
        found = torques(self.planner.chain, position, speed, wanted, payload_kg=load, reach_m=self.planner.top_m)
        limit = self.planner.chain.torque
        return np.clip(found, -limit, limit)

    def _lay(self, now_s: float, places: Floats) -> None:
        """Put the next box on the belt where it is due and the place is free."""
        along, start = self.ledger.along, self.ledger
        for world, worker in enumerate(self.workers):
            box = int(self.laid[world])
            if box >= self.needed or now_s < self.draws.arrival_s[world, box] or worker.phase is Phase.FAILED:
                continue
            if (
                box
                and (places[world, box - 1] @ along - start.laid_m[world, box - 1]) < 1.2 * self.spec.boxes.size_m[0]
            ):
                continue
            self.stage.lay(world, box)
            self.ledger.laid(world, box, now_s, layout.infeed_m(self.spec))
            self.laid[world] += 1

    def _film(self, now_s: float, at: int) -> None:
        film = self.spec.film
        if film is None or self.stage.camera is None or now_s > film.length_s:
            return
        if at % max(round(1 / film.frames_per_s / self.spec.step_s), 1) == 0:
            self.frames.append(self.stage.picture())
