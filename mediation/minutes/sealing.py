"""Setting names under a record and sealing it: whoever wrote it first, then the mediator; the text never changes again.

Source: 人民调解法 27; 电子签名法 5 (what was fixed can be read later, whole and unchanged).
"""

from datetime import datetime
from typing import Any

from community.errors import MovedOn, Unfit
from community.people.models import Person
from community.record.transaction import command
from mediation.case.models import Case
from mediation.interpreting.models import TranslationTask
from mediation.interpreting.rules import Turn, turn
from mediation.minutes.models import TalkEntry, TalkHand, TalkMinutes
from mediation.minutes.queries import asked, countersigned, held, owed
from mediation.minutes.rules import Deed, HandKind, RecordStage
from mediation.minutes.text import Words, digest, lock_words, words_of
from mediation.minutes.writing import note
from mediation.parties.models import Attendant
from mediation.parties.rules import AttendRole


@command
async def countersign(code: str, record_code: str, *, shown: str, by: Person, at: datetime) -> None:
    """Set one's name, as the recorder, to the words as they were ``shown``.

    Raises:
        Unfit: something was said meanwhile.
        MovedOn: it does not go round, or these words bear the name already.
    """
    case, _, row = await held(by, code, record_code, Deed.COUNTERSIGN, at=at)
    await _as_shown(case, row, shown)
    if await countersigned(row, shown):
        raise MovedOn("您已经签过了。")
    await TalkHand.create(minutes_id=row.id, kind=HandKind.RECORDER, person_id=by.id, sha256=shown, at=at)
    await note(case, "countersigned", row, by=by, at=at, sha256=shown)


@command
async def seal(code: str, record_code: str, *, shown: str, by: Person, at: datetime) -> TalkMinutes:
    """Sign as the mediator and seal: canonical words with every mark and name, their hash in the record.

    Raises:
        Unfit: something was said meanwhile, a party has not spoken on every entry, or the recorder or an interpreter
            who was asked has not signed.
        MovedOn: it does not go round.
    """
    case, _, row = await held(by, code, record_code, Deed.SEAL, at=at)
    words = await _as_shown(case, row, shown)
    if left := owed(words, await asked(case)):
        raise Unfit("还有 {n} 方没有核对完。等他们说完，或者注明拒绝签字，再签。", field="form", n=len(left))
    if await _recorded(row) and not await countersigned(row, shown):
        raise Unfit("记录人还没有在最后这一稿上签名。", field="form")
    if not await _interpreted(row, shown, at):
        raise Unfit("请来的翻译还没有在最后这一稿上签名。等他签，或者再请他核对一次。", field="form")
    await TalkHand.create(minutes_id=row.id, kind=HandKind.MEDIATOR, person_id=by.id, sha256=shown, at=at)
    lock_words(case, row, {**words, "hands": await _hands(row, shown), "sealed_at": at.isoformat()})
    row.stage, row.ended_at = RecordStage.SEALED, at
    await row.save(update_fields=["body", "sha256", "stage", "ended_at"])
    await note(case, "sealed", row, by=by, at=at, sha256=row.sha256)
    return row


async def _as_shown(case: Case, row: TalkMinutes, shown: str) -> Words:
    words = await words_of(case, row)
    if digest(words) != shown:
        raise Unfit("笔录刚刚又有人说了话，请看过以后再签。", field="form")
    return words


async def _recorded(row: TalkMinutes) -> bool:
    """Return whether somebody who only keeps the record wrote in it."""
    wrote = {each.by_id for each in await TalkEntry.filter(minutes_id=row.id)} | {row.opened_by_id}
    seat = {"case_id": row.case_id, "role": AttendRole.RECORDER, "ended_at": None}
    return await Attendant.filter(person_id__in=list(wrote), **seat).exists()


async def _interpreted(row: TalkMinutes, shown: str, at: datetime) -> bool:
    """Return whether every interpreter who was asked and did not let the day pass signed under these words."""
    asked_ = TranslationTask.filter(minutes_id=row.id).order_by("id").select_related("interpreter")
    last = {each.interpreter.person_id: each for each in await asked_}
    wanted = {who for who, each in last.items() if turn(until=each.until, done_at=each.done_at, at=at) is not Turn.OVER}
    hands = TalkHand.filter(minutes_id=row.id, kind=HandKind.INTERPRETER, sha256=shown)
    return wanted <= {each.person_id for each in await hands}


async def _hands(row: TalkMinutes, shown: str) -> list[dict[str, Any]]:
    named = TalkHand.filter(minutes_id=row.id, sha256=shown).exclude(person_id=None).order_by("id")
    return [
        {
            "as": each.kind,
            "name": each.person.name if each.person else "",
            "sha256": each.sha256,
            "at": each.at.isoformat(),
        }
        for each in await named.select_related("person")
    ]
