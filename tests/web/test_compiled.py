"""Templates compiled our way give what stock Jinja gives: on every page to everybody, and for hostile text."""

from datetime import timedelta

import jinja2
import pytest
from markupsafe import Markup, escape
from starlette.applications import Starlette

from tests.scene import Scene
from tests.web.crawl import client_of
from tests.web.payloads import payloads
from tests.web.test_doors import doors, things_of
from web import cells
from web.compiled import Compiled, shown
from web.locale import LANGUAGES, translations
from web.page import environment
from web.page import environment as ours

pytestmark = pytest.mark.pages

ROLES = ("lan", "qiang", "clerk", "moderator", "director", "mediator", "admin")
PLACES = (
    "{{ x }}",
    "<a title='{{ x }}'>",
    "{{ x ~ x }}",
    "{{ x|upper }}",
    "{{ [x, x]|join('<br>') }}",
    "{{ x if x else 'no' }}",
    "{{ x|safe }}",
    "{{ _('首页') }}{{ x }}",
    "{{ _('第 %(n)s 号', n=x) }}",
    "{{ _('第 %(n)s 号', n=x)|upper }}",
    "{% set y = _('附议 %(n)s / %(need)s', n=x, need=x ~ '<i>') %}{{ y }}{{ y|length }}",
    "{% macro m(a) %}<p>{{ a }}</p>{% endmacro %}{{ m(x) }}{{ m(_('第 %(n)s 号', n=x)) }}",
    "{% for c in x[:3] %}{{ loop.index }}{{ c }}{{ c|e }}{% endfor %}",
    "{{ {'a': x}.a }}{{ {'a': x}['a'] }}",
    "{% if _('首页') == '首页' %}{{ x }}{% endif %}",
    "{% set _ = x %}{{ x }}",
)


def stock(lang: str) -> jinja2.Environment:
    """Return Jinja's own environment with the same words and functions."""
    return environment(lang, jinja2.Environment)


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Draw everything in both ways; collect the names of what was drawn."""
    for lang in LANGUAGES:
        cells.install(ours(lang))  # nothing is drawn already
    drawn: set[str] = set()
    real = jinja2.Template.render

    def both(template: jinja2.Template, *args: object, **view: object) -> str:
        text = real(template, *args, **view)
        env = template.environment
        if isinstance(env, Compiled) and template.name:
            lang = next(lang for lang in LANGUAGES if env.globals["label"] is ours(lang).globals["label"])
            plain = stock(lang) if env.autoescape else stock(lang).overlay(autoescape=False)
            assert real(plain.get_template(template.name), *args, **view) == text, template.name
            drawn.add(template.name)
        return text

    monkeypatch.setattr(jinja2.Template, "render", both)
    return drawn


@pytest.fixture
def scene(played: Scene) -> Scene:
    """Give a neighbourhood in the middle of things."""
    return played


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_every_page_is_what_stock_jinja_gives(
    app: Starlette, scene: Scene, compared: set[str], lang: str
) -> None:
    things = await things_of(scene)
    people = [None, *(getattr(scene.world, name) for name in ROLES)]
    for person in people:
        if person:
            await type(person).filter(id=person.id).update(lang=lang)
        async with await client_of(app, person) as client:
            client.headers["accept-language"] = lang
            for door in doors(app.routes):
                if door.method == "GET":
                    await client.get(door.at(things))
    assert len(compared) > 60
    assert {"ui/_top.html", "ui/_foot.html", "deliberation/debate/_comment.html"} <= compared


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("source", PLACES)
def test_hostile_text_comes_out_as_stock_jinja_puts_it_out(lang: str, source: str) -> None:
    swift, plain = (env.from_string(source) for env in (ours(lang), stock(lang)))
    for text in [*payloads(), "%(n)s", "100%", "%%", "\ue000"]:
        for value in (text, Markup(text)):  # noqa: S704 - the point of the test
            assert swift.render(x=value) == plain.render(x=value)


@pytest.mark.parametrize("value", [0, 10**30, -1, True, None, 1.5, "<", Markup("<b>"), timedelta(1), [1, "<"]])
def test_a_value_is_put_out_as_escape_puts_it_out(value: object) -> None:
    assert shown(value) == str(escape(value))


def test_each_language_has_its_own_words() -> None:
    said = [env.from_string("{{ _('首页') }}").render() for env in (ours("zh-CN"), ours("en"))]
    assert said == ["首页", translations("en").gettext("首页")]
    assert said[0] != said[1]


def test_what_is_missing_is_still_a_mistake() -> None:
    for source in ("{{ nothing }}", "{{ _('第 %(n)s 号', n=nothing) }}", "{{ _('第 %(n)s 号') }}"):
        with pytest.raises((jinja2.UndefinedError, KeyError)):
            ours("zh-CN").from_string(source).render()
