-- Fills a migrated, empty database with 30 days of bookings and all that they leave behind: 47,000 bookings make half a
-- million events. `:bookings` is their number, `:now` the present in microseconds. As postgresql.sql, in SQLite's words;
-- the triggers stay, so that history comes before its bookings.
CREATE TEMP TABLE made AS
WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :bookings)
SELECT n, 'bench-' || printf('%09d', n) AS id, 'house-' || printf('%04d', n * 7919 % 1000) AS house,
  :now - 2592000000000 / :bookings * (:bookings - n) - 60000000 AS at,
  CASE WHEN n % 10 = 0 THEN 'legacy' ELSE 'v3' END AS flow,
  CASE WHEN (n + n / 1000 * 7) % 100 < 4 THEN 'full' WHEN (n + n / 1000 * 7) % 100 < 6 THEN 'review'
    WHEN (n + n / 1000 * 7) % 100 = 6 THEN 'refused' ELSE 'seated' END AS kind,
  :now - 2592000000000 / :bookings * (:bookings - n) - 60000000 < :now - 86400000000 AS is_old,
  n % 1000 = 8 AS fails, 40 + n * 31 % 400 AS ms
FROM numbers;

CREATE TEMP TABLE steps (kind TEXT, version INTEGER, from_state TEXT, to_state TEXT, cause TEXT, reason TEXT);
INSERT INTO steps VALUES
  ('all', 1, NULL, 'created', 'create', NULL), ('way', 2, 'created', 'capacity_verified', 'verify', NULL),
  ('way', 3, 'capacity_verified', 'assignment_pending', 'queue', NULL),
  ('way', 4, 'assignment_pending', 'assignment_in_progress', 'start', NULL),
  ('seated', 5, 'assignment_in_progress', 'assigned', 'assign', NULL),
  ('seated', 6, 'assigned', 'confirmed', 'confirm', NULL),
  ('full', 5, 'assignment_in_progress', 'manual_review', 'give_up', 'no_table'),
  ('review', 5, 'assignment_in_progress', 'manual_review', 'give_up', 'max_attempts'),
  ('refused', 2, 'created', 'failed', 'reject', 'party_too_large'),
  ('declined', 6, 'manual_review', 'failed', 'review_deadline', 'review_deadline');

CREATE TEMP TABLE made_steps AS
SELECT made.*, steps.version, steps.from_state, steps.to_state, steps.cause, steps.reason,
  made.at + CASE WHEN steps.version = 1 THEN 0 WHEN steps.version < 5 THEN 5000 ELSE made.ms * 1000 END AS happened
FROM made JOIN steps ON steps.kind IN ('all', made.kind) OR (steps.kind = 'way' AND made.kind <> 'refused')
  OR (steps.kind = 'declined' AND made.kind IN ('full', 'review') AND is_old);

INSERT INTO booking_assignment_state_history
  (booking_id, version, from_state, to_state, mode, actor, cause, reason, metadata, created_at)
SELECT id, version, from_state, to_state, CASE version WHEN 1 THEN 'manual' ELSE flow END, 'instance-1', cause, reason,
  '{}', happened
FROM made_steps ORDER BY n, version;

INSERT INTO bookings (id, restaurant_id, status, assignment_state, assignment_state_version, assignment_strategy,
  assignment_flow, origin, party_size, tags, needs, service, service_date, dining_start, dining_end, block_start, block_end,
  state_entered_at, attempts, tables, reason, pinned, created_at, updated_at, automation, feasible, verified, outcome,
  outcome_reason, outcome_flow, outcome_at, reviewed, guest_name)
SELECT id, house,
  CASE WHEN kind = 'seated' THEN 'confirmed' WHEN kind = 'refused' OR is_old THEN 'cancelled' ELSE 'pending' END,
  CASE WHEN kind = 'seated' THEN 'confirmed' WHEN kind = 'refused' OR is_old THEN 'failed' ELSE 'manual_review' END,
  CASE WHEN kind = 'seated' OR (kind <> 'refused' AND is_old) THEN 6 WHEN kind = 'refused' THEN 2 ELSE 5 END,
  CASE WHEN kind <> 'seated' THEN NULL WHEN flow = 'legacy' THEN 'legacy_best_fit' ELSE 'optimal_fit' END, flow, 'guest',
  2 + n % 5, '[]', '[]', 'Dinner', date(at / 1000000 + 259200, 'unixepoch'), at + 259200000000, at + 264600000000,
  at + 259200000000, at + 264600000000, at, CASE kind WHEN 'refused' THEN 0 WHEN 'review' THEN 5 ELSE 1 END,
  CASE kind WHEN 'seated' THEN '["T1"]' ELSE '[]' END,
  CASE kind WHEN 'full' THEN 'no_table' WHEN 'review' THEN 'max_attempts' WHEN 'refused' THEN 'party_too_large' END, 0, at,
  at, 'auto', CASE kind WHEN 'refused' THEN NULL ELSE kind <> 'full' END, kind <> 'refused',
  CASE kind WHEN 'seated' THEN 'confirmed' WHEN 'refused' THEN 'failed' ELSE 'manual_review' END,
  CASE kind WHEN 'full' THEN 'no_table' WHEN 'review' THEN 'max_attempts' WHEN 'refused' THEN 'party_too_large' END, flow,
  at + ms * 1000, kind IN ('full', 'review'), 'Guest ' || n
