"""Forms beside those of 司发通〔2010〕239号: consent, promises, service, handing on, and the numbered notices."""

from collections.abc import Mapping
from typing import Final

from mediation.papers.rules import MENDING, NOTICES, Notice
from web.mediation.blank.form import Blank


def _notice(notice: Notice) -> Blank:
    """Return a notice to be written by hand: its number is given when it is keyed in."""
    names = {
        "parties": "＿＿＿＿＿＿＿＿",
        "org": "本委员会",
        "case": "＿＿＿＿＿＿",
        "title": "＿＿＿＿",
        "mends": "＿＿＿＿",
    }
    told = tuple(line.format(**names) for line in notice.lines)
    return Blank(
        notice.title, (("编号（来电后补）", 1), (notice.asked, 6)), ("调解委员会（印章）", "日期"), before=told
    )


ADDED: Final[Mapping[str, Blank]] = {
    "privacy": Blank(
        "个人信息告知与同意书",
        (("告知人", 1), ("处理哪些信息、为什么用、保存多久", 5), ("同意的事项（逐项写“同意”或“不同意”）", 4)),
        ("本人", "日期"),
        ("不同意，不影响您申请调解。同意以后可以随时撤回。",),
    ),
    "conduct": Blank("电子签名约定书", (("当事人", 2), ("约定的签名方式", 2)), ("当事人", "日期")),
    "secrecy": Blank(
        "保密承诺书",
        (("承诺人和身份", 1), ("纠纷查询码", 1)),
        ("承诺人", "日期"),
        ("调解中知道的个人隐私、商业秘密和各方的让步，不对外说，不拍照，不录音，不在别处使用。",),
    ),
    "service": Blank(
        "送达回证", (("文书名称和编号", 2), ("送给谁", 1), ("怎样送、时间、地点", 2)), ("收到人", "送达人", "日期")
    ),
    "commission": Blank(
        "委派、委托调解函回执",
        (
            ("法院", 1),
            ("法院来函编号", 1),
            ("当事人", 2),
            ("签收日期", 1),
            ("登记编号（来电后补）", 1),
            ("承办人和电话", 1),
        ),
        ("签收人", "调解委员会（印章）"),
    ),
    "transfer": Blank(
        "移送函",
        (
            ("移送函编号", 1),
            ("移送单位", 1),
            ("接收单位", 1),
            ("当事人", 2),
            ("纠纷简要情况", 5),
            ("移送理由和依据", 4),
            ("所附材料", 3),
        ),
        ("经办人", "移送单位（印章）", "日期"),
    ),
    "transfer-receipt": Blank(
        "移送回执",
        (("移送函编号", 1), ("移送单位", 1), ("接收单位", 1), ("收到的材料", 3), ("接收或者退回，理由和依据", 4)),
        ("签收人", "接收单位（印章）", "日期"),
    ),
    **{f"notice-{made}": _notice(notice) for made, notice in NOTICES.items()},
    "notice-corrected": _notice(MENDING),
}
