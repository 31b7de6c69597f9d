"""What the database does about papers by itself, in the words of either engine.

It refuses the vote of a head that is not on the roll of its ballot, a paper in the voice of nobody who owns that head,
and a delivery to a head that has no vote. It writes to each vote how many papers it has and what they say together
(`deliberation.ballot.votes.said`), so that every pile is a range of an index. What it writes is held against the full
count whenever a teller confirms.
"""

from typing import Any, Final

_OURS: Final = """EXISTS (SELECT 1 FROM ballot b JOIN roll_head h ON h.roll_id = b.roll_id
WHERE b.id = NEW.ballot_id AND h.id = NEW.head_id)"""
_OWNERS: Final = """EXISTS (SELECT 1 FROM vote v JOIN roll_head h ON h.id = v.head_id
WHERE v.id = {row}.vote_id AND v.ballot_id = {row}.ballot_id
AND {place}('+' || h.key || '+', '+' || {row}.voice || '+') > 0)"""
_ISSUED: Final = "EXISTS (SELECT 1 FROM vote v WHERE v.ballot_id = NEW.ballot_id AND v.head_id = NEW.head_id)"
REFUSED: Final = {
    "vote": (_OURS, "the head is not on the roll of this ballot"),
    "paper": (_OWNERS, "the voice is not one of the owners of this head"),
    "ballot_delivery": (_ISSUED, "the head has no vote in this ballot"),
}
"""By table, what a new row must satisfy, and why it is refused."""

_STANDS: Final = """NOT EXISTS (SELECT 1 FROM paper q WHERE q.vote_id = p.vote_id AND q."order" > p."order"
AND (q.voice = p.voice OR q.voice = (SELECT h.key FROM roll_head h WHERE h.id = vote.head_id)))"""
_SAID: Final = """CASE WHEN count(*) = 0 THEN 'invalid'
WHEN min(p.choice) = max(p.choice) AND min(p.marks) = max(p.marks) THEN min(p.choice) ELSE 'held' END"""
_SAYS: Final = f"(SELECT {_SAID} FROM paper p WHERE p.vote_id = vote.id AND NOT p.spoilt AND {_STANDS})"  # noqa: S608
_REPLACED: Final = f"(SELECT count(*) FROM paper p WHERE p.vote_id = vote.id AND NOT {_STANDS})"  # noqa: S608
"""What the papers of a vote say together, and how many of them no longer count."""

_FIRST: Final = """UPDATE vote SET papers = 1, says = CASE WHEN set_aside_at IS NULL AND NOT NEW.spoilt THEN NEW.choice
ELSE 'invalid' END WHERE id = NEW.vote_id"""
_LATER: Final = f"""UPDATE vote SET papers = NEW."order", replaced = {_REPLACED},
says = CASE WHEN set_aside_at IS NOT NULL THEN 'invalid' ELSE {_SAYS} END
WHERE id = NEW.vote_id"""  # noqa: S608 - our own words
_ASIDE: Final = "UPDATE vote SET says = 'invalid' WHERE id = NEW.id AND papers > 0 AND set_aside_at IS NOT NULL"
_SET_ASIDE: Final = ("AFTER UPDATE OF set_aside_at ON vote FOR EACH ROW", _ASIDE)
WRITTEN: Final = {
    "paper_first": ('AFTER INSERT ON paper FOR EACH ROW WHEN (NEW."order" = 1)', _FIRST),
    "paper_later": ('AFTER INSERT ON paper FOR EACH ROW WHEN (NEW."order" > 1)', _LATER),
    "vote_aside": _SET_ASIDE,
}
"""On SQLite, by trigger, when it goes off and what it does."""

_TOGETHER: Final = f"""UPDATE vote SET papers = f.papers,
says = CASE WHEN set_aside_at IS NOT NULL THEN 'invalid' WHEN f.papers = 1 THEN f.word ELSE {_SAYS} END,
replaced = CASE WHEN f.papers = 1 THEN 0 ELSE {_REPLACED} END
FROM (SELECT vote_id, max("order") AS papers, min(CASE WHEN spoilt THEN 'invalid' ELSE choice END) AS word
    FROM fresh GROUP BY vote_id) f WHERE f.vote_id = vote.id"""  # noqa: S608 - our own words
_ALL: Final = "AFTER INSERT ON paper REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT"
"""On PostgreSQL papers that come together are looked at together, by one question each."""


def sqlite() -> list[str]:
    """Return the statements for SQLite."""
    guards = [
        f"CREATE TRIGGER {table}_ours BEFORE INSERT ON {table} WHEN NOT {must.format(place='instr', row='NEW')} "
        f"BEGIN SELECT RAISE(ABORT, '{why}'); END"
        for table, (must, why) in REFUSED.items()
    ]
    return guards + [f"CREATE TRIGGER {name} {when} BEGIN {deed}; END" for name, (when, deed) in WRITTEN.items()]


def postgres() -> list[str]:
    """Return the statements for PostgreSQL, where a trigger calls a function."""
    made = []
    for table in ("vote", "ballot_delivery"):
        must, why = REFUSED[table]
        made += _both(f"{table}_ours", f"BEFORE INSERT ON {table} FOR EACH ROW", f"{_unless(must, why)}; RETURN NEW")
    must, why = REFUSED["paper"]
    strange = f"EXISTS (SELECT 1 FROM fresh f WHERE NOT {must.format(place='strpos', row='f')})"  # noqa: S608
    made += _both("paper_put", _ALL, f"{_unless(f'NOT {strange}', why)}; {_TOGETHER}; RETURN NULL")
    when, deed = _SET_ASIDE
    return made + _both("vote_aside", when, f"{deed}; RETURN NULL")


def _unless(must: str, why: str) -> str:
    return f"IF NOT ({must}) THEN RAISE integrity_constraint_violation USING MESSAGE = '{why}'; END IF"


def _both(name: str, when: str, body: str) -> list[str]:
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; END $$",
        f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()",
    ]


async def make(_apps: object, editor: Any) -> None:
    """Create them."""
    for sql in sqlite() if editor.client.capabilities.dialect == "sqlite" else postgres():
        await editor.client.execute_query(sql)


async def unmake(_apps: object, editor: Any) -> None:
    """Drop them."""
    lite = editor.client.capabilities.dialect == "sqlite"
    for name in [f"{table}_ours" for table in REFUSED] + list(WRITTEN) if lite else ():
        await editor.client.execute_query(f"DROP TRIGGER {name}")
    for name in () if lite else ("vote_ours", "ballot_delivery_ours", "paper_put", "vote_aside"):
        await editor.client.execute_query(f"DROP FUNCTION {name}() CASCADE")
