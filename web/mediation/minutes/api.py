"""The records of a case for a program: what was written down, and saying that entries are right or what is not."""

from datetime import datetime
from typing import Any

from community.tokens.rules import Scope
from mediation.case.access import Thing
from mediation.minutes.queries import Record, record_of, records_of
from mediation.minutes.rules import RecordStage
from mediation.minutes.speaking import speak
from mediation.minutes.text import digest
from mediation.privacy.logging import note
from web.api.call import Answer, Ask, Call
from web.mediation.minutes.forms import SpeakForm
from web.words import N_


class RecordLine(Answer):
    """A record in the list."""

    code: str
    n: int
    stage: RecordStage
    held_at: datetime


class RecordOut(RecordLine):
    """A record as it stands: ``words`` in the form that is hashed, ``sha256`` their hash.

    ``owed`` says by sign how many entries each party has not spoken on.
    """

    words: dict[str, Any]
    sha256: str
    owed: dict[str, int]


class RecordList(Answer):
    """The records of a case that are for this reader, in order."""

    items: list[RecordLine]


async def list_records(ask: Ask) -> RecordList:
    """Answer with the records of a case."""
    _, _, rows = await records_of(ask.person, ask.path["code"], at=ask.at)
    return RecordList(items=[RecordLine(code=row.code, n=row.n, stage=row.stage, held_at=row.held_at) for row in rows])


async def show(ask: Ask) -> RecordOut:
    """Answer with one record."""
    return await _shown(ask)


async def say(ask: Ask) -> RecordOut:
    """Say, as a party or for one, that entries are right, or object."""
    given = ask.body
    said: dict[str, Any] = {"agreed": given.agreed == "yes", "words": given.words}
    await speak(ask.path["code"], ask.path["record"], given.party, given.n, **said, by=ask.person, at=ask.at)
    return await _shown(ask)


async def _shown(ask: Ask) -> RecordOut:
    found = await record_of(ask.person, ask.path["code"], ask.path["record"], at=ask.at)
    await note(found.case, found.seats, (Thing.MINUTES,), by=ask.person, at=ask.at)
    return _out(found)


def _out(found: Record) -> RecordOut:
    row = found.row
    sha256 = row.sha256 if row.stage is RecordStage.SEALED else digest(found.words)
    told = {"words": found.words, "sha256": sha256, "owed": found.owed}
    return RecordOut(code=row.code, n=row.n, stage=row.stage, held_at=row.held_at, **told)


calls = [
    Call(
        method="GET",
        path="/cases/{code}/records",
        name="listRecords",
        title=N_("看一件纠纷的笔录"),
        do=list_records,
        answer=RecordList,
        scope=Scope.CASES_OPEN,
    ),
    Call(
        method="GET",
        path="/cases/{code}/records/{record}",
        name="showRecord",
        title=N_("看一份笔录的全文和校验值"),
        do=show,
        answer=RecordOut,
        scope=Scope.CASES_OPEN,
    ),
    Call(
        method="POST",
        path="/cases/{code}/records/{record}/words",
        name="confirmRecord",
        title=N_("核对笔录：记得对，或者哪里不对"),
        do=say,
        answer=RecordOut,
        body=SpeakForm,
        scope=Scope.CASES_TALK,
    ),
]
