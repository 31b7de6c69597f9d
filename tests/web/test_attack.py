"""Bad input through every form, address and query: never a crash, never markup that somebody typed, always a sentence.

A run takes a sample of the strings for each field; ``HEYI_ATTACK=full`` takes all of them.
"""

import re
from collections.abc import AsyncGenerator, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route

from community.people.models import Person, Session
from tests.scene import Scene
from tests.web.crawl import Visit, client_of, here, roles, route_of, walk
from tests.web.markup import Field, Form, Page, strange, typed
from tests.web.payloads import FULL, encoded, payloads, quoted, sample
from tests.world import World, sign_in

ROOT = Path(__file__).parents[2] / "web"
PER_FIELD, PER_ADDRESS, PER_BODY = 3, 4, 2
SAME_ROUTE = 50 if FULL else 3  # pages of one route that one role opens
SENTENCE = re.compile(r"[一-鿿][^。]{2,}。|[A-Za-z][^.]{5,}\.")
URLENCODED = {"content-type": "application/x-www-form-urlencoded"}
LAST = ("sign-out", "sign_out", "close", "leave", "withdraw", "delete", "end")


@cache
def known_tags() -> frozenset[str]:
    """Return every element that a template writes."""
    texts = [path.read_text(encoding="utf-8") for path in ROOT.rglob("*.html")]
    written = {tag.lower() for text in texts for tag in re.findall(r"<([a-zA-Z][\w-]*)", text)}
    return frozenset(written | {"svg", "g", "path", "rect"})  # the square codes are drawn by a library


@cache
def words_of_query() -> list[str]:
    """Return every word that some page looks for after the question mark."""
    texts = [path.read_text(encoding="utf-8") for path in ROOT.rglob("*.py")]
    found = re.findall(r"query_params(?:\.get\(|\.getlist\(|\[)\s*\"(\w+)\"", "\n".join(texts))
    return sorted({"next", "before", *found})


@dataclass
class Attacker:
    """Somebody with a form and bad manners; keeps what went wrong."""

    app: Starlette
    found: list[str] = field(default_factory=list)
    asked: int = 0

    async def ask(self, client: httpx2.AsyncClient, method: str, url: str, words: str, **more: object) -> None:
        """Send one request and judge the answer."""
        self.asked += 1
        what = f"{method} {url[:90]} {words[:60]!a}"
        try:
            answer = await client.request(method, url, **more)  # type: ignore[arg-type]
        except Exception as why:  # noqa: BLE001 - any crash is the finding
            self.found.append(f"{what}: crashed with {type(why).__name__}: {str(why)[:160]}")
            return
        self.found += [f"{what}: {fault}" for fault in faults(answer, words)]


def faults(answer: httpx2.Response, words: str) -> Iterator[str]:
    """Yield what is wrong with an answer to ``words``."""
    if answer.status_code >= 500:
        yield f"status {answer.status_code}"
    if answer.is_redirect and here("/", answer.headers["location"]) is None:
        yield f"leads away to {answer.headers['location']!a}"
    if "stolen" in answer.headers.get("set-cookie", ""):
        yield "a header was slipped in"
    if answer.headers.get("content-type", "").startswith("text/html"):
        yield from raw(answer.text, words)
    if 400 <= answer.status_code < 500 and not explained(answer):
        yield f"status {answer.status_code} without a sentence: {answer.text[:80]!a}"


def raw(html: str, words: str) -> Iterator[str]:
    """Yield markup that came through."""
    yield from strange(Page(html), known_tags())
    if re.search(r"<[a-zA-Z!/]", words) and words.strip() in html and len(words.strip()) > 8:
        yield "came back as it was typed"


def explained(answer: httpx2.Response) -> bool:
    """Return whether a refusal says something to its reader."""
    if answer.headers.get("content-type", "").startswith("text/html"):
        page = Page(answer.text)
        return bool(SENTENCE.search(page.main or page.words))
    if answer.headers.get("content-type", "").startswith("application/problem+json"):
        return bool(SENTENCE.search(answer.json()["detail"]))
    return answer.status_code == 405 or bool(SENTENCE.search(answer.text))


@pytest.fixture
def cast(played: Scene) -> dict[str, Person | None]:
    """Give the people of a neighbourhood in the middle of things."""
    return dict(roles(played.world))


@pytest.fixture(scope="module")
def walked() -> list[Visit]:
    """Keep what was seen on the first walk: every test begins with the same neighbourhood."""
    return []


@pytest.fixture
async def visits(app: Starlette, cast: dict[str, Person | None], walked: list[Visit]) -> list[Visit]:
    """Give every page that anybody can reach."""
    if not walked:
        walked += [visit for one in cast.items() for visit in await walk(app, *one, same_route=SAME_ROUTE)]
    return walked


@pytest.fixture
async def attacker(app: Starlette) -> AsyncGenerator[Attacker]:
    """Give an attacker, and judge at the end."""
    made = Attacker(app)
    yield made
    assert "\n".join(dict.fromkeys(made.found)) == ""


@dataclass
class Target:
    """A form where one role met it."""

    role: str
    page: str
    url: str
    form: Form
    route: str

    @property
    def writable(self) -> list[Field]:
        """Return the fields that somebody may type into."""
        return [each for each in self.form.fields if each.writable]


