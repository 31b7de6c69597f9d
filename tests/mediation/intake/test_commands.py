"""From the first word to acceptance, on a real database."""

import asyncio
from datetime import date, timedelta

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.notice.models import Mail
from community.people.models import Holding, Person
from community.record.models import Event
from community.rights import Role
from mediation.case.keys import opened_case
from mediation.case.models import Case, Consent, Invitation, Party, Period, Proceeding, Side, Will
from mediation.case.queries import visible_case
from mediation.case.states import Outcome, State
from mediation.intake import commands, consent
from mediation.intake.rules import Authorised, DeclineReason, Kind, Named
from tests.mediation.filing import STATEMENT, accepted, filed, filing, inviting, link_of
from tests.world import NOON, World


async def test_filing_fixes_the_moment_locks_the_words_and_starts_the_review_clock(world: World) -> None:
    case = await filed(world)
    stored = await Case.get(id=case.id)
    assert (stored.state, stored.filed_at) == (State.REGISTERED, NOON)
    assert STATEMENT not in stored.statement
    assert opened_case(stored, "statement") == STATEMENT
    period = await Period.get(case_id=case.id)
    assert (period.clock, period.due) == ("T_REVIEW", date(2026, 5, 8))  # 05-05 is still a holiday
    assert await Event.filter(kind="case.submit").count() == 1
    assert STATEMENT not in (await Event.get(kind="case.submit")).body


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"statement": " "}, "statement"),
        ({"statement": "长" * 4001}, "statement"),
        ({"respondent": Named(name="")}, "other_name"),
        ({"told": False}, "told"),
    ],
)
async def test_what_is_missing_is_named_and_nothing_is_stored(
    world: World, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Unfit) as refusal:
        await filed(world, **changes)
    assert refusal.value.field == field
    assert await Case.all().count() == 0


async def test_a_stranger_may_not_file_and_a_resident_may_not_file_for_another(world: World) -> None:
    with pytest.raises(Forbidden):
        await commands.file(filing(), by=world.stranger, community_id=world.community.id, at=NOON)
    with pytest.raises(Forbidden):
        await filed(world, helped=True, read_back=True, authorised=Authorised.SIGNED)


async def test_a_helper_files_after_reading_back_and_loses_sight_at_acceptance(world: World) -> None:
    helped = filing(helped=True)
    with pytest.raises(Unfit):
        await commands.file(helped, by=world.clerk, community_id=world.community.id, at=NOON)
    done = filing(helped=True, read_back=True, authorised=Authorised.FINGERPRINT)
    case = await commands.file(done, by=world.clerk, community_id=world.community.id, at=NOON)
    _, seats = await visible_case(world.clerk, case.code, at=NOON)
    assert seats == {"helper"}
    assert (await Consent.get(party__case_id=case.id)).method == "on_behalf"


async def test_an_invitation_is_mailed_without_names_facts_or_amounts(world: World) -> None:
    case = await inviting(world)
    mail = await Mail.get(to="qiang@example.org")
    assert "阿兰" not in mail.facts
    assert "滴水" not in mail.facts
    assert (await Case.get(id=case.id)).state is State.INVITING
    assert (await Party.get(case_id=case.id, side=Side.RESPONDENT)).will is Will.INVITED


async def test_without_the_two_ticks_no_invitation_goes_out(world: World) -> None:
    case = await filed(world)
    for ticks in ({"scope_ok": False, "screened": True}, {"scope_ok": True, "screened": False}):
        with pytest.raises(Unfit):
            await commands.invite(case.code, **ticks, by=world.intake, at=NOON)
    assert await Invitation.all().count() == 0


async def test_looking_at_an_invitation_answers_nothing(world: World) -> None:
    case = await inviting(world)
    token = await link_of(case)
    for _ in range(3):
        await consent.look(token, at=NOON + timedelta(days=1))
    assert (await Party.get(case_id=case.id, side=Side.RESPONDENT)).will is Will.OPENED
    assert await Consent.filter(party__side=Side.RESPONDENT).count() == 0


async def test_acceptance_waits_for_every_indispensable_party(world: World) -> None:
    case = await inviting(world)
    with pytest.raises(Unfit, match="必要当事人未同意"):
        await commands.accept(case.code, by=world.intake, at=NOON)


