"""Comments, opinions, bodies and objections as open data."""

import httpx2

from deliberation.body.correcting import hung
from deliberation.debate import opinions
from deliberation.debate.commands import comment
from deliberation.debate.marking import mark_helpful
from deliberation.debate.models import Comment
from deliberation.debate.rules import Accord, Position
from deliberation.publicity.objecting import object_to
from tests.deliberation.stage import body_of, deliberating
from tests.world import NOON, World


async def test_what_was_said_and_agreed_is_open_without_names(client: httpx2.AsyncClient, town: World) -> None:
    body, _ = await body_of(town)
    matter = await deliberating(town, body, town.qiang)
    said = await comment(matter.id, Position.AGAINST, "离二号楼太近了。", by=town.lan, at=NOON)
    other = await comment(matter.id, Position.FOR, "早该建了。", by=town.xiu, at=NOON)
    await mark_helpful(said.code, by=town.qiang, at=NOON)
    noted = await opinions.note(matter.id, Accord.DISSENT, "", comment=said.code, by=town.clerk, at=NOON)
    url = f"/api/v1/matters/{matter.id}"
    first = (await client.get(f"{url}/comments")).json()
    assert [each["code"] for each in first["items"]] == [other.code, said.code]
    only = (await client.get(f"{url}/comments?position=against")).json()["items"]
    assert [(each["helpful"], each["words"]) for each in only] == [(1, said.words)]
    found = (await client.get(f"{url}/opinions")).json()
    assert (found["open"], found["items"][0]["code"], found["items"][0]["answer"]) == (1, noted.code, "")
    await Comment.filter(id=said.id).update(hidden_at=NOON)
    for path in ("comments", "opinions"):
        text = (await client.get(f"{url}/{path}")).text
        assert said.words not in text
        assert "阿兰" not in text


async def test_bodies_and_objections_are_open_without_words(client: httpx2.AsyncClient, town: World) -> None:
    body, roll = await body_of(town)
    await object_to((await hung(roll)).id, "我住 302，名册上没有我。", by=town.stranger, at=NOON)
    listed = (await client.get(f"/api/v1/bodies?community={town.community.code}")).json()["items"]
    assert [(each["id"], each["kind"], each["source"]) for each in listed] == [
        (body.id, "residents_assembly", "居委会法 26、27")
    ]
    shown = (await client.get(f"/api/v1/bodies/{body.id}")).json()
    assert [(each["heads"], each["sha256"]) for each in shown["rolls"]] == [(4, roll.content_hash)]
    said = await client.get(f"/api/v1/bodies/{body.id}/objections")
    assert [(each["verdict"], each["overdue"]) for each in said.json()["items"]] == [(None, False)]
    assert "302" not in said.text
    assert (await client.get("/api/v1/bodies/4711")).status_code == 404
