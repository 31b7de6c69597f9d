"""What offices were asked about a matter and what they answered, as open data."""

from datetime import datetime

from community.tokens.rules import Scope
from deliberation.calls import answering
from deliberation.calls.models import Call as Row
from deliberation.calls.queries import calls_of
from deliberation.calls.rules import CallKind
from deliberation.matter.queries import find
from web.api.call import Answer, Ask, Call
from web.deliberation.calls.forms import AnswerForm
from web.words import N_


class CallOut(Answer):
    """One question to one office. ``late`` when it was, or still is, answered after its day.

    ``hidden`` is the code of the reason that hides the answer.
    """

    id: int
    kind: CallKind
    office: str
    question: str
    asked_at: datetime
    due_at: datetime
    late: bool
    answer: str
    hidden: str
    answered_at: datetime | None


class Calls(Answer):
    """Every question about a matter, the first first."""

    items: list[CallOut]


class CallAnswer(AnswerForm):
    """What an office answers, in public."""


async def list_calls(ask: Ask) -> Calls:
    """Answer with the questions to offices about a public matter."""
    matter = await find(None, ask.path["id"])
    return Calls(items=[_call(one, ask.at) for one in await calls_of(matter)])


async def answer_call(ask: Ask) -> CallOut:
    """Answer for one's office."""
    row = await answering.answer(ask.path["id"], ask.body.words, by=ask.person, at=ask.at)
    return _call(await Row.get(id=row.id).select_related("org"), ask.at)


def _call(one: Row, at: datetime) -> CallOut:
    plain = ("id", "kind", "question", "asked_at", "due_at", "answered_at")
    shown = ("", one.hidden_why) if one.hidden_at else (one.answer, "")
    facts = {name: getattr(one, name) for name in plain}
    return CallOut(**facts, answer=shown[0], hidden=shown[1], office=one.org.name, late=one.is_late(at))


calls = [
    Call(
        method="GET",
        path="/matters/{id:int}/calls",
        name="listCalls",
        title=N_("看一件议题问了哪些单位、答了什么、晚没晚"),
        do=list_calls,
        answer=Calls,
    ),
    Call(
        method="POST",
        path="/calls/{id:int}/answer",
        name="answerCall",
        title=N_("替单位答复一个问题"),
        do=answer_call,
        answer=CallOut,
        scope=Scope.CALLS_ANSWER,
        body=CallAnswer,
    ),
]
