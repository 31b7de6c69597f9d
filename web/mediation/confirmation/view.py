"""What the pages of judicial confirmation show, cut to what this person may do."""

from datetime import datetime

from community.calendar.queries import calendar_at
from community.calendar.rules import local_day
from community.people.models import Person
from mediation.agreement.models import AgreementVersion
from mediation.agreement.queries import clause_text, number_for
from mediation.case.access import Seat
from mediation.case.models import Case
from mediation.case.queries import name_for
from mediation.case.standing import stands
from mediation.confirmation.applying import METHODS, whose
from mediation.confirmation.grounds import BROUGHT, STATED, WAYS, checklist
from mediation.confirmation.models import CourtConfirmation
from mediation.confirmation.queries import (
    Applied,
    applied,
    bars_of,
    courts_for,
    enforceable,
    expected,
    history,
    in_force,
    kinds_of,
    open_in,
    words_of,
)
from mediation.confirmation.rules import Course, Who, deeds_at
from mediation.confirmation.window import window_of


async def view_of(case: Case, seats: frozenset[Seat], me: Person, at: datetime) -> dict[str, object]:
    """Return everything the page of a case's confirmation shows."""
    version, rows = await in_force(case), await history(case)
    now, days = open_in(rows), await window_of(case)
    last = rows[0] if rows else None
    today, who = local_day(at), whose(seats)
    said = await applied(now, case) if now else []
    ended = last if last and not now and not _mended(last, version) else None
    return {
        "case": case,
        "number": number_for(version) if version else "",
        "bars": await bars_of(case, version),
        "days": days,
        "warns": bool(version and version.looked_at and Who.WORKER in who),
        "over": days is None or today > days.due,
        "today": today,
        "open": now,
        "past": [(each, words_of(each)) for each in rows if each is not now],
        "words": words_of(now) if now else "",
        "deeds": deeds_at(now.stage, who) if now else (),
        "who": who,
        "courts": await courts_for(case) if who and not now else [],
        "stated": STATED,
        "methods": METHODS,
        "said": [(each, name_for(seats, case, each.party)) for each in said],
        "mine": await _mine(case, said, me, at),
        "ready": bool(said) and all(each.method for each in said),
        "items": checklist(kinds_of(version), agents=any(each.method == "mandate" for each in said)),
        "brought": BROUGHT,
        "expects": await _expected(now) if now else {},
        "ways": WAYS.get(ended.stage, ()) if ended else (),
        "ended": ended,
        "enforce": await _enforce(case, last) if last and last.stage is Course.CONFIRMED else [],
    }


def _mended(last: CourtConfirmation, version: AgreementVersion | None) -> bool:
    """Return whether what a court dismissed was changed since, so that everybody may apply again (民事诉讼法 206)."""
    return last.stage is Course.DISMISSED and version is not None and last.version_id != version.id


async def _mine(case: Case, said: list[Applied], me: Person, at: datetime) -> Applied | None:
    """Return a party for whom the reader may still apply: themselves, a ward, or who gave them a mandate."""
    if not said:
        return None
    acts = {each.party_id for each in await stands(me, case.id, at=at) if each.settles}
    return next((each for each in said if each.party.id in acts and not each.method), None)


async def _expected(found: CourtConfirmation) -> dict[str, object]:
    filed_on = local_day(found.filed_at) if found.filed_at else None
    return dict(expected(found, await calendar_at(), filed_on))


async def _enforce(case: Case, found: CourtConfirmation) -> list[dict[str, object]]:
    since = found.decided_on
    rows = await enforceable(case, since) if since else []
    return [{"text": clause_text(each.duty.clause), "rest": each.rest, "until": each.until} for each in rows]
