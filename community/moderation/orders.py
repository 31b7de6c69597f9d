"""What a moderator decides, and whether the reason carries it."""

from dataclasses import dataclass

from community.errors import Unfit
from community.moderation.content import Content
from community.moderation.reporting import check_words
from community.moderation.rules import TERMS, Measure, Reason


@dataclass(frozen=True, slots=True)
class Order:
    """Why something is done, what its author is told, and what the reason has to be backed by.

    Attributes:
        reason: the code.
        words: to the author.
        link: of the correcting document (M6).
        document: the number of the authority's letter (M9).
        measure: what is done.
        conceal: words to be masked besides the numbers that are found (打码).
        target: where it is moved to, as a subject (``matter-12``).
    """

    reason: Reason
    words: str
    link: str = ""
    document: str = ""
    measure: Measure = Measure.HIDE
    conceal: tuple[str, ...] = ()
    target: str = ""


def check_order(order: Order) -> None:
    """Raise `Unfit` unless the reason allows the measure and has what it asks for."""
    terms = TERMS[order.reason]
    check_words(order.words)
    _check_measure(order)
    if not order.words:
        raise Unfit("请给作者写一句话，说明怎么改就能重新显示。", field="words")
    if terms.link and not order.link.startswith(("https://", "http://")):
        raise Unfit("说内容不实，要附上更正文件的网址（https://…）。意见和评价不算不实。", field="link")
    if terms.document and not order.document:
        raise Unfit("有权机关要求的，要写明公文文号。", field="document")


def _check_measure(order: Order) -> None:
    if order.measure in TERMS[order.reason].measures:
        return
    if order.reason is Reason.OFF_TOPIC:
        raise Unfit("“与主题无关”只能移走，不能收起。", field="reason")
    raise Unfit("这个理由不能这样处理，请换一个理由或者换一种办法。", field="reason")


def check_fits(order: Order, content: Content) -> None:
    """Raise `Unfit` when that cannot be done to this kind of thing."""
    if order.measure not in content.measures:
        raise Unfit("这一类内容不能这样处理，请换一种办法。", field="verdict")
    if order.measure is Measure.MOVE and not order.target:
        raise Unfit("请写移到第几号议题。", field="target")
