"""The same request sent twice under one Idempotency-Key is done once."""

from __future__ import annotations

from tests.api.conftest import PLANT, YAML, Program

KEYED = {**YAML, "Idempotency-Key": "first-plant"}


def test_the_first_answer_is_given_again(program: Program) -> None:
    first = program.post("plants", content=PLANT, headers=KEYED)
    again = program.post("plants", content=PLANT, headers=KEYED)
    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])
    assert again.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in first.headers


def test_a_key_stands_for_one_request(program: Program) -> None:
    program.post("plants", content=PLANT, headers=KEYED)
    other = program.post("plants", content=PLANT.replace("plant: oven", "plant: kiln"), headers=KEYED)
    assert (other.status_code, other.json()["faults"][0]["where"]) == (422, "Idempotency-Key")


def test_a_refused_request_leaves_its_key_free(program: Program) -> None:
    assert program.post("plants", content="plant: [", headers=KEYED).status_code == 422
    assert program.post("plants", content=PLANT, headers=KEYED).status_code == 201


def test_callers_do_not_share_keys(oven: Program) -> None:
    kiln = PLANT.replace("plant: oven", "plant: kiln")
    assert oven.post("plants", content=kiln, headers=KEYED).status_code == 201
    key = oven.post("keys", json={"name": "gateway", "scopes": ["write"]}).json()["key"]
    other = oven.post("plants", content=kiln, headers={**KEYED, "Authorization": f"Bearer {key}"})
    assert other.status_code == 409


def test_the_text_of_a_key_is_never_kept(oven: Program) -> None:
    body, headers = {"name": "gateway", "scopes": ["read"]}, {"Idempotency-Key": "k"}
    first = oven.post("keys", json=body, headers=headers).json()["key"]
    assert oven.post("keys", json=body, headers=headers).json()["key"] != first


def test_a_key_without_end_is_refused(oven: Program) -> None:
    headers = {**YAML, "Idempotency-Key": "k" * 201}
    assert oven.post("plants", content=PLANT, headers=headers).status_code == 422
