"""Reading authorisations and what is asked after. A name of the roll is for those who help or check alone."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from tortoise.functions import Count

from community.calendar.rules import ends_at, local_day
from community.errors import Hidden
from community.files.models import Upload
from community.files.queries import files_of
from community.helping.models import Authorisation, Callback, CallDraw, Errand, HelpStop
from community.helping.rules import MOST_A_DAY, Outcome
from community.people.models import Holding, Person
from community.people.roles import holdings_at, places_where, roles_in_place
from community.places.models import Place, PlaceKind, Resident
from community.rights import Right, Role, may

SMALL: Final = 5  # no smaller number is published
MOST: Final = 100  # rows on a page
NOTHING: Final = "没有找到这份代办授权。可能地址抄错了，也可能您还没有权限看。"


async def home_of(resident: Resident) -> int:
    """Return the id of the building a resident lives in; of the community when they live elsewhere."""
    await resident.fetch_related("unit")
    return resident.unit.building_id if resident.unit else resident.community_id


async def helps_in(person: Person, place_id: int, *, at: datetime) -> Role | None:
    """Return the role in which ``person`` may help people of a place; None when they may not."""
    roles = await roles_in_place(person, place_id, at=at)
    return next((role for role in sorted(roles) if may([role], Right.ASSIST)), None)


async def stopped(helper_id: int, community_id: int) -> bool:
    """Return whether this helper may not help for now."""
    return await HelpStop.exists(helper_id=helper_id, community_id=community_id, lifted_at=None)


async def too_many(helper_id: int, *, at: datetime) -> bool:
    """Return whether a helper has done all they may do on a day."""
    began = ends_at(local_day(at) - timedelta(days=1))
    done = Errand.filter(authorisation__helper_id=helper_id, done_at__gte=began)
    return await done.count() >= MOST_A_DAY


async def neighbours(person: Person, typed: str, *, at: datetime) -> list[Resident]:
    """Return the residents of the roll whom ``person`` may help and whom these words mean: a name or a door."""
    words = typed.split()
    places = await places_where(person, Right.ASSIST, at=at)
    if not words or not places:
        return []
    found = Resident.filter(community_id=person.community_id, moved_out=None, name__in=words)
    if not await found.exists():
        found = Resident.filter(community_id=person.community_id, moved_out=None, unit__number__in=words)
    rows = await found.select_related("unit__building").order_by("id").limit(MOST)
    community = await Place.get(id=person.community_id)
    return [row for row in rows if set(places) & set(row.unit.building.ancestors if row.unit else community.ancestors)]


async def authorisation(person: Person, code: str, *, at: datetime) -> Authorisation:
    """Return an authorisation for its resident, its helper, and those who check.

    Raises:
        Hidden: there is none, or it is none of theirs.
    """
    found = await Authorisation.get_or_none(code=code).select_related("resident__unit__building", "helper")
    if found is None or not (person.id == found.helper_id or await _private(person, found, at)):
        raise Hidden(NOTHING)
    return found


async def proof_of(person: Person, code: str, *, at: datetime) -> tuple[Authorisation, Upload]:
    """Return the proof, for the resident and those who check: never for the helper alone.

    Raises:
        Hidden: there is none, or it is none of theirs.
    """
    found = await Authorisation.get_or_none(code=code)
    files = await files_of(found.key) if found and await _private(person, found, at) else []
    if found is None or not files:
        raise Hidden(NOTHING)
    return found, files[0]


async def _private(person: Person, found: Authorisation, at: datetime) -> bool:
    if await Resident.exists(id=found.resident_id, person_id=person.id):
        return True
    return may(await roles_in_place(person, found.community_id, at=at), Right.HELP_CHECK)


async def errands_of(found: Authorisation) -> list[Errand]:
    """Return what it was given for."""
    return await Errand.filter(authorisation_id=found.id).order_by("id")


async def given_to(helper: Person) -> list[Authorisation]:
    """Return the authorisations a helper was given, the newest first."""
    rows = Authorisation.filter(helper_id=helper.id).select_related("resident__unit__building")
    return await rows.order_by("-id").limit(MOST)


async def to_call(person: Person, *, at: datetime) -> list[Callback]:
    """Return the calls that ``person`` may make: never about what they did, or somebody of their own grid."""
    places = await places_where(person, Right.HELP_CHECK, at=at)
    communities = await Place.filter(id__in=places).values_list("community_id", flat=True) if places else []
    rows = Callback.filter(community_id__in=list(communities), closed_at=None)
    found = await rows.select_related("errand__authorisation__resident").order_by("due_at", "id").limit(MOST)
    mine = await grids_of(person.id, at=at)
    theirs = {each: await grids_of(each, at=at) for each in {_helper(row) for row in found}}
    return [row for row in found if _helper(row) != person.id and not mine & theirs[_helper(row)]]


def _helper(row: Callback) -> int:
    return row.errand.authorisation.helper_id


async def grids_of(person_id: int, *, at: datetime) -> set[int]:
    """Return the grids in which somebody holds an office of the grid."""
    rows = holdings_at(at).filter(person_id=person_id, place__kind=PlaceKind.GRID)
    held: list[Holding] = await rows
    return {each.place_id for each in held if each.place_id}


async def stops_in(person: Person, *, at: datetime) -> list[HelpStop]:
    """Return the helpers who are stopped where ``person`` supervises."""
    places = await places_where(person, Right.MATTER_SUPERVISE, at=at)
    communities = await Place.filter(id__in=places).values_list("community_id", flat=True) if places else []
    rows = HelpStop.filter(community_id__in=list(communities), lifted_at=None)
    return await rows.select_related("helper").order_by("id")


async def figures(community_id: int | None) -> Mapping[str, int | None]:
    """Return how many deeds were done, drawn and found true or not, for everybody; None where fewer than `SMALL`."""
    within = {"community_id": community_id} if community_id else {}
    done = await Errand.filter(**within).exclude(done_at=None).count()
    counted = Callback.filter(**within).annotate(n=Count("id")).group_by("outcome")
    by_outcome = {row: int(n) for row, n in await counted.values_list("outcome", "n")}
    found = {"done": done, "drawn": sum(by_outcome.values())}
    found |= {outcome.value: by_outcome.get(outcome, 0) for outcome in Outcome}
    return {name: number if number >= SMALL else None for name, number in found.items()}


async def draws(community_id: int | None) -> list[CallDraw]:
    """Return the latest lots with their seeds, to be drawn again by anybody."""
    rows = CallDraw.filter(**({"community_id": community_id} if community_id else {}))
    return await rows.order_by("-id").limit(12)
