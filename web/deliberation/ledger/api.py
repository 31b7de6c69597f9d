"""The ledger of papers as open data."""

from datetime import datetime

from deliberation.ballot.queries import find
from deliberation.ledger.queries import checkpoints, log_of
from web.api.call import Answer, Ask, Call
from web.words import N_


class CheckpointOut(Answer):
    """What was signed: so many leaves have this root. Ed25519, everything in hexadecimal."""

    size: int
    root: str
    at: datetime
    key: str
    signature: str


class LedgerOut(Answer):
    """How far the ledger of a ballot has come; ``rule`` and ``roll`` are the hashes that every checkpoint binds."""

    ballot: int
    size: int
    rule: str
    roll: str
    checkpoints: list[CheckpointOut]


async def show_ledger(ask: Ask) -> LedgerOut:
    """Answer with what was signed, the latest twenty first."""
    ballot = await find(ask.path["id"])
    log = await log_of(ballot.id)
    plain = ("size", "root", "at", "key", "signature")
    signed = [CheckpointOut(**{name: getattr(each, name) for name in plain}) for each in await checkpoints(ballot.id)]
    return LedgerOut(ballot=ballot.id, size=log.signed, rule=log.rule_hash, roll=log.roll_hash, checkpoints=signed)


calls = [
    Call(
        method="GET",
        path="/ballots/{id:int}/log",
        name="showLedger",
        title=N_("看一次表决的票据日志"),
        do=show_ledger,
        answer=LedgerOut,
    ),
]
