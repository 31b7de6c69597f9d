"""Who may do what: one table, read by commands, by pages and by the public "who may do what" page.

A role is held in a place (street › community › grid › building) or in an
organisation, for a time. A role held in a place holds in everything inside it.
"""

from collections.abc import Iterable
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from community.errors import Forbidden


class Role(StrEnum):
    """A capacity in which a person acts."""

    RESIDENT = "resident"  # 居民 (matched with the roll)
    HOUSEHOLD_REP = "household-rep"  # 户代表
    OWNER = "owner"  # 业主
    DELEGATE = "delegate"  # 居民代表
    COUNCIL_MEMBER = "council-member"  # 议事会成员
    CLERK = "clerk"  # 居委会工作人员
    OWNERS_COMMITTEE = "owners-committee"  # 业委会成员
    PROPERTY = "property"  # 物业
    SOCIAL = "social"  # 社会组织
    GRID_WORKER = "grid-worker"  # 网格员
    SUPERVISOR = "supervisor"  # 居务监督委员会成员
    MODERATOR = "moderator"  # 社区党组织 (主持与审核)
    PEOPLE_MEDIATOR = "people-mediator"  # 人民调解员
    ADMIN_MEDIATOR = "admin-mediator"  # 行政调解员
    COURT_MEDIATOR = "court-mediator"  # 法院特邀调解员
    INTAKE = "intake"  # 受理员
    DIRECTOR = "director"  # 调委会主任
    ARCHIVIST = "archivist"  # 档案员
    JUSTICE_OFFICE = "justice-office"  # 司法所
    STREET = "street"  # 街道工作人员
    DEPARTMENT = "department"  # 职能部门联络人
    DISPATCHER = "dispatcher"  # 综治中心调度
    AUDITOR = "auditor"  # 第三方评估/审计
    PRIVACY_OFFICER = "privacy-officer"  # 个人信息保护负责人
    PARTY_MEMBER = "party-member"  # 党员 (their opinions may be shown beside others')
    ADMIN = "admin"  # 系统管理员


class Held(NamedTuple):
    """A role and where it is held; with neither place nor organisation it is held in the whole installation."""

    role: Role
    place_id: int | None
    org_id: int | None


class Right(StrEnum):
    """Something that can be permitted, named ``thing:deed``."""

    MATTER_DRAFT = "matter:draft"
    MATTER_RAISE = "matter:raise"
    MATTER_ENDORSE = "matter:endorse"
    MATTER_SCREEN = "matter:screen"
    MATTER_STUDY = "matter:study"
    MATTER_HOST = "matter:host"
    MATTER_EXECUTE = "matter:execute"
    MATTER_SUPERVISE = "matter:supervise"
    CALL_ANSWER = "call:answer"
    MEETING_HOST = "meeting:host"
    MEETING_RECORD = "meeting:record"
    COMMENT_WRITE = "comment:write"
    BALLOT_SET_UP = "ballot:set-up"
    BALLOT_RELEASE = "ballot:release"
    BALLOT_DELIVER = "ballot:deliver"
    BALLOT_CAST = "ballot:cast"
    BALLOT_TELL = "ballot:tell"
    BALLOT_CANVASS = "ballot:canvass"
    ROLL_READ = "roll:read"
    ROLL_FREEZE = "roll:freeze"
    CONTENT_REPORT = "content:report"
    CONTENT_MODERATE = "content:moderate"
    APPEAL_DECIDE = "appeal:decide"
    APPEAL_REVIEW = "appeal:review"
    ASSIST = "resident:assist"
    HELP_CHECK = "resident:call-back"
    CASE_FILE = "case:file"
    CASE_FILE_FOR = "case:file-for"
    CASE_INTAKE = "case:intake"
    CASE_DIRECT = "case:direct"
    CASE_MEDIATE = "case:mediate"
    CASE_ARCHIVE = "case:archive"
    CASE_DISPATCH = "case:dispatch"
    CASE_SUPERVISE = "case:supervise"
    CASE_INDEX = "case:index"
    SEAL_USE = "seal:use"
    PLACE_EDIT = "place:edit"
    PERSON_VERIFY = "person:verify"
    ROLE_GRANT = "role:grant"
    CALENDAR_EDIT = "calendar:edit"
    OUTAGE_NOTE = "outage:note"
    RECORD_READ = "record:read"
    FILE_UPLOAD = "file:upload"
    SUBJECT_TAKE = "subject:take-in"
    SUBJECT_ANSWER = "subject:answer"
    API_TOKEN = "api:token"  # noqa: S105 - the name of a right


_EVERY_RESIDENT: Final = frozenset(
    {
        Right.MATTER_DRAFT,
        Right.MATTER_ENDORSE,
        Right.COMMENT_WRITE,
        Right.BALLOT_CAST,
        Right.CONTENT_REPORT,
        Right.CASE_FILE,
        Right.FILE_UPLOAD,
        Right.API_TOKEN,
    }
)
_SPEAKS: Final = frozenset({Right.COMMENT_WRITE, Right.CONTENT_REPORT, Right.FILE_UPLOAD})
_ANSWERS: Final = _SPEAKS | {Right.CALL_ANSWER, Right.API_TOKEN}
_MEDIATES: Final = frozenset({Right.CASE_MEDIATE, Right.CONTENT_REPORT, Right.FILE_UPLOAD, Right.API_TOKEN})

