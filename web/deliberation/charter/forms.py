"""The form that takes a version of the rules of procedure down: a value and an article for each point."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints
from starlette.datastructures import UploadFile

from deliberation.ballot.models import Channel
from deliberation.charter.commands import Adopted
from deliberation.charter.rules import MOST_ARTICLE, Clause, Point
from web.forms import Form

Said = Annotated[str, StringConstraints(max_length=64)]
Article = Annotated[int, Field(ge=1, le=MOST_ARTICLE)]


class CharterForm(Form):
    """What was adopted; a point that the rules of procedure do not speak of stays empty."""

    adopted_on: date
    valid_from: date
    ballot: int | None = None
    file: UploadFile | None = None
    quorum: Said = ""
    quorum_article: Article | None = None
    general: Said = ""
    general_article: Article | None = None
    major: Said = ""
    major_article: Article | None = None
    silence: Said = ""
    silence_article: Article | None = None
    invalid: Said = ""
    invalid_article: Article | None = None
    parking_in_area: Said = ""
    parking_in_area_article: Article | None = None
    parking_in_heads: Said = ""
    parking_in_heads_article: Article | None = None
    head_key: Said = ""
    head_key_article: Article | None = None
    notice: Said = ""
    notice_article: Article | None = None
    agents: Said = ""
    agents_article: Article | None = None
    channels: list[Channel] = Field(default_factory=list)
    channels_article: Article | None = None
    extension: Said = ""
    extension_article: Article | None = None

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Return what is said; an article that is missing is refused by the domain."""
        said = {point: self._said(point) for point in Point}
        return tuple(
            Clause(point, value, getattr(self, f"{point}_article") or 0) for point, value in said.items() if value
        )

    def _said(self, point: Point) -> str:
        if point is Point.CHANNELS:
            return ",".join(way for way in Channel if way in self.channels)
        return str(getattr(self, point.value))

    @property
    def adopted(self) -> Adopted:
        """Return it as the domain knows it."""
        return Adopted(
            clauses=self.clauses, adopted_on=self.adopted_on, valid_from=self.valid_from, ballot_id=self.ballot
        )
