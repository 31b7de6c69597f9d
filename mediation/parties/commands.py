"""Writing down how a party acts and who stands beside them: deeds of whoever works on the case."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from community.calendar.rules import local_day
from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from mediation.case.access import Seat, Thing, may_read
from mediation.case.capacity import Capacity, needs_guardian
from mediation.case.keys import carry, lock_in, lock_party, opened
from mediation.case.models import Case, Party
from mediation.case.queries import HIDDEN, visible_case
from mediation.case.states import ENDS, State
from mediation.parties.models import GroupMember, Guardian, Interpreter, Representative
from mediation.parties.queries import about, capacity_at
from mediation.parties.rules import (
    GROUP_FROM,
    MEMBERS_MOST,
    MOST_REPRESENTATIVES,
    GuardBasis,
    Power,
    ProxyKind,
    fit_to_speak,
)

WORKS: Final = frozenset({Seat.INTAKE, Seat.DIRECTOR, Seat.MEDIATOR})
OVER: Final = frozenset({*ENDS, State.CLOSED, State.DECLINED, State.REDIRECTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Someone:
    """A name and a telephone number."""

    name: str
    phone: str = ""

    def check(self) -> None:
        """Raise `Unfit` when nobody is named."""
        if not self.name.strip():
            raise Unfit("请写姓名。", field="name")


@command
async def describe(
    code: str,
    party_code: str,
    *,
    born: date | None,
    entity: bool,
    incapable: Capacity | None,
    by: Person,
    at: datetime,
) -> Party:
    """Write down what decides whether a party acts alone: a body or not, the day of birth, what a court declared."""
    case, party = await party_at_work(code, party_code, by=by, at=at)
    if born and born > local_day(at):
        raise Unfit("出生日期不能在今天以后。", field="born")
    if incapable not in (None, Capacity.LIMITED, Capacity.NONE):
        raise Unfit("请从给出的选项里选一个。", field="incapable")
    lock_party(party, "born", born.isoformat() if born else "")
    await Party.filter(id=party.id).update(born=party.born, entity=entity, incapable=incapable)
    await _note(case, "described", party, by, at)
    return await Party.get(id=party.id)


@command
async def name_guardian(
    code: str, party_code: str, someone: Someone, basis: GuardBasis, *, conflict: bool, by: Person, at: datetime
) -> Guardian:
    """Put down who acts for a party who cannot act alone; ``conflict``: they stand on the other side themselves."""
    case, party = await party_at_work(code, party_code, by=by, at=at)
    if not needs_guardian(capacity_at(party, local_day(at))):
        raise Unfit("这位当事人自己能做主，不用法定代理人。请先核对出生日期。", field="name")
    someone.check()
    conflict = conflict or await _across(case, party, someone.name)
    row = Guardian(party=party, basis=basis, conflict=conflict, since=at)
    await _kept(case, row, name=someone.name, phone=someone.phone)
    await _note(case, "guardian", party, by, at, basis=basis, conflict=conflict)
    return row


@command
async def appoint(
    code: str,
    party_code: str,
    someone: Someone,
    kind: ProxyKind,
    powers: Collection[Power],
    *,
    until: date | None,
    by: Person,
    at: datetime,
) -> Representative:
    """Put down who speaks for a party under a written mandate: two at most, special powers by name only."""
    case, party = await party_at_work(code, party_code, by=by, at=at)
    someone.check()
    if until and until < local_day(at):
        raise Unfit("授权的最后一天已经过了，请检查。", field="until")
    if await Representative.filter(party_id=party.id, ended_at=None).count() >= MOST_REPRESENTATIVES:
        raise Unfit("一位当事人最多有 {most} 位代理人，请先撤销一位。", field="name", most=MOST_REPRESENTATIVES)
    row = Representative(party=party, kind=kind, powers=" ".join(sorted(powers)), until=until, since=at)
    await _kept(case, row, name=someone.name, phone=someone.phone)
    await _note(case, "represented", party, by, at, kind=kind, powers=sorted(powers))
    return row


@command
async def interpret(
    code: str, party_code: str, name: str, language: str, *, kin: bool, sworn: bool, by: Person, at: datetime
) -> Interpreter:
    """Put down who interprets for a party: no kin of a party, and promised to interpret faithfully and keep silent."""
    case, party = await party_at_work(code, party_code, by=by, at=at)
    if not name.strip() or not language.strip():
        raise Unfit("请写翻译的姓名和语言。", field="name")
    if kin:
        raise Unfit("当事人的亲属不能做翻译，请另请一位。", field="kin")
    if not sworn:
        raise Unfit("请翻译先承诺如实翻译、对外保密。", field="sworn")
    row = Interpreter(party=party, language=language.strip(), since=at)
    await _kept(case, row, name=name)
    await _note(case, "interpreted", party, by, at)
    return row


@command
async def end(code: str, party_code: str, row_code: str, *, by: Person, at: datetime) -> Case:
    """End the part of a guardian, representative or interpreter."""
    case, party = await party_at_work(code, party_code, by=by, at=at)
    for model in (Guardian, Representative, Interpreter):
        if await model.filter(code=row_code, party_id=party.id, ended_at=None).update(ended_at=at):
            await _note(case, "ended", party, by, at, row=row_code)
            return case
    raise MovedOn("这一项已经结束了，请刷新后再看。")


@command
async def enrol(
    code: str, party_code: str, people: Iterable[tuple[str, str]], *, by: Person, at: datetime
) -> list[GroupMember]:
    """Put down the roster of a group, once: (name, home) of everybody; ten at least are many (民诉法解释 75)."""
    case, party = await party_at_work(code, party_code, by=by, at=at)
    rows = [(name.strip(), unit.strip()) for name, unit in people if name.strip()]
    if not GROUP_FROM <= len(rows) <= MEMBERS_MOST:
        raise Unfit(
            "名册要有 {least} 到 {most} 个人，现在是 {n} 个。人少的请逐个列为当事人。",
            field="people",
            least=GROUP_FROM,
            most=MEMBERS_MOST,
            n=len(rows),
        )
    if len(set(rows)) != len(rows):
        raise Unfit("名册里有重复的人，请删去一行。", field="people")
    if await GroupMember.filter(party_id=party.id).exists():
        raise MovedOn("名册已经登记过了。")
    made = [_member(case, party, n, *row) for n, row in enumerate(rows, start=1)]
    await GroupMember.bulk_create(made)
    await _note(case, "enrolled", party, by, at, n=len(made))
    return made


@command
async def elect(code: str, party_code: str, chosen: Collection[str], *, by: Person, at: datetime) -> Case:
    """Put down whom a group elected to speak for it: two to five of its members (民诉法解释 78)."""
    case, party = await party_at_work(code, party_code, by=by, at=at)
    members = {each.code: each.id for each in await GroupMember.filter(party_id=party.id)}
    if not fit_to_speak([members.get(each, 0) for each in chosen], members.values()):
        raise Unfit("请从名册里推选 2 到 5 位代表人。", field="chosen")
    await GroupMember.filter(party_id=party.id).update(elected=False)
    await GroupMember.filter(party_id=party.id, code__in=list(chosen)).update(elected=True)
    await _note(case, "elected", party, by, at, n=len(chosen))
    return case


@command
async def share_roster(code: str, party_code: str, chosen: Collection[str], *, by: Person, at: datetime) -> Case:
    """Put down who of a group agreed that their line goes to the authority that has to act (个人信息保护法 23).

    Whoever is not among ``chosen`` any more has taken it back; an earlier yes keeps its day.
    """
    case, party = await party_at_work(code, party_code, by=by, at=at)
    members = {each.code: each for each in await GroupMember.filter(party_id=party.id)}
    if not set(chosen) <= members.keys():
        raise Unfit("请从名册里选。", field="shared")
    fresh = [each.id for code_, each in members.items() if code_ in chosen and each.shared_at is None]
    await GroupMember.filter(id__in=fresh).update(shared_at=at)
    await GroupMember.filter(party_id=party.id).exclude(code__in=list(chosen)).update(shared_at=None)
    await _note(case, "roster-shared", party, by, at, n=len(set(chosen)))
    return case


async def party_at_work(code: str, party_code: str, *, by: Person, at: datetime) -> tuple[Case, Party]:
    """Return a case and its party for somebody who works on it, while it is open."""
    case, party, _ = await party_seen(code, party_code, by=by, at=at)
    return case, party


def at_work(seats: Iterable[Seat], state: State) -> bool:
    """Return whether somebody works on the case and still reads who is in it: intake no longer does once accepted."""
    held = frozenset(seats)
    return bool(held & WORKS) and may_read(held, Thing.NAMES, state)


async def party_seen(code: str, party_code: str, *, by: Person, at: datetime) -> tuple[Case, Party, frozenset[Seat]]:
    """Return the same with the seats of whoever asks."""
    case, seats = await visible_case(by, code, at=at)
    party = await Party.get_or_none(code=party_code, case_id=case.id, left_at=None)
    if party is None:
        raise Hidden(HIDDEN)
    if not at_work(seats, case.state):
        raise Forbidden("当事人的身份由受理员、调解员和调委会主任登记。")
    if case.state in OVER:
        raise MovedOn("这件事已经办完，不能再改当事人的身份。")
    return case, party, seats


async def _across(case: Case, party: Party, name: str) -> bool:
    """Return whether somebody of that name stands on another side of the case."""
    others = await Party.filter(case_id=case.id, left_at=None).exclude(side=party.side)
    return name.strip() in {opened(each, "name").strip() for each in others}


async def _kept(case: Case, row: Guardian | Representative | Interpreter, **columns: str) -> None:
    carry(case, row)
    for column, text in columns.items():
        setattr(row, column, lock_in(row, text.strip(), about=about(row, column)))
    await row.save()


def _member(case: Case, party: Party, ordinal: int, name: str, unit: str) -> GroupMember:
    row = GroupMember(party=party, ordinal=ordinal)
    carry(case, row)
    row.name, row.unit = (
        lock_in(row, text, about=about(row, column)) for column, text in (("name", name), ("unit", unit))
    )
    return row


async def _note(case: Case, deed: str, party: Party, by: Person, at: datetime, **facts: object) -> None:
    where = case.community_id
    await record(f"party.{deed}", case.key, by=by, at=at, community_id=where, party=party.code, facts=facts)
