"""Every route against every role, with an object of their own neighbourhood and as somebody from the next one.

`DOORS` says who may come in. A route that is not in it fails; somebody who is not
in it is turned away before anything is written; and to whoever may not even know
of a thing it looks as if there were no such thing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route

from community.notice.models import Mail, Notice
from community.people.models import Holding, Person
from community.places.models import Resident
from community.record.models import Event
from deliberation.calls.models import Call
from deliberation.debate.models import Comment
from deliberation.lineage.models import MatterLink
from deliberation.meeting.models import MeetingSeat
from deliberation.publicity.models import Publication
from deliberation.stakeholder.models import Slot
from mediation.agreement.models import Obligation
from mediation.case.models import Party
from mediation.room.models import Room
from mediation.room.rules import RoomKind
from tests.elsewhere import elsewhere
from tests.mediation.filing import link_of
from tests.scene import Scene
from tests.web.crawl import client_of, roles
from web.deliberation.open_data import TABLES

FORM = {"content-type": "application/x-www-form-urlencoded"}
ANYBODY = frozenset({"*"})
SIGNED_IN = frozenset({"me"})
TOKEN = frozenset({"token"})  # of the API, which no cookie opens


def who(names: str) -> frozenset[str]:
    """Return a set of roles."""
    return frozenset(names.split(", "))


PARTIES = who("lan, qiang")
CASE = PARTIES | who("moderator, intake, director, mediator, admin")
AGREEMENT = PARTIES | who("director, mediator")
TALK = PARTIES | who("mediator")
ROLL = who("lan, qiang, xiu")
ADMINS = who("admin, other admin")
CLERKS = who("clerk, other clerk")
MODERATORS = who("moderator, other moderator")
HANDLES = who("moderator, supervisor")
OVERSEERS = who("supervisor, other supervisor")
PLACES = who("clerk, admin")
TELLERS = who("clerk, supervisor")
SPEAK = ROLL | TELLERS | who("moderator")
NOBODY_HERE = who("")
HERE = ROLL | PLACES | who("stranger, moderator, supervisor, intake, director, mediator")

# fmt: off
DOORS: dict[str, frozenset[str]] = {
    **dict.fromkeys((
        "/", "/alive", "/accessibility", "/privacy", "/rights", "/calendar", "/open", "/orgs", "/disputes",
        "/disputes/days", "/prefs",
        "/law", "GET /outages", "/api/v1/outages", "/budgets", "/budgets/{id:int}", "/budgets/{id:int}/ballots.pb",
        "/moderation/log", "/moderation/log.csv", "/moderation/reports",
        "/moderation/reports/{month}",
        "/api/v1/moderation/reports/{month}", "/api/v1/moderation/log",
        "/matters", "/matters/{id:int}", "/matters/{id:int}/versions",
        "GET /matters/{id:int}/comments", "/matters/{id:int}/comments/{code}", "/matters/{id:int}/arguments",
        "GET /matters/{id:int}/opinions",
        "/matters/{id:int}/versions/{n:int}", "GET /matters/{id:int}/amendments",
        "/api/v1/matters/{id:int}/versions", "/api/v1/matters/{id:int}/versions/{n:int}",
        "GET /api/v1/matters/{id:int}/amendments",
        "GET /matters/{id:int}/stakeholders", "GET /matters/{id:int}/interests", "GET /matters/{id:int}/calls",
        "GET /matters/{id:int}/helping", "/open/helping", "/api/v1/helping",
        "GET /matters/{id:int}/orders", "GET /matters/{id:int}/appeal", "GET /matters/{id:int}/links",
        "/api/v1/matters/{id:int}/stakeholders", "/api/v1/matters/{id:int}/calls", "/api/v1/matters/{id:int}/links",
        "/api/v1/matters/{id:int}/oversight",
        "/bodies", "/bodies/{id:int}", "/bodies/{id:int}/rules", "/bodies/{id:int}/roll", "/rolls/{id:int}/notice",
        "/api/v1/matters/{id:int}/comments/{code}", "/api/v1/matters/{id:int}/arguments",
        "/api/v1/matters/{id:int}/comments", "/api/v1/matters/{id:int}/opinions",
        "/api/v1/outcomes", "/api/v1/matters/{id:int}/outcome",
        "/api/v1/publications", "/api/v1/publications/{id:int}",
        "/api/v1/bodies", "/api/v1/bodies/{id:int}", "/api/v1/bodies/{id:int}/objections",
        "/api/v1/bodies/{id:int}/rules",
        "/ballots/{id:int}/what-if", "/ballots/{id:int}/compare",
        "/api/v1/ballots/{id:int}/deliveries", "/api/v1/ballots/{id:int}/readings",
        "/ballots/{id:int}", "/ballots/{id:int}/notice", "/ballots/{id:int}/result", "/ballots/{id:int}/leave",
        "/ballots/{id:int}/result/notice", "/ballots/{id:int}/result.pdf", "/ballots/{id:int}/notice.pdf",
        "/ballots/{id:int}/log", "/ballots/{id:int}/log/checkpoint", "/verifier.py",
        "/ballots/{id:int}/log/leaves", "/ballots/{id:int}/log/proofs/inclusion", "/ballots/{id:int}/bundle.zip",
        "/ballots/{id:int}/log/proofs/consistency", "/api/v1/ballots/{id:int}/log",
        "/sign-in", "/leave", "/sign-in/link", "/sign-in/{token}", "/closed", "/email/{token}",
        "/sign-up", "/sent", "/confirm/{token}", "/password",
        "/password/{token}", "/unsubscribe/{token}", "/v/{token}", "/i/{token}", "/x/{token}",
        "/a/{token}", "/a/{token}/calendar.ics",
        "/sign-out", "/files/{code}",
        "/outbox", "/outbox/{code}", "/outbox/{code}/html",
        "/search", "/api/v1/search", "/feeds", "/matters.atom", "/matters/{id:int}/steps.atom", "/open/decisions.atom",
        *(f"/open/{name}.{form}" for name in TABLES for form in ("csv", "json")), "/open/data",
        "/publications.atom", "/publications.ics",
        "/ballots.ics", "/moderation/log.atom", "/matters/{id:int}/poster", "/m/{id:int}",
        "/api/v1/openapi.json", "/api/v1/matters", "/api/v1/matters/{id:int}", "/api/v1/communities",
        "/api/v1/communities/{code}/organisations", "/api/v1/meetings", "/api/v1/meetings/{id:int}",
        "/meetings.atom",
        "/papers", "/papers/{code}", "/forms/blank", "/forms/blank/{form}.pdf",
        "/meetings", "/meetings.ics", "/meetings/{id:int}", "/meetings/{id:int}/screen", "/meetings/{id:int}/papers",
        "/meetings/{id:int}/minutes",
        "/vote", "/vote/leave", "/api/v1/ballots/{id:int}/turnout",
        "/seats/{code}", "/seats/{code}/answer", "/seats/{code}/speech", "/seats/{code}/vote",
    ), ANYBODY),
    **dict.fromkeys((
        "/meetings/{id:int}/plan", "/meetings/{id:int}/agenda", "/meetings/{id:int}/items",
        "/meetings/{id:int}/items/{item:int}", "/meetings/{id:int}/guests", "/meetings/{id:int}/guests/{seat:int}",
        "/meetings/{id:int}/notice", "/meetings/{id:int}/change", "/meetings/{id:int}/cancellation",
        "/meetings/{id:int}/host", "/meetings/{id:int}/opening", "/meetings/{id:int}/closing",
        "/meetings/{id:int}/items/{item:int}/turn", "/meetings/{id:int}/floor", "/meetings/{id:int}/questions",
    ), who("clerk, moderator")),
    **dict.fromkeys((
        "/meetings/{id:int}/check-in", "/meetings/{id:int}/hands", "/meetings/{id:int}/presses",
        "/meetings/{id:int}/questions/{poll:int}/count", "/meetings/{id:int}/minutes/text",
        "/meetings/{id:int}/minutes/publication",
    ), who("clerk")),
    "/meetings/new": CLERKS | MODERATORS,
    "/meetings/{id:int}/minutes/code": ROLL | who("clerk, moderator"),
    "/meetings/{id:int}/minutes/signature": ROLL | who("clerk, moderator"),
    **dict.fromkeys((
        "/transparency", "/matters/{id:int}/outcome", "/matters/{id:int}/archive",
        "/matters/{id:int}/archive/public.zip", "/publications", "/publications/{id:int}", "/notes/{id:int}",
    ), ANYBODY),
    "/publications/new": CLERKS, "POST /publications": CLERKS,
    "/publications/{id:int}/photos": TELLERS, "/publications/{id:int}/objections": ROLL,
    "/publications/{id:int}/note": who("supervisor"), "/objections/{id:int}/answer": HANDLES | who("clerk"),
    "/matters/{id:int}/plan": who("clerk"), "/matters/{id:int}/steps/{step:int}": who("clerk"),
    "/matters/{id:int}/report": who("clerk"), "/matters/{id:int}/evaluation": NOBODY_HERE,
    "/matters/{id:int}/notes": who("supervisor"), "/notes/{id:int}/answer": who("clerk"),
    "/notes/{id:int}/press": who("supervisor"), "/ballots/{id:int}/recount": TELLERS,
    "/matters/{id:int}/helping/new": CLERKS, "POST /matters/{id:int}/helping": CLERKS, "/desk/helping": CLERKS,
    "/desk/information": CLERKS | MODERATORS, "/desk/information/new": CLERKS,
    **dict.fromkeys(("/information/{code}", "/information/{code}/end", "/information/{code}/handed-over"), NOBODY_HERE),
    "/desk/callbacks": CLERKS | OVERSEERS,
    **dict.fromkeys((
        "/helping/{code}", "/helping/{code}/proof", "/helping/{code}/withdrawal",
        "/helping/{code}/errands/{errand}/doing", "/helping/{code}/errands/{errand}/undoing",
    ), NOBODY_HERE),
    "/desk/callbacks/{code}": NOBODY_HERE, "/desk/help-stops/{code}": NOBODY_HERE,
    "/desk/supervision": who("supervisor, other supervisor"), "/desk/notes": SIGNED_IN,
    "/matters/{id:int}/archiving": who("clerk"), "POST /matters/{id:int}/archive": who("clerk"),
    "/matters/{id:int}/archive/full.zip": TELLERS,
    **dict.fromkeys((
        "/me/email", "/me/email/code", "/me/end", "/me/end/code",
        "/me", "/me/settings", "/me/password", "/me/home",
        "/me/second-factor", "/me/second-factor/codes",
        "/me/second-factor/off", "/me/information", "/me/information/copy",
        "/me/tokens", "/me/tokens/{code}/stop", "/me/hooks", "/me/hooks/{code}",
        "/me/hooks/{code}/test", "/me/hooks/{code}/pause", "/me/hooks/{code}/resumption", "/me/hooks/{code}/ending",
        "/me/hooks/{code}/calls/{call}/again", "/me/sessions/{code}/end", "/second-factor",
        "/sign-out/everywhere", "/inbox", "/inbox/read", "/inbox/settings", "/verify", "/desk", "/desk/matters",
        "/disputes/new", "/matters/alike", "POST /disputes", "/matters/new", "POST /matters", "/report", "/files",
        "/moderation/original", "/moderation/claim", "/moderation/release", "/moderation/batch",
        "/moderation/reporter", "/moderation/batches/{code}", "/moderation/batches/{code}/undo", "/following",
        "/matters/{id:int}/following", "/matters/{id:int}/following/end",
        "GET /matters/{id:int}/confirmation",
        "/desk/calls",
    ), SIGNED_IN),
    **dict.fromkeys((
        "/api/v1/notices", "/api/v1/notices/{code}/read", "/api/v1/matters/{id:int}/endorsements",
        "/api/v1/following", "/api/v1/matters/{id:int}/following", "/api/v1/matters/{id:int}/following/end",
        "/api/v1/matters/{id:int}/confirmations", "/api/v1/matters/{id:int}/retractions",
        "POST /api/v1/matters/{id:int}/amendments", "POST /api/v1/matters", "/api/v1/matters/{id:int}/text",
        "/api/v1/matters/{id:int}/submission", "/api/v1/matters/{id:int}/withdrawal",
        "/api/v1/matters/{id:int}/screening", "/api/v1/matters/{id:int}/amendments/{code}/answer",
        "/api/v1/matters/{id:int}/amendments/{code}/withdrawal", "POST /api/v1/matters/{id:int}/comments",
        "/api/v1/matters/{id:int}/comments/{code}/words", "/api/v1/matters/{id:int}/comments/{code}/helpful",
        "/api/v1/matters/{id:int}/comments/{code}/helpful/end", "POST /api/v1/matters/{id:int}/opinions",
        "/api/v1/matters/{id:int}/opinions/{code}/answer", "/api/v1/calls/{id:int}/answer",
        "/api/v1/publications/{id:int}/objections", "/api/v1/matters/{id:int}/evaluations", "/api/v1/reports",
        "/api/v1/arrivals", "/api/v1/arrivals/{code}", "/api/v1/hooks", "/api/v1/hooks/{code}/ending",
        "/api/v1/hooks/{code}/calls", "/api/v1/hooks/{code}/test", "/api/v1/hooks/{code}/pause",
        "/api/v1/hooks/{code}/resumption",
        "/api/v1/cases", "/api/v1/cases/figures", "/api/v1/cases/{code}", "/api/v1/cases/{code}/risk",
        "/api/v1/cases/{code}/appointments", "/api/v1/cases/{code}/appointments/{appointment}/answers",
        "/api/v1/cases/{code}/evidence", "/api/v1/cases/{code}/records", "/api/v1/cases/{code}/records/{record}",
        "/api/v1/cases/{code}/records/{record}/words", "/api/v1/cases/{code}/rooms",
        "/api/v1/cases/{code}/rooms/{room}/pauses", "/api/v1/cases/{code}/rooms/{room}/pauses/ended",
        "/api/v1/cases/{code}/rooms/{room}/messages", "/api/v1/cases/{code}/rooms/{room}/cards/{seq:int}/answers",
        "/api/v1/cases/{code}/mediators", "/api/v1/cases/{code}/assignment",
        "/api/v1/handovers", "/api/v1/handovers/{code}", "/api/v1/handovers/{code}/papers",
        "/api/v1/handovers/{code}/acceptance", "/api/v1/handovers/{code}/rejection",
        "/api/v1/cases/{code}/handovers", "/api/v1/cases/{code}/handovers/answers",
        "/api/v1/cases/{code}/handovers/sending", "/api/v1/cases/{code}/handovers/recall",
        "/api/v1/cases/{code}/handovers/ruling",
        "/api/v1/cases/{code}/commission", "/api/v1/cases/{code}/commission/acceptance",
        "/api/v1/cases/{code}/commission/refusal", "/api/v1/cases/{code}/commission/ending",
        "/api/v1/cases/{code}/commission/return",
        "/api/v1/confirmations", "/api/v1/confirmations/{code}", "/api/v1/confirmations/{code}/papers",
        "/api/v1/confirmations/{code}/answers",
    ), TOKEN),
    "POST /outages": NOBODY_HERE,
    "POST /calendar": ADMINS, "/orgs/new": ADMINS, "POST /orgs": ADMINS, "/admin/roles": ADMINS,
    "/places/divisions": ADMINS, "/orgs/{code}": who("admin"), "/orgs/{code}/seal": who("admin"),
    "/admin/roles/{code}/end": who("admin"),
    "/desk/digest-hour": CLERKS | ADMINS,
    "/budgets/new": CLERKS, "POST /budgets": CLERKS,
    "/budgets/{id:int}/list": who("clerk"), "/budgets/{id:int}/projects": who("clerk"),
    "/budgets/{id:int}/projects/{number:int}/dropping": who("clerk"),
    "/budgets/{id:int}/announcement": who("clerk"), "/budgets/{id:int}/vote": ROLL,
    "/places": CLERKS | ADMINS, "/places/roll": CLERKS | ADMINS, "/places/{code}": PLACES,
    "/places/{code}/slips": PLACES, "/places/roll/{code}": PLACES, "/places/residents/{code}/leave": PLACES,
    "/verify/waiting": CLERKS, "/verify/{code}": who("clerk"),
    "/moderation": MODERATORS, "/appeals": MODERATORS | who("supervisor"),
    "/moderation/hidden/{code}": HANDLES, "/moderation/hidden/{code}/second": HANDLES,
    "/moderation/hidden/{code}/original": HANDLES, "/moderation/hidden/{code}/undo": HANDLES,
    "/moderation/hidden/{code}/appeal": HANDLES,
    "/moderation/hidden/{code}/answer": HANDLES,
    "/inbox/{code}": who("lan"),
    "/desk/intake": who("intake, director, other intake, other director"),
    "/cases/{code}/parties/{party}/script": who("intake, director"),
    **dict.fromkeys(("/cases/{code}/people", "/cases/{code}/people/{party}",
        "/cases/{code}/people/{party}/roster", "/cases/{code}/people/{party}/{deed}",
        "/cases/{code}/joining", "/cases/{code}/seats/{row}/link", "/cases/{code}/seats/{row}/end"),
        who("director, mediator")),
    "/beside/{token}": NOBODY_HERE,
    "POST /desk/hotspots": MODERATORS | who("director, other director"),
    "/desk/workload": who("director, other director"),
    "/desk/sweeps": who("intake, director, other intake, other director"),
    "/desk/sweeps/{code}/striking": NOBODY_HERE,
    **dict.fromkeys((
        "/desk/report", "/desk/report.csv", "/desk/report/form", "/desk/report/form/after", "/desk/report/form.csv",
        "/desk/report/form.xlsx", "/desk/report/work", "/desk/report/after", "GET /desk/hotspots",
    ), MODERATORS | who("director, other director")),
    "/desk/mediators": who("director, other director"),
    "/cases/{code}/complaint": PARTIES | who("mediator"), "/desk/complaints/{code}": NOBODY_HERE,
    "/desk/filters": SIGNED_IN, "/desk/filters/{code}/end": NOBODY_HERE,
    "/desk/complaints": who("director, other director"),
    "/desk/ties": who("mediator, other mediator"), "/desk/ties/{code}/end": NOBODY_HERE,
    "/cases/{code}/ties": who("mediator"), "/cases/{code}/members/{member}/link": who("director, mediator"),
    "/voice/{token}": NOBODY_HERE,
    "/cases/{code}/paper": who("intake, director"), "/cases/{code}/paper/acceptance": who("intake, director"),
    "/desk/mediators/{code}": NOBODY_HERE,
    **dict.fromkeys(("/desk/intake/{code}", "/desk/intake/{code}/kind", "/desk/intake/{code}/merge",
        "/desk/intake/{code}/screening"), who("intake, director")),
    **dict.fromkeys(("/desk/intake/new", "/desk/intake/kinds"), CLERKS | who("intake, other intake")),
    "/desk/bodies": CLERKS | MODERATORS, "/desk/bodies/{id:int}/rolls": who("clerk"), "/rolls/{id:int}": HERE,
    "/bodies/{id:int}/objections": HERE, "/bodies/{id:int}/objections/{objection:int}": who("clerk, moderator"),
    "/bodies/{id:int}/ending": who("clerk"), "/desk/households": CLERKS, "/desk/households/{code}": who("clerk"),
    "/matters/{id:int}/text": NOBODY_HERE, "/matters/{id:int}/alike": NOBODY_HERE,
    "/matters/{id:int}/submission": NOBODY_HERE, "/matters/{id:int}/resubmission": NOBODY_HERE,
    "/matters/{id:int}/reopening": NOBODY_HERE, "/matters/{id:int}/withdrawal": NOBODY_HERE,
    "/matters/{id:int}/endorsement": ROLL, "POST /matters/{id:int}/comments": SPEAK,
    "/matters/{id:int}/comments/{code}/helpful": SPEAK, "/matters/{id:int}/comments/{code}/not-helpful": SPEAK,
    "/matters/{id:int}/comments/{code}/words": who("xiu"),
    "POST /matters/{id:int}/opinions": who("clerk"), "/matters/{id:int}/opinions/{code}/answer": who("clerk"),
    "POST /matters/{id:int}/confirmation": ROLL, "/matters/{id:int}/retraction": ROLL,
    "POST /matters/{id:int}/amendments": ROLL, "/matters/{id:int}/amendments/new": ROLL,
    "/matters/{id:int}/amendments/{code}": who("clerk"), "/matters/{id:int}/amendments/{code}/withdrawal": NOBODY_HERE,
    "/desk/bodies/{id:int}/rules": who("clerk"), "/desk/bodies/{id:int}/charter": who("clerk"),
    "/desk/bodies/{id:int}/show-days": who("clerk"),
    "/matters/{id:int}/final-text": who("clerk"), "/matters/{id:int}/reconvening": who("clerk"),
    "POST /matters/{id:int}/stakeholders": who("clerk"),
    "/matters/{id:int}/stakeholders/{slot:int}/statement": who("moderator"),
    "POST /matters/{id:int}/interests": TELLERS, "POST /matters/{id:int}/calls": TELLERS,
    "/matters/{id:int}/answers": TELLERS, "/desk/calls/{id:int}": who("clerk"),
    "POST /matters/{id:int}/orders": who("supervisor"), "/matters/{id:int}/correction": who("clerk"),
    "POST /matters/{id:int}/appeal": NOBODY_HERE, "/matters/{id:int}/appeal/ruling": who("supervisor"),
    "POST /matters/{id:int}/links": who("clerk"), "/matters/{id:int}/links/new": NOBODY_HERE,
    "/matters/{id:int}/links/{link:int}/undoing": who("clerk"), "/matters/{id:int}/closing": who("clerk"),
    "/matters/{id:int}/screening": who("clerk"), "/matters/{id:int}/study": who("moderator"),
    "/matters/{id:int}/sittings": who("clerk"), "/matters/{id:int}/announcement": who("clerk"),
    **dict.fromkeys((
        "/ballots/{id:int}/deliveries", "/ballots/{id:int}/deliveries/building", "/ballots/{id:int}/deliveries/sheets",
        "/ballots/{id:int}/deliveries/meetings/{meeting:int}", "/ballots/{id:int}/deliveries/{delivery:int}/strike",
        "/ballots/{id:int}/extension", "/ballots/{id:int}/mandates/counter",
        "/ballots/{id:int}/sheets", "/ballots/{id:int}/sheets/printing", "/ballots/{id:int}/sheets/reissue",
        "/ballots/{id:int}/sheets/register", "/ballots/{id:int}/kiosk", "/ballots/{id:int}/kiosk/{code}/voter",
        "/ballots/{id:int}/kiosk/{code}/end", "/ballots/{id:int}/doors", "/ballots/{id:int}/doors/building",
        "/ballots/{id:int}/doors/{head:int}/vote", "/ballots/{id:int}/witness/{code}",
    ), who("clerk")),
    "/ballots/{id:int}/mandates": SIGNED_IN, "/ballots/{id:int}/mandates/code": SIGNED_IN,
    "/ballots/{id:int}/mandates/votes": SIGNED_IN, "/mandates/{code}/withdrawal": NOBODY_HERE,
    "/ballots/{id:int}/homes": ROLL,
    "/ballots/{id:int}/candidates": NOBODY_HERE, "/ballots/{id:int}/candidates/account": NOBODY_HERE,
    "/ballots/{id:int}/papers": TELLERS, "/ballots/{id:int}/papers/{sheet:int}": TELLERS,
    **dict.fromkeys((
        "/vote/paper", "/vote/receipts/{receipt}", "/kiosk", "/kiosk/choice", "/kiosk/receipt", "/kiosk/stay",
        "/kiosk/leave",
    ), NOBODY_HERE),
    "/ballots/{id:int}/vote": ROLL, "/ballots/{id:int}/receipts/{receipt}": ROLL,
    "/ballots/{id:int}/count": TELLERS, "/ballots/{id:int}/votes/{vote:int}/aside": TELLERS,
    **dict.fromkeys((
        "/cases/{code}", "/cases/{code}/receipt", "/cases/{code}/invitation",
        "/cases/{code}/parties/{party}/letter", "/cases/{code}/refusal", "/cases/{code}/acceptance",
        "/cases/{code}/withdrawal", "/cases/{code}/answers", "/cases/{code}/termination", "/cases/{code}/sessions",
        "/cases/{code}/closing", "/cases/{code}/follow-up", "/cases/{code}/agreement/draft",
        "/cases/{code}/agreement/preview", "/cases/{code}/agreement/final", "/cases/{code}/agreement/taking-back",
        "/cases/{code}/agreement/cure", "/cases/{code}/clocks", "/cases/{code}/steps/{step}", "/cases/{code}/attempts",
        "/cases/{code}/recusal", "/cases/{code}/recusal/ruling", "/cases/{code}/recusal/waiver",
        "/cases/{code}/respondents", "/cases/{code}/extension", "/cases/{code}/joint", "/cases/{code}/handover",
        "/cases/{code}/handover/answers", "/cases/{code}/handover/sending", "/cases/{code}/handover/recall",
        "/cases/{code}/handover/ruling", "/cases/{code}/report-on",
    ), CASE),
    **dict.fromkeys((
        "/cases/{code}/agreement", "/cases/{code}/agreement/paper", "/cases/{code}/agreement/paper.pdf",
        "/cases/{code}/agreement/code",
        "/cases/{code}/agreement/signature", "/cases/{code}/agreement/hand",
        "/cases/{code}/agreement/own-hand",
        "/cases/{code}/agreement/roads", "/cases/{code}/agreement/changes",
        "/cases/{code}/agreement/calendar.ics", "/cases/{code}/agreement/own-hand",
        "/cases/{code}/agreement/roads/{road}", "/cases/{code}/agreement/roads/{road}/pdf",
        "/cases/{code}/agreement/seal", "/cases/{code}/agreement/talks",
        "/cases/{code}/agreement/refusal", "/cases/{code}/agreement/promises/{duty}",
        "/cases/{code}/agreement/promises/{duty}/claims", "/cases/{code}/agreement/promises/{duty}/claims/agreement",
        "/cases/{code}/agreement/promises/{duty}/claims/denial",
        "/cases/{code}/agreement/promises/{duty}/claims/withdrawal",
        "/cases/{code}/agreement/promises/{duty}/claims/visits",
        "/cases/{code}/agreement/versions/{n:int}", "/cases/{code}/agreement/versions/{n:int}.pdf",
        "/cases/{code}/agreement/supplement/end",
    ), AGREEMENT),
    **dict.fromkeys((
        "/cases/{code}/confirmation", "/cases/{code}/confirmation/application", "/cases/{code}/confirmation/filing",
        "/cases/{code}/confirmation/withdrawal", "/cases/{code}/confirmation/supplement",
        "/cases/{code}/confirmation/package.{form}",
    ), who("director, mediator")),
    "/confirmations": who("director, other director"),
    "/confirmations/{code}": NOBODY_HERE, "/confirmations/{code}/package.{form}": NOBODY_HERE,
    "/cases/{code}/dossier": NOBODY_HERE, "/cases/{code}/dossier/export": NOBODY_HERE,
    "/cases/{code}/dossier/progress": NOBODY_HERE, "/cases/{code}/dossier/exports/{export}": NOBODY_HERE,
    "/shelf/disposal": who("director, other director"),
    **dict.fromkeys((
        "/shelf/disposal/{code}", "/shelf/disposal/{code}/list.pdf", "/shelf/disposal/{code}/approval",
        "/shelf/disposal/{code}/refusal", "/shelf/disposal/{code}/withdrawal",
    ), NOBODY_HERE),
    "/shelf": SIGNED_IN, "/shelf/retention": who("director, other director"), "GET /shelf/paper": SIGNED_IN,
    "/joint/{code}": NOBODY_HERE,
    "/cases/{code}/joint/{joint}": NOBODY_HERE,
    "/numbers": who("intake, director, other intake, other director"),
    "/numbers/{org}/{year:int}": who("intake, director"), "/cases/{code}/papers": who("director, mediator"),
    **dict.fromkeys((
        "POST /shelf/paper", "/shelf/paper/new", "/shelf/paper/{code}", "/shelf/paper/{code}/scans/{row:int}",
        "/shelf/paper/{code}/scans/{row:int}/pages/{n:int}", "/shelf/paper/{code}/comparison",
        "/shelf/paper/{code}/return", "/shelf/paper/{code}/destruction", "/shelf/paper/{code}/keeping",
        "/shelf/paper/{code}/ending", "/shelf/paper/{code}/export",
        "/cases/{code}/papers/{paper}", "/cases/{code}/papers/{paper}/mending", "/cases/{code}/papers/{paper}/void",
        "/cases/{code}/papers/{paper}/file/{kind}",
        "/letters/{code}", "/letters/{code}/print", "/letters/{code}/going", "/letters/{code}/end",
        "/letters/{code}/card", "/l/{code}",
    ), NOBODY_HERE),
    "/letters": CLERKS | who("intake, director, mediator, other intake, other director, other mediator"),
    "/cases/{code}/letters": who("intake, director, mediator"),
    "/cases/{code}/forms/{form}/{kind}": who("director, mediator"),
    "/handovers": who("director, other director"), "/dispatch": NOBODY_HERE,
    "/cases/{code}/access": PARTIES | who("director, admin"), "/cases/{code}/consents": PARTIES,
    **dict.fromkeys(("/cases/{code}/deletion", "/cases/{code}/copy"), PARTIES),
    "/cases/{code}/satisfaction": NOBODY_HERE,
    "GET /cases/{code}/stop": TALK, "POST /cases/{code}/stop": who("mediator"),
    "/cases/{code}/interpreting": who("mediator"), "/cases/{code}/agreement/languages": AGREEMENT,
    "/cases/{code}/rooms/{room}/lines/{seq:int}/translation": NOBODY_HERE,
    "/cases/{code}/interpreting/{task}": NOBODY_HERE, "/cases/{code}/interpreting/{task}/voice": NOBODY_HERE,
    "/cases/{code}/minutes": TALK, "/cases/{code}/minutes/new": who("mediator"),
    **dict.fromkeys((
        "/cases/{code}/minutes/{record}", "/cases/{code}/minutes/{record}/head",
        "/cases/{code}/minutes/{record}/lines", "/cases/{code}/minutes/{record}/parties/{party}",
        "/cases/{code}/minutes/{record}/record.pdf", "/cases/{code}/minutes/{record}/{deed}",
    ), NOBODY_HERE),
    "/cases/{code}/glass": who("director"), "/cases/{code}/identity": PARTIES | who("mediator"),
    "/cases/{code}/risk": who("director, mediator"), "/cases/{code}/prevented": who("director, mediator"),
    "/cases/{code}/assignment": who("director"), "/extracts/{code}": NOBODY_HERE,
    "/supervision": who("director, other director"),
    "/supervision/{code}": NOBODY_HERE, "/cases/{code}/supervision": NOBODY_HERE,
    "/cases/{code}/identity/taking-back": PARTIES,
    "/glass/{permit}": NOBODY_HERE, "/glass/{permit}/opening": NOBODY_HERE,
    **dict.fromkeys((
        "/handovers/{code}", "/handovers/{code}/acceptance", "/handovers/{code}/rejection",
        "/handovers/{code}/package.zip",
    ), NOBODY_HERE),
    "/cases/{code}/appointments": TALK,
    **dict.fromkeys((
        "/cases/{code}/appointments/{appointment}", "/cases/{code}/appointments/{appointment}/answer",
        "/cases/{code}/appointments/{appointment}/told", "/cases/{code}/appointments/{appointment}/time",
        "/cases/{code}/appointments/{appointment}/others", "/cases/{code}/appointments/{appointment}/cancellation",
        "/cases/{code}/appointments/{appointment}/presence", "/cases/{code}/appointments/{appointment}/calendar.ics",
    ), NOBODY_HERE),
    "/cases/{code}/rooms/{room}/transcript": TALK, "/cases/{code}/rooms/{room}/transcript.txt": TALK,
    "/disputes/search": SIGNED_IN,
    "/cases/{code}/rooms/{room}/voice": TALK, "/cases/{code}/rooms/{room}/voice/{seq:int}": NOBODY_HERE,
    **dict.fromkeys((
        "/cases/{code}/evidence", "/cases/{code}/evidence/new", "/cases/{code}/evidence/{item}",
        "/cases/{code}/evidence/{item}/sharing", "/cases/{code}/evidence/{item}/withdrawal",
        "/cases/{code}/evidence/{item}/wishes", "/cases/{code}/evidence/{item}/wishes/{wish}",
        "/cases/{code}/evidence/{item}/files/{file}", "/cases/{code}/evidence/{item}/files/{file}/original",
        "/cases/{code}/appraisals", "/cases/{code}/appraisals/{appraisal}",
        "/cases/{code}/appraisals/{appraisal}/answers", "/cases/{code}/appraisals/{appraisal}/commission",
        "/cases/{code}/appraisals/{appraisal}/opinion",
    ), TALK),
    "/cases/{code}/rooms/{room}": TALK, "/cases/{code}/rooms/{room}/recall": TALK,
    "/cases/{code}/rooms/{room}/cards": TALK,
    **dict.fromkeys((
        "/cases/{code}/rooms/{room}/cards/{seq:int}", "/cases/{code}/rooms/{room}/cards/{seq:int}/answer",
        "/cases/{code}/rooms/{room}/cards/{seq:int}/counter", "/cases/{code}/rooms/{room}/cards/{seq:int}/times",
        "/cases/{code}/rooms/{room}/cards/{seq:int}/withdrawal", "/cases/{code}/rooms/{room}/cards/{seq:int}/carried",
    ), NOBODY_HERE),
    "/cases/{code}/rooms/{room}/mark": NOBODY_HERE,
    "/cases/{code}/rooms/{room}/quiet": who("mediator"), "/cases/{code}/rooms/{room}/quiet/ended": who("mediator"),
    "/cases/{code}/rooms/{room}/leave": NOBODY_HERE, "/cases/{code}/rooms/{room}/leave/{seq:int}": PARTIES,
    "/cases/{code}/rooms/{room}/told": who("mediator"), "/cases/{code}/rooms/{room}/lines/{seq:int}": NOBODY_HERE,
    "/cases/{code}/rooms/{room}/uncovered": who("mediator"), "/cases/{code}/rooms/{room}/objections": TALK,
}
"""By path, or by method and path where they differ, who may know of the thing behind a door."""

WRITTEN = {
    "/matters/{id:int}/comments": "position=for&words=good",
    "/matters/{id:int}/opinions": "kind=dissent&words=good",
    "/desk/bodies/{id:int}/rolls": "basis=residents",
    "/bodies/{id:int}/ending": "why=good%20reason",
    "/bodies/{id:int}/objections": "words=good%20reason",
}
"""What to send where a form is read before anybody is turned away."""

NOTHING = (
    "/supervision/{code}",
    "/files/", "/unsubscribe/", "/sign-in/", "/confirm/", "/password/", "/v/", "/report", "/ballots/{id:int}/result",
    "/ballots/{id:int}/receipts", "/ballots/{id:int}/count", "/ballots/{id:int}/bundle.zip",
    "/ballots/{id:int}/log/proofs/inclusion", "/ballots/{id:int}/deliveries/",
    "/ballots/{id:int}/compare", "/ballots/{id:int}/extension", "/api/v1/ballots/{id:int}/readings", "/mandates/",
    "/cases/{code}/agreement/", "/cases/{code}/extension", "/x/", "/a/", "/extracts/", "/joint/", "/handovers/{code}",
    "/dispatch", "/cases/{code}/handover/", "/moderation/batch",
    "/cases/{code}/confirmation", "/confirmations/{code}", "/cases/{code}/evidence/{item}",
    "/cases/{code}/appraisals/",
    "/ballots/{id:int}/papers/", "/ballots/{id:int}/doors/",
    "/moderation/reporter", "/glass/", "/beside/", "/cases/{code}/seats/", "/voice/",
    "/cases/{code}/members/", "/desk/complaints/", "/desk/filters/", "/cases/{code}/paper", "/desk/ties/",
    "/matters/{id:int}/plan", "/budgets/{id:int}/ballots.pb", "/forms/blank/",
    "/me/hooks/{code}", "/information/", "/shelf/disposal/",
    "/matters/{id:int}/steps/", "/matters/{id:int}/report", "/matters/{id:int}/archiv", "/notes/{id:int}",
)
"""Doors behind which nothing stands yet, or that want more than an address."""

HIDDEN = ("/cases/{code}", "/inbox/{code}", "/places/{code}", "/verify/{code}", "/moderation/hidden/{code}")
"""Things of which others may not even know that they are there."""
# fmt: on


@dataclass(frozen=True)
class Door:
    """One method of one route."""

    method: str
    path: str

    @property
    def admits(self) -> frozenset[str] | None:
        """Return who may come in, or None when nobody has said."""
        return DOORS.get(f"{self.method} {self.path}", DOORS.get(self.path))

    def open_to(self, role: str) -> bool:
        """Return whether ``role`` may know what is behind it."""
        admits = self.admits or frozenset()
        return admits == ANYBODY or role in admits or (admits == SIGNED_IN and role != "visitor")

    def at(self, things: dict[str, str], *, unknown: bool = False) -> str:
        """Return the address of the thing behind it, or of one that does not exist."""

        def named(match: re.Match[str]) -> str:
            if unknown:
                return "987654321" if match[2] else "HY00000000000"
            return things.get(f"{self.path} {match[1]}", things.get(f"{self.path.split('/')[1]} {match[1]}", "0"))

        return re.sub(r"\{(\w+)(:int)?\}", named, self.path)


def doors(routes: list[BaseRoute], prefix: str = "") -> Iterator[Door]:
    """Yield every method of every route but the static files."""
    for route in routes:
        if isinstance(route, Mount):
            yield from doors(list(route.routes), prefix + route.path)
        elif isinstance(route, Route):
            yield from (Door(method, prefix + route.path) for method in sorted((route.methods or {"GET"}) - {"HEAD"}))


async def things_of(scene: Scene) -> dict[str, str]:
    """Return an address of each kind of thing, by the first part of the path and the name in it."""
    world, case, matter = scene.world, scene.cases["talking"], scene.matters["voting"]
    notice, mail = await Notice.filter(person_id=world.lan.id).first(), await Mail.all().first()
    held, resident = await Holding.get(person_id=world.clerk.id), await Resident.get(person_id=world.lan.id)
    party, room = await Party.filter(case_id=case.id).first(), await Room.get(case_id=case.id, kind=RoomKind.JOINT)
    seat = await MeetingSeat.filter(meeting_id=scene.meetings["open"].id).first()
    assert seat
    duty = await Obligation.filter(case_id=scene.cases["performing"].id).first()
    call, slot, link = await Call.get(), await Slot.get(), await MatterLink.get()
    assert notice
    assert mail
    assert party
    assert duty
    assert scene.hidden
    assert scene.budget
    said = await Comment.get(matter_id=matter.id, author_id=world.xiu.id, hidden_at=None, words__startswith="离一楼")
    found = {
        "cases code": case.code, "cases party": party.code, "cases room": room.code, "cases duty": duty.code,
        "cases step": "suspend", "cases deed": "capacity",
        "matters id": matter.id, "matters code": said.code, "ballots id": scene.ballots["voting"].id,
        "rolls id": scene.roll.id, "matters n": 1, "api n": 1,
        "desk id": scene.body.id, "bodies id": scene.body.id,
        "desk code": world.units[0].code, "inbox code": notice.code, "outbox code": mail.code,
        "publications id": (await Publication.filter(matter_id=matter.id).first() or matter).id,
        "moderation code": scene.hidden.code, "orgs code": world.mediation_committee.code, "admin code": held.code,
        "places code": world.building.code, "/places/residents/{code}/leave code": resident.code,
        "i token": await link_of(scene.cases["inviting"]), "verify code": world.stranger.code,
        "moderation month": "2026-05", "api month": "2026-05", "api id": matter.id, "api code": world.community.code,
        "/desk/calls/{id:int} id": call.id,
        **{f"/desk/intake/{{code}}{part} code": case.code for part in ("", "/kind", "/merge", "/screening")},
        "numbers org": world.mediation_committee.code, "numbers year": 2026, "cases form": "agreement",
        "cases kind": "docx",
        "matters slot": slot.id,
        "matters link": link.id,
        "budgets id": scene.budget.id, "budgets number": 1,
        "meetings id": scene.meetings["open"].id, "seats code": seat.code,
        "/api/v1/publications/{id:int} id": (await Publication.filter(matter_id=matter.id).first() or matter).id,
        "/api/v1/ballots/{id:int}/log id": scene.ballots["voting"].id,
        "/api/v1/ballots/{id:int}/deliveries id": scene.ballots["voting"].id,
        "/api/v1/ballots/{id:int}/turnout id": scene.ballots["voting"].id,
        "/api/v1/meetings/{id:int} id": scene.meetings["open"].id,
        "/api/v1/matters/{id:int}/comments/{code} code": said.code,
        "/api/v1/bodies/{id:int} id": scene.body.id, "/api/v1/bodies/{id:int}/objections id": scene.body.id,
        "/api/v1/bodies/{id:int}/rules id": scene.body.id,
    }  # fmt: skip
    return {name: str(value) for name, value in found.items()}


@pytest.fixture
def scene(played: Scene) -> Scene:
    """Give a neighbourhood in the middle of things."""
    return played


@pytest.fixture
async def people(scene: Scene) -> dict[str, Person | None]:
    """Give everybody, those from the next neighbourhood included."""
    return {**roles(scene.world), "xiu": scene.world.xiu, **await elsewhere(scene.world)}


async def test_every_door_says_who_may_come_in(app: Starlette) -> None:
    every = list(doors(app.routes))
    assert [door for door in every if door.admits is None] == []
    paths = {door.path for door in every}
    assert {path.split()[-1] for path in DOORS} - paths == set(), "doors that are no longer there"


def turned_away(door: Door, answer: httpx2.Response) -> bool:
    """Return whether somebody got nothing but a refusal."""
    if answer.is_redirect:
        return answer.headers["location"].startswith("/sign-in")
    return answer.status_code in ({401} if door.admits == TOKEN else {403, 404})


async def test_nobody_comes_in_who_may_not(app: Starlette, scene: Scene, people: dict[str, Person | None]) -> None:
    things, wrong, tried = await things_of(scene), [], 0
    written = await Event.exclude(kind="room.denied").count()
    for role, person in people.items():
        async with await client_of(app, person) as client:
            for door in doors(app.routes):
                if door.open_to(role):
                    continue
                tried += 1
                answer = await client.request(
                    door.method, door.at(things), headers=FORM, content=WRITTEN.get(door.path, "")
                )
                if not turned_away(door, answer):
                    wrong.append(f"{role}: {door.method} {door.path} answers {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    fresh = await Event.exclude(kind="room.denied").order_by("-id").limit(3).values_list("kind", "actor_id", "body")
    assert await Event.exclude(kind="room.denied").count() == written, f"something was written down: {fresh}"
    assert tried > 800


async def test_what_is_hidden_looks_as_if_it_were_not_there(
    app: Starlette, scene: Scene, people: dict[str, Person | None]
) -> None:
    things, wrong = await things_of(scene), []
    for role, person in people.items():
        async with await client_of(app, person) as client:
            for door in doors(app.routes):
                known = role in CASE and door.path.startswith("/cases/")
                if door.open_to(role) or role == "visitor" or known or not door.path.startswith(HIDDEN):
                    continue
                real, none = door.at(things), door.at(things, unknown=True)
                seen = [await client.request(door.method, url, headers=FORM) for url in (real, none)]
                if seen[0].status_code != 404 or seen[0].text.replace(real, "") != seen[1].text.replace(none, ""):
                    wrong.append(f"{role}: {door.method} {door.path} tells {[one.status_code for one in seen]}")
    assert not wrong, "\n".join(wrong)


async def test_those_who_may_come_in_do(app: Starlette, scene: Scene, people: dict[str, Person | None]) -> None:
    """Whoever belongs here is let in: only a state of things, or what was not written, may stand in the way."""
    things, wrong = await things_of(scene), []
    for role, person in people.items():
        async with await client_of(app, person) as client:
            for door in doors(app.routes):
                if door.method != "GET" or not door.open_to(role):
                    continue
                answer = await client.get(door.at(things))
                if turned_away(door, answer) and not door.path.startswith(NOTHING):
                    wrong.append(f"{role}: {door.path} answers {answer.status_code}")
    assert not wrong, "\n".join(wrong)
