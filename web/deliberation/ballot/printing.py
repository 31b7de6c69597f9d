"""The notice of a vote and its result as sheets of paper: the same lines as on the pages, typeset."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from deliberation.ballot.decide import Line
from deliberation.ballot.leak import Detail
from deliberation.ballot.models import Ballot, Telling
from deliberation.ballot.shares import Basis
from deliberation.body.rules import PRESETS
from deliberation.ledger.models import Checkpoint
from deliberation.question.rules import Kind
from web.deliberation.ballot.figures import Asked, Shown, points_of, thresholds, unit_of
from web.deliberation.matter.shown import Shown as Words
from web.deliberation.question.shown import Sheet as Sheet_
from web.deliberation.question.shown import sheet_of, told_in
from web.locale import say
from web.page import environment
from web.paper import qr_drawing
from web.typeset.sheet import Bar, Part, Sheet
from web.typeset.sheet import Line as Printed
from web.words import N_

CHECK: Final = N_("扫一扫，自己核对每一张票")
PILES: Final = (
    (N_("赞成"), "yes"),
    (N_("反对"), "no"),
    (N_("弃权"), "abstain"),
    (N_("无效票"), "invalid"),
    (N_("名册"), "whole"),
)
KINDS: Final = (("yes", "for"), ("no", "against"), ("abstain", "abstain"))
FEW: Final = N_(
    "参加的人少，写细了会让人推出别人怎么投的，所以这里面积取整，或者只写是否达到。名册上的人登录以后看得到全部。"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What both sheets have: whose they are, what they are about, where to look, who reads them in which language."""

    ballot: Ballot
    text: Words
    address: str
    host: str
    phone: str
    lang: str

    def say(self, sentence: str, **facts: object) -> str:
        """Say a sentence."""
        return say(self.lang, sentence, **facts)

    def speak(self, name: str) -> Callable[..., str]:
        """Return one of the speakers of templates: ``clock``, ``until``, ``day``, ``label``, ``cited``, ``area``."""
        found: Callable[..., str] = environment(self.lang).globals[name]  # type: ignore[assignment]
        return found

    def amount(self, number: int, unit: str) -> str:
        """Say an amount as pages do."""
        made: Any = environment(self.lang).get_template("ui/vote.html").module
        return str(made.amount(number, unit))

    def percent(self, number: int, total: int) -> str:
        """Say a share, rounded down."""
        made: Any = environment(self.lang).get_template("ui/vote.html").module
        return f"{made.percent(number, total)}%"

    def basis(self, basis: Basis) -> str:
        """Say what is counted."""
        return self.speak("label")(basis) if unit_of(self.ballot) == "homes" else self.say(N_("按人数"))

    def asks(self, asked: Asked) -> str:
        """Say what a line asks for."""
        words = self.say(asked.words, share=self.say(asked.share))
        return self.say(N_("{basis}：{words}"), basis=self.basis(asked.threshold.basis), words=words)

    def facts(self, *pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
        """Name facts, leaving out those that are empty."""
        return tuple((self.say(name), value) for name, value in pairs if value)

    def sheet(self, title: str, **parts: Any) -> Sheet:  # noqa: ANN401 - the fields of a sheet
        """Return a sheet with the head, the code and the foot that both have."""
        common = {
            "head": self.ballot.body.name,
            "title": self.say(title, title=self.text.title),
            "qr": qr_drawing(self.address),
            "address": self.address.split("://", 1)[-1],
            "foot": self.address.split("://", 1)[-1],
            "lang": self.lang,
        }
        return Sheet(**{**common, **parts})


def result_sheet(frame: Frame, result: Shown, tellings: Sequence[Telling], signed: Checkpoint | None) -> Sheet:
    """Return the judgement: every line a fraction with its article, the bars with their table, who counted."""
    ballot, clock = frame.ballot, frame.speak("clock")
    label, joined = frame.speak("label"), frame.say(N_("、")).join(each.teller.name for each in tellings)
    ran = f"{clock(ballot.opens_at)} – {clock(ballot.closes_at)}"
    point = f"{signed.size}:{signed.root}" if signed else ""
    told = result.detail is not Detail.EXACT
    return frame.sheet(
        N_("关于“{title}”的结果公告"),
        call=label(result.outcome),
        when=" · ".join((ran, label(ballot.effect), frame.say(N_("记名表决")))),
        notes=[
            *_answered(frame, result),
            frame.say(N_("公示到 {at}"), at=frame.speak("until")(result.row.shown_until)),
            *_few(frame, hidden=told),
        ],
        rule=frame.say(N_("怎么算通过")),
        lines=[_line(frame, line, result.detail) for line in result.lines],
        how=frame.say(N_("怎么投的")),
        bars=_bars(frame, result),
        columns=_columns(frame, result),
        rows=_rows(frame, result),
        proof=frame.facts(
            (N_("计票人"), joined),
            (N_("计票指纹"), _broken(result.seal)),
            (N_("检查点"), _broken(point)),
            (N_("公钥"), _broken(signed.key if signed else "")),
        ),
        scan=frame.say(CHECK),
        sign=(frame.host or ballot.body.name, frame.speak("day")(result.row.decided_at)),
        on=result.row.decided_at.date(),
    )


def notice_sheet(frame: Frame) -> Sheet:
    """Return the notice: what is asked, when, under which rule, how without a telephone."""
    ballot, text, clock = frame.ballot, frame.text, frame.speak("clock")
    when = frame.say(N_("{since} 至 {until}"), since=clock(ballot.opens_at), until=clock(ballot.closes_at))
    roll = frame.say(
        "第 {n} 版，{basis}，共 {heads} 票",
        n=ballot.roll.number,
        basis=frame.speak("label")(ballot.roll.basis),
        heads=ballot.roll.heads,
    )
    options = sheet_of(ballot)
    asked = [Asked(each, elects=options is not None) for _, each in thresholds(ballot)]
    if options and options.opinion:
        asked = []
    names = frame.say(N_("、")).join(each.name for each in options.question.options) if options else ""
    points = [frame.say(each) for each in points_of(ballot)]
    later = (
        [frame.say(N_("参加的不够时，截止可以延长一次，{n} 天。"), n=ballot.extend_days)] if ballot.extend_days else []
    )
    return frame.sheet(
        N_("关于“{title}”的表决公告"),
        facts=frame.facts(
            (N_("做什么"), text.what), (N_("花多少"), text.cost), (N_("谁负责"), text.who), (N_("什么时候"), when),
            (N_("效力"), frame.speak("label")(ballot.effect)), (N_("名册"), roll), (N_("选项"), names),
        ),
        rule=frame.say(N_("怎么算通过")),
        lines=[Printed("·", frame.asks(each), "", frame.speak("cited")(each.threshold.source)) for each in asked],
        points=[*points, *later, *_without(frame)],
        scan=frame.say(N_("扫一扫，看全文和进展")),
        sign=(frame.host or ballot.body.name, frame.speak("day")(ballot.noticed_at)),
        on=ballot.noticed_at.date(),
    )  # fmt: skip


def _without(frame: Frame) -> tuple[str, ...]:
    """Say how to vote without a telephone, and what was frozen."""
    here = frame.say(N_("不用手机也能投：到居委会窗口，请工作人员帮您办。"))
    called = frame.say(N_("不用手机也能投：到居委会窗口，或者打电话 {phone}，请工作人员帮您办。"), phone=frame.phone)
    days = PRESETS[frame.ballot.body.kind].notice_days
    frozen = N_("记名表决。文字、名册和规则公示那天已经定住；从公示到表决满 {days} 天。结果截止后三天内公布。")
    return (called if frame.phone else here, frame.say(frozen, days=days))


def _few(frame: Frame, *, hidden: bool) -> list[str]:
    return [frame.say(FEW)] if hidden else []


def _line(frame: Frame, line: Line, detail: Detail) -> Printed:
    unit = "area" if line.basis is Basis.AREA else unit_of(frame.ballot)
    exact = detail is Detail.EXACT or (detail is Detail.ROUNDED and line.basis is Basis.HEADS)
    amounts = [frame.amount(each, unit) for each in (line.numerator, line.denominator, line.missing)]
    shares = {"one": amounts[0], "whole": amounts[1], "percent": frame.percent(line.numerator, line.denominator)}
    figure = frame.say(N_("{one} / {whole}（{percent}）"), **shares)
    if not line.met:
        figure += " · " + frame.say(N_("还差 {missing}"), missing=amounts[2])
    mark = f"✓ {frame.say(N_('够'))}" if line.met else f"✗ {frame.say(N_('不够'))}"
    return Printed(mark, frame.asks(Asked(line.threshold)), figure if exact else "", frame.speak("cited")(line.source))


def _answered(frame: Frame, result: Shown) -> list[str]:
    """Say who or what won, where there were options."""
    sheet = sheet_of(frame.ballot)
    if sheet is None:
        return []
    won = frame.say(N_("、")).join(told_in(sheet, result.row).winners)
    return [f"{frame.say(N_('结果：'))}{won}" if won else frame.say(N_("没有一个达到。"))]


def _options(frame: Frame, result: Shown, sheet: Sheet_) -> list[list[str]]:
    """Return what each option got: points where points were given, else heads."""
    if result.detail is Detail.OUTCOME:
        return []
    unit = unit_of(frame.ballot)
    return [
        [row.name, str(row.points) if sheet.kind is Kind.SCORE else frame.amount(row.heads, unit), "✓" * row.won]
        for row in told_in(sheet, result.row).rows
    ]


def _bars(frame: Frame, result: Shown) -> list[Bar]:
    if not result.piles or sheet_of(frame.ballot):
        return []
    bases = [Basis.HEADS, Basis.AREA] if result.piles["whole"].area else [Basis.HEADS]
    return [_bar(frame, result, basis) for basis in bases]


def _bar(frame: Frame, result: Shown, basis: Basis) -> Bar:
    unit = "area" if basis is Basis.AREA else unit_of(frame.ballot)
    amounts = {name: result.piles[name].by(basis) for name, _ in KINDS}
    total = sum(amounts.values())
    parts = tuple(Part(kind, 10000 * amounts[name] // total) for name, kind in KINDS if total)
    said = [(words, amounts[name]) for words, name in PILES if name in amounts]
    legend = [f"{frame.say(words)} {frame.amount(n, unit)} {frame.percent(n, total)}" for words, n in said]
    return Bar(frame.basis(basis), parts, " · ".join(legend))


def _columns(frame: Frame, result: Shown) -> list[str]:
    if sheet_of(frame.ballot):
        return [frame.say(N_("选项")), frame.say(N_("数量")), frame.say(N_("结果"))]
    if not result.piles:
        return []
    area = [frame.say(N_("面积"))] if result.piles["whole"].area else []
    return [frame.say(N_("意见")), frame.say(N_("数量")), *area]


def _rows(frame: Frame, result: Shown) -> list[list[str]]:
    if sheet := sheet_of(frame.ballot):
        return _options(frame, result, sheet)
    if not result.piles:
        return []
    whole, unit = result.piles["whole"].area, unit_of(frame.ballot)
    piles = [(frame.say(words), result.piles[name]) for words, name in PILES]
    return [
        [words, frame.amount(pile.heads, unit), *([frame.amount(pile.area, "area")] if whole else [])]
        for words, pile in piles
    ]


def _broken(long: str) -> str:
    """Let a long code break anywhere, so that it stays on the sheet."""
    return "\u200b".join(long[at : at + 8] for at in range(0, len(long), 8))
