"""A small cooling loop as the API would answer about it: views built from the API's own schemas, numbers by hand."""

from datetime import UTC, datetime, timedelta
from math import sin

from api.schemas.anomalies import AnomalyView, EpisodeView
from api.schemas.base import Display, Interval, Page
from api.schemas.coverage import CoverageView, DeliveredView
from api.schemas.jobs import JobView
from api.schemas.models import BandView, CalibrationView, GateView, ModelSummary, ModelView
from api.schemas.plants import (
    AssetView,
    ChangeView,
    DiffView,
    GraphAnswer,
    InputView,
    PlantSummary,
    PlantView,
    PriorView,
    RevisionView,
    SensorView,
    SiteView,
)
from api.schemas.prognosis import ContributorView, FailureForecastView, ForecastList, ProbabilityView, RemainingView
from api.schemas.readings import EventView, QuarantineView
from api.schemas.scenarios import (
    ChangeOut,
    DifferenceView,
    KpiView,
    OutcomeSummary,
    OutcomeView,
    ScenarioView,
    TargetList,
    TargetView,
)
from api.schemas.status import StatusView, TagStatusView
from api.schemas.trends import TrendsView, TrendView

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
DAY = timedelta(days=1)
FLOW = Display(unit="L/min", factor=60_000.0)
CELSIUS = Display(unit="degC", offset=-273.15)
PERCENT = Display(unit="percent", factor=100.0)
LOOP = "utilities/loop"
PUMP = f"{LOOP}/pump-1"

PLANT = PlantView(
    plant="cooling-loop", revision=2, etag='"2-abc"', site=SiteView(name="Hall 2", time_zone="Europe/Berlin"),
    synthetic=True, created=NOW - 9 * DAY, author="ada", reason="pump prior widened",
    assets=[
        AssetView(id=f"{LOOP}/supply", type="voltage_source"),
        AssetView(id=f"{LOOP}/motor-1", type="dc_motor", parameters={"resistance_ohm": 0.8}),
        AssetView(
            id=PUMP, type="centrifugal_pump", name="Main pump", critical=True, learn=["extra_head_ratio"],
            parameters={"head_shutoff_m": 12.0, "flow_max_m3_per_s": PriorView(prior=2.0e-3, sd=0.4e-3)},
        ),
        AssetView(id=f"{LOOP}/valve-1", type="valve"),
        AssetView(id=f"{LOOP}/tank-1", type="tank", start={"level_m": PriorView(prior=1.0, sd=0.1)}),
    ],
    connections=[
        (f"{LOOP}/supply.plus", f"{LOOP}/motor-1.plus"), (f"{LOOP}/motor-1.shaft", f"{PUMP}.shaft"),
        (f"{LOOP}/tank-1.bottom", f"{PUMP}.inlet"), (f"{PUMP}.outlet", f"{LOOP}/valve-1.inlet"),
        (f"{LOOP}/valve-1.outlet", f"{LOOP}/tank-1.top"),
    ],
    sensors=[
        SensorView(tag="FT-101", measures=f"{PUMP}.flow_m3_per_s", unit="L/min", noise_sd=0.3, display=FLOW),
        SensorView(tag="TT-101", measures=f"{LOOP}/tank-1.temperature_k", unit="degC", display=CELSIUS),
    ],
    inputs=[InputView(tag="ZC-101", drives=f"{LOOP}/valve-1.opening_ratio", unit="percent", display=PERCENT)],
)  # fmt: skip
PLANTS = Page[PlantSummary](items=[PlantSummary.model_validate(PLANT.model_dump())])
REVISIONS = Page[RevisionView](
    items=[
        RevisionView(plant=PLANT.plant, revision=2, etag='"2-abc"', author="ada", reason="wider prior", created=NOW),
        RevisionView(plant=PLANT.plant, revision=1, etag='"1-abc"', author="ada", reason="first", created=NOW - DAY),
    ]
)
DIFF = DiffView(
    plant=PLANT.plant, from_revision=1, to_revision=2,
    items=[ChangeView(op="replace", path=f"assets/{PUMP}/parameters/flow_max_m3_per_s/sd", old=2e-4, new=4e-4)],
)  # fmt: skip
AFFECTED = GraphAnswer(question="affected", asset=PUMP, assets=[f"{LOOP}/valve-1", f"{LOOP}/tank-1"])

