"""Networks of several tanh layers as functions in the lanes: loops over layers, weights read where they lie.

Equations  a_0 = x    a_k = tanh(b_k + a_(k-1) W_k)    y = b_L + a_(L-1) W_L
           slopes dy/dx and pulls g -> g dy/dx go back through the layers, d_(k-1) = (1 - a²) d_k W_kᵀ
Weights    one row of numbers, layer after layer: b_k [out], then W_k [in, out], the outputs next to each other
Lanes      a weight is read once and serves all worlds of a group; `place` says where a world's weights begin. Worlds of
           a group with other weights than its first are computed apart, so that any mixture is right, if slower.
Valid      tanh of 32 bits is a quotient of polynomials, fitted on |x| <= 8.9: 2.7 units of the last place of one off at
           most; with 64 bits x = (k ln 2) / 2 + y, |y| <= (ln 2) / 4, and tanh y is such a quotient n / d, so that
           tanh x = (2^k (d + n) - (d - n)) / (2^k (d + n) + (d - n)) takes one division: 1.3 units off at most
           (measured on 450,001 and 2,100,002 points)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from physics.compiler.lanes import FLOAT32, Real, horner
from physics.compiler.tape import Dual, Tape

TILE = 6
"""Outputs computed side by side: with worlds in two registers, twelve sums, two inputs and a weight fill sixteen."""

LIMIT = "8.9"
ABOVE = (1.3534186430459661e-08, 2.0737531769193768e-05, 0.003503360227966443, 0.1338756186664243, 0.9999999816690328)
BELOW = (7.849678844413784e-07, 0.0003298366412943305, 0.025906524471108916, 0.46720879173226687, 1.0)
"""Coefficients in x², highest first, of a fit by reweighted least squares with 400 nodes."""

NEAR_ABOVE, NEAR_BELOW = (
    (0.0010573932496098454, 0.11109898481975071, 1.0),
    (0.01586816596949943, 0.44443231815307577, 1.0),
)
"""The same for |y| <= 0.174, five parts in 1e18 off."""

BEND = r"""
INLINE V bend_(V x) {
  V near = least_(most_(x, SPLAT(-19.5)), SPLAT(19.5));
  V k = ROUND(near * 2.8853900817779268);
  V y = near - k * HALF_HIGH;
  y = y - k * HALF_LOW;
  V s = y * y;
  V n = y * ABOVE, d = BELOW;
  V last_bits = k + WHOLE_BITS, power;
  I bits;
  COPY(&bits, &last_bits, sizeof(V));
  bits = (bits + BIAS) << MANTISSA;
  COPY(&power, &bits, sizeof(V));
  V a = power * (d + n), b = d - n;
  return select_(eq_(x, x), (a - b) / (a + b), x);
}
"""


@dataclass(frozen=True)
class Perceptron:
    """A network's shape: the numbers of its inputs, of each hidden layer and of its outputs."""

    sizes: tuple[int, ...]

    @cached_property
    def name(self) -> str:
        """Name of the function in the lanes."""
        return "net_" + "_".join(map(str, self.sizes)) + "_"

    @property
    def weight_count(self) -> int:
        """Weights and biases."""
        return sum((inner + 1) * outer for inner, outer in pairwise(self.sizes))

    @property
    def weight_names(self) -> tuple[str, ...]:
        """Local names of the weights in their order; those of the last layer begin with "y"."""
        last = self.starts[-1]
        return tuple(f"{'w' if k < last else 'y'}{k:05d}" for k in range(self.weight_count))

    def trend_signs(self, signs: Sequence[int]) -> dict[str, int]:
        """Weights that count from zero on and with which sign, so that outputs rise or fall with the inputs.

        Args:
            signs: Of the slopes by the first inputs, zero and those behind for any.
        """
        if not any(signs):
            return {}
        names = self.weight_names
        found: dict[str, int] = {}
        for layer, (start, (inner, outer)) in enumerate(zip(self.starts, pairwise(self.sizes), strict=True)):
            kept = [*signs, *[0] * inner][:inner] if layer == 0 else [1] * inner
            rows = [names[start + (1 + j) * outer : start + (2 + j) * outer] for j in range(inner)]
            found |= {name: sign for row, sign in zip(rows, kept, strict=True) if sign for name in row}
        return found

    @property
    def trail(self) -> int:
        """Numbers that one pull leaves behind for the slopes by the weights."""
        return sum(inner + outer for inner, outer in pairwise(self.sizes))

    @property
    def starts(self) -> tuple[int, ...]:
        """Where each layer's weights begin."""
        counts = [(inner + 1) * outer for inner, outer in pairwise(self.sizes)]
        return tuple(sum(counts[:k]) for k in range(len(counts)))

    def call(self, tape: Tape, place: str, features: Sequence[Dual]) -> tuple[Dual, ...]:
        """The outputs with their derivatives, as names on a tape.

        Args:
            tape: Where to write.
            place: Name of the number that says where a world's weights begin.
            features: The inputs.
        """
        tape.networks[self.name] = self.sizes
        arguments = [place, *(feature.name for feature in features)]
        count, outputs = len(features), self.sizes[-1]
        values = tape.call(self.name, arguments, outputs)
        found = [tape.element(values, o) for o in range(outputs)]
        if not any(feature.slope for feature in features):
            return tuple(map(Dual, found))
        slopes = tape.call(f"{self.name}slopes_", arguments, outputs * count)
        partials = [[tape.element(slopes, o * count + j) for j in range(count)] for o in range(outputs)]
        return tuple(
            tape.chain(name, [(slope, f) for slope, f in zip(own, features, strict=True) if f.slope])
            for name, own in zip(found, partials, strict=True)
        )


