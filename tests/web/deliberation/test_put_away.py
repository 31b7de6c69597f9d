"""Amendments and opinions that moderation has put away: on their pages, for programs, in the file of the matter."""

import io
import zipfile
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from community.errors import Unfit
from community.files.models import Upload
from community.moderation.content import find_content
from community.moderation.hiding import Order, hide, second
from community.moderation.models import Hiding
from community.moderation.originals import original_of
from community.moderation.rules import Measure, Reason
from community.moderation.states import State
from community.people.models import Holding
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Role
from deliberation.archive.dossier import Reader
from deliberation.archive.gathering import gather
from deliberation.archive.models import Archive
from deliberation.archive.package import canonical, verify
from deliberation.archive.queries import root_known
from deliberation.archive.rules import Item
from deliberation.debate.models import Opinion
from deliberation.debate.rules import GONE, Accord
from deliberation.matter.amending import adopt, amend, decline
from deliberation.matter.hosting import discuss
from deliberation.matter.meaning import Change
from deliberation.matter.models import Amendment, Matter, MatterVersion
from deliberation.meeting import attending, minuting
from deliberation.publicity.models import Publication
from deliberation.publicity.opening import prove
from tests.deliberation.meeting.hall import opened as held
from tests.deliberation.meeting.hall import signed
from tests.deliberation.stage import body_of, deliberating, opened
from tests.world import NOON, World, sign_in
from web.clock import Clock

ORDER = Order(reason=Reason.ABUSE, words="请就事论事，去掉骂人的话。")
RUDE = "让糊涂蛋们走远一点。"
UNFAIR = "四号楼的人都欠物业费"
TITLE = "给小广场装遮阳棚"


async def spoken(town: World) -> tuple[Matter, dict[str, str]]:
    """Give a matter with an amendment and with a dissent that was taken down at a sitting."""
    body, _ = await body_of(town)
    matter = await deliberating(town, body, town.lan)
    proposal = await amend(matter.id, "p1", RUDE, f"因为{RUDE}", by=town.qiang, at=NOON)
    today = NOON.date()
    lines = {"consensus": "先装一半", "dissent": f"1. {UNFAIR}"}
    await discuss(matter.id, today, 5, "大家都来了，谈了一个下午。", **lines, by=town.clerk, at=NOON)
    opinion = await Opinion.get(matter_id=matter.id, kind=Accord.DISSENT)
    found = await Matter.get(id=matter.id).select_related("body", "author")
    return found, {f"amendment-{proposal.id}": RUDE, f"opinion-{opinion.id}": UNFAIR}


def addresses(matter: Matter) -> list[str]:
    pages = [f"/matters/{matter.id}", f"/matters/{matter.id}/amendments", f"/matters/{matter.id}/opinions"]
    return pages + [f"/api/v1/matters/{matter.id}/{name}" for name in ("amendments", "opinions")]


@command
async def act(subject: str, deed: str, *given: object, **more: object) -> Any:  # noqa: ANN401 - as the deed answers
    """Do what moderation does to a subject, inside a command as it does."""
    await record("content.hidden", subject, by=None, at=NOON)
    return await getattr(await find_content(subject), deed)(*given, **more)


async def read(client: httpx2.AsyncClient, matter: Matter) -> str:
    return "".join([(await client.get(url)).text for url in addresses(matter)])


async def test_amendments_and_opinions_are_put_away_everywhere_and_come_back(
    town: World, client: httpx2.AsyncClient
) -> None:
    matter, said = await spoken(town)
    before = await read(client, matter)
    assert [one for one, words in said.items() if words not in before or f"about={one}" not in before] == []
    for subject in said:
        await act(subject, "hide", "M2", at=NOON)
    hidden = await read(client, matter)
    assert [words for words in said.values() if words in hidden] == []
    assert GONE in hidden, "the sheet of the sitting keeps the place of the line"
    assert "先装一半" in hidden
    for subject in said:
        await act(subject, "restore", at=NOON)
    assert await read(client, matter) == before


async def test_what_is_covered_is_covered_in_every_copy_and_can_be_uncovered(
    town: World, client: httpx2.AsyncClient
) -> None:
    matter, said = await spoken(town)
    before = await read(client, matter)
    for subject in said:
        content = await find_content(subject)
        covered = await act(subject, "mask", ["糊涂蛋", "四号楼"])
        assert covered.masked_hash != content.text_hash
        assert covered.masked_hash == (await find_content(subject)).text_hash
        after = await read(client, matter)
        assert not [sign for sign in ("糊涂蛋", "四号楼") if sign in said[subject] and sign in after]
        await act(subject, "unmask", covered.original)
    assert await read(client, matter) == before


