"""What goes along with a case, part by part. What is not named here cannot go: each part says which tables it reads.

Talks with one side, the mediator's own notes, proposals and what people thought of the mediator are in no part.
The papers are Chinese whatever language their readers use. Source: 人民调解法 15(四); 个人信息保护法 6, 23.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tortoise.models import Model

from community.calendar.rules import local_day
from community.orgs.models import Org
from mediation.case.keys import lock_in, opened, opened_case, opened_in
from mediation.case.models import Case, Consent, Invitation, Party, Proceeding, Side, Track
from mediation.case.states import Outcome
from mediation.evidence.keeping import clear
from mediation.evidence.models import Evidence, EvidenceFile
from mediation.evidence.queries import shared_list
from mediation.papers import parcel
from mediation.papers.parcel import Kept, Written, lines, list_hash
from mediation.referral.models import Handover, HandoverItem
from mediation.referral.rules import Basis

SIDES: Final = {Side.APPLICANT: "申请人", Side.RESPONDENT: "被申请人", Side.THIRD: "第三人"}
TRACKS: Final = {
    Track.PEOPLE: "人民调解",
    Track.ADMIN: "行政调解",
    Track.COURT_PRE: "法院委派调解",
    Track.COURT_POST: "法院委托调解",
    Track.INDUSTRY: "行业性专业性调解",
    Track.COMMERCIAL: "商事调解",
}
ACTS: Final = {"mediate": "同意调解", "handover": "同意移交材料"}
ENDINGS: Final = {
    Outcome.FAILED_GAP: "分歧较大，没有谈成",
    Outcome.REFUSED_MIDWAY: "被申请人不愿继续调解",
    Outcome.WITHDRAWN_MIDWAY: "申请人撤回",
    Outcome.SELF_SETTLED: "双方自行和解",
    Outcome.COURT_SEIZED: "法院已经受理",
    Outcome.ADMIN_MUST_DECIDE: "须由行政机关处理",
    Outcome.FRAUD_SUSPECTED: "疑似虚假调解",
    Outcome.SIGN_REFUSED: "没有签署协议",
    Outcome.PERIOD_EXPIRED: "期限届满",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of paper: its title, the tables it may read, and how it is written; empty text leaves it out."""

    name: str
    title: str
    reads: tuple[type[Model], ...]
    write: Callable[[Case, Handover], Awaitable[str]]


def _day(at: datetime | None) -> str:
    return local_day(at).isoformat() if at else ""


async def _letter(case: Case, handover: Handover) -> str:
    sender, receiver = await Org.get(id=handover.from_org_id), await Org.get(id=handover.to_org_id)
    why = "各方当事人的单独同意" if handover.basis is Basis.CONSENT else handover.article
    return lines(
        f"移送函 {handover.number}",
        f"移送单位：{sender.name}（{TRACKS[handover.from_track]}）",
        f"接收单位：{receiver.name}（{TRACKS[handover.to_track]}）",
        f"查询码：{case.code}",
        f"移送日期：{_day(handover.sent_at)}",
        f"移送理由：{opened_words(handover, 'reason')}",
        f"提供材料的依据：{why}",
    )


async def _application(case: Case, _handover: Handover) -> str:
    return lines(
        "人民调解申请书",
        f"申请时间：{_day(case.filed_at)}",
        f"纠纷类别代码：{case.type_code}",
        f"事情经过：{opened_case(case, 'statement')}",
        f"希望怎样解决：{opened_case(case, 'wish')}",
        f"地点：{opened_case(case, 'place')}",
    )


async def _identity(case: Case, _handover: Handover) -> str:
    rows = await Party.filter(case_id=case.id, left_at=None).order_by("side", "ordinal")
    people = [f"{SIDES[each.side]}：{_reach(each)}" for each in rows]
    return lines("当事人（仅用于接收和办理本件，不得另作他用）", *people)


def _reach(party: Party) -> str:
    known = (opened(party, column) for column in ("name", "phone", "email", "id_number", "address"))
    return " · ".join(each for each in known if each)


async def _register(case: Case, _handover: Handover) -> str:
    rows = await Proceeding.filter(case_id=case.id).order_by("seq").select_related("org")
    if not rows:
        return ""
    runs = [f"{each.number or '（未编号）'} {each.org.name} {TRACKS[each.track]} {each.accepted_on}" for each in rows]
    return lines("人民调解受理登记表", f"来源：{case.channel}", *runs)


