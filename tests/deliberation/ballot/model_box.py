"""What may be handed in for the heads of a ballot, by whom and how, and what each head says then. Pure, by hand.

It knows nothing of the program but the names of what people may do. An answer is "ok" or the kind of the refusal.
What a paper says is a word: yes, no, abstain, or the numbers it marks, as "1,3"; the empty word cannot be read.
"""

from dataclasses import dataclass, field


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
class Box:
    heads: dict[str, int]  # owners joined by +, and their area; whatever is sold later, these vote
    closes: int
    kind: str = "yes_no"  # or single, seats, approval
    seats: int = 1
    state: str = "open"
    papers: list[tuple[str, str, str, str, int]] = field(default_factory=list)  # head, voice, choice, channel, when
    sheets: list[Sheet] = field(default_factory=list)
    loans: list[Lending] = field(default_factory=list)
    void: set[str] = field(default_factory=set)
    told: list[str] = field(default_factory=list)

    def vote(self, who: str, head: str, choice: str, channel: str, now: int) -> str:
        if self.state != "open":
            return "Unfit"
        if who not in head.split("+"):
            return "Forbidden"
        return "Unfit" if self.void_paper(choice) else self._lay(head, who, choice, channel, now)

    def void_paper(self, choice: str | None) -> bool:
        """Return whether a paper marks more than there are seats."""
        return bool(choice) and self.kind in ("single", "seats") and len(str(choice).split(",")) > self.seats

    def _lay(self, head: str, voice: str, choice: str, channel: str, when: int) -> str:
        self.papers.append((head, voice, choice, channel, when))
        return "ok"

    def _in_person(self, head: str, voice: str) -> bool:
        return any(p[:2] == (head, voice) and p[2] and p[3] != "proxy" for p in self.papers)

    def lend(self, head: str, voice: str, agent: str, told: str | None) -> str:
        lent = any(loan.live and (loan.head, loan.voice) == (head, voice) for loan in self.loans)
        if self.kind != "yes_no" or self.state != "open" or agent == voice or lent or self._in_person(head, voice):
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
        if choice is None or self.void_paper(choice):  # it took part, unless the head spoke otherwise
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

    def final(self) -> dict[str, str]:
        """Return the one word of every head that took part and is not held."""
        spoke = [head for head in self.heads if self.took(head) and head not in self.held()]
        return {head: "invalid" if head in self.void else min(self.says(head), default="invalid") for head in spoke}