async def test_acceptance_gives_the_next_number_of_the_year(world: World) -> None:
    first, second = await accepted(world), await accepted(world)
    numbers = [(await Proceeding.get(case_id=each.id)).number for each in (first, second)]
    assert numbers == ["（2026）幸福里居人调字第1号", "（2026）幸福里居人调字第2号"]
    period = await Period.get(case_id=first.id, ended_at=None)
    assert (period.clock, period.due) == ("T_MEDIATE", date(2026, 6, 8))  # 06-06 is a Saturday


async def test_twenty_acceptances_at_once_leave_no_gap(world: World) -> None:
    cases = [await inviting(world) for _ in range(20)]
    for case in cases:
        await consent.agree(await link_of(case), name="", by=world.qiang, at=NOON + timedelta(days=1))
    await asyncio.gather(*(commands.accept(each.code, by=world.intake, at=NOON) for each in cases))
    given = await Proceeding.all().values_list("number", flat=True)
    assert sorted(int(str(text).split("第")[1].removesuffix("号")) for text in given) == list(range(1, 21))


async def test_of_two_clerks_who_accept_at_once_one_wins_and_one_number_is_used(world: World) -> None:
    case = await inviting(world)
    await consent.agree(await link_of(case), name="", by=world.qiang, at=NOON + timedelta(days=1))
    both = [commands.accept(case.code, by=world.intake, at=NOON) for _ in range(2)]
    results = await asyncio.gather(*both, return_exceptions=True)
    assert sum(isinstance(each, BaseException) for each in results) == 1
    assert await Proceeding.all().count() == 1
    assert await Event.filter(kind="case.accept").count() == 1


async def test_one_tap_refuses_without_a_reason_and_closes(world: World) -> None:
    case = await inviting(world)
    token = await link_of(case)
    await consent.refuse(token, by=None, at=NOON + timedelta(days=2))
    stored = await Case.get(id=case.id)
    assert (stored.state, stored.outcome) == (State.CLOSED, Outcome.REFUSED_BEFORE_ACCEPTANCE)
    with pytest.raises(Hidden):
        await consent.agree(token, name="", by=world.qiang, at=NOON + timedelta(days=2))


async def test_a_link_opens_an_account_for_its_own_address_and_dies_with_use(world: World) -> None:
    case = await commands.file(
        filing(respondent=Named(name="新来的", email="new@example.org")),
        by=world.lan, community_id=world.community.id, at=NOON,
    )  # fmt: skip
    await commands.invite(case.code, scope_ok=True, screened=True, by=world.intake, at=NOON)
    token = await link_of(case)
    me = await consent.agree(token, name="新来的", by=None, at=NOON)
    assert (me.email, me.confirmed_at) == ("new@example.org", NOON)
    assert (await Party.get(case_id=case.id, side=Side.RESPONDENT)).person_id == me.id
    with pytest.raises(Hidden):
        await consent.agree(token, name="新来的", by=None, at=NOON)
    assert await Person.filter(email="new@example.org").count() == 1


async def test_a_mailed_link_proves_the_mailbox_of_an_account_that_waits(world: World) -> None:
    waiting = await Person.create(name="还没确认", email="new@example.org", joined_at=NOON)
    tokens = []
    for _ in range(2):
        new = filing(respondent=Named(name="新来的", email="new@example.org"))
        case = await commands.file(new, by=world.lan, community_id=world.community.id, at=NOON)
        await commands.invite(case.code, scope_ok=True, screened=True, by=world.intake, at=NOON)
        tokens.append(await link_of(case))
    both = await asyncio.gather(*(consent.agree(token, name="新来的", by=None, at=NOON) for token in tokens))
    assert [(me.id, me.confirmed_at) for me in both] == [(waiting.id, NOON)] * 2
    assert await Event.filter(kind="person.confirmed").count() == 1


async def test_two_first_answers_for_one_new_mailbox_open_one_account(world: World) -> None:
    tokens = []
    for _ in range(2):
        new = filing(respondent=Named(name="新来的", email="new@example.org"))
        case = await commands.file(new, by=world.lan, community_id=world.community.id, at=NOON)
        await commands.invite(case.code, scope_ok=True, screened=True, by=world.intake, at=NOON)
        tokens.append(await link_of(case))
    both = await asyncio.gather(*(consent.agree(token, name="新来的", by=None, at=NOON) for token in tokens))
    assert both[0].id == both[1].id
    assert await Event.filter(kind="person.joined").count() == 1


