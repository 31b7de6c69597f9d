"""What is known of a case, under the labels of the forms, cut to what its reader may read whole.

The forms are Chinese whatever language their readers use, so nothing here is translated.
"""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final

from community.calendar.rules import local_day
from mediation.agreement.models import AgreementVersion
from mediation.agreement.preview import paper_for
from mediation.agreement.queries import latest, number_for, opened_body, paper_of
from mediation.agreement.rules import may_see_text
from mediation.agreement.text import draft_from, sections
from mediation.archive.models import CaseDossier, DossierLeaf
from mediation.archive.reading import TERMS, TITLES
from mediation.archive.rules import Retention
from mediation.case.access import Grade, Seat, Thing, letter
from mediation.case.keys import opened, opened_case
from mediation.case.models import Assignment, Case, Party, Proceeding, Side
from mediation.case.queries import parties_of
from mediation.confirmation.models import CourtConfirmation
from mediation.evidence.keeping import clear
from mediation.evidence.queries import shared_list
from mediation.intake.rules import Kind
from mediation.minutes.models import TalkMinutes
from mediation.minutes.rules import RecordStage
from mediation.minutes.text import sealed_words
from mediation.parties.models import Representative
from mediation.parties.queries import clear as clear_beside
from mediation.referral.models import Handover
from mediation.referral.package import SIDES, opened_words
from web.clock import BEIJING
from web.mediation.intake.words import WORDS

Known = dict[str, str]
Teller = Callable[[Case], Awaitable[Known]]
HIDDEN_REACH: Final = "（按申请人的要求不写，见受理员处）"


def _said(member: Any) -> str:  # noqa: ANN401 - the members of several enumerations
    return next((table[member] for table in WORDS if member in table), "")


async def _course(case: Case) -> Known:
    run = await Proceeding.filter(case_id=case.id).order_by("-seq").first()
    led = await Assignment.filter(case_id=case.id).order_by("-id").select_related("mediator").first()
    began, ended = local_day(case.filed_at), local_day(case.closed_at) if case.closed_at else None
    return {
        "纠纷查询码": case.code,
        **dict.fromkeys(("人民调解委员会", "承办单位", "移送单位", "告知人"), case.org.name),
        **dict.fromkeys(("人民调解员", "承办人"), led.mediator.name if led else ""),
        "纠纷类型": _said(Kind(case.type_code)),
        **dict.fromkeys(("案件来源", "案件来源（□申请　□主动　□委托移送）"), _said(case.channel)),
        "调解日期（起—止）": f"{began} 至 {ended}" if ended else "",
        "受理日期": str(run.accepted_on or "") if run else "",
        "结案日期": str(ended or ""),
        "年度": str(began.year),
        "登记编号（来电后补）": (run.number or "") if run else "",
        "法院来函编号": run.court_number if run else "",
    }


async def _names(case: Case) -> Known:
    rows = await parties_of(case)
    told = "、".join(f"{SIDES[each.side]} {opened(each, 'name')}" for each in rows)
    sides = {SIDES[side]: "、".join(opened(each, "name") for each in rows if each.side is side) for side in Side}
    title = "与".join(sides[SIDES[side]] for side in (Side.APPLICANT, Side.RESPONDENT) if sides[SIDES[side]])
    return {"当事人": told, "卷名": f"{title}纠纷" if title else "", **sides}


async def _identity(case: Case) -> Known:
    rows, found = await parties_of(case), {}
    for side in (Side.APPLICANT, Side.RESPONDENT):
        shy = case.afraid and side is Side.APPLICANT
        for label, columns in (("住址", ("address",)), ("联系方式", ("phone", "email"))):
            told = _reach((each for each in rows if each.side is side), columns)
            found[f"{SIDES[side]}的{label}"] = HIDDEN_REACH if shy and told else told
    known = [each for each in rows if opened(each, "id_number") or opened(each, "address")]
    found["证件名称和号码"] = "\n".join(f"{opened(each, 'name')}　{opened(each, 'id_number')}" for each in known)
    agents = Representative.filter(party__case_id=case.id, ended_at=None).order_by("id").select_related("party")
    beside = await agents
    found["委托人"] = "、".join(dict.fromkeys(opened(each.party, "name") for each in beside))
    found["代理人和联系方式"] = "\n".join(
        f"{clear_beside(each, 'name')}　{clear_beside(each, 'phone')}" for each in beside
    )
    return found


def _reach(rows: Iterable[Party], columns: tuple[str, ...]) -> str:
    return "\n".join(
        told for each in rows if (told := "　".join(text for column in columns if (text := opened(each, column))))
    )


async def _statement(case: Case) -> Known:
    told = {"纠纷简要情况": "statement", "申请事项": "wish", "纠纷发生地": "place"}
    return {label: opened_case(case, column) for label, column in told.items()}


async def _minutes(case: Case) -> Known:
    row = await TalkMinutes.filter(case_id=case.id, stage=RecordStage.SEALED).order_by("-n").first()
    if row is None:
        return {}
    words = await sealed_words(case, row)
    head = words["head"]
    said = [f"{each['n']}. {each['speaker']}：{each['text'] or '（这一条不能看了）'}" for each in words["entries"]]
    return {
        "时间": f"{row.held_at.astimezone(BEIJING):%Y-%m-%d %H:%M}",
        "地点": head["place"],
        "事由": head["matter"],
        "参加人": "、".join(head["present"].splitlines()),
        "记录": "\n".join(said),
    }


