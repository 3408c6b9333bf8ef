"""What must never be found in the database, whatever has gone wrong: queries of this suite's own, each of which names
what it finds. No constraint, view or function of Headwaiter's is trusted, nor its claims table alone."""
import json

from .houses import HOUSES

ENDED = "('confirmed', 'manual_review', 'failed')"

# The floors as they were sent to the API.
FLOORS = """
CREATE SCHEMA floor;
CREATE TABLE floor.tables (restaurant text, number text, zone text, seats int, most int, movable bool,
  PRIMARY KEY (restaurant, number));
CREATE TABLE floor.adjacent (restaurant text, one text, other text, PRIMARY KEY (restaurant, one, other));
CREATE TABLE floor.named (restaurant text, numbers text[], most int, PRIMARY KEY (restaurant, numbers));
"""

# A table has two parties at one time: windows in order, each begins after all before it have ended.
OVERLAPS = """
SELECT restaurant_id || ' ' || table_number || ' at ' || window_start AS found FROM (
  SELECT restaurant_id, table_number, window_start, max(window_end) OVER (
    PARTITION BY restaurant_id, table_number ORDER BY window_start, window_end
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS taken_until
  FROM table_claims WHERE kind = 'allocation') AS parties
WHERE taken_until > window_start
"""

# The same from the bookings' own rows: two confirmed ones that name the same table. One that waits for a person after a
# change still has its old tables, in its old window.
BOOKED_TWICE = """
SELECT restaurant_id || ' ' || number || ' at ' || block_start AS found FROM (
  SELECT restaurant_id, number, block_start, max(block_end) OVER (
    PARTITION BY restaurant_id, number ORDER BY block_start, block_end
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS taken_until
  FROM bookings, unnest(tables) AS number
  WHERE assignment_state = 'confirmed' AND status IN ('confirmed', 'seated')) AS parties
WHERE taken_until > block_start
"""

# Tables that are not there, too few seats, or tables that cannot be joined. Three tables are connected by two pairs.
WRONG_TABLES = """
SELECT id || ': ' || party_size || ' at ' || array_to_string(tables, '+') AS found FROM (
  SELECT id, party_size, tables, (SELECT most FROM floor.named WHERE restaurant = restaurant_id
      AND numbers = (SELECT array_agg(t ORDER BY t COLLATE "C") FROM unnest(tables) AS t)) AS named_for,
    (SELECT count(*) FROM floor.tables AS t WHERE restaurant = restaurant_id AND number = ANY (tables)) AS there,
    (SELECT sum(seats) FROM floor.tables AS t WHERE restaurant = restaurant_id AND number = ANY (tables)) AS seats,
    (SELECT count(DISTINCT zone) = 1 AND bool_and(movable) FROM floor.tables AS t
      WHERE restaurant = restaurant_id AND number = ANY (tables)) AS can_be_joined,
    (SELECT count(*) FROM floor.adjacent AS a
      WHERE restaurant = restaurant_id AND one = ANY (tables) AND other = ANY (tables)) AS pairs
  FROM bookings WHERE assignment_state = 'confirmed' AND status IN ('confirmed', 'seated')) AS seated
WHERE cardinality(tables) = 0 OR there <> cardinality(tables)
  OR CASE WHEN named_for IS NOT NULL THEN party_size > named_for ELSE party_size > seats OR (cardinality(tables) > 1
    AND (NOT can_be_joined OR pairs < cardinality(tables) - 1 OR cardinality(tables) > 3)) END
"""

# What a booking says and what the claims say are the same, in the booking's own window.
CLAIMS_DIFFER = """
SELECT b.id || ' is ' || assignment_state || ' at ' || array_to_string(tables, '+') AS found FROM bookings AS b
WHERE assignment_state = 'confirmed' AND status = 'confirmed' AND NOT EXISTS (
  SELECT 1 FROM table_claims AS c WHERE c.booking_id = b.id AND kind = 'allocation'
  HAVING array_agg(table_number ORDER BY table_number COLLATE "C")
      = (SELECT array_agg(t ORDER BY t COLLATE "C") FROM unnest(tables) AS t)
    AND bool_and(window_start = block_start AND window_end = block_end))
"""

TABLES_KEPT = """
SELECT b.id || ' is ' || status AS found FROM bookings AS b
WHERE status IN ('cancelled', 'no_show') AND EXISTS (SELECT 1 FROM table_claims WHERE booking_id = b.id)
"""

STATE_WITHOUT_HISTORY = """
SELECT b.id || ' at version ' || assignment_state_version AS found FROM bookings AS b LEFT JOIN LATERAL (
  SELECT count(*) AS rows, max(version) AS newest, (array_agg(to_state ORDER BY version DESC))[1] AS last
  FROM booking_assignment_state_history WHERE booking_id = b.id) AS history ON true
WHERE rows <> assignment_state_version OR newest <> assignment_state_version OR last <> assignment_state
"""

BROKEN_CHAIN = """
SELECT booking_id || ' at version ' || version AS found FROM (
  SELECT booking_id, version, from_state, lag(to_state) OVER story AS before, lag(version) OVER story AS earlier
  FROM booking_assignment_state_history WINDOW story AS (PARTITION BY booking_id ORDER BY version)) AS steps
WHERE from_state IS DISTINCT FROM before OR version <> coalesce(earlier, 0) + 1
"""

HISTORY_WITHOUT_BOOKING = """
SELECT DISTINCT booking_id AS found FROM booking_assignment_state_history AS h
WHERE NOT EXISTS (SELECT 1 FROM bookings WHERE id = h.booking_id)
"""

MADE_TWICE = """
SELECT guest_name || ', ' || count(*) || ' times' AS found FROM bookings
WHERE guest_name IS NOT NULL GROUP BY guest_name HAVING count(*) > 1
"""

