using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CustomerFeedback.Analytics.Data.Migrations;

/// <summary>The event store, the facts, the rollups, and how they are partitioned and copied.</summary>
[DbContext(typeof(AnalyticsDbContext))]
[Migration("20261122060000_StoreAndFacts")]
internal sealed class StoreAndFacts : Migration
{
    private const string Slices = """
        type text, category text, subcategory text, complaint_level int, urgency text, complex boolean, channel text, segment text, service_stage text,
        product text, region text, store text, team text, agent text
        """;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(Store);
        migrationBuilder.Sql(Facts);
        migrationBuilder.Sql(Functions);
        // A year back, so that what is brought in later finds its place; the rest goes to the default partitions.
        migrationBuilder.Sql("SELECT make_partitions(12, 3)");
    }

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            DROP SCHEMA facts CASCADE;
            DROP TABLE jobs, projection, events;
            DROP SEQUENCE event_seq;
            DROP FUNCTION make_partitions(int, int);
            DROP FUNCTION make_partition(regclass, date);
            DROP FUNCTION copy_schema(text, text);
            """
        );

    private const string Store = """
        CREATE SEQUENCE event_seq;
        CREATE TABLE events (
            id uuid NOT NULL,
            type text NOT NULL,
            thread text NOT NULL,
            number text,
            customer_id uuid,
            subject_id text NOT NULL,
            version int NOT NULL,
            occurred_at timestamptz NOT NULL,
            stored_at timestamptz NOT NULL DEFAULT now(),
            seq bigint NOT NULL DEFAULT nextval('event_seq'),
            body jsonb NOT NULL,
            PRIMARY KEY (id, occurred_at)
        ) PARTITION BY RANGE (occurred_at);
        CREATE TABLE events_default PARTITION OF events DEFAULT;
        CREATE INDEX events_thread ON events (thread);
        CREATE INDEX events_customer ON events (customer_id) WHERE customer_id IS NOT NULL;
        CREATE INDEX events_seq ON events (seq);

        CREATE TABLE projection (id int PRIMARY KEY, seq bigint NOT NULL, as_of timestamptz NOT NULL) WITH (fillfactor = 50);

        CREATE TABLE jobs (
            id text PRIMARY KEY,
            kind text NOT NULL,
            state text NOT NULL,
            requested_by text NOT NULL,
            created_at timestamptz NOT NULL,
            started_at timestamptz,
            finished_at timestamptz,
            progress double precision NOT NULL,
            result jsonb,
            error text
        );
        CREATE INDEX jobs_open ON jobs (created_at) WHERE state IN ('queued', 'running');
        """;

    private const string Facts = $"""
        CREATE SCHEMA facts;
        CREATE TABLE facts.ticket_facts (
            number text PRIMARY KEY,
            ticket_id uuid, request_id uuid, customer_id uuid, customer_type text, new_customer boolean, language text, source text, recorded_by text,
            received_at timestamptz, opened_at timestamptz, status text, episode int NOT NULL,
            first_contact_at timestamptz, resolved_at timestamptz, closed_at timestamptz, confirmation text, first_contact_resolution boolean,
            reopened int NOT NULL, escalated int NOT NULL, first_contact_seconds double precision, resolution_seconds double precision,
            is_recovery boolean NOT NULL, recovery_response_id uuid, recovery_of text,
            {Slices}
        ) WITH (fillfactor = 70);
        CREATE INDEX ticket_facts_received ON facts.ticket_facts (received_at);
        CREATE INDEX ticket_facts_recovery ON facts.ticket_facts (recovery_response_id) WHERE recovery_response_id IS NOT NULL;

        CREATE TABLE facts.clock_facts (
            instance uuid PRIMARY KEY,
            number text NOT NULL, clock text NOT NULL, episode int NOT NULL, started_at timestamptz, due_at timestamptz,
            target_seconds double precision NOT NULL, consumed_seconds double precision NOT NULL, ended_at timestamptz, met_at timestamptz,
            state text NOT NULL, breached boolean NOT NULL, breach_cause text, breached_at timestamptz, cancel_reason text, marks text[] NOT NULL,
            {Slices}
        ) WITH (fillfactor = 70);
        CREATE INDEX clock_facts_number ON facts.clock_facts (number);
        CREATE INDEX clock_facts_due ON facts.clock_facts (due_at);

        CREATE TABLE facts.response_facts (
            response_id uuid NOT NULL, submitted_at timestamptz NOT NULL, thread text NOT NULL, invitation_id uuid,
            questionnaire text NOT NULL, questionnaire_version int NOT NULL, number text, episode int, customer_id uuid,
            mode text NOT NULL, language text NOT NULL, duration_seconds int, flags text[] NOT NULL,
            pilot boolean NOT NULL, complete boolean NOT NULL, counted boolean NOT NULL,
            overall double precision, overall_scale int, nps int, ces int, solved boolean, csi double precision,
            {Slices},
            PRIMARY KEY (response_id, submitted_at)
        ) PARTITION BY RANGE (submitted_at);
        CREATE TABLE facts.response_facts_default PARTITION OF facts.response_facts DEFAULT;
        CREATE INDEX response_facts_thread ON facts.response_facts (thread);
        CREATE INDEX response_facts_submitted ON facts.response_facts (submitted_at);

        CREATE TABLE facts.response_scores (
            response_id uuid NOT NULL, submitted_at timestamptz NOT NULL, dimension text NOT NULL, score double precision NOT NULL, scale int NOT NULL,
            PRIMARY KEY (response_id, dimension, submitted_at)
        ) PARTITION BY RANGE (submitted_at);
        CREATE TABLE facts.response_scores_default PARTITION OF facts.response_scores DEFAULT;

        CREATE TABLE facts.invitation_facts (
            invitation_id uuid PRIMARY KEY,
            thread text NOT NULL, number text, episode int, questionnaire text, customer_id uuid, sent_by text, state text NOT NULL, reason text,
            invited_at timestamptz, opened_at timestamptz, started_at timestamptz, completed_at timestamptz, expires_at timestamptz,
            {Slices}
        ) WITH (fillfactor = 70);
        CREATE INDEX invitation_facts_thread ON facts.invitation_facts (thread);
        CREATE INDEX invitation_facts_invited ON facts.invitation_facts (invited_at);

        CREATE TABLE facts.rollups (
            view text NOT NULL, grain text NOT NULL, measure text NOT NULL, bucket date NOT NULL, key text NOT NULL, bin int NOT NULL,
            n bigint NOT NULL, sum numeric(38, 4) NOT NULL, sum_sq numeric(38, 8) NOT NULL,
            PRIMARY KEY (view, grain, measure, bucket, key, bin)
        ) WITH (fillfactor = 60);
        """;

    private const string Functions = """
        -- The partition of one month, in UTC; what was kept for it in the default partition moves over.
        CREATE FUNCTION make_partition(parent regclass, month date) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE
            space text;
            name text;
            part text;
            col text := (regexp_match(pg_get_partkeydef(parent), '\((\w+)\)'))[1];
            low timestamptz := month::timestamp AT TIME ZONE 'UTC';
            high timestamptz := (month + interval '1 month') AT TIME ZONE 'UTC';
        BEGIN
            SELECT n.nspname, c.relname INTO space, name
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = parent;
            part := format('%I.%I', space, name || to_char(month, '_YYYY_MM'));
            IF to_regclass(part) IS NOT NULL THEN
                RETURN;
            END IF;
            EXECUTE format('CREATE TABLE %s (LIKE %s INCLUDING DEFAULTS)', part, parent);
            EXECUTE format(
                'WITH early AS (DELETE FROM %I.%I WHERE %I >= %L AND %I < %L RETURNING *) INSERT INTO %s SELECT * FROM early',
                space, name || '_default', col, low, col, high, part);
            EXECUTE format('ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (%L) TO (%L)', parent, part, low, high);
        END $$;

        -- Partitions of every partitioned table, from so many months ago to so many ahead. One caller at a time.
        CREATE FUNCTION make_partitions(back int, ahead int) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_advisory_xact_lock(hashtext('analytics partitions'));
            PERFORM make_partition(c.oid::regclass, m::date)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
                generate_series(date_trunc('month', now() AT TIME ZONE 'UTC') - make_interval(months => back),
                    date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => ahead), interval '1 month') m
            WHERE c.relkind = 'p' AND n.nspname IN ('public', 'facts')
            ORDER BY n.nspname DESC, c.relname, m;
        END $$;

        -- A schema's tables, empty, in a new schema: indexes, partitions and storage parameters too.
        CREATE FUNCTION copy_schema(source text, target text) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE
            t record;
            options text;
        BEGIN
            EXECUTE format('CREATE SCHEMA %I', target);
            FOR t IN
                SELECT c.oid, c.relname, c.relkind, c.reloptions, c.relispartition, pg_get_expr(c.relpartbound, c.oid) AS bound,
                    (SELECT p.relname FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent WHERE i.inhrelid = c.oid) AS parent
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = source AND c.relkind IN ('r', 'p')
                ORDER BY c.relispartition, c.relname
            LOOP
                options := CASE WHEN t.reloptions IS NULL THEN '' ELSE format(' WITH (%s)', array_to_string(t.reloptions, ', ')) END;
                IF t.relispartition THEN
                    EXECUTE format('CREATE TABLE %I.%I PARTITION OF %I.%I %s%s', target, t.relname, target, t.parent, t.bound, options);
                ELSIF t.relkind = 'p' THEN
                    EXECUTE format('CREATE TABLE %I.%I (LIKE %I.%I INCLUDING ALL) PARTITION BY %s',
                        target, t.relname, source, t.relname, pg_get_partkeydef(t.oid));
                ELSE
                    EXECUTE format('CREATE TABLE %I.%I (LIKE %I.%I INCLUDING ALL)%s', target, t.relname, source, t.relname, options);
                END IF;
            END LOOP;
        END $$;
        """;
}