TILES = r"""
INLINE void tileK_(const REAL *w, const int in, const int out, const V *x, V *y, const bool bent) {
  V FIRST;
  for (int j = 0; j < in; ++j) { const V v = x[j]; w += out; ADD }
  if (bent) { BENT } else { PLAIN }
}
INLINE void backK_(const REAL *w, const int out, const V *d, V *y) {
  V ZERO;
  for (int i = 0; i < out; ++i) { const V v = d[i]; ACROSS }
  PLAIN
}
"""

DENSE = r"""
INLINE void dense_(const REAL *w, const int in, const int out, const V *x, V *y, const bool bent) {
  int i = 0;
  for (; i + TILE <= out; i += TILE) tileTILE_(w + i, in, out, x, y + i, bent);
  switch (out - i) { REST }
}
INLINE void undense_(const REAL *w, const int in, const int out, const V *d, V *y) {
  int j = 0;
  w += out;
  for (; j + TILE <= in; j += TILE) backTILE_(w + j * out, out, d, y + j);
  switch (in - j) { UNREST }
}
INLINE void straighten_(const int n, const V *a, V *d) {
  for (int i = 0; i < n; ++i) d[i] = d[i] * (1.0 - a[i] * a[i]);
}
INLINE const REAL *tables_(const V *c) {
  const REAL *found;
  COPY(&found, c + NC - ADDRESSES, sizeof(found));
  return found;
}
INLINE long first_(V place, I rest) {
  for (int l = 0; l < LANES; ++l) if (AT(rest, l) != 0) return (long)AT(place, l);
  return 0;
}
"""

CALL = r"""
INLINE void NAME(const V *c, V place, ARGUMENTS, V *y) {
  const V x[INPUTS] = {VALUES};
  V other[OUTPUTS];
  for (I rest = ALL_TRUE; ANY(rest);) {
    const long at = first_(place, rest);
    const I own = rest & eq_(place, SPLAT(at));
    if (!ANY(NOT(own))) { NAMEat_(tables_(c) + at, x, y); return; }
    NAMEat_(tables_(c) + at, x, other);
    for (int i = 0; i < OUTPUTS; ++i) y[i] = select_(own, other[i], y[i]);
    rest = rest & NOT(own);
  }
}
"""

