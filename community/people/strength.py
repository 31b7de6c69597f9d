"""Whether a password would be guessed: zxcvbn with words that it does not know, from Chinese habits."""

import asyncio
import re
from collections.abc import Iterable
from typing import Final

from zxcvbn import zxcvbn

from community.errors import Unfit
from community.people.rules import PASSWORD_LEAST, PASSWORD_MOST

GOOD: Final = 3  # of 4: ten to the eighth guesses are not enough
EXAMPLE: Final = "茶壶 梯子 石榴 星期二"
SEEN: Final = 72  # zxcvbn refuses longer ones; what follows only makes it harder

# fmt: off
WORDS: Final = (
    "woaini", "woaiwo", "aini", "520", "5201314", "1314", "1314520", "521", "666", "888", "8888", "168", "518",
    "woshishui", "mima", "mimamima", "wangji", "zhongguo", "beijing", "shanghai", "hangzhou", "shequ", "xiaoqu",
    "juweihui", "yewei", "wuye", "heyi", "xingfu", "pingan", "jiankang", "fadacai", "baobei", "laogong", "laopo",
    "mama", "baba", "yeye", "nainai", "nihao", "hello", "a123", "abc123", "aa123456", "qaz", "wsx", "1qaz", "2wsx",
    "wang", "li", "zhang", "liu", "chen", "yang", "zhao", "huang", "zhou", "wu", "xu", "sun", "hu", "zhu", "gao",
    "lin", "he", "guo", "ma", "luo", "zhangwei", "wangwei", "wangfang", "liwei", "lina", "社区", "小区", "密码",
    "我爱你", "平安", "健康", "发财",
)
# fmt: on
_MOBILE: Final = re.compile(r"(\+?86)?1[3-9]\d{9}")
_IDENTITY: Final = re.compile(r"\d{17}[\dXx]")
_REPEAT: Final = re.compile(r"(?i)(woaini|aini|520|521|1314|666|888|168)+")


async def require_strong(password: str, *, known: Iterable[str]) -> None:
    """Refuse a password that is too short, too long, or soon guessed by somebody who knows ``known``.

    Raises:
        Unfit: with the sentence that says how to mend it.
    """
    if len(password) < PASSWORD_LEAST:
        raise Unfit("密码太短了，至少要 {least} 位。", field="password", least=PASSWORD_LEAST)
    if len(password) > PASSWORD_MOST:
        raise Unfit("密码太长了，最多 {most} 位。", field="password", most=PASSWORD_MOST)
    if _MOBILE.fullmatch(password) or _IDENTITY.fullmatch(password):
        raise Unfit("请不要用手机号或身份证号当密码，别人查得到。", field="password")
    if await asyncio.to_thread(score, password, tuple(known)) < GOOD:
        raise Unfit(
            "这个密码容易被猜到。请用三四个不相干的词连起来，像“{example}”这样，自己另编一个。",
            field="password",
            example=EXAMPLE,
        )


def score(password: str, known: tuple[str, ...]) -> int:
    """Return how hard ``password`` is to guess, 0 to 4.

    >>> score("5201314aini", ()), score("woaini1314", ())
    (0, 0)
    """
    if password.replace(" ", "") == EXAMPLE.replace(" ", ""):
        return 0
    worn = _REPEAT.sub("a", password)
    hints = [*WORDS, *known, *(part for text in known for part in re.split(r"[\W_]+", text) if len(part) > 1)]
    return min(int(zxcvbn(part[:SEEN], user_inputs=hints)["score"]) for part in (password, worn) if part)
