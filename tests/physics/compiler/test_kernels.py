"""Kernels around native text."""

import numpy as np
import warp as wp

from physics.compiler import kernels
from physics.simulate import device

SNIPPET = "for (int j = 0; j < worlds; ++j) (&Z.data[0])[j] = 10.0 * group + (&P.data[0])[j] * sample_s;"


def test_each_thread_carries_its_own_group():
    device.start()
    kernel = kernels.make(SNIPPET)
    arrays = [wp.array(np.ones(shape), dtype=wp.float64, device="cpu") for shape in ((1, 3), (1, 3))]
    arrays += [wp.zeros((1, 1, 1), dtype=wp.float64, device="cpu") for _ in range(2)]
    arrays += [wp.zeros(shape, dtype=wp.float64, device="cpu") for shape in ((1, 1), 1)]
    wp.launch(kernel, dim=1, inputs=[*arrays, 1, 3, 1, 0.5, 0.0, 0.0, 1e5, 0, 4, 1], device="cpu")
    np.testing.assert_array_equal(arrays[0].numpy(), [[40.5, 40.5, 40.5]])
