-- export-events: all events of the window, as CSV
-- Purpose: hands the events to other tools, or keeps them before `headwaiter prune` deletes them.
-- Expected output: one row for each event in order of time; `context` is JSON. No personal data is in events.
-- Threshold: none.
-- What to do: `headwaiter queries run export-events --csv > events.csv`; set `since` for more than a day.
SELECT id, created_at, source, event_type, severity, restaurant_id, booking_id, context AS context
FROM observability_events
WHERE created_at >= :since AND created_at < :now
ORDER BY created_at, id;
