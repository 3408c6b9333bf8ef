-- 13 review-per-restaurant: which restaurants' bookings need people most?
-- Purpose: finds restaurants whose floor or rules make work, before their hosts complain.
-- Expected output: the 50 restaurants with most bookings given to a person.
-- Threshold: `eligible_percent` under 10 where there are 30 or more eligible bookings; `overdue` 0.
-- What to do: no_table with tables free: the floor's limits or adjacency; overdue: call the restaurant. Bookings in
--   review are in `headwaiter review list`.
SELECT told.restaurant_id, told.bookings, told.eligible_ended, told.eligible_reviewed,
  round(100.0 * told.eligible_reviewed / nullif(told.eligible_ended, 0), 1) AS eligible_percent, told.full_house,
  (SELECT count(*) FROM bookings AS b
    WHERE b.restaurant_id = told.restaurant_id AND b.assignment_state = 'manual_review') AS waiting_now,
  (SELECT count(*) FROM bookings AS b
    WHERE b.restaurant_id = told.restaurant_id AND b.assignment_state = 'manual_review'
      AND b.review_deadline < :now) AS overdue
FROM (
  SELECT restaurant_id, count(*) AS bookings,
    count(*) FILTER (WHERE standing = 'eligible' AND has_ended) AS eligible_ended,
    count(*) FILTER (WHERE standing = 'eligible' AND has_ended AND was_in_review) AS eligible_reviewed,
    count(*) FILTER (WHERE standing = 'full_house') AS full_house, count(*) FILTER (WHERE was_in_review) AS reviewed
  FROM v_outcomes
  WHERE created_at >= :since AND origin <> 'walk_in'
  GROUP BY +restaurant_id -- by time, not by the index that has restaurants in order
  ORDER BY count(*) FILTER (WHERE standing = 'eligible' AND has_ended AND was_in_review) DESC,
    count(*) FILTER (WHERE was_in_review) DESC, restaurant_id
  LIMIT 50
) AS told
ORDER BY told.eligible_reviewed DESC, told.reviewed DESC, told.restaurant_id;
