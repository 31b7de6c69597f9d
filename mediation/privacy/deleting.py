"""A party wants everything deleted: the answer at once, with its reason and the way on, and a copy of what is theirs.

While the law wants a file kept, nothing is done with it but keeping it safe. Talk is destroyed on its own day, and the
proof of that is listed. Source: 个人信息保护法 45, 47, 50; 人民调解法 27.
"""

from dataclasses import dataclass
from datetime import datetime

from community.calendar.queries import calendar_at
from community.calendar.rules import add_working_days, local_day
from community.errors import Hidden
from community.people.models import Person
from community.record.models import Event
from community.record.outbox import record
from community.record.transaction import command
from mediation.archive.models import CaseDossier
from mediation.case.keys import PARTY_COLUMNS, opened, opened_case
from mediation.case.models import Case, Consent, Party, Side
from mediation.case.queries import HIDDEN, visible_case
from mediation.case.standing import stood_for
from mediation.privacy.models import DeletionWish
from mediation.privacy.rules import ANSWER_DAYS, Hold
from mediation.room.models import Room
from mediation.room.rules import RoomKind


@dataclass(frozen=True, slots=True)
class Purged:
    """A talk that is gone: which, and since when."""

    kind: RoomKind
    at: datetime


@command
async def ask_deletion(code: str, *, by: Person, at: datetime) -> DeletionWish:
    """Ask, as a party, that everything be deleted; asked again, the answer is made anew.

    Raises:
        Hidden: ``by`` is no party.
    """
    case, _ = await _mine(code, by, at)
    dossier = await CaseDossier.get_or_none(case_id=case.id)
    due = add_working_days(local_day(at), ANSWER_DAYS, await calendar_at()).due
    hold = Hold.TERM if dossier else Hold.RUNNING
    answer = {"asked_at": at, "due_on": due, "held_because": hold}
    answer |= {"held_until": dossier.kept_until if dossier else None}
    wish, _ = await DeletionWish.update_or_create(defaults=answer, case=case, person=by)
    await record("case.deletion-asked", case.key, by=by, at=at, community_id=case.community_id, hold=hold)
    return wish


async def wish_of(person: Person, code: str, *, at: datetime) -> tuple[Case, DeletionWish | None, list[Purged]]:
    """Return what a party asked and was answered, and which talks are destroyed."""
    case, _ = await _mine(code, person, at)
    wish = await DeletionWish.get_or_none(case_id=case.id, person_id=person.id)
    rooms = {room.name: room for room in await Room.filter(case_id=case.id, key="").select_related("party")}
    own = await stood_for(person, case.id, at=at)
    mine = {name: room for name, room in rooms.items() if room.party_id is None or room.party_id in own}
    gone = await Event.filter(kind="room.purged", subject__in=list(mine)).order_by("id") if mine else []
    return case, wish, [Purged(mine[each.subject].kind, each.at) for each in gone]


async def copy_for(person: Person, code: str, *, at: datetime) -> dict[str, object]:
    """Return what the case holds of a party themselves; of the other side nothing."""
    case, parties = await _mine(code, person, at)
    consents = await Consent.filter(party_id__in=[each.id for each in parties]).order_by("id")
    applied = any(each.side is Side.APPLICANT for each in parties)
    return {
        "case": case.code,
        "filed_at": case.filed_at.isoformat(),
        "parties": [{"sign": each.sign, **{c: opened(each, c) for c in PARTY_COLUMNS}} for each in parties],
        "filing": {c: opened_case(case, c) for c in ("statement", "wish", "place")} if applied else {},
        "consents": [{"act": each.act, "given": each.given, "at": each.at.isoformat()} for each in consents],
    }


async def _mine(code: str, person: Person, at: datetime) -> tuple[Case, list[Party]]:
    case, _ = await visible_case(person, code, at=at)
    own = await stood_for(person, case.id, at=at)
    if not own:
        raise Hidden(HIDDEN)
    return case, await Party.filter(id__in=own).order_by("id")
