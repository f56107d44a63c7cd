"""The plant's equations as Python source on torch tensors, printed from the symbols that the lanes run.

This room never imports torch; whoever does executes the text. It defines `rates(z, u, p)` [..., Z], `jacobian(z, u, p)`
[..., Z, Z], `outputs(z, u, p)` [..., S] and `mass` (list of Z ones and zeros), for `mass * dz/dt = rates`; z, u, p are
float64 tensors of shape [..., Z], [..., I], [..., P] that broadcast.
"""

from __future__ import annotations

from collections.abc import Sequence

from physics.compiler.system import run_text
from physics.simulate.model import IslandModel, Model

HEADER = """
import torch


def _real(x):
    return x if isinstance(x, torch.Tensor) else torch.tensor(x, dtype=torch.float64)


def _batch(z, u, p):
    return torch.broadcast_shapes(z.shape[:-1], u.shape[:-1], p.shape[:-1])


def _stack(values, batch):
    columns = [_real(v).expand(batch) for v in values]
    return torch.stack(columns, dim=-1) if columns else torch.zeros((*batch, 0), dtype=torch.float64)


def sqrt_(x): return torch.sqrt(_real(x))
def exp_(x): return torch.exp(_real(x))
def log_(x): return torch.log(_real(x))
def tanh_(x): return torch.tanh(_real(x))
def sin_(x): return torch.sin(_real(x))
def cos_(x): return torch.cos(_real(x))
def atan_(x): return torch.atan(_real(x))
def off_whole_(x): return (_real(x) - torch.round(_real(x))).detach()
def abs_(x): return torch.abs(_real(x))
def select_(m, a, b): return torch.where(m, _real(a), _real(b))
def lt_(a, b): return _real(a) < _real(b)
def le_(a, b): return _real(a) <= _real(b)
def gt_(a, b): return _real(a) > _real(b)
def ge_(a, b): return _real(a) >= _real(b)
def eq_(a, b): return _real(a) == _real(b)
def ne_(a, b): return _real(a) != _real(b)
def and_(a, b): return a & b
def or_(a, b): return a | b
def not_(a): return ~a
"""


def torch_source(model: Model) -> str:
    """Python source of the model's functions on torch tensors."""
    parts = [HEADER]
    for number, island in enumerate(model.islands):
        system = island.system
        for label, roots in (
            ("rates", [row.name for row in system.rows]),
            ("slopes", list(system.jacobian.values())),
            ("outputs", list(system.outputs)),
        ):
            parts.append(f"def _{label}_{number}(z, u, p):\n{_body(island, roots)}\n")
    parts.append(f"mass = {model.differential.astype(float).tolist()}\n")
    parts.append(_joined("rates", [island.states.tolist() for island in model.islands]))
    parts.append(_joined("outputs", [island.outputs.tolist() for island in model.islands]))
    parts.append(_jacobian(model))
    return "\n\n".join(parts)


def _body(island: IslandModel, roots: Sequence[str]) -> str:
    """Straight-line text with the island's names bound to columns of the plant's tensors."""
    text = run_text(island.system.tape.needed(roots), roots)
    for letter, places in (("z", island.states), ("p", island.parameters), ("u", island.inputs)):
        columns = ", ".join(f"{letter}[..., {k}]" for k in places.tolist())
        text = f"    {letter} = [{columns}]\n{text}"
    return text


def _joined(name: str, places: list[list[int]]) -> str:
    """A function that puts the islands' values in the plant's order."""
    count = sum(len(own) for own in places)
    lines = [f"def {name}(z, u, p):", f"    values = [0.0] * {count}"]
    for number, own in enumerate(places):
        lines.append(f"    for place, value in zip({own}, _{name}_{number}(z, u, p)):")
        lines.append("        values[place] = value")
    return "\n".join([*lines, "    return _stack(values, _batch(z, u, p))\n"])


def _jacobian(model: Model) -> str:
    count = len(model.state_names)
    lines = ["def jacobian(z, u, p):", "    batch = _batch(z, u, p)", f"    values = [0.0] * {count * count}"]
    for number, island in enumerate(model.islands):
        row = island.states.tolist()
        flat = [row[i] * count + row[j] for i, j in island.system.jacobian]
        lines.append(f"    for place, value in zip({flat}, _slopes_{number}(z, u, p)):")
        lines.append("        values[place] = value")
    return "\n".join([*lines, f"    return _stack(values, batch).reshape(*batch, {count}, {count})\n"])
