"""What a run has left in its SQLite database, and the same rows written by a bare loop."""
import contextlib
import pathlib
import sqlite3
import time
from typing import Iterator, NamedTuple

from .context import CannotRun
from .report import percentile

# What one confirmed booking leaves at least, by table: product rules (history, claim, notice, attempt), and an event
# and an outbox message for each change.
LEAST = {
    "booking_assignment_state_history": 6, "observability_events": 6, "outbox": 6, "table_claims": 1, "notices": 1,
    "booking_assignment_attempts": 1}


@contextlib.contextmanager
def reading(path: pathlib.Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)
    try:
        yield connection
    except sqlite3.Error as problem:
        raise CannotRun(f"the database does not have what the benchmark reads: {problem}") from problem
    finally:
        connection.close()


def confirmed(path: pathlib.Path) -> int:
    with reading(path) as database:
        return database.execute("SELECT count(*) FROM bookings WHERE assignment_state = 'confirmed'").fetchone()[0]


def unfinished(path: pathlib.Path) -> int:
    with reading(path) as database:
        return database.execute(
            "SELECT count(*) FROM bookings WHERE assignment_state NOT IN ('confirmed', 'failed', 'manual_review')"
        ).fetchone()[0]


def fewest_rows(path: pathlib.Path) -> dict[str, int]:
    """By table: the fewest rows that any confirmed booking has."""
    with reading(path) as database:
        return {
            table: database.execute(
                f"""SELECT coalesce(min(coalesce(n, 0)), 0) FROM bookings
                LEFT JOIN (SELECT booking_id, count(*) AS n FROM {table} GROUP BY booking_id) ON booking_id = id
                WHERE assignment_state = 'confirmed'""").fetchone()[0]
            for table in LEAST
        }


def newest_event(path: pathlib.Path) -> int:
    with reading(path) as database:
        return database.execute("SELECT coalesce(max(id), 0) FROM observability_events").fetchone()[0]


def lock_waits_p95(path: pathlib.Path, since: int) -> float | None:
    """P95 of what the coordinator measured as its wait for a booking's lease, in milliseconds, after that event."""
    with reading(path) as database:
        waits = database.execute(
            """SELECT json_extract(context, '$.wait_ms') FROM observability_events
            WHERE event_type = 'coordinator.lock_acquired' AND id > ?""", (since,)).fetchall()
    return percentile((wait for (wait,) in waits if wait is not None), 95)


class _Booking(NamedTuple):
    first: list[tuple[str, tuple]]
    """Statements of the transaction that accepts it."""
    second: list[tuple[str, tuple]]
    """Statements of the transaction that confirms it."""


def bare_loop(source: pathlib.Path, target: pathlib.Path, limit: int) -> float:
    """Writes the rows of confirmed bookings again, into tables and indexes as they are in `source` but with no trigger
    and no program around them: one transaction accepts a booking, one confirms it; WAL, synchronous FULL.
    Returns bookings per second."""
    with reading(source) as database:
        schema = [sql for (sql,) in database.execute(
            """SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index')
            AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, rowid""")]
        bookings = list(_bookings(database, limit))
    connection = sqlite3.connect(target, isolation_level=None, cached_statements=64)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    for sql in schema:
        connection.execute(sql)
    started = time.perf_counter()
    for booking in bookings:
        for transaction in booking:
            connection.execute("BEGIN IMMEDIATE")
            for sql, values in transaction:
                connection.execute(sql, values)
            connection.execute("COMMIT")
    seconds = time.perf_counter() - started
    connection.close()
    return len(bookings) / seconds


def _bookings(database: sqlite3.Connection, limit: int) -> Iterator[_Booking]:
    inserts = {table: _insert(database, table) for table in ["bookings", *LEAST]}
    confirm = """UPDATE bookings SET assignment_state = ?, assignment_state_version = assignment_state_version + 5
        WHERE id = ? AND assignment_state_version = ?"""
    columns, insert = inserts["bookings"]
    names = [name.strip('"') for name in columns.split(", ")]
    key, version = names.index("id"), names.index("assignment_state_version")
    found = database.execute(
        f"SELECT {columns} FROM bookings WHERE assignment_state = 'confirmed' LIMIT ?", (limit,)).fetchall()
    for row in found:
        first, second = [(insert, row)], [(confirm, ("confirmed", row[key], row[version]))]
        for table in LEAST:
            columns, statement = inserts[table]
            rows = database.execute(f"SELECT {columns} FROM {table} WHERE booking_id = ?", (row[key],)).fetchall()
            # The first history row, event and message come with the booking itself.
            split = 1 if LEAST[table] > 1 else 0
            first += [(statement, each) for each in rows[:split]]
            second += [(statement, each) for each in rows[split:]]
        yield _Booking(first, second)


def _insert(database: sqlite3.Connection, table: str) -> tuple[str, str]:
    """The stored columns of a table, and the statement that inserts them."""
    names = [row[1] for row in database.execute(f"PRAGMA table_xinfo({table})") if row[6] == 0]
    columns = ", ".join(f'"{name}"' for name in names)
    return columns, f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(names))})"
