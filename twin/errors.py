"""What can go wrong, in the domain's words; doors translate these, nothing here knows HTTP."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with an input: where, what arrived, the rule, the next step."""

    where: str
    got: str
    need: str
    next_step: str = ""

    def __str__(self) -> str:
        """`<where>: got <value>, need <rule>. <next step>`."""
        return f"{self.where}: got {self.got}, need {self.need}." + (f" {self.next_step}" if self.next_step else "")


class TwinError(Exception):
    """Base of all errors that a user can cause or should read."""


class InvalidInput(TwinError):
    """Input that breaks one or more rules; carries every fault at once."""

    def __init__(self, faults: list[Fault] | tuple[Fault, ...]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class NotFound(TwinError):
    """Nothing of that kind and name."""

    def __init__(self, kind: str, name: str, known: list[str] | None = None) -> None:
        self.kind, self.name, self.known = kind, name, list(known or [])
        hint = f" Known: {', '.join(self.known[:10])}." if self.known else ""
        super().__init__(f"{kind} {name!r}: not found.{hint}")


class Conflict(TwinError):
    """Somebody else wrote first, or the thing exists already."""


class Outdated(Conflict):
    """The writer did not see the newest revision; read it again, then repeat the change."""


class NotKnown(TwinError):
    """The caller has not shown who they are."""


class TooMany(TwinError):
    """Too many tries; the next one is heard after `wait_s` seconds."""

    def __init__(self, what: str, wait_s: int) -> None:
        self.wait_s = wait_s
        super().__init__(f"{what}. Try again in {wait_s} s.")


class NotAllowed(TwinError):
    """The caller is known but lacks a scope."""

    def __init__(self, scope: str, held: tuple[str, ...] = ()) -> None:
        self.scope, self.held = scope, held
        super().__init__(f"This needs the scope {scope!r}, the caller has {', '.join(held) or 'none'}.")


class NotReady(TwinError):
    """The request is sound but something it needs does not exist yet; the message names the next step."""


class Cancelled(TwinError):
    """The work was cancelled on request."""
