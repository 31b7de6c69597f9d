"""What is submitted when something shut is to be opened."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from mediation.case.access import Thing
from web.forms import Form


class GlassForm(Form):
    """申请临时查阅: what, for how long, on what ground, why."""

    thing: Thing
    minutes: int = 0
    basis: Annotated[str, StringConstraints(max_length=120)] = ""
    reason: Annotated[str, StringConstraints(max_length=500)] = ""


class IdentityForm(Form):
    """身份证号和地址, both optional."""

    id_number: Annotated[str, StringConstraints(max_length=40)] = ""
    address: Annotated[str, StringConstraints(max_length=400)] = ""
    agreed: bool = False


class DecideForm(Form):
    """同意或者不同意."""

    answer: Literal["yes", "no"]


class MailForm(Form):
    """可以安全收信."""

    safe: bool = False
