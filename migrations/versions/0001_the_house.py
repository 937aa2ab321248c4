"""The house: every table of the walking pyramid, and the two guards of the audit log."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0001_the_house"
down_revision: str | None = None
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

# The log is append-only: a row changes once, when its link in the chain is set, and none is ever deleted.
SQLITE_GUARDS = (
    """
    CREATE TRIGGER audit_entry_changes_once BEFORE UPDATE ON audit_entry
    WHEN OLD.hash IS NOT NULL OR NEW.hash IS NULL OR NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at
      OR NEW.did IS NOT OLD.did OR NEW.subject IS NOT OLD.subject OR NEW.actor_id IS NOT OLD.actor_id
      OR NEW.actor_part IS NOT OLD.actor_part OR NEW.facts IS NOT OLD.facts
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
    """,
    """
    CREATE TRIGGER audit_entry_stays BEFORE DELETE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
    """,
)
POSTGRES_GUARDS = (
    """
    CREATE FUNCTION audit_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'UPDATE' AND OLD.hash IS NULL AND NEW.hash IS NOT NULL
         AND (NEW.id, NEW.at, NEW.did, NEW.subject, NEW.actor_part) = (OLD.id, OLD.at, OLD.did, OLD.subject, OLD.actor_part)
         AND NEW.actor_id IS NOT DISTINCT FROM OLD.actor_id AND NEW.facts::text = OLD.facts::text THEN
        RETURN NEW;
      END IF;
      RAISE EXCEPTION 'the audit log is append-only';
    END $$
    """,
    """
    CREATE TRIGGER audit_entry_guard BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_guard()
    """,
)


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("did", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_part", sa.String(length=60), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("link", sa.Integer(), nullable=True),
        sa.Column("previous", sa.String(length=64), nullable=True),
        sa.Column("hash", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("link", name=op.f("uq_audit_entry_link")),
    )
    op.create_index(op.f("ix_audit_entry_at"), "audit_entry", ["at"], unique=False)
    op.create_index(op.f("ix_audit_entry_subject"), "audit_entry", ["subject"], unique=False)
    op.create_table(
        "edition",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("introduction", sa.String(length=1000), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_edition")),
    )
    op.create_table(
        "job_run",
        sa.Column("job", sa.String(length=60), nullable=False),
        sa.Column("slot", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("job", "slot", name=op.f("pk_job_run")),
    )
    op.create_table(
        "level",
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("asks", sa.String(length=300), nullable=False),
        sa.Column("takes", sa.String(length=120), nullable=False),
        sa.Column("invitation", sa.String(length=80), nullable=False),
        sa.Column("votes", sa.Boolean(), nullable=False),
        sa.Column("by_choice", sa.Boolean(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_level")),
        sa.UniqueConstraint("position", name=op.f("uq_level_position")),
    )
    op.create_table(
        "one_time_code",
        sa.Column("ask", sa.String(length=40), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "sign in",
                "join",
                "answer",
                "hear back",
                "contact",
                name="purpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("ask", name=op.f("pk_one_time_code")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_one_time_code_link_hash")),
    )
    op.create_index(op.f("ix_one_time_code_expires_at"), "one_time_code", ["expires_at"], unique=False)
    op.create_table(
        "partner",
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_partner")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "parent carer",
                "young person",
                "staff",
                name="personkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("job", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("wants_questions", sa.Boolean(), nullable=False),
        sa.Column("wants_answers", sa.Boolean(), nullable=False),
        sa.Column("passes", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "principle",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("meaning", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_principle")),
    )
    op.create_table(
        "seal_key",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("public", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ballot_id", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_seal_key")),
        sa.UniqueConstraint("ballot_id", name=op.f("uq_seal_key_ballot_id")),
    )
    op.create_table(
        "setting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
    )
    op.create_index(op.f("ix_setting_name"), "setting", ["name"], unique=False)
    op.create_table(
        "ballot",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("about", sa.String(length=120), nullable=False),
        sa.Column(
            "roll",
            sa.Enum("open", "fixed", name="roll", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("key_name", sa.String(length=40), nullable=False),
        sa.Column("envelope_size", sa.Integer(), nullable=False),
        sa.Column("rules_digest", sa.String(length=64), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counting_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("spoilt", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["key_name"], ["seal_key.name"], name=op.f("fk_ballot_key_name_seal_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint("about", name=op.f("uq_ballot_about")),
    )
    op.create_table(
        "commitment",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("principle", sa.Integer(), nullable=False),
        sa.Column("partner", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["partner"], ["partner.slug"], name=op.f("fk_commitment_partner_partner")),
        sa.ForeignKeyConstraint(["principle"], ["principle.number"], name=op.f("fk_commitment_principle_principle")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_commitment")),
    )
    op.create_table(
        "contact_point",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "email",
                "mobile",
                "post",
                name="contactkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_contact_point_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_point")),
        sa.UniqueConstraint("person_id", "kind", "address", name=op.f("uq_contact_point_person_id_kind_address")),
    )
    op.create_index("ix_contact_point_address", "contact_point", ["address"], unique=False)
    op.create_index(op.f("ix_contact_point_person_id"), "contact_point", ["person_id"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Boolean(), nullable=True),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_invitation_by_id_person")),
        sa.ForeignKeyConstraint(["level"], ["level.slug"], name=op.f("fk_invitation_level_level")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("address", sa.String(length=254), nullable=True),
        sa.Column("about", sa.String(length=120), nullable=True),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("one_line", sa.String(length=200), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        sa.Column("maker", sa.String(length=40), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("channel", sa.String(length=12), nullable=True),
        sa.Column("message_id", sa.String(length=200), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused", sa.String(length=300), nullable=True),
        sa.CheckConstraint("(person_id IS NULL) <> (address IS NULL)", name=op.f("ck_letter_one_receiver")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_letter_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("key", name=op.f("uq_letter_key")),
    )
    op.create_index(op.f("ix_letter_about"), "letter", ["about"], unique=False)
    op.create_index(
        "ix_letter_due",
        "letter",
        ["not_before"],
        unique=False,
        sqlite_where=sa.text("sent_at IS NULL AND refused_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL AND refused_at IS NULL"),
    )
    op.create_index(op.f("ix_letter_person_id"), "letter", ["person_id"], unique=False)
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("officer", "lead", name="role", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    op.create_index(op.f("ix_role_grant_person_id"), "role_grant", ["person_id"], unique=False)
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "hat",
            sa.Enum("family", "staff", name="hat", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    op.create_index(op.f("ix_sign_in_person_id"), "sign_in", ["person_id"], unique=False)
    op.create_table(
        "standing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["level"], ["level.slug"], name=op.f("fk_standing_level_level")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_standing_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing")),
    )
    op.create_index(op.f("ix_standing_level"), "standing", ["level"], unique=False)
    op.create_index(op.f("ix_standing_person_id"), "standing", ["person_id"], unique=False)
    op.create_index(
        "uq_standing_one_open",
        "standing",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("until_at IS NULL"),
        postgresql_where=sa.text("until_at IS NULL"),
    )
    op.create_table(
        "topic",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("summary", sa.String(length=1000), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "heard",
                "working on it",
                "done",
                "can't",
                "not ours",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("outside", sa.String(length=500), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_word_on", sa.Date(), nullable=True),
        sa.Column("word_owed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_topic_owner_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sa.UniqueConstraint("ref", name=op.f("uq_topic_ref")),
    )
    op.create_index(op.f("ix_topic_next_word_on"), "topic", ["next_word_on"], unique=False)
    op.create_table(
        "envelope",
        sa.Column("ballot_id", sa.LargeBinary(), nullable=False),
        sa.Column("roll_id", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_envelope_ballot_id_ballot")),
        sa.PrimaryKeyConstraint("ballot_id", "roll_id", name=op.f("pk_envelope")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "follower",
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_follower_person_id_person")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_follower_topic_id_topic")),
        sa.PrimaryKeyConstraint("topic_id", "person_id", name=op.f("pk_follower")),
    )
    op.create_table(
        "outcome",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "heard",
                "working on it",
                "done",
                "can't",
                "not ours",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("you_said", sa.String(length=500), nullable=False),
        sa.Column("we_did", sa.Text(), nullable=False),
        sa.Column("for_families", sa.String(length=1000), nullable=False),
        sa.Column("evidence", sa.String(length=500), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("instead", sa.String(length=500), nullable=False),
        sa.Column("to_whom", sa.String(length=200), nullable=False),
        sa.Column("next_word_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_outcome_by_id_person")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_outcome_topic_id_topic")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
    )
    op.create_index(op.f("ix_outcome_published_at"), "outcome", ["published_at"], unique=False)
    op.create_index(op.f("ix_outcome_topic_id"), "outcome", ["topic_id"], unique=False)
    op.create_table(
        "poll",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("why", sa.String(length=1000), nullable=False),
        sa.Column("who_decides", sa.String(length=200), nullable=False),
        sa.Column("where_decided", sa.String(length=200), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("can_change", sa.String(length=500), nullable=False),
        sa.Column("cannot_change", sa.String(length=500), nullable=False),
        sa.Column("next_what", sa.String(length=300), nullable=False),
        sa.Column("next_by", sa.Date(), nullable=True),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=True),
        sa.Column("scheduled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ballot_id", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_poll_ballot_id_ballot")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_poll_topic_id_topic")),
        sa.ForeignKeyConstraint(["written_by_id"], ["person.id"], name=op.f("fk_poll_written_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
        sa.UniqueConstraint("ballot_id", name=op.f("uq_poll_ballot_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_poll_ref")),
    )
    op.create_index(op.f("ix_poll_topic_id"), "poll", ["topic_id"], unique=False)
    op.create_table(
        "roll_entry",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("ballot_id", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("joined_while_open", sa.Boolean(), nullable=False),
        sa.Column("took_part", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_roll_entry_ballot_id_ballot")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_roll_entry_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_entry")),
        sa.UniqueConstraint("ballot_id", "person_id", name=op.f("uq_roll_entry_ballot_id_person_id")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_roll_entry_person_id"), "roll_entry", ["person_id"], unique=False)
    op.create_table(
        "voice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column(
            "about",
            sa.Enum(
                "how things work",
                "my own child",
                name="about",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "speaker",
            sa.Enum(
                "parent carer",
                "young person",
                "child helped by someone",
                name="speaker",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "web",
                "phone",
                "paper",
                "meeting",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("may_quote", sa.Boolean(), nullable=False),
        sa.Column("tell", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_word_on", sa.Date(), nullable=False),
        sa.Column("word_owed", sa.Boolean(), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=True),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("filed_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["filed_by_id"], ["person.id"], name=op.f("fk_voice_filed_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_voice_person_id_person")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_voice_topic_id_topic")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voice")),
        sa.UniqueConstraint("ref", name=op.f("uq_voice_ref")),
    )
    op.create_index(op.f("ix_voice_next_word_on"), "voice", ["next_word_on"], unique=False)
    op.create_index(op.f("ix_voice_person_id"), "voice", ["person_id"], unique=False)
    op.create_index(op.f("ix_voice_received_at"), "voice", ["received_at"], unique=False)
    op.create_index(op.f("ix_voice_topic_id"), "voice", ["topic_id"], unique=False)
    op.create_table(
        "word_promised",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("word_on", sa.Date(), nullable=False),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("missed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_word_promised_topic_id_topic")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_promised")),
    )
    op.create_index(op.f("ix_word_promised_topic_id"), "word_promised", ["topic_id"], unique=False)
    op.create_table(
        "wording",
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("commitment", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("how_we_know", sa.String(length=500), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["commitment"], ["commitment.number"], name=op.f("fk_wording_commitment_commitment")),
        sa.ForeignKeyConstraint(["edition"], ["edition.number"], name=op.f("fk_wording_edition_edition")),
        sa.PrimaryKeyConstraint("edition", "commitment", name=op.f("pk_wording")),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("single", "several", name="questionkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("at_most", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_question_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("poll_id", "position", name=op.f("uq_question_poll_id_position")),
    )
    op.create_table(
        "topic_commitment",
        sa.Column("topic_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("commitment", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition", "commitment"],
            ["wording.edition", "wording.commitment"],
            name=op.f("fk_topic_commitment_edition_commitment_wording"),
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_topic_commitment_topic_id_topic")),
        sa.PrimaryKeyConstraint("topic_id", "edition", "commitment", name=op.f("pk_topic_commitment")),
    )
    op.create_table(
        "turnout",
        sa.Column("poll_id", sa.Uuid(), nullable=False),
        sa.Column("on_roll", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("joined_while_open", sa.Integer(), nullable=False),
        sa.Column("spoilt", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_turnout_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_turnout")),
    )
    op.create_table(
        "voice_text",
        sa.Column("voice_id", sa.Uuid(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum("raw", "cleared", "public", name="stage", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_voice_text_voice_id_voice")),
        sa.PrimaryKeyConstraint("voice_id", "stage", name=op.f("pk_voice_text")),
    )
    op.create_table(
        "option",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("meaning", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_option_question_id_question")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_option")),
        sa.UniqueConstraint("question_id", "position", name=op.f("uq_option_question_id_position")),
    )
    op.create_table(
        "tally",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("option_id", sa.Uuid(), nullable=True),
        sa.Column("chosen", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["option_id"], ["option.id"], name=op.f("fk_tally_option_id_option")),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_tally_question_id_question")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tally")),
        sa.UniqueConstraint("question_id", "option_id", name=op.f("uq_tally_question_id_option_id")),
    )
    op.create_index(op.f("ix_tally_question_id"), "tally", ["question_id"], unique=False)
    for guard in SQLITE_GUARDS if op.get_bind().dialect.name == "sqlite" else POSTGRES_GUARDS:
        op.execute(guard)


def downgrade() -> None:
    op.drop_index(op.f("ix_tally_question_id"), table_name="tally")
    op.drop_table("tally")
    op.drop_table("option")
    op.drop_table("voice_text")
    op.drop_table("turnout")
    op.drop_table("topic_commitment")
    op.drop_table("question")
    op.drop_table("wording")
    op.drop_index(op.f("ix_word_promised_topic_id"), table_name="word_promised")
    op.drop_table("word_promised")
    op.drop_index(op.f("ix_voice_topic_id"), table_name="voice")
    op.drop_index(op.f("ix_voice_received_at"), table_name="voice")
    op.drop_index(op.f("ix_voice_person_id"), table_name="voice")
    op.drop_index(op.f("ix_voice_next_word_on"), table_name="voice")
    op.drop_table("voice")
    op.drop_index(op.f("ix_roll_entry_person_id"), table_name="roll_entry")
    op.drop_table("roll_entry")
    op.drop_index(op.f("ix_poll_topic_id"), table_name="poll")
    op.drop_table("poll")
    op.drop_index(op.f("ix_outcome_topic_id"), table_name="outcome")
    op.drop_index(op.f("ix_outcome_published_at"), table_name="outcome")
    op.drop_table("outcome")
    op.drop_table("follower")
    op.drop_table("envelope")
    op.drop_index(op.f("ix_topic_next_word_on"), table_name="topic")
    op.drop_table("topic")
    op.drop_index(
        "uq_standing_one_open",
        table_name="standing",
        sqlite_where=sa.text("until_at IS NULL"),
        postgresql_where=sa.text("until_at IS NULL"),
    )
    op.drop_index(op.f("ix_standing_person_id"), table_name="standing")
    op.drop_index(op.f("ix_standing_level"), table_name="standing")
    op.drop_table("standing")
    op.drop_index(op.f("ix_sign_in_person_id"), table_name="sign_in")
    op.drop_table("sign_in")
    op.drop_index(op.f("ix_role_grant_person_id"), table_name="role_grant")
    op.drop_table("role_grant")
    op.drop_index(op.f("ix_letter_person_id"), table_name="letter")
    op.drop_index(
        "ix_letter_due",
        table_name="letter",
        sqlite_where=sa.text("sent_at IS NULL AND refused_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL AND refused_at IS NULL"),
    )
    op.drop_index(op.f("ix_letter_about"), table_name="letter")
    op.drop_table("letter")
    op.drop_table("invitation")
    op.drop_index(op.f("ix_contact_point_person_id"), table_name="contact_point")
    op.drop_index("ix_contact_point_address", table_name="contact_point")
    op.drop_table("contact_point")
    op.drop_table("commitment")
    op.drop_table("ballot")
    op.drop_index(op.f("ix_setting_name"), table_name="setting")
    op.drop_table("setting")
    op.drop_table("seal_key")
    op.drop_table("principle")
    op.drop_table("person")
    op.drop_table("partner")
    op.drop_index(op.f("ix_one_time_code_expires_at"), table_name="one_time_code")
    op.drop_table("one_time_code")
    op.drop_table("level")
    op.drop_table("job_run")
    op.drop_table("edition")
    op.drop_index(op.f("ix_audit_entry_subject"), table_name="audit_entry")
    op.drop_index(op.f("ix_audit_entry_at"), table_name="audit_entry")
    op.drop_table("audit_entry")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_entry_guard()")
