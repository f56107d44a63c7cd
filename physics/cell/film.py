"""Frames as an animated GIF, small enough for a page."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from physics.cell.spec import Film

COLOURS = 48
"""One palette for all frames: shades stay, and what stands still costs next to nothing."""


def save(frames: list[NDArray[np.uint8]], film: Film, file: Path) -> None:
    """Write an animation that repeats.

    Args:
        frames: Pictures, shape [height, width, 3].
        film: How fast it plays.
        file: Ends in .gif.
    """
    from PIL import Image

    pictures = [Image.fromarray(frame) for frame in frames]
    palette = pictures[len(pictures) // 2].quantize(COLOURS, dither=Image.Dither.NONE)
    flat = [picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in pictures]
    shown_ms = round(1000.0 / (film.frames_per_s * film.faster))
    flat[0].save(file, save_all=True, append_images=flat[1:], duration=shown_ms, loop=0, optimize=False)
