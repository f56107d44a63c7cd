import numpy as np
import pytest

from physics.cell.film import save
from physics.cell.spec import Film


def test_an_animation_has_every_frame_and_repeats(tmp_path):
    image = pytest.importorskip("PIL.Image")
    frames = [np.zeros((30, 40, 3), dtype=np.uint8) for _at in range(3)]
    for at, frame in enumerate(frames):
        frame[:, 10 * at : 10 * at + 5] = (200, 120, 40)
    save(frames, Film(frames_per_s=5.0, faster=2.0), tmp_path / "film.gif")
    with image.open(tmp_path / "film.gif") as film:
        assert film.n_frames == 3
        assert film.size == (40, 30)
        assert film.info["duration"] == 100
        assert film.info["loop"] == 0
