"""A program read backwards: what sums of its results owe to each of its inputs, written on the same tape.

Equations  v = f(a, b): a̅ += v̅ ∂f/∂a, b̅ += v̅ ∂f/∂b, from the last statement to the first
Source     Griewank & Walther (2008), Evaluating Derivatives, chapter 3
Valid      where a root, logarithm or quotient has no slope, a cotangent of zero stays zero: the other branch of a
           comparison rules there
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from physics.compiler.perceptron import Perceptron
from physics.compiler.printer import number
from physics.compiler.tape import NAME, Line, Tape


@dataclass(frozen=True)
class Pull:
    """A network's cotangents on a trail.

    Attributes: place, the name that says where its weights begin; shape; offset, where its record begins.
    """

    place: str
    shape: Perceptron
    offset: int


class Unsuited(ValueError):  # noqa: N818 (it names what happened)
    """The program has what cannot be read backwards; the message names it."""


def pullback(
    tape: Tape, values: Sequence[tuple[str, str]], wanted: Iterable[str]
) -> tuple[dict[str, str], tuple[Pull, ...]]:
    """Cotangents of the wanted names, and the networks on the way.

    Args:
        tape: The program; statements are added.
        values: Name of a result and the name of its cotangent, for each.
        wanted: Names of unknowns or parameters.
    Raises: Unsuited.
    """
    back = _Back(tape, list(wanted), [value for value, _ in values])
    for value, cotangent in values:
        back.give(value, cotangent)
    for line in reversed(back.lines):
        back.through(line)
    return {name: tape.sum_of(back.given.get(name, ())) for name in back.wanted}, tuple(back.pulls)


class _Back:
    """Cotangents collected so far: `given`, by name; an element of a call by its text."""

    def __init__(self, tape: Tape, wanted: list[str], roots: list[str]) -> None:
        self.tape, self.wanted, self.lines = tape, wanted, tape.needed(roots)
        self.given: dict[str, list[str]] = {}
        self.pulls: list[Pull] = []
        self.active = set(wanted)
        for line in self.lines:
            if line.width or not self.active.isdisjoint(line.needs):
                self.active.add(line.name)

    def give(self, name: str, cotangent: str) -> None:
        if cotangent != "0.0" and name in self.active:
            self.given.setdefault(name, []).append(cotangent)

    def through(self, line: Line) -> None:
        if line.width:
            self._call(line)
        elif line.element:
            call, index = line.element
            cotangent = self.tape.sum_of(self.given.get(line.name, ()))
            if cotangent != "0.0":
                self.given.setdefault(f"{call}[{index}]", []).append(cotangent)
        elif line.name in self.given and not line.mask:
            cotangent = self.tape.sum_of(self.given[line.name])
            self._push(ast.parse(line.text, mode="eval").body, cotangent)

    def _call(self, line: Line) -> None:
        cotangents = [self.tape.sum_of(self.given.get(f"{line.name}[{k}]", ())) for k in range(line.width)]
        if all(cotangent == "0.0" for cotangent in cotangents):
            return
        function, _, arguments = line.text.removesuffix(")").partition("(")
        if function not in self.tape.networks:
            raise Unsuited(f"{function}: got slopes of a network as a result, need values only")
        place, *features = arguments.split(",")
        shape = Perceptron(self.tape.networks[function])
        offset = sum(pull.shape.trail for pull in self.pulls)
        self.pulls.append(Pull(place, shape, offset))
        found = self.tape.call(f"{function}pull_", [str(offset), place, *features, *cotangents], len(features))
        for j, feature in enumerate(features):
            if feature in self.active:
                self.give(feature, self.tape.element(found, j))

    def _push(self, node: ast.expr, cotangent: str) -> None:
        """Hand a cotangent on to the names in an expression."""
        if self.active.isdisjoint(NAME.findall(ast.unparse(node))):
            return
        match node:
            case ast.Name(id=name):
                self.give(name, cotangent)
            case ast.UnaryOp(op=ast.USub(), operand=inner):
                self._push(inner, self._times("-1.0", cotangent))
            case ast.BinOp(left=left, op=operation, right=right):
                self._binary(left, operation, right, cotangent)
            case ast.Call(func=ast.Name(id="select_"), args=[mask, yes, no]):
                self._push(yes, self._chosen(mask, cotangent, "0.0"))
                self._push(no, self._chosen(mask, "0.0", cotangent))
            case ast.Call(func=ast.Name(id=function), args=[inner]):
                self._push(inner, self._slope(function, node, inner, cotangent))
            case _:
                raise Unsuited(f"{ast.unparse(node)}: got an expression without a way back")

    def _binary(self, left: ast.expr, operation: ast.operator, right: ast.expr, cotangent: str) -> None:
        if isinstance(operation, ast.Add | ast.Sub):
            self._push(left, cotangent)
            self._push(right, cotangent if isinstance(operation, ast.Add) else self._times("-1.0", cotangent))
        elif isinstance(operation, ast.Mult):
            self._push(left, self._times(cotangent, self._value(right)))
            self._push(right, self._times(cotangent, self._value(left)))
        elif isinstance(operation, ast.Div):
            share = self._over(cotangent, self._value(right))
            self._push(left, share)
            quotient = self._value(ast.BinOp(left, operation, right))
            self._push(right, self._times("-1.0", self._times(share, quotient)))
        else:
            raise Unsuited(f"{type(operation).__name__}: got an operation without a way back")

    def _slope(self, function: str, node: ast.expr, inner: ast.expr, cotangent: str) -> str:
        """Cotangent times the slope of a function of one argument."""
        if function == "off_whole_":
            return "0.0"
        x, write = self._value(inner), self.tape.write
        if function == "sqrt_":
            return self._over(self._times("0.5", cotangent), self._value(node))
        if function == "log_":
            return self._over(cotangent, x)
        if function == "abs_":
            return self._times(cotangent, write(f"select_(gt_({x},0.0),1.0,select_(lt_({x},0.0),-1.0,0.0))"))
        if function == "cos_":
            return self._times("-1.0", self._times(cotangent, write(f"sin_({x})")))
        value = self._value(node)
        slopes = {
            "exp_": value,
            "tanh_": f"(1.0-{value}*{value})",
            "sin_": f"cos_({x})",
            "atan_": f"(1.0/(1.0+{x}*{x}))",
        }
        if function not in slopes:
            raise Unsuited(f"{function}: got a function without a slope")
        return self._times(cotangent, write(slopes[function]) if function != "exp_" else value)

    def _chosen(self, mask: ast.expr, yes: str, no: str) -> str:
        return self.tape.write(f"select_({_text(mask)},{yes},{no})")

    def _over(self, cotangent: str, x: str) -> str:
        """A quotient that is zero where the cotangent is, whatever stands below."""
        return "0.0" if cotangent == "0.0" else self.tape.write(f"select_(eq_({cotangent},0.0),0.0,{cotangent}/{x})")

    def _times(self, a: str, b: str) -> str:
        return self.tape.times(a, b)

    def _value(self, node: ast.expr) -> str:
        """A name or literal for an expression's value."""
        if isinstance(node, ast.Name):
            return node.id
        if isinstance(node, ast.Constant):
            return number(float(node.value))  # type: ignore[arg-type]  # the tape's literals are numbers
        if isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant):
            return number(-float(node.operand.value))  # type: ignore[arg-type]  # as above
        return self.tape.write(f"({_text(node)})")


def _text(node: ast.expr) -> str:
    return ast.unparse(node).replace(" ", "")


def reads(pulls: Sequence[Pull]) -> int:
    """Numbers that one evaluation leaves on the trail."""
    return sum(pull.shape.trail for pull in pulls)
