"""`plant.yaml` (or the same as JSON) becomes a scene; every fault of the file is reported at once."""

from __future__ import annotations

from typing import Any

from twin.errors import Fault, InvalidInput
from twin.scene.fields import Entry, is_number, shown
from twin.scene.lines import Document, Path, read
from twin.scene.load_line import coupling, prices, product, settings
from twin.scene.scene import (
    EXCHANGE_S,
    Asset,
    Curve,
    Input,
    Interpolation,
    Kpi,
    Pose,
    Prior,
    Reduction,
    Scene,
    Sensor,
    Site,
)
from twin.scene.types import Types
from twin.scene.validate import validate


def load(text: str, *, types: Types | None = None, file: str = "plant.yaml") -> Scene:
    """Read and check a plant file.

    Args:
        text: YAML 1.2 or JSON.
        types: Component types by name; the installed catalogue by default.
        file: Name shown in faults.
    Raises: InvalidInput, with every fault of form and meaning in the order of their lines.
    """
    return load_with_lines(text, types=types, file=file)[0]


def load_with_lines(text: str, *, types: Types | None = None, file: str = "plant.yaml") -> tuple[Scene, Document]:
    """As `load`, with the document, so that a later fault can name its line too."""
    scene, document = parse(text, file=file)
    found = faults_of(scene, document, types=types)
    if found:
        raise InvalidInput(list(dict.fromkeys(fault for _path, fault in found)))
    return scene, document


def faults_of(scene: Scene, document: Document, *, types: Types | None = None) -> list[tuple[Path, Fault]]:
    """Every fault of form and meaning with its place in the document, in the order of their lines."""
    found = [*document.faults, *validate(scene, types=types, document=document)]
    return sorted(found, key=lambda item: document.line(item[0]))


def parse(text: str, *, file: str = "plant.yaml") -> tuple[Scene, Document]:
    """Read the form alone: a scene as far as it could be understood, and the document with lines and faults.

    Raises: InvalidInput, when the text is no YAML or JSON mapping at all.
    """
    document = read(text, file=file)
    if not isinstance(document.value, dict):
        raise InvalidInput([Fault(file, shown(document.value), "a mapping with the key `plant`")])
    root = Entry(document, (), document.value, "")
    scene = Scene(
        plant=root.text("plant", required=True, limit=100),
        site=_site(document, root.raw("site")),
        assets=tuple(_asset(document, ("assets", at), value) for at, value in enumerate(root.items("assets"))),
        connections=_connections(root),
        sensors=tuple(_sensor(document, ("sensors", at), value) for at, value in enumerate(root.items("sensors"))),
        inputs=tuple(_input(document, ("inputs", at), value) for at, value in enumerate(root.items("inputs"))),
        kpis=tuple(_kpi(document, ("kpis", at), value) for at, value in enumerate(root.items("kpis"))),
        events_source=_events(document, root.raw("events")),
        sampling_s=_seconds(root, "sampling_s"),
        synthetic=root.flag("synthetic"),
        description=root.text("description", limit=5000),
        products=tuple(product(document, ("products", at), value) for at, value in enumerate(root.items("products"))),
        couplings=tuple(coupling(document, ("couplings", at), v) for at, v in enumerate(root.items("couplings"))),
        exchange_s=_seconds(root, "exchange_s") or EXCHANGE_S,
        prices=prices(document, root.raw("prices")),
    )
    root.finish()
    return scene, document


def _site(document: Document, value: Any) -> Site:
    entry = Entry(document, ("site",), value, "site")
    site = Site(entry.text("name"), entry.text("time_zone", "UTC"), entry.text("night"))
    entry.finish()
    return site


def _events(document: Document, value: Any) -> str:
    entry = Entry(document, ("events",), value, "events")
    source = entry.text("source")
    entry.finish()
    return source


def _seconds(root: Entry, key: str) -> float | None:
    value = root.raw(key)
    if value is None:
        return None
    if not is_number(value) or value <= 0:
        root.refuse(key, shown(value), "a number of seconds > 0")
        return None
    return float(value)


def _asset(document: Document, path: Path, value: Any) -> Asset:
    entry = Entry(document, path, value, _subject(value, "id", path))
    asset = Asset(
        id=entry.text("id", required=True, limit=200),
        type=entry.text("type", required=True),
        name=entry.text("name"),
        parameters=_parameters(document, (*path, "parameters"), entry.raw("parameters"), entry.subject),
        start=_values(document, (*path, "start"), entry.raw("start"), f"{entry.subject}.start"),
        learn=entry.words("learn"),
        terms=_terms(document, (*path, "terms"), entry.raw("terms"), entry.subject),
        share=entry.text("share"),
        layers=entry.counts("layers"),
        memory=entry.count("memory"),
        critical=entry.flag("critical"),
        pose=_pose(document, (*path, "pose"), entry.raw("pose"), entry.subject),
        geometry=entry.text("geometry"),
        settings=settings(document, (*path, "settings"), entry.raw("settings"), entry.subject),
    )
    entry.finish()
    return asset


