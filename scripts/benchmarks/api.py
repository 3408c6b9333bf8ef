"""Bookings confirmed per second through the HTTP API on SQLite, and how long one takes at half that load."""
import datetime
import itertools
import random

from . import client, demand, rows, server, wire
from .client import Answer
from .context import CannotRun, Context
from .report import Result, at_least, at_most, median, percentile, shown

RESTAURANTS = 50
CONNECTIONS = 32
# Spread over so many days that nearly everyone can be seated: the pipeline is measured, not the size of the house.
DAYS = 60
BARE_BOOKINGS = 3000


def run(context: Context) -> Result:
    seconds = context.options.seconds
    house = demand.white_horse(context.root)
    houses = [house | {"id": f"bench-{number:02d}"} for number in range(1, RESTAURANTS + 1)]
    runs = []
    for number in range(context.options.runs):
        with context.folder() as folder, server.serving(context, folder, **server.V3) as running:
            running.put_restaurants(houses)
            requests = _requests(context, houses, seed=number, prefix=f"api-{number}")
            # Warms up caches and connections; not counted.
            client.closed_loop(running.port, list(itertools.islice(requests, 500)), CONNECTIONS, 5)
            full = client.closed_loop(
                running.port, list(itertools.islice(requests, int(seconds * 8000))), CONNECTIONS, seconds)
            rate = _rate(full)
            if rate == 0:
                raise CannotRun(f"no booking was confirmed; the last answer: {full[-1].status}: {full[-1].body[:300]}")
            count = int(rate / 2 * seconds)
            half = client.paced(running.port, list(itertools.islice(requests, count)), CONNECTIONS, rate / 2)
            now_mb, peak_mb = running.memory_mb()
            fewest = rows.fewest_rows(running.database)
            bare = rows.bare_loop(running.database, folder / "bare.sqlite", BARE_BOOKINGS)
            runs.append({
                "confirmed_per_s": rate, "bare_per_s": bare, "ratio": rate / bare, "full": _times(full),
                "half": _times(half), "half_rate": rate / 2, "answers": _count(full + half), "fewest_rows": fewest,
                "rss_mb": now_mb, "peak_mb": peak_mb, "confirmed_in_database": rows.confirmed(running.database)})
        runs[-1] |= _stored_first(context, houses, seconds, number)
        context.progress(f"run {number + 1}: {rate:,.0f} confirmed/s, {rate / bare:.2f} of the bare loop")
    return Result(_rows(runs), {"runs": runs})


def _stored_first(context: Context, houses: list[dict], seconds: float, number: int) -> dict:
    """Every booking is stored with its job first, and takes its lease: full load, then half of that."""
    with context.folder() as folder, server.serving(context, folder, **server.STORED_FIRST) as running:
        running.put_restaurants(houses)
        requests = _requests(context, houses, seed=number, prefix=f"first-{number}")
        client.closed_loop(running.port, list(itertools.islice(requests, 500)), CONNECTIONS, 5)
        rate = _rate(client.closed_loop(
            running.port, list(itertools.islice(requests, int(seconds * 8000))), CONNECTIONS, seconds))
        count, since = int(rate / 2 * seconds), rows.newest_event(running.database)
        half = client.paced(running.port, list(itertools.islice(requests, count)), CONNECTIONS, rate / 2)
        waits = rows.lock_waits_p95(running.database, since)
        return {"stored_first": {"per_s": rate} | _times(half), "lock_p95_ms": waits}


def _requests(context: Context, houses: list[dict], seed: int, prefix: str):
    first = datetime.date.today() + datetime.timedelta(days=7)
    dates = [first + datetime.timedelta(days=day) for day in range(DAYS)]
    random_source = random.Random(seed)
    wanted = [demand.wishes(context.root, house, dates, "dinner", random_source) for house in houses]
    for number, wishes in enumerate(itertools.cycle(wanted)):
        yield wire.create_booking(next(wishes), f"{prefix}-{number}")


def _confirmed(answers: list[Answer]) -> list[Answer]:
    return [answer for answer in answers if wire.is_confirmed(answer.status, answer.body)]


def _rate(answers: list[Answer]) -> float:
    confirmed = _confirmed(answers)
    return len(confirmed) / max(answer.until for answer in answers) if confirmed else 0


def _times(answers: list[Answer]) -> dict[str, float | None]:
    times = [answer.ms for answer in _confirmed(answers)]
    return {f"p{percent}_ms": percentile(times, percent) for percent in (50, 95, 99)}


def _count(answers: list[Answer]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for answer in answers:
        name = "confirmed" if wire.is_confirmed(answer.status, answer.body) else f"other {answer.status}"
        counts[name] = counts.get(name, 0) + 1
    return counts


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
        at_least("confirmed a second, SQLite", middle("confirmed_per_s"), 1000, "1/s"),
        shown("bare SQLite loop, same rows", middle("bare_per_s"), "1/s"),
        at_least("ratio to the bare loop", middle("ratio"), 0.5),
        shown("full load, P50", middle("full", "p50_ms"), "ms"),
        shown("full load, P95", middle("full", "p95_ms"), "ms"),
        shown("half load, P50", middle("half", "p50_ms"), "ms"),
        at_most("half load, P95", middle("half", "p95_ms"), 25, "ms"),
        shown("all stored first, confirmed a second", middle("stored_first", "per_s"), "1/s"),
        shown("all stored first, half load, P95", middle("stored_first", "p95_ms"), "ms"),
        at_most("lock acquisition, P95, at that load", middle("lock_p95_ms"), 5, "ms"),
        shown("memory at the end", middle("rss_mb"), "MB"),
        at_most("memory at most", middle("peak_mb"), 300, "MB", f" (at {RESTAURANTS} restaurants)"),
        *(at_least(f"rows a confirmed booking: {table}", fewest[table], least) for table, least in rows.LEAST.items()),
    ]
