-- Fills a migrated, empty database with 30 days of bookings and all that they leave behind: `-v bookings=450000` makes
-- five million events. Written in order of time, as a living system does. One in ten goes through the legacy flow; of a
-- hundred, four find a full house, two go to a person, one is refused, and one in a thousand has an error.
\set ON_ERROR_STOP 1
BEGIN;
-- The triggers check one row at a time what is right here by construction.
SET LOCAL session_replication_role = replica;
SET LOCAL synchronous_commit = off;

CREATE TEMP TABLE made AS
SELECT n, 'bench-' || lpad(n::text, 9, '0') AS id, 'house-' || lpad((n * 7919 % 1000)::text, 4, '0') AS house, at,
  CASE WHEN n % 10 = 0 THEN 'legacy' ELSE 'v3' END AS flow,
  CASE WHEN lot < 4 THEN 'full' WHEN lot < 6 THEN 'review' WHEN lot = 6 THEN 'refused' ELSE 'seated' END AS kind,
  at < now() - interval '1 day' AS is_old, n % 1000 = 8 AS fails, (40 + n * 31 % 400)::int AS ms
FROM generate_series(1::bigint, :bookings) AS n
CROSS JOIN LATERAL (
  SELECT (n + n / 1000 * 7) % 100 AS lot,
    now() - interval '30 days' * (:bookings - n) / :bookings - interval '1 minute' AS at
) AS drawn;

CREATE TEMP TABLE steps (kind text, version int, from_state text, to_state text, cause text, reason text, after_ms int);
INSERT INTO steps VALUES
  ('all', 1, NULL, 'created', 'create', NULL, 0),
  ('way', 2, 'created', 'capacity_verified', 'verify', NULL, 5),
  ('way', 3, 'capacity_verified', 'assignment_pending', 'queue', NULL, 5),
  ('way', 4, 'assignment_pending', 'assignment_in_progress', 'start', NULL, 5),
  ('seated', 5, 'assignment_in_progress', 'assigned', 'assign', NULL, 0),
  ('seated', 6, 'assigned', 'confirmed', 'confirm', NULL, 0),
  ('full', 5, 'assignment_in_progress', 'manual_review', 'give_up', 'no_table', 0),
  ('review', 5, 'assignment_in_progress', 'manual_review', 'give_up', 'max_attempts', 0),
  ('refused', 2, 'created', 'failed', 'reject', 'party_too_large', 0),
  ('declined', 6, 'manual_review', 'failed', 'review_deadline', 'review_deadline', 0);

CREATE TEMP TABLE made_steps AS
SELECT made.*, steps.version, steps.from_state, steps.to_state, steps.cause, steps.reason,
  CASE WHEN version < 5 THEN after_ms ELSE ms END * interval '1 millisecond' AS later
FROM made JOIN steps ON steps.kind IN ('all', made.kind) OR (steps.kind = 'way' AND made.kind <> 'refused')
  OR (steps.kind = 'declined' AND made.kind IN ('full', 'review') AND is_old);

INSERT INTO bookings (id, restaurant_id, origin, created_at, status, assignment_state, assignment_state_version,
  assignment_strategy, assignment_flow, party_size, tags, needs, service, service_date, dining_start, dining_end,
  block_start, block_end, state_entered_at, attempts, tables, reason, pinned, updated_at, automation, feasible, verified,
  outcome, outcome_reason, outcome_flow, outcome_at, reviewed,
  guest_name, guest_phone)
SELECT id, house, 'guest', at,
  CASE WHEN kind = 'seated' THEN 'confirmed' WHEN kind = 'refused' OR is_old THEN 'cancelled' ELSE 'pending' END,
  CASE WHEN kind = 'seated' THEN 'confirmed' WHEN kind = 'refused' OR is_old THEN 'failed' ELSE 'manual_review' END,
  CASE WHEN kind = 'seated' OR (kind <> 'refused' AND is_old) THEN 6 WHEN kind = 'refused' THEN 2 ELSE 5 END,
  CASE WHEN kind <> 'seated' THEN NULL WHEN flow = 'legacy' THEN 'legacy_best_fit' WHEN n % 3 = 0 THEN 'adjacency'
    WHEN n % 3 = 1 THEN 'optimal_fit' ELSE 'zone_preference' END,
  flow, 2 + n % 5, '{}', '{}', 'Dinner', (at + interval '3 days')::date, at + interval '3 days',
  at + interval '3 days 90 minutes', at + interval '3 days', at + interval '3 days 90 minutes', at,
  CASE kind WHEN 'refused' THEN 0 WHEN 'review' THEN 5 ELSE 1 END,
  CASE kind WHEN 'seated' THEN ARRAY['T1'] ELSE '{}' END,
  CASE kind WHEN 'full' THEN 'no_table' WHEN 'review' THEN 'max_attempts' WHEN 'refused' THEN 'party_too_large' END,
  false, at, 'auto', CASE kind WHEN 'refused' THEN NULL ELSE kind <> 'full' END, kind <> 'refused',
  CASE kind WHEN 'seated' THEN 'confirmed' WHEN 'refused' THEN 'failed' ELSE 'manual_review' END,
  CASE kind WHEN 'full' THEN 'no_table' WHEN 'review' THEN 'max_attempts' WHEN 'refused' THEN 'party_too_large' END,
  flow, at + ms * interval '1 millisecond', kind IN ('full', 'review'), 'Guest ' || n, '+44 20 7946 0000'
FROM made ORDER BY n;

INSERT INTO booking_assignment_state_history
  (restaurant_id, booking_id, version, from_state, to_state, mode, actor, cause, reason, metadata, created_at)
SELECT house, id, version, from_state, to_state, CASE version WHEN 1 THEN 'manual' ELSE flow END, 'instance-1', cause,
  reason, '{}', at + later
