"""The deeds of a matter's life through the API: what a resident's and an office's program do, each with its scope."""

from collections.abc import Mapping
from typing import Any

import httpx2

from community.moderation.models import Report
from community.people.models import Person
from community.tokens.commands import make
from community.tokens.rules import Scope
from deliberation.calls.asking import ask_answer
from deliberation.matter.models import Amendment, Matter
from deliberation.outcome import doing
from deliberation.publicity.models import Publication
from tests.deliberation.outcome.stage import BEGIN, all_done, executing
from tests.deliberation.stage import TEXT, body_of, deliberating, opened, proposed
from tests.world import NOON, World
from web.api.routes import CALLS
from web.clock import Clock

ROOT = "/api/v1"
WRITTEN = {"title": TEXT.title, "what": TEXT.what, "cost": TEXT.cost, "who": TEXT.who, "body": TEXT.body}
TRIED = frozenset(
    {
        "draftMatter", "reviseMatter", "submitMatter", "withdrawMatter", "screenMatter", "answerAmendment",
        "takeBackAmendment", "writeComment", "rewordComment", "markHelpful", "unmarkHelpful", "showComment",
        "listArguments", "noteOpinion", "answerOpinion", "answerCall", "objectToPublication", "judgeMatter", "report",
    }
)  # fmt: skip
"""Calls that are tried here, each where the road of a matter allows it."""


class Program:
    """Somebody's program: it holds one token, and every answer is checked against the declared type."""

    def __init__(self, client: httpx2.AsyncClient, person: Person) -> None:
        self.client, self.person = client, person
        self.tried: set[str] = set()

    async def do(self, name: str, path: str, given: Mapping[str, object] | None = None) -> Any:  # noqa: ANN401 - JSON
        call = next(each for each in CALLS if each.name == name)
        headers = {}
        if call.scope:
            secret = await make(name, [call.scope], days=30, by=self.person, at=NOON)
            headers = {"Authorization": f"Bearer {secret}"}
        answer = await self.client.request(call.method, ROOT + path, headers=headers, json=dict(given or {}))
        assert answer.status_code == call.status, (name, answer.text)
        call.answer.model_validate_json(answer.text)
        self.tried.add(name)
        return answer.json()

    async def refused(self, scope: Scope, path: str, given: Mapping[str, object] | None = None) -> int:
        secret = await make("别的", [scope], days=30, by=self.person, at=NOON)
        headers = {"Authorization": f"Bearer {secret}"}
        answer = await self.client.post(ROOT + path, headers=headers, json=dict(given or {}))
        assert answer.headers["content-type"] == "application/problem+json"
        return answer.status_code


async def test_a_proposal_goes_from_draft_to_screening_by_programs(town: World, client: httpx2.AsyncClient) -> None:
    body, _ = await body_of(town)
    lan, office = Program(client, town.lan), Program(client, town.clerk)
    made = await lan.do("draftMatter", "/matters", {**WRITTEN, "meeting": body.id})
    path = f"/matters/{made['id']}"
    assert (await client.get(ROOT + path)).status_code == 404, "a draft is its author's alone"
    await lan.do("reviseMatter", f"{path}/text", {**WRITTEN, "what": "拆掉旧车棚，建七十个充电位。"})
    assert (await lan.do("submitMatter", f"{path}/submission"))["state"] == "endorsing"
    assert await office.refused(Scope.MATTERS_PROPOSE, f"{path}/withdrawal") in (403, 404), "not its author"
    other = await proposed(body, town.qiang)
    gone = Program(client, town.qiang)
    assert (await gone.do("withdrawMatter", f"/matters/{other.id}/withdrawal"))["state"] == "withdrawn"
    await Matter.filter(id=made["id"]).update(state="screening")
    assert await lan.refused(Scope.MATTERS_HOST, f"{path}/screening", {"accepted": "yes"}) == 403
    assert (await office.do("screenMatter", f"{path}/screening", {"accepted": "yes"}))["state"] == "party_study"