async def test_a_letter_is_not_mailed_and_opens_nobodys_account(world: World) -> None:
    case = await inviting(world)
    party = await Party.get(case_id=case.id, side=Side.RESPONDENT)
    mails = await Mail.all().count()
    token = await commands.invite_again(case.code, party.code, by=world.intake, at=NOON + timedelta(days=1))
    assert await Mail.all().count() == mails
    at = NOON + timedelta(days=2)
    with pytest.raises(Hidden, match="请先登录"):
        await consent.agree(token, name="", by=None, at=at)
    for person in (world.lan, world.intake, world.director):
        with pytest.raises(Forbidden):
            await consent.agree(token, name="", by=person, at=at)
    assert (await consent.agree(token, name="", by=world.qiang, at=at)).id == world.qiang.id


async def test_a_party_who_agreed_is_not_replaced_by_whoever_holds_a_new_link(world: World) -> None:
    case = await inviting(world)
    at = NOON + timedelta(days=2)
    await consent.agree(await link_of(case), name="阿强", by=world.qiang, at=at)
    party = await Party.get(case_id=case.id, side=Side.RESPONDENT)
    token = await commands.invite_again(case.code, party.code, by=world.intake, at=at)
    with pytest.raises(Forbidden):
        await consent.agree(token, name="", by=world.xiu, at=at)
    assert (await Party.get(id=party.id)).person_id == world.qiang.id


async def test_a_clerk_does_not_write_over_what_a_party_answered(world: World) -> None:
    case = await inviting(world)
    at = NOON + timedelta(days=2)
    await consent.agree(await link_of(case), name="", by=world.qiang, at=at)
    party = await Party.get(case_id=case.id, side=Side.RESPONDENT)
    with pytest.raises(MovedOn, match="已经答复过"):
        await consent.agree_in_person(case.code, party.code, given=False, method="phone", by=world.intake, at=at)
    assert (await Party.get(id=party.id)).will is Will.CONSENTED


async def test_of_two_answers_at_once_the_first_one_counts(world: World) -> None:
    case = await inviting(world)
    token, at = await link_of(case), NOON + timedelta(days=2)
    answers = await asyncio.gather(
        consent.agree(token, name="", by=world.qiang, at=at),
        consent.refuse(token, by=world.qiang, at=at),
        return_exceptions=True,
    )
    assert sum(isinstance(each, Exception) for each in answers) == 1
    party = await Party.get(case_id=case.id, side=Side.RESPONDENT)
    ended = (await Case.get(id=case.id)).state is State.CLOSED
    assert (party.will, ended) in {(Will.CONSENTED, False), (Will.REFUSED, True)}


async def test_who_is_a_party_holds_no_office_in_their_own_case(world: World) -> None:
    case = await filed(world)
    for role in (Role.INTAKE, Role.DIRECTOR):
        await Holding.create(person=world.lan, role=role, org_id=case.org_id, since=NOON)
    _, seats = await visible_case(world.lan, case.code, at=NOON)
    assert seats == {"applicant"}
    with pytest.raises(Forbidden):
        await commands.invite(case.code, scope_ok=True, screened=True, by=world.lan, at=NOON)


async def test_an_old_link_does_not_work(world: World) -> None:
    case = await inviting(world)
    with pytest.raises(Hidden):
        await consent.invited(await link_of(case), at=NOON + timedelta(days=16))


async def test_only_the_applicant_withdraws(world: World) -> None:
    case = await filed(world)
    with pytest.raises((Hidden, Unfit, Forbidden)):
        await consent.withdraw(case.code, by=world.qiang, at=NOON)
    await consent.withdraw(case.code, by=world.lan, at=NOON)
    assert (await Case.get(id=case.id)).outcome is Outcome.WITHDRAWN_BEFORE_ACCEPTANCE
    with pytest.raises(MovedOn):
        await commands.invite(case.code, scope_ok=True, screened=True, by=world.intake, at=NOON)


async def test_declining_needs_an_intake_clerk_and_names_a_lawful_reason(world: World) -> None:
    case = await filed(world)
    with pytest.raises(Forbidden):
        await commands.decline(case.code, DeclineReason.SEIZED, by=world.lan, at=NOON)
    await commands.decline(case.code, DeclineReason.SEIZED, by=world.intake, at=NOON)
    assert (await Case.get(id=case.id)).state is State.DECLINED


async def test_others_do_not_learn_that_the_case_exists(world: World) -> None:
    case = await filed(world)
    for other in (world.stranger, world.qiang, world.xiu):
        with pytest.raises(Hidden):
            await visible_case(other, case.code, at=NOON)
    assert case.type_code == Kind.NEIGHBOURS