SCORES = {
    "hybrid": {"": 0.4, "FT-101": 6e-6, "TT-101": 0.30},
    "physics": {"": 0.8, "FT-101": 1.2e-5, "TT-101": 0.60},
    "arx": {"": 0.9, "FT-101": 1.1e-5, "TT-101": 0.72},
    "persistence": {"": 2.0, "FT-101": 4.0e-5, "TT-101": 1.20},
}
GATE = GateView(
    promoted=True, verdict="Promoted: half the error of physics alone on three days it never saw.", scores=SCORES,
    tests=[
        {"name": "beats physics alone", "passed": True, "value": 0.5, "limit": 1.0},
        {"name": "coverage of the 90 % band", "passed": True, "value": 0.91, "limit": 0.85},
    ],
    window=(NOW - 3 * DAY, NOW),
)  # fmt: skip
MODEL = ModelView(
    plant=PLANT.plant, version=3, status="champion", scene_revision=2, created=NOW, parent=2, gate=GATE,
    calibration=CalibrationView(
        names=[f"{PUMP}.flow_max_m3_per_s", f"{LOOP}/tank-1.level_m@start"], values=[2.3e-3, 1.02],
        spread=[5e-5, 0.01], correlation=[[1.0, 0.2], [0.2, 1.0]], noise_sd={"FT-101": 5e-6}, rmse={"FT-101": 6e-6},
        unidentifiable=[], scene_revision=2, window=(NOW - 10 * DAY, NOW - 3 * DAY),
    ),
    band=BandView(level=0.9, horizons_s=[None], half_width={"FT-101": [1.0e-5]}),
    provenance={"data": "sha256:12ab", "code": "0.1.0", "seed": 0},
)  # fmt: skip
RETIRED = MODEL.model_copy(update={"version": 2, "status": "retired", "created": NOW - DAY, "parent": None})
MODELS = Page[ModelSummary](items=[ModelSummary.model_validate(model.model_dump()) for model in (MODEL, RETIRED)])

DELIVERED = DeliveredView(
    tag="FT-101", unit="m3/s", lead_s=60.0, forecasts=120, rmse=1e-5, persistence=3e-5, coverage=0.91, low=0.85,
    high=0.95, width=3e-5, crps=6e-6, interval_score=4e-5, persistence_interval_score=9e-5, right=True, asked=0.89,
)  # fmt: skip
LATER = DELIVERED.model_copy(update={"lead_s": 3600.0, "coverage": 0.84, "low": 0.7, "high": 0.89, "right": False})
WARM = DELIVERED.model_copy(update={"tag": "TT-101", "unit": "K", "rmse": 0.2})
COVERAGE = CoverageView(
    plant=PLANT.plant, version=3, start=NOW - DAY, end=NOW, level=0.9, rows=[DELIVERED, LATER, WARM]
)  # fmt: skip

TIMES = [NOW - timedelta(minutes=5 * (287 - index)) for index in range(288)]
WAVE = [1.0e-3 + 2e-4 * sin(index / 23) for index in range(288)]
TRENDS = TrendsView(
    tags=[
        TrendView(
            tag="FT-101", unit="m3/s", display=FLOW, times=TIMES, mean=WAVE, physics=[0.97 * flow for flow in WAVE],
            measured=[None if 100 <= i < 130 else v + 5e-6 * sin(7 * i) for i, v in enumerate(WAVE)],
            low=[flow - 1e-5 for flow in WAVE], high=[flow + 1e-5 for flow in WAVE],
        ),
        TrendView(
            tag="TT-101", unit="K", display=CELSIUS, times=TIMES, mean=[293.15 + 1e3 * flow for flow in WAVE],
            physics=[293.0 + 1e3 * flow for flow in WAVE], measured=[293.2 + 1e3 * flow for flow in WAVE],
            low=[293.0 + 1e3 * flow for flow in WAVE], high=[293.3 + 1e3 * flow for flow in WAVE],
        ),
    ],
    model_version=3, in_support=[not 200 <= index < 220 for index in range(288)],
)  # fmt: skip


def chance(value: float, low: float, high: float) -> ProbabilityView:
    return ProbabilityView(value=value, low=low, high=high)


BEARING = FailureForecastView(
    asset=PUMP, mode="bearing worn out", issued=NOW, model_version=3, action="replace the bearing",
    probability={
        1: chance(0.002, 0.0, 0.01), 7: chance(0.03, 0.01, 0.05), 30: chance(0.41, 0.35, 0.47), 90: chance(1, 0.99, 1),
    },
    remaining_days=RemainingView(p05=12.0, p50=33.0, p95=58.0), wear_now=Interval(median=0.7, low=0.65, high=0.75),
    contributors=[
        ContributorView(name=f"{PUMP}.wear_per_j", share=0.7),
        ContributorView(name=f"{PUMP}.wear_ratio", share=0.2),
    ],
)  # fmt: skip
SEAT = FailureForecastView(
    asset=f"{LOOP}/valve-1", mode="seat leaks", issued=NOW, model_version=3, action="watch", contributors=[],
    probability={day: chance(0.001, 0.0, 0.004) for day in (1, 7, 30, 90)},
    remaining_days=RemainingView(), wear_now=Interval(median=0.05, low=0.04, high=0.06),
)  # fmt: skip
FORECASTS = ForecastList(items=[BEARING, SEAT])

