"""Finds component types by itself: each file of `physics/components` and of a user's own folders is one type.

Nobody keeps a list. A file in a folder of one's own is checked as a shipped one is by the tests, before anything runs,
and all its faults are told at once.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType, ModuleType, SimpleNamespace
from typing import Any

import sympy as sp

import physics.components
from physics.contract import DOMAINS, Component, Kind

RATE, RESIDUAL, FEATURES, STORAGE, HEAT_STORAGE = "rate", "residual", "features", "storage", "heat_storage_kg"
ON, OFF, RESET_WHEN, RESET_TO = "on", "off", "reset_when", "reset_to"


@dataclass(frozen=True)
class CatalogueFault:
    """One thing that is wrong with a component file: where, what was found, the rule, the next step."""

    where: str
    got: str
    need: str
    next_step: str = ""

    def __str__(self) -> str:
        """`<where>: got <what>, need <rule>. <next step>`."""
        return f"{self.where}: got {self.got}, need {self.need}." + (f" {self.next_step}" if self.next_step else "")


class CatalogueRefused(Exception):  # noqa: N818 -- it names what happened, as PlantRefused does
    """Component files that break the contract, with every fault found."""

    def __init__(self, faults: Iterable[CatalogueFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def components(folders: Iterable[Path] = ()) -> Mapping[str, type[Component]]:
    """Every component type by its name: the shipped ones and those in folders of one's own.

    Args:
        folders: Folders with one component type a file; files that begin with "_" are left out.
    Raises: CatalogueRefused, with all faults of all files.
    """
    return _components(tuple(Path(folder).resolve() for folder in folders))


def load(path: Path) -> type[Component]:
    """The one component type of a file.

    Raises: CatalogueRefused, with all its faults.
    """
    faults: list[CatalogueFault] = []
    if not path.is_file():
        raise CatalogueRefused([CatalogueFault(str(path), "no file", "a Python file with one component type")])
    kind = _load(path, faults)
    if kind is None or faults:
        raise CatalogueRefused(faults)
    return kind


@lru_cache(maxsize=16)
def _components(folders: tuple[Path, ...]) -> Mapping[str, type[Component]]:
    found = {kind.name: kind for module in _shipped() for kind in _declared_in(module)}
    faults: list[CatalogueFault] = []
    for path in [file for folder in folders for file in _files(folder, faults)]:
        kind = _load(path, faults)
        if kind is None:
            continue
        if kind.name in found:
            faults.append(
                CatalogueFault(str(path), f"type {kind.name!r}", "a name of its own", "Rename file and type.")
            )
            continue
        found[kind.name] = kind
    if faults:
        raise CatalogueRefused(faults)
    return MappingProxyType(dict(sorted(found.items())))


def _shipped() -> list[ModuleType]:
    names = [module.name for module in pkgutil.iter_modules(physics.components.__path__)]
    return [importlib.import_module(f"physics.components.{name}") for name in names]


def _declared_in(module: ModuleType) -> list[type[Component]]:
    own = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, Component)]
    return [kind for kind in own if kind.__module__ == module.__name__]


def _files(folder: Path, faults: list[CatalogueFault]) -> list[Path]:
    if not folder.is_dir():
        faults.append(CatalogueFault(str(folder), "no folder", "a folder of component files", "Check the setting."))
        return []
    return [path for path in sorted(folder.glob("*.py")) if not path.name.startswith("_")]


def _load(path: Path, faults: list[CatalogueFault]) -> type[Component] | None:
    """The one type of a user's file, None (and faults) where it cannot be used."""
    name = f"plantwin_user_components.{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        line = f":{error.lineno}" if isinstance(error, SyntaxError) else ""
        text = f"{type(error).__name__}: {error}"
        faults.append(CatalogueFault(f"{path}{line}", text, "a file that Python can import"))
        return None
    kinds = _declared_in(module)
    if len(kinds) != 1:
        faults.append(CatalogueFault(str(path), f"{len(kinds)} component classes", "exactly one"))
        return None
    if kinds[0].name != path.stem:
        faults.append(CatalogueFault(str(path), f"name {kinds[0].name!r}", f"the file's own, {path.stem!r}"))
    found = check(kinds[0], str(path))
    faults.extend(found)
    return None if found else kinds[0]


