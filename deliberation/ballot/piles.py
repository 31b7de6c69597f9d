"""清点 — the piles of a yes-or-no ballot, made by the database: one statement over an index of what each head says.

The database keeps with every vote what its papers say together and what it weighs, and refuses strangers; what little
is left, as who refused delivery or contradicts a co-owner, is asked for by an index. The full count (`count.tally`)
reads every paper instead and knows nothing of this one: tellers confirm only what both find.
"""

from collections import defaultdict
from typing import Final

from community.record.reading import many
from deliberation.ballot.count import Tally
from deliberation.ballot.doubts import Doubt, Reason
from deliberation.ballot.heads import doubts_of
from deliberation.ballot.models import Ballot
from deliberation.ballot.roll import How
from deliberation.ballot.rules import DecisionRule, HeadKey, Silence
from deliberation.ballot.shares import NOTHING, Basis, Weight
from deliberation.ballot.silence import joins
from deliberation.ballot.votes import Said
from deliberation.body.models import Body, RollVersion
from deliberation.body.queries import ELECTORATES, scope_of
from deliberation.question.rules import Kind

_BLANK: Final = ""
_PILE: Final = """
SELECT '{word}', {voices}, count(*), {{area}} FROM vote WHERE ballot_id = $1 AND says = '{word}' AND voices = {voices}
"""
_PILES: Final = "UNION ALL".join(_PILE.format(word=word, voices=n) for word in (_BLANK, *Said) for n in (0, 1))
_REPLACED: Final = "SELECT coalesce(sum(replaced), 0) FROM vote WHERE ballot_id = $1 AND papers > 1"
_HELD: Final = """
SELECT h.key FROM vote v JOIN roll_head h ON h.id = v.head_id WHERE v.ballot_id = $1 AND v.says = 'held'
"""
_UNMEASURED: Final = """
SELECT key FROM roll_entry WHERE roll_id = $1 AND (area IS NULL OR area = 0)
AND ($2 = 1 OR coalesce(kind, '') <> 'parking')
"""
_SILENT: Final = """
SELECT coalesce(sum(voices), 0), coalesce(sum(measure), 0) FROM vote WHERE ballot_id = $1 AND says = '' AND head_id IN
    (SELECT d.head_id FROM ballot_delivery d
     WHERE d.ballot_id = $1 AND d.struck_at IS NULL AND d.how IN ({how}) {proven})
"""
_PROVEN: Final = "AND d.warned AND (d.sha256 <> '' OR d.how = 'login' OR coalesce(d.meeting_id, 0) <> 0)"
_REFUSED: Final = """
SELECT DISTINCT h.key FROM ballot_delivery d JOIN roll_head h ON h.id = d.head_id
JOIN vote v ON v.ballot_id = d.ballot_id AND v.head_id = d.head_id
WHERE d.ballot_id = $1 AND d.struck_at IS NULL AND d.how = 'refused' AND v.says = ''
"""


def can(ballot: Ballot, rule: DecisionRule) -> bool:
    """Return whether the database can make the piles: of yes and no, and no two heads of the roll count as one."""
    return ballot.kind is Kind.YES_NO and rule.head_key is HeadKey.EXACT_SET


async def counted(ballot: Ballot, roll: RollVersion, body: Body, rule: DecisionRule) -> Tally:
    """Return what `count.tally` finds on the same roll, deliveries and papers; for a ballot of which it `can` be."""
    piled = await _piles(ballot, roll)
    whole = sum(piled.values(), NOTHING)
    silent = await _silent(ballot, rule) if _BLANK in piled else NOTHING
    joined, unclear = joins(rule, yes=piled["yes"], no=piled["no"], abstain=piled["abstain"], silent=silent)
    held = await _keys(_HELD, ballot.id) if Said.HELD in piled else ()
    wrong = doubts_of(rule, ELECTORATES[roll.basis], scope_of(body), whole, await _unmeasured(roll, rule))
    return Tally(
        whole=whole,
        yes=piled["yes"],
        no=piled["no"],
        abstain=piled["abstain"],
        invalid=piled["invalid"],
        silent=silent,
        silent_as=joined,
        invalid_participates=rule.invalid_participates,
        refused=await _keys(_REFUSED, ballot.id) if _BLANK in piled else (),
        superseded=int((await many(_REPLACED, ballot.id))[0][0]),
        doubts=(*wrong, *([Doubt(Reason.HELD, held)] if held else []), *unclear),
    )


async def _piles(ballot: Ballot, roll: RollVersion) -> defaultdict[str, Weight]:
    """Return what weighs how much, by what is said; blank votes under the empty word.

    A range of the index for each pile takes SQLite less than to group the whole of it, and PostgreSQL as long.
    """
    found: defaultdict[str, Weight] = defaultdict(Weight)
    for says, voices, heads, measure in await many(_PILES.format(area="sum(measure)" if roll.area else "0"), ballot.id):
        if heads:
            found[says] += Weight(voices * heads, int(measure))
    return found


async def _silent(ballot: Ballot, rule: DecisionRule) -> Weight:
    """Return what the heads weigh that were served as the rule asks (`silence.is_served`) and returned nothing."""
    how = ", ".join(f"'{each}'" for each in sorted(rule.served_by, key=list(How).index)) or "''"
    sql = _SILENT.format(how=how, proven=_PROVEN if rule.silence is Silence.MAJORITY else "")
    heads, measure = (await many(sql, ballot.id))[0]
    return Weight(int(heads), int(measure))


async def _unmeasured(roll: RollVersion, rule: DecisionRule) -> tuple[str, ...]:
    """Return the parts without an area, where areas count."""
    return await _keys(_UNMEASURED, roll.id, int(rule.parking_in_area)) if Basis.AREA in rule.basis else ()


async def _keys(sql: str, *values: int) -> tuple[str, ...]:
    return tuple(sorted(str(key) for (key,) in await many(sql, *values)))
