"""How much was done with help, drawn and found true, as open data: counts of five or more alone."""

from community.helping.queries import draws, figures
from community.places.models import Place
from web.api.call import Answer, Ask, Call
from web.words import N_


class LotOut(Answer):
    """The lot of one week in one community: with ``seed`` anybody draws it again."""

    community: str
    week: str
    seed: str


class HelpingOut(Answer):
    """Counts; null where there are fewer than five."""

    done: int | None
    drawn: int | None
    true: int | None
    untrue: int | None
    unreached: int | None
    lots: list[LotOut]


async def show_helping(ask: Ask) -> HelpingOut:  # noqa: ARG001 - of the whole installation
    """Answer with the counts and the lots."""
    lots = await draws(None)
    codes = dict(await Place.filter(id__in=[each.community_id for each in lots]).values_list("id", "code"))
    rows = [LotOut(community=str(codes[each.community_id]), week=each.week, seed=each.seed) for each in lots]
    return HelpingOut(**await figures(None), lots=rows)


calls = [
    Call(
        method="GET",
        path="/helping",
        name="showHelping",
        title=N_("看代办了多少、抽了多少回访、多少属实"),
        do=show_helping,
        answer=HelpingOut,
    ),
]
