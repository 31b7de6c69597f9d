"""The form of a new address."""

from typing import Annotated

from pydantic import StringConstraints

from community.hooks.rules import URL_MOST
from web.forms import Form


class HookForm(Form):
    """Where to tell."""

    url: Annotated[str, StringConstraints(max_length=URL_MOST)] = ""
