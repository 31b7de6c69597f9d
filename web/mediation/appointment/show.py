"""What the pages show of an appointment, and its entry for a calendar."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from mediation.appointment.letters import SUMMARY
from mediation.appointment.models import Appointment
from mediation.appointment.queries import Planned, stand_in_of, words_of
from mediation.appointment.rules import EARLY, LENGTHS, MEETING, MOST_SLOTS, OPEN, Came, Fixing, MeetBy, numbers
from web.ical import TYPE, Entry, calendar_of, event_of, uid_of
from web.locale import say
from web.page import prefs_of


def view_of(plan: Planned, at: datetime) -> dict[str, object]:
    """Return what both the page of the case's people and that of a link show."""
    row = plan.appointment
    return {
        "case": row.case,
        "plan": plan,
        "row": row,
        "place": words_of(row, "place"),
        "link": words_of(row, "link"),
        "reason": words_of(row, "reason"),
        "ends": row.starts_at + timedelta(minutes=row.minutes) if row.starts_at else None,
        "chosen": {each.id: numbers(each.suits) for each in plan.answers},
        "meeting": row.case.state in MEETING,
        "open": row.state in OPEN,
        "begun": row.starts_at is not None and at >= row.starts_at - EARLY,
        "at": at,
    }


def offer_view(now: datetime) -> Mapping[str, object]:
    """Return what the form of an offer needs; the times are Beijing's."""
    return {"lengths": LENGTHS, "ways": list(MeetBy), "slots": range(1, MOST_SLOTS + 1), "today": now}


def presences(plan: Planned) -> dict[int, tuple[Came, str]]:
    """Return who came, by party, and who came for them."""
    row = plan.appointment
    return {each.party_id: (each.came, stand_in_of(row, each)) for each in plan.presences.values()}


def calendar_file(request: Request, row: Appointment, *, at: datetime) -> Response:
    """Answer with an appointment as a calendar file; it names nobody and nothing of what it is about."""
    site_url = request.app.state.settings.site_url
    entry = Entry(
        uid=uid_of(f"appointment-{row.code}", site_url),
        summary=say(prefs_of(request).lang, SUMMARY),
        begins=row.starts_at or at,
        ends=(row.starts_at or at) + timedelta(minutes=row.minutes),
        changed=at,
        place=words_of(row, "place"),
        sequence=row.sequence,
        cancelled=row.state is Fixing.CANCELLED,
    )
    text = calendar_of([event_of(entry)], method="PUBLISH")
    headers = {"Content-Disposition": 'attachment; filename="appointment.ics"', "Referrer-Policy": "no-referrer"}
    return Response(text, media_type=TYPE, headers=headers)
