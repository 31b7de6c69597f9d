"""代办 — carrying out what a resident asked for: a second for their head, a comment in their name."""

from collections.abc import Sequence
from datetime import datetime

from tortoise.exceptions import IntegrityError

from community.calendar.rules import local_day
from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.helping.calling import remember
from community.helping.commands import Given, authorise, sent_before
from community.helping.models import Authorisation, Errand
from community.helping.queries import helps_in, home_of, stopped, too_many
from community.helping.rules import Bar, Deed, refuse, week_of
from community.people.models import Person
from community.places.models import Resident
from community.record.outbox import record
from community.record.transaction import command
from deliberation.body.models import RollVoice
from deliberation.body.queries import voices_for
from deliberation.debate.models import Comment
from deliberation.debate.rules import OPEN_IN, SAME, Position, check
from deliberation.matter.models import Matter, MatterVersion, Screening, Sitting
from deliberation.matter.moving import move
from deliberation.matter.queries import find
from deliberation.matter.seconding import Giver, hold, put, settle
from deliberation.matter.states import State


@command
async def help_now(given: Given, *, by: Person, at: datetime) -> Authorisation:
    """Put an authorisation down and do at once all it was given for; or nothing of it.

    Raises:
        Refused: as `authorise` and `carry_out`.
    """
    made = await authorise(given, by=by, at=at)
    for errand in await Errand.filter(authorisation_id=made.id).order_by("id"):
        await carry_out(errand.code, by=by, at=at)
    return made


async def help_once(given: Given, *, later: bool = False, by: Person, at: datetime) -> Authorisation:
    """Do what a form says one time, however often a bad line makes it come; ``later`` puts it down only.

    Raises:
        Refused: as `help_now`.
    """
    before = await sent_before(given.token, by=by)
    if before:
        return before
    deed = authorise if later else help_now
    try:
        return await deed(given, by=by, at=at)
    except IntegrityError:  # the same form twice at the same moment
        before = await sent_before(given.token, by=by)
        if before is None:
            raise
        return before


@command
async def carry_out(code: str, *, by: Person, at: datetime) -> Errand:
    """Do one thing that a resident asked for, once.

    Raises:
        Forbidden: something in the table of bars, or not on the roll of this body.
        MovedOn: done already, the authorisation is over, or the matter went on.
        TooOften: this helper did enough today.
        Unfit: seconded already, or the comment cannot stand.
    """
    errand = await Errand.get_or_none(code=code).select_related("authorisation__resident")
    if errand is None or errand.authorisation.helper_id != by.id:
        raise Hidden("没有找到这件代办的事。")
    given, matter = errand.authorisation, await _matter(errand, by)
    await hold(matter)  # of two helpers, or a helper and the resident, one goes first
    await _may(given, matter, by, at)
    week = week_of(local_day(at))
    if not await Errand.filter(id=errand.id, done_at=None).update(done_at=at, week=week):
        raise MovedOn("这件事已经办过了，不会重复算。")
    deed = _second if errand.deed is Deed.ENDORSE else _say
    errand.result = await deed(errand, matter, by, at)
    await Errand.filter(id=errand.id).update(result=errand.result)
    await remember(given.community_id, week)
    await record(
        "help.done",
        given.key,
        by=by,
        at=at,
        community_id=given.community_id,
        on_behalf_of=await account_of(given.resident),
        resident=given.resident.code,
        role=given.role,
        deed=errand.deed,
        about=errand.subject,
        errand=errand.code,
        result=errand.result,
    )
    return errand


async def account_of(resident: Resident) -> Person | None:
    """Return the account that belongs to a row of the roll."""
    return await Person.get_or_none(id=resident.person_id) if resident.person_id else None


async def _matter(errand: Errand, by: Person) -> Matter:
    kind, _, number = errand.subject.partition("-")
    if kind != "matter" or not number.isdigit():
        raise Unfit("代办只能附议或者给议题留言。", field="others")
    matter = await find(by, int(number))
    if matter.public_at is None or matter.community_id != errand.community_id:
        raise Hidden("没有找到这件事。可能还是草稿，也可能地址抄错了。")
    return matter


async def _may(given: Authorisation, matter: Matter, by: Person, at: datetime) -> None:
    """Refuse what the table of bars forbids; the right to help may have ended since the authorisation."""
    if await helps_in(by, await home_of(given.resident), at=at) is None:
        raise Forbidden("您现在的身份不能办这件事。需要帮忙，请联系居委会。")
    now = await Authorisation.get(id=given.id)
    refuse(
        {
            Bar.SELF: given.resident.person_id == by.id,
            Bar.AUTHOR: matter.author_id == by.id
            or await MatterVersion.exists(matter_id=matter.id, written_by_id=by.id),
            Bar.HOST: await Screening.exists(matter_id=matter.id, by_id=by.id)
            or await Sitting.exists(matter_id=matter.id, by_id=by.id),
            Bar.STOPPED: await stopped(by.id, given.community_id),
            Bar.TOO_MANY: await too_many(by.id, at=at),
            Bar.OTHER_HELPER: given.helper_id != by.id,
            Bar.WITHDRAWN: now.withdrawn_at is not None,
            Bar.EXPIRED: at >= now.until,
            Bar.GONE: given.resident.moved_out is not None,
        }
    )


async def _second(errand: Errand, matter: Matter, by: Person, at: datetime) -> str:
    """Second the matter for the resident's head."""
    resident = errand.authorisation.resident
    if matter.state is not State.ENDORSING:
        raise MovedOn("这件事现在不在征集附议，不能代办附议。")
    voices = await voices_for(resident.id, matter.roll_id or 0)
    if not voices:
        raise Forbidden("这位居民不在这个会议的名册上。请联系居委会核对名册。")
    refuse({Bar.CO_OWNERS: await _shared(voices)})
    role = errand.authorisation.role.value
    verb = await put(matter, voices[0], Giver(resident.person_id, resident.id, role), at)
    if verb is None:
        raise Unfit("这位居民已经附议过了，不用再办。", field="resident")
    facts = {"version": matter.version, "head": voices[0].head_id, "aided": role, "resident": resident.code}
    await move(matter, verb, by=by, at=at, on_behalf_of=await account_of(resident), **facts)
    await settle(matter, at=at)
    return f"matter-{matter.id}"


async def _shared(voices: Sequence[RollVoice]) -> bool:
    return await RollVoice.filter(head_id=voices[0].head_id).count() > 1


async def _say(errand: Errand, matter: Matter, by: Person, at: datetime) -> str:
    """Say what the resident wants said, in their name."""
    resident, words = errand.authorisation.resident, errand.words
    check(words)
    if matter.state not in OPEN_IN:
        raise Unfit("这件事的讨论已经结束，或者还没有开始。", field="words")
    same = Comment.filter(matter_id=matter.id, words=words, at__gt=at - SAME)
    if await same.filter(resident_id=resident.id).exists():
        raise Unfit("这段话刚刚替本人发过了，不用再发一次。", field="words")
    role = errand.authorisation.role.value
    said = await Comment.create(
        community_id=matter.community_id,
        matter=matter,
        author_id=resident.person_id,
        resident=resident,
        aided=role,
        position=Position(errand.position),
        words=words,
        at=at,
    )
    helped = await account_of(resident)
    await record(
        "comment.written",
        f"comment-{said.id}",
        by=by,
        at=at,
        community_id=said.community_id,
        on_behalf_of=helped,
        matter=matter.id,
        answers=None,
        aided=role,
        resident=resident.code,
    )
    return f"comment-{said.id}"
