"""What the office submits about a letter."""

from typing import Literal

from mediation.letters.rules import Back, Going, How, Proof
from web.forms import Form


class GoingForm(Form):
    """How it went; a tracking number for the post, the card for a visit."""

    how: How
    tracking: str = ""
    proof: Proof | Literal[""] = ""
    name: str = ""
    witness: str = ""

    def going(self) -> Going:
        """Return it as the domain reads it."""
        return Going(self.how, self.tracking, self.proof or None, self.name, self.witness)


class EndForm(Form):
    """What became of it: arrived, came back for a reason, or need not go."""

    end: Literal["arrived", "back", "dropped"]
    why: Back = Back.ABSENT
