"""The cell as Genesis simulates it: bodies, moving belts, suction, contacts. Runs in the cell's own process only.

A belt is a heavy slab on a sliding joint that is held at belt speed and set back every centimetre: its surface moves,
its shape stays. What rides on it is carried by Coulomb friction of Genesis' contacts (elliptic cone, so that the limit
is μ N in every direction) and by nothing else. Belts do not touch each other.
"""

from __future__ import annotations

import math
from ctypes.util import find_library
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from physics.cell import layout
from physics.cell.arms import ARMS
from physics.cell.draws import Draws
from physics.cell.spec import Belt, Spec

Floats = NDArray[np.float64]
SLIPPERY = 0.01
"""Of two touching surfaces Genesis takes the larger coefficient; so the boxes' own one counts on belt and pallet."""
BELT_KG = 1e4
"""So heavy that a box takes no speed from its belt within a step."""
BELT_M, LONGEST_M = 0.04, 0.01
"""Thickness of a belt's slab, and how far it may move before it is set back."""
WOOD, STEEL, RED, DARK, RUBBER = (
    (0.7, 0.5, 0.3),
    (0.6, 0.6, 0.65),
    (0.85, 0.3, 0.2),
    (0.15, 0.15, 0.15),
    (0.2, 0.25, 0.3),
)
"""Colours, as shares of red, green and blue."""
STORE_M = 3.0
"""Boxes that have not come yet wait on the floor this far behind everything else."""


