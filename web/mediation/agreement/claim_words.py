"""The papers with which an agreement is taken further, in Chinese whoever reads them: what a court wants to see."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from mediation.agreement.roads import Road
from mediation.confirmation.models import CourtConfirmation
from web.words import N_


@dataclass(frozen=True, slots=True)
class Claim:
    """One promise that is late: who owes it to whom, its words, its last day, and what is still to be paid in fen."""

    who: str
    whom: str
    text: str
    until: date | None
    rest: int


@dataclass(frozen=True, slots=True)
class Form:
    """What one paper is called, how it calls the two sides, whom it addresses, what it asks and what lies beside it."""

    title: str
    mine: str
    theirs: str
    to: str
    asks: str
    beside: tuple[str, ...]
    fee: str = ""


FORMS: Final[Mapping[Road, Form]] = MappingProxyType(
    {
        Road.ENFORCE: Form(
            "强制执行申请书", "申请执行人", "被执行人", "＿＿＿＿人民法院", "强制执行被执行人",
            ("司法确认裁定书", "调解协议书", "已经履行部分的凭证", "知道的对方财产情况"),
        ),
        Road.PAYMENT_ORDER: Form(
            "支付令申请书", "申请人", "被申请人", "＿＿＿＿人民法院", "责令被申请人",
            ("调解协议书", "已经支付部分的凭证"),
        ),
        Road.ARBITRATE: Form(
            "劳动人事争议仲裁申请书", "申请人", "被申请人", "＿＿＿＿劳动人事争议仲裁委员会", "裁决被申请人",
            ("调解协议书", "证明劳动关系的材料"),
        ),
        Road.SUE: Form(
            "民事起诉状", "原告", "被告", "＿＿＿＿人民法院", "判令被告",
            ("调解协议书", "已经履行部分的凭证", "身份证明"),
            fee="诉讼费由被告负担。",
        ),
    }
)  # fmt: skip
BLANK: Final = "＿＿＿＿＿＿＿＿＿＿＿＿"


TOLD: Final[Mapping[Road, str]] = MappingProxyType(
    {
        Road.ENFORCE: N_(
            "法院已经确认过协议，不用再打官司。带裁定书、协议书和履行凭证，向作出裁定的法院或者财产所在地的法院申请，不用先交费。"
            "（民事诉讼法第二百零六条、第二百五十条）"
        ),
        Road.PAYMENT_ORDER: N_(
            "只欠钱、没有别的争议的，向对方住所地的基层法院申请，不用开庭。对方十五日内不提异议又不付的，可以申请强制执行；"
            "对方提了异议，就转为起诉。工资拖欠也可以这样办。（民事诉讼法第二百二十五条、劳动争议调解仲裁法第十六条）"
        ),
        Road.ARBITRATE: N_(
            "劳动争议先仲裁，不收费，向干活的地方或者单位所在地的仲裁委员会申请。（劳动争议调解仲裁法第十五条、第二十七条）"
        ),
        Road.SUE: N_(
            "协议是双方的合同，拿着协议就能起诉，不用从头说一遍当初的争吵；案件受理费由法院按数额收，败诉的一方负担。"
            "（人民调解法第三十二条、民法典第五百七十七条）"
        ),
    }
)
"""What each road is, for whoever may take it."""


def paper_of(
    road: Road,
    late: Sequence[Claim],
    *,
    org: str,
    agreement: str,
    ruling: CourtConfirmation | None,
    source: Sequence[tuple[str, str]],
    total: Callable[[int], str],
) -> dict[str, Any]:
    """Return the paper of one road: title, the two sides, what is asked, why, what lies beside it.

    ``total`` writes a sum in fen in full; ``source`` is the law it stands on.
    """
    form, asked = FORMS[road], _asked(FORMS[road], road, late, total)
    return {
        "title": form.title,
        "sides": [*_sides(form.mine, [one.whom for one in late]), *_sides(form.theirs, [one.who for one in late])],
        "asks": [*asked, *([form.fee] if form.fee else [])],
        "why": [
            f"双方经{org}主持达成调解协议，编号{agreement}。",
            *([f"{ruling.court.name}以{ruling.ruling}号裁定确认协议有效。"] if ruling else []),
            *(f"约定：{one.text}{_rest(one, total)}" for one in late),
            f"到期没有履行，现依照{'、'.join(f'《中华人民共和国{law}》{articles}' for law, articles in source)}提出。",
        ],
        "to": form.to,
        "beside": list(form.beside),
        "signs": f"{form.mine}（签名）",
    }


def _sides(role: str, names: Sequence[str]) -> list[list[str]]:
    return [[role, name] for name in dict.fromkeys(names)]


def _asked(form: Form, road: Road, late: Sequence[Claim], total: Callable[[int], str]) -> list[str]:
    deeds = [] if road is Road.PAYMENT_ORDER else [one.text for one in late if not one.rest]
    paid = [f"{form.asks}{who}支付{total(fen)}（¥{fen // 100:,}.{fen % 100:02d}）。" for who, fen in _sums(late)]
    return [*paid, *(f"{form.asks}履行：{words}" for words in deeds)]


def _sums(late: Sequence[Claim]) -> list[tuple[str, int]]:
    """Return who owes how much in fen; a single debtor is not named again."""
    owed: dict[str, int] = {}
    for one in late:
        owed[one.who] = owed.get(one.who, 0) + one.rest
    return [(who if len(owed) > 1 else "", fen) for who, fen in owed.items() if fen]


def _rest(one: Claim, total: Callable[[int], str]) -> str:
    return f"还欠{total(one.rest)}。" if one.rest else "没有办。"
