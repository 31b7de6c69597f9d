"""What is written of a mediator."""

from datetime import date

from pydantic import Field

from mediation.intake.rules import Kind
from mediation.register.rules import Post, Tongue
from web.forms import Form


class EntryForm(Form):
    """调解员登记."""

    post: Post
    since: date
    until: date | None = None
    kinds: list[Kind] = Field(default_factory=list)
    tongues: list[Tongue] = Field(default_factory=list)
    hours: int = 0
