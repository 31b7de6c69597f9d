"""When a case is red: putting down what was done for people's safety, and the paper that the police get."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, NamedTuple

from community.errors import Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.case.access import Seat, Thing, may_read
from mediation.case.keys import lock_with, opened, opened_case, opened_with
from mediation.case.models import Case, Party, Side
from mediation.case.queries import HIDDEN, parties_of, readable
from mediation.risk.commands import hold
from mediation.risk.models import PoliceExtract, RiskRuling, RiskSign, SafetyStep
from mediation.risk.queries import red_since
from mediation.risk.rules import AGAIN, Ruling, Safety, since_lowered
from mediation.room.lines import text_of
from mediation.room.models import Message

MOST: Final = 80
CALM: Final = "这件事现在不是红色。有人身危险，请先把等级定为红色，再办这一步。"


@command
async def check_off(code: str, step: Safety, *, by: Person, at: datetime) -> None:
    """Put down that something of the red list was done.

    Raises:
        MovedOn: the case is not red, or somebody did it before.
    """
    case, _ = await readable(by, code, Thing.RISK, at=at)
    await hold(case)
    done = await steps_done(case)
    if step not in AGAIN and any(each.step is step for each in done):
        raise MovedOn("这一条已经有人办了，请刷新页面看看。")
    await SafetyStep.create(case=case, step=step, by=by, at=at)
    await record("risk.step", f"risk-{case.id}", by=by, at=at, community_id=case.community_id, case=case.id, step=step)


async def steps_done(case: Case) -> list[SafetyStep]:
    """Return what was done since the case became red; raises `MovedOn` when it is not."""
    since = await red_since(case)
    if since is None:
        raise MovedOn(CALM)
    return await SafetyStep.filter(case_id=case.id, at__gte=since).order_by("id").select_related("by")


@command
async def extract(code: str, given_to: str, *, by: Person, at: datetime) -> PoliceExtract:
    """Draw up what the police get: who, where, the sentences that were said, and telephones; nothing else.

    One person may, because there are minutes; who drew it up and for whom is on record, and the others are told.

    Raises:
        MovedOn: the case is not red.
        Unfit: it is not said for whom.
    """
    case, _ = await readable(by, code, Thing.RISK, at=at)
    to = given_to.strip()
    if not 0 < len(to) <= MOST:
        raise Unfit("请写交给哪个派出所、哪位民警，最多 {most} 个字。", field="given_to", most=MOST)
    await hold(case)
    if await red_since(case) is None:
        raise MovedOn(CALM)
    text = json.dumps(await _facts(case), ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    made = PoliceExtract(case=case, given_to=to, body="", sha256=digest, by=by, at=at)
    made.body = lock_with(case, text, about=_about(made))
    await made.save()
    facts: dict[str, Any] = {"case": case.id, "extract": made.id, "sha256": digest}
    await record("risk.extracted", f"risk-{case.id}", by=by, at=at, community_id=case.community_id, **facts)
    return made


async def extract_of(code: str, *, by: Person, at: datetime) -> tuple[PoliceExtract, dict[str, Any]]:
    """Return a paper and what it says, for whoever drew it up, while the case is red."""
    made = await PoliceExtract.get_or_none(code=code, by_id=by.id).select_related("case")
    if made is None:
        raise Hidden(HIDDEN)
    await readable(by, made.case.code, Thing.RISK, at=at)
    if await red_since(made.case) is None:
        raise Hidden(HIDDEN)
    facts: dict[str, Any] = json.loads(opened_with(made.case, made.body, about=_about(made)))
    return made, facts


async def _facts(case: Case) -> dict[str, Any]:
    spoken = await _spoken(case)
    parties = await parties_of(case)
    sign: dict[int | None, str] = {each.person_id: each.sign for each in parties if each.person_id}
    words = [
        {"sign": sign.get(line.author_id, ""), "at": line.sent_at.isoformat(), "text": text_of(line.room, line)}
        for line in spoken
    ]
    place = opened_case(case, "place")
    return {"place": place, "people": [_person(case, each) for each in _concerned(parties, spoken)], "words": words}


def _concerned(parties: list[Party], spoken: Iterable[Message]) -> list[Party]:
    """Return who spoke and the other side; where nobody spoke, both sides. Third parties stay out."""
    authors = {each.author_id for each in spoken}
    return [each for each in parties if each.side is not Side.THIRD or each.person_id in authors]


def _person(case: Case, party: Party) -> dict[str, str]:
    afraid = case.afraid and party.side is Side.APPLICANT
    phone = (opened_case(case, "safe_contact") if afraid else "") or opened(party, "phone")
    return {
        "sign": party.sign,
        "name": opened(party, "name"),
        "phone": phone,
        "address": opened(party, "address"),
    }


class Threatened(NamedTuple):
    """Somebody to call: their sign, and the one number that is safe."""

    sign: str
    phone: str


async def threatened(case: Case, seats: frozenset[Seat]) -> list[Threatened]:
    """Return whom to call while the case is red: never who said the words; who is afraid on the safe contact alone.

    Whoever may not read identities gets no number; the mediator calls.
    """
    if not may_read(seats, Thing.IDENTITY, case.state):
        return []
    authors, parties = {each.author_id for each in await _spoken(case)}, await parties_of(case)
    sides = {each.side for each in parties if each.person_id in authors}
    meant = [each for each in parties if each.side not in sides and each.side is not Side.THIRD]
    if not sides:  # nobody's words: whoever said that they are afraid
        meant = [each for each in meant if case.afraid and each.side is Side.APPLICANT]
    return [Threatened(each.sign, _person(case, each)["phone"]) for each in meant]


async def _spoken(case: Case) -> list[Message]:
    """Return the lines in which signs were seen since the colour was last lowered."""
    rulings = await RiskRuling.filter(case_id=case.id).exclude(at=None)
    last = since_lowered(Ruling(each.level, each.at, each.lowers) for each in rulings if each.at)
    signs = RiskSign.filter(case_id=case.id).exclude(place="")
    places = {each.place for each in await (signs.filter(at__gt=last) if last else signs)}
    lines = []
    for room, seq in sorted((int(name.removeprefix("room-")), int(n)) for name, n in map(_split, places)):
        found = await Message.filter(room_id=room, seq=seq, room__case_id=case.id).select_related("room").first()
        lines += [found] if found else []
    return lines


def _split(place: str) -> tuple[str, str]:
    name, _, seq = place.partition("/")
    return name, seq


def _about(made: PoliceExtract) -> str:
    return f"extract|{made.code}"
