"""Signing: who, by what, once, for how long it may be taken back, and what is not taken."""

import asyncio
from datetime import date, timedelta

import pytest

from community.errors import Forbidden, Hidden, MovedOn, Refused, TooOften, Unfit
from community.notice.models import Mail
from community.people import factor
from community.people.models import Person, ProofCode
from community.people.password import hash_of
from community.people.proof import LIFE, ways
from community.people.rules import Level, Method
from community.places.models import Resident
from community.privacy import vault
from community.record.models import Event as Recorded
from mediation.agreement import signing
from mediation.agreement.models import AgreementVersion, Signature
from mediation.agreement.queries import (
    frozen_of,
    locked_body,
    opened_body,
    signed_name,
    standing,
)
from mediation.case.models import Case, Consent
from mediation.case.states import State
from tests.mediation.agreement.making import (
    DAY,
    HOST,
    LATER,
    code_for,
    finalized,
    hand,
    seal,
    sign,
    signed,
)
from tests.world import World

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


async def state_of(case: Case) -> State:
    return (await Case.get(id=case.id)).state


async def test_a_signature_says_who_what_how_and_until_when_it_may_be_taken_back(world: World) -> None:
    case, version = await finalized(world)
    signature = await sign(case, world.lan)
    assert (signature.level, signature.method, signature.capacity) == (Level.S1, Method.MAIL, "party")
    assert (signature.doc_sha256, signature.completes_at) == (version.sha256, LATER)
    stored = await Signature.get(id=signature.id).select_related("version")
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
    forged = locked_body(version, whole.replace("200000", "900000"))
    await AgreementVersion.filter(id=version.id).update(body=forged)
    with pytest.raises(Unfit, match="与定稿不一致"):
        await signing.sign(case.code, given, host=HOST, by=world.lan, at=DAY)
    await AgreementVersion.filter(id=version.id).update(body=locked_body(AgreementVersion(code="elsewhere"), whole))
    with pytest.raises(Unfit, match="与定稿不一致"):
        await signing.sign(case.code, given, host=HOST, by=world.lan, at=DAY)
    assert await Signature.all().count() == 0


async def test_words_changed_after_signing_are_not_sealed(world: World) -> None:
    case = await signed(world)
    version = await frozen_of(case)
    forged = locked_body(version, opened_body(version).replace("200000", "900000"))
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
