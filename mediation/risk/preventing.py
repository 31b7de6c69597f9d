"""防激化 — what a mediation kept from happening: one person says it and shows where it stands, another looks at it.

Only what two people of the committee agree on is counted; what the platform saw asks and never counts.
Source: 司发通〔2010〕239号 (防止自杀、民转刑、群体性械斗、群体性上访).
"""

from datetime import datetime
from typing import Any

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.case.access import Seat, Thing
from mediation.case.keys import lock_with, opened_with
from mediation.case.models import Case
from mediation.case.noting import fitting
from mediation.case.queries import HIDDEN, readable
from mediation.risk.commands import PAIR, hold
from mediation.risk.models import PreventedHarm, RiskSign
from mediation.risk.rules import LOOKS_LIKE, PEOPLE_MOST, SETTLED, Claimed, Prevented


@command
async def claim(
    code: str, harm: Prevented, people: int, *, words: str, proof: str, by: Person, at: datetime
) -> PreventedHarm:
    """Say what the talks kept from happening, to how many people, and where that can be read.

    Raises:
        Forbidden: ``by`` neither leads nor directs.
        Unfit: nothing is told, or no such number of people is possible.
        MovedOn: the same was said of this case already.
    """
    case, _ = await _pair(code, by=by, at=at)
    told, seen = fitting(words, "words"), fitting(proof, "proof")
    if not told:
        raise Unfit("请写一句本来会出什么事，怎样劝住的。", field="words")
    if not seen:
        raise Unfit("请写明凭据在哪里，例如哪一份笔录、哪一次出警的回执。", field="proof")
    if not 0 < people <= PEOPLE_MOST:
        raise Unfit("人数请写 1 到 {most}。", field="people", most=PEOPLE_MOST)
    await hold(case)
    if await PreventedHarm.filter(case_id=case.id, harm=harm).exclude(state=Claimed.DROPPED).exists():
        raise MovedOn("这一类已经记过了，请刷新页面看看。")
    made = PreventedHarm(case=case, harm=harm, people=people, said_by=by, said_at=at)
    made.words, made.proof = (
        lock_with(case, text, about=_about(made, column)) for column, text in (("words", told), ("proof", seen))
    )
    await made.save()
    await _note(case, made, "claimed", by, at)
    return made


@command
async def settle(code: str, harm_code: str, *, holds: bool, by: Person, at: datetime) -> PreventedHarm:
    """Say, as the other of the two, whether that is so.

    Raises:
        Forbidden: ``by`` neither leads nor directs, or said it themselves.
        Hidden: nothing of the kind was said.
        MovedOn: it was settled already.
    """
    case, _ = await _pair(code, by=by, at=at)
    said = await PreventedHarm.get_or_none(code=harm_code, case_id=case.id)
    if said is None:
        raise Hidden(HIDDEN)
    if said.said_by_id == by.id:
        raise Forbidden("要请另一个人来核对，自己写的自己不能核对。")
    settled = {"state": SETTLED[holds], "settled_by_id": by.id, "settled_at": at}
    if not await PreventedHarm.filter(id=said.id, state=Claimed.WAITS).update(**settled):
        raise MovedOn("这一条已经核对过了，请刷新页面看看。")
    said.update_from_dict(settled)
    await _note(case, said, said.state.value, by, at)
    return said


async def prevented_in(case: Case) -> list[tuple[PreventedHarm, str, str]]:
    """Return what was said of a case, the newest first, with its words and where they are proved."""
    rows = await PreventedHarm.filter(case_id=case.id).order_by("-id").select_related("said_by", "settled_by")
    opened = [
        [opened_with(case, getattr(each, name), about=_about(each, name)) for name in ("words", "proof")]
        for each in rows
    ]
    return [(row, words, proof) for row, (words, proof) in zip(rows, opened, strict=True)]


async def looks_like(case: Case) -> list[Prevented]:
    """Return what the signs of a case may have been about and nobody has said yet, to ask a person."""
    said = {each.harm for each in await PreventedHarm.filter(case_id=case.id).only("harm")}
    seen = {LOOKS_LIKE.get(each.sign) for each in await RiskSign.filter(case_id=case.id).only("sign")}
    return [each for each in Prevented if each in seen and each not in said]


async def _pair(code: str, *, by: Person, at: datetime) -> tuple[Case, frozenset[Seat]]:
    case, seats = await readable(by, code, Thing.RISK, at=at)
    if not seats & PAIR:
        raise Forbidden("防激化由主持的调解员和主任两个人一起定。")
    return case, seats


async def _note(case: Case, said: PreventedHarm, deed: str, by: Person, at: datetime) -> None:
    facts: dict[str, Any] = {"case": case.id, "harm": said.harm.value, "people": said.people, "claim": said.id}
    await record(f"prevented.{deed}", f"prevented-{said.id}", by=by, at=at, community_id=case.community_id, **facts)


def _about(said: PreventedHarm, column: str) -> str:
    return f"prevented|{said.code}|{column}"
