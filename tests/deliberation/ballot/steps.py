"""Random deeds, done twice: in the model and in the database. Whatever differs stops the play with its story."""

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from deliberation.question.asking import YES_NO, Asked
from deliberation.question.rules import Kind, Post
from tests.deliberation.ballot.model import Model
from tests.deliberation.ballot.play import AREAS, NAMES, Play, Town, begin, town_of
from tests.deliberation.stage import AFTER, VOTING
from tests.world import World

CHOICES = ("yes", "no", "abstain")
OPTIONS = "1234"
KINDS = (Kind.YES_NO, Kind.YES_NO, Kind.SINGLE, Kind.SEATS, Kind.APPROVAL)
NAMED = "方案甲\n方案乙\n方案丙\n方案丁"
TELLERS = "xyz"
MINUTE = 60
OPEN, COUNTING, SHOWN = 45, 12, 10  # deeds of one play, at most, by where the ballot stands
LATE = int((AFTER - VOTING).total_seconds()) + MINUTE
DEVELOPER = "developer"
HALF, OFTEN = 1 / 2, 4 / 5


@dataclass
class Match:
    """One play: the model, the ballot in the database, what was done so far."""

    model: Model
    done: Counter[tuple[str, str]]
    play: Play | None = None
    now: int = MINUTE
    story: list[str] = field(default_factory=list)

    def expected(self) -> dict[str, Any]:
        """Return what must be seen in the database."""
        model = self.model
        return {
            "state": model.state,
            "piles": model.piles(),
            "held": model.held(),
            "on the table": model.held(),
            "outcome": model.outcome(),
            "marks": model.marks(),
            "winners": model.winners(),
            "turnout": sum(model.took(head) for head in model.heads),
            "sheets": [sheet.state for sheet in model.sheets],
            "told": len(model.told),
            "recounts": len(model.recounts) > model.settled,
        }

    async def do(self, deed: str, *args: Any, clock: bool = True, **more: Any) -> str:  # noqa: ANN401 - of any deed
        """Do it in both, compare the answers and all that can be seen, and return the answer."""
        assert self.play
        timed = {"now": self.now} if clock else {}
        wanted = getattr(self.model, deed)(*args, **more, **(timed if deed in ("vote", "proxy") else {}))
        got = await getattr(self.play, deed)(*args, **more, **timed)
        self.story.append(f"{self.now} {deed} {args} {more}: {wanted}")
        assert got == wanted, self.told(f"answered {got}")
        await self.look()
        self.done[deed, wanted] += 1
        self.now += MINUTE
        return str(wanted)

    async def look(self) -> None:
        """Compare all that can be seen."""
        assert self.play
        seen = await self.play.seen()
        assert seen == self.expected(), self.told(f"seen {seen}, expected {self.expected()}")

    def told(self, fault: str) -> str:
        """Return the story of a play that went wrong."""
        return "\n".join([f"heads {dict(self.model.heads)}", *self.story, fault])


async def play_on(world: World, dice: random.Random, steps: int) -> "Counter[tuple[str, str]]":
    """Play ballots until so many deeds were done, and return how often each was answered how."""
    town, done = await town_of(world), Counter[tuple[str, str]]()
    while done.total() < steps:
        await _ballot(town, dice, done)
    return done


async def _ballot(town: Town, dice: random.Random, done: "Counter[tuple[str, str]]") -> None:
    owners = {str(unit): _owners(dice) for unit in range(len(AREAS))} | {"0": frozenset("A")}
    heads: dict[str, int] = {}
    for unit, those in owners.items():
        name = "+".join(sorted(those)) or "developer"
        heads[name] = heads.get(name, 0) + AREAS[int(unit)]
    kind = KINDS[sum(count for (deed, _), count in done.items() if deed == "close") % len(KINDS)]
    seats = dice.choice([1, 2, 3]) if kind is Kind.SEATS else 1
    post = Post.OWNERS_COMMITTEE if kind is Kind.SEATS else None
    play = await begin(
        town, owners, YES_NO if kind is Kind.YES_NO else Asked(kind=kind, lines=NAMED, seats=seats, post=post)
    )
    closes = int((play.ballot.closes_at - VOTING).total_seconds())
    match = Match(Model(heads, closes, kind.value, seats), done, play)
    for _ in range(dice.randrange(8, OPEN)):
        await _one(match, dice)
    await match.play.close()  # type: ignore[union-attr]
    match.model.state, match.now = "counting", LATE
    done["close", match.model.kind] += 1
    await match.look()
    await _count(match, dice)
    if match.model.state == "decided":
        await _show(match, dice)


async def _count(match: Match, dice: random.Random) -> None:
    """Read the last sheets, find votes invalid, tell; some plays end without a result."""
    for _ in range(COUNTING):
        await _one(match, dice)
        await _table(match, dice)
    await _clear(match, dice)
    for who in TELLERS:
        await match.do("tell", who)


async def _table(match: Match, dice: random.Random) -> None:
    """Do what tellers do between two other deeds."""
    for head in sorted(match.model.held()):
        if dice.random() < HALF:
            await match.do("aside", head)
    if match.model.state == "counting" and dice.random() < HALF:
        await match.do("tell", dice.choice(TELLERS))


