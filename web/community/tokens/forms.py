"""The form of a new token."""

from community.tokens.rules import Scope
from web.forms import Form


class TokenForm(Form):
    """What the program is called, what it may do, for how many days."""

    label: str
    scopes: list[Scope]
    days: int
