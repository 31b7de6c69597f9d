"""What a voting paper says, and forms of candidates."""

from typing import Annotated, Final, Literal

from pydantic import StringConstraints

from community.errors import Unfit
from deliberation.ballot.models import Ballot
from deliberation.ballot.votes import Choice
from deliberation.question import marks
from deliberation.question.marks import Marks
from deliberation.question.queries import question_of
from deliberation.question.rules import Question
from web.forms import Form

UNREADABLE: Final = "unreadable"

Key = Annotated[str, StringConstraints(pattern="^[0-9]{1,2}$")]


class SaidForm(Form):
    """One choice, or marks where there are options: ``asks`` says which paper was filled in."""

    asks: Literal["choice", "marks"] = "choice"
    choice: Choice | None = None
    mark: tuple[str, ...] = ()

    def said(self, ballot: Ballot) -> Choice | Marks:
        """Return what the paper says, or raise `Unfit` with what to mend."""
        question = _asked(ballot, self.asks)
        if question is not None:
            return marks.read(question, self.mark)
        if self.choice is None:
            raise Unfit("请先选赞成、反对或者弃权。", field="choice")
        return self.choice


class SeenForm(Form):
    """What stands on a printed sheet, void or not, or that it cannot be read."""

    asks: Literal["choice", "marks"] = "choice"
    choice: Choice | Literal["unreadable"] | None = None
    mark: tuple[str, ...] = ()

    def seen(self, ballot: Ballot) -> Choice | Marks | None:
        """Return what stands on the sheet, None when it cannot be read, or raise `Unfit` with what to mend."""
        question = _asked(ballot, self.asks)
        if question is not None:
            return None if UNREADABLE in self.mark else marks.seen(question, self.mark)
        if self.choice is None:
            raise Unfit("请照票上的选一样。看不清的，选“看不清、没选或者多选”。", field="choice")
        return None if self.choice == UNREADABLE else Choice(self.choice)


def _asked(ballot: Ballot, asks: str) -> Question | None:
    """Return the question that was answered, or raise `Unfit` where the ballot asks otherwise."""
    question = question_of(ballot)
    if (question is None) != (asks == "choice"):
        raise Unfit("这次表决不是这样问的，请刷新页面再投。", field="mark")
    return question


class DeclarationForm(Form):
    """What a candidate declares."""

    key: Key
    woman: Literal["yes", "no"]
    kin: tuple[Key, ...] = ()


class AccountForm(Form):
    """Which account is a candidate's."""

    key: Key
    email: Annotated[str, StringConstraints(min_length=3, max_length=254)]
