"""Every component type: rest stays at rest, energy books close, corrections keep the second law, wear never heals."""

import numpy as np
import pytest

from physics import catalogue
from physics.contract import DOMAINS
from tests.contract.points import random_points
from tests.physics.evaluate import defaults, evaluate, readable

TYPES = catalogue.components()
REST_W = 1e-2
"""A part at rest may trade less than this: a rim rounded over 1 mm drips 0.2 g of water an hour."""

ROUNDING = 1e-9
"""Books close to this share of the largest power in them."""


def port_powers(kind, values, returned) -> dict[str, np.ndarray]:
    """Power into the part at each port, "<port>" mechanical or electrical and "<port> heat" carried or conducted."""
    powers = {}
    density = values.get("density_kg_per_m3", 998.2)
    for port in kind.declaration.ports:
        domain = DOMAINS[port.domain]
        if domain.flow is None:
            continue
        effort_key, flow_key = f"{port.name}.{domain.effort}", f"{port.name}.{domain.flow}"
        effort = returned[effort_key] if port.fixes else values[effort_key]
        flow = values[flow_key] if flow_key in readable(kind) else returned.get(flow_key, 0.0)
        if port.domain == "thermal":
            powers[f"{port.name} heat"] = flow
            continue
        powers[port.name] = effort * flow / (density if port.domain == "liquid" else 1.0)
        if domain.carried:
            key = f"{port.name}.{domain.carried[1]}"
            powers[f"{port.name} heat"] = values[key] if key in readable(kind) else returned.get(key, 0.0)
    return powers


def is_source(kind) -> bool:
    """Whether a part fixes an effort: it stands for the world outside, whose own books we do not keep."""
    return any(port.fixes and port.domain != "signal" for port in kind.declaration.ports)


@pytest.mark.parametrize("name", TYPES)
def test_rest_stays_at_rest(name):
    kind = TYPES[name]
    values = defaults(kind) | {q.name: 0.0 for q in kind.declaration.quantities if q.name in ("voltage_v",)}
    returned = evaluate(kind, values)
    assert {k: p for k, p in port_powers(kind, values, returned).items() if abs(p) > REST_W} == {}


@pytest.mark.parametrize("name", TYPES)
def test_energy_books_close(name):
    kind = TYPES[name]
    values = random_points(kind, corrected=True)
    returned = evaluate(kind, values)
    if is_source(kind) and "stored_w" not in returned:
        pytest.skip("a source: what it delivers comes from outside the model")
    powers = port_powers(kind, values, returned)
    supplied = sum(returned.get(key, 0.0) for key in ("supplied_w", "elevation_w"))
    spent = sum(returned.get(key, 0.0) for key in ("lost_w", "stored_w"))
    size = sum(map(np.abs, powers.values())) + np.abs(supplied) + np.abs(spent) + 1.0
    assert np.max(np.abs(sum(powers.values()) + supplied - spent) / size) < ROUNDING


@pytest.mark.parametrize("name", [name for name, kind in TYPES.items() if not is_source(kind)])
def test_no_part_makes_work_out_of_nothing_whatever_is_learned(name):
    kind = TYPES[name]
    values = random_points(kind, corrected=True)
    returned = evaluate(kind, values)
    powers = port_powers(kind, values, returned)
    work = {key: power for key, power in powers.items() if not key.endswith(" heat")}
    holds_heat = any(DOMAINS[port.domain].carried for port in kind.declaration.ports)
    given_back = 0.0 if holds_heat else -returned.get("stored_w", 0.0)
    dissipated = sum(work.values()) + given_back + sum(returned.get(key, 0.0) for key in ("supplied_w", "elevation_w"))
    size = sum(map(np.abs, work.values())) + np.abs(given_back) + 1.0
    assert np.min(dissipated / size) > -ROUNDING


@pytest.mark.parametrize("name", [n for n, kind in TYPES.items() if any(q.slow for q in kind.declaration.quantities)])
def test_wear_never_heals_whatever_is_learned(name):
    kind = TYPES[name]
    returned = evaluate(kind, random_points(kind, corrected=True))
    for quantity in kind.declaration.quantities:
        if quantity.slow:
            assert np.min(returned[f"{quantity.name}.rate"]) >= 0.0, quantity.name


@pytest.mark.parametrize("name", [name for name, kind in TYPES.items() if kind.failures])
def test_what_fails_is_watched_and_starts_sound(name):
    kind = TYPES[name]
    for failure in kind.failures:
        quantity = kind.declaration.by_name[failure.when]
        limit = failure.limit if isinstance(failure.limit, float) else kind.declaration.by_name[failure.limit].default
        assert quantity.slow
        assert quantity.default < limit


@pytest.mark.parametrize("name", [name for name, kind in TYPES.items() if kind.declaration.corrections])
def test_features_are_of_order_one_and_free_of_corrections(name):
    kind = TYPES[name]
    plain, corrected = random_points(kind), random_points(kind, corrected=True)
    base = plain | {c.name: corrected[c.name] for c in kind.declaration.corrections}
    without, with_correction = evaluate(kind, plain), evaluate(kind, base)
    for key in [key for key in without if ".features" in key]:
        np.testing.assert_array_equal(without[key], with_correction[key])
        assert np.median(np.abs(without[key])) < 100.0, key
