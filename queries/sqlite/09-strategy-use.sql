-- 09 strategy-use: which strategies find the tables?
-- Purpose: shows which of the engine's strategies proposed what was confirmed.
-- Expected output: one row for each strategy; legacy has only its best fit.
-- Threshold: none; a sudden change after a change of floor or release is worth a look.
-- What to do: `headwaiter plan --decision ID` shows the scores of one decision, part by part.
SELECT coalesce(strategy, '-') AS strategy, coalesce(metadata->>'flow', '-') AS flow, count(*) AS confirmed,
  round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS share_percent
FROM booking_assignment_attempts
WHERE created_at >= :since AND result = 'success'
GROUP BY 1, 2
ORDER BY confirmed DESC, strategy;
