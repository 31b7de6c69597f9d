"""What the models cannot say: partial unique indexes, in SQL that both engines read."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from web.db import search_table


class Migration(migrations.Migration):
    dependencies = [("heyi", "0001_initial")]

    operations = [
        ops.RunPython(search_table.make, search_table.unmake),
        ops.RunSQL(
            "CREATE UNIQUE INDEX room_open ON room (case_id, kind, coalesce(party_id, 0)) WHERE closed_at IS NULL",
            reverse_sql="DROP INDEX room_open",
        ),
        ops.RunSQL(
            "CREATE UNIQUE INDEX room_member_sits ON room_member (room_id, person_id) WHERE until IS NULL",
            reverse_sql="DROP INDEX room_member_sits",
        ),
    ]
