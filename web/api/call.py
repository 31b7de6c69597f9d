"""How a call is declared: one place from which the route, its checks and its documentation are made."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from starlette.datastructures import State

from community.people.models import Person
from community.tokens.rules import Scope
from web.forms import Form
from web.locale import say
from web.words import N_

ROOT: Final = "/api/v1"

T = TypeVar("T", bound=BaseModel)


class Answer(BaseModel):
    """Base of everything the API answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Page(Answer, Generic[T]):
    """One page of a list; ``next`` is the cursor of the page after it, when there is one."""

    items: list[T]
    next: str | None = None


class Paging(Form):
    """Which page of a list."""

    cursor: str | None = Field(None, max_length=60, description=N_("上一页给出的 next"))


@dataclass(frozen=True, slots=True)
class Ask:
    """A checked request: who asks, when, for what. ``query`` and ``body`` are of the declared types.

    ``trial`` tells a development run, which may call this very machine; ``house`` is what the running program lends:
    where files lie, who said how much just now.
    """

    at: datetime
    lang: str
    path: Mapping[str, Any]
    query: Any
    body: Any
    trial: bool
    house: State = field(repr=False)
    _person: Person | None = field(repr=False)

    @property
    def person(self) -> Person:
        """Return who asks; calls with a scope always have one."""
        assert self._person is not None  # noqa: S101 - the door has checked the token
        return self._person

    def say(self, sentence: str, **facts: object) -> str:
        """Return a sentence in the language of who asks."""
        return say(self.lang, sentence, **facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One thing a program can ask for.

    Attributes:
        method: ``GET`` or ``POST``.
        path: below `ROOT`, in Starlette's notation.
        name: the operation's name in the document, unique.
        title: what it does, a message id.
        do: does it; raises `Refused`.
        answer: the type of the answer.
        scope: what the token must permit; ``None`` is open data, for everybody, without a token.
        query, body: the types of what is given.
        status: of a good answer.
        most: bytes of a body, where it may hold more than a page of a form does.
    """

    method: str
    path: str
    name: str
    title: str
    do: Callable[[Ask], Awaitable[BaseModel]]
    answer: type[BaseModel]
    scope: Scope | None = None
    query: type[Form] = Form
    body: type[Form] = Form
    status: int = 200
    most: int | None = None

    @property
    def route(self) -> str:
        """Return the whole path."""
        return ROOT + self.path

    @property
    def writes(self) -> bool:
        """Return whether it changes something."""
        return self.method != "GET"


SCOPES: Final[Mapping[Scope, str]] = {
    Scope.NOTICES_READ: N_("看我的通知"),
    Scope.NOTICES_WRITE: N_("把我的通知标为已读"),
    Scope.MATTERS_ENDORSE: N_("替我附议、确认或者收回附议"),
    Scope.MATTERS_AMEND: N_("替我提修改建议"),
    Scope.MATTERS_PROPOSE: N_("替我起草、公开、修改、撤回议题"),
    Scope.MATTERS_HOST: N_("替我办经办人的事：受理、答复修改建议和不同意见、登记意见"),
    Scope.MATTERS_JUDGE: N_("替我评议办得好不好"),
    Scope.COMMENTS_WRITE: N_("替我留言、修改留言、标“有帮助”"),
    Scope.CALLS_ANSWER: N_("替我的单位答复"),
    Scope.PUBLICATIONS_OBJECT: N_("替我对公示提异议"),
    Scope.REPORTS_WRITE: N_("替我举报"),
    Scope.CASES_FILE: N_("替我的单位交来纠纷"),
    Scope.CASES_READ: N_("看我交来的纠纷办到哪一步了"),
    Scope.CASES_FOLLOW: N_("看我能看的纠纷：走到哪一步、期限到哪一天"),
    Scope.CASES_HAND: N_("替我的单位移交纠纷，看移来的材料，接收或者退回；替我答复移交"),
    Scope.CASES_COURT: N_("替我的单位办委派委托，看司法确认的材料，登记法院的答复"),
    Scope.CASES_ASSIGN: N_("替我的单位看谁合适，选定调解员"),
    Scope.CASES_OPEN: N_("看我的纠纷里的约定、证据、笔录和说过的话"),
    Scope.CASES_TALK: N_("在我的纠纷里替我答复约定和卡片、交证据、确认笔录、说话"),
    Scope.CASES_FIGURES: N_("看我的单位的调解统计"),
    Scope.CASES_RISK: N_("看我的单位负责的纠纷有没有危险"),
    Scope.CASES_HOOK: N_("登记和停用回调地址"),
}
