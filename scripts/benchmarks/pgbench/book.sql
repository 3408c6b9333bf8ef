SELECT n % 400 AS t, (n / 400) * 2 AS h FROM nextval('slot_seq') AS n
\gset
INSERT INTO bookings (party_size, during)
VALUES (4, tstzrange('2026-01-01 00:00+00'::timestamptz + :h * interval '1 hour',
  '2026-01-01 01:35+00'::timestamptz + :h * interval '1 hour'))
RETURNING id AS bid
\gset
BEGIN;
UPDATE bookings SET state = 'confirmed', version = version + 5 WHERE id = :bid AND version = 1;
INSERT INTO history (booking_id, from_state, to_state) VALUES
  (:bid, 'created', 'capacity_verified'), (:bid, 'capacity_verified', 'assignment_pending'),
  (:bid, 'assignment_pending', 'assignment_in_progress'), (:bid, 'assignment_in_progress', 'assigned'),
  (:bid, 'assigned', 'confirmed');
INSERT INTO events (booking_id, type, payload) VALUES
  (:bid, 'state.capacity_verified', '{"v":2}'), (:bid, 'state.assignment_pending', '{"v":3}'),
  (:bid, 'state.assignment_in_progress', '{"v":4}'), (:bid, 'state.assigned', '{"v":5}'),
  (:bid, 'state.confirmed', '{"v":6}');
INSERT INTO allocations (table_id, during, booking_id)
VALUES (:t, tstzrange('2026-01-01 00:00+00'::timestamptz + :h * interval '1 hour',
  '2026-01-01 01:35+00'::timestamptz + :h * interval '1 hour'), :bid);
COMMIT;
