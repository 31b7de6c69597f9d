"""A case that is talked over, with words in every room, and a record of its meeting."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from mediation.case.models import Case, Party, Side
from mediation.minutes.models import TalkMinutes
from mediation.minutes.queries import record_of
from mediation.minutes.text import digest
from mediation.minutes.writing import Head, choose, open_record, send_round, state
from mediation.room.commands import send
from mediation.room.models import Room
from tests.mediation.making import made_case, made_rooms
from tests.world import NOON, World

SAID = {"joint": "水是从楼上渗下来的", "A1": "我最低两千就肯", "R1": "其实是我家地漏坏了", "internal": "对方理亏"}
LATER = NOON + timedelta(minutes=30)
HEAD = Head(place="清河社区调解室", present="阿兰\n阿强\n吴老师", matter="楼上漏水")


@dataclass
class Told:
    """The case, its rooms, the record and its parties."""

    case: Case
    rooms: dict[str, Room]
    record: TalkMinutes
    parties: dict[str, Party]

    @property
    def at(self) -> tuple[str, str]:
        """Return the codes by which the record is found."""
        return self.case.code, self.record.code

    async def shown(self, world: World) -> str:
        """Return the hash of the words as they stand now."""
        return digest((await record_of(world.mediator, *self.at, at=LATER)).words)


async def told(world: World, *, round_: bool = False) -> Told:
    """Return a case in which something was said in every room, and its record begun by the mediator."""
    case = await made_case(world)
    await case.fetch_related("org")
    rooms = await made_rooms(case, world.mediator)
    who = {"joint": world.lan, "A1": world.lan, "R1": world.qiang, "internal": world.mediator}
    for name, words in SAID.items():
        await send(rooms[name].code, f"line-{name}", words, by=who[name], at=NOON)
    given: dict[str, Any] = {"by": world.mediator, "at": LATER}
    record = await open_record(case.code, HEAD, held_at=NOON, rights_told=True, **given)
    parties = {each.sign: each for each in await Party.filter(case_id=case.id).order_by("id")}
    found = Told(case, rooms, record, parties)
    if round_:
        await choose(*found.at, [1], **given)
        await state(*found.at, speaker="阿强", words="我家下周请人来看", **given)
        await send_round(*found.at, **given)
    assert {each.side for each in parties.values()} == {Side.APPLICANT, Side.RESPONDENT}
    return found
