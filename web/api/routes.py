"""All declared calls as routes, and the document that describes them."""

from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from web import outages
from web.api.call import ROOT, Call
from web.api.door import OPEN, endpoint
from web.api.openapi import Node, document
from web.community.helping import api as helping
from web.community.hooks import api as hooks
from web.community.moderation import api as moderation
from web.community.notice import api as notice
from web.community.orgs import api as orgs
from web.community.search import api as search
from web.deliberation.ballot import api as ballot
from web.deliberation.body import api as body
from web.deliberation.calls import api as calls
from web.deliberation.charter import api as charter
from web.deliberation.debate import api as debate
from web.deliberation.debate import talk_api as talk
from web.deliberation.following import api as following
from web.deliberation.ledger import api as ledger
from web.deliberation.lineage import api as lineage
from web.deliberation.matter import api as matter
from web.deliberation.matter import deeds_api as deeds
from web.deliberation.matter import text_api as text
from web.deliberation.meeting import api as meeting
from web.deliberation.outcome import api as outcome
from web.deliberation.oversight import api as oversight
from web.deliberation.polling import api as polling
from web.deliberation.publicity import api as publicity
from web.deliberation.stakeholder import api as stakeholder
from web.locale import LANGUAGES, SOURCE
from web.mediation.appointment import api as appointment
from web.mediation.assignment import api as assignment
from web.mediation.case import api as cases
from web.mediation.confirmation import api as confirmation
from web.mediation.evidence import api as evidence
from web.mediation.intake import api as arrivals
from web.mediation.minutes import api as records
from web.mediation.referral import api as handovers
from web.mediation.referral import commission_api as commission
from web.mediation.referral import sending_api as handing
from web.mediation.report import api as figures
from web.mediation.risk import api as risk
from web.mediation.room import api as rooms
from web.mediation.room import quiet_api as pauses
from web.page import prefs_of

CALLS: Final[Sequence[Call]] = (
    *matter.calls,
    *text.calls,
    *deeds.calls,
    *debate.calls,
    *talk.calls,
    *ballot.calls,
    *body.calls,
    *charter.calls,
    *helping.calls,
    *moderation.calls,
    *oversight.calls,
    *lineage.calls,
    *ledger.calls,
    *polling.calls,
    *stakeholder.calls,
    *calls.calls,
    *outcome.calls,
    *publicity.calls,
    *following.calls,
    *meeting.calls,
    *notice.calls,
    *orgs.calls,
    *arrivals.calls,
    *hooks.calls,
    *figures.calls,
    *cases.calls,
    *assignment.calls,
    *appointment.calls,
    *evidence.calls,
    *records.calls,
    *rooms.calls,
    *pauses.calls,
    *handovers.calls,
    *handing.calls,
    *commission.calls,
    *confirmation.calls,
    *risk.calls,
    *outages.calls,
    *search.calls,
)


def described(lang: str) -> Node:
    """Return the OpenAPI document of this program."""
    return document(CALLS, version=_version(), lang=lang)


async def show(request: Request) -> Response:
    """Answer with the OpenAPI document in the reader's language."""
    lang = prefs_of(request).lang
    body = _written(lang if lang in LANGUAGES else SOURCE)
    return Response(body, media_type="application/json", headers={**OPEN, "Cache-Control": "no-cache"})


@cache
def _written(lang: str) -> bytes:
    """Return the document as it is sent: to write it takes a sixth of a second in which nobody else is answered."""
    return bytes(JSONResponse(described(lang)).body)


def _version() -> str:
    try:
        return version_of("heyi")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0"


routes = [
    Route(f"{ROOT}/openapi.json", show, name="openapi"),
    *[
        Route(call.route, endpoint(call), methods=[call.method], name=f"api-{call.name}", max_body_size=call.most)
        for call in CALLS
    ],
]