PULL = r"""
INLINE void NAME(const V *c, int offset, V place, ARGUMENTS, V *y) {
  const V x[INPUTS] = {VALUES};
  V *trail;
  COPY(&trail, c + NC - ADDRESSES + ADDRESS, sizeof(trail));
  NAMEat_(tables_(c) + (long)AT(place, 0), x, trail + offset, y);
}
"""

ADDRESS, ADDRESSES = 2, 4
"""Places behind the held values for where the tables lie and where pulls leave their trail: two of 32 bits each."""

ATTACH = f"  const REAL *tables = &NETS.data[0];\n  COPY(&c[NC - {ADDRESSES}], &tables, sizeof(tables));\n"
"""Statement of a walk that says where the weights of all networks lie."""


def functions(networks: Iterable[tuple[int, ...]], real: Real, *, pulls: bool = False) -> str:
    """The functions of networks with these layer sizes; with what takes slopes back where an adjoint needs it."""
    shapes = [Perceptron(sizes) for sizes in networks]
    if not shapes:
        return ""
    text = _bend(real) + "".join(_tile(count) for count in range(1, TILE + 1))
    rest = " ".join(f"case {k}: tile{k}_(w + i, in, out, x, y + i, bent); break;" for k in range(1, TILE))
    back = " ".join(f"case {k}: back{k}_(w + j * out, out, d, y + j); break;" for k in range(1, TILE))
    text += DENSE.replace("UNREST", back).replace("REST", rest).replace("TILE", str(TILE))
    text += "".join(_forward(shape) + _slopes(shape) + (_pull(shape) if pulls else "") for shape in shapes)
    return text.replace("ADDRESSES", str(ADDRESSES)).replace("ADDRESS", str(ADDRESS))


def _bend(real: Real) -> str:
    series = (ABOVE, BELOW) if real is FLOAT32 else (NEAR_ABOVE, NEAR_BELOW)
    above, below = (horner([repr(value) for value in own], "s") for own in series)
    if real is not FLOAT32:
        parts = {"HALF_HIGH": repr(real.ln2[0] / 2), "HALF_LOW": repr(real.ln2[1] / 2), "ABOVE": above, "BELOW": below}
        parts |= {"WHOLE_BITS": repr(1.5 * 2**real.mantissa_bits), "BIAS": str(real.bias)}
        text = BEND.replace("MANTISSA", str(real.mantissa_bits))
        for key, value in parts.items():
            text = text.replace(key, value)
        return text
    return (
        f"INLINE V bend_(V x) {{ V k = least_(most_(x, SPLAT(-{LIMIT})), SPLAT({LIMIT})); V s = k * k; "
        f"return select_(eq_(x, x), k * {above} / {below}, x); }}\n"
    )


def _tile(count: int) -> str:
    each = range(count)
    parts = {
        "FIRST": ", ".join(f"a{k} = SPLAT(w[{k}])" for k in each),
        "ADD": " ".join(f"a{k} = a{k} + v * w[{k}];" for k in each),
        "BENT": " ".join(f"y[{k}] = bend_(a{k});" for k in each),
        "PLAIN": " ".join(f"y[{k}] = a{k};" for k in each),
        "ZERO": ", ".join(f"a{k} = SPLAT(0.0)" for k in each),
        "ACROSS": " ".join(f"a{k} = a{k} + v * w[{k} * out + i];" for k in each),
    }
    text = TILES.replace("tileK_", f"tile{count}_").replace("backK_", f"back{count}_")
    for key, value in parts.items():
        text = text.replace(key, value)
    return text


def _layers(shape: Perceptron, activations: Sequence[str]) -> str:
    """Statements that fill the activations of each layer from those before."""
    text = ""
    for k, (inner, outer) in enumerate(pairwise(shape.sizes)):
        bent = "true" if k + 2 < len(shape.sizes) else "false"
        text += f"  dense_(w + {shape.starts[k]}, {inner}, {outer}, {activations[k]}, {activations[k + 1]}, {bent});\n"
    return text