GRANTS: Final = MappingProxyType(
    {
        Role.RESIDENT: _EVERY_RESIDENT,
        Role.HOUSEHOLD_REP: _EVERY_RESIDENT,
        Role.OWNER: _EVERY_RESIDENT,
        Role.DELEGATE: _EVERY_RESIDENT,
        Role.COUNCIL_MEMBER: _EVERY_RESIDENT,
        Role.CLERK: _ANSWERS
        | {
            Right.MATTER_SCREEN,
            Right.MATTER_HOST,
            Right.MATTER_EXECUTE,
            Right.MEETING_HOST,
            Right.MEETING_RECORD,
            Right.BALLOT_SET_UP,
            Right.BALLOT_DELIVER,
            Right.BALLOT_TELL,
            Right.BALLOT_CANVASS,
            Right.ROLL_READ,
            Right.ROLL_FREEZE,
            Right.PLACE_EDIT,
            Right.PERSON_VERIFY,
            Right.CASE_FILE_FOR,
            Right.ASSIST,
            Right.HELP_CHECK,
            Right.SUBJECT_TAKE,
        },
        Role.OWNERS_COMMITTEE: _ANSWERS
        | {
            Right.MATTER_SCREEN,
            Right.MATTER_HOST,
            Right.MATTER_EXECUTE,
            Right.MEETING_HOST,
            Right.MEETING_RECORD,
            Right.BALLOT_SET_UP,
            Right.BALLOT_DELIVER,
            Right.BALLOT_TELL,
            Right.BALLOT_CANVASS,
        },
        Role.PROPERTY: _ANSWERS | {Right.MATTER_EXECUTE},
        Role.SOCIAL: _ANSWERS,
        Role.GRID_WORKER: _SPEAKS
        | {
            Right.MEETING_RECORD,
            Right.BALLOT_DELIVER,
            Right.BALLOT_CANVASS,
            Right.CASE_FILE_FOR,
            Right.PERSON_VERIFY,
            Right.ASSIST,
        },
        Role.SUPERVISOR: _ANSWERS
        | {
            Right.MATTER_SUPERVISE,
            Right.BALLOT_TELL,
            Right.BALLOT_RELEASE,
            Right.APPEAL_DECIDE,
            Right.RECORD_READ,
            Right.HELP_CHECK,
        },
        Role.MODERATOR: _ANSWERS
        | {
            Right.MATTER_STUDY,
            Right.MEETING_HOST,
            Right.CONTENT_MODERATE,
            Right.BALLOT_RELEASE,
            Right.CASE_INDEX,
            Right.APPEAL_DECIDE,
            Right.SUBJECT_ANSWER,
        },
        Role.PEOPLE_MEDIATOR: _MEDIATES,
        Role.ADMIN_MEDIATOR: _MEDIATES,
        Role.COURT_MEDIATOR: _MEDIATES,
        Role.INTAKE: frozenset({Right.CASE_FILE_FOR, Right.CASE_INTAKE, Right.FILE_UPLOAD, Right.API_TOKEN}),
        Role.DIRECTOR: frozenset(
            {
                Right.CASE_INTAKE,
                Right.CASE_DIRECT,
                Right.SEAL_USE,
                Right.CASE_INDEX,
                Right.MATTER_RAISE,
                Right.FILE_UPLOAD,
                Right.API_TOKEN,
            }
        ),
        Role.ARCHIVIST: frozenset({Right.CASE_ARCHIVE}),
        Role.JUSTICE_OFFICE: frozenset({Right.CASE_SUPERVISE, Right.CASE_INDEX, Right.CALL_ANSWER}),
        Role.STREET: _ANSWERS | {Right.MATTER_SUPERVISE, Right.RECORD_READ},
        Role.DEPARTMENT: _ANSWERS,
        Role.DISPATCHER: frozenset(
            {Right.CASE_DISPATCH, Right.CASE_INDEX, Right.CASE_FILE_FOR, Right.MATTER_RAISE, Right.API_TOKEN}
        ),
        Role.AUDITOR: frozenset({Right.RECORD_READ, Right.APPEAL_REVIEW, Right.CASE_INDEX}),
        Role.PRIVACY_OFFICER: frozenset({Right.CASE_INDEX, Right.SUBJECT_ANSWER}),
        Role.PARTY_MEMBER: frozenset({Right.CONTENT_REPORT}),
        Role.ADMIN: frozenset(
            {
                Right.ROLE_GRANT,
                Right.CALENDAR_EDIT,
                Right.OUTAGE_NOTE,
                Right.PLACE_EDIT,
                Right.RECORD_READ,
                Right.API_TOKEN,
            }
        ),
    }
)

STAFF: Final = frozenset(Role) - {
    Role.RESIDENT,
    Role.HOUSEHOLD_REP,
    Role.OWNER,
    Role.DELEGATE,
    Role.COUNCIL_MEMBER,
    Role.PARTY_MEMBER,
}


def may(roles: Iterable[Role], right: Right) -> bool:
    """Return whether any of ``roles`` carries ``right``."""
    return any(right in GRANTS[role] for role in roles)


def require(roles: Iterable[Role], right: Right) -> None:
    """Raise `Forbidden` unless one of ``roles`` carries ``right``."""
    if not may(roles, right):
        raise Forbidden("您现在的身份不能办这件事。需要帮忙，请联系居委会。")
