"""Use cases of explaining: where physics is wrong, what term would put it right, and taking that term over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from physics import catalogue
from physics.network.plant import Network
from physics.simulate.rollout import rollout
from residual_models.levenberg import Array
from twin.assembly.assemble import assemble
from twin.assembly.assembly import Assembly
from twin.assembly.stated import parameter_name
from twin.calibration.replay import Replay, replay
from twin.calibration.replay import worlds as members_of
from twin.calibration.study import Study, study
from twin.errors import NotFound, NotReady
from twin.explain.terms import Proposed, course, propose
from twin.gate.compare import overall, rmse
from twin.prediction.support import feature_paths
from twin.records.model import ModelVersion
from twin.records.plant import PlantRevision
from twin.scene.dump import dump
from twin.scene.scene import Scene
from twin.scene.terms import feature_count, library
from twin.scene.types import offers
from twin.services import models, plants, windows
from twin.services.context import Context
from twin.services.judge import scale_of

LOOK_BACK_US = 5 * 86_400_000_000
"""A correction is explained on the days before its version's data ended."""
ALIKE = 0.98
"""A feature is called by the quantity of its asset that it follows so closely."""
WORTH = 0.5
"""A term is proposed that brings at least half of what the network brings."""
LEAST_GAIN = 0.02
"""Networks that gain less are left alone."""


def explanations(context: Context, plant: str, *, version: int | None = None) -> tuple[dict[str, Any], ...]:
    """What each learned correction of a version says, largest part in the error first; empty without a residual.

    Returns: rows of {asset, correction, doc, share, regimes, terms, explained, gain, network_gain, proposed, text};
    `share` of the residual's gain that is lost without this correction, `gain` of the term's run over physics alone.
    Raises: NotFound; NotReady, when there is no model or no log to look at.
    """
    model = models.champion(context, plant) if version is None else models.get(context, plant, version)
    if model.residual is None:
        return ()
    scene, _revision = plants.get(context, plant, model.scene_revision)
    types = plants.types(context)
    assembly = assemble(scene, types=types)
    end_us = model.gate.window[1] + 1
    start_us = max(model.calibration.window[0], end_us - LOOK_BACK_US)
    window = windows.window(context, plant, start_us, end_us, revision=model.scene_revision)
    ready = study(assembly, assembly.compile(), window)
    run = replay(ready, model.calibration, model.residual)
    errors = {
        "hybrid": _error(ready, run.central),
        "physics": _error(ready, replay(ready, model.calibration, None).central),
    }
    seen = _observed(ready, model, run)
    open_ = assemble(with_library(scene, assembly), types=types)
    stating = study(open_, open_.compile(), window)
    rows = []
    for network in assembly.plant.corrections:
        without = _error(ready, replay(ready, model.calibration, silenced(model, network)).central)
        rows.append(_row(scene, ready, stating, model, network, seen, {**errors, "without": without}))
    return tuple(sorted(rows, key=lambda row: -row["share"]))


def accept(context: Context, plant: str, asset: str, correction: str, *, etag: str, author: str) -> PlantRevision:
    """Write a proposed term into the plant file as a new revision; the network of that correction goes.

    Raises: NotFound, when the correction is not learned; NotReady, when no term is proposed for it; Outdated, when
    `etag` is not the newest revision's.
    """
    found = next(
        (row for row in explanations(context, plant) if (row["asset"], row["correction"]) == (asset, correction)), None
    )
    if found is None:
        raise NotFound("learned correction", f"{asset}.{correction}")
    if not found["proposed"]:
        raise NotReady(f"{asset}.{correction}: no simple term says what was learned. {found['text']}")
    scene, _revision = plants.get(context, plant)
    return plants.update(
        context, plant, dump(with_term(scene, asset, correction, found["terms"])), etag=etag, author=author,
        reason=found["text"],
    )  # fmt: skip


