"""What every request passes first: the right Host, the right Origin, a size with an end; and careful answers."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import of_http, problem

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITES = frozenset({"same-origin", "none"})
LARGEST_BODY_BYTES = 32 * 1024**2
LARGEST_UPLOAD_BYTES = 8 * 1024**3
"""Uploads are written to disk as they come, everything else is held in memory."""
UPLOADS = "/ingests"
CAREFUL = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


class GuardMiddleware:
    """Refuses requests that a foreign web page talked a browser into.

    `local_hosts_only`: on loopback a Host that is no name of this machine is refused, or a page could rebind its own
    DNS name to 127.0.0.1 and read everything. A change that a browser's cookie (or, on open servers, nothing at all)
    stands for must come from our own origin; programs send an API key or no Origin.
    """

    def __init__(self, app: ASGIApp, local_hosts_only: bool) -> None:
        self.app, self.local_hosts_only = app, local_hosts_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on or refuse."""
        if scope["type"] not in ("http", "websocket"):
            return await self.app(scope, receive, send)
        headers = Headers(scope=scope)
        reason = self._refusal(scope.get("method", "GET"), headers, websocket=scope["type"] == "websocket")
        if reason is not None:
            status, kind, detail = reason
            return await problem(status, kind, "The request was refused", detail)(scope, receive, send)

        async def careful(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(CAREFUL)
            await send(message)

        try:
            await self.app(scope, limited(scope["path"], headers, receive), careful)
        except TooLarge as error:
            await of_http(error)(scope, receive, careful)

    def _refusal(self, method: str, headers: Headers, *, websocket: bool) -> tuple[int, str, str] | None:
        host = headers.get("host", "")
        if self.local_hosts_only and not is_local_name(host):
            return 421, "wrong-host", f"Host {host!r} is no name of this machine. Use 127.0.0.1 or localhost."
        if method in SAFE_METHODS and not websocket:
            return None
        if "authorization" not in headers and not from_own_origin(headers, host):
            return 403, "wrong-origin", "A change must come from our own pages, or carry an API key."
        return None


class TooLarge(HTTPException):
    """A body that does not end."""

    def __init__(self, limit: int) -> None:
        super().__init__(413, f"The body is larger than {limit} bytes.")


def limited(path: str, headers: Headers, receive: Receive) -> Receive:
    """Read a body up to its limit, whatever length it claims to have."""
    limit = LARGEST_UPLOAD_BYTES if path.endswith(UPLOADS) else LARGEST_BODY_BYTES
    claimed = headers.get("content-length", "")
    seen = int(claimed) if claimed.isdigit() and int(claimed) > limit else 0

    async def read() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise TooLarge(limit)
        return message

    return read


def is_local_name(host: str) -> bool:
    """Whether a Host header names this machine: localhost, 127.x.x.x or ::1, with any port."""
    name = urlsplit(f"//{host}").hostname or ""
    parts = name.split(".")
    return name in ("localhost", "::1") or (len(parts) == 4 and parts[0] == "127" and all(p.isdigit() for p in parts))


def from_own_origin(headers: Headers, host: str) -> bool:
    """Whether a browser says that our own page sent this; programs that are no browser say nothing."""
    origin = headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc == host
    return headers.get("sec-fetch-site", "none") in OWN_SITES
