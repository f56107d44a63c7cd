"""What a robot cell consists of, as checked records; `read.py` makes them from a document, `rules.py` judges them.

Positions are in the frame of the cell, z up, the floor at zero; a yaw is a turn about z.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Vector = tuple[float, float, float]
Point = tuple[float, float]


@dataclass(frozen=True)
class Spread:
    """A normal number, drawn anew for every box of every world."""

    mean: float
    sd: float = 0.0


@dataclass(frozen=True)
class ArmSpec:
    """The arm: one that comes with Genesis by name, or the path of a URDF or MJCF file.

    Attributes: tool_link, the link that carries the gripper (empty: the last one); flange_m and flange_axis, where on
    it and in which direction the gripper leaves; ready_rad, a posture to begin looking from, well bent; speed and
    acceleration limits, one number for all joints or one each (empty: of the named arm); payload_kg, 0 where unknown.
    """

    model: str
    position_m: Vector = (0.0, 0.0, 0.0)
    yaw_rad: float = 0.0
    tool_link: str = ""
    flange_m: Vector = (0.0, 0.0, 0.0)
    flange_axis: Vector = (0.0, 0.0, 1.0)
    ready_rad: tuple[float, ...] = ()
    speed_limit_rad_per_s: tuple[float, ...] = ()
    acceleration_limit_rad_per_s2: tuple[float, ...] = ()
    torque_limit_n_m: tuple[float, ...] = ()
    payload_kg: float = 0.0


@dataclass(frozen=True)
class Gripper:
    """A suction cup: rigid while it holds, it lets go where the pull is more than `hold_n`."""

    diameter_m: float = 0.06
    length_m: float = 0.12
    mass_kg: float = 0.4
    hold_n: float = 150.0
    grip_s: float = 0.25
    release_s: float = 0.15


@dataclass(frozen=True)
class Belt:
    """A belt whose upper surface runs from start to end, at a height above the floor."""

    start_m: Point
    end_m: Point
    width_m: float
    height_m: float
    speed_m_per_s: float


@dataclass(frozen=True)
class Boxes:
    """The goods: laid at rest on the first belt, one after the other.

    Attributes: friction_ratio, Coulomb's coefficient on belt and pallet; offset_m and turn_rad, standard deviations
    of where a box is laid across the belt and how far it is turned; arrival_s, time between two boxes.
    """

    size_m: Vector
    mass_kg: Spread
    friction_ratio: Spread = Spread(0.4)
    offset_m: float = 0.0
    turn_rad: float = 0.0
    arrival_s: Spread = Spread(6.0)


@dataclass(frozen=True)
class Pallet:
    """Where boxes go: columns along the pallet's x, rows along its y, layers upwards from `position_m` (top centre)."""

    position_m: Vector
    yaw_rad: float = 0.0
    rows: int = 1
    columns: int = 1
    layers: int = 1
    gap_m: float = 0.02


@dataclass(frozen=True)
class Fixture:
    """A box that stands still and must not be hit; position of its centre."""

    name: str
    position_m: Vector
    size_m: Vector
    yaw_rad: float = 0.0


@dataclass(frozen=True)
class Motion:
    """How the arm is driven: share of its speed limits, height of the way over things, control bandwidth."""

    speed_ratio: float = 1.0
    clearance_m: float = 0.12
    bandwidth_rad_per_s: float = 30.0


@dataclass(frozen=True)
class Drive:
    """From mechanical to electrical power: over the efficiency where a joint drives; braking gives nothing back."""

    efficiency_ratio: float = 0.8
    standby_w: float = 0.0


@dataclass(frozen=True)
class Film:
    """The animation: which world, how much of it, frames per simulated second, pixels, and how much faster it plays."""

    world: int = 0
    length_s: float = 20.0
    frames_per_s: float = 5.0
    width: int = 400
    height: int = 300
    faster: float = 2.0


@dataclass(frozen=True)
class Spec:
    """One robot cell, all that its simulation needs to know."""

    name: str
    arm: ArmSpec
    belts: tuple[Belt, ...]
    boxes: Boxes
    pallet: Pallet
    gripper: Gripper = Gripper()
    fixtures: tuple[Fixture, ...] = ()
    motion: Motion = Motion()
    drive: Drive = Drive()
    film: Film | None = field(default_factory=Film)
    worlds: int = 8
    seed: int = 0
    step_s: float = 0.005

    @property
    def box_count(self) -> int:
        """Boxes of a full pallet."""
        return self.pallet.rows * self.pallet.columns * self.pallet.layers