NOTICES_TWICE = """
SELECT booking_id || ' ' || version || ' ' || kind AS found FROM notices
GROUP BY booking_id, version, kind HAVING count(DISTINCT id) > 1
"""

# Every step that a guest or the staff must hear of has its notice, at its version.
NOTICES_MISSING = """
SELECT booking_id || ' ' || version || ' ' || to_state AS found FROM booking_assignment_state_history AS h
WHERE from_state IS DISTINCT FROM to_state AND to_state IN ('confirmed', 'failed', 'manual_review')
  AND cause NOT IN ('undo') AND NOT EXISTS (
    SELECT 1 FROM notices AS n WHERE n.booking_id = h.booking_id AND n.version = h.version
      AND n.kind = ANY (CASE to_state WHEN 'confirmed' THEN ARRAY['confirmed', 'changed', 'moved']
        WHEN 'failed' THEN ARRAY['cancelled', 'declined'] ELSE ARRAY['needs_review'] END))
"""

ATTEMPTS_MISSING = """
SELECT booking_id || ' ' || version AS found FROM booking_assignment_state_history AS h
WHERE to_state = 'confirmed' AND mode IN ('v3', 'legacy') AND NOT EXISTS (
  SELECT 1 FROM booking_assignment_attempts AS a WHERE a.booking_id = h.booking_id AND a.result = 'success')
"""

UNFINISHED = f"SELECT id AS found FROM bookings WHERE assignment_state NOT IN {ENDED}"

LEFT_OVER = """
SELECT 'lease ' || name AS found FROM leases UNION ALL SELECT 'job of ' || booking_id FROM assignment_jobs
"""

UNDELIVERED = "SELECT id || ' ' || status AS found FROM notices WHERE status = 'pending'"

# Hold after every fault, with load on.
ALWAYS = {
    "overlapping allocations": OVERLAPS, "tables booked twice": BOOKED_TWICE, "wrong tables": WRONG_TABLES,
    "claims unlike the booking": CLAIMS_DIFFER, "tables kept by ended bookings": TABLES_KEPT,
    "state without history": STATE_WITHOUT_HISTORY, "broken history": BROKEN_CHAIN,
    "history without booking": HISTORY_WITHOUT_BOOKING, "bookings made twice": MADE_TWICE,
    "notices twice": NOTICES_TWICE, "notices missing": NOTICES_MISSING, "attempts missing": ATTEMPTS_MISSING}
# Hold once the load has ended and everything has come to rest.
AT_REST = {"unfinished bookings": UNFINISHED, "leases and jobs left": LEFT_OVER, "notices never sent": UNDELIVERED}


def record_floors(session) -> None:
    """The floors, where queries can look at them."""
    session.text(FLOORS)
    for name, house in HOUSES.items():
        tables = [(name, t["number"], t["zone"], t["capacity"], t["max_party"], t["mobility"] == "movable")
                  for t in house["tables"]]
        pairs = [(name, *pair) for pair in house["adjacency"]]
        named = [(name, sorted(c["tables"]), c["max_party"]) for c in house.get("combinations", [])]
        for table, rows in (("tables", tables), ("adjacent", pairs), ("named", named)):
            if rows:
                session.text(f"INSERT INTO floor.{table} VALUES " + ", ".join(f"({', '.join(map(literal, row))})" for row in rows))


def literal(value) -> str:
    if isinstance(value, list):
        return "ARRAY[" + ", ".join(map(literal, value)) + "]"
    return json.dumps(value) if isinstance(value, (int, bool)) else "'" + str(value).replace("'", "''") + "'"


def find(session, checks: dict[str, str]) -> dict[str, list[str]]:
    """What each check finds."""
    return {what: [row["found"] for row in session.rows(sql)] for what, sql in checks.items()}


def broken_promises(session, ledger) -> dict[str, list[str]]:
    """What the API has said and the database does not."""
    promises = ledger.snapshot()
    rows = session.rows(
        "SELECT id, restaurant_id, party_size, status, assignment_state_version, guest_name FROM bookings")
    stored = {row["id"]: row for row in rows}
    found = {"lost": [], "changes lost": [], "bookings nobody made": []}
    for promise, edition in promises:
        row = stored.get(promise.id)
        if row is None or row["restaurant_id"] != promise.restaurant or row["guest_name"] != promise.key:
            found["lost"].append(promise.id)
            continue
        wrong = (row["party_size"] not in promise.parties or row["assignment_state_version"] < promise.version
                 or (promise.cancelled == "yes" and row["status"] != "cancelled"))
        if wrong and promise.edition == edition:
            found["changes lost"].append(
                f"{promise.id}: {promise.parties} {promise.cancelled} {promise.version}, stored {row}")
    sent = set(ledger.sent)
    found["bookings nobody made"] = [row["id"] for row in rows if row["guest_name"] not in sent]
    return found


def misdelivered(session, instances) -> dict[str, list[str]]:
    """What was handed to notifiers against what the database says of it."""
    lines = [line.split("\t") for instance in instances if instance.deliveries.exists()
             for line in instance.deliveries.read_text().splitlines()]
    ids: dict[tuple, set] = {}
    for id, *key in lines:
        ids.setdefault(tuple(key), set()).add(id)
    delivered = {id for id, *_ in lines}
    rows = {row["id"]: row["status"] for row in session.rows("SELECT id, status FROM notices")}
    return {
        "sent under two ids": [" ".join(key) for key, names in ids.items() if len(names) > 1],
        "sent but not stored": sorted(delivered - set(rows)),
        "said to be sent": sorted(id for id, status in rows.items() if status == "delivered" and id not in delivered)}