async def test_the_author_is_led_to_the_appeal_and_a_colleague_of_nobody_confirms(
    town: World, client: httpx2.AsyncClient
) -> None:
    matter, said = await spoken(town)
    amendment, opinion = said
    own = await hide(amendment, ORDER, by=town.moderator, at=NOON)
    assert own.state is State.STANDING
    asked = await hide(opinion, ORDER, by=town.moderator, at=NOON)
    assert asked.state is State.ASKED, "what was taken down is not put away by one person alone"
    assert UNFAIR in await read(client, matter)
    await Holding.create(person=town.stranger, role=Role.MODERATOR, place=town.street, since=NOON)
    await second(asked.code, agree=True, by=town.stranger, at=NOON)
    assert UNFAIR not in await read(client, matter)
    assert own.code not in await read(client, matter)
    client.cookies.update(await sign_in(town.qiang))
    assert own.code in await read(client, matter)


async def test_hidden_words_are_not_taken_up_but_may_be_declined(town: World) -> None:
    _, said = await spoken(town)
    amendment = next(iter(said))
    await hide(amendment, ORDER, by=town.moderator, at=NOON)
    code = (await Amendment.get()).code
    with pytest.raises(Unfit, match="收起"):
        await adopt(code, Change.WORDS, by=town.lan, at=NOON)
    await decline(code, "说清楚再提。", by=town.lan, at=NOON)


async def test_once_taken_up_an_amendment_is_not_put_away_by_one_person(town: World) -> None:
    _, said = await spoken(town)
    await adopt((await Amendment.get()).code, Change.WORDS, by=town.lan, at=NOON)
    assert (await hide(next(iter(said)), ORDER, by=town.moderator, at=NOON)).state is State.ASKED


async def test_the_sealed_original_is_read_as_it_was_written(town: World) -> None:
    _, said = await spoken(town)
    order = Order(reason=Reason.ABUSE, words="请改。", measure=Measure.MASK, conceal=("糊涂蛋",))
    hiding = await hide(next(iter(said)), order, by=town.moderator, at=NOON)
    assert RUDE not in (await find_content(hiding.subject)).excerpt
    assert RUDE in await original_of(await Hiding.get(id=hiding.id))


async def test_the_file_for_everybody_lacks_what_was_put_away_and_that_of_its_keepers_does_not(town: World) -> None:
    matter, said = await spoken(town)
    for subject in said:
        await act(subject, "hide", "M2", at=NOON)
    public, full = [canonical((await gather(matter, one)).sections).decode() for one in (Reader.ANYBODY, Reader.KEEPER)]
    assert [words for words in said.values() if words in public] == []
    assert [words for words in said.values() if words not in full] == []
    assert public.count("M2") == len(said)
    text = await MatterVersion.get(matter_id=matter.id, number=matter.version)
    await Matter.filter(id=matter.id).update(hidden_at=NOON, hidden_why="M6")
    matter = await Matter.get(id=matter.id).select_related("body", "author")
    public, full = [canonical((await gather(matter, one)).sections).decode() for one in (Reader.ANYBODY, Reader.KEEPER)]
    gone = (matter.title, text.what, text.cost, text.who, "第一段。")
    assert [words for words in gone if words in public] == []
    assert [words for words in gone if words not in full] == []
    assert text.hash in public, "the hash stays, so that the whole file can be held against it"


async def test_masking_a_matter_covers_its_notices_and_what_was_proposed_for_it(
    town: World, client: httpx2.AsyncClient
) -> None:
    body, roll = await body_of(town)
    ballot = await opened(town, body, roll, town.residents)
    subject = f"matter-{ballot.matter_id}"
    hung = await Publication.filter(matter_id=ballot.matter_id).first()
    assert hung
    assert "旧车棚" in (await client.get(f"/publications/{hung.id}")).text
    covered = await act(subject, "mask", ["旧车棚"])
    assert "旧车棚" not in (await client.get(f"/publications/{hung.id}")).text
    await act(subject, "unmask", covered.original)
    assert "旧车棚" in (await client.get(f"/publications/{hung.id}")).text


