"""Agreements of the demo at every point of their road: drafted, oral, with a roster, changed, confirmed, refused, late.

Beside them what people say of it all: a complaint that waits, one that was answered, ties that mediators declared.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from community.orgs.models import OrgKind
from community.people.models import Person
from mediation.agreement import commands, performing
from mediation.agreement.amending import begin_supplement
from mediation.agreement.models import Obligation
from mediation.agreement.oral import oral_agree
from mediation.agreement.queries import frozen_of, paper_of
from mediation.agreement.ratifying import ratify
from mediation.agreement.rules import ClauseKind, Draft, Line
from mediation.assignment.rules import Kin
from mediation.assignment.ties import declare
from mediation.case.models import Case, Party
from mediation.confirmation import applying, ruling
from mediation.confirmation.grounds import Denial, Nexus
from mediation.confirmation.rules import Deed
from mediation.feedback.complaining import complain, look
from mediation.feedback.grievances import Grievance, Looked
from mediation.parties import commands as parties
from mediation.parties.queries import members_of
from mediation.parties.rules import MemberVote
from web.demo.people import Town
from web.demo.settling import LEGAL, into_effect
from web.demo.story import Story

Pair = tuple[Person, Person]
ROSTER: Final = [(f"示范业主{n:02}", f"{n + 100} 室") for n in range(1, 13)]


def owed(story: Story, *sums: int, days: int, facts: str) -> Draft:
    """Return an agreement to pay so much, in fen, each part a month after the one before."""
    first = story.today + timedelta(days=days)
    lines = [
        Line(who="R1", whom="A1", amount=fen, until=first + timedelta(days=30 * n), what=f"第 {n + 1} 期。")
        for n, fen in enumerate(sums)
    ]
    return Draft(
        facts=facts, issue="还多少、分几次还。", blame="双方不再追究别的。", total=sum(sums), lines=tuple(lines)
    )


async def sent_out(story: Story, town: Town, case: Case, draft: Draft) -> None:
    """Write an agreement down and send it out to be signed."""
    mediator = town.staff["mediator"]
    await commands.begin(case.code, accepted=True, by=mediator, at=story.at)
    await commands.save(case.code, draft, by=mediator, at=story.at)
    await commands.finalize(case.code, legality=LEGAL, on_paper=False, by=mediator, at=story.at)


async def late(story: Story, town: Town, case: Case, pair: Pair) -> None:
    """Bring a debt into effect, of which only a part comes."""
    await sent_out(story, town, case, owed(story, 600_000, 400_000, days=10, facts="借款一万元，双方都认。"))
    await into_effect(story, town, case, pair)
    first = await Obligation.filter(case_id=case.id).order_by("id").first()
    if first:
        await performing.pay_part(
            case.code, first.code, 250_000, proof="转账记录", by=town.staff["mediator"], at=story.at
        )


async def changed(story: Story, town: Town, case: Case, pair: Pair) -> None:
    """Bring an agreement into effect with a wrong sum, and mend it by a supplement that binds."""
    await sent_out(story, town, case, owed(story, 182_000, days=75, facts="装修尾款没有结清，双方都认。"))
    await into_effect(story, town, case, pair)
    await supplement(story, town, case, "金额应为 1,280 元，误写为 1,820 元。", 128_000)
    await into_effect(story, town, case, pair)


async def supplement(story: Story, town: Town, case: Case, because: str, fen: int) -> None:
    """Send a supplement round in which the first sum is another."""
    mediator = town.staff["mediator"]
    before = paper_of(await frozen_of(case)).draft
    told = {"because": because, "filed": False, "court_told": False}
    await begin_supplement(case.code, **told, by=mediator, at=story.at)  # type: ignore[arg-type]
    lines = (replace(before.lines[0], amount=fen), *before.lines[1:])
    mended = replace(before, lines=lines, total=sum(line.amount or 0 for line in lines))
    await commands.save(case.code, mended, by=mediator, at=story.at)
    await commands.finalize(case.code, legality=LEGAL, on_paper=False, by=mediator, at=story.at)


async def by_mouth(story: Story, town: Town, case: Case) -> None:
    """Put an agreement by word of mouth on the register."""
    until = story.today + timedelta(days=90)
    line = Line(kind=ClauseKind.STOP, who="R1", whom="A1", what="晚上十点以后在阳台唱歌。", until=until)
    draft = Draft(facts="晚上唱歌太响，当面说好，读过一遍，双方都认。", lines=(line,))
    await oral_agree(case.code, draft, waived=True, read_back=True, by=town.staff["mediator"], at=story.at)


async def at_court(story: Story, town: Town, case: Case, pair: Pair) -> str:
    """Bring an agreement into effect, have both apply, hand it in, and return the application."""
    await sent_out(story, town, case, owed(story, 300_000, 300_000, days=80, facts="押金没有退，双方都认。"))
    await into_effect(story, town, case, pair)
    court = town.orgs[OrgKind.COURT].code
    found = await applying.prepare(case.code, court, nexus=Nexus.SUBJECT, by=pair[0], at=story.at)
    for person in pair:
        await applying.apply(case.code, sworn=True, by=person, at=story.at)
    await applying.file(case.code, by=pair[0], at=story.at)
    return found.code


async def answered(story: Story, town: Town, code: str, deed: Deed, number: int) -> None:
    """Let the court confirm, or dismiss because the words are not clear."""
    said = ruling.Ruling(number=f"（示范）民特 {number} 号", on=story.today)
    if deed is Deed.DISMISS:
        said = replace(said, refusal=Denial.UNCLEAR, words="第二期写了金额，没有写收款的办法。")
    await ruling.decide(code, deed, said, by=town.staff["liaison"], at=story.at)


async def being_written(story: Story, town: Town, case: Case) -> None:
    """Begin an agreement whose sum does not fit its parts yet, for the check to find."""
    mediator = town.staff["mediator"]
    await commands.begin(case.code, accepted=True, by=mediator, at=story.at)
    draft = owed(story, 48_600, 48_700, days=40, facts="两个季度的物业费没有交，保洁也没有按时做。")
    await commands.save(case.code, replace(draft, total=97_200), by=mediator, at=story.at)


async def of_many(story: Story, town: Town, case: Case) -> None:
    """Send an agreement of a group round: some say yes, one says no, the others have not said anything."""
    told = {"by": town.staff["mediator"], "at": story.at}
    group = await Party.get(case_id=case.id, side="A", ordinal=1)
    await parties.enrol(case.code, group.code, ROSTER, **told)  # type: ignore[arg-type]
    members = await members_of(group)
    await parties.elect(case.code, group.code, [each.code for each in members[:3]], **told)  # type: ignore[arg-type]
    until = story.today + timedelta(days=60)
    each = Line(who="R1", whom="A1", amount=80_000, until=until, what="车位晚交的补偿。", each=True)
    await sent_out(
        story, town, case, Draft(facts="车位晚交四个月。", issue="补多少。", blame="双方都认。", lines=(each,))
    )
    for n, member in enumerate(members[:8]):
        vote = MemberVote.NO if n == 4 else MemberVote.YES
        await ratify(case.code, group.code, member.code, vote, **told)  # type: ignore[arg-type]


async def said_of_it(story: Story, town: Town, case: Case, who: Person, other: Person) -> None:
    """Let one complain and be answered, another wait for an answer, and the mediators declare whom they are tied to."""
    words = "上次会上只让对方先说，轮到我时间就到了。"
    first = await complain(case.code, Grievance.PARTIAL, words, by=who, at=story.at)
    found = "看过会议记录：双方各说了二十分钟。已请调解员以后先说清每人多久。"
    await look(first.code, Looked.NOT_UPHELD, found, by=town.staff["director"], at=story.at)
    await complain(case.code, Grievance.SPREAD, "群里有人发了会上的话。", by=other, at=story.at)
    for name, kin, whom in (("mediator", Kin.OTHER_KIN, "示范表弟"), ("mediator2", Kin.NEIGHBOUR, "示范对门")):
        await declare(kin, whom, by=town.staff[name], at=story.at)


async def early(story: Story, town: Town, cases: dict[str, Case]) -> None:
    """Play what takes weeks: kept in part, mended, by word of mouth, before the court."""
    people = town.residents
    await late(story, town, cases["late"], (people[2], people[3]))
    await changed(story, town, cases["changed"], (people[4], people[5]))
    await by_mouth(story, town, cases["oral"])
    for n, (name, deed) in enumerate((("confirmed", Deed.CONFIRM), ("dismissed", Deed.DISMISS)), start=1):
        code = await at_court(story, town, cases[name], (people[0], people[1]))
        await answered(story, town, code, deed, n)