async def test_a_discussion_is_held_by_programs(town: World, client: httpx2.AsyncClient) -> None:
    body, _ = await body_of(town)
    matter = await deliberating(town, body, town.lan)
    path = f"/matters/{matter.id}/comments"
    lan, qiang = Program(client, town.lan), Program(client, town.qiang)
    said = await lan.do("writeComment", path, {"position": "for", "words": "早该建了，楼道里太险。"})
    one = f"{path}/{said['code']}"
    await qiang.do("writeComment", path, {"position": "against", "words": "钱从哪里来？", "answers": said["code"]})
    await lan.do("rewordComment", f"{one}/words", {"words": "早该建了，楼道里充电太险。"})
    assert (await qiang.do("markHelpful", f"{one}/helpful"))["helpful"] == 1
    assert (await qiang.do("unmarkHelpful", f"{one}/helpful/end"))["helpful"] == 0
    thread = await qiang.do("showComment", one)
    assert [each["words"] for each in thread["answers"]] == ["钱从哪里来？"]
    assert [each["words"] for each in thread["earlier"]] == ["早该建了，楼道里太险。"]
    sides = await qiang.do("listArguments", f"/matters/{matter.id}/arguments")
    assert ([each["code"] for each in sides["pro"]], sides["con"], sides["more"]) == ([said["code"]], [], False)
    assert await lan.refused(Scope.MATTERS_AMEND, path, {"position": "for", "words": "再说一句。"}) == 403
    assert await qiang.refused(Scope.COMMENTS_WRITE, f"{one}/words", {"words": "不是我写的。"}) == 403
    assert town.lan.name not in str(thread)


async def test_amendments_and_dissents_are_answered_by_programs(town: World, client: httpx2.AsyncClient) -> None:
    body, _ = await body_of(town)
    matter = await deliberating(town, body, town.lan)
    path = f"/matters/{matter.id}"
    lan, qiang, host = (Program(client, each) for each in (town.lan, town.qiang, town.clerk))
    given = {"part": "p1", "version": matter.version, "reason": "原来看不懂。"}
    three = [{**given, "words": words} for words in ("写得更清楚。", "写得更短。", "再想一想。")]
    codes = [(await qiang.do("amendMatter", f"{path}/amendments", each))["code"] for each in three]
    back = await qiang.do("takeBackAmendment", f"{path}/amendments/{codes[0]}/withdrawal")
    assert back["state"] == "taken_back"
    one = f"{path}/amendments/{codes[1]}/answer"
    assert await qiang.refused(Scope.MATTERS_HOST, one, {"how": "no", "answer": "不归我。"}) == 403
    assert await lan.refused(Scope.MATTERS_HOST, one, {"how": "no"}) == 422, "no is said with a reason"
    assert await lan.refused(Scope.MATTERS_HOST, f"/matters/999{path[-1]}/amendments/{codes[1]}/answer") == 422
    no = await lan.do("answerAmendment", one, {"how": "no", "answer": "原文已经写明。"})
    assert (no["state"], no["answer"]) == ("declined", "原文已经写明。")
    yes = await lan.do("answerAmendment", f"{path}/amendments/{codes[2]}/answer", {"how": "words"})
    assert (yes["state"], yes["became"]) == ("adopted", matter.version + 1)
    assert await Amendment.filter(state="open").count() == 0
    noted = await host.do("noteOpinion", f"{path}/opinions", {"kind": "dissent", "words": "怕噪声太大。"})
    told = await host.do("answerOpinion", f"{path}/opinions/{noted['code']}/answer", {"answer": "晚十点以后断电。"})
    assert told["answer"] == "晚十点以后断电。"


async def test_offices_and_residents_do_the_rest_by_programs(town: World, client: httpx2.AsyncClient) -> None:
    body, roll = await body_of(town)
    ballot = await opened(town, body, roll, town.residents)
    hung = await Publication.filter(matter_id=ballot.matter_id).first()
    assert hung
    xiu, clerk = Program(client, town.xiu), Program(client, town.clerk)
    against = await xiu.do("objectToPublication", f"/publications/{hung.id}/objections", {"words": "没有贴在三号楼。"})
    await xiu.do("report", "/reports", {"about": f"objection-{against['id']}", "reason": "M2", "words": "骂人。"})
    assert await Report.filter(subject=f"objection-{against['id']}").count() == 1
    asked = await deliberating(town, body, town.lan)
    call = await ask_answer(asked.id, town.residents_committee.code, "公共收益有多少？", by=town.lan, at=NOON)
    told = await clerk.do("answerCall", f"/calls/{call.id}/answer", {"words": "账上有十二万元。"})
    assert (told["answer"], told["late"]) == ("账上有十二万元。", False)


async def test_what_was_done_is_judged_by_programs(town: World, client: httpx2.AsyncClient, clock: Clock) -> None:
    matter, execution, people = await executing(town)
    await all_done(town, execution, BEGIN)
    await doing.report(matter.id, "六十个充电位都能用了。", by=town.clerk, at=BEGIN)
    judge = Program(client, people[0].person)
    given = {"score": 5, "words": "办得好。"}
    assert await judge.do("judgeMatter", f"/matters/{matter.id}/evaluations", given) == {"heads": 1}
    assert clock.now() < BEGIN
