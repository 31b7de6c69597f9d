"""A ballot of owners in plain words: what the count must be, and how it comes to stand. Pure, by hand."""

from dataclasses import dataclass, field
from fractions import Fraction

from tests.deliberation.ballot.model_box import Box

TWO_THIRDS, HALF = Fraction(2, 3), Fraction(1, 2)
OPTIONS = "1234"
Weight = tuple[int, int]  # heads, area


@dataclass
class Model(Box):
    objections: dict[str, str] = field(default_factory=dict)
    recounts: list[set[str]] = field(default_factory=list)
    settled: int = 0

    def _sum(self, heads: list[str]) -> Weight:
        return len(heads), sum(self.heads[head] for head in heads)

    def piles(self) -> dict[str, Weight]:
        words = {head: "yes" if word[0] in OPTIONS else word for head, word in self.final().items()}
        names = ("yes", "no", "abstain", "invalid")
        return {name: self._sum([head for head, word in words.items() if word == name]) for name in names}

    def marks(self) -> dict[str, Weight]:
        """Return what each option got."""
        options = "" if self.kind == "yes_no" else OPTIONS
        final = self.final().items()
        return {key: self._sum([head for head, word in final if key in word.split(",")]) for key in options}

    def outcome(self) -> str:
        piles, whole = self.piles(), self._sum(list(self.heads))
        took = self._took()
        if self.held():
            return "undecidable"
        if self.kind == "approval":
            return "answered" if piles["yes"][0] else "no_quorum"
        if any(took[basis] < TWO_THIRDS * whole[basis] for basis in (0, 1)):
            return "no_quorum"
        if self.kind != "yes_no":
            full = len(self._best()) == self.seats
            return "passed" if full else "rejected" if self.kind == "single" else "revote"
        return "passed" if self._half(piles["yes"]) else "rejected"

    def winners(self) -> set[str]:
        """Return who is elected, or which plan is chosen; nobody while the vote as a whole is not valid."""
        valid = self.kind in ("single", "seats") and self.outcome() in ("passed", "revote", "rejected")
        return self._best() if valid else set()

    def _took(self) -> Weight:
        return self._sum(list(self.final()))

    def _half(self, got: Weight) -> bool:
        return all(got[basis] > HALF * self._took()[basis] for basis in (0, 1))

    def _best(self) -> set[str]:
        """Return those over half who have a seat for certain: too few others are not behind by heads and by area."""
        got = {key: weight for key, weight in self.marks().items() if self._half(weight)}

        def behind(one: str, other: str) -> bool:
            return got[one] != got[other] and all(got[one][basis] <= got[other][basis] for basis in (0, 1))

        rivals = {key: sum(not behind(other, key) for other in got) for key in got}
        return set(got) if len(got) <= self.seats else {key for key in got if rivals[key] <= self.seats}

    def aside(self, head: str) -> str:
        if self.state != "counting" or self.told or head in self.void:
            return "MovedOn" if self.state == "counting" and not self.told else "Unfit"
        self.void.add(head)
        return "ok"

    def tell(self, who: str) -> str:
        unread = any(sheet.state in ("read", "different") for sheet in self.sheets)
        if self.state != "counting" or unread or self.outcome() == "undecidable" or who in self.told:
            return "Unfit"
        self.told.append(who)
        self.state = "decided" if len(self.told) == 2 else self.state
        return "ok"

    def object(self, who: str) -> str:
        if self.state == "decided" and who not in self.objections:
            self.objections[who] = "waiting"
            return "ok"
        return "Unfit"

    def answer(self, who: str, *, upheld: bool) -> str:
        if self.objections[who] != "waiting":
            return "MovedOn"
        self.objections[who] = "upheld" if upheld else "dismissed"
        self.recounts += [set()] if upheld else []
        return "ok"

    def recount(self, who: str) -> str:
        if len(self.recounts) == self.settled or who in self.recounts[-1]:
            return "Unfit"
        self.recounts[-1].add(who)
        self.settled = len(self.recounts) if len(self.recounts[-1]) == 2 else self.settled
        return "ok"

    def stands(self) -> bool:
        return "waiting" not in self.objections.values() and len(self.recounts) == self.settled
