"""What owners see: two flats and one vote, a co-owner who differs, a vote that was lent; what clerks see at doors."""

import re

import httpx2
from starlette.applications import Starlette

from community.notice.models import Notice
from community.people.models import Person
from community.people.password import hash_of
from deliberation.ballot.compare import Switch
from deliberation.ballot.models import Ballot, Paper
from deliberation.ballot.votes import Choice
from deliberation.body.models import Body, RollVersion
from deliberation.delivery.models import BallotDelivery
from deliberation.mandate.models import Mandate
from tests.deliberation.stage import AFTER, VOTING, Settled, empty, finalised, own, settle, tick, vote
from tests.web.deliberation.ballot.examples import GENERAL, fill, heads_of, homes, night, open_one, read_as
from tests.world import NOON, World, sign_in
from web.clock import Clock
from web.courier import duties, once

Client = httpx2.AsyncClient


async def street(town: World, clock: Clock, *switches: Switch) -> tuple[Ballot, list[Settled]]:
    """Six single owners; the seventh owns two flats; the eighth and ninth share one."""
    await empty(town)
    people = await settle(town, 9)
    await homes(town, people[:6], area=100_00)
    await own(town, [people[6]], area=80_00, count=2, prefix="two-")
    await own(town, people[7:9], area=90_00, prefix="both-")
    ballot = await open_one(town, [each.person for each in people], read_as(GENERAL, *switches))
    clock.move(VOTING - NOON)
    return ballot, people


async def test_two_flats_of_one_owner_are_one_vote_and_the_page_says_why(
    client: Client, town: World, clock: Clock
) -> None:
    ballot, people = await street(town, clock)
    client.cookies.update(await sign_in(people[6].person))
    page = (await client.get(f"/ballots/{ballot.id}/homes")).text
    assert "您一共代表 1 票。" in page
    assert "这 2 处的业主是同一位或者同几位，合起来是一票，面积 160.00" in page
    assert "几处房子的业主完全相同，才合并算一票。" in page


async def test_co_owners_who_differ_are_both_told_what_to_do_and_until_when(
    app: Starlette, client: Client, town: World, clock: Clock
) -> None:
    ballot, people = await street(town, clock)
    one, other = people[7], people[8]
    (head,) = await heads_of(ballot, [one])
    for each, choice in ((one, "yes"), (other, "no")):
        client.cookies.update(await sign_in(each.person))
        sent = await client.post(f"/ballots/{ballot.id}/vote", data={"head": head, "choice": choice})
        assert sent.status_code == 303
    await once([duty for duty in duties(app) if duty.name != "mail"], clock)
    told = await Notice.filter(url=f"/ballots/{ballot.id}/homes")
    assert {notice.person_id for notice in told} == {one.person.id, other.person.id}
    page = (await client.get(f"/ballots/{ballot.id}/homes")).text
    assert "您家共有人投得不一样，这一票现在先不算。" in page
    assert "截止，到时候还不一样，由计票人记为无效票。" in page
    await client.post(f"/ballots/{ballot.id}/vote", data={"head": head, "choice": "yes"})
    assert "投得不一样" not in (await client.get(f"/ballots/{ballot.id}/homes")).text


async def test_a_vote_is_lent_with_a_password_and_cast_with_others_in_one_form(
    client: Client, town: World, clock: Clock
) -> None:
    ballot, people = await street(town, clock)
    agent = people[5]
    for each, how in ((people[0], ""), (people[1], "no")):
        await Person.filter(id=each.person.id).update(password_hash=await hash_of("a long pass phrase"))
        (head,) = await heads_of(ballot, [each])
        form = {"head": head, "agent": agent.person.email, "instruction": how, "method": "password"}
        client.cookies.update(await sign_in(each.person))
        wrong = await client.post(f"/ballots/{ballot.id}/mandates", data={**form, "typed": "not it at all"})
        assert (wrong.status_code, await Mandate.filter(head_id=head).count()) == (422, 0)
        given = await client.post(f"/ballots/{ballot.id}/mandates", data={**form, "typed": "a long pass phrase"})
        assert given.status_code == 303
    client.cookies.update(await sign_in(agent.person))
    page = (await client.get(f"/ballots/{ballot.id}/mandates")).text
    names = sorted(set(re.findall(r'name="(choice-[^"]+)"', page)))
    assert len(names) == 2
    assert not re.search(r'name="choice-[^>]*checked', page)
    first, second = await Mandate.filter(ballot_id=ballot.id).order_by("id")
    bad = await client.post(
        f"/ballots/{ballot.id}/mandates/votes", data={f"choice-{first.code}": "yes", f"choice-{second.code}": "yes"}
    )
    assert (bad.status_code, await Paper.all().count()) == (422, 0)
    good = await client.post(
        f"/ballots/{ballot.id}/mandates/votes", data={f"choice-{first.code}": "yes", f"choice-{second.code}": "no"}
    )
    assert (good.status_code, await Paper.all().count()) == (303, 2)
    client.cookies.update(await sign_in(people[0].person))
    assert "已经有人代这一票投过：赞成" in (await client.get(f"/ballots/{ballot.id}/vote")).text


