import hashlib
import json

import numpy as np
import pytest

from residual_models import artefact

ARRAYS = {"weights": np.arange(6.0).reshape(2, 3), "values": np.array([1.5])}


def test_what_was_saved_comes_back_bit_for_bit(tmp_path):
    digest = artefact.save(tmp_path / "m", ARRAYS, {"names": ["a", "b"]})
    arrays, facts = artefact.load(tmp_path / "m", digest)
    for name, array in ARRAYS.items():
        np.testing.assert_array_equal(arrays[name], array)
    assert facts["names"] == ["a", "b"]
    assert digest == hashlib.sha256((tmp_path / "m" / artefact.TENSORS).read_bytes()).hexdigest()


def test_same_arrays_give_the_same_digest(tmp_path):
    assert artefact.save(tmp_path / "a", ARRAYS, {}) == artefact.save(tmp_path / "b", ARRAYS, {"other": 1})


def test_one_changed_byte_is_refused(tmp_path):
    digest = artefact.save(tmp_path, ARRAYS, {})
    path = tmp_path / artefact.TENSORS
    blob = bytearray(path.read_bytes())
    blob[-1] ^= 1
    path.write_bytes(bytes(blob))
    with pytest.raises(artefact.ArtefactDamaged, match=r"model\.safetensors"):
        artefact.load(tmp_path, digest)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(artefact.ArtefactDamaged, match="no readable file"):
        artefact.load(tmp_path / "nothing", "00")


def test_facts_are_plain_json_and_no_part_file_stays(tmp_path):
    artefact.save(tmp_path, ARRAYS, {"score": 1.0})
    assert json.loads((tmp_path / artefact.FACTS).read_text())["score"] == 1.0
    assert sorted(path.name for path in tmp_path.iterdir()) == [artefact.FACTS, artefact.TENSORS]
