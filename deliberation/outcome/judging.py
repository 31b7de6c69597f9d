"""评事 — everybody who seconded or voted is asked whether it is good; the clock closes it and says what follows."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Final

from tortoise.expressions import F

from community.calendar.rules import ends_at, local_day
from community.errors import Forbidden, Hidden, Unfit
from community.people.models import Person
from community.record.transaction import command
from community.timers.commands import set_timer
from deliberation.ballot.models import Ballot, Paper
from deliberation.matter.models import Endorsement, Matter
from deliberation.matter.moving import due, move
from deliberation.matter.queries import find
from deliberation.matter.states import Actor, State
from deliberation.matter.workflow import Verb
from deliberation.outcome.models import Evaluation, Execution, Note, Seat, SeatVoice
from deliberation.outcome.rules import AUTO_DAYS, SCORES, STANDARD, Finding, Source, Spread

SAID: Final = 500  # characters
BATCH: Final = 500
FOLLOWS: Final = {
    Finding.SATISFIED: Verb.SATISFY,
    Finding.TOO_FEW: Verb.SATISFY,
    Finding.DISSATISFIED: Verb.REWORK,
}


async def ask(matter: Matter, *, at: datetime) -> Evaluation:
    """Open a round of evaluation, one blank seat for each head that seconded or voted; call it inside a command."""
    closes = due(State.EVALUATING, at)
    made = await Evaluation.create(
        community_id=matter.community_id,
        matter=matter,
        round=await Evaluation.filter(matter_id=matter.id).count() + 1,
        opens_at=at,
        closes_at=closes,
        share_num=STANDARD.share.numerator,
        share_den=STANDARD.share.denominator,
        from_score=STANDARD.from_score,
    )
    made.asked = await _issue(made)
    await Evaluation.filter(id=made.id).update(asked=made.asked)
    await set_timer(
        "evaluation.close", f"evaluation-{made.id}", made.closes_at, community_id=matter.community_id, key="close"
    )
    return made


async def _issue(evaluation: Evaluation) -> int:
    asked = await heads_of(evaluation.matter_id)
    seats = [Seat(evaluation_id=evaluation.id, key=key) for key in sorted(asked)]
    await Seat.bulk_create(seats, batch_size=BATCH)
    ids = {seat.key: seat.id for seat in await Seat.filter(evaluation_id=evaluation.id)}
    voices = [
        SeatVoice(seat_id=ids[key], evaluation_id=evaluation.id, person_id=person)
        for key, people in asked.items()
        for person in sorted(people)
    ]
    await SeatVoice.bulk_create(voices, batch_size=BATCH)
    return len(seats)


async def heads_of(matter_id: int) -> dict[str, set[int]]:
    """Return, by the key of each head that seconded or voted, the people who did it for that head.

    Whoever seconded with help and has no account still is not among them: nobody could answer here for that head.
    """
    asked: dict[str, set[int]] = defaultdict(set)
    seconds = Endorsement.filter(matter_id=matter_id, ended=None)
    for key, person, helped in await seconds.values_list("head__key", "person_id", "resident__person_id"):
        if person or helped:
            asked[str(key)].add(int(person or helped))
    ballots = [each.id for each in await Ballot.filter(matter_id=matter_id)]
    for key, person in await Paper.filter(ballot_id__in=ballots).values_list("vote__head__key", "by_id"):
        asked[str(key)].add(int(person))
    return asked


@command
async def evaluate(matter_id: int, score: int, words: str = "", *, by: Person, at: datetime) -> int:
    """Say how good it is, from 1 to 5, for every head one spoke for; return for how many. The last answer counts.

    Raises:
        Forbidden: this person neither seconded nor voted.
        Unfit: there is no such score, too much is said, or the time is over.
    """
    matter = await find(by, matter_id)
    evaluation = await Evaluation.filter(matter_id=matter.id, closed_at=None).order_by("-round").first()
    if evaluation is None or matter.state is not State.EVALUATING or at >= evaluation.closes_at:
        raise Unfit("评议已经结束，或者还没有开始。", field="score")
    if score not in SCORES:
        raise Unfit("请选 1 到 5 分。", field="score")
    if len(words) > SAID:
        raise Unfit("这一项有 {n} 个字，最多 {most} 个，请删短一些。", field="words", n=len(words), most=SAID)
    seats = [voice.seat_id for voice in await SeatVoice.filter(evaluation_id=evaluation.id, person_id=by.id)]
    if not seats:
        raise Forbidden("这次评议请附议过或者投过票的人来评。")
    said = {"score": score, "words": words, "by_id": by.id, "at": at}
    fresh = await Seat.filter(id__in=seats, score=None).update(**said)
    await Seat.filter(id__in=seats).update(**said)
    await Evaluation.filter(id=evaluation.id).update(answered=F("answered") + fresh)
    await move(matter, Verb.EVALUATE, by=by, at=at, evaluation=evaluation.id, heads=len(seats), again=not fresh)
    return len(seats)


@command
async def close(evaluation_id: int, *, at: datetime) -> Finding:
    """Count the answers: satisfied ends the matter, dissatisfied sends it back to be done better."""
    evaluation = await Evaluation.get_or_none(id=evaluation_id, closed_at=None).select_related("matter__body")
    if evaluation is None:
        raise Hidden("没有这次评议，或者已经结束。")
    spread = await spread_of(evaluation)
    finding = spread.finding()
    await Evaluation.filter(id=evaluation.id).update(closed_at=at, finding=finding)
    matter, facts = evaluation.matter, {"evaluation": evaluation.id, "finding": finding, "asked": evaluation.asked}
    if finding is Finding.DISSATISFIED:
        facts["note"] = (await _again(matter, at)).id
    facts |= {"answers": spread.answers, "satisfied": spread.satisfied()}
    await move(matter, FOLLOWS[finding], by=None, at=at, **facts)
    return finding


async def _again(matter: Matter, at: datetime) -> Note:
    """Ask whoever carries it out for a new plan."""
    await Execution.filter(matter_id=matter.id).update(reported_at=None)
    return await write(matter, Source.REWORK, "", at=at)


async def write(matter: Matter, source: Source, words: str, *, at: datetime) -> Note:
    """Let the clock write a note to whoever carries the matter out; call it inside a command."""
    made = await Note.create(
        community_id=matter.community_id,
        place_id=matter.body.place_id,
        matter_id=matter.id,
        office=Actor.EXECUTOR,
        source=source,
        words=words,
        at=at,
        due_at=ends_at(local_day(at) + timedelta(days=AUTO_DAYS)),
    )
    await set_timer("note.due", made.key, made.due_at, community_id=made.community_id)
    return made


async def spread_of(evaluation: Evaluation) -> Spread:
    """Return how many heads gave each score."""
    scores = await Seat.filter(evaluation_id=evaluation.id, score__not_isnull=True).values_list("score", flat=True)
    return Spread.of(int(str(score)) for score in scores)
