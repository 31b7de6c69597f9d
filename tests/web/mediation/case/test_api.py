"""What a program learns of a case: as much as its owner may read; choosing the mediator; the figures."""

from datetime import timedelta

import httpx2

from community.orgs.models import OrgKind
from community.tokens.rules import Scope
from tests.mediation.filing import accepted
from tests.mediation.referral.making import dispatcher_of, org_of
from tests.web.mediation.calling import program
from tests.world import World
from web.clock import Clock
from web.mediation.assignment import api as assignment
from web.mediation.case import api as cases
from web.mediation.report import api as figures

FOLLOWED = frozenset({each.name for each in (*cases.calls, *assignment.calls, *figures.calls)})
"""Calls that are tried here."""


async def test_as_much_as_one_may_read(client: httpx2.AsyncClient, town: World, clock: Clock) -> None:
    case = await accepted(town)
    _, other = await org_of(town, OrgKind.STREET_OFFICE, "清河街道办事处")
    centre = await dispatcher_of(town)
    lead, intake, lan, mediator, overseer, party_office, stranger = [
        await program(client, each, Scope.CASES_FOLLOW, Scope.CASES_ASSIGN, Scope.CASES_FIGURES)
        for each in (town.director, town.intake, town.lan, town.mediator, centre, town.moderator, other)
    ]
    here = f"/cases/{case.code}"
    asked = await lead.get(f"{here}/mediators")
    assert (asked["items"][0]["code"], asked["items"][0]["free"]) == (town.mediator.code, True)
    given = {"mediator": town.mediator.code, "clear": True}
    assert await intake.status(f"{here}/assignment", **given, willing=True) == 403
    assert await lead.status(f"{here}/assignment", **given) == 422
    lead.headers["idempotency-key"] = "assign-1"
    chosen = await lead.post(f"{here}/assignment", **given, willing=True, chosen=True)
    assert (chosen["state"], chosen["mode"], chosen["mediator"]) == ("mediating", "party_chosen", town.mediator.code)
    assert (await lead.ask("POST", f"{here}/assignment", **given, willing=True, chosen=True)).json() == chosen
    told = await lan.get(here)
    stops = [(each["event"], each["was"], each["now"]) for each in told["stops"]]
    assert stops[-1] == ("assign", "assigning", "mediating")
    assert [each[1] for each in stops[1:]] == [each[2] for each in stops[:-1]]
    assert (told["whole"], told["seats"], told["mediator"]) == (True, ["applicant"], town.mediator.name)
    clocks = {each["clock"]: each for each in told["periods"]}
    assert (clocks["T_MEDIATE"]["due"], clocks["T_MEDIATE"]["over"]) == ("2026-06-08", False)
    assert (await mediator.get(here))["periods"] == told["periods"]
    clock.move(timedelta(days=40))
    assert (await lan.get(here))["periods"][0]["over"]
    assert (await overseer.get(here))["whole"]
    masked = await party_office.get(here)
    assert (masked["state"], masked["whole"]) == ("mediating", False)
    assert (masked["number"], masked["mediator"], masked["periods"], masked["stops"]) == ("", "", [], [])
    await stranger.sees_nothing("GET", "/cases/{code}", case.code)
    for each in (stranger, lan, intake):
        await each.sees_nothing("GET", "/cases/{code}/mediators", case.code)
    await stranger.sees_nothing("POST", "/cases/{code}/assignment", case.code, **given, willing=True)
    for each, query, n in (
        (lan, "", 1), (lead, "", 0), (lead, "?desk=true", 1), (mediator, "?desk=true", 1), (overseer, "?desk=true", 0),
        (overseer, "?overseen=true", 1), (stranger, "?overseen=true", 0), (lan, "?desk=true", 0),
    ):  # fmt: skip
        assert len((await each.get(f"/cases{query}"))["items"]) == n, query
    counted = await lead.get("/cases/figures")
    assert (counted["since"], counted["last"], counted["accepted"]) == ("2026-04-01", "2026-06-30", 1)
    assert [(each["accepted"], each["concluded"]) for each in counted["kinds"]] == [("<5", "0")]
    assert (await overseer.get("/cases/figures?since=2026-06-01"))["accepted"] == 0
    assert (await lead.ask("GET", "/cases/figures?since=2026-05-05&last=2026-05-01")).status_code == 422
    for each in (lan, mediator, intake):
        assert (await each.ask("GET", "/cases/figures")).status_code == 404
