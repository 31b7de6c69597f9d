"""Forms of mandates."""

from typing import Annotated

from pydantic import StringConstraints
from starlette.datastructures import UploadFile

from community.people.rules import Method
from deliberation.ballot.votes import Choice
from web.forms import Form

Email = Annotated[str, StringConstraints(min_length=3, max_length=254)]


class GiveForm(Form):
    """To whom, for which head, how to vote, and a proof of who gives it."""

    head: int
    agent: Email
    instruction: Choice | None = None
    method: Method
    typed: Annotated[str, StringConstraints(max_length=128)] = ""


class CounterForm(Form):
    """A written mandate as the clerk read it."""

    voice: int
    head: int
    agent: Email
    instruction: Choice | None = None
    file: UploadFile | None = None


class WithdrawForm(Form):
    """Why a clerk withdraws one; the principal need not say."""

    why: Annotated[str, StringConstraints(max_length=200)] = ""
