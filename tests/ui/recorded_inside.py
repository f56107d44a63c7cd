"""Looks inside the small cooling loop, its stand-in and a plan, as the API would answer; numbers by hand."""

from datetime import timedelta

from api.schemas.estimates import EstimateView, HiddenView, SurpriseView
from api.schemas.surrogates import (
    CoursesView,
    DifferenceView,
    GoalIn,
    NearView,
    PlanIn,
    PlanView,
    SpreadView,
    SurrogateView,
)
from tests.ui.recorded import CELSIUS, FLOW, LOOP, NOW, PLANT, PUMP

WEAR = HiddenView(
    asset=PUMP, quantity="wear_ratio", unit="1", kind="wear", meaning="Added leak over new leak, w",
    mean=[0.30, 0.31], spread=[0.02, 0.01],
)  # fmt: skip
WARM = HiddenView(
    asset=f"{LOOP}/tank-1", quantity="heat.temperature_k", unit="K", kind="state", meaning="", display=CELSIUS,
    mean=[293.15, 295.15], spread=[1.0, 0.5],
)  # fmt: skip
ESTIMATE = EstimateView(
    job="job-1", plant=PLANT.plant, version=3, times=[NOW - timedelta(minutes=4), NOW], hidden=[WARM, WEAR],
    tags=[
        SurpriseView(tag="FT-101", unit="m**3/s", beside=1e-5, innovations=[0.5, None], size=0.5, display=FLOW),
        SurpriseView(tag="TT-101", unit="K", beside=-0.2, innovations=[3, 4], size=3.5, spread=3e-2, display=CELSIUS),
    ],
)  # fmt: skip


def near(share: float) -> NearView:
    """The same share at both hours."""
    return NearView(near=share, near_by_hour=[share, share], rms_by_hour=[0.01, 0.02])


SURROGATE = SurrogateView(
    plant=PLANT.plant, scene_revision=2, model_version=3, tags=["FT-101", "TT-101"], inputs=["ZC-101"], step_s=300.0,
    inside={"latent": near(0.97), "ARX": near(0.5)}, outside={"latent": near(0.89), "ARX": near(0.45)},
    times_faster=16.0,
)  # fmt: skip
PLAN = PlanView(
    job="job-1", plant=PLANT.plant,
    question=PlanIn(moves=["ZC-101"], goals=[GoalIn(tag="TT-101", aim="below", value=304.15)], hours=2.0),
    time=NOW, step_s=3600.0, sample_s=3600.0, settings={"ZC-101": [0.5, 0.25]}, stays={"ZC-101": 1.0},
    cost=SpreadView(median=0.1, low=0.05, high=0.2), as_it_is=SpreadView(median=0.4, low=0.3, high=0.5),
    difference=DifferenceView(mean=-0.3, low=-0.4, high=-0.2), quick=0.12,
    tags={
        "TT-101": CoursesView(
            plan=[[300, 301], [301, 302], [302, 303]], as_it_is=[[303, 304], [304, 305], [305, 306]]
        )
    },
    reasons=["The last readings of ZC-101 lie outside of the usual range."],
)  # fmt: skip
