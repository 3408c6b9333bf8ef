-- report-tables: how were tables found?
-- Purpose: the strategies and joined tables of what was confirmed of the bookings that were made in the window.
-- Expected output: one row for each flow, strategy and number of tables.
-- Threshold: none; few joined tables keep the floor flexible.
-- What to do: `headwaiter plan --decision ID` shows the scores of one decision.
SELECT coalesce(assignment_flow, '-') AS flow, coalesce(assignment_strategy, '-') AS strategy,
  json_array_length(tables) AS tables, count(*) AS bookings, sum(party_size) AS covers
FROM bookings
WHERE created_at >= :since AND created_at < :now
  AND outcome = 'confirmed' AND json_array_length(tables) > 0
GROUP BY 1, 2, 3
ORDER BY bookings DESC, flow, strategy, tables;
