"""A hall of 1,000 components behind shared supplies: conveyors, cooled machines, ovens and two ring mains.

Machines of one kind differ in their numbers, as real ones do. Run `python -m examples.large.hall` to compile the plant,
simulate a shift and print what it cost.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from physics.network.plant import Part, Plant
from physics.simulate import device
from physics.simulate.choice import method_for
from physics.simulate.model import Model, compile_plant
from physics.simulate.rollout import Options, Rollout, Status, rollout

CONVEYORS, COOLED_MACHINES, OVENS, RING_MAINS, RING_NODES = 74, 36, 33, 2, 24
SPREAD_RATIO = 0.2
"""Numbers of like machines lie within this share of each other."""

SHIFT_S, SAMPLE_S = 8 * 3600.0, 60.0


@dataclass
class Hall:
    """Parts and links while a hall is being put together; `outputs` are what its sensors would see."""

    rng: np.random.Generator
    parts: list[Part] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)

    def add(self, id_: str, kind: str, start: dict[str, float] | None = None, **numbers: float) -> None:
        """Add a part whose numbers are spread around the given ones."""
        spread = {name: value * self.rng.uniform(1 - SPREAD_RATIO, 1) for name, value in numbers.items()}
        self.parts.append(Part(id_, kind, spread, start or {}))

    def join(self, *ports: str) -> None:
        """Link each port to the next."""
        self.links += zip(ports, ports[1:], strict=False)

    def plant(self) -> Plant:
        """What was put together."""
        return Plant(tuple(self.parts), tuple(self.links))


def hall(seed: int = 0, *, share: float = 1.0) -> tuple[Plant, list[str]]:
    """The plant and the quantities to observe; `share` scales how many machines of each kind there are."""
    made = Hall(np.random.default_rng(seed))
    made.parts += [
        Part("supply", "voltage_source", {"voltage_v": 230.0}),
        Part("air", "ambient"),
        Part("mains", "reservoir", {"pressure_pa": 501_325.0}),
        Part("drain", "reservoir"),
    ]
    for build, count in ((conveyor, CONVEYORS), (cooled_machine, COOLED_MACHINES), (oven, OVENS)):
        for k in range(round(share * count)):
            build(made, f"{build.__name__}-{k + 1}")
    for k in range(RING_MAINS):
        ring_main(made, f"ring-{k + 1}", max(3, round(share * RING_NODES)))
    return made.plant(), made.outputs


def conveyor(made: Hall, name: str) -> None:
    """Motor, gear, drum bearing and belt with a speed sensor: five parts."""
    motor, gear, bearing, belt, sensor = (f"{name}/{part}" for part in ("motor", "gear", "bearing", "belt", "speed"))
    made.add(motor, "drive_motor", {"synchronous_rad_per_s": 120.0}, speed_set_rad_per_s=150.0, stator_loss_w=30.0)
    made.add(gear, "gearbox", mesh_damping_n_m_s=2.0, loss_torque_n_m=0.12)
    made.add(bearing, "bearing", dry_friction_n_m=1.2, viscous_friction_n_m_s=0.06, wear_per_j=1.5e-8)
    made.add(belt, "conveyor_drive", load_kg=150.0, friction_ratio=0.04, belt_mass_kg=80.0)
    made.add(sensor, "speed_sensor")
    made.join("supply.plus", f"{motor}.plus")
    made.join(f"{motor}.shaft", f"{gear}.shaft_in")
    made.join(f"{gear}.shaft_out", f"{bearing}.shaft", f"{belt}.shaft", f"{sensor}.tap")
    made.outputs += [f"{sensor}.out.value", f"{bearing}.wear_ratio"]


def cooled_machine(made: Hall, name: str) -> None:
    """A heated machine body with its own cooling loop and temperature control: eleven parts."""
    parts = ("tank", "motor", "bearing", "pump", "pipe", "valve", "jacket", "body", "load", "sensor", "control")
    tank, motor, bearing, pump, pipe, valve, jacket, body, load, sensor, control = (f"{name}/{p}" for p in parts)
    made.add(tank, "tank", {"level_m": 1.0}, area_m2=0.8, loss_w_per_k=200.0)
    made.add(motor, "drive_motor", {"synchronous_rad_per_s": 140.0}, speed_set_rad_per_s=150.0, stator_loss_w=60.0)
    made.add(bearing, "bearing", dry_friction_n_m=0.15, viscous_friction_n_m_s=1e-3, wear_per_j=1.5e-9)
    made.add(pump, "centrifugal_pump", head_shutoff_m=21.0, flow_max_m3_per_s=4.2e-3, disc_torque_n_m=0.6)
    made.add(pipe, "pipe", length_m=25.0, diameter_m=0.04)
    made.add(valve, "control_valve", {"opening_ratio": 0.4}, flow_coefficient_m3_per_s=2.5e-3, actuator_lag_s=10.0)
    made.add(jacket, "heat_exchanger", conductance_w_per_k=800.0, flow_coefficient_m3_per_s=4e-3)
    made.add(body, "heat_capacity", {"heat.temperature_k": 297.0}, heat_capacity_j_per_k=1e5)
    made.add(load, "heater", power_w=3000.0)
    made.add(sensor, "temperature_sensor", {"felt_k": 297.0}, time_constant_s=20.0)
    made.parts.append(Part(control, "temperature_controller", {"setpoint_k": 303.15, "gain_per_k": 0.08}))
    made.join("supply.plus", f"{motor}.plus")
    made.join(f"{motor}.shaft", f"{bearing}.shaft", f"{pump}.shaft")
    made.join(f"{tank}.bottom", f"{pump}.inlet")
    for upstream, downstream in ((pump, pipe), (pipe, valve), (valve, jacket)):
        made.join(f"{upstream}.outlet", f"{downstream}.inlet")
    made.join(f"{jacket}.outlet", f"{tank}.top")
    made.join(f"{jacket}.wall", f"{body}.heat", f"{load}.heat", f"{sensor}.tap")
    made.join(f"{sensor}.out", f"{control}.measured")
    made.join(f"{control}.out", f"{valve}.command")
    made.outputs += [f"{sensor}.out.value", f"{tank}.temperature_k", f"{pump}.shaft.speed_rad_per_s"]


def oven(made: Hall, name: str) -> None:
    """A heated chamber that leaks heat to the hall: four parts."""
    chamber, wall, load, sensor = (f"{name}/{part}" for part in ("chamber", "wall", "load", "sensor"))
    made.add(chamber, "heat_capacity", heat_capacity_j_per_k=8e4)
    made.add(wall, "conductance", conductance_w_per_k=12.0)
    made.add(load, "heater", power_w=1500.0)
    made.add(sensor, "temperature_sensor")
    made.join(f"{load}.heat", f"{chamber}.heat", f"{wall}.a", f"{sensor}.tap")
    made.join(f"{wall}.b", "air.heat")
    made.outputs += [f"{chamber}.heat.temperature_k", f"{sensor}.out.value"]


def ring_main(made: Hall, name: str, nodes: int) -> None:
    """A closed ring of pipes, fed at one node, a consumer's orifice at each: two parts a node and a feed."""
    made.add(f"{name}/feed", "pipe", length_m=10.0, diameter_m=0.1)
    made.join("mains.outlet", f"{name}/feed.inlet")
    pipes = [f"{name}/pipe-{k + 1}" for k in range(nodes)]
    for k, (pipe, following) in enumerate(zip(pipes, [*pipes[1:], pipes[0]], strict=True)):
        draw = f"{name}/draw-{k + 1}"
        made.add(pipe, "pipe", length_m=20.0, diameter_m=0.06)
        made.add(draw, "orifice", area_m2=2e-5)
        made.join(f"{pipe}.outlet", f"{following}.inlet", f"{draw}.inlet")
        made.join(f"{draw}.outlet", "drain.outlet")
    made.join(f"{name}/feed.outlet", f"{pipes[0]}.inlet")
    made.outputs += [f"{pipe}.outlet.pressure_pa" for pipe in pipes[:: max(1, nodes // 4)]]


def compiled(plant: Plant, outputs: Iterable[str]) -> tuple[Model, dict[str, float]]:
    """The model with its kernels, and the seconds that each took."""
    begin = time.perf_counter()
    model = compile_plant(plant, outputs)
    joined = time.perf_counter()
    for island in model.islands:
        device.kernel(island.system, method_for(island.system, SAMPLE_S))
    return model, {"plant to equations": joined - begin, "equations to kernels": time.perf_counter() - joined}


def shift(model: Model, worlds: int, *, threads: int = 2) -> tuple[Rollout, float]:
    """A shift in so many worlds that differ in their parameters by some percent, and the seconds it took."""
    rows = round(SHIFT_S / SAMPLE_S)
    spread = np.random.default_rng(1).uniform(0.98, 1.02, (len(model.parameters), worlds))
    inputs = np.repeat(model.inputs[None], rows, axis=0)
    begin = time.perf_counter()
    parameters = model.parameters[:, None] * spread
    run = rollout(model, inputs=inputs, sample_s=SAMPLE_S, parameters=parameters, options=Options(threads=threads))
    return run, time.perf_counter() - begin


def report(share: float, worlds: Iterable[int]) -> Iterator[str]:
    """What the hall is and what it costs, line by line."""
    plant, outputs = hall(share=share)
    yield f"{len(plant.parts)} components, {len(outputs)} outputs"
    model, seconds = compiled(plant, outputs)
    kernels = {id(device.kernel(own.system, method_for(own.system, SAMPLE_S))) for own in model.islands}
    sizes = sorted({len(island.states) for island in model.islands})
    yield f"{len(model.islands)} islands of {sizes} unknowns, {len(model.state_names)} in all, {len(kernels)} kernels"
    yield from (f"{name}: {value:.2f} s" for name, value in seconds.items())
    for count in worlds:
        run, taken = shift(model, count)
        sound = int((run.status == Status.OK).sum())
        rate = run.steps.sum() * len(plant.parts) / len(model.islands) / taken
        yield (
            f"{SHIFT_S / 3600:g} h in {count} worlds: {taken:.2f} s, {sound} sound, {run.steps.mean():.0f} steps of "
            f"islands a world, {SHIFT_S * count / taken:.3g} world-seconds/s, {rate:.3g} component-steps/s"
        )


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="of the machines, 1 being 1,000 components")
    parser.add_argument("--worlds", type=int, nargs="*", default=[1, 8, 64])
    chosen = parser.parse_args()
    for line in report(chosen.share, chosen.worlds):
        print(line, flush=True)


if __name__ == "__main__":
    main()