class Stage:
    """All worlds of a cell, one step at a time."""

    def __init__(self, spec: Spec, draws: Draws, folder: Path) -> None:
        """Build the scene.

        Args:
            spec: The cell.
            draws: What differs between worlds.
            folder: Scratch space for model files.
        """
        import genesis

        self.spec, self.draws, self._gs = spec, draws, genesis
        genesis.init(backend=genesis.cpu, precision="32", logging_level="error", seed=spec.seed)
        options = genesis.options
        self.scene = genesis.Scene(
            show_viewer=False,
            sim_options=options.SimOptions(dt=spec.step_s),
            rigid_options=options.RigidOptions(
                friction_cone=genesis.friction_cone.elliptic,
                batch_links_info=True,
                constraint_timeconst=2 * spec.step_s,
            ),
            vis_options=options.VisOptions(rendered_envs_idx=[0 if spec.film is None else spec.film.world]),
        )
        self.kinds: dict[int, tuple[str, str]] = {}
        self._entities: list[tuple[Any, tuple[str, str]]] = []
        self.floor = self._add("floor", "floor", genesis.morphs.Plane(), (0.8, 0.8, 0.8))
        self.arm = self._arm()
        self.cup = self._cup()
        self.belts = [self._belt(at, belt, folder) for at, belt in enumerate(spec.belts)]
        self._still()
        self.boxes = [self._box(at) for at in range(spec.box_count)]
        self.camera = None if spec.film is None or not can_draw() else self._camera()

    def build(self) -> None:
        """Compile and place everything; takes a minute when nothing is cached."""
        self.scene.build(n_envs=self.spec.worlds, env_spacing=(0.0, 0.0))
        self.solver = self.scene.sim.rigid_solver
        for entity, (kind, name) in self._entities:
            for link in entity.links:
                self.kinds[link.idx] = (kind, link.name if name == "arm" else name)
        self.box_links = [box.base_link.idx for box in self.boxes]
        for at, box in enumerate(self.boxes):
            box.set_friction_ratio(self._tensor(self.draws.friction_ratio[:, at : at + 1]))
            box.set_mass(self._tensor(self.draws.mass_kg[:, at]))
        self._belt_joints = [belt.dof_start for belt in self.belts]
        self._speeds_m_per_s = np.array([belt.speed_m_per_s for belt in self.spec.belts])
        self._moved_m = np.full(len(self.belts), LONGEST_M)

    def set_posture(self, joints: list[int], position: Floats) -> None:
        """Put the arm there, at rest; position [W, J]."""
        self.arm.set_dofs_position(self._tensor(position), joints)

    def step(self) -> None:
        """One step of all worlds; belts are set back before it, since Genesis forgets all contacts with that."""
        self._carry_on()
        self.scene.step()

    def drive(self, joints: list[int], torque: Floats) -> None:
        """Torques of the next step, [W, J]."""
        self.arm.control_dofs_force(self._tensor(torque), joints)

    def joints(self, joints: list[int]) -> tuple[Floats, Floats]:
        """Positions and speeds of the arm's joints, each [W, J]."""
        return self._array(self.arm.get_dofs_position(joints)), self._array(self.arm.get_dofs_velocity(joints))

    def box_states(self) -> tuple[Floats, Floats, Floats]:
        """Positions [W, B, 3], quaternions [W, B, 4] and speeds [W, B, 3] of the boxes."""
        solver, links, array = self.solver, self.box_links, self._array
        return (
            array(solver.get_links_pos(links)),
            array(solver.get_links_quat(links)),
            array(solver.get_links_vel(links)),
        )

    def lay(self, world: int, box: int) -> None:
        """Put a box at rest on the first belt's beginning."""
        belt = self.spec.belts[0]
        heading = layout.heading_rad(belt)
        across = np.array([-math.sin(heading), math.cos(heading), 0.0])
        place = layout.infeed_m(self.spec) + self.draws.offset_m[world, box] * across
        half = (heading + self.draws.turn_rad[world, box]) / 2
        self.boxes[box].set_pos(self._tensor(place[None]), envs_idx=[world], zero_velocity=True)
        turned = np.array([[math.cos(half), 0.0, 0.0, math.sin(half)]])
        self.boxes[box].set_quat(self._tensor(turned), envs_idx=[world], zero_velocity=True)

    def grip(self, world: int, box: int, *, hold: bool) -> None:
        """Make the cup and a box one body, or two again."""
        change = self.solver.add_weld_constraint if hold else self.solver.delete_weld_constraint
        change(self.cup.base_link.idx, self.box_links[box], [world])

    def contacts(self) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
        """Links that touch, as two arrays [W, N] with −1 where there is none, and the force between them, N."""
        found = self.solver.collider.get_contacts(as_tensor=True, to_torch=True)
        first, second = (np.asarray(found[name].cpu().numpy(), dtype=np.int64) for name in ("link_a", "link_b"))
        return first, second, np.linalg.norm(self._array(found["force"]), axis=-1)

    def picture(self) -> NDArray[np.uint8]:
        """What the camera sees now, shape [height, width, 3]."""
        return np.asarray(self.camera.render()[0], dtype=np.uint8).reshape(-1, self.spec.film.width, 3)  # type: ignore[union-attr]  # a camera has a film

    def _add(self, kind: str, name: str, morph: Any, colour: tuple[float, ...], **material: Any) -> Any:
        gs = self._gs
        material.setdefault("friction", SLIPPERY)
        surface = gs.surfaces.Default(color=colour) if colour else None
        entity = self.scene.add_entity(morph, material=gs.materials.Rigid(**material), surface=surface)
        self._entities.append((entity, (kind, name)))
        return entity

    def _arm(self) -> Any:
        arm, gs = self.spec.arm, self._gs
        file = ARMS[arm.model].file if arm.model in ARMS else arm.model
        place = {"pos": arm.position_m, "euler": (0.0, 0.0, math.degrees(arm.yaw_rad))}
        urdf = file.endswith(".urdf")
        morph = gs.morphs.URDF(file=file, fixed=True, **place) if urdf else gs.morphs.MJCF(file=file, **place)
        return self._add("arm", "arm", morph, ())

    def _cup(self) -> Any:
        spec, cup = self.spec, self.spec.gripper
        axis = np.array(spec.arm.flange_axis) / np.linalg.norm(spec.arm.flange_axis)
        radius = cup.diameter_m / 2
        density = cup.mass_kg / (math.pi * radius**2 * cup.length_m)
        morph = self._gs.morphs.Cylinder(radius=radius, height=cup.length_m)
        entity = self._add("arm", "cup", morph, DARK, rho=density)
        middle = np.array(spec.arm.flange_m) + axis * cup.length_m / 2
        entity.attach(self.arm, spec.arm.tool_link or self.arm.links[-1].name, pos=middle, quat=_from_z(axis))
        return entity

    def _belt(self, at: int, belt: Belt, folder: Path) -> Any:
        length, middle = layout.length_m(belt), (np.array(belt.start_m) + np.array(belt.end_m)) / 2
        file = folder / f"belt-{at}.xml"
        file.write_text(
            f'<mujoco><worldbody><body name="belt"><inertial pos="0 0 0" mass="{BELT_KG}" diaginertia="1 1 1"/>'
            f'<joint name="run" type="slide" axis="1 0 0"/>'
            f'<geom type="box" contype="2" conaffinity="1" '
            f'size="{length / 2} {belt.width_m / 2} {BELT_M / 2}"/></body></worldbody></mujoco>'
        )
        place = (*middle, belt.height_m - BELT_M / 2)
        turned = (0.0, 0.0, math.degrees(layout.heading_rad(belt)))
        morph = self._gs.morphs.MJCF(file=str(file), pos=place, euler=turned)
        return self._add("belt", f"belt {at}", morph, RUBBER)

    def _still(self) -> None:
        """Pallet, stop and fixtures: bodies that stand still."""
        bodies = [("pallet", layout.deck(self.spec), WOOD), ("fixture", layout.stop(self.spec), STEEL)]
        for kind, body, colour in [*bodies, *(("fixture", fixture, RED) for fixture in self.spec.fixtures)]:
            turned = (0.0, 0.0, math.degrees(body.yaw_rad))
            morph = self._gs.morphs.Box(size=body.size_m, pos=body.position_m, euler=turned, fixed=True)
            self._add(kind, body.name, morph, colour)

    def _box(self, at: int) -> Any:
        size = self.spec.boxes.size_m
        place = (at * (max(size[:2]) + 0.1), -STORE_M - size[1], size[2] / 2)
        density = self.spec.boxes.mass_kg.mean / math.prod(size)
        morph = self._gs.morphs.Box(size=size, pos=place)
        shade = 0.08 * (at % 3)
        return self._add("box", f"box {at}", morph, (0.85 - shade, 0.65 - shade, 0.35), friction=1.0, rho=density)

    def _camera(self) -> Any:
        spec, film = self.spec, self.spec.film
        stop, base = layout.stopped_m(spec)[:2], np.array(spec.arm.position_m[:2])
        points = np.array([layout.infeed_m(spec)[:2], stop, base, spec.pallet.position_m[:2]])
        middle, away = points[1:].mean(axis=0), max(float(np.ptp(points, axis=0).max()), 1.0)
        target = (*middle, spec.arm.position_m[2])
        eye = (middle[0] + 0.45 * away, middle[1] - 1.0 * away, target[2] + 0.7 * away)
        return self.scene.add_camera(res=(film.width, film.height), pos=eye, lookat=target, fov=55, env_idx=film.world)  # type: ignore[union-attr]  # asked for with a film only

    def _carry_on(self) -> None:
        """Belts at belt speed, and back to where they began before one has moved a centimetre."""
        self._moved_m += self._speeds_m_per_s * self.spec.step_s
        if np.abs(self._moved_m).max() < LONGEST_M:
            return
        self._moved_m[:] = 0.0
        rows = (self.spec.worlds, 1)
        self.solver.set_dofs_position(self._tensor(np.tile(np.zeros(len(self.belts)), rows)), self._belt_joints)
        self.solver.set_dofs_velocity(self._tensor(np.tile(self._speeds_m_per_s, rows)), self._belt_joints)

    def _tensor(self, values: Floats) -> NDArray[np.float32]:
        return np.ascontiguousarray(values, dtype=np.float32)

    def _array(self, values: Any) -> Floats:
        return np.asarray(values.cpu().numpy(), dtype=np.float64)


def can_draw() -> bool:
    """Whether this machine has the library that draws without a display."""
    return find_library("EGL") is not None


def _from_z(axis: Floats) -> Floats:
    """The quaternion (w, x, y, z) that turns z into a direction."""
    if axis[2] < -1.0 + 1e-9:
        return np.array([0.0, 1.0, 0.0, 0.0])
    turned = np.array([1.0 + axis[2], -axis[1], axis[0], 0.0])
    return np.asarray(turned / np.linalg.norm(turned))
