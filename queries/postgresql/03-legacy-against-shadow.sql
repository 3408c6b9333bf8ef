-- 03 legacy-against-shadow: would V3 have done better than legacy?
-- Purpose: compares what both flows made of the same snapshots, and shows how much of the difference is noise.
-- Expected output: one row for each verdict. `noise` counts verdicts of legacy against itself, on a sample of 5 %.
-- Threshold: `legacy_only` not above `v3_only` by more than 5 points; no `shadow_error`; `legacy_better` near its
--   noise.
-- What to do: `headwaiter events --booking ID` on some bookings of a bad verdict; do not advance the rollout before
--   it is clear.
\if :{?since}
\else
\set since '24 hours'
\endif
\set QUIET on
BEGIN READ ONLY;
SELECT verdict, sum(counted) AS bookings,
  round(100.0 * sum(counted) / nullif(sum(sum(counted)) OVER (), 0), 1) AS share_percent, sum(late) AS legacy_late,
  round(avg(legacy_spare_seats)::numeric, 2) AS legacy_spare_seats,
  round(avg(v3_spare_seats)::numeric, 2) AS v3_spare_seats,
  round(avg(legacy_ms)::numeric, 1) AS legacy_ms, round(avg(v3_ms)::numeric, 1) AS v3_ms, sum(noise) AS noise
FROM (
  SELECT verdict, 1 AS counted, CASE WHEN legacy_late THEN 1 ELSE 0 END AS late, legacy_spare_seats, v3_spare_seats,
    legacy_ms, v3_ms, 0 AS noise
  FROM shadow_comparisons WHERE created_at >= now() - :'since'::interval
  UNION ALL
  SELECT noise_verdict, 0, 0, NULL, NULL, NULL, NULL, 1
  FROM shadow_comparisons WHERE created_at >= now() - :'since'::interval AND noise_verdict IS NOT NULL
) AS compared
GROUP BY verdict
ORDER BY bookings DESC, verdict;
COMMIT;
