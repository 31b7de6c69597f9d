"""The road as readers see it: six stops, of which one is now."""

from typing import Final

from deliberation.matter.states import State
from web.words import N_

STOPS: Final = (
    (N_("提议附议"), (State.DRAFT, State.ENDORSING, State.EXPIRED, State.WITHDRAWN, State.MERGED)),
    (N_("受理研究"), (State.SCREENING, State.PARTY_STUDY, State.RETURNED, State.APPEALED)),
    (N_("议事定稿"), (State.DELIBERATING, State.FINALISED, State.ORDERED_TO_CORRECT)),
    (N_("公示表决"), (State.NOTICED, State.VOTING)),
    (N_("计票公布"), (State.COUNTING, State.RESULT_NOTICE, State.EFFECTIVE, State.NOT_PASSED, State.NO_QUORUM)),
    (N_("落实评议"), (State.EXECUTING, State.EVALUATING, State.CLOSED, State.ARCHIVED)),
)
STOPPED: Final = (State.EXPIRED, State.WITHDRAWN, State.MERGED, State.RETURNED, State.NOT_PASSED, State.NO_QUORUM)
KINDS: Final = {
    State.VOTING: "brand",
    State.ENDORSING: "info",
    State.EFFECTIVE: "ok",
    State.RESULT_NOTICE: "info",
    State.NOT_PASSED: "warn",
    State.NO_QUORUM: "warn",
    State.RETURNED: "warn",
    State.APPEALED: "warn",
    State.SUSPENDED: "warn",
    State.ORDERED_TO_CORRECT: "bad",
    State.REVOKED: "bad",
}


def stops(state: State) -> list[tuple[str, str]]:
    """Return the stops with their stand, for ``ui.steps``; the words are message ids."""
    at = next((n for n, (_, states) in enumerate(STOPS) if state in states), None)
    if at is None:
        return [(words, "todo") for words, _ in STOPS]
    stand = "stopped" if state in STOPPED else "now"
    return [(words, "done" if n < at else stand if n == at else "todo") for n, (words, _) in enumerate(STOPS)]
