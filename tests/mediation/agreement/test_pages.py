"""The pages of an agreement, without JavaScript: writing, signing, sealing, keeping; and who sees what."""

import re
from datetime import timedelta

import httpx2
import pytest
from starlette.applications import Starlette

from community.notice.models import Mail, Notice
from community.people.models import Person
from mediation.agreement.checks import LEGALITY
from mediation.agreement.models import Obligation
from mediation.agreement.queries import draft_of, frozen_of, opened_body
from mediation.agreement.text import draft_from
from mediation.case.models import Case
from mediation.case.states import State
from tests.mediation.agreement.making import DAY, draft, drafting, finalized, mediating, performing, sign, signed
from tests.world import NOON, World, sign_in
from web.clock import Clock
from web.courier import duties, once
from web.locale import merged
from web.locale.extract import translated
from web.mediation.agreement.tellers import IN_EFFECT, SIGN

FILLED = {
    "facts": "402 室水管漏水。",
    "issue": "谁修，赔多少。",
    "blame": "由阿强负责。",
    "rows": "3",
    "kind-1": "do",
    "who-1": "R1",
    "whom-1": "A1",
    "what-1": "更换水管",
    "until-1": "2026-05-20",
    "kind-3": "pay",
    "who-3": "R1",
    "whom-3": "A1",
    "amount-3": "3,200",
    "until-3": "2026-05-31",
    "total": "3200",
}


class Hand:
    """One person at one browser."""

    def __init__(self, client: httpx2.AsyncClient, case: Case) -> None:
        self.client, self.home = client, f"/cases/{case.code}/agreement"

    async def as_(self, person: Person) -> "Hand":
        self.client.cookies.update(await sign_in(person))
        return self

    async def get(self, path: str = "") -> httpx2.Response:
        return await self.client.get(self.home + path)

    async def post(self, path: str, **data: str) -> httpx2.Response:
        return await self.client.post(self.home + path, data=data)


@pytest.fixture
def may(clock: Clock) -> Clock:
    clock.move(DAY - NOON)
    return clock


async def code_of(person: Person) -> str:
    mail = await Mail.filter(person_id=person.id, template="community/people/mail_code").order_by("-id").first()
    assert mail is not None
    return str(mail.values["code"])


async def test_the_mediator_writes_keeps_previews_and_sends_out(
    client: httpx2.AsyncClient, town: World, may: Clock
) -> None:
    case = await mediating(town)
    hand = await Hand(client, case).as_(town.mediator)
    assert "还没有" not in (await hand.get()).text
    assert (await hand.post("")).status_code == 422
    assert (await hand.post("", accepted="on")).headers["location"] == f"{hand.home}/draft"
    assert "一直滴水" in (await hand.get("/draft")).text
    saved = await hand.post("/draft", **FILLED, then="preview")
    assert (saved.status_code, saved.headers["location"]) == (303, f"{hand.home}/preview")
    stored = draft_from(opened_body(await draft_of(case)))
    assert [(line.kind, line.amount) for line in stored.lines] == [("do", None), ("pay", 320000)]
    preview = (await hand.get("/preview")).text
    assert "人民币叁仟贰佰元整（¥3,200.00）" in preview
    assert "定稿前还要改" not in preview
    missing = await hand.post("/final", on_paper="no", legality="willing")
    assert (missing.status_code, "逐项完成合法性核对" in missing.text) == (422, True)
    sent = await client.post(f"{hand.home}/final", data={"on_paper": "no", "legality": list(LEGALITY)})
    assert sent.headers["location"] == f"{hand.home}?did=sent"
    assert (await Case.get(id=case.id)).state is State.SIGNING


