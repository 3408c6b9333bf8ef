"""The pipeline on a private PostgreSQL server with default settings, against what pgbench can commit in the same run."""
import contextlib
import datetime
import itertools
import json
import random
import time
from typing import Iterator

from . import client, demand, rows, server, wire
from .api import CONNECTIONS, RESTAURANTS, _count, _rate, _requests, _times
from .burst import BOOKINGS, _plan
from .cluster import SCRIPTS, Cluster, cluster
from .context import CannotRun, Context
from .report import Result, at_least, at_most, median, percentile, shown

MANY = 100_000


def run(context: Context) -> Result:
    runs = []
    for number in range(context.options.runs):
        with context.folder() as folder, cluster(folder) as postgres:
            runs.append(_once(context, folder, postgres, number))
        context.progress(f"run {number + 1}: " + ", ".join(
            f"{name} {value:,.3f}" for name, value in runs[-1].items() if isinstance(value, float)))
    return Result(_rows(runs), {"runs": runs})


def _once(context: Context, folder, postgres: Cluster, number: int) -> dict:
    seconds = context.options.seconds
    house = demand.white_horse(context.root)
    houses = [house | {"id": f"bench-{each:02d}"} for each in range(1, RESTAURANTS + 1)]
    requests = _requests(context, houses, seed=number, prefix=f"postgres-{number}")
    result: dict = {"pgbench_per_s": _ceiling(postgres, seconds)}

    postgres.make_database("one")
    with server.serving(context, folder, postgres.url("one"), **server.V3) as running:
        result["start_ms"] = running.ready_ms
        running.put_restaurants(houses)
        client.closed_loop(running.port, list(itertools.islice(requests, 500)), CONNECTIONS, 5)
        full = client.closed_loop(running.port, _take(requests, seconds * 8000), CONNECTIONS, seconds)
        result["confirmed_per_s"] = rate = _rate(full)
        if rate == 0:
            raise CannotRun(f"no booking was confirmed; the last answer: {full[-1].status}: {full[-1].body[:300]}")
        half = client.paced(running.port, _take(requests, rate / 2 * seconds), CONNECTIONS, rate / 2)
        result["full"], result["half"] = _times(full), _times(half)
        result["answers"] = _count(full + half)
        result["rss_mb"], result["peak_mb"] = running.memory_mb()
    result["ratio"] = rate / result["pgbench_per_s"]
    result["fewest_rows"] = _fewest_rows(postgres, "one")
    result |= _stored_first(context, folder, postgres, houses, requests, seconds)
    result["two_per_s"] = _two_instances(context, folder, postgres, houses, requests, seconds)
    result["two_ratio"] = result["two_per_s"] / rate
    result |= _burst(context, folder, postgres, number)
    result |= _many_restaurants(context, folder, postgres, seconds, number)
    result["many_cost"] = rate / result["many_per_s"]
    return result


def _stored_first(context, folder, postgres: Cluster, houses, requests, seconds: float) -> dict:
    """Every booking is stored with its job first, and takes its lease: full load, then half of that."""
    postgres.make_database("first")
    with server.serving(context, folder, postgres.url("first"), **server.STORED_FIRST) as running:
        running.put_restaurants(houses)
        client.closed_loop(running.port, _take(requests, 500), CONNECTIONS, 5)
        rate = _rate(client.closed_loop(running.port, _take(requests, seconds * 8000), CONNECTIONS, seconds))
        since = postgres.sql("first", "SELECT now()")[0][0]
        half = client.paced(running.port, _take(requests, rate / 2 * seconds), CONNECTIONS, rate / 2)
    return {"stored_first": {"per_s": rate} | _times(half), "lock_p95_ms": _lock_waits_p95(postgres, "first", since)}


def _take(requests: Iterator[bytes], count: float) -> list[bytes]:
    return list(itertools.islice(requests, int(count)))


def _ceiling(postgres: Cluster, seconds: float) -> float:
    """The least that a booking can cost: insert; then version check, 5 history rows, 5 events and the allocation."""
    postgres.make_database("ceiling")
    postgres.sql("ceiling", (SCRIPTS / "schema.sql").read_text(encoding="utf-8"))
    return postgres.pgbench("ceiling", "book.sql", seconds)


