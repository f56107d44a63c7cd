"""What a robot cell must satisfy before it is worth simulating; everything that is broken is told at once."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

from physics.cell.arms import ARMS
from physics.cell.layout import deck_m, length_m, slots_m, stopped_m
from physics.cell.spec import Spec
from physics.network.faults import PlantFault, near

GRAVITY_M_PER_S2 = 9.81
TOUCHING_M = 0.03
"""Ends of two belts that are nearer than this hand boxes over."""
SUFFIXES = (".urdf", ".xml", ".mjcf")
MOST_BOXES = 64
"""Every box is a body in every world."""


def broken_rules(spec: Spec, where: str) -> list[PlantFault]:
    """Every rule of geometry, load and kind that the cell breaks."""
    return [
        *_arm(spec, where),
        *_gripper(spec, where),
        *_belts(spec, where),
        *_pallet(spec, where),
        *_rest(spec, where),
    ]


def _arm(spec: Spec, where: str) -> Iterator[PlantFault]:
    arm = spec.arm
    if arm.model not in ARMS:
        if Path(arm.model).suffix not in SUFFIXES:
            step = f"{near(arm.model, ARMS)} Or give the path of your own file."
            yield PlantFault(
                f"{where}.arm.model", repr(arm.model), "a bundled arm, or a .urdf, .xml or .mjcf file", step
            )
        elif not Path(arm.model).is_file():
            yield PlantFault(f"{where}.arm.model", f"{arm.model}, which is no file", "a file that can be read")
        for name in ("speed_limit_rad_per_s", "acceleration_limit_rad_per_s2"):
            if not getattr(arm, name):
                step = "It stands in the arm's data sheet; URDF and MJCF do not always carry it."
                yield PlantFault(f"{where}.arm.{name}", "nothing", "a number, or one for each joint", step)
    if math.dist(arm.flange_axis, (0.0, 0.0, 0.0)) < 1e-9:
        yield PlantFault(f"{where}.arm.flange_axis", "(0, 0, 0)", "a direction")


def _gripper(spec: Spec, where: str) -> Iterator[PlantFault]:
    cup, boxes = spec.gripper, spec.boxes
    side = min(boxes.size_m[:2])
    if cup.diameter_m > side:
        step = "Take a smaller cup or a larger box."
        yield PlantFault(f"{where}.gripper.diameter_m", f"{cup.diameter_m:g} m", f"at most the box's {side:g} m", step)
    heaviest = boxes.mass_kg.mean + 3 * boxes.mass_kg.sd
    if heaviest * GRAVITY_M_PER_S2 > cup.hold_n:
        got = f"{cup.hold_n:g} N for boxes up to {heaviest:.3g} kg"
        need = f"at least their weight, {heaviest * GRAVITY_M_PER_S2:.3g} N, better twice"
        yield PlantFault(f"{where}.gripper.hold_n", got, need)
    if spec.arm.payload_kg and heaviest + cup.mass_kg > spec.arm.payload_kg:
        got = f"up to {heaviest:.3g} kg with a gripper of {cup.mass_kg:g} kg"
        step = "Take a stronger arm, a lighter gripper or lighter boxes."
        yield PlantFault(f"{where}.boxes.mass_kg", got, f"at most the arm's payload, {spec.arm.payload_kg:g} kg", step)


def _belts(spec: Spec, where: str) -> Iterator[PlantFault]:
    size = spec.boxes.size_m
    if not spec.belts:
        yield PlantFault(
            f"{where}.belts", "none", "at least one, on which boxes arrive", "Add `belts: [{start_m: …}]`."
        )
    for at, belt in enumerate(spec.belts):
        if length_m(belt) < 2 * size[0]:
            need = f"two boxes of {size[0]:g} m or more"
            yield PlantFault(f"{where}.belts[{at}]", f"a length of {length_m(belt):.3g} m", need)
        if belt.width_m < size[1]:
            step = "Take a wider belt, or turn the box's size round."
            yield PlantFault(f"{where}.belts[{at}].width_m", f"{belt.width_m:g} m", f"the box's {size[1]:g} m", step)
    for at, (before, after) in enumerate(zip(spec.belts, spec.belts[1:], strict=False), start=1):
        gap = math.dist(before.end_m, after.start_m)
        if gap > TOUCHING_M or abs(before.height_m - after.height_m) > 0.005:
            got = f"{gap:.3g} m away, {after.height_m - before.height_m:+.3g} m in height"
            need = f"the end of the belt before it, within {TOUCHING_M:g} m and 5 mm of height"
            yield PlantFault(f"{where}.belts[{at}].start_m", got, need)


def _pallet(spec: Spec, where: str) -> Iterator[PlantFault]:
    if spec.box_count > MOST_BOXES:
        step = "Simulate the lower layers first."
        yield PlantFault(f"{where}.pallet", f"{spec.box_count} boxes", f"at most {MOST_BOXES} in one run", step)
        return
    known = ARMS.get(spec.arm.model)
    if known is None or not spec.belts:
        return
    x, y, z = spec.arm.position_m
    limit = known.reach_m + spec.gripper.length_m
    places = {"boxes at the stop": stopped_m(spec), **{f"slot {at}": slot for at, slot in enumerate(slots_m(spec))}}
    far = {name: math.dist((x, y), at[:2]) for name, at in places.items() if math.dist((x, y), at[:2]) > limit}
    if far:
        name, worst = max(far.items(), key=lambda item: item[1])
        got = f"{', '.join(list(far)[:6])} up to {worst:.3g} m from the arm's base ({name})"
        step = "Move the arm, the belt or the pallet nearer."
        yield PlantFault(f"{where}.pallet.position_m", got, f"within the arm's reach, {limit:.3g} m", step)


def _rest(spec: Spec, where: str) -> Iterator[PlantFault]:
    if spec.film is not None and spec.film.world >= spec.worlds:
        yield PlantFault(f"{where}.film.world", f"{spec.film.world}", f"below the number of worlds, {spec.worlds}")
    names = [fixture.name for fixture in spec.fixtures]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield PlantFault(f"{where}.fixtures", f"two of the name {name!r}", "a name for each")
    length, width = deck_m(spec)
    if spec.pallet.position_m[2] <= 0 or length <= 0 or width <= 0:
        yield PlantFault(f"{where}.pallet.position_m", f"{spec.pallet.position_m[2]:g} m high", "a top above the floor")