async def test_a_row_more_loses_nothing_that_was_typed(client: httpx2.AsyncClient, town: World, may: Clock) -> None:
    case = await drafting(town)
    hand = await Hand(client, case).as_(town.mediator)
    more = await hand.post("/draft", **{**FILLED, "what-2": "半句", "until-1": "明天"}, then="row")
    assert (more.status_code, 'name="what-4"' in more.text) == (200, True)
    assert all(text in more.text for text in ("半句", "明天", "3,200"))
    assert draft_from(opened_body(await draft_of(case))) == draft()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount-3": "三千"}, "amount-3"),
        ({"until-3": "六月"}, "until-3"),
        ({"kind-3": ""}, "kind-3"),
        ({"kind-3": "steal"}, "kind-3"),
        ({"total": "1.234"}, "total"),
        ({"what-3": "长" * 501}, "what-3"),
        ({"who-3": "T7"}, "who-3"),
        ({"facts": "长" * 4001}, "facts"),
        ({"rows": "900"}, "rows"),
        ({"then": "burn"}, "then"),
    ],
)
async def test_what_is_wrong_is_said_at_its_row_and_what_was_typed_stays(
    client: httpx2.AsyncClient, town: World, may: Clock, changes: dict[str, str], field: str
) -> None:
    case = await drafting(town)
    hand = await Hand(client, case).as_(town.mediator)
    answer = await hand.post("/draft", **{"then": "save", **FILLED, **changes})
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    assert "更换水管" in answer.text
    assert draft_from(opened_body(await draft_of(case))) == draft()


async def test_the_preview_names_what_keeps_the_agreement_from_going_out(
    client: httpx2.AsyncClient, town: World, may: Clock
) -> None:
    case = await drafting(town, total=320001)
    hand = await Hand(client, case).as_(town.mediator)
    preview = (await hand.get("/preview")).text
    assert "各期金额加起来与总额不一致" in preview
    assert "#f-amount-3" in preview
    refused = await client.post(f"{hand.home}/final", data={"on_paper": "no", "legality": list(LEGALITY)})
    assert refused.status_code == 422
    status = await client.post(f"{hand.home}/final", data={"on_paper": "yes", "legality": list(LEGALITY)})
    assert status.status_code == 422


async def test_what_is_signed_on_paper_alone_is_written_down_by_the_mediator(
    client: httpx2.AsyncClient, town: World, may: Clock
) -> None:
    hand = await Hand(client, await drafting(town)).as_(town.mediator)
    final = {"on_paper": "yes", "legality": list(LEGALITY)}
    assert (await client.post(f"{hand.home}/final", data=final)).status_code == 303
    page = (await hand.get()).text
    assert all(words in page for words in ("请打印 4 份", "去放扫描件", "记下我在纸上签了", "own-hand"))
    shown = re.findall(r'name="shown" value="(\w{64})"', page)[0]
    for name, status in (("别人", 422), (town.mediator.name, 303)):
        answer = await client.post(f"{hand.home}/own-hand", data={"shown": shown, "own_name": name})
        assert answer.status_code == status
    assert "记下我在纸上签了" not in (await hand.get()).text
    await hand.as_(town.lan)
    page = (await hand.get()).text
    assert "这份协议在纸上签" in page
    assert 'action="' + f'{hand.home}/signature"' not in page


async def test_while_it_is_written_only_the_mediator_sees_the_words(
    client: httpx2.AsyncClient, town: World, may: Clock
) -> None:
    case = await drafting(town)
    for person in (town.lan, town.qiang, town.director):
        hand = await Hand(client, case).as_(person)
        assert "水管" not in (await hand.get()).text
        assert ((await hand.get("/draft")).status_code, (await hand.get("/preview")).status_code) == (403, 403)
        assert (await hand.get("/paper")).status_code == 404


async def test_outsiders_meet_the_same_closed_door_before_and_after(
    client: httpx2.AsyncClient, town: World, may: Clock
) -> None:
    case = await performing(town)
    for person in (town.stranger, town.moderator, town.intake, town.clerk):
        hand = await Hand(client, case).as_(person)
        assert [(await hand.get(path)).status_code for path in ("", "/paper")] == [404, 404]
        assert (await hand.post("/code")).status_code == 404


