"""Putting the end of the talks off: everybody is asked by link, and the last yes that comes in time moves the day.

Source: 医疗纠纷条例 38; 特邀调解规定 27; 在线调解规则 24: only with the consent of every party, given before the end.
"""

from datetime import date, datetime
from typing import Final

from community.calendar.queries import calendar_at
from community.calendar.rules import local_day
from community.errors import Hidden, MovedOn, Unfit
from community.notice.mail import queue_mail
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.case.deadlines import named
from mediation.case.events import Event
from mediation.case.keys import opened
from mediation.case.mailing import mailed_nowhere
from mediation.case.models import Case, Consent, Party, Period
from mediation.case.moving import demand, move, permitted
from mediation.case.queries import HIDDEN, parties_of, visible_case
from mediation.case.standing import stands
from mediation.case.states import Clock
from mediation.case.terms import Extend
from mediation.case.turning import pauses_of, recount
from mediation.clock.models import ExtensionAnswer, ExtensionAsk
from mediation.intake.rules import NOTICE_VERSION, new_token, token_hash

GONE: Final = "这个链接已经失效。请打电话给调解员问一问。"
SAID: Final = "您已经答复过了，不用再答。"


async def extendable(case: Case) -> Period | None:
    """Return the period of the talks that the parties may put off together, or none when the rule has no such way."""
    running = await Period.filter(case_id=case.id, clock=Clock.MEDIATE, ended_at=None).order_by("id")
    return next((each for each in running if named(each.rule).extend is Extend.ALL_AGREE), None)


async def open_ask(case: Case) -> ExtensionAsk | None:
    """Return the question that is being asked, with its period."""
    asked = ExtensionAsk.filter(period__case_id=case.id, ended_at=None)
    return await asked.select_related("period").first()


async def answers_to(ask: ExtensionAsk) -> list[ExtensionAnswer]:
    """Return what each party said, with the party."""
    return await ExtensionAnswer.filter(ask_id=ask.id).order_by("id").select_related("party")


@command
async def ask_all(code: str, until: date, *, by: Person, at: datetime) -> ExtensionAsk:
    """Ask every party whether the talks may go on ``until`` a later day; who has a mailbox gets a link.

    Raises:
        Unfit: the rule has no such way, the period is over, or the day is not later.
    """
    case, seats = await visible_case(by, code, at=at)
    permitted(case, Event.EXTEND, seats=seats, by=by)
    period = await extendable(case)
    demand(Event.EXTEND, "rule_allows_extension", holds=period is not None, field="until")
    if period is None or until <= period.due:
        raise Unfit("新的日期要晚于原来的最后一天，请改一下。", field="until")
    _in_time(period, at)
    await ExtensionAsk.filter(period_id=period.id, ended_at=None).update(ended_at=at)
    ask = await ExtensionAsk.create(period=period, until=until, asked_at=at)
    for party in await parties_of(case):
        await _ask(case, ask, party, at)
    where = case.community_id
    await record("case.extension-asked", case.key, by=by, at=at, community_id=where, period=period.id, until=until)
    return ask


async def _ask(case: Case, ask: ExtensionAsk, party: Party, at: datetime) -> None:
    token, digest = new_token()
    await ExtensionAnswer.create(ask=ask, party=party, token_hash=digest)
    email = opened(party, "email")
    if email and not mailed_nowhere(case, party):
        facts = {"token": token, "code": case.code, "until": str(ask.until)}
        await queue_mail(email, "zh-CN", "mediation/clock/mail_extension", facts, at=at, topic="case", secret=True)


async def asked_by(token: str) -> ExtensionAnswer:
    """Return the answer a link is for, with question, period, case and party, or raise `Hidden`."""
    found = ExtensionAnswer.filter(token_hash=token_hash(token), ask__ended_at=None)
    answer = await found.select_related("ask__period__case__org", "party").first()
    if answer is None:
        raise Hidden(GONE)
    return answer


async def asked_of(code: str, *, by: Person, at: datetime) -> ExtensionAnswer:
    """Return the answer that ``by`` may give in a case as a party, or raise `Hidden`."""
    case, _ = await visible_case(by, code, at=at)
    own = [each.party_id for each in await stands(by, case.id, at=at) if each.settles]
    mine = ExtensionAnswer.filter(ask__period__case_id=case.id, ask__ended_at=None, party_id__in=own)
    answer = await mine.select_related("ask__period__case__org", "party").first()
    if answer is None:
        raise Hidden(HIDDEN)
    return answer


@command
async def answer_by_link(token: str, *, given: bool, by: Person | None, at: datetime) -> Case:
    """Say yes or no by the link that was mailed."""
    return await _answer(await asked_by(token), given=given, method="link", by=by, at=at)


@command
async def answer_own(code: str, *, given: bool, by: Person, at: datetime) -> Case:
    """Say yes or no while signed in."""
    return await _answer(await asked_of(code, by=by, at=at), given=given, method="click", by=by, at=at)


@command
async def answer_on_paper(code: str, party_code: str, *, by: Person, at: datetime) -> Case:
    """Write down that a party signed the paper of consent; the mediator's deed."""
    case, seats = await visible_case(by, code, at=at)
    permitted(case, Event.EXTEND, seats=seats, by=by)
    found = ExtensionAnswer.filter(ask__period__case_id=case.id, ask__ended_at=None, party__code=party_code)
    answer = await found.select_related("ask__period__case__org", "party").first()
    if answer is None:
        raise Hidden(HIDDEN)
    return await _answer(answer, given=True, method="paper", by=by, at=at)


async def _answer(answer: ExtensionAnswer, *, given: bool, method: str, by: Person | None, at: datetime) -> Case:
    ask, party = answer.ask, answer.party
    case: Case = ask.period.case
    _in_time(ask.period, at)
    if not await ExtensionAnswer.filter(id=answer.id, given=None).update(given=given, method=method, at=at):
        raise MovedOn(SAID)
    await Consent.create(party=party, act="extend", given=given, text_version=NOTICE_VERSION, method=method, at=at)
    where = case.community_id
    facts = {"party": party.code, "given": given, "method": method}
    await record("case.extension-answered", case.key, by=by, at=at, community_id=where, on_behalf_of=None, **facts)
    if not given:
        await ExtensionAsk.filter(id=ask.id).update(ended_at=at)
    elif not await ExtensionAnswer.filter(ask_id=ask.id, given=None).exists():  # one no ended the question before
        await _extend(case, ask, at)
    return case


async def _extend(case: Case, ask: ExtensionAsk, at: datetime) -> None:
    if not await ExtensionAsk.filter(id=ask.id, ended_at=None).update(ended_at=at, granted=True):
        raise MovedOn(GONE)
    period = ask.period
    await move(case, Event.EXTEND, seats=(), by=None, at=at, period=period.id, was_due=period.due, until=ask.until)
    changes = {"extended_on": local_day(at), "extended_to": ask.until}
    await Period.filter(id=period.id).update(**changes)
    period.update_from_dict(changes)
    await recount(period, case, await calendar_at(), await pauses_of(case), because="extended", at=at)


def _in_time(period: Period, at: datetime) -> None:
    demand(Event.EXTEND, "all_consented_in_time", holds=local_day(at) <= period.due, field="until")
