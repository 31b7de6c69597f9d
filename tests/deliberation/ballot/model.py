"""A ballot of owners in plain words: what every command must answer, and what the count must be. Pure, by hand.

It knows nothing of the program but the names of what people may do. An answer is "ok" or the kind of the refusal.
"""

from dataclasses import dataclass, field
from fractions import Fraction

TWO_THIRDS, HALF = Fraction(2, 3), Fraction(1, 2)


@dataclass
class Sheet:
    head: str
    came: int
    state: str = "read"
    readers: dict[str, tuple[str | None, str]] = field(default_factory=dict)


@dataclass
class Lending:
    head: str
    voice: str
    agent: str
    told: str | None
    live: bool = True
    used: bool = False


@dataclass
class Model:
    heads: dict[str, int]  # owners joined by +, and their area; whatever is sold later, these vote
    closes: int
    state: str = "open"
    papers: list[tuple[str, str, str, str, int]] = field(default_factory=list)  # head, voice, choice, channel, when
    sheets: list[Sheet] = field(default_factory=list)
    loans: list[Lending] = field(default_factory=list)
    void: set[str] = field(default_factory=set)
    told: list[str] = field(default_factory=list)
    objections: dict[str, str] = field(default_factory=dict)
    recounts: list[set[str]] = field(default_factory=list)
    settled: int = 0

    def vote(self, who: str, head: str, choice: str, channel: str, now: int) -> str:
        if self.state != "open":
            return "Unfit"
        return self._lay(head, who, choice, channel, now) if who in head.split("+") else "Forbidden"

    def _lay(self, head: str, voice: str, choice: str, channel: str, when: int) -> str:
        self.papers.append((head, voice, choice, channel, when))
        return "ok"

    def _in_person(self, head: str, voice: str) -> bool:
        return any(p[:2] == (head, voice) and p[2] and p[3] != "proxy" for p in self.papers)

    def lend(self, head: str, voice: str, agent: str, told: str | None) -> str:
        lent = any(loan.live and (loan.head, loan.voice) == (head, voice) for loan in self.loans)
        if self.state != "open" or agent == voice or lent or self._in_person(head, voice):
            return "Unfit"
        self.loans.append(Lending(head, voice, agent, told))
        return "ok"

    def unlend(self, number: int) -> str:
        loan = self.loans[number]
        was, loan.live = loan.live, loan.live and loan.used
        return "Unfit" if loan.used else "ok" if was else "MovedOn"

    def proxy(self, who: str, number: int, choice: str, now: int) -> str:
        loan = self.loans[number]
        if self.state != "open":
            return "Unfit"
        if not loan.live or who != loan.agent:
            return "Forbidden"
        if (loan.told and choice != loan.told) or self._in_person(loan.head, loan.voice):
            return "Unfit"
        loan.used = True
        return self._lay(loan.head, loan.voice, choice, "proxy", now)

    def _table(self) -> bool:
        return self.state in ("open", "counting") and not self.told

    def read(self, who: str, head: str, choice: str | None, voice: str, came: int, *, sure: bool) -> str:
        if not self._table():
            return "Unfit"
        known = [sheet for sheet in self.sheets if sheet.head == head]
        waiting = next((sheet for sheet in known if sheet.state == "read"), None)
        if (waiting and who in waiting.readers) or (known and not waiting and not sure):
            return "Unfit"
        if waiting is None:
            self.sheets.append(Sheet(head, came, readers={who: (choice, voice)}))
            return "ok"
        (before,) = waiting.readers.values()
        waiting.readers[who] = (choice, voice)
        waiting.state = self._settle(waiting, choice, voice) if before == (choice, voice) else "different"
        return "ok"

    def third(self, who: str, number: int, choice: str | None, voice: str) -> str:
        sheet = self.sheets[number]
        if not self._table() or who in sheet.readers:
            return "Unfit"
        if sheet.state != "different":
            return "MovedOn"
        sheet.state = self._settle(sheet, choice, voice)
        return "ok"

    def _settle(self, sheet: Sheet, choice: str | None, voice: str) -> str:
        others = [each.state for each in self.sheets if each.head == sheet.head and each is not sheet]
        if sheet.came >= self.closes or {"cast", "overtaken", "different"} & set(others):
            return "late" if sheet.came >= self.closes else "invalid"
        if choice is None:  # it took part, unless the head spoke otherwise
            _ = self.took(sheet.head) or self._lay(sheet.head, voice, "", "paper", sheet.came)
            return "invalid"
        mine = [p for p in self.papers if p[0] == sheet.head and p[1] in (voice, sheet.head) and p[3] != "proxy"]
        if any(when > sheet.came and said for _, _, said, _, when in mine):
            return "overtaken"
        self._lay(sheet.head, voice, choice, "paper", sheet.came)
        return "cast"

    def took(self, head: str) -> bool:
        return any(p[0] == head for p in self.papers)

    def says(self, head: str) -> set[str]:
        """Return what a head says: the last of each voice; all owners together wipe away what was before."""
        said: dict[str, str] = {}
        for where, voice, choice, *_ in self.papers:
            if where == head and choice:
                said = {voice: choice} if voice == head else {**said, voice: choice}
        return set(said.values())

    def held(self) -> set[str]:
        return {head for head in self.heads if head not in self.void and len(self.says(head)) > 1}

    def piles(self) -> dict[str, tuple[int, int]]:
        piles = dict.fromkeys(("yes", "no", "abstain", "invalid"), (0, 0))
        for head, area in self.heads.items():
            if self.took(head) and head not in self.held():
                pile = "invalid" if head in self.void else min(self.says(head), default="invalid")
                piles[pile] = (piles[pile][0] + 1, piles[pile][1] + area)
        return piles

    def outcome(self) -> str:
        if self.held():
            return "undecidable"
        piles, whole = self.piles(), (len(self.heads), sum(self.heads.values()))
        took = tuple(sum(pile[basis] for pile in piles.values()) for basis in (0, 1))
        if any(took[basis] < TWO_THIRDS * whole[basis] for basis in (0, 1)):
            return "no_quorum"
        return "passed" if all(piles["yes"][basis] > HALF * took[basis] for basis in (0, 1)) else "rejected"

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
