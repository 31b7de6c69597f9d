"""What offices were asked about a matter and what they answered, as open data."""

from datetime import datetime

from deliberation.calls.queries import calls_of
from deliberation.calls.rules import CallKind
from deliberation.matter.queries import find
from web.api.call import Answer, Ask, Call
from web.words import N_


class CallOut(Answer):
    """One question to one office. ``late`` when it was, or still is, answered after its day."""

    id: int
    kind: CallKind
    office: str
    question: str
    asked_at: datetime
    due_at: datetime
    late: bool
    answer: str
    answered_at: datetime | None


class Calls(Answer):
    """Every question about a matter, the first first."""

    items: list[CallOut]


async def list_calls(ask: Ask) -> Calls:
    """Answer with the questions to offices about a public matter."""
    matter = await find(None, ask.path["id"])
    plain = ("id", "kind", "question", "asked_at", "due_at", "answer", "answered_at")
    return Calls(
        items=[
            CallOut(**{name: getattr(one, name) for name in plain}, office=one.org.name, late=one.is_late(ask.at))
            for one in await calls_of(matter)
        ]
    )


calls = [
    Call(
        method="GET",
        path="/matters/{id:int}/calls",
        name="listCalls",
        title=N_("看一件议题问了哪些单位、答了什么、晚没晚"),
        do=list_calls,
        answer=Calls,
    ),
]