def with_term(scene: Scene, asset: str, correction: str, terms: Mapping[str, float]) -> Scene:
    """The scene with a correction stated instead of learned."""
    changed = tuple(
        replace(
            item,
            learn=tuple(name for name in item.learn if name != correction),
            terms={**item.terms, correction: {name: float(f"{value:.6g}") for name, value in terms.items()}},
            share=item.share if len(item.learn) > 1 else "",
        )
        if item.id == asset
        else item
        for item in scene.assets
    )
    return replace(scene, assets=changed)


def with_library(scene: Scene, assembly: Assembly) -> Scene:
    """The scene with all terms that could be proposed beside the networks, at zero: one plant tries each of them."""
    kinds = {part.id: assembly.types[part.type] for part in assembly.plant.parts}
    terms: dict[str, dict[str, dict[str, float]]] = {}
    for network in assembly.plant.corrections:
        names = library(feature_count(kinds[network.part], network.correction))
        terms.setdefault(network.part, {})[network.correction] = dict.fromkeys(names, 0.0)
    changed = (replace(item, terms={**item.terms, **terms.get(item.id, {})}) for item in scene.assets)
    return replace(scene, assets=tuple(changed))


def silenced(model: ModelVersion, network: Network) -> Any:
    """The residual with one correction at zero: its output weights are."""
    residual = model.residual
    assert residual is not None
    weights = residual.weights.copy()
    for column, name in enumerate(residual.names):
        if name.removeprefix(f"{network.key}.").startswith(("w2_", "b2")) and name.startswith(f"{network.key}."):
            weights[:, column] = 0.0
    return replace(residual, weights=weights)


def _row(
    scene: Scene, ready: Study, stating: Study, model: ModelVersion, network: Network, seen: Mapping[str, Array],
    errors: Mapping[str, float],
) -> dict[str, Any]:  # fmt: skip
    assembly = ready.assembly
    kind = assembly.types[next(part.type for part in assembly.plant.parts if part.id == network.part)]
    declared = next(item for item in kind.declaration.corrections if item.name == network.correction)
    rests = rests_of(kind, network.correction)
    values = seen[f"{network.part}.{network.correction}"]
    paths = [f"{network.part}.{network.correction}.feature_{at}" for at in range(len(rests))]
    features = np.stack([seen[path] for path in paths], axis=1)
    known = np.isfinite(values) & np.isfinite(features).all(axis=1)
    found = propose(values[known], features[known], rests)
    names = [_called(at, features[known, at], network.part, kind, seen, known) for at in range(len(rests))]
    gain = errors["physics"] - errors["hybrid"]
    own = _error_with(stating, model, network, found)
    worth = _share(errors["without"] - errors["hybrid"], gain)
    term_gain = 1.0 - own / errors["physics"]
    network_gain = 1.0 - errors["hybrid"] / errors["physics"]
    good = network_gain >= LEAST_GAIN and errors["without"] - own >= WORTH * (errors["without"] - errors["hybrid"]) > 0
    size = float(np.quantile(np.abs(values[known]), 0.95))
    unit = "" if declared.unit == "1" else f" {declared.unit}"
    shown = f"{100 * size:.0f} %" if declared.unit == "1" else f"{size:.3g}{unit}"
    name = scene.asset(network.part).name or network.part
    text = (
        f"{name}: {declared.doc[0].lower()}{declared.doc[1:].split(',')[0]} reaches {shown}, "
        f"{course(found.powers, found.numbers, names)}; this explains {100 * max(found.explained, 0.0):.0f} % of what "
        f"was learned, and a free run with it is {100 * term_gain:.0f} % better than physics alone "
        f"({100 * network_gain:.0f} % with the network)."
    )
    return {
        "asset": network.part, "correction": network.correction, "doc": declared.doc, "share": worth,
        "regimes": _regimes(values[known], features[known], names), "terms": found.terms,
        "explained": found.explained, "gain": term_gain, "network_gain": network_gain, "proposed": bool(good),
        "text": text,
    }  # fmt: skip


