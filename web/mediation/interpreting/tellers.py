"""Who is told that something is to be translated, or was; not a word of it."""

from collections.abc import Mapping
from typing import Final

from community.record.models import Event
from community.record.outbox import facts_of
from mediation.interpreting.models import TranslationTask
from web.mediation.intake.tellers import case_of, say_at
from web.teller import Teller
from web.words import N_

ASKED: Final = N_("有一处请您翻译，一天之内可以看原文（查询码 {code}）")
DONE: Final = N_("您请翻译看的已经译好了（查询码 {code}）")


async def asked(event: Event) -> None:
    """Something was handed over: the interpreter."""
    task = await TranslationTask.get(id=int(str(facts_of(event)["task"]))).select_related("interpreter")
    case, who = await case_of(event), task.interpreter.person_id
    url = f"/cases/{case.code}/interpreting/{task.code}"
    await say_at([who] if who else [], ASKED, case, event, url=url, binding=False)


async def done(event: Event) -> None:
    """It was translated: whoever asked."""
    case, who = await case_of(event), int(str(facts_of(event)["asked_by"]))
    await say_at([who], DONE, case, event, url=f"/cases/{case.code}/interpreting", binding=False)


TELLERS: Final[Mapping[str, Teller]] = {"translation.asked": asked, "translation.done": done}
