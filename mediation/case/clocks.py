"""Which clocks run on a case, step by step."""

from dataclasses import dataclass

from mediation.case.events import Timing
from mediation.case.states import Clock


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks of one case: those that run and those that wait."""

    running: frozenset[Clock] = frozenset()
    paused: frozenset[Clock] = frozenset()

    def after(self, timing: Timing) -> "Clocks":
        """Return the clocks once a step with ``timing`` is taken."""
        if timing.stops_all:
            return Clocks(frozenset(timing.starts))
        stopped = set(timing.stops) | set(timing.starts)
        running, paused = self.running - stopped, self.paused - stopped
        halted, woken = running & set(timing.pauses), paused & set(timing.resumes)
        return Clocks((running - halted) | woken | set(timing.starts), (paused - woken) | halted)