def _parameters(document: Document, path: Path, value: Any, subject: str) -> dict[str, float | Prior | Curve]:
    """Numbers, priors and curves by name; what is none of these is reported and left out."""
    given = value if isinstance(value, dict) else {}
    lists = {name: item for name, item in given.items() if isinstance(item, list)}
    rest = {name: item for name, item in given.items() if name not in lists} if lists else value
    found: dict[str, float | Prior | Curve] = {**_values(document, path, rest, subject)}
    for name, points in lists.items():
        curve = _curve(document, (*path, name), points, f"{subject}.{name}")
        found |= {name: curve} if curve is not None else {}
    return {name: found[name] for name in given if name in found}


def _terms(document: Document, path: Path, value: Any, subject: str) -> dict[str, dict[str, float | Prior]]:
    """Numbers per term, by correction."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        need = "terms by correction, like {extra_loss_ratio: {f0: 0.1}}"
        document.faults.append((path, Fault(document.where(path, f"{subject}.terms"), shown(value), need)))
        return {}
    return {name: _values(document, (*path, name), item, f"{subject}.terms.{name}") for name, item in value.items()}


def _curve(document: Document, path: Path, value: list[Any], subject: str) -> Curve | None:
    points = [p for p in value if isinstance(p, list) and len(p) == 2 and all(map(is_number, p))]
    for at, point in enumerate(value):
        if point not in points:
            where = document.where((*path, at), f"{subject}[{at}]")
            document.faults.append(((*path, at), Fault(where, shown(point), "a point [x, y] of two finite numbers")))
    return tuple((float(x), float(y)) for x, y in points) if len(points) == len(value) else None


def _values(document: Document, path: Path, value: Any, subject: str) -> dict[str, float | Prior]:
    """Numbers and priors by name; what is neither is reported and left out."""
    entry = Entry(document, path, value, subject)
    found: dict[str, float | Prior] = {}
    for name, given in entry.values.items():
        if is_number(given):
            found[name] = float(given)
        elif isinstance(given, dict):
            prior = _prior(document, (*path, name), given, f"{subject}.{name}")
            if prior is not None:
                found[name] = prior
        else:
            entry.refuse(name, shown(given), "a finite number in SI or {prior: …, sd: …}")
    return found


def _prior(document: Document, path: Path, value: dict[str, Any], subject: str) -> Prior | None:
    entry = Entry(document, path, value, subject)
    before = len(document.faults)
    for key in ("prior", "sd"):
        given = entry.raw(key)
        if not is_number(given) or (key == "sd" and given <= 0):
            entry.refuse(key, shown(given), "a finite number > 0" if key == "sd" else "a finite number")
    shared = entry.flag("shared")
    entry.finish()
    return Prior(float(value["prior"]), float(value["sd"]), shared) if len(document.faults) == before else None


def _pose(document: Document, path: Path, value: Any, subject: str) -> Pose | None:
    if value is None:
        return None
    entry = Entry(document, path, value, f"{subject}.pose")
    zero = (0.0, 0.0, 0.0)
    pose = Pose(entry.vector("position_m", zero), entry.vector("rotation_rad", zero))
    entry.finish()
    return pose


def _connections(root: Entry) -> tuple[tuple[str, str], ...]:
    joined = []
    for at, pair in enumerate(root.items("connections")):
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(end, str) for end in pair):
            joined.append((pair[0], pair[1]))
        else:
            path = ("connections", at)
            where = root.document.where(path, "connections")
            root.document.faults.append((path, Fault(where, shown(pair), "a pair [asset.port, asset.port]")))
            joined.append(("", ""))
    return tuple(joined)


def _sensor(document: Document, path: Path, value: Any) -> Sensor:
    entry = Entry(document, path, value, _subject(value, "tag", path))
    sensor = Sensor(
        tag=entry.text("tag", required=True, limit=200),
        measures=entry.text("measures"),
        unit=entry.text("unit", "1"),
        noise_sd=entry.number("noise_sd", 0.0, low=0.0),
        interpolation=entry.choice("interpolation", Interpolation.LINEAR),
        source=entry.text("source"),
        name=entry.text("name"),
    )
    entry.finish()
    return sensor


def _input(document: Document, path: Path, value: Any) -> Input:
    entry = Entry(document, path, value, _subject(value, "tag", path))
    item = Input(
        tag=entry.text("tag", required=True, limit=200),
        drives=entry.text("drives", required=True),
        unit=entry.text("unit", "1"),
        interpolation=entry.choice("interpolation", Interpolation.STEP),
        source=entry.text("source"),
        name=entry.text("name"),
    )
    entry.finish()
    return item


def _kpi(document: Document, path: Path, value: Any) -> Kpi:
    entry = Entry(document, path, value, _subject(value, "name", path))
    better = entry.text("better")
    if better not in ("", "lower", "higher"):
        entry.refuse("better", shown(better), "lower or higher")
    kpi = Kpi(
        name=entry.text("name", required=True),
        quantity=entry.text("quantity", required=True),
        reduction=entry.choice("reduction", Reduction.MEAN),
        unit=entry.text("unit", "1"),
        better=better,
    )
    entry.finish()
    return kpi


def _subject(value: Any, key: str, path: Path) -> str:
    """What a fault calls an entry: its id, tag or name, else its place in the list."""
    name = value.get(key) if isinstance(value, dict) else None
    return str(name) if isinstance(name, str | int | float) else f"{path[0]}[{path[1]}]"
