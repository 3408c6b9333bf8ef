"""What became of every booking when V3 was switched off, judged from outside by SQL on PostgreSQL.

The server must keep commit times (`track_commit_timestamp`): when the switch, and each step of a booking, became true
is read from the database itself, not from what a program says of its own steps."""
import collections
from typing import Callable, NamedTuple

Query = Callable[[str], list[list[str]]]
ENDED = ("confirmed", "manual_review", "failed")
UNFINISHED = f"SELECT count(*) FROM bookings WHERE assignment_state NOT IN {ENDED}"


class Step(NamedTuple):
    """A row of a booking's history, with the moment at which it was committed; times in seconds since 1970."""

    to: str
    mode: str
    cause: str
    said: float
    committed: float


class Fate(NamedTuple):
    """What became of a booking that was under way when V3 was switched off."""

    booking: str
    state: str
    """In which the switch found it."""
    end: str


class Judgement(NamedTuple):
    fates: list[Fate]
    last_start: float | None
    """When the last try of V3 that left a trace began."""
    confirmed_after: int
    """V3's confirmations in tries begun after the switch."""
    late_commits: int
    """V3's confirmations that were committed after the switch; of tries begun before."""
    wrong: dict[str, list[str]]
    """What must not be, with the bookings."""

    def counts(self) -> dict[str, int]:
        return dict(sorted(collections.Counter(fate.end for fate in self.fates).items()))


def killed_at(query: Query) -> float:
    """When the kill switch was committed."""
    return float(query(
        "SELECT extract(epoch FROM pg_xact_commit_timestamp(xmin)) FROM flags WHERE name = 'KILL_SWITCH'")[0][0])


def judge(query: Query, switched_at: float, accepted: list[str]) -> Judgement:
    """To be asked when every booking has ended.

    `switched_at`: the moment from which on V3 must begin nothing that it confirms. `accepted`: ids of all bookings that
    the API answered with 2xx."""
    steps, began = _steps(query), _starts(query)
    fates = [
        Fate(booking, state, _end(steps[booking], began.get(booking, []), switched_at))
        for booking in steps if (state := _state(steps[booking], switched_at)) not in (None, *ENDED)]
    after, late = [], 0
    for booking, rows in steps.items():
        for row in rows:
            if (row.mode, row.to) == ("v3", "confirmed"):
                after += [booking] if _began(began.get(booking, []), row) > switched_at else []
                late += row.committed > switched_at
    starts = [start for each in began.values() for start in each]
    return Judgement(fates, max(starts, default=None), len(after), late, _wrong(query, accepted, steps, fates, after))


def _steps(query: Query) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = {}
    for booking, to, mode, cause, said, committed in query("""
            SELECT booking_id, to_state, mode, cause, extract(epoch FROM created_at),
              extract(epoch FROM pg_xact_commit_timestamp(xmin))
            FROM booking_assignment_state_history ORDER BY booking_id, version"""):
        found.setdefault(booking, []).append(Step(to, mode, cause, float(said), float(committed)))
    return found


def _starts(query: Query) -> dict[str, list[float]]:
    """When V3's tries began, by booking."""
    found: dict[str, list[float]] = {}
    for booking, began in query("""
            SELECT booking_id, extract(epoch FROM created_at) FROM observability_events
            WHERE event_type = 'coordinator.start' AND context->>'mode' = 'v3' ORDER BY booking_id, created_at"""):
        found.setdefault(booking, []).append(float(began))
    # A try that the switch has ended leaves no event of its start, but the state that it had entered.
    for booking, began in query("""
            SELECT booking_id, extract(epoch FROM created_at) FROM booking_assignment_state_history
            WHERE mode = 'v3' AND to_state = 'assignment_in_progress' ORDER BY booking_id, version"""):
        found.setdefault(booking, []).append(float(began))
    return found


def _began(starts: list[float], row: Step) -> float:
    """When the try began that a step is of; the step itself, where nothing tells."""
    return max((start for start in starts if start <= row.said), default=row.said)


def _state(rows: list[Step], moment: float) -> str | None:
    before = [row.to for row in rows if row.committed <= moment]
    return before[-1] if before else None


def _end(rows: list[Step], starts: list[float], switched_at: float) -> str:
    last = rows[-1]
    if last.to not in ENDED:
        return f"lost in {last.to}"
    if last.mode == "v3":
        began = "before" if _began(starts, last) <= switched_at else "after"
        return f"{last.to} by V3, in a try begun {began}"
    taken = any(row.cause == "switched_off" and row.committed > switched_at for row in rows)
    return f"{last.to} by {last.mode}, {'handed over' if taken else 'taken up'}"


OVERLAPS = """
    SELECT a.booking_id || ' and ' || b.booking_id FROM table_claims a JOIN table_claims b
      ON a.restaurant_id = b.restaurant_id AND a.table_number = b.table_number AND a.id < b.id
      AND a.window_start < b.window_end AND b.window_start < a.window_end
    WHERE a.kind = 'allocation' AND b.kind = 'allocation'"""
WITHOUT_TABLES = """
    SELECT id FROM bookings WHERE assignment_state = 'confirmed' AND (SELECT count(*) FROM table_claims c
      WHERE c.booking_id = bookings.id AND c.kind = 'allocation') IS DISTINCT FROM cardinality(tables)::bigint"""
NOTICES_TWICE = """
    SELECT booking_id FROM notices WHERE kind = 'confirmed' GROUP BY booking_id HAVING count(*) > 1"""
GAPS = """
    SELECT id FROM bookings b WHERE assignment_state_version <> (SELECT count(*)
      FROM booking_assignment_state_history h WHERE h.restaurant_id = b.restaurant_id AND h.booking_id = b.id)"""


def _wrong(
    query: Query, accepted: list[str], steps: dict[str, list[Step]], fates: list[Fate], after: list[str]
) -> dict[str, list[str]]:
    stored = {booking for booking, in query("SELECT id FROM bookings")}
    confirmed = {booking: sum(row.to == "confirmed" for row in steps.get(booking, [])) for booking in set(accepted)}
    found = {
        "answered, and not stored": sorted(set(accepted) - stored),
        "answered twice with one id": [id for id, count in collections.Counter(accepted).items() if count > 1],
        "not ended": [fate.booking for fate in fates if fate.end.startswith("lost")],
        "confirmed twice": [booking for booking, count in confirmed.items() if count > 1],
        "confirmed by a try of V3 that began after the switch": after,
        "two bookings on one table": [row[0] for row in query(OVERLAPS)],
        "confirmed without its tables": [row[0] for row in query(WITHOUT_TABLES)],
        "told twice": [row[0] for row in query(NOTICES_TWICE)],
        "gaps in history": [row[0] for row in query(GAPS)]}
    return {what: ids for what, ids in found.items() if ids}
