"""The rooms the web layer opens: their routes and their words. One line a room."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from starlette.routing import BaseRoute

from web import about, desk, home, outages, prefs
from web.api import routes as api
from web.community import rooms as community
from web.deliberation import feeds, open_data
from web.deliberation.aid import pages as aid
from web.deliberation.archive import pages as archive
from web.deliberation.archive.words import WORDS as ARCHIVE_WORDS
from web.deliberation.ballot import counting, homes, law, pdf, voting, what_if
from web.deliberation.ballot import pages as ballot
from web.deliberation.ballot.words import WORDS as BALLOT_WORDS
from web.deliberation.body import pages as body
from web.deliberation.body import procedure
from web.deliberation.body.words import WORDS as BODY_WORDS
from web.deliberation.budget import pages as budget
from web.deliberation.budget.words import WORDS as BUDGET_WORDS
from web.deliberation.calls import pages as calls
from web.deliberation.calls.words import WORDS as CALLS_WORDS
from web.deliberation.charter import pages as charter
from web.deliberation.charter.words import WORDS as CHARTER_WORDS
from web.deliberation.debate import pages as debate
from web.deliberation.debate.words import WORDS as DEBATE_WORDS
from web.deliberation.delivery import pages as delivery
from web.deliberation.delivery.words import WORDS as DELIVERY_WORDS
from web.deliberation.following import pages as following
from web.deliberation.following.words import WORDS as FOLLOWING_WORDS
from web.deliberation.ledger import pages as ledger
from web.deliberation.lineage import pages as lineage
from web.deliberation.lineage.words import WORDS as LINEAGE_WORDS
from web.deliberation.mandate import pages as mandate
from web.deliberation.matter import alike, amendments, deeds, poster, support, versions
from web.deliberation.matter import pages as matter
from web.deliberation.matter.words import FATES
from web.deliberation.matter.words import WORDS as MATTER_WORDS
from web.deliberation.meeting import arranging as meeting_plan
from web.deliberation.meeting import door as meeting_door
from web.deliberation.meeting import hall as meeting_hall
from web.deliberation.meeting import minutes as meeting_minutes
from web.deliberation.meeting import pages as meeting
from web.deliberation.meeting import seat as meeting_seat
from web.deliberation.meeting.words import WORDS as MEETING_WORDS
from web.deliberation.outcome import pages as outcome
from web.deliberation.outcome.words import SOURCES as OUTCOME_SOURCES
from web.deliberation.outcome.words import WORDS as OUTCOME_WORDS
from web.deliberation.oversight import pages as oversight
from web.deliberation.oversight.words import WORDS as OVERSIGHT_WORDS
from web.deliberation.polling import doors as polling_doors
from web.deliberation.polling import entry as polling_entry
from web.deliberation.polling import kiosk as polling_kiosk
from web.deliberation.polling import sheets as polling_sheets
from web.deliberation.polling import slip as polling_slip
from web.deliberation.polling.words import WORDS as POLLING_WORDS
from web.deliberation.publicity import pages as publicity
from web.deliberation.publicity.words import WORDS as PUBLICITY_WORDS
from web.deliberation.question import pages as question
from web.deliberation.question.words import WORDS as QUESTION_WORDS
from web.deliberation.stakeholder import pages as stakeholder
from web.deliberation.stakeholder.words import WORDS as STAKEHOLDER_WORDS
from web.mediation.agreement import pages as agreement
from web.mediation.agreement import voicing
from web.mediation.agreement.words import WORDS as AGREEMENT_WORDS
from web.mediation.appointment import pages as appointment
from web.mediation.appointment.words import WORDS as APPOINTMENT_WORDS
from web.mediation.archive import pages as case_shelf
from web.mediation.archive.words import WORDS as SHELF_WORDS
from web.mediation.assignment import joint, recusal, ties
from web.mediation.assignment import pages as assignment
from web.mediation.assignment.words import WORDS as ASSIGNMENT_WORDS
from web.mediation.case import pages as case
from web.mediation.case import steps as case_steps
from web.mediation.case import stopping as case_stopping
from web.mediation.case.words import WORDS as CASE_WORDS
from web.mediation.clock import asking
from web.mediation.clock import pages as clock
from web.mediation.clock.words import WORDS as CLOCK_WORDS
from web.mediation.confirmation import court as confirming_court
from web.mediation.confirmation import pages as confirmation
from web.mediation.confirmation.words import WORDS as CONFIRMATION_WORDS
from web.mediation.disposal.words import WORDS as DISPOSAL_WORDS
from web.mediation.evidence import appraisals
from web.mediation.evidence import pages as evidence
from web.mediation.evidence import wishing as evidence_wishes
from web.mediation.evidence.words import WORDS as EVIDENCE_WORDS
from web.mediation.feedback import pages as feedback
from web.mediation.feedback.words import WORDS as FEEDBACK_WORDS
from web.mediation.intake import desk as intake_desk
from web.mediation.intake import letters, paper, respondents
from web.mediation.intake import pages as intake
from web.mediation.intake import sheet as intake_sheet
from web.mediation.intake.words import WORDS as INTAKE_WORDS
from web.mediation.interpreting import pages as interpreting
from web.mediation.interpreting.words import WORDS as INTERPRETING_WORDS
from web.mediation.minutes import deeds as record_deeds
from web.mediation.minutes import pages as records
from web.mediation.minutes.words import WORDS as CASE_MINUTES_WORDS
from web.mediation.papers import pages as numbered
from web.mediation.papers.words import WORDS as NUMBERED_WORDS
from web.mediation.parties import pages as parties
from web.mediation.parties.words import WORDS as PARTIES_WORDS
from web.mediation.privacy import deletion
from web.mediation.privacy import identity as case_identity
from web.mediation.privacy import pages as case_privacy
from web.mediation.privacy.words import WORDS as CASE_PRIVACY_WORDS
from web.mediation.referral import pages as referral
from web.mediation.referral import receiving as referral_receiving
from web.mediation.referral.words import WORDS as REFERRAL_WORDS
from web.mediation.register import pages as register
from web.mediation.register.words import WORDS as REGISTER_WORDS
from web.mediation.report import forming as report_form
from web.mediation.report import pages as report
from web.mediation.report.words import WORDS as REPORT_WORDS
from web.mediation.risk import pages as risk
from web.mediation.risk.words import WORDS as RISK_WORDS
from web.mediation.room import aids as room_aids
from web.mediation.room import cards as room_cards
from web.mediation.room import marks as room_marks
from web.mediation.room import order as room_order
from web.mediation.room import pages as room
from web.mediation.room import quiet as room_quiet
from web.mediation.room.words import WORDS as ROOM_WORDS
from web.mediation.supervision import pages as supervision
from web.mediation.supervision.words import WORDS as SUPERVISION_WORDS

ROUTES: Final[list[BaseRoute]] = [
    *about.routes,
    *outages.routes,
    *home.routes,
    *desk.routes,
    *prefs.routes,
    *community.ROUTES,
    *deletion.routes,
    *feedback.routes,
    *intake.routes,
    *case.routes,
    *case_stopping.routes,
    *case_steps.routes,
    *assignment.routes,
    *ties.routes,
    *register.routes,
    *report.routes,
    *report_form.routes,
    *supervision.routes,
    *recusal.routes,
    *joint.routes,
    *clock.routes,
    *risk.routes,
    *evidence.routes,
    *evidence_wishes.routes,
    *appraisals.routes,
    *asking.routes,
    *respondents.routes,
    *paper.routes,
    *intake_desk.routes,
    *letters.routes,
    *intake_sheet.routes,
    *interpreting.routes,
    *records.routes,
    *record_deeds.routes,
    *parties.routes,
    *appointment.routes,
    *agreement.routes,
    *voicing.routes,
    *confirmation.routes,
    *confirming_court.routes,
    *case_shelf.routes,
    *numbered.routes,
    *case_privacy.routes,
    *case_identity.routes,
    *referral.routes,
    *referral_receiving.routes,
    *api.routes,
    *alike.routes,
    *poster.routes,
    *feeds.routes,
    *open_data.routes,
    *matter.routes,
    *deeds.routes,
    *versions.routes,
    *amendments.routes,
    *support.routes,
    *oversight.routes,
    *aid.routes,
    *lineage.routes,
    *stakeholder.routes,
    *calls.routes,
    *budget.routes,
    *debate.routes,
    *following.routes,
    *ballot.routes,
    *pdf.routes,
    *voting.routes,
    *counting.routes,
    *question.routes,
    *ledger.routes,
    *homes.routes,
    *what_if.routes,
    *delivery.routes,
    *mandate.routes,
    *law.routes,
    *polling_slip.routes,
    *polling_kiosk.routes,
    *polling_sheets.routes,
    *polling_entry.routes,
    *polling_doors.routes,
    *outcome.routes,
    *meeting.routes,
    *meeting_plan.routes,
    *meeting_door.routes,
    *meeting_hall.routes,
    *meeting_minutes.routes,
    *meeting_seat.routes,
    *publicity.routes,
    *archive.routes,
    *body.routes,
    *procedure.routes,
    *charter.routes,
    *room.routes,
    *room_cards.routes,
    *room_quiet.routes,
    *room_marks.routes,
    *room_order.routes,
    *room_aids.routes,
]

WORDS: Final[list[Mapping[Enum, str]]] = [
    *community.WORDS,
    *CASE_WORDS,
    *CLOCK_WORDS,
    *REPORT_WORDS,
    *SUPERVISION_WORDS,
    ASSIGNMENT_WORDS,
    *FEEDBACK_WORDS,
    REGISTER_WORDS,
    *INTAKE_WORDS,
    CASE_MINUTES_WORDS,
    INTERPRETING_WORDS,
    *PARTIES_WORDS,
    APPOINTMENT_WORDS,
    AGREEMENT_WORDS,
    *CONFIRMATION_WORDS,
    *EVIDENCE_WORDS,
    *SHELF_WORDS,
    DISPOSAL_WORDS,
    NUMBERED_WORDS,
    BODY_WORDS,
    CHARTER_WORDS,
    MATTER_WORDS,
    FATES,
    *OVERSIGHT_WORDS,
    LINEAGE_WORDS,
    *STAKEHOLDER_WORDS,
    CALLS_WORDS,
    BUDGET_WORDS,
    DEBATE_WORDS,
    FOLLOWING_WORDS,
    BALLOT_WORDS,
    DELIVERY_WORDS,
    *POLLING_WORDS,
    MEETING_WORDS,
    OUTCOME_WORDS,
    OUTCOME_SOURCES,
    PUBLICITY_WORDS,
    QUESTION_WORDS,
    ARCHIVE_WORDS,
    *CASE_PRIVACY_WORDS,
    REFERRAL_WORDS,
    *RISK_WORDS,
    ROOM_WORDS,
]
