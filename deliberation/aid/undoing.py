"""作废 — the resident takes back what was done for them, or a call back found that they never wanted it."""

from datetime import datetime

from community.errors import Hidden, MovedOn
from community.helping.calling import note_call
from community.helping.models import Callback, Errand
from community.helping.rules import Deed, Outcome, Undone
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from deliberation.aid.doing import account_of
from deliberation.debate.models import Comment
from deliberation.debate.rules import TAKEN_BACK
from deliberation.matter.models import Endorsement, Matter
from deliberation.matter.moving import move
from deliberation.matter.queries import second_of
from deliberation.matter.seconding import hold, settle
from deliberation.matter.states import CONFIRMING
from deliberation.matter.support import End
from deliberation.matter.workflow import Verb


@command
async def take_back(code: str, *, by: Person, at: datetime) -> Errand:
    """Let the resident say that it is not what they wanted; it stops counting at once.

    Raises:
        Hidden: there is no such deed, or it was done for somebody else.
        MovedOn: taken back already.
    """
    errand = await _done(code)
    if errand.authorisation.resident.person_id != by.id:
        raise Hidden("没有找到这件代办的事。")
    return await _undo(errand, Undone.TAKEN_BACK, by, at)


@command
async def called(code: str, outcome: Outcome, notes: str, *, by: Person, at: datetime) -> Callback:
    """Put down a call; what the resident calls untrue is revoked in the same breath.

    Raises:
        Refused: as `note_call`.
    """
    found = await note_call(code, outcome, notes, by=by, at=at)
    if outcome is Outcome.UNTRUE:
        errand = await _done(found.errand.code)
        if errand.undone_at is None:  # unless they took it back themself
            await _undo(errand, Undone.UNTRUE, by, at)
    return found


async def _done(code: str) -> Errand:
    errand = await Errand.get_or_none(code=code).select_related("authorisation__resident")
    if errand is None or errand.done_at is None:
        raise Hidden("没有找到这件代办的事。")
    return errand


async def _undo(errand: Errand, why: Undone, by: Person, at: datetime) -> Errand:
    if not await Errand.filter(id=errand.id, undone_at=None).update(undone_at=at, undone=why):
        raise MovedOn("这件代办已经撤回过了。")
    deed = _unsecond if errand.deed is Deed.ENDORSE else _unsay
    await deed(errand, by, at)
    given = errand.authorisation
    helped = await account_of(given.resident)
    await record(
        "help.undone",
        given.key,
        by=by,
        at=at,
        community_id=given.community_id,
        on_behalf_of=None if helped is None or helped.id == by.id else helped,
        resident=given.resident.code,
        helper=given.helper_id,
        errand=errand.code,
        about=errand.subject,
        deed=errand.deed,
        why=why,
    )
    return errand


async def _unsecond(errand: Errand, by: Person, at: datetime) -> None:
    """End the second that was given with help; one the resident gave anew themself stays.

    Once the words are fixed the seconds have done their work: it ends all the same, and nothing is counted back.
    """
    matter = await Matter.get(id=int(errand.subject.removeprefix("matter-")))
    await hold(matter)
    resident = errand.authorisation.resident
    given = await second_of(matter.id, resident.person_id, resident.id)
    if given is None or given.ended or not given.aided:
        return
    await Endorsement.filter(id=given.id).update(ended=End.REVOKED, ended_at=at)
    if matter.state in CONFIRMING:
        await move(matter, Verb.DISOWN, by=by, at=at, version=given.version, head=given.head_id, errand=errand.code)
        await settle(matter, at=at)


async def _unsay(errand: Errand, by: Person, at: datetime) -> None:
    """Cover the comment; what moderation hid stays hidden for its own reason."""
    number = int(errand.result.removeprefix("comment-"))
    await Comment.filter(id=number, hidden_at=None).update(hidden_at=at, hidden_why=TAKEN_BACK)
    await record("comment.disowned", errand.result, by=by, at=at, community_id=errand.community_id, errand=errand.code)
