"""Rules for assets: ids, types, parameters and priors within bounds, start states, corrections to learn."""

from __future__ import annotations

import re
from collections.abc import Mapping

from physics.compiler import memory
from physics.contract import Component, Kind, Quantity, Table
from physics.flow.catalogue import flow_types
from twin.scene.fields import suggest
from twin.scene.findings import Findings
from twin.scene.lines import Path
from twin.scene.material import in_line
from twin.scene.scene import Asset, Curve, Prior, Scene
from twin.scene.terms import feature_count, unknown
from twin.scene.types import Types, starts

ASSET_ID = re.compile(r"[\w-]+(/[\w-]+)*")
VALUE_KINDS = (Kind.PARAMETER, Kind.INPUT)
MOST_LAYERS, LARGEST_LAYER = 4, 256
"""What `parameters` may set: constants, and the held value of an input that no tag drives."""


def check_assets(scene: Scene, types: Types, findings: Findings) -> None:
    """Look at every asset by itself, then at ids and shared weights across assets."""
    first: dict[str, int] = {}
    for at, asset in enumerate(scene.assets):
        path: Path = ("assets", at)
        if asset.id in first and asset.id:
            step = findings.first(("assets", first[asset.id]))
            findings.add((*path, "id"), asset.id, "the same id twice", "each id once", step)
        first.setdefault(asset.id, at)
        if asset.id and not ASSET_ID.fullmatch(asset.id):
            need = "names of letters, digits, '-' and '_' joined by '/'"
            findings.add((*path, "id"), asset.id, repr(asset.id), need)
        if in_line(asset):
            _check_line_asset(asset, path, findings)
        elif asset.type in types:
            _check_asset(asset, types[asset.type], path, findings)
        elif asset.type:
            step = suggest(asset.type, [*types, *flow_types()]) or "`twin component list` shows the types."
            findings.add((*path, "type"), f"{asset.id}.type", repr(asset.type), "a component type", step)
    _check_shares(scene, findings)


def _check_terms(asset: Asset, kind: type[Component], path: Path, findings: Findings) -> None:
    """Stated corrections: of the type, not learned as well, made of features that there are."""
    corrections = [item.name for item in kind.declaration.corrections]
    for name, given in asset.terms.items():
        where, subject = (*path, "terms"), f"{asset.id}.terms.{name}"
        if name not in corrections:
            need = f"a correction of {asset.type} ({', '.join(corrections) or 'it has none'})"
            findings.add(where, subject, repr(name), need, suggest(name, corrections))
            continue
        if name in asset.learn:
            findings.add(where, subject, "stated and learned", "one of both", f"Take {name} out of `learn`.")
        count = feature_count(kind, name)
        for term in unknown(given, count):
            findings.add(where, subject, repr(term), f'"1", or one or two of f0 to f{count - 1}, like "f0 f1"')


def _check_line_asset(asset: Asset, path: Path, findings: Findings) -> None:
    """A flow type has settings and nothing else; what they say is looked at when the line is compiled."""
    given = {"parameters": asset.parameters, "start": asset.start, "learn": asset.learn, "share": asset.share}
    for key, value in given.items():
        if value:
            step = "Write them under `settings`." if key == "parameters" else f"Take `{key}` out."
            findings.add((*path, key), f"{asset.id}.{key}", f"`{key}` of a {asset.type}", "`settings` alone", step)


def _check_asset(asset: Asset, kind: type[Component], path: Path, findings: Findings) -> None:
    tables = {table.name: table for table in kind.declaration.tables}
    coordinates = {name for table in tables.values() for pair in table.pairs for name in pair}
    settable: dict[str, Quantity | Table] = {
        q.name: q for q in kind.declaration.quantities if q.kind in VALUE_KINDS and q.name not in coordinates
    }
    settable |= tables
    _check_values(asset.parameters, settable, "parameter", (*path, "parameters"), asset, findings)
    _check_values(asset.start, starts(kind), "state", (*path, "start"), asset, findings)
    corrections = [item.name for item in kind.declaration.corrections]
    for name in asset.learn:
        if name not in corrections:
            need = f"a correction of {asset.type} ({', '.join(corrections) or 'it has none'})"
            findings.add((*path, "learn"), f"{asset.id}.learn", repr(name), need, suggest(name, corrections))
    if len(set(asset.learn)) < len(asset.learn):
        findings.add((*path, "learn"), f"{asset.id}.learn", "a correction twice", "each once")
    _check_terms(asset, kind, path, findings)
    if asset.settings:
        got, need = f"`settings` of a {asset.type}", "`parameters`"
        findings.add((*path, "settings"), f"{asset.id}.settings", got, need, "Settings are for parts of the line.")
    if asset.share and not asset.learn:
        findings.add((*path, "share"), f"{asset.id}.share", repr(asset.share), "something to `learn` beside it")
    if asset.layers and not asset.learn:
        findings.add((*path, "layers"), f"{asset.id}.layers", shape(asset.layers), "something to `learn` beside it")
    if asset.memory and not asset.learn:
        findings.add((*path, "memory"), f"{asset.id}.memory", str(asset.memory), "something to `learn` beside it")
    if asset.memory > memory.LARGEST:
        findings.add((*path, "memory"), f"{asset.id}.memory", str(asset.memory), f"at most {memory.LARGEST} units")
    if len(asset.layers) > MOST_LAYERS or any(size > LARGEST_LAYER for size in asset.layers):
        need = f"at most {MOST_LAYERS} layers of at most {LARGEST_LAYER} units"
        findings.add((*path, "layers"), f"{asset.id}.layers", shape(asset.layers), need)


