"""What comes in."""

from datetime import date

from pydantic import Field
from starlette.datastructures import UploadFile

from mediation.paying.rules import WORDS
from web.forms import Form


class ClaimForm(Form):
    """I kept it."""

    done_on: date
    amount: str = Field(default="", max_length=20)
    words: str = Field(default="", max_length=WORDS)
    files: list[UploadFile] = Field(default_factory=list)


class ClaimAnswerForm(Form):
    """What is denied, or what was seen."""

    words: str = Field(default="", max_length=WORDS)
