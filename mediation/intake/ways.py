"""Which lawful ways are open by the kind of a dispute when talking does not help. Nothing here does I/O.

Source: each sentence names its law; 人民调解法 26 (whoever is not reconciled is told the other ways).
"""

from types import MappingProxyType
from typing import Final

from mediation.intake.rules import Kind

WAYS: Final = MappingProxyType(
    {
        Kind.FAMILY: ("有家庭暴力的，可以报警，请妇联帮助，向法院申请人身安全保护令（反家庭暴力法第二十三条）。",),
        Kind.NEIGHBOURS: (
            "声音吵人的，先请居委会、业委会或者物业劝阻；劝不住的，向主管部门报告（噪声污染防治法第七十条）。",
        ),
        Kind.HOUSING: ("争的是土地归谁用的，请乡镇或者县级人民政府处理（土地管理法第十四条）。",),
        Kind.LAND: ("争的是土地归谁用的，请乡镇或者县级人民政府处理（土地管理法第十四条）。",),
        Kind.POLLUTION: ("向生态环境主管部门投诉；噪声的，由主管部门处理（噪声污染防治法第七十条）。",),
        Kind.LABOUR: (
            "向劳动争议仲裁委员会申请仲裁，一年以内（劳动争议调解仲裁法第二十七条）；欠薪的也可以向劳动监察投诉。",
        ),
        Kind.CONSUMER: ("向市场监管部门投诉，七个工作日内答复办不办（消费者权益保护法第四十六条）。",),
        Kind.MEDICAL: ("请卫生健康主管部门行政调解（医疗纠纷预防和处理条例第四十条）。",),
        Kind.TRAFFIC: (
            "收到认定书十日内，各方可以一起请交警调解；起诉以后交警不再调解（道路交通安全法实施条例第九十四条、第九十六条）。",
        ),
        Kind.PROPERTY: ("物业不履行职责的，可以向住房城乡建设部门或者街道办事处反映（物业管理条例第四十八条）。",),
    }
)
"""Beside those that are open to everybody: a court, and talking again."""


def ways_of(type_code: str) -> tuple[str, ...]:
    """Return what is open for a kind of dispute besides the ways that always are.

    >>> len(ways_of("02")), ways_of("99")
    (1, ())
    """
    return WAYS.get(Kind(type_code[:2]), ())