async def test_a_party_reads_plain_words_first_signs_and_takes_back(
    client: httpx2.AsyncClient, town: World, may: Clock
) -> None:
    case, version = await finalized(town)
    hand = await Hand(client, case).as_(town.lan)
    page = (await hand.get()).text
    assert page.index("一眼看明白") < page.index("协议全文") < page.index('name="typed"')
    assert "3,200.00 元" in page
    assert (await hand.post("/code")).headers["location"] == f"{hand.home}?did=code&way=mail"
    given = {"shown": version.sha256 or "", "method": "mail", "typed": await code_of(town.lan), "agreed": "on"}
    wrong = await hand.post("/signature", **given, name="阿拦")
    assert (wrong.status_code, "一字不差" in wrong.text, "阿拦" in wrong.text) == (422, True, True)
    assert (await hand.post("/signature", **given, name="阿兰")).headers["location"] == f"{hand.home}?did=signed"
    after = (await hand.get("?did=signed")).text
    assert "5月9日 周六 12:10 之前可以撤回" in after
    assert 'name="typed"' not in after
    assert (await hand.post("/taking-back")).headers["location"] == f"{hand.home}?did=back"
    assert 'name="typed"' in (await hand.get()).text


async def test_when_the_window_is_over_the_button_to_take_back_is_gone(
    client: httpx2.AsyncClient, town: World, may: Clock
) -> None:
    case, _ = await finalized(town)
    await sign(case, town.lan)
    hand = await Hand(client, case).as_(town.lan)
    assert "taking-back" in (await hand.get()).text
    may.move(timedelta(minutes=10))
    assert "taking-back" not in (await hand.get()).text
    assert (await hand.post("/taking-back")).status_code == 409


async def test_the_keeper_of_the_seal_is_told_when_it_is_time_and_seals(
    client: httpx2.AsyncClient, app: Starlette, town: World, may: Clock
) -> None:
    case = await signed(town)
    version = await frozen_of(case)
    hand = await Hand(client, case).as_(town.director)
    assert "agreement/seal" not in (await hand.get()).text
    await once(duties(app), may)
    waiting = Notice.filter(person_id=town.director.id, url=hand.home)
    assert await waiting.count() == 0
    may.move(timedelta(minutes=10))
    await once(duties(app), may)
    assert await waiting.count() == 1
    assert "agreement/seal" in (await hand.get()).text
    await hand.post("/code")
    given = {"shown": version.sha256 or "", "method": "mail"}
    assert (await hand.post("/seal", **given, typed="x")).status_code == 422
    sealed = await hand.post("/seal", **given, typed=await code_of(town.director))
    assert sealed.headers["location"] == f"{hand.home}?did=sealed"
    assert "已生效" in (await hand.get()).text


async def test_the_mails_about_an_agreement_name_nobody_and_no_amount(app: Starlette, town: World, may: Clock) -> None:
    case = await performing(town)
    may.move(timedelta(minutes=10))
    await once(duties(app), may)
    told = {notice.sentence for notice in await Notice.filter(topic="case", url=f"/cases/{case.code}/agreement")}
    assert told >= {SIGN, IN_EFFECT}
    for mail in await Mail.filter(topic="case"):
        text = str(mail.values)
        assert [word for word in ("阿兰", "阿强", "水管", "3200", "320000") if word in text] == []


async def test_promises_are_confirmed_by_whom_they_were_made_to(
    client: httpx2.AsyncClient, town: World, may: Clock
) -> None:
    case = await performing(town)
    first, second, third = await Obligation.filter(case_id=case.id).order_by("id")
    hand = await Hand(client, case).as_(town.qiang)
    assert "办好了，我确认" not in (await hand.get()).text
    assert (await hand.post(f"/promises/{first.code}")).status_code == 403
    hand = await hand.as_(town.lan)
    assert (await hand.get()).text.count("办好了，我确认") == 3
    assert (await hand.post(f"/promises/{first.code}")).status_code == 303
    assert (await hand.post(f"/promises/{second.code}", waive="on")).status_code == 303
    hand = await hand.as_(town.mediator)
    bare = await hand.post(f"/promises/{third.code}")
    assert (bare.status_code, f'href="#f-proof-{third.code}"' in bare.text) == (422, True)
    assert (await hand.post(f"/promises/{third.code}", proof="转账记录")).status_code == 303
    assert (await Case.get(id=case.id)).state is State.FOLLOWUP


