"""Water hammer: a column of water stopped at once by a valve."""

import numpy as np

from physics.contract import Component, Port, parameter, state
from physics.network.plant import Part, Plant
from tests.verify.case import Case, relative, simulate

DENSITY, WAVE_M_PER_S, AREA_M2, LENGTH_M, CELLS, START_M_PER_S = 1000.0, 1200.0, 0.01, 600.0, 40, 1.5


class Wall(Component):
    """Elastic pipe wall and compressible water of one cell."""

    name = "wall"
    here = Port("liquid")
    compliance_kg_per_pa = parameter("kg/Pa", "Mass stored per pressure", default=1.0, low=0.0)

    def law(self, m):
        return {"here.storage": m.compliance_kg_per_pa, "here.heat_storage_kg": 1.0}


class Column(Component):
    """Water between the middles of two cells, which takes time to stop."""

    name = "column"
    a = Port("liquid")
    b = Port("liquid")
    inertance_per_m = parameter("1/m", "Length over area", default=1.0, low=0.0)
    flow_kg_per_s = state("kg/s", "Mass flow", nominal=10.0)

    def law(self, m):
        drop = m.a.pressure_pa - m.b.pressure_pa
        return {
            "flow_kg_per_s.rate": drop / m.inertance_per_m,
            "a.mass_flow_kg_per_s": m.flow_kg_per_s,
            "b.mass_flow_kg_per_s": -m.flow_kg_per_s,
            "a.enthalpy_flow_w": 0.0,
            "b.enthalpy_flow_w": 0.0,
        }


class Lake(Component):
    """Gauge pressure zero, whatever flows."""

    name = "lake"
    outlet = Port("liquid", fixes=True)
    surface_pa = parameter("Pa", "Pressure", default=0.0)

    def law(self, m):
        return {"outlet.pressure_pa": m.surface_pa, "outlet.enthalpy_j_per_kg": 0.0}


TYPES = {kind.name: kind for kind in (Wall, Column, Lake)}


def hammer() -> float:
    """Fundamental of the pressure against its closed form: Joukowsky's amplitude, period 4 L / a."""
    cell = LENGTH_M / CELLS
    store = AREA_M2 * cell / WAVE_M_PER_S**2
    start_kg_per_s = DENSITY * AREA_M2 * START_M_PER_S
    parts, links = [Part("lake", "lake")], []
    for k in range(CELLS):
        half = 0.5 if k == 0 else 1.0
        parts.append(Part(f"w{k}", "wall", {"compliance_kg_per_pa": store}, {"here.pressure_pa": 0.0}))
        numbers = {"inertance_per_m": half * cell / AREA_M2}
        parts.append(Part(f"c{k}", "column", numbers, {"flow_kg_per_s": start_kg_per_s}))
        links += [("lake.outlet" if k == 0 else f"w{k - 1}.here", f"c{k}.a"), (f"c{k}.b", f"w{k}.here")]
    names = [f"w{k}.here.pressure_pa" for k in range(CELLS)]
    sample_s = 0.01
    found = simulate(Plant(tuple(parts), tuple(links)), names, rows=400, sample_s=sample_s, types=TYPES)
    place = (np.arange(CELLS) + 0.5) * cell
    wave = np.pi / (2 * LENGTH_M)
    fundamental = 2 / CELLS * found @ np.sin(wave * place)
    t = np.arange(400) * sample_s
    joukowsky_pa = DENSITY * WAVE_M_PER_S * START_M_PER_S
    return relative(fundamental, 4 / np.pi * joukowsky_pa * np.sin(wave * WAVE_M_PER_S * t))


CASES = (
    Case("water hammer: period 4 L/a, Joukowsky pressure", "closed form, wave equation; types of the test",
         "fundamental of the pressure over 2 periods, relative", 5e-3, "40 cells: the period is 6e-5 long, its phase "
         "adds up; the half cell at the lake", hammer),
)  # fmt: skip
