"""A foreign page cannot talk a browser into anything: host and origin are checked before all else."""

from __future__ import annotations

import pytest

from api.guard import is_local_name
from tests.api.conftest import PLANT, YAML, Program, closed
from twin.settings import Settings


@pytest.mark.parametrize("host", ["localhost", "localhost:8050", "127.0.0.1:1", "127.9.9.9", "[::1]:8050"])
def test_names_of_this_machine_are_local(host: str) -> None:
    assert is_local_name(host)


@pytest.mark.parametrize(
    "host", ["", "evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8050", "10.0.0.1"]
)
def test_other_names_are_not(host: str) -> None:
    assert not is_local_name(host)


def test_a_rebound_name_is_refused_on_loopback(oven: Program) -> None:
    assert oven.get("plants", headers={"Host": "evil.example:8050"}).status_code == 421


def test_behind_a_login_any_name_may_lead_here(lite: Settings) -> None:
    with Program(closed(lite), "http://twin.plant.example") as program:
        assert program.get("health").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=["other site", "opaque", "other port", "cross-site", "same-site"],
)
def test_a_change_from_a_foreign_page_is_refused_and_nothing_happens(oven: Program, headers: dict[str, str]) -> None:
    answer = oven.post("plants", content=PLANT.replace("plant: oven", "plant: kiln"), headers={**YAML, **headers})
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/wrong-origin")
    assert len(oven.get("plants").json()["items"]) == 1


def test_a_change_from_our_own_page_is_taken(oven: Program) -> None:
    text = PLANT.replace("plant: oven", "plant: kiln")
    own = {"Origin": "http://127.0.0.1:8050", "Sec-Fetch-Site": "same-origin"}
    assert oven.post("plants", content=text, headers={**YAML, **own}).status_code == 201


def test_answers_keep_a_browser_careful(oven: Program) -> None:
    headers = oven.get("plants").headers
    assert (headers["x-content-type-options"], headers["x-frame-options"]) == ("nosniff", "DENY")
