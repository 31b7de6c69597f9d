"""The parties' side of intake: looking at an invitation, agreeing, refusing, withdrawing.

Consent and refusal are one tap each and no reason is asked (人民调解法 17, 23).
"""

from datetime import datetime
from typing import Final

from community.errors import Forbidden, Hidden, MovedOn
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import bookkeeping, command
from mediation.case.access import Seat
from mediation.case.events import Event
from mediation.case.keys import lock_party, opened
from mediation.case.models import Case, Consent, Invitation, Party, Side, Will
from mediation.case.moving import demand, move
from mediation.case.queries import parties_of, seats_of, visible_case
from mediation.case.standing import stands
from mediation.case.states import Outcome, State
from mediation.intake.fingerprints import imprint
from mediation.intake.rules import BY_MAIL, NOTICE_VERSION, token_hash
from mediation.letters.writing import answered

NOT_YOU: Final = "这个账号在这件事里已经有别的身份，不能用这个链接答复。请换收到邀请的人自己的账号。"
ELSEWHERE: Final = frozenset({Seat.APPLICANT, Seat.RESPONDENT, Seat.HELPER, Seat.INTAKE, Seat.DIRECTOR})
DEAD_LINK: Final = "这个链接已经失效。请打电话给居委会，请工作人员再发一次。"
ANSWERED: Final = "这位当事人已经答复过了，不能再替他登记。请刷新页面看最新的答复。"
TOO_LATE: Final = "这件事已经往前走了一步，不能再用这个链接答复。请打电话给居委会。"


async def invited(token: str, *, at: datetime) -> tuple[Case, Party]:
    """Return the case and the party an invitation is for, or raise `Hidden` when the link does not work any more."""
    found = Invitation.filter(token_hash=token_hash(token), ended_at=None, expires_at__gt=at)
    invitation = await found.select_related("party__case__org").first()
    if invitation is None:
        raise Hidden(DEAD_LINK)
    return invitation.party.case, invitation.party


async def needs_account(token: str, *, at: datetime) -> bool:
    """Return whether agreeing by this link needs somebody signed in: it came by letter, which proves no mailbox."""
    _, party = await invited(token, at=at)
    link = await Invitation.get(token_hash=token_hash(token))
    return link.channel != BY_MAIL or not opened(party, "email")


@bookkeeping
async def look(token: str, *, at: datetime) -> None:
    """Note that an invitation was opened; looking never answers it."""
    _, party = await invited(token, at=at)
    await Invitation.filter(token_hash=token_hash(token), opened_at=None).update(opened_at=at)
    await Party.filter(id=party.id, will=Will.INVITED).update(will=Will.OPENED)


@command
async def agree(token: str, *, name: str, by: Person | None, at: datetime) -> Person:
    """Agree to mediation by an invitation link and return the account that may enter the case from now on.

    The link proves the e-mail address it was sent to; without a running
    session the account of that address is used, and opened when there is none.

    Raises:
        Hidden: the link does not work any more, or was shown to a clerk for a letter and nobody is signed in.
        Forbidden: ``by`` stands on another side of this case.
        MovedOn: it was answered already.
    """
    case, party, channel = await _answering(token, at)
    if by:
        await _may_be(by, case, party, at)
    me = by or await _account(party, channel, name or opened(party, "name"), case, at)
    await _write_down(party, at, given=True)
    await Party.filter(id=party.id).update(will=Will.CONSENTED, person_id=me.id)
    await answered(party, at=at, by_link=True)
    await Invitation.filter(party_id=party.id, ended_at=None).update(ended_at=at)
    await record("case.consented", case.key, by=me, at=at, community_id=case.community_id, party=party.code)
    return me


@command
async def refuse(token: str, *, by: Person | None, at: datetime) -> Case:
    """Refuse mediation by an invitation link; the case is closed when it cannot go on without this party."""
    case, party, _ = await _answering(token, at)
    await _write_down(party, at, given=False)
    await Party.filter(id=party.id).update(will=Will.REFUSED)
    await answered(party, at=at, by_link=True)
    await Invitation.filter(party_id=party.id, ended_at=None).update(ended_at=at)
    await record("case.refused-by", case.key, by=by, at=at, community_id=case.community_id, party=party.code)
    if party.indispensable:
        await _end_refused(case, party, by, at)
    return case


async def _end_refused(case: Case, party: Party, by: Person | None, at: datetime) -> None:
    seats = {Seat.RESPONDENT}
    me = by or await Person.get_or_none(id=party.person_id or 0) or await Person.get(id=case.filed_by_id)
    outcome = Outcome.REFUSED_BEFORE_ACCEPTANCE
    await move(case, Event.REFUSE, seats=seats, by=me, at=at, outcome=outcome, party=party.code)


async def _answering(token: str, at: datetime) -> tuple[Case, Party, str]:
    """Use the link up and return what it is for and how it went out; of two answers at once the first one counts."""
    case, party = await invited(token, at=at)
    link = Invitation.filter(token_hash=token_hash(token))
    if case.state is not State.INVITING or party.will is Will.REFUSED:
        raise MovedOn(TOO_LATE)
    if not await link.filter(ended_at=None).update(ended_at=at):
        raise MovedOn(TOO_LATE)
    return case, party, str((await link.get()).channel)


