"""Breaks a database on purpose, in every way that the checks look for: each must find what was done to it."""
import pathlib
import time

from . import invariants
from .arena import Arena
from .health import HealthWatch, Sample
from .pace import SHORT

ONE = "(SELECT id FROM bookings WHERE assignment_state = 'confirmed' ORDER BY id LIMIT 1)"
OTHER = "(SELECT id FROM bookings WHERE assignment_state = 'confirmed' ORDER BY id DESC LIMIT 1)"


def seat_at(tables: str, party: int = 2) -> str:
    return f"UPDATE bookings SET restaurant_id = 'chaos-corner-1', tables = '{{{tables}}}', party_size = {party} WHERE id = {ONE}"


# What a check finds, and statements each of which breaks the database so.
BREAKS = {
    "overlapping allocations": [
        "INSERT INTO table_claims (restaurant_id, table_number, kind, window_start, window_end, booking_id) SELECT "
        f"restaurant_id, table_number, kind, window_start + interval '1 minute', window_end, {OTHER} "
        f"FROM table_claims WHERE booking_id = {ONE}"],
    "tables booked twice": [
        "UPDATE bookings AS b SET restaurant_id = o.restaurant_id, tables = o.tables, block_start = o.block_start, "
        f"block_end = o.block_end FROM bookings AS o WHERE o.id = {ONE} AND b.id = {OTHER}"],
    # No such table; too few seats; a fixed one joined; not connected; one that is elsewhere; none; a named one's limit.
    "wrong tables": [
        seat_at("NONE"), seat_at("B1", 3), seat_at("B1,B3", 6), seat_at("B3,B6", 8), seat_at("B5,D1", 8), seat_at(""),
        seat_at("B1,B8", 7)],
    "claims unlike the booking": [
        f"DELETE FROM table_claims WHERE booking_id = {ONE}",
        f"UPDATE table_claims SET table_number = 'NONE' WHERE booking_id = {ONE}",
        f"UPDATE table_claims SET window_end = window_end - interval '1 minute' WHERE booking_id = {ONE}"],
    "tables kept by ended bookings": [f"UPDATE bookings SET status = 'cancelled' WHERE id = {ONE}"],
    "state without history": [
        f"UPDATE bookings SET assignment_state_version = assignment_state_version + 1 WHERE id = {ONE}",
        f"UPDATE bookings SET assignment_state = 'failed' WHERE id = {ONE}",
        f"DELETE FROM booking_assignment_state_history WHERE booking_id = {ONE} AND to_state = 'confirmed'"],
    "broken history": [
        f"UPDATE booking_assignment_state_history SET from_state = 'failed' WHERE booking_id = {ONE} AND version = 3",
        f"DELETE FROM booking_assignment_state_history WHERE booking_id = {ONE} AND version = 2"],
    "history without booking": [f"DELETE FROM bookings WHERE id = {ONE}"],
    "bookings made twice": ["UPDATE bookings SET guest_name = 'the same'"],
    "notices twice": ["INSERT INTO notices SELECT (jsonb_populate_record(n, '{\"id\": \"again\"}')).* FROM notices AS n LIMIT 1"],
    "notices missing": ["DELETE FROM notices WHERE kind = 'confirmed'"],
    "attempts missing": ["DELETE FROM booking_assignment_attempts"],
    "unfinished bookings": [f"UPDATE bookings SET assignment_state = 'assigned' WHERE id = {ONE}"],
    "leases and jobs left": [
        "INSERT INTO leases (name, kind, owner, token, expires_at) VALUES ('booking:x', 'lease', 'nobody', 1, now())",
        "INSERT INTO assignment_jobs (booking_id, restaurant_id, state, run_at, state_deadline, rescues, retries, failures) "
        "VALUES ('x', 'y', 'ready', now(), now(), 0, 0, 0)"],
    "notices never sent": ["UPDATE notices SET status = 'pending'"],
    "lost": [f"DELETE FROM bookings WHERE id = {ONE}"],
    "changes lost": [
        f"UPDATE bookings SET party_size = 20 WHERE id = {ONE}",
        f"UPDATE bookings SET assignment_state_version = 1 WHERE id = {ONE}",
        "UPDATE bookings SET status = 'confirmed' WHERE status = 'cancelled'"],
    "bookings nobody made": [f"UPDATE bookings SET guest_name = 'a stranger' WHERE id = {ONE}"],
    "said to be sent": ["UPDATE notices SET id = id || '-other'"],
    "sent but not stored": ["DELETE FROM notices"]}

# Nothing in the database itself may stand in the way.
UNGUARDED = """
BEGIN;
SET LOCAL session_replication_role = replica;
ALTER TABLE table_claims DROP CONSTRAINT one_party;
ALTER TABLE notices DROP CONSTRAINT notices_pkey
"""


def run(program: str, folder: pathlib.Path) -> list[str]:
    """What the checks did not find."""
    arena = Arena("self-test", "self-test", SHORT, program, folder)
    try:
        fill(arena)
        missed = [f"found in a sound database: {what} {found[:2]}" for what, found in look(arena).items() if found]
        for what, statements in BREAKS.items():
            missed += [f"{what} was not found after: {sql}" for sql in statements if not is_found(arena, what, sql)]
        return missed + unheard(arena.fleet.instances[0])
    finally:
        arena.end()


def fill(arena: Arena) -> None:
    """Some bookings, one of them cancelled, and their notices."""
    arena.fleet.start()
    arena.send_houses()
    guest = arena.guest()
    promises = [promise for _ in range(8) if (promise := guest.create(arena.places.next(), wait=2))]
    guest.cancel(promises[3])
    for promise in promises:
        guest.read(promise)
    if not arena.wait_for(arena.is_at_rest, 60):
        raise RuntimeError(f"the self-test's bookings do not come to rest: {arena.waited_for}")
    for instance in arena.fleet:
        instance.stop()


def look(arena: Arena) -> dict[str, list[str]]:
    return (invariants.find(arena.session, invariants.ALWAYS | invariants.AT_REST)
            | invariants.broken_promises(arena.session, arena.ledger)
            | invariants.misdelivered(arena.session, arena.fleet))


def is_found(arena: Arena, what: str, sql: str) -> bool:
    arena.session.text(UNGUARDED)
    arena.session.text(sql)
    found = look(arena)[what]
    arena.session.text("ROLLBACK")
    return bool(found)


def unheard(instance) -> list[str]:
    """Answers about health that must be found wrong, and some that must not."""
    def judged(health: int, ready: int, ages: list[float], away: tuple[float, float] | None = None) -> dict:
        watch, now = HealthWatch([]), time.monotonic()
        instance.ready_since = now - 100
        watch.away = [(now + away[0], now + away[1])] if away else []
        for age in ages:
            sample = Sample(now + age, instance, health, ready)
            sample.ended = now + age
            watch.samples.append(sample)
        return watch.take()

    wrong = []
    if not judged(0, 200, [0])["no answer on /healthz"]:
        wrong.append("a silent /healthz was not found")
    if not judged(200, 200, [0], (-20, 20))["/readyz lied"]:
        wrong.append("ready without a database was not found")
    if not judged(200, 503, [-9, -6, -3, 0])["/readyz lied"]:
        wrong.append("not ready with a database was not found")
    if judged(200, 503, [-9, -6, -3, 0], (-20, 20))["/readyz lied"]:
        wrong.append("the truth of /readyz was taken for a lie")
    return wrong