def targets(app: Starlette, visits: Iterable[Visit]) -> list[Target]:
    """Return every form once for each set of fields that its route asks for; those that end things come last."""
    found: dict[tuple[str, tuple[str, ...]], Target] = {}
    for visit in visits:
        for form in visit.page.forms:
            url = here(visit.url, form.action or visit.url)
            if form.method == "post" and url:
                route = route_of(app, urlsplit(url).path, "POST")
                found.setdefault((route, form.shape), Target(visit.role, visit.url, url, form, route))
    return sorted(found.values(), key=lambda one: (not one.writable, any(word in one.url for word in LAST)))


async def fresh(app: Starlette, person: Person | None) -> httpx2.AsyncClient:
    """Return a client signed in anew, whatever was signed out before."""
    if person:
        await Session.filter(person_id=person.id).delete()
        await sign_in(person)
    return await client_of(app, person)


async def test_bad_words_in_every_form(
    app: Starlette, visits: list[Visit], cast: dict[str, Person | None], attacker: Attacker
) -> None:
    everything = payloads()
    for target in targets(app, visits):
        async with await fresh(app, cast[target.role]) as client:
            for name, words in attempts(target, everything):
                values = {**typed(target.form), name: [words]} if name else {}
                body = encoded([(key, value) for key, several in values.items() for value in several])
                await attacker.ask(client, "POST", target.url, words, content=body, headers=URLENCODED)
    for one in cast.items():
        for visit in await walk(app, *one, same_route=SAME_ROUTE):
            attacker.found += [f"afterwards {visit}: status"] if visit.status >= 500 else []
            attacker.found += [f"afterwards {visit}: {fault}" for fault in strange(visit.page, known_tags())]


def attempts(target: Target, everything: list[str]) -> Iterator[tuple[str, str]]:
    """Yield which field to fill with what: nothing at all, bad words in every box, a few in every choice."""
    yield "", ""
    for each in target.form.fields:
        if each.kind != "file":
            most = PER_FIELD if each.writable else 2
            yield from ((each.name, words) for words in sample(everything, f"{target.route} {each.name}", most))
    yield "nobody-asked-for-this", "1"


def addresses(routes: Iterable[BaseRoute], prefix: str = "") -> Iterator[tuple[str, Route]]:
    """Yield the path pattern of every route."""
    for route in routes:
        if isinstance(route, Mount):
            yield from addresses(route.routes, prefix + route.path)
        elif isinstance(route, Route):
            yield prefix + route.path, route


async def test_bad_words_in_every_address(app: Starlette, cast: dict[str, Person | None], attacker: Attacker) -> None:
    everything = [words for words in payloads() if words and len(quoted(words)) < 8000]
    for role in ("visitor", "lan", "clerk", "mediator", "admin"):
        async with await fresh(app, cast[role]) as client:
            for path, route in addresses(app.routes):
                most = PER_ADDRESS if "{" in path and role in sample(list(cast), path, 4) else 0
                for words in sample(everything, f"{role} {path}", most):
                    url = re.sub(r"\{\w+(:\w+)?\}", quoted(words).replace("\\", ""), path)
                    method = "GET" if "GET" in (route.methods or {"GET"}) else "POST"
                    await attacker.ask(client, method, url, words)
    assert attacker.asked > len(app.routes)


async def test_bad_words_after_the_question_mark(
    app: Starlette, cast: dict[str, Person | None], attacker: Attacker, visits: list[Visit]
) -> None:
    everything = [words for words in payloads() if len(quoted(words)) < 60_000 / len(words_of_query())]
    seen: set[str] = set()
    for visit in visits:
        if visit.route in seen or visit.status >= 400:
            continue
        seen.add(visit.route)
        async with await fresh(app, cast[visit.role]) as client:
            for words in sample(everything, visit.route, PER_ADDRESS):
                query = "&".join(f"{name}={quoted(words)}" for name in words_of_query())
                await attacker.ask(client, "GET", f"{urlsplit(visit.url).path}?{query}", words)


async def test_broken_bodies_and_forms_without_a_route(
    app: Starlette, visits: list[Visit], cast: dict[str, Person | None]
) -> None:
    attacker = Attacker(app)
    bodies = [
        (b"%ff%fe=%c0%80&next=%", "application/x-www-form-urlencoded"),
        (b"a=1&" * 1000, "application/x-www-form-urlencoded"),
        (b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nunfinished', "multipart/form-data; boundary=x"),
        (b"no boundary at all", "multipart/form-data"),
        (b'{"json": ["where", "none", "is", "expected"]}', "application/json"),
        (b"\x00\x01\x02", "application/octet-stream"),
        (b"text=" + b"x" * 3_000_000, "application/x-www-form-urlencoded"),
    ]
    found = targets(app, visits)
    assert [one.url for one in found if not one.route] == [], "forms that lead nowhere"
    assert len(found) > 20
    for target in found:
        async with await fresh(app, cast[target.role]) as client:
            for body, kind in sample(bodies, target.route, PER_BODY):
                await attacker.ask(client, "POST", target.url, kind, content=body, headers={"content-type": kind})
    assert "\n".join(dict.fromkeys(attacker.found)) == ""


async def test_the_judge_sees_what_came_through(town: World) -> None:
    evil = "<p>好<img src=x onerror=alert(1)><a href='javascript:alert(1)'>点</a><script>alert(1)</script><blink>"
    found = list(strange(Page(evil), known_tags() - {"img"}))
    assert found[:2] == ["<img>", "<blink>"]
    assert len(found) == 6
    assert list(strange(Page("<main><p>&lt;script&gt;</p><a href='/x'>走</a></main>"), known_tags())) == []
    assert list(raw("<p><b>&lt;b onload=1&gt;</b>", "<b onload=1>")) == []
    assert list(raw("<p><b>一行字</b>", "<b>一行字</b>"))
