"""The log of papers as stored: what waits for it, its leaves, its state, and what was signed."""

from tortoise import fields
from tortoise.models import Model

from deliberation.ballot.models import Paper


class PaperWaiting(Model):
    """A paper that was handed in and is not in the log yet."""

    id = fields.BigIntField(primary_key=True)
    ballot_id = fields.IntField()
    paper = fields.OneToOneField(Paper, "waiting", on_delete=fields.RESTRICT)

    paper_id: int

    class Meta:
        table = "paper_waiting"
        indexes = (("ballot_id", "id"),)


class LogLeaf(Model):
    """One leaf of the log of a ballot, its number from 0 and its hash in hexadecimal."""

    id = fields.BigIntField(primary_key=True)
    ballot_id = fields.IntField()
    number = fields.IntField()
    paper = fields.OneToOneField(Paper, "leaf", on_delete=fields.RESTRICT)
    hash = fields.CharField(max_length=64)

    paper_id: int

    class Meta:
        table = "log_leaf"
        unique_together = (("ballot_id", "number"),)
        indexes = (("ballot_id", "hash"),)


class BallotLog(Model):
    """How far the log of a ballot has come.

    ``peaks`` are the roots of its complete subtrees, ``signed`` the size last signed. ``mask`` makes the pseudonyms of
    this ballot and is never told; ``roll_hash`` is the hash of the roll under those pseudonyms.
    """

    id = fields.IntField(primary_key=True)
    ballot_id = fields.IntField(unique=True)
    mask = fields.CharField(max_length=32)
    rule_hash = fields.CharField(max_length=64)
    roll_hash = fields.CharField(max_length=64)
    size = fields.IntField(default=0)
    peaks = fields.TextField(default="")
    signed = fields.IntField(default=0)
    signed_at = fields.DatetimeField()

    class Meta:
        table = "ballot_log"
        indexes = (("signed_at",),)


class Checkpoint(Model):
    """What was signed: so many leaves have this root. ``key`` and ``signature`` are Ed25519 in hexadecimal."""

    id = fields.BigIntField(primary_key=True)
    ballot_id = fields.IntField()
    size = fields.IntField()
    root = fields.CharField(max_length=64)
    at = fields.DatetimeField()
    key = fields.CharField(max_length=64)
    signature = fields.CharField(max_length=128)

    class Meta:
        table = "log_checkpoint"
        indexes = (("ballot_id", "id"),)