def _hidden(shape: Perceptron, letter: str) -> str:
    return "".join(f"  V {letter}{k}[{size}];\n" for k, size in enumerate(shape.sizes[1:-1], 1))


def _forward(shape: Perceptron) -> str:
    last = len(shape.sizes) - 1
    names = ["x", *(f"a{k}" for k in range(1, last)), "y"]
    text = f"FN {shape.name}at_(const REAL *w, const V *x, V *y) {{\n{_hidden(shape, 'a')}{_layers(shape, names)}}}\n"
    return text + _entry(CALL, shape.name, shape.sizes[0], shape.sizes[-1])


def _slopes(shape: Perceptron) -> str:
    last, (inputs, outputs) = len(shape.sizes) - 1, (shape.sizes[0], shape.sizes[-1])
    names = ["x", *(f"a{k}" for k in range(1, last)), "y"]
    text = f"FN {shape.name}slopes_at_(const REAL *w, const V *x, V *s) {{\n{_hidden(shape, 'a')}{_hidden(shape, 'd')}"
    text += f"  V y[{outputs}], e[{outputs}];\n{_layers(shape, names)}"
    text += f"  for (int o = 0; o < {outputs}; ++o) {{\n"
    text += f"  for (int i = 0; i < {outputs}; ++i) e[i] = SPLAT(i == o ? 1.0 : 0.0);\n"
    text += _backward(shape, "e", f"s + o * {inputs}", [f"d{k}" for k in range(last)])
    return text + "  }\n}\n" + _entry(CALL, f"{shape.name}slopes_", inputs, inputs * outputs)


def _backward(shape: Perceptron, given: str, target: str, cotangents: Sequence[str]) -> str:
    text = ""
    for k in range(len(shape.sizes) - 1, 0, -1):
        inner, outer = shape.sizes[k - 1], shape.sizes[k]
        source = given if k == len(shape.sizes) - 1 else cotangents[k]
        goal = target if k == 1 else cotangents[k - 1]
        text += f"  undense_(w + {shape.starts[k - 1]}, {inner}, {outer}, {source}, {goal});\n"
        text += f"  straighten_({inner}, a{k - 1}, {goal});\n" if k > 1 else ""
    return text


def _pull(shape: Perceptron) -> str:
    """Cotangents of the inputs from those of the outputs; each layer's inputs and cotangents stay on the trail."""
    places, at = [], 0
    for inner, outer in pairwise(shape.sizes):
        places.append((at, at + inner))
        at += inner + outer
    inputs, last = shape.sizes[0], len(shape.sizes) - 1
    activations = [f"(trail + {own})" for own, _ in places]
    cotangents = ["y", *(f"(trail + {own})" for _, own in places)]
    text = f"FN {shape.name}pull_at_(const REAL *w, const V *x, V *trail, V *y) {{\n"
    text += f"  V out[{shape.sizes[-1]}];\n  for (int j = 0; j < {inputs}; ++j) trail[j] = x[j];\n"
    text += "".join(f"  V *a{k} = {own};\n" for k, own in enumerate(activations) if k)
    text += _layers(shape, [*activations, "out"])
    text += f"  for (int i = 0; i < {shape.sizes[-1]}; ++i) {cotangents[last]}[i] = x[{inputs} + i];\n"
    text += _backward(shape, cotangents[last], "y", cotangents) + "}\n"
    return text + _entry(PULL, f"{shape.name}pull_", inputs + shape.sizes[-1], inputs)


def _entry(text: str, name: str, inputs: int, outputs: int) -> str:
    values = [f"x{j}" for j in range(inputs)]
    parts = {"NAME": name, "ARGUMENTS": ", ".join(f"V {own}" for own in values), "VALUES": ", ".join(values),
             "INPUTS": str(inputs), "OUTPUTS": str(outputs)}  # fmt: skip
    for key, value in parts.items():
        text = text.replace(key, value)
    return text
