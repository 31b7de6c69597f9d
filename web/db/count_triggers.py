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
WHERE v.id = NEW.vote_id AND v.ballot_id = NEW.ballot_id
AND {place}('+' || h.key || '+', '+' || NEW.voice || '+') > 0)"""
_ISSUED: Final = "EXISTS (SELECT 1 FROM vote v WHERE v.ballot_id = NEW.ballot_id AND v.head_id = NEW.head_id)"
REFUSED: Final = {
    "vote": (_OURS, "the head is not on the roll of this ballot"),
    "paper": (_OWNERS, "the voice is not one of the owners of this head"),
    "ballot_delivery": (_ISSUED, "the head has no vote in this ballot"),
}
"""By table, what a new row must satisfy, and why it is refused."""

_FIRST: Final = """UPDATE vote SET papers = 1, says = CASE WHEN set_aside_at IS NULL AND NOT NEW.spoilt THEN NEW.choice
ELSE 'invalid' END WHERE id = NEW.vote_id"""
_STANDS: Final = """NOT EXISTS (SELECT 1 FROM paper q WHERE q.vote_id = p.vote_id AND q."order" > p."order"
AND (q.voice = p.voice OR q.voice = (SELECT h.key FROM roll_head h WHERE h.id = vote.head_id)))"""
_SAID: Final = """CASE WHEN count(*) = 0 THEN 'invalid'
WHEN min(p.choice) = max(p.choice) AND min(p.marks) = max(p.marks) THEN min(p.choice) ELSE 'held' END"""
_LATER: Final = f"""UPDATE vote SET papers = NEW."order",
says = CASE WHEN set_aside_at IS NOT NULL THEN 'invalid' ELSE
    (SELECT {_SAID} FROM paper p WHERE p.vote_id = vote.id AND NOT p.spoilt AND {_STANDS}) END,
replaced = (SELECT count(*) FROM paper p WHERE p.vote_id = vote.id AND NOT {_STANDS})
WHERE id = NEW.vote_id"""  # noqa: S608 - our own words
_ASIDE: Final = "UPDATE vote SET says = 'invalid' WHERE id = NEW.id AND papers > 0 AND set_aside_at IS NOT NULL"
WRITTEN: Final = {
    "paper_first": ('AFTER INSERT ON paper FOR EACH ROW WHEN (NEW."order" = 1)', _FIRST),
    "paper_later": ('AFTER INSERT ON paper FOR EACH ROW WHEN (NEW."order" > 1)', _LATER),
    "vote_aside": ("AFTER UPDATE OF set_aside_at ON vote FOR EACH ROW", _ASIDE),
}
"""By trigger, when it goes off and what it does."""


def sqlite() -> list[str]:
    """Return the statements for SQLite."""
    guards = [
        f"CREATE TRIGGER {table}_ours BEFORE INSERT ON {table} WHEN NOT {must.format(place='instr')} "
        f"BEGIN SELECT RAISE(ABORT, '{why}'); END"
        for table, (must, why) in REFUSED.items()
    ]
    return guards + [f"CREATE TRIGGER {name} {when} BEGIN {deed}; END" for name, (when, deed) in WRITTEN.items()]


def postgres() -> list[str]:
    """Return the statements for PostgreSQL, where a trigger calls a function."""
    made = []
    for table, (must, why) in REFUSED.items():
        body = f"IF NOT {must.format(place='strpos')} THEN RAISE integrity_constraint_violation USING MESSAGE = '{why}'"
        made += _both(f"{table}_ours", f"BEFORE INSERT ON {table} FOR EACH ROW", f"{body}; END IF; RETURN NEW")
    for name, (when, deed) in WRITTEN.items():
        made += _both(name, when, f"{deed}; RETURN NULL")
    return made


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
    tables = {f"{table}_ours": table for table in REFUSED} | {name: name.split("_")[0] for name in WRITTEN}
    for name, table in tables.items():
        await editor.client.execute_query(f"DROP TRIGGER {name}" + ("" if lite else f" ON {table}"))
        if not lite:
            await editor.client.execute_query(f"DROP FUNCTION {name}()")
