"""What goes to the court, paper by paper: application, agreement, certificate, who the parties are, the checklist.

Talks, offers and the mediator's notes are in no part: each part says which tables it reads. The papers are Chinese
whatever language their readers use. Source: 民诉法解释 354; 人民调解协议司法确认程序若干规定 3.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tortoise.models import Model

from community.calendar.rules import local_day
from community.orgs.models import Org
from mediation.agreement.models import Agreement, AgreementVersion, SealUse, Signature
from mediation.agreement.queries import number_for, paper_of, signatures_of, signed_name
from mediation.agreement.text import ROLES, sections
from mediation.case.keys import opened, opened_in
from mediation.case.models import Assignment, Case, Consent, Party, Proceeding
from mediation.case.queries import parties_of
from mediation.confirmation.grounds import BROUGHT, Item, checklist
from mediation.confirmation.models import ConfirmationPaper, CourtConfirmation
from mediation.confirmation.queries import applied, kinds_of
from mediation.papers import parcel
from mediation.papers.parcel import Kept, Written, lines, list_hash

Writer = Callable[[Case, CourtConfirmation], Awaitable[str]]
TITLES: Final[Mapping[str, str]] = {
    "checklist": "材料目录",
    Item.APPLICATION: "司法确认申请书",
    Item.AGREEMENT: "调解协议书",
    Item.CERTIFICATE: "主持调解证明",
    Item.IDENTITY: "申请人身份和联系方式",
    Item.MANDATE: "授权委托书",
    Item.PROPERTY: "财产权利证明",
}
HOW: Final = {
    "click": "本人登录后申请",
    "guardian": "法定代理人申请",
    "paper": "本人签署纸质申请书",
    "mandate": "委托代理人申请",
}
SWORN: Final = (
    "申请人承诺：一、出于解决纠纷的目的自愿达成协议，没有恶意串通、规避法律的行为；",
    "二、如果因为该协议内容而给他人造成损害的，愿意承担相应的民事责任和其他法律责任。",
)
"""What every applicant says. Source: 人民调解协议司法确认程序若干规定."""


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of paper: the tables it may read, and how it is written."""

    name: str
    reads: tuple[type[Model], ...]
    write: Writer


async def _checklist(case: Case, found: CourtConfirmation) -> str:
    wished = [
        f"□ {TITLES[item]}{'（请当事人自带原件）' if item in BROUGHT else '（附后）'}"
        for item in await wanted(case, found)
    ]
    return lines("司法确认材料目录", f"查询码：{case.code}", *wished)


async def wanted(case: Case, found: CourtConfirmation) -> tuple[Item, ...]:
    """Return what the court will want to see of this application."""
    agents = any(each.method == "mandate" for each in await applied(found, case))
    return checklist(kinds_of(found.version), agents=agents)


async def _application(case: Case, found: CourtConfirmation) -> str:
    court, rows = await Org.get(id=found.court_id), await applied(found, case)
    said = [f"申请人：{opened(each.party, 'name')}（{HOW.get(each.method, '')}）" for each in rows]
    number = number_for(found.version)
    return lines(
        "司法确认申请书",
        *said,
        f"请求事项：确认{case.org.name}主持达成的《{number}》有效。",
        f"事实和理由：申请人在{case.org.name}主持下自愿达成上述协议，协议于{_day(_effect(found))}生效，"
        "现依照《中华人民共和国民事诉讼法》第二百零五条共同申请司法确认。",
        *SWORN,
        f"此致 {court.name}",
        f"申请日期：{_day(found.filed_at)}",
    )


def _effect(found: CourtConfirmation) -> datetime | None:
    version: AgreementVersion = found.version
    return version.in_effect_at or version.agreement.effective_at


async def _agreement(_case: Case, found: CourtConfirmation) -> str:
    version: AgreementVersion = found.version
    paper = paper_of(version)
    told = [line for head, words in sections(paper) for line in (f"【{head}】", *words)]
    rows = await signatures_of(version)
    hands = [f"签名：{signed_name(row)} {_day(row.signed_at)}（{row.level}）" for row in rows]
    seal = await SealUse.get_or_none(version_id=version.id).select_related("org")
    sealed = [f"印章：{seal.org.name} {_day(seal.at)}"] if seal else []
    return lines("人民调解协议书", paper.number, *told, *hands, *sealed, f"文本校验值 SHA-256：{version.sha256}")


async def _certificate(case: Case, _found: CourtConfirmation) -> str:
    run = await Proceeding.filter(case_id=case.id).order_by("-seq").first()
    led = await Assignment.filter(case_id=case.id).order_by("-id").select_related("mediator").first()
    number = (run.number or "") if run else ""
    return lines(
        "主持调解证明",
        f"兹证明{number}一案由{case.org.name}主持调解，调解员{led.mediator.name if led else ''}。",
        f"受理日期：{run.accepted_on if run else ''}",
        "调解协议由各方当事人在本组织主持下自愿达成。",
        f"出具单位：{case.org.name}",
    )


async def _identity(case: Case, _found: CourtConfirmation) -> str:
    people = [f"{ROLES[each.side]}：{_reach(each)}" for each in await parties_of(case)]
    return lines("申请人身份和联系方式（仅用于办理司法确认，不得另作他用）", *people)


def _reach(party: Party) -> str:
    known = (opened(party, column) for column in ("name", "id_number", "address", "phone", "email"))
    return " · ".join(each for each in known if each)


PARTS: Final = (
    Part("checklist", (AgreementVersion, Consent), _checklist),
    Part(Item.APPLICATION, (CourtConfirmation, Org, Party, Consent, Agreement), _application),
    Part(Item.AGREEMENT, (AgreementVersion, Signature, SealUse), _agreement),
    Part(Item.CERTIFICATE, (Proceeding, Assignment, Org), _certificate),
    Part(Item.IDENTITY, (Party,), _identity),
)


async def papers(case: Case, found: CourtConfirmation) -> list[Written]:
    """Write the papers of an application; they are stored as they are now, whatever happens to the case later."""
    found.version = await AgreementVersion.get(id=found.version_id).select_related("agreement")
    return [Written(part.name, await part.write(case, found)) for part in PARTS]


async def store(found: CourtConfirmation, kept: Sequence[Written]) -> None:
    """Keep the papers, locked, each with its hash."""
    for n, paper in enumerate(kept, start=1):
        await ConfirmationPaper.create(confirmation=found, **paper.locked(n, _about(found, n), found))


def manifest_hash(items: Iterable[Kept]) -> str:
    """Return the hash of the list of papers, which stands in the record."""
    return list_hash(items, _file)


def text_of(found: CourtConfirmation, paper: ConfirmationPaper) -> str:
    """Return what a paper says."""
    return opened_in(found, paper.body, about=_about(found, paper.n))


def zipped(found: CourtConfirmation, items: Sequence[ConfirmationPaper], *, pdf: bytes = b"") -> bytes:
    """Return the package as a ZIP file, the same bytes each time: the papers, their hashes, and all of it as PDF."""
    files = {_file(each.n, each.part): text_of(found, each) for each in items}
    whole = {"司法确认材料.pdf": pdf} if pdf else {}
    return parcel.zipped({"00-校验清单.txt": parcel.listed(items, _file), **files, **whole})


def _file(n: int, part: str) -> str:
    return f"{n:02d}-{TITLES[part]}.txt"


def _about(found: CourtConfirmation, n: int) -> str:
    return f"confirmation|{found.code}|paper-{n}"


def _day(at: datetime | None) -> str:
    on = local_day(at) if at else None
    return f"{on.year}年{on.month}月{on.day}日" if on else ""
