"""Derived text kept on disk between processes, in a folder that only its owner can read or write.

Entries are named by the hash of what they were derived from and open with the hash of what they hold, so a torn or
altered entry reads as absent. Writers replace whole files; any number of processes may share the folder.
"""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from functools import lru_cache
from pathlib import Path

FOLDER_VARIABLE = "PLANTWIN_CACHE_DIR"


class UnsafeFolder(PermissionError):  # noqa: N818 (it names what happened)
    """The cache folder belongs to somebody else or is open to others."""


def folder() -> Path:
    """The cache folder, made on first use; `PLANTWIN_CACHE_DIR` moves it.

    Raises: UnsafeFolder, when another user owns it or may write to it.
    """
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return _private(Path(os.environ.get(FOLDER_VARIABLE) or Path(home) / "plantwin"))


@lru_cache(maxsize=8)
def _private(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    facts = path.stat()
    if facts.st_uid != os.getuid():
        raise UnsafeFolder(f"{path}: got a folder of another user, need your own. Set {FOLDER_VARIABLE}.")
    if stat.S_IMODE(facts.st_mode) & 0o077:
        path.chmod(0o700)
    return path


def digest(*parts: str) -> str:
    """Name of an entry that follows from these texts."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def read(kind: str, key: str) -> str | None:
    """The entry's text, or None where there is none that is whole."""
    try:
        head, _, body = (folder() / kind / key).read_text().partition("\n")
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    return body if head == digest(kind, key, body) else None


def write(kind: str, key: str, body: str) -> None:
    """Keep a text under a key; the last of several writers wins, and all of them wrote the same."""
    place = folder() / kind
    place.mkdir(mode=0o700, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place)
    with os.fdopen(handle, "w") as file:
        file.write(f"{digest(kind, key, body)}\n{body}")
    os.replace(name, place / key)
