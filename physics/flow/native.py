"""C text of the functions in `physics/flow/kernels`, so that a world's rows are reached by plain pointers.

Warp compiles those functions as they are; yet it passes each array with its shape and strides and reaches a row anew at
every use. Written as members of one C++ struct that holds the rows of one world, they run several times as fast on a
CPU, and on CUDA from the same text. Only what the kernels use is understood: whole numbers, float64, rows of tables,
`if`, `while`, `for` over a range, and calls of each other.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import warp as wp

from physics.flow.kernels import present, tables

INT, REAL, TRUTH, WORD = "int", "double", "bool", "unsigned long long"
SCALARS = {int: INT, float: REAL, wp.int32: INT, wp.float64: REAL, bool: TRUTH, wp.uint64: WORD}
WORDS = {"Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "FloorDiv": "/", "Mod": "%", "BitAnd": "&",
         "BitOr": "|", "BitXor": "^", "RShift": ">>", "LShift": "<<", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=",
         "Eq": "==", "NotEq": "!=", "And": "&&", "Or": "||", "USub": "-", "Not": "!"}  # fmt: skip
CASTS = {"int": INT, "bool": TRUTH, "float64": REAL, "uint64": WORD, "int32": INT, "int64": "long long"}
CURVES = {"sqrt": "root_of", "log": "log_of", "exp": "exp_of", "pow": "pow_of"}
"""Functions of `kernels/ahead.py` by Warp's names."""
PARTS = {"t": tables.Line, "s": present.Worlds}


class NotUnderstood(ValueError):  # noqa: N818 (it names what happened)
    """A kernel function uses something that this module does not translate; the message says where."""


def member(part: str, name: str) -> str:
    """The struct's member for a table: `t_places`, `s_clock`."""
    return f"{part}_{name}"


def fields(struct: Any) -> dict[str, Any]:
    """Field types of a Warp struct by name."""
    return {name: var.type for name, var in struct.vars.items()}


def members() -> tuple[str, str]:
    """Declarations of all tables, their sizes and single numbers, and how they are found for one world."""
    rows, sets = [], []
    for part, struct in PARTS.items():
        for name, kind in fields(struct).items():
            own = member(part, name)
            if not isinstance(kind, wp.array):
                rows.append(f"{SCALARS[kind]} {own};")
                sets.append(f"f.{own} = {part}.data->{name};")
                continue
            rows.append(f"decltype({part}.data->{name}.data) {own}; int {own}_n0, {own}_n1, {own}_n2;")
            sizes = " ".join(f"f.{own}_n{axis} = {part}.data->{name}.shape[{axis}];" for axis in range(3))
            skip = f" + (size_t)w * {_per_world(part, name, kind.ndim)}" if part == "s" else ""
            sets.append(f"f.{own} = {part}.data->{name}.data{skip}; {sizes}")
    return "\n".join(rows), "\n".join(sets)


def _per_world(part: str, name: str, axes: int) -> str:
    return " * ".join(["1", *(f"{part}.data->{name}.shape[{axis}]" for axis in range(1, axes))])


class Translator:
    """One module's functions as members."""

    def __init__(self, module: ModuleType) -> None:
        self.module = module
        self.prefix = module.__name__.rpartition(".")[2]

    def functions(self) -> Iterator[str]:
        """Every Warp function that the module defines, except those written in C."""
        for name, value in vars(self.module).items():
            own = isinstance(value, wp.Function) and value.func.__module__ == self.module.__name__
            if own and not value.native_snippet and name not in getattr(self.module, "BY_HAND", ()):
                text = _Function(self, name, value).text()
                yield text
                if name in getattr(self.module, "SEVERAL", ()):
                    yield f"#if !defined(__CUDA_ARCH__)\n{text.replace(REAL, 'V').replace(WORD, 'U')}\n#endif"

    def called(self, node: ast.expr) -> tuple[str, Any] | None:
        """Member name and Warp function behind a call, None where it is none of ours."""
        value = self.value(node)
        if (
            not isinstance(value, wp.Function)
            or value.func is None
            or not value.func.__module__.startswith(__package__)
        ):
            return None
        return f"{value.func.__module__.rpartition('.')[2]}_{value.func.__name__.lstrip('_')}", value

    def value(self, node: ast.expr) -> Any:
        """What a name or `module.name` stands for in the module, None for locals."""
        if isinstance(node, ast.Name):
            return vars(self.module).get(node.id)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner = vars(self.module).get(node.value.id)
            return getattr(owner, node.attr, None) if isinstance(owner, ModuleType) else None
        return None


