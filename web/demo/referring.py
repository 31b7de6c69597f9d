"""Cases of the demo on their way between organisations: one waits at the court's office, one came back to us."""

from community.orgs.models import Org, OrgKind
from community.people.models import Person
from mediation.case.models import Case, Track
from mediation.referral import answering, sending
from mediation.referral.rules import Basis
from web.demo.people import Town
from web.demo.story import Story

Pair = tuple[Person, Person]


async def to_the_court(story: Story, town: Town, case: Case, parties: Pair) -> None:
    """Ask both parties and hand the case to the court's liaison office, which has not answered yet."""
    plan = _plan(town.orgs[OrgKind.COURT], Track.COURT_PRE, "双方都希望由法院指派的调解员来谈。")
    await _handed(story, case, plan, town.staff["director"], parties)


async def from_the_street(story: Story, town: Town, case: Case, parties: Pair) -> None:
    """Let the street take a case over and hand it to our committee, which is to answer."""
    street, ours = town.orgs[OrgKind.STREET_OFFICE], town.orgs[OrgKind.MEDIATION_COMMITTEE]
    out = _plan(street, Track.ADMIN, "事情跨了两个社区，请街道先看。")
    code = await _handed(story, case, out, town.staff["director"], parties)
    await answering.accept(code, by=town.staff["street_head"], at=story.at)
    back = _plan(ours, Track.PEOPLE, "街道看过，属于邻里纠纷，请调委会接着谈。")
    await _handed(story, case, back, town.staff["street_head"], parties)


async def _handed(story: Story, case: Case, plan: sending.Plan, head: Person, parties: Pair) -> str:
    await sending.propose(case.code, plan, by=head, at=story.at)
    for party in parties:
        await sending.answer(case.code, given=True, by=party, at=story.at)
    return str((await sending.send(case.code, by=head, at=story.at)).code)


def _plan(org: Org, track: Track, reason: str) -> sending.Plan:
    return sending.Plan(org=org.code, track=track, basis=Basis.CONSENT, reason=reason)
