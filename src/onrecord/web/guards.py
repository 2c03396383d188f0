"""Who asks, whether they may, and how often; and the headers that every answer carries.

One ASGI middleware in front of everything: it checks the host (DNS rebinding), finds the visitor (a proxy's header, or
the one person at this machine), refuses what the role or the read-only mode does not allow, checks that what writes
comes from a page of ours (Origin, Sec-Fetch-Site and a token), and bounds size and rate.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.web.problem import Problem, answer_problem
from onrecord.web.settings import Role, RoomSettings

SAFE: Final = ("GET", "HEAD", "OPTIONS")
SESSION: Final = "session"
#: No inline script or style, nothing from elsewhere, no framing.
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
_HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


@dataclass(frozen=True)
class Visitor:
    """Who asks: name, role, and the token that their forms carry."""

    name: str
    role: Role
    token: str


class Rates:
    """A bucket of requests for each visitor that fills again with time."""

    def __init__(self, rate: int) -> None:
        self.rate = rate
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, who: str, now: float) -> float:
        """Take one request; gives the seconds to wait when there is none left, else 0."""
        if not self.rate:
            return 0.0
        left, since = self._left.get(who, (float(self.rate), now))
        left = min(float(self.rate), left + (now - since) * self.rate / 60)
        if len(self._left) > 10_000:
            self._left.clear()
        self._left[who] = (max(left - 1, 0.0), now)
        return 0.0 if left >= 1 else (1 - left) * 60 / self.rate


class Guard:
    """The middleware."""

    def __init__(self, app: ASGIApp, settings: RoomSettings, secret: bytes) -> None:
        self.app = app
        self.settings = settings
        self.secret = secret
        self.rates = Rates(settings.rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        session = request.cookies.get(SESSION, "")
        fresh = "" if _is_session(session) else secrets.token_urlsafe(24)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add_headers(MutableHeaders(scope=message), scope["path"], fresh)
            await send(message)

        try:
            scope.setdefault("state", {})["visitor"] = self._admit(request, fresh or session)
        except Problem as problem:
            scope["state"]["visitor"] = Visitor("", Role.READER, "")
            await answer_problem(request, problem)(scope, receive, send_guarded)
            return
        await self.app(scope, receive, send_guarded)

    def make_token(self, session: str) -> str:
        """The token that forms of this session carry."""
        return hmac.new(self.secret, session.encode(), hashlib.sha256).hexdigest()

    def _admit(self, request: Request, session: str) -> Visitor:
        """The visitor, if they may ask for this.

        Raises:
            Problem: they may not.
        """
        self._check_host(request.headers)
        visitor = Visitor(*self._find_user(request), self.make_token(session))
        wait = self.rates.take(visitor.name or _address(request), time.monotonic())
        if wait:
            raise Problem(429, "too many requests", hint=f"wait {wait:.0f} seconds", wait=wait)
        if request.method not in SAFE:
            self._check_write(request, visitor)
        return visitor

    def _check_host(self, headers: Headers) -> None:
        host = headers.get("host", "")
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        if "*" not in self.settings.hosts and name not in self.settings.hosts:
            raise Problem(
                400, f"this reading room does not answer to the name {name!r}", hint="start it with --host-name"
            )

    def _find_user(self, request: Request) -> tuple[str, Role]:
        settings = self.settings
        if not settings.user_header:
            return settings.user, Role.ADMIN
        name = request.headers.get(settings.user_header, "").strip()
        if _address(request) not in settings.proxies or not name:
            raise Problem(401, "who you are is not known", hint="sign in where this room is linked from")
        return name, settings.roles.get(name, settings.default_role)

    def _check_write(self, request: Request, visitor: Visitor) -> None:
        if self.settings.read_only:
            raise Problem(403, "this reading room is for reading only")
        headers = request.headers
        origin = headers.get("origin", "")
        foreign = origin not in ("", "null") and origin.split("://")[-1] != headers.get("host", "")
        if foreign or headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise Problem(403, "this was sent from another site", hint="use the form of the reading room")
        if int(headers.get("content-length") or 0) > self.settings.upload_bytes:
            raise Problem(
                413, f"larger than {self.settings.upload_bytes:,} bytes", hint="onrecord ingest takes larger files"
            )
        if not request.url.path.startswith("/follow") and not visitor.role.covers(Role.CHECKER):
            raise Problem(403, f"{visitor.name} may read, but not write", hint="ask for the role of a checker")

    def _add_headers(self, headers: MutableHeaders, path: str, session: str) -> None:
        for name, value in _HEADERS.items():
            headers.setdefault(name, value)
        if not path.startswith("/static/"):
            headers.setdefault("cache-control", "private, no-cache")
            if session:
                cookie = f"{SESSION}={session}; Path=/; HttpOnly; SameSite=Lax"
                headers.append("set-cookie", cookie)


def check_token(visitor: Visitor, token: str) -> None:
    """Raise unless the form carries the token of this visitor's session.

    Raises:
        Problem: it does not.
    """
    if not hmac.compare_digest(visitor.token.encode(), token.encode()):
        raise Problem(403, "the form is out of date", hint="go back, load the page again, and send it once more")


def _is_session(session: str) -> bool:
    return len(session) == 32 and all(char.isalnum() or char in "-_" for char in session)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
