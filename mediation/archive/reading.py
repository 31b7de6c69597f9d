"""The papers of a dossier in sentences, made of nothing but what was bound, so that print and data cannot differ.

A dossier is Chinese whatever language its readers use, so its sentences are not translated. Nothing here does I/O.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from mediation.agreement.rules import Capacity, Duty, PaperMark
from mediation.agreement.text import ROLES, paper_from, sections
from mediation.archive.deeds import ACTS, DEEDS, FORMS, MEANS, PROOFS
from mediation.archive.rules import Leaf, Retention
from mediation.case.events import Event
from mediation.case.models import Track
from mediation.case.numbers import SHANGHAI
from mediation.case.states import STANDINGS, State
from mediation.evidence.rules import ProofForm, ProofKind
from mediation.paying.rules import ClaimStage

TITLES: Final[Mapping[Leaf, str]] = {
    Leaf.APPLICATION: "人民调解申请书",
    Leaf.CONSENTS: "当事人意愿和权利义务告知",
    Leaf.ACCEPTANCE: "人民调解受理登记表",
    Leaf.SESSIONS: "调解会议登记",
    Leaf.MINUTES: "人民调解记录",
    Leaf.EVIDENCE: "证据材料目录",
    Leaf.AGREEMENT: "人民调解协议书",
    Leaf.SIGNATURES: "签署和用印登记",
    Leaf.PERFORMANCE: "履行情况登记",
    Leaf.VISIT: "人民调解回访记录",
    Leaf.ENDING: "终止、不予受理或者引导的通知",
    Leaf.NOTICES: "编号出具的文书",
    Leaf.NOTES: "办理说明",
    Leaf.COURSE: "办理经过",
}
TERMS: Final = {Retention.TEN: "10年", Retention.THIRTY: "30年", Retention.FOREVER: "永久"}
TRACKS: Final = {
    Track.PEOPLE: "人民调解",
    Track.ADMIN: "行政调解",
    Track.COURT_PRE: "法院委派调解",
    Track.COURT_POST: "法院委托调解",
    Track.INDUSTRY: "行业专业调解",
    Track.COMMERCIAL: "商事调解",
}
AS: Final = {
    Capacity.PARTY: "当事人",
    Capacity.GUARDIAN: "法定代理人",
    Capacity.AGENT: "委托代理人",
    Capacity.MEDIATOR: "调解员",
    Capacity.CO: "一起调解的调解员",
}
MARKS: Final = {PaperMark.INK: "亲手签名", PaperMark.FINGER: "按指印"}
DUTIES: Final = {
    Duty.PENDING: "待履行",
    Duty.PARTIAL: "付了一部分",
    Duty.DONE: "已履行",
    Duty.WAIVED: "权利人放弃",
    Duty.REPLACED: "由新协议代替",
}


@dataclass(frozen=True, slots=True)
class Names:
    """Who the numbers in the papers are: people of the platform, and parties of the case."""

    people: Mapping[int, str]
    parties: Mapping[int, str]
    codes: Mapping[str, str]

    def of(self, person: int | None) -> str:
        """Return the name of a person; the system has none of its own."""
        return "系统" if person is None else self.people.get(person, f"（{person}）")


def lines_of(leaf: Leaf, text: str, names: Names) -> list[str]:
    """Return a paper as paragraphs, from the very text that was hashed."""
    return [line for line in _WRITERS[leaf](json.loads(text), names) if line]


def _application(content: list[Any], _names: Names) -> Iterator[str]:
    told = content[0]
    yield f"查询码：{told['code']}　申请时间：{_time(told['filed_at'])}　纠纷类型代码：{told['kind']}"
    for sign, name, phone, email in told["sides"]:
        reach = "　".join(each for each in (phone, email) if each)
        yield f"{ROLES.get(sign[:1], sign)}（{sign}）：{name}　{reach}"
    yield "纠纷简要情况："
    yield from told["statement"].splitlines()
    yield "申请事项："
    yield from told["wish"].splitlines()
    if told["place"]:
        yield f"纠纷发生地：{told['place']}"


def _consents(content: list[Any], names: Names) -> Iterator[str]:
    for row in content:
        said = "同意" if row["given"] else "不同意"
        who, act = names.codes.get(row["party__code"], row["party__code"]), ACTS.get(row["act"], row["act"])
        how = f"（{MEANS.get(row['method'], row['method'])}，文本 {row['text_version']}）"
        yield f"{_time(row['at'])}　{who}　{act}：{said}{how}"


def _acceptance(content: list[Any], _names: Names) -> Iterator[str]:
    for row in content:
        yield f"第{row['seq']}次受理：{row['number']}　{TRACKS.get(row['track'], row['track'])}"
        yield f"受理日期：{_day(row['accepted_on'])}"
        if row["court_number"]:
            yield f"法院来函编号：{row['court_number']}"
        if row["returned_on"]:
            yield f"退回法院日期：{_day(row['returned_on'])}"


def _course(content: list[Any], names: Names) -> Iterator[str]:
    for row in content:
        facts = json.loads(row["body"] or "{}")
        moved = _moved(facts)
        yield f"{_time(row['at'])}　{DEEDS.get(row['kind'], row['kind'])}{moved}　{names.of(row['actor_id'])}"


def _moved(facts: Mapping[str, Any]) -> str:
    known = [STANDINGS[State(facts[each])].title for each in ("was", "now") if facts.get(each) in set(State)]
    return f"（{'→'.join(dict.fromkeys(known))}）" if known else ""


def _minutes(content: list[Any], _names: Names) -> Iterator[str]:
    for code, sha256, words in content:
        head = words["head"]
        yield f"第{words['n']}次记录（{code}）　时间：{_time(words['held_at'])}　地点：{head['place']}"
        yield f"在场：{'、'.join(head['present'].splitlines())}　事由：{head['matter']}"
        for entry in words["entries"]:
            yield f"{entry['n']}. {entry['speaker']}：{entry['text'] or '（这一条不能看了）'}"
            yield from (
                f"　　{mark['name']}：{'确认' if mark['agreed'] else '有异议：' + mark['words']}"
                for mark in entry["marks"]
            )
        yield from (f"{each['name']}拒绝签字：{each['why']}" for each in words["refusals"])
        yield from (f"签名：{each['name']}" for each in words.get("hands", ()))
        yield f"文本校验值 SHA-256：{sha256}"


def _said(mark: Mapping[str, Any]) -> str:
    return "确认" if mark["agreed"] else f"有异议：{mark['words']}"


def _evidence(content: list[Any], _names: Names) -> Iterator[str]:
    for n, code, kind, form, shared_at, hashes in content:
        yield f"证据{n}（{code}）　{PROOFS[ProofKind(kind)]}　{FORMS[ProofForm(form)]}　{_time(shared_at)}"
        yield from (f"　　文件 SHA-256：{each}" for each in hashes)


def _agreement(content: list[Any], _names: Names) -> Iterator[str]:
    for _code, sha256, body in content:
        paper = paper_from(body)
        yield f"编号：{paper.number}"
        for head, lines in sections(paper):
            yield f"【{head}】"
            yield from lines
        yield f"文本校验值 SHA-256：{sha256}"


def _signatures(content: list[Any], names: Names) -> Iterator[str]:
    for row in content:
        if "custodian_id" in row:
            yield f"{_time(row['at'])}　加盖印章　保管人{names.of(row['custodian_id'])}　文本 {row['doc_sha256']}"
            continue
        who = names.parties.get(row["party_id"] or 0) or names.of(row["signer_id"])
        how = MARKS[PaperMark(row["mark"])] if row["mark"] else f"电子签名 {row['level']}"
        yield f"{_time(row['signed_at'])}　{AS[Capacity(row['capacity'])]}　{who}　{how}　文本 {row['doc_sha256']}"


def _performance(content: list[Any], names: Names) -> Iterator[str]:
    for row in content:
        if "claim" in row or "visit" in row:
            yield _claim(row, names)
            continue
        if "state" not in row:
            owed = f"　金额{_money(row['amount_fen'])}" if row["amount_fen"] else ""
            yield f"约定 {row['code']}{owed}　期限：{_day(row['due_on'])}"
            continue
        seen = f"　{_time(row['confirmed_at'])}由{names.of(row['confirmed_by_id'])}确认" if row["confirmed_at"] else ""
        yield f"履行 {row['clause__code']}：{DUTIES[Duty(row['state'])]}　期限：{_day(row['due_on'])}{seen}"


def _claim(row: Mapping[str, Any], names: Names) -> str:
    """Return the sentence of a claim that a promise was kept, or of what a visit saw."""
    if "visit" in row:
        return f"查看履行情况　{_time(row['at'])}　{names.of(row['by_id'])}：{row['words']}"
    sum_ = f"　{_money(row['fen'])}" if row["fen"] else ""
    said = f"说已经履行 {row['clause']}　{_day(row['done_on'])}{sum_}　{row['words']}"
    answered = f"　{_time(row['answered_at'])}：{row['answer']}" if row["answered_at"] else ""
    return f"{said}　结果：{CLAIMS[ClaimStage(row['stage'])]}{answered}"


CLAIMS: Final = {
    ClaimStage.OPEN: "等答复",
    ClaimStage.AGREED: "权利人认可",
    ClaimStage.DENIED: "权利人不认可",
    ClaimStage.SILENT: "到期没有答复",
    ClaimStage.WITHDRAWN: "自己收回",
    ClaimStage.ENDED: "另外了结",
}


def _notices(content: list[Any], names: Names) -> Iterator[str]:
    for row in content:
        says = row["says"]
        mends = f"　补正 {row['mends']}" if row["mends"] else ""
        yield f"{says.get('title', '')}　{row['number']}　{_time(row['at'])}　{names.of(row['by_id'])}{mends}"
        yield from says.get("lines", [])
        yield f"{says.get('asked', '')}：{says.get('words', '')}"
        if row["voided_at"]:
            yield f"作废　{_time(row['voided_at'])}：{row['void']}"


def _notes(content: list[Any], names: Names) -> Iterator[str]:
    for event, at, by, words in content:
        yield f"{_time(at)}　{DEEDS.get(f'case.{Event(event)}', event)}　{names.of(by)}：{words}"


_WRITERS: Final[Mapping[Leaf, Callable[[list[Any], Names], Iterator[str]]]] = {
    Leaf.APPLICATION: _application,
    Leaf.CONSENTS: _consents,
    Leaf.ACCEPTANCE: _acceptance,
    Leaf.SESSIONS: _course,
    Leaf.MINUTES: _minutes,
    Leaf.EVIDENCE: _evidence,
    Leaf.AGREEMENT: _agreement,
    Leaf.SIGNATURES: _signatures,
    Leaf.PERFORMANCE: _performance,
    Leaf.VISIT: _course,
    Leaf.ENDING: _course,
    Leaf.NOTICES: _notices,
    Leaf.NOTES: _notes,
    Leaf.COURSE: _course,
}


def _time(text: str) -> str:
    return f"{datetime.fromisoformat(text).astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def _day(text: str | None) -> str:
    return date.fromisoformat(text).isoformat() if text else "没有写"


def _money(fen: int) -> str:
    return f"¥{fen // 100:,}.{fen % 100:02d}"
