"""Forms of the oversight room."""

from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from deliberation.oversight.rules import NUMBER, WORDS, Deed, Document, Issuer, Ruling
from web.forms import Form

Words = Annotated[str, StringConstraints(min_length=WORDS[0], max_length=WORDS[1])]


class OrderForm(Form):
    """A document and what it orders."""

    deed: Deed
    issuer: Issuer
    number: Annotated[str, StringConstraints(min_length=NUMBER[0], max_length=NUMBER[1])]
    issued_on: date
    reason: Words

    @property
    def document(self) -> Document:
        """Return the document as the domain knows it."""
        return Document(issuer=self.issuer, number=self.number, issued_on=self.issued_on, reason=self.reason)


class CorrectionForm(Form):
    """How an ordered correction was made."""

    words: Words


class AppealForm(Form):
    """Why a return was wrong."""

    words: Words


class RulingForm(Form):
    """How an appeal ends, and why."""

    ruling: Ruling
    reasons: Words
