"""What a party says of each entry: that it is so, or what is wrong with it; on a screen, or on paper with a witness.

Source: 人民调解法 27, 29 (signature, seal or fingerprint); who will not sign is written down with the reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.agreement.rules import PaperMark
from mediation.case.keys import lock_with, opened
from mediation.case.models import Case, Party
from mediation.case.noting import fitting
from mediation.case.queries import HIDDEN
from mediation.case.standing import stood_for
from mediation.minutes.models import TalkEntry, TalkHand, TalkMark, TalkMinutes
from mediation.minutes.queries import asked, held, owed
from mediation.minutes.rules import MOST, Deed, HandKind
from mediation.minutes.text import mark_about, words_of
from mediation.minutes.writing import note


@dataclass(frozen=True, slots=True)
class OnPaper:
    """How a party marked the printed sheet, and who saw it."""

    mark: PaperMark
    witness: str


@command
async def speak(
    code: str,
    record_code: str,
    party_code: str,
    entries: Iterable[int],
    *,
    agreed: bool,
    words: str = "",
    paper: OnPaper | None = None,
    by: Person,
    at: datetime,
) -> int:
    """Say, as a party or who acts for it, that entries are right, or object; return how many it was said of.

    With ``paper`` it is the mediator who writes down what a party marked by hand before a witness.

    Raises:
        Hidden: there is no such record, or the party is not one that ``by`` acts for.
        Unfit: no entry is meant, an objection has no words, or nobody saw the paper.
        MovedOn: the record does not go round.
    """
    case, _, row = await held(by, code, record_code, Deed.PAPER if paper else Deed.SPEAK, at=at)
    party = await _party(case, party_code)
    if not paper and party.id not in await stood_for(by, case.id, at=at):
        raise Hidden(HIDDEN)
    told, witness = _fit(agreed, words), _witness(paper, party, by)
    meant = await TalkEntry.filter(minutes_id=row.id, n__in=list(entries)).order_by("n")
    if not meant:
        raise Unfit("请先选是哪一条。", field="n")
    for entry in meant:
        mark = TalkMark(entry=entry, party=party, agreed=agreed, mark=paper.mark if paper else None, at=at)
        mark.by_id = None if paper else by.id
        mark.words = lock_with(case, told, about=mark_about(row, entry.n, party, "words"))
        mark.witness = lock_with(case, witness, about=mark_about(row, entry.n, party, "witness"))
        await mark.save()
    await note(case, "spoken", row, by=by, at=at, party=party.id, agreed=agreed, entries=[each.n for each in meant])
    await _tell_when_whole(case, row, at)
    return len(meant)


def _fit(agreed: bool, words: str) -> str:  # noqa: FBT001 - private, named at the one call
    told = words.strip()
    if not agreed and not told:
        raise Unfit("请写哪里不对，应该怎么写。", field="words")
    if len(told) > MOST:
        raise Unfit("这段话有 {n} 个字，最多 {most} 个，请分几次发。", field="words", n=len(told), most=MOST)
    return "" if agreed else told


def _witness(paper: OnPaper | None, party: Party, by: Person) -> str:
    if paper is None:
        return ""
    named = fitting(paper.witness, "witness")
    if "".join(named.split()) in {"", "".join(opened(party, "name").split()), "".join(by.name.split())}:
        raise Unfit("请写见证人的姓名，不能是当事人自己，也不能是调解员自己。", field="witness")
    return named


@command
async def refuse(
    code: str, record_code: str, party_code: str, *, why: str, witness: str = "", by: Person, at: datetime
) -> None:
    """Write down, as the mediator, that a party would not say anything of the record or sign it, and why.

    Raises:
        Unfit: no reason is given.
        MovedOn: it was written down before.
    """
    case, _, row = await held(by, code, record_code, Deed.REFUSE, at=at)
    party = await _party(case, party_code)
    told = fitting(why, "why")
    if not told:
        raise Unfit("请写明这位当事人为什么不签。", field="why")
    if await TalkHand.exists(minutes_id=row.id, kind=HandKind.REFUSED, party_id=party.id):
        raise MovedOn("这位当事人不签，已经注明了。")
    hand = TalkHand(minutes_id=row.id, kind=HandKind.REFUSED, party=party, at=at)
    hand.words = lock_with(case, told, about=mark_about(row, 0, party, "words"))
    hand.witness = lock_with(case, fitting(witness, "witness"), about=mark_about(row, 0, party, "witness"))
    await hand.save()
    await note(case, "refused", row, by=by, at=at, party=party.id)
    await _tell_when_whole(case, row, at)


async def _party(case: Case, party_code: str) -> Party:
    found = [each for each in await asked(case) if each.code == party_code]
    if not found:
        raise Forbidden("这位当事人没有参加调解，不用核对笔录。")
    return found[0]


async def _tell_when_whole(case: Case, row: TalkMinutes, at: datetime) -> None:
    if not owed(await words_of(case, row), await asked(case)):
        facts: dict[str, Any] = {"minutes": row.id, "code": row.code}
        await record("minutes.whole", case.key, by=None, at=at, community_id=case.community_id, **facts)
