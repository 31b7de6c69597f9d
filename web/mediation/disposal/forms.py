"""Forms of appraisal and destruction; both people show their password, and their second factor where they have one."""

from typing import Annotated

from pydantic import Field, StringConstraints

from mediation.disposal.rules import WORDS
from web.forms import Form

Password = Annotated[str, StringConstraints(max_length=200, strip_whitespace=False)]
Factor = Annotated[str, StringConstraints(max_length=40)]
Words = Annotated[str, StringConstraints(max_length=WORDS)]


class ProveForm(Form):
    """Who one is, shown again."""

    password: Password
    code: Factor = ""


class ProposeForm(ProveForm):
    """Which dossiers, and what the appraisal found."""

    cases: Annotated[list[str], Field(default_factory=list)]
    words: Words = ""


class RefuseForm(Form):
    """Why not."""

    why: Words = ""