TARGETS = TargetList(
    items=[
        TargetView(kind="input", target=f"{LOOP}/valve-1.opening_ratio", asset=f"{LOOP}/valve-1", doc="Opening",
                   unit="1", low=0.0, high=1.0, display=PERCENT),
        TargetView(kind="parameter", target=f"{PUMP}.head_shutoff_m", asset=PUMP, doc="Head at no flow", unit="m",
                   value=12.0, low=0.1),
        TargetView(kind="maintenance", target=PUMP, asset=PUMP, doc="Bearing back to new"),
    ]
)  # fmt: skip
QUARANTINE = Page[QuarantineView](
    items=[QuarantineView(id=1, source="log.csv", row=17, tag="FT-101", time="2026-03-02 13:00", value="6l.5",
                          reason="not a number", received=NOW)]
)  # fmt: skip
EVENTS = Page[EventView](
    items=[EventView(kind="maintenance", asset=PUMP, start=NOW - DAY / 2, end=NOW - DAY / 2, text="bearing greased")]
)
ANOMALIES = AnomalyView(
    job="job-9", model_version=3, watched=NOW, start=TIMES[0], learn_to=TIMES[150], end=TIMES[-1], margin=1.5,
    learned_rows=150, watched_rows=138, alarm_rows=13, times=TIMES[::4],
    ratio=[None if index == 20 else 4.0 if index == 9 or 50 <= index < 53 else 0.3 for index in range(72)],
    episodes=[
        EpisodeView(start=TIMES[180], end=TIMES[180], peak_ratio=1.1, tag="TT-101"),
        EpisodeView(start=TIMES[200], end=TIMES[211], peak_ratio=4.0, tag="FT-101"),
    ],
)  # fmt: skip
DONE = JobView(
    id="job-1", kind="whatif", plant=PLANT.plant, state="done", share=1.0, text="done", result={"outcome": "out-1"},
    created=NOW, finished=NOW,
)  # fmt: skip
RUNNING = DONE.model_copy(
    update={"id": "job-2", "state": "running", "share": 0.4, "text": "year 2 of 5", "result": None, "finished": None}
)
FAILED = DONE.model_copy(update={"id": "job-3", "state": "failed", "error": "The pump ran dry at 3 h.", "result": None})
SCENARIO = ScenarioView(
    plant=PLANT.plant, name="valve at 60 %", horizon_s=28_800, worlds=256, seed=0, start="now", sample_s=60,
    changes=[ChangeOut(kind="input", target=f"{LOOP}/valve-1.opening_ratio", value=0.6)],
)  # fmt: skip
KPI = KpiView(
    name="energy", unit="J", display=Display(unit="kWh", factor=1 / 3.6e6), better="lower",
    baseline=Interval(median=4.1e6, low=4.0e6, high=4.2e6), scenario=Interval(median=3.5e6, low=3.4e6, high=3.6e6),
    difference=DifferenceView(
        median=-6e5, low=-7e5, high=-5e5, mean=-6e5, mean_low=-6.1e5, mean_high=-5.9e5, separated=True, worlds_needed=8,
    ),
)  # fmt: skip
UNCLEAR = KPI.model_copy(
    update={
        "name": "throughput",
        "difference": DifferenceView(mean=1.0, mean_low=-2.0, mean_high=4.0, separated=False, worlds_needed=4000),
    }
)
SUMMARY = OutcomeSummary(id="out-1", plant=PLANT.plant, name="valve at 60 %", verdict="Saves energy.", created=NOW)
OUTCOME = OutcomeView(
    id="out-1", plant=PLANT.plant, created=NOW, scenario=SCENARIO, kpis=[KPI, UNCLEAR],
    series={
        "FT-101": {
            "unit": "m3/s", "times_s": [0.0, 3600.0, 7200.0],
            "baseline": {"p05": [9e-4, 9e-4, 9e-4], "p50": [1e-3, 1e-3, 1e-3], "p95": [1.1e-3, 1.1e-3, 1.1e-3]},
            "scenario": {"p05": [9e-4, 6e-4, 6e-4], "p50": [1e-3, 7e-4, 7e-4], "p95": [1.1e-3, 8e-4, 8e-4]},
        }
    },
    failures=[
        {
            "asset": PUMP, "mode": "bearing worn out",
            "baseline": {"value": 0.02, "low": 0.0, "high": 0.05},
            "scenario": {"value": 0.01, "low": 0.0, "high": 0.03, "wear": {"median": 0.55}},
        },
    ],
    verdict="Saves energy: 600 kJ less, certain. Throughput is not told apart yet.",
    validity={"inside": False, "reasons": ["valve-1 was never below 70 % in the log"]},
    provenance={"scene_revision": 2, "model_version": 3, "seed": 0, "worlds": 256},
)  # fmt: skip
SUMMARIES = Page[OutcomeSummary](items=[SUMMARY])
JOBS = Page[JobView](items=[DONE])
TAKEN = QUARANTINE.items[0].model_copy(update={"corrected": True})


def newest(tag: str, unit: str, display: Display, value: float, age_s: float = 30.0) -> TagStatusView:
    time = NOW - timedelta(seconds=age_s)
    return TagStatusView(tag=tag, unit=unit, display=display, time=time, value=value, age_s=age_s, stale=age_s > 3600)


STATUS = StatusView(
    newest=NOW,
    readings=57_600,
    quarantined=1,
    tags=[
        newest("FT-101", "m3/s", FLOW, 1.02e-3),
        newest("TT-101", "K", CELSIUS, 294.15, age_s=86_400.0),
        newest("ZC-101", "1", PERCENT, 0.75),
    ],
)
