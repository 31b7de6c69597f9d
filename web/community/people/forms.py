"""The forms of accounts."""

from datetime import date
from typing import Literal

from pydantic import Field

from community.notice.rules import Rhythm
from community.people.models import Mode
from community.people.rules import Method
from community.rights import Role
from web.forms import Form


class SignInForm(Form):
    """An address and, unless a link is wanted, a password."""

    email: str = ""
    password: str | None = None
    shared: bool = False
    next: str = "/"


class LinkForm(Form):
    """What is pressed on the page that a mailed sign-in link opens."""

    shared: bool = False


class SignUpForm(Form):
    """Who wants an account, and that they have read what happens with what they type."""

    name: str = ""
    email: str = ""
    community: int | None = None
    agree: bool = False
    notice: str = ""


class ConfirmForm(Form):
    """What is pressed on the page that a confirmation link opens; a password is optional."""

    password: str | None = None
    shared: bool = False


class AskForm(Form):
    """Where to mail a link for a new password."""

    email: str = ""


class NewPasswordForm(Form):
    """A new password; browsers offer to make and keep one."""

    password: str


class ChangePasswordForm(Form):
    """The password as it is and as it shall be."""

    current: str
    password: str


class ProofForm(Form):
    """How somebody proves to be who is signed in, and what they typed for it."""

    method: Method
    typed: str = ""


class MoveForm(ProofForm):
    """The mailbox to which an account shall go."""

    email: str = ""


class CloseForm(ProofForm):
    """That an account shall be closed, for certain."""

    sure: bool = False


class CodeForm(Form):
    """A one-time code, or a code on paper instead."""

    code: str | None = None
    paper: str | None = None
    next: str = "/"


class SetUpForm(Form):
    """The first one-time code, and the locked secret it belongs to."""

    code: str
    sealed: str
    next: str = "/me"


class OneCodeForm(Form):
    """A code against which something about the second factor is done."""

    code: str


class SettingsForm(Form):
    """How pages look and how often mail comes."""

    name: str
    lang: Literal["zh-CN", "en"]
    mode: Mode
    text: Literal["xl"] | None = None
    theme: Literal["dark", "light"] | None = None
    rhythm: Rhythm


class OfficeForm(Form):
    """Who gets which office where, and until when."""

    email: str
    role: Role
    where: str = Field(pattern=r"^(place|org)-\d{1,9}$")
    until: date | None = None
