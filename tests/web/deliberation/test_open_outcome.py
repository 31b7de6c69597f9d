"""What became of a decision, and what was hung up, as open data: the page's five-answer rule, nobody's name."""

import httpx2

from deliberation.matter.states import Actor
from deliberation.outcome import doing, judging, watching
from deliberation.outcome.answering import answer
from deliberation.outcome.models import Evaluation
from deliberation.publicity.models import Objection, Publication
from deliberation.publicity.objecting import object_to
from deliberation.publicity.opening import prove
from deliberation.publicity.rules import Verdict
from tests.deliberation.outcome.stage import BEGIN, DAY, all_done, executing, hung, picture
from tests.deliberation.stage import AFTER, tick
from tests.world import World
from web.clock import Clock

SAID = "我家的票好像没有算进去。"


async def test_an_outcome_is_open_without_names_and_few_answers(client: httpx2.AsyncClient, town: World) -> None:
    matter, execution, people = await executing(town, 6)
    await watching.note(matter.id, Actor.EXECUTOR, "请说明为什么晚了。", days=5, by=town.supervisor, at=BEGIN)
    await all_done(town, execution, BEGIN + DAY)
    asked = await doing.report(matter.id, "六十个充电位都能用了。", by=town.clerk, at=BEGIN + DAY)
    for each in people[:4]:
        await judging.evaluate(matter.id, 5, "很方便。", by=each.person, at=BEGIN + DAY)
    url = f"/api/v1/matters/{matter.id}/outcome"
    running = (await client.get(url)).json()["evaluations"][0]
    assert (running["spread"], running["words"], running["asked"]) == (None, [], asked.asked)
    await tick(asked.closes_at)
    few = (await client.get(url)).json()["evaluations"][0]
    assert (few["answered"], few["spread"], few["words"]) == (4, None, [])
    [listed] = (await client.get(f"/api/v1/outcomes?community={town.community.code}")).json()["items"]
    assert (listed["matter"], listed["budget"], listed["done"], listed["steps"]) == (matter.id, 8_600_000, 2, 2)
    shown = await client.get(url)
    got = shown.json()
    assert [each["unit"] for each in got["execution"]["plans"]] == [town.residents_committee.name]
    assert [(each["spent"], len(each["files"])) for each in got["execution"]["steps"]] == [(1_000_000, 1)] * 2
    assert [(each["office"], each["source"], each["words"]) for each in got["notes"]] == [
        ("executor", "hand", "请说明为什么晚了。")
    ]
    assert not [name for name in (town.clerk.name, town.supervisor.name) if name in shown.text]
    assert (await client.get("/api/v1/matters/4711/outcome")).status_code == 404


async def test_five_answers_are_shown_and_hidden_words_are_not(client: httpx2.AsyncClient, town: World) -> None:
    matter, execution, people = await executing(town, 6)
    await all_done(town, execution, BEGIN + DAY)
    asked = await doing.report(matter.id, "六十个充电位都能用了。", by=town.clerk, at=BEGIN + DAY)
    for number, each in enumerate(people[:5], 1):
        await judging.evaluate(matter.id, number, f"给 {number} 分。", by=each.person, at=BEGIN + DAY)
    seat = await (await Evaluation.get()).seats.filter(score=1).first()  # type: ignore[attr-defined]
    await seat.update_from_dict({"hidden_at": BEGIN, "hidden_why": "M3"}).save()
    await tick(asked.closes_at)
    [found] = (await client.get(f"/api/v1/matters/{matter.id}/outcome")).json()["evaluations"]
    assert found["spread"] == [1, 1, 1, 1, 1]
    assert {"words": None, "hidden": "M3"} in found["words"]
    assert "给 1 分" not in str(found)


async def test_publications_tell_what_the_checker_finds(client: httpx2.AsyncClient, town: World, clock: Clock) -> None:
    matter, _, people = await executing(town)
    row = await hung(matter.id)
    filed = await object_to(row.id, SAID, by=people[0].person, at=AFTER + DAY)
    await answer(filed.id, Verdict.DISMISSED, "查过了，算进去了。", by=town.moderator, at=AFTER + DAY)
    first = (await client.get("/api/v1/publications")).json()["items"]
    assert [each["id"] for each in first] == sorted((each["id"] for each in first), reverse=True)
    lacking = (await client.get("/api/v1/publications?lacking=true&kind=result")).json()["items"]
    assert [(each["id"], each["check"]["lacking"], each["check"]["photos"]) for each in lacking] == [(row.id, True, 0)]
    taken = row.starts_at + DAY
    await prove(row.id, "东门", await picture(town.clerk, taken), taken_at=taken, by=town.clerk, at=taken)
    clock.move(row.ends_at - clock.now() + DAY)
    got = await client.get(f"/api/v1/publications/{row.id}")
    shown = got.json()
    assert (shown["check"]["long_enough"], shown["check"]["over"], shown["check"]["lacking"]) == (True, True, False)
    assert [each["board"] for each in shown["photographs"]] == ["东门"]
    assert [(each["words"], each["verdict"], each["overdue"]) for each in shown["objections"]] == [
        (SAID, "dismissed", False)
    ]
    assert people[0].person.name not in got.text
    await Objection.filter(id=filed.id).update(hidden_at=taken, hidden_why="M2")
    hidden = (await client.get(f"/api/v1/publications/{row.id}")).json()["objections"]
    assert [(each["words"], each["hidden"]) for each in hidden] == [(None, "M2")]
    assert (await client.get("/api/v1/publications?community=000000000000")).json()["items"] == []


async def test_a_long_list_is_read_page_by_page(client: httpx2.AsyncClient, town: World) -> None:
    matter, _, _ = await executing(town)
    row = await hung(matter.id)
    plain = {name: getattr(row, name) for name in ("community_id", "place_id", "days", "starts_at", "ends_at", "kind")}
    await Publication.bulk_create([Publication(**plain, subject=f"bill-{n}", title="账目") for n in range(40)])
    first = (await client.get("/api/v1/publications")).json()
    rest = (await client.get(f"/api/v1/publications?cursor={first['next']}")).json()
    seen = [each["id"] for each in [*first["items"], *rest["items"]]]
    assert (rest["next"], len(seen)) == (None, await Publication.all().count())
    assert seen == sorted(set(seen), reverse=True)
    for path in ("publications", "outcomes"):
        assert (await client.get(f"/api/v1/{path}?cursor=nonsense")).status_code == 422
    promised = (await client.get("/api/v1/outcomes")).json()
    assert ([each["matter"] for each in promised["items"]], promised["next"]) == ([matter.id], None)
