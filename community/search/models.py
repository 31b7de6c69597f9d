"""The texts that can be found, as stored."""

from tortoise import fields
from tortoise.models import Model


class SearchText(Model):
    """One public text, as it is ranked: short rows, so that a word that stands in half of all texts is quick too.

    ``stamp`` is when it was said, in microseconds since 1970; ``title`` and ``summary`` are folded. What it is
    filed under stands in the table ``search_gram``.
    """

    id = fields.IntField(primary_key=True)
    subject = fields.CharField(max_length=64, unique=True)
    kind = fields.CharField(max_length=16)
    number = fields.BigIntField()
    about = fields.CharField(max_length=64, default="")
    community_id = fields.IntField()
    place_path = fields.CharField(max_length=120, default="")
    state = fields.CharField(max_length=24, default="")
    stamp = fields.BigIntField()
    title = fields.TextField(default="")
    summary = fields.TextField(default="")

    class Meta:
        table = "search_text"
        indexes = (("community_id", "kind"), ("about",))


class SearchWords(Model):
    """The long part of a text: ``body`` folded, ``heading`` and ``words`` as read, ``url`` where."""

    text_id = fields.IntField(primary_key=True, generated=False)
    body = fields.TextField(default="")
    heading = fields.TextField(default="")
    words = fields.TextField(default="")
    url = fields.CharField(max_length=200, default="")

    class Meta:
        table = "search_words"
