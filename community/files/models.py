"""Uploads as stored; the bytes lie in the storage under ``key``."""

from tortoise import fields
from tortoise.models import Model

from community.codes import new_code
from community.people.models import Person


class Upload(Model):
    """One file somebody handed in. ``about`` names the thing it belongs to, and is empty until it does."""

    id = fields.BigIntField(primary_key=True)
    code = fields.CharField(max_length=16, unique=True, default=new_code)
    community_id = fields.IntField(null=True)
    owner = fields.ForeignKeyField(Person, "uploads", on_delete=fields.RESTRICT)
    about = fields.CharField(max_length=64, default="")
    name = fields.CharField(max_length=120)
    media_type = fields.CharField(max_length=80)
    size = fields.IntField()
    sha256 = fields.CharField(max_length=64)
    given_sha256 = fields.CharField(max_length=64)
    key = fields.CharField(max_length=48, unique=True)
    at = fields.DatetimeField()

    owner_id: int

    class Meta:
        table = "upload"
        indexes = (("about", "id"), ("owner_id", "at"))

    @property
    def image(self) -> bool:
        """Return whether it is a picture that was re-encoded here, and may be shown in place."""
        return self.media_type == "image/webp"