async def _agreement(case: Case) -> Known:
    version = await latest(case)
    if version is None:
        return {}
    paper = paper_of(version) if version.frozen_at else await _draft(case, version)
    told = {head: "\n".join(lines) for head, lines in sections(paper)}
    return {
        **dict.fromkeys(("编号（来电后补）", "调解协议编号"), number_for(version) if version.agreement.number else ""),
        **dict.fromkeys(
            ("主要事实、争议事项和责任", "主要事实、争议事项"),
            "\n".join(told[each] for each in ("纠纷的主要事实", "争议事项", "各方当事人的责任") if told.get(each)),
        ),
        **dict.fromkeys(("协议内容（金额写数字和大写）", "协议内容"), told["协议内容、履行方式和期限"]),
        "履行方式和期限": told["其他"],
    }


async def _draft(case: Case, version: AgreementVersion) -> Any:  # noqa: ANN401 - a paper of the agreement
    return await paper_for(case, version, draft_from(opened_body(version)), "")


async def _evidence(case: Case) -> Known:
    rows = [f"证据{each.n}　{clear(case, each, 'title')}　{len(files)}份" for each, files in await shared_list(case)]
    return {f"{n}　名称、份数、原件或复印件": told for n, told in enumerate(rows[:10], start=1)}


async def _shelf(case: Case) -> Known:
    bound = await CaseDossier.get_or_none(case_id=case.id).select_related("by")
    if bound is None:
        return {}
    leaves = await DossierLeaf.filter(dossier_id=bound.id).order_by("row").limit(15)
    return {
        "卷号": bound.number,
        "立卷人": bound.by.name,
        "立卷日期": str(local_day(bound.at)),
        "保管期限": TERMS[Retention(bound.retention)],
        **{f"{each.row}　文书名称、页号、备注": f"{TITLES[each.leaf]}　{each.n}份" for each in leaves},
    }


async def _court(case: Case) -> Known:
    row = await CourtConfirmation.filter(case_id=case.id).order_by("-id").select_related("court").first()
    if row is None:
        return {}
    filed = str(local_day(row.filed_at)) if row.filed_at else ""
    return {"法院": row.court.name, "申请日期": filed, "受理通知书编号": row.court_number}


async def _handover(case: Case) -> Known:
    row = await Handover.filter(case_id=case.id).order_by("-id").select_related("from_org", "to_org").first()
    if row is None:
        return {}
    basis = f"\n依据：{row.article}" if row.article else ""
    return {
        "移送函编号": row.number or "",
        "移送单位": row.from_org.name,
        "接收单位": row.to_org.name,
        "移送理由和依据": opened_words(row, "reason") + basis,
    }


_COURSE: Final = (
    "纠纷查询码 人民调解委员会 承办单位 移送单位 告知人 人民调解员 承办人 纠纷类型 案件来源 "
    "案件来源（□申请　□主动　□委托移送） 调解日期（起—止） 受理日期 结案日期 年度 登记编号（来电后补） 法院来函编号"
)
_IDENTITY: Final = (
    "申请人的住址 申请人的联系方式 被申请人的住址 被申请人的联系方式 证件名称和号码 委托人 代理人和联系方式"
)
_AGREEMENT: Final = (
    "编号（来电后补） 调解协议编号 主要事实、争议事项和责任 主要事实、争议事项 协议内容（金额写数字和大写） 协议内容 "
    "履行方式和期限"
)
_SHELF: Final = ("卷号", "立卷人", "立卷日期", "保管期限", *(f"{n}　文书名称、页号、备注" for n in range(1, 16)))
_PROOFS: Final = tuple(f"{n}　名称、份数、原件或复印件" for n in range(1, 11))

TELLERS: Final[tuple[tuple[Thing, frozenset[str], Teller], ...]] = (
    (Thing.INDEX, frozenset(_COURSE.split(" ")), _course),
    (Thing.NAMES, frozenset({"当事人", "卷名", "申请人", "被申请人", "第三人"}), _names),
    (Thing.IDENTITY, frozenset(_IDENTITY.split(" ")), _identity),
    (Thing.STATEMENT, frozenset({"纠纷简要情况", "申请事项", "纠纷发生地"}), _statement),
    (Thing.STATEMENT, frozenset({"移送函编号", "移送单位", "接收单位", "移送理由和依据"}), _handover),
    (Thing.MINUTES, frozenset({"时间", "地点", "事由", "参加人", "记录"}), _minutes),
    (Thing.AGREEMENT, frozenset(_AGREEMENT.split(" ")), _agreement),
    (Thing.SHARED, frozenset(_PROOFS), _evidence),
    (Thing.INDEX, frozenset(_SHELF), _shelf),
    (Thing.CONFIRMATION, frozenset({"法院", "申请日期", "受理通知书编号"}), _court),
)
"""What must be readable whole for each to speak, and under which labels it has something to say."""


def open_to(seats: frozenset[Seat], thing: Thing, case: Case) -> bool:
    """Return whether these seats read ``thing`` whole now; a wording that is still written, its writers alone."""
    whole = letter(seats, thing, case.state) is Grade.WHOLE
    return whole and (thing is not Thing.AGREEMENT or may_see_text(seats, case.state))


async def known(case: Case, seats: frozenset[Seat], labels: Iterable[str]) -> tuple[Known, set[Thing]]:
    """Return what is known under these labels, and which things were opened for it."""
    wanted, found, opened_things = set(labels), Known(), set()
    for thing, of, tell in TELLERS:
        if wanted.isdisjoint(of) or not open_to(seats, thing, case):
            continue
        told = {label: text for label, text in (await tell(case)).items() if text and label in wanted}
        found |= told
        if told:
            opened_things.add(thing)
    return found, opened_things
