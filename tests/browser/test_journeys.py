"""Both journeys from their first word to their last, at the windows of all who take part, with and without script."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image
from playwright.async_api import expect
from starlette.applications import Starlette

from deliberation.archive.package import verify
from tests.browser.people import House
from tests.browser.steps import afterwards, deliberation, mediation, moderation
from tests.browser.steps.windows import Street, follow, lacks, link_in_letter, reads
from tests.world import World

ROUGH = "出这种主意的人脑子进水了。"


def picture() -> bytes:
    """Return a small photograph."""
    out = BytesIO()
    Image.new("RGB", (64, 48), "green").save(out, "PNG")
    return out.getvalue()


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def street(app: Starlette, house: House, request: pytest.FixtureRequest) -> Street:
    """Give the served neighbourhood, once with and once without JavaScript."""
    return Street(house, app, javascript=request.param)


async def test_a_neighbourhood_decides(street: Street, town: World) -> None:
    lan, qiang, xiu, zhao = [await street.window(person) for person in town.residents]
    clerk, moderator, supervisor = [
        await street.window(person, "desk") for person in (town.clerk, town.moderator, town.supervisor)
    ]
    await deliberation.open_the_meeting(clerk)

    url = await deliberation.propose(lan)
    await street.looks_well(lan)
    for neighbour in (qiang, xiu, zhao):
        await deliberation.second(neighbour, url)
    await deliberation.say(qiang, url, "赞成", "早该建了。")

    await deliberation.say(zhao, url, "反对", ROUGH)
    await moderation.report(xiu, url, ROUGH)
    await moderation.hide(moderator, ROUGH)
    await lan.goto(url)
    await lacks(lan, ROUGH)
    await street.deliver()
    await moderation.learn_why_and_appeal(zhao)
    await moderation.decide_appeal(supervisor)
    await lan.goto(url)
    await reads(lan, ROUGH)

    await deliberation.accept(clerk, url)
    await deliberation.record_study(moderator, url, "2026-05-04")
    for party, capacity in ((lan, "提议人"), (clerk, "主持人")):
        await deliberation.declare_nothing(party, url, capacity)
    await deliberation.host(clerk, url, "2026-05-04")
    await deliberation.announce(clerk, url, "2026-05-16", "2026-05-20")
    await street.looks_well(clerk)

    await street.wait(days=12)
    link = await link_in_letter(qiang, town.qiang, "/v/")
    by_mail = await street.window()
    await by_mail.goto(link)
    ballot = by_mail.url.removesuffix("/vote")
    await reads(by_mail, "不用登录")
    await street.looks_well(by_mail)
    await deliberation.vote(by_mail, "赞成")
    for voter, choice in ((lan, "赞成"), (xiu, "反对")):
        await voter.goto(f"{ballot}/vote")
        await deliberation.vote(voter, choice)
    await xiu.get_by_role("link", name="现在就改").click()
    await reads(xiu, "您投过了：反对")
    await deliberation.vote(xiu, "赞成")

    await street.wait(days=5)
    await zhao.goto(f"{ballot}/vote")
    await reads(zhao, "已经截止")
    await deliberation.count(clerk, ballot)
    await reads(clerk, "老陈")
    await deliberation.count(supervisor, ballot)
    anybody = await street.window()
    await anybody.goto(f"{ballot}/result")
    await expect(anybody.locator("h1")).to_contain_text("通过")
    await reads(anybody, "3 人 / 4 人", "法", "条")
    await lacks(anybody, "记名的票")
    await street.looks_well(anybody)


async def test_two_neighbours_settle_a_quarrel(street: Street, town: World) -> None:
    live = street.javascript
    lan, qiang, outbox = [await street.window(person) for person in (town.lan, town.qiang, None)]
    intake, director, mediator = [
        await street.window(person, "desk") for person in (town.intake, town.director, town.mediator)
    ]
    case = await mediation.file(lan, town.qiang.email)
    await mediation.invite(intake, case)
    await street.looks_well(intake)
    await street.deliver()
    await mediation.consent(qiang, await link_in_letter(outbox, town.qiang, "/i/"))
    await mediation.accept(intake, case)
    await mediation.assign(director, case, town.mediator.name)

    for page in (lan, qiang):
        await mediation.enter(page, case, "大家一起")
    await mediation.enter(mediator, case, "三方一起")
    await mediation.say(lan, "吊顶都塌了，您看怎么办。", live=live)
    await mediation.hear(qiang, "吊顶都塌了，您看怎么办。", live=live)
    await mediation.say(qiang, "水管我来换。", live=live)
    for page in (lan, mediator):
        await mediation.hear(page, "水管我来换。", live=live)
    await mediation.say(mediator, "好，那就写下来。", live=live)
    for page in (lan, qiang):
        await mediation.hear(page, "好，那就写下来。", live=live)
    await street.looks_well(lan)

    await mediation.enter(lan, case, "只和调解员")
    await mediation.say(lan, "钱我可以不要，他别生气就好。", live=live)
    await mediation.enter(mediator, case, "只和阿兰")
    await mediation.hear(mediator, "钱我可以不要，他别生气就好。", live=live)
    behind_the_door = lan.url
    await qiang.goto(case)
    await expect(qiang.locator("main")).not_to_contain_text("只和阿兰")
    answer = await qiang.goto(behind_the_door)
    assert answer
    assert answer.status == 404
    await lacks(qiang, "钱我可以不要")

    await mediation.write_agreement(mediator, case)
    for page, person in ((lan, town.lan), (qiang, town.qiang), (mediator, town.mediator)):
        await mediation.sign(page, case, person.name, outbox)
    await street.looks_well(qiang)
    await director.goto(f"{case}/agreement")
    await lacks(director, "盖章，让协议生效")
    await street.wait(minutes=10)
    await mediation.seal(director, case, outbox)
    await street.looks_well(director)

    await street.wait(days=3)
    await mediation.confirm_kept(lan, case)
    await mediation.visit_and_close(mediator, case)
    await qiang.goto(case)
    await reads(qiang, "达成书面协议", "这件事已经办完")
    await lacks(qiang, "起诉")
    await follow(qiang, "看协议")
    await reads(qiang, "已生效", mediation.REPAIR)


async def test_what_was_returned_is_reinstated_on_appeal(street: Street, town: World) -> None:
    lan, qiang, xiu, zhao = [await street.window(person) for person in town.residents]
    clerk, supervisor = [await street.window(person, "desk") for person in (town.clerk, town.supervisor)]
    await deliberation.open_the_meeting(clerk)
    url = await deliberation.propose(lan)
    for neighbour in (qiang, xiu, zhao):
        await deliberation.second(neighbour, url)
    await afterwards.send_back(clerk, url, "不属于居民会议的事，请找物业。")
    await street.looks_well(clerk)
    await street.deliver()
    await lan.goto("/inbox")
    await follow(lan, "退回")
    await afterwards.appeal(lan, url, "车棚是公共部分，该由大家商量。")
    await street.looks_well(lan)
    await clerk.goto(f"{url}/appeal")
    await expect(clerk.get_by_role("radio", name="申诉成立")).to_have_count(0)
    await afterwards.reinstate(supervisor, url, "属于居民会议职权，请受理。")
    await street.looks_well(supervisor)
    await street.deliver()
    await lan.goto(url)
    await reads(lan, "党组织研究")
    anybody = await street.window()
    await anybody.goto(f"{url}/appeal")
    await reads(anybody, "申诉成立", "属于居民会议职权，请受理。", "不属于居民会议的事，请找物业。")


async def test_a_matter_goes_from_a_draft_on_a_telephone_to_its_file(
    street: Street, town: World, tmp_path: Path
) -> None:
    lan, qiang, xiu, zhao = [await street.window(person) for person in town.residents]
    clerk, moderator, supervisor = [
        await street.window(person, "desk") for person in (town.clerk, town.moderator, town.supervisor)
    ]
    await deliberation.open_the_meeting(clerk)
    url = await deliberation.propose(lan)
    for neighbour in (qiang, xiu, zhao):
        await deliberation.second(neighbour, url)
    await deliberation.accept(clerk, url)
    await deliberation.record_study(moderator, url, "2026-05-04")
    for party, capacity in ((lan, "提议人"), (clerk, "主持人")):
        await deliberation.declare_nothing(party, url, capacity)
    await deliberation.host(clerk, url, "2026-05-04")
    await deliberation.announce(clerk, url, "2026-05-16", "2026-05-20")
    await street.wait(days=12)
    for voter in (lan, qiang, xiu):
        await voter.goto(url)
        await follow(voter, "去投票")
        await deliberation.vote(voter, "赞成")
    ballot = lan.url.partition("/receipts")[0]
    await street.wait(days=5)
    for teller in (clerk, supervisor):
        await deliberation.count(teller, ballot)
    await street.wait(days=16)
    await lan.goto(url)
    await reads(lan, "已通过")

    await afterwards.plan(clerk, url, "幸福里社区居民委员会", "老陈", ("2026-06-20", "2026-07-10"))
    await street.looks_well(clerk)
    proof = tmp_path / "done.png"
    proof.write_bytes(picture())
    await afterwards.finish_step(clerk, url, proof)
    await afterwards.report(clerk)
    await street.deliver()
    for neighbour in (lan, qiang, xiu):
        await afterwards.judge(neighbour, url, "满意")
    await street.looks_well(xiu)
    await street.wait(days=16)
    await afterwards.put_away(clerk, url)
    await street.looks_well(clerk)

    anybody = await street.window()
    file = await afterwards.take_file(anybody, url, tmp_path)
    found, faults = verify(file)
    assert faults == []
    await reads(anybody, found)
    await street.looks_well(anybody)
    words = b"".join(ZipFile(file).read(name) for name in ZipFile(file).namelist()).decode(errors="ignore")
    assert deliberation.TITLE in words
    for person in town.residents:
        assert person.email not in words
