"""People, their sessions and the roles they hold."""

from enum import StrEnum

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.orgs.models import Org
from community.people.rules import SHARED_SESSION, Purpose
from community.places.models import Place
from community.rights import Held, Role


class Mode(StrEnum):
    """How pages are laid out for a person."""

    STANDARD = "std"
    ELDER = "elder"


class Person(Model):
    """One human being, known by one e-mail address."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    name = fields.CharField(max_length=64)
    email = fields.CharField(max_length=254, unique=True)
    confirmed_at = fields.DatetimeField(null=True)
    password_hash = fields.CharField(max_length=160, null=True)
    totp_secret = fields.CharField(max_length=160, null=True)
    totp_last_step = fields.BigIntField(null=True)
    community_id = fields.IntField(null=True)
    lang = fields.CharField(max_length=8, default="zh-CN")
    mode = fields.CharEnumField(Mode, max_length=8, default=Mode.STANDARD)
    text_size = fields.CharField(max_length=4, default="")
    theme = fields.CharField(max_length=8, default="")
    mail_digest = fields.CharField(max_length=8, default="now")
    authz_version = fields.IntField(default=0)
    joined_at = fields.DatetimeField()
    closed_at = fields.DatetimeField(null=True)

    held: tuple[Held, ...] | None = None  # set on whoever asks for a page, for as long as that takes

    class Meta:
        table = "person"
        indexes = (("community_id",),)


class Session(Model):
    """One browser in which somebody signed in. The cookie's token is stored only as its hash."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    token_hash = fields.CharField(max_length=64, unique=True)
    person = fields.ForeignKeyField(Person, "sessions", on_delete=fields.RESTRICT)
    agent = fields.CharField(max_length=120, default="")
    began_at = fields.DatetimeField()
    seen_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    strong_at = fields.DatetimeField(null=True)

    person_id: int

    class Meta:
        table = "session"
        indexes = (("person_id", "ended_at"),)

    @property
    def shared(self) -> bool:
        """Return whether it was begun on a telephone that others use too."""
        return self.expires_at - self.began_at <= SHARED_SESSION


class Holding(Model):
    """``person`` holds ``role`` in a place or in an organisation, from ``since`` until ``until``.

    With neither place nor organisation it is held in the whole installation.
    """

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    person = fields.ForeignKeyField(Person, "holdings", on_delete=fields.RESTRICT)
    role = fields.CharEnumField(Role, max_length=20)
    place = fields.ForeignKeyField(Place, "holdings", null=True, on_delete=fields.RESTRICT)
    org = fields.ForeignKeyField(Org, "holdings", null=True, on_delete=fields.RESTRICT)
    since = fields.DatetimeField()
    until = fields.DatetimeField(null=True)
    granted_by_id = fields.IntField(null=True)

    person_id: int
    place_id: int | None
    org_id: int | None

    class Meta:
        table = "holding"
        indexes = (("person_id", "role"), ("place_id", "role"), ("org_id", "role"))


class Link(Model):
    """A link sent by mail: good once, for one purpose, for a short time. Its token is stored only as its hash."""

    id = fields.IntField(primary_key=True)
    token_hash = fields.CharField(max_length=64, unique=True)
    person = fields.ForeignKeyField(Person, "links", on_delete=fields.RESTRICT)
    purpose = fields.CharEnumField(Purpose, max_length=16)
    made_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    person_id: int

    class Meta:
        table = "link"
        indexes = (("person_id", "purpose"), ("expires_at",))


class Move(Model):
    """A mailbox to which somebody wants their account to go, once the link that was sent there is used."""

    id = fields.IntField(primary_key=True)
    link = fields.OneToOneField(Link, "move", on_delete=fields.RESTRICT)
    email = fields.CharField(max_length=254)

    link_id: int

    class Meta:
        table = "mailbox_move"


class RecoveryCode(Model):
    """A code on paper that stands in once for the one-time code of a lost telephone. Stored as a keyed hash."""

    id = fields.IntField(primary_key=True)
    person = fields.ForeignKeyField(Person, "recovery_codes", on_delete=fields.RESTRICT)
    code_hash = fields.CharField(max_length=64)
    used_at = fields.DatetimeField(null=True)

    person_id: int

    class Meta:
        table = "recovery_code"
        unique_together = (("person", "code_hash"),)


class NoticeSeen(Model):
    """A person acknowledged one version of a notice. Source: 个人信息保护法 arts 14, 17."""

    id = fields.IntField(primary_key=True)
    person = fields.ForeignKeyField(Person, "notices_seen", on_delete=fields.RESTRICT)
    notice = fields.CharField(max_length=24)
    version = fields.CharField(max_length=16)
    given_at = fields.DatetimeField()

    person_id: int

    class Meta:
        table = "notice_seen"
        unique_together = (("person", "notice", "version"),)


class Tries(Model):
    """How often something was tried under one key since a moment. Keys are keyed hashes of who or where."""

    id = fields.BigIntField(primary_key=True)
    key = fields.CharField(max_length=64, unique=True)
    count = fields.IntField(default=0)
    since = fields.DatetimeField()

    class Meta:
        table = "tries"
        indexes = (("since",),)


class ProofCode(Model):
    """A code of six digits sent by mail, by which somebody proves to be who is signed in. Stored as a keyed hash."""

    id = fields.IntField(primary_key=True)
    person = fields.ForeignKeyField(Person, "proof_codes", on_delete=fields.RESTRICT)
    about = fields.CharField(max_length=48)
    code_hash = fields.CharField(max_length=64)
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    person_id: int

    class Meta:
        table = "proof_code"
        indexes = (("person_id", "about"),)
