"""What comes in."""

from datetime import date

from pydantic import Field
from starlette.datastructures import UploadFile

from mediation.archive.rules import Retention
from mediation.digitised.commands import Described
from mediation.digitised.rules import NUMBER, PARTIES, PARTY, WHERE, WORDS
from mediation.intake.rules import Kind
from web.forms import Form


class PaperDossierForm(Form):
    """The cover of a paper dossier and its scans."""

    org: str = Field(max_length=16)
    number: str = Field(min_length=1, max_length=NUMBER)
    kind: Kind
    parties: str = Field(min_length=1, max_length=PARTIES * (PARTY + 2))
    began_on: date
    closed_on: date
    retention: Retention
    sheets: int = Field(ge=1, le=2000)
    lies: str = Field(default="", max_length=WHERE)
    how: str = Field(default="", max_length=WHERE)
    files: list[UploadFile] = Field(default_factory=list)

    @property
    def told(self) -> Described:
        """Return what is written on the cover."""
        given = self.model_dump(exclude={"org", "files", "parties"})
        names = tuple(each.strip() for each in self.parties.splitlines() if each.strip())
        return Described(parties=names, **given)


class CompareForm(Form):
    """What whoever compared found."""

    counted: int = Field(ge=1, le=9999)
    same: bool = False
    words: str = Field(default="", max_length=WORDS)


class SendBackForm(Form):
    """Why it has to be scanned anew."""

    why: str = Field(min_length=1, max_length=WORDS)
