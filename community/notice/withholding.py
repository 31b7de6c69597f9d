"""Taking hidden words out of what was written to be sent or read later: lines in inboxes and mails not sent yet."""

from community.notice.models import Mail, MailState, Notice
from community.record.outbox import canonical
from community.record.transaction import inside


async def withhold(url: str, words: str, instead: str) -> None:
    """Put ``instead`` in the place of ``words`` in notices and waiting mails that lead to ``url``; inside a command.

    A ballot's own letters are secret, lead elsewhere, and stay as they are: what is voted on has to be readable.
    """
    if not inside():
        raise RuntimeError("withhold inside the command that hides")
    about = Notice.filter(url=url, facts__contains=_quoted(words))
    for facts in {str(text) for text in await about.values_list("facts", flat=True)}:
        await Notice.filter(url=url, facts=facts).update(facts=facts.replace(_quoted(words), _quoted(instead)))
    waiting = Mail.filter(state=MailState.READY, secret=False, facts__contains=_quoted(words))
    for mail in await waiting.filter(facts__contains=f'"url":{_quoted(url)}'):
        await Mail.filter(id=mail.id, state=MailState.READY).update(
            facts=mail.facts.replace(_quoted(words), _quoted(instead))
        )


def _quoted(words: str) -> str:
    """Return ``words`` as they stand in the JSON of facts."""
    return canonical({"": words})[len('{"":') : -1]
