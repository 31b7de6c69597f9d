"""What comes in about translations."""

from typing import Annotated, Final

from pydantic import Field

from web.forms import Form

LONG: Final = 30_000


class AskLineForm(Form):
    """To which interpreter a line goes."""

    interpreter: str = ""


class AskForm(AskLineForm):
    """What an interpreter is asked: the record with this code, or, without one, the agreement."""

    record: str = ""


class WordsForm(Form):
    """A translation."""

    words: str = Field(default="", max_length=LONG)


class SignForm(Form):
    """A name under a record as it was shown."""

    shown: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
