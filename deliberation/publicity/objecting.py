"""异议 — somebody objects to a publication while it hangs; an office answers with reasons by a day."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from tortoise.exceptions import IntegrityError

from community.calendar.rules import ends_at, local_day
from community.errors import Forbidden, Hidden, MovedOn, Unfit
from community.people.models import Person
from community.people.roles import require_in_place, roles_in_place
from community.record.outbox import record
from community.record.transaction import command
from community.rights import Right, may
from community.timers.commands import Handler, set_timer
from deliberation.publicity.models import Objection, Publication
from deliberation.publicity.rules import PRESETS, SAID, Kind, Verdict, check_length

ANSWERS: Final = (Right.MATTER_SCREEN, Right.MATTER_STUDY, Right.MATTER_SUPERVISE)
"""Who may answer: the committee's clerk, the party organisation, the supervision committee."""


@command
async def object_to(publication_id: int, words: str, *, by: Person, at: datetime) -> Objection:
    """Object to what is published, while it is; once a person.

    Raises:
        Unfit: it is over, too little is said, or this person has objected already.
    """
    publication = await Publication.get_or_none(id=publication_id)
    if publication is None:
        raise Hidden("没有这份公示。")
    if not concerned(publication, by):
        await require_in_place(by, publication.place_id, Right.MATTER_ENDORSE, at=at)
    check_length(words, SAID, "words")
    if not publication.starts_at <= at < publication.ends_at:
        raise Unfit("公示期已经过了，现在不收异议。有新情况，请到居委会反映。", field="words")
    if await Objection.exists(publication_id=publication.id, by_id=by.id):
        raise Unfit("您对这份公示已经提过异议了，请等答复。", field="words")
    made = await _file(publication, words, by, at)
    await set_timer("objection.due", made.key, made.answer_due, community_id=made.community_id)
    facts: dict[str, Any] = {"publication": publication.id, "due": made.answer_due, "what": publication.kind}
    await record("objection.filed", made.key, by=by, at=at, community_id=made.community_id, **facts)
    return made


def concerned(publication: Publication, person: Person) -> bool:
    """Return whether anybody of the community may object: to a roll, for whoever was left out holds no right yet."""
    return publication.kind is Kind.ROLL and person.community_id == publication.community_id


async def _file(publication: Publication, words: str, by: Person, at: datetime) -> Objection:
    days = timedelta(days=PRESETS[publication.kind].answer_days)
    try:
        return await Objection.create(
            community_id=publication.community_id,
            publication=publication,
            by=by,
            words=words,
            filed_at=at,
            answer_due=ends_at(local_day(at) + days),
        )
    except IntegrityError as why:
        raise Unfit("您对这份公示已经提过异议了，请等答复。", field="words") from why


async def decide(objection_id: int, verdict: Verdict, answer: str, *, by: Person, at: datetime) -> Objection:
    """Keep the answer to an objection; call it inside the command that knows what follows from it.

    Raises:
        Forbidden: no office that answers, or the objector.
        MovedOn: somebody has answered it.
    """
    objection = await found(objection_id)
    roles = await roles_in_place(by, objection.publication.place_id, at=at)
    if not any(may(roles, right) for right in ANSWERS) or objection.by_id == by.id:
        raise Forbidden("异议由居委会、社区党组织或者监督委员会答复，提异议的人自己不能答复。")
    check_length(answer, SAID, "answer")
    open_one = Objection.filter(id=objection.id, verdict=None)
    if not await open_one.update(verdict=verdict, answer=answer, answered_by_id=by.id, answered_at=at):
        raise MovedOn("这条异议已经答复了，请刷新后再看。")
    facts: dict[str, Any] = {"publication": objection.publication_id, "verdict": verdict}
    await record("objection.answered", objection.key, by=by, at=at, community_id=objection.community_id, **facts)
    return await found(objection_id)


async def found(objection_id: int) -> Objection:
    """Return an objection with its publication, or raise `Hidden`."""
    objection = await Objection.get_or_none(id=objection_id).select_related("publication")
    if objection is None:
        raise Hidden("没有这条异议。")
    return objection


@command
async def fall_due(objection_id: int, *, at: datetime) -> None:
    """Note that an objection was not answered in time."""
    objection = await Objection.get(id=objection_id)
    await Objection.filter(id=objection.id).update(overdue_at=at)
    await record("objection.overdue", objection.key, by=None, at=at, community_id=objection.community_id)


async def overdue(subject: str, at: datetime) -> None:
    """Mark the objection whose answer is late."""
    number = int(subject.removeprefix("objection-"))
    if await Objection.exists(id=number, verdict=None, overdue_at=None):
        await fall_due(number, at=at)


TIMERS: Final[Mapping[str, Handler]] = {"objection.due": overdue}
