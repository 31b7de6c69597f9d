"""What is typed about the risk of a case."""

from typing import Literal

from mediation.risk.rules import Level, Prevented, Safety, Sign
from web.forms import Form


class RiskForm(Form):
    """One of six deeds, with what it needs."""

    deed: Literal["acknowledge", "note", "set", "agree", "step", "extract"]
    sign: Sign = Sign.POLICE
    level: Level = Level.RED
    reason: str = ""
    step: Safety = Safety.POLICE
    given_to: str = ""


class PreventedForm(Form):
    """What the talks kept from happening, or the answer to somebody who says so (``claim`` its code)."""

    claim: str = ""
    holds: bool = False
    harm: Prevented = Prevented.PETITION
    people: int = 0
    words: str = ""
    proof: str = ""
