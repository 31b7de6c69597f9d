"""What the printed agreement shows besides its words: who signed and how, the seal, the roster of a group."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from community.calendar.rules import local_day
from community.people.rules import Method
from mediation.agreement.models import AgreementVersion, Ratification, Signature
from mediation.agreement.queries import Standing, drawn_name, frozen_of, paper_of, signed_name, standing, witness_of
from mediation.agreement.ratifying import Roster, rosters
from mediation.agreement.rules import Capacity, PaperMark
from mediation.agreement.text import ROLES, Paper
from mediation.case.models import Case
from mediation.parties.queries import clear
from mediation.parties.rules import MemberVote
from web.clock import BEIJING
from web.mediation.agreement.view import words_of

MEANS: Final = {Method.PASSWORD: "再次输入密码", Method.MAIL: "邮件验证码", Method.TOTP: "手机验证码"}
MARKS: Final = {PaperMark.INK: "亲手签名", PaperMark.FINGER: "按指印"}
SAID: Final = {MemberVote.YES: "认可", MemberVote.NO: "不认可", MemberVote.PENDING: "没有表态"}
COLUMNS: Final = ("序号", "姓名", "房号", "是否认可", "哪天说的")
BLANK: Final = "＿＿＿＿＿＿＿＿＿＿　　　　年　　月　　日"
_STANDS_AS: Final = {Capacity.GUARDIAN: "（法定代理人）", Capacity.AGENT: "（委托代理人）"}


@dataclass(frozen=True, slots=True)
class Ink:
    """One hand on the sheet: as what, who and when, and how it was given."""

    label: str
    who: str
    how: str = ""
    drawn: bytes = b""


async def sheet_of(case: Case, wanted: AgreementVersion | None = None) -> dict[str, object]:
    """Return what the printed agreement shows; of the wording in force unless another is ``wanted``."""
    version = wanted or await frozen_of(case)
    paper, now = paper_of(version), await standing(case, version)
    found = await rosters(case, version)
    return {
        **words_of(version),
        "case": case,
        "version": version,
        "sign": [*_inked(paper, now), _sealed(paper, now)],
        "earlier": bool(wanted),
        "roster": [row for roster in found for row in await _said(roster, version)],
        "columns": COLUMNS,
        "roster_told": [_counted(roster) for roster in found],
    }


def _inked(paper: Paper, now: Standing) -> Iterator[Ink]:
    ids = {party.sign: party.id for party in now.parties}
    for party in paper.parties:
        label = f"{ROLES[party.side]}（签名）"
        given = [_hand(label, each) for each in now.signatures if each.party_id == ids.get(party.sign)]
        yield from given or [Ink(label, BLANK)]
    mediator = next((each for each in now.signatures if each.capacity is Capacity.MEDIATOR), None)
    yield _hand("人民调解员（签名）", mediator)
    for one in now.beside:
        yield _hand("联合调解的调解员（签名）", now.of(one))


def _hand(label: str, signature: Signature | None) -> Ink:
    if signature is None:
        return Ink(label, BLANK)
    if signature.mark:
        saw = f"，见证人{witness_of(signature)}" if signature.witness else ""
        how = f"纸上{MARKS[signature.mark]}{saw}"
    else:
        wrote = "，手写" if signature.drawn else ""
        how = f"电子签名 {signature.level}，{MEANS[Method(signature.method)]}{wrote}"
    who = signed_name(signature) + _STANDS_AS.get(Capacity(signature.capacity), "")
    return Ink(label, f"{who}　{_moment(signature.completes_at)}", how, drawn_name(signature))


def _sealed(paper: Paper, now: Standing) -> Ink:
    if now.seal is None:
        return Ink("调解组织（印章）", f"{paper.org}　　　　年　　月　　日")
    return Ink("调解组织（印章）", f"{paper.org}　{_moment(now.seal.at)}", "印章已由保管人加盖")


async def _said(roster: Roster, version: AgreementVersion) -> list[tuple[str, ...]]:
    """Return a row for each member: number, name, home, what they said and on which day."""
    days = {each.member_id: local_day(each.at) for each in await Ratification.filter(version_id=version.id)}
    return [
        (
            str(one.ordinal),
            clear(one, "name"),
            clear(one, "unit"),
            SAID[roster.votes[one.id]],
            str(days.get(one.id, "")),
        )
        for one in roster.members
    ]


def _counted(roster: Roster) -> str:
    yes = roster.count(MemberVote.YES)
    return f"名册共{len(roster.members)}人，认可{yes}人。本协议只约束认可的人。"


def _moment(at: datetime) -> str:
    local = at.astimezone(BEIJING)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M:%S}"
