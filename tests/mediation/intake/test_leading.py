"""What is lacking, where it belongs, what is one matter, and who begins without whom."""

from datetime import timedelta

import httpx2
import pytest

from community.errors import Hidden, Unfit
from mediation.case.models import Case, CaseNote, Invitation, Party, Side, Will
from mediation.case.noting import notes_of
from mediation.case.states import Outcome, State
from mediation.intake import commands, consent
from mediation.intake.leading import Organ, add_respondent, merge, proceed_severed, redirect
from mediation.intake.rules import Named
from mediation.intake.supplementing import missing_of, need_supplement, supplement
from tests.mediation.clock.test_striking import ring
from tests.mediation.filing import filed, filing, inviting, link_of
from tests.world import NOON, World, sign_in

LATER = NOON + timedelta(days=1)


async def test_what_is_lacking_is_told_once_and_brought_whole(world: World) -> None:
    case = await filed(world)
    with pytest.raises(Unfit):
        await need_supplement(case.code, [" "], by=world.intake, at=LATER)
    await need_supplement(case.code, ["身份证复印件", "漏水照片"], by=world.intake, at=LATER)
    assert [what for _, what, _ in await missing_of(case)] == ["身份证复印件", "漏水照片"]
    with pytest.raises(Unfit) as refusal:
        await supplement(case.code, ["已交窗口"], by=world.lan, at=LATER)
    assert refusal.value.field == "give_2"
    await supplement(case.code, ["已交窗口", "照片三张"], by=world.lan, at=LATER)
    assert (await Case.get(id=case.id)).state is State.REGISTERED
    with pytest.raises(Unfit, match="一次列全"):
        await need_supplement(case.code, ["还要别的"], by=world.intake, at=LATER)


async def test_what_does_not_come_in_time_lapses(world: World) -> None:
    case = await filed(world)
    await need_supplement(case.code, ["照片"], by=world.intake, at=LATER)
    await ring(LATER + timedelta(days=9))
    ended = await Case.get(id=case.id)
    assert (ended.state, ended.outcome) == (State.CLOSED, Outcome.LAPSED)


async def test_a_case_is_led_to_the_body_that_must_decide(world: World) -> None:
    case = await inviting(world)
    with pytest.raises(Unfit) as refusal:
        await redirect(case.code, Organ.GOVERNMENT, must=False, words="去镇政府", by=world.intake, at=LATER)
    assert refusal.value.field == "must"
    with pytest.raises(Unfit):
        await redirect(case.code, None, must=True, words="去镇政府", by=world.intake, at=LATER)
    await redirect(case.code, Organ.GOVERNMENT, must=True, words="请到镇政府自然资源所", by=world.intake, at=LATER)
    ended = await Case.get(id=case.id)
    assert (ended.state, ended.outcome) == (State.REDIRECTED, Outcome.REDIRECTED)
    assert "镇" not in (await CaseNote.get(case_id=case.id)).words
    assert [words for _, words in await notes_of(ended)] == ["请到镇政府自然资源所"]
    assert not await Invitation.filter(party__case_id=case.id, ended_at=None).exists()


async def test_two_filings_of_one_matter_become_one_with_the_earliest_day(world: World) -> None:
    first = await filed(world)
    second = await commands.file(filing(), by=world.lan, community_id=world.community.id, at=LATER)
    with pytest.raises(Unfit):
        await merge(first.code, second.code, same=False, by=world.intake, at=LATER)
    keeper = await merge(first.code, second.code, same=True, words="同一件事报了两次", by=world.intake, at=LATER)
    assert (keeper.id, keeper.filed_at) == (first.id, NOON)
    joined = await Case.get(id=second.id)
    assert (joined.state, joined.merged_into_id) == (State.MERGED, first.id)
    assert (await Case.get(id=first.id)).state is State.REGISTERED


