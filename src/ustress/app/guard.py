"""The guard at the door: host, token, origin and size of every request; headers of every answer."""

from __future__ import annotations

import hmac
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ustress.app.settings import MOST_ADDRESS_BYTES, MOST_BODY_BYTES, Settings

COOKIE = "ustress_token"
OPEN_PATHS = frozenset({"/healthz", "/enter", "/static/app.css", "/static/theme.js"})
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Refuses what must not come in, before any of our code sees it."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refused(scope)
        if refused is not None:
            await refused(scope, receive, with_headers)
            return
        await self._app(scope, _limited(receive), with_headers)

    def _refused(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if not self._settings.serves(headers.get("host", "")):
            return refusal(421, "this server does not answer to that name")
        if len(scope.get("query_string", b"")) + len(scope["path"]) > MOST_ADDRESS_BYTES:
            return refusal(414, f"the address is longer than {MOST_ADDRESS_BYTES} bytes")
        if _announced(headers) > MOST_BODY_BYTES:
            return refusal(413, f"the request is larger than {MOST_BODY_BYTES} bytes")
        if scope["method"] not in SAFE and not self._from_here(headers):
            return refusal(403, "a request that changes something must come from our own pages")
        if scope["path"] in OPEN_PATHS or scope["method"] == "OPTIONS":
            return None
        return None if self._known(headers) else self._ask(scope, headers)

    def _from_here(self, headers: Headers) -> bool:
        """Whether a changing request comes from our pages, or from no page at all (a program)."""
        origin = headers.get("origin")
        if origin is None:
            return headers.get("sec-fetch-site", "none") in ("none", "same-origin")
        if origin in self._settings.origins:
            return True
        return urlsplit(origin).netloc.lower() == headers.get("host", "").lower()

    def _known(self, headers: Headers) -> bool:
        token = self._settings.token
        if not token:
            return True
        given = headers.get("authorization", "").removeprefix("Bearer ").strip()
        return same(given, token) or same(_cookie(headers), token)

    def _ask(self, scope: Scope, headers: Headers) -> Response:
        """Programs get one sentence; a reader in a browser gets a page that asks for the token."""
        if "text/html" in headers.get("accept", "") and scope["method"] in SAFE:
            query = scope.get("query_string", b"").decode("latin-1")
            back = scope["path"] + (f"?{query}" if query else "")
            return RedirectResponse(f"/enter?to={quote(back, safe='')}", 303)
        return refusal(401, "this server wants its token: Authorization: Bearer TOKEN")


def same(given: str, token: str) -> bool:
    """Whether two tokens are the same, in a time that does not tell how much of them is."""
    return hmac.compare_digest(given.encode(), token.encode())


def refusal(status: int, sentence: str) -> Response:
    """One sentence and a status."""
    headers = {"www-authenticate": "Bearer"} if status == 401 else None
    return JSONResponse({"detail": sentence}, status, headers)


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return "" if found is None else found.value


def _announced(headers: Headers) -> int:
    text = headers.get("content-length", "0")
    return int(text) if text.isascii() and text.isdigit() else MOST_BODY_BYTES + 1


class TooLargeError(HTTPException):
    """A body went on beyond the limit."""

    def __init__(self) -> None:
        super().__init__(413, f"the request is larger than {MOST_BODY_BYTES} bytes")


def _limited(receive: Receive) -> Receive:
    """The same messages, up to the limit: a chunked body announces no size."""
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BODY_BYTES:
            raise TooLargeError
        return message

    return limited
