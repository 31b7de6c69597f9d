"""From what a clerk writes to a question that may be asked. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from community.errors import Unfit
from deliberation.ballot.committee import ANY
from deliberation.ballot.rules import Tie
from deliberation.body.rules import BodyKind, Effect
from deliberation.question.rules import (
    NAME,
    NOTE,
    OPINIONS,
    OPTIONS,
    POSTS,
    Kind,
    Method,
    Option,
    Post,
    Question,
)

BAR: Final = "｜"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked, as it was written down: one option a line, its name and, after a bar, a word about it."""

    kind: Kind = Kind.YES_NO
    lines: str = ""
    seats: int = 1
    method: Method = Method.RUN_OFF
    tie: Tie = Tie.REVOTE
    post: Post | None = None


YES_NO: Final = Asked()


def question_of(asked: Asked, body: BodyKind, effect: Effect) -> Question:
    """Return the question.

    Raises:
        Unfit: the law does not allow it, there are too few or too many options, or one is named twice.
    """
    _check_law(asked, body, effect)
    options = options_of(asked.lines)
    seats = 1 if asked.kind in (Kind.SINGLE, Kind.RANKED) else asked.seats
    if not 1 <= seats <= len(options):
        raise Unfit("名额要在 1 和选项数 {n} 之间。", field="seats", n=len(options))
    seated = asked.kind is Kind.SEATS
    return Question(
        kind=asked.kind,
        options=options,
        seats=seats,
        method=asked.method,
        post=asked.post if seated else None,
        composition=POSTS[asked.post].composition if seated and asked.post else ANY,
    )


def beside_sitting(question: Question, names: Sequence[str]) -> Question:
    """Return the question with those who were elected to the same post before; their numbers follow all others.

    Raises:
        Unfit: one of them stands again.
    """
    again = [option for option in question.options if option.name in names]
    if again:
        raise Unfit("{name} 上一轮已经选上了，请从候选人里去掉。", field="options", name=again[0].name)
    numbered = enumerate(names, OPTIONS[1] + 1)
    return replace(question, sitting=tuple(Option(str(number), name) for number, name in numbered))


def _check_law(asked: Asked, body: BodyKind, effect: Effect) -> None:
    if asked.kind in OPINIONS and effect is not Effect.ADVISORY:
        raise Unfit(
            "认可、打分和排序只用来征求意见，没有法律效力。请把效力改成“征求意见”，或者换一种问法。", field="kind"
        )
    if asked.kind is Kind.SEATS and asked.post is None:
        raise Unfit("请选这次选的是什么人。", field="post")
    if asked.kind is Kind.SEATS and asked.post and body not in POSTS[asked.post].bodies:
        raise Unfit("这个会议不选这一种人，请换一种。", field="post")


def options_of(lines: str) -> tuple[Option, ...]:
    """Return the options, numbered as they will be printed."""
    written = [line.strip() for line in lines.replace("|", BAR).splitlines() if line.strip()]
    if not OPTIONS[0] <= len(written) <= OPTIONS[1]:
        raise Unfit(
            "要写 {fewest} 到 {most} 个选项，一行一个，现在有 {n} 个。",
            field="options",
            fewest=OPTIONS[0],
            most=OPTIONS[1],
            n=len(written),
        )
    found = tuple(_option(number, line) for number, line in enumerate(written, 1))
    _check_twice(found)
    return found


def _option(number: int, line: str) -> Option:
    name, _, note = (part.strip() for part in line.partition(BAR))
    if not NAME[0] <= len(name) <= NAME[1]:
        raise Unfit(
            "第 {line} 行的名称要有 {fewest} 到 {most} 个字。",
            field="options",
            line=number,
            fewest=NAME[0],
            most=NAME[1],
        )
    if len(note) > NOTE:
        raise Unfit("第 {line} 行的说明最多 {most} 个字。", field="options", line=number, most=NOTE)
    return Option(str(number), name, note)


def _check_twice(options: Sequence[Option]) -> None:
    seen: dict[str, str] = {}
    for each in options:
        if (first := seen.setdefault(each.name, each.key)) != each.key:
            raise Unfit("第 {one} 行和第 {other} 行一样，请改一个。", field="options", one=first, other=each.key)
