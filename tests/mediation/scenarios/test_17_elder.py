"""Help for a deaf elder who can neither read nor telephone."""

from datetime import date
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from community.errors import MovedOn, Unfit
from community.notice.models import Mail
from community.people.rules import Level as Strength
from community.record.models import Event as Fact
from community.rights import Role
from mediation.agreement.by_hand import sign_on_paper
from mediation.agreement.queries import out_of, signed_name, witness_of
from mediation.agreement.rules import Capacity, ClauseKind, Line, PaperMark
from mediation.appointment import answering, attending
from mediation.appointment import offering as appointments
from mediation.appointment.attending import Seen
from mediation.appointment.letters import LETTER, token_for
from mediation.appointment.offering import Offer
from mediation.appointment.rules import Came, MeetBy
from mediation.case.keys import opened
from mediation.case.models import Case, Consent, Party, Side
from mediation.case.queries import name_for, parties_of, visible_case
from mediation.case.states import Outcome, State
from mediation.intake import commands
from mediation.intake.models import Assistance
from mediation.intake.rules import Authorised, Filing, Kind, Named
from mediation.parties import commands as parties
from mediation.parties.models import Representative
from mediation.parties.rules import Power, ProxyKind
from tests.mediation.scenarios.play import Play, at, begin, draft
from tests.world import NOON, World, sign_in
from web.mediation.agreement.sheets import sheet_of


async def test_17_a_deaf_elder_and_the_grid_worker(play: Play) -> None:
    grid = await play.person("刘晨", Role.GRID_WORKER)
    other = await play.person("邻居")
    filing = Filing(
        kind=Kind.NEIGHBOURS,
        statement="楼上堆物挡路，出不了门。",
        applicant=Named(name="马福全"),
        respondent=Named(name="邻居", email=other.email),
        told=True,
        helped=True,
        read_back=True,
        authorised=Authorised.FINGERPRINT,
    )
    where = play.world.community.id
    case = await commands.file(filing, by=grid, community_id=where, at=at("2026-06-01"))
    helped = await Assistance.get(case_id=case.id)
    assert (helped.helper_id, helped.authorised, helped.read_back_at) == (
        grid.id,
        Authorised.FINGERPRINT,
        at("2026-06-01"),
    )
    assert (await Consent.get(party__case_id=case.id)).method == "on_behalf"
    case, before = await visible_case(grid, case.code, at=at("2026-06-01"))
    elder = (await parties_of(case))[0]
    assert name_for(before, case, elder) == "马**"
    await play.invite(case, at("2026-06-02"))
    await play.agree(case, other, at("2026-06-03"))
    case = await play.accept(case, at("2026-06-03"))
    case, after = await visible_case(grid, case.code, at=at("2026-06-04"))
    assert name_for(after, case, elder) == elder.sign
    case = await play.lead(case, at("2026-06-04"))
    await _visited(play, case, elder)
    signs: dict[str, Any] = {"by": play.world.mediator, "at": at("2026-06-05")}
    await parties.interpret(case.code, elder.code, "手语老师", "手语", kin=False, sworn=True, **signs)
    mover = Line(kind=ClauseKind.DO, who="R1", whom="A1", what="搬走门口的东西", until=date(2026, 6, 30))
    await play.write(case, draft(mover), at("2026-06-05"))
    with pytest.raises(Unfit, match="当面签字"):
        await play.send_out(case, at("2026-06-05"))
    await play.send_out(case, at("2026-06-05"), by_hand=["A1"])
    given = {"shown": (await out_of(case)).sha256 or "", "name": "马福全", "witness": "手语老师", **signs}
    refusals = [({"name": "别人"}, "name"), ({"shown": "0" * 64}, "form")]
    refusals += [({"witness": each}, "witness") for each in ("吴老师", other.name)]
    for wrong, field in refusals:
        with pytest.raises(Unfit) as refused:
            await sign_on_paper(case.code, elder.code, PaperMark.FINGER, **{**given, **wrong})
        assert refused.value.field == field
    await _no_agent_without_power(case, elder, given)
    mark = await sign_on_paper(case.code, elder.code, PaperMark.FINGER, **given)
    assert (mark.level, mark.signer_id, signed_name(mark), witness_of(mark)) == (
        Strength.S3,
        None,
        "马福全",
        "手语老师",
    )
    with pytest.raises(MovedOn):
        await sign_on_paper(case.code, elder.code, PaperMark.INK, **given)
    await play.sign(case, at("2026-06-05"), other, play.world.mediator)
    case = await play.seal(case, at("2026-06-05 12:10"))
    assert case.state is State.PERFORMING


