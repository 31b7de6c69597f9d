"""The visual ground: macros give sound HTML, templates obey the policy, what is served is ours and unchanged."""

import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import Environment

from tests.web.stage import STATIC, WEB, environment, frame, request

TEMPLATES = sorted(WEB.rglob("*.html"))
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Outline(HTMLParser):
    """Reads markup and remembers every element and what is wrong with the nesting."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        self.wrong += [f"<{tag}> has {name} twice" for name in set(names) if names.count(name) > 1]
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes something else")

    def values(self, attribute: str) -> list[str]:
        """Return every value of an attribute, in order."""
        return [attrs[attribute] or "" for _, attrs in self.elements if attribute in attrs]


def outline(markup: str) -> Outline:
    """Read markup to its end."""
    reader = Outline()
    reader.feed(markup)
    reader.close()
    reader.wrong += [f"<{tag}> stays open" for tag in reader.open]
    return reader


@pytest.fixture(scope="module")
def jinja() -> Environment:
    """Give the environment of the templates."""
    return environment()


MACROS = [
    'ui.icon("phone", big=true)',
    'ui.badge(120, "条未读")',
    'ui.avatar("王秀英", "a")',
    'ui.errsum({"tel": "手机号少了 1 位，请核对", "": "请再看一遍"})',
    'ui.field("tel", "手机号", "138", "只给调解员看", "少了 1 位", "tel", "tel", "numeric", small=true, most=11)',
    'ui.textarea("what", "发生了什么", none, "哪里", "请写一写", most=1000, optional=true, attrs={"data-x": "<"})',
    'ui.select("why", "理由", [("a", "甲"), ("b", "乙")], "b", "会公开", "请选一个")',
    'ui.choices("vote", "您同意吗", [("for", "赞成", "同意"), ("no", "反对")], none, "选一个", "请选一个")',
    'ui.choices("ways", "怎么找您", [(1, "短信"), (2, "邮件")], [2], many=true, optional=true)',
    'ui.check("read", "我看过告知书", true, "可以反悔", "请先看")',
    'ui.file("photo", "照片", "最多 6 张", "", "image/*", many=true)',
    'ui.hidden("a", "\\"<")',
    'ui.button("提交我的表决", "bad", "send", "lg", true, "step", "go", {"aria-pressed": "true"})',
    'ui.link("以后再填", "/x?a=1&b=2", icon="x")',
    'ui.act("/x", "撤回", {"a": "1"}, "quiet", "arrow-back-up", form={"data-forget": ""})',
    'ui.pref("lang", "en", "English", "zh-CN", "en")',
    'ui.back("/x")',
    "ui.speak()",
    "ui.print()",
    'ui.help(site, "/visit")',
    'ui.tag("没投", "warn", "clock")',
    "ui.when(at)",
    'ui.deadline(at, now, "可以改票。")',
    "ui.deadline(at, at)",
    'ui.notice("收到了。", "ok", "好", focus=true)',
    'ui.steps([("提议", "done"), ("表决", "now"), ("公告", "todo"), ("审核", "skipped"), ("落实", "stopped")])',
    'ui.timeline([("登记", "done", "11月1日"), ("调解", "now")])',
    'ui.live("断了", false)',
    'ui.tasks([{"href": "/a", "title": "请表态", "note": "还剩 2 天", "tag": "没投", "kind": "warn"}, {"href": "/b", "title": "回话"}])',  # noqa: E501
    "ui.tasks([])",
    'ui.empty("还没有提议。", "写一个", "/new")',
    'ui.pager("/x?after=3", attrs={"hx-get": "/x"})',
    'ui.facts([("谁", "陈女士"), ("空", "")])',
    'ui.table("账目", ["项目", "元"], [["停车", "4.2"]], [1])',
    'ui.kpis([("12", "件")])',
    'ui.tally(136, 24, 11, "t", need=(3, 4))',
    'ui.tally(0, 0, 0, "t")',
    'ui.tally(0, 5, 0, "t", "area")',
    'ui.meter("按面积", 1482000, 2098000, (2, 3), "三分之二", "area")',
    'ui.meter("没有人", 0, 0, (1, 2), "过半数", more=true)',
    'ui.receipt("收到了", "7K3M-92QX", "赞成")',
    'ui.code("", "heyi.example.cn/v/1187")',
    "ui.talk_state()",
    "ui.newer()",
]


def render(jinja: Environment, expression: str) -> str:
    """Return what one macro gives."""
    return jinja.from_string('{% import "ui.html" as ui %}{{ ' + expression + " }}").render(**frame())


@pytest.mark.parametrize("expression", MACROS)
def test_a_macro_gives_sound_markup(jinja: Environment, expression: str) -> None:
    read = outline(render(jinja, expression))
    ids = read.values("id")
    assert read.elements
    assert read.wrong == []
    assert len(ids) == len(set(ids))
    tied = [one for attribute in ("for", "aria-labelledby", "aria-describedby") for one in read.values(attribute)]
    assert {one for several in tied for one in several.split()} <= set(ids)


def test_every_macro_is_tried(jinja: Environment) -> None:
    offered = {name for name in vars(jinja.get_template("ui.html").module) if not name.startswith("_")}
    whole = {name for name in offered if not name.endswith("_")}
    tried = {re.match(r"ui\.(\w+)", one)[1] for one in MACROS}  # type: ignore[index]
    assert whole - tried == {"card", "sheet", "room", "log", "percent", "amount"}


def test_the_macros_around_text_give_sound_markup(jinja: Environment) -> None:
    page = (
        '{% import "ui.html" as ui %}{% call ui.card("票数", "h", "全部", "/x") %}一{% endcall %}'
        '{% call ui.sheet("居委会", "公告", ["居委会", "11月16日"]) %}<p>二</p>{% endcall %}'
        '<section {{ ui.room("/live", 3) }}>{% call ui.log("对话") %}<li>三</li>{% endcall %}</section>'
    )
    read = outline(jinja.from_string(page).render(**frame()))
    assert read.wrong == []
    assert read.values("data-live-url") == ["/live"]


def test_the_whole_page_is_sound_in_every_mode(jinja: Environment) -> None:
    for mode, theme, text in (("std", "", ""), ("elder", "dark", ""), ("std", "light", "xl")):
        prefs = SimpleNamespace(mode=mode, theme=theme, text=text, lang="en")
        page = jinja.get_template("refused.html").render(
            **frame(prefs=prefs, status=409, message="改过了。", advice="")
        )
        read = outline(page)
        assert read.wrong == []
        assert dict(read.elements[0][1])["data-mode"] == mode
        assert read.values("data-theme") == [theme] * bool(theme)
        assert [tag for tag, _ in read.elements].count("h1") == 1
        assert 'value="/x?a=1&amp;b=2"' in page


def test_a_stranger_gets_a_way_to_sign_in_and_back(jinja: Environment) -> None:
    page = jinja.get_template("refused.html").render(
        **frame(me=None, mine={}, status=401, message="请登录。", advice="")
    )
    assert "/sign-in?next=/x%3Fa%3D1%26b%3D2" in page
    assert 'href="/desk"' not in page


@pytest.mark.parametrize(
    ("method", "referer", "back"),
    [
        ("GET", "", 'href="/x?a=1&amp;b=2"'),
        ("POST", "http://heyi.test/matters/1", 'href="http://heyi.test/matters/1"'),
        ("POST", "http://elsewhere.test/", None),
    ],
)
def test_the_way_back_is_a_page_of_ours(jinja: Environment, method: str, referer: str, back: str | None) -> None:
    asked = request(method, referer)
    page = jinja.get_template("refused.html").render(**frame(request=asked, status=409, message="改过了。", advice=""))
    assert (back or "回到首页") in page
    assert "elsewhere" not in page


@pytest.mark.parametrize(
    ("counts", "rule", "said"),
    [
        ("158, 236", '(2, 3), "X"', "已达到X"),
        ("157, 236", '(2, 3), "X"', "还差 1 户"),
        ("118, 236", '(1, 2), "X"', "已达到X"),
        ("118, 236", '(1, 2), "X", more=true', "还差 1 户"),
        ("119, 236", '(1, 2), "X", more=true', "已达到X"),
        ("0, 3", '(2, 3), "X"', "还差 2 户"),
    ],
)
def test_a_meter_counts_what_is_missing_exactly(jinja: Environment, counts: str, rule: str, said: str) -> None:
    assert said in render(jinja, f'ui.meter("户", {counts}, {rule})')


def test_a_share_below_two_thirds_never_reads_as_two_thirds(jinja: Environment) -> None:
    assert render(jinja, "ui.percent(1999, 3000)") == "66.6"
    assert render(jinja, "ui.percent(0, 0)") == "0.0"


def test_a_tally_bar_is_as_wide_as_its_votes(jinja: Environment) -> None:
    read = outline(render(jinja, 'ui.tally(136, 24, 11, "t")'))
    widths = [int(attrs["width"] or 0) for tag, attrs in read.elements if tag == "rect" and attrs.get("y") == "0"]
    assert sum(widths) == 10000
    assert widths[0] == 10000 * 136 // 171


def test_what_people_type_stays_text(jinja: Environment) -> None:
    assert "<script" not in render(jinja, 'ui.field("a", "<script>", "\\"><script>", "<script>", "<script>")')
    assert 'value="secret"' not in render(jinja, 'ui.field("p", "密码", "secret", type="password")')


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB)))
def test_a_template_obeys_the_content_policy(path: Path) -> None:
    source = path.read_text()
    styles = r"" if path.name.startswith("mail_") else r"\sstyle\s*=|"  # mail readers know inline styles only
    assert not re.search(styles + r"\son[a-z]+\s*=|<style|javascript:|hx-on|hx-vals=['\"]js:", source)
    assert all("src=" in script for script in re.findall(r"<script[^>]*>", source))


def test_every_icon_named_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text()))
    source = "\n".join(path.read_text() for path in TEMPLATES)
    named = set(re.findall(r'(?:icon|drawn)\("([\w-]+)"|\bicon="([\w-]+)"|icons\.svg#([\w-]+)"', source))
    used = {name for names in named for name in names if name}
    assert {"phone", "send"} & used
    assert used <= drawn


def test_what_others_wrote_is_what_was_checked() -> None:
    for line in (STATIC / "vendor/vendor.sha256").read_text().splitlines():
        digest, name = line.split()
        assert hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() == digest
    assert "resolved" not in (STATIC / "vendor/package-lock.json").read_text()


def test_nothing_served_calls_another_server() -> None:
    texts = [path for path in STATIC.rglob("*") if path.suffix in {".css", ".js", ".svg", ".webmanifest", ".html"}]
    assert len(texts) > 5
    for path in texts:
        others = set(re.findall(r"(?:https?:)?//[\w.-]+\.\w+[^\s\"')]*", path.read_text()))
        assert others <= {"http://www.w3.org/2000/svg"}, path.name