FROM made ORDER BY n;

INSERT INTO booking_assignment_attempts (booking_id, attempt_no, strategy, result, reason, metadata, created_at)
SELECT made.id, tries.value, CASE WHEN kind = 'seated' THEN 'optimal_fit' END,
  CASE WHEN kind = 'seated' THEN 'success' ELSE 'failure' END,
  CASE kind WHEN 'full' THEN 'no_table' WHEN 'review' THEN 'system_error' END, json_object('flow', flow), at + ms * 1000
FROM made JOIN json_each('[1, 2, 3, 4, 5]') AS tries
  ON tries.value <= CASE kind WHEN 'refused' THEN 0 WHEN 'review' THEN 5 ELSE 1 END
ORDER BY n, tries.value;

CREATE TEMP TABLE told (place INTEGER, flow TEXT, kinds TEXT, source TEXT, type TEXT, severity TEXT, context TEXT);
INSERT INTO told VALUES
  (11, 'v3', 'seated full review refused', 'assignment.coordinator', 'coordinator.start', 'info', '{"mode":"v3"}'),
  (12, 'v3', 'seated full review refused', 'assignment.coordinator', 'coordinator.lock_acquired', 'info',
    '{"wait_ms":2.25}'),
  (41, 'v3', 'seated full review', 'assignment.coordinator', 'coordinator.rate_permit_acquired', 'info', '{}'),
  (42, 'v3', 'seated full review', 'assignment.engine', 'engine.planned', 'info',
    '{"considered":12,"duration_ms":4.5,"score":-3.25,"tables":["T1"]}'),
  (43, 'v3', 'retried', 'assignment.coordinator', 'coordinator.retry', 'info',
    '{"reason":"hold_conflict","delay_ms":1200.0}'),
  (44, 'v3', 'failing', 'assignment.coordinator', 'coordinator.error', 'error', '{"code":"planning_timeout"}'),
  (61, 'v3', 'seated', 'assignment.coordinator', 'coordinator.confirmed', 'info',
    '{"strategy":"optimal_fit","tables":["T1"],"attempts":1,"duration_ms":240.0}'),
  (61, 'v3', 'full review', 'assignment.coordinator', 'coordinator.manual_review', 'warning', '{"reason":"no_table"}'),
  (61, 'v3', 'refused', 'assignment.coordinator', 'coordinator.failed', 'info', '{"reason":"party_too_large"}'),
  (11, 'legacy', 'seated full review refused', 'auto_assign', 'auto_assign.attempt', 'info', '{}'),
  (42, 'legacy', 'seated full review', 'auto_assign', 'auto_assign.quote', 'info', '{"found":true,"duration_ms":1.0}'),
  (61, 'legacy', 'seated', 'auto_assign', 'auto_assign.summary', 'info', '{"result":"succeeded","attempts":1}'),
  (61, 'legacy', 'full review refused', 'auto_assign', 'auto_assign.summary', 'warning', '{"result":"exhausted"}');

INSERT INTO observability_events (created_at, source, event_type, severity, restaurant_id, booking_id, context)
SELECT happened, source, type, severity, house, id, context
FROM (
  SELECT n, version * 10 AS place, happened,
    CASE flow WHEN 'legacy' THEN 'auto_assign' ELSE 'assignment.state_machine' END AS source,
    CASE flow WHEN 'legacy' THEN 'auto_assign.state_transition' ELSE 'booking.assignment_state_transition' END AS type,
    'info' AS severity, house, id,
    json_object('from', from_state, 'to', to_state, 'version', version, 'mode', flow, 'reason', reason) AS context
  FROM made_steps
  UNION ALL
  SELECT n, place, at + CASE WHEN place < 50 THEN 5000 ELSE ms * 1000 END, source, type, severity, house, id, context
  FROM made JOIN told ON told.flow = made.flow AND (instr(told.kinds, made.kind) > 0
    OR (told.kinds = 'retried' AND n % 20 = 3) OR (told.kinds = 'failing' AND fails))
)
ORDER BY n, place;

INSERT INTO notices (id, booking_id, restaurant_id, version, kind, status, due_at, deliveries, created_at, delivered_at)
SELECT 'notice-' || n, id, house, 6, 'confirmed', 'delivered', at + 60000000, 1, at, at + 61000000
FROM made WHERE kind = 'seated' ORDER BY n;

INSERT INTO shadow_comparisons (restaurant_id, booking_id, created_at, verdict, legacy_outcome, v3_outcome,
  legacy_spare_seats, v3_spare_seats, legacy_ms, v3_ms, noise_verdict)
SELECT house, id, at, CASE WHEN n % 7 = 0 THEN 'v3_better' WHEN n % 11 = 0 THEN 'equivalent' ELSE 'same_tables' END,
  'confirmed', 'confirmed', 1, n % 2, 1, 3, CASE WHEN n % 20 = 0 THEN 'same_tables' END
FROM made WHERE flow = 'legacy' ORDER BY n;
