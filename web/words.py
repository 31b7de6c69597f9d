"""Words that are not in any template: labels of enum members, gathered from every room's ``words.py``."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from community.orgs.models import OrgKind
from community.places.models import AreaSource, PlaceKind, UnitKind
from community.rights import Role


def N_(sentence: str) -> str:  # noqa: N802 - gettext's own name for a marker
    """Mark ``sentence`` for extraction without translating it here."""
    return sentence


ROLES: Final[Mapping[Enum, str]] = {
    Role.RESIDENT: N_("居民"),
    Role.HOUSEHOLD_REP: N_("户代表"),
    Role.OWNER: N_("业主"),
    Role.DELEGATE: N_("居民代表"),
    Role.COUNCIL_MEMBER: N_("议事会成员"),
    Role.CLERK: N_("居委会工作人员"),
    Role.OWNERS_COMMITTEE: N_("业委会成员"),
    Role.PROPERTY: N_("物业"),
    Role.SOCIAL: N_("社会组织"),
    Role.GRID_WORKER: N_("网格员"),
    Role.SUPERVISOR: N_("居务监督委员会成员"),
    Role.MODERATOR: N_("社区党组织（主持与审核）"),
    Role.PEOPLE_MEDIATOR: N_("人民调解员"),
    Role.ADMIN_MEDIATOR: N_("行政调解员"),
    Role.COURT_MEDIATOR: N_("法院特邀调解员"),
    Role.INTAKE: N_("受理员"),
    Role.DIRECTOR: N_("调委会主任"),
    Role.ARCHIVIST: N_("档案员"),
    Role.JUSTICE_OFFICE: N_("司法所"),
    Role.STREET: N_("街道工作人员"),
    Role.DEPARTMENT: N_("职能部门联络人"),
    Role.DISPATCHER: N_("综治中心调度"),
    Role.AUDITOR: N_("第三方评估与审计"),
    Role.PRIVACY_OFFICER: N_("个人信息保护负责人"),
    Role.PARTY_MEMBER: N_("党员"),
    Role.ADMIN: N_("系统管理员"),
}

PLACES: Final[Mapping[Enum, str]] = {
    PlaceKind.PROVINCE: N_("省"),
    PlaceKind.CITY: N_("市"),
    PlaceKind.COUNTY: N_("县区"),
    PlaceKind.STREET: N_("街道乡镇"),
    PlaceKind.COMMUNITY: N_("社区"),
    PlaceKind.GRID: N_("网格"),
    PlaceKind.BUILDING: N_("楼栋"),
}

UNITS: Final[Mapping[Enum, str]] = {
    UnitKind.HOME: N_("住宅"),
    UnitKind.SHOP: N_("商铺"),
    UnitKind.PARKING: N_("车位"),
}

SOURCES: Final[Mapping[Enum, str]] = {
    AreaSource.REGISTER: N_("不动产登记"),
    AreaSource.SURVEY: N_("测绘报告"),
    AreaSource.CONTRACT: N_("买卖合同"),
}

ORGS: Final[Mapping[Enum, str]] = {
    OrgKind.RESIDENTS_COMMITTEE: N_("居民委员会"),
    OrgKind.OWNERS_COMMITTEE: N_("业主委员会"),
    OrgKind.SUPERVISION_COMMITTEE: N_("居务监督委员会"),
    OrgKind.PARTY_BRANCH: N_("社区党组织"),
    OrgKind.MEDIATION_COMMITTEE: N_("人民调解委员会"),
    OrgKind.STREET_OFFICE: N_("街道办事处"),
    OrgKind.JUSTICE_OFFICE: N_("司法所"),
    OrgKind.GOVERNANCE_CENTRE: N_("综治中心"),
    OrgKind.COURT: N_("人民法院"),
    OrgKind.DEPARTMENT: N_("行政部门"),
    OrgKind.PROPERTY_COMPANY: N_("物业企业"),
    OrgKind.SOCIAL: N_("社会组织"),
}

COMMON: Final = (ROLES, PLACES, UNITS, SOURCES, ORGS)
"""One table an enum: members of two enums with one value (`Role.SOCIAL`, `OrgKind.SOCIAL`) are one key in one table."""


def gathered() -> dict[tuple[type[Enum], str], str]:
    """Return the label of every enum member that a page may show."""
    from web.rooms import WORDS  # noqa: PLC0415 - the rooms mark their words with N_ from here

    every = {}
    for words in (*COMMON, *WORDS):
        every.update({(type(member), member.name): text for member, text in words.items()})
    return every
