"""A recorded dialogue said again over live sockets against a real server, held against page and database."""

import os
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from starlette.applications import Starlette

from community.people import factor, password
from community.people.models import Person, Session
from mediation.case.models import Case
from mediation.case.states import State
from mediation.room.models import Room
from mediation.room.queries import lines_after
from tests.servers import serving
from tests.world import NOON, World, sign_in
from web.clock import Clock
from web.demo.people import PASSWORD
from web.replay.dialogue import Dialogue, Seat, Stuck, chosen, read_dialogues, seated
from web.replay.opening import Cast, end_case, open_case
from web.replay.talking import Report, replay, rows_of
from web.replay.visitor import Visitor
from web.replay.visitor import sign_in as entered

OWN = Path(__file__).parents[2] / "data" / "dialogue.jsonl"
REAL = [Path(os.environ["HEYI_DATA"], "disputes", "mediation_dialogues.jsonl")] if "HEYI_DATA" in os.environ else []


async def visitor(url: str, person: Person) -> Visitor:
    return Visitor(url, "; ".join(f"{name}={value}" for name, value in (await sign_in(person)).items()))


async def cast_at(url: str, town: World) -> Cast:
    talking = {
        Seat.APPLICANT: await visitor(url, town.lan),
        Seat.RESPONDENT: await visitor(url, town.qiang),
        Seat.MEDIATOR: await visitor(url, town.mediator),
    }
    intake, director = await visitor(url, town.intake), await visitor(url, town.director)
    return Cast(talking, intake, director, town.qiang.email, town.mediator.name)


@pytest.mark.parametrize("file", [OWN, *REAL], ids=lambda path: path.stem)
async def test_everybody_hears_what_the_page_and_the_database_hold(app: Starlette, town: World, file: Path) -> None:
    dialogue = read_dialogues(file)[0]
    async with serving(app) as url:
        cast = await cast_at(url, town)
        room = await open_case(cast, dialogue)
        report = await replay(room, cast.talking, dialogue)
        assert (await Case.get()).state is State.MEDIATING
        await end_case(cast, room)
    assert (await Case.get()).state is State.CLOSED
    stored = await stored_lines()
    words = [turn.text.strip() for turn in dialogue.dialog]
    assert [text for _, text, _ in stored] == words
    assert report.said == report.page == tuple((seq, text) for seq, text, _ in stored)
    assert report.heard == dict.fromkeys(dialogue.speakers, report.page)
    assert report.faithful
    assert [author for _, _, author in stored] == [account_of(town, dialogue, turn.speaker) for turn in dialogue.dialog]


async def test_staff_sign_in_with_the_code_in_the_outbox(app: Starlette, town: World, clock: Clock) -> None:
    await sign_in(town.intake)
    session, secret = await Session.get(person_id=town.intake.id).select_related("person"), factor.new_secret()
    await factor.set_up(session, secret, pyotp.TOTP(secret).at(int(NOON.timestamp())), host="heyi.example", at=NOON)
    await password.set_password(town.intake, PASSWORD, at=NOON)
    clock.move(timedelta(seconds=60))
    async with serving(app) as url:
        clerk = await entered(url, town.intake.email, PASSWORD)
        assert town.intake.name in await clerk.get("/me")


async def stored_lines() -> list[tuple[int, str, int | None]]:
    room = await Room.get(kind="joint").select_related("case")
    return [(line.seq, line.text, line.author_id) for line in await lines_after(room, 0) if line.kind == "text"]


def account_of(town: World, dialogue: Dialogue, speaker: str) -> int:
    people = {Seat.MEDIATOR: town.mediator, Seat.APPLICANT: town.lan, Seat.RESPONDENT: town.qiang}
    return people[seated(dialogue.speakers).seats[speaker]].id


def test_speakers_are_seated_by_turns() -> None:
    assert seated(["mediator", "甲", "乙", "丙"]).seats == {
        "mediator": Seat.MEDIATOR,
        "甲": Seat.APPLICANT,
        "乙": Seat.RESPONDENT,
        "丙": Seat.APPLICANT,
    }


def test_more_speakers_than_sockets_are_refused() -> None:
    with pytest.raises(Stuck, match="最多 16 个"):
        seated([str(n) for n in range(17)])


@pytest.mark.parametrize(("number", "why"), [(0, "没有第 0 段"), (2, "没有第 2 段")])
def test_a_dialogue_that_is_not_there_is_refused(number: int, why: str) -> None:
    with pytest.raises(Stuck, match=why):
        chosen(read_dialogues(OWN), number)


def test_without_a_number_all_are_said() -> None:
    assert chosen(every := read_dialogues(OWN), None) == every == chosen(every, 1)


@pytest.mark.parametrize("line", ["不是", "{}", '{"id": "1", "dialog": []}', '{"id": "1", "dialog": [{"text": "a"}]}'])
def test_a_line_that_is_no_dialogue_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "file").write_text(line, encoding="utf-8")
    with pytest.raises(Stuck, match="不是一段对话"):
        read_dialogues(tmp_path / "file")


def test_a_report_names_whoever_heard_something_else() -> None:
    said = ((1, "您好"), (2, "请坐"))
    good, bad = Report(said, said, {"甲": said}, (0.1,)), Report(said, said, {"甲": said, "乙": said[::-1]}, (0.1,))
    assert (good.faithful, bad.faithful, bad.wrong) == (True, False, ["乙"])
    assert not Report(said, said[:1], {"甲": said[:1]}, (0.1,)).faithful
    assert dict(bad.figures)["送达"] == "4 次，应为 4 次"


def test_rows_are_read_off_a_page() -> None:
    row = '<li class="msg msg--me" id="m-7" data-seq="7"><p class="msg__h"></p><p class="msg__t">a &lt; b\n</p></li>'
    assert rows_of(f'<ol>{row}<li class="sys" id="m-8"></li></ol>') == [(7, "a < b\n")]
