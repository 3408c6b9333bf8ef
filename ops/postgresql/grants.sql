-- What headwaiter_app may do: what the program's statements need, and nothing else. As the owner, after every
-- `headwaiter migrate`; instances that run meanwhile do not notice.
--
--     psql -d headwaiter -U headwaiter_owner -f ops/postgresql/grants.sql
--
-- History is written once: nobody but the owner could change or delete a row of it, and a trigger refuses even that.
-- Functions may be executed by whoever may connect. One runs with its owner's rights, and only headwaiter_app may have it
-- done: it deletes events, and refuses those younger than a day.
\set ON_ERROR_STOP on
BEGIN;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO headwaiter_app;

-- Tables of extensions, such as pg_stat_statements, are none of its business.
SELECT format('REVOKE ALL ON %s FROM headwaiter_app', oid::regclass) FROM pg_class
WHERE relowner = 'headwaiter_owner'::regrole AND relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'S')
\gexec

-- Restaurants, bookings, and what is kept about them. Nothing is deleted.
GRANT SELECT, INSERT, UPDATE ON restaurants, bookings, notices TO headwaiter_app;
GRANT SELECT, INSERT ON booking_assignment_state_history, booking_assignment_attempts, decisions TO headwaiter_app;
GRANT SELECT, INSERT ON observability_events TO headwaiter_app;
REVOKE ALL ON FUNCTION headwaiter_prune_events FROM PUBLIC;
GRANT EXECUTE ON FUNCTION headwaiter_prune_events TO headwaiter_app;

-- Claims on tables and guests' holds. A hold's row is locked before it is deleted, which needs UPDATE on a column.
GRANT SELECT, INSERT, UPDATE, DELETE ON table_claims TO headwaiter_app;
GRANT SELECT, INSERT, UPDATE (expires_at), DELETE ON holds TO headwaiter_app;

-- The queue, leases and permits, messages for live events, running instances.
GRANT SELECT, INSERT, UPDATE, DELETE ON assignment_jobs, leases, instances, breaker_overrides, flags TO headwaiter_app;
GRANT SELECT, INSERT, DELETE ON outbox TO headwaiter_app;
GRANT SELECT, UPDATE (value) ON counters TO headwaiter_app;
GRANT USAGE ON SEQUENCE fencing_tokens, journal_numbers TO headwaiter_app;

-- Access. A key is revoked, never changed or deleted.
GRANT SELECT, INSERT, UPDATE (revoked_at) ON api_keys TO headwaiter_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO headwaiter_app;

-- The rollout. What happened in it is written once, as history is.
GRANT SELECT, UPDATE ON rollout TO headwaiter_app;
GRANT SELECT, INSERT, UPDATE ON rollout_runs TO headwaiter_app;
GRANT SELECT, INSERT ON rollout_records TO headwaiter_app;
GRANT SELECT, INSERT, UPDATE (seen_at), DELETE ON breaker_openings TO headwaiter_app;

-- What shadow found; the rates, and the deadlines that are due.
GRANT SELECT, INSERT, UPDATE (legacy_late), DELETE ON shadow_comparisons TO headwaiter_app;
GRANT SELECT ON v_outcomes, v_eligible, v_deadlines TO headwaiter_app;

-- Better seatings of days, of which only the state changes, and days to look at again.
GRANT SELECT, INSERT, UPDATE (state, decided_at, decided_by), DELETE ON day_plans TO headwaiter_app;
GRANT SELECT, INSERT, UPDATE (cause, asked_at), DELETE ON day_replans TO headwaiter_app;

-- Which migrations are there.
GRANT SELECT ON schema_migrations TO headwaiter_app;

-- A migration to come may bring a table. Until this file is run again, it can be used: an upgrade does not stop halfway.
ALTER DEFAULT PRIVILEGES FOR ROLE headwaiter_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO headwaiter_app;
ALTER DEFAULT PRIVILEGES FOR ROLE headwaiter_owner IN SCHEMA public GRANT USAGE ON SEQUENCES TO headwaiter_app;

COMMIT;
