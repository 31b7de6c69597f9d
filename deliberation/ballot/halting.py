"""A vote that is stopped by a decision of the street or a court: halted and taken up again later, or void."""

from datetime import timedelta
from typing import Final

from community.timers.commands import cancel_timers, set_timer
from deliberation.ballot.announcing import set_clocks
from deliberation.ballot.models import Ballot, BallotState, Result
from deliberation.matter.models import Matter
from deliberation.matter.states import State

CLOCKS: Final = ("ballot.open", "ballot.remind", "ballot.close", "ballot.shown")
RUNNING: Final = (BallotState.WAITING, BallotState.OPEN)
AGAIN: Final = {State.NOTICED: BallotState.WAITING, State.VOTING: BallotState.OPEN}


async def halt(matter: Matter) -> None:
    """Take no papers and let no clock run; call it inside the command that suspends the matter."""
    await Ballot.filter(matter_id=matter.id, state__in=RUNNING).update(state=BallotState.HALTED)
    await _stop_clocks(matter)


async def void(matter: Matter) -> None:
    """End a vote for good; papers and results stay on record. Call it inside a command."""
    unfinished = (*RUNNING, BallotState.COUNTING, BallotState.HALTED)
    await Ballot.filter(matter_id=matter.id, state__in=unfinished).update(state=BallotState.VOID)
    await _stop_clocks(matter)


async def go_on(matter: Matter, back_to: State, pause: timedelta) -> None:
    """Take a halted vote up where it stood, every day in it later by ``pause`` (whole days); call it inside a command.

    The hours stay: it still opens in the morning and closes in the evening.
    """
    ballot = await Ballot.filter(matter_id=matter.id).order_by("-attempt").first()
    if ballot and back_to in AGAIN:
        opens = ballot.opens_at + pause if back_to is State.NOTICED else ballot.opens_at
        columns = {"state": AGAIN[back_to], "opens_at": opens, "closes_at": ballot.closes_at + pause}
        await Ballot.filter(id=ballot.id).update(**columns)
        await set_clocks(ballot.update_from_dict(columns))
    if ballot and back_to is State.RESULT_NOTICE:
        result = await Result.get(ballot_id=ballot.id)
        until = result.shown_until + pause
        await Result.filter(id=result.id).update(shown_until=until)
        await set_timer("ballot.shown", f"ballot-{ballot.id}", until, community_id=ballot.community_id)


async def _stop_clocks(matter: Matter) -> None:
    for number in await Ballot.filter(matter_id=matter.id).values_list("id", flat=True):
        for kind in CLOCKS:
            await cancel_timers(kind, f"ballot-{number}")
