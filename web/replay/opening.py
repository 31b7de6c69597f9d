"""Bringing a case into mediation and to its end through its pages, as those who have to do with it would."""

import re
from dataclasses import dataclass
from html import unescape

from mediation.intake.rules import Kind
from web.replay.dialogue import Dialogue, Seat, Stuck
from web.replay.visitor import Visitor

LONGEST = 4000  # characters of a statement


@dataclass(frozen=True, slots=True)
class Cast:
    """Who takes part.

    Attributes:
        talking: the three who talk.
        email: where the respondent's invitation goes.
        name: how the mediator's name begins.
    """

    talking: dict[Seat, Visitor]
    intake: Visitor
    director: Visitor
    email: str
    name: str


async def open_case(cast: Cast, dialogue: Dialogue) -> str:
    """File, invite, agree, accept and assign; return the path of the room where all talk."""
    case = await _file(cast, dialogue)
    await cast.intake.post(
        f"{case}/invitation", scope_ok="true", screened="true", name="对方（重演）", email=cast.email
    )
    await cast.talking[Seat.RESPONDENT].post(await _invitation(cast, case), answer="yes", name="对方（重演）")
    await cast.intake.post(f"{case}/acceptance")
    await _assign(cast, case)
    page = await cast.talking[Seat.APPLICANT].get(case)
    return f"{case}/rooms/" + _found(rf'{case}/rooms/([^"/]+)"><span><b>大家一起', page)


async def end_case(cast: Cast, room: str) -> None:
    """End the talks and close the case, so that the mediator's hands are free for the next."""
    case = room.partition("/rooms/")[0]
    await cast.talking[Seat.APPLICANT].post(f"{case}/termination")
    await cast.talking[Seat.MEDIATOR].post(f"{case}/closing", served="true")


async def _file(cast: Cast, dialogue: Dialogue) -> str:
    told = (dialogue.event_description or dialogue.event_type or "一段对话的重演。")[:LONGEST]
    receipt = await cast.talking[Seat.APPLICANT].post(
        "/disputes", kind=Kind.OTHER, statement=told, other_name="对方（重演）", other_email=cast.email, told="true"
    )
    return receipt.removesuffix("/receipt")


async def _invitation(cast: Cast, case: str) -> str:
    """Return the path of the invitation to this case, from the newest letters of the trial's outbox."""
    code = case.rsplit("/", 1)[1]
    respondent = cast.talking[Seat.RESPONDENT]
    for letter in re.findall(r'href="(/outbox/[^"]+)"', await respondent.get("/outbox")):
        for link in re.findall(r'href="[^"]*(/i/[^"]+)"', await respondent.get(letter)):
            if code in await respondent.get(link):
                return str(link)
    raise Stuck("发件箱里没有这件事的邀请。请看服务器是不是开发模式。")


async def _assign(cast: Cast, case: str) -> None:
    page = await cast.director.get(f"{case}/assignment")
    code = _found(rf'name="mediator" value="([^"]+)">(?:<[^>]+>)*{re.escape(cast.name)}', page)
    await cast.director.post(f"{case}/assignment", mediator=code, clear="true", willing="true")


def _found(pattern: str, page: str) -> str:
    found = re.search(pattern, page)
    if found is None:
        raise Stuck("页面上没有找到要用的那一项。请看服务器和这个命令是不是同一个版本。")
    return unescape(found[1])
