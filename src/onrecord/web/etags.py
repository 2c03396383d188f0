"""Answers that have not changed are not sent twice: an ETag of the body, and 304 when the visitor has it."""

from __future__ import annotations

import hashlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Etags:
    """ASGI middleware for GET; answers that set cookies or are not 200 pass through."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or scope["path"].startswith("/static/"):
            await self.app(scope, receive, send)
            return
        start: Message = {}
        body: list[bytes] = []

        async def gather(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            body.append(message.get("body", b""))
            if not message.get("more_body"):
                await _answer(scope, start, b"".join(body), send)

        await self.app(scope, receive, gather)


async def _answer(scope: Scope, start: Message, body: bytes, send: Send) -> None:
    if start["status"] == 200:
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = MutableHeaders(raw=start["headers"])
        headers["etag"] = tag
        wanted = Headers(scope=scope).get("if-none-match", "")
        if tag in (part.strip().removeprefix("W/") for part in wanted.split(",")):
            start["status"], body = 304, b""
            del headers["content-length"]
        start["headers"] = headers.raw
    await send(start)
    await send({"type": "http.response.body", "body": body})
