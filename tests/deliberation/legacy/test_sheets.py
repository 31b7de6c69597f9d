"""Trees of comments as foreign platforms have them: deep, orphaned, even in rings."""

import pytest

from community.errors import Unfit
from community.places.sheet import read_sheet
from deliberation.legacy.sheets import heads, parse

PROPOSALS = "id,code,title,user,date,summary,text\n7,X,Bancos en la plaza,1,2015-09-15,Más bancos.,\n"
COMMENTS = """id,parent_id,proposal_id,user,date,time,text,votes
1,-1,7,2,2015-09-15,10:00:00,root,0
2,1,7,3,2015-09-15,10:01:00,answer,0
3,2,7,2,2015-09-15,10:02:00,deeper,0
4,99,7,3,2015-09-15,10:03:00,orphan,0
5,4,7,2,2015-09-15,10:04:00,answer to the orphan,0
6,8,7,2,2015-09-15,10:05:00,ring,0
8,6,7,2,2015-09-15,10:06:00,ring back,0
9,-1,8,2,2015-09-15,10:07:00,of a proposal that is not here,0
"""


def test_deep_answers_join_their_thread_and_orphans_begin_one() -> None:
    bundle = parse(read_sheet(PROPOSALS.encode()), read_sheet(COMMENTS.encode()))
    assert (len(bundle.proposals), len(bundle.comments), bundle.wrong) == (1, 7, ())
    found = heads(bundle.comments)
    assert {key: found[key] for key in "12345"} == {"1": None, "2": "1", "3": "1", "4": None, "5": "4"}
    assert (found["6"], found["8"]) == (None, "6")


def test_a_chain_of_a_thousand_answers_is_one_thread() -> None:
    lines = ["id,parent_id,proposal_id,user,date,text", "0,-1,7,1,2015-09-15,root"]
    lines += [f"{n},{n - 1},7,1,2015-09-15,deep" for n in range(1, 1001)]
    bundle = parse(read_sheet(PROPOSALS.encode()), read_sheet("\n".join(lines).encode()))
    assert set(heads(bundle.comments).values()) == {None, "0"}


def test_bad_lines_are_named_and_a_missing_column_is_said() -> None:
    bad = PROPOSALS + "8,X,Otro,1,ayer,,\n"
    bundle = parse(read_sheet(bad.encode()), None)
    assert [(each.line, each.column) for each in bundle.wrong] == [(3, "日期")]
    with pytest.raises(Unfit, match="缺少"):
        parse(read_sheet(b"id,title\n1,x\n"), None)
