"""What each code says, and the letter that is ready for its author. A moderator may change the letter alone."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from community.moderation.rules import Reason
from community.words import N_

CLAUSES: Final[Mapping[Reason, str]] = MappingProxyType(
    {
        Reason.ILLEGAL: N_("法律明文禁止发布的内容。"),
        Reason.ABUSE: N_("骂人、威胁。批评和不满不算。"),
        Reason.PRIVACY: N_("写了别人的姓名加门牌、电话、证件号。"),
        Reason.SPAM: N_("做广告，或反复发同样的话。"),
        Reason.OFF_TOPIC: N_("只能移到别处，不能收起。"),
        Reason.FALSE: N_("事实错了，而且有更正文件可查。意见不算。"),
        Reason.IMPERSONATION: N_("冒充别人或单位说话。"),
        Reason.MINORS: N_("会伤害未成年人，或暴露他们是谁。"),
        Reason.AUTHORITY: N_("有权机关书面要求，要写文号。"),
        Reason.GROUNDLESS: N_("三十天里至少五次举报，看过都没有违规。"),
    }
)

LETTERS: Final[Mapping[Reason, str]] = MappingProxyType(
    {
        Reason.ILLEGAL: N_("里面有法律禁止发布的内容。去掉这一部分，就可以重新发表。"),
        Reason.ABUSE: N_("里面有骂人的话。您的意见可以照说，请换一种说法重新发表。"),
        Reason.PRIVACY: N_("里面写了别人的姓名、门牌或电话。您说的事我们会看，请不要写出是谁、住哪里。"),
        Reason.SPAM: N_("这是广告，或者同样的话发了好几遍。请只发一次，不带广告。"),
        Reason.OFF_TOPIC: N_("这段话说的是另一件事，已经移到更合适的地方，一个字没改。"),
        Reason.FALSE: N_("这里写的事实和附上的文件不一样。请对照文件改正；您的看法可以保留。"),
        Reason.IMPERSONATION: N_("这段话用了别人或单位的名义。请用您自己的身份重新发表。"),
        Reason.MINORS: N_("里面的内容会让人认出未成年人，或者对他们不好。请去掉以后重新发表。"),
        Reason.AUTHORITY: N_("有权机关来函要求处理，文号写在下面。不同意，可以在这里申诉。"),
        Reason.GROUNDLESS: N_("您最近的举报看过都没有违规。这三十天每天还可以举报一次。"),
    }
)
"""Sentences, so that an author who reads English gets them in English."""
