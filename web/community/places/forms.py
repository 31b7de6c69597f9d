"""The forms of places."""

from starlette.datastructures import UploadFile

from web.forms import Form


class RollForm(Form):
    """A roll file; ``complete`` when whoever it does not name in its units has moved out."""

    file: UploadFile
    complete: bool = False


class ConfirmForm(Form):
    """Nothing to fill in: the button is what counts."""


class SlipForm(Form):
    """The code on a slip."""

    code: str


class CounterForm(Form):
    """The row of the roll that a clerk chose for an account."""

    row: str
