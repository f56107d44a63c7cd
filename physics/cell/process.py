"""The cell's own process: `python -m physics.cell.process FOLDER` reads FOLDER/spec.json and leaves result.json there.

It tells its progress in lines of JSON on standard output, and ends by itself when its standard input closes: so no
simulation outlives the one who asked for it, however that one ended.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from enum import IntEnum
from pathlib import Path
from typing import Any

SPEC, RESULT, FILM = "spec.json", "result.json", "film.gif"


class Exit(IntEnum):
    """How the process ends; what is wrong stands in the last line of its output."""

    DONE = 0
    FAULT = 1
    REFUSED = 4
    NO_GENESIS = 5


def main(folder: Path) -> Exit:
    """Simulate the cell of a folder."""
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    threading.Thread(target=_end_with_asker, daemon=True).start()

    def say(**line: Any) -> None:
        out.write(json.dumps(line) + "\n")

    try:
        return _simulate(folder, say)
    except Exception as error:
        say(error=f"{type(error).__name__}: {error}")
        raise


def _simulate(folder: Path, say: Any) -> Exit:
    from physics.cell.arm_model import NoSerialArm
    from physics.cell.film import save
    from physics.cell.read import read
    from physics.cell.result import document
    from physics.cell.run import NothingInReach, run

    spec, faults = read(json.loads((folder / SPEC).read_text()))
    if faults or spec is None:
        say(refused=[vars(fault) for fault in faults])
        return Exit.REFUSED
    try:
        found = run(spec, folder, lambda share, text: say(share=share, text=text))
    except ImportError as error:
        say(error=str(error))
        return Exit.NO_GENESIS
    except (NothingInReach, NoSerialArm) as error:
        step = "Move the arm, the belt or the pallet." if isinstance(error, NothingInReach) else "Give a serial arm."
        say(refused=[{"where": "cell.arm", "got": str(error), "need": "an arm that can do it", "next_step": step}])
        return Exit.REFUSED
    if found.frames and spec.film is not None:
        say(share=0.97, text="writing the film")
        save(found.frames, spec.film, folder / FILM)
    partial = folder / (RESULT + ".part")
    partial.write_text(json.dumps(document(found)))
    partial.replace(folder / RESULT)
    say(share=1.0, text="done")
    return Exit.DONE


def _end_with_asker() -> None:
    """Standard input closes when the asker ends, even by a kill; read past Python's buffers, which have locks."""
    while os.read(0, 1):
        pass
    os._exit(Exit.FAULT)


if __name__ == "__main__":
    code = main(Path(sys.argv[1]))
    sys.stderr.flush()
    os._exit(code)  # what Genesis takes down in an orderly way costs seconds, and nothing of it is needed
