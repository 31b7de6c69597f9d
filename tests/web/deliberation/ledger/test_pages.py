"""The ledger on pages: stable addresses, receipts, the printed result, what is told of a question that binds nobody."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx2
from starlette.applications import Starlette

from community.notice.models import Mail
from deliberation.ballot import announcing, casting, merkle, queries
from deliberation.ballot.models import Ballot, Paper
from deliberation.ballot.votes import Choice
from deliberation.body.rules import Effect
from tests.deliberation.stage import AFTER, PLAN, VOTING, Settled, body_of, counted, finalised, settle, tick, vote
from tests.world import NOON, World, sign_in
from web.clock import Clock
from web.courier import duties, once
from web.mail import write
from web.page import Site

ROOT = Path(__file__).parents[4]


async def courier(app: Starlette) -> None:
    await once([duty for duty in duties(app) if duty.name != "mail"], app.state.clock)


async def voted(town: World, clock: Clock, effect: Effect = Effect.BINDING) -> tuple[Ballot, list[Settled]]:
    people = await settle(town, 6)
    body, roll = await body_of(town)
    matter = await finalised(town, body, roll, [each.person for each in people])
    plan = replace(PLAN, effect=effect)
    ballot = await announcing.announce(matter.id, plan, by=town.clerk, at=NOON)
    await tick(ballot.opens_at)
    clock.move(VOTING - NOON)
    await vote(ballot, people, Choice.YES)
    return ballot, people


async def test_the_ledger_at_its_addresses(
    app: Starlette, town: World, client: httpx2.AsyncClient, clock: Clock
) -> None:
    ballot, _ = await voted(town, clock)
    await courier(app)
    base = f"/ballots/{ballot.id}/log"
    last = (await client.get(f"{base}/checkpoint")).json()
    leaves = (await client.get(f"{base}/leaves")).json()["leaves"]
    assert (last["size"], len(leaves)) == (6, 6)
    assert merkle.root([bytes.fromhex(each) for each in leaves]).hex() == last["root"]
    proof = (await client.get(f"{base}/proofs/inclusion", params={"leaf": leaves[4]})).json()
    path = [bytes.fromhex(each) for each in proof["path"]]
    assert merkle.includes(bytes.fromhex(leaves[4]), proof["number"], proof["size"], path, bytes.fromhex(last["root"]))
    grown = (await client.get(f"{base}/proofs/consistency", params={"from": 4, "to": 6})).json()
    four = merkle.root([bytes.fromhex(each) for each in leaves[:4]])
    proved = [bytes.fromhex(each) for each in grown["path"]]
    assert merkle.extends(4, four, 6, bytes.fromhex(last["root"]), proved)
    assert (await client.get(f"{base}/proofs/consistency", params={"from": 9})).status_code == 422
    assert (await client.get(f"{base}/proofs/inclusion", params={"leaf": "x"})).status_code == 404
    shown = await client.get(base, params={"leaf": leaves[0]})
    assert "证明已经核对" in shown.text
    assert last["root"] in shown.text
    assert "还没有这片叶子" in (await client.get(base, params={"leaf": "aa"})).text
    api = (await client.get(f"/api/v1/ballots/{ballot.id}/log")).json()
    assert (api["size"], api["checkpoints"][0]["root"]) == (6, last["root"])
    for word in ("yes", "no", "abstain"):
        assert f'"{word}"' not in (await client.get(base)).text
    assert (await client.get(f"/ballots/{ballot.id}/bundle.zip")).status_code == 404
    assert "def main" in (await client.get("/verifier.py")).text


async def test_a_receipt_shows_the_promise_then_the_proof_and_comes_by_mail(
    app: Starlette, town: World, client: httpx2.AsyncClient, clock: Clock
) -> None:
    ballot, people = await voted(town, clock)
    client.cookies.update(await sign_in(people[0].person))
    paper = await Paper.get(by_id=people[0].person.id)
    url = f"/ballots/{ballot.id}/receipts/{paper.receipt}"
    assert "我们承诺" in (await client.get(url)).text
    await courier(app)
    assert "证明已经核对" in (await client.get(url)).text
    mail = await Mail.get(person_id=people[0].person.id, template__contains="mail_receipt")
    assert mail.secret
    assert "yes" not in str(mail.values.get("title"))
    clock.move(timedelta(days=4))
    await courier(app)
    closing = await Mail.filter(template__contains="mail_closed", person_id=people[0].person.id).first()
    last = (await client.get(f"/ballots/{ballot.id}/log/checkpoint")).json()
    assert closing
    assert (closing.values["size"], closing.values["root"]) == (6, last["root"])


async def test_the_printed_result_bears_the_checkpoint(town: World, client: httpx2.AsyncClient, clock: Clock) -> None:
    ballot, _ = await voted(town, clock)
    assert (await client.get(f"/ballots/{ballot.id}/result/notice")).status_code == 404
    await counted(town, ballot)
    text = (await client.get(f"/ballots/{ballot.id}/result/notice")).text
    last = (await client.get(f"/ballots/{ballot.id}/log/checkpoint")).json()
    assert f"6:{last['root']}" in text
    assert "<svg" in text
    assert "<table" in text
    assert (await client.get(f"/ballots/{ballot.id}/bundle.zip")).content[:2] == b"PK"


async def test_a_question_that_binds_nobody_is_told_no_finer_than_gives_nobody_away(
    town: World, client: httpx2.AsyncClient, clock: Clock
) -> None:
    ballot, people = await voted(town, clock, Effect.ADVISORY)
    await counted(town, ballot)
    url = f"/ballots/{ballot.id}/result"
    told = (await client.get(url)).text
    assert "写细了会让人推出" in told
    assert "6/10" not in told.replace(" ", "")
    assert (await client.get(f"/ballots/{ballot.id}/bundle.zip")).status_code == 403
    client.cookies.update(await sign_in(people[0].person))
    assert "写细了会让人推出" not in (await client.get(url)).text
    assert (await client.get(f"/ballots/{ballot.id}/bundle.zip")).status_code == 200


async def test_those_on_the_roll_find_a_home_under_its_mark_in_the_bundle(
    town: World, client: httpx2.AsyncClient, clock: Clock
) -> None:
    ballot, people = await voted(town, clock)
    await counted(town, ballot)
    client.cookies.update(await sign_in(people[0].person))
    assert "数据包里的代号" in (await client.get(f"/ballots/{ballot.id}/result")).text


async def test_the_guard_leaves_the_turnout_of_few_out(town: World, client: httpx2.AsyncClient, clock: Clock) -> None:
    ballot, _ = await voted(town, clock)
    assert "各楼参加了多少" not in (await client.get(f"/ballots/{ballot.id}")).text
    assert "为什么是记名的" in (await client.get(f"/ballots/{ballot.id}")).text


BUSINESS = "商业秘密"  # what a mediator keeps to themself (人民调解法 15) is no vote


def test_no_vote_is_called_what_it_is_not() -> None:
    """Until anybody can verify such a vote without trusting anybody, the words for it stand on no page."""
    pages = [*(ROOT / "web").rglob("*.html"), *(ROOT / "web").rglob("*.txt"), *(ROOT / "web").rglob("*.po")]
    pages += [*(ROOT / "web").rglob("words.py"), *(ROOT / "web" / "deliberation").rglob("*.py")]
    assert len(pages) > 200
    texts = {str(path): path.read_text("utf-8").replace(BUSINESS, "") for path in pages}
    said = [name for name, text in texts.items() for word in ("无记名", "秘密", "secret ballot") if word in text]
    assert said == []


async def test_a_receipt_of_a_changed_vote_has_a_leaf_of_its_own(
    app: Starlette, town: World, client: httpx2.AsyncClient, clock: Clock
) -> None:
    ballot, people = await voted(town, clock)
    mine = (await queries.mine(people[0].person, ballot))[0]
    await casting.cast(ballot.id, mine.head_id, Choice.NO, by=people[0].person, at=clock.now())
    await courier(app)
    assert len((await client.get(f"/ballots/{ballot.id}/log/leaves")).json()["leaves"]) == 7
    assert clock.now() < AFTER


async def test_three_receipts_a_day_go_by_mail_none_at_night_and_the_third_says_so(
    app: Starlette, town: World, clock: Clock
) -> None:
    ballot, people = await voted(town, clock)
    voter = people[0].person
    head = (await queries.mine(voter, ballot))[0].head_id
    for minute in range(4):
        await casting.cast(ballot.id, head, Choice.NO, by=voter, at=VOTING + timedelta(minutes=minute))
    night = VOTING + timedelta(hours=10)
    await casting.cast(ballot.id, head, Choice.YES, by=voter, at=night)
    clock.move(night - VOTING)
    await courier(app)
    mails = await Mail.filter(person_id=voter.id, template__contains="mail_receipt").order_by("id")
    assert [mail.values["last"] for mail in mails] == [False, False, True, False]
    assert mails[-1].run_at == night + timedelta(hours=10)
    site = Site("和议", "", "")
    texts = [str(await write(mail, site=site, site_url="https://example.org")) for mail in mails]
    assert ["不再寄信" in text for text in texts] == [False, False, True, False]
