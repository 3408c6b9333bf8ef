-- a3 review-spike: do too many bookings need a person, or wait too long for one?
-- Purpose: alert on the review rate and on bookings in review past their deadline.
-- Expected output: one row; `alert` is ok or FIRING.
-- Threshold: fires at 10 % or more of at least 10 eligible bookings, or when one in review is overdue.
-- What to do: rate: see 05 for the reasons and 13 for the restaurants. Overdue: `headwaiter review list`, most
--   urgent first; the review keeper declines them within seconds, so that overdue ones mean that no instance works.
SELECT CASE WHEN (eligible.ended >= 10 AND eligible.reviewed * 10 >= eligible.ended) OR waiting.overdue > 0
    THEN 'FIRING' ELSE 'ok' END AS alert,
  eligible.ended AS eligible_ended, eligible.reviewed AS eligible_reviewed,
  round(100.0 * eligible.reviewed / nullif(eligible.ended, 0), 1) AS eligible_percent, waiting.waiting_now,
  waiting.overdue,
  waiting.next_deadline_at
FROM (
  SELECT count(*) AS ended, count(*) FILTER (WHERE was_in_review) AS reviewed
  FROM v_eligible WHERE created_at >= :since AND has_ended
) AS eligible
CROSS JOIN (
  SELECT count(*) AS waiting_now, count(*) FILTER (WHERE review_deadline < :now) AS overdue,
    min(review_deadline) AS next_deadline_at
  FROM bookings WHERE assignment_state = 'manual_review'
) AS waiting;
