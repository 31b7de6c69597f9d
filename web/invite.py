"""Appointments as iCalendar files (RFC 5545, RFC 5546) beside the mails that tell of them."""

from datetime import datetime

from icalendar import vCalAddress

from community.notice.models import Mail
from web.ical import Entry, calendar_of, event_of, uid_of
from web.locale import say


def calendar_invite(
    uid: str,
    summary: str,
    *,
    begins: datetime,
    at: datetime,
    organizer: str,
    attendee: str,
    ends: datetime | None = None,
    place: str = "",
    sequence: int = 0,
    cancelled: bool = False,
) -> str:
    """Return an invitation, a change to it (a higher ``sequence``) or its cancellation.

    Args:
        uid: the same for all versions of one appointment.
        summary: what it is, without names, facts or amounts.
        begins: when it begins.
        at: now.
        organizer: the address it comes from.
        attendee: the address it goes to.
        ends: when it ends; an hour later unless told.
        place: where.
        sequence: counts the versions from 0.
        cancelled: it does not take place.
    """
    entry = Entry(
        uid=uid,
        summary=summary,
        begins=begins,
        changed=at,
        ends=ends,
        place=place,
        sequence=sequence,
        cancelled=cancelled,
    )
    event = event_of(entry)
    event.add("organizer", vCalAddress(f"mailto:{organizer}"))
    event.add("attendee", vCalAddress(f"mailto:{attendee}"))
    return calendar_of([event], method="CANCEL" if cancelled else "REQUEST")


def invite_of(mail: Mail, *, organizer: str, site_url: str, at: datetime) -> tuple[str, str] | None:
    """Return the invitation and its method when the facts of ``mail`` name an appointment under ``invite``.

    ``invite`` holds ``uid`` (whole, or the key of a thing of this site), ``summary`` (a message id), ``begins``
    (ISO), and maybe ``ends``, ``place``, ``sequence`` and ``cancelled``, as the arguments of `calendar_invite`.
    """
    given = mail.values.get("invite")
    if not isinstance(given, dict):
        return None
    text = calendar_invite(
        given["uid"] if "@" in given["uid"] else uid_of(given["uid"], site_url),
        say(mail.lang, given["summary"]),
        begins=datetime.fromisoformat(given["begins"]),
        ends=datetime.fromisoformat(given["ends"]) if given.get("ends") else None,
        place=given.get("place", ""),
        sequence=given.get("sequence", 0),
        cancelled=given.get("cancelled", False),
        at=at,
        organizer=organizer,
        attendee=mail.to,
    )
    return text, "CANCEL" if given.get("cancelled") else "REQUEST"
