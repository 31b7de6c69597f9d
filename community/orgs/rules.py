"""What an organisation is, and what may be said of it."""

from datetime import date
from enum import StrEnum
from typing import Final

from community.errors import Unfit

NAME_MOST: Final = 96
SHORT_MOST: Final = 24
PHONE_MOST: Final = 32
COUNTER_MOST: Final = 64


class OrgKind(StrEnum):
    """What an organisation is."""

    RESIDENTS_COMMITTEE = "residents-committee"  # 居委会
    OWNERS_COMMITTEE = "owners-committee"  # 业委会
    SUPERVISION_COMMITTEE = "supervision-committee"  # 居务监督委员会
    PARTY_BRANCH = "party-branch"  # 社区党组织
    MEDIATION_COMMITTEE = "mediation-committee"  # 人民调解委员会
    STREET_OFFICE = "street-office"  # 街道办事处
    JUSTICE_OFFICE = "justice-office"  # 司法所
    GOVERNANCE_CENTRE = "governance-centre"  # 综治中心
    COURT = "court"  # 人民法院
    DEPARTMENT = "department"  # 行政部门
    PROPERTY_COMPANY = "property-company"  # 物业企业
    SOCIAL = "social"  # 社会组织


def check_term(since: date | None, until: date | None) -> None:
    """Raise `Unfit` for a term that ends before it begins."""
    if since and until and until < since:
        raise Unfit("任期的最后一天要在第一天之后，请改日期。", field="term_until")


def in_office(since: date | None, until: date | None, *, today: date) -> bool:
    """Tell whether a term runs today; a missing end is open.

    >>> in_office(date(2026, 1, 1), date(2026, 12, 31), today=date(2027, 1, 1))
    False
    """
    return (since is None or since <= today) and (until is None or today <= until)
