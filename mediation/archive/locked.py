"""Where the words of a case lie, all locked by its data key: what is destroyed with it, table by table.

A column of text that is added to a room of mediation is named here or among `APART`, else a test says so.
Source: trust model "Confidentiality at rest"; 个人信息保护法 47.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tortoise.models import Model

from mediation.agreement.models import AgreementVersion, Clause, Obligation, Signature
from mediation.appointment.models import Appointment, AppointmentPresence
from mediation.archive.models import CaseDossier
from mediation.assignment.models import DeclaredTie, JointOrg, Recusal
from mediation.case.keys import CASE_COLUMNS, PARTY_COLUMNS
from mediation.case.models import Case, CaseNote, Party, Pause
from mediation.confirmation.models import ConfirmationPaper, CourtConfirmation
from mediation.digitised.models import PaperDossier, PaperScan
from mediation.disposal.models import DisposalList
from mediation.evidence.models import Appraisal, Evidence, EvidenceFile, OriginalWish
from mediation.feedback.models import CaseComplaint, SatisfactionAnswer
from mediation.intake.models import MissingItem
from mediation.interpreting.models import TranslationTask
from mediation.letters.models import Letter
from mediation.minutes.models import TalkEntry, TalkHand, TalkMark, TalkMinutes
from mediation.papers.models import NumberedPaper
from mediation.parties.models import Attendant, GroupMember, Guardian, Interpreter, Representative
from mediation.paying.models import ClaimVisit, KeptClaim
from mediation.privacy.models import GlassPermit
from mediation.referral.models import Handover, HandoverItem
from mediation.risk.models import PoliceExtract, PreventedHarm, RiskRuling
from mediation.room.models import Message, Room
from mediation.supervision.models import CardTurn, SupervisionCard


@dataclass(frozen=True, slots=True)
class Words:
    """The locked columns of one model and the way from it to its case."""

    model: type[Model]
    case: str
    columns: tuple[str, ...]


KEY: Final = "data_key"
LOCKED: Final = (
    Words(Case, "id", (KEY, "safe_contact", *CASE_COLUMNS)),
    Words(Party, "case_id", (KEY, *PARTY_COLUMNS)),
    Words(AgreementVersion, "agreement__case_id", (KEY, "body")),
    Words(Signature, "version__agreement__case_id", ("name", "witness", "drawn")),
    Words(Clause, "version__agreement__case_id", ("text",)),
    Words(Obligation, "case_id", ("proof",)),
    Words(KeptClaim, "obligation__case_id", ("words", "answer")),
    Words(ClaimVisit, "claim__obligation__case_id", ("words",)),
    Words(Appointment, "case_id", ("place", "link", "reason")),
    Words(AppointmentPresence, "party__case_id", ("stand_in",)),
    Words(CaseDossier, "case_id", ("words",)),
    Words(JointOrg, "case_id", (KEY, "why")),
    Words(Recusal, "case_id", ("words", "answer")),
    Words(CaseNote, "case_id", ("words",)),
    Words(Pause, "case_id", ("words", "solved")),
    Words(CourtConfirmation, "case_id", (KEY, "words")),
    Words(ConfirmationPaper, "confirmation__case_id", ("body",)),
    Words(Appraisal, "case_id", ("matter", "expert", "payer")),
    Words(Evidence, "case_id", ("title", "source", "proves", "why")),
    Words(EvidenceFile, "item__case_id", ("name",)),
    Words(OriginalWish, "item__case_id", ("words",)),
    Words(SatisfactionAnswer, "case_id", ("words",)),
    Words(CaseComplaint, "case_id", (KEY, "words", "answer")),
    Words(TranslationTask, "case_id", ("words",)),
    Words(Letter, "case_id", ("tracking", "name", "witness")),
    Words(MissingItem, "case_id", ("what", "given")),
    Words(TalkMinutes, "case_id", ("head", "body")),
    Words(TalkEntry, "minutes__case_id", ("speaker", "words")),
    Words(TalkHand, "minutes__case_id", ("words", "witness")),
    Words(TalkMark, "entry__minutes__case_id", ("words", "witness")),
    Words(NumberedPaper, "case_id", ("body", "void_reason")),
    Words(Attendant, "case_id", (KEY, "name", "why")),
    Words(GroupMember, "party__case_id", (KEY, "name", "unit")),
    Words(Guardian, "party__case_id", (KEY, "name", "phone")),
    Words(Interpreter, "party__case_id", (KEY, "name")),
    Words(Representative, "party__case_id", (KEY, "name", "phone")),
    Words(GlassPermit, "case_id", ("reason",)),
    Words(Handover, "case_id", (KEY, "reason", "answer")),
    Words(HandoverItem, "handover__case_id", ("body",)),
    Words(PoliceExtract, "case_id", ("body",)),
    Words(RiskRuling, "case_id", ("reason",)),
    Words(PreventedHarm, "case_id", ("words", "proof")),
    Words(SupervisionCard, "case_id", (KEY,)),
    Words(CardTurn, "card__case_id", ("words",)),
)
"""All words of a case outside of its rooms. A room has a key of its own and lines that are deleted."""

APART: Final[Mapping[type[Model], tuple[str, ...]]] = {
    Room: ("key",),
    Message: ("body",),
    DeclaredTie: ("name", "note"),
    PaperDossier: (KEY, "parties", "words"),
    PaperScan: ("name",),
    DisposalList: ("words", "why"),
}
"""Words that are no case's: of a room and of a scanned dossier, destroyed with it, what a mediator declared, and why
dossiers need not be kept, in the clear, for it is to outlast them."""


def carriers() -> tuple[type[Model], ...]:
    """Return the models whose rows carry the key of their case, wrapped."""
    return tuple(each.model for each in LOCKED if KEY in each.columns)


async def blank(case: Case) -> None:
    """Take all words of a case and all copies of its key out of the tables; call it inside a command."""
    for each in LOCKED:
        rows = list(await each.model.filter(**{each.case: case.id}).values_list("id", flat=True))
        if rows:
            await each.model.filter(id__in=rows).update(**dict.fromkeys(each.columns, ""))
