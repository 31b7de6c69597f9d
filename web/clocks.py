"""What happens when a clock runs out: by kind of timer, the command that does it. One line a kind."""

from collections.abc import Mapping
from typing import Final

from community.helping import calling as helping
from community.moderation import appealing as moderation
from community.subject_requests import commands as subject
from community.timers.commands import Handler
from deliberation.ballot import running as ballot
from deliberation.budget import running as budget
from deliberation.calls import chasing as calls
from deliberation.matter import confirming as seconds
from deliberation.matter import expiring as matter
from deliberation.outcome import clocks as outcome
from deliberation.oversight import appealing as oversight
from deliberation.publicity import objecting, opening
from mediation.agreement import running as agreement
from mediation.appointment import attending as appointments
from mediation.archive import purging
from mediation.clock import striking as periods
from mediation.paying import commands as paying
from mediation.risk import alarm as danger
from mediation.room import carrying as proposals
from mediation.supervision import commands as supervision
from web.deliberation.ballot import owner_tellers as owners
from web.deliberation.ballot import tellers as letters
from web.deliberation.charter import tellers as charter
from web.deliberation.ledger import tellers as ledger
from web.deliberation.lineage import tellers as joined
from web.deliberation.matter import tellers as news
from web.deliberation.matter import text_tellers as words
from web.deliberation.meeting import tellers as meeting
from web.deliberation.outcome import tellers as turns
from web.deliberation.oversight import tellers as orders

TIMERS: Final[Mapping[str, Handler]] = {
    **helping.TIMERS,
    **moderation.TIMERS,
    **subject.TIMERS,
    **ballot.TIMERS,
    **budget.TIMERS,
    **matter.TIMERS,
    **opening.TIMERS,
    **objecting.TIMERS,
    **outcome.TIMERS,
    **seconds.TIMERS,
    **calls.TIMERS,
    **oversight.TIMERS,
    **agreement.TIMERS,
    **periods.TIMERS,
    **appointments.TIMERS,
    **purging.TIMERS,
    **paying.TIMERS,
    **danger.TIMERS,
    **supervision.TIMERS,
    **proposals.TIMERS,
    **letters.TIMERS,
    **charter.TIMERS,
    **ledger.TIMERS,
    **owners.TIMERS,
    **turns.TIMERS,
    **news.TIMERS,
    **words.TIMERS,
    **joined.TIMERS,
    **orders.TIMERS,
    **meeting.TIMERS,
}