def _two_instances(context, folder, postgres: Cluster, houses, requests, seconds: float) -> float:
    """Bookings confirmed a second by two instances on one database, half the connections on each."""
    postgres.make_database("two")
    with contextlib.ExitStack() as stack:
        running = [
            stack.enter_context(server.serving(context, folder, postgres.url("two"), **server.V3)) for _ in range(2)]
        running[0].put_restaurants(houses)
        for each in running:
            client.closed_loop(each.port, _take(requests, 250), CONNECTIONS // 2, 3)
        answers = client.closed_loop_over(
            [each.port for each in running], _take(requests, seconds * 8000), CONNECTIONS, seconds)
    _require_sound(context, postgres, "two")
    return _rate(answers)


def _burst(context, folder, postgres: Cluster, seed: int) -> dict:
    postgres.make_database("burst")
    house = demand.white_horse(context.root) | {"id": "bench-burst"}
    friday = demand.next_friday(datetime.date.today() + datetime.timedelta(days=7))
    wanted = demand.wishes(context.root, house, [friday], "dinner", random.Random(seed))
    wishes = [next(wanted) for _ in range(BOOKINGS)]
    requests = [wire.create_booking(wish, f"burst-{seed}-{number}") for number, wish in enumerate(wishes)]
    with server.serving(context, folder, postgres.url("burst"), **server.V3) as running:
        running.put_restaurants([house])
        started = time.perf_counter()
        answers = client.at_once(running.port, requests)
        while _unfinished(postgres, "burst") and time.perf_counter() - started < 60:
            time.sleep(0.05)
        ended_ms = (time.perf_counter() - started) * 1000
    accepted = {wire.booking_id(each.body): each for each in answers if each.status in (200, 201, 202)}
    found = postgres.sql("burst", "SELECT id, assignment_state FROM bookings ORDER BY created_at, id")
    confirmed = {name for name, state in found if state == "confirmed"}
    planned = _plan(context, folder, house, [(name, wishes[accepted[name].number]) for name, _ in found])
    times = [
        each.ms if wire.is_confirmed(each.status, each.body) else ended_ms
        for name, each in accepted.items() if name in confirmed]
    return {
        "burst_refused": BOOKINGS - len(accepted), "burst_unfinished": _unfinished(postgres, "burst"),
        "burst_confirmed": len(confirmed), "burst_seated_ratio": len(confirmed) / planned if planned else 0.0,
        "burst_p95_ms": percentile(times, 95), "burst_ended_ms": ended_ms,
        "burst_conflicts": int(postgres.sql("burst", _OVERLAPS)[0][0])}


def _many_restaurants(context, folder, postgres: Cluster, seconds: float, seed: int) -> dict:
    """Load that is spread over 100,000 restaurants, each of which is seen for the first time."""
    postgres.make_database("many")
    house = demand.white_horse(context.root)
    context.run("migrate", "--database", postgres.url("many"))
    text = json.dumps(house | {"id": "bench-ID"}).replace("'", "''")
    postgres.sql("many", f"""
        INSERT INTO restaurants (id, name, timezone, document, revision, updated_at)
        SELECT 'bench-' || n, 'Bench', '{house["timezone"]}',
          convert_to(replace('{text}', 'bench-ID', 'bench-' || n), 'UTF8'), 1, now()
        FROM generate_series(1, {MANY}) AS n""", "ANALYZE restaurants")
    picks = random.Random(seed)
    houses = [house | {"id": f"bench-{picks.randint(1, MANY)}"} for _ in range(2000)]
    with server.serving(context, folder, postgres.url("many"), **server.V3) as running:
        ready_ms = running.ready_ms
        requests = _requests(context, houses, seed=seed, prefix=f"many-{seed}")
        client.closed_loop(running.port, _take(requests, 500), CONNECTIONS, 5)
        answers = client.closed_loop(running.port, _take(requests, seconds * 8000), CONNECTIONS, seconds)
        _, peak_mb = running.memory_mb()
    return {"many_per_s": _rate(answers), "many_ready_ms": ready_ms, "many_peak_mb": peak_mb}


_OVERLAPS = """SELECT count(*) FROM table_claims a JOIN table_claims b ON a.restaurant_id = b.restaurant_id
    AND a.table_number = b.table_number AND a.id < b.id AND a.window_start < b.window_end AND b.window_start < a.window_end
    WHERE NOT (a.kind = 'block' AND b.kind = 'block')"""


def _unfinished(postgres: Cluster, database: str) -> int:
    return int(postgres.sql(
        database,
        "SELECT count(*) FROM bookings WHERE assignment_state NOT IN ('confirmed', 'failed', 'manual_review')")[0][0])


def _require_sound(context: Context, postgres: Cluster, database: str) -> None:
    overlaps, gaps = (int(postgres.sql(database, sql)[0][0]) for sql in (_OVERLAPS, """
        SELECT count(*) FROM bookings b WHERE assignment_state_version <>
          (SELECT count(*) FROM booking_assignment_state_history h
           WHERE h.restaurant_id = b.restaurant_id AND h.booking_id = b.id)"""))
    if overlaps or gaps:
        raise CannotRun(f"{database}: {overlaps} overlapping claims, {gaps} gaps in history")


def _fewest_rows(postgres: Cluster, database: str) -> dict[str, int]:
    """By table: the fewest rows that any confirmed booking has."""
    return {
        table: int(postgres.sql(database, f"""SELECT coalesce(min(coalesce(n, 0)), 0) FROM bookings
            LEFT JOIN (SELECT booking_id, count(*) AS n FROM {table} GROUP BY booking_id) AS found ON booking_id = id
            WHERE assignment_state = 'confirmed'""")[0][0])
        for table in rows.LEAST}


def _lock_waits_p95(postgres: Cluster, database: str, since: str) -> float | None:
    waits = postgres.sql(database, f"""SELECT context->>'wait_ms' FROM observability_events
        WHERE event_type = 'coordinator.lock_acquired' AND context ? 'wait_ms' AND created_at > '{since}'""")
    return percentile((float(wait) for (wait,) in waits), 95)


def _rows(runs: list[dict]) -> list:
    def middle(*path: str) -> float | None:
        values = []
        for each in runs:
            for name in path:
                each = each[name]
            values.append(each)
        return None if None in values else median(values)

    fewest = {table: min(each["fewest_rows"][table] for each in runs) for table in rows.LEAST}
    return [
        shown("pgbench, the least for a booking", middle("pgbench_per_s"), "1/s"),
        shown("confirmed a second, PostgreSQL", middle("confirmed_per_s"), "1/s"),
        at_least("ratio to pgbench", middle("ratio"), 0.25),
        shown("full load, P95", middle("full", "p95_ms"), "ms"),
        at_most("half load, P95", middle("half", "p95_ms"), 25, "ms"),
        shown("all stored first, confirmed a second", middle("stored_first", "per_s"), "1/s"),
        shown("all stored first, half load, P95", middle("stored_first", "p95_ms"), "ms"),
        at_most("lock acquisition, P95, at that load", middle("lock_p95_ms"), 5, "ms"),
        shown("two instances, confirmed a second", middle("two_per_s"), "1/s"),
        at_least("two instances to one", middle("two_ratio"), 0.9),
        shown("500 at once: confirmed", middle("burst_confirmed"), "bookings"),
        at_most("500 at once: refused or not ended", max(
            each["burst_refused"] + each["burst_unfinished"] for each in runs), 0, "bookings"),
        at_most("500 at once: overlapping claims", max(each["burst_conflicts"] for each in runs), 0),
        at_least("500 at once: seated, to `online`", middle("burst_seated_ratio"), 0.99),
        at_most("500 at once: confirmed, P95", middle("burst_p95_ms"), 1000, "ms"),
        at_most("500 at once: all ended", middle("burst_ended_ms"), 5000, "ms"),
        shown("100,000 restaurants, confirmed a second", middle("many_per_s"), "1/s"),
        at_most("100,000 restaurants: cost of a booking", middle("many_cost"), 2, "times"),
        at_most("100,000 restaurants: start to ready", middle("many_ready_ms"), 1000, "ms"),
        at_most("100,000 restaurants: memory at most", middle("many_peak_mb"), 300, "MB"),
        shown("start to ready, empty PostgreSQL", middle("start_ms"), "ms"),
        *(at_least(f"rows a confirmed booking: {table}", fewest[table], least) for table, least in rows.LEAST.items()),
    ]