async def _may_be(person: Person, case: Case, party: Party, at: datetime) -> None:
    """Raise `Forbidden` when ``person`` cannot be this party: somebody else is, or they act in the case otherwise."""
    taken = party.person_id is not None and party.person_id != person.id
    if taken or (party.person_id is None and await seats_of(person, case, at=at) & ELSEWHERE):
        raise Forbidden(NOT_YOU)


async def _write_down(party: Party, at: datetime, *, given: bool) -> None:
    await Consent.create(party=party, act="mediate", given=given, text_version=NOTICE_VERSION, method="click", at=at)


async def _account(party: Party, channel: str, name: str, case: Case, at: datetime) -> Person:
    """Return the account of the mailbox the link went to; a letter passes through other hands and proves none."""
    email = opened(party, "email").lower()
    if not email or channel != BY_MAIL:
        raise Hidden("请先登录或注册，再来答复。也可以打电话给居委会，请工作人员帮您登记。")
    fresh = Person(name=name[:64], email=email, joined_at=at, community_id=case.community_id)
    await Person.bulk_create([fresh], ignore_conflicts=True)  # two links to one mailbox may be answered at once
    person = await Person.get(email=email)
    if party.person_id not in (None, person.id):
        raise Forbidden(NOT_YOU)
    if await Person.filter(id=person.id, confirmed_at=None).update(confirmed_at=at):
        kind = "person.joined" if person.code == fresh.code else "person.confirmed"
        await record(kind, f"person-{person.id}", by=person, at=at, community_id=case.community_id)
    return await Person.get(id=person.id)


@command
async def agree_in_person(code: str, party_code: str, *, given: bool, method: str, by: Person, at: datetime) -> Case:
    """Write down what a party said at the window, by phone or on a visit (``method``); an intake clerk's deed.

    A guardian, or a representative with the power to settle, says it for their party.
    """
    case, seats = await visible_case(by, code, at=at)
    party = await Party.get_or_none(code=party_code, case_id=case.id, left_at=None)
    clerk = bool(seats & {Seat.INTAKE, Seat.DIRECTOR})
    if party is None or not (clerk or await _stands_for(party, by, at)) or case.state is not State.INVITING:
        raise MovedOn(TOO_LATE)
    method = method if clerk else "on_behalf"
    said = Will.CONSENTED if given else Will.REFUSED
    if not await Party.filter(id=party.id, will__not_in=[Will.CONSENTED, Will.REFUSED]).update(will=said):
        raise MovedOn(ANSWERED)  # what somebody answered themselves is not overwritten by a clerk
    await Consent.create(party=party, act="mediate", given=given, text_version=NOTICE_VERSION, method=method, at=at)
    await answered(party, at=at, by_link=False)
    kind = "case.consented" if given else "case.refused-by"
    await record(kind, case.key, by=by, at=at, community_id=case.community_id, party=party.code, method=method)
    if not given and party.indispensable:
        outcome = Outcome.REFUSED_BEFORE_ACCEPTANCE
        await move(case, Event.REFUSE, seats={Seat.RESPONDENT}, by=by, at=at, outcome=outcome, party=party.code)
    return case


@command
async def withdraw(code: str, *, by: Person, at: datetime) -> Case:
    """Take an application back before it is accepted."""
    case, seats = await visible_case(by, code, at=at)
    demand(Event.WITHDRAW_EARLY, "withdrawer_applied", holds=await _applies(case, by, at))
    outcome = Outcome.WITHDRAWN_BEFORE_ACCEPTANCE
    await move(case, Event.WITHDRAW_EARLY, seats=seats, by=by, at=at, outcome=outcome)
    await Invitation.filter(party_id__in=[p.id for p in await parties_of(case)], ended_at=None).update(ended_at=at)
    return case


async def _stands_for(party: Party, by: Person, at: datetime) -> bool:
    return any(each.party_id == party.id and each.settles for each in await stands(by, party.case_id, at=at))


async def _applies(case: Case, by: Person, at: datetime) -> bool:
    """Return whether ``by`` applied or acts for who did, with the power to take it back."""
    return any(each.side is Side.APPLICANT and each.settles for each in await stands(by, case.id, at=at))


@command
async def name_respondent(code: str, *, name: str, phone: str, email: str, by: Person, at: datetime) -> Case:
    """Complete how the respondent can be reached, before the invitation goes out."""
    case, seats = await visible_case(by, code, at=at)
    party = await Party.get(case_id=case.id, side=Side.RESPONDENT, ordinal=1)
    if not seats & {Seat.INTAKE, Seat.DIRECTOR} or case.state is not State.REGISTERED:
        raise MovedOn(TOO_LATE)
    for column, text in (("name", name), ("phone", phone), ("email", email)):
        lock_party(party, column, text)
    await party.save(update_fields=["name", "phone", "email"])
    await imprint(case)
    await record("case.party-completed", case.key, by=by, at=at, community_id=case.community_id, party=party.code)
    return case
