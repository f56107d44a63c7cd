"""A line of two machines as the API would answer about it; numbers by hand."""

from api.schemas.base import Display, Page
from api.schemas.lines import ContentView, GainView, LineAnswer, LineRun, PartShares
from api.schemas.plants import AssetView
from api.schemas.scenarios import DifferenceView, KpiView, LevelView, OutcomeSummary
from tests.ui import recorded as r

LINE = ["line/source", "line/filler", "line/buffer", "line/packer", "line/sink"]
TYPES = ("source", "machine", "buffer", "machine", "sink")
PLANT = r.PLANT.model_copy(
    update={
        "assets": [
            *r.PLANT.assets,
            *(AssetView(id=name, type=kind, settings={"cycle_s": 12.0} if kind == "machine" else {})
              for name, kind in zip(LINE, TYPES, strict=True)),
        ],
        "line": LINE,
        "links": [(f"{a}.out", f"{b}.in") for a, b in zip(LINE[:-1], LINE[1:], strict=True)],
    }
)  # fmt: skip
RUN = LineRun(
    parts=[
        PartShares(asset="line/filler", type="machine", shares={"busy": 0.8, "blocked": 0.1, "down": 0.1, "off": 0.0},
                   availability=0.9, performance=0.9, quality=0.99, oee=0.8, done=100, scrapped=1),
        PartShares(asset="line/packer", type="machine", shares={"busy": 0.5, "starved": 0.5, "off": 0.0}, oee=0.5),
    ],
    contents={"line/buffer": ContentView(items=5, capacity=10)},
    lead_s={"p05": 120.0, "p50": 300.0, "p95": 600.0},
    gains=[
        GainView(asset="line/filler", mean=0.9, half_width=0.05),
        GainView(asset="line/packer", mean=0.1, half_width=0.1),
    ],
)  # fmt: skip
ANSWER = LineAnswer(how="Replication-deletion: 256 independent worlds.", trouble=[], baseline=RUN, scenario=RUN)


def kpi(name, mean, unit="1", display=None):
    level = LevelView(median=mean, low=mean, high=mean, mean=mean, mean_low=0.9 * mean, mean_high=1.1 * mean)
    return KpiView(name=name, unit=unit, display=display, baseline=level, scenario=level, difference=DifferenceView(
        mean=0.0, mean_low=0.0, mean_high=0.0, separated=False))  # fmt: skip


KPIS = [
    kpi("throughput", 0.01, "1/s", Display(unit="1/h", factor=3600.0)),
    kpi("OEE of line/filler", 0.8, display=r.PERCENT),
    kpi("availability of line/filler", 0.9, display=r.PERCENT),
    kpi("work in progress", 7.0),
    kpi("lead time", 300.0, "s", Display(unit="min", factor=1 / 60)),
]
OUTCOME = r.OUTCOME.model_copy(update={"line": ANSWER, "kpis": [*KPIS, r.KPI], "id": "out-2"})
SUMMARIES = Page[OutcomeSummary](items=[r.SUMMARY.model_copy(update={"id": "out-2"})])
API = {
    "GET /plants/cooling-loop": PLANT,
    "GET /plants/cooling-loop/what-ifs": SUMMARIES,
    "GET /plants/cooling-loop/what-ifs/out-2": OUTCOME,
}