async def test_claims_against_each_other_are_two_matters(world: World) -> None:
    first = await filed(world)
    await Party.filter(case_id=first.id, side=Side.RESPONDENT).update(person_id=world.qiang.id)
    other = await commands.file(filing(), by=world.qiang, community_id=world.community.id, at=LATER)
    with pytest.raises(Unfit, match="各告各的"):
        await merge(other.code, first.code, same=True, by=world.intake, at=LATER)
    with pytest.raises(Unfit, match="查询码"):
        await merge(first.code, first.code, same=True, by=world.intake, at=LATER)
    with pytest.raises(Unfit, match="查询码"):
        await merge(first.code, "HY00000000000", same=True, by=world.intake, at=LATER)


async def severable(world: World, *, needed: bool) -> tuple[Case, Party]:
    """File against 阿强 and another, invite both, and let 阿强 agree."""
    case = await filed(world)
    named = Named(name="小妹", email="mei@example.org")
    other = await add_respondent(case.code, named, needed=needed, by=world.intake, at=NOON)
    await commands.invite(case.code, scope_ok=True, screened=True, by=world.intake, at=NOON)
    first = await Party.get(case_id=case.id, side=Side.RESPONDENT, ordinal=1)
    await Invitation.filter(party_id=other.id).update(token_hash="other")
    await Party.filter(id=first.id).update(will=Will.CONSENTED, person_id=world.qiang.id)
    return case, other


async def test_the_willing_begin_without_who_is_not_needed(world: World) -> None:
    case, other = await severable(world, needed=False)
    with pytest.raises(Unfit) as refusal:
        await proceed_severed(case.code, other.code, written=False, by=world.intake, at=LATER)
    assert refusal.value.field == "written"
    await proceed_severed(case.code, other.code, written=True, by=world.intake, at=LATER)
    assert (await Party.get(id=other.id)).left_at == LATER
    await commands.accept(case.code, by=world.intake, at=LATER)
    assert (await Case.get(id=case.id)).state is State.ASSIGNING


async def test_nobody_begins_without_an_indispensable_party(world: World) -> None:
    case, other = await severable(world, needed=True)
    with pytest.raises(Unfit, match="必要当事人"):
        await proceed_severed(case.code, other.code, written=True, by=world.intake, at=LATER)
    with pytest.raises(Unfit, match="必要当事人"):
        await commands.accept(case.code, by=world.intake, at=LATER)
    with pytest.raises(Hidden):
        await proceed_severed(case.code, "nobody", written=True, by=world.intake, at=LATER)


async def test_an_application_is_taken_back_and_the_links_die(world: World) -> None:
    case = await inviting(world)
    link = await link_of(case)
    await consent.withdraw(case.code, by=world.lan, at=LATER)
    with pytest.raises(Hidden):
        await consent.invited(link, at=LATER)


async def test_the_clerk_and_the_applicant_do_it_on_pages(client: httpx2.AsyncClient, town: World) -> None:
    case = await filed(town)
    here = f"/cases/{case.code}"
    client.cookies.update(await sign_in(town.intake))
    added = await client.post(f"{here}/respondents", data={"name": "小妹", "needed": "true"})
    assert added.status_code == 303
    assert (await client.post(f"{here}/respondents", data={})).status_code == 422
    for step in ("need_supplement", "merge", "redirect"):
        assert (await client.get(f"{here}/steps/{step}")).status_code == 200
    wrong = await client.post(f"{here}/steps/merge", data={"other": "HY0", "same": "true"})
    assert (wrong.status_code, "查询码" in wrong.text) == (422, True)
    assert (await client.post(f"{here}/steps/need_supplement", data={"items": "照片\n收据"})).status_code == 303
    client.cookies.update(await sign_in(town.lan))
    assert "steps/supplement" in (await client.get(here)).text
    page = (await client.get(f"{here}/steps/supplement")).text
    assert "1. 照片" in page
    assert (await client.post(f"{here}/steps/supplement", data={"give_1": "有"})).status_code == 422
    assert (await client.post(f"{here}/steps/supplement", data={"give_1": "有", "give_2": "有"})).status_code == 303
    client.cookies.update(await sign_in(town.intake))
    given = {"organ": "government", "must": "true", "words": "请到镇政府"}
    assert (await client.post(f"{here}/steps/redirect", data=given)).status_code == 303
    client.cookies.update(await sign_in(town.lan))
    assert "请到镇政府" in (await client.get(here)).text
