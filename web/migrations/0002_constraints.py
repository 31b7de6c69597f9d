"""What the models cannot say: partial unique indexes, in SQL that both engines read."""

from tortoise import migrations
from tortoise.migrations import operations as ops

from web.db import count_triggers, search_table


class Migration(migrations.Migration):
    dependencies = [("heyi", "0001_initial")]

    operations = [
        ops.RunPython(search_table.make, search_table.unmake),
        ops.RunPython(count_triggers.make, count_triggers.unmake),
        ops.RunSQL(
            "CREATE UNIQUE INDEX room_open ON room (case_id, kind, coalesce(party_id, 0)) WHERE closed_at IS NULL",
            reverse_sql="DROP INDEX room_open",
        ),
        ops.RunSQL(
            "CREATE UNIQUE INDEX room_member_sits ON room_member (room_id, person_id) WHERE until IS NULL",
            reverse_sql="DROP INDEX room_member_sits",
        ),
        ops.RunSQL(
            "CREATE UNIQUE INDEX room_card_reply_holds ON room_card_reply (card_id, party_id) WHERE replaced_at IS NULL",
            reverse_sql="DROP INDEX room_card_reply_holds",
        ),
        ops.RunSQL(
            "ALTER TABLE hiding ADD COLUMN grounded SMALLINT NOT NULL DEFAULT 1 CHECK ("
            "reason IN ('M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7', 'M8', 'M9', 'R1') AND length(trim(words)) > 0"
            " AND (reason <> 'M5' OR measure = 'move') AND (measure <> 'move' OR reason = 'M5')"
            " AND (reason <> 'R1' OR measure = 'limit') AND (measure <> 'limit' OR reason = 'R1')"
            " AND (reason <> 'M6' OR link <> '') AND (reason <> 'M9' OR document <> '')"
            " AND (effective_at IS NULL OR told_at IS NOT NULL))",
            reverse_sql="ALTER TABLE hiding DROP COLUMN grounded",
        ),
        ops.RunSQL(
            "CREATE UNIQUE INDEX body_at_work ON body (place_id, kind) WHERE ended_at IS NULL",
            reverse_sql="DROP INDEX body_at_work",
        ),
        ops.RunSQL(
            "CREATE UNIQUE INDEX meeting_poll_open ON meeting_poll (meeting_id) WHERE closed_at IS NULL",
            reverse_sql="DROP INDEX meeting_poll_open",
        ),
        ops.RunSQL(
            "CREATE UNIQUE INDEX speak_slot_speaking ON speak_slot (meeting_id) WHERE turn = 'speaking'",
            reverse_sql="DROP INDEX speak_slot_speaking",
        ),
        ops.RunSQL(
            "CREATE UNIQUE INDEX endorsement_helped ON endorsement (matter_id, resident_id) WHERE person_id IS NULL",
            reverse_sql="DROP INDEX endorsement_helped",
        ),
        ops.RunSQL(
            "CREATE UNIQUE INDEX help_stop_runs ON help_stop (helper_id, community_id) WHERE lifted_at IS NULL",
            reverse_sql="DROP INDEX help_stop_runs",
        ),
        ops.RunSQL(
            "CREATE UNIQUE INDEX speak_slot_waits ON speak_slot (seat_id) WHERE turn IN ('waiting', 'speaking')",
            reverse_sql="DROP INDEX speak_slot_waits",
        ),
        ops.RunSQL(
            "CREATE UNIQUE INDEX vote_slip_in_force ON vote_slip (ballot_id, head_id) WHERE ended_at IS NULL",
            reverse_sql="DROP INDEX vote_slip_in_force",
        ),
        ops.RunSQL(
            "CREATE UNIQUE INDEX handover_open ON handover (case_id) WHERE state IN ('proposed', 'sent')",
            reverse_sql="DROP INDEX handover_open",
        ),
        ops.RunSQL(
            "CREATE UNIQUE INDEX proceeding_open ON proceeding (case_id) WHERE ended_on IS NULL",
            reverse_sql="DROP INDEX proceeding_open",
        ),
        ops.RunSQL(
            "CREATE UNIQUE INDEX assignment_leads ON assignment (case_id) WHERE until IS NULL",
            reverse_sql="DROP INDEX assignment_leads",
        ),
        ops.RunSQL(
            "CREATE UNIQUE INDEX period_runs ON period (case_id, clock, rule) WHERE ended_at IS NULL",
            reverse_sql="DROP INDEX period_runs",
        ),
        ops.RunSQL(
            "CREATE UNIQUE INDEX period_main ON period (case_id) WHERE ended_at IS NULL AND waits_since IS NULL AND"
            " clock IN ('T_REVIEW', 'T_SUPPLEMENT', 'T_INVITE', 'T_SUSPEND_REVIEW', 'T_HANDOVER', 'T_CLOSE',"
            " 'T_ARCHIVE')",
            reverse_sql="DROP INDEX period_main",
        ),
        ops.RunSQL(
            "CREATE INDEX period_open ON period (due, case_id) WHERE ended_at IS NULL AND waits_since IS NULL",
            reverse_sql="DROP INDEX period_open",
        ),
        ops.RunSQL(
            "CREATE INDEX roll_entry_unmeasured ON roll_entry (roll_id) WHERE area IS NULL OR area = 0",
            reverse_sql="DROP INDEX roll_entry_unmeasured",
        ),
        ops.RunSQL(
            "CREATE UNIQUE INDEX confirmation_open ON court_confirmation (case_id)"
            " WHERE stage IN ('preparing', 'applied', 'filed', 'supplement')",
            reverse_sql="DROP INDEX confirmation_open",
        ),
        ops.RunSQL(
            "CREATE UNIQUE INDEX paper_dossier_number ON paper_dossier (org_id, number) WHERE stage <> 'returned'",
            reverse_sql="DROP INDEX paper_dossier_number",
        ),
        ops.RunSQL(
            "CREATE UNIQUE INDEX kept_claim_live ON kept_claim (obligation_id) WHERE stage IN ('open', 'denied', 'silent')",
            reverse_sql="DROP INDEX kept_claim_live",
        ),
    ]
