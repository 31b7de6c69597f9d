"""Refusals a person may meet. ``web/errors.py`` turns each into a page, a fragment or a problem document."""


class Refused(Exception):
    """The platform will not do this, and can say why and what to do in one translated sentence.

    Attributes:
        reason: a Chinese sentence that is also the message id of its translations; may hold ``{names}``.
        facts: values for the names in ``reason``.
        field: the form field to mend, when there is one.
    """

    def __init__(self, reason: str, /, *, field: str | None = None, **facts: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.field = field
        self.facts = facts


class Hidden(Refused):
    """It does not exist, or this person may not know that it does (404)."""


class Forbidden(Refused):
    """This person can see it but may not do this to it (403)."""


class MovedOn(Refused):
    """Somebody else changed it first; reload and look again (409)."""


class Unfit(Refused):
    """What was given cannot be accepted as it is; ``reason`` says how to mend it (422)."""


class TooOften(Refused):
    """Too many attempts; ``facts['seconds']`` says how long to wait (429)."""
