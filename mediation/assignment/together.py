"""What the parties say to another organisation that is to mediate along, and how it leaves again.

A party agrees or objects; who objects gives no reason, and the organisation leaves, or does not come, at once.
Source: 人民调解法 23 (parties may refuse), 20 (with their consent others are asked in); 个人信息保护法 23 (the consent
is for this organisation alone).
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from community.errors import Forbidden, Hidden, MovedOn
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.assignment.models import JointOrg
from mediation.assignment.rules import Left
from mediation.case.access import Seat
from mediation.case.models import Case, Consent, Party
from mediation.case.moving import NOT_YOURS
from mediation.case.queries import HIDDEN, parties_of, visible_case
from mediation.case.standing import stands
from mediation.intake.rules import NOTICE_VERSION
from mediation.room.opening import end_membership

AT_WINDOW = "window"


def act_of(joint: JointOrg) -> str:
    """Return under what a party's word about this organisation is filed."""
    return f"joint-{joint.id}"


async def said_of(joint: JointOrg, parties: Collection[Party]) -> dict[int, bool]:
    """Return by party what each said of an organisation; who has not spoken is not in it."""
    rows = Consent.filter(party_id__in=[each.id for each in parties], act=act_of(joint)).order_by("id")
    return {each.party_id: each.given for each in await rows}


@command
async def speak(code: str, joint_code: str, *, given: bool, by: Person, at: datetime) -> JointOrg:
    """Say, as a party, whether another organisation may mediate along; a no makes it leave at once.

    Raises:
        Hidden: ``by`` is no party, or no such organisation was asked.
        MovedOn: it is not there any more.
    """
    case, joint = await there(code, joint_code, by=by, at=at)
    own = [each.party_id for each in await stands(by, case.id, at=at) if each.settles]
    if not own:
        raise Hidden(HIDDEN)
    version = NOTICE_VERSION
    await Consent.create(party_id=own[0], act=act_of(joint), given=given, text_version=version, method="click", at=at)
    await _note(case, joint, "spoken", by, at, given=given)
    if not given:
        await _leave(case, joint, Left.OBJECTED, by=by, at=at)
    return joint


@command
async def leave(code: str, joint_code: str, *, by: Person, at: datetime) -> JointOrg:
    """Stop mediating along: its mediator steps aside, or the director of the organisation that leads calls it off.

    Raises:
        Forbidden: ``by`` is neither.
        Hidden: no such organisation was asked.
        MovedOn: it is not there any more.
    """
    case, joint = await there(code, joint_code, by=by, at=at)
    _, seats = await visible_case(by, code, at=at)
    if joint.mediator_id != by.id and Seat.DIRECTOR not in seats:
        raise Forbidden(NOT_YOURS)
    await _leave(case, joint, Left.ASIDE if joint.mediator_id == by.id else Left.CALLED_OFF, by=by, at=at)
    return joint


async def put_down(joint: JointOrg, at: datetime) -> None:
    """Put down that who has not spoken was asked in person; call it inside the command that lets it join."""
    parties = await parties_of(joint.case)
    said = await said_of(joint, parties)
    given: dict[str, Any] = {"given": True, "text_version": NOTICE_VERSION, "method": AT_WINDOW, "at": at}
    silent = [each for each in parties if each.id not in said]
    await Consent.bulk_create([Consent(party=each, act=act_of(joint), **given) for each in silent])


async def there(code: str, joint_code: str, *, by: Person, at: datetime) -> tuple[Case, JointOrg]:
    """Return an organisation that was asked along and has not left, with its case; raises `Hidden` or `MovedOn`."""
    case, _ = await visible_case(by, code, at=at)
    joint = await JointOrg.get_or_none(code=joint_code, case_id=case.id).select_related("mediator", "org")
    if joint is None:
        raise Hidden(HIDDEN)
    if joint.left_at is not None:
        raise MovedOn("这家单位已经不参加了，请刷新后再看。")
    return case, joint


async def _leave(case: Case, joint: JointOrg, why: Left, *, by: Person, at: datetime) -> None:
    """Let an organisation out, and its mediator out of every room, in one go."""
    if not await JointOrg.filter(id=joint.id, left_at=None).update(left_at=at, left_because=why):
        raise MovedOn("这家单位已经不参加了，请刷新后再看。")
    joint.left_at, joint.left_because = at, why
    if joint.joined_at and joint.mediator:
        await end_membership(case, joint.mediator, at=at)
    await _note(case, joint, "left", by, at, why=why.value)


async def _note(case: Case, joint: JointOrg, deed: str, by: Person, at: datetime, **facts: object) -> None:
    told: dict[str, Any] = {"joint": joint.id, "org": joint.org_id, **facts}
    await record(f"case.joint-{deed}", case.key, by=by, at=at, community_id=case.community_id, **told)
