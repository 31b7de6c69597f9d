"""The pages of what people say: both sides, one comment, its earlier words, and what must be answered."""

import httpx2
import pytest
from starlette.applications import Starlette

from deliberation.debate.commands import comment
from deliberation.debate.models import Comment, Opinion
from deliberation.debate.rules import Position
from deliberation.matter import drafting
from deliberation.matter.models import Matter
from tests.deliberation.stage import TEXT, body_of, deliberating
from tests.world import NOON, World, sign_in
from web.courier import duties, once

HTMX = {"hx-request": "true", "hx-request-type": "partial"}
FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
async def said(town: World) -> Comment:
    """Give a comment of 阿兰 on a matter of 阿强 that lies on the table."""
    body, _ = await body_of(town)
    matter = await deliberating(town, body, town.qiang)
    return await comment(matter.id, Position.AGAINST, "离二号楼太近了。", by=town.lan, at=NOON)


async def test_a_press_is_one_mark_with_or_without_a_script(
    client: httpx2.AsyncClient, town: World, said: Comment
) -> None:
    client.cookies.update(await sign_in(town.qiang))
    page = f"/matters/{said.matter_id}/comments/{said.code}"
    plain = await client.post(f"{page}/helpful", headers=FORM)
    assert (plain.status_code, plain.headers["location"]) == (303, f"{page}#c-{said.code}")
    again = await client.post(f"{page}/helpful", headers={**FORM, **HTMX})
    assert (again.status_code, "<html" in again.text) == (200, False)
    assert "取消“有帮助”（1）" in again.text
    back = await client.post(f"{page}/not-helpful", headers={**FORM, **HTMX})
    assert "取消" not in back.text
    client.cookies.update(await sign_in(town.lan))
    assert (await client.post(f"{page}/helpful", headers=FORM)).status_code == 422


async def test_both_sides_stand_on_one_page(client: httpx2.AsyncClient, town: World, said: Comment) -> None:
    await comment(said.matter_id, Position.FOR, "早该建了。", by=town.xiu, at=NOON)
    text = (await client.get(f"/matters/{said.matter_id}/arguments")).text
    assert text.index("早该建了") < text.index("离二号楼太近了")
    only = (await client.get(f"/matters/{said.matter_id}/comments?position=for")).text
    assert "早该建了" in only
    assert "离二号楼太近了" not in only


async def test_a_changed_comment_says_so_and_keeps_its_earlier_words(
    app: Starlette, client: httpx2.AsyncClient, town: World, said: Comment
) -> None:
    client.cookies.update(await sign_in(town.lan))
    page = f"/matters/{said.matter_id}/comments/{said.code}"
    assert "离二号楼太近了" in (await client.get(f"{page}/words")).text
    same = await client.post(f"{page}/words", headers=FORM, data={"words": said.words})
    assert (same.status_code, "文字没有变" in same.text) == (422, True)
    done = await client.post(f"{page}/words", headers=FORM, data={"words": "离二号楼只有六米。"})
    assert done.status_code == 303
    shown = (await client.get(page)).text
    assert all(part in shown for part in ("已编辑", "离二号楼只有六米。", "以前的文字", "离二号楼太近了。"))
    assert "已编辑" in (await client.get(f"/matters/{said.matter_id}/comments")).text
    assert await once(duties(app), app.state.clock) >= 0
    client.cookies.update(await sign_in(town.xiu))
    assert (await client.get(f"{page}/words")).status_code == 404


async def test_an_answer_comes_back_to_its_thread_right_or_wrong(
    client: httpx2.AsyncClient, town: World, said: Comment
) -> None:
    client.cookies.update(await sign_in(town.xiu))
    url = f"/matters/{said.matter_id}/comments"
    wrong = await client.post(url, headers=FORM, data={"answers": said.code, "words": "没选立场"})
    assert (wrong.status_code, "没选立场" in wrong.text, "请先选" in wrong.text) == (422, True, True)
    right = await client.post(url, headers=FORM, data={"answers": said.code, "position": "more", "words": "能挪十米吗"})
    answer = await Comment.get(parent_id=said.id)
    assert right.headers["location"] == f"{url}/{answer.code}#c-{answer.code}"
    assert "能挪十米吗" in (await client.get(f"{url}/{answer.code}")).text
    twice = await client.post(url, headers=FORM, data={"answers": said.code, "position": "more", "words": "能挪十米吗"})
    assert (twice.status_code, "刚刚发过" in twice.text) == (422, True)


async def test_whose_comment_is_taken_down_is_told_and_told_again_of_the_answer(
    app: Starlette, client: httpx2.AsyncClient, town: World, said: Comment
) -> None:
    client.cookies.update(await sign_in(town.clerk))
    url = f"/matters/{said.matter_id}/opinions"
    assert "列为不同意见" in (await client.get(f"/matters/{said.matter_id}/comments/{said.code}")).text
    made = await client.post(url, headers=FORM, data={"kind": "dissent", "comment": said.code})
    dissent = await Opinion.get()
    assert made.headers["location"] == f"{url}#o-{dissent.code}"
    assert "还有 1 条不同意见等答复" in (await client.get(url)).text
    await once(duties(app), app.state.clock)
    short = await client.post(f"{url}/{dissent.code}/answer", headers=FORM, data={"answer": "好"})
    assert short.status_code == 422
    await client.post(f"{url}/{dissent.code}/answer", headers=FORM, data={"answer": "往北挪十米，重新画图。"})
    await once(duties(app), app.state.clock)
    assert "往北挪十米" in (await client.get(url)).text
    client.cookies.update(await sign_in(town.lan))
    inbox = (await client.get("/inbox")).text
    assert "登记为不同意见" in inbox
    assert "有答复了" in inbox


async def test_what_is_hidden_is_hidden_on_every_page(client: httpx2.AsyncClient, said: Comment, town: World) -> None:
    await Comment.filter(id=said.id).update(hidden_at=NOON, hidden_why="M1")
    for page in ("comments", "arguments", f"comments/{said.code}"):
        shown = await client.get(f"/matters/{said.matter_id}/{page}")
        assert shown.status_code == 200
        assert said.words not in shown.text
    draft = await drafting.draft((await Matter.get(id=said.matter_id)).body_id, TEXT, by=town.lan, at=NOON)
    for page in ("comments", "arguments", "opinions"):
        assert (await client.get(f"/matters/{draft.id}/{page}")).status_code == 404
