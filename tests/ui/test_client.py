import asyncio

import httpx
import pytest

from api.schemas.plants import PlantView
from tests.ui import recorded as r
from tests.ui.board import client
from tests.ui.fake_api import PLANT, FakeApi
from ui.client import Client, Problem, Visitor, problem_of

REFUSAL = {
    "title": "Invalid input", "detail": "1 fault", "status": 422,
    "faults": [{"where": "horizon_s", "got": "-1", "need": "> 0", "next_step": "Type a positive horizon."}],
}  # fmt: skip


def test_a_view_comes_back_as_it_was_recorded():
    assert asyncio.run(client(FakeApi()).read(PlantView, PLANT)) == r.PLANT


def test_the_visitor_goes_with_every_request():
    api = FakeApi()
    visitor = Visitor({"cookie": "session=7", "authorization": "Bearer k", "origin": "https://hall"}, "10.0.0.9")
    asyncio.run(Client(api.app, lambda: visitor).get(PLANT, revision=None))
    _key, query, _body, headers = api.requests[0]
    assert query == {}
    assert {name: headers[name] for name in visitor.headers} == visitor.headers


def test_the_api_sees_the_browsers_address_not_loopback():
    seen = []

    async def app(scope, receive, send):
        seen.append(scope["client"][0])
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    asyncio.run(Client(app, lambda: Visitor({}, "10.0.0.9")).call("GET", "/plants"))
    assert seen == ["10.0.0.9"]


def test_a_refusal_carries_its_faults():
    with pytest.raises(Problem) as caught:
        asyncio.run(client(FakeApi({f"GET {PLANT}": (422, REFUSAL)})).get(PLANT))
    assert (caught.value.status, caught.value.title) == (422, "Invalid input")
    assert caught.value.faults == tuple(REFUSAL["faults"])


def test_what_does_not_exist_yet_is_none():
    api = FakeApi({f"GET {PLANT}": (404, {"title": "Not found"})})
    assert asyncio.run(client(api).maybe(PlantView, PLANT)) is None


def test_a_forbidden_view_is_never_taken_for_a_missing_one():
    with pytest.raises(Problem):
        asyncio.run(client(FakeApi({f"GET {PLANT}": (403, {"title": "Forbidden"})})).maybe(PlantView, PLANT))


def test_an_answer_that_is_no_json_still_says_its_status():
    problem = problem_of(httpx.Response(500, text="Internal Server Error"))
    assert (problem.status, problem.detail) == (500, "Internal Server Error")
