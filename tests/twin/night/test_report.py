import pytest

from twin.night.report import actions, sentence, verdict_of
from twin.records.night import DayQuality, Finding, FindingKind, NightVerdict

WHOLE, HALF = DayQuality((), 1.0, (), (), True), DayQuality((), 0.5, (), (), True)


def said(verdict, *, quality=WHOLE, gate=None, why_not="", before=3, after=3):
    return sentence(verdict, before=before, after=after, gate=gate or {}, why_not=why_not, quality=quality)


@pytest.mark.parametrize(
    ("promoted", "rolled_back", "verdict"),
    [
        (True, False, NightVerdict.PROMOTED),
        (False, False, NightVerdict.KEPT),
        (None, False, NightVerdict.NOT_LEARNED),
        (True, True, NightVerdict.ROLLED_BACK),
    ],
)
def test_a_night_ends_in_one_of_four_ways(promoted, rolled_back, verdict):
    assert verdict_of(promoted, rolled_back) is verdict


def test_each_verdict_names_the_version_and_the_reason():
    gate = {"verdict": "6 % smaller error.", "tests": [{"name": "a", "passed": True}, {"name": "b", "passed": False}]}
    assert said(NightVerdict.PROMOTED, gate=gate, after=4) == "Version 4 went into service: 6 % smaller error."
    assert said(NightVerdict.KEPT, gate=gate, quality=HALF) == (
        "Version 3 stays in service (50 % of the day was logged): tonight's candidate failed at “b”."
    )
    assert said(NightVerdict.NOT_LEARNED, why_not="no reading.") == (
        "Nothing was learned, version 3 stays in service: no reading."
    )
    assert said(NightVerdict.ROLLED_BACK, after=2).startswith("Version 3 did worse in service than version 2")


def test_a_person_is_sent_to_the_sensor_or_to_the_plant():
    findings = (
        Finding(FindingKind.BIAS, "PT-1", 0, 1, 0.3, "PT-1 reads 0.3 bar too much."),
        Finding(FindingKind.SUDDEN, "pump.wear", 0, 1, 0.1, "pump wear jumped."),
    )
    failing = {"asset": "pump", "mode": "worn", "action": "replace", "within_30_days": 0.4}
    calm = {**failing, "within_30_days": 0.01}
    found = actions(findings, [failing, calm], [])
    assert found == (
        "Plan “replace” for pump: 40 % to fail (worn) within 30 days.",
        "Check sensor PT-1: PT-1 reads 0.3 bar too much.",
        "Look at the plant: pump wear jumped.",
    )