class _Function:
    def __init__(self, translator: Translator, name: str, function: Any) -> None:
        self.within, self.name = translator, name
        tree = ast.parse(textwrap.dedent(inspect.getsource(function.func))).body[0]
        assert isinstance(tree, ast.FunctionDef)
        self.tree = tree
        self.fuses = name in getattr(translator.module, "SEVERAL", ())
        self.locals: dict[str, Any] = {}
        self.rows: dict[str, Any] = {}
        self.arguments = {arg.arg: self._annotation(arg.annotation) for arg in tree.args.args if not _dropped(arg.arg)}

    def _annotation(self, node: ast.expr | None) -> Any:
        assert node is not None
        return SCALARS[eval(ast.unparse(node), vars(self.within.module))]  # noqa: S307 (our own source)

    def text(self) -> str:
        """The member function."""
        body = [line for statement in self.tree.body for line in self.statement(statement, 1)]
        result = "void" if self.tree.returns is None else str(self._annotation(self.tree.returns))
        given = ", ".join(f"{kind} {name}" for name, kind in self.arguments.items())
        declared = [f"  {kind} {name}{{}};" for name, kind in self.locals.items()]
        keep = "APART " if self.name in getattr(self.within.module, "RARE", ()) else ""
        head = f"{keep}FN {result} {self.within.prefix}_{self.name.lstrip('_')}({given}) {{"
        return "\n".join([head, *declared, *body, "}"])

    def statement(self, node: ast.stmt, depth: int) -> list[str]:
        """Lines of C for one statement."""
        pad = "  " * depth
        match node:
            case ast.Expr(value=ast.Constant()):
                return []
            case ast.Expr(value=value):
                return [f"{pad}{self.text_of(value)};"]
            case ast.Return(value=None):
                return [f"{pad}return;"]
            case ast.Return(value=value) if value is not None:
                return [f"{pad}return {self.text_of(value)};"]
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
                held = [f"{self.kind(v)} held_{n}_ = {self.text_of(v)};" for n, v in enumerate(values)]
                given = [f"{self.target(t, self.kind(v))} = held_{n}_;"
                         for n, (t, v) in enumerate(zip(targets, values, strict=True))]  # fmt: skip
                return [f"{pad}{{ {' '.join(held + given)} }}"]
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if self.kind(value) in STRUCTS:
                self.rows[name] = self.kind(value)
                return [f"{pad}auto {name} = {self.text_of(value)};"]
            case ast.Assign(targets=[target], value=value):
                return [f"{pad}{self.target(target, self.kind(value))} = {self.text_of(value)};"]
            case ast.AugAssign(target=target, op=op, value=value):
                return [f"{pad}{self.text_of(target)} {WORDS[type(op).__name__]}= {self.text_of(value)};"]
            case ast.If(test=test, body=body, orelse=orelse):
                lines = [f"{pad}if ({self.condition(test)}) {{", *self.block(body, depth), f"{pad}}}"]
                return lines + ([f"{pad}else {{", *self.block(orelse, depth), f"{pad}}}"] if orelse else [])
            case ast.While(test=test, body=body):
                return [f"{pad}while ({self.condition(test)}) {{", *self.block(body, depth), f"{pad}}}"]
            case ast.For(target=ast.Name(id=name), iter=ast.Call(args=[stop]), body=body):
                self.locals.setdefault(name, INT)
                head = f"{pad}for ({name} = 0; {name} < {self.text_of(stop)}; ++{name}) {{"
                return [head, *self.block(body, depth), f"{pad}}}"]
        raise self.lost(node)

    def block(self, body: list[ast.stmt], depth: int) -> list[str]:
        """Lines of an indented block."""
        return [line for statement in body for line in self.statement(statement, depth + 1)]

    def target(self, node: ast.expr, kind: Any) -> str:
        """What is assigned to; a new name becomes a local variable."""
        if isinstance(node, ast.Name) and node.id not in self.arguments:
            self.locals.setdefault(node.id, kind)
        return self.text_of(node)

    def lost(self, node: ast.AST) -> NotUnderstood:
        """The fault for something that is not translated."""
        return NotUnderstood(f"{self.within.prefix}.{self.name} line {getattr(node, 'lineno', '?')}: got "
                             f"{ast.unparse(node)!r}, need what the other kernels use.")  # fmt: skip

    def condition(self, node: ast.expr) -> str:
        """C text of a test, without the outer brackets that compilers warn of."""
        text = self.text_of(node)
        return text[1:-1] if isinstance(node, ast.Compare | ast.BoolOp) else text

    def text_of(self, node: ast.expr) -> str:
        """C text of an expression."""
        return self.read(node)[0]

    def kind(self, node: ast.expr) -> Any:
        """Type of an expression."""
        return self.read(node)[1]

    def read(self, node: ast.expr) -> tuple[str, Any]:
        """C text and type of an expression."""
        match node:
            case ast.Constant(value=value):
                return (str(value).lower() if isinstance(value, bool) else repr(value)), SCALARS[type(value)]
            case ast.Name(id="w"):
                return "w", INT
            case ast.Name(id=name) if name in self.locals:
                return name, self.locals[name]
            case ast.Name(id=name) if name in self.rows:
                return name, self.rows[name]
            case ast.Name(id=name) if name in self.arguments:
                return name, self.arguments[name]
            case ast.Name() | ast.Attribute(value=ast.Name()) if self.within.value(node) is not None:
                return _literal(self.within.value(node))
            case ast.Attribute() | ast.Subscript():
                return self.place(node)
            case ast.UnaryOp(op=op, operand=operand):
                text, kind = self.read(operand)
                return f"({WORDS[type(op).__name__]}{text})", kind
            case ast.BinOp(left=ast.BinOp(op=ast.Mult(), left=x, right=y) as xy, op=ast.Add(), right=z) if (
                self.fuses and self.kind(xy) == REAL
            ):
                return f"fused({self.text_of(x)}, {self.text_of(y)}, {self.text_of(z)})", REAL
            case ast.BinOp(left=left, op=op, right=right):
                (a, a_kind), (b, b_kind) = self.read(left), self.read(right)
                kind = next((one for one in (REAL, WORD) if one in (a_kind, b_kind)), INT)
                return f"({a} {WORDS[type(op).__name__]} {b})", kind
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return f"({self.text_of(left)} {WORDS[type(op).__name__]} {self.text_of(right)})", TRUTH
            case ast.BoolOp(op=op, values=values):
                return "(" + f" {WORDS[type(op).__name__]} ".join(map(self.text_of, values)) + ")", TRUTH
            case ast.Call(func=func, args=args):
                return self.call(node, func, args)
        raise self.lost(node)

    def call(self, node: ast.Call, func: ast.expr, args: list[ast.expr]) -> tuple[str, Any]:
        """A cast, one of Warp's functions, or another member."""
        word = func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""
        ours = self.within.called(func)
        if ours is not None:
            kept = [arg for arg in args if not (isinstance(arg, ast.Name) and _dropped(arg.id))]
            returns = inspect.signature(ours[1].func).return_annotation
            result = "void" if returns in (inspect.Signature.empty, None) else SCALARS[returns]
            return f"{ours[0]}({', '.join(map(self.text_of, kept))})", result
        read = [self.read(arg) for arg in args]
        if word in CASTS:
            return f"(({CASTS[word]})({read[0][0]}))", CASTS[word]
        if word == "where":
            return f"({read[0][0]} ? {read[1][0]} : {read[2][0]})", read[1][1]
        if word in ("min", "max"):
            sign = "<" if word == "min" else ">"
            (a, kind), (b, _) = read
            return f"({a} {sign} {b} ? {a} : {b})", kind
        if word in CURVES:
            return f"{CURVES[word]}({', '.join(text for text, _ in read)})", read[0][1]
        raise self.lost(node)

    def place(self, node: ast.expr) -> tuple[str, Any]:
        """A row of a table, a field of a row, a size or a single number."""
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "shape":
            owner = node.value.value
            assert isinstance(owner, ast.Attribute)
            return f"{member(_part(owner), owner.attr)}_n{ast.unparse(node.slice)}", INT
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute):
            return self.row(node.value, node.slice)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Subscript) and _part(node):
            kind = fields(PARTS[_part(node)])[node.attr]
            return member(_part(node), node.attr), SCALARS[kind]
        if isinstance(node, ast.Attribute):
            text, owner = self.read(node.value)
            return f"{text}.{node.attr}", SCALARS[fields(STRUCTS[owner])[node.attr]]
        raise self.lost(node)

    def row(self, table: ast.Attribute, index: ast.expr) -> tuple[str, Any]:
        """An element of a table: of this world where it has one for each."""
        part = _part(table)
        kind = fields(PARTS[part])[table.attr]
        own = member(part, table.attr)
        at = list(index.elts) if isinstance(index, ast.Tuple) else [index]
        at = at[1:] if part == "s" else at
        texts = [self.text_of(one) for one in at]
        if self.fuses and self.kind(at[-1]) == WORD:
            return f"picked({own}, {texts[0]})", SCALARS[kind.dtype]
        first = kind.ndim - len(texts)
        flat = texts[0] if texts else "0"
        for axis, text in enumerate(texts[1:], start=first + 1):
            flat = f"({flat}) * {own}_n{axis} + {text}"
        dtype = kind.dtype
        return f"{own}[{flat}]", SCALARS.get(dtype) or _name_of(dtype, own)


STRUCTS: dict[str, Any] = {}
"""Struct by the C type that a local copy of a row has."""


def _name_of(dtype: Any, own: str) -> str:
    name = f"row of {own}"
    STRUCTS[name] = dtype
    return name


def _part(node: ast.expr) -> str:
    """The letter of `t[0].name` or `s[0].name`, none for anything else."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Subscript):
        owner = node.value.value
        if isinstance(owner, ast.Name) and owner.id in PARTS:
            return owner.id
    return ""


def _dropped(name: str) -> bool:
    return name in ("t", "s", "w")


def _literal(value: Any) -> tuple[str, Any]:
    if type(value).__name__ == "uint64":
        return f"{int(value)}ull", WORD
    if isinstance(value, float) or type(value).__name__ == "float64":
        return repr(float(value)), REAL
    if isinstance(value, int):
        return str(int(value)), INT
    raise NotUnderstood(f"constant {value!r}: got a {type(value).__name__}, need a number.")