def check(kind: type[Component], where: str = "") -> list[CatalogueFault]:
    """Every way in which a type breaks the contract; empty when it keeps it.

    Args:
        kind: The component type.
        where: File or name to put before each fault.
    """
    where = where or kind.name
    try:
        returned = kind().law(symbols(kind))
    except Exception as error:
        text = f"{type(error).__name__}: {error}"
        return [CatalogueFault(f"{where} law", text, "a law that reads only declared names of its own ports and parts")]
    faults = [*_bounds(kind, where), *_missing(kind, returned, where), *_unknown_keys(kind, returned, where)]
    for failure in kind.failures:
        if failure.when not in kind.declaration.by_name and failure.when not in returned:
            faults.append(CatalogueFault(f"{where} {failure.mode!r}", failure.when, "a quantity or observable"))
    return faults


def symbols(kind: type[Component]) -> SimpleNamespace:
    """A symbol for everything that the law of a type may read, named by its local path."""
    space: dict[str, Any] = {item.name: sp.Symbol(item.name, real=True) for item in kind.declaration.quantities}
    space |= {item.name: item.of(space) for item in kind.declaration.tables}
    space |= {item.name: sp.Symbol(item.name, real=True) for item in kind.declaration.corrections}
    for port in kind.declaration.ports:
        domain = DOMAINS[port.domain]
        efforts = [domain.effort, *(domain.carried or ())[:1]]
        flows = [domain.flow, *(domain.carried or ())[1:]] if domain.flow else []
        readable = ([*efforts, *flows] if port.fixes else efforts) if domain.flow or not port.fixes else []
        space[port.name] = SimpleNamespace(**{n: sp.Symbol(f"{port.name}.{n}", real=True) for n in readable})
    return SimpleNamespace(**space)


def _bounds(kind: type[Component], where: str) -> list[CatalogueFault]:
    wrong = [item for item in kind.declaration.quantities if not item.low <= item.default <= item.high]
    faults = [
        CatalogueFault(f"{where} {q.name}", f"default {q.default:g}", f"{q.low:g} to {q.high:g} {q.unit}")
        for q in wrong
    ]
    for correction in kind.declaration.corrections:
        if not correction.low < 0 < correction.high:
            got = f"({correction.low:g}, {correction.high:g})"
            faults.append(CatalogueFault(f"{where} {correction.name}", got, "a range with zero inside"))
    return faults


def required_keys(kind: type[Component]) -> set[str]:
    """Keys that the law of a type must return."""
    keys = {f"{q.name}.{RATE}" for q in kind.declaration.quantities if q.kind is Kind.STATE}
    keys |= {f"{q.name}.{RESIDUAL}" for q in kind.declaration.quantities if q.kind is Kind.UNKNOWN}
    keys |= {f"{q.name}.{ON}" for q in kind.declaration.quantities if q.kind is Kind.MODE}
    keys |= {f"{correction.name}.{FEATURES}" for correction in kind.declaration.corrections}
    for port in kind.declaration.ports:
        domain = DOMAINS[port.domain]
        if port.fixes:
            keys |= {f"{port.name}.{name}" for name in (domain.effort, *(domain.carried or ())[:1])}
    return keys


def _missing(kind: type[Component], returned: Mapping[str, Any], where: str) -> list[CatalogueFault]:
    resets = {key.rpartition(".")[0] for key in returned if key.endswith((f".{RESET_WHEN}", f".{RESET_TO}"))}
    pairs = {f"{name}.{half}" for name in resets for half in (RESET_WHEN, RESET_TO)}
    lacking = sorted((required_keys(kind) | pairs) - set(returned))
    return [
        CatalogueFault(f"{where} law", f"no {key!r}", f"the key {key!r} in what the law returns") for key in lacking
    ]


def _unknown_keys(kind: type[Component], returned: Mapping[str, Any], where: str) -> list[CatalogueFault]:
    allowed = required_keys(kind)
    for port in kind.declaration.ports:
        domain = DOMAINS[port.domain]
        if not port.fixes and domain.flow:
            allowed |= {f"{port.name}.{name}" for name in (domain.flow, STORAGE, *(domain.carried or ())[1:])}
            allowed |= {f"{port.name}.{HEAT_STORAGE}"} if domain.carried else set()
    for quantity in kind.declaration.quantities:
        allowed |= {f"{quantity.name}.{OFF}"} if quantity.kind is Kind.MODE else set()
        allowed |= {f"{quantity.name}.{k}" for k in (RESET_WHEN, RESET_TO)} if quantity.kind is Kind.STATE else set()
    wrong = sorted(key for key in returned if "." in key and key not in allowed)
    need = "a key of one of its ports, states, unknowns or corrections"
    return [CatalogueFault(f"{where} law", f"key {key!r}", need) for key in wrong]
