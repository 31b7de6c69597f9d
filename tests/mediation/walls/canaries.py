"""Words that are nowhere else, put behind every wall of a case, and who may hear each of them sing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from community.files.storage import Storage
from mediation.case.access import Seat
from mediation.case.keys import lock_case, lock_party, opened_case
from mediation.case.models import Case, Party, Side
from mediation.risk.commands import set_level
from mediation.risk.rules import Level
from mediation.room.commands import recall, send
from mediation.room.telling import ask_leave
from tests.mediation.walls.proofs import proofs
from tests.mediation.walls.scene import AT, Walled
from tests.world import World

TABLE: Final = frozenset({Seat.APPLICANT, Seat.AGENT, Seat.RESPONDENT, Seat.MEDIATOR, Seat.CO})
ALONE: Final = frozenset({Seat.APPLICANT, Seat.AGENT, Seat.MEDIATOR})
TOLD: Final = TABLE | {Seat.DIRECTOR, Seat.COURT, Seat.RECORDER, Seat.CENTRE}
WATCH: Final = frozenset({Seat.MEDIATOR, Seat.CO, Seat.DIRECTOR, Seat.CENTRE, Seat.JUSTICE})
SAFE: Final = WATCH | {Seat.APPLICANT, Seat.AGENT, Seat.INTAKE}
KNOWN: Final = frozenset({Seat.APPLICANT, Seat.AGENT, Seat.MEDIATOR, Seat.CO, Seat.COURT})


@dataclass(frozen=True)
class Canary:
    """A word behind a wall, who may read it while the case is talked over, and one who has to find it.

    ``finder`` proves that the search can see what is there; ``None`` where nobody may read it any more.
    """

    word: str
    may: frozenset[Seat]
    finder: Seat | None = None


CANARIES: Final = (
    Canary("KanariJoint71", TABLE | {Seat.RECORDER}, Seat.RESPONDENT),
    Canary("KanariAlone72", ALONE, Seat.APPLICANT),
    Canary("KanariOther73", frozenset({Seat.RESPONDENT, Seat.MEDIATOR}), Seat.RESPONDENT),
    Canary("KanariNotes74", frozenset({Seat.MEDIATOR}), Seat.MEDIATOR),
    Canary("KanariLeave75", ALONE, Seat.APPLICANT),
    Canary("KanariTaken76", frozenset()),
    Canary("KanariStory77", TOLD, Seat.MEDIATOR),
    Canary("KanariSafer78", SAFE),
    Canary("KanariRisks79", WATCH),
    Canary("KanariHouse80", KNOWN),
    Canary("KanariShown81", TABLE | {Seat.RECORDER, Seat.COURT}, Seat.COURT),
    Canary("KanariProof82", ALONE | {Seat.CO}, Seat.AGENT),
    Canary("KanariTheir83", frozenset({Seat.RESPONDENT, Seat.MEDIATOR, Seat.CO}), Seat.MEDIATOR),
)
JOINT, OWN, OTHER, NOTES, LEAVE, TAKEN, STORY, SAFER, RISKS, HOME, SHOWN, PROOF, THEIRS = (
    each.word for each in CANARIES
)


async def plant(made: Walled, world: World, storage: Storage) -> None:
    """Put every canary behind its wall; the case stands where it is talked over."""
    rooms = {name: room.code for name, room in made.rooms.items()}
    said = {"joint": (JOINT, world.lan), "A1": (OWN, world.lan), "R1": (OTHER, world.qiang)}
    for name, (word, who) in {**said, "internal": (NOTES, world.mediator)}.items():
        await send(rooms[name], f"canary-{name}", f"我最低可以接受 {word}", sure=True, by=who, at=AT)
    await ask_leave(rooms["A1"], "canary-leave", f"可以转告 {LEAVE}", by=world.mediator, at=AT)
    gone = await send(rooms["A1"], "canary-taken", f"说漏了 {TAKEN}", by=world.lan, at=AT)
    await recall(rooms["A1"], gone.seq, by=world.lan, at=AT)
    await proofs(made, world, storage, (SHOWN, PROOF, THEIRS))
    await _lock(made.case)
    await set_level(made.case.code, Level.RED, f"他在门口等着 {RISKS}", by=world.mediator, at=AT)


async def _lock(given: Case) -> None:
    case = await Case.get(id=given.id)
    lock_case(case, "statement", f"{opened_case(case, 'statement')} {STORY}")
    lock_case(case, "safe_contact", f"早上打女儿电话 {SAFER}")
    await case.save(update_fields=["statement", "safe_contact"])
    party = await Party.get(case_id=case.id, side=Side.APPLICANT)
    lock_party(party, "address", f"清河路 {HOME}")
    await party.save(update_fields=["address"])


def sung(text: str, allowed: Callable[[Canary], bool]) -> list[str]:
    """Return the canaries in ``text`` that should not be there."""
    return [each.word for each in CANARIES if each.word in text and not allowed(each)]
