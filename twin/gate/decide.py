"""The gate: a list of checks with figures, and one sentence that a plant engineer understands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from residual_models import intervals, noise
from twin.gate.budget import AGAINST_CHAMPION, Spending
from twin.gate.compare import CHANCE, Paired, overall, paired, rmse, row_mean
from twin.records.model import GateReport

Array = NDArray[np.float64]

WORSE_LIMIT = 1.05
"""A critical asset may get at most so much worse: less is within what a window can tell."""

DRIFT_LIMIT = 0.05
"""Largest change of a parameter that does not wear, in one night without maintenance."""


@dataclass(frozen=True)
class Case:
    """What the gate looks at, all on the never-trained window.

    Attributes: measured [T, S], NaN where not usable; predicted, contender to [T, S]: "hybrid" or "physics" as the
    candidate, "physics", "arx", "persistence" and, if there is one, "champion"; candidate, which of them; tags; scale
    [S], usual spread of each tag; critical, the critical asset that a tag belongs to; half_width [S] of the candidate's
    band; noise_sd [S], of the sensors, where it is known.
    """

    measured: Array
    predicted: Mapping[str, Array]
    candidate: str
    tags: tuple[str, ...]
    scale: Array
    critical: Mapping[str, str]
    half_width: Array
    level: float
    noise_sd: Array | None = None


def best_candidate(case: Case, *, earned: bool = False, alpha: float = CHANCE) -> str:
    """Hybrid where it beats physics alone beyond chance, else physics: a residual earns its place.

    Args:
        case: Predictions of "physics" and maybe "hybrid" on all that neither was trained on: stretches that members
            left out tell of more days than the newest quarter does.
        earned: Whether a residual has its place from an earlier version; it goes if physics alone is better so.
        alpha: What chance may be taken.
    """
    if "hybrid" not in case.predicted:
        return "physics"
    new, old = ("physics", "hybrid") if earned else ("hybrid", "physics")
    found = paired(case.predicted[new], case.predicted[old], case.measured, case.scale)
    return new if found.chance < alpha else old


ALONE = Spending(alpha=CHANCE, spent=CHANCE, judged=1)
"""For a judgement that stands alone."""


def decide(
    case: Case, admissible: list[dict[str, Any]], window: tuple[int, int], spending: Spending = ALONE
) -> GateReport:
    """Judge a candidate.

    Args:
        case: Predictions of all contenders on the window.
        admissible: Checks on the candidate itself, as `admissible.checks` gives them.
        window: When it was, UTC microseconds.
        spending: What chance this judgement may take, as `budget.tonight` gives it.
    """
    per_tag = {name: rmse(predicted, case.measured) for name, predicted in case.predicted.items()}
    total = {name: overall(values, case.scale) for name, values in per_tag.items()}
    rivals = [name for name in ("physics", "arx", "persistence") if name in total and name != case.candidate]
    tests = [_beats(case.candidate, rival, total) for rival in rivals]
    if "champion" in case.predicted:
        tests += [_against_champion(case, spending), _critical(case, per_tag)]
    tests += [_coverage(case), *admissible]
    promoted = all(test["passed"] for test in tests)
    scores = {
        name: {"": total[name]} | {tag: _plain(value) for tag, value in zip(case.tags, per_tag[name], strict=True)}
        for name in per_tag
    }
    return GateReport(promoted, _verdict(case.candidate, total, tests, promoted), scores, tuple(tests), window)


def _beats(candidate: str, rival: str, total: Mapping[str, float]) -> dict[str, Any]:
    own, other = total[candidate], total[rival]
    return {
        "name": f"better than {'ARX' if rival == 'arx' else rival}",
        "passed": bool(own < other) or not np.isfinite(other),
        "candidate": own,
        "rival": other,
        "text": f"{own:.3g} against {other:.3g} of the usual spread",
    }


def _against_champion(case: Case, spending: Spending) -> dict[str, Any]:
    found: Paired = paired(case.predicted[case.candidate], case.predicted["champion"], case.measured, case.scale)
    return {
        "name": AGAINST_CHAMPION,
        "passed": found.chance < spending.alpha,
        "chance": found.chance,
        "alpha": spending.alpha,
        "spent": spending.spent,
        "judged": spending.judged,
        "mean": found.mean,
        "low": _plain(found.low),
        "high": _plain(found.high),
        "gain": found.gain,
        "block": found.block,
        "blocks": found.blocks,
        "ratio": _plain(found.ratio),
        "ratio_high": _plain(found.ratio_high),
        "text": f"squared error {_smaller(found.gain)} in sum{_usual(found)}, over {found.blocks} stretches; "
        f"chance {_percent(found.chance)}, tonight at most {_percent(spending.alpha)} "
        f"({_percent(spending.spent)} in {spending.judged} judgements)",
    }


def _smaller(gain: float) -> str:
    return f"{100 * abs(gain):.1f} % {'smaller' if gain >= 0 else 'larger'}"


def _usual(found: Paired) -> str:
    """A sum is its worst tags' and hours'; the test asks for a gain that is usual."""
    return f" and {_smaller(1.0 - float(np.exp(found.ratio)))} on the usual tag" if np.isfinite(found.ratio) else ""


def _critical(case: Case, per_tag: Mapping[str, Array]) -> dict[str, Any]:
    """No critical asset may do worse: in the mean over its tags, each counting alike, beyond chance, and on one of them
    by more than the sensor's noise: no reading shows less.
    """
    ratio = per_tag[case.candidate] / np.maximum(per_tag["champion"], 1e-300)
    noise_sd = np.zeros(len(case.tags)) if case.noise_sd is None else case.noise_sd
    worse = []
    for asset in sorted(set(case.critical.values())):
        own = [at for at, tag in enumerate(case.tags) if case.critical.get(tag) == asset and np.isfinite(ratio[at])]
        mean = float(np.exp(np.mean(np.log(np.maximum(ratio[own], 1e-300))))) if own else 0.0
        felt = per_tag[case.candidate][own] - per_tag["champion"][own] > noise_sd[own]
        if mean > WORSE_LIMIT and felt.any() and _champion_better(case, own):
            named = ", ".join(f"{case.tags[at]} {100 * (ratio[at] - 1):+.0f} %" for at in own)
            worse.append(f"{asset} ({100 * (mean - 1):.0f} % worse: {named})")
    return {
        "name": "no critical asset worse",
        "passed": not worse,
        "limit": WORSE_LIMIT,
        "text": ", ".join(worse) or "none",
    }


def _champion_better(case: Case, tags: list[int]) -> bool:
    """Whether the champion explains some tags better beyond chance."""
    own, rival = (case.predicted[name][:, tags] for name in (case.candidate, "champion"))
    return paired(rival, own, case.measured[:, tags], case.scale[tags]).better


def _coverage(case: Case) -> dict[str, Any]:
    """The band is kept if its promised level is not above what the window, resampled by blocks, still allows.

    A first model breaks no promise: its band is set on this window too, so the figure is only shown. Where the plant
    changed and the champion breaks its promise more, to keep it in service would keep no promise.
    """
    hits = _hits(case, case.candidate)
    course = row_mean(hits)
    block = max(1, int(np.ceil(2 * noise.correlation_time(course - np.nanmean(course)))))
    low, high = intervals.mean_interval(hits, block)
    share = float(np.nanmean(hits))
    before = float(np.nanmean(_hits(case, "champion"))) if "champion" in case.predicted else 0.0
    return {
        "name": "band keeps its promise",
        "passed": bool(high >= case.level) or not share < before,
        "coverage": share,
        "champion": before,
        "low": low,
        "high": high,
        "text": f"{100 * share:.0f} % [{100 * low:.0f}, {100 * high:.0f}] inside a band of {100 * case.level:.0f} %"
        + (f", the champion {100 * before:.0f} %" if "champion" in case.predicted else ""),
    }


def _hits(case: Case, contender: str) -> Array:
    central = case.predicted[contender]
    return intervals.covered(case.measured, central - case.half_width, central + case.half_width)


def _verdict(candidate: str, total: Mapping[str, float], tests: list[dict[str, Any]], promoted: bool) -> str:
    failed = [test for test in tests if not test["passed"]]
    rivals = [name for name in ("champion", "physics", "persistence", "arx") if name in total and name != candidate]
    share = 1.0 - total[candidate] / total[rivals[0]]
    size = f"{100 * abs(share):.0f} % {'smaller' if share >= 0 else 'larger'} error than {_word(rivals[0])}"
    subject = "The hybrid model" if candidate == "hybrid" else "Physics alone (no residual earned its place)"
    if promoted:
        return f"{subject} goes into service: {size} on data it never saw."
    reasons = "; ".join(f"{test['name']}: {test['text']}" for test in failed)
    keep = "The champion stays" if "champion" in total else "No model goes into service"
    return f"{keep}. {subject} failed: {reasons}."


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.1 else f"{100 * share:.2g} %"


def _word(rival: str) -> str:
    return {"champion": "the champion", "physics": "physics alone"}.get(rival, rival)


def _plain(value: float) -> float:
    return float(value) if np.isfinite(value) else float("nan")
