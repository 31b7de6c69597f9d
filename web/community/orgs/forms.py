"""The forms of organisations."""

from datetime import date
from typing import Annotated

from pydantic import Field

from community.orgs.models import OrgKind
from community.orgs.rules import COUNTER_MOST, NAME_MOST, PHONE_MOST, SHORT_MOST
from web.forms import Form


class OrgForm(Form):
    """What is said of an organisation."""

    kind: OrgKind
    name: Annotated[str, Field(max_length=NAME_MOST)]
    short_name: Annotated[str, Field(max_length=SHORT_MOST)]
    phone: Annotated[str, Field(max_length=PHONE_MOST, pattern=r"^[0-9+() -]*$")] = ""
    counter: Annotated[str, Field(max_length=COUNTER_MOST)] = ""
    hours: Annotated[str, Field(max_length=COUNTER_MOST)] = ""
    term_from: date | None = None
    term_until: date | None = None


class SealForm(Form):
    """Who keeps the seal from now on."""

    custodian: str
