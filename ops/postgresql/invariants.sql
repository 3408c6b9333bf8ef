-- What must be zero at any time, counted in one snapshot; after a restore, say.
--
--     psql -d headwaiter -f ops/postgresql/invariants.sql
SELECT 'parties that overlap on a table' AS what, count(*) AS found
FROM table_claims AS one JOIN table_claims AS other
  ON one.restaurant_id = other.restaurant_id AND one.table_number = other.table_number AND one.id < other.id
  AND one.window_start < other.window_end AND other.window_start < one.window_end
WHERE one.kind <> 'block' OR other.kind <> 'block'
UNION ALL
SELECT 'confirmed without a table', count(*) FROM bookings
WHERE assignment_state = 'confirmed' AND status IN ('confirmed', 'seated')
  AND NOT EXISTS (SELECT 1 FROM table_claims WHERE booking_id = bookings.id)
UNION ALL
SELECT 'history that does not lead to the state', count(*) FROM bookings
WHERE (assignment_state_version, assignment_state) IS DISTINCT FROM (
    SELECT (version, to_state) FROM booking_assignment_state_history AS history
    WHERE history.restaurant_id = bookings.restaurant_id AND history.booking_id = bookings.id
    ORDER BY version DESC LIMIT 1)
  OR assignment_state_version <> (
    SELECT count(*) FROM booking_assignment_state_history AS history
    WHERE history.restaurant_id = bookings.restaurant_id AND history.booking_id = bookings.id)
UNION ALL
SELECT 'confirmed without a notice', count(*) FROM bookings
WHERE assignment_state = 'confirmed' AND origin <> 'walk_in' AND NOT EXISTS (
    SELECT 1 FROM notices WHERE notices.restaurant_id = bookings.restaurant_id AND booking_id = bookings.id
      AND kind IN ('confirmed', 'changed', 'moved'))
UNION ALL
SELECT 'under way without a job', count(*) FROM bookings
WHERE assignment_state NOT IN ('confirmed', 'failed', 'manual_review')
  AND NOT EXISTS (SELECT 1 FROM assignment_jobs WHERE booking_id = bookings.id);