def _check_values(
    values: Mapping[str, float | Prior | Curve],
    known: Mapping[str, Quantity | Table],
    word: str,
    path: Path,
    asset: Asset,
    findings: Findings,
) -> None:
    for name, value in values.items():
        subject = f"{asset.id}.{name}"
        if name not in known:
            need = f"a {word} of {asset.type}"
            step = suggest(name, known) or (f"It has {', '.join(sorted(known))}." if known else "It has none.")
            findings.add((*path, name), subject, f"the unknown {word} {name!r}", need, step)
            continue
        declared = known[name]
        if isinstance(declared, Table):
            _check_curve(value, declared, (*path, name), subject, findings)
            continue
        if isinstance(value, tuple):
            findings.add((*path, name), subject, f"{len(value)} points", f"a number in {declared.unit}")
            continue
        if isinstance(value, Prior) and declared.kind is Kind.INPUT:
            findings.add((*path, name), subject, "a prior of an input", "a number", "A log or a number sets an input.")
        if isinstance(value, Prior) and value.shared and word != "state":
            findings.add((*path, name), subject, "shared: true", "a start value", "A parameter is one number anyway.")
        number = value.prior if isinstance(value, Prior) else value
        if not declared.low <= number <= declared.high:
            unit = "" if declared.unit == "1" else f" {declared.unit}"
            got = f"{'a prior of ' if isinstance(value, Prior) else ''}{number:g}{unit}"
            findings.add((*path, name), subject, got, bounds(declared.low, declared.high, unit), "Check sign and unit.")


def _check_curve(value: float | Prior | Curve, declared: Table, path: Path, subject: str, findings: Findings) -> None:
    if not isinstance(value, tuple):
        need = f"2 to {declared.count} points [x, y] in {declared.unit_x} and {declared.unit_y}"
        findings.add(path, subject, "a prior" if isinstance(value, Prior) else f"{value:g}", need)
        return
    for at, got, need in declared.faults(value):
        findings.add((*path, at), f"{subject}[{at}]", got, need)


def _check_shares(scene: Scene, findings: Findings) -> None:
    owner: dict[str, Asset] = {}
    ids = {asset.id for asset in scene.assets}
    for at, asset in enumerate(scene.assets):
        if asset.share and (asset.share in ids or not ASSET_ID.fullmatch(asset.share)):
            need = "a name of letters, digits, '-' and '_' that no asset has"
            findings.add(("assets", at, "share"), f"{asset.id}.share", repr(asset.share), need)
        first = owner.setdefault(asset.share, asset)
        if asset.share and _learner(first) != _learner(asset):
            got = f"{asset.type} learning {', '.join(asset.learn) or 'nothing'}{in_layers(asset)}"
            need = f"the type and corrections of {first.id}: {first.type} learning {', '.join(first.learn)}"
            need += in_layers(first)
            findings.add(("assets", at, "share"), f"{asset.id}.share", got, need, "Give it a share of its own.")


def shape(layers: tuple[int, ...]) -> str:
    """Layers as they are written in the plant file."""
    return f"[{', '.join(map(str, layers))}]"


def in_layers(asset: Asset) -> str:
    """The same as the end of a sentence, nothing where there is one small layer without memory."""
    layers = f" in layers {shape(asset.layers)}" if asset.layers else ""
    return f"{layers} with memory {asset.memory}" if asset.memory else layers


def _learner(asset: Asset) -> tuple[str, tuple[str, ...], tuple[int, ...], int]:
    """What assets of one share must have in common."""
    return asset.type, asset.learn, asset.layers, asset.memory


def bounds(low: float, high: float, unit: str = "") -> str:
    """An admissible range in words: `≥ 0`, `≤ 1`, `between 0 and 1`."""
    if low == -float("inf"):
        return f"≤ {high:g}{unit}"
    return f"≥ {low:g}{unit}" if high == float("inf") else f"between {low:g} and {high:g}{unit}"
