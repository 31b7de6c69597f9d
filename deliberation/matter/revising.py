"""改文字 — a new version, whoever wrote it: judged by the rule, seconds asked again, amendments carried along."""

from collections.abc import Mapping
from datetime import datetime

from community.errors import Unfit
from community.people.models import Person
from community.timers.commands import set_timer
from deliberation.body.models import Body
from deliberation.matter.meaning import Change, Verdict, judge
from deliberation.matter.models import Amendment, Endorsement, Fate, Matter, MatterVersion
from deliberation.matter.moving import move
from deliberation.matter.paragraphs import carried, words_of
from deliberation.matter.queries import text_of
from deliberation.matter.seconding import hold, recount
from deliberation.matter.states import State
from deliberation.matter.support import SHORTEST, confirm_by, hours_to_confirm
from deliberation.matter.text import Text, check
from deliberation.matter.workflow import Verb


async def rewrite(
    matter: Matter, verb: Verb, text: Text, declared: Change, *, by: Person, at: datetime, **facts: object
) -> MatterVersion:
    """Give the matter new words; call it inside a command that has checked who may.

    Raises:
        Unfit: nothing changed, or the meaning did and too little time is left to ask those who seconded.
    """
    check(text)
    await hold(matter)
    old = await text_of(matter)
    if old.hash == text.hash:
        raise Unfit("文字没有改动，不用保存。", field="form")
    verdict = judge(words_of(old), text, declared)
    draft, number = matter.state is State.DRAFT, matter.version + 1
    asking = {} if draft else await _ask(matter, verdict, number, by, at)
    await move(
        matter,
        verb,
        by=by,
        at=at,
        set_version=number,
        set_title=text.title,
        set_meaning_since=number if draft else asking.get("since", matter.meaning_since),
        set_confirm_by=asking.get("until", matter.confirm_by),
        version=number,
        hash=text.hash,
        change="" if draft else verdict.change,
        asked=asking.get("asked", 0),
        outdated=await _carry(matter.id, carried(old, text), number, at),
        **facts,
    )
    await recount(matter)
    return await write(matter, text, None if draft else verdict, by=by, at=at)


async def write(matter: Matter, text: Text, verdict: Verdict | None, *, by: Person, at: datetime) -> MatterVersion:
    """Store the words as the version that the matter stands at."""
    return await MatterVersion.create(
        matter=matter,
        number=matter.version,
        title=text.title,
        what=text.what,
        cost=text.cost,
        who=text.who,
        body=text.body,
        hash=text.hash,
        change=verdict.change if verdict else None,
        signs=" ".join(verdict.signs) if verdict else "",
        written_by=by,
        written_at=at,
    )


async def _ask(matter: Matter, verdict: Verdict, number: int, by: Person, at: datetime) -> dict[str, object]:
    """Ask those who seconded again when the meaning changed; who changed it is taken to stand by it."""
    if verdict.change is Change.WORDS:
        return {}
    given = Endorsement.filter(matter_id=matter.id, ended=None)
    await given.filter(person_id=by.id).update(version=number)
    asked = await given.filter(version__lt=number).count()
    if not asked:
        return {"since": number, "until": None}
    until = await _until(matter, asked, at)
    await set_timer("matter.unconfirmed", f"matter-{matter.id}", until, community_id=matter.community_id)
    return {"since": number, "until": until, "asked": asked}


async def _until(matter: Matter, asked: int, at: datetime) -> datetime:
    body = await Body.get(id=matter.body_id)
    ends_at = matter.due_at if matter.state is State.ENDORSING else None
    until = confirm_by(at, hours_to_confirm(asked, body.confirm_hours), ends_at)
    if until is None:
        raise Unfit(
            "改了意思，要给附议的人留 {hours} 小时重新确认，附议期剩下的时间不够了。请只改字句，或者到期以后再改。",
            field="form",
            hours=SHORTEST,
        )
    return until


async def _carry(matter_id: int, kept: Mapping[str, str], number: int, at: datetime) -> list[str]:
    """Take open amendments along to the new version and return the codes of those whose part was changed under them."""
    outdated = []
    for each in await Amendment.filter(matter_id=matter_id, state=Fate.OPEN).order_by("id"):
        if each.part in kept:
            await Amendment.filter(id=each.id).update(version=number, part=kept[each.part])
        else:
            outdated.append(each.code)
    gone = Amendment.filter(code__in=outdated, state=Fate.OPEN)
    await gone.update(state=Fate.OUTDATED, became=number, answered_at=at)
    return outdated