async def test_a_promise_that_is_late_is_shown_and_told(
    client: httpx2.AsyncClient, app: Starlette, town: World, may: Clock
) -> None:
    case = await performing(town)
    may.move(timedelta(days=12))
    await once(duties(app), may)
    assert (await Case.get(id=case.id)).state is State.BREACHED
    hand = await Hand(client, case).as_(town.lan)
    assert "已过期，还没办" in (await hand.get()).text
    hand = await hand.as_(town.mediator)
    assert (await hand.post("/cure")).status_code == 422
    first = await Obligation.filter(case_id=case.id).order_by("id").first()
    assert first is not None
    await hand.post(f"/promises/{first.code}", proof="现场照片")
    assert (await hand.post("/cure")).status_code == 303
    assert (await Case.get(id=case.id)).state is State.PERFORMING


async def test_the_sheet_has_number_words_signatures_and_seal(
    client: httpx2.AsyncClient, town: World, may: Clock
) -> None:
    case = await performing(town)
    sheet = (await (await Hand(client, case).as_(town.qiang)).get("/paper")).text
    assert "（2026）幸福里居人调字第1号-协1" in sheet
    assert "申请人（签名）：阿兰　2026年5月9日 12:10:00（电子签名 S1，邮件验证码）" in sheet
    assert "幸福里社区人民调解委员会　2026年5月9日 12:10:00（印章已由保管人加盖）" in sheet
    assert "一共要 3 份" in sheet


async def test_going_back_and_declining_ask_for_one_tick(client: httpx2.AsyncClient, town: World, may: Clock) -> None:
    case, _ = await finalized(town)
    hand = await Hand(client, case).as_(town.qiang)
    assert ((await hand.post("/talks")).status_code, (await hand.post("/refusal")).status_code) == (422, 422)
    assert (await hand.post("/talks", sure="on")).status_code == 303
    assert (await Case.get(id=case.id)).state is State.MEDIATING
    other, _ = await finalized(town)
    hand = await Hand(client, other).as_(town.qiang)
    assert (await hand.post("/refusal", sure="on")).status_code == 303
    assert (await Case.get(id=other.id)).state is State.TERMINATED


async def test_every_page_opens_in_english_with_the_document_in_chinese(
    client: httpx2.AsyncClient, town: World, may: Clock
) -> None:
    await Person.filter(id__in=[town.mediator.id, town.lan.id]).update(lang="en")
    case = await drafting(town)
    hand = await Hand(client, case).as_(town.mediator)
    pages = [await hand.get(path) for path in ("", "/draft", "/preview")]
    assert [each.status_code for each in pages] == [200, 200, 200]
    assert "纠纷的主要事实" in pages[2].text
    assert "看看成稿" not in pages[2].text
    signing, _ = await finalized(town)
    page = (await (await Hand(client, signing).as_(town.lan)).get()).text
    main = re.sub(
        r'<article lang="zh-CN".*?</article>', "", page.split("<main")[1].split("</main>")[0], flags=re.DOTALL
    )
    left = [
        text
        for text in re.findall(r"[一-鿿]{2,}", main)
        if text not in str(draft()) + "阿兰阿强吴老师幸福里居人调字第号协"
    ]
    assert left == []


@pytest.mark.parametrize("language", translated())
def test_the_questions_of_legality_are_translated(language: str) -> None:
    catalogue = merged(language)
    assert [text for text in LEGALITY.values() if not (found := catalogue.get(text)) or not found.string] == []
