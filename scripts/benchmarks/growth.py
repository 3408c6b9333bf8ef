"""How the cost of a booking grows: with the bookings of a day, with the restaurants of a database, and with all that a
process has done before. On SQLite; the PostgreSQL part has 100,000 restaurants of its own."""
import contextlib
import datetime
import itertools
import json
import pathlib
import random
import sqlite3
from typing import Iterator

from . import client, demand, server, wire
from .api import CONNECTIONS, _count, _rate, _requests
from .context import CannotRun, Context
from .report import Result, at_most, median, shown

MANY = 100_000
"""Restaurants in one database."""
BOOKINGS = 100_000
"""Bookings that one process makes before its memory is looked at."""
STEP = 10_000
FLOORS = 19
"""The big house has so many copies of the White Horse's floor."""
DAY = 100
"""Bookings of its day; ten times as many in the end."""


def run(context: Context) -> Result:
    days = [_day(context, seed) for seed in range(context.options.runs)]
    few = median([_few(context, seed) for seed in range(context.options.runs)])
    many = _many(context, few)
    return Result([
        shown(f"a day's first {DAY} bookings, each", median([day["first_ms"] for day in days]), "ms"),
        shown(f"the last {DAY} of {10 * DAY}, each", median([day["last_ms"] for day in days]), "ms"),
        at_most("a day with 10 times the bookings: cost of one", median([day["cost"] for day in days]), 2, "times"),
        shown("100,000 restaurants, confirmed a second", many["per_s"], "1/s"),
        at_most("100,000 restaurants: cost of a booking", many["cost"], 2, "times"),
        shown("100,000 restaurants: start to ready", many["ready_ms"], "ms"),
        shown(f"memory after {STEP:,} bookings", many["memory"][0], "MB"),
        shown(f"memory after {BOOKINGS // 2:,} bookings", many["memory"][len(many["memory"]) // 2 - 1], "MB"),
        at_most(f"memory after {BOOKINGS:,} bookings", many["memory"][-1], 300, "MB"),
        at_most("its growth over the second half", many["growth"], 1.1, "times"),
    ], {"days": days, "few_per_s": few, "many": many})


def _day(context: Context, seed: int) -> dict:
    """One big house, one evening: what its first bookings cost, and what they do when it has ten times as many."""
    house = _big_house(demand.white_horse(context.root))
    friday = demand.next_friday(datetime.date.today() + datetime.timedelta(days=7))
    wanted = demand.wishes(context.root, house, [friday], "dinner", random.Random(seed))
    requests = [wire.create_booking(next(wanted), f"day-{seed}-{number}") for number in range(10 * DAY + 100)]
    with context.folder() as folder, server.serving(context, folder, **server.V3) as running:
        running.put_restaurants([house])
        # The first hundred warm up the process.
        parts = [requests[:100], requests[100 : 100 + DAY], requests[100 + DAY : -DAY], requests[-DAY:]]
        answers = [client.closed_loop(running.port, part, 4, 600) for part in parts]
    counts = _count([answer for part in answers for answer in part])
    # The largest parties find no table in the end.
    if counts.get("confirmed", 0) < 0.9 * len(requests):
        raise CannotRun(f"of the day's bookings too few were confirmed: {counts}")
    first, last = (1000 * max(answer.until for answer in part) / DAY for part in (answers[1], answers[3]))
    return {"first_ms": first, "last_ms": last, "cost": last / first}


def _big_house(house: dict) -> dict:
    """The house with several of its floors, and room for everybody who comes."""
    def copy(number: str, floor: int) -> str:
        return f"{floor}-{number}"

    big = {key: value for key, value in house.items() if key not in ("pacing", "combinations")} | {"id": "bench-big"}
    big["tables"] = [
        table | {"number": copy(table["number"], floor)} for floor in range(FLOORS) for table in house["tables"]]
    big["adjacency"] = [
        [copy(number, floor) for number in pair] for floor in range(FLOORS) for pair in house.get("adjacency", [])]
    return big


def _few(context: Context, seed: int) -> float:
    """Bookings a second with 50 restaurants."""
    house = demand.white_horse(context.root)
    houses = [house | {"id": f"bench-{number}"} for number in range(1, 51)]
    with context.folder() as folder, server.serving(context, folder, **server.V3) as running:
        running.put_restaurants(houses)
        return _full(context, running, _requests(context, houses, seed=seed, prefix="few"))


def _full(context: Context, running: server.Server, requests: Iterator[bytes]) -> float:
    client.closed_loop(running.port, list(itertools.islice(requests, 500)), CONNECTIONS, 5)
    seconds = context.options.seconds
    return _rate(client.closed_loop(
        running.port, list(itertools.islice(requests, int(seconds * 8000))), CONNECTIONS, seconds))


def _many(context: Context, few: float) -> dict:
    """The same load over 100,000 restaurants, then on and on with the same process."""
    house = demand.white_horse(context.root)
    picks = random.Random(0)
    houses = [house | {"id": f"bench-{picks.randint(1, MANY)}"} for _ in range(2000)]
    with context.folder() as folder:
        database = folder / "headwaiter.sqlite"
        context.run("migrate", "--database", f"sqlite:{database}")
        _fill(database, house)
        with server.serving(context, folder, **server.V3) as running:
            requests = _requests(context, houses, seed=0, prefix="many")
            rate = _full(context, running, requests)
            memory = []
            for _ in range(BOOKINGS // STEP):
                client.closed_loop(running.port, list(itertools.islice(requests, STEP)), CONNECTIONS, 600)
                memory.append(running.memory_mb()[0])
                context.progress(f"memory {memory[-1]:,.0f} MB")
            ready_ms = running.ready_ms
    half = memory[len(memory) // 2 - 1]
    return {"per_s": rate, "cost": few / rate, "ready_ms": ready_ms, "memory": memory, "growth": memory[-1] / half}


def _fill(database: pathlib.Path, house: dict) -> None:
    text = json.dumps(house | {"id": "bench-ID"})
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("""
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
            INSERT INTO restaurants (id, name, timezone, document, revision, updated_at)
            SELECT 'bench-' || n, 'Bench', ?, CAST(replace(?, 'bench-ID', 'bench-' || n) AS BLOB), 1, 0 FROM numbers""",
            (MANY, house["timezone"], text))
