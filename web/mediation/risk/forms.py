"""What is typed about the risk of a case."""

from typing import Literal

from mediation.risk.rules import Level, Sign
from web.forms import Form


class RiskForm(Form):
    """One of four deeds, with what it needs."""

    deed: Literal["acknowledge", "note", "set", "agree"]
    sign: Sign = Sign.POLICE
    level: Level = Level.RED
    reason: str = ""
