"""What is typed about the risk of a case."""

from typing import Literal

from mediation.risk.rules import Level, Safety, Sign
from web.forms import Form


class RiskForm(Form):
    """One of six deeds, with what it needs."""

    deed: Literal["acknowledge", "note", "set", "agree", "step", "extract"]
    sign: Sign = Sign.POLICE
    level: Level = Level.RED
    reason: str = ""
    step: Safety = Safety.POLICE
    given_to: str = ""
