"""Seconds as a machine: whatever is done in whatever order, each second is worth what was last done to it."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from deliberation.matter.support import End, Stand, stand

PEOPLE = st.integers(0, 5)


class Seconds(RuleBasedStateMachine):
    """The rules of `support`, beside a plain list of what was done to whom."""

    def __init__(self) -> None:
        super().__init__()
        self.version, self.since = 1, 1
        self.given: dict[int, int] = {}
        self.ended: dict[int, End | None] = {}
        self.record: list[tuple[str, int]] = []

    def worth(self, person: int) -> Stand:
        """Return what the rule says."""
        return stand(self.given[person], self.ended[person], self.since)

    @rule(person=PEOPLE)
    def endorse(self, person: int) -> None:
        """Second, or confirm; what counts already is left alone."""
        if person not in self.given or self.worth(person) is not Stand.COUNTS:
            self.given[person], self.ended[person] = self.version, None
            self.record.append(("counts", person))

    @rule(person=PEOPLE)
    def retract(self, person: int) -> None:
        """Take it back."""
        if person in self.given and not self.ended[person]:
            self.ended[person] = End.RETRACTED
            self.record.append(("retracted", person))

    @rule()
    def reword(self) -> None:
        """Change words only."""
        self.version += 1

    @rule()
    def change(self) -> None:
        """Change the meaning."""
        asked = [person for person in self.given if self.worth(person) is Stand.COUNTS]
        self.version += 1
        self.since = self.version
        self.record += [("asked", person) for person in asked]

    @precondition(lambda self: self.since > 1)
    @rule()
    def lapse(self) -> None:
        """Let the clock run out."""
        for person in self.given:
            if self.worth(person) is Stand.ASKED:
                self.ended[person] = End.LAPSED
                self.record.append(("lapsed", person))

    @invariant()
    def what_it_is_worth_is_what_was_last_recorded(self) -> None:
        """Nothing is lost, and nothing counts, without a line that says so."""
        last = {person: what for what, person in self.record}
        assert {person: self.worth(person).value for person in self.given} == last


TestSeconds = Seconds.TestCase
TestSeconds.settings = settings(max_examples=120, stateful_step_count=40)