async def test_the_clerk_sees_who_is_missing_and_never_how_anybody_voted(
    client: Client, town: World, clock: Clock
) -> None:
    ballot, people = await street(town, clock, Switch.MAJORITY)
    await vote(ballot, people[:2], Choice.NO)
    client.cookies.update(await sign_in(town.clerk))
    address = f"/ballots/{ballot.id}/deliveries"
    whole = (await client.get(address)).text
    assert "还要送的面积：650.00" in whole
    door = (await client.get(f"{address}/building?building=1号楼")).text
    assert "请注意：这次表决票送到您手里以后" in door
    assert "反对" not in whole + door
    (head,) = await heads_of(ballot, [people[2]])
    batch = re.search(r'name="batch" value="([^"]+)"', door)
    assert batch
    form = {"heads": head, "how": "signed", "served_at": "2026-06-02T11:30", "batch": batch[1], "warned": "on"}
    scan = {"file": ("scan.pdf", b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n", "application/pdf")}
    for _ in range(2):  # the line was bad, and the form was sent again
        done = await client.post(f"{address}/building?building=1号楼", data=form, files=scan)
        assert done.status_code == 303
    assert await BallotDelivery.filter(ballot_id=ballot.id).count() == 1
    row = await BallotDelivery.get(ballot_id=ballot.id)
    assert (row.head_id, row.warned, bool(row.sha256)) == (head, True, True)
    assert (await client.get(f"/files/{row.file}")).status_code == 200
    assert "送到了" in (await client.get(f"{address}/building?building=1号楼")).text
    assert "请领到表决票的住户签字" in (await client.get(f"{address}/sheets?building=1号楼")).text
    client.cookies.update(await sign_in(people[0].person))
    assert (await client.get(address)).status_code == 403
    assert (await client.get(f"/files/{row.file}")).status_code == 404


async def test_signing_in_and_looking_is_being_served_where_the_rule_says_so(
    client: Client, town: World, clock: Clock
) -> None:
    ballot, people = await street(town, clock, Switch.ABSTAIN)
    client.cookies.update(await sign_in(people[0].person))
    for _ in range(2):
        assert (await client.get(f"/ballots/{ballot.id}/vote")).status_code == 200
    assert [row.how.value for row in await BallotDelivery.all()] == ["login"]
    plain = (await client.get(f"/api/v1/ballots/{ballot.id}/deliveries")).json()
    assert (plain["silence"], plain["heads"], plain["served"], plain["waiting"]) == ("abstain", 8, 1, 7)


async def test_looking_is_nothing_where_silence_counts_for_nothing(client: Client, town: World, clock: Clock) -> None:
    ballot, people = await street(town, clock)
    client.cookies.update(await sign_in(people[0].person))
    await client.get(f"/ballots/{ballot.id}/vote")
    assert await BallotDelivery.all().count() == 0


async def test_what_if_before_and_comparison_after(client: Client, town: World, clock: Clock) -> None:
    ballot, people = await street(town, clock)
    assert (await client.get(f"/ballots/{ballot.id}/compare")).status_code == 404
    page = (await client.get(f"/ballots/{ballot.id}/what-if?yes=4&no=1&silent=1")).text
    assert "送达后不表态算弃权会改变结果。" in page
    assert "公示的算法" in page
    assert "加起来比名册上的还多" in (await client.get(f"/ballots/{ballot.id}/what-if?yes=9")).text
    assert "这里要填一个整数" in (await client.get(f"/ballots/{ballot.id}/what-if?yes=viele")).text
    await fill(ballot, people[:6], Choice.YES)
    clock.move(AFTER - VOTING)
    await tick(AFTER)
    await night(client, town, ballot)
    assert "换哪一种算法，结果都一样" in (await client.get(f"/ballots/{ballot.id}/compare")).text
    found = (await client.get(f"/api/v1/ballots/{ballot.id}/readings")).json()
    assert found["readings"][0]["reading"] == ""
    assert found["readings"][0]["lines"][0]["numerator"] == 6
    assert (await client.get(f"/ballots/{ballot.id}/what-if")).status_code == 404


async def test_the_notice_takes_its_readings_from_the_rules_of_procedure(
    client: Client, town: World, clock: Clock
) -> None:
    ballot, people = await street(town, clock, Switch.PARKING_IN_AREA)
    notice = (await client.get(f"/ballots/{ballot.id}/notice")).text
    assert "车位面积不计入。" in notice
    assert "不表态的不算参加。" in notice
    again = await open_one_more(town, people)
    client.cookies.update(await sign_in(town.clerk))
    page = (await client.get(f"/matters/{again}/announcement")).text
    assert "照议事规则第 1 版办" in page
    form = {"weight": "general", "effect": "binding", "opens_on": "2026-06-22", "closes_on": "2026-06-28"}
    sent = await client.post(f"/matters/{again}/announcement", data={**form, "readings": "ABSTAIN"})
    assert sent.status_code == 422
    sent = await client.post(f"/matters/{again}/announcement", data={**form, "extend_days": "7"})
    assert sent.status_code == 303
    made = await Ballot.get(matter_id=again)
    assert ('"parking_in_area":false' in made.rule_json, made.extend_days) == (True, 7)


async def open_one_more(town: World, people: list[Settled]) -> int:
    """Take another matter of the same body to its frozen words."""
    body = await Body.all().select_related("place").get()
    matter = await finalised(town, body, await RollVersion.get(), [each.person for each in people])
    return matter.id
