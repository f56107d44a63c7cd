"""A lowered law equals the law, and its partials equal SymPy's derivatives."""

import numpy as np
import pytest

from physics.compiler import disk_cache
from physics.compiler.block import _Lowering, lower
from physics.compiler.evaluation import SHARED_NAMES
from physics.compiler.trace import trace
from tests.physics.parts import TYPES


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv(disk_cache.FOLDER_VARIABLE, str(tmp_path))


def run(block, values):
    space = {**SHARED_NAMES, **{f"s{k}_": values[name] for k, name in enumerate(block.locals)}}
    for statement in block.statements:
        space[statement.name] = eval(statement.text, space)
    return lambda atom: eval(atom, space)


@pytest.mark.parametrize("kind", ["passage", "robertson", "pendulum", "decay", "tank", "functions"])
def test_values_and_partials_equal_the_mathematics(kind):
    learned = frozenset(c.name for c in TYPES[kind].declaration.corrections)
    seen = trace(TYPES[kind], learned)
    rng = np.random.default_rng(0)
    values = {name: rng.uniform(0.5, 1.5) for name in seen.symbols}
    places = {symbol: values[name] for name, symbol in seen.symbols.items()}
    block = lower(seen)
    at = run(block, values)
    for key, expression in seen.equations.items():
        assert at(block.values[key]) == pytest.approx(float(expression.subs(places)), rel=1e-12)
        for name, atom in block.partials.get(key, {}).items():
            slope = expression.diff(seen.symbols[name]).subs(places)
            assert at(atom) == pytest.approx(float(slope), rel=1e-10, abs=1e-12)


def test_parameter_only_work_stands_in_its_own_statements():
    block = _Lowering(trace(TYPES["pendulum"])).block()
    needed = {block.statements[i].text for i in block.needed(block.values["speed_rad_per_s.rate"])}
    assert any("sin_" in text for text in needed)
    passage = lower(trace(TYPES["passage"]))
    assert all(token in passage.values for token in ("inlet.mass_flow_kg_per_s", "outlet.enthalpy_flow_w"))


def test_the_second_process_reads_what_the_first_derived(monkeypatch):
    first = lower.__wrapped__(trace(TYPES["decay"]))
    monkeypatch.setattr(_Lowering, "block", lambda self: pytest.fail("derived twice"))
    assert lower.__wrapped__(trace(TYPES["decay"])) == first


def test_an_altered_entry_is_derived_anew(tmp_path):
    first = lower.__wrapped__(trace(TYPES["decay"]))
    (entry,) = (tmp_path / "block").iterdir()
    entry.write_text(entry.read_text().replace("-1.0", "-2.0").replace("(-", "(+"))
    assert lower.__wrapped__(trace(TYPES["decay"])) == first
