"""The deeds of an author and of an office for their programs: drafting, submitting, answering amendments, screening."""

from typing import Literal

from community.errors import Hidden
from community.tokens.rules import Scope
from deliberation.matter import amending, drafting, screening
from deliberation.matter.meaning import Change
from deliberation.matter.models import Amendment
from deliberation.matter.queries import find
from web.api.call import Answer, Ask, Call
from web.deliberation.matter.api import Standing
from web.deliberation.matter.deeds import OUTCOMES
from web.deliberation.matter.forms import AnswerForm, DraftForm, ReviseForm
from web.deliberation.matter.text_api import AmendmentOut, amendment_out
from web.forms import Form
from web.words import N_


class Drafted(Answer):
    """A draft that only its author sees; ``url`` is its page."""

    id: int
    url: str


class AmendmentAnswer(AnswerForm):
    """``words`` takes it up as mere wording, ``meaning`` as a new meaning, ``no`` declines it with an ``answer``."""


class ScreeningIn(Form):
    """What the office says: accepted, or why not — to be mended, to mediation, or not its business."""

    accepted: Literal["yes", "no", "mediation", "other"]
    reasons: str = ""


async def draft(ask: Ask) -> Drafted:
    """Write a draft down."""
    given: DraftForm = ask.body
    made = await drafting.draft(given.meeting, given.text, request=given.request, by=ask.person, at=ask.at)
    return Drafted(id=made.id, url=f"/matters/{made.id}")


async def revise(ask: Ask) -> Standing:
    """Change the words."""
    given: ReviseForm = ask.body
    await drafting.revise(ask.path["id"], given.text, declared=given.change, by=ask.person, at=ask.at)
    return await _standing(ask)


async def submit(ask: Ask) -> Standing:
    """Make a draft public."""
    await drafting.submit(ask.path["id"], by=ask.person, at=ask.at)
    return await _standing(ask)


async def withdraw(ask: Ask) -> Standing:
    """Take a proposal back."""
    await drafting.withdraw(ask.path["id"], by=ask.person, at=ask.at)
    return await _standing(ask)


async def screen(ask: Ask) -> Standing:
    """Take a matter on, or return it."""
    given: ScreeningIn = ask.body
    if given.accepted == "yes":
        await screening.accept(ask.path["id"], by=ask.person, at=ask.at)
    else:
        outcome = OUTCOMES[given.accepted]
        await screening.send_back(ask.path["id"], given.reasons, outcome=outcome, by=ask.person, at=ask.at)
    return await _standing(ask)


async def answer(ask: Ask) -> AmendmentOut:
    """Take an amendment up, as words or as a new meaning, or say why not."""
    given: AmendmentAnswer = ask.body
    code = (await _amendment(ask)).code
    if given.how == "no":
        await amending.decline(code, given.answer, by=ask.person, at=ask.at)
    else:
        await amending.adopt(code, Change(given.how), answer=given.answer, by=ask.person, at=ask.at)
    return amendment_out(await _amendment(ask))


async def take_back(ask: Ask) -> AmendmentOut:
    """Take one's own amendment back."""
    await amending.take_back((await _amendment(ask)).code, by=ask.person, at=ask.at)
    return amendment_out(await _amendment(ask))


async def _amendment(ask: Ask) -> Amendment:
    matter = await find(ask.person, ask.path["id"])
    found = await Amendment.get_or_none(matter_id=matter.id, code=ask.path["code"])
    if found is None:
        raise Hidden("没有找到这条修改建议。")
    return found


async def _standing(ask: Ask) -> Standing:
    matter = await find(ask.person, ask.path["id"])
    return Standing(id=matter.id, state=matter.state, seconded=matter.seconded, threshold=matter.threshold)


_ROOT = "/matters/{id:int}"

calls = [
    Call(
        method="POST",
        path="/matters",
        name="draftMatter",
        title=N_("起草一件议题，只有自己看得到"),
        do=draft,
        answer=Drafted,
        scope=Scope.MATTERS_PROPOSE,
        body=DraftForm,
        status=201,
    ),
    Call(
        method="POST",
        path=f"{_ROOT}/text",
        name="reviseMatter",
        title=N_("修改自己的议题的文字"),
        do=revise,
        answer=Standing,
        scope=Scope.MATTERS_PROPOSE,
        body=ReviseForm,
        status=201,
    ),
    Call(
        method="POST",
        path=f"{_ROOT}/submission",
        name="submitMatter",
        title=N_("公开自己的草稿，请大家附议"),
        do=submit,
        answer=Standing,
        scope=Scope.MATTERS_PROPOSE,
    ),
    Call(
        method="POST",
        path=f"{_ROOT}/withdrawal",
        name="withdrawMatter",
        title=N_("撤回自己的议题"),
        do=withdraw,
        answer=Standing,
        scope=Scope.MATTERS_PROPOSE,
    ),
    Call(
        method="POST",
        path=f"{_ROOT}/screening",
        name="screenMatter",
        title=N_("受理一件议题，或者写明理由退回"),
        do=screen,
        answer=Standing,
        scope=Scope.MATTERS_HOST,
        body=ScreeningIn,
    ),
    Call(
        method="POST",
        path=f"{_ROOT}/amendments/{{code}}/answer",
        name="answerAmendment",
        title=N_("答复一条修改建议：采纳，或者写明理由不采纳"),
        do=answer,
        answer=AmendmentOut,
        scope=Scope.MATTERS_HOST,
        body=AmendmentAnswer,
    ),
    Call(
        method="POST",
        path=f"{_ROOT}/amendments/{{code}}/withdrawal",
        name="takeBackAmendment",
        title=N_("收回自己的一条修改建议"),
        do=take_back,
        answer=AmendmentOut,
        scope=Scope.MATTERS_AMEND,
    ),
]
