"""Taking down a version of a body's rules of procedure, checked against the law before it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from community.calendar.rules import local_day
from community.errors import Unfit
from community.files.commands import attach
from community.people.models import Person
from community.record.outbox import record
from community.record.transaction import command
from deliberation.ballot.certify import digest
from deliberation.ballot.decide import Outcome
from deliberation.ballot.models import Ballot, BallotState
from deliberation.body.models import Body
from deliberation.body.procedure import find_body
from deliberation.charter.checking import Ground, flaws
from deliberation.charter.models import Charter, CharterClause
from deliberation.charter.queries import versions
from deliberation.charter.rules import MOST_ARTICLE, Adoption, Clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """A version as adopted: its clauses, when, from when on, and by which ballot (None: by a paper)."""

    clauses: tuple[Clause, ...]
    adopted_on: date
    valid_from: date
    ballot_id: int | None = None


@command
async def adopt(body_id: int, made: Adopted, *, files: Sequence[str] = (), by: Person, at: datetime) -> Charter:
    """Take a version down; ballots announced from the day it holds follow it.

    Raises:
        Forbidden: not a host of this body.
        Unfit: a clause is looser than the law or contradicts another, or nothing proves who adopted it.
    """
    body = await find_body(body_id, by=by, at=at)
    await body.fetch_related("place")
    before = await versions(body.id)
    _check_days(made, before, at)
    for clause in made.clauses:
        if not 1 <= clause.article <= MOST_ARTICLE:
            raise Unfit("请写明是议事规则第几条，一个数字。", field=clause.point)
    for wrong in flaws(Ground(body.kind, body.place.code, made.valid_from), made.clauses):
        raise wrong.refusal()
    await _check_proof(body, made, files)
    return await _keep(body, made, len(before) + 1, files, by=by, at=at)


def _check_days(made: Adopted, before: Sequence[Charter], at: datetime) -> None:
    if made.adopted_on > local_day(at):
        raise Unfit("日期不能晚于今天。", field="adopted_on")
    if made.valid_from < made.adopted_on:
        raise Unfit("施行不能早于通过那天，请改日期。", field="valid_from")
    if before and made.valid_from < max(each.valid_from for each in before):
        raise Unfit("施行不能早于上一版施行的那天，请改日期。", field="valid_from")


async def _check_proof(body: Body, made: Adopted, files: Sequence[str]) -> None:
    if made.ballot_id is None and not files:
        raise Unfit("请选通过它的那次表决，或者附上通过它的纸质文件的扫描件。", field="file")
    if made.ballot_id is not None and made.ballot_id not in {each.id for each in await adopting(body)}:
        raise Unfit("这次表决不是这个会议的，或者没有通过。请换一次。", field="ballot")


async def adopting(body: Body) -> list[Ballot]:
    """Return the ballots of a body that passed, the newest first: one of them may have adopted a version."""
    passed = Ballot.filter(body_id=body.id, state=BallotState.DECIDED, result__outcome=Outcome.PASSED)
    return await passed.select_related("matter").order_by("-id").limit(50)


async def _keep(body: Body, made: Adopted, number: int, files: Sequence[str], *, by: Person, at: datetime) -> Charter:
    kept = await attach(files, f"charter-{body.id}", by=by, at=at) if files else []
    charter = await Charter.create(
        community_id=body.community_id,
        body=body,
        number=number,
        adoption=Adoption.PAPER if made.ballot_id is None else Adoption.BALLOT,
        ballot_id=made.ballot_id,
        file=kept[0].code if kept else "",
        sha256=kept[0].sha256 if kept else "",
        adopted_on=made.adopted_on,
        valid_from=made.valid_from,
        seal=digest(made),
        registered_by=by,
        registered_at=at,
    )
    rows = [
        CharterClause(charter=charter, point=each.point, value=each.value, article=each.article)
        for each in made.clauses
    ]
    if rows:
        await CharterClause.bulk_create(rows)
    await record(
        "charter.adopted",
        f"body-{body.id}",
        by=by,
        at=at,
        community_id=body.community_id,
        charter=charter.id,
        number=number,
        adoption=charter.adoption,
        ballot=made.ballot_id,
        sha256=charter.sha256,
        seal=charter.seal,
        valid_from=made.valid_from.isoformat(),
        points=sorted(each.point for each in made.clauses),
    )
    return charter
