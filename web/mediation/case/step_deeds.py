"""What each of the rarer steps does with its form, and what its page shows beside the form."""

from collections.abc import Mapping
from datetime import datetime

from community.errors import Unfit
from community.people.models import Person
from mediation.agreement import afterwards, amending
from mediation.agreement.oral import oral_agree
from mediation.agreement.queries import clause_text, obligations_of
from mediation.agreement.rules import OWED, ClauseKind, Duty
from mediation.archive.commands import Binding, archive
from mediation.archive.queries import bundle_of
from mediation.archive.rules import Retention
from mediation.case import waiting
from mediation.case.keys import opened
from mediation.case.models import Case
from mediation.case.queries import parties_of
from mediation.clock import extending
from mediation.intake import leading, reaching, supplementing
from mediation.referral.commission import Commission, Letter, accept_commission
from web.forms import Form
from web.mediation.agreement.forms import ROWS, Reading, rows_of
from web.mediation.case import step_forms as forms

Shown = Mapping[str, object]


async def need_supplement(code: str, data: forms.MissingForm, me: Person, at: datetime) -> object:
    """Send the list of what is lacking."""
    return await supplementing.need_supplement(code, data.items.splitlines(), by=me, at=at)


async def supplement(code: str, data: forms.SupplementForm, me: Person, at: datetime) -> object:
    """Bring what was lacking."""
    return await supplementing.supplement(code, data.given, by=me, at=at)


async def missing(case: Case) -> Shown:
    """Show what is lacking."""
    return {"missing": await supplementing.missing_of(case)}


async def commission(code: str, data: forms.CommissionForm, me: Person, at: datetime) -> object:
    """Take what a court sent."""
    return await accept_commission(code, Letter(**data.model_dump()), by=me, at=at)


async def courts(_case: Case) -> Shown:
    """Show the ways a court sends a case."""
    return {"ways": list(Commission)}


async def merge(code: str, data: forms.MergeForm, me: Person, at: datetime) -> object:
    """Join two filings."""
    return await leading.merge(code, data.other, same=data.same, words=data.words, by=me, at=at)


async def redirect(code: str, data: forms.RedirectForm, me: Person, at: datetime) -> object:
    """Lead to another body."""
    return await leading.redirect(code, data.organ, must=data.must, words=data.words, fraud=data.fraud, by=me, at=at)


async def organs(_case: Case) -> Shown:
    """Show which bodies there are."""
    return {"organs": list(leading.Organ)}


async def sever(code: str, data: forms.SeverForm, me: Person, at: datetime) -> object:
    """Go on without somebody."""
    return await leading.proceed_severed(code, data.party, written=data.written, by=me, at=at)


async def parties(case: Case) -> Shown:
    """Show the parties by name."""
    return {"parties": [(party, opened(party, "name")) for party in await parties_of(case)]}


async def unreachable(code: str, _data: Form, me: Person, at: datetime) -> object:
    """Close because nobody was reached."""
    return await reaching.unreachable(code, by=me, at=at)


async def extend(code: str, data: forms.ExtendForm, me: Person, at: datetime) -> object:
    """Ask everybody, or write down the papers that came in."""
    if data.until:
        return await extending.ask_all(code, data.until, by=me, at=at)
    return [await extending.answer_on_paper(code, party, by=me, at=at) for party in data.paper]


async def extension(case: Case) -> Shown:
    """Show the question that is being asked and what each said."""
    ask = await extending.open_ask(case)
    said = await extending.answers_to(ask) if ask else []
    names = [(each, opened(each.party, "name")) for each in said]
    return {"ask": ask, "said": names, "period": await extending.extendable(case)}


async def suspend(code: str, data: forms.SuspendForm, me: Person, at: datetime) -> object:
    """Let the case wait."""
    return await waiting.suspend(code, data.reason, words=data.words, reported=data.reported, by=me, at=at)


async def reasons(_case: Case) -> Shown:
    """Show the reasons for waiting."""
    return {"reasons": waiting.REASONS}


async def resume(code: str, data: forms.ResumeForm, me: Person, at: datetime) -> object:
    """Go on."""
    return await waiting.resume(code, solved=data.solved, by=me, at=at)


async def route_out(code: str, data: forms.RouteForm, me: Person, at: datetime) -> object:
    """Stop urging."""
    return await afterwards.route_out(code, told=data.told, by=me, at=at)


async def amend(code: str, data: forms.AmendForm, me: Person, at: datetime) -> object:
    """Begin a supplement."""
    filed = data.filed == "yes"
    return await amending.begin_supplement(
        code, because=data.because, filed=filed, court_told=data.court_told, by=me, at=at
    )


async def remediate(code: str, data: forms.AgainForm, me: Person, at: datetime) -> object:
    """Talk it over anew."""
    return await afterwards.remediate(code, data.ground, data.signed, words=data.words, by=me, at=at)


async def grounds(case: Case) -> Shown:
    """Show the grounds, and the parties by name."""
    return {"grounds": list(afterwards.Ground), **await parties(case)}


async def relapse(code: str, data: forms.DutiesForm, me: Person, at: datetime) -> object:
    """Note what was not kept."""
    return await afterwards.relapse(code, data.duties, words=data.words, by=me, at=at)


async def reopen(code: str, data: forms.DutiesForm, me: Person, at: datetime) -> object:
    """Take the case up again."""
    return await afterwards.reopen(code, data.duties, words=data.words, by=me, at=at)


async def bind(code: str, data: forms.BindForm, me: Person, at: datetime) -> object:
    """Put it on the shelf."""
    return await archive(code, Binding(**data.model_dump()), by=me, at=at)


async def bundle(case: Case) -> Shown:
    """Show the papers, and how long they can be kept."""
    return {"bundle": await bundle_of(case), "terms": list(Retention)}


async def duties(case: Case) -> Shown:
    """Show the promises."""
    owed = [each for each in await obligations_of(case) if each.state in (Duty.DONE, *OWED)]
    return {"owed": [(each.code, clause_text(each.clause)) for each in owed]}


async def oral(code: str, data: forms.OralAgreeForm, me: Person, at: datetime) -> object:
    """Register what was agreed by word of mouth."""
    typed = {name: value for name, value in data.model_dump().items() if value not in (None, "")}
    reading = Reading(typed, {})
    draft = reading.draft(rows_of(typed, ROWS))
    for field, wrong in reading.wrong.items():
        raise Unfit(wrong.reason, field=field, **wrong.facts)
    return await oral_agree(code, draft, waived=data.waived, read_back=data.read_back, by=me, at=at)


async def oral_rows(case: Case) -> Shown:
    """Show who there is, which kinds of promise, and how many rows."""
    return {"rows": range(1, ROWS + 1), "kinds": list(ClauseKind), **await parties(case)}
