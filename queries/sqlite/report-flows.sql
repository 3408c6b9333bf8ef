-- report-flows: how did the two flows fare?
-- Purpose: the counts that the rates of a verification report are of, for each flow.
-- Expected output: one row for each flow that worked on bookings, ended or not; walk-ins are in none. What is eligible or
--   found the house full is counted when it has ended, as gates count it.
-- Threshold: those of the rollout's criteria; the gate judges, this only counts.
-- What to do: `headwaiter verify` shows it beside the criteria; 15 has the rates of the last day.
SELECT flow, count(DISTINCT restaurant_id) AS restaurants, count(*) AS bookings,
  count(*) FILTER (WHERE outcome = 'confirmed') AS bookings_confirmed,
  count(*) FILTER (WHERE standing = 'eligible' AND has_ended) AS eligible,
  count(*) FILTER (WHERE standing = 'eligible' AND outcome = 'confirmed') AS confirmed,
  count(*) FILTER (WHERE standing = 'eligible' AND has_ended AND was_in_review) AS reviewed,
  count(*) FILTER (WHERE standing = 'eligible' AND has_ended AND had_error) AS errors,
  count(*) FILTER (WHERE standing = 'full_house' AND has_ended) AS full_house
FROM v_outcomes
WHERE created_at >= :since AND created_at < :now AND flow IS NOT NULL
GROUP BY flow
ORDER BY flow DESC;
