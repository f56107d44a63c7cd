"""What a type of material flow declares: ways in and out, settings, and how it is built from places.

A law says what holds at every instant; a flow type says which places there are and who may hold what. So material flow
has a contract of its own beside `physics/contract.py`: ports without effort and flow, and `build` in place of `law`. A
type is one file all the same, and the kernel knows only places, routers, stops, pools and calendars, never types.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from physics.flow.draft import Draft


@dataclass(frozen=True)
class Inlet:
    """A way in; `many`: written `<name>_1`, `<name>_2` and so on."""

    doc: str
    many: bool = False
    name: str = ""


@dataclass(frozen=True)
class Outlet:
    """A way out; `many` as for an inlet; `optional`: may stay unlinked."""

    doc: str
    many: bool = False
    optional: bool = False
    name: str = ""


class Kind(Enum):
    """What a setting is."""

    NUMBER = "number"
    COUNT = "count"
    TIMES = "times"
    CHOICE = "choice"
    PART = "part"
    LISTING = "listing"


@dataclass(frozen=True)
class Setting:
    """One setting of a type, in the SI unit that its name ends with.

    Attributes: kind; doc, one line; default (None: must be given, or for PART none); unit; low and high; options of a
    choice; by_product, whether it may be a mapping from product to value; of, the type that a part must have.
    """

    kind: Kind
    doc: str
    default: Any = None
    unit: str = "1"
    low: float = -float("inf")
    high: float = float("inf")
    options: tuple[str, ...] = ()
    by_product: bool = False
    of: tuple[str, ...] = ()
    required: bool = False
    name: str = ""


def number(
    unit: str,
    doc: str,
    *,
    default: float,
    low: float = -float("inf"),
    high: float = float("inf"),
    by_product: bool = False,
) -> Any:
    """A number with a unit and bounds."""
    return Setting(Kind.NUMBER, doc, default, unit, low, high, by_product=by_product)


def count(doc: str, *, default: int, low: int = 1) -> Any:
    """A whole number."""
    return Setting(Kind.COUNT, doc, default, low=low)


def times(doc: str, *, default: float | None = 0.0, by_product: bool = False, passes: bool = False) -> Any:
    """A distribution of times (`physics/flow/durations.py`); a default of None means that none are drawn.

    With `passes` its mean must be above zero: what comes back after it would otherwise come without end at one time.
    """
    return Setting(Kind.TIMES, doc, default, "s", 0.0 if passes else -float("inf"), by_product=by_product)


def choice(doc: str, *options: str) -> Any:
    """One of some words, the first by default."""
    return Setting(Kind.CHOICE, doc, options[0], options=options)


def part(doc: str, *of: str, required: bool = False) -> Any:
    """Another part by its name, of one of the types `of` (any type where none is named)."""
    return Setting(Kind.PART, doc, of=of, required=required)


def listing(doc: str) -> Any:
    """A list or mapping whose form the type itself checks."""
    return Setting(Kind.LISTING, doc, ())


POWER = tuple(
    Setting(Kind.NUMBER, doc, 0.0, "W", low=0.0, name=name)
    for name, doc in (
        ("working_w", "Electrical power of one station, belt or vehicle at work or in setup"),
        ("idle_w", "The same while it waits for items, room or people"),
        ("standing_w", "The same while it is down, under service or off shift"),
    )
)
"""What a powered type may be given beside its own settings (`physics/flow/energy.py`)."""


@dataclass(frozen=True)
class Declaration:
    """Everything that a flow type declares, in order of writing."""

    inlets: tuple[Inlet, ...]
    outlets: tuple[Outlet, ...]
    settings: tuple[Setting, ...]


class FlowType:
    """Base of every flow type; subclasses are final, declare class attributes and one `build`.

    A type with `powered` set has the settings of POWER too.
    """

    name: ClassVar[str] = ""
    powered: ClassVar[bool] = False
    declaration: ClassVar[Declaration]

    def __init_subclass__(cls) -> None:
        """Collect what is declared, giving each its attribute's name."""
        found: list[Any] = []
        for key, value in list(vars(cls).items()):
            if isinstance(value, Inlet | Outlet | Setting):
                named = "in" if key == "inlet" else "out" if key == "outlet" else key
                found.append(type(value)(**{**vars(value), "name": named}))
                setattr(cls, key, found[-1])
        cls.declaration = Declaration(
            tuple(item for item in found if isinstance(item, Inlet)),
            tuple(item for item in found if isinstance(item, Outlet)),
            tuple(item for item in found if isinstance(item, Setting)) + (POWER if cls.powered else ()),
        )

    def build(self, v: SimpleNamespace, line: Draft) -> None:
        """Add the part's places to the line; `v` has its `name`, every setting, and `ports`, those that are linked."""
        raise NotImplementedError(f"{type(self).__name__} declares no build")
