"""Is the file complete: one question an item, asked of the rows; what does not apply to a matter is not asked."""

from community.moderation.models import Appeal
from deliberation.archive.rules import Item
from deliberation.ballot.models import Ballot, Result
from deliberation.matter.models import Matter, Screening, Sitting, Study
from deliberation.outcome.models import Evaluation, Execution, Milestone, Note
from deliberation.publicity.models import Objection, Publication
from deliberation.publicity.rules import Kind


async def missing(matter: Matter) -> list[Item]:
    """Return what the file of a matter lacks, in the order of the table."""
    found = await _before(matter) | await _ballot(matter) | await _after(matter)
    return [item for item in Item if not found.get(item, True)]


async def _before(matter: Matter) -> dict[Item, bool]:
    appeals = Appeal.filter(hiding__subject=f"matter-{matter.id}", answered_at=None)
    return {
        Item.SCREENING: await Screening.exists(matter_id=matter.id),
        Item.STUDY: await Study.exists(matter_id=matter.id),
        Item.MINUTES: await Sitting.exists(matter_id=matter.id),
        Item.MODERATION: not await appeals.exists(),
    }


async def _ballot(matter: Matter) -> dict[Item, bool]:
    """Ask for what belongs to a vote; of a matter that expired before there was one only the reasons are kept."""
    ballot = await Ballot.filter(matter_id=matter.id).order_by("-attempt").first()
    hung = await Publication.filter(matter_id=matter.id).order_by("id")
    kinds = {each.kind for each in hung}
    objections = Objection.filter(publication__matter_id=matter.id, verdict=None)
    return {
        Item.ROLL: ballot is not None,
        Item.NOTICE: Kind.BEFORE in kinds,
        Item.RESULT: ballot is not None and await Result.exists(ballot_id=ballot.id) and Kind.RESULT in kinds,
        Item.PHOTOS: all(each.photos for each in hung),
        Item.DAYS: all(each.ended_at for each in hung),
        Item.OBJECTIONS: not await objections.exists(),
    }


async def _after(matter: Matter) -> dict[Item, bool]:
    execution = await Execution.get_or_none(matter_id=matter.id)
    notes = await Note.exists(matter_id=matter.id, answered_at=None)
    if execution is None:
        passed = await Result.exists(ballot__matter_id=matter.id, outcome__in=("passed", "answered"))
        return {Item.PLAN: not passed, Item.NOTES: not notes}
    undone = Milestone.filter(execution_id=execution.id, dropped_at=None, done_at=None)
    return {
        Item.PLAN: True,
        Item.EVIDENCE: not await undone.exists(),
        Item.EVALUATION: await Evaluation.filter(matter_id=matter.id).exclude(closed_at=None).exists(),
        Item.NOTES: not notes,
    }
