"""One person who visits a running server over HTTP, signed in as at any browser."""

import asyncio
import re
from html import unescape
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from mediation.room.rules import BURSTS
from web.mediation.room.limits import Window
from web.replay.dialogue import Stuck

PACE: Final = [(most - 1, seconds) for most, seconds in BURSTS]
"""One less than the server allows: its clock hears every message a little later than this one."""

SECOND_FACTOR: Final = "/second-factor"
NEXT_CODE: Final = 31.0
"""Seconds until a one-time code that was used already is followed by a fresh one (RFC 6238: 30)."""


class Visitor:
    """One browser without a screen at the server ``url``; ``cookie`` is that of a session begun elsewhere."""

    def __init__(self, url: str, cookie: str = "") -> None:
        self.url, self._given = url.rstrip("/"), cookie
        self._says = Window(PACE)
        self._jar = CookieJar()
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(self._jar))
        self._opener.addheaders = [("Cookie", cookie)] if cookie else []

    async def breath(self) -> None:
        """Wait until one may say one more thing: a person may say only so much in ten seconds."""
        if seconds := self._says.wait(0, asyncio.get_running_loop().time()):
            await asyncio.sleep(seconds)
            await self.breath()

    @property
    def cookie(self) -> str:
        """Return the cookies as a header."""
        return self._given or "; ".join(f"{each.name}={each.value}" for each in self._jar)

    async def get(self, path: str) -> str:
        """Return a page."""
        return (await self._ask(Request(urljoin(self.url, path))))[1]  # noqa: S310 - an address of the server

    async def post(self, path: str, **form: str) -> str:
        """Submit a form and return the path of the page that it led to."""
        request = Request(urljoin(self.url, path), urlencode(form).encode(), {"Origin": self.url})  # noqa: S310
        return (await self._ask(request))[0]

    async def _ask(self, request: Request) -> tuple[str, str]:
        return await asyncio.to_thread(self._answer, request)

    def _answer(self, request: Request) -> tuple[str, str]:
        try:
            answer: HTTPResponse = self._opener.open(request, timeout=30)
        except HTTPError as wrong:
            with wrong:
                path, why = urlsplit(request.full_url).path, _reason(wrong.read().decode())
                raise Stuck(f"{path} 没有办成（{wrong.code}）：{why}") from wrong
        except URLError as wrong:
            raise Stuck(f"{self.url} 没有人应。请先运行 heyi serve。") from wrong
        with answer:
            return urlsplit(answer.url).path, answer.read().decode()


def _reason(page: str) -> str:
    """Return what a page says is wrong, in one line."""
    found = re.search(r"<main.*?</main>", page, re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", found[0] if found else page)).split())[:200]


async def sign_in(url: str, email: str, password: str) -> Visitor:
    """Sign in; the second factor of staff is read from the outbox of the trial."""
    visitor = Visitor(url)
    reached = await visitor.post("/sign-in", email=email, password=password, next="/me")
    if reached == SECOND_FACTOR:
        try:
            await _show_code(visitor, email)
        except Stuck:
            await asyncio.sleep(NEXT_CODE)
            await _show_code(visitor, email)
    return visitor


async def _show_code(visitor: Visitor, email: str) -> None:
    outbox = await visitor.get("/outbox")
    found = re.search(rf'<th scope="row">[^<]* {re.escape(email)}</th><td>(\d+)</td>', outbox)
    if found is None:
        raise Stuck(f"发件箱里没有 {email} 的验证码。请先运行 heyi demo。")
    await visitor.post(SECOND_FACTOR, code=found[1], next="/me")
