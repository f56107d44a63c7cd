"""A visitor without a browser: opens pages, fires callbacks over HTTP as the browser would, reads the words on them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import httpx

from tests.ui.fake_api import FakeApi
from ui.app import build
from ui.client import Client, Visitor


class Board:
    """The dashboard on a fake API."""

    def __init__(self, api: FakeApi) -> None:
        self.api = api
        self.dash = build(api.app, Client(api.app))

    def get(self, path: str) -> httpx.Response:
        """One GET of a browser."""
        return asyncio.run(self._request("GET", path))

    def fire(self, output: str, inputs: dict[str, Any], state: dict[str, Any] | None = None, changed: str = "") -> Any:
        """Answer of the callback that feeds `output`; keys are "<id>.<property>", dict ids as JSON."""
        key = next(key for key in self.dash.callback_map if output in key)
        entries = {name: self._entry(name, value) for name, value in {**inputs, **(state or {})}.items()}
        outputs = [self._entry(part.split("@")[0], None) for part in key.strip(".").split("...")]
        body = {
            "output": key,
            "outputs": outputs if key.startswith("..") else outputs[0],
            "inputs": [entries[name] for name in inputs],
            "state": [entries[name] for name in state or {}],
            "changedPropIds": [changed or next(iter(inputs))],
        }
        answer = asyncio.run(self._request("POST", "/_dash-update-component", json=body))
        assert answer.status_code in (200, 204), answer.text
        return answer.json() if answer.content else {}

    async def _request(self, method: str, path: str, **request: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self.api.app, client=("127.0.0.1", 5000))
        headers = {"cookie": "session=visitor", "origin": "http://plant.local"}
        async with httpx.AsyncClient(transport=transport, base_url="http://plant.local") as http:
            return await http.request(method, path, headers=headers, **request)

    @staticmethod
    def _entry(name: str, value: Any) -> dict[str, Any]:
        identity, _, prop = name.rpartition(".")
        parsed = json.loads(identity) if identity.startswith("{") else identity
        return {"id": parsed, "property": prop, "value": value}


def client(api: FakeApi) -> Client:
    """A client that asks as a fixed visitor, for tests of layouts outside a callback."""
    return Client(api.app, lambda: Visitor({"cookie": "session=visitor", "host": "plant.local"}))


def words(tree: Any) -> str:
    """All text of a layout or of a callback's answer, in reading order."""
    return " ".join(_strings(tree))


def ids(tree: Any) -> set[str]:
    """All plain ids in a layout or answer."""
    found = {tree["id"]} if isinstance(tree, dict) and isinstance(tree.get("id"), str) else set()
    return found.union(*(ids(child) for child in _children(tree)))


def _children(tree: Any) -> list[Any]:
    if hasattr(tree, "to_plotly_json"):
        tree = tree.to_plotly_json()
    return list(tree.values()) if isinstance(tree, dict) else list(tree) if isinstance(tree, list | tuple) else []


def _strings(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    for child in _children(tree):
        yield from _strings(child)
