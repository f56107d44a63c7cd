"""Where kernels come from."""

import stat
import subprocess
import sys

import warp as wp

from physics.compiler import disk_cache
from physics.network.plant import Part, Plant
from physics.simulate import device
from physics.simulate.model import compile_plant
from tests.physics.parts import TYPES


def test_kernels_are_kept_in_the_private_folder():
    device.start()
    assert wp.config.kernel_cache_dir.startswith(str(disk_cache.folder()))
    assert stat.S_IMODE(disk_cache.folder().stat().st_mode) == 0o700


def test_equal_islands_share_one_kernel():
    parts = (Part("a", "decay"), Part("b", "decay", {"rate_per_s": 2.0}), Part("p", "pendulum"))
    model = compile_plant(Plant(parts), ["a.level_ratio", "b.level_ratio"], types=TYPES)
    kernels = [device.kernel(island.system, "rodas4") for island in model.islands]
    assert kernels[0] is kernels[1]
    assert kernels[0] is not kernels[2]


def test_a_machine_without_a_gpu_is_nothing_to_warn_of():
    code = "from physics.simulate import device; device.start()"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (run.stdout, run.stderr) == ("", "")