async def _notices(case: Case, _handover: Handover) -> str:
    rows = await Invitation.filter(party__case_id=case.id).order_by("id").select_related("party")
    told = [f"{_day(each.sent_at)} 第{each.attempt}次邀请 {SIDES[each.party.side]}（{each.channel}）" for each in rows]
    return lines("已经发出的通知", *told) if told else ""


async def _wills(case: Case, handover: Handover) -> str:
    rows = await Consent.filter(party__case_id=case.id, act__in=list(ACTS)).order_by("id").select_related("party")
    kept = [each for each in rows if each.act != "handover" or each.text_version == handover.consent_version]
    said = [f"{_day(each.at)} {SIDES[each.party.side]} {'' if each.given else '不'}{ACTS[each.act]}" for each in kept]
    return lines("当事人的意愿", *said) if said else ""


async def _evidence(case: Case, _handover: Handover) -> str:
    """List what its owners showed to everybody; the files themselves are read on the page of the case."""
    rows = [f"证据{each.n} {clear(case, each, 'title')}{_sums(files)}" for each, files in await shared_list(case)]
    return lines("各方都看得到的证据", *rows) if rows else ""


def _sums(files: Iterable[EvidenceFile]) -> str:
    return "".join(f"；SHA-256 {each.sha256}" for each in files)


async def _termination(case: Case, _handover: Handover) -> str:
    if case.outcome not in ENDINGS:
        return ""
    return lines("终止调解通知书", f"终止日期：{_day(case.moved_at)}", f"原因：{ENDINGS[case.outcome]}")


PARTS: Final = (
    Part("letter", "移送函", (Handover, Org), _letter),
    Part("application", "申请书", (Case,), _application),
    Part("identity", "当事人", (Party,), _identity),
    Part("register", "受理登记表", (Proceeding, Org), _register),
    Part("notices", "已经发出的通知", (Invitation, Party), _notices),
    Part("wills", "当事人的意愿", (Consent, Party), _wills),
    Part("evidence", "各方都看得到的证据", (Evidence, EvidenceFile), _evidence),
    Part("termination", "终止调解通知书", (Case,), _termination),
)
"""Everything that may go along. Of evidence only what its owners showed to everybody."""

BY_NAME: Final = {each.name: each for each in PARTS}
ALLOWED: Final = frozenset(str(model._meta.db_table) for each in PARTS for model in each.reads)  # noqa: SLF001
"""The tables that anything in a package may come from."""


async def papers(case: Case, handover: Handover) -> list[Written]:
    """Write the papers of a handover; they are stored as they are now, whatever happens to the case later."""
    written = [Written(part.name, await part.write(case, handover)) for part in PARTS]
    return [each for each in written if each.text]


async def keep(handover: Handover, kept: Sequence[Written]) -> None:
    """Store the papers that go along, locked, each with its hash."""
    for n, paper in enumerate(kept, start=1):
        await HandoverItem.create(handover=handover, **paper.locked(n, _about(handover, n), handover))


def manifest_hash(items: Iterable[Kept]) -> str:
    """Return the hash of the list of papers, which stands in the record."""
    return list_hash(items, _file)


async def items_of(handover: Handover) -> list[HandoverItem]:
    """Return the papers that went along, in order."""
    return await HandoverItem.filter(handover_id=handover.id).order_by("n")


def zipped(handover: Handover, items: Sequence[HandoverItem]) -> bytes:
    """Return the package as a ZIP file, the same bytes each time: the papers and the list of their hashes."""
    files = {_file(each.n, each.part): text_of(handover, each) for each in items}
    return parcel.zipped({"00-移交清单.txt": parcel.listed(items, _file), **files})


def text_of(handover: Handover, item: HandoverItem) -> str:
    """Return what one paper says; whoever calls has checked that it may be read."""
    return opened_in(handover, item.body, about=_about(handover, item.n))


def opened_words(handover: Handover, column: str) -> str:
    """Return what was written of a handover (``reason``, ``answer``) in the clear."""
    text: str = getattr(handover, column)
    return opened_in(handover, text, about=f"handover|{handover.code}|{column}")


def locked_words(handover: Handover, column: str, text: str) -> str:
    """Return ``text`` as it is stored in a handover's column."""
    return lock_in(handover, text, about=f"handover|{handover.code}|{column}")


def _about(handover: Handover, n: int) -> str:
    return f"handover|{handover.code}|item-{n}"


def _file(n: int, part: str) -> str:
    return f"{n:02d}-{BY_NAME[part].title}.txt"
