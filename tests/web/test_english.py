"""Whoever reads English meets Chinese only where a neighbour wrote it: in names, addresses, titles and words."""

import inspect
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any, Final

import pytest
from starlette.applications import Starlette
from tortoise import Tortoise, fields

from community.notice.models import Mail
from community.people.models import Person
from tests import scene
from tests import world as cast
from tests.deliberation.aid import cast as helping
from tests.deliberation.outcome import stage as outcome
from tests.fuller import decisions, disputes, letters, papers, polling
from tests.fuller.held import Fuller
from tests.fuller.play import play_on
from tests.mediation import cases, filing
from tests.mediation.agreement import making
from tests.mediation.digitised import making as digitised
from tests.mediation.evidence import making as evidence
from tests.mediation.referral import making as referral
from tests.web.crawl import follow
from tests.web.markup import VOID

pytestmark = pytest.mark.pages

CHINESE: Final = re.compile(r"[\u3007\u4e00-\u9fff]+")
OWN: Final = frozenset({"Notice", "Telling", "Mail", "Event"})
"""Tables that hold sentences of the program, not of people."""
SPOKEN: Final = frozenset({"title", "alt", "placeholder", "aria-label", "data-say"})
NAMES: Final = ("和议", "中文", "东华门", "补", "协")
"""The platform, a language in itself, an example where names are Chinese, the marks of agreements and supplements."""
PART: Final = re.compile(r"[\u4e00-\u9fff\d ]{0,8}\*+")
"""A name or a door that is shown in part."""
FILE: Final = frozenset({"/places/roll"})
"""Explains a file whose columns and values are Chinese words."""
READERS: Final = ("visitor", "lan", "clerk", "moderator", "supervisor", "mediator", "director", "intake", "admin")
PLAYED: Final = (
    scene,
    decisions,
    disputes,
    letters,
    papers,
    polling,
    cast,
    helping,
    outcome,
    cases,
    digitised,
    evidence,
    filing,
    making,
    referral,
)
"""Where people are given their words."""
WRITTEN: Final = (fields.CharField, fields.TextField, fields.JSONField)


class Said(HTMLParser):
    """What a page says in the language of its reader: its words and what is read aloud of its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(html)

    @property
    def _apart(self) -> bool:
        return any(apart for _, apart in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go in; drafts in a form, an initial, changed words of a text and marked Chinese are not the page's own."""
        given = {name: value or "" for name, value in attrs}
        chinese = given.get("lang", "").startswith("zh") and tag != "html"
        if not (chinese or self._apart):
            self.words += [given[name] for name in SPOKEN & given.keys()]
        if tag not in VOID:
            shown = {"avatar", "diff"} & set(given.get("class", "").split())
            self._open.append((tag, chinese or bool(shown) or tag in {"textarea", "script", "style"}))

    def handle_endtag(self, tag: str) -> None:
        """Go out, to where this element began."""
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        if not self._apart:
            self.words.append(data)


@pytest.fixture
async def fuller(app: Starlette, played: scene.Scene) -> Fuller:
    """Give a neighbourhood in the middle of things in which everybody reads English."""
    fuller = await play_on(app, played)
    await Person.all().update(lang="en")
    await Mail.all().update(lang="en")
    return fuller


async def written() -> list[str]:
    """Return everything that people wrote, in the clear or sealed, the longest first."""
    found = {
        *NAMES,
        *(run for part in PLAYED for run in CHINESE.findall(inspect.getsource(part))),
    }
    for model in (Tortoise.apps or {})["heyi"].values():
        names = [name for name, kind in model._meta.fields_map.items() if isinstance(kind, WRITTEN)]
        rows = await model.all().values_list(*names) if names and model.__name__ not in OWN else []
        found |= {line for row in rows for value in row for line in lines(value)}
    return sorted(found, key=len, reverse=True)


def lines(value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever a column holds
    """Give the Chinese lines inside a stored value."""
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from lines(each)
    else:
        yield from (line.strip() for line in str(value or "").splitlines() if CHINESE.search(line))


def left_over(html: str, known: list[str]) -> list[str]:
    """Return the Chinese of a page that nobody wrote."""
    text = PART.sub("", "\n".join(words for words in Said(html).words if CHINESE.search(words)))
    for words in known if text else ():
        text = text.replace(words, "")
    return CHINESE.findall(text)


def test_a_forgotten_sentence_is_found_and_a_neighbours_name_is_not() -> None:
    page = '<p>By 阿兰 <b title="附议">附议</b></p><button lang="zh-CN">繁体</button><textarea>草稿</textarea>'
    assert left_over(page, ["阿兰"]) == ["附议", "附议"]


async def test_no_page_speaks_chinese_to_who_reads_english(app: Starlette, fuller: Fuller) -> None:
    known = await written()
    wrong: dict[str, set[str]] = defaultdict(set)
    for walker in fuller.walkers:
        if walker.onward and walker.name not in READERS:
            continue
        english = replace(walker, cookies={**walker.cookies, "heyi-prefs": "lang=en"})
        for visit in await follow(app, english, same_route=3):
            for words in left_over(visit.html, known) if visit.route not in FILE else ():
                wrong[words].add(f"{visit.route} ({visit})")
    assert not wrong, "\n".join(f"{words}: {sorted(places)[:2]}" for words, places in sorted(wrong.items()))
