"""Keys of streams, memory, and worlds that do not know of each other."""

import hashlib

import numpy as np

from physics.flow.batch import Batch, bytes_per_world, keys, leaves
from physics.flow.compile import compile_line
from physics.flow.kernels import ahead
from tests.physics.flow.lines import broken_line, machines

LINE = compile_line(broken_line(3, 2))


def test_keys_are_those_of_the_hosts_streams():
    digest = hashlib.blake2b(b"7\0m0.cycle_s", digest_size=16).digest()
    np.testing.assert_array_equal(keys(("m0.cycle_s",), 7)[0], np.frombuffer(digest, dtype="<u8"))


def test_a_world_is_the_same_in_any_company():
    alone, among = Batch(LINE, 5, 1, leads=500), Batch(LINE, 5, 9, leads=500)
    alone.begin(6, 1)
    among.begin(2, 9)
    for batch in (alone, among):
        batch.run(20_000.0, 1 << 30)
    np.testing.assert_array_equal(alone.read("leads")[0], among.read("leads")[4])
    np.testing.assert_array_equal(alone.read("state_s")[0], among.read("state_s")[4])


def test_memory_is_known_before():
    batch = Batch(LINE, 5, 10, bins=3, leads=7)
    held = sum(getattr(batch.now, name).capacity for name in batch.names)
    whole_groups = 2 * ahead.LANES
    assert held == whole_groups * bytes_per_world(LINE, 3, 7)


def test_clocks_come_in_whole_groups():
    assert [leaves(compile_line(machines(count))) for count in (1, 7, 8, 16)] == [8, 8, 16, 24]