def rests_of(kind: Any, correction: str) -> list[float]:
    """Each feature when nothing moves: all that changes in time at zero; 0 where that is far from all experience."""
    law = kind().law(catalogue.symbols(kind))
    still = []
    for feature in law[f"{correction}.features"]:
        defaults = {item.name: item.default for item in kind.declaration.quantities if item.kind.name == "PARAMETER"}
        number = feature.subs({symbol: defaults.get(symbol.name, 0.0) for symbol in feature.free_symbols})
        value = float(number) if number.is_number and number.is_finite else 0.0
        still.append(value if abs(value) <= 2.0 else 0.0)
    return still


def _called(at: int, feature: Array, part: str, kind: Any, seen: Mapping[str, Array], known: Any) -> str:
    """The asset's quantity that a feature follows, in words."""
    best, name = ALIKE, f"feature {at}"
    for path in offers(kind):
        values = seen.get(f"{part}.{path}")
        if values is None or "feature_" in path or np.std(values[known]) == 0 or np.std(feature) == 0:
            continue
        alike = abs(float(np.corrcoef(values[known], feature)[0, 1]))
        if alike > best:
            best, name = alike, path.replace(".", " ").replace("_", " ")
    return name


def _regimes(values: Array, features: Array, names: list[str]) -> list[dict[str, Any]]:
    """Mean of the learned value in the lower, middle and upper third of each feature."""
    rows = []
    for at, name in enumerate(names):
        low, high = np.quantile(features[:, at], [1 / 3, 2 / 3])
        thirds = (features[:, at] <= low, (features[:, at] > low) & (features[:, at] <= high), features[:, at] > high)
        means = [float(values[third].mean()) if third.any() else None for third in thirds]
        rows.append({"by": name, "low": means[0], "middle": means[1], "high": means[2]})
    return rows


def _observed(ready: Study, model: ModelVersion, run: Replay) -> dict[str, Array]:
    """Values of corrections, their features and their assets' quantities over all records, mean of the members."""
    assembly = ready.assembly
    types = {part.id: assembly.types[part.type] for part in assembly.plant.parts}
    wanted = [f"{network.part}.{network.correction}" for network in assembly.plant.corrections]
    wanted += feature_paths(assembly)
    for part in dict.fromkeys(network.part for network in assembly.plant.corrections):
        corrections = {item.name for item in types[part].declaration.corrections}
        wanted += [f"{part}.{path}" for path in offers(types[part]) if path not in corrections]
    watching = assembly.compile(dict.fromkeys(wanted))
    parameters, _starts = members_of(ready, model.calibration, model.residual)
    pieces = [
        rollout(
            watching, inputs=record.inputs, sample_s=ready.window.step_s, parameters=parameters, start=start,
            options=ready.runs.options,
        ).outputs.mean(axis=2)
        for record, start in zip(ready.runs.records, run.starts, strict=True)
    ]  # fmt: skip
    outputs = np.concatenate(pieces)
    return {name: outputs[:, watching.output_names.index(name)] for name in dict.fromkeys(wanted)}


def _error_with(stating: Study, model: ModelVersion, network: Network, found: Proposed) -> float:
    """Free-run error with the term instead of this network, the other networks as they are."""
    parts = [item.part for item in stating.assembly.plant.corrections if item.key == network.key]
    names = [f"{part}.{parameter_name(network.correction, term)}" for part in parts for term in found.terms]
    known, numbers = model.calibration, list(found.terms.values()) * len(parts)
    given = replace(known, names=(*known.names, *names), values=np.append(known.values, numbers))
    return _error(stating, replay(stating, given, silenced(model, network)).central)


def _error(ready: Study, central: Array) -> float:
    measured = ready.measured()
    return overall(rmse(central, measured), scale_of(measured))


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else 0.0