FROM made_steps ORDER BY n, version;

INSERT INTO booking_assignment_attempts
  (restaurant_id, booking_id, attempt_no, strategy, result, reason, metadata, created_at)
SELECT house, id, number, CASE WHEN kind = 'seated' THEN 'optimal_fit' END,
  CASE WHEN kind = 'seated' THEN 'success' ELSE 'failure' END,
  CASE kind WHEN 'full' THEN 'no_table' WHEN 'review' THEN 'system_error' END, jsonb_build_object('flow', flow),
  at + ms * interval '1 millisecond'
FROM made CROSS JOIN LATERAL generate_series(1, CASE kind WHEN 'refused' THEN 0 WHEN 'review' THEN 5 ELSE 1 END) AS number
ORDER BY n, number;

-- Events of transitions, and those that a try tells beside them.
INSERT INTO observability_events
  (id, created_at, source, event_type, severity, restaurant_id, booking_id, context)
SELECT row_number() OVER (ORDER BY n, place), at + later, source, type, severity, house, id,
  context
FROM (
  SELECT n, version * 10 AS place, at, later,
    CASE flow WHEN 'legacy' THEN 'auto_assign' ELSE 'assignment.state_machine' END AS source,
    CASE flow WHEN 'legacy' THEN 'auto_assign.state_transition' ELSE 'booking.assignment_state_transition' END AS type,
    'info' AS severity, house, id,
    jsonb_strip_nulls(jsonb_build_object('from', from_state, 'to', to_state, 'version', version, 'mode', flow,
      'reason', reason)) AS context
  FROM made_steps
  UNION ALL
  SELECT n, told.place, at, CASE WHEN told.place < 50 THEN 5 ELSE ms END * interval '1 millisecond', told.source, told.type, told.severity, house, id,
    told.context
  FROM made CROSS JOIN LATERAL (VALUES
    (11, true, 'assignment.coordinator', 'coordinator.start', 'info', jsonb_build_object('mode', 'v3')),
    (12, true, 'assignment.coordinator', 'coordinator.lock_acquired', 'info', jsonb_build_object('wait_ms', ms / 100.0)),
    (41, kind <> 'refused', 'assignment.coordinator', 'coordinator.rate_permit_acquired', 'info', '{}'),
    (42, kind <> 'refused', 'assignment.engine', 'engine.planned', 'info', jsonb_build_object('considered', 12,
      'duration_ms', ms / 40.0, 'score', -3.25, 'tables', jsonb_build_array('T1'))),
    (43, n % 20 = 3, 'assignment.coordinator', 'coordinator.retry', 'info',
      jsonb_build_object('reason', 'hold_conflict', 'delay_ms', 1000 + ms)),
    (44, fails, 'assignment.coordinator', 'coordinator.error', 'error', jsonb_build_object('code', 'planning_timeout')),
    (61, kind = 'seated', 'assignment.coordinator', 'coordinator.confirmed', 'info', jsonb_build_object('strategy',
      'optimal_fit', 'tables', jsonb_build_array('T1'), 'attempts', 1, 'duration_ms', ms)),
    (61, kind IN ('full', 'review'), 'assignment.coordinator', 'coordinator.manual_review', 'warning',
      jsonb_build_object('reason', CASE kind WHEN 'full' THEN 'no_table' ELSE 'max_attempts' END)),
    (61, kind = 'refused', 'assignment.coordinator', 'coordinator.failed', 'info',
      jsonb_build_object('reason', 'party_too_large'))
  ) AS told (place, is_told, source, type, severity, context)
  WHERE told.is_told AND flow = 'v3'
  UNION ALL
  SELECT n, told.place, at, CASE WHEN told.place < 50 THEN 5 ELSE ms END * interval '1 millisecond', 'auto_assign', told.type, told.severity, house, id,
    told.context
  FROM made CROSS JOIN LATERAL (VALUES
    (11, true, 'auto_assign.attempt', 'info', '{}'::jsonb),
    (42, kind <> 'refused', 'auto_assign.quote', 'info', jsonb_build_object('found', kind = 'seated', 'duration_ms', 1)),
    (61, true, 'auto_assign.summary', CASE kind WHEN 'seated' THEN 'info' ELSE 'warning' END, jsonb_build_object(
      'result', CASE kind WHEN 'seated' THEN 'succeeded' ELSE 'exhausted' END, 'attempts', 1, 'duration_ms', ms))
  ) AS told (place, is_told, type, severity, context)
  WHERE told.is_told AND flow = 'legacy'
) AS all_told
ORDER BY n, place;

INSERT INTO notices (id, booking_id, restaurant_id, version, kind, status, due_at, deliveries, created_at, delivered_at)
SELECT 'notice-' || n, id, house, 6, 'confirmed', 'delivered', at + interval '1 minute', 1, at, at + interval '61 seconds'
FROM made WHERE kind = 'seated' ORDER BY n;

INSERT INTO shadow_comparisons (restaurant_id, booking_id, created_at, verdict, legacy_outcome, v3_outcome,
  legacy_spare_seats, v3_spare_seats, legacy_ms, v3_ms, noise_verdict)
SELECT house, id, at, CASE WHEN n % 7 = 0 THEN 'v3_better' WHEN n % 11 = 0 THEN 'equivalent' ELSE 'same_tables' END,
  'confirmed', 'confirmed', 1, n % 2, 1, 3, CASE WHEN n % 20 = 0 THEN 'same_tables' END
FROM made WHERE flow = 'legacy' ORDER BY n;
COMMIT;
VACUUM (ANALYZE) bookings, booking_assignment_state_history, booking_assignment_attempts, observability_events, notices,
  shadow_comparisons, assignment_jobs, leases;
