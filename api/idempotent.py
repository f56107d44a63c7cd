"""A POST with an Idempotency-Key is done once: the first answer is kept and given again."""

from __future__ import annotations

import hashlib

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import of_error
from twin.errors import TwinError
from twin.services import idempotency
from twin.services.context import Context
from twin.services.idempotency import Answer

KEPT_HEADERS = ("content-type", "etag", "location", "x-revision")
NOT_KEPT_PATHS = ("/api/v1/keys",)
"""The text of a key is shown once and kept nowhere."""


class IdempotentMiddleware:
    """Remembers successful answers; a refused request changed nothing, so its key is free again."""

    def __init__(self, app: ASGIApp, context: Context) -> None:
        self.app, self.context = app, context

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory where the key is known, else pass on and remember."""
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        key = headers.get("idempotency-key")
        if key is None or scope["method"] != "POST" or scope["path"] in NOT_KEPT_PATHS:
            return await self.app(scope, receive, send)
        digest, receive = await _digest(headers, receive)
        user = hashlib.sha256((headers.get("authorization", "") or headers.get("cookie", "")).encode()).hexdigest()
        try:
            name, known = await run_in_threadpool(
                idempotency.claim, self.context, key=key, user=user, route=scope["path"], digest=digest
            )
        except TwinError as error:
            return await of_error(error)(scope, receive, send)
        if known is not None:
            return await _give_again(known, send)
        recorder = _Recorder(send)
        try:
            await self.app(scope, receive, recorder)
        finally:
            await run_in_threadpool(self._settle, name, recorder.answer())

    def _settle(self, name: str, answer: Answer) -> None:
        if 200 <= answer.status < 300:
            idempotency.remember(self.context, name, answer)
        else:
            idempotency.release(self.context, name)


class _Recorder:
    """Passes an answer on and keeps a copy."""

    def __init__(self, send: Send) -> None:
        self.send, self.status, self.body = send, 0, b""
        self.headers: dict[str, str] = {}

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            sent = Headers(raw=message["headers"])
            self.headers = {name: sent[name] for name in KEPT_HEADERS if name in sent}
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")
        await self.send(message)

    def answer(self) -> Answer:
        """What went out."""
        return Answer(self.status, self.body, self.headers)


async def _digest(headers: Headers, receive: Receive) -> tuple[str, Receive]:
    """What tells one request from another: its body, or of an upload its length; and how to read the body again."""
    if headers.get("content-type", "").startswith("multipart/"):
        return f"upload of {headers.get('content-length', '?')} bytes", receive
    messages: list[Message] = []
    hashed = hashlib.sha256()
    more = True
    while more:
        message = await receive()
        messages.append(message)
        hashed.update(message.get("body", b""))
        more = message["type"] == "http.request" and message.get("more_body", False)

    async def again() -> Message:
        return messages.pop(0) if messages else await receive()

    return hashed.hexdigest(), again


async def _give_again(answer: Answer, send: Send) -> None:
    start: Message = {"type": "http.response.start", "status": answer.status, "headers": []}
    headers = MutableHeaders(scope=start)
    headers.update(answer.headers)
    headers["content-length"] = str(len(answer.body))
    headers["idempotency-replayed"] = "true"
    await send(start)
    await send({"type": "http.response.body", "body": answer.body})
