"""A voice note: as long as it may be, locked with its room, heard by whoever reads the room and by nobody else."""

from pathlib import Path

from starlette.applications import Starlette

from mediation.minutes.queries import of_joint_talk
from mediation.room.models import Message
from mediation.room.rules import LineKind
from tests.community.files.test_sound import NARROW
from tests.mediation.making import made_case, made_rooms
from tests.web.crawl import client_of
from tests.world import World

TOO_LONG = b"#!AMR\n" + (b"\x3c" + bytes(31)) * 50 * 121


def lying(folder: Path) -> list[bytes]:
    """Return what lies on the disk."""
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


async def test_a_voice_note_from_the_form_to_the_ear(app: Starlette, town: World) -> None:
    case = await made_case(town)
    rooms = await made_rooms(case, town.mediator)
    base = f"/cases/{case.code}/rooms"
    mine = f"{base}/{rooms['A1'].code}"
    async with await client_of(app, town.lan) as lan, await client_of(app, town.qiang) as qiang:
        assert (await lan.get(f"{mine}/voice")).status_code == 200
        wrong = (("a.amr", TOO_LONG), ("a.txt", "不是录音".encode()), ("a.ogg", b"OggS" + bytes(60)), ("a.amr", b""))
        for n, (name, data) in enumerate(wrong):
            sent = await lan.post(f"{mine}/voice", data={"client_id": f"bad-{n}"}, files={"file": (name, data)})
            assert sent.status_code == 422, name
        assert (await lan.post(f"{mine}/voice", data={"client_id": "none"})).status_code == 422
        good = {"file": ("a.amr", NARROW)}
        assert (await lan.post(f"{mine}/voice", data={"client_id": "one"}, files=good)).status_code == 303
        assert (await lan.post(f"{mine}/voice", data={"client_id": "one"}, files=good)).status_code == 409
        assert (await qiang.post(f"{mine}/voice", data={"client_id": "two"}, files=good)).status_code == 404
        page = (await lan.get(mine)).text
        assert (f'src="{mine}/voice/1"' in page, "10 秒" in page, "<audio" in page) == (True, True, True)
        whole = await lan.get(f"{mine}/voice/1")
        assert (whole.content, whole.headers["content-type"]) == (NARROW, "audio/amr")
        part = await lan.get(f"{mine}/voice/1", headers={"range": "bytes=6-9"})
        assert (part.status_code, part.content) == (206, NARROW[6:10])
        assert part.headers["content-range"] == f"bytes 6-9/{len(NARROW)}"
        assert (await qiang.get(f"{mine}/voice/1")).status_code == 404
        assert lying(app.state.settings.folder)
        assert not [data for data in lying(app.state.settings.folder) if b"#!AMR" in data]
        both = f"{base}/{rooms['joint'].code}"
        await lan.post(f"{both}/voice", data={"client_id": "three"}, files=good)
        assert (await qiang.get(f"{both}/voice/1")).status_code == 200
        assert "10 秒" in (await qiang.get(f"{both}/transcript")).text
        assert not await of_joint_talk(case).exists()
        async with await client_of(app, town.mediator) as mediator:
            assert "请您亲自听" in (await mediator.get(both)).text
            assert "请您亲自听" not in (await qiang.get(both)).text
            assert (await mediator.get(f"{both}/lines/1")).status_code == 200
            covered = await mediator.post(f"{both}/lines/1", data={"seq": "1", "why": "private"})
            assert covered.status_code == 303
        assert (await qiang.get(f"{both}/voice/1")).status_code == 404
        assert (await lan.post(f"{mine}/recall", data={"seq": "1"})).status_code == 303
        assert (await lan.get(f"{mine}/voice/1")).status_code == 404
    assert await Message.filter(kind=LineKind.VOICE).count() == 2
