-- report-flags: who changed which flag?
-- Purpose: what was set, and by whom, while the run went on.
-- Expected output: one row for each change, in order of time.
-- Threshold: none.
-- What to do: `headwaiter flags` shows what holds now.
\if :{?since}
\else
\set since '24 hours'
\endif
\set QUIET on
BEGIN READ ONLY;
SELECT created_at AS changed_at, context->>'flag' AS flag, context->>'value' AS value, context->>'actor' AS actor,
  context->>'reason' AS reason
FROM observability_events
WHERE created_at >= now() - :'since'::interval AND created_at < now() AND event_type = 'flag.changed'
ORDER BY created_at, id
LIMIT 200;
COMMIT;
