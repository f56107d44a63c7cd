"""Runs a cell in a process of its own and hears what it says; Genesis is never imported here."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
import os
import select
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from physics.cell.process import RESULT, SPEC, Exit
from physics.network.faults import PlantFault

HOW_TO_GET = "Robot cells are simulated by Genesis, which is not installed: pip install 'plantwin[cell]'"
GENESIS = "genesis-world"
LOOK_EVERY_S, SILENT_S = 1.0, 1800.0
"""How often the asker may stop it, and how long it may be silent; compiling on a busy machine takes some minutes."""
GRACE_S = 30.0
"""What a process may take to end once it has closed its output."""
LAST_LINES = 12


class NoGenesis(RuntimeError):  # noqa: N818 (it names what happened)
    """The extra is not installed; the message says how to get it."""


class CellRefused(ValueError):  # noqa: N818 (it names what happened)
    """The cell cannot be simulated; `faults` lists why."""

    def __init__(self, faults: tuple[PlantFault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


class CellBroke(RuntimeError):  # noqa: N818 (it names what happened)
    """The process ended without a result; the message carries its last words."""


def available() -> bool:
    """Whether Genesis is installed; looks, and does not import."""
    return importlib.util.find_spec("genesis") is not None


def genesis_version() -> str:
    """The version of Genesis, "none" where it is not installed."""
    try:
        return importlib.metadata.version(GENESIS)
    except importlib.metadata.PackageNotFoundError:
        return "none"


def code_digest() -> str:
    """SHA-256 of this room's source: another code may give other numbers."""
    found = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        found.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()


def digest(document: Mapping[str, Any], *, code: str = "") -> str:
    """What a result is kept under: cell, model file of one's own, digest of the code (this one's by default)."""
    found = hashlib.sha256(json.dumps(document, sort_keys=True, separators=(",", ":")).encode())
    found.update((code or code_digest()).encode())
    arm = document.get("arm")
    file = Path(str(arm.get("model", ""))) if isinstance(arm, Mapping) else Path()
    if file.is_file():
        found.update(file.read_bytes())
    return found.hexdigest()


def simulate(document: Mapping[str, Any], folder: Path, tell: Callable[[float, str], None]) -> dict[str, Any]:
    """Simulate a cell; its film, if it has one, lies in the folder afterwards.

    Args:
        document: The cell.
        folder: Of its own, empty or from a run that was cut off.
        tell: Called with the share done and a text; what it raises ends the process.
    Raises: NoGenesis; CellRefused; CellBroke.
    """
    if not available():
        raise NoGenesis(HOW_TO_GET)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SPEC).write_text(json.dumps(document))
    (folder / RESULT).unlink(missing_ok=True)
    with (folder / "log.txt").open("w+") as log:
        process = subprocess.Popen(
            _command(folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, env=_environment()
        )
        try:
            last = _listen(process, tell)
            code = _ended(process)
        finally:
            process.kill()
            process.wait()
            for pipe in filter(None, (process.stdin, process.stdout)):
                pipe.close()
        log.seek(0)
        words = [line for line in log.read().splitlines() if line.strip()][-LAST_LINES:]
    return _ending(code, last, words, folder)


def _command(folder: Path) -> list[str]:
    return [sys.executable, "-m", "physics.cell.process", str(folder)]


def _environment() -> dict[str, str]:
    """No display is asked for, and modules come from where ours came from."""
    root = str(Path(__file__).parents[2])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    return {**os.environ, "PYTHONPATH": path, "PYOPENGL_PLATFORM": "egl", "MPLBACKEND": "Agg"}


def _listen(process: subprocess.Popen[bytes], tell: Callable[[float, str], None]) -> dict[str, Any]:
    """Hand on progress, every second anew, until the process closes its output; its last line that was no progress."""
    pipe, rest, share, text, silent_s = process.stdout, b"", 0.0, "starting", 0.0
    last: dict[str, Any] = {}
    while pipe is not None:
        tell(share, text)
        if not select.select([pipe], [], [], LOOK_EVERY_S)[0]:
            silent_s += LOOK_EVERY_S
            if silent_s > SILENT_S:
                return {"error": f"it said nothing for {SILENT_S:.0f} s"}
            continue
        read = os.read(pipe.fileno(), 65536)
        if not read:
            break
        silent_s = 0.0
        *lines, rest = (rest + read).split(b"\n")
        for line in lines:
            said = json.loads(line)
            share, text = (said["share"], said["text"]) if "share" in said else (share, text)
            last = last if "share" in said else said
    return last


def _ended(process: subprocess.Popen[bytes]) -> int:
    """Its exit code; one that does not end by itself is killed."""
    try:
        return process.wait(timeout=GRACE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _ending(code: int, last: dict[str, Any], words: list[str], folder: Path) -> dict[str, Any]:
    """The result, or what went wrong as an error."""
    if code == Exit.DONE and (folder / RESULT).is_file():
        result: dict[str, Any] = json.loads((folder / RESULT).read_text())
        return result
    if code == Exit.REFUSED:
        raise CellRefused(tuple(PlantFault(**fault) for fault in last["refused"]))
    if code == Exit.NO_GENESIS:
        raise NoGenesis(f"{HOW_TO_GET} ({last.get('error', '')})")
    ended = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
    raise CellBroke("\n".join([f"The cell's process {ended}: {last.get('error', 'it said nothing')}", *words]))
