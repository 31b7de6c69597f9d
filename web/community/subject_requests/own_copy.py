"""A copy of what is kept of somebody, for themself: what they gave and did, never what others said of them.

How somebody voted is in no copy: nobody can read it, neither here nor elsewhere.
Source: 个人信息保护法 45; trust model "Personal data".
"""

from datetime import datetime

from community.helping.models import Authorisation
from community.people.models import Person
from community.people.queries import my_holdings, my_sessions
from community.places.models import Resident
from community.subject_requests.models import SubjectRequest
from community.subject_requests.sealed import opened
from community.tokens.queries import mine as tokens_of
from deliberation.debate.models import Comment
from deliberation.matter.models import Endorsement, Matter
from mediation.case.models import Party

MOST = 5000


async def copy_of(person: Person, *, at: datetime) -> dict[str, object]:
    """Return everything as plain values, instants in ISO 8601 with their zone."""
    return {
        "made_at": at.isoformat(),
        "account": _account(person),
        "roll": [_roll(row) for row in await Resident.filter(person_id=person.id).select_related("unit__building")],
        "offices": [_office(row) for row in await my_holdings(person, at=at)],
        "sessions": [
            {"device": row.agent, "began_at": _iso(row.began_at), "seen_at": _iso(row.seen_at)}
            for row in await my_sessions(person, at=at)
        ],
        "tokens": [{"label": row.label, "made_at": _iso(row.made_at)} for row in await tokens_of(person, at=at)],
        "requests": [_request(row) for row in await SubjectRequest.filter(person_id=person.id).order_by("id")],
        **await _said(person),
    }


async def _said(person: Person) -> dict[str, object]:
    matters = await Matter.filter(author_id=person.id).order_by("id").limit(MOST)
    seconded = await Endorsement.filter(person_id=person.id).order_by("id").limit(MOST)
    comments = await Comment.filter(author_id=person.id).order_by("id").limit(MOST)
    helped = await Authorisation.filter(resident__person_id=person.id).order_by("id").limit(MOST)
    cases = await Party.filter(person_id=person.id).order_by("id").select_related("case").limit(MOST)
    return {
        "matters": [{"id": row.id, "title": row.title} for row in matters],
        "endorsements": [{"matter": row.matter_id} for row in seconded],
        "comments": [{"matter": row.matter_id, "at": _iso(row.at), "words": row.words} for row in comments],
        "help": [{"at": _iso(row.at), "place": row.place} for row in helped],
        "cases": [{"code": row.case.code, "copy": f"/cases/{row.case.code}/copy"} for row in cases],
    }


def _account(person: Person) -> dict[str, object]:
    return {
        "name": person.name,
        "email": person.email,
        "language": person.lang,
        "layout": person.mode,
        "mail": person.mail_digest,
        "joined_at": _iso(person.joined_at),
        "second_factor": person.totp_secret is not None,
    }


def _roll(row: Resident) -> dict[str, object]:
    unit = row.unit
    return {
        "name": row.name,
        "home": f"{unit.building.name} {unit.number}" if unit else "",
        "born_on": row.born_on.isoformat() if row.born_on else None,
        "moved_in": row.moved_in.isoformat() if row.moved_in else None,
        "moved_out": row.moved_out.isoformat() if row.moved_out else None,
    }


def _office(row: object) -> dict[str, object]:
    return {"role": row.role, "since": _iso(row.since), "until": _iso(row.until)}  # type: ignore[attr-defined]


def _request(row: SubjectRequest) -> dict[str, object]:
    told = {column: opened(row, column) for column in ("words", "answer")}
    return {"kind": row.kind, "asked_at": _iso(row.asked_at), "outcome": row.outcome, **told}


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