async def _clear(match: Match, dice: random.Random) -> None:
    """Settle every sheet and every vote that is held."""
    for number, sheet in enumerate(match.model.sheets):
        if sheet.state == "read":
            await match.do(
                "read", _other(sheet.readers), sheet.head, _word(match, dice), _voice(sheet.head, dice), 1, sure=False
            )
        if sheet.state == "different":
            await match.do("third", _other(sheet.readers), number, _word(match, dice), _voice(sheet.head, dice))
    for head in sorted(match.model.held()):
        await match.do("aside", head)


async def _show(match: Match, dice: random.Random) -> None:
    """Object, answer, count again, and let the days run out."""
    for _ in range(dice.randrange(SHOWN)):
        who, waiting = dice.choice(NAMES), sorted(match.model.objections)
        deed = dice.choice(["object", "answer", "recount", "recount"])
        if deed == "object":
            await match.do("object", who)
        elif deed == "answer" and waiting:
            await match.do("answer", dice.choice(waiting), upheld=dice.random() < HALF)
        elif deed == "recount":
            await match.do("recount", dice.choice(TELLERS))
    assert match.play
    stands, wanted = await match.play.conclude(), match.model.stands()
    assert stands is wanted, match.told(f"stands: {stands}")
    match.done["conclude", f"{match.model.outcome()} {'stands' if stands else 'held up'}"] += 1


async def _one(match: Match, dice: random.Random) -> None:
    """Do something that anybody might try, allowed or not."""
    (deed,) = dice.choices(list(DEEDS), [weight for weight, _ in DEEDS.values()])
    await DEEDS[deed][1](match, dice)


async def _vote(match: Match, dice: random.Random) -> None:
    head = dice.choice(sorted(match.model.heads))
    inside = dice.choice(head.split("+")) if head != DEVELOPER and dice.random() < OFTEN else dice.choice(NAMES)
    await match.do("vote", inside, head, _word(match, dice), dice.choice(["site", "link"]))


async def _lend(match: Match, dice: random.Random) -> None:
    head = dice.choice(sorted(match.model.heads.keys() - {DEVELOPER}))
    told = dice.choice([None, *CHOICES])
    await match.do("lend", head, dice.choice(head.split("+")), dice.choice(NAMES), told)


async def _proxy(match: Match, dice: random.Random) -> None:
    if match.model.loans:
        number = dice.randrange(len(match.model.loans))
        loan = match.model.loans[number]
        agent = loan.agent if dice.random() < OFTEN else dice.choice(NAMES)
        as_told = loan.told and dice.random() < OFTEN
        await match.do("proxy", agent, number, loan.told if as_told else dice.choice(CHOICES))


async def _unlend(match: Match, dice: random.Random) -> None:
    if match.model.loans:
        await match.do("unlend", dice.randrange(len(match.model.loans)))


async def _third(match: Match, dice: random.Random) -> None:
    if match.model.sheets:
        number = dice.randrange(len(match.model.sheets))
        voice = _voice(match.model.sheets[number].head, dice)
        await match.do("third", dice.choice(TELLERS), number, _word(match, dice), voice)


async def _transfer(match: Match, dice: random.Random) -> None:
    """Sell a unit while the vote runs: nothing that can be seen changes."""
    assert match.play
    await match.play.transfer(str(dice.randrange(len(AREAS))), _owners(dice))
    await match.look()
    match.done["transfer", "ok"] += 1


async def _read(match: Match, dice: random.Random) -> None:
    """Read a sheet, most often as it was read the first time when it was."""
    head = dice.choice(sorted(match.model.heads))
    waiting = next((each for each in match.model.sheets if each.state == "read"), None)
    read: str | None = _word(match, dice) if dice.random() < 3 / 4 else None
    voice, came = _voice(head, dice), match.now - dice.randrange(4) * MINUTE
    if waiting and dice.random() < 3 / 4:
        head, ((before, signer),) = waiting.head, tuple(waiting.readers.values())
        read, voice = (before, signer) if dice.random() < 2 / 3 else (read, _voice(head, dice))
    await match.do("read", dice.choice(TELLERS), head, read, voice, came, sure=dice.random() < 1 / 3)


DEEDS: Final = {
    "vote": (9, _vote),
    "read": (6, _read),
    "lend": (3, _lend),
    "proxy": (3, _proxy),
    "third": (2, _third),
    "unlend": (1, _unlend),
    "transfer": (1, _transfer),
}


def _owners(dice: random.Random) -> frozenset[str]:
    return frozenset(dice.sample(NAMES, dice.choice([0, 1, 1, 1, 2, 2])))


def _word(match: Match, dice: random.Random) -> str:
    """Return what a paper may say, sometimes more than it may."""
    if match.model.kind == "yes_no" or dice.random() < 1 / 10:
        return dice.choice(CHOICES) if match.model.kind == "yes_no" else "abstain"
    most = match.model.seats if dice.random() < OFTEN else len(OPTIONS)
    few = OPTIONS[: match.model.seats + 1] if dice.random() < HALF else OPTIONS  # so that some are elected
    return ",".join(sorted(dice.sample(few, dice.randint(1, min(most, len(few))))))


def _voice(head: str, dice: random.Random) -> str:
    return dice.choice([head, *head.split("+")]) if "+" in head else head


def _other(readers: dict[str, Any]) -> str:
    return next(each for each in TELLERS if each not in readers)
