"""Words of the register of mediators."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from mediation.register.rules import Post, Term, Tongue
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    Post.FULL: N_("专职"),
    Post.PART: N_("兼职"),
    Term.COMING: N_("任期还没开始"),
    Term.RUNNING: N_("在任期内"),
    Term.ENDING: N_("任期快满了"),
    Term.OVER: N_("任期已满，不能再接新的"),
    Tongue.MANDARIN: N_("普通话"),
    Tongue.CANTONESE: N_("粤语"),
    Tongue.WU: N_("吴语（上海话等）"),
    Tongue.HOKKIEN: N_("闽南话"),
    Tongue.HAKKA: N_("客家话"),
    Tongue.XIANG: N_("湘语"),
    Tongue.GAN: N_("赣语"),
    Tongue.JIN: N_("晋语"),
    Tongue.UYGHUR: N_("维吾尔语"),
    Tongue.TIBETAN: N_("藏语"),
    Tongue.MONGOLIAN: N_("蒙古语"),
    Tongue.ZHUANG: N_("壮语"),
    Tongue.KAZAKH: N_("哈萨克语"),
    Tongue.KOREAN: N_("朝鲜语"),
    Tongue.SIGN: N_("手语"),
}