async def _no_agent_without_power(case: Case, elder: Party, given: dict[str, Any]) -> None:
    """Nobody signs the printed sheet for him without a mandate that says so and still holds."""
    by: dict[str, Any] = {"by": given["by"], "at": at("2026-06-05")}
    asked: list[tuple[set[Power], date | None, str]] = [
        (set(), None, "特别授权"),
        ({Power.SETTLE}, date(2026, 6, 5), "最后一天"),
    ]
    for powers, until, why in asked:
        someone = parties.Someone(name="孙律师", phone="13600136000")
        row = await parties.appoint(case.code, elder.code, someone, ProxyKind.LAWYER, powers, until=until, **by)
        later = {"at": at("2026-06-06")} if until else {}
        with pytest.raises(Unfit, match=why) as refused:
            await sign_on_paper(case.code, elder.code, PaperMark.INK, **{**given, "name": "孙律师", **later})
        assert refused.value.field == "name"
        await Representative.filter(id=row.id).update(ended_at=at("2026-06-05"))


async def _visited(play: Play, case: Case, elder: Party) -> None:
    """Arrange the meeting at the committee with somebody who has neither a telephone nor a mailbox."""
    by: dict[str, Any] = {"by": play.world.mediator, "at": at("2026-06-04 14:00")}
    day = Offer(begins=[at("2026-06-05 09:00")], meet_by=MeetBy.ONSITE, minutes=60, place="居委会一楼，门口有坡道")
    row = await appointments.offer(case.code, day, **by)
    other = await Party.get(case_id=case.id, side=Side.RESPONDENT)
    await answering.answer_by_link(token_for(row, other), [1], by=None, at=at("2026-06-04 15:00"))
    await answering.answer_for(case.code, row.code, elder.code, [1], method="visit", **by)
    await appointments.fix(case.code, row.code, 1, **by)
    assert {mail.to for mail in await Mail.filter(template=LETTER)} == {opened(other, "email")}
    seen = {elder.code: Seen(Came.CAME), other.code: Seen(Came.CAME)}
    await attending.attend(case.code, row.code, seen, by=play.world.mediator, at=at("2026-06-05 09:00"))


async def test_17_a_deaf_elder_stops_by_pointing_at_a_card(
    client: httpx2.AsyncClient, app: Starlette, town: World
) -> None:
    play = await begin(town)
    other = await play.person("邻居")
    me = await play.person("马福全")
    case = await play.talking(me, other, "楼上堆物挡路。", at("2026-06-03"))
    elder = await Party.get(case_id=case.id, side=Side.APPLICANT)
    await Party.filter(id=elder.id).update(person_id=None)
    app.state.clock.move(at("2026-06-04") - NOON)
    client.cookies.update(await sign_in(town.mediator))
    there = f"/cases/{case.code}/stop"
    assert "我不想再调解了" in (await client.get(there)).text
    assert (await client.post(there, data={"party": elder.code})).status_code == 422
    told = {"party": elder.code, "how": "pointed", "witness": "手语老师"}
    assert (await client.post(there, data=told)).status_code == 303
    ended = await Case.get(id=case.id)
    assert (ended.state, ended.outcome) == (State.TERMINATED, Outcome.WITHDRAWN_MIDWAY)
    said = await Consent.filter(party_id=elder.id).order_by("-id").first()
    assert said
    assert (said.act, said.given, said.method) == ("mediate", False, "pointed")
    fact = await Fact.get(kind="case.terminate", subject=case.key)
    assert "手语老师" not in fact.body
    assert '"how":"pointed"' in fact.body
    assert (await client.get(there)).status_code == 404  # there is nothing left to stop
    client.cookies.update(await sign_in(other))
    assert (await client.post(there, data=told)).status_code == 404


async def test_an_agent_signs_the_printed_sheet_and_is_named_as_agent(play: Play) -> None:
    me, other = await play.person("马福全"), await play.person("邻居")
    case = await play.talking(me, other, "楼上堆物挡路。", at("2026-06-04"))
    elder = await Party.get(case_id=case.id, side=Side.APPLICANT)
    mover = Line(kind=ClauseKind.DO, who="R1", whom="A1", what="搬走门口的东西", until=date(2026, 6, 30))
    signs: dict[str, Any] = {"by": play.world.mediator, "at": at("2026-06-05")}
    someone = parties.Someone(name="孙律师", phone="13600136000")
    powers = {Power.SETTLE}
    await parties.appoint(case.code, elder.code, someone, ProxyKind.LAWYER, powers, until=date(2026, 6, 5), **signs)
    await play.write(case, draft(mover), at("2026-06-05"))
    await play.send_out(case, at("2026-06-05"), by_hand=["A1"])
    given = {"shown": (await out_of(case)).sha256 or "", "name": "孙律师", "witness": "吴邻居", **signs}
    mark = await sign_on_paper(case.code, elder.code, PaperMark.INK, **given)
    assert (mark.capacity, mark.party_id) == (Capacity.AGENT, elder.id)
    with pytest.raises(MovedOn):
        await sign_on_paper(case.code, elder.code, PaperMark.INK, **given)
    await play.sign(case, at("2026-06-05"), other, play.world.mediator)
    case = await play.seal(case, at("2026-06-05 12:10"))
    assert case.state is State.PERFORMING
    told: Any = (await sheet_of(case))["sign"]
    assert any("孙律师（委托代理人）" in ink.who for ink in told)
