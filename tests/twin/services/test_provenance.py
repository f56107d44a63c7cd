import json

from twin.services import provenance

STATE = {
    "job": "job-1", "revision": 2, "window": "ab", "start_us": 1, "end_us": 2, "gate_at": 3, "seed": 7,
    "champion": None,
}  # fmt: skip


def test_a_model_says_what_it_was_made_from():
    found = json.loads(json.dumps(provenance.provenance(STATE, ("seed",))))
    assert (found["scene_revision"], found["options"], found["data"]["window_sha256"]) == (2, {"seed": 7}, "ab")
    assert {"python", "torch", "warp-lang"} <= set(found["versions"])


def test_the_code_has_one_digest():
    assert provenance.code_digest() == provenance.code_digest()
    assert len(provenance.code_digest()) == 64