async def drops(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def kept(app: Starlette, town: World) -> Upload:
    """Keep something that passes for a picture of a board."""
    key = await app.state.files.put(drops(b"RIFF"))
    facts: dict[str, Any] = {"size": 4, "sha256": "a" * 64, "given_sha256": "b" * 64, "at": NOON}
    return await Upload.create(owner=town.clerk, name="牌.webp", media_type="image/webp", key=key, **facts)


async def test_notices_and_photographs_of_a_hidden_matter_are_gone_for_the_public(
    app: Starlette, town: World, client: httpx2.AsyncClient
) -> None:
    body, roll = await body_of(town)
    ballot = await opened(town, body, roll, town.residents)
    hung = await Publication.filter(matter_id=ballot.matter_id).first()
    assert hung
    upload = await kept(app, town)
    await prove(hung.id, "东门", upload.code, taken_at=NOON, by=town.clerk, at=NOON)
    pages = ["/publications", f"/publications/{hung.id}", "/api/v1/publications", f"/api/v1/publications/{hung.id}"]
    before = [(await client.get(url)).text for url in pages]
    assert [url for url, text in zip(pages, before, strict=True) if "旧车棚" not in text] == []
    assert (await client.get(f"/files/{upload.code}")).status_code == 200
    await Matter.filter(id=ballot.matter_id).update(hidden_at=NOON, hidden_why="M6")
    after = [(await client.get(url)).text for url in pages]
    assert [url for url, text in zip(pages, after, strict=True) if "旧车棚" in text or upload.code in text] == []
    assert (await client.get(f"/files/{upload.code}")).status_code == 404
    client.cookies.update(await sign_in(town.moderator))
    assert (await client.get(f"/files/{upload.code}")).status_code == 200


async def test_what_is_put_away_after_archiving_stops_the_public_file_until_it_is_made_anew(
    town: World, client: httpx2.AsyncClient, clock: Clock
) -> None:
    matter, said = await spoken(town)
    await Matter.filter(id=matter.id).update(state="closed")
    client.cookies.update(await sign_in(town.clerk))
    reasons = {item.value: "试点没有这一样。" for item in Item}
    closed = await client.post(f"/matters/{matter.id}/archiving", data=reasons)
    assert closed.status_code == 303, closed.text
    first, url = await Archive.get(), f"/matters/{matter.id}/archive"
    assert RUDE in shown((await client.get(f"{url}/public.zip")).content)
    assert (await client.post(url)).status_code == 409, "there is no reason yet to make it anew"
    await hide(next(iter(said)), ORDER, by=town.moderator, at=NOON + timedelta(hours=1))
    assert (await client.get(f"{url}/public.zip")).status_code == 404
    assert RUDE in shown((await client.get(f"{url}/full.zip")).content)
    assert "重新做一份公开的卷宗" in (await client.get(url)).text
    clock.move(timedelta(hours=2))
    assert (await client.post(url)).status_code == 303
    content = (await client.get(f"{url}/public.zip")).content
    assert RUDE not in shown(content)
    root, faults = verify(io.BytesIO(content))
    assert (root, faults) == ((await Archive.get()).public_root, [])
    assert root != first.public_root
    assert [await root_known(each) for each in (root, first.public_root, "0" * 64)] == [first, first, None]


def shown(content: bytes) -> str:
    """Return all texts of a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = [name for name in package.namelist() if name.endswith((".json", ".html"))]
        return "".join(package.read(name).decode() for name in names)


async def test_minutes_and_agenda_go_along_with_what_is_put_away(town: World, client: httpx2.AsyncClient) -> None:
    matter = await deliberating(town, (await body_of(town))[0], town.lan)
    meeting = await held(town, matter_id=matter.id)
    await attending.close_meeting(meeting.id, by=town.moderator, at=meeting.ends_at)
    await minuting.write(
        meeting.id, f"【1】{matter.title}\n大家谈了很久。\n不同意见：{UNFAIR}\n", by=town.clerk, at=meeting.ends_at
    )
    for person in (town.moderator, town.clerk, town.lan, town.qiang):
        await signed(meeting, person)
    await minuting.publish(meeting.id, by=town.clerk, at=meeting.ends_at)
    opinion = await Opinion.get(matter_id=matter.id)
    page, found = f"/meetings/{meeting.id}/minutes", "/search?q=欠物业费"
    assert UNFAIR in (await client.get(page)).text
    assert page in (await client.get(found)).text
    await act(f"opinion-{opinion.id}", "hide", "M2", at=NOON)
    assert UNFAIR not in (await client.get(page)).text
    assert page not in (await client.get(found)).text
    agenda = [f"/meetings/{meeting.id}", f"/meetings/{meeting.id}/papers", f"/api/v1/meetings/{meeting.id}"]
    assert [url for url in agenda if TITLE not in (await client.get(url)).text] == []
    await act(f"matter-{matter.id}", "hide", "M6", at=NOON)
    assert [url for url in agenda if TITLE in (await client.get(url)).text] == []
