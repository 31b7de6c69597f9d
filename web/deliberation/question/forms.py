"""Forms of candidates."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from web.forms import Form

Key = Annotated[str, StringConstraints(pattern="^[0-9]{1,2}$")]


class DeclarationForm(Form):
    """What a candidate declares."""

    key: Key
    woman: Literal["yes", "no"]
    kin: tuple[Key, ...] = ()


class AccountForm(Form):
    """Which account is a candidate's."""

    key: Key
    email: Annotated[str, StringConstraints(min_length=3, max_length=254)]
