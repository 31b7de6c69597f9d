"""How the parts of a file are called, on the page that asks what is missing and inside the package."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from deliberation.archive.rules import Item
from web.words import N_

WORDS: Final[Mapping[Enum, str]] = {
    Item.SCREENING: N_("没有受理的记录"),
    Item.STUDY: N_("没有党组织研究的记录"),
    Item.MINUTES: N_("没有议事会的记录"),
    Item.ROLL: N_("没有表决用的名册"),
    Item.NOTICE: N_("没有会前公示"),
    Item.RESULT: N_("没有计票结果，或者结果没有公示"),
    Item.PHOTOS: N_("有公示缺张贴照片"),
    Item.DAYS: N_("有公示还没有挂满天数"),
    Item.OBJECTIONS: N_("有异议没有答复"),
    Item.PLAN: N_("通过了，但没有落实的计划"),
    Item.EVIDENCE: N_("有步骤没有办完，缺证明"),
    Item.EVALUATION: N_("没有评议"),
    Item.NOTES: N_("有监督意见没有答复"),
    Item.MODERATION: N_("有对审核决定的申诉没有答复"),
}

PARTS: Final = (
    ("cover", "封面"),
    ("versions", "各版文字和改动"),
    ("amendments", "修改建议和答复"),
    ("endorsements", "附议"),
    ("office", "受理、退回和申诉、党组织研究、议事会记录、共识和不同意见"),
    ("comments", "讨论"),
    ("table", "各方的意见和利益关系申报"),
    ("calls", "吹哨和各单位的答复"),
    ("meetings", "会议和会议记录"),
    ("orders", "街道、法院的决定"),
    ("roll", "名册"),
    ("ballots", "表决：规则、计票、结果"),
    ("publications", "公示：通知、张贴照片、异议和答复"),
    ("execution", "落实：计划、步骤、证明、花费"),
    ("evaluation", "评议"),
    ("supervision", "监督意见和答复"),
    ("moderation", "审核决定"),
    ("record", "全过程记录"),
)
"""The sections in their order. Files are kept in Chinese, as the law asks of archives."""

_FIELDS: Final = """
id=编号 title=题目 body=正文 what=做什么 cost=花多少 who=谁负责 number=第几版 hash=校验码 by=谁 at=时间
diff=改动 state=状态 weight=哪一类事 version=版本 final_hash=定稿校验码 drafted_at=起草 public_at=公开
state_since=办结 hidden=文字已收起 community=社区 community_code=区划编码 author=提议人 reader=哪一份
written_at=写于 threshold=要多少附议 seconded=附议 by_version=按版本 head=哪一户 screenings=受理 accepted=受理了
reasons=理由 studies=党组织研究 held_on=日期 opinion=意见 sittings=议事会 attended=到会人数 minutes=记录
consensus=一致的意见 dissent=不同的意见 opinions=共识和不同意见 kind=种类 words=文字 noted_at=登记 answer=答复
answered_by=谁答复 answered_at=答复时间 basis=按什么 heads=票数 area=面积（0.01平方米） content_hash=名册校验码
frozen_at=冻结 objection_until=异议到 every_head=每一票 label=哪一户 parts=几处 attempt=第几次 rule_id=规则
rule_hash=规则校验码 roll_hash=名册校验码 text_hash=文字校验码 effect=效力 noticed_at=公示 opens_at=开始
closes_at=截止 rule=规则全文 result=结果 outcome=结果 tally=票数 decision=逐行判定 certificate=计票证明
seal=指纹 decided_at=公布 shown_until=公示到 tellers=计票人 recounts=重新计票 asked_at=要求 asked_by=谁要求
settled_at=办完 found=各人数的 agrees=和公布的一样 papers=每一张票 order=第几张 choice=投了什么 channel=怎么交的
receipt=回执号 set_aside=无效的理由 days=要满几天 starts_at=从 ends_at=到 due_by=最晚挂出 ended_at=期满
boards=公告栏 photos=张贴照片 board=公告栏 taken_at=拍于 file=文件 sha256=文件校验码 objections=异议
filed_at=提出 answer_due=最晚答复 overdue_at=过期 verdict=成立不成立 started_at=开始 spent=花了（分）
late=晚过几次 reported_at=报告办完 report=报告 plans=计划 budget=预算（分） due_on=到哪天 why=为什么改 unit=单位
lead=负责人 steps=步骤 plan=第几版计划 dropped_at=去掉 done_at=办完 note=说明 evidence=证明 round=第几次
asked=问了几份 answered=答了几份 finding=评议结果 share_num=要达到（分子） share_den=要达到（分母）
from_score=几分起算满意 scores=1到5分各几份 source=怎么来的 office=写给谁 due_at=最晚答复 pressed=督办几次
part=哪一段 old=原来的文字 new=建议的文字 became=成了第几版 position=态度 official=工作人员 helpful=有帮助
edited_at=改过 answers=回复哪一条 earlier=以前的文字 hidden_why=收起的理由 comment=出自哪条留言 sitting=出自哪天的会
stakeholders=请来商量的各方 interests=利益关系申报 invited_at=邀请 stated_at=表达 capacity=什么身份
interested=有没有利益关系 question=问了什么 late_at=逾期 appeal=申诉 made_at=提出 escalated_at=转到街道 ruling=裁决
deed=什么决定 was=当时在哪一步 issuer=谁发的 issued_on=发文日期 form=会议种类 room=地点 opened_at=开会
closed_at=散会 late_for=通知以后加的理由 dropped_for=取消的理由 item=哪个议题 polls=会上表决 way=怎么表决
aided=代办 seat=以什么身份 expected=应到 present=在场 yes=赞成 no=反对 abstain=弃权 signatures=签名 hand=以什么身份
code=代码 subject=哪一件 reason=理由代码 document=文书号 appeals=申诉 level=第几级 granted=申诉成立
measure=怎么处理 facts=内容 seq=链上第几
actor=谁（编号）
"""
FIELDS: Final[Mapping[str, str]] = {pair.partition("=")[0]: pair.partition("=")[2] for pair in _FIELDS.split()}
"""Every key of the sections in words; what stands inside rules and tallies keeps the names of the count."""
