"""Forms of the body room."""

from typing import Annotated

from pydantic import StringConstraints

from deliberation.body.rules import Basis, BodyKind
from web.forms import Form


class BodyForm(Form):
    """A meeting to be founded."""

    kind: BodyKind
    name: Annotated[str, StringConstraints(min_length=2, max_length=64)]


class RollForm(Form):
    """Whose names the roll holds."""

    basis: Basis
