"""What stands in the menu of "mine": each room adds a line; a line whose page is not open is left out."""

from dataclasses import dataclass
from typing import Final

from starlette.applications import Starlette
from starlette.routing import Match

from web.words import N_


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: where it leads and what stands there (message ids)."""

    path: str
    title: str
    note: str = ""


MINE: Final = (
    Entry("/inbox", N_("收件箱"), N_("告诉过您的每一件事")),
    Entry("/matters?shelf=mine", N_("我提的议题"), N_("进展、表决、结果")),
    Entry("/following", N_("我关注的"), N_("哪些事的进展会告诉您")),
    Entry("/disputes", N_("我的调解"), N_("下一步该做什么")),
    Entry("/me/home", N_("我的房屋和名册核实"), N_("核实以后才能附议和表决")),
    Entry("/me/settings", N_("设置"), N_("称呼、字号、收信、密码、登录过的设备")),
    Entry("/me/information", N_("我的个人信息"), N_("看、下载、更正、删除关于您的信息")),
    Entry("/me/tokens", N_("令牌"), N_("让自己写的程序看通知、办事")),
    Entry("/rights", N_("谁能做什么"), N_("每种身份的权限，一张表")),
    Entry("/privacy", N_("隐私说明"), N_("记了您什么，为什么，留多久")),
)


def entries(app: Starlette) -> list[Entry]:
    """Return the lines whose pages are open in ``app``."""
    return [entry for entry in MINE if opens(app, entry.path)]


def opens(app: Starlette, path: str) -> bool:
    """Return whether ``app`` answers a GET of ``path``."""
    scope = {"type": "http", "method": "GET", "path": path.split("?", maxsplit=1)[0], "root_path": "", "headers": []}
    return any(route.matches(scope)[0] is Match.FULL for route in app.routes)
