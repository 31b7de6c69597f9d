"""The forms of this room."""

from community.notice.rules import Rhythm, Topic
from web.forms import Form


class MailForm(Form):
    """How often, and about what not."""

    rhythm: Rhythm
    topics: tuple[Topic, ...] = ()


class HourForm(Form):
    """At which hour the digest of the community leaves."""

    hour: int
