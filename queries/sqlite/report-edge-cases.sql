-- report-edge-cases: which edge cases have the run's bookings exercised?
-- Purpose: shows what has been tried out for real, and what has not: bookings (or changes of flags) for each edge
--   case.
-- Expected output: one row, a column for each edge case; 0 is not exercised.
-- Threshold: none; what was never exercised is known from tests alone.
-- What to do: `headwaiter rehearse` and staging can exercise what is missing.
WITH b AS (
  SELECT id, restaurant_id, origin, party_size, attempts, outcome, interrupted, automation, verified, feasible, tables,
    needs FROM bookings WHERE created_at >= :since AND created_at < :now
), made AS (
  SELECT count(*) FILTER (WHERE b.outcome = 'confirmed' AND json_array_length(b.tables) > 1) AS joined_tables,
    count(*) FILTER (WHERE b.outcome = 'confirmed' AND json_array_length(b.tables) > 2) AS three_or_more_tables,
    count(*) FILTER (WHERE b.party_size >= 8) AS party_of_8_or_more,
    count(*) FILTER (WHERE json_array_length(b.needs) > 0) AS hard_needs,
    count(*) FILTER (WHERE b.origin = 'host') AS made_by_host,
    count(*) FILTER (WHERE b.origin = 'walk_in') AS walk_in,
    count(*) FILTER (WHERE b.attempts > 1) AS several_attempts,
    count(*) FILTER (WHERE b.interrupted = 'cancelled') AS cancelled_while_deciding,
    count(*) FILTER (WHERE b.interrupted = 'changed') AS changed_while_deciding,
    count(*) FILTER (WHERE b.interrupted = 'placed') AS placed_by_person,
    count(*) FILTER (WHERE b.automation = 'suggest') AS suggest_house,
    count(*) FILTER (WHERE b.automation = 'mandatory') AS mandatory_house,
    count(*) FILTER (WHERE b.verified AND b.automation = 'auto' AND NOT b.feasible) AS full_house
  FROM b
), done AS (
  SELECT count(DISTINCT CASE WHEN h.cause = 'switched_off' THEN h.booking_id END) AS handed_to_legacy,
    count(DISTINCT CASE WHEN h.cause = 'retry' THEN h.booking_id END) AS retried,
    count(DISTINCT CASE WHEN h.cause = 'deadline' THEN h.booking_id END) AS rescued_at_deadline,
    count(DISTINCT CASE WHEN h.cause = 'breaker_open' THEN h.booking_id END) AS breaker_sent_to_review,
    count(DISTINCT CASE WHEN h.cause = 'review_deadline' THEN h.booking_id END) AS review_deadline_passed,
    count(DISTINCT CASE WHEN h.cause = 'force_confirm' THEN h.booking_id END) AS force_confirmed,
    count(DISTINCT CASE WHEN h.cause = 'requeue' THEN h.booking_id END) AS requeued,
    count(DISTINCT CASE WHEN h.cause = 'move' THEN h.booking_id END) AS moved,
    count(DISTINCT CASE WHEN h.cause = 'change' THEN h.booking_id END) AS changed,
    count(DISTINCT CASE WHEN h.cause = 'undo' THEN h.booking_id END) AS undone,
    count(DISTINCT CASE WHEN h.cause = 'floor_change' THEN h.booking_id END) AS floor_changed
  FROM bookings AS b INDEXED BY bookings_by_creation
  CROSS JOIN booking_assignment_state_history AS h ON h.booking_id = b.id
  WHERE b.created_at >= :since AND b.created_at < :now
), told AS (
  SELECT count(DISTINCT CASE WHEN event_type = 'coordinator.lock_contention' THEN booking_id END) AS lock_contention,
    count(DISTINCT CASE WHEN event_type = 'coordinator.rate_limited' THEN booking_id END) AS no_free_permit,
    count(DISTINCT CASE WHEN event_type = 'coordinator.circuit_open' THEN booking_id END) AS circuit_open,
    count(*) FILTER (WHERE event_type = 'flag.changed') AS flag_changed,
    count(*) FILTER (WHERE event_type = 'rollout.killed') AS killed
  FROM observability_events
  WHERE created_at >= :since AND created_at < :now
    AND event_type IN ('coordinator.lock_contention', 'coordinator.rate_limited', 'coordinator.circuit_open',
      'flag.changed', 'rollout.killed')
)
SELECT made.*, done.*, told.* FROM made CROSS JOIN done CROSS JOIN told;
