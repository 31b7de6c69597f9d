"""The templates on a bare stage: plain words for what the server would know."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from web.cells import install

ROOT = Path(__file__).parents[2]
WEB, STATIC = ROOT / "web", ROOT / "static"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def environment() -> Environment:
    """Return the environment of the templates, with Chinese words and fixed times."""
    made = Environment(
        loader=FileSystemLoader(WEB),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(lambda s: s, lambda s, _p, _n: s, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        url_for=lambda name, **facts: f"/static/{facts['path']}" if name == "static" else f"/{name}",
        clock=lambda _: "11月24日 周二 20:00",
        left=lambda _until, _now: "还剩 2 小时",
        area=lambda n: f"{n // 100}.{n % 100:02d} m²",
    )
    install(made)
    return made


def request(method: str = "GET", referer: str = "") -> SimpleNamespace:
    """Return what a page sees of the request."""
    return SimpleNamespace(method=method, headers={"referer": referer}, base_url="http://heyi.test/")


def frame(**more: object) -> dict[str, object]:
    """Return what every page gets, and more."""
    site = SimpleNamespace(name="和议", host_name="幸福里居委会", phone="0571-8888 1234", phone_href="tel:057188881234")
    prefs = SimpleNamespace(mode="std", text="", theme="", lang="zh-CN")
    page = {
        "me": SimpleNamespace(name="陈"),
        "prefs": prefs,
        "place_name": "幸福里",
        "site": site,
        "here": "/x?a=1&b=2",
    }
    return (
        page
        | {
            "unread": 0,
            "development": False,
            "mine": {"desk": True},
            "at": NOON,
            "now": NOON - timedelta(hours=2),
            "request": request(),
        }
        | more
    )
