"""From an agreement in principle to a promise kept, on a real database."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Refused, TooOften, Unfit
from community.notice.models import Mail
from community.orgs.models import Org
from community.people import factor
from community.people.models import Holding, Person, ProofCode
from community.people.password import hash_of
from community.people.proof import LIFE, ways
from community.people.rules import Level, Method
from community.places.models import Resident
from community.privacy import vault
from community.record.models import Event as Recorded
from community.rights import Role
from community.timers.commands import fire_due
from mediation.agreement import commands, performing, signing
from mediation.agreement.checks import LEGALITY
from mediation.agreement.models import Agreement, AgreementVersion, Clause, Obligation, SealUse, Signature
from mediation.agreement.queries import (
    clause_text,
    draft_of,
    frozen_of,
    latest,
    locked_body,
    opened_body,
    paper_of,
    signed_name,
    standing,
)
from mediation.agreement.rules import ClauseKind, Duty, Line
from mediation.agreement.running import TIMERS
from mediation.agreement.signing import SEALABLE
from mediation.agreement.text import draft_from
from mediation.case.models import Case, Consent, Party, Period
from mediation.case.states import Outcome, State
from tests.mediation.agreement.making import (
    DAY,
    HOST,
    LATER,
    code_for,
    draft,
    drafting,
    finalized,
    hand,
    mediating,
    seal,
    sign,
    signed,
)
from tests.mediation.agreement.making import (
    performing as in_effect,
)
from tests.mediation.filing import STATEMENT
from tests.world import World

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


async def state_of(case: Case) -> State:
    return (await Case.get(id=case.id)).state


async def test_a_draft_begins_with_the_applicants_own_words_and_lies_locked(world: World) -> None:
    case = await mediating(world)
    version = await commands.begin(case.code, accepted=True, by=world.mediator, at=DAY)
    assert draft_from(opened_body(version)).facts == STATEMENT
    assert STATEMENT not in (await AgreementVersion.get(id=version.id)).body
    assert await state_of(case) is State.DRAFTING


async def test_nothing_is_written_down_before_everybody_said_yes(world: World) -> None:
    case = await mediating(world)
    with pytest.raises(Unfit, match="接受同一个方案"):
        await commands.begin(case.code, accepted=False, by=world.mediator, at=DAY)
    with pytest.raises(Forbidden):
        await commands.begin(case.code, accepted=True, by=world.lan, at=DAY)
    assert await Agreement.all().count() == 0


async def test_only_the_mediator_writes_and_a_stranger_does_not_learn_that_there_is_a_case(world: World) -> None:
    case = await drafting(world)
    for person, refusal in ((world.lan, Forbidden), (world.director, Forbidden), (world.stranger, Hidden)):
        with pytest.raises(refusal):
            await commands.save(case.code, draft(), by=person, at=DAY)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"facts": "长" * 4001}, "facts"),
        ({"lines": (Line(what="长" * 501),)}, "what-1"),
        ({"lines": (Line(), Line(whom="T9"))}, "whom-2"),
        ({"lines": (Line(),) * 21}, "form"),
    ],
)
async def test_what_cannot_be_kept_is_named_and_the_draft_stays(
    world: World, changes: dict[str, object], field: str
) -> None:
    case = await drafting(world)
    with pytest.raises(Unfit) as refusal:
        await commands.save(case.code, draft(**changes), by=world.mediator, at=DAY)
    assert refusal.value.field == field
    assert draft_from(opened_body(await draft_of(case))) == draft()


async def test_finalizing_freezes_the_words_and_gives_the_number(world: World) -> None:
    case, version = await finalized(world)
    stored = await frozen_of(case)
    assert (stored.sha256, stored.frozen_at, case.state) == (version.sha256, DAY, State.SIGNING)
    assert stored.agreement.number == "（2026）幸福里居人调字第1号-协1"
    paper = paper_of(stored)
    assert (paper.number, paper.mediator, paper.copies) == (stored.agreement.number, "吴老师", 3)
    assert [party.name for party in paper.parties] == ["阿兰", "阿强"]
    assert (await Period.get(case_id=case.id, clock="T_SIGN", ended_at=None)).due > date(2026, 5, 9)
    with pytest.raises(MovedOn):
        await commands.save(case.code, draft(), by=world.mediator, at=DAY)


async def test_amounts_that_do_not_make_the_total_are_refused_with_the_row(world: World) -> None:
    third = Line(who="R1", whom="A1", amount=64867, until=date(2026, 6, 30))
    case = await drafting(world, third, third, third, total=194600)
    with pytest.raises(Unfit, match="各期金额") as refusal:
        await commands.finalize(case.code, legality=LEGALITY, on_paper=False, by=world.mediator, at=DAY)
    assert refusal.value.field == "amount-3"
    assert (await state_of(case), await Agreement.filter(number=None).count()) == (State.DRAFTING, 1)


async def test_personal_status_is_not_signed_on_a_screen(world: World) -> None:
    case = await drafting(world)
    with pytest.raises(Unfit, match="纸质"):
        await commands.finalize(case.code, legality=LEGALITY, on_paper=True, by=world.mediator, at=DAY)


async def test_a_party_without_an_account_is_asked_in_first(world: World) -> None:
    case = await drafting(world, Line(kind=ClauseKind.STOP, who="A1", whom="R1", what="占用楼道"), total=None)
    await Party.filter(case_id=case.id, side="R").update(person_id=None)
    with pytest.raises(Unfit, match="没有账号"):
        await commands.finalize(case.code, legality=LEGALITY, on_paper=False, by=world.mediator, at=DAY)


async def test_a_signature_says_who_what_how_and_until_when_it_may_be_taken_back(world: World) -> None:
    case, version = await finalized(world)
    signature = await sign(case, world.lan)
    assert (signature.level, signature.method, signature.capacity) == (Level.S1, Method.MAIL, "party")
    assert (signature.doc_sha256, signature.completes_at) == (version.sha256, LATER)
    stored = await Signature.get(id=signature.id)
    assert "阿兰" not in stored.name
    assert signed_name(stored) == "阿兰"
    consent = await Consent.get(act="esign")
    assert (consent.given, consent.at) == (True, DAY)


async def test_the_mediator_signs_as_mediator_and_outsiders_do_not_sign(world: World) -> None:
    case, _ = await finalized(world)
    assert (await sign(case, world.mediator)).capacity == "mediator"
    with pytest.raises(Forbidden):
        await sign(case, world.director)
    given = await hand(case, world.lan)
    with pytest.raises(Hidden):
        await signing.sign(case.code, given, host=HOST, by=world.stranger, at=DAY)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"typed": "000000x"}, "typed"),
        ({"name": "阿强"}, "name"),
        ({"agreed": False}, "agreed"),
        ({"shown": "0" * 64}, "form"),
    ],
)
async def test_a_signature_that_lacks_something_is_not_taken(
    world: World, changes: dict[str, object], field: str
) -> None:
    case, _ = await finalized(world)
    if "typed" in changes:
        wrong = f"{(int(await code_for(case, world.lan, DAY)) + 1) % 10**6:06d}"
        given = await hand(case, world.lan, DAY, typed=wrong)
    else:
        given = await hand(case, world.lan, DAY, **changes)
    with pytest.raises(Unfit) as refusal:
        await signing.sign(case.code, given, host=HOST, by=world.lan, at=DAY)
    assert refusal.value.field == field
    assert await Signature.all().count() == 0
    assert await Consent.filter(act="esign").count() == 0


async def test_somebody_under_age_does_not_sign_alone(world: World) -> None:
    await Resident.filter(person_id=world.lan.id).update(born_on=date(2008, 5, 10))
    case, _ = await finalized(world)
    with pytest.raises(Unfit, match="法定代理人"):
        await sign(case, world.lan)
    await sign(case, world.lan, DAY + timedelta(days=1))
    assert await Signature.filter(signer_id=world.lan.id).count() == 1


async def test_words_changed_after_freezing_are_not_signed_and_not_sealed(world: World) -> None:
    case, version = await finalized(world)
    given = await hand(case, world.lan)
    whole = opened_body(await frozen_of(case))
    forged = locked_body(version.code, whole.replace("200000", "900000"))
    await AgreementVersion.filter(id=version.id).update(body=forged)
    with pytest.raises(Unfit, match="与定稿不一致"):
        await signing.sign(case.code, given, host=HOST, by=world.lan, at=DAY)
    await AgreementVersion.filter(id=version.id).update(body=locked_body("elsewhere", whole))
    with pytest.raises(Unfit, match="与定稿不一致"):
        await signing.sign(case.code, given, host=HOST, by=world.lan, at=DAY)
    assert await Signature.all().count() == 0


async def test_words_changed_after_signing_are_not_sealed(world: World) -> None:
    case = await signed(world)
    version = await frozen_of(case)
    forged = locked_body(version.code, opened_body(version).replace("200000", "900000"))
    await AgreementVersion.filter(id=version.id).update(body=forged)
    with pytest.raises(Unfit, match="与定稿不一致"):
        await seal(case, world.director, LATER)
    assert await state_of(case) is State.SIGNING


async def test_a_code_is_good_once_for_one_wording_for_ten_minutes_and_five_tries(world: World) -> None:
    case, _ = await finalized(world)
    given = await hand(case, world.lan)
    with pytest.raises(Unfit):
        await signing.sign(case.code, given, host=HOST, by=world.lan, at=DAY + LIFE)
    with pytest.raises(Unfit):
        await signing.sign(case.code, given, host=HOST, by=world.qiang, at=DAY)
    await signing.sign(case.code, given, host=HOST, by=world.lan, at=DAY)
    await signing.take_back(case.code, by=world.lan, at=DAY)
    with pytest.raises(Unfit):
        await signing.sign(case.code, given, host=HOST, by=world.lan, at=DAY)


async def test_whoever_guesses_is_stopped_even_with_the_right_code_at_last(world: World) -> None:
    case, _ = await finalized(world)
    right, wrong = await hand(case, world.lan), await hand(case, world.qiang)
    for _ in range(5):
        with pytest.raises(Unfit):
            await signing.sign(case.code, wrong, host=HOST, by=world.lan, at=DAY)
    with pytest.raises(TooOften):
        await signing.sign(case.code, right, host=HOST, by=world.lan, at=DAY)


async def test_a_password_is_worth_less_than_a_code_and_the_signature_says_so(world: World) -> None:
    case, _ = await finalized(world)
    await Person.filter(id=world.lan.id).update(password_hash=await hash_of("茶壶 梯子 石榴"))
    lan = await Person.get(id=world.lan.id)
    assert ways(lan) == (Method.MAIL, Method.PASSWORD)
    with pytest.raises(Unfit, match="密码不对"):
        await sign(case, lan, method=Method.PASSWORD, typed="茶壶 梯子")
    signature = await sign(case, lan, method=Method.PASSWORD, typed="茶壶 梯子 石榴")
    assert (signature.level, signature.method) == (Level.S0, Method.PASSWORD)


async def test_a_code_of_the_telephone_signs_once(world: World) -> None:
    case, _ = await finalized(world)
    about = f"person|{world.mediator.id}|totp_secret"
    await Person.filter(id=world.mediator.id).update(totp_secret=vault.lock(factor.new_secret(), about=about))
    mediator = await Person.get(id=world.mediator.id)
    digits = factor.code_at(mediator, DAY)
    with pytest.raises(Unfit) as refusal:
        await sign(case, mediator, method=Method.TOTP, typed=f"{(int(digits) + 1) % 10**6:06d}")
    assert refusal.value.field == "typed"
    signature = await sign(case, mediator, method=Method.TOTP, typed=digits)
    assert signature.level is Level.S1
    await signing.take_back(case.code, by=mediator, at=DAY)
    with pytest.raises(Unfit):
        await sign(case, mediator, method=Method.TOTP, typed=digits)


async def test_a_code_lies_hashed_and_its_mail_locked_and_names_no_case(world: World) -> None:
    case, _ = await finalized(world)
    digits = await code_for(case, world.lan, DAY)
    assert digits not in (await ProofCode.get(person_id=world.lan.id)).code_hash
    mail = await Mail.get(person_id=world.lan.id, template="community/people/mail_code")
    assert digits not in mail.facts
    assert set(mail.values) == {"code", "minutes"}


async def test_five_codes_an_hour_are_enough(world: World) -> None:
    case, _ = await finalized(world)
    for n in range(5):
        await signing.ask_code(case.code, host=HOST, by=world.lan, at=DAY + n * MINUTE)
    with pytest.raises(TooOften):
        await signing.ask_code(case.code, host=HOST, by=world.lan, at=DAY + 5 * MINUTE)
    await signing.ask_code(case.code, host=HOST, by=world.lan, at=DAY + 60 * MINUTE)


async def test_two_who_sign_at_once_both_sign(world: World) -> None:
    case, _ = await finalized(world)
    hands = [(person, await hand(case, person)) for person in (world.lan, world.qiang, world.mediator)]
    await asyncio.gather(*(signing.sign(case.code, given, host=HOST, by=person, at=DAY) for person, given in hands))
    assert await Signature.all().count() == 3
    assert await Recorded.filter(kind="case.sign").count() == 3


async def test_one_who_signs_twice_at_once_signs_once(world: World) -> None:
    case, _ = await finalized(world)
    given = await hand(case, world.lan)
    tries = [signing.sign(case.code, given, host=HOST, by=world.lan, at=DAY) for _ in range(4)]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(each, Refused) for each in results) == 3
    assert await Signature.all().count() == 1


async def test_a_signature_may_be_taken_back_until_its_window_ends_and_given_again(world: World) -> None:
    case, version = await finalized(world)
    await sign(case, world.lan)
    await signing.take_back(case.code, by=world.lan, at=LATER - SECOND)
    assert (await standing(case, version)).signatures == []
    with pytest.raises(MovedOn):
        await signing.take_back(case.code, by=world.lan, at=LATER - SECOND)
    again = await sign(case, world.lan, LATER)
    assert again.completes_at == LATER + 10 * MINUTE
    assert await Signature.all().count() == 1
    with pytest.raises(MovedOn, match="十分钟已过"):
        await signing.take_back(case.code, by=world.lan, at=LATER + 10 * MINUTE)


async def test_the_seal_waits_for_every_signature_and_for_the_last_window(world: World) -> None:
    case, _ = await finalized(world)
    await sign(case, world.lan)
    await sign(case, world.mediator)
    with pytest.raises(Unfit, match="还有人没有签名"):
        await seal(case, world.director, LATER)
    await sign(case, world.qiang, DAY + 3 * MINUTE)
    with pytest.raises(Unfit, match="撤回期"):
        await seal(case, world.director, DAY + 13 * MINUTE - SECOND)
    await seal(case, world.director, DAY + 13 * MINUTE)
    assert await state_of(case) is State.PERFORMING


async def test_only_the_registered_custodian_seals(world: World) -> None:
    case = await signed(world)
    with pytest.raises(Forbidden):
        await seal(case, world.mediator, LATER)
    await Holding.create(person=world.intake, role=Role.DIRECTOR, org=world.mediation_committee, since=DAY)
    with pytest.raises(Forbidden, match="保管人"):
        await seal(case, world.intake, LATER)
    await Org.filter(id=world.mediation_committee.id).update(seal_custodian_id=world.lan.id)
    with pytest.raises(Forbidden):
        await seal(case, world.lan, LATER)
    assert await SealUse.all().count() == 0


async def test_with_the_seal_the_agreement_takes_effect_to_the_second(world: World) -> None:
    case = await signed(world)
    moment = LATER + timedelta(minutes=7, seconds=23)
    await seal(case, world.director, moment)
    stored = await Case.get(id=case.id)
    assert (stored.state, stored.outcome, stored.moved_at) == (State.PERFORMING, Outcome.AGREED_WRITTEN, moment)
    assert (await Agreement.get(case_id=case.id)).effective_at == moment
    effect = await Recorded.get(kind="case.effect")
    assert (effect.actor_id, effect.at) == (None, moment)
    running = {str(period.clock) for period in await Period.filter(case_id=case.id, ended_at=None)}
    assert running == {"T_JC", "T_FOLLOWUP"}
    assert (await Period.get(case_id=case.id, clock="T_JC")).due == date(2026, 6, 8)


async def test_what_is_owed_is_what_was_signed(world: World) -> None:
    case = await in_effect(world)
    clauses = await Clause.all().order_by("row")
    assert [(each.kind, each.amount_fen, each.due_on) for each in clauses] == [
        (line.kind, line.amount, line.until) for line in draft().lines
    ]
    assert "更换漏水的水管" not in clauses[0].text
    assert clause_text(clauses[0]) == "阿强于2026年5月20日前（含当日）为阿兰完成：更换漏水的水管。"
    assert await Obligation.filter(case_id=case.id, state=Duty.PENDING).count() == 3


async def test_of_four_seals_at_once_one_is_set_and_the_agreement_takes_effect_once(world: World) -> None:
    case = await signed(world)
    version = await frozen_of(case)
    typed = await code_for(case, world.director, LATER)
    tries = [
        signing.seal(
            case.code,
            shown=version.sha256 or "",
            method=Method.MAIL,
            typed=typed,
            host=HOST,
            by=world.director,
            at=LATER,
        )
        for _ in range(4)
    ]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(each, Refused) for each in results) == 3
    assert (await SealUse.all().count(), await Obligation.all().count()) == (1, 3)
    assert await Recorded.filter(kind="case.effect").count() == 1


async def test_taking_back_and_sealing_at_the_same_time_never_both_succeed(world: World) -> None:
    case = await signed(world)
    version = await frozen_of(case)
    typed = await code_for(case, world.director, LATER)
    back = signing.take_back(case.code, by=world.lan, at=LATER - SECOND)
    shut = signing.seal(
        case.code, shown=version.sha256 or "", method=Method.MAIL, typed=typed, host=HOST, by=world.director, at=LATER
    )
    results = await asyncio.gather(back, shut, return_exceptions=True)
    assert sum(isinstance(each, Exception) for each in results) == 1
    left = await Signature.filter(taken_back_at=None).count()
    assert (await state_of(case), left) in {(State.PERFORMING, 3), (State.SIGNING, 2)}


async def test_going_back_to_talking_voids_the_signatures_and_keeps_the_text_and_the_number(world: World) -> None:
    case, first = await finalized(world)
    await sign(case, world.lan)
    with pytest.raises(Unfit, match="作废"):
        await commands.reopen(case.code, sure=False, by=world.qiang, at=DAY)
    await commands.reopen(case.code, sure=True, by=world.qiang, at=DAY)
    assert await state_of(case) is State.MEDIATING
    await commands.begin(case.code, accepted=True, by=world.mediator, at=DAY)
    second = await latest(case)
    assert second is not None
    assert (second.n, draft_from(opened_body(second))) == (2, draft())
    again = await commands.finalize(case.code, legality=LEGALITY, on_paper=False, by=world.mediator, at=DAY)
    assert again.agreement.number == "（2026）幸福里居人调字第1号-协1"
    assert again.sha256 != first.sha256
    assert (await standing(case, again)).signatures == []
    with pytest.raises(Unfit, match="与定稿不一致"):
        await sign(case, world.lan, DAY, shown=first.sha256)


async def test_the_keeper_of_the_seal_is_told_of_each_wording_that_is_ready(world: World) -> None:
    case, _ = await finalized(world)
    for ready in (LATER, LATER + timedelta(days=1)):
        for person in (world.lan, world.qiang, world.mediator):
            await sign(case, person, ready - timedelta(minutes=10))
        assert await fire_due({SEALABLE: TIMERS[SEALABLE]}, ready) == 1
        await commands.reopen(case.code, sure=True, by=world.qiang, at=ready)
        await commands.begin(case.code, accepted=True, by=world.mediator, at=ready)
        await commands.finalize(case.code, legality=LEGALITY, on_paper=False, by=world.mediator, at=ready)
    assert await Recorded.filter(kind="agreement.sealable").count() == 2


async def test_an_agreement_in_effect_does_not_go_back_to_talking(world: World) -> None:
    case = await in_effect(world)
    with pytest.raises(Unfit, match="已经生效"):
        await commands.reopen(case.code, sure=True, by=world.qiang, at=LATER)


async def test_a_party_may_decline_to_sign_without_a_reason_and_nobody_else_for_them(world: World) -> None:
    case, _ = await finalized(world)
    with pytest.raises(Forbidden):
        await signing.refuse(case.code, by=world.mediator, at=DAY)
    done = await signing.refuse(case.code, by=world.qiang, at=DAY)
    assert (done.state, done.outcome) == (State.TERMINATED, Outcome.SIGN_REFUSED)


async def duties(case: Case) -> list[Obligation]:
    return await Obligation.filter(case_id=case.id).order_by("id")


async def test_whom_it_is_owed_to_confirms_and_the_last_one_leads_to_the_visit(world: World) -> None:
    case = await in_effect(world)
    first, second, third = await duties(case)
    with pytest.raises(Forbidden):
        await performing.confirm(case.code, first.code, by=world.qiang, at=LATER)
    await performing.confirm(case.code, first.code, by=world.lan, at=LATER)
    with pytest.raises(MovedOn, match="已经确认过"):
        await performing.confirm(case.code, first.code, by=world.lan, at=LATER)
    await performing.waive(case.code, second.code, by=world.lan, at=LATER)
    with pytest.raises(Unfit, match="凭证"):
        await performing.confirm(case.code, third.code, by=world.mediator, at=LATER)
    assert await state_of(case) is State.PERFORMING
    await performing.confirm(case.code, third.code, proof="看过转账记录", by=world.mediator, at=LATER)
    assert await state_of(case) is State.FOLLOWUP
    stored = await duties(case)
    assert [each.state for each in stored] == [Duty.DONE, Duty.WAIVED, Duty.DONE]
    assert "转账" not in stored[2].proof
    assert (await Recorded.get(kind="case.performed")).actor_id is None


async def test_only_whom_it_is_owed_to_lets_somebody_off(world: World) -> None:
    case = await in_effect(world)
    duty = (await duties(case))[0]
    for person in (world.qiang, world.mediator, world.director):
        with pytest.raises(Forbidden):
            await performing.waive(case.code, duty.code, by=person, at=LATER)
    with pytest.raises(Hidden):
        await performing.confirm(case.code, "nothing", by=world.lan, at=LATER)


async def test_one_promise_confirmed_twice_at_once_is_confirmed_once(world: World) -> None:
    case = await in_effect(world)
    duty = (await duties(case))[0]
    both = [
        performing.confirm(case.code, duty.code, by=world.lan, at=LATER),
        performing.confirm(case.code, duty.code, proof="收条", by=world.mediator, at=LATER),
    ]
    results = await asyncio.gather(*both, return_exceptions=True)
    assert sum(isinstance(each, MovedOn) for each in results) == 1
    assert await Recorded.filter(kind="obligation.done").count() == 1


async def test_a_promise_is_overdue_when_its_day_is_over_in_beijing(world: World) -> None:
    case = await in_effect(world)
    last = datetime(2026, 5, 20, 15, 59, 59, tzinfo=UTC)
    with pytest.raises(Unfit, match="没有到期"):
        await performing.fall_overdue(case.key, at=last)
    await performing.fall_overdue(case.key, at=last + SECOND)
    assert await state_of(case) is State.BREACHED
    with pytest.raises(Unfit, match="到期未履行"):
        await performing.cure(case.code, by=world.mediator, at=last + SECOND)
    first = (await duties(case))[0]
    await performing.confirm(case.code, first.code, by=world.lan, at=last + SECOND)
    await performing.cure(case.code, by=world.mediator, at=last + SECOND)
    assert await state_of(case) is State.PERFORMING


async def test_the_record_holds_no_words_names_or_amounts(world: World) -> None:
    case = await in_effect(world)
    for duty in await duties(case):
        await performing.confirm(case.code, duty.code, proof="收条", by=world.mediator, at=LATER)
    told = "".join(await Recorded.all().values_list("body", flat=True))  # type: ignore[arg-type]
    assert [word for word in ("阿兰", "阿强", "水管", "200000", "3200", "收条") if word in told] == []
