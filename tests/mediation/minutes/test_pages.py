"""The pages of a record, walked by the mediator and both sides without script, down to the PDF in two languages."""

import re

import httpx2
from starlette.applications import Starlette

from community.people.models import Person
from tests.mediation.minutes.making import SAID, told
from tests.web.crawl import client_of
from tests.web.deliberation.ballot.test_pdf import characters
from tests.world import World

HEAD = {"held_at": "2026-05-04T11:00", "place": "社区", "present": "阿兰\n阿强", "rights_told": "true"}


async def test_a_record_from_its_head_to_its_pdf(app: Starlette, town: World) -> None:
    made = await told(town)
    base = f"/cases/{made.case.code}/minutes"
    lan, qiang = made.parties["A1"].code, made.parties["R1"].code
    async with (
        await client_of(app, town.mediator) as mediator,
        await client_of(app, town.lan) as lan_,
        await client_of(app, town.qiang) as qiang_,
    ):
        wrong = await mediator.post(f"{base}/new", data=HEAD | {"place": "", "held_at": "2030-01-01T00:00"})
        assert wrong.status_code == 422
        at = (await mediator.post(f"{base}/new", data=HEAD)).headers["location"]
        offered = (await mediator.get(f"{at}/lines")).text
        assert SAID["joint"] in offered
        assert not [words for name, words in SAID.items() if name != "joint" and words in offered]
        assert (await mediator.post(f"{at}/lines")).status_code == 422
        await _does(mediator, f"{at}/lines", seq="1")
        assert (await mediator.post(f"{at}/statements", data={"speaker": "阿强"})).status_code == 422
        words = "ئەپسۇس، سۇ يەنە ئېقىۋاتىدۇ"
        await _does(mediator, f"{at}/statements", speaker="阿强", words=words)
        await _does(mediator, f"{at}/head", **HEAD | {"place": "居委会"})
        assert (await lan_.get(at)).status_code == 404
        await _does(mediator, f"{at}/round")
        shown = await lan_.get(at)
        assert 'dir="auto">' + words in shown.text
        assert (await qiang_.post(f"{at}/words", data={"party": lan, "n": "1", "agreed": "yes"})).status_code == 404
        unsaid = await qiang_.post(f"{at}/words", data={"party": qiang, "n": "2", "agreed": "no"})
        assert (unsaid.status_code, "details open" in unsaid.text) == (422, True)
        await _does(qiang_, f"{at}/words", party=qiang, n="2", agreed="no", words="我没有这样说")
        await _does(qiang_, f"{at}/words", party=qiang, n="1", agreed="yes")
        form = {"party": lan, "n": ["1", "2"], "agreed": "yes", "mark": "ink"}
        assert (await mediator.get(f"{at}/parties/{lan}")).status_code == 200
        assert (await mediator.post(f"{at}/paper", data=form)).status_code == 422
        await _does(mediator, f"{at}/paper", **form | {"witness": "小刘"})
        page = (await mediator.get(at)).text
        hash_ = re.search(r'name="shown" value="([0-9a-f]{64})"', page)
        assert hash_
        assert (await mediator.post(f"{at}/seal", data={"shown": "0" * 64})).status_code == 422
        await _does(mediator, f"{at}/seal", shown=hash_[1])
        sealed = (await lan_.get(at)).text
        assert "我没有这样说" in sealed
        assert (await lan_.post(f"{at}/words", data={"party": lan, "n": "1", "agreed": "yes"})).status_code == 409
        paper = await lan_.get(f"{at}/record.pdf")
        assert paper.headers["content-type"] == "application/pdf"
        assert set("调解笔录我没有这样说见证人小刘") <= set(characters(paper.content))
        await Person.filter(id=town.lan.id).update(lang="en")
        both = set(characters((await lan_.get(f"{at}/record.pdf")).content))
        assert set("调解笔录") | set("Mediation record") <= both


async def _does(client: httpx2.AsyncClient, url: str, **form: object) -> None:
    answer = await client.post(url, data=form)
    assert answer.status_code == 303, answer.text[:3000]
