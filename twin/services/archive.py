"""One compressed file with named members and a manifest of their hashes at its end."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, Any

import pyarrow as pa

from twin.errors import Fault, InvalidInput

MANIFEST = "manifest.json"
BLOCK_BYTES = 1 << 20

Told = Callable[[float, str], None]


def write(target: Path, members: Mapping[str, Path], facts: dict[str, Any], told: Told) -> dict[str, Any]:
    """Write files as members of a `.tar.zst`; it appears under its name only when it is whole.

    Returns: The manifest: `facts`, and SHA-256 and size of every member.
    """
    partial = target.with_name(target.name + ".partial")
    manifest: dict[str, Any] = {**facts, "members": {}}
    try:
        with pa.CompressedOutputStream(str(partial), "zstd") as packed, tarfile.open(fileobj=packed, mode="w|") as tar:
            for done, (name, path) in enumerate(members.items()):
                told(done / len(members), name)
                manifest["members"][name] = _add(tar, name, path)
            _add_manifest(tar, manifest)
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def read(source: Path, folder: Path | None, told: Told) -> dict[str, Any]:
    """Check every member against the manifest and unpack into `folder` (None: check alone).

    Returns: The manifest.
    Raises: InvalidInput, with every member that is damaged, missing or foreign.
    """
    found: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] | None = None
    try:
        with source.open("rb") as file, pa.CompressedInputStream(file, "zstd") as packed:
            with tarfile.open(fileobj=packed, mode="r|") as tar:
                for member in tar:
                    told(0.5, member.name)
                    content = tar.extractfile(member)
                    if content is None or not _is_ours(member.name):
                        raise InvalidInput([_fault(source, f"the member {member.name!r}", "files of a backup")])
                    if member.name == MANIFEST:
                        manifest = json.load(content)
                    else:
                        found[member.name] = _take(content, folder and folder / member.name)
    except FileNotFoundError as error:
        raise InvalidInput([_fault(source, "no such file", "a backup")]) from error
    except (OSError, tarfile.TarError, ValueError) as error:
        raise InvalidInput([_fault(source, f"a damaged or foreign file ({error})", "a whole backup")]) from error
    if manifest is None:
        raise InvalidInput([_fault(source, "a file without its end", "a whole backup")])
    _compare(source, found, manifest["members"])
    return manifest


def _add(tar: tarfile.TarFile, name: str, path: Path) -> dict[str, Any]:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        info = tarfile.TarInfo(name)
        info.size = os.fstat(file.fileno()).st_size
        tar.addfile(info, _Hashing(file, digest))
    return {"sha256": digest.hexdigest(), "bytes": info.size}


def _add_manifest(tar: tarfile.TarFile, manifest: dict[str, Any]) -> None:
    content = json.dumps(manifest, indent=1).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size = len(content)
    tar.addfile(info, io.BytesIO(content))


def _take(content: IO[bytes], target: Path | None) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    if target is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") if target is not None else open(os.devnull, "wb") as file:
        while block := content.read(BLOCK_BYTES):
            digest.update(block)
            size += len(block)
            file.write(block)
    return {"sha256": digest.hexdigest(), "bytes": size}


def _compare(source: Path, found: Mapping[str, Any], named: Mapping[str, Any]) -> None:
    faults = [_fault(source, f"no member {name!r}", "what the manifest names") for name in named if name not in found]
    faults += [
        _fault(
            source, f"another content of {name!r}", "the SHA-256 of the manifest", "The file was changed or damaged."
        )
        for name in found
        if name in named and found[name] != named[name]
    ]
    faults += [_fault(source, f"the member {name!r}", "what the manifest names") for name in found if name not in named]
    if faults:
        raise InvalidInput(faults)


def _is_ours(name: str) -> bool:
    """No absolute path, no way out of the folder."""
    path = PurePosixPath(name)
    return name == MANIFEST or (path.parts[0] in ("database", "files") and ".." not in path.parts)


def _fault(source: Path, got: str, need: str, next_step: str = "Use another backup.") -> Fault:
    return Fault(str(source), got, need, next_step)


class _Hashing:
    """A file that is hashed as it is read."""

    def __init__(self, file: IO[bytes], digest: Any) -> None:
        self.file, self.digest = file, digest

    def read(self, size: int = -1, /) -> bytes:
        block = self.file.read(size)
        self.digest.update(block)
        return block
