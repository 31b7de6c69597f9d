"""申报 — candidates say whether they are women and who of the others is a close relative, where the law asks for it.

Only what the rule needs is kept: a word, and the numbers of relatives who stand too. Source: 居委会组织法（2025）8 条.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from community.errors import Hidden, Unfit
from community.people.models import Person
from community.people.roles import require_in_place
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right
from deliberation.ballot.models import Ballot, BallotState, Telling
from deliberation.question.frozen import thaw
from deliberation.question.models import Candidacy
from deliberation.question.rules import Question

LATE: Final = frozenset({BallotState.DECIDED, BallotState.VOID, BallotState.CALLED_OFF})


async def enrol(ballot: Ballot, question: Question | None) -> None:
    """Write down who has something to declare; call it inside the command that announces."""
    if question and (question.composition.woman or question.composition.kin_apart):
        rows = [Candidacy(community_id=ballot.community_id, ballot_id=ballot.id, key=key) for key in question.keys]
        await Candidacy.bulk_create(rows)


@command
async def link(ballot_id: int, key: str, email: str, *, by: Person, at: datetime) -> Candidacy:
    """Say which account is a candidate's, so that they declare for themselves.

    Raises:
        Forbidden: not a clerk.
        Unfit: nobody has that address, or two numbers would be one person.
    """
    found = await _open(ballot_id, key)
    await require_in_place(by, found.ballot.body.place_id, Right.BALLOT_SET_UP, at=at)
    person = await Person.get_or_none(email=email.strip().lower(), closed_at=None)
    if person is None:
        raise Unfit("没有用这个邮箱的人。请对一对，或者照本人签名的申报表登记。", field="email")
    if await Candidacy.filter(ballot_id=ballot_id, person_id=person.id).exclude(id=found.id).exists():
        raise Unfit("这个邮箱已经是另一位候选人了。", field="email")
    found.person_id = person.id
    await found.save(update_fields=["person_id"])
    await record("candidate.linked", f"ballot-{ballot_id}", by=by, at=at, community_id=found.community_id, key=key)
    return found


@command
async def declare(
    ballot_id: int, key: str, *, woman: bool, kin: Collection[str], by: Person, at: datetime
) -> Candidacy:
    """Declare: the candidate alone, or a clerk from the candidate's signed form. The last word before the count holds.

    Raises:
        Forbidden: somebody else's declaration.
        Unfit: a relative who does not stand, oneself as a relative, or the papers are being counted already.
    """
    found = await _open(ballot_id, key)
    if found.person_id != by.id:
        await require_in_place(by, found.ballot.body.place_id, Right.BALLOT_SET_UP, at=at)
    question = thaw(found.ballot.question_json)
    others = {*question.keys, *[each.key for each in question.sitting]} - {key}
    if not others.issuperset(kin):
        raise Unfit("近亲属请从一起参选的和已经选上的人里选。", field="kin")
    found.woman, found.kin = woman, ",".join(sorted(kin, key=int))
    found.declared_at, found.declared_by_id = at, by.id
    await found.save(update_fields=["woman", "kin", "declared_at", "declared_by_id"])
    own = found.person_id == by.id
    await record(
        "candidate.declared", f"ballot-{ballot_id}", by=by, at=at, community_id=found.community_id, key=key, own=own
    )
    return found


async def _open(ballot_id: int, key: str) -> Candidacy:
    """Return a candidacy while declarations are taken."""
    found = await Candidacy.get_or_none(ballot_id=ballot_id, key=key).select_related("ballot__body")
    if found is None:
        raise Hidden("没有这位候选人，或者这次选举不用申报。")
    if found.ballot.state in LATE or await Telling.exists(ballot_id=ballot_id):
        raise Unfit("已经在计票了，不能再改申报。")
    return found
